//! What the store knows of stops.

use jiff::Timestamp;
use rules::people::FreeText;
use rules::schedule::Slot;
use rules::terms::suspension::{Function, Stop};

use super::{Cause, NewStop, NotMoved, StopLine, Touched};
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

/// The sessions of an office between two instants that are open, or were called off because of a
/// stop; without those that were given their time because of this stop.
pub(super) fn touched(
    tx: &mut Tx<'_>,
    (office, stop): (i64, i64),
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Touched>, Error> {
    let rows = tx.all(
        sql!(
            "select p.application, p.alias, p.start_at, p.minutes, c.id, c.name,
                    p.announced_standing = 'stopped_by_office',
                    (select m.why_not from stop_moves m where m.id =
                        (select max(l.id) from stop_moves l
                         where l.stop = $2 and l.application = p.application)),
                    a.group_session is not null
             from appointments p join counsellors c on c.id = p.counsellor
             join applications a on a.id = p.application
             where p.office = $1 and p.start_at < $3
               and (p.announced_standing in ('waiting', 'in_contact', 'present')
                    or (p.announced_standing = 'stopped_by_office' and exists (
                        select 1 from facts f where f.application = p.application
                          and f.what = 'stopped_service' and f.retracted_at is null)))
               and not exists (
                   select 1 from stop_moves m where m.stop = $2
                     and m.application = p.application and m.to_at = p.start_at)
             order by p.start_at, p.application"
        ),
        params![office, stop, until],
        |row| {
            Ok(Touched {
                application: row.int(0)?,
                alias: row.text(1)?,
                slot: Slot { start: row.instant(2)?, minutes: row.small(3)? },
                counsellor: (row.int(4)?, row.text(5)?),
                is_called_off: row.bool(6)?,
                why_not: row.opt_parsed(7, NotMoved::parse)?,
                is_group: row.bool(8)?,
            })
        },
    )?;
    Ok(rows.into_iter().filter(|row| row.slot.end() > from).collect())
}

/// Keeps what became of a session that was to be moved because of a stop.
pub(super) fn insert_move(
    tx: &mut Tx<'_>,
    context: &Context,
    (stop, application, officer): (i64, i64, i64),
    moved: Result<Slot, NotMoved>,
) -> Result<(), Error> {
    let to_at = moved.ok().map(|slot| slot.start);
    let why_not = moved.err().map(NotMoved::code);
    tx.execute(
        sql!(
            "insert into stop_moves (stop, application, tried_at, officer, to_at, why_not)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![stop, application, context.now, officer, to_at, why_not],
    )?;
    Ok(())
}

/// Whether a session was given this start because of a stop.
pub(super) fn is_moved_to(
    tx: &mut Tx<'_>,
    application: i64,
    start: Timestamp,
) -> Result<bool, Error> {
    let moved = tx.one(
        sql!("select 1 from stop_moves where application = $1 and to_at = $2 limit 1"),
        params![application, start],
        |_| Ok(()),
    )?;
    Ok(moved.is_some())
}
