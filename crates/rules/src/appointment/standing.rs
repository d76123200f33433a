//! Where an appointment stands: a pure reading of its facts at an instant.

use jiff::Timestamp;
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
    /// A deeming was undone when the slot was already another's: a new time is owed.
    Displaced,
    /// The day passed and nobody recorded an outcome. Counts for nothing and against nobody.
    Unrecorded,
}

impl Standing {
    /// Every standing, in the order of a session's life.
    pub const ALL: [Self; 12] = [
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
            Self::Displaced => "displaced",
            Self::Unrecorded => "unrecorded",
        }
    }

    /// Reads [`Standing::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// Whether the session is still to come or going on.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::InContact | Self::Present)
    }

    /// Whether the slot is kept for this appointment.
    pub fn keeps_slot(self) -> bool {
        !matches!(
            self,
            Self::CalledOff | Self::DeemedCancelled | Self::StoppedByOffice | Self::Displaced
        )
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
/// Facts that lie after `now` have not happened yet. What decides, in this order:
/// an outcome that was recorded; a lost slot; the office's own stop or outage, which must never
/// count against the person (article 9(6)); the person's cancellation; contact; silence.
pub fn judge(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Judged {
    let reading = Reading::new(&appointment.facts, appointment.slot, rules, now);
    let by_facts = reading.outcome().or_else(|| reading.ended_by_somebody());
    by_facts.unwrap_or_else(|| reading.open_or_silent(now))
}

/// When [`super::settle`] should next be asked if nothing else happens: the next instant at which
/// the standing changes by itself. `None` when only a new fact can change it.
pub fn next_tick(appointment: &Appointment, rules: &Rules, now: Timestamp) -> Option<Timestamp> {
    let slot = appointment.slot;
    let present = standing(appointment, rules, now);
    if !present.is_open() {
        return None;
    }
    let mut instants = [deemed_cancelled_from(slot.start, rules), slot.end(), end_of_day(slot)];
    instants.sort_unstable();
    instants
        .into_iter()
        .filter(|at| *at > now)
        .find(|at| standing(appointment, rules, *at) != present)
}

/// Midnight (Asia/Tokyo) after the session: by then its outcome should have been recorded.
fn end_of_day(slot: Slot) -> Timestamp {
    let zoned = slot.end().to_zoned(TOKYO.clone());
    zoned.end_of_day().map_or(slot.end(), |end| end.timestamp())
}

/// The facts that had happened by an instant and concern the present slot.
struct Reading {
    facts: Vec<Fact>,
    slot: Slot,
    limit: Timestamp,
    reached: Timestamp,
}

impl Reading {
    fn new(facts: &[Fact], slot: Slot, rules: &Rules, now: Timestamp) -> Self {
        let moved =
            facts.iter().filter(|f| f.what == What::Moved && f.at <= now).map(|f| f.at).max();
        let mut facts: Vec<Fact> = facts
            .iter()
            .filter(|f| f.at <= now && moved.is_none_or(|moved| f.at > moved))
            .copied()
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let limit = deemed_cancelled_from(slot.start, rules);
        let reached = moved.unwrap_or(Timestamp::MIN);
        Self { facts, slot, limit, reached }
    }

    fn first(&self, wanted: impl Fn(What) -> bool) -> Option<Timestamp> {
        self.facts.iter().find(|f| wanted(f.what)).map(|f| f.at)
    }

    fn first_in_time(&self, wanted: impl Fn(What) -> bool) -> Option<Timestamp> {
        self.first(wanted).filter(|at| *at <= self.limit)
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

    /// A cancellation or stop in time, or a slot that was lost.
    fn ended_by_somebody(&self) -> Option<Judged> {
        let is_stop = |what| matches!(what, What::StoppedByOffice(_));
        let was_there = self.first_in_time(What::is_contact).is_some();
        let stopped = if was_there { self.first(is_stop) } else { self.first_in_time(is_stop) };
        let called_off = self.first_in_time(|what| what == What::CalledOff);
        if let Some(since) = stopped.filter(|at| called_off.is_none_or(|off| *at <= off)) {
            return Some(Judged { standing: Standing::StoppedByOffice, since });
        }
        if let Some(since) = called_off {
            return Some(Judged { standing: Standing::CalledOff, since });
        }
        self.first(|what| what == What::SlotLost)
            .map(|since| Judged { standing: Standing::Displaced, since })
    }

    /// Nothing has ended it: present, in contact, waiting, or silent for too long.
    fn open_or_silent(&self, now: Timestamp) -> Judged {
        let arrived = self.first_in_time(|w| matches!(w, What::Arrived | What::WrongName));
        let contact = self.first_in_time(What::is_contact);
        let outage = self.first_in_time(|what| what == What::Outage);
        if let Some(since) = arrived.or(contact) {
            let standing = if arrived.is_some() { Standing::Present } else { Standing::InContact };
            let over = end_of_day(self.slot);
            return match now >= over {
                true => Judged { standing: Standing::Unrecorded, since: over },
                false => Judged { standing, since },
            };
        }
        if outage.is_some() && now >= self.slot.end() {
            return Judged { standing: Standing::OfficesTrouble, since: self.slot.end() };
        }
        if outage.is_none() && now >= self.limit {
            return Judged { standing: Standing::DeemedCancelled, since: self.limit };
        }
        Judged { standing: Standing::Waiting, since: self.reached }
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
