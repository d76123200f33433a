//! Arrival that nobody at the office typed: told by signs that may come late and out of order
//! (article 2(4)). The earliest counts, whenever it is heard of.

use jiff::Timestamp;
use rules::appointment::{Fact, What, is_too_early};

use super::{load, record, store};
use crate::app::Context;
use crate::error::Error;
use crate::secrets::Purpose;
use crate::store::Tx;

/// From when on signs are about the session as it is now: it was moved then, or staff undid an
/// arrival that was told by signs, because who was seen was not the jobseeker.
///
/// # Errors
/// Faults of the store.
pub(crate) fn seen_anew_from(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Timestamp, Error> {
    let facts = super::read(tx, context, application)?.appointment.facts;
    let moved = facts.iter().filter(|fact| fact.what == What::Moved).map(|fact| fact.at).max();
    let undone = store::undone_sight(tx, application)?;
    Ok(moved.max(undone).unwrap_or(Timestamp::MIN))
}

/// Records that the jobseeker was seen, unless that was known already from as early. A later time
/// that was told by signs gives way to it, and stays in the records as undone.
///
/// # Errors
/// [`Error::Missing`]; faults of the store.
pub(crate) fn note_seen(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    fact: Fact,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    let rules = booked.rules(context)?;
    if fact.at > context.now || is_too_early(&booked.appointment, rules, fact.what, fact.at) {
        return Ok(());
    }
    let since = seen_anew_from(tx, context, application)?;
    let told: Vec<(i64, Timestamp)> = store::told_by_signs(tx, application, fact.what)?
        .into_iter()
        .filter(|(_, at)| *at > since)
        .collect();
    if told.iter().any(|(_, at)| *at <= fact.at) {
        return Ok(());
    }
    for (later, _) in told {
        let place = super::desk::undoing_place(application, later);
        let no_words = context.keys.seal(Purpose::Personal, &place, b"");
        store::retract(tx, (later, context.office.id), no_words, context.now, None)?;
    }
    record(tx, context, application, fact, None)
}
