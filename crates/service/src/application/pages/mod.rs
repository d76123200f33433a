//! The pages on which a jobseeker applies: one question each, saved as they are typed.
//!
//! Every step has one pure `read`, which the step and the final sending both use: what a step
//! accepts can be sent, unless the world changed meanwhile, and then it leads back to that step.

mod assemble;
mod check;
mod conditions;
mod contact;
mod device;
mod entry;
mod environment;
mod frame;
mod identity;
mod length;
mod reasons;
mod sentence;
mod step;
#[cfg(test)]
mod tests;
pub(crate) mod wish_board;
mod wishes;

pub use check::{get as show_answers, post as send};
pub use entry::Entry;
pub(crate) use entry::has_draft;
pub(crate) use environment::item_question;
pub(crate) use frame::Frame;
pub(crate) use length::{read as length, show_lengths};
pub use wishes::{choose, propose, remove};

use std::sync::Arc;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::application::Kind;
use rules::schedule::Bounds;
use rules::session::Channel;
use rules::terms::suspension::Function;

use super::draft::{self, Draft};
use crate::error::{Error, Refusal};
use crate::people::{Office, stops};
use crate::schedule::groups::{self, Group};
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::request::{DRAFT, cookie};
use crate::web::{Form, Guest, LongForm};
use crate::words::Words;
use jiff::Timestamp;
use step::Step;

/// For whom the terms are that an application is made under, where an office has several.
pub(super) const AUDIENCE: &str = "audience";

/// What a step's answers are read against.
pub(crate) struct Sheet<'a> {
    /// The language of the sentences.
    pub(crate) words: Words,
    /// The office, with its terms and its calendar.
    pub(crate) office: &'a Office,
    /// The numbers that bound a session.
    pub(crate) bounds: Bounds<'a>,
    /// The group session that is asked for: it has its time, and is a meeting that staff make.
    pub(crate) group: Option<&'a Group>,
    /// What is applied for.
    pub(crate) kind: Kind,
    /// The instant of the request.
    pub(crate) now: Timestamp,
}

impl Sheet<'_> {
    /// By which means the session is usually held.
    pub(crate) fn meetings(&self) -> Channel {
        self.group.map_or(self.office.practice.meetings, |_| Channel::ByHand)
    }

    /// What its tool is called.
    pub(crate) fn tool(&self) -> String {
        self.office.tool_of(self.words, self.meetings())
    }
}

/// Begins an application: an empty draft under a cookie, which names the group session that is
/// asked for.
///
/// # Errors
/// [`Refusal::Group`] for a group session that may not be applied for;
/// [`Error::Missing`] for an unknown office; a refusal while it has no terms in force.
pub async fn start(guest: Guest, Path(slug): Path<String>, form: Form) -> Result<Response, Error> {
    let office = guest.app.office(&slug).await?;
    let office = match form.get(AUDIENCE) {
        "" => office,
        audience => office.for_audience(audience).ok_or(Refusal::Shape)?,
    };
    let context = guest.context(&office);
    office.terms(context.now)?;
    let mut begun = Draft::begin();
    begun.set(AUDIENCE, form.all(AUDIENCE).to_vec());
    let group = match form.get(draft::GROUP) {
        "" => None,
        number => Some(number.parse::<i64>().map_err(|_| Refusal::Shape)?),
    };
    begun.set(draft::GROUP, group.iter().map(i64::to_string).collect());
    // Nobody types what cannot be sent (article 10(1)).
    let work = move |tx: &mut Tx<'_>| {
        stops::check_open(tx, &context, Function::Apply.of_kind(group.is_some()))?;
        if let Some(group) = group {
            groups::open_to_apply(tx, &context, group)?;
        }
        draft::start(tx, &context, &begun)
    };
    let token = guest.app.store.write(work).await?;
    let kept = cookie(&guest.app.site, DRAFT, token.reveal().to_string());
    let next = Redirect::to(&address(&office, Step::Conditions));
    Ok((guest.jar.add(kept), next).into_response())
}

/// Somebody who comes back to an application goes on where they left it.
///
/// # Errors
/// Faults of the store.
pub async fn resume(entry: Entry) -> Result<Response, Error> {
    let next = entry.first_incomplete()?.unwrap_or(Step::Check);
    Ok(Redirect::to(&address(&entry.office, next)).into_response())
}

/// Shows a step, or leads to the first one that is not complete.
///
/// # Errors
/// [`Error::Missing`] for a step that there is not.
pub async fn get(entry: Entry, path: Path<(String, String)>) -> Result<Response, Error> {
    let step = Step::parse(&path.0.1).ok_or(Error::Missing)?;
    if let Some(elsewhere) = entry.not_yet(step)? {
        return Ok(elsewhere);
    }
    let faults = if entry.was_sent(step) { entry.faults(step)? } else { Faults::none() };
    show(&entry, step, faults).await
}

/// Keeps what was typed into a step, faulty or not, and goes on if it is in order, or back to an
/// earlier step that is not.
///
/// # Errors
/// [`Error::Missing`] for a step that there is not.
pub async fn post(
    mut entry: Entry,
    path: Path<(String, String)>,
    LongForm(form): LongForm,
) -> Result<Response, Error> {
    let step = Step::parse(&path.0.1).ok_or(Error::Missing)?;
    entry.keep(step, &form).await?;
    if let Some(elsewhere) = entry.not_yet(step)? {
        return Ok(elsewhere);
    }
    let mut faults = entry.faults(step)?;
    if faults.is_empty() && step == Step::Wishes {
        faults = wishes::taken_meanwhile(&entry).await?;
    }
    if !faults.is_empty() {
        return Ok(refused(show(&entry, step, faults).await?));
    }
    Ok(Redirect::to(&entry.address_after(step)).into_response())
}

/// A step's page.
async fn show(entry: &Entry, step: Step, faults: Faults) -> Result<Response, Error> {
    match step {
        Step::Conditions => conditions::show(entry, faults),
        Step::Identity => identity::show(entry, faults),
        Step::Contact => contact::show(entry, faults),
        Step::Length => length::show(entry, faults),
        Step::Wishes => wishes::show(entry, faults).await,
        Step::Reasons => reasons::show(entry, faults),
        Step::Device => device::show(entry, faults),
        Step::Environment => environment::show(entry, faults),
        Step::Check => check::show(entry),
    }
}

/// The same page with the status that says: this was not accepted.
pub(crate) fn refused(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// The address of a step.
fn address(office: &Arc<Office>, step: Step) -> String {
    format!("/offices/{}/apply/{}", office.slug, step.code())
}
