//! How often one may ask (developers.zoom.us/docs/api/rate-limits): by label and plan for the whole
//! account, and a hundred meetings made or changed for a host in a day of UTC.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::StandIn;
use crate::answer::Answer;
use crate::settings::Plan;
use crate::world::World;

/// How a call is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
    Light,
    Medium,
    Heavy,
}

/// Meetings made or changed for a host in a day.
const CHANGES: u16 = 100;
/// Registrations of one address for a meeting in a day.
const REGISTRATIONS: u32 = 3;

#[derive(Default)]
pub(crate) struct Limits {
    /// Calls of a label in a second.
    seconds: BTreeMap<(Label, i64), u32>,
    /// Calls of a label in a day, on the free plan; heavy ones on every plan.
    days: BTreeMap<(Label, String), u32>,
    changes: BTreeMap<(String, String), u16>,
    /// Registrations of an address for a meeting in a day.
    registrations: BTreeMap<(i64, String, String), u32>,
}

fn day(now: Timestamp) -> String {
    now.to_zoned(TimeZone::UTC).date().to_string()
}

/// When the next day of UTC begins.
pub(crate) fn next_day(now: Timestamp) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC);
    let next = today.date().tomorrow().and_then(|day| day.to_zoned(TimeZone::UTC));
    next.map_or(now, |zoned| zoned.timestamp())
}

/// Which limit was met: how calls of the kind are called, and how many there may be.
#[derive(Clone, Copy)]
pub(crate) struct Met {
    category: &'static str,
    limit: u32,
}

/// What a host's meetings in a day come to. A fault on order says the same.
pub(crate) const SOME: Met = Met { category: "Medium", limit: CHANGES as u32 };

/// The answer to too many calls: with a day's limit, when it may be asked again as a date.
pub(crate) fn too_many(daily: bool, met: Met, now: Timestamp) -> Answer {
    let message = match daily {
        true => {
            "You have reached the maximum daily rate limit for this API. Refer to the response \
             header for details on when you can make another request."
        }
        false => {
            "You have reached the maximum per-second rate limit for this API. Try again later."
        }
    };
    let mut answer = Answer::with(429, json!({ "code": 429, "message": message }));
    let again = if daily { next_day(now) } else { now + SignedDuration::from_secs(1) };
    let kind = if daily { "Daily-limit" } else { "QPS" };
    answer.headers.push(("x-ratelimit-category", met.category.to_owned()));
    answer.headers.push(("x-ratelimit-limit", met.limit.to_string()));
    answer.headers.push(("x-ratelimit-type", kind.to_owned()));
    answer.headers.push(("x-ratelimit-remaining", "0".to_owned()));
    answer.headers.push(("x-ratelimit-reset", again.as_second().to_string()));
    if daily {
        answer.headers.push(("retry-after", again.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()));
    }
    answer
}

impl World {
    /// Counts a call; an answer when it is one too many.
    pub(crate) fn count(&mut self, label: Label, now: Timestamp) -> Option<Answer> {
        let (a_second, a_day) = match (self.settings.plan, label) {
            (Plan::Basic, Label::Light) => (4, 6_000),
            (Plan::Basic, Label::Medium) => (2, 2_000),
            (Plan::Basic, Label::Heavy) => (1, 1_000),
            (Plan::Pro, Label::Light) => (30, u32::MAX),
            (Plan::Pro, Label::Medium) => (20, u32::MAX),
            (Plan::Pro, Label::Heavy) => (10, 30_000),
            (Plan::Business, Label::Light) => (80, u32::MAX),
            (Plan::Business, Label::Medium) => (60, u32::MAX),
            (Plan::Business, Label::Heavy) => (40, 60_000),
        };
        let category = match label {
            Label::Light => "Light",
            Label::Medium => "Medium",
            Label::Heavy => "Heavy",
        };
        let second = now.as_second();
        self.limits.seconds.retain(|(_, at), _| *at == second);
        let today = self.limits.days.entry((label, day(now))).or_default();
        if *today >= a_day {
            return Some(too_many(true, Met { category, limit: a_day }, now));
        }
        *today += 1;
        let count = self.limits.seconds.entry((label, second)).or_default();
        *count += 1;
        (*count > a_second).then(|| too_many(false, Met { category, limit: a_second }, now))
    }

    /// Counts a meeting that is made or changed for a host; an answer when it is one too many.
    pub(crate) fn count_change(&mut self, host: &str, now: Timestamp) -> Option<Answer> {
        let count = self.limits.changes.entry((host.to_owned(), day(now))).or_default();
        if *count >= CHANGES {
            return Some(too_many(true, SOME, now));
        }
        *count += 1;
        None
    }

    /// Counts a registration of an address for a meeting; an answer when it is one too many: three
    /// a day of UTC (developers.zoom.us/docs/api/rate-limits).
    pub(crate) fn count_registration(
        &mut self,
        meeting: i64,
        address: &str,
        now: Timestamp,
    ) -> Option<Answer> {
        let key = (meeting, address.to_lowercase(), day(now));
        let count = self.limits.registrations.entry(key).or_default();
        *count += 1;
        let met = Met { category: "Light", limit: REGISTRATIONS };
        (*count > REGISTRATIONS).then(|| too_many(true, met, now))
    }
}

impl StandIn {
    /// How many meetings were made or changed today for a host, by id or address.
    pub fn changes_today(&self, user: &str) -> u16 {
        let now = self.now();
        let world = self.world();
        let id = world.user(user).map(|user| user.id.clone()).unwrap_or_default();
        world.limits.changes.get(&(id, day(now))).copied().unwrap_or_default()
    }
}
