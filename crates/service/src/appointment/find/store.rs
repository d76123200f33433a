//! The question that finds applications.

use jiff::Timestamp;
use rules::application::Course;
use rules::appointment::Standing;
use rules::people::Language;

use super::{Deemed, Found};
use crate::appointment::store::{alias, slot};
use crate::error::Error;
use crate::store::{Tx, params, sql};

/// What is looked for; what is empty finds nothing.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) office: i64,
    pub(super) now: Timestamp,
    pub(super) number: String,
    pub(super) receipt: String,
    pub(super) alias: String,
    pub(super) name: String,
    pub(super) email: String,
}

pub(super) fn find(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Vec<Found>, Error> {
    Ok(tx.all(
        sql!(
            "select a.id, a.receipt, a.course, a.language, p.start_at, p.minutes, p.alias,
                    p.announced_standing
             from applications a left join appointments p on p.application = a.id
             where a.office = $1 and a.id in (
                 select id from applications where number_digest = $2
                 union select id from applications where receipt = $3
                 union select id from applications where name_digest = $5
                 union select id from applications where kana_digest = $5
                 union select id from applications where email_digest = $7
                 union select application from appointments where office = $1 and alias = $4)
             order by case when p.start_at >= $6 then 0 else 1 end,
                      case when p.start_at >= $6 then p.start_at else -a.received_at end
             limit 50"
        ),
        params![
            wanted.office,
            wanted.number.as_str(),
            wanted.receipt.as_str(),
            wanted.alias.as_str(),
            wanted.name.as_str(),
            wanted.now,
            wanted.email.as_str()
        ],
        |row| {
            let session = match row.opt_instant(4)? {
                Some(_) => {
                    Some((slot(row, 4, 5)?, row.parsed(6, alias)?, row.parsed(7, Standing::parse)?))
                }
                None => None,
            };
            Ok(Found {
                application: row.int(0)?,
                receipt: row.text(1)?,
                course: row.parsed(2, Course::parse)?,
                language: row.parsed(3, Language::parse)?,
                session,
            })
        },
    )?)
}

pub(super) fn deemed_of_number(
    tx: &mut Tx<'_>,
    office: i64,
    number_digest: &str,
) -> Result<Vec<Deemed>, Error> {
    Ok(tx.all(
        sql!(
            "select a.id, a.receipt, p.start_at, p.minutes
             from applications a join appointments p on p.application = a.id
             where a.office = $1 and a.number_digest = $2
               and p.announced_standing = 'deemed_cancelled' order by p.start_at desc"
        ),
        params![office, number_digest],
        |row| {
            Ok(Deemed { application: row.int(0)?, receipt: row.text(1)?, slot: slot(row, 2, 3)? })
        },
    )?)
}

pub(super) fn deemed_by_number(
    tx: &mut Tx<'_>,
    office: i64,
) -> Result<Vec<(String, usize)>, Error> {
    Ok(tx.all(
        sql!(
            "select a.number_digest, count(*)
             from applications a join appointments p on p.application = a.id
             where a.office = $1 and p.announced_standing = 'deemed_cancelled'
             group by a.number_digest"
        ),
        params![office],
        |row| Ok((row.text(0)?, usize::try_from(row.int(1)?).unwrap_or_default())),
    )?)
}
