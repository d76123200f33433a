//! What the store holds of an application beside what everybody reads.

use jiff::Timestamp;
use rules::terms::eligibility::Condition;
use serde_json::{Value, json};

use super::Access;
use crate::app::Context;
use crate::error::Error;
use crate::store::{Tx, params, sql};
use crate::terms::trial::Moment;

pub(super) fn of_number(tx: &mut Tx<'_>, office: i64, digest: &str) -> Result<Vec<i64>, Error> {
    Ok(tx.all(
        sql!("select id from applications where number_digest = $1 and office = $2 order by id"),
        params![digest, office],
        |row| row.int(0),
    )?)
}

/// When it was answered, and who typed it.
pub(super) fn origin(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
) -> Result<(Option<Timestamp>, Option<String>), Error> {
    let origin = tx.one(
        sql!(
            "select a.answered_at, s.name from applications a
             left join staff s on s.id = a.entered_by where a.id = $1 and a.office = $2"
        ),
        params![id, office],
        |row| Ok((row.opt_instant(0)?, row.opt_text(1)?)),
    )?;
    origin.ok_or(Error::Missing)
}

pub(super) fn decisions(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<Value>, Error> {
    Ok(tx.all(
        sql!(
            "select d.condition, d.met, s.name, d.decided_at from condition_decisions d
             join applications a on a.id = d.application
             join staff s on s.id = d.officer
             where a.id = $1 and a.office = $2 order by d.id"
        ),
        params![id, office],
        |row| {
            let condition = row.parsed(0, Condition::parse)?;
            Ok(json!({
                "condition": condition.code(),
                "met": row.bool(1)?,
                "staff": row.text(2)?,
                "at": Moment::from(row.instant(3)?),
            }))
        },
    )?)
}

pub(super) fn accesses(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<Access>, Error> {
    Ok(tx.all(
        sql!(
            "select s.name, e.act, e.at, e.disclosure from accesses e
             join staff s on s.id = e.staff
             where e.application = $1 and e.office = $2 order by e.at, e.id"
        ),
        params![id, office],
        |row| {
            Ok(Access {
                staff: row.text(0)?,
                act: row.text(1)?,
                at: row.instant(2)?,
                disclosure: row.opt_int(3)?,
            })
        },
    )?)
}

pub(super) fn insert_access_for(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff, disclosure): (i64, i64, i64),
    act: &str,
) -> Result<(), Error> {
    let noted = tx.execute(
        sql!(
            "insert into accesses (office, staff, application, act, at, disclosure)
             select office, cast($2 as bigint), id, cast($4 as text), cast($5 as bigint),
                    cast($6 as bigint)
             from applications where id = $3 and office = $1"
        ),
        params![context.office.id, staff, id, act, context.now, disclosure],
    )?;
    if noted == 0 { Err(Error::Missing) } else { Ok(()) }
}
