//! What the desk does with an application: decide, confirm, propose, decline, convert.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::application::{DeclineReason, Kind};
use rules::people::{Act, FreeText};
use rules::schedule::{Slot, SlotRefusal, check_confirmation, parse_wish};
use rules::terms::eligibility::Condition;

use super::case::{self, Typed};
use super::said::{self, FieldFault};
use crate::app::Context;
use crate::application::{self, Appoint, NOTE_AT_MOST};
use crate::commands;
use crate::error::{Error, Refusal};
use crate::schedule::desk::choice;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::said::{Said, of_refusal};
use crate::web::{Clerk, Form};

/// Decides the conditions of article 1, each one that is answered. A decision that another officer
/// made already stays theirs when it is answered alike, and is not overwritten unseen.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn decide(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::DecideApplication)?;
    let read = |field: &str| match form.get(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let answer = |condition: Condition| {
        let seen = read(&format!("seen_{}", condition.code()));
        read(condition.code()).map(|met| (condition, met, seen))
    };
    let answers: Vec<(Condition, bool, Option<bool>)> =
        Condition::ALL.into_iter().filter_map(answer).collect();
    if answers.is_empty() {
        let fault = ("conditions", Fault::Field(FieldFault::NotChosen));
        return shown_again(&clerk, id, &form, fault).await;
    }
    let officer = clerk.member.id;
    let next = times_of(id, &form);
    command(&clerk, (id, next), &form, ("decide", "conditions"), move |tx, context| {
        let within = application::in_its_terms(tx, context, id)?;
        let decided = application::load(tx, context, id)?;
        let conditions = decided.conditions(&within.office)?;
        let known = &decided.decisions;
        for (condition, met, seen) in answers.iter().filter(|it| conditions.contains(&it.0)) {
            let decided = known.decided(*condition);
            if decided != Some(*met) {
                if decided != *seen {
                    return Err(Refusal::DecisionChanged(*condition).into());
                }
                application::decide(tx, context, id, (*condition, *met), officer)?;
            }
        }
        Ok(())
    })
    .await
}

/// The times of an application's page, on the day that is being looked at.
fn times_of(id: i64, form: &Form) -> String {
    let day = choice::date(form.get("day")).ok();
    let minutes: Option<u16> = form.get("minutes").parse().ok();
    match (day, minutes) {
        (Some(day), Some(minutes)) => {
            format!("/desk/applications/{id}?day={day}&minutes={minutes}#times")
        }
        (Some(day), None) => format!("/desk/applications/{id}?day={day}#times"),
        (None, _) => format!("/desk/applications/{id}#times"),
    }
}

/// Confirms a time: the answer of article 2(2).
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn confirm(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    let (slot, counsellor, reason) = match asked_for(&form) {
        Ok(asked) => asked,
        Err(fault) => return shown_again(&clerk, id, &form, fault).await,
    };
    let is_late = is_late(&slot, &clerk.context())?;
    if is_late {
        clerk.must(Act::OverrideSameDay)?;
    }
    command(&clerk, (id, page_of(id)), &form, ("confirm", "times"), move |tx, context| {
        let same_day_reason = is_late.then(|| reason.clone());
        application::confirm(tx, context, id, &Appoint { slot, counsellor, same_day_reason })
    })
    .await
}

/// Gives a seat in the group session that is asked for: the answer of article 2(2).
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn give_seat(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    command(&clerk, (id, page_of(id)), &form, ("confirm", "times"), move |tx, context| {
        application::give_seat(tx, context, id)
    })
    .await
}

/// Proposes another time. It never is of the same day: the person could not answer in time.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn propose(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    let (slot, counsellor, _) = match asked_for(&form) {
        Ok(asked) => asked,
        Err(fault) => return shown_again(&clerk, id, &form, fault).await,
    };
    command(&clerk, (id, page_of(id)), &form, ("propose", "times"), move |tx, context| {
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        application::propose(tx, context, id, &appoint)
    })
    .await
}

/// Changes what the application asks for (article 6), with a reason.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn change_kind(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::DecideApplication)?;
    let kind = Kind::parse(form.get("kind")).ok_or(Refusal::Shape)?;
    let reason = match FreeText::parse(form.get("kind_reason"), NOTE_AT_MOST) {
        Ok(reason) => reason,
        Err(refusal) => {
            let fault = Fault::Field(FieldFault::Text(refusal, NOTE_AT_MOST));
            return shown_again(&clerk, id, &form, ("kind_reason", fault)).await;
        }
    };
    let officer = clerk.member.id;
    let next = format!("{}#kind", page_of(id));
    command(&clerk, (id, next), &form, ("change_kind", "kind_reason"), move |tx, context| {
        application::change_kind(tx, context, id, (kind, &reason), officer)
    })
    .await
}

/// Answers no, with a coded reason.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn decline(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::DecideApplication)?;
    let Some(reason) = DeclineReason::parse(form.get("decline_reason")) else {
        let fault = ("decline_reason", Fault::Field(FieldFault::NotChosen));
        return shown_again(&clerk, id, &form, fault).await;
    };
    command(&clerk, (id, page_of(id)), &form, ("decline", "answers"), move |tx, context| {
        application::decline(tx, context, id, reason)
    })
    .await
}

/// Asks the person to come, or promises a call, instead.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn convert(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::DecideApplication)?;
    let visit = match form.get("to") {
        "visit" => true,
        "telephone" => false,
        _ => return Err(Refusal::Shape.into()),
    };
    command(&clerk, (id, page_of(id)), &form, ("convert", "answers"), move |tx, context| {
        application::convert(tx, context, id, visit)
    })
    .await
}

/// Why a form is shown again.
enum Fault {
    Field(FieldFault),
    Refusal(Refusal),
}

/// The time, the counsellor and the reason that a form asks for: chosen in a grid (`time`), or
/// typed (`date`, `start`, `minutes`, `counsellor`).
fn asked_for(form: &Form) -> Result<(Slot, i64, FreeText), (&'static str, Fault)> {
    let refused = |refusal: SlotRefusal| Fault::Refusal(Refusal::Slot(refusal));
    let reason = FreeText::parse(form.get("reason"), NOTE_AT_MOST)
        .map_err(|refusal| ("reason", Fault::Field(FieldFault::Text(refusal, NOTE_AT_MOST))))?;
    let is_typed = !form.get("date").is_empty() || !form.get("start").is_empty();
    let (slot, counsellor) = match form.get("time") {
        "" if !is_typed => return Err(("times", Fault::Field(FieldFault::NotChosen))),
        "" => {
            let slot = parse_wish(form.get("date"), form.get("start"), form.get("minutes"))
                .map_err(|refusal| ("date", refused(refusal)))?;
            let counsellor = form.get("counsellor").parse();
            (slot, counsellor.map_err(|_| ("counsellor", Fault::Field(FieldFault::NotChosen)))?)
        }
        time => choice::read(time).map_err(|refusal| ("times", refused(refusal)))?,
    };
    Ok((slot, counsellor, reason))
}

/// Whether the limit of article 2(1) is over for a time.
fn is_late(slot: &Slot, context: &Context) -> Result<bool, Error> {
    let bounds = context.office.bounds(context.now)?;
    let checked = check_confirmation(slot, &bounds, context.now, false);
    Ok(checked == Err(SlotRefusal::SameDay))
}

fn page_of(id: i64) -> String {
    format!("/desk/applications/{id}")
}

/// Does `work` once for the form's key, notes who did it, and leads on to `next`. What is refused
/// is said on the same page, with everything typed kept.
async fn command(
    clerk: &Clerk,
    (id, next): (i64, String),
    form: &Form,
    (act, field): (&'static str, &'static str),
    work: impl Fn(&mut Tx<'_>, &Context) -> Result<(), Error> + Send + 'static,
) -> Result<Response, Error> {
    let (context, command) = (clerk.context(), form.command()?);
    let officer = clerk.member.id;
    let done = clerk
        .guest
        .app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                work(tx, &context)?;
                application::note_access(tx, &context, (id, officer), act)?;
                Ok(next.clone())
            })
        })
        .await;
    match done {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(Error::Refused(refusal)) => {
            let field = match refusal {
                Refusal::Slot(SlotRefusal::SameDay) => "reason",
                Refusal::Conditions(_) => "conditions",
                _ => field,
            };
            shown_again(clerk, id, form, (field, Fault::Refusal(refusal))).await
        }
        Err(other) => Err(other),
    }
}

async fn shown_again(
    clerk: &Clerk,
    id: i64,
    form: &Form,
    (field, fault): (&'static str, Fault),
) -> Result<Response, Error> {
    let context = clerk.context();
    let sentence = match fault {
        Fault::Field(fault) => said::of_field(fault, &Said::of(&context)?)?,
        Fault::Refusal(refusal) => of_refusal(&refusal, &context)?,
    };
    let mut faults = Faults::none();
    faults.add(field, sentence);
    let of = |name: &str| form.get(name).to_owned();
    let typed = Typed {
        time: of("time"),
        day: of("day"),
        date: of("date"),
        start: of("start"),
        minutes: of("minutes"),
        counsellor: of("counsellor"),
        reason: of("reason"),
        kind_reason: of("kind_reason"),
        entered: false,
    };
    case::show(clerk, id, typed, faults).await
}
