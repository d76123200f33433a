//! What the store knows of usage records.

use rules::terms::usage_records::UsageRecord;
use serde_json::{Value, json};

use crate::app::Context;
use crate::error::Error;
use crate::store::{StoreError, Tx, params, sql};
use crate::terms::trial::Moment;

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

/// The usage record of a session as it is told; null when there is none.
pub(super) fn usage(tx: &mut Tx<'_>, office: i64, application: i64) -> Result<Value, Error> {
    let record = tx.one(
        sql!(
            "select planned_start, planned_end, actual_start, actual_end, device, join_by, outcome,
                    quality, recorded_at
             from usage_records where application = $1 and office = $2"
        ),
        params![application, office],
        |row| {
            let moment = |column| Ok::<_, StoreError>(row.opt_instant(column)?.map(Moment::from));
            Ok(json!({
                "planned_start": moment(0)?,
                "planned_end": moment(1)?,
                "actual_start": moment(2)?,
                "actual_end": moment(3)?,
                "device": row.opt_text(4)?,
                "join_by": row.opt_text(5)?,
                "outcome": row.opt_text(6)?,
                "quality": row.opt_text(7)?,
                "recorded_at": moment(8)?,
            }))
        },
    )?;
    Ok(record.unwrap_or(Value::Null))
}

pub(super) fn delete(tx: &mut Tx<'_>, office: i64, application: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from usage_records where application = $1 and office = $2"),
        params![application, office],
    )?;
    Ok(())
}
