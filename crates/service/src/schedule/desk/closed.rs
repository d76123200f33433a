//! The office's own closed days on the desk.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use rules::people::{Act, FreeText};
use rules::schedule::{SlotRefusal, TOKYO};

use super::counsellors::command;
use super::said::{self, FieldFault};
use super::{Booking, DayBook, choice};
use crate::error::Error;
use crate::people::{self, ClosedDay};
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page};

/// A note says why in a few words.
const NOTE_AT_MOST: usize = 60;
/// How far ahead sessions on closed days are looked for.
const LOOK_AHEAD_DAYS: u16 = 120;

#[derive(Template)]
#[template(path = "schedule/desk/closed.html")]
struct Closed {
    page: Page,
    faults: Faults,
    days: Vec<(ClosedDay, String)>,
    /// Sessions to come on such a day.
    stranded: Vec<Booking>,
    typed_day: String,
    typed_note: String,
    key: String,
}

/// The closed days from today on.
///
/// # Errors
/// Faults of the store.
pub async fn get(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::ManageOffice)?;
    shown(&clerk, Faults::none(), ("", "")).await
}

async fn shown(
    clerk: &Clerk,
    faults: Faults,
    (typed_day, typed_note): (&str, &str),
) -> Result<Response, Error> {
    let context = clerk.context();
    let today = context.now.to_zoned(TOKYO.clone()).date();
    let (days, book) = clerk
        .guest
        .app
        .store
        .read(move |tx| {
            let days = people::closed_days(tx, &context, today)?;
            Ok::<_, Error>((days, DayBook::read(tx, &context, today, LOOK_AHEAD_DAYS)?))
        })
        .await?;
    let is_closed = |booking: &&Booking| {
        if booking.is_elsewhere {
            return false;
        }
        let day = booking.slot.map(|slot| slot.date());
        days.iter().any(|closed| Some(closed.day) == day)
    };
    let bookings = book.counsellors.iter().flat_map(|named| book.bookings_of(named.rule.id));
    let mut stranded: Vec<Booking> = bookings.filter(is_closed).cloned().collect();
    stranded.sort_by_key(|booking| booking.slot);
    let key = |day| (day, Token::draw().reveal().to_string());
    let is_refused = !faults.is_empty();
    let page = web::show(&Closed {
        page: clerk.page(),
        faults,
        days: days.into_iter().map(key).collect(),
        stranded,
        typed_day: typed_day.to_owned(),
        typed_note: typed_note.to_owned(),
        key: Token::draw().reveal().to_string(),
    })?;
    Ok(match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        false => page,
    })
}

/// Closes the office for a day.
///
/// # Errors
/// Faults of the store. What is refused is said beside its field.
pub async fn add(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ManageOffice)?;
    let today = clerk.context().now.to_zoned(TOKYO.clone()).date();
    let mut faults = Faults::none();
    let day = choice::date(form.get("day"))
        .and_then(|day| if day < today { Err(SlotRefusal::InThePast) } else { Ok(day) });
    if let Err(refusal) = day {
        faults.add("day", said::of_field(FieldFault::Date(refusal))?);
    }
    let note = match FreeText::parse(form.get("note"), NOTE_AT_MOST) {
        Ok(note) if note.is_empty() => Err(FieldFault::NoNote),
        Ok(note) => Ok(note),
        Err(refusal) => Err(FieldFault::Note(refusal)),
    };
    if let Err(fault) = note {
        faults.add("note", said::of_field(fault)?);
    }
    let (Ok(day), Ok(note)) = (day, note) else {
        return shown(&clerk, faults, (form.get("day"), form.get("note"))).await;
    };
    let done = command(&clerk, &form, move |tx, context| {
        people::close_day(tx, context, day, &note)?;
        Ok("/desk/closed-days".to_owned())
    })
    .await?;
    clerk.guest.app.forget_offices();
    Ok(done)
}

/// Opens the office again on a day.
///
/// # Errors
/// [`Error::Missing`] when it was not closed.
pub async fn remove(clerk: Clerk, Path(day): Path<String>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ManageOffice)?;
    let day: Date = day.parse().map_err(|_| Error::Missing)?;
    let done = command(&clerk, &form, move |tx, context| {
        people::open_day(tx, context, day)?;
        Ok("/desk/closed-days".to_owned())
    })
    .await?;
    clerk.guest.app.forget_offices();
    Ok(done)
}
