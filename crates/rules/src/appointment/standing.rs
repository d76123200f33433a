//! Where an appointment stands: a pure reading of its facts at an instant.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{Appointment, Fact, Outcome, What};
use crate::schedule::{Slot, TOKYO};
use crate::terms::Rules;
use crate::terms::application::deemed_cancelled_from;

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Booked; nothing has been heard yet.
    Waiting,
    /// The person got in touch; the limit of article 2(4) is off.
    InContact,
    /// The person is, or was, there.
    Present,
    /// Counselling took place.
    Held,
    /// It went on by telephone.
    ByTelephone,
    /// The jobseeker's equipment or line failed (article 9(2)).
    JobseekersTrouble,
    /// The office's equipment or line failed (article 9(6)).
    OfficesTrouble,
    /// Cancelled by the jobseeker (article 2(4), first sentence).
    CalledOff,
    /// Deemed cancelled after silence (article 2(4), second sentence).
    DeemedCancelled,
    /// Called off by the office (articles 9(6), 10(1)).
    StoppedByOffice,
    /// Ended or called off because of a breach (articles 9(4), 10(2)).
    BrokenOff,
    /// A deeming, or a mistaken cancellation, was undone when the slot was already another's: a
    /// new time is owed.
    Displaced,
    /// The day passed and nobody recorded an outcome. Counts for nothing and against nobody.
    Unrecorded,
}

impl Standing {
    /// Every standing, in the order of a session's life.
    pub const ALL: [Self; 13] = [
        Self::Waiting,
        Self::InContact,
        Self::Present,
        Self::Held,
        Self::ByTelephone,
        Self::JobseekersTrouble,
        Self::OfficesTrouble,
        Self::CalledOff,
        Self::DeemedCancelled,
        Self::StoppedByOffice,
        Self::BrokenOff,
        Self::Displaced,
        Self::Unrecorded,
    ];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::InContact => "in_contact",
            Self::Present => "present",
            Self::Held => "held",
            Self::ByTelephone => "by_telephone",
            Self::JobseekersTrouble => "jobseekers_trouble",
            Self::OfficesTrouble => "offices_trouble",
            Self::CalledOff => "called_off",
            Self::DeemedCancelled => "deemed_cancelled",
            Self::StoppedByOffice => "stopped_by_office",
            Self::BrokenOff => "broken_off",
            Self::Displaced => "displaced",
            Self::Unrecorded => "unrecorded",
        }
    }

    /// Reads [`Standing::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// The clause under which an appointment stands so, in the model terms' numbering.
    pub fn article(self) -> &'static str {
        match self {
            Self::Waiting | Self::InContact | Self::Present => "2(4)",
            Self::CalledOff | Self::DeemedCancelled => "2(4)",
            Self::Held | Self::Unrecorded => "5(1)",
            Self::ByTelephone | Self::Displaced => "2(2)",
            Self::JobseekersTrouble => "9(2)",
            Self::OfficesTrouble => "9(6)",
            Self::StoppedByOffice => "10(1)",
            Self::BrokenOff => "9(4)",
        }
    }

    /// Whether the appointment stands so by article 2(4)'s limit, which is a number of the terms.
    pub fn is_by_limit(self) -> bool {
        matches!(self, Self::Waiting | Self::InContact | Self::Present | Self::DeemedCancelled)
    }

    /// Whether the session is still to come or going on.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::InContact | Self::Present)
    }

    /// Whether the slot is kept for this appointment.
    pub fn keeps_slot(self) -> bool {
        !matches!(
            self,
            Self::CalledOff
                | Self::DeemedCancelled
                | Self::StoppedByOffice
                | Self::BrokenOff
                | Self::Displaced
        )
    }

    /// Whether the session took place, or was tried: one of the outcomes that staff record.
    pub fn is_outcome(self) -> bool {
        matches!(
            self,
            Self::Held | Self::ByTelephone | Self::JobseekersTrouble | Self::OfficesTrouble
        )
    }

    /// Whether the session came to nothing on the office's side, so that its new time comes before
    /// anybody else's (article 9(6)).
    pub fn owes_new_time(self) -> bool {
        matches!(self, Self::Displaced | Self::StoppedByOffice | Self::OfficesTrouble)
    }

    /// Whether the session can be given another time: it is to come, its time was given back, or
    /// it came to nothing on the office's side.
    pub fn is_movable(self) -> bool {
        self.is_open() || !self.keeps_slot() || self.owes_new_time()
    }

    /// Whether this counts as a silent cancellation in the sense of article 2(4), third sentence.
    pub fn is_no_show(self) -> bool {
        self == Self::DeemedCancelled
    }
}

/// A standing and the instant since which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Where the appointment stands.
    pub standing: Standing,
    /// Since when, by the facts (not by when somebody looked).
    pub since: Timestamp,
}

/// Where the appointment stands at `now`.
pub fn standing(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Standing {
    judge(appointment, rules, now).standing
}

/// Where the appointment stands at `now`, and since when.
///
/// Facts that lie after `now` have not happened yet. What decides, in this order: an outcome that
/// was recorded; the office's own stop or the person's cancellation, whichever came first; a lost
/// slot; presence and contact; the office's outage, which must never count against the person
/// (article 9(6)); silence, unless the office was to call. Once silence is complete, nothing that
/// happens later undoes it except an outcome: only what turns out to have happened in time does.
pub fn judge(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Judged {
    let reading = Reading::new(&appointment.facts, appointment.slot, rules, now);
    let by_facts = reading.outcome().or_else(|| reading.ended_by_somebody());
    by_facts.unwrap_or_else(|| reading.open_or_silent(now))
}

/// Until when contact is in time (article 2(4)), while the limit runs at all: `None` when an outage
/// of the office keeps it from running (article 9(6)), when the office is to call, or when silence
/// cancels nothing.
pub fn running_limit(
    appointment: &Appointment,
    rules: &Rules,
    now: Timestamp,
) -> Option<Timestamp> {
    let reading = Reading::new(&appointment.facts, appointment.slot, rules, now);
    (!reading.limit_is_off()).then_some(reading.limit)
}

/// When the person was first seen at the door of the session at its present time.
pub fn arrived_at(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Option<Timestamp> {
    let reading = Reading::new(&appointment.facts, appointment.slot, rules, now);
    reading.first(|what| matches!(what, What::Arrived | What::WrongName))
}

/// Whether such a fact cannot be true yet at `at`: nobody is at the door before the day of the
/// session, and a session ends only after its start, or on its day after the person had come.
pub fn is_too_early(appointment: &Appointment, rules: &Rules, what: What, at: Timestamp) -> bool {
    let slot = appointment.slot;
    let day = midnight_before(slot.date());
    match what {
        What::Arrived | What::WrongName | What::Outage => at < day,
        What::Ended(_) => {
            let has_come = standing(appointment, rules, at) == Standing::Present;
            at < day || (at < slot.start && !has_come)
        }
        _ => false,
    }
}

/// When [`super::settle`] should next be asked if nothing else happens: the next instant at which
/// the standing changes by itself. `None` when only a new fact can change it.
pub fn next_tick(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Option<Timestamp> {
    let slot = appointment.slot;
    let present = standing(appointment, rules, now);
    let limit = deemed_cancelled_from(slot.start, rules);
    let by_clock = limit.into_iter().chain([slot.end(), end_of_day(slot)]);
    // A fact can lie ahead of this clock when another machine's runs a little faster.
    let by_facts = appointment.facts.iter().map(|fact| fact.at);
    let mut instants: Vec<Timestamp> = by_clock.chain(by_facts).collect();
    instants.sort_unstable();
    instants
        .into_iter()
        .filter(|at| *at > now)
        .find(|at| standing(appointment, rules, *at) != present)
}

/// Midnight (Asia/Tokyo) after the session: by then its outcome should have been recorded.
fn end_of_day(slot: Slot) -> Timestamp {
    midnight_before(slot.ends().date().tomorrow().unwrap_or(Date::MAX))
}

pub(super) fn midnight_before(date: Date) -> Timestamp {
    TOKYO.to_timestamp(date.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

/// The facts that had happened by an instant and concern the present slot.
///
/// What happened at the very instant of a move is about the old slot: it is what led to the move.
/// By which means the session is held stays as it was when it is moved.
struct Reading {
    facts: Vec<Fact>,
    slot: Slot,
    /// Until when contact is in time; up to the planned end where silence cancels nothing.
    limit: Timestamp,
    is_left_open: bool,
    reached: Timestamp,
}

impl Reading {
    fn new(facts: &[Fact], slot: Slot, rules: &Rules, now: Timestamp) -> Self {
        let moved =
            facts.iter().filter(|f| f.what == What::Moved && f.at <= now).map(|f| f.at).max();
        let mut facts: Vec<Fact> = facts
            .iter()
            .filter(|f| f.at <= now)
            .filter(|f| f.what.is_about_means() || moved.is_none_or(|moved| f.at > moved))
            .copied()
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let limit = deemed_cancelled_from(slot.start, rules);
        let is_left_open = limit.is_none();
        let limit = limit.unwrap_or(slot.end());
        let reached = moved.unwrap_or(Timestamp::MIN);
        Self { facts, slot, limit, is_left_open, reached }
    }

    fn first(&self, wanted: impl Fn(What) -> bool) -> Option<Timestamp> {
        self.facts.iter().find(|f| wanted(f.what)).map(|f| f.at)
    }

    /// An outage that keeps the limit from running. One of an earlier day was over when the
    /// session began, or was noted again.
    fn outage(&self) -> Option<Timestamp> {
        let day = midnight_before(self.slot.date())..=self.limit;
        let is_outage = |fact: &&Fact| fact.what == What::Outage && day.contains(&fact.at);
        self.facts.iter().find(is_outage).map(|fact| fact.at)
    }

    /// Since when the person waits for a call of the office. Told after the limit, that undoes no
    /// silence.
    ///
    /// Article 2(4) does not foresee it; our reading is that "without contact" means who was to
    /// make it. Once told to come to the door after all, a person has the whole grace for that, or
    /// is not deemed cancelled on that day at all: nobody misses a limit that ran while they had
    /// been told to wait.
    fn waits_for_call(&self) -> Option<Timestamp> {
        let is_back = |fact: &&Fact| fact.what == What::FromTelephone && fact.at <= self.slot.start;
        let back = self.facts.iter().rev().find(is_back).map(|fact| fact.at);
        let is_told = |fact: &&Fact| {
            let holds = back.is_none_or(|back| fact.at >= back);
            fact.what == What::ToTelephone && fact.at <= self.limit && holds
        };
        self.facts.iter().find(is_told).map(|fact| fact.at)
    }

    fn limit_is_off(&self) -> bool {
        self.is_left_open || self.outage().is_some() || self.waits_for_call().is_some()
    }

    /// Contact in time (article 2(4)).
    fn in_touch(&self) -> bool {
        self.first(What::is_contact).is_some_and(|at| at <= self.limit)
    }

    /// Until when the person's word counts: up to the limit, and while that does not run, up to
    /// the planned end.
    fn heard_until(&self) -> Timestamp {
        match self.in_touch() || self.limit_is_off() {
            true => self.slot.end().max(self.limit),
            false => self.limit,
        }
    }

    fn first_heard(&self, wanted: impl Fn(What) -> bool) -> Option<Timestamp> {
        self.first(wanted).filter(|at| *at <= self.heard_until())
    }

    /// What the office does counts at any time, but does not undo a silence that was complete.
    fn first_of_office(&self, wanted: impl Fn(What) -> bool) -> Option<Timestamp> {
        let unbroken = !self.in_touch() && !self.limit_is_off();
        self.first(wanted).filter(|at| !unbroken || *at <= self.limit)
    }

    /// An outcome that staff recorded; the last one counts.
    fn outcome(&self) -> Option<Judged> {
        self.facts.iter().rev().find_map(|fact| match fact.what {
            What::Ended(outcome) => {
                Some(Judged { standing: Standing::from(outcome), since: fact.at })
            }
            _ => None,
        })
    }

    /// A stop, a cancellation, or a slot that was lost.
    fn ended_by_somebody(&self) -> Option<Judged> {
        let stopped = self.first_of_office(|what| matches!(what, What::StoppedByOffice(_)));
        let broken_off = self.first_of_office(|what| what == What::BrokenOff);
        let called_off = self.first_heard(|what| what == What::CalledOff);
        // Of two at the same instant the one that says less about the person counts.
        let ways = [
            (stopped, Standing::StoppedByOffice),
            (called_off, Standing::CalledOff),
            (broken_off, Standing::BrokenOff),
        ];
        let first = ways.into_iter().filter_map(|(since, standing)| Some((since?, standing)));
        if let Some((since, standing)) = first.min_by_key(|(since, _)| *since) {
            return Some(Judged { standing, since });
        }
        self.first_of_office(|what| what == What::SlotLost)
            .map(|since| Judged { standing: Standing::Displaced, since })
    }

    /// Nothing has ended it: present, in contact, waiting, or silent for too long.
    fn open_or_silent(&self, now: Timestamp) -> Judged {
        let contact = self.first_heard(What::is_contact);
        let over = end_of_day(self.slot);
        if let Some(contact) = contact {
            // Who said "I shall be late" is present however late it becomes.
            let arrived = self.first(|what| matches!(what, What::Arrived | What::WrongName));
            return match arrived {
                _ if now >= over => Judged { standing: Standing::Unrecorded, since: over },
                Some(since) => Judged { standing: Standing::Present, since },
                None => Judged { standing: Standing::InContact, since: contact },
            };
        }
        if self.waits_for_call().is_some() || (self.is_left_open && self.outage().is_none()) {
            // Whether the office called, and whom it reached, only the office can say; so it is
            // where silence cancels nothing.
            return match now >= over {
                true => Judged { standing: Standing::Unrecorded, since: over },
                false => Judged { standing: Standing::Waiting, since: self.reached },
            };
        }
        let (standing, since) = match self.outage() {
            Some(_) if now >= self.slot.end() => (Standing::OfficesTrouble, self.slot.end()),
            None if now >= self.limit => (Standing::DeemedCancelled, self.limit),
            _ => (Standing::Waiting, self.reached),
        };
        Judged { standing, since }
    }
}

impl From<Outcome> for Standing {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Held => Self::Held,
            Outcome::JobseekersTrouble => Self::JobseekersTrouble,
            Outcome::OfficesTrouble => Self::OfficesTrouble,
            Outcome::ByTelephone => Self::ByTelephone,
        }
    }
}
