//! What is done to an entry: the call back, the draft, the approval, handing over, holds.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::{Act, JobseekerNumber};
use rules::records::disclosure::{Authenticity, Draft, HandedOver, HoldKind, Outcome, Sha256};
use rules::schedule::{TOKYO, parse_moment};

use super::super::{self as disclosures, Seen};
use super::{again, carry_out, day, list, one, text};
use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::records::Part;
use crate::records::holds::{self, NewHold, Target};
use crate::store::Tx;
use crate::web::said;
use crate::web::{Clerk, Form};

/// The entry as the page showed it.
fn seen(tx: &mut Tx<'_>, context: &Context, id: i64, form: &Form) -> Result<Seen, Error> {
    disclosures::entry(tx, context, id)?;
    let revision = form.get("revision").parse().map_err(|_| Refusal::Shape)?;
    Ok((id, revision))
}

/// When something happened; what is left out is now.
fn moment(date: &str, time: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let (date, time) = (date.trim(), time.trim());
    if date.is_empty() && time.is_empty() {
        return Ok(now);
    }
    let shown = now.to_zoned(TOKYO.clone());
    let today = shown.date().to_string();
    let clock = shown.strftime("%H:%M").to_string();
    let date = if date.is_empty() { &today } else { date };
    let time = if time.is_empty() { &clock } else { time };
    parse_moment(date, time).map_err(Refusal::Slot)
}

async fn answered(
    clerk: &Clerk,
    (id, field): (i64, &str),
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) => one::refused(clerk, (id, field), form, &refusal).await,
        Err(other) => Err(other),
    }
}

fn back(id: i64, done: &str) -> String {
    format!("/desk/disclosures/{id}?done={done}")
}

/// `POST /desk/disclosures/{id}/check`: the call back was made.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn check(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let seen = seen(tx, context, id, form)?;
        let call = Authenticity {
            called: text(form.get("check_called"))?,
            number: text(form.get("check_number"))?,
            found_in: text(form.get("check_found_in"))?,
            at: moment(form.get("check_date"), form.get("check_time"), context.now)?,
            by: staff,
            confirmed: form.get("check_confirmed") == "yes",
        };
        disclosures::check(tx, context, seen, call)?;
        Ok(back(id, "checked"))
    });
    let done = done.await;
    let is_time = matches!(done, Err(Error::Refused(Refusal::Slot(_) | Refusal::InTheFuture)));
    let field = if is_time { "check_time" } else { "check_called" };
    answered(&clerk, (id, field), &form, done).await
}

/// `POST /desk/disclosures/{id}/files`: prepares a file of the records.
///
/// # Errors
/// As [`check`].
pub async fn prepare(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let chosen = form.all("parts");
        let parts: Option<Vec<Part>> = chosen.iter().map(|code| Part::parse(code)).collect();
        let mut parts = parts.unwrap_or_default();
        parts.sort_unstable();
        parts.dedup();
        disclosures::prepare(tx, context, (id, staff), &parts)?;
        Ok(back(id, "prepared"))
    });
    answered(&clerk, (id, "parts"), &form, done.await).await
}

/// `GET /desk/disclosures/{id}/files/{file}`: a prepared file, octet for octet.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn file(clerk: Clerk, Path((id, file)): Path<(i64, i64)>) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    // A write, because reading about a person leaves a row (design idea 5).
    let read =
        clerk.guest.app.store.write(move |tx| disclosures::file(tx, &context, (id, file), staff));
    Ok(download(read.await?, "disclosure.json"))
}

/// A file to be saved, which no browser shows as a page.
pub(in crate::records) fn download(octets: Vec<u8>, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, octets).into_response()
}

/// `POST /desk/disclosures/{id}/draft`: a decision for another to approve.
///
/// # Errors
/// As [`check`].
pub async fn draft(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let digest = Sha256::parse(form.get("draft_digest"));
    let is_bad_digest = digest.is_none() && !form.get("draft_digest").trim().is_empty();
    let outcome = Outcome::parse(form.get("draft_outcome"));
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let seen = seen(tx, context, id, form)?;
        let outcome = outcome.ok_or(Refusal::NoPart)?;
        if is_bad_digest {
            return Err(Refusal::Shape.into());
        }
        let draft = Draft {
            outcome,
            reason: text(form.get("draft_reason"))?,
            drafter: staff,
            handed: text(form.get("draft_handed"))?,
            digest: digest.clone(),
        };
        disclosures::draft(tx, context, seen, draft)?;
        Ok(back(id, "drafted"))
    });
    let field = match (outcome, is_bad_digest) {
        (None, _) => "draft_outcome",
        (_, true) => "draft_digest",
        _ => "draft_reason",
    };
    answered(&clerk, (id, field), &form, done.await).await
}

/// `POST /desk/disclosures/{id}/approve`: by another person than who drafted it.
///
/// # Errors
/// As [`check`].
pub async fn approve(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ApproveDisclosure)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let seen = seen(tx, context, id, form)?;
        disclosures::approve(tx, context, seen, staff)?;
        Ok(back(id, "approved"))
    });
    answered(&clerk, (id, "entry"), &form, done.await).await
}

/// `POST /desk/disclosures/{id}/hand-over`: what was approved was sent or given.
///
/// # Errors
/// As [`check`].
pub async fn hand_over(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let seen = seen(tx, context, id, form)?;
        let digest = Sha256::parse(form.get("given_digest")).ok_or(Refusal::OtherFile)?;
        let given = HandedOver {
            medium: text(form.get("given_medium"))?,
            at: moment(form.get("given_date"), form.get("given_time"), context.now)?,
            by: staff,
        };
        if given.medium.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        disclosures::hand_over(tx, context, seen, given, &digest)?;
        Ok(back(id, "handed_over"))
    });
    let done = done.await;
    let field = match &done {
        Err(Error::Refused(Refusal::OtherFile)) => "given_digest",
        Err(Error::Refused(Refusal::Slot(_) | Refusal::InTheFuture | Refusal::TooEarly)) => {
            "given_time"
        }
        _ => "given_medium",
    };
    answered(&clerk, (id, field), &form, done).await
}

/// `POST /desk/disclosures/{id}/lift`: the secrecy is lifted.
///
/// # Errors
/// As [`check`].
pub async fn lift(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let seen = seen(tx, context, id, form)?;
        let reason = text(form.get("lift_reason"))?;
        disclosures::lift_secrecy(tx, context, seen, (reason, staff))?;
        Ok(back(id, "lifted"))
    });
    answered(&clerk, (id, "lift_reason"), &form, done.await).await
}

/// What the form says of a hold.
fn new_hold(
    context: &Context,
    form: &Form,
    (target, disclosure): (Target, Option<i64>),
) -> Result<NewHold, Refusal> {
    let today: Date = context.now.to_zoned(TOKYO.clone()).date();
    Ok(NewHold {
        target,
        disclosure,
        kind: HoldKind::parse(form.get("hold_kind")).ok_or(Refusal::Shape)?,
        from: day(form.get("hold_from")).map_err(Refusal::Slot)?.unwrap_or(today),
        until: day(form.get("hold_until")).map_err(Refusal::Slot)?,
        reason: text(form.get("hold_reason"))?,
    })
}

fn field_of_hold(done: &Result<String, Error>) -> &'static str {
    match done {
        Err(Error::Refused(Refusal::Hold(_) | Refusal::Slot(_))) => "hold_until",
        Err(Error::Refused(Refusal::NoSuchPerson)) => "hold_what",
        _ => "hold_reason",
    }
}

/// `POST /desk/disclosures/{id}/holds`: keeps the records of everybody whom an entry is about.
///
/// # Errors
/// As [`check`].
pub async fn hold(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let applications = disclosures::entry(tx, context, id)?.entry.applications();
        if applications.is_empty() {
            return Err(Refusal::NoSuchPerson.into());
        }
        for application in applications {
            let target = (Target::Application(application), Some(id));
            holds::hold(tx, context, &new_hold(context, form, target)?, staff)?;
        }
        Ok(back(id, "held"))
    });
    let done = done.await;
    answered(&clerk, (id, field_of_hold(&done)), &form, done).await
}

/// `POST /desk/disclosures/holds`: keeps records for another reason than an entry.
///
/// # Errors
/// As [`check`].
pub async fn hold_freely(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let target = target_of(tx, context, form.get("hold_what"))?;
        holds::hold(tx, context, &new_hold(context, form, (target, None))?, staff)?;
        Ok("/desk/disclosures?done=held".to_owned())
    });
    let done = done.await;
    let field = field_of_hold(&done);
    on_list(&clerk, field, &form, done).await
}

/// A receipt, or a jobseeker's number.
fn target_of(tx: &mut Tx<'_>, context: &Context, typed: &str) -> Result<Target, Error> {
    let receipt = typed.trim().to_uppercase();
    match application::of_receipt(tx, &receipt) {
        Ok((id, office)) if office == context.office.id => return Ok(Target::Application(id)),
        Ok(_) | Err(Error::Missing) => {}
        Err(other) => return Err(other),
    }
    let number = JobseekerNumber::parse(typed).map_err(|_| Refusal::NoSuchPerson)?;
    Ok(Target::Number(number))
}

async fn on_list(
    clerk: &Clerk,
    field: &str,
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            Ok(again(list::shown(clerk, String::new(), faults, Some(form)).await?))
        }
        Err(other) => Err(other),
    }
}

/// `POST /desk/disclosures/holds/{hold}/extend`: a request to preserve runs longer.
///
/// # Errors
/// As [`check`].
pub async fn extend(clerk: Clerk, Path(hold): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let line = holds::one(tx, context, hold)?;
        let until = day(form.get("extended_until")).map_err(Refusal::Slot)?;
        let until = until.ok_or(Refusal::Shape)?;
        holds::extend(tx, context, (hold, staff), until)?;
        Ok(where_shown(line.disclosure, "hold_extended"))
    });
    on_hold(&clerk, hold, &form, done.await).await
}

/// `POST /desk/disclosures/holds/{hold}/lift`: a hold is lifted.
///
/// # Errors
/// As [`check`].
pub async fn lift_hold(clerk: Clerk, Path(hold): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let line = holds::one(tx, context, hold)?;
        holds::lift(tx, context, (hold, staff), &text(form.get("lifting"))?)?;
        Ok(where_shown(line.disclosure, "hold_lifted"))
    });
    on_hold(&clerk, hold, &form, done.await).await
}

fn where_shown(disclosure: Option<i64>, done: &str) -> String {
    match disclosure {
        Some(id) => back(id, done),
        None => format!("/desk/disclosures?done={done}"),
    }
}

/// Onwards, or the page on which the hold stands, with what is wrong.
async fn on_hold(
    clerk: &Clerk,
    hold: i64,
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    let context = clerk.context();
    let line = clerk.guest.app.store.read(move |tx| holds::one(tx, &context, hold)).await?;
    match line.disclosure {
        Some(id) => answered(clerk, (id, "holds"), form, done).await,
        None => on_list(clerk, "hold_what", form, done).await,
    }
}
