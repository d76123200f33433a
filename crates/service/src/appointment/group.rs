//! An appointment that is a seat in a group session: what happens to the group happens to each
//! seat, by the ordinary facts.

use rules::appointment::StopCause;
use rules::letters::Letter;
use rules::schedule::Slot;

use super::{load, stop, store, take_time};
use crate::app::Context;
use crate::duties;
use crate::error::{Error, Refusal};
use crate::schedule;
use crate::store::Tx;

/// Gives a seat the new time of its group. One that was given back stays so; one that the office
/// owes a new time has it with this. Who has another session at the new time cannot come: for them
/// it is called off on our side (article 9(6)), and the group goes on.
///
/// # Errors
/// Faults of the store.
pub(crate) fn move_seat(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (slot, counsellor): (Slot, i64),
    staff: i64,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    let standing = booked.appointment.announced.ok_or(Error::Missing)?.standing;
    if !standing.is_open() && !standing.owes_new_time() {
        return Ok(());
    }
    match take_time(tx, context, booked, (slot, counsellor), Some(staff)) {
        Err(Error::Refused(Refusal::PersonBusy | Refusal::Group(_))) => {
            schedule::release(tx, application)?;
            match standing.is_open() {
                true => stop(tx, context, application, StopCause::CounsellorAbsent, staff),
                false => Ok(()),
            }
        }
        taken => taken,
    }
}

/// Tells a seat that how to join has changed for the group.
///
/// # Errors
/// [`Error::Missing`].
pub(crate) fn tell_joining(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    if !booked.appointment.announced.is_some_and(|it| it.standing.is_open()) {
        return Ok(());
    }
    let sequence = booked.appointment.sequence + 1;
    store::update_sequence(tx, (application, booked.office), sequence)?;
    let kind = duties::Kind::Write(Letter::JoiningData);
    duties::owe(tx, context, &duties::Owed { application, kind, sequence, due_at: context.now })
}
