//! Everything that is held of a session beside its appointment, for whoever may have it told
//! (article 5(2), and 個人情報保護法76条). Links and what Zoom knows people by are not in it.

use serde_json::{Value, json};

use super::{RoomKey, device_check, quality, store, zoom};
use crate::app::Context;
use crate::appointment;
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// Everything that is held of a session: the check of the device, who was asked along, how the
/// lines were, and what was seen of a meeting.
///
/// # Errors
/// Faults of the store.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Value, Error> {
    let checked = device_check(tx, context, application)?;
    let mut checked = serde_json::to_value(&checked).map_err(anyhow::Error::from)?;
    if let Some(at) = device_check(tx, context, application)?.map(|check| check.at) {
        checked["at"] = json!(Moment::from(at));
    }
    let mut told = json!({
        "device_check": checked,
        "participants": store::every_participant(tx, application, context.office.id)?,
    });
    let Some(session) = appointment::find_session(tx, context, application)? else {
        return Ok(told);
    };
    let key = RoomKey { application, start: session.slot.start };
    told["quality"] = json!(quality(tx, context, application)?.map(|level| level.code()));
    told["met_at"] = json!(super::met(tx, key)?.map(Moment::from));
    told["meeting_seen"] = zoom::everything_of(tx, application)?;
    Ok(told)
}
