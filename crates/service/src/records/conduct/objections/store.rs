//! What the store knows of objections.

use jiff::Timestamp;
use rules::records::objection::{Against, Answer, Way};

use super::{Answered, NewObjection, Objection};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// An objection as it is stored.
pub(super) struct ObjectionRow {
    pub(super) plain: Objection,
    pub(super) recorded_at: Timestamp,
    pub(super) sealed: Vec<u8>,
    pub(super) answer: Option<(Answered, Vec<u8>)>,
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, number): (i64, &str),
    new: &NewObjection,
    (received_by, sealed): (Option<i64>, Vec<u8>),
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into objections (office, application, against, decision, number_digest, way,
                 received_at, recorded_at, received_by, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id"
        ),
        params![
            context.office.id,
            application,
            new.about.0.code(),
            new.about.1,
            number,
            new.way.code(),
            new.received_at,
            context.now,
            received_by,
            sealed
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// The objections about one number, or of the office; the last one first.
pub(super) fn objections(
    tx: &mut Tx<'_>,
    office: i64,
    number: Option<&str>,
) -> Result<Vec<ObjectionRow>, Error> {
    Ok(tx.all(
        sql!(
            "select o.id, o.application, a.receipt, o.against, o.decision, o.way, o.received_at,
                    s.name, o.recorded_at, o.sealed, n.answer, n.until_day, d.name, n.decided_at,
                    n.sealed
             from objections o join applications a on a.id = o.application
             left join staff s on s.id = o.received_by
             left join objection_answers n on n.objection = o.id
             left join staff d on d.id = n.officer
             where o.office = $1 and (cast($2 as text) is null or o.number_digest = $2)
             order by o.id desc"
        ),
        params![office, number],
        |row| {
            Ok(ObjectionRow {
                plain: Objection {
                    id: row.int(0)?,
                    application: row.int(1)?,
                    receipt: row.text(2)?,
                    against: row.parsed(3, Against::parse)?,
                    decision: row.int(4)?,
                    way: row.parsed(5, Way::parse)?,
                    received_at: row.instant(6)?,
                    received_by: row.opt_text(7)?,
                    words: String::new(),
                    answered: None,
                },
                recorded_at: row.instant(8)?,
                sealed: row.bytes(9)?,
                answer: answered(row)?,
            })
        },
    )?)
}

fn answered(row: &Row<'_>) -> Result<Option<(Answered, Vec<u8>)>, StoreError> {
    if row.opt_text(10)?.is_none() {
        return Ok(None);
    }
    let until = row.opt_text(11)?.and_then(|day| day.parse().ok());
    let answer = row.parsed(10, |code| Answer::parse(code, until))?;
    let (officer, at) = (row.text(12)?, row.instant(13)?);
    Ok(Some((Answered { answer, officer, at, reason: String::new() }, row.bytes(14)?)))
}

pub(super) fn is_answered(tx: &mut Tx<'_>, objection: i64) -> Result<bool, Error> {
    let found = tx.one(
        sql!("select 1 from objection_answers where objection = $1"),
        params![objection],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

pub(super) fn insert_answer(
    tx: &mut Tx<'_>,
    context: &Context,
    (objection, answer): (i64, Answer),
    (officer, sealed): (i64, Vec<u8>),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into objection_answers (objection, answer, until_day, officer, decided_at,
                 sealed)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![objection, answer.code(), answer.until(), officer, context.now, sealed],
    )?;
    Ok(())
}
