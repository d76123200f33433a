//! Who may have been kept away because nobody served (article 9(6)).

use jiff::SignedDuration;
use rules::appointment::{Absence, outage_of};
use rules::schedule::Slot;

use super::{load, record, store};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// An appointment of which nothing was heard yet.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Number of the application.
    pub application: i64,
    /// Number of the office.
    pub office: i64,
    /// When it takes place.
    pub slot: Slot,
}

/// A door opens on the day of its session at the earliest, so its limit is hardly a day away.
const DOOR_TO_LIMIT: SignedDuration = SignedDuration::from_hours(26);

/// The appointments of which nothing was heard and whose door an absence may have shut, with others
/// of about that time.
///
/// # Errors
/// Faults of the store.
pub fn waiting_during(tx: &mut Tx<'_>, absence: Absence) -> Result<Vec<Waiting>, Error> {
    let until = absence.until.checked_add(DOOR_TO_LIMIT).unwrap_or(absence.until);
    store::waiting_for_limit(tx, absence.from, until)
}

/// Records the outage, if the absence shut the door of this appointment. Answers whether it did.
///
/// # Errors
/// As [`record`].
pub fn note_absence(
    tx: &mut Tx<'_>,
    context: &Context,
    one: Waiting,
    absence: Absence,
) -> Result<bool, Error> {
    let practice = &context.office.practice;
    let booked = load(tx, context, one.application)?;
    let rules = booked.rules(context)?;
    let Some(outage) = outage_of(&booked.appointment, rules, practice, absence) else {
        return Ok(false);
    };
    record(tx, context, one.application, outage, None)?;
    Ok(true)
}
