//! What the store knows of legal holds.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::records::disclosure::{Hold, HoldKind};

use super::HoldLine;
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// A hold to be kept.
pub(super) struct NewRow {
    pub(super) application: Option<i64>,
    pub(super) number_digest: Option<String>,
    pub(super) disclosure: Option<i64>,
    pub(super) hold: Hold,
    pub(super) sealed: Vec<u8>,
    pub(super) staff: i64,
}

pub(super) fn insert(tx: &mut Tx<'_>, context: &Context, row: NewRow) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into legal_holds (office, application, number_digest, disclosure, kind,
                 held_from, held_until, sealed_reason, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id"
        ),
        params![
            context.office.id,
            row.application,
            row.number_digest,
            row.disclosure,
            row.hold.kind.code(),
            row.hold.from,
            row.hold.until,
            row.sealed,
            row.staff,
            context.now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn extend(
    tx: &mut Tx<'_>,
    (id, staff): (i64, i64),
    until: Date,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update legal_holds set extended_until = $2, extended_by = $3, extended_at = $4
             where id = $1 and extended_until is null"
        ),
        params![id, until, staff, now],
    )?;
    Ok(())
}

pub(super) fn lift(
    tx: &mut Tx<'_>,
    (id, staff): (i64, i64),
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update legal_holds set lifted_by = $2, lifted_at = $3, sealed_lifting = $4
             where id = $1 and lifted_at is null"
        ),
        params![id, staff, now, sealed],
    )?)
}

/// A hold, with the sealed reasons of its making and of its lifting.
pub(super) type SealedLine = (HoldLine, Vec<u8>, Option<Vec<u8>>);

fn line(row: &Row<'_>) -> Result<SealedLine, StoreError> {
    let lifted_at = row.opt_instant(11)?;
    let application = match (row.opt_int(1)?, row.opt_text(2)?) {
        (Some(id), Some(receipt)) => Some((id, receipt)),
        _ => None,
    };
    let line = HoldLine {
        id: row.int(0)?,
        application,
        disclosure: row.opt_int(3)?,
        hold: Hold {
            kind: row.parsed(4, HoldKind::parse)?,
            from: row.date(5)?,
            until: row.opt_date(6)?,
            extended_until: row.opt_date(7)?,
            is_lifted: lifted_at.is_some(),
        },
        reason: String::new(),
        staff: row.text(8)?,
        made_at: row.instant(9)?,
        lifted_by: row.opt_text(10)?,
        lifted_at,
        lifting: None,
    };
    Ok((line, row.bytes(12)?, row.opt_bytes(13)?))
}

pub(super) fn all(tx: &mut Tx<'_>, office: i64) -> Result<Vec<SealedLine>, Error> {
    Ok(tx.all(
        sql!(
            "select h.id, h.application, a.receipt, h.disclosure, h.kind, h.held_from,
                    h.held_until, h.extended_until, s.name, h.made_at, l.name, h.lifted_at,
                    h.sealed_reason, h.sealed_lifting
             from legal_holds h
             join staff s on s.id = h.made_by
             left join staff l on l.id = h.lifted_by
             left join applications a on a.id = h.application
             where h.office = $1 order by h.id desc"
        ),
        params![office],
        line,
    )?)
}

/// For itself, or for its number.
pub(super) fn of_application(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
) -> Result<Vec<SealedLine>, Error> {
    Ok(tx.all(
        sql!(
            "select h.id, h.application, a.receipt, h.disclosure, h.kind, h.held_from,
                    h.held_until, h.extended_until, s.name, h.made_at, l.name, h.lifted_at,
                    h.sealed_reason, h.sealed_lifting
             from legal_holds h
             join staff s on s.id = h.made_by
             left join staff l on l.id = h.lifted_by
             left join applications a on a.id = h.application
             where h.office = $1 and (h.application = $2 or h.number_digest = (
                 select number_digest from applications where id = $2 and office = $1))
             order by h.id desc"
        ),
        params![office, application],
        line,
    )?)
}
