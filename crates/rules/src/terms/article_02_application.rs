//! Article 2: from the application to the day itself.
//!
//! - Opening words: what follows is to be kept in mind, so it stands on the application's pages.
//! - (1): length of a session, completion by the day before "in principle", and what an
//!   application asks for. The numbers are [`Rules`]; the calendar and the wishes are
//!   `schedule`'s, the form is `application`'s. "Complete" means answered by the office, not sent
//!   by the jobseeker. "About" binds the plan: a session that runs over is recorded as it was,
//!   without consequence.
//! - (2): the office arranges the schedule and tells whether, when and how. The start it tells is
//!   the one that (4) counts from; after a change, the later one. Carried out in `appointment` and
//!   `letters`.
//! - (3): an alias is told and entered, the real name is not: `people::alias`. Typing one's real
//!   name is an ordinary slip and not a breach.
//! - (4) holds three powers. Cancelling, by telephone: a call is recorded by staff with the time
//!   at which it came. Deeming, by the clock: [`is_deemed_cancelled`], undone when contact turns
//!   out to have come in time. Declining later applications: by a named officer only, never
//!   automatic.

use jiff::{SignedDuration, Timestamp};

use super::Rules;

/// The instant at which silence becomes a cancellation (article 2(4)).
pub fn deemed_cancelled_from(start: Timestamp, rules: &Rules) -> Timestamp {
    let grace = SignedDuration::from_mins(i64::from(rules.grace_minutes));
    start.checked_add(grace).unwrap_or(Timestamp::MAX)
}

/// Whether an appointment is deemed cancelled at `now` (article 2(4)).
///
/// `start` is the start the office notified; `contact` is when the jobseeker first called or
/// arrived, not when it was typed. Contact at the last instant itself is in time.
pub fn is_deemed_cancelled(
    start: Timestamp,
    contact: Option<Timestamp>,
    now: Timestamp,
    rules: &Rules,
) -> bool {
    let limit = deemed_cancelled_from(start, rules);
    now >= limit && contact.is_none_or(|at| at > limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms;

    fn at(time: &str) -> Option<Timestamp> {
        (time != "-").then(|| format!("2026-11-24T{time}+09:00").parse().unwrap())
    }

    fn check(row: &str) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let [start, contact, now, standing] = cells[..] else { panic!("{row}") };
        let [start, contact, now] = [start, contact, now].map(at);
        let rules = terms::model().rules;
        let deemed = is_deemed_cancelled(start.unwrap(), contact, now.unwrap(), &rules);
        assert_eq!(deemed, standing == "deemed", "{row}");
    }

    #[test]
    fn article_2_4_silence_after_the_start() {
        //     start     contact   now
        check("10:00:00  -         09:59:59  waiting");
        check("10:00:00  -         10:00:00  waiting");
        check("10:00:00  -         10:09:59  waiting");
        check("10:00:00  -         10:10:00  deemed");
        check("10:00:00  -         10:20:00  deemed");
        check("10:00:00  10:08:00  10:20:00  waiting"); // The call was typed at 10:20.
        check("10:00:00  10:09:00  10:10:00  waiting"); // Arrived in the waiting room.
        check("10:00:00  10:10:00  10:10:00  waiting");
        check("10:00:00  10:10:00  10:20:00  waiting");
        check("10:00:00  10:10:01  10:20:00  deemed");
        check("10:00:00  08:45:00  10:20:00  waiting"); // Called in the morning.
        check("10:30:00  -         10:39:59  waiting"); // The start was put off by half an hour.
        check("10:30:00  -         10:40:00  deemed");
    }

    #[test]
    fn article_2_4_judges_by_the_instant_it_names() {
        let rules = terms::model().rules;
        let start = at("14:00:00").unwrap();
        let limit = deemed_cancelled_from(start, &rules);
        let just_before = limit.checked_sub(SignedDuration::from_nanos(1)).unwrap();
        assert!(is_deemed_cancelled(start, None, limit, &rules));
        assert!(!is_deemed_cancelled(start, None, just_before, &rules));
    }

    #[test]
    fn article_2_4_takes_the_grace_from_the_version() {
        let mut rules = terms::model().rules;
        rules.grace_minutes = 15;
        let start = at("10:00:00").unwrap();
        assert_eq!(deemed_cancelled_from(start, &rules), at("10:15:00").unwrap());
        assert_eq!(deemed_cancelled_from(Timestamp::MAX, &rules), Timestamp::MAX);
    }
}
