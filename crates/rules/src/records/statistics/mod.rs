//! Sums of sessions: exact ones for inside the office, and a public edition from which no single
//! session can be told (article 5(1), "to know its use and to make it better", and 5(2)).
//!
//! [`table`] counts, [`rates`] and [`times`] judge: these stay in the office. [`public`] makes a
//! table fit to be published, [`edition`] several tables of the same sessions. The reasons stand
//! in `edition.rs`.

mod edition;
mod figures;

pub use edition::{
    EditionRefusal, LEAST_ALTERNATIVES, LEAST_DAYS, PublicTable, Published, THRESHOLD, edition,
    public,
};
pub use figures::{Rates, Share, Spread, Table, Times, rates, table, times};

use jiff::Timestamp;

use crate::application::Kind;
use crate::appointment::Standing;

/// One session, as much of it as is counted. Neither a person nor a device is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The office, by its identifier.
    pub office: i64,
    /// The start as planned.
    pub start: Timestamp,
    /// The length as planned, in minutes.
    pub minutes: u16,
    /// Where the session stands.
    pub standing: Standing,
    /// When the application was received.
    pub received: Timestamp,
    /// When the office answered it; `None` while it has not.
    pub answered: Option<Timestamp>,
    /// What the session is.
    pub kind: Kind,
}

impl Counted {
    /// The same session with times no finer than the figures show, which are whole minutes: so much
    /// is kept of one that is deleted. Each of [`times`] is the same in minutes.
    ///
    /// Between two times that are rounded up, one more minute may seem to pass than did; the answer
    /// is then put half a minute earlier, which its distance to the start does not show.
    #[must_use]
    pub fn coarse(self) -> Self {
        const MINUTE: i64 = 60_000;
        let up = |at: Timestamp| {
            at.as_millisecond().div_euclid(MINUTE) * MINUTE
                + if at.as_millisecond().rem_euclid(MINUTE) == 0 { 0 } else { MINUTE }
        };
        let instant = |at: i64| Timestamp::from_millisecond(at).unwrap_or(self.received);
        let received = up(self.received);
        let answered = self.answered.map(|at| {
            let passed = at.as_millisecond() - self.received.as_millisecond();
            let is_longer = up(at) - received > passed.div_euclid(MINUTE) * MINUTE;
            up(at) - if is_longer { MINUTE / 2 } else { 0 }
        });
        Self { received: instant(received), answered: answered.map(instant), ..self }
    }
}

/// By what a table has its rows or its columns. Days, months and hours are those of the planned
/// start in Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// The day: `2026-11-24`. Never in the public edition.
    Day,
    /// The month: `2026-11`.
    Month,
    /// The office, by its identifier.
    Office,
    /// The kind, by [`Kind::code`].
    Kind,
    /// The hour in which the session starts, of two digits: `09`, `10`.
    Hour,
    /// Where the session stands, by [`Standing::code`].
    Outcome,
}

impl By {
    /// Everything by which a table can be made.
    pub const ALL: [Self; 6] =
        [Self::Day, Self::Month, Self::Office, Self::Kind, Self::Hour, Self::Outcome];

    /// The stable code of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Office => "office",
            Self::Kind => "kind",
            Self::Hour => "hour",
            Self::Outcome => "outcome",
        }
    }

    /// Reads [`By::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for by in By::ALL {
            assert_eq!(By::parse(by.code()), Some(by));
        }
        assert_eq!(By::parse(""), None);
    }
}
