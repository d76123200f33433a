//! Stops on the desk: made, looked at, lifted; and what they touch.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::people::{Act, FreeText};
use rules::schedule::parse_moment;
use rules::terms::suspension::{Function, Stop, StopRefusal};

use super::{Cause, NewStop, StopLine, Touched};
use crate::app::Context;
use crate::commands::fresh_key;
use crate::error::{Error, Refusal};
use crate::people::stops;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page, said};

/// What people are told of a stop fits into a banner.
const NOTE_AT_MOST: usize = 120;

#[derive(Template)]
#[template(path = "people/stops/all.html")]
struct AllPage {
    page: Page,
    faults: Faults,
    typed: Form,
    lines: Vec<StopLine>,
    now: Timestamp,
    key: String,
}

#[derive(Template)]
#[template(path = "people/stops/one.html")]
struct OnePage {
    page: Page,
    faults: Faults,
    line: StopLine,
    touched: Vec<Touched>,
    now: Timestamp,
    keys: [String; 2],
}

/// `GET /desk/stops`: every stop of the office, and the form for a new one.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn all(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::StopService)?;
    all_page(&clerk, Form::blank(), Faults::none()).await
}

async fn all_page(clerk: &Clerk, typed: Form, faults: Faults) -> Result<Response, Error> {
    let context = clerk.context();
    let office = context.office.id;
    let lines = clerk.guest.app.store.read(move |tx| stops::stops(tx, office)).await?;
    let is_refused = !faults.is_empty();
    let page = clerk.page();
    let shown =
        web::show(&AllPage { page, faults, typed, lines, now: context.now, key: fresh_key() })?;
    Ok(with_status(is_refused, shown))
}

fn with_status(is_refused: bool, shown: Response) -> Response {
    match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response(),
        false => shown,
    }
}

/// `GET /desk/stops/{stop}`: one stop, and the sessions that it touches.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn one(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::StopService)?;
    one_page(&clerk, id, Faults::none()).await
}

async fn one_page(clerk: &Clerk, id: i64, faults: Faults) -> Result<Response, Error> {
    let context = clerk.context();
    let now = context.now;
    let read = move |tx: &mut Tx<'_>| stops::touched(tx, &context, id);
    let (line, touched) = clerk.guest.app.store.read(read).await?;
    let is_refused = !faults.is_empty();
    let (page, keys) = (clerk.page(), [fresh_key(), fresh_key()]);
    let shown = web::show(&OnePage { page, faults, line, touched, now, keys })?;
    Ok(with_status(is_refused, shown))
}

/// `POST /desk/stops`: stops a function.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown on the page.
pub async fn make(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::StopService)?;
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
                Refusal::ReasonMissing => "note",
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
        function: Function::parse(form.get("function")).ok_or(Refusal::Shape)?,
        from,
        until: moment("until_date", "until_time")?,
    };
    Ok(NewStop {
        stop,
        cause: Cause::parse(form.get("cause")).ok_or(Refusal::ReasonMissing)?,
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
    clerk.must(Act::StopService)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, officer| {
        stops::lift(tx, context, id, (&note(form)?, Some(officer)))?;
        Ok("/desk/stops".to_owned())
    });
    answered(&clerk, id, done.await, "note").await
}

/// `POST /desk/stops/{stop}/call-off`: calls off the sessions that were ticked.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn call_off(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::StopService)?;
    let done = carry_out(&clerk, &form, move |tx, context, form, officer| {
        let (_, touched) = stops::touched(tx, context, id)?;
        let ticked: Vec<i64> =
            form.all("session").iter().filter_map(|number| number.parse().ok()).collect();
        if ticked.is_empty() {
            return Err(Refusal::NotSure.into());
        }
        // What was moved or ended since the page was opened is not touched any more.
        for one in touched.iter().filter(|one| ticked.contains(&one.application)) {
            stops::call_off(tx, context, one.application, officer)?;
        }
        Ok(format!("/desk/stops/{id}"))
    });
    answered(&clerk, id, done.await, "sessions").await
}

async fn answered(
    clerk: &Clerk,
    id: i64,
    done: Result<String, Error>,
    field: &str,
) -> Result<Response, Error> {
    match done {
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            one_page(clerk, id, faults).await
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
