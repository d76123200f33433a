//! An appointment. Facts are recorded; where it stands follows from the facts and the time; what
//! is owed follows from a change of standing.

mod absence;
mod fact;
mod settle;
mod standing;
#[cfg(test)]
mod tests;

pub use absence::{Absence, outage_of};
pub use fact::{Fact, Outcome, StopCause, What};
pub use settle::{Duty, Hold, Settlement, settle};
pub use standing::{
    Judged, Standing, arrived_at, is_too_early, judge, next_tick, running_limit, standing,
};

use crate::schedule::Slot;

/// One booked session of one jobseeker with one counsellor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// When it takes place. A moved appointment carries its present slot.
    pub slot: Slot,
    /// What happened, in any order: neither the order of typing nor repetition matters.
    pub facts: Vec<Fact>,
    /// What the world was last told; `None` before the first confirmation.
    pub announced: Option<Announced>,
    /// How often the world was told. It numbers letters and calendar entries (RFC 5545 SEQUENCE).
    pub sequence: u32,
}

/// The standing and slot that were last acted upon. [`settle`] brings them up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The standing last acted upon.
    pub standing: Standing,
    /// The slot last acted upon.
    pub slot: Slot,
}

impl Announced {
    /// Whether this slot begins the session anew: it starts at another time, or the one that was
    /// announced had come to nothing. What was heard of the old one no longer counts then.
    ///
    /// Another counsellor or another length at the same start is the same session. Who has called
    /// about it, or waits at its door, goes on being heard (article 2(4)): nobody would say it all
    /// again, and the room does not tell a second time that they came.
    pub fn gives_way_to(&self, slot: Slot) -> bool {
        !self.standing.is_open() || self.slot.start != slot.start
    }
}

impl Appointment {
    /// An appointment that nobody has been told of yet.
    pub fn new(slot: Slot) -> Self {
        Self { slot, facts: Vec::new(), announced: None, sequence: 0 }
    }
}
