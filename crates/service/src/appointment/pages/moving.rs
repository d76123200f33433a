//! Another time, or another counsellor, for a session that is booked (article 2(2)).

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use rules::people::Act;
use rules::schedule::{Ask, Opening, parse_wish};
use serde::Deserialize;

use super::records::{as_seen, carry_out, read_text};
use super::times::{day_of, read_day};
use super::{Kept, again};
use crate::application::{self, Appoint};
use crate::appointment::{self, Session};
use crate::error::{Error, Refusal};
use crate::schedule::desk::{DayBook, DeskBounds};
use crate::schedule::{self, NamedCounsellor};
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, said, show};

/// What the address asks for: the day whose openings are shown, and one of them if chosen.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    counsellor: String,
}

#[derive(Template)]
#[template(path = "appointment/pages/moving.html")]
struct MovingPage {
    page: Page,
    faults: Faults,
    kept: Kept,
    session: Session,
    counsellors: Vec<NamedCounsellor>,
    openings: Vec<Opening>,
    day: Date,
    today: Date,
    chosen: Asked,
}

impl MovingPage {
    fn before(&self) -> String {
        self.day.yesterday().unwrap_or(self.day).to_string()
    }

    fn after(&self) -> String {
        self.day.tomorrow().unwrap_or(self.day).to_string()
    }

    fn time(&self) -> String {
        match self.chosen.time.as_str() {
            "" => self.page.clock(self.session.slot.start),
            time => time.to_owned(),
        }
    }

    fn counsellor(&self) -> String {
        match self.chosen.counsellor.as_str() {
            "" => self.session.counsellor.0.to_string(),
            id => id.to_owned(),
        }
    }

    fn is_free(&self, opening: &Opening, counsellor: &NamedCounsellor) -> bool {
        opening.counsellors.contains(&counsellor.rule.id)
    }
}

/// `GET /desk/sessions/{id}/move`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    shown(&clerk, id, asked, (Faults::none(), Kept::default())).await
}

/// `POST /desk/sessions/{id}/move`.
///
/// # Errors
/// As [`get`]; refusals are shown on the page.
pub async fn post(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    if !form.get("reason").trim().is_empty() {
        clerk.must(Act::OverrideSameDay)?;
    }
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let appoint = read_appoint(form)?;
        as_seen(tx, context, id, form)?;
        let to = (appoint.slot, appoint.counsellor);
        let session = appointment::session(tx, context, id)?;
        let stays = (session.slot, session.counsellor.0) == to && session.standing.is_open();
        if !stays {
            appointment::move_to(tx, context, id, &appoint, Some(staff))?;
        }
        Ok(format!("/desk/sessions/{id}?done=moved"))
    });
    match done.await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) => {
            let field = match refusal {
                Refusal::CounsellorAway => "counsellor",
                Refusal::Shape | Refusal::Slot(rules::schedule::SlotRefusal::SameDay) => "reason",
                _ => "date",
            };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            let asked = Asked { day: form.get("date").to_owned(), ..Asked::default() };
            Ok(again(shown(&clerk, id, asked, (faults, Kept::typed(id, &form))).await?))
        }
        Err(other) => Err(other),
    }
}

fn read_appoint(form: &Form) -> Result<Appoint, Refusal> {
    let slot = parse_wish(form.get("date"), form.get("time"), form.get("minutes"));
    let counsellor = form.get("counsellor").parse().map_err(|_| Refusal::CounsellorAway)?;
    let reason = read_text(form.get("reason"))?;
    Ok(Appoint {
        slot: slot.map_err(Refusal::Slot)?,
        counsellor,
        same_day_reason: Some(reason).filter(|reason| !reason.is_empty()),
    })
}

async fn shown(
    clerk: &Clerk,
    id: i64,
    asked: Asked,
    (faults, kept): (Faults, Kept),
) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    let context = clerk.context();
    let (store, within) = (clerk.guest.app.store.clone(), context.clone());
    let session = store.read(move |tx| appointment::session(tx, &within, id)).await?;
    if let Some(group) = session.group {
        return Ok(Redirect::to(&format!("/desk/groups/{group}")).into_response());
    }
    // Staff arrange within the terms; the office's acceptance and horizon are for jobseekers.
    let bounds = DeskBounds::of(&context, clerk.member.role.may(Act::OverrideSameDay))?;
    let today = day_of(context.now);
    let typed = asked.day.clone();
    let read = clerk.guest.app.store.read(move |tx| {
        let session = appointment::session(tx, &context, id)?;
        // A day that cannot be read shows the session's own: what was typed stands in its field.
        let first = session.slot.date().max(today);
        let day = read_day(&typed, first).unwrap_or(first);
        let kind = application::kind_of(tx, &context, id)?;
        let minutes = kind.minutes(&context.office.practice).unwrap_or(session.slot.minutes);
        let ask = Ask { from: day, days: 1, minutes, needs: kind.needs() };
        let book = DayBook::read(tx, &context, day, 1)?;
        let openings = book.openings(&ask, &bounds.with(&context.office.calendar), &context);
        let mut counsellors = schedule::counsellors(tx, &context)?;
        counsellors.retain(|it| kind.check_skills(&it.rule.skills).is_ok());
        Ok::<_, Error>((session, day, openings, counsellors))
    });
    let (session, day, openings, counsellors) = read.await?;
    show(&MovingPage {
        page: clerk.page(),
        faults,
        kept,
        session,
        counsellors,
        openings,
        day,
        today,
        chosen: asked,
    })
}
