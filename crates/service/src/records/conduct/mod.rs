//! What is on file about how somebody uses the service: incidents (article 8), applications
//! declined for a time (article 2(4)), and use that was ended (article 10(2)).
//!
//! Everything here is decided by a named officer and nothing by the program. Nothing is
//! overwritten: a decision is followed by another, and what is lifted keeps its reason.

mod closing;
mod declining;
mod ending;
mod held;
mod lifting;
pub mod objections;
pub mod pages;
mod register;
pub mod store;

pub use closing::{Closing, closing};
pub use declining::{DecliningLine, decline_use, declining_of};
pub use ending::{Ending, EndingLine, confirm_ending, end_use};
pub use held::everything_of;
pub use lifting::lift;
pub use objections::{
    NewObjection, Objectable, Objection, answer_objection, object, objectable, objection,
};
pub use register::{Register, register};

use jiff::Timestamp;
use rules::people::{FreeText, Language};
use rules::schedule::TOKYO;
use rules::terms::prohibitions::Incident;
use rules::terms::suspension::{ConductRefusal, Match};
use serde::{Deserialize, Serialize};

use crate::app::Context;
use crate::application::{self, Marks};
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::secrets::Purpose;
use crate::store::Tx;

/// An incident as it is on file. Holds words about a person: no `Debug`.
#[derive(Clone)]
pub struct IncidentLine {
    /// Number in the store.
    pub id: i64,
    /// The application in whose session it happened.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// What was recorded.
    pub incident: Incident,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub reporter: String,
    /// Whether the session was ended for it at once (article 9(4)).
    pub ended_it: bool,
    /// Each decision on it, the first one first.
    pub decisions: Vec<Decision>,
}

impl IncidentLine {
    /// Whether it was decided to be a breach; nothing while nobody has decided.
    pub fn breach(&self) -> Option<bool> {
        self.decisions.last().map(|decision| decision.breach)
    }
}

/// Whether an incident was a breach, as an officer decided it.
#[derive(Clone)]
pub struct Decision {
    /// Whether it was.
    pub breach: bool,
    /// Who decided.
    pub officer: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What is sealed of an incident.
#[derive(Serialize, Deserialize)]
struct Told {
    facts: String,
    evidence: String,
}

/// Records what looked like a breach; with `ends_it` the session is ended at once (article 9(4)).
/// Its number.
///
/// # Errors
/// [`Refusal::Incident`]; with `ends_it` [`Refusal::SessionOver`] when there is nothing to end.
pub fn record_incident(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    incident: &Incident,
    (ends_it, reporter): (bool, i64),
) -> Result<i64, Error> {
    let within = application::in_its_terms(tx, context, application)?;
    let terms = within.office.terms(incident.at.min(context.now))?;
    let text = terms.text(Language::Japanese);
    incident.check(text, context.now).map_err(Refusal::Incident)?;
    application::marks(tx, context, application)?;
    let told = Told {
        facts: incident.facts.reveal().to_owned(),
        evidence: incident.evidence.reveal().to_owned(),
    };
    let told = serde_json::to_vec(&told).map_err(anyhow::Error::from)?;
    let sealed = seal(context, &place("incidents", application, context.now), &told);
    let row = store::NewIncident { application, incident, ended_it: ends_it, reporter, sealed };
    let id = store::insert_incident(tx, context, row)?;
    if ends_it {
        appointment::break_off(tx, context, application, reporter)?;
    }
    Ok(id)
}

/// Decides whether an incident was a breach. Decided anew, the later decision counts.
///
/// # Errors
/// [`Refusal::Conduct`] without a reason; [`Error::Missing`] for another office's.
pub fn decide_incident(
    tx: &mut Tx<'_>,
    context: &Context,
    incident: i64,
    (breach, reason): (bool, &FreeText),
    officer: i64,
) -> Result<(), Error> {
    if reason.is_empty() {
        return Err(Refusal::Conduct(ConductRefusal::NoReason).into());
    }
    store::incident_in(tx, context.office.id, incident)?.ok_or(Error::Missing)?;
    let place = place("incident_decisions", incident, context.now);
    let sealed = seal(context, &place, reason.reveal().as_bytes());
    store::insert_decision(tx, incident, breach, (officer, context.now), sealed)
}

/// What keeps an application from being made, or answered with yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// Use was ended, of somebody with this number (article 10(2)).
    pub ended: Option<Match>,
    /// Later applications are declined (article 2(4)).
    pub declined: bool,
}

/// What is in force about a person.
///
/// # Errors
/// Faults of the store.
pub fn bars(tx: &mut Tx<'_>, context: &Context, marks: &Marks) -> Result<Bars, Error> {
    let ended = store::endings_in_force(tx, context.office.id, &marks.number)?;
    let ended = match ended.contains(&marks.name) {
        true => Some(Match::Same),
        false => (!ended.is_empty()).then_some(Match::NumberAlone),
    };
    let declined = declining::in_force(tx, context, &marks.number)?.is_some();
    Ok(Bars { ended, declined })
}

/// Keeps those from applying whose use was ended. What they are told is neutral, and how to reach
/// the office.
///
/// # Errors
/// [`Refusal::CallTheOffice`].
pub fn check_may_apply(tx: &mut Tx<'_>, context: &Context, marks: &Marks) -> Result<(), Error> {
    match bars(tx, context, marks)?.ended {
        Some(Match::Same) => Err(Refusal::CallTheOffice.into()),
        Some(Match::NumberAlone) | None => Ok(()),
    }
}

/// Keeps staff from giving a time to somebody whose use was ended, or whose applications a manager
/// decided to decline.
///
/// # Errors
/// [`Refusal::UseEnded`], [`Refusal::UseDeclined`].
pub fn check_may_book(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    check_not_ended(tx, context, application)?;
    let marks = application::marks(tx, context, application)?;
    match bars(tx, context, &marks)?.declined {
        true => Err(Refusal::UseDeclined.into()),
        false => Ok(()),
    }
}

/// Keeps staff from moving a session of somebody whose use was ended. What was confirmed before
/// applications were declined may be moved: it is no later application (article 2(4)).
///
/// # Errors
/// [`Refusal::UseEnded`].
pub fn check_not_ended(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let marks = application::marks(tx, context, application)?;
    match bars(tx, context, &marks)?.ended {
        Some(Match::Same) => Err(Refusal::UseEnded.into()),
        Some(Match::NumberAlone) | None => Ok(()),
    }
}

/// The civil day of the request.
fn today(context: &Context) -> jiff::civil::Date {
    TOKYO.to_datetime(context.now).date()
}

fn place(table: &str, of: i64, at: Timestamp) -> String {
    format!("{table}/{of}/{}", at.as_millisecond())
}

fn seal(context: &Context, place: &str, plain: &[u8]) -> Vec<u8> {
    context.keys.seal(Purpose::Personal, place, plain)
}

fn open(context: &Context, place: &str, sealed: &[u8]) -> Result<String, Error> {
    let plain = context.keys.open_text(Purpose::Personal, place, sealed);
    Ok(plain.map_err(anyhow::Error::from)?.to_string())
}
