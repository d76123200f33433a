//! Who is meant: names that the service gives and no browser can choose.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The seat that a credential names: one person of one appointment, on whatever device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeatId(pub u32);

/// One socket; each reload is another. Peers are addressed by it, so that what was meant for a
/// page that is gone reaches nobody. Sixteen hexadecimal digits, since JavaScript's numbers would
/// round it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectionId(#[serde(with = "hexadecimal")] pub u64);

/// One running process of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(#[serde(with = "hexadecimal")] pub u64);

/// One browser of one person: a digest of a cookie, so that a reload is told from a second device
/// (article 8(5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BrowserId(#[serde(with = "hexadecimal")] pub u64);

/// As it stands in messages.
impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Sixteen digits, in lower case: one spelling for each number.
mod hexadecimal {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(id: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{id:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let text = String::deserialize(from)?;
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let shape = text.len() == 16 && text.bytes().all(is_digit);
        let id = u64::from_str_radix(&text, 16).ok().filter(|_| shape);
        id.ok_or_else(|| D::Error::custom("an id has sixteen hexadecimal digits"))
    }
}
