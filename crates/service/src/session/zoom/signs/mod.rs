//! Signs from Zoom, read after they were kept: whose they are, who was seen, and what that means
//! for the appointment. Never read while Zoom waits for an answer, and never late for a limit: the
//! minute hand reads them before it settles anything (article 2(4)).

mod store;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rules::appointment::{Fact, What};
use rules::session::room::SeatRole;
use rules::session::zoom::{DisplayName, Happening, Sighting, Who, read_signs, who_is};

pub(super) use store::{NewSign, last_told, purge, sightings};

use super::store::{self as meetings, Owner};
use super::{GUESTS, Ways, heed, hosts};
use crate::app::{App, Context};
use crate::application;
use crate::appointment;
use crate::error::Error;
use crate::secrets::Purpose;
use crate::store::Tx;
use store::Unread;

/// How many signs are read in one turn.
const AT_ONCE: u16 = 500;
/// A sign of a meeting that is not known may have come before our own commit: it is read again.
const READ_AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// One that belongs to nothing after this long is of a meeting that is not ours.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// Who is seen this long before a session or later is seen for it: a host who tries the meeting in
/// the morning is nobody's arrival.
const SEEN_FROM: SignedDuration = SignedDuration::from_hours(1);

/// Keeps a sign; the same sign, told again, is one. Answers whether it was new.
///
/// # Errors
/// Faults of the store.
pub(super) fn take(tx: &mut Tx<'_>, sign: &NewSign, now: Timestamp) -> Result<bool, Error> {
    let is_new = store::insert(tx, sign, now)? > 0;
    if is_new {
        tx.announce("duties", "sign")?;
    }
    Ok(is_new)
}

/// Reads the signs that were kept. Answers how many.
///
/// # Errors
/// Faults of the store. A sign that cannot be read holds no other up.
pub fn read_due(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    let unread = app.store.read_blocking(move |tx| store::unread(tx, now, AT_ONCE))?;
    let count = unread.len();
    let mut of_meetings: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for sign in unread {
        of_meetings.entry(sign.meeting).or_default().push(sign.id);
    }
    for (meeting, ids) in of_meetings {
        let (shared, wanted) = (app.clone(), ids.clone());
        let read =
            app.store.write_blocking(move |tx| read_of(tx, &shared, (meeting, &wanted), now));
        match read {
            Ok(()) => {}
            Err(Error::Busy) => return Err(Error::Busy),
            Err(error) => {
                tracing::error!(?error, "signs from Zoom cannot be read");
                let later = now.saturating_add(READ_AGAIN).unwrap_or(now);
                app.store.write_blocking(move |tx| {
                    ids.iter().try_for_each(|id| store::read_later(tx, *id, later))
                })?;
            }
        }
    }
    Ok(count)
}

/// Reads the signs of one meeting, and records what all of its signs mean together.
fn read_of(
    tx: &mut Tx<'_>,
    app: &App,
    (meeting, ids): (i64, &[i64]),
    now: Timestamp,
) -> Result<(), Error> {
    // Whatever another node has read meanwhile is not there any more.
    let unread: Vec<Unread> = store::unread_of(tx, meeting, now)?
        .into_iter()
        .filter(|sign| ids.contains(&sign.id))
        .collect();
    let Some(Owner { application, office, .. }) = meetings::owner(tx, meeting)? else {
        return unread.iter().try_for_each(|sign| leave(tx, sign, now));
    };
    let context = Context { now, ..app.context(app.office_of(tx, office)?) };
    let known = Known::of(tx, &context, application)?;
    let mut is_recorded = false;
    for sign in &unread {
        let who = known.who(&context, sign)?;
        is_recorded |= matches!(sign.what, Happening::Recorded | Happening::Streamed);
        store::note_read(tx, sign.id, application, who)?;
    }
    record(tx, &context, application)?;
    if is_recorded {
        heed(tx, &context, application)?;
    }
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

fn leave(tx: &mut Tx<'_>, sign: &Unread, now: Timestamp) -> Result<(), Error> {
    if now.duration_since(sign.received_at) >= FORGOTTEN_AFTER {
        return store::forget(tx, sign.id);
    }
    store::read_later(tx, sign.id, now.saturating_add(READ_AGAIN).unwrap_or(now))
}

/// By what the people of a session are known.
struct Known {
    alias: DisplayName,
    guests: Vec<DisplayName>,
    person: application::Person,
    ways: Option<Ways>,
    staff: Vec<String>,
}

impl Known {
    fn of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Self, Error> {
        let meeting = meetings::meeting_of(tx, application)?;
        Ok(Self {
            alias: DisplayName::of_alias(&appointment::session(tx, context, application)?.alias),
            guests: GUESTS.map(DisplayName::of_role).to_vec(),
            person: application::load(tx, context, application)?.person,
            ways: meeting.map(|meeting| Ways::open(context, &meeting)).transpose()?,
            staff: hosts::zoom_ids(tx, context.office.id)?,
        })
    }

    /// Who is seen in a sign. The name is compared here, in memory, and kept nowhere.
    fn who(&self, context: &Context, sign: &Unread) -> Result<Who, Error> {
        let Some(sealed) = &sign.sealed_name else { return Ok(Who::Nobody) };
        if sign.zoom_id.as_ref().is_some_and(|id| sign.is_host || self.staff.contains(id)) {
            return Ok(Who::Staff);
        }
        let registered = sign.registrant.as_deref();
        let role = self.ways.as_ref().zip(registered).and_then(|(ways, it)| ways.registered(it));
        if role.is_some_and(|role| role != SeatRole::Jobseeker) {
            return Ok(Who::Guest);
        }
        let name = context.keys.open_text(Purpose::Personal, &place(&sign.key), sealed);
        let name = name.map_err(anyhow::Error::from)?;
        let own = (&self.person.name, self.person.kana.as_ref());
        Ok(who_is(&name, &self.alias, &self.guests, own))
    }
}

/// What was seen of the sessions of an office that start in `from..until`, by application.
pub(super) fn sightings_of_day(
    tx: &mut Tx<'_>,
    office: i64,
    span: (Timestamp, Timestamp),
) -> Result<Vec<(i64, Sighting)>, Error> {
    let before = i64::try_from(SEEN_FROM.as_millis()).unwrap_or(i64::MAX);
    store::sightings_of_day(tx, office, span, before)
}

/// Where the name of a sign is sealed: it cannot be opened for another.
pub(super) fn place(key: &str) -> String {
    format!("zoom_signs/{key}")
}

/// Signs up to this instant are not about the session as it is now: it was moved, the hour before
/// it had not come, or staff said that who was seen was not the jobseeker.
///
/// # Errors
/// Faults of the store.
pub(super) fn since(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Timestamp, Error> {
    let start = appointment::session(tx, context, application)?.slot.start;
    let before = start.saturating_sub(SEEN_FROM).unwrap_or(start);
    Ok(before.max(appointment::seen_anew_from(tx, context, application)?))
}

/// What all signs of a session mean together becomes facts. However they come, the facts that stand
/// at the end are the same.
fn record(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let since = since(tx, context, application)?;
    let seen: Vec<Sighting> = sightings(tx, application, since)?
        .into_iter()
        .filter(|sighting| sighting.at <= context.now)
        .collect();
    let signs = read_signs(&seen);
    let facts = [(signs.arrived_at, What::Arrived), (signs.wrong_name_at, What::WrongName)];
    for (at, what) in facts {
        if let Some(at) = at {
            appointment::note_seen(tx, context, application, Fact { at, what })?;
        }
    }
    Ok(())
}
