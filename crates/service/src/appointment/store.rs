//! What the store knows of appointments and their facts.

use std::collections::HashSet;

use jiff::Timestamp;
use rules::appointment::{Announced, Appointment, Fact, Standing, What};
use rules::people::Alias;
use rules::schedule::Slot;

use super::{Booked, Waiting, announced};
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn slot(row: &Row<'_>, start: usize, minutes: usize) -> Result<Slot, StoreError> {
    Ok(Slot { start: row.instant(start)?, minutes: row.small(minutes)? })
}

pub(super) fn alias(text: &str) -> Option<Alias> {
    Alias::parse(text).ok()
}

/// Keeps other nodes from changing the same appointment meanwhile.
pub(super) fn lock(tx: &mut Tx<'_>, application: i64, office: i64) -> Result<(), Error> {
    let found = tx.execute(
        sql!(
            "update appointments set sequence = sequence
             where application = $1 and office = $2"
        ),
        params![application, office],
    )?;
    if found == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub(super) fn load(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<Booked>, Error> {
    let booked = tx.one(
        sql!(
            "select p.application, p.office, p.counsellor, p.alias, a.number_digest,
                    p.terms_version, p.start_at, p.minutes, p.announced_standing,
                    p.announced_start, p.announced_minutes, p.sequence, a.group_session
             from appointments p join applications a on a.id = p.application
             where p.application = $1 and p.office = $2"
        ),
        params![application, office],
        |row| {
            Ok(Booked {
                application: row.int(0)?,
                office: row.int(1)?,
                counsellor: row.int(2)?,
                alias: row.parsed(3, alias)?,
                number_digest: row.text(4)?,
                terms_version: row.text(5)?,
                group: row.opt_int(12)?,
                appointment: Appointment {
                    slot: slot(row, 6, 7)?,
                    facts: Vec::new(),
                    announced: Some(announced(row.parsed(8, Standing::parse)?, slot(row, 9, 10)?)),
                    sequence: row.small(11)?,
                },
            })
        },
    )?;
    let Some(mut booked) = booked else { return Ok(None) };
    booked.appointment.facts = facts(tx, application)?;
    Ok(Some(booked))
}

fn facts(tx: &mut Tx<'_>, application: i64) -> Result<Vec<Fact>, Error> {
    Ok(tx.all(
        sql!(
            "select what, at from facts where application = $1 and retracted_at is null
             order by at, id"
        ),
        params![application],
        |row| Ok(Fact { what: row.parsed(0, What::parse)?, at: row.instant(1)? }),
    )?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    booked: &Booked,
    alias_day: String,
    announced: Announced,
    next_tick: Option<Timestamp>,
) -> Result<(), Error> {
    let slot = booked.appointment.slot;
    tx.execute(
        sql!(
            "insert into appointments (application, office, counsellor, start_at, minutes, alias,
                 alias_day, terms_version, announced_standing, announced_start,
                 announced_minutes, sequence, next_tick)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $4, $5, 0, $10)"
        ),
        params![
            booked.application,
            booked.office,
            booked.counsellor,
            slot.start,
            slot.minutes,
            booked.alias.reveal(),
            alias_day,
            booked.terms_version.as_str(),
            announced.standing.code(),
            next_tick
        ],
    )?;
    Ok(())
}

pub(super) fn update_slot(
    tx: &mut Tx<'_>,
    booked: &Booked,
    alias_day: String,
) -> Result<(), Error> {
    let slot = booked.appointment.slot;
    tx.execute(
        sql!(
            "update appointments set counsellor = $2, start_at = $3, minutes = $4, alias = $5,
                 alias_day = $6, sealed_joining = null, began_at = null, ended_at = null
             where application = $1 and office = $7"
        ),
        params![
            booked.application,
            booked.counsellor,
            slot.start,
            slot.minutes,
            booked.alias.reveal(),
            alias_day,
            booked.office
        ],
    )?;
    Ok(())
}

pub(super) fn save(
    tx: &mut Tx<'_>,
    booked: &Booked,
    announced: Announced,
    sequence: u32,
    next_tick: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update appointments set announced_standing = $2, announced_start = $3,
                 announced_minutes = $4, sequence = $5, next_tick = $6
             where application = $1 and office = $7"
        ),
        params![
            booked.application,
            announced.standing.code(),
            announced.slot.start,
            announced.slot.minutes,
            sequence,
            next_tick,
            booked.office
        ],
    )?;
    Ok(())
}

pub(super) fn insert_fact(
    tx: &mut Tx<'_>,
    application: i64,
    fact: Fact,
    now: Timestamp,
    staff: Option<i64>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into facts (application, what, at, recorded_at, staff)
             values ($1, $2, $3, $4, $5)"
        ),
        params![application, fact.what.code(), fact.at, now, staff],
    )?;
    Ok(())
}

pub(super) fn due(tx: &mut Tx<'_>, now: Timestamp, at_most: u16) -> Result<Vec<(i64, i64)>, Error> {
    Ok(tx.all(
        sql!(
            "select application, office from appointments
             where next_tick is not null and next_tick <= $1
             order by next_tick, application limit cast($2 as bigint)"
        ),
        params![now, at_most],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?)
}

/// The appointments of which nothing was heard and at which the clock looks next in this time.
pub(super) fn waiting_for_limit(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Waiting>, Error> {
    Ok(tx.all(
        sql!(
            "select application, office, start_at, minutes from appointments
             where next_tick is not null and next_tick >= $1 and next_tick <= $2
               and announced_standing = 'waiting' order by next_tick, application"
        ),
        params![from, until],
        |row| {
            let (application, office) = (row.int(0)?, row.int(1)?);
            Ok(Waiting { application, office, slot: slot(row, 2, 3)? })
        },
    )?)
}

pub(super) fn aliases_of_day(
    tx: &mut Tx<'_>,
    office: i64,
    day: &str,
) -> Result<HashSet<String>, Error> {
    let aliases = tx.all(
        sql!("select alias from appointments where office = $1 and alias_day = $2"),
        params![office, day],
        |row| row.text(0),
    )?;
    Ok(aliases.into_iter().collect())
}

/// A line of the contact log.
pub(super) struct ContactRow {
    pub(super) application: i64,
    pub(super) kind: &'static str,
    pub(super) at: Timestamp,
    pub(super) recorded_at: Timestamp,
    pub(super) staff: i64,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn insert_contact(tx: &mut Tx<'_>, row: ContactRow) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into contacts (application, kind, at, recorded_at, staff, sealed)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![row.application, row.kind, row.at, row.recorded_at, row.staff, row.sealed],
    )?;
    Ok(())
}

pub(super) fn update_times(
    tx: &mut Tx<'_>,
    (application, office): (i64, i64),
    began: Option<Timestamp>,
    ended: Option<Timestamp>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update appointments set began_at = coalesce($3, began_at),
                 ended_at = coalesce($4, ended_at) where application = $1 and office = $2"
        ),
        params![application, office, began, ended],
    )?;
    Ok(())
}

pub(super) fn forget_end(tx: &mut Tx<'_>, application: i64, office: i64) -> Result<(), Error> {
    tx.execute(
        sql!("update appointments set ended_at = null where application = $1 and office = $2"),
        params![application, office],
    )?;
    Ok(())
}

/// A fact as it was recorded.
pub(super) struct Recorded {
    pub(super) what: What,
    pub(super) recorded_at: Timestamp,
}

pub(super) fn recorded(
    tx: &mut Tx<'_>,
    (application, office): (i64, i64),
    fact: i64,
) -> Result<Option<Recorded>, Error> {
    Ok(tx.one(
        sql!(
            "select f.what, f.recorded_at
             from facts f join appointments p on p.application = f.application
             where f.id = $1 and p.application = $2 and p.office = $3"
        ),
        params![fact, application, office],
        |row| Ok(Recorded { what: row.parsed(0, What::parse)?, recorded_at: row.instant(1)? }),
    )?)
}

pub(super) fn retract(
    tx: &mut Tx<'_>,
    (fact, office): (i64, i64),
    sealed_reason: Vec<u8>,
    now: Timestamp,
    staff: Option<i64>,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update facts set retracted_at = $2, retracted_by = $3, sealed_reason = $4
             where id = $1 and retracted_at is null
               and application in (select application from appointments where office = $5)"
        ),
        params![fact, now, staff, sealed_reason, office],
    )?)
}

/// Facts of a kind that nobody typed and that stand: number and time.
pub(super) fn told_by_signs(
    tx: &mut Tx<'_>,
    application: i64,
    what: What,
) -> Result<Vec<(i64, Timestamp)>, Error> {
    Ok(tx.all(
        sql!(
            "select id, at from facts
             where application = $1 and what = $2 and staff is null and retracted_at is null"
        ),
        params![application, what.code()],
        |row| Ok((row.int(0)?, row.instant(1)?)),
    )?)
}

/// The latest arrival that nobody typed and that staff undid.
pub(super) fn undone_sight(tx: &mut Tx<'_>, application: i64) -> Result<Option<Timestamp>, Error> {
    let latest = tx.one(
        sql!(
            "select max(at) from facts
             where application = $1 and what in ('arrived', 'wrong_name') and staff is null
               and retracted_by is not null"
        ),
        params![application],
        |row| row.opt_instant(0),
    )?;
    Ok(latest.flatten())
}

pub(super) fn joining(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let sealed = tx.one(
        sql!("select sealed_joining from appointments where application = $1 and office = $2"),
        params![application, office],
        |row| row.opt_bytes(0),
    )?;
    Ok(sealed.flatten())
}

/// Counts a change that a letter tells.
pub(super) fn update_sequence(
    tx: &mut Tx<'_>,
    (application, office): (i64, i64),
    sequence: u32,
) -> Result<(), Error> {
    tx.execute(
        sql!("update appointments set sequence = $3 where application = $1 and office = $2"),
        params![application, office, sequence],
    )?;
    Ok(())
}

pub(super) fn update_joining(
    tx: &mut Tx<'_>,
    (application, office): (i64, i64),
    sealed: &[u8],
    sequence: u32,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update appointments set sealed_joining = $3, sequence = $4
             where application = $1 and office = $2"
        ),
        params![application, office, sealed.to_vec(), sequence],
    )?;
    Ok(())
}

pub(super) fn update_reason(
    tx: &mut Tx<'_>,
    (application, office): (i64, i64),
    sealed: Vec<u8>,
) -> Result<(), Error> {
    let kept = tx.execute(
        sql!(
            "update appointments set sealed_reason = $3
             where application = $1 and office = $2"
        ),
        params![application, office, sealed],
    )?;
    if kept == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// Why a session is of the same day, sealed.
pub(super) fn reason(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let sealed = tx.one(
        sql!("select sealed_reason from appointments where application = $1 and office = $2"),
        params![application, office],
        |row| row.opt_bytes(0),
    )?;
    Ok(sealed.flatten())
}
