//! An instant as a case writes it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rules::schedule::{SlotRefusal, TOKYO, parse_moment};
use serde::{Deserialize, Serialize, Serializer};

/// What a case says of an instant: RFC 3339 with an offset, or date and time of day in Japan as
/// people type them.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Moment(pub(crate) Result<Timestamp, SlotRefusal>);

impl From<String> for Moment {
    fn from(written: String) -> Self {
        Self(read(written.trim()))
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(Ok(at))
    }
}

fn read(written: &str) -> Result<Timestamp, SlotRefusal> {
    if let Ok(at) = written.parse() {
        return Ok(at);
    }
    if let Ok(civil) = written.parse::<DateTime>().and_then(|civil| TOKYO.to_timestamp(civil)) {
        // A date alone says no time of day.
        return written.contains(':').then_some(civil).ok_or(SlotRefusal::NotATime);
    }
    let split = written.split_once(|c: char| c == 'T' || c.is_whitespace());
    // What stands before the time tells a date in an era apart from nonsense.
    let (date, time) = split.unwrap_or((written, "0:00"));
    parse_moment(date, time).and_then(|at| split.map(|_| at).ok_or(SlotRefusal::NotATime))
}

/// As Japan's clocks show it.
pub(super) fn in_japan(at: Timestamp) -> String {
    TOKYO.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S%.f+09:00").to_string()
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Ok(at) => serializer.serialize_str(&in_japan(at)),
            Err(_) => serializer.serialize_none(),
        }
    }
}
