//! The course of an application, from receipt to the office's answer (article 2(2)).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::people::Practice;
use crate::schedule::{Bounds, Calendar, Slot, TOKYO, completed_before};

/// Where an application is in its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Received; the office looks for a time.
    Received,
    /// The office proposed another time and waits for the person.
    Proposed,
    /// Answered with yes: an appointment exists.
    Confirmed,
    /// Answered with no.
    Declined,
    /// Taken back by the person before it was confirmed.
    Withdrawn,
    /// The person comes to the office instead.
    ToVisit,
    /// The office telephones instead.
    ToTelephone,
}

/// What can be done with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The person changes the wished times.
    ChangeWishes,
    /// The office proposes a time.
    Propose,
    /// The person accepts the proposed time.
    AcceptProposal,
    /// The person asks for another time than the proposed one.
    RefuseProposal,
    /// Nobody answered the proposal in time.
    LapseProposal,
    /// The office confirms a time.
    Confirm,
    /// The office declines.
    Decline,
    /// The person takes the application back.
    Withdraw,
    /// The office asks the person to come.
    ConvertToVisit,
    /// The office will telephone.
    ConvertToTelephone,
}

/// Why a step cannot be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CourseRefusal {
    /// It is answered already.
    AlreadyAnswered,
    /// It was taken back already.
    AlreadyWithdrawn,
    /// No proposal is open.
    NoOpenProposal,
}

/// Why the office says no. The person is told the reason in words (article 2(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Registration is not completed (article 1(1)).
    NotRegistered,
    /// The environment of article 4 cannot be had (article 1(2)).
    NoEnvironment,
    /// No need for the service is seen (article 1(3)).
    NoNeed,
    /// No time can be found.
    NoTime,
    /// The same person has another application open.
    Duplicate,
    /// The request is not counselling for work.
    OutsideTheService,
    /// No seat was left in the group session, or it is not held.
    NoSeat,
    /// A manager decided that the person is declined for a time (article 2(4)).
    UseDeclined,
    /// The person's use was ended (article 10(2)).
    UseEnded,
}

impl DeclineReason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::NotRegistered,
        Self::NoEnvironment,
        Self::NoNeed,
        Self::NoTime,
        Self::Duplicate,
        Self::OutsideTheService,
        Self::NoSeat,
        Self::UseDeclined,
        Self::UseEnded,
    ];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotRegistered => "not_registered",
            Self::NoEnvironment => "no_environment",
            Self::NoNeed => "no_need",
            Self::NoTime => "no_time",
            Self::Duplicate => "duplicate",
            Self::OutsideTheService => "outside_the_service",
            Self::NoSeat => "no_seat",
            Self::UseDeclined => "use_declined",
            Self::UseEnded => "use_ended",
        }
    }

    /// Reads [`DeclineReason::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

impl Course {
    /// Every place in the course.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Proposed,
        Self::Confirmed,
        Self::Declined,
        Self::Withdrawn,
        Self::ToVisit,
        Self::ToTelephone,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::ToVisit => "to_visit",
            Self::ToTelephone => "to_telephone",
        }
    }

    /// Reads [`Course::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|course| course.code() == code)
    }

    /// Whether the office still owes an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Proposed)
    }

    /// The place after `step`.
    ///
    /// # Errors
    /// [`CourseRefusal`] when the step does not fit the present place.
    pub fn after(self, step: Step) -> Result<Self, CourseRefusal> {
        match self {
            Self::Withdrawn => return Err(CourseRefusal::AlreadyWithdrawn),
            Self::Confirmed | Self::Declined | Self::ToVisit | Self::ToTelephone => {
                return Err(CourseRefusal::AlreadyAnswered);
            }
            Self::Received | Self::Proposed => {}
        }
        Ok(match step {
            Step::AcceptProposal | Step::RefuseProposal | Step::LapseProposal
                if self != Self::Proposed =>
            {
                return Err(CourseRefusal::NoOpenProposal);
            }
            Step::ChangeWishes | Step::RefuseProposal | Step::LapseProposal => Self::Received,
            Step::Propose => Self::Proposed,
            Step::AcceptProposal | Step::Confirm => Self::Confirmed,
            Step::Decline => Self::Declined,
            Step::Withdraw => Self::Withdrawn,
            Step::ConvertToVisit => Self::ToVisit,
            Step::ConvertToTelephone => Self::ToTelephone,
        })
    }
}

/// By when the office answers an application that names no time: at closing time, some working
/// days later. Never at a closing that was over when the application came.
pub fn answer_due(received: Timestamp, calendar: &Calendar, practice: &Practice) -> Timestamp {
    let received_on = received.to_zoned(TOKYO.clone()).date();
    let closing = |date: Option<Date>| at_tokyo(date?, practice.counter_closes);
    let counted = calendar.working_days_after(received_on, practice.answer_working_days);
    let staffed = counted.filter(|date| calendar.is_working_day(*date));
    let next = || closing(calendar.next_working_day(received_on));
    closing(staffed).filter(|due| *due > received).or_else(next).unwrap_or(received)
}

/// By when the office answers an application with these wishes: as [`answer_due`], but while the
/// earliest wish can still be completed (article 2(1)), and somebody is there to answer. An answer
/// that comes after the wished time is none.
///
/// When it came after the last such closing, the end of the time for completion counts; when staff
/// took it in after that too ("in principle"), the wished start.
pub fn answer_due_for(received: Timestamp, wishes: &[Slot], bounds: &Bounds<'_>) -> Timestamp {
    let due = answer_due(received, bounds.calendar, bounds.practice);
    let Some(first) = wishes.iter().min_by_key(|wish| wish.start) else { return due };
    let completed = completed_before(first.date(), bounds);
    let closing = completed.and_then(|limit| last_closing(limit, bounds));
    let caps = [closing, completed, Some(first.start)];
    let cap = caps.into_iter().flatten().find(|cap| *cap > received);
    cap.map_or(received, |cap| due.min(cap))
}

/// The last time at or before an instant at which the counter closes on a working day.
fn last_closing(limit: Timestamp, bounds: &Bounds<'_>) -> Option<Timestamp> {
    let closing = |date| at_tokyo(date, bounds.practice.counter_closes);
    let day = limit.to_zoned(TOKYO.clone()).date();
    let today = Some(day).filter(|day| bounds.calendar.is_working_day(*day));
    let today = today.and_then(closing).filter(|at| *at <= limit);
    today.or_else(|| bounds.calendar.previous_working_day(day).and_then(closing))
}

/// Until when a proposed slot is kept for the person: the office's answering time again, but no
/// later than the last moment at which the booking can be completed (article 2(1)).
pub fn proposal_lapses_at(slot: &Slot, bounds: &Bounds<'_>, now: Timestamp) -> Timestamp {
    let last = completed_before(slot.date(), bounds).unwrap_or(slot.start);
    answer_due(now, bounds.calendar, bounds.practice).min(last)
}

fn at_tokyo(date: Date, time: Time) -> Option<Timestamp> {
    date.to_datetime(time).to_zoned(TOKYO.clone()).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms;

    #[test]
    fn article_2_2_each_step_from_each_place() {
        use Course as C;
        for from in C::ALL {
            for (step, to) in [
                (Step::ChangeWishes, C::Received),
                (Step::Propose, C::Proposed),
                (Step::Confirm, C::Confirmed),
                (Step::Decline, C::Declined),
                (Step::Withdraw, C::Withdrawn),
                (Step::ConvertToVisit, C::ToVisit),
                (Step::ConvertToTelephone, C::ToTelephone),
            ] {
                let expected = match from {
                    C::Received | C::Proposed => Ok(to),
                    C::Withdrawn => Err(CourseRefusal::AlreadyWithdrawn),
                    _ => Err(CourseRefusal::AlreadyAnswered),
                };
                assert_eq!(from.after(step), expected, "{from:?} {step:?}");
            }
        }
        assert_eq!(C::Proposed.after(Step::AcceptProposal), Ok(C::Confirmed));
        assert_eq!(C::Proposed.after(Step::RefuseProposal), Ok(C::Received));
        assert_eq!(C::Proposed.after(Step::LapseProposal), Ok(C::Received));
        assert_eq!(C::Received.after(Step::AcceptProposal), Err(CourseRefusal::NoOpenProposal));
        assert_eq!(C::Confirmed.after(Step::AcceptProposal), Err(CourseRefusal::AlreadyAnswered));
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn article_2_2_when_an_answer_is_due() {
        let check = |received: &str, due: &str| {
            let found = answer_due(at(received), &Calendar::default(), &Practice::default());
            assert_eq!(found, at(due), "{received}");
        };
        check("2026-11-16T10:00:00+09:00", "2026-11-18T17:15:00+09:00");
        // Friday evening before a Monday holiday: Tuesday and Wednesday are the two working days.
        check("2026-11-20T20:00:00+09:00", "2026-11-25T17:15:00+09:00");
        check("2026-12-28T09:00:00+09:00", "2027-01-05T17:15:00+09:00");
    }

    /// An office that promises the same day does not promise the past.
    #[test]
    fn article_2_2_an_answer_on_the_same_day_is_not_overdue_at_once() {
        let practice = Practice { answer_working_days: 0, ..Practice::default() };
        let check = |received: &str, due: &str| {
            let found = answer_due(at(received), &Calendar::default(), &practice);
            assert_eq!(found, at(due), "{received}");
        };
        check("2026-11-16T10:00:00+09:00", "2026-11-16T17:15:00+09:00");
        check("2026-11-16T17:15:00+09:00", "2026-11-17T17:15:00+09:00");
        check("2026-11-20T20:00:00+09:00", "2026-11-24T17:15:00+09:00");
        check("2026-11-21T10:00:00+09:00", "2026-11-24T17:15:00+09:00");
    }

    #[test]
    fn article_2_2_the_answer_comes_before_the_wished_time() {
        let model = terms::model();
        let check = |received: &str, wishes: &[&str], due: &str| {
            let stamp = |text: &str| at(&format!("2026-11-{text}:00+09:00"));
            let wish =
                |start: &&str| Slot { start: stamp(start), minutes: model.rules.shortest_minutes };
            let (calendar, practice) = (Calendar::default(), Practice::default());
            let bounds = Bounds { rules: &model.rules, calendar: &calendar, practice: &practice };
            let wishes: Vec<Slot> = wishes.iter().map(wish).collect();
            let found = answer_due_for(stamp(received), &wishes, &bounds);
            assert_eq!(found, stamp(due), "{received} {due}");
        };
        check("16T10:00", &["17T10:00"], "16T17:15"); // Monday to Tuesday.
        check("20T17:00", &["24T10:00"], "20T17:15"); // Monday is a holiday.
        check("20T10:00", &["24T10:00"], "20T17:15");
        check("16T10:00", &["18T10:00"], "17T17:15");
        check("16T10:00", &["30T10:00"], "18T17:15");
        check("16T10:00", &["30T10:00", "17T14:00"], "16T17:15");
        check("16T10:00", &[], "18T17:15");
        // Nobody is at the counter any more; staff may still answer by midnight.
        check("20T20:00", &["24T10:00"], "24T00:00");
        // Taken in by staff for the same day ("in principle").
        check("16T10:00", &["16T14:00"], "16T14:00");
        check("16T10:00", &["16T09:00"], "16T10:00");
    }

    #[test]
    fn article_2_1_a_proposal_lapses_before_the_day_itself() {
        let model = terms::model();
        let check = |start: &str, now: &str, lapses: &str| {
            let slot = Slot { start: at(start), minutes: model.rules.shortest_minutes };
            let calendar = Calendar::default();
            let practice = Practice::default();
            let bounds = Bounds { rules: &model.rules, calendar: &calendar, practice: &practice };
            let found = proposal_lapses_at(&slot, &bounds, at(now));
            assert_eq!(found, at(lapses), "{start} {now}");
        };
        check(
            "2026-11-30T10:00:00+09:00",
            "2026-11-16T10:00:00+09:00",
            "2026-11-18T17:15:00+09:00",
        );
        check(
            "2026-11-18T10:00:00+09:00",
            "2026-11-17T10:00:00+09:00",
            "2026-11-18T00:00:00+09:00",
        );
    }
}
