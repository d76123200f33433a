//! What staff record of a session by a click or a short form: arrivals, outcomes, times, undoing,
//! stops, and how to join.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::appointment::{Fact, Outcome, Standing, StopCause, What};
use rules::people::{Act, FreeText};
use rules::session::{JoinLink, MeetingId, Passcode, read_invitation};

use super::times::{actual, day_of, read_time, suggested};
use super::{Rights, allow, session, today};
use crate::app::Context;
use crate::appointment::{self, Joining};
use crate::error::{Error, Refusal};
use crate::store::Tx;
use crate::web::{Clerk, Form};

/// A reason has at most so many characters.
pub(super) const REASON_AT_MOST: usize = 200;

/// How a session can end, in the order of the form.
pub(super) const OUTCOMES: [Outcome; 4] =
    [Outcome::Held, Outcome::JobseekersTrouble, Outcome::OfficesTrouble, Outcome::ByTelephone];

/// Why the office can stop a session, in the order of the form.
pub(super) const CAUSES: [StopCause; 4] = [
    StopCause::CounsellorAbsent,
    StopCause::Failure,
    StopCause::Disaster,
    StopCause::ServiceStopped,
];

/// Holds the clerk to what the page told when its form was made.
pub(super) fn as_seen(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    form: &Form,
) -> Result<(), Error> {
    let sequence = form.get("sequence").parse().map_err(|_| Refusal::Shape)?;
    appointment::still_as_seen(tx, context, id, sequence)
}

/// `POST /desk/sessions/{id}/facts`: somebody is there, or the office cannot be reached.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn fact(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordArrival)?;
    let what = What::parse(form.get("what"));
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let what = what.filter(|it| is_clickable(*it)).ok_or(Refusal::Shape)?;
        as_seen(tx, context, id, form)?;
        let slot = appointment::session(tx, context, id)?.slot;
        let typed = read_time(day_of(slot.start), form.get("at")).map_err(Refusal::Slot)?;
        if typed.is_none() && is_deemed(tx, context, id)? {
            return Err(Refusal::TimeMissing.into());
        }
        let fact = Fact { at: typed.unwrap_or(context.now), what };
        appointment::record(tx, context, id, fact, Some(staff))?;
        Ok(match what {
            _ if is_deemed(tx, context, id)? => back(form, id, "in_vain"),
            // A wrong name is put right on the page of the session, where the procedure stands.
            What::WrongName => format!("/desk/sessions/{id}?done=wrong_name#name-check"),
            other => back(form, id, other.code()),
        })
    });
    answered(&clerk, (id, "at"), &form, done.await).await
}

fn is_deemed(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<bool, Error> {
    let position = appointment::position(tx, context, id)?;
    Ok(position.judged.standing == Standing::DeemedCancelled)
}

fn is_clickable(what: What) -> bool {
    matches!(what, What::Arrived | What::WrongName | What::Outage)
}

/// `POST /desk/sessions/{id}/outcome`: how it ended, with actual start and end.
///
/// # Errors
/// As [`fact`].
pub async fn outcome(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordSession)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let Some(What::Ended(outcome)) = What::parse(form.get("outcome")) else {
            return Err(Refusal::Shape.into());
        };
        as_seen(tx, context, id, form)?;
        let session = appointment::session(tx, context, id)?;
        let day = session.slot.date();
        let began = read_time(day, form.get("began")).map_err(Refusal::Slot)?;
        let ended = read_time(day, form.get("ended")).map_err(Refusal::Slot)?;
        let kept = (session.began_at, session.ended_at);
        let position = appointment::position(tx, context, id)?;
        let came = (position.arrived_at, position.met_at);
        let suggested = suggested(session.slot, came, kept, context.now);
        let times = actual(outcome, (began, ended), suggested);
        appointment::end_session(tx, context, id, outcome, (times.0, times.1, staff))?;
        Ok(back(form, id, "outcome"))
    });
    answered(&clerk, (id, "began"), &form, done.await).await
}

/// `POST /desk/sessions/{id}/times`: the actual times of a session that is over, put right.
///
/// # Errors
/// As [`fact`].
pub async fn times(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordSession)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, _| {
        as_seen(tx, context, id, form)?;
        let day = appointment::session(tx, context, id)?.slot.date();
        let began = read_time(day, form.get("began")).map_err(Refusal::Slot)?;
        let ended = read_time(day, form.get("ended")).map_err(Refusal::Slot)?;
        appointment::correct_times(tx, context, id, (began, ended))?;
        Ok(back(form, id, "times"))
    });
    answered(&clerk, (id, "began"), &form, done.await).await
}

/// `POST /desk/sessions/{id}/facts/{fact}/retract`: undoes what was recorded by mistake today.
///
/// # Errors
/// As [`fact`].
pub async fn retract(
    clerk: Clerk,
    Path((id, fact)): Path<(i64, i64)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::RetractFact)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let reason = read_text(form.get("reason"))?;
        appointment::retract(tx, context, (id, fact), &reason, staff)?;
        Ok(back(form, id, "retracted"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let field = format!("reason-{fact}");
            session::refused(&clerk, id, (fact, &field), &form, &refusal).await
        }
        other => Ok(Redirect::to(&other?).into_response()),
    }
}

/// `POST /desk/sessions/{id}/stop`: the office calls the session off (article 9(6)).
///
/// # Errors
/// As [`fact`].
pub async fn stop(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::StopSession)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let Some(What::StoppedByOffice(cause)) = What::parse(form.get("cause")) else {
            return Err(Refusal::ReasonMissing.into());
        };
        as_seen(tx, context, id, form)?;
        appointment::stop(tx, context, id, cause, staff)?;
        Ok(back(form, id, "stopped"))
    });
    answered(&clerk, (id, "cause"), &form, done.await).await
}

/// `POST /desk/sessions/{id}/joining`: how to join, typed or pasted.
///
/// # Errors
/// As [`fact`].
pub async fn joining(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    allow(Rights::of(clerk.member.role).joining())?;
    let done = carry_out(&clerk, &form, move |tx, context, form, _| {
        let joining = Joining::read(form)?;
        as_seen(tx, context, id, form)?;
        appointment::enter_joining(tx, context, id, &joining)?;
        Ok(back(form, id, "joining"))
    });
    let pasted = !form.get("invitation").trim().is_empty();
    let field = match Joining::read(&form) {
        Err(_) if pasted => "invitation",
        Err(Refusal::Joining(rules::session::JoiningRefusal::Passcode)) => "passcode",
        Err(Refusal::Joining(
            rules::session::JoiningRefusal::Link
            | rules::session::JoiningRefusal::LinkOfAnotherMeeting,
        )) => "link",
        _ => "meeting",
    };
    answered(&clerk, (id, field), &form, done.await).await
}

impl Joining {
    /// How to join, as staff typed it. A whole invitation counts more than the single fields, which
    /// may show what was there before.
    ///
    /// # Errors
    /// [`Refusal::Joining`].
    pub(crate) fn read(form: &Form) -> Result<Self, Refusal> {
        let invitation = form.get("invitation");
        if !invitation.trim().is_empty() {
            let found = read_invitation(invitation).map_err(Refusal::Joining)?;
            let (passcode, link) = (found.passcode, found.link);
            return Ok(Self { meeting: found.meeting, passcode, link });
        }
        let given = |name: &str| Some(form.get(name)).filter(|typed| !typed.trim().is_empty());
        let meeting = MeetingId::parse(form.get("meeting")).map_err(Refusal::Joining)?;
        let passcode = given("passcode").map(Passcode::parse).transpose();
        let link = given("link").map(|link| JoinLink::parse(link, &meeting)).transpose();
        Ok(Self {
            passcode: passcode.map_err(Refusal::Joining)?,
            link: link.map_err(Refusal::Joining)?,
            meeting,
        })
    }
}

/// A reason as staff typed it.
pub(super) fn read_text(typed: &str) -> Result<FreeText, Refusal> {
    FreeText::parse(typed, REASON_AT_MOST).map_err(|_| Refusal::Shape)
}

/// Where to go when it is done: the board or the session's page.
pub(super) fn back(form: &Form, id: i64, done: &str) -> String {
    match (form.get("back"), form.get("day").parse::<jiff::civil::Date>()) {
        ("today", Ok(day)) => format!("/desk/today?day={day}&done={done}#s{id}"),
        _ => format!("/desk/sessions/{id}?done={done}"),
    }
}

/// Does the work of a form once, whatever is sent twice.
pub(super) async fn carry_out<F>(clerk: &Clerk, form: &Form, work: F) -> Result<String, Error>
where
    F: Fn(&mut Tx<'_>, &Context, &Form, i64) -> Result<String, Error> + Send + 'static,
{
    clerk.carry_out(form, work).await
}

/// Onwards, or the page again with what is wrong.
async fn answered(
    clerk: &Clerk,
    (id, field): (i64, &str),
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) if form.get("back") == "today" => {
            let is_typed = field == "began" && !is_about_standing(&refusal);
            let field = if is_typed { format!("began-{id}") } else { format!("s{id}") };
            today::refused(clerk, (id, &field), form, &refusal).await
        }
        Err(Error::Refused(refusal)) => {
            let field = if is_about_standing(&refusal) { "where" } else { field };
            session::refused(clerk, id, (id, field), form, &refusal).await
        }
        Err(other) => Err(other),
    }
}

/// Whether no field can put it right, because of where the session stands.
fn is_about_standing(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::SessionChanged(..)
            | Refusal::SessionOver
            | Refusal::TooEarly
            | Refusal::NoOutcome
            | Refusal::KeyReused
    )
}
