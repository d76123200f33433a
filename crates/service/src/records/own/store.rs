//! What the store knows of persons' own requests.

use jiff::Timestamp;

use super::{IdentifiedBy, Request};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// A request to be kept.
pub(super) struct NewRow {
    pub(super) year: i16,
    pub(super) number_digest: String,
    pub(super) identified_by: IdentifiedBy,
    pub(super) checked_by: i64,
    pub(super) sealed: Vec<u8>,
    pub(super) staff: i64,
    pub(super) digest: String,
    pub(super) sealed_file: Vec<u8>,
}

pub(super) fn insert(tx: &mut Tx<'_>, context: &Context, row: NewRow) -> Result<i64, Error> {
    let last = tx.one(
        sql!("select max(serial) from own_requests where office = $1 and year = $2"),
        params![context.office.id, row.year],
        |it| it.opt_int(0),
    )?;
    let id = tx.one(
        sql!(
            "insert into own_requests (office, year, serial, number_digest, identified_by,
                 checked_by, sealed, made_by, made_at, digest, sealed_file)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id"
        ),
        params![
            context.office.id,
            row.year,
            last.flatten().unwrap_or_default() + 1,
            row.number_digest,
            row.identified_by.code(),
            row.checked_by,
            row.sealed,
            row.staff,
            context.now,
            row.digest,
            row.sealed_file
        ],
        |it| it.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// A request, and what is sealed of it.
type SealedRequest = (Request, Vec<u8>);

fn request(row: &Row<'_>) -> Result<SealedRequest, StoreError> {
    let request = Request {
        id: row.int(0)?,
        year: row.small(1)?,
        serial: row.int(2)?,
        identified_by: row.parsed(3, IdentifiedBy::parse)?,
        checked_by: row.text(4)?,
        note: String::new(),
        told_of: Vec::new(),
        staff: row.text(5)?,
        made_at: row.instant(6)?,
        digest: row.text(7)?,
        has_file: row.bool(8)?,
    };
    Ok((request, row.bytes(9)?))
}

pub(super) fn all(tx: &mut Tx<'_>, office: i64) -> Result<Vec<SealedRequest>, Error> {
    Ok(tx.all(
        sql!(
            "select o.id, o.year, o.serial, o.identified_by, c.name, s.name, o.made_at, o.digest,
                    o.sealed_file is not null, o.sealed
             from own_requests o
             join staff c on c.id = o.checked_by
             join staff s on s.id = o.made_by
             where o.office = $1 order by o.id desc"
        ),
        params![office],
        request,
    )?)
}

pub(super) fn one(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<SealedRequest>, Error> {
    Ok(tx.one(
        sql!(
            "select o.id, o.year, o.serial, o.identified_by, c.name, s.name, o.made_at, o.digest,
                    o.sealed_file is not null, o.sealed
             from own_requests o
             join staff c on c.id = o.checked_by
             join staff s on s.id = o.made_by
             where o.id = $2 and o.office = $1"
        ),
        params![office, id],
        request,
    )?)
}

pub(super) fn of_number(
    tx: &mut Tx<'_>,
    office: i64,
    digest: &str,
) -> Result<Vec<(IdentifiedBy, Timestamp)>, Error> {
    Ok(tx.all(
        sql!(
            "select identified_by, made_at from own_requests
             where number_digest = $2 and office = $1 order by id"
        ),
        params![office, digest],
        |row| Ok((row.parsed(0, IdentifiedBy::parse)?, row.instant(1)?)),
    )?)
}

pub(super) fn file(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Vec<u8>>, Error> {
    let file = tx.one(
        sql!("select sealed_file from own_requests where id = $2 and office = $1"),
        params![office, id],
        |row| row.opt_bytes(0),
    )?;
    Ok(file.flatten())
}

pub(super) fn purge_files(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update own_requests set sealed_file = null
             where made_at <= $1 and sealed_file is not null"
        ),
        params![before],
    )?;
    Ok(())
}

/// The requests about a number.
pub(super) fn with_number(
    tx: &mut Tx<'_>,
    office: i64,
    digest: &str,
) -> Result<Vec<SealedRequest>, Error> {
    Ok(tx.all(
        sql!(
            "select o.id, o.year, o.serial, o.identified_by, c.name, s.name, o.made_at, o.digest,
                    o.sealed_file is not null, o.sealed
             from own_requests o
             join staff c on c.id = o.checked_by
             join staff s on s.id = o.made_by
             where o.number_digest = $2 and o.office = $1 order by o.id"
        ),
        params![office, digest],
        request,
    )?)
}

pub(super) fn forget(
    tx: &mut Tx<'_>,
    id: i64,
    number_digest: &str,
    sealed: Vec<u8>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update own_requests set number_digest = $2, sealed = $3, sealed_file = null
             where id = $1"
        ),
        params![id, number_digest, sealed],
    )?;
    Ok(())
}
