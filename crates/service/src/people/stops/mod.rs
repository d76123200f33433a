//! Functions of the service that are stopped (article 10(1)): at once or planned, in one office or
//! in all. A stop never counts against a jobseeker (article 9(6)).

mod everywhere;
mod moving;
pub mod pages;
pub mod store;
mod telling;

pub use everywhere::{lift_everywhere, stop_everywhere};
pub use moving::{MoveTo, Moved, NotMoved, move_touched};
pub(crate) use telling::{is_for_a_stop, will_stand_still};

use jiff::{SignedDuration, Timestamp};
use rules::appointment::StopCause;
use rules::people::{FreeText, Role};
use rules::schedule::Slot;
use rules::terms::Rules;
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

    /// Whether nobody seems to think of it any more, after so many days.
    pub fn seems_forgotten(&self, now: Timestamp, after_days: u16) -> bool {
        self.lifted.is_none() && self.stop.seems_forgotten(now, after_days)
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
/// moment are paused at once, and those whose sessions fall into it are told. Its number.
///
/// # Errors
/// [`Refusal::Stop`]; [`Refusal::ReasonMissing`] for another reason that is not told.
pub fn stop_service(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewStop,
    officer: Option<i64>,
) -> Result<i64, Error> {
    check(context, new)?;
    let id = store::insert(tx, context, new, officer)?;
    take_effect(tx, context, id)?;
    Ok(id)
}

fn check(context: &Context, new: &NewStop) -> Result<(), Refusal> {
    new.stop.check(context.now).map_err(Refusal::Stop)?;
    match new.cause == Cause::Other && new.note.is_empty() {
        true => Err(Refusal::ReasonMissing),
        false => Ok(()),
    }
}

/// What follows in one office from a stop that was made.
fn take_effect(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    pause_limits(tx, context)?;
    telling::tell_planned(tx, context, id)?;
    Ok(tx.announce("board", &context.office.slug)?)
}

/// Opens a function again, calls a planned stop off, or closes one that is over.
///
/// # Errors
/// [`Refusal::ReasonMissing`] without a note; [`Refusal::Stop`] when it was lifted already;
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
    if line.everywhere {
        return Err(Error::Missing);
    }
    open_again(tx, context, id, (note, officer))?;
    telling::tell_lifted(tx, context, id)?;
    Ok(tx.announce("board", &context.office.slug)?)
}

fn open_again(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    by: (&FreeText, Option<i64>),
) -> Result<(), Error> {
    match store::lift(tx, id, by, context.now)? {
        true => Ok(()),
        false => Err(Refusal::Stop(StopRefusal::InThePast).into()),
    }
}

/// Every stop that concerns the office, the last one first.
///
/// # Errors
/// Faults of the store.
pub fn stops(tx: &mut Tx<'_>, office: i64) -> Result<Vec<StopLine>, Error> {
    store::all(tx, office)
}

/// One stop that concerns the office.
///
/// # Errors
/// [`Error::Missing`] for another office's.
pub fn one(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<StopLine, Error> {
    stops(tx, context.office.id)?.into_iter().find(|line| line.id == id).ok_or(Error::Missing)
}

/// What pages say of stops: those that hold, and those that are to come soon. What only staff meet
/// is not told to everybody.
pub(crate) fn banner(office: &Office, words: Words, now: Timestamp) -> Vec<Markup> {
    let ahead = SignedDuration::from_hours(24 * i64::from(office.practice.stop_told_days_ahead));
    let soon = now.saturating_add(ahead).unwrap_or(now);
    let told = office.stops.iter().filter(|line| {
        let to_come = line.is_planned(now) && line.stop.from <= soon;
        line.holds(now) || to_come
    });
    let said = told.filter_map(|line| {
        let is_planned = line.is_planned(now);
        let what = words.t(match (line.stop.function, is_planned) {
            (Function::Apply, false) => key!("office-stops-apply"),
            (Function::Join, false) => key!("office-stops-join"),
            (Function::Group, false) => key!("office-stops-group"),
            (Function::All, false) => key!("office-stops-all"),
            (Function::Apply, true) => key!("office-stops-will-apply"),
            (Function::Join, true) => key!("office-stops-will-join"),
            (Function::Group, true) => key!("office-stops-will-group"),
            (Function::All, true) => key!("office-stops-will-all"),
            (Function::Confirm, _) => return None,
        });
        let mut parts = vec![what];
        if is_planned {
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

/// The office's own stops that seem to be forgotten, for those who may lift them.
pub(crate) fn forgotten(office: &Office, role: Role, now: Timestamp) -> Vec<StopLine> {
    let practice = &office.practice;
    let lifts = |line: &&StopLine| !line.everywhere && practice.lets_stop(role, line.stop.function);
    let seems = |line: &&StopLine| line.seems_forgotten(now, practice.stop_forgotten_after_days);
    office.stops.iter().filter(lifts).filter(seems).cloned().collect()
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
    rules: &Rules,
) -> Result<Option<Timestamp>, Error> {
    let Some(limit) = deemed_cancelled_from(slot.start, rules) else { return Ok(None) };
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

/// A session that a stop touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The application.
    pub application: i64,
    /// Its alias.
    pub alias: String,
    /// When it takes place.
    pub slot: Slot,
    /// With whom: number and name.
    pub counsellor: (i64, String),
    /// Whether it was called off because of a stop already, and has no new time yet.
    pub is_called_off: bool,
    /// Why it was not moved when that was tried last.
    pub why_not: Option<NotMoved>,
    /// Whether it is a seat in a group session.
    pub is_group: bool,
}

/// The sessions of this office, to come or going on, that a stop touches; the first one first.
///
/// # Errors
/// [`Error::Missing`] for another office's stop; faults of the store.
pub fn touched(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<(StopLine, Vec<Touched>), Error> {
    let (line, mut touched) = in_its_time(tx, context, id)?;
    touched.retain(|one| !one.is_called_off && one.slot.end() > context.now);
    Ok((line, touched))
}

/// As [`touched`], with those that were called off for it and wait for a new time: all that can be
/// moved together.
///
/// # Errors
/// As [`touched`].
pub fn to_be_moved(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Touched>, Error> {
    let (_, mut touched) = in_its_time(tx, context, id)?;
    touched.retain(|one| one.is_called_off || one.slot.end() > context.now);
    Ok(touched)
}

/// The sessions that fall into the time of a stop and were not moved out of its way.
fn in_its_time(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<(StopLine, Vec<Touched>), Error> {
    let line = one(tx, context, id)?;
    let until = line.stop.until.unwrap_or(Timestamp::MAX);
    let until = line.lifted.as_ref().map_or(until, |(at, ..)| until.min(*at));
    let mut touched = store::touched(tx, (context.office.id, id), (line.stop.from, until))?;
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
