//! What the store knows of sharing.

use jiff::Timestamp;
use rules::terms::personal_data::{Answer, AskedWay, Medium, PartnerKind};

use super::{NewHandover, NewPartner, Partner, RegisterLine};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// The register shows so many questions at most, the latest ones.
const REGISTER_AT_MOST: i64 = 500;

pub(super) fn partners(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Partner>, Error> {
    Ok(tx.all(
        sql!(
            "select id, kind, name, contact, retired_at from sharing_partners
             where office = $1 order by id"
        ),
        params![office],
        |row| partner(row, 0),
    )?)
}

/// A partner in five columns from `first` on.
fn partner(row: &Row<'_>, first: usize) -> Result<Partner, StoreError> {
    Ok(Partner {
        id: row.int(first)?,
        kind: row.parsed(first + 1, PartnerKind::parse)?,
        name: row.text(first + 2)?,
        contact: row.text(first + 3)?,
        retired_at: row.opt_instant(first + 4)?,
    })
}

pub(super) fn insert_partner(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewPartner,
    officer: i64,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into sharing_partners (office, kind, name, contact, added_by, added_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            context.office.id,
            new.kind.code(),
            new.name.reveal(),
            new.contact.reveal(),
            officer,
            context.now
        ],
    )?;
    Ok(())
}

pub(super) fn retire_partner(
    tx: &mut Tx<'_>,
    partner: i64,
    (officer, now): (i64, Timestamp),
) -> Result<(), Error> {
    tx.execute(
        sql!("update sharing_partners set retired_by = $2, retired_at = $3 where id = $1"),
        params![partner, officer, now],
    )?;
    Ok(())
}

/// Makes the row of a question; what is sealed is bound to its number and follows.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, partner): (i64, i64),
    (asked_at, officer): (Timestamp, i64),
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into sharings (office, application, partner, asked_at, asked_by, sealed)
             values ($1, $2, $3, $4, $5, $6) returning id"
        ),
        params![context.office.id, application, partner, asked_at, officer, Vec::<u8>::new()],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn keep_sealed(tx: &mut Tx<'_>, id: i64, sealed: Vec<u8>) -> Result<(), Error> {
    tx.execute(sql!("update sharings set sealed = $2 where id = $1"), params![id, sealed])?;
    Ok(())
}

pub(super) fn insert_answer(
    tx: &mut Tx<'_>,
    sharing: i64,
    answer: &Answer,
    (now, staff): (Timestamp, Option<i64>),
    sealed: Option<Vec<u8>>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into sharing_answers (sharing, reply, way, at, recorded_at, staff, sealed)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![sharing, answer.reply.code(), answer.way.code(), answer.at, now, staff, sealed],
    )?;
    Ok(())
}

pub(super) fn share(
    tx: &mut Tx<'_>,
    id: i64,
    new: &NewHandover,
    officer: i64,
    sealed: Vec<u8>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update sharings set shared_at = $2, shared_by = $3, medium = $4, digest = $5,
                 sealed_shared = $6
             where id = $1"
        ),
        params![
            id,
            new.handover.at,
            officer,
            new.medium.code(),
            new.digest.as_ref().map(|digest| digest.to_ascii_lowercase()),
            sealed
        ],
    )?;
    Ok(())
}

pub(super) fn note_told(
    tx: &mut Tx<'_>,
    id: i64,
    (officer, now): (i64, Timestamp),
) -> Result<(), Error> {
    tx.execute(
        sql!("update sharings set told_at = $2, told_by = $3 where id = $1"),
        params![id, now, officer],
    )?;
    Ok(())
}

/// A question as it is stored.
pub(super) struct SharingRow {
    pub(super) id: i64,
    pub(super) partner: Partner,
    pub(super) asked_at: Timestamp,
    pub(super) asked_by: String,
    pub(super) sealed: Vec<u8>,
    pub(super) shared: Option<SharedRow>,
    pub(super) told: Option<(Timestamp, String)>,
}

/// What was told, as it is stored.
pub(super) struct SharedRow {
    pub(super) at: Timestamp,
    pub(super) by: String,
    pub(super) medium: Medium,
    pub(super) digest: Option<String>,
    pub(super) sealed: Vec<u8>,
}

/// The questions of an application of this office.
pub(super) fn of_application(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
) -> Result<Vec<SharingRow>, Error> {
    Ok(tx.all(
        sql!(
            "select s.id, s.asked_at, a.name, s.sealed, s.shared_at, b.name, s.medium, s.digest,
                    s.sealed_shared, s.told_at, t.name, p.id, p.kind, p.name, p.contact,
                    p.retired_at
             from sharings s
             join sharing_partners p on p.id = s.partner
             join staff a on a.id = s.asked_by
             left join staff b on b.id = s.shared_by
             left join staff t on t.id = s.told_by
             where s.application = $1 and s.office = $2 order by s.id"
        ),
        params![application, office],
        |row| {
            let shared = match (row.opt_instant(4)?, row.opt_text(5)?, row.opt_bytes(8)?) {
                (Some(at), Some(by), Some(sealed)) => {
                    let medium = row.parsed(6, Medium::parse)?;
                    Some(SharedRow { at, by, medium, digest: row.opt_text(7)?, sealed })
                }
                _ => None,
            };
            Ok(SharingRow {
                id: row.int(0)?,
                partner: partner(row, 11)?,
                asked_at: row.instant(1)?,
                asked_by: row.text(2)?,
                sealed: row.bytes(3)?,
                shared,
                told: row.opt_instant(9)?.zip(row.opt_text(10)?),
            })
        },
    )?)
}

/// An answer as it is stored.
pub(super) struct AnswerRow {
    pub(super) reply: String,
    pub(super) way: AskedWay,
    pub(super) at: Timestamp,
    pub(super) staff: Option<String>,
    pub(super) sealed: Option<Vec<u8>>,
}

pub(super) fn answers(tx: &mut Tx<'_>, sharing: i64) -> Result<Vec<AnswerRow>, Error> {
    Ok(tx.all(
        sql!(
            "select n.reply, n.way, n.at, s.name, n.sealed from sharing_answers n
             left join staff s on s.id = n.staff
             where n.sharing = $1 order by n.id"
        ),
        params![sharing],
        |row| {
            Ok(AnswerRow {
                reply: row.text(0)?,
                way: row.parsed(1, AskedWay::parse)?,
                at: row.instant(2)?,
                staff: row.opt_text(3)?,
                sealed: row.opt_bytes(4)?,
            })
        },
    )?)
}

pub(super) fn register(tx: &mut Tx<'_>, office: i64) -> Result<Vec<RegisterLine>, Error> {
    Ok(tx.all(
        sql!(
            "select s.application, a.receipt, p.name, s.asked_at, o.name,
                    (select n.reply from sharing_answers n where n.sharing = s.id
                     order by n.id desc limit 1),
                    s.shared_at, s.told_at
             from sharings s
             join applications a on a.id = s.application
             join sharing_partners p on p.id = s.partner
             join staff o on o.id = s.asked_by
             where s.office = $1 order by s.id desc limit $2"
        ),
        params![office, REGISTER_AT_MOST],
        |row| {
            Ok(RegisterLine {
                application: row.int(0)?,
                receipt: row.text(1)?,
                partner: row.text(2)?,
                asked_at: row.instant(3)?,
                asked_by: row.text(4)?,
                reply: row.opt_text(5)?,
                shared_at: row.opt_instant(6)?,
                told_at: row.opt_instant(7)?,
            })
        },
    )?)
}

/// How many partners were told something, and not that the person took it back.
pub(super) fn untold(tx: &mut Tx<'_>, office: i64) -> Result<usize, Error> {
    let count = tx.one(
        sql!(
            "select count(*) from sharings s
             where s.office = $1 and s.shared_at is not null and s.told_at is null
               and 'withdrawn' = (select n.reply from sharing_answers n
                                  where n.sharing = s.id order by n.id desc limit 1)"
        ),
        params![office],
        |row| row.small(0),
    )?;
    Ok(count.unwrap_or_default())
}
