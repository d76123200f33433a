//! Article 5: records of use, and what is asked of the user.
//!
//! - (1): the office may record when and with what a session was used, to run the service, to know
//!   its use and to make it better. "May": each kind of item can be switched off by the office
//!   ([`thin`]). Name and e-mail address stay with the application; nothing of what was said is
//!   recorded, no address of a machine and no name of a device, which may be a person's
//!   ("Hanako's phone"). These three purposes are all: sums of records leave the window for one of
//!   them or not at all ([`Purpose`]).
//! - (2), first sentence: nothing is published from which a device can be told. What may be is
//!   decided in [`crate::records::statistics`]; the desk shows it, the office publishes it.
//!   Second sentence: demands under a law have a register of their own, and are answered by two
//!   people or not at all ([`crate::records::disclosure`]).
//! - (3): the conditions of the tool's maker are agreed to with the terms; the page of consent
//!   links to those that the office names (article 5(3), `Practice::tool_terms`).
//! - (4): purpose, functions and the ban on recording are said before joining. Asks nothing else of
//!   the software; the office has no recording either.

use jiff::Timestamp;

use super::environment::{Device, JoinBy};
use crate::appointment::Standing;
use crate::people::RecordedItems;
use crate::session::Level;

/// What the office may record, and use, records for (article 5(1)). There is no fourth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// 運用管理: to run the service.
    Operation,
    /// 利用状況の把握: to know its use.
    Usage,
    /// 利用者の利便性向上: to make it better for those who use it.
    Convenience,
}

impl Purpose {
    /// Every purpose, in the order of the article.
    pub const ALL: [Self; 3] = [Self::Operation, Self::Usage, Self::Convenience];

    /// The stable code of the store and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Usage => "usage",
            Self::Convenience => "convenience",
        }
    }

    /// The purpose with exactly this [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// The record of one session's use (article 5(1)). Absent is what was not known or not wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsageRecord {
    /// The start as planned.
    pub planned_start: Option<Timestamp>,
    /// The end as planned.
    pub planned_end: Option<Timestamp>,
    /// When it began.
    pub actual_start: Option<Timestamp>,
    /// When it ended.
    pub actual_end: Option<Timestamp>,
    /// The kind of device.
    pub device: Option<Device>,
    /// App or browser.
    pub join_by: Option<JoinBy>,
    /// How it ended, and whether it was held by video or went on by telephone.
    pub outcome: Option<Standing>,
    /// How the lines were, where the built-in room measured them; no address is in it.
    pub quality: Option<Level>,
}

/// Why a record cannot be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageRefusal {
    /// It ends before it starts.
    EndBeforeStart,
    /// The session is said to have begun or ended later than now.
    InTheFuture,
}

impl UsageRecord {
    /// Whether the record can be true at `now`.
    ///
    /// # Errors
    /// Planned or actual times run backwards, or the actual ones have not passed.
    pub fn check(&self, now: Timestamp) -> Result<(), UsageRefusal> {
        let periods =
            [(self.planned_start, self.planned_end), (self.actual_start, self.actual_end)];
        let backwards =
            |(start, end)| matches!((start, end), (Some(start), Some(end)) if end < start);
        if periods.into_iter().any(backwards) {
            return Err(UsageRefusal::EndBeforeStart);
        }
        let mut actual = self.actual_start.into_iter().chain(self.actual_end);
        if actual.any(|at| at > now) { Err(UsageRefusal::InTheFuture) } else { Ok(()) }
    }
}

/// Leaves in a record only what the office records (article 5(1): "may").
pub fn thin(record: UsageRecord, recorded: &RecordedItems) -> UsageRecord {
    UsageRecord {
        planned_start: record.planned_start.filter(|_| recorded.times),
        planned_end: record.planned_end.filter(|_| recorded.times),
        actual_start: record.actual_start.filter(|_| recorded.times),
        actual_end: record.actual_end.filter(|_| recorded.times),
        device: record.device.filter(|_| recorded.device),
        join_by: record.join_by.filter(|_| recorded.device),
        outcome: record.outcome.filter(|_| recorded.outcome),
        quality: record.quality.filter(|_| recorded.outcome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_5_1_three_purposes_and_no_other() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.code()), Some(purpose));
        }
        for code in ["", "Usage", "usage ", "research", "利用状況の把握"] {
            assert_eq!(Purpose::parse(code), None, "{code:?}");
        }
    }

    /// `10:00-10:30`; a missing end is not known.
    fn period(times: &str) -> [Option<Timestamp>; 2] {
        let at = |time: &str| {
            let at = || format!("2026-11-24T{time}:00+09:00").parse().unwrap();
            (!time.is_empty()).then(at)
        };
        let (start, end) = times.split_once('-').unwrap();
        [at(start), at(end)]
    }

    fn record(planned: &str, actual: &str) -> UsageRecord {
        let [planned_start, planned_end] = period(planned);
        let [actual_start, actual_end] = period(actual);
        let times = UsageRecord::default();
        UsageRecord { planned_start, planned_end, actual_start, actual_end, ..times }
    }

    fn check(planned: &str, actual: &str, refusal: Option<UsageRefusal>) {
        let [now, _] = period("10:40-");
        let checked = record(planned, actual).check(now.unwrap());
        assert_eq!(checked.err(), refusal, "{planned} {actual}");
    }

    #[test]
    fn article_5_1_a_record_can_be_true() {
        use UsageRefusal::{EndBeforeStart, InTheFuture};
        check("10:00-10:30", "10:02-10:40", None);
        check("10:00-10:30", "10:02-", None); // It goes on.
        check("10:00-10:30", "-10:31", None);
        check("10:00-10:30", "-", None);
        check("-", "10:02-10:02", None); // It broke off at once.
        check("11:00-11:30", "10:02-10:40", None); // Held earlier than planned.
        check("10:30-10:00", "-", Some(EndBeforeStart));
        check("10:00-10:30", "10:31-10:02", Some(EndBeforeStart));
        check("10:00-10:30", "10:02-10:41", Some(InTheFuture));
        check("10:00-10:30", "10:50-", Some(InTheFuture));
        check("10:00-10:30", "10:50-10:55", Some(InTheFuture));
    }

    #[test]
    fn article_5_1_only_what_the_office_records() {
        let full = UsageRecord {
            device: Some(Device::Phone),
            join_by: Some(JoinBy::App),
            outcome: Some(Standing::Held),
            quality: Some(Level::Fair),
            ..record("10:00-10:30", "10:02-10:31")
        };
        let check = |times, device, outcome, left: UsageRecord| {
            assert_eq!(thin(full, &RecordedItems { times, device, outcome }), left);
        };
        let nothing = UsageRecord::default();
        let UsageRecord { device, join_by, outcome, quality, .. } = full;
        check(true, true, true, full);
        check(false, true, true, UsageRecord { device, join_by, outcome, quality, ..nothing });
        check(true, false, true, UsageRecord { device: None, join_by: None, ..full });
        check(true, true, false, UsageRecord { outcome: None, quality: None, ..full });
        check(false, false, false, nothing);
    }
}
