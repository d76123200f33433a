//! Stops on the desk: made, looked at, lifted; and what they touch.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::{Act, FreeText};
use rules::schedule::{SlotRefusal, TOKYO, parse_moment};
use rules::terms::suspension::{Function, Stop, StopRefusal};
use serde::Deserialize;

use super::{Cause, MoveTo, NewStop, StopLine, Touched};
use crate::app::Context;
use crate::commands::fresh_key;
use crate::error::{Error, Refusal};
use crate::people::stops;
use crate::schedule::desk::choice;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page, said};

fn day_of(at: Timestamp) -> Date {
    TOKYO.to_datetime(at).date()
}

/// What people are told of a stop fits into a banner.
const NOTE_AT_MOST: usize = 120;

/// What the address tells of sessions that were moved just now.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Done {
    moved: Option<u16>,
    left: Option<u16>,
}

#[derive(Template)]
#[template(path = "people/stops/all.html")]
struct AllPage {
    page: Page,
    faults: Faults,
    typed: Form,
    lines: Vec<StopLine>,
    now: Timestamp,
    forgotten_after: u16,
    /// What this clerk may stop.
    functions: Vec<Function>,
    key: String,
}

#[derive(Template)]
#[template(path = "people/stops/one.html")]
struct OnePage {
    page: Page,
    faults: Faults,
    typed: Form,
    line: StopLine,
    touched: Vec<Touched>,
    now: Timestamp,
    /// How many sessions were moved just now, and how many were not.
    outcome: Option<(u16, u16)>,
    forgotten_after: u16,
    /// Whether this clerk may lift it and call sessions off, and move them.
    rights: (bool, bool),
    key: String,
    second_key: String,
}

impl OnePage {
    /// Whether it is on the list of ticks: all are, until somebody chose.
    fn is_ticked(&self, application: &i64) -> bool {
        let ticked = self.typed.all("session");
        ticked.is_empty() || ticked.iter().any(|it| *it == application.to_string())
    }
}

/// `GET /desk/stops`: every stop of the office, and the form for a new one.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn all(clerk: Clerk) -> Result<Response, Error> {
    clerk.must_stop_something()?;
    all_page(&clerk, Form::blank(), Faults::none()).await
}

async fn all_page(clerk: &Clerk, typed: Form, faults: Faults) -> Result<Response, Error> {
    let context = clerk.context();
    let office = context.office.id;
    let lines = clerk.guest.app.store.read(move |tx| stops::stops(tx, office)).await?;
    let is_refused = !faults.is_empty();
    let page = clerk.page();
    let practice = &context.office.practice;
    let role = clerk.member.role;
    let functions = Function::ALL.into_iter().filter(|it| practice.lets_stop(role, *it)).collect();
    let shown = web::show(&AllPage {
        page,
        faults,
        typed,
        lines,
        now: context.now,
        forgotten_after: practice.stop_forgotten_after_days,
        functions,
        key: fresh_key(),
    })?;
    Ok(web::with_status(is_refused, shown))
}

/// `GET /desk/stops/{stop}`: one stop, and the sessions that it touches.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn one(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    clerk.must_stop_something()?;
    one_page(&clerk, id, (Form::blank(), Faults::none()), done).await
}

async fn one_page(
    clerk: &Clerk,
    id: i64,
    (typed, faults): (Form, Faults),
    done: Done,
) -> Result<Response, Error> {
    let context = clerk.context();
    let now = context.now;
    let forgotten_after = context.office.practice.stop_forgotten_after_days;
    let read = move |tx: &mut Tx<'_>| {
        Ok::<_, Error>((stops::one(tx, &context, id)?, stops::to_be_moved(tx, &context, id)?))
    };
    let (line, touched) = clerk.guest.app.store.read(read).await?;
    let is_refused = !faults.is_empty();
    let (page, key) = (clerk.page(), fresh_key());
    let may = clerk.must_stop(line.stop.function).is_ok();
    let rights = (may, may && clerk.member.role.may(Act::ConfirmAppointment));
    let shown = web::show(&OnePage {
        page,
        faults,
        typed,
        line,
        touched,
        now,
        outcome: done.moved.zip(done.left),
        forgotten_after,
        rights,
        key,
        second_key: fresh_key(),
    })?;
    Ok(web::with_status(is_refused, shown))
}

/// `POST /desk/stops`: stops a function.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown on the page.
pub async fn make(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must_stop_something()?;
    if let Some(function) = Function::parse(form.get("function")) {
        clerk.must_stop(function)?;
    }
    let done = carry_out(&clerk, &form, |tx, context, form, officer| {
        let new = read(form, context.now)?;
        let id = stops::stop_service(tx, context, &new, Some(officer))?;
        Ok(format!("/desk/stops/{id}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let field = match &refusal {
                Refusal::Stop(StopRefusal::EndBeforeStart) => "until_time",
                Refusal::Stop(StopRefusal::InThePast) | Refusal::Slot(_) => "from_date",
                Refusal::ReasonMissing | Refusal::Shape => "note",
                Refusal::NoPart if Function::parse(form.get("function")).is_some() => "cause",
                _ => "function",
            };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            all_page(&clerk, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// Nothing typed for the beginning is "now"; nothing for the end is "until it is lifted".
fn read(form: &Form, now: Timestamp) -> Result<NewStop, Refusal> {
    let moment = |date: &str, time: &str| match (form.get(date).trim(), form.get(time).trim()) {
        ("", "") => Ok(None),
        (date, time) => parse_moment(date, time).map(Some).map_err(Refusal::Slot),
    };
    let from = moment("from_date", "from_time")?.unwrap_or(now);
    let stop = Stop {
        function: Function::parse(form.get("function")).ok_or(Refusal::NoPart)?,
        from,
        until: moment("until_date", "until_time")?,
    };
    Ok(NewStop {
        stop,
        cause: Cause::parse(form.get("cause")).ok_or(Refusal::NoPart)?,
        note: note(form)?,
        everywhere: false,
    })
}

fn note(form: &Form) -> Result<FreeText, Refusal> {
    FreeText::parse(form.get("note"), NOTE_AT_MOST).map_err(|_| Refusal::Shape)
}

/// `POST /desk/stops/{stop}/lift`: opens the function again.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn lift(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    of_a_function_of_theirs(&clerk, id).await?;
    let done = carry_out(&clerk, &form, move |tx, context, form, officer| {
        stops::lift(tx, context, id, (&note(form)?, Some(officer)))?;
        Ok("/desk/stops".to_owned())
    });
    answered(&clerk, id, done.await, (form, "note")).await
}

/// `POST /desk/stops/{stop}/sessions`: moves the sessions that were ticked, each to a time of its
/// own, or calls them off.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn sessions(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    of_a_function_of_theirs(&clerk, id).await?;
    if form.get("do") == "move" {
        clerk.must(Act::ConfirmAppointment)?;
    }
    let done = carry_out(&clerk, &form, move |tx, context, form, officer| match form.get("do") {
        "move" => move_ticked(tx, context, id, (form, officer)),
        "call-off" => call_off_ticked(tx, context, id, (form, officer)),
        _ => Err(Refusal::Shape.into()),
    });
    let done = done.await;
    let field = match &done {
        Err(Error::Refused(Refusal::Slot(_))) => "day",
        Err(Error::Refused(Refusal::Shape)) => "to",
        _ => "sessions",
    };
    answered(&clerk, id, done, (form, field)).await
}

fn move_ticked(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (form, officer): (&Form, i64),
) -> Result<String, Error> {
    let ticked = ticked(form)?;
    let day = choice::date(form.get("day").trim());
    let day = day.map_err(|_| Refusal::Slot(SlotRefusal::NotATime))?;
    if day < day_of(context.now) {
        return Err(Refusal::Slot(SlotRefusal::InThePast).into());
    }
    let to = match form.get("to") {
        "same" => MoveTo::SameTime(day),
        "first" => MoveTo::FirstOpening(day),
        _ => return Err(Refusal::Shape.into()),
    };
    let done = stops::move_touched(tx, context, id, (&ticked, to), officer)?;
    let moved = done.iter().filter(|one| one.to.is_ok()).count();
    Ok(format!("/desk/stops/{id}?moved={moved}&left={}", done.len() - moved))
}

fn call_off_ticked(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (form, officer): (&Form, i64),
) -> Result<String, Error> {
    let (_, touched) = stops::touched(tx, context, id)?;
    let ticked = ticked(form)?;
    // What was moved or ended since the page was opened is not touched any more.
    for one in touched.iter().filter(|one| ticked.contains(&one.application)) {
        stops::call_off(tx, context, one.application, officer)?;
    }
    Ok(format!("/desk/stops/{id}"))
}

fn ticked(form: &Form) -> Result<Vec<i64>, Refusal> {
    let ticked: Vec<i64> =
        form.all("session").iter().filter_map(|number| number.parse().ok()).collect();
    if ticked.is_empty() { Err(Refusal::NothingTicked) } else { Ok(ticked) }
}

/// Lets on those who may stop what this stop stops.
async fn of_a_function_of_theirs(clerk: &Clerk, id: i64) -> Result<(), Error> {
    clerk.must_stop_something()?;
    let context = clerk.context();
    let read = move |tx: &mut Tx<'_>| stops::one(tx, &context, id);
    let line = clerk.guest.app.store.read(read).await?;
    clerk.must_stop(line.stop.function)
}

async fn answered(
    clerk: &Clerk,
    id: i64,
    done: Result<String, Error>,
    (form, field): (Form, &str),
) -> Result<Response, Error> {
    match done {
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            one_page(clerk, id, (form, faults), Done::default()).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// Does the work of a form once; from then on the office's pages tell of it.
async fn carry_out<F>(clerk: &Clerk, form: &Form, work: F) -> Result<String, Error>
where
    F: Fn(&mut Tx<'_>, &Context, &Form, i64) -> Result<String, Error> + Send + 'static,
{
    let done = clerk.carry_out(form, work).await;
    clerk.guest.app.forget_offices();
    done
}
