//! What the store knows of the register of demands.

use jiff::Timestamp;

use super::Change;
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// A revision as it lies in the store.
pub(super) struct Sealed {
    pub(super) id: i64,
    pub(super) year: i16,
    pub(super) serial: i64,
    pub(super) revision: u32,
    pub(super) change: Change,
    pub(super) staff: String,
    pub(super) at: Timestamp,
    pub(super) sealed: Vec<u8>,
}

fn sealed(row: &Row<'_>) -> Result<Sealed, StoreError> {
    Ok(Sealed {
        id: row.int(0)?,
        year: row.small(1)?,
        serial: row.int(2)?,
        revision: row.small(3)?,
        change: row.parsed(4, Change::parse)?,
        staff: row.text(5)?,
        at: row.instant(6)?,
        sealed: row.bytes(7)?,
    })
}

/// A new entry, with the next number of the year.
pub(super) fn insert(tx: &mut Tx<'_>, context: &Context, year: i16) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into disclosures (office, year, serial, entered_at)
             select cast($1 as bigint), cast($2 as bigint), coalesce(max(serial), 0) + 1,
                    cast($3 as bigint)
             from disclosures where office = $1 and year = $2 returning id"
        ),
        params![context.office.id, year, context.now],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// A revision to be kept.
pub(super) struct NewRevision {
    pub(super) disclosure: i64,
    pub(super) revision: u32,
    pub(super) change: Change,
    pub(super) sealed: Vec<u8>,
    pub(super) staff: i64,
}

pub(super) fn insert_revision(
    tx: &mut Tx<'_>,
    new: NewRevision,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into disclosure_revisions (disclosure, revision, act, sealed, staff, at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![new.disclosure, new.revision, new.change.code(), new.sealed, new.staff, now],
    )?;
    Ok(())
}

pub(super) fn link(tx: &mut Tx<'_>, disclosure: i64, application: i64) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into disclosure_applications (disclosure, application) values ($1, $2)
             on conflict do nothing"
        ),
        params![disclosure, application],
    )?;
    Ok(())
}

pub(super) fn history(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<Sealed>, Error> {
    Ok(tx.all(
        sql!(
            "select d.id, d.year, d.serial, r.revision, r.act, s.name, r.at, r.sealed
             from disclosures d
             join disclosure_revisions r on r.disclosure = d.id
             join staff s on s.id = r.staff
             where d.id = $1 and d.office = $2 order by r.revision"
        ),
        params![id, office],
        sealed,
    )?)
}

/// The latest revision of each entry.
pub(super) fn register(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Sealed>, Error> {
    Ok(tx.all(
        sql!(
            "select d.id, d.year, d.serial, r.revision, r.act, s.name, r.at, r.sealed
             from disclosures d
             join disclosure_revisions r on r.disclosure = d.id
             join staff s on s.id = r.staff
             where d.office = $1 and r.revision = (
                 select max(revision) from disclosure_revisions where disclosure = d.id)
             order by d.id"
        ),
        params![office],
        sealed,
    )?)
}

/// The latest revision of each entry that was ever about an application.
pub(super) fn of_application(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
) -> Result<Vec<Sealed>, Error> {
    Ok(tx.all(
        sql!(
            "select d.id, d.year, d.serial, r.revision, r.act, s.name, r.at, r.sealed
             from disclosure_applications l
             join disclosures d on d.id = l.disclosure
             join disclosure_revisions r on r.disclosure = d.id
             join staff s on s.id = r.staff
             where l.application = $2 and d.office = $1 and r.revision = (
                 select max(revision) from disclosure_revisions where disclosure = d.id)
             order by d.id"
        ),
        params![office, application],
        sealed,
    )?)
}

/// The applications that an entry was ever about.
pub(super) fn ever_about(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!(
            "select l.application from disclosure_applications l
             join disclosures d on d.id = l.disclosure
             where d.id = $1 and d.office = $2 order by l.application"
        ),
        params![id, office],
        |row| row.int(0),
    )?)
}

/// A prepared file as the page lists it.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Number in the store.
    pub id: i64,
    /// Which parts are in it, by code, with commas.
    pub parts: String,
    /// Its SHA-256.
    pub digest: String,
    /// Who prepared it.
    pub staff: String,
    /// When.
    pub at: Timestamp,
}

fn line(row: &Row<'_>) -> Result<FileLine, StoreError> {
    Ok(FileLine {
        id: row.int(0)?,
        parts: row.text(1)?,
        digest: row.text(2)?,
        staff: row.text(3)?,
        at: row.instant(4)?,
    })
}

pub(super) fn insert_file(
    tx: &mut Tx<'_>,
    (disclosure, staff): (i64, i64),
    (parts, digest): (&str, &str),
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into disclosure_files (disclosure, parts, digest, sealed, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6) returning id"
        ),
        params![disclosure, parts, digest, sealed, staff, now],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn files(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<FileLine>, Error> {
    Ok(tx.all(
        sql!(
            "select f.id, f.parts, f.digest, s.name, f.made_at
             from disclosure_files f
             join disclosures d on d.id = f.disclosure
             join staff s on s.id = f.made_by
             where d.id = $1 and d.office = $2 order by f.id desc"
        ),
        params![id, office],
        line,
    )?)
}

/// A prepared file, sealed, with its digest.
pub(super) fn file(
    tx: &mut Tx<'_>,
    office: i64,
    (id, file): (i64, i64),
) -> Result<Option<(String, Vec<u8>)>, Error> {
    Ok(tx.one(
        sql!(
            "select f.digest, f.sealed from disclosure_files f
             join disclosures d on d.id = f.disclosure
             where f.id = $3 and d.id = $1 and d.office = $2"
        ),
        params![id, office, file],
        |row| Ok((row.text(0)?, row.bytes(1)?)),
    )?)
}
