//! What must stay secret: keys, tokens, and what is sealed with them.
//!
//! Personal data are sealed (AES-256-GCM) before they reach the store, each purpose with keys of
//! its own. What must be findable although sealed has a keyed digest beside it (HMAC-SHA-256).
//! Types here have no Display, and a Debug that reveals nothing.

mod key_file;
mod keys;
pub mod store;
mod token;

use std::path::Path;

use anyhow::Context as _;

use crate::error::Error;
use crate::store::Store;

pub use key_file::KeyFileRefusal;
pub use keys::{Keys, OpenRefusal, Purpose};
pub use token::{Digest, Token};

/// The keys of a store, which is migrated: read from their file, and made there when the store was
/// never used with any. Blocks.
///
/// # Errors
/// A sentence for the administrator: the file is absent, malformed or open to others, or is not
/// the one of these data. No file is made then.
pub fn keys_of(store: &Store, file: &Path) -> anyhow::Result<Keys> {
    let plain = |error| match error {
        Error::Fault(fault) => fault,
        other => anyhow::anyhow!("the keys in use cannot be read: {other:?}"),
    };
    let keys = match store.read_blocking(store::knows_keys).map_err(plain)? {
        true => Keys::load(file).context("the data were sealed with keys: put their file back")?,
        false => Keys::load_or_create(file)?,
    };
    let held = keys.clone();
    store.write_blocking(move |tx| store::recognise(tx, &held)).map_err(plain)?;
    Ok(keys)
}

/// A random number from 0 to `below` - 1, each equally likely; 0 when `below` is 0.
pub fn random(below: u32) -> u32 {
    if below == 0 {
        return 0;
    }
    // Numbers from here on would make the small remainders likelier.
    let fair = u32::MAX - u32::MAX % below;
    loop {
        let mut octets = [0; 4];
        fill(&mut octets);
        let number = u32::from_le_bytes(octets);
        if number < fair {
            return number % below;
        }
    }
}

/// Random octets. The generator is seeded by the operating system and ends the process itself
/// when that fails.
fn fill(octets: &mut [u8]) {
    aws_lc_rs::rand::fill(octets).expect("the system's generator of random numbers works");
}

/// SHA-256 of something that is handed out and compared later. It finds nobody, so it has no key.
pub fn sha256(octets: &[u8]) -> Digest {
    Digest::of(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, octets).as_ref())
}

fn hex(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_stay_below_and_reach_everything() {
        let mut seen = [0_u32; 6];
        for _ in 0..6_000 {
            seen[random(6) as usize] += 1;
        }
        assert!(seen.iter().all(|count| (700..1_300).contains(count)), "{seen:?}");
        assert_eq!((random(0), random(1)), (0, 0));
        assert!(random(u32::MAX) < u32::MAX);
    }

    #[test]
    fn hex_is_lower_case_and_whole() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa5, 0xff]), "000fa5ff");
    }
}
