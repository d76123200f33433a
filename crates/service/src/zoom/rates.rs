//! How often Zoom may be asked, and how long to hold back when it was too often.
//!
//! Zoom counts calls by label, for the whole account and all its apps (Zoom developer
//! documentation, "Rate limits"), so this client cannot count them itself. It asks until Zoom says
//! 429, and then does not ask the like until the time has come.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::failure::Failure;

/// How Zoom weighs a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// 30 a second on the plan Pro.
    Light,
    /// 20 a second on the plan Pro.
    Medium,
    /// 10 a second on the plan Pro, and with the next 30,000 a day.
    Heavy,
    /// 10 a minute on the plan Pro.
    ResourceIntensive,
}

/// What a limit of a day is counted for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Budget {
    /// Creating and updating this host's meetings: 100 a day.
    Host(String),
    /// Adding one registrant to one meeting: 3 a day.
    Registrant(i64, String),
    /// The calls of a label.
    Label(Label),
}

/// What waits until a time has come.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Held {
    Token,
    Label(Label),
    Daily(Budget),
}

/// What must not be asked yet.
pub(super) struct Pauses(Mutex<HashMap<Held, Timestamp>>);

impl Pauses {
    pub(super) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// # Errors
    /// [`Failure::TooMany`] until a token may be asked for again.
    pub(super) fn may_ask_for_token(&self, now: Timestamp) -> Result<(), Failure> {
        self.check(&[Held::Token], now)
    }

    /// # Errors
    /// [`Failure::TooMany`] until a call of this label and budget may be made again.
    pub(super) fn may_call(
        &self,
        label: Label,
        budget: &Budget,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let of_label = Held::Daily(Budget::Label(label));
        self.check(&[Held::Daily(budget.clone()), of_label, Held::Label(label)], now)
    }

    fn check(&self, asked: &[Held], now: Timestamp) -> Result<(), Failure> {
        let mut pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pauses.retain(|_, until| now < *until);
        let held = |held: &Held| {
            let until = *pauses.get(held)?;
            Some(Failure::TooMany { until, daily: matches!(held, Held::Daily(_)) })
        };
        asked.iter().find_map(held).map_or(Ok(()), Err)
    }

    pub(super) fn hold_tokens(&self, until: Timestamp) {
        self.hold([Held::Token], until);
    }

    /// After a limit of a second or minute its label waits; after one of a day, what is counted.
    pub(super) fn hold_calls(&self, label: Label, budget: &Budget, until: Timestamp, daily: bool) {
        // These two share what they may have in a day.
        const SHARED: [Label; 2] = [Label::Heavy, Label::ResourceIntensive];
        match budget {
            _ if !daily => self.hold([Held::Label(label)], until),
            Budget::Label(of) if SHARED.contains(of) => {
                self.hold(SHARED.map(|label| Held::Daily(Budget::Label(label))), until);
            }
            _ => self.hold([Held::Daily(budget.clone())], until),
        }
    }

    fn hold(&self, held: impl IntoIterator<Item = Held>, until: Timestamp) {
        let mut pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for held in held {
            let known = pauses.entry(held).or_insert(until);
            *known = until.max(*known);
        }
    }
}

/// No sooner than this is asked again after a 429, whatever it says.
const SHORTEST: SignedDuration = SignedDuration::from_secs(1);

/// Zoom's days end at 00:00 UTC, so nothing has to wait longer than one.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Reads the headers of a 429: until when to hold back, and whether it is the limit of a day.
///
/// Zoom says `X-RateLimit-Type: QPS` or `Daily-limit`, and for a day an ISO 8601 date and time in
/// `Retry-After` where HTTP has seconds or its own form of a date; all three are read. Its
/// description of the API names neither header, so each may be missing.
pub(super) fn too_many(kind: Option<&str>, retry_after: Option<&str>, now: Timestamp) -> Failure {
    let said = retry_after.and_then(|text| moment(text.trim(), now));
    // No limit of a second or minute lasts longer than a minute.
    let is_long = || said.is_some_and(|until| until > later(now, SignedDuration::from_mins(1)));
    let says_daily = |kind: &str| kind.to_ascii_lowercase().contains("daily");
    let daily = kind.map_or_else(is_long, says_daily);
    let unsaid = || if daily { next_day(now) } else { later(now, SHORTEST) };
    let until = said.unwrap_or_else(unsaid);
    Failure::TooMany { until: until.clamp(later(now, SHORTEST), later(now, LONGEST)), daily }
}

fn moment(text: &str, now: Timestamp) -> Option<Timestamp> {
    if !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit()) {
        let seconds = text.parse().unwrap_or(i64::MAX);
        return Some(later(now, SignedDuration::from_secs(seconds)));
    }
    let without_offset = || {
        let civil = text.parse::<DateTime>().ok()?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    let of_http = || Some(rfc2822::parse(text).ok()?.timestamp());
    text.parse().ok().or_else(without_offset).or_else(of_http)
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn next_day(now: Timestamp) -> Timestamp {
    let day = 24 * 60 * 60;
    let into_it = now.as_second().rem_euclid(day);
    Timestamp::from_second(now.as_second() - into_it + day).unwrap_or(Timestamp::MAX)
}
