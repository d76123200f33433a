//! Stops in all offices of the installation, which commands make and lift (article 10(1)).

use rules::people::FreeText;

use super::{NewStop, check, open_again, store, take_effect, telling};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// Stops a function in all of these offices, and in those that are opened later. Its number.
///
/// # Errors
/// As [`super::stop_service`]; [`Error::Missing`] while there is no office.
pub fn stop_everywhere(tx: &mut Tx<'_>, offices: &[Context], new: &NewStop) -> Result<i64, Error> {
    let context = offices.first().ok_or(Error::Missing)?;
    check(context, new)?;
    let id = store::insert(tx, context, &NewStop { everywhere: true, ..new.clone() }, None)?;
    for context in offices {
        take_effect(tx, context, id)?;
    }
    Ok(id)
}

/// Lifts a stop of all offices.
///
/// # Errors
/// [`Refusal::ReasonMissing`] without a note; [`Refusal::Stop`] when it was lifted already;
/// [`Error::Missing`] for one of a single office.
pub fn lift_everywhere(
    tx: &mut Tx<'_>,
    offices: &[Context],
    (id, note): (i64, &FreeText),
) -> Result<(), Error> {
    let context = offices.first().ok_or(Error::Missing)?;
    if note.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    if !super::one(tx, context, id)?.everywhere {
        return Err(Error::Missing);
    }
    open_again(tx, context, id, (note, None))?;
    for context in offices {
        telling::tell_lifted(tx, context, id)?;
        tx.announce("board", &context.office.slug)?;
    }
    Ok(())
}
