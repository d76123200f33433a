//! Those whose sessions fall into a stop are told of it, and when it is called off (article 10(1):
//! without notice is allowed, not asked).

use rules::letters::Letter;
use rules::schedule::Slot;
use rules::terms::suspension::Function;

use super::{one, store, touched};
use crate::app::Context;
use crate::duties::{self, Kind, Owed};
use crate::error::Error;
use crate::letters;
use crate::store::Tx;

/// Owes a letter to everybody whose session is to come and falls into a stop that can be told
/// ahead. Who was told of another stop at that time is not told twice.
pub(super) fn tell_planned(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let (line, touched) = touched(tx, context, id)?;
    if !line.stop.can_be_told_ahead(context.now) {
        return Ok(());
    }
    for one in touched.iter().filter(|one| one.slot.start > context.now) {
        if standing_still(tx, context, one.slot)? == 1 {
            owe(tx, context, (one.application, id), Letter::StopPlanned)?;
        }
    }
    Ok(())
}

/// Owes a letter to those who were told of a stop that is now called off, if their session takes
/// place after all.
pub(super) fn tell_lifted(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let stop = one(tx, context, id)?.stop;
    if !stop.function.includes(Function::Join) {
        return Ok(());
    }
    let until = stop.until.unwrap_or(jiff::Timestamp::MAX);
    let office = context.office.id;
    let touched = store::touched(tx, (office, id), (stop.from.max(context.now), until))?;
    let to_come = touched.iter().filter(|it| !it.is_called_off && it.slot.start > context.now);
    for one in to_come {
        let written = letters::letters_of(tx, context, one.application)?;
        let told = written.iter().find(|line| {
            matches!(line.letter, Letter::StopPlanned | Letter::StopLifted | Letter::Change)
        });
        let was_told = told.is_some_and(|line| line.letter == Letter::StopPlanned);
        if was_told && standing_still(tx, context, one.slot)? == 0 {
            owe(tx, context, (one.application, id), Letter::StopLifted)?;
        }
    }
    Ok(())
}

fn owe(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, stop): (i64, i64),
    letter: Letter,
) -> Result<(), Error> {
    let sequence = u32::try_from(stop).map_err(anyhow::Error::from)?;
    let (kind, due_at) = (Kind::Write(letter), context.now);
    duties::owe(tx, context, &Owed { application, kind, sequence, due_at })
}

/// How many stops that could be told ahead touch a session.
fn standing_still(tx: &mut Tx<'_>, context: &Context, slot: Slot) -> Result<usize, Error> {
    let stops = store::touching(tx, context.office.id, slot.start, slot.end())?;
    let joining = stops.iter().filter(|stop| {
        stop.function.includes(Function::Join)
            && stop.can_be_told_ahead(context.now)
            && stop.touches(slot.start, slot.end())
    });
    Ok(joining.count())
}

/// Whether the service will stand still at the time of a session that is to come: a letter that
/// says so, or that it does not, is checked against this when it is written.
///
/// # Errors
/// Faults of the store.
pub(crate) fn will_stand_still(
    tx: &mut Tx<'_>,
    context: &Context,
    slot: Slot,
) -> Result<bool, Error> {
    let stops = store::touching(tx, context.office.id, slot.start, slot.end())?;
    let mut joining = stops.iter().filter(|stop| stop.function.includes(Function::Join));
    Ok(joining.any(|stop| stop.touches(slot.start, slot.end())))
}

/// Whether a session was given its time because of a stop: the letter that tells the time says so.
///
/// # Errors
/// Faults of the store.
pub(crate) fn is_for_a_stop(tx: &mut Tx<'_>, application: i64, slot: Slot) -> Result<bool, Error> {
    store::is_moved_to(tx, application, slot.start)
}
