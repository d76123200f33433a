//! Group sessions on the desk: the list, the plan of one, and its own page with its seats.

pub mod one;
pub mod plan;

use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rules::people::{Act, Role};

use super::{Group, check_offered};
use crate::error::Error;
use crate::schedule::groups;
use crate::web::{self, Clerk, Page, Place};

/// What the signed-in member of staff may do here; what is not theirs is not shown.
#[derive(Clone, Copy, Debug)]
struct Rights {
    plans: bool,
    gives: bool,
    reads: bool,
    enters: bool,
    arrivals: bool,
    outcomes: bool,
}

impl Rights {
    fn of(role: Role) -> Self {
        Self {
            plans: role.may(Act::PlanGroups),
            gives: role.may(Act::ConfirmAppointment),
            reads: role.may(Act::ReadApplications),
            enters: role.may(Act::EnterApplication),
            arrivals: role.may(Act::RecordArrival),
            outcomes: role.may(Act::RecordSession),
        }
    }
}

/// Lets those on who have to do with group sessions, in an office that holds some.
fn admit(clerk: &Clerk) -> Result<Rights, Error> {
    check_offered(&clerk.context())?;
    if !Place::Groups.is_open_to(clerk.member.role, &clerk.office.practice) {
        return Err(Error::Forbidden);
    }
    Ok(Rights::of(clerk.member.role))
}

/// As [`admit`], for what takes one act.
fn must(clerk: &Clerk, act: Act) -> Result<(), Error> {
    clerk.must(act)?;
    check_offered(&clerk.context())
}

#[derive(Template)]
#[template(path = "schedule/groups/pages/list.html")]
struct ListPage {
    page: Page,
    rights: Rights,
    to_come: Vec<Group>,
    past: Vec<Group>,
    now: Timestamp,
}

/// `GET /desk/groups`: those to come, and the latest of those that are over.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] where the office holds none.
pub async fn list(clerk: Clerk) -> Result<Response, Error> {
    let rights = admit(&clerk)?;
    let context = clerk.context();
    let now = context.now;
    let read = clerk.guest.app.store.read(move |tx| {
        Ok::<_, Error>((groups::after(tx, &context, now)?, groups::past(tx, &context)?))
    });
    let (to_come, past) = read.await?;
    web::show(&ListPage { page: clerk.page(), rights, to_come, past, now })
}
