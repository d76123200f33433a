//! What the desk looks at: the sessions of a day, and one session with all that is known of it.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::appointment::{Judged, Standing, What, judge};
use rules::people::Alias;
use rules::schedule::{Slot, TOKYO};
use rules::terms::application::deemed_cancelled_from;

use super::{CallPurpose, Joining, desk, store};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// One session on the board of a day.
#[derive(Clone, Debug)]
pub struct Row {
    /// Number of the application.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// The name in the meeting.
    pub alias: Alias,
    /// With whom: number and name.
    pub counsellor: (i64, String),
    /// When.
    pub slot: Slot,
    /// Where it stands.
    pub standing: Standing,
    /// When silence becomes a cancellation, while that can still happen (article 2(4)).
    pub limit: Option<Timestamp>,
    /// Whether how to join is known.
    pub has_joining: bool,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
}

/// The sessions of a day, in the order of their start.
///
/// # Errors
/// Faults of the store.
pub fn board(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<Vec<Row>, Error> {
    let instant =
        |date: Date| date.to_zoned(TOKYO.clone()).map_or(context.now, |zoned| zoned.timestamp());
    let (from, until) = (instant(day), instant(day.tomorrow().unwrap_or(day)));
    let mut rows = Vec::new();
    for (mut row, has_outage) in store::of_day(tx, context.office.id, from, until)? {
        // While the office itself cannot be reached the limit does not run (article 9(6)).
        if row.standing == Standing::Waiting && !has_outage {
            row.limit = Some(limit_of(context, row.slot)?);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// When silence becomes a cancellation, by the terms that govern that session (article 2(4)).
fn limit_of(context: &Context, slot: Slot) -> Result<Timestamp, Error> {
    let terms = context.office.terms(slot.start.min(context.now))?;
    Ok(deemed_cancelled_from(slot.start, &terms.rules))
}

/// Where an appointment stands now, by its facts.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// The standing, and since when it holds.
    pub judged: Judged,
    /// The last instant at which contact is in time (article 2(4)).
    pub limit: Timestamp,
}

/// Where an appointment stands now. Reads only: what follows from it is settled elsewhere.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn position(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Position, Error> {
    let booked = store::load(tx, application, context.office.id)?.ok_or(Error::Missing)?;
    let slot = booked.appointment.slot;
    let rules = &context.office.terms(slot.start.min(context.now))?.rules;
    let judged = judge(&booked.appointment, rules, context.now);
    Ok(Position { judged, limit: limit_of(context, slot)? })
}

/// When the next session of the office starts that nobody has called off.
///
/// # Errors
/// Faults of the store.
pub fn next_start(tx: &mut Tx<'_>, context: &Context) -> Result<Option<Timestamp>, Error> {
    store::next_start(tx, context.office.id, context.now)
}

/// One session, as the desk and the status page show it.
#[derive(Clone)]
pub struct Session {
    /// Number of the application.
    pub application: i64,
    /// The name in the meeting.
    pub alias: Alias,
    /// With whom: number and name.
    pub counsellor: (i64, String),
    /// When.
    pub slot: Slot,
    /// Where it stands, as last announced.
    pub standing: Standing,
    /// How often it was announced.
    pub sequence: u32,
    /// How to join, if known.
    pub joining: Option<Joining>,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
    /// The version of the terms at confirmation.
    pub terms_version: String,
}

/// The session of an application.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn session(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Session, Error> {
    find_session(tx, context, application)?.ok_or(Error::Missing)
}

/// The session of an application, if it has one yet.
///
/// # Errors
/// Faults of the store.
pub fn find_session(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Session>, Error> {
    let Some((mut session, sealed)) = store::session(tx, application, context.office.id)? else {
        return Ok(None);
    };
    session.joining =
        sealed.map(|sealed| Joining::open(context, application, &sealed)).transpose()?;
    Ok(Some(session))
}

/// A fact as the desk lists it.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// Number in the store.
    pub id: i64,
    /// What happened.
    pub what: What,
    /// When it happened.
    pub at: Timestamp,
    /// When it was typed.
    pub recorded_at: Timestamp,
    /// Who typed it; none when the person or the clock did.
    pub staff: Option<String>,
    /// Why it was undone, if it was.
    pub retracted: Option<String>,
    /// Who undid it.
    pub retracted_by: Option<String>,
}

/// Every fact of an appointment, undone ones included, in the order in which they were typed.
///
/// # Errors
/// Faults of the store.
pub fn fact_lines(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<FactLine>, Error> {
    let kept = store::fact_lines(tx, application, context.office.id)?;
    let open = |(mut line, sealed): (FactLine, Option<Vec<u8>>)| {
        let reason = |sealed: Vec<u8>| desk::open_reason(context, (application, line.id), &sealed);
        line.retracted = sealed.map(reason).transpose()?;
        Ok(line)
    };
    kept.into_iter().map(open).collect()
}

/// A call as the desk lists it. Holds a note about a person: no `Debug`.
#[derive(Clone)]
pub struct ContactLine {
    /// What it was about.
    pub purpose: CallPurpose,
    /// When it came.
    pub at: Timestamp,
    /// When it was typed.
    pub recorded_at: Timestamp,
    /// Who typed it.
    pub staff: String,
    /// The clerk's note; empty for none.
    pub note: String,
}

/// The calls about an application, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn contact_lines(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<ContactLine>, Error> {
    let kept = store::contacts(tx, application, context.office.id)?;
    let open = |(mut line, sealed): (ContactLine, Vec<u8>)| {
        line.note = desk::open_note(context, application, line.at, &sealed)?;
        Ok(line)
    };
    kept.into_iter().map(open).collect()
}
