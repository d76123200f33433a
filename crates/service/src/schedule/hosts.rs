//! Zoom hosts as resources: held like a counsellor, one session for each place that a host has.

use std::ops::Range;

use super::{Resource, store};
use crate::error::Error;
use crate::store::Tx;

/// Which places of which hosts other sessions have within these cells: host and place.
///
/// # Errors
/// Faults of the store.
pub fn hosts_taken(
    tx: &mut Tx<'_>,
    application: i64,
    cells: Range<i64>,
) -> Result<Vec<(i64, u8)>, Error> {
    let keys = store::host_keys_taken(tx, application, cells)?;
    Ok(keys.iter().filter_map(|key| Resource::host_of(key)).collect())
}

/// Keeps a host for a session and no other; false when each of the host's places is another's
/// within these cells, and then none is kept.
///
/// # Errors
/// Faults of the store.
pub fn hold_host(
    tx: &mut Tx<'_>,
    application: i64,
    (host, at_once): (i64, u8),
    cells: Range<i64>,
) -> Result<bool, Error> {
    let wanted = u64::try_from(cells.end - cells.start).unwrap_or_default();
    for place in 1..=at_once {
        store::release_hosts(tx, application)?;
        let key = Resource::ZoomHost(host, place).key();
        if store::hold(tx, &key, cells.clone(), application)? == wanted {
            return Ok(true);
        }
    }
    store::release_hosts(tx, application)?;
    Ok(false)
}

/// Gives back the host that a session has.
///
/// # Errors
/// Faults of the store.
pub fn release_host(tx: &mut Tx<'_>, application: i64) -> Result<(), Error> {
    store::release_hosts(tx, application)
}
