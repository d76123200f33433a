//! What the store knows of marks.

use rules::application::Course;

use super::Marks;
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn marks(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Marks>, Error> {
    Ok(tx.one(
        sql!("select number_digest, name_digest from applications where id = $1 and office = $2"),
        params![id, office],
        |row| Ok(Marks { number: row.text(0)?, name: row.text(1)? }),
    )?)
}

pub(super) fn of_person(
    tx: &mut Tx<'_>,
    office: i64,
    marks: &Marks,
) -> Result<Vec<(i64, Course)>, Error> {
    Ok(tx.all(
        sql!(
            "select id, course from applications
             where office = $1 and number_digest = $2 and name_digest = $3 order by id"
        ),
        params![office, marks.number.as_str(), marks.name.as_str()],
        |row| Ok((row.int(0)?, row.parsed(1, Course::parse)?)),
    )?)
}
