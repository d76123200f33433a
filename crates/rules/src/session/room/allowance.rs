//! How much one socket may say (article 8(4)): a bucket that fills with time and empties with use.

use jiff::Timestamp;

use super::FromBrowser;

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// How many each second after that.
    pub per_second: u32,
    /// How many beyond what is allowed before the socket is closed.
    pub tolerated: u32,
}

impl Rate {
    /// Pings, descriptions, candidates, reports: building a call with three peers at once takes
    /// about a hundred.
    pub const SIGNALLING: Self = Self { burst: 200, per_second: 50, tolerated: 400 };
    /// Chat and captions: a quick writer's lines, never a program's. A person who is carried away
    /// loses lines, not the call.
    pub const WRITING: Self = Self { burst: 5, per_second: 1, tolerated: 60 };
    /// What is a unit of work of the store: nobody clicks faster.
    pub const CONTROL: Self = Self { burst: 20, per_second: 2, tolerated: 60 };
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spent {
    /// It is taken.
    Granted,
    /// It is dropped, and the browser is told ([`super::Refusal::TooMany`]).
    Over,
    /// The socket is closed ([`super::Closing::Flooding`]).
    FarOver,
}

/// What a socket may still say of one kind. A clock that jumps costs or gives at most one burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    rate: Rate,
    /// Thousandths of a message; below nothing, what was said beyond it.
    left: i64,
    since: Timestamp,
}

const WHOLE: i64 = 1_000;

impl Allowance {
    /// A full bucket.
    pub fn new(rate: Rate, now: Timestamp) -> Self {
        Self { rate, left: i64::from(rate.burst) * WHOLE, since: now }
    }

    /// Takes one message's worth.
    pub fn spend(&mut self, now: Timestamp) -> Spent {
        let passed = now.as_millisecond().saturating_sub(self.since.as_millisecond()).max(0);
        let gained = passed.saturating_mul(i64::from(self.rate.per_second));
        let most = i64::from(self.rate.burst) * WHOLE;
        let least = -i64::from(self.rate.tolerated) * WHOLE;
        self.since = now;
        self.left = self.left.saturating_add(gained).min(most).saturating_sub(WHOLE).max(least);
        match self.left {
            left if left >= 0 => Spent::Granted,
            left if left > least => Spent::Over,
            _ => Spent::FarOver,
        }
    }
}

/// What one socket may still say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowances {
    signalling: Allowance,
    writing: Allowance,
    control: Allowance,
}

impl Allowances {
    /// Of a fresh socket.
    pub fn new(now: Timestamp) -> Self {
        let full = |rate| Allowance::new(rate, now);
        Self {
            signalling: full(Rate::SIGNALLING),
            writing: full(Rate::WRITING),
            control: full(Rate::CONTROL),
        }
    }

    /// Takes this message's worth; `None` is one that could not be read.
    pub fn spend(&mut self, message: Option<&FromBrowser>, now: Timestamp) -> Spent {
        use FromBrowser as M;
        let kind = match message {
            Some(M::Chat { .. } | M::Caption { .. }) => &mut self.writing,
            None
            | Some(
                M::Ping { .. }
                | M::Description { .. }
                | M::Candidate { .. }
                | M::RestartIce { .. }
                | M::Quality(_),
            ) => &mut self.signalling,
            Some(_) => &mut self.control,
        };
        kind.spend(now)
    }
}
