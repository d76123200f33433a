//! Which records may be past their period.

use jiff::Timestamp;
use rules::application::Course;
use rules::appointment::Standing;
use rules::records::retention::RecordClass;

use super::Told;
use crate::error::Error;
use crate::store::{Sql, Tx, params, sql};

const UNUSED: Sql = sql!(
    "select id from applications
     where office = $1 and course in ('declined', 'withdrawn', 'to_visit', 'to_telephone')
       and coalesce(answered_at, received_at) < $2
     order by coalesce(answered_at, received_at), id"
);
const SESSIONS: Sql = sql!(
    "select application from appointments
     where office = $1 and start_at < $2
       and announced_standing not in ('waiting', 'in_contact', 'present')
     order by start_at, application"
);
/// Those of which something technical is left.
const TECHNICAL: Sql = sql!(
    "select p.application from appointments p
     where p.office = $1 and p.start_at < $2
       and p.announced_standing not in ('waiting', 'in_contact', 'present')
       and (exists (select 1 from device_checks t where t.application = p.application)
         or exists (select 1 from rooms t where t.application = p.application)
         or exists (select 1 from zoom_meetings t where t.application = p.application)
         or exists (select 1 from zoom_sessions t where t.application = p.application)
         or exists (select 1 from zoom_signs t where t.application = p.application)
         or exists (select 1 from usage_records t where t.application = p.application
                      and (t.device is not null or t.join_by is not null
                        or t.quality is not null))
         or exists (select 1 from duties t where t.application = p.application
                      and (t.done_at is not null or t.given_up_at is not null)))
     order by p.start_at, p.application"
);
const CONDUCT: Sql = sql!(
    "select application from incidents where office = $1 and recorded_at < $2
     union select application from use_declinings where office = $1 and decided_at < $2
     union select application from use_endings where office = $1 and decided_at < $2
     order by 1"
);
const DISCLOSURES: Sql = sql!(
    "select id from disclosures where office = $1 and entered_at < $2 order by entered_at, id"
);
const OWN_REQUESTS: Sql =
    sql!("select id from own_requests where office = $1 and made_at < $2 order by made_at, id");
const ACCESSES: Sql = sql!(
    "select application from accesses where office = $1 and at < $2
     group by application order by min(at), application"
);
const REPORTS: Sql =
    sql!("select id from reports where office = $1 and at < $2 and not is_public order by at, id");

pub(super) fn candidates(
    tx: &mut Tx<'_>,
    office: i64,
    class: RecordClass,
    before: Timestamp,
) -> Result<Vec<i64>, Error> {
    let question = match class {
        RecordClass::Unused => UNUSED,
        RecordClass::Session => SESSIONS,
        RecordClass::Technical => TECHNICAL,
        RecordClass::Conduct => CONDUCT,
        RecordClass::Disclosure => DISCLOSURES,
        RecordClass::OwnRequest => OWN_REQUESTS,
        RecordClass::Access => ACCESSES,
        RecordClass::Report => REPORTS,
    };
    Ok(tx.all(question, params![office, before], |row| row.int(0))?)
}

pub(super) fn told(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Told>, Error> {
    Ok(tx.one(
        sql!(
            "select a.receipt, a.course, coalesce(a.answered_at, a.received_at), p.start_at,
                    p.announced_standing,
                    (select min(e.at) from accesses e where e.application = a.id)
             from applications a left join appointments p on p.application = a.id
             where a.id = $1 and a.office = $2"
        ),
        params![id, office],
        |row| {
            Ok(Told {
                receipt: row.text(0)?,
                course: row.parsed(1, Course::parse)?,
                answered_at: row.instant(2)?,
                session: row.opt_instant(3)?.zip(row.opt_parsed(4, Standing::parse)?),
                read_at: row.opt_instant(5)?,
            })
        },
    )?)
}

/// When a report was taken out that is not public.
pub(super) fn report(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Timestamp>, Error> {
    Ok(tx.one(
        sql!("select at from reports where id = $1 and office = $2 and not is_public"),
        params![id, office],
        |row| row.instant(0),
    )?)
}

/// The records of a class after this number, whatever their age: each with its number in the store.
pub(in crate::records::retention) fn after(
    tx: &mut Tx<'_>,
    office: i64,
    class: RecordClass,
    (id, at_most): (i64, u16),
) -> Result<Vec<i64>, Error> {
    let question = match class {
        RecordClass::Disclosure => {
            sql!("select id from disclosures where office = $1 and id > $2 order by id limit $3")
        }
        RecordClass::OwnRequest => {
            sql!("select id from own_requests where office = $1 and id > $2 order by id limit $3")
        }
        RecordClass::Report => {
            sql!("select id from reports where office = $1 and id > $2 order by id limit $3")
        }
        _ => sql!("select id from applications where office = $1 and id > $2 order by id limit $3"),
    };
    Ok(tx.all(question, params![office, id, at_most], |row| row.int(0))?)
}
