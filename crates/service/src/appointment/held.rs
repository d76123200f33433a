//! Everything that is held of an appointment, for whoever may have it told (article 5(2), and
//! 個人情報保護法76条). How to join is a credential and not in it.

use serde_json::{Value, json};

use super::{contact_lines, fact_lines, find_session, same_day_reason, store};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// Everything that is held of an appointment, with its facts, undone ones included; null when there
/// is none.
///
/// # Errors
/// Faults of the store.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Value, Error> {
    let Some(session) = find_session(tx, context, application)? else { return Ok(Value::Null) };
    let booked = store::load(tx, application, context.office.id)?.ok_or(Error::Missing)?;
    let announced = booked.appointment.announced;
    let facts: Vec<Value> = fact_lines(tx, context, application)?
        .into_iter()
        .map(|line| {
            json!({
                "what": line.what.code(),
                "at": Moment::from(line.at),
                "recorded_at": Moment::from(line.recorded_at),
                "staff": line.staff,
                "retracted_reason": line.retracted,
                "retracted_by": line.retracted_by,
            })
        })
        .collect();
    Ok(json!({
        "start": Moment::from(session.slot.start),
        "minutes": session.slot.minutes,
        "alias": session.alias.reveal(),
        "counsellor": session.counsellor.1,
        "standing": session.standing.code(),
        "announced_start": announced.map(|it| Moment::from(it.slot.start)),
        "announced_times": session.sequence,
        "terms": session.terms_version,
        "channel": crate::session::channel(tx, context, application)?.code(),
        "joining_told": session.joining.is_some(),
        "same_day_reason": same_day_reason(tx, context, application)?,
        "began_at": session.began_at.map(Moment::from),
        "ended_at": session.ended_at.map(Moment::from),
        "facts": facts,
    }))
}

/// The log of calls about an application, the first one first.
///
/// # Errors
/// Faults of the store.
pub fn contacts_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Value, Error> {
    let lines = contact_lines(tx, context, application)?;
    let told = lines.into_iter().rev().map(|line| {
        json!({
            "purpose": line.purpose.code(),
            "at": Moment::from(line.at),
            "recorded_at": Moment::from(line.recorded_at),
            "staff": line.staff,
            "note": line.note,
        })
    });
    Ok(told.collect())
}
