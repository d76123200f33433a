//! The check of a device, days before a session or at its door (article 4).
//!
//! - It shows what a browser can show, apart from what only the person can say
//!   ([`crate::terms::environment`]). It blocks nothing: the duty is the person's, and the office
//!   does not inspect.
//! - Browser and operating system have three results ([`Finding`]); "safe" is not among them. A
//!   browser says little of its system, and some say what is no longer so; what cannot be known is
//!   said to be unknown.
//! - Results and the time are kept, never what the browser called itself (article 5(2): no device
//!   can be told from it).

mod measured;
mod support;
#[cfg(test)]
mod tests;
mod user_agent;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use measured::{
    Measured, Outcome, SLOW_LATENCY_MS, SLOW_SPEED_KBPS, judge_latency, judge_speed,
};
pub use support::{SHIPPED, SupportData, SupportFault};
pub use user_agent::{BrowserFamily, Seen, Sent, SystemFamily, see};

/// What can be said of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It is one that its maker supports (確認できました).
    Confirmed,
    /// It may no longer be supported (古い可能性があります).
    MaybeOld,
    /// The browser does not show it (ブラウザからは確認できません).
    CannotTell,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::MaybeOld, Self::CannotTell];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::MaybeOld => "maybe_old",
            Self::CannotTell => "cannot_tell",
        }
    }

    /// Reads [`Finding::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.code() == code)
    }
}

/// The result of a check, as it is kept: classes and the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceCheck {
    /// When it was made.
    pub at: Timestamp,
    /// The browser's version (article 4(5)).
    pub browser: Finding,
    /// The operating system's version (article 4(4)).
    pub system: Finding,
    /// Whether the page was opened inside another app, such as LINE: parts may be missing, and the
    /// phone's own browser is advised.
    pub in_app: bool,
    /// What was measured.
    pub measured: BTreeMap<Measured, Outcome>,
}

/// Why a check is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckRefusal {
    /// This cannot come of measuring that.
    NotAnOutcome(Measured, Outcome),
}

impl DeviceCheck {
    /// Judges what was seen and measured at `at`, for a session on `day`: support has to last until
    /// then (article 4(4)).
    ///
    /// # Errors
    /// The browser reports an outcome that cannot be.
    pub fn judge(
        at: Timestamp,
        day: Date,
        seen: Seen,
        support: &SupportData,
        measured: BTreeMap<Measured, Outcome>,
    ) -> Result<Self, CheckRefusal> {
        for (what, outcome) in &measured {
            if !what.outcomes().contains(outcome) {
                return Err(CheckRefusal::NotAnOutcome(*what, *outcome));
            }
        }
        Ok(Self {
            at,
            browser: support.browser(&seen, at, day),
            system: support.system(&seen, at, day),
            in_app: seen.in_app,
            measured,
        })
    }

    /// What there is help for, in the order in which it is measured. A camera is optional, yet
    /// whoever tried theirs is helped.
    pub fn troubles(&self) -> Vec<(Measured, Outcome)> {
        let measured = self.measured.iter().map(|(what, outcome)| (*what, *outcome));
        measured.filter(|(_, outcome)| outcome.is_trouble()).collect()
    }

    /// Whether a talk by sound can be had in the room with this device, as far as was measured.
    pub fn can_talk(&self) -> bool {
        let is_good = |what: &Measured| {
            matches!(self.measured.get(what), Some(Outcome::Good | Outcome::Slow))
        };
        Measured::ALL.iter().filter(|what| what.is_needed()).all(is_good)
    }
}
