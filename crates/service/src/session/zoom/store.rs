//! What the store knows of meetings in Zoom, and of the wishes to look at them.

use jiff::Timestamp;
use rules::people::Alias;
use rules::schedule::Slot;
use rules::session::zoom::{Marker, State};

use super::problem::Problem;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// Wishes that the meeting of a session be looked at.
pub(super) fn wish(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into zoom_sessions (application, office, due_at, wish, attempts)
             values ($1, $2, $3, 1, 0)
             on conflict (application) do update
             set due_at = $3, wish = zoom_sessions.wish + 1, attempts = 0"
        ),
        params![application, office, now],
    )?;
    Ok(())
}

/// Whether the meeting of a session was ever looked at.
pub(super) fn is_wished(tx: &mut Tx<'_>, application: i64) -> Result<bool, Error> {
    let count = tx.one(
        sql!("select count(*) from zoom_sessions where application = $1"),
        params![application],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or_default() > 0)
}

/// A session whose meeting this node looks at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claimed {
    pub(super) application: i64,
    pub(super) office: i64,
    pub(super) wish: i64,
    pub(super) attempts: u32,
    pub(super) until: Timestamp,
}

/// Claims sessions that are due. The condition stands twice for the same reason as that of duties.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    until: Timestamp,
    at_most: u16,
) -> Result<Vec<Claimed>, Error> {
    Ok(tx.all(
        sql!(
            "update zoom_sessions set claimed_until = $2
             where application in (
                 select application from zoom_sessions
                 where due_at <= $1 and (claimed_until is null or claimed_until <= $1)
                 order by due_at limit cast($3 as bigint))
               and due_at <= $1 and (claimed_until is null or claimed_until <= $1)
             returning application, office, wish, attempts, claimed_until"
        ),
        params![now, until, at_most],
        |row| {
            Ok(Claimed {
                application: row.int(0)?,
                office: row.int(1)?,
                wish: row.int(2)?,
                attempts: row.small(3)?,
                until: row.instant(4)?,
            })
        },
    )?)
}

/// Whether a claim still holds.
pub(super) fn is_claimed(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<bool, Error> {
    let count = tx.execute(
        sql!(
            "update zoom_sessions set claimed_until = claimed_until
             where application = $1 and claimed_until = $2"
        ),
        params![claimed.application, claimed.until],
    )?;
    Ok(count > 0)
}

/// The end of a look: nothing is left to do until `again`, unless it was wished for meanwhile.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    again: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update zoom_sessions
             set due_at = case when wish = $3 then $4 else due_at end, claimed_until = null,
                 attempts = 0, problem = null, problem_since = null
             where application = $1 and claimed_until = $2"
        ),
        params![claimed.application, claimed.until, claimed.wish, again],
    )?;
    Ok(())
}

/// The end of a look that came to nothing. To be told to wait is no failure that counts: many
/// sessions are told so at once.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    problem: Problem,
    (again, now): (Timestamp, Timestamp),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update zoom_sessions
             set due_at = case when wish = $3 then $4 else due_at end, claimed_until = null,
                 attempts = attempts + case when $5 = 'too_many' then 0 else 1 end, problem = $5,
                 problem_since = coalesce(problem_since, $6)
             where application = $1 and claimed_until = $2"
        ),
        params![claimed.application, claimed.until, claimed.wish, again, problem.code(), now],
    )?;
    Ok(())
}

pub(super) fn problem(
    tx: &mut Tx<'_>,
    application: i64,
) -> Result<Option<(Problem, Timestamp)>, Error> {
    let found = tx.one(
        sql!(
            "select problem, problem_since from zoom_sessions
             where application = $1 and problem is not null"
        ),
        params![application],
        |row| Ok((row.parsed(0, Problem::parse)?, row.instant(1)?)),
    )?;
    Ok(found)
}

/// A meeting that Zoom was asked to make and that was not removed. Holds a seal: no `Debug`.
pub(super) struct Meeting {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) host: i64,
    pub(super) host_user: String,
    pub(super) at_once: u8,
    pub(super) marker: Marker,
    pub(super) state: State,
    pub(super) number: Option<i64>,
    pub(super) slot: Slot,
    pub(super) alias: Option<Alias>,
    pub(super) links_until: Option<Timestamp>,
    pub(super) sealed: Vec<u8>,
    pub(super) silenced_at: Option<Timestamp>,
    overridden: String,
}

impl Meeting {
    /// Settings that Zoom has otherwise than was said.
    pub(super) fn overridden(&self) -> Vec<String> {
        let names = self.overridden.split(',').filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }
}

fn meeting(row: &Row<'_>) -> Result<Meeting, StoreError> {
    let asked_at = row.instant(6)?;
    Ok(Meeting {
        id: row.int(0)?,
        application: row.int(1)?,
        host: row.int(2)?,
        host_user: row.text(3)?,
        at_once: row.small(4)?,
        marker: Marker::of_store(&row.text(5)?),
        state: match row.text(7)?.as_str() {
            "asked" => State::Asked(asked_at),
            _ => State::Made,
        },
        number: row.opt_int(8)?,
        slot: Slot { start: row.instant(9)?, minutes: row.small(10)? },
        alias: row.opt_text(11)?.and_then(|alias| Alias::parse(&alias).ok()),
        links_until: row.opt_instant(12)?,
        sealed: row.bytes(13)?,
        overridden: row.text(14)?,
        silenced_at: row.opt_instant(15)?,
    })
}

/// The meeting of a session, if it has one.
pub(super) fn meeting_of(tx: &mut Tx<'_>, application: i64) -> Result<Option<Meeting>, Error> {
    Ok(tx.one(
        sql!(
            "select m.id, m.application, m.host, h.zoom_user, h.at_once, m.marker, m.asked_at,
                    m.state, m.meeting, m.start_at, m.minutes, m.alias, m.links_until, m.sealed,
                    m.overridden, m.silenced_at
             from zoom_meetings m join zoom_hosts h on h.id = m.host
             where m.application = $1 and m.state <> 'removed' order by m.id limit 1"
        ),
        params![application],
        meeting,
    )?)
}

/// Every meeting of an office that is there, or may be, from `since` on.
pub(super) fn meetings(
    tx: &mut Tx<'_>,
    office: i64,
    since: Timestamp,
) -> Result<Vec<Meeting>, Error> {
    Ok(tx.all(
        sql!(
            "select m.id, m.application, m.host, h.zoom_user, h.at_once, m.marker, m.asked_at,
                    m.state, m.meeting, m.start_at, m.minutes, m.alias, m.links_until, m.sealed,
                    m.overridden, m.silenced_at
             from zoom_meetings m join zoom_hosts h on h.id = m.host
             where m.office = $1 and m.state <> 'removed' and m.start_at >= $2 order by m.id"
        ),
        params![office, since],
        meeting,
    )?)
}

/// A meeting to be asked for.
pub(super) struct NewMeeting {
    pub(super) application: i64,
    pub(super) host: i64,
    pub(super) marker: Marker,
    pub(super) slot: Slot,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn insert_meeting(
    tx: &mut Tx<'_>,
    office: i64,
    new: &NewMeeting,
    now: Timestamp,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into zoom_meetings (application, office, host, marker, state, asked_at,
                 start_at, minutes, sealed, overridden)
             values ($1, $2, $3, $4, 'asked', $5, $6, $7, $8, '') returning id"
        ),
        params![
            new.application,
            office,
            new.host,
            new.marker.as_str(),
            now,
            new.slot.start,
            new.slot.minutes,
            new.sealed.clone()
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn note_made(
    tx: &mut Tx<'_>,
    id: i64,
    number: i64,
    overridden: &str,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update zoom_meetings set state = 'made', meeting = $2, overridden = $3
             where id = $1 and state <> 'removed'"
        ),
        params![id, number, overridden],
    )?;
    Ok(())
}

pub(super) fn note_told(
    tx: &mut Tx<'_>,
    id: i64,
    slot: Slot,
    overridden: &str,
) -> Result<(), Error> {
    tx.execute(
        sql!("update zoom_meetings set start_at = $2, minutes = $3, overridden = $4 where id = $1"),
        params![id, slot.start, slot.minutes, overridden],
    )?;
    Ok(())
}

pub(super) fn note_links(
    tx: &mut Tx<'_>,
    id: i64,
    (alias, until): (&Alias, Timestamp),
    sealed: &[u8],
) -> Result<(), Error> {
    tx.execute(
        sql!("update zoom_meetings set alias = $2, links_until = $3, sealed = $4 where id = $1"),
        params![id, alias.reveal(), until, sealed.to_vec()],
    )?;
    Ok(())
}

/// When a recording was last told to stop.
pub(super) fn note_silenced(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("update zoom_meetings set silenced_at = $2 where id = $1"), params![id, now])?;
    Ok(())
}

pub(super) fn note_removed(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update zoom_meetings set state = 'removed', removed_at = $2
             where id = $1 and state <> 'removed'"
        ),
        params![id, now],
    )?;
    Ok(())
}

/// Whose a meeting is by Zoom's number of it.
pub(super) struct Owner {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) office: i64,
    /// Whether it was not removed.
    pub(super) is_there: bool,
}

/// To which session and office a meeting belongs by Zoom's number of it.
pub(super) fn owner(tx: &mut Tx<'_>, number: i64) -> Result<Option<Owner>, Error> {
    Ok(tx.one(
        sql!(
            "select id, application, office, state <> 'removed' from zoom_meetings
             where meeting = $1 order by id desc limit 1"
        ),
        params![number],
        |row| {
            Ok(Owner {
                id: row.int(0)?,
                application: row.int(1)?,
                office: row.int(2)?,
                is_there: row.bool(3)?,
            })
        },
    )?)
}

/// To whom a marker belongs: which meeting that is there or may be, with Zoom's number of it; none
/// for one that is unknown or was removed.
pub(super) fn by_marker(
    tx: &mut Tx<'_>,
    marker: &Marker,
) -> Result<Option<(i64, Option<i64>)>, Error> {
    Ok(tx.one(
        sql!(
            "select application, meeting from zoom_meetings
             where marker = $1 and state <> 'removed'"
        ),
        params![marker.as_str()],
        |row| Ok((row.int(0)?, row.opt_int(1)?)),
    )?)
}

/// Sessions of an office that are to come.
pub(super) fn to_come(tx: &mut Tx<'_>, office: i64, from: Timestamp) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!("select application from appointments where office = $1 and start_at >= $2"),
        params![office, from],
        |row| row.int(0),
    )?)
}

/// Begins the comparison of a night; false when another node has begun it.
pub(super) fn begin_night(tx: &mut Tx<'_>, day: &str, now: Timestamp) -> Result<bool, Error> {
    let begun = tx.execute(
        sql!("insert into zoom_nights (day, begun_at) values ($1, $2) on conflict do nothing"),
        params![day, now],
    )?;
    Ok(begun > 0)
}

/// Claims meetings that may be going on and of which Zoom was not asked since `asked_before`, by
/// Zoom's number: those that start by `opened_by` and end after `over_since`.
pub(super) fn to_poll(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (asked_before, opened_by, over_since): (Timestamp, Timestamp, Timestamp),
) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!(
            "update zoom_meetings set polled_at = $1
             where state = 'made' and start_at <= $3 and start_at + minutes * 60000 >= $4
               and (polled_at is null or polled_at <= $2)
             returning meeting"
        ),
        params![now, asked_before, opened_by, over_since],
        |row| row.int(0),
    )?)
}

/// Sessions in `from..until` that wait for a way to join.
pub(super) fn unready(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!(
            "select s.application from zoom_sessions s
             join appointments p on p.application = s.application
             where s.office = $1 and p.start_at >= $2 and p.start_at < $3
               and not exists (
                   select 1 from zoom_meetings m
                   where m.application = s.application and m.state <> 'removed'
                     and m.links_until is not null)"
        ),
        params![office, from, until],
        |row| row.int(0),
    )?)
}

/// Forgets meetings that were removed, and nights, before an instant.
pub(super) fn purge(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("delete from zoom_meetings where state = 'removed' and removed_at < $1"),
        params![before],
    )?;
    tx.execute(sql!("delete from zoom_nights where begun_at < $1"), params![before])?;
    Ok(())
}
