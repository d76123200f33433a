//! What the store knows of stops.

use jiff::Timestamp;
use rules::people::FreeText;
use rules::schedule::Slot;
use rules::terms::suspension::{Function, Stop};

use super::{Cause, NewStop, StopLine, Touched};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewStop,
    officer: Option<i64>,
) -> Result<i64, Error> {
    let office = (!new.everywhere).then_some(context.office.id);
    let id = tx.one(
        sql!(
            "insert into stops (office, function, cause, note, from_at, until_at, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id"
        ),
        params![
            office,
            new.stop.function.code(),
            new.cause.code(),
            new.note.reveal(),
            new.stop.from,
            new.stop.until,
            officer,
            context.now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// Whether there was one to lift.
pub(super) fn lift(
    tx: &mut Tx<'_>,
    id: i64,
    (note, officer): (&FreeText, Option<i64>),
    now: Timestamp,
) -> Result<bool, Error> {
    let lifted = tx.execute(
        sql!(
            "update stops set lifted_at = $2, lifted_by = $3, lift_note = $4
             where id = $1 and lifted_at is null"
        ),
        params![id, now, officer, note.reveal()],
    )?;
    Ok(lifted == 1)
}

pub(super) fn all(tx: &mut Tx<'_>, office: i64) -> Result<Vec<StopLine>, Error> {
    Ok(tx.all(
        sql!(
            "select t.id, t.office, t.function, t.from_at, t.until_at, t.cause, t.note, s.name,
                    t.made_at, t.lifted_at, l.name, t.lift_note
             from stops t left join staff s on s.id = t.made_by
             left join staff l on l.id = t.lifted_by
             where t.office = $1 or t.office is null order by t.id desc"
        ),
        params![office],
        |row| {
            let lifted = match row.opt_instant(9)? {
                Some(at) => Some((at, row.opt_text(10)?, row.opt_text(11)?.unwrap_or_default())),
                None => None,
            };
            Ok(StopLine {
                id: row.int(0)?,
                everywhere: row.opt_int(1)?.is_none(),
                stop: stop(row, 2)?,
                cause: row.parsed(5, Cause::parse)?,
                note: row.text(6)?,
                made_by: row.opt_text(7)?,
                made_at: row.instant(8)?,
                lifted,
            })
        },
    )?)
}

fn stop(row: &Row<'_>, first: usize) -> Result<Stop, StoreError> {
    Ok(Stop {
        function: row.parsed(first, Function::parse)?,
        from: row.instant(first + 1)?,
        until: row.opt_instant(first + 2)?,
    })
}

/// The stops that hold at an instant.
pub(super) fn holding(tx: &mut Tx<'_>, office: i64, at: Timestamp) -> Result<Vec<Stop>, Error> {
    Ok(tx.all(
        sql!(
            "select function, from_at, until_at from stops
             where (office = $1 or office is null) and lifted_at is null
               and from_at <= $2 and (until_at is null or until_at > $2)"
        ),
        params![office, at],
        |row| stop(row, 0),
    )?)
}

/// The stops that touch a stretch of time. One that was lifted ended then.
pub(super) fn touching(
    tx: &mut Tx<'_>,
    office: i64,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Stop>, Error> {
    let stops = tx.all(
        sql!(
            "select function, from_at, until_at, lifted_at from stops
             where (office = $1 or office is null) and from_at <= $3
               and (until_at is null or until_at > $2)
               and (lifted_at is null or lifted_at > $2)"
        ),
        params![office, from, to],
        |row| {
            let stop = stop(row, 0)?;
            let ends = stop.until.into_iter().chain(row.opt_instant(3)?).min();
            Ok(Stop { until: ends, ..stop })
        },
    )?;
    // One that was lifted before it began never held.
    Ok(stops.into_iter().filter(|stop| stop.until.is_none_or(|it| it > stop.from)).collect())
}

pub(super) fn touched(
    tx: &mut Tx<'_>,
    office: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Touched>, Error> {
    let rows = tx.all(
        sql!(
            "select p.application, p.alias, p.start_at, p.minutes, c.name,
                    a.group_session is not null
             from appointments p join counsellors c on c.id = p.counsellor
             join applications a on a.id = p.application
             where p.office = $1 and p.start_at < $2
               and p.announced_standing in ('waiting', 'in_contact', 'present')
             order by p.start_at, p.application"
        ),
        params![office, until],
        |row| {
            Ok(Touched {
                application: row.int(0)?,
                alias: row.text(1)?,
                slot: Slot { start: row.instant(2)?, minutes: row.small(3)? },
                counsellor: row.text(4)?,
                is_group: row.bool(5)?,
            })
        },
    )?;
    Ok(rows.into_iter().filter(|row| row.slot.end() > from).collect())
}
