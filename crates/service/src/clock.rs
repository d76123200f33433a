//! What time it is, as an argument: the only place of the service that asks the machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock, to the millisecond, as the store keeps instants. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Hands);

#[derive(Clone, Debug)]
enum Hands {
    /// The machine's.
    System,
    /// Standing at these Unix milliseconds.
    Held(Arc<AtomicI64>),
    /// Ahead of the machine's by these milliseconds.
    Shifted(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Hands::System)
    }

    /// A clock that stands still until it is set, for tests.
    pub fn held(at: Timestamp) -> Self {
        Self(Hands::Held(Arc::new(AtomicI64::new(at.as_millisecond()))))
    }

    /// A clock that shows `at` now and runs on, for the demo.
    pub fn shifted(at: Timestamp) -> Self {
        let ahead = at.as_millisecond() - system_milliseconds();
        Self(Hands::Shifted(Arc::new(AtomicI64::new(ahead))))
    }

    /// The time it shows.
    pub fn now(&self) -> Timestamp {
        instant(match &self.0 {
            Hands::System => system_milliseconds(),
            Hands::Held(at) => at.load(Ordering::Acquire),
            Hands::Shifted(ahead) => {
                system_milliseconds().saturating_add(ahead.load(Ordering::Acquire))
            }
        })
    }

    /// Sets it. The machine's clock cannot be set and stays as it is.
    pub fn set(&self, at: Timestamp) {
        match &self.0 {
            Hands::System => {}
            Hands::Held(hands) => hands.store(at.as_millisecond(), Ordering::Release),
            Hands::Shifted(ahead) => {
                ahead.store(at.as_millisecond() - system_milliseconds(), Ordering::Release);
            }
        }
    }

    /// Moves it on by a duration (back, if negative). The machine's clock stays as it is.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(0);
        match &self.0 {
            Hands::System => {}
            Hands::Held(hands) | Hands::Shifted(hands) => {
                hands.fetch_add(by, Ordering::AcqRel);
            }
        }
    }

    /// Whether it can be set: whether this is not the machine's.
    pub fn is_settable(&self) -> bool {
        !matches!(self.0, Hands::System)
    }
}

/// Beyond the years that a timestamp can hold, the nearest it can.
fn instant(milliseconds: i64) -> Timestamp {
    let nearest = if milliseconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(milliseconds).unwrap_or(nearest)
}

#[allow(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
fn system_milliseconds() -> i64 {
    Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_held_clock_stands_until_it_is_set() {
        let clock = Clock::held(at("2026-11-24T01:00:00Z"));
        let same = clock.clone();
        assert_eq!(clock.now(), at("2026-11-24T01:00:00Z"));
        same.advance(SignedDuration::from_mins(10));
        assert_eq!(clock.now(), at("2026-11-24T01:10:00Z"));
        clock.set(at("2027-01-04T00:00:00Z"));
        assert_eq!(same.now(), at("2027-01-04T00:00:00Z"));
    }

    #[test]
    fn a_shifted_clock_runs_on_from_where_it_is_set() {
        let clock = Clock::shifted(at("2031-05-06T00:00:00Z"));
        let first = clock.now();
        assert!(first >= at("2031-05-06T00:00:00Z") && first < at("2031-05-06T00:01:00Z"));
        clock.set(at("2031-05-07T00:00:00Z"));
        assert!(clock.now() >= at("2031-05-07T00:00:00Z"));
    }

    #[test]
    fn the_machines_clock_cannot_be_set() {
        let clock = Clock::system();
        let before = clock.now();
        clock.set(at("1999-01-01T00:00:00Z"));
        clock.advance(SignedDuration::from_hours(-1_000_000));
        assert!(clock.now() >= before && !clock.is_settable());
    }
}
