//! Functions of the service that are stopped (article 10(1)): at once or planned, in one office or
//! in all. A stop never counts against a jobseeker (article 9(6)).

pub mod pages;
pub mod store;

use jiff::{SignedDuration, Timestamp};
use rules::appointment::StopCause;
use rules::people::FreeText;
use rules::schedule::Slot;
use rules::terms::application::deemed_cancelled_from;
use rules::terms::suspension::{Function, Stop, StopRefusal};

use crate::app::Context;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::people::Office;
use crate::store::Tx;
use crate::words::{Markup, Words, key};

/// Why a function is stopped, coded for the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Work on the installation.
    Maintenance,
    /// Equipment, network or a provider failed.
    Failure,
    /// A disaster, or an attack.
    Disaster,
    /// Too few people at the office.
    Staffing,
    /// Another reason, which the note tells.
    Other,
}

impl Cause {
    /// Every cause, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Maintenance, Self::Failure, Self::Disaster, Self::Staffing, Self::Other];

    /// The stable code of the store and of the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Maintenance => "maintenance",
            Self::Failure => "failure",
            Self::Disaster => "disaster",
            Self::Staffing => "staffing",
            Self::Other => "other",
        }
    }

    /// Reads [`Cause::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// A stop as it is on file.
#[derive(Clone, Debug)]
pub struct StopLine {
    /// Number in the store.
    pub id: i64,
    /// Whether it holds in every office of the installation.
    pub everywhere: bool,
    /// What is stopped, and when.
    pub stop: Stop,
    /// Why.
    pub cause: Cause,
    /// What people are told of it, in the office's words; may be empty.
    pub note: String,
    /// Who made it; none for one that was made by a command.
    pub made_by: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was lifted, by whom and why.
    pub lifted: Option<(Timestamp, Option<String>, String)>,
}

impl StopLine {
    /// Whether it holds at an instant.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.lifted.is_none() && self.stop.holds(at)
    }

    /// Whether it is to come.
    pub fn is_planned(&self, now: Timestamp) -> bool {
        self.lifted.is_none() && self.stop.from > now
    }

    /// Whether nobody seems to think of it any more.
    pub fn seems_forgotten(&self, now: Timestamp) -> bool {
        self.holds(now) && self.stop.seems_forgotten(now)
    }
}

/// A stop about to be made.
#[derive(Clone, Debug)]
pub struct NewStop {
    /// What is stopped, and when.
    pub stop: Stop,
    /// Why.
    pub cause: Cause,
    /// What people are told of it.
    pub note: FreeText,
    /// Whether it holds in every office.
    pub everywhere: bool,
}

/// Stops a function. It takes effect at its start without further doing; limits that run at this
/// moment are paused at once. Its number.
///
/// # Errors
/// [`Refusal::Stop`]; [`Refusal::ReasonMissing`] for another reason that is not told.
pub fn stop_service(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewStop,
    officer: Option<i64>,
) -> Result<i64, Error> {
    new.stop.check(context.now).map_err(Refusal::Stop)?;
    if new.cause == Cause::Other && new.note.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let id = store::insert(tx, context, new, officer)?;
    pause_limits(tx, context)?;
    tx.announce("board", &context.office.slug)?;
    Ok(id)
}

/// Opens a function again, or calls a planned stop off.
///
/// # Errors
/// [`Refusal::ReasonMissing`] without a note; [`Refusal::Stop`] when it is lifted or over already;
/// [`Error::Missing`] for another office's, or one of all offices, which a command lifts.
pub fn lift(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (note, officer): (&FreeText, Option<i64>),
) -> Result<(), Error> {
    if note.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let line = one(tx, context, id)?;
    if line.everywhere && officer.is_some() {
        return Err(Error::Missing);
    }
    let is_over = line.stop.until.is_some_and(|until| until <= context.now);
    if is_over || !store::lift(tx, id, (note, officer), context.now)? {
        return Err(Refusal::Stop(StopRefusal::InThePast).into());
    }
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// Every stop that concerns the office, the last one first.
///
/// # Errors
/// Faults of the store.
pub fn stops(tx: &mut Tx<'_>, office: i64) -> Result<Vec<StopLine>, Error> {
    store::all(tx, office)
}

fn one(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<StopLine, Error> {
    stops(tx, context.office.id)?.into_iter().find(|line| line.id == id).ok_or(Error::Missing)
}

/// Planned stops are told of so long before.
const TOLD_AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What pages say of stops: those that hold, and those that are to come soon. What only staff meet
/// is not told to everybody.
pub(crate) fn banner(office: &Office, words: Words, now: Timestamp) -> Vec<Markup> {
    let soon = now.saturating_add(TOLD_AHEAD).unwrap_or(now);
    let told = office.stops.iter().filter(|line| {
        let to_come = line.is_planned(now) && line.stop.from <= soon;
        line.holds(now) || to_come
    });
    let said = told.filter_map(|line| {
        let what = words.t(match line.stop.function {
            Function::Apply => key!("office-stops-apply"),
            Function::Join => key!("office-stops-join"),
            Function::Group => key!("office-stops-group"),
            Function::All => key!("office-stops-all"),
            Function::Confirm => return None,
        });
        let mut parts = vec![what];
        if line.is_planned(now) {
            parts.push(words.t1("office-stops-planned", "from", words.moment(line.stop.from)));
        }
        if let Some(until) = line.stop.until {
            parts.push(words.t1("office-stops-until", "until", words.moment(until)));
        }
        if !line.note.is_empty() {
            parts.push(Markup::of_text(&line.note));
        }
        let parts: Vec<&str> = parts.iter().map(Markup::as_str).collect();
        Some(Markup::of_safe_html(parts.join("　")))
    });
    said.collect()
}

/// Whether a function is stopped at present, as the office's page tells.
pub(crate) fn is_stopped(office: &Office, function: Function, now: Timestamp) -> bool {
    let stops = office.stops.iter().filter(|line| line.holds(now));
    stops.map(|line| line.stop.function).any(|stopped| stopped.includes(function))
}

/// Keeps from using a function while it is stopped.
///
/// # Errors
/// [`Refusal::Stopped`].
pub fn check_open(tx: &mut Tx<'_>, context: &Context, function: Function) -> Result<(), Error> {
    let stops = store::holding(tx, context.office.id, context.now)?;
    match stops.iter().any(|stop| stop.function.includes(function)) {
        true => Err(Refusal::Stopped(function).into()),
        false => Ok(()),
    }
}

/// Until when joining is stopped, that of group sessions or of the others (`function`), if it is:
/// nothing inside for a stop without an end.
///
/// # Errors
/// Faults of the store.
pub fn joining_stopped(
    tx: &mut Tx<'_>,
    context: &Context,
    function: Function,
) -> Result<Option<Option<Timestamp>>, Error> {
    let stops = store::holding(tx, context.office.id, context.now)?;
    let joining = stops.iter().filter(|stop| stop.function.includes(function));
    // The one that lasts longest tells when people can come in.
    let ends = joining.map(|stop| stop.until);
    Ok(ends.max_by_key(|until| until.unwrap_or(Timestamp::MAX)))
}

/// Since when a stop kept people from the door of a session between its start and the limit of
/// article 2(4): the limit does not run then.
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store.
pub fn kept_from_joining(
    tx: &mut Tx<'_>,
    context: &Context,
    (slot, function): (Slot, Function),
) -> Result<Option<Timestamp>, Error> {
    let limit = deemed_cancelled_from(slot.start, appointment::rules_of(context, slot)?);
    let stops = store::touching(tx, context.office.id, slot.start, limit)?;
    let joining = stops.iter().filter(|stop| stop.function.includes(function));
    Ok(joining.filter_map(|stop| stop.keeps_from(slot.start, limit)).min())
}

/// Sessions of this office whose limit runs at this moment: it does not run on. In other offices,
/// and later, the minute hand looks before it judges a limit.
fn pause_limits(tx: &mut Tx<'_>, context: &Context) -> Result<(), Error> {
    for (application, office) in appointment::waiting_at_the_door(tx, context.now)? {
        if office == context.office.id {
            appointment::tick(tx, context, application)?;
        }
    }
    Ok(())
}

/// A session to come, or going on, that a stop touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The application.
    pub application: i64,
    /// Its alias.
    pub alias: String,
    /// When it takes place.
    pub slot: Slot,
    /// With whom.
    pub counsellor: String,
    /// Whether it is a seat in a group session.
    pub is_group: bool,
}

/// The sessions of this office that a stop touches, the first one first.
///
/// # Errors
/// [`Error::Missing`] for another office's stop; faults of the store.
pub fn touched(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<(StopLine, Vec<Touched>), Error> {
    let line = one(tx, context, id)?;
    let from = line.stop.from.max(context.now);
    let until = line.stop.until.unwrap_or(Timestamp::MAX);
    let until = line.lifted.as_ref().map_or(until, |(at, ..)| until.min(*at));
    let mut touched = store::touched(tx, context.office.id, from, until)?;
    let function = line.stop.function;
    touched.retain(|it| function.includes(Function::Join.of_kind(it.is_group)));
    Ok((line, touched))
}

/// Calls a session off because of a stop: a letter leaves, and a new time is owed before anybody
/// else (article 9(6)).
///
/// # Errors
/// As [`appointment::stop`].
pub fn call_off(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    officer: i64,
) -> Result<(), Error> {
    appointment::stop(tx, context, application, StopCause::ServiceStopped, officer)
}
