//! The pool of hosts: one live meeting for each (two where the plan allows), and a hundred meetings
//! made or changed for each in a day.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::schedule::{CELL_MINUTES, Slot};

/// How many meetings may be made or changed for one host in a day of UTC; the rest is answered with
/// 429 (Zoom OpenAPI v2, "100 requests per day per user").
pub const MADE_OR_CHANGED_PER_DAY: u16 = 100;

/// So many of them are kept for sessions of the same day: a session that is moved at ten o'clock
/// must not fail because next month was filled at nine.
pub const RESERVED_FOR_THE_DAY: u16 = 20;

/// A host is kept so long before and after a session: the door opens early, a talk runs over, and
/// the next meeting must not end it ("end other meeting", support.zoom.com KB0068522).
const MARGIN_MINUTES: u16 = 15;

/// A Zoom user who can hold a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// Number in the store.
    pub id: i64,
    /// How many meetings were made or changed for them today.
    pub spent: u16,
    /// Whether they have room for another meeting at that time.
    pub is_free: bool,
}

/// Why no host can hold a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHost {
    /// The office has none.
    None,
    /// Every one has a meeting at that time.
    Busy,
    /// Those that are free have made and changed as many meetings today as Zoom allows.
    Spent,
}

/// The day that a budget is counted by: that of UTC, which begins at nine in the morning in Tokyo.
pub fn budget_day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// When the day after [`budget_day`] begins.
pub fn next_budget(now: Timestamp) -> Timestamp {
    let tomorrow = budget_day(now).tomorrow().and_then(|day| day.to_zoned(TimeZone::UTC));
    tomorrow.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// Whether another meeting may be made or changed for a host, who has `spent` so many today.
/// Sessions of the day itself reach into the reserve.
pub fn may_spend(spent: u16, slot: Slot, now: Timestamp) -> bool {
    let limit = match slot.date() <= crate::schedule::TOKYO.to_datetime(now).date() {
        true => MADE_OR_CHANGED_PER_DAY,
        false => MADE_OR_CHANGED_PER_DAY - RESERVED_FOR_THE_DAY,
    };
    spent < limit
}

/// The five-minute cells for which a session takes a host.
pub fn cells(slot: Slot) -> Range<i64> {
    let margin = i64::from(MARGIN_MINUTES / CELL_MINUTES);
    let cells = slot.cells();
    cells.start - margin..cells.end + margin
}

/// Who holds a session: of those who are free and may, who has spent least today.
///
/// # Errors
/// [`NoHost`].
pub fn choose(hosts: &[Host], slot: Slot, now: Timestamp) -> Result<i64, NoHost> {
    if hosts.is_empty() {
        return Err(NoHost::None);
    }
    let free: Vec<&Host> = hosts.iter().filter(|host| host.is_free).collect();
    if free.is_empty() {
        return Err(NoHost::Busy);
    }
    let able = free.into_iter().filter(|host| may_spend(host.spent, slot, now));
    able.min_by_key(|host| (host.spent, host.id)).map(|host| host.id).ok_or(NoHost::Spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn slot(start: &str) -> Slot {
        Slot { start: at(start), minutes: 30 }
    }

    #[test]
    fn the_day_of_a_budget_begins_at_nine_in_tokyo() {
        let check = |now: &str, day: &str| assert_eq!(budget_day(at(now)).to_string(), day);
        check("2026-11-24T08:59:59+09:00", "2026-11-23");
        check("2026-11-24T09:00:00+09:00", "2026-11-24");
        let next = |now: &str, then: &str| assert_eq!(next_budget(at(now)), at(then));
        next("2026-11-24T08:59:59+09:00", "2026-11-24T09:00:00+09:00");
        next("2026-11-24T09:00:00+09:00", "2026-11-25T09:00:00+09:00");
    }

    #[test]
    fn a_hundred_a_day_and_twenty_of_them_for_the_day_itself() {
        let now = at("2026-11-24T10:00:00+09:00");
        let (today, tomorrow) =
            (slot("2026-11-24T14:00:00+09:00"), slot("2026-11-25T10:00:00+09:00"));
        let check = |spent: u16, slot: Slot, may: bool| {
            assert_eq!(may_spend(spent, slot, now), may, "{spent} {slot:?}");
        };
        check(0, tomorrow, true);
        check(79, tomorrow, true);
        check(80, tomorrow, false);
        check(80, today, true);
        check(99, today, true);
        check(100, today, false);
        check(u16::MAX, today, false);
    }

    #[test]
    fn a_host_is_kept_a_quarter_of_an_hour_before_and_after() {
        let one = slot("2026-11-24T10:00:00+09:00");
        let cells = cells(one);
        assert_eq!(cells.end - cells.start, 3 + 6 + 3);
        assert_eq!(cells.start, one.cells().start - 3);
    }

    #[test]
    fn who_holds_a_session() {
        let now = at("2026-11-24T10:00:00+09:00");
        let tomorrow = slot("2026-11-25T10:00:00+09:00");
        let host = |id, spent, is_free| Host { id, spent, is_free };
        let check = |hosts: &[Host], expected| {
            assert_eq!(choose(hosts, tomorrow, now), expected, "{hosts:?}");
        };
        check(&[], Err(NoHost::None));
        check(&[host(1, 0, false)], Err(NoHost::Busy));
        check(&[host(1, 80, true), host(2, 0, false)], Err(NoHost::Spent));
        check(&[host(1, 4, true), host(2, 3, true)], Ok(2));
        check(&[host(2, 3, true), host(1, 3, true)], Ok(1));
        check(&[host(1, 3, false), host(2, 79, true)], Ok(2));
    }
}
