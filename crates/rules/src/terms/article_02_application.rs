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
//!   automatic, on a deemed cancellation that is on file ([`check_declining`]). How long is not
//!   stated, so a day of review is always set; when it is over and nobody has decided anew, later
//!   applications are no longer declined ([`Declining::holds`]).

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::article_10_suspension::ConductRefusal;
use super::{Choices, Rules};

/// The instant at which silence becomes a cancellation (article 2(4)); `None` where the version in
/// force leaves silence without consequence.
pub fn deemed_cancelled_from(start: Timestamp, rules: &Rules) -> Option<Timestamp> {
    let grace = SignedDuration::from_mins(i64::from(rules.grace_minutes?));
    Some(start.checked_add(grace).unwrap_or(Timestamp::MAX))
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
    deemed_cancelled_from(start, rules)
        .is_some_and(|limit| now >= limit && contact.is_none_or(|at| at > limit))
}

/// From which day later applications are declined, and when that is looked at again (article 2(4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declining {
    /// The first day.
    pub from: Date,
    /// The day of review, and the last day.
    pub review: Date,
}

impl Declining {
    /// Whether it holds on a day.
    pub fn holds(self, day: Date) -> bool {
        (self.from..=self.review).contains(&day)
    }
}

/// Whether later applications may be declined (article 2(4), third sentence).
///
/// # Errors
/// The version in force does not provide for it, no deemed cancellation is on file, no reason is
/// given, or the days are not in order.
pub fn check_declining(
    declining: Declining,
    deemed_cancellations: usize,
    has_reason: bool,
    (today, choices): (Date, &Choices),
) -> Result<(), ConductRefusal> {
    if !choices.later_use_may_be_declined {
        return Err(ConductRefusal::NotInTheTerms);
    }
    if deemed_cancellations == 0 {
        return Err(ConductRefusal::NoDeemedCancellation);
    }
    if !has_reason {
        return Err(ConductRefusal::NoReason);
    }
    if declining.from < today {
        return Err(ConductRefusal::FromInThePast);
    }
    if declining.review <= declining.from {
        return Err(ConductRefusal::NoReview);
    }
    Ok(())
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
        let limit = deemed_cancelled_from(start, &rules).unwrap();
        let just_before = limit.checked_sub(SignedDuration::from_nanos(1)).unwrap();
        assert!(is_deemed_cancelled(start, None, limit, &rules));
        assert!(!is_deemed_cancelled(start, None, just_before, &rules));
    }

    #[test]
    fn article_2_4_declining_is_decided_on_what_is_on_file() {
        use ConductRefusal::{FromInThePast, NoDeemedCancellation, NoReason, NoReview};
        let check = |from: &str, review: &str, deemed, reason, refusal| {
            let [from, review, today] =
                [from, review, "2026-11-24"].map(|day| day.parse().unwrap());
            let declining = Declining { from, review };
            let choices = terms::model().choices;
            let checked = check_declining(declining, deemed, reason, (today, &choices));
            assert_eq!(checked.err(), refusal, "{from} {review} {deemed} {reason}");
        };
        check("2026-11-24", "2027-05-24", 1, true, None);
        check("2026-12-01", "2026-12-02", 3, true, None);
        check("2026-11-24", "2027-05-24", 0, true, Some(NoDeemedCancellation));
        check("2026-11-24", "2027-05-24", 1, false, Some(NoReason));
        check("2026-11-23", "2027-05-24", 1, true, Some(FromInThePast));
        check("2026-11-24", "2026-11-24", 1, true, Some(NoReview));
    }

    #[test]
    fn article_2_4_declining_ends_with_its_review() {
        let day = |day: &str| day.parse().unwrap();
        let declining = Declining { from: day("2026-11-24"), review: day("2027-05-24") };
        let check = |on: &str, holds| assert_eq!(declining.holds(day(on)), holds, "{on}");
        check("2026-11-23", false);
        check("2026-11-24", true);
        check("2027-05-24", true);
        check("2027-05-25", false);
    }

    #[test]
    fn article_2_4_takes_the_grace_from_the_version() {
        let mut rules = terms::model().rules;
        rules.grace_minutes = Some(15);
        let start = at("10:00:00").unwrap();
        assert_eq!(deemed_cancelled_from(start, &rules), at("10:15:00"));
        assert_eq!(deemed_cancelled_from(Timestamp::MAX, &rules), Some(Timestamp::MAX));
        rules.grace_minutes = None;
        assert_eq!(deemed_cancelled_from(start, &rules), None);
        assert!(!is_deemed_cancelled(start, None, at("16:00:00").unwrap(), &rules));
    }
}
