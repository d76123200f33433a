//! When nobody served: the office's own side could not be reached, and silence in that time is not
//! the jobseeker's (article 9(6)).

use jiff::{SignedDuration, Timestamp};

use super::standing::midnight_before;
use super::{Appointment, Fact, Standing, What, running_limit, standing};
use crate::people::Practice;
use crate::schedule::Slot;
use crate::session::opens_at;
use crate::terms::Rules;
use crate::terms::application::deemed_cancelled_from;

/// A shorter absence is none. A program that is put in the place of an older one, or a machine that
/// starts anew, is back within it; the page of who waits at the door tries again by itself, and the
/// grace of article 2(4) is several times as long.
const SHORTEST: SignedDuration = SignedDuration::from_mins(2);

/// A time in which nobody served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The last sign of life.
    pub from: Timestamp,
    /// When somebody serves again.
    pub until: Timestamp,
}

impl Absence {
    /// An absence that ends now and was so long; `None` when it is too short to keep anybody away.
    pub fn of(length: SignedDuration, now: Timestamp) -> Option<Self> {
        let from = now.checked_sub(length).unwrap_or(Timestamp::MIN);
        (length > SHORTEST).then_some(Self { from, until: now })
    }

    /// From when on it kept people from the door of a session, between its opening, on its day, and
    /// its limit; `None` when it did not, or when there is no limit.
    pub fn shut(self, slot: Slot, rules: &Rules, practice: &Practice) -> Option<Timestamp> {
        let opens = opens_at(&slot, practice).max(midnight_before(slot.date()));
        let at = self.from.max(opens);
        let limit = deemed_cancelled_from(slot.start, rules)?;
        (at <= self.until && at <= limit).then_some(at)
    }
}

/// The outage that is to be recorded of an appointment after an absence: where it shut the door,
/// nobody was heard of, and nothing else keeps the limit of article 2(4) from running.
pub fn outage_of(
    appointment: &Appointment,
    rules: &Rules,
    practice: &Practice,
    absence: Absence,
) -> Option<Fact> {
    let at = absence.shut(appointment.slot, rules, practice)?;
    running_limit(appointment, rules, absence.until)?;
    let stands = standing(appointment, rules, absence.until);
    let is_silent = matches!(stands, Standing::Waiting | Standing::DeemedCancelled);
    is_silent.then_some(Fact { at, what: What::Outage })
}
