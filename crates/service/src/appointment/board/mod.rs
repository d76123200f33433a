//! What the desk looks at: the sessions of a day, and one session with all that is known of it.

mod store;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::appointment::{
    Appointment, Fact, Judged, Standing, What, arrived_at, judge, running_limit,
};
use rules::people::Alias;
use rules::schedule::{Slot, TOKYO};
use rules::session::Channel;
use rules::terms::Rules;
use rules::terms::application::deemed_cancelled_from;

use super::{CallPurpose, Joining, desk};
use crate::app::Context;
use crate::error::Error;
use crate::schedule::groups;
use crate::session::{self, RoomKey, zoom};
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
    /// The counsellor's account, if there is one.
    pub account: Option<i64>,
    /// When.
    pub slot: Slot,
    /// Where it stands.
    pub standing: Standing,
    /// How often it was announced: what a page has seen of it.
    pub sequence: u32,
    /// The version of the terms at confirmation (article 11).
    pub terms_version: String,
    /// When silence becomes a cancellation, while that can still happen (article 2(4)).
    pub limit: Option<Timestamp>,
    /// When the person was first seen at the door.
    pub arrived_at: Option<Timestamp>,
    /// When jobseeker and staff were first in the call, if the room or Zoom tells (article 5(1)).
    pub met_at: Option<Timestamp>,
    /// Whether how to join is known.
    pub has_joining: bool,
    /// By which means it is held, where that was chosen for it.
    pub channel: Option<Channel>,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
    /// The group session in which it is a seat, if it is one.
    pub group: Option<i64>,
    /// What Zoom makes worth a look, of a session that is held there.
    pub zoom: zoom::Mark,
}

/// The sessions of a day, in the order of their start.
///
/// # Errors
/// Faults of the store.
pub fn board(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<Vec<Row>, Error> {
    let (from, until) = (midnight(day), midnight(day.tomorrow().unwrap_or(day)));
    let office = context.office.id;
    let mut facts: HashMap<i64, Vec<Fact>> = HashMap::new();
    for (application, fact) in store::facts_of_day(tx, office, from, until)? {
        facts.entry(application).or_default().push(fact);
    }
    let met: HashMap<i64, Timestamp> = session::met_between(tx, office, (from, until))?;
    let mut marks = zoom::marks(tx, office, (from, until))?;
    let mut rows = store::of_day(tx, office, from, until)?;
    for row in &mut rows {
        let facts = facts.remove(&row.application).unwrap_or_default();
        let known = Appointment { facts, ..Appointment::new(row.slot) };
        let rules = rules_of(context, &row.terms_version, row.slot)?;
        row.channel.get_or_insert(context.office.practice.meetings);
        row.arrived_at = arrived_at(&known, rules, context.now);
        row.zoom = marks.remove(&row.application).unwrap_or_default();
        row.met_at = met.get(&row.application).copied().or(row.zoom.signs.met_at);
        if row.standing == Standing::Waiting {
            row.limit = running_limit(&known, rules, context.now);
        }
    }
    Ok(rows)
}

/// Sessions before `day` of which nobody recorded how they ended, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn unrecorded(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<Vec<Row>, Error> {
    store::unrecorded(tx, context.office.id, midnight(day))
}

fn midnight(day: Date) -> Timestamp {
    let midnight = day.to_zoned(TOKYO.clone());
    midnight.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// The numbers of the terms that govern a session (article 2(4)): of those for its audience, which
/// the version at confirmation tells, the one in force at its start.
pub(crate) fn rules_of<'a>(
    context: &'a Context,
    version: &str,
    slot: Slot,
) -> Result<&'a Rules, Error> {
    Ok(&context.office.terms_under(version, slot.start.min(context.now))?.rules)
}

/// Where an appointment stands now, by its facts.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// The standing, and since when it holds.
    pub judged: Judged,
    /// The last instant at which contact is in time (article 2(4)); the planned end where silence
    /// cancels nothing.
    pub limit: Timestamp,
    /// Whether silence until then becomes a cancellation: nobody was heard of, and no outage of
    /// the office keeps the limit from running (article 9(6)).
    pub limit_runs: bool,
    /// When the person was first seen at the door.
    pub arrived_at: Option<Timestamp>,
    /// When jobseeker and staff were first in the call, if the built-in room knows (article 5(1)).
    pub met_at: Option<Timestamp>,
}

/// Where an appointment stands now. Reads only: what follows from it is settled elsewhere.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn position(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Position, Error> {
    let booked = super::store::load(tx, application, context.office.id)?.ok_or(Error::Missing)?;
    let (known, now) = (&booked.appointment, context.now);
    let rules = booked.rules(context)?;
    let judged = judge(known, rules, now);
    let limit = running_limit(known, rules, now);
    Ok(Position {
        judged,
        limit: deemed_cancelled_from(known.slot.start, rules).unwrap_or(known.slot.end()),
        limit_runs: judged.standing == Standing::Waiting && limit.is_some(),
        arrived_at: arrived_at(known, rules, now),
        met_at: match session::met(tx, RoomKey { application, start: known.slot.start })? {
            Some(at) => Some(at),
            None => zoom::signs_of(tx, context, application)?.met_at,
        },
    })
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
    /// The group session in which it is a seat, if it is one.
    pub group: Option<i64>,
    /// How to join, if known.
    pub joining: Option<Joining>,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
    /// The version of the terms at confirmation.
    pub terms_version: String,
}

impl Session {
    /// The numbers of the terms that govern it (article 2(4)).
    pub(crate) fn rules<'a>(&self, context: &'a Context) -> Result<&'a Rules, Error> {
        rules_of(context, &self.terms_version, self.slot)
    }
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
    session.joining = match (session.group, sealed) {
        (Some(group), _) => groups::joining(tx, context, group)?,
        (None, Some(sealed)) => {
            Some(Joining::open(context, &desk::joining_place(application), &sealed)?)
        }
        (None, None) => None,
    };
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
