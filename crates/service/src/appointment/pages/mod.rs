//! The desk's pages about sessions: today's board, one session, the telephone, finding.

pub mod calls;
pub mod events;
pub mod finding;
pub mod moving;
pub mod records;
pub mod session;
pub mod today;

mod times;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::people::{Act, Role};

use crate::error::Error;
use crate::web::{Clerk, Form, Place};
use crate::words::Lent;

/// What the signed-in member of staff may do on these pages; what is not theirs is not shown.
#[derive(Clone, Copy, Debug)]
struct Rights {
    names: bool,
    calls: bool,
    arrivals: bool,
    sessions: bool,
    care: bool,
    undo: bool,
    stop: bool,
    appoint: bool,
    letters: bool,
    sharings: bool,
}

impl Rights {
    fn of(role: Role) -> Self {
        Self {
            names: role.may(Act::ReadApplications),
            calls: role.may(Act::RecordCall),
            arrivals: role.may(Act::RecordArrival),
            sessions: role.may(Act::RecordSession),
            care: role.may(Act::ReadCareWishes),
            undo: role.may(Act::RetractFact),
            stop: role.may(Act::StopSession),
            appoint: role.may(Act::ConfirmAppointment),
            letters: role.may(Act::ReadLetters),
            sharings: role.may(Act::ReadSharings),
        }
    }

    /// Whether how to join is theirs to enter: who arranges the session, or who holds it.
    fn joining(self) -> bool {
        self.appoint || self.sessions
    }
}

/// Those who have to do with sessions may see them: by telephone or in the meeting.
fn admit(clerk: &Clerk) -> Result<Rights, Error> {
    allow(Place::Today.is_open_to(clerk.member.role, &clerk.office.practice))?;
    Ok(Rights::of(clerk.member.role))
}

/// Lets on those who may do that.
fn allow(is_allowed: bool) -> Result<(), Error> {
    if is_allowed { Ok(()) } else { Err(Error::Forbidden) }
}

/// What was typed into the form that was refused, so that nothing is lost.
#[derive(Clone, Debug, Default)]
struct Kept {
    about: Option<i64>,
    form: Option<Form>,
}

impl Kept {
    /// What was typed into the form about `about`: an application, a fact.
    fn typed(about: i64, form: &Form) -> Self {
        Self { about: Some(about), form: Some(form.clone()) }
    }

    /// What stood in a field, or what stands in it at first.
    fn or<'a>(&'a self, about: impl Lent<i64>, field: &str, first: &'a str) -> &'a str {
        let same = self.about == Some(about.lent());
        let form = self.form.as_ref().filter(|form| same && form.names().contains(&field));
        form.map_or(first, |form| form.get(field))
    }
}

/// The page once more, with what is wrong: 422.
fn again(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
