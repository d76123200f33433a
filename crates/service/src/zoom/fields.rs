//! Fields that Zoom writes in more than one way.

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A meeting's number, which comes as a number or as text, and may have more than ten digits.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(i64),
        Text(String),
    }
    match Written::deserialize(from)? {
        Written::Number(number) => Ok(number),
        // People write it in groups, and so does Zoom where it expects them to read it.
        Written::Text(text) => {
            let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
            digits.parse().map_err(|_| D::Error::custom("no number"))
        }
    }
}

/// An instant that may be absent, null or empty.
pub(super) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = text(from)?;
    let parse = |text: String| text.parse().map_err(|_| D::Error::custom("no instant"));
    text.map(parse).transpose()
}

/// A text that may be absent, null or empty.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.is_empty()))
}

/// A text that may be absent or null, which is as if it were empty.
pub(super) fn words<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(text(from)?.unwrap_or_default())
}

/// An instance of a meeting as a part of a path. Zoom takes one that begins with a slash or holds
/// two in a row only if it is escaped twice.
pub(super) fn uuid(uuid: &str) -> String {
    let once = super::wire::segment(uuid);
    let is_torn = uuid.starts_with('/') || uuid.contains("//");
    if is_torn { super::wire::segment(&once) } else { once }
}
