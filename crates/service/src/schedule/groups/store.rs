//! What the store knows of group sessions.

use jiff::Timestamp;
use rules::schedule::{GroupPlan, GroupWords, Slot};

use super::{Group, Planned};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

fn read_words(text: &str) -> Result<GroupWords, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::fault(error.to_string()))
}

fn written(words: &GroupWords) -> Result<String, Error> {
    Ok(serde_json::to_string(words).map_err(anyhow::Error::from)?)
}

fn group(row: &Row<'_>) -> Result<Group, StoreError> {
    Ok(Group {
        id: row.int(0)?,
        plan: GroupPlan {
            slot: Slot { start: row.instant(1)?, minutes: row.small(2)? },
            seats: row.small(3)?,
            apply_until: row.instant(4)?,
            on_day_off: row.bool(5)?,
        },
        words: read_words(&row.text(6)?)?,
        counsellor: (row.int(7)?, row.text(8)?),
        changes: row.small(9)?,
        has_joining: row.bool(10)?,
        called_off_at: row.opt_instant(11)?,
        given: row.small(12)?,
        waiting: row.small(13)?,
    })
}

pub(super) fn load(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Group>, Error> {
    Ok(tx.one(
        sql!(
            "select g.id, g.start_at, g.minutes, g.seats, g.apply_until, g.on_day_off, g.words,
                    c.id, c.name, g.changes, g.sealed_joining is not null, g.called_off_at,
                    (select count(distinct h.resource) from applications a
                     join holds h on h.application = a.id and h.resource like 'g%'
                     where a.group_session = g.id),
                    (select count(*) from applications a
                     where a.group_session = g.id and a.course in ('received', 'proposed'))
             from group_sessions g join counsellors c on c.id = g.counsellor
             where g.id = $1 and g.office = $2"
        ),
        params![id, office],
        group,
    )?)
}

/// Group sessions that start after the day before an instant: one that is going on is among them.
pub(super) fn since(tx: &mut Tx<'_>, office: i64, from: Timestamp) -> Result<Vec<Group>, Error> {
    let longest = jiff::SignedDuration::from_hours(24);
    Ok(tx.all(
        sql!(
            "select g.id, g.start_at, g.minutes, g.seats, g.apply_until, g.on_day_off, g.words,
                    c.id, c.name, g.changes, g.sealed_joining is not null, g.called_off_at,
                    (select count(distinct h.resource) from applications a
                     join holds h on h.application = a.id and h.resource like 'g%'
                     where a.group_session = g.id),
                    (select count(*) from applications a
                     where a.group_session = g.id and a.course in ('received', 'proposed'))
             from group_sessions g join counsellors c on c.id = g.counsellor
             where g.office = $1 and g.start_at >= $2
             order by g.start_at, g.id limit 200"
        ),
        params![office, from.saturating_sub(longest).unwrap_or(from)],
        group,
    )?)
}

/// The latest group sessions that started before an instant.
pub(super) fn before(tx: &mut Tx<'_>, office: i64, until: Timestamp) -> Result<Vec<Group>, Error> {
    Ok(tx.all(
        sql!(
            "select g.id, g.start_at, g.minutes, g.seats, g.apply_until, g.on_day_off, g.words,
                    c.id, c.name, g.changes, g.sealed_joining is not null, g.called_off_at,
                    (select count(distinct h.resource) from applications a
                     join holds h on h.application = a.id and h.resource like 'g%'
                     where a.group_session = g.id),
                    (select count(*) from applications a
                     where a.group_session = g.id and a.course in ('received', 'proposed'))
             from group_sessions g join counsellors c on c.id = g.counsellor
             where g.office = $1 and g.start_at < $2
             order by g.start_at desc, g.id limit 30"
        ),
        params![office, until],
        group,
    )?)
}

/// Keeps other nodes from giving seats, or changing the time, meanwhile.
pub(super) fn lock(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<(), Error> {
    let found = tx.execute(
        sql!("update group_sessions set changes = changes where id = $1 and office = $2"),
        params![id, office],
    )?;
    if found == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    planned: &Planned,
    officer: i64,
) -> Result<i64, Error> {
    let plan = &planned.plan;
    let id = tx.one(
        sql!(
            "insert into group_sessions (office, counsellor, words, start_at, minutes, seats,
                 apply_until, on_day_off, changes, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) returning id"
        ),
        params![
            context.office.id,
            planned.counsellor,
            written(&planned.words)?,
            plan.slot.start,
            plan.slot.minutes,
            plan.seats,
            plan.apply_until,
            plan.on_day_off,
            officer,
            context.now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// A new time begins anew: how to join is no longer known, and it is held (again).
pub(super) fn update(
    tx: &mut Tx<'_>,
    id: i64,
    planned: &Planned,
    is_moved: bool,
) -> Result<(), Error> {
    let plan = &planned.plan;
    tx.execute(
        sql!(
            "update group_sessions set counsellor = $2, words = $3, start_at = $4, minutes = $5,
                 seats = $6, apply_until = $7, on_day_off = $8
             where id = $1"
        ),
        params![
            id,
            planned.counsellor,
            written(&planned.words)?,
            plan.slot.start,
            plan.slot.minutes,
            plan.seats,
            plan.apply_until,
            plan.on_day_off
        ],
    )?;
    if is_moved {
        tx.execute(
            sql!(
                "update group_sessions set changes = changes + 1, sealed_joining = null,
                     called_off_at = null, called_off_by = null
                 where id = $1"
            ),
            params![id],
        )?;
    }
    Ok(())
}

pub(super) fn call_off(
    tx: &mut Tx<'_>,
    id: i64,
    officer: i64,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!("update group_sessions set called_off_at = $2, called_off_by = $3 where id = $1"),
        params![id, now, officer],
    )?;
    Ok(())
}

pub(super) fn joining(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Vec<u8>>, Error> {
    let sealed = tx.one(
        sql!("select sealed_joining from group_sessions where id = $1 and office = $2"),
        params![id, office],
        |row| row.opt_bytes(0),
    )?;
    sealed.ok_or(Error::Missing)
}

pub(super) fn update_joining(tx: &mut Tx<'_>, id: i64, sealed: Vec<u8>) -> Result<(), Error> {
    tx.execute(
        sql!("update group_sessions set sealed_joining = $2 where id = $1"),
        params![id, sealed],
    )?;
    Ok(())
}

/// The applications that were given a seat, whatever became of it, in the order of their receipt.
pub(super) fn seats_of(tx: &mut Tx<'_>, id: i64) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!(
            "select a.id from applications a join appointments p on p.application = a.id
             where a.group_session = $1 order by a.received_at, a.id"
        ),
        params![id],
        |row| row.int(0),
    )?)
}

/// The applications that wait for an answer, in the order of their receipt.
pub(super) fn waiting_of(tx: &mut Tx<'_>, id: i64) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!(
            "select id from applications
             where group_session = $1 and course in ('received', 'proposed')
             order by received_at, id"
        ),
        params![id],
        |row| row.int(0),
    )?)
}
