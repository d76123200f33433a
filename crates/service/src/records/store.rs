//! What the store knows of usage records.

use rules::terms::usage_records::UsageRecord;

use crate::app::Context;
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn upsert(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    record: &UsageRecord,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into usage_records (application, office, planned_start, planned_end,
                 actual_start, actual_end, device, join_by, outcome, recorded_at, quality)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (application) do update set planned_start = $3, planned_end = $4,
                 actual_start = $5, actual_end = $6, device = $7, join_by = $8, outcome = $9,
                 recorded_at = $10, quality = coalesce($11, usage_records.quality)"
        ),
        params![
            application,
            context.office.id,
            record.planned_start,
            record.planned_end,
            record.actual_start,
            record.actual_end,
            record.device.map(|device| device.code()),
            record.join_by.map(|join_by| join_by.code()),
            record.outcome.map(|outcome| outcome.code()),
            context.now,
            record.quality.map(|quality| quality.code())
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, office: i64, application: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from usage_records where application = $1 and office = $2"),
        params![application, office],
    )?;
    Ok(())
}
