//! Which keys a store's data were sealed with.

use super::Keys;
use crate::error::Error;
use crate::store::{Tx, params, sql};

/// Compares the keys with those that the store was used with before, and remembers new ones.
///
/// # Errors
/// A fault with a sentence for the administrator when the key file is not the one of these data.
pub fn recognise(tx: &mut Tx<'_>, keys: &Keys) -> Result<(), Error> {
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
