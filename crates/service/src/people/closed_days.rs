//! Days on which an office is closed on its own account (article 2(2): the office arranges).

use jiff::civil::Date;
use rules::people::FreeText;

use super::store;
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// A closed day, as the desk lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// The day.
    pub day: Date,
    /// Why, in a few words for colleagues.
    pub note: String,
}

/// The closed days of an office from a day on.
///
/// # Errors
/// Faults of the store.
pub fn closed_days(
    tx: &mut Tx<'_>,
    context: &Context,
    from: Date,
) -> Result<Vec<ClosedDay>, Error> {
    store::closed_days(tx, context.office.id, from)
}

/// Closes the office for a day. A day that is closed already gets the new note.
///
/// # Errors
/// [`Refusal::Shape`] without a note.
pub fn close_day(
    tx: &mut Tx<'_>,
    context: &Context,
    day: Date,
    note: &FreeText,
) -> Result<(), Error> {
    if note.is_empty() {
        return Err(Refusal::Shape.into());
    }
    store::close_day(tx, context.office.id, day, note.reveal())
}

/// Opens the office again on a day. Nothing happens when it was open already.
///
/// # Errors
/// Faults of the store.
pub fn open_day(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<(), Error> {
    store::open_day(tx, context.office.id, day)?;
    Ok(())
}
