//! The versions of an office's terms: stored, immutable, one on a day (article 11).

pub mod store;

use jiff::Timestamp;
use rules::terms::{Editions, Terms};

use crate::error::Error;
use crate::store::Tx;

/// Every version of an office's terms.
///
/// # Errors
/// A fault when a stored version cannot be read.
pub fn editions(tx: &mut Tx<'_>, office: i64) -> Result<Editions, Error> {
    let versions = store::versions(tx, office)?;
    let editions = Editions::of(versions);
    editions.map_err(|fault| anyhow::anyhow!("stored terms of office {office}: {fault:?}").into())
}

/// Stores a version. It can never be changed afterwards.
///
/// # Errors
/// A fault when the version fails [`Terms::check`], or one of that name or day exists.
pub fn publish(
    tx: &mut Tx<'_>,
    office: i64,
    terms: &Terms,
    now: Timestamp,
) -> Result<(), Error> {
    let faults = terms.check();
    if !faults.is_empty() {
        return Err(anyhow::anyhow!("the terms are not in order: {faults:?}").into());
    }
    store::insert(tx, office, terms, now)
}
