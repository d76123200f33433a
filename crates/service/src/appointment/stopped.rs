//! While joining is stopped, no limit runs (articles 9(6), 10(1)).

use jiff::Timestamp;
use rules::appointment::{Fact, Standing, What, running_limit, standing};
use rules::terms::suspension::Function;

use super::{Booked, store};
use crate::app::Context;
use crate::error::Error;
use crate::people::stops;
use crate::store::Tx;

/// Records the outage that a stop was for a session, once: before its limit is judged. Nobody is
/// deemed to have cancelled because the door was shut.
///
/// # Errors
/// Faults of the store.
pub(super) fn heed_stops(
    tx: &mut Tx<'_>,
    context: &Context,
    booked: &mut Booked,
) -> Result<(), Error> {
    let appointment = &booked.appointment;
    let rules = booked.rules(context)?;
    let is_silent = matches!(
        standing(appointment, rules, context.now),
        Standing::Waiting | Standing::DeemedCancelled
    );
    if !is_silent || running_limit(appointment, rules, context.now).is_none() {
        return Ok(());
    }
    let function = Function::Join.of_kind(booked.group.is_some());
    let stopped = stops::kept_from_joining(tx, context, (appointment.slot, function), rules)?;
    if let Some(at) = stopped.filter(|at| *at <= context.now) {
        let outage = Fact { at, what: What::Outage };
        store::insert_fact(tx, booked.application, outage, context.now, None)?;
        booked.appointment.facts.push(outage);
    }
    Ok(())
}

/// The appointments, each with its office, that have begun and of which nothing was heard yet.
///
/// # Errors
/// Faults of the store.
pub(crate) fn waiting_at_the_door(
    tx: &mut Tx<'_>,
    now: Timestamp,
) -> Result<Vec<(i64, i64)>, Error> {
    let waiting = store::waiting_for_limit(tx, now, Timestamp::MAX)?;
    let begun = waiting.into_iter().filter(|it| it.slot.start <= now);
    Ok(begun.map(|it| (it.application, it.office)).collect())
}
