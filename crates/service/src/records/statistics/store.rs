//! What the store knows of sessions as they are counted, and of reports.

use jiff::Timestamp;
use rules::application::Kind;
use rules::appointment::Standing;
use rules::records::statistics::{By, Counted};

use super::{Period, Report};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// The office's sessions that start in this time, the end excluded.
pub(super) fn counted(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Counted>, Error> {
    Ok(tx.all(
        sql!(
            "select p.start_at, p.minutes, p.announced_standing, a.received_at, a.answered_at,
                    a.kind
             from appointments p join applications a on a.id = p.application
             where p.office = $1 and p.start_at >= $2 and p.start_at < $3
             order by p.start_at, p.application"
        ),
        params![office, from, until],
        |row| session(office, row),
    )?)
}

fn session(office: i64, row: &Row<'_>) -> Result<Counted, StoreError> {
    Ok(Counted {
        office,
        start: row.instant(0)?,
        minutes: row.small(1)?,
        standing: row.parsed(2, Standing::parse)?,
        received: row.instant(3)?,
        answered: row.opt_instant(4)?,
        kind: row.parsed(5, Kind::parse)?,
    })
}

/// What is kept of sessions that were deleted, in the same time.
pub(super) fn kept(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Counted>, Error> {
    Ok(tx.all(
        sql!(
            "select start_at, minutes, standing, received_at, answered_at, kind
             from session_counts
             where office = $1 and start_at >= $2 and start_at < $3 order by start_at"
        ),
        params![office, from, until],
        |row| session(office, row),
    )?)
}

/// One session as it is counted, before it is deleted.
pub(super) fn one(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
) -> Result<Option<Counted>, Error> {
    Ok(tx.one(
        sql!(
            "select p.start_at, p.minutes, p.announced_standing, a.received_at, a.answered_at,
                    a.kind
             from appointments p join applications a on a.id = p.application
             where p.office = $1 and p.application = $2"
        ),
        params![office, application],
        |row| session(office, row),
    )?)
}

pub(super) fn keep(tx: &mut Tx<'_>, session: &Counted) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into session_counts (office, start_at, minutes, standing, kind, received_at,
                 answered_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            session.office,
            session.start,
            session.minutes,
            session.standing.code(),
            session.kind.code(),
            session.received,
            session.answered
        ],
    )?;
    Ok(())
}

pub(super) fn insert_report(
    tx: &mut Tx<'_>,
    context: &Context,
    staff: i64,
    report: &Report,
) -> Result<(), Error> {
    let columns: Vec<&str> = report.columns.iter().map(|by| By::code(*by)).collect();
    tx.execute(
        sql!(
            "insert into reports (office, staff, at, purpose, from_day, until_day, rows_by,
                 columns_by, format, is_public)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            context.office.id,
            staff,
            context.now,
            report.purpose.code(),
            report.period.from.to_string(),
            report.period.until.to_string(),
            report.rows.code(),
            columns.join("+"),
            report.format.code(),
            report.is_public
        ],
    )?;
    Ok(())
}

/// When the public edition of these days was first taken out.
pub(super) fn published_at(
    tx: &mut Tx<'_>,
    office: i64,
    period: Period,
) -> Result<Option<Timestamp>, Error> {
    let first = tx.one(
        sql!(
            "select min(at) from reports
             where office = $1 and is_public and from_day = $2 and until_day = $3"
        ),
        params![office, period.from.to_string(), period.until.to_string()],
        |row| row.opt_instant(0),
    )?;
    Ok(first.flatten())
}
