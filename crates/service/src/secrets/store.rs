//! Which keys a store's data were sealed with.

use super::Keys;
use crate::error::Error;
use crate::store::{Tx, params, sql};

/// Whether data were sealed in this store before: then no new key can read them.
///
/// # Errors
/// Faults of the store.
pub fn knows_keys(tx: &mut Tx<'_>) -> Result<bool, Error> {
    let count = tx.one(sql!("select count(*) from keys_in_use"), params![], |row| row.int(0))?;
    Ok(count.unwrap_or_default() > 0)
}

/// Compares the keys with those that the store was used with before, and remembers new ones.
///
/// # Errors
/// A fault with a sentence for the administrator when the key file is not the one of these data.
pub fn recognise(tx: &mut Tx<'_>, keys: &Keys) -> Result<(), Error> {
    // Two nodes that start together on an empty store must not both find it empty.
    tx.hold("keys in use")?;
    let known: Vec<(String, String)> =
        tx.all(sql!("select name, fingerprint from keys_in_use"), params![], |row| {
            Ok((row.text(0)?, row.text(1)?))
        })?;
    for (name, fingerprint) in &known {
        let held = keys.fingerprints().iter().find(|(held, _)| held == name);
        if held.is_none_or(|(_, held)| held != fingerprint) {
            return Err(anyhow::anyhow!(
                "the key file lacks the key {name} that the data were sealed with; \
                 put the right key file in its place (a new one cannot read the data)"
            )
            .into());
        }
    }
    for (name, fingerprint) in keys.fingerprints() {
        tx.execute(
            sql!(
                "insert into keys_in_use (name, fingerprint) values ($1, $2)
                 on conflict do nothing"
            ),
            params![name, fingerprint],
        )?;
    }
    Ok(())
}
