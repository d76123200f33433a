//! The person's page on which an objection is written, and what staff write down of one that came
//! otherwise.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::{Act, FreeText};
use rules::records::objection::{Against, ObjectionRefusal, Way};
use rules::schedule::parse_moment;

use super::{NewObjection, Objectable, object, objectable};
use crate::commands::{self, fresh_key};
use crate::error::{Error, Refusal};
use crate::records::conduct::pages::{TEXT_AT_MOST, person_page};
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, Seeker, said, show};

/// The address of the person's page.
pub const PAGE: &str = "/status/objection";

#[derive(Template)]
#[template(path = "records/conduct/objections/object.html")]
struct ObjectPage {
    page: Page,
    faults: Faults,
    typed: String,
    objectable: Objectable,
    key: String,
}

/// `GET /status/objection`: what the person can object to, and the form for it.
///
/// # Errors
/// [`Error::Missing`] when there is nothing.
pub async fn ask(seeker: Seeker) -> Result<Response, Error> {
    shown(&seeker, String::new(), Faults::none()).await
}

async fn shown(seeker: &Seeker, typed: String, faults: Faults) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let store = &seeker.guest.app.store;
    let objectable = store.read(move |tx| objectable(tx, &context, id)).await?;
    let objectable = objectable.ok_or(Error::Missing)?;
    let is_refused = !faults.is_empty();
    let page = seeker.page();
    let shown = show(&ObjectPage { page, faults, typed, objectable, key: fresh_key() })?;
    Ok(match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response(),
        false => shown,
    })
}

/// `POST /status/objection`: takes the objection in.
///
/// # Errors
/// [`Error::Missing`] when there is nothing to object to; refusals are shown on the page.
pub async fn send(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let command = form.command()?;
    let (context, id) = (seeker.context(), seeker.visit.application);
    let typed = form.get("words").to_owned();
    let words = FreeText::parse(&typed, TEXT_AT_MOST).map_err(|_| Refusal::Shape);
    let done = seeker.guest.app.store.write(move |tx| {
        commands::once(tx, &context, &command, |tx| {
            let about = objectable(tx, &context, id)?.ok_or(Error::Missing)?.about;
            let (way, received_at) = (Way::Online, context.now);
            let new = NewObjection { about, way, received_at, words: words.clone()? };
            object(tx, &context, id, &new, None)?;
            Ok(PAGE.to_owned())
        })
    });
    match done.await {
        Ok(address) if address == PAGE => Ok(Redirect::to(PAGE).into_response()),
        Ok(_) => Err(Refusal::KeyReused.into()),
        Err(Error::Refused(refusal)) => {
            let mut faults = Faults::none();
            faults.add("words", seeker.guest.words.t(refusal.key()));
            shown(&seeker, typed, faults).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /desk/conduct/{id}/objections`: writes down an objection that came by telephone, at the
/// counter or on paper.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn note(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordCall)?;
    clerk.must(Act::ReadConduct)?;
    let done = clerk.carry_out(&form, move |tx, context, form, staff| {
        let against = Against::parse(form.get("against")).ok_or(Refusal::Shape)?;
        let decision = form.get("of").parse().map_err(|_| Refusal::Shape)?;
        let way = Way::parse(form.get("way")).filter(|way| Way::BY_STAFF.contains(way));
        let received_at = match (form.get("day").trim(), form.get("time").trim()) {
            ("", "") => context.now,
            (day, time) => parse_moment(day, time).map_err(Refusal::Slot)?,
        };
        let new = NewObjection {
            about: (against, decision),
            way: way.ok_or(Refusal::NoPart)?,
            received_at,
            words: FreeText::parse(form.get("words"), TEXT_AT_MOST).map_err(|_| Refusal::Shape)?,
        };
        object(tx, context, id, &new, Some(staff))?;
        Ok(format!("/desk/conduct/{id}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            use ObjectionRefusal as O;
            let part = match &refusal {
                Refusal::Slot(_) | Refusal::Objection(O::InTheFuture | O::BeforeTheDecision) => {
                    "day"
                }
                Refusal::NoPart => "way",
                _ => "words",
            };
            let field = format!("{part}-{}-{}", form.get("against"), form.get("of"));
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            person_page(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}
