//! One group session: its seats, who waits for one, how to join, what became of it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::appointment::{Outcome, Standing, StopCause, What};
use rules::people::{Act, Language};
use rules::schedule::{GroupState, TOKYO};
use serde::Deserialize;

use super::{Rights, admit, must};
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Joining, Row};
use crate::commands::fresh_key;
use crate::error::{Error, Refusal};
use crate::schedule::groups::{self, Group, Waiting};
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page, said};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// What is read of a group session. Holds credentials: no `Debug`.
struct Known {
    group: Group,
    seats: Vec<Row>,
    waiting: Vec<Waiting>,
    joining: Option<Joining>,
}

#[derive(Template)]
#[template(path = "schedule/groups/pages/one.html")]
struct OnePage {
    page: Page,
    rights: Rights,
    faults: Faults,
    typed: Option<Form>,
    known: Known,
    done: String,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "schedule/groups/pages/print.html")]
struct PrintPage {
    page: Page,
    group: Group,
    seats: Vec<Row>,
}

impl OnePage {
    fn key(&self) -> String {
        fresh_key()
    }

    fn title(&self) -> &str {
        &self.known.group.told(Language::Japanese).title
    }

    fn about(&self) -> &str {
        &self.known.group.told(Language::Japanese).about
    }

    fn is_to_come(&self) -> bool {
        self.known.group.state(self.now).is_to_come().is_ok()
    }

    fn takes_applications(&self) -> bool {
        self.known.group.state(self.now).takes_applications().is_ok()
    }

    fn is_called_off(&self) -> bool {
        self.known.group.state(self.now) == GroupState::CalledOff
    }

    /// Whether its plan can still be changed; one that was called off can be given another time.
    fn is_changeable(&self) -> bool {
        self.is_to_come() || self.is_called_off()
    }

    fn has_free_seat(&self) -> bool {
        self.known.group.given < self.known.group.plan.seats
    }

    /// Whether its day has come, so that somebody can be at the door.
    fn is_day(&self) -> bool {
        TOKYO.to_datetime(self.now).date() >= self.known.group.plan.slot.date()
    }

    fn has_begun(&self) -> bool {
        self.now >= self.known.group.plan.slot.start
    }

    /// Whether somebody may be seen at the door, and was not yet.
    fn takes_arrival(&self, row: &Row) -> bool {
        self.is_day() && matches!(row.standing, Standing::Waiting | Standing::InContact)
    }

    fn waits_for_arrival(&self) -> bool {
        self.known.seats.iter().any(|row| self.takes_arrival(row))
    }

    /// How many came of whom the outcome is open.
    fn open_outcomes(&self) -> usize {
        let is_open = |row: &&Row| {
            row.arrived_at.is_some()
                && matches!(row.standing, Standing::Present | Standing::Unrecorded)
        };
        self.known.seats.iter().filter(is_open).count()
    }

    fn typed(&self, field: &str) -> &str {
        self.typed.as_ref().map_or("", |form| form.get(field))
    }

    fn meeting(&self) -> String {
        self.known.joining.as_ref().map_or_else(String::new, |it| it.meeting.grouped())
    }
}

/// `GET /desk/groups/{group}`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    admit(&clerk)?;
    shown(&clerk, id, (None, asked.done), Faults::none()).await
}

async fn shown(
    clerk: &Clerk,
    id: i64,
    (typed, done): (Option<Form>, String),
    faults: Faults,
) -> Result<Response, Error> {
    let rights = admit(clerk)?;
    let context = clerk.context();
    let now = context.now;
    let known = clerk.guest.app.store.read(move |tx| known(tx, &context, id)).await?;
    let is_refused = !faults.is_empty();
    let page = clerk.page();
    let shown = web::show(&OnePage { page, rights, faults, typed, known, done, now })?;
    Ok(web::with_status(is_refused, shown))
}

fn known(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Known, Error> {
    let group = groups::load(tx, context, id)?;
    Ok(Known {
        seats: seats(tx, context, &group)?,
        waiting: groups::waiting(tx, context, id)?,
        joining: groups::joining(tx, context, id)?,
        group,
    })
}

/// The seats on the day of the group, by alias.
fn seats(tx: &mut Tx<'_>, context: &Context, group: &Group) -> Result<Vec<Row>, Error> {
    let mut rows = appointment::board(tx, context, group.plan.slot.date())?;
    rows.retain(|row| row.group == Some(group.id));
    rows.sort_by(|one, other| one.alias.reveal().cmp(other.alias.reveal()));
    Ok(rows)
}

/// `GET /desk/groups/{group}/print`: the list of those who come, by alias and nothing else.
///
/// # Errors
/// As [`get`].
pub async fn print(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    admit(&clerk)?;
    let context = clerk.context();
    let read = clerk.guest.app.store.read(move |tx| {
        let group = groups::load(tx, &context, id)?;
        let mut seats = seats(tx, &context, &group)?;
        seats.retain(|row| row.standing.keeps_slot());
        Ok::<_, Error>((group, seats))
    });
    let (group, seats) = read.await?;
    web::show(&PrintPage { page: clerk.page(), group, seats })
}

/// `POST /desk/groups/{group}/seat`: gives a seat to an application that waits.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn give(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    must(&clerk, Act::ConfirmAppointment)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        let application = one_of(&groups::waiting_in(tx, id)?, form)?;
        groups::load(tx, context, id)?;
        application::give_seat(tx, context, application)?;
        application::note_access(tx, context, (application, officer), "confirm")?;
        Ok(format!("/desk/groups/{id}?done=seat#waiting"))
    });
    answered(&clerk, (id, "waiting"), &form, done.await).await
}

/// The application that a form names, if it is one of these.
fn one_of(applications: &[i64], form: &Form) -> Result<i64, Error> {
    let named: i64 = form.get("application").parse().map_err(|_| Refusal::Shape)?;
    applications.iter().copied().find(|it| *it == named).ok_or(Error::Missing)
}

/// `POST /desk/groups/{group}/arrived`: somebody came, or everybody who had not yet.
///
/// # Errors
/// As [`give`].
pub async fn arrived(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    must(&clerk, Act::RecordArrival)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        let group = groups::load(tx, context, id)?;
        let mut rows = seats(tx, context, &group)?;
        if form.get("all") != "yes" {
            let every: Vec<i64> = rows.iter().map(|row| row.application).collect();
            let named = one_of(&every, form)?;
            rows.retain(|row| row.application == named);
        }
        rows.retain(|row| matches!(row.standing, Standing::Waiting | Standing::InContact));
        for row in rows {
            let fact = rules::appointment::Fact { at: context.now, what: What::Arrived };
            appointment::record(tx, context, row.application, fact, Some(officer))?;
        }
        Ok(format!("/desk/groups/{id}?done=arrived#seats"))
    });
    answered(&clerk, (id, "seats"), &form, done.await).await
}

/// `POST /desk/groups/{group}/outcome`: how it went, for all who came.
///
/// # Errors
/// As [`give`].
pub async fn outcome(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    must(&clerk, Act::RecordSession)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        let outcome = match form.get("outcome") {
            "held" => Outcome::Held,
            "offices_trouble" => Outcome::OfficesTrouble,
            _ => return Err(Refusal::Shape.into()),
        };
        groups::end(tx, context, id, (outcome, officer))?;
        Ok(format!("/desk/groups/{id}?done=outcome#seats"))
    });
    answered(&clerk, (id, "outcome"), &form, done.await).await
}

/// `POST /desk/groups/{group}/joining`: how to join, once for all.
///
/// # Errors
/// As [`give`].
pub async fn joining(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    let done = clerk.carry_out(&form, move |tx, context, form, _| {
        groups::enter_joining(tx, context, id, &Joining::read(form)?)?;
        Ok(format!("/desk/groups/{id}?done=joining#joining"))
    });
    let field = match form.get("invitation").trim() {
        "" => "meeting",
        _ => "invitation",
    };
    answered(&clerk, (id, field), &form, done.await).await
}

/// `POST /desk/groups/{group}/call-off`: it is not held, on the office's side (article 9(6)).
///
/// # Errors
/// As [`give`].
pub async fn call_off(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        let What::StoppedByOffice(cause) = cause(form)? else { return Err(Refusal::Shape.into()) };
        groups::call_off(tx, context, id, (cause, officer))?;
        Ok(format!("/desk/groups/{id}?done=called_off"))
    });
    answered(&clerk, (id, "cause"), &form, done.await).await
}

/// Why it is called off, as the office's causes for one session are chosen.
fn cause(form: &Form) -> Result<What, Refusal> {
    What::parse(form.get("cause")).ok_or(Refusal::ReasonMissing)
}

async fn answered(
    clerk: &Clerk,
    (id, field): (i64, &str),
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            shown(clerk, id, (Some(form.clone()), String::new()), faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// The causes for which the office calls a group session off.
const CAUSES: [StopCause; 3] =
    [StopCause::CounsellorAbsent, StopCause::Failure, StopCause::Disaster];
