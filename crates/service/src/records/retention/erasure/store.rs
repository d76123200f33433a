//! What is deleted with what, in an order in which nothing refers to what is gone.

use jiff::Timestamp;

use crate::error::Error;
use crate::store::{Sql, Tx, params, sql};

/// An application with everything but its conduct, which is deleted before it: of an older copy of
/// the store that was put back, with it.
pub(super) const APPLICATION: &[Sql] = &[
    sql!(
        "delete from zoom_signs where application = $1 or meeting in (
             select meeting from zoom_meetings where application = $1)"
    ),
    sql!("delete from zoom_meetings where application = $1"),
    sql!("delete from zoom_sessions where application = $1"),
    sql!("delete from rooms where application = $1"),
    sql!("delete from participants where application = $1"),
    sql!("delete from device_checks where application = $1"),
    sql!("delete from usage_records where application = $1"),
    sql!("delete from letters where application = $1"),
    sql!("delete from duties where application = $1"),
    sql!("delete from holds where application = $1"),
    sql!("delete from stop_moves where application = $1"),
    sql!("delete from kind_changes where application = $1"),
    sql!(
        "delete from sharing_answers where sharing in (
             select id from sharings where application = $1)"
    ),
    sql!("delete from sharings where application = $1"),
    sql!("delete from contacts where application = $1"),
    sql!("delete from facts where application = $1"),
    sql!("delete from appointments where application = $1"),
    sql!("delete from visits where application = $1"),
    sql!("delete from links where application = $1"),
    sql!("delete from consents where application = $1"),
    sql!("delete from condition_decisions where application = $1"),
    sql!("delete from wishes where application = $1"),
    sql!("delete from accesses where application = $1"),
    sql!("delete from disclosure_applications where application = $1"),
    // A hold of a number goes with the last application of that number.
    sql!(
        "delete from legal_holds where application = $1 or number_digest in (
             select a.number_digest from applications a where a.id = $1 and not exists (
                 select 1 from applications o
                 where o.number_digest = a.number_digest and o.office = a.office and o.id <> $1))
           and office in (select office from applications where id = $1)"
    ),
    sql!(
        "delete from retention_items where subject = $1 and batch in (
             select id from retention_batches
             where class in ('unused', 'session', 'technical', 'conduct', 'access'))"
    ),
    sql!("delete from applications where id = $1"),
];

/// What devices and lines told of a session, and the log of what was done for it. A duty that is
/// not done is no log.
pub(super) const TECHNICAL: &[Sql] = &[
    sql!(
        "delete from zoom_signs where application = $1 or meeting in (
             select meeting from zoom_meetings where application = $1)"
    ),
    sql!("delete from zoom_meetings where application = $1"),
    sql!("delete from zoom_sessions where application = $1"),
    sql!("delete from rooms where application = $1"),
    sql!("delete from device_checks where application = $1"),
    sql!(
        "update usage_records set device = null, join_by = null, quality = null
         where application = $1"
    ),
    sql!(
        "delete from duties where application = $1
           and (done_at is not null or given_up_at is not null)"
    ),
];

/// What is on file about conduct with an application.
pub(super) const CONDUCT: &[Sql] = &[
    sql!(
        "delete from objection_answers where objection in (
             select id from objections where application = $1)"
    ),
    sql!("delete from objections where application = $1"),
    sql!(
        "delete from use_endings where application = $1 or incident in (
             select id from incidents where application = $1)"
    ),
    sql!("delete from use_declinings where application = $1"),
    sql!(
        "delete from incident_decisions where incident in (
             select id from incidents where application = $1)"
    ),
    sql!("delete from incidents where application = $1"),
];

/// An entry of the register of disclosures. Who read of it for its sake goes with it: nobody could
/// tell any more whether that was secret.
pub(super) const ENTRY: &[Sql] = &[
    sql!("delete from accesses where disclosure = $1"),
    sql!("delete from legal_holds where disclosure = $1"),
    sql!("delete from disclosure_files where disclosure = $1"),
    sql!("delete from disclosure_applications where disclosure = $1"),
    sql!("delete from disclosure_revisions where disclosure = $1"),
    sql!("delete from disclosures where id = $1"),
];

/// That a person asked for the own records.
pub(super) const OWN_REQUEST: &[Sql] = &[sql!("delete from own_requests where id = $1")];

/// That sums were taken out.
pub(super) const REPORT: &[Sql] = &[sql!("delete from reports where id = $1")];

pub(super) fn erase(tx: &mut Tx<'_>, statements: &[Sql], id: i64) -> Result<(), Error> {
    for statement in statements {
        tx.execute(*statement, params![id])?;
    }
    Ok(())
}

pub(super) fn erase_accesses(tx: &mut Tx<'_>, id: i64, before: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("delete from accesses where application = $1 and at < $2"),
        params![id, before],
    )?;
    Ok(())
}
