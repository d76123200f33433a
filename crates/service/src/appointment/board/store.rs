//! What the desk's pages ask about sessions.

use jiff::Timestamp;
use rules::appointment::{Fact, Standing, What};
use rules::session::Channel;

use super::super::store::{alias, slot};
use super::{ContactLine, FactLine, Row as BoardRow, Session};
use crate::appointment::CallPurpose;
use crate::error::Error;
use crate::session::zoom::Mark;
use crate::store::{Row, StoreError, Tx, params, sql};

/// The sessions of a day. What follows from facts and terms is filled in by the caller.
pub(super) fn of_day(
    tx: &mut Tx<'_>,
    office: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<BoardRow>, Error> {
    Ok(tx.all(
        sql!(
            "select p.application, a.receipt, p.alias, c.id, c.name, c.staff, p.start_at,
                    p.minutes, p.announced_standing, p.sequence, p.sealed_joining is not null,
                    p.began_at, p.ended_at, p.channel, p.terms_version,
                    a.group_session
             from appointments p
             join applications a on a.id = p.application
             join counsellors c on c.id = p.counsellor
             where p.office = $1 and p.start_at >= $2 and p.start_at < $3
             order by p.start_at, c.id"
        ),
        params![office, from, until],
        board_row,
    )?)
}

/// The latest sessions that started before an instant and whose outcome nobody recorded.
pub(super) fn unrecorded(
    tx: &mut Tx<'_>,
    office: i64,
    before: Timestamp,
) -> Result<Vec<BoardRow>, Error> {
    Ok(tx.all(
        sql!(
            "select p.application, a.receipt, p.alias, c.id, c.name, c.staff, p.start_at,
                    p.minutes, p.announced_standing, p.sequence, p.sealed_joining is not null,
                    p.began_at, p.ended_at, p.channel, p.terms_version,
                    a.group_session
             from appointments p
             join applications a on a.id = p.application
             join counsellors c on c.id = p.counsellor
             where p.office = $1 and p.start_at < $2 and p.announced_standing = 'unrecorded'
             order by p.start_at desc, c.id limit 50"
        ),
        params![office, before],
        board_row,
    )?)
}

fn board_row(row: &Row<'_>) -> Result<BoardRow, StoreError> {
    Ok(BoardRow {
        terms_version: row.text(14)?,
        application: row.int(0)?,
        receipt: row.text(1)?,
        alias: row.parsed(2, alias)?,
        counsellor: (row.int(3)?, row.text(4)?),
        account: row.opt_int(5)?,
        slot: slot(row, 6, 7)?,
        standing: row.parsed(8, Standing::parse)?,
        sequence: row.small(9)?,
        limit: None,
        arrived_at: None,
        met_at: None,
        has_joining: row.bool(10)?,
        began_at: row.opt_instant(11)?,
        ended_at: row.opt_instant(12)?,
        channel: row.opt_text(13)?.as_deref().and_then(Channel::parse),
        group: row.opt_int(15)?,
        zoom: Mark::default(),
    })
}

/// The facts of a day's sessions on which the limit and the arrival depend, by application.
pub(super) fn facts_of_day(
    tx: &mut Tx<'_>,
    office: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, Fact)>, Error> {
    Ok(tx.all(
        sql!(
            "select f.application, f.what, f.at
             from appointments p join facts f on f.application = p.application
             where p.office = $1 and p.start_at >= $2 and p.start_at < $3
               and f.retracted_at is null
               and f.what in ('arrived', 'wrong_name', 'outage', 'moved', 'to_telephone',
                              'from_telephone')"
        ),
        params![office, from, until],
        |row| {
            let what = row.parsed(1, What::parse)?;
            Ok((row.int(0)?, Fact { what, at: row.instant(2)? }))
        },
    )?)
}

pub(super) fn next_start(
    tx: &mut Tx<'_>,
    office: i64,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let start = tx.one(
        sql!(
            "select min(start_at) from appointments
             where office = $1 and start_at > $2
               and announced_standing in ('waiting', 'in_contact')"
        ),
        params![office, now],
        |row| row.opt_instant(0),
    )?;
    Ok(start.flatten())
}

/// A session, and how to join it, sealed.
type SessionRow = (Session, Option<Vec<u8>>);

pub(super) fn session(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<SessionRow>, Error> {
    Ok(tx.one(
        sql!(
            "select p.application, p.alias, c.id, c.name, p.start_at, p.minutes,
                    p.announced_standing, p.sequence, p.sealed_joining, p.began_at, p.ended_at,
                    p.terms_version, a.group_session
             from appointments p join counsellors c on c.id = p.counsellor
             join applications a on a.id = p.application
             where p.application = $1 and p.office = $2"
        ),
        params![application, office],
        |row| {
            let session = Session {
                application: row.int(0)?,
                alias: row.parsed(1, alias)?,
                counsellor: (row.int(2)?, row.text(3)?),
                slot: slot(row, 4, 5)?,
                standing: row.parsed(6, Standing::parse)?,
                sequence: row.small(7)?,
                joining: None,
                began_at: row.opt_instant(9)?,
                ended_at: row.opt_instant(10)?,
                terms_version: row.text(11)?,
                group: row.opt_int(12)?,
            };
            Ok((session, row.opt_bytes(8)?))
        },
    )?)
}

/// A fact as listed, and why it was undone, sealed.
type SealedFactLine = (FactLine, Option<Vec<u8>>);

/// The facts, each with the sealed reason of its undoing.
pub(super) fn fact_lines(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Vec<SealedFactLine>, Error> {
    Ok(tx.all(
        sql!(
            "select f.id, f.what, f.at, f.recorded_at, s.name, f.sealed_reason, r.name
             from facts f
             join applications a on a.id = f.application
             left join staff s on s.id = f.staff
             left join staff r on r.id = f.retracted_by
             where f.application = $1 and a.office = $2 order by f.recorded_at, f.id"
        ),
        params![application, office],
        |row| {
            let line = FactLine {
                id: row.int(0)?,
                what: row.parsed(1, What::parse)?,
                at: row.instant(2)?,
                recorded_at: row.instant(3)?,
                staff: row.opt_text(4)?,
                retracted: None,
                retracted_by: row.opt_text(6)?,
            };
            Ok((line, row.opt_bytes(5)?))
        },
    )?)
}

pub(super) fn contacts(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Vec<(ContactLine, Vec<u8>)>, Error> {
    Ok(tx.all(
        sql!(
            "select c.kind, c.at, c.recorded_at, s.name, c.sealed
             from contacts c
             join applications a on a.id = c.application
             join staff s on s.id = c.staff
             where c.application = $1 and a.office = $2 order by c.at desc, c.id desc"
        ),
        params![application, office],
        |row| {
            let line = ContactLine {
                purpose: row.parsed(0, CallPurpose::parse)?,
                at: row.instant(1)?,
                recorded_at: row.instant(2)?,
                staff: row.text(3)?,
                note: String::new(),
            };
            Ok((line, row.bytes(4)?))
        },
    )?)
}
