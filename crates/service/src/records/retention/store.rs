//! What the store knows of batches, of what stands in them, and of what was deleted.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::records::retention::{Keeper, RecordClass};

use super::{Batch, Decision, Number, Tombstone};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn insert_batch(
    tx: &mut Tx<'_>,
    context: &Context,
    (class, as_of, months): (RecordClass, Date, u16),
    staff: i64,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into retention_batches (office, class, as_of, months, listed_by, listed_at,
                 deleted)
             values ($1, $2, $3, $4, $5, $6, 0) returning id"
        ),
        params![context.office.id, class.code(), as_of, months, staff, context.now],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// Of a batch: the number of a record, when it was closed, and what keeps it back.
#[derive(Clone, Copy, Debug)]
pub(super) struct ItemRow {
    pub(super) subject: i64,
    pub(super) closed_on: Date,
    pub(super) keeper: Option<Keeper>,
    /// Whether that was found only when the batch was carried out.
    pub(super) is_left: bool,
}

pub(super) fn insert_item(tx: &mut Tx<'_>, batch: i64, item: ItemRow) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into retention_items (batch, subject, closed_on, keeper, is_left)
             values ($1, $2, $3, $4, $5)"
        ),
        params![batch, item.subject, item.closed_on, item.keeper.map(Keeper::code), item.is_left],
    )?;
    Ok(())
}

fn item(row: &Row<'_>) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        subject: row.int(0)?,
        closed_on: row.date(1)?,
        keeper: row.opt_parsed(2, Keeper::parse)?,
        is_left: row.bool(3)?,
    })
}

pub(super) fn items(tx: &mut Tx<'_>, batch: i64) -> Result<Vec<ItemRow>, Error> {
    Ok(tx.all(
        sql!(
            "select subject, closed_on, keeper, is_left from retention_items
             where batch = $1 order by closed_on, subject"
        ),
        params![batch],
        item,
    )?)
}

/// What is still to be deleted of a batch.
pub(super) fn items_to_delete(
    tx: &mut Tx<'_>,
    batch: i64,
    at_most: u16,
) -> Result<Vec<ItemRow>, Error> {
    Ok(tx.all(
        sql!(
            "select subject, closed_on, keeper, is_left from retention_items
             where batch = $1 and keeper is null order by closed_on, subject limit $2"
        ),
        params![batch, at_most],
        item,
    )?)
}

pub(super) fn leave_item(
    tx: &mut Tx<'_>,
    batch: i64,
    subject: i64,
    keeper: Keeper,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update retention_items set keeper = $3, is_left = true
             where batch = $1 and subject = $2"
        ),
        params![batch, subject, keeper.code()],
    )?;
    Ok(())
}

pub(super) fn delete_item(tx: &mut Tx<'_>, batch: i64, subject: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from retention_items where batch = $1 and subject = $2"),
        params![batch, subject],
    )?;
    Ok(())
}

/// A batch, and the sealed reason of a rejection.
pub(super) type SealedBatch = (Batch, Option<Vec<u8>>);

fn batch(row: &Row<'_>) -> Result<SealedBatch, StoreError> {
    let number = row.opt_int(9)?.zip(row.opt_int(10)?);
    // Only what was approved has a number.
    let decision = row.opt_text(7)?.zip(row.opt_instant(8)?).map(|(officer, at)| Decision {
        officer,
        at,
        approved: number.is_some(),
        reason: String::new(),
    });
    let batch = Batch {
        id: row.int(0)?,
        class: row.parsed(1, RecordClass::parse)?,
        as_of: row.date(2)?,
        months: row.small(3)?,
        listed_by: (row.int(4)?, row.text(5)?),
        listed_at: row.instant(6)?,
        decision,
        number,
        deleted: row.int(11)?,
        finished_at: row.opt_instant(12)?,
        digest: row.opt_text(13)?,
        listed: row.int(15)?,
        kept_back: row.int(16)?,
    };
    Ok((batch, row.opt_bytes(14)?))
}

/// Every batch of the office, the latest first.
pub(super) fn batches(tx: &mut Tx<'_>, office: i64) -> Result<Vec<SealedBatch>, Error> {
    Ok(tx.all(
        sql!(
            "select b.id, b.class, b.as_of, b.months, b.listed_by, l.name, b.listed_at, d.name,
                    b.decided_at, b.year, b.serial, b.deleted, b.finished_at, b.digest,
                    b.sealed_reason,
                    (select count(*) from retention_items i
                     where i.batch = b.id and i.keeper is null),
                    coalesce(b.kept, (select count(*) from retention_items i
                                      where i.batch = b.id and i.keeper is not null))
             from retention_batches b
             join staff l on l.id = b.listed_by left join staff d on d.id = b.decided_by
             where b.office = $1 order by b.id desc"
        ),
        params![office],
        batch,
    )?)
}

pub(super) fn one_batch(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
) -> Result<Option<SealedBatch>, Error> {
    Ok(tx.one(
        sql!(
            "select b.id, b.class, b.as_of, b.months, b.listed_by, l.name, b.listed_at, d.name,
                    b.decided_at, b.year, b.serial, b.deleted, b.finished_at, b.digest,
                    b.sealed_reason,
                    (select count(*) from retention_items i
                     where i.batch = b.id and i.keeper is null),
                    coalesce(b.kept, (select count(*) from retention_items i
                                      where i.batch = b.id and i.keeper is not null))
             from retention_batches b
             join staff l on l.id = b.listed_by left join staff d on d.id = b.decided_by
             where b.id = $2 and b.office = $1"
        ),
        params![office, id],
        batch,
    )?)
}

/// Approves a batch under a number, or rejects it with a reason; whether it was undecided.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    number: Option<Number>,
    sealed_reason: Option<Vec<u8>>,
) -> Result<bool, Error> {
    let decided = tx.execute(
        sql!(
            "update retention_batches set decided_by = $3, decided_at = $4, approved = $5,
                 year = $6, serial = $7, sealed_reason = $8
             where id = $1 and office = $2 and decided_at is null"
        ),
        params![
            id,
            context.office.id,
            staff,
            context.now,
            number.is_some(),
            number.map(|(year, _)| year),
            number.map(|(_, serial)| serial),
            sealed_reason
        ],
    )?;
    Ok(decided == 1)
}

/// The last number of a certificate in a year: of a batch, or of one that only the file beside the
/// keys still tells of.
pub(super) fn last_serial(tx: &mut Tx<'_>, office: i64, year: i64) -> Result<i64, Error> {
    let of_batches = tx.one(
        sql!("select max(serial) from retention_batches where office = $1 and year = $2"),
        params![office, year],
        |row| row.opt_int(0),
    )?;
    let of_tombstones = tx.one(
        sql!("select max(serial) from retention_tombstones where office = $1 and year = $2"),
        params![office, year],
        |row| row.opt_int(0),
    )?;
    Ok(of_batches.flatten().max(of_tombstones.flatten()).unwrap_or_default())
}

/// The oldest batch, of any office, that is approved and not finished: its number and its office.
pub(super) fn next_approved(tx: &mut Tx<'_>) -> Result<Option<(i64, i64)>, Error> {
    Ok(tx.one(
        sql!(
            "select id, office from retention_batches
             where approved and finished_at is null order by decided_at, id limit 1"
        ),
        params![],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?)
}

pub(super) fn count_deleted(tx: &mut Tx<'_>, batch: i64, more: i64) -> Result<(), Error> {
    tx.execute(
        sql!("update retention_batches set deleted = deleted + $2 where id = $1"),
        params![batch, more],
    )?;
    Ok(())
}

pub(super) fn finish(
    tx: &mut Tx<'_>,
    batch: i64,
    now: Timestamp,
    digest: &str,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update retention_batches set finished_at = $2, digest = $3, kept = (
                 select count(*) from retention_items where batch = $1)
             where id = $1"
        ),
        params![batch, now, digest],
    )?;
    Ok(())
}

pub(super) fn insert_tombstone(
    tx: &mut Tx<'_>,
    office: i64,
    tombstone: &Tombstone,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into retention_tombstones (office, class, year, serial, over_before, mark,
                 deleted_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing"
        ),
        params![
            office,
            tombstone.class.code(),
            tombstone.number.0,
            tombstone.number.1,
            tombstone.over_before,
            tombstone.mark.as_str(),
            tombstone.deleted_at
        ],
    )?;
    Ok(())
}

/// Every record that was deleted, with the short name of its office.
pub(super) fn tombstones(tx: &mut Tx<'_>) -> Result<Vec<Tombstone>, Error> {
    Ok(tx.all(
        sql!(
            "select o.slug, t.class, t.year, t.serial, t.over_before, t.mark, t.deleted_at
             from retention_tombstones t join offices o on o.id = t.office
             order by t.deleted_at, t.mark"
        ),
        params![],
        |row| {
            Ok(Tombstone {
                office: row.text(0)?,
                class: row.parsed(1, RecordClass::parse)?,
                number: (row.int(2)?, row.int(3)?),
                over_before: row.date(4)?,
                mark: row.text(5)?,
                deleted_at: row.instant(6)?,
            })
        },
    )?)
}

/// The marks of what was deleted under a certificate, in their order.
pub(super) fn marks_of(
    tx: &mut Tx<'_>,
    office: i64,
    (year, serial): Number,
) -> Result<Vec<String>, Error> {
    let mut marks = tx.all(
        sql!(
            "select mark from retention_tombstones
             where office = $1 and year = $2 and serial = $3"
        ),
        params![office, year, serial],
        |row| row.text(0),
    )?;
    // Here and not in the store, whose engines order text differently.
    marks.sort();
    Ok(marks)
}

/// Under which certificate an application with this mark was deleted as a whole, and when.
pub(super) fn deleted_under(
    tx: &mut Tx<'_>,
    mark: &str,
) -> Result<Option<(Number, Timestamp)>, Error> {
    Ok(tx.one(
        sql!(
            "select year, serial, deleted_at from retention_tombstones
             where mark = $1 and class in ('unused', 'session')
             order by deleted_at limit 1"
        ),
        params![mark],
        |row| Ok(((row.int(0)?, row.int(1)?), row.instant(2)?)),
    )?)
}
