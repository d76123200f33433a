//! What stands behind a join link at an instant: one of a few pages, whatever the session is held
//! by. The link never changes; where it leads does.

use jiff::{SignedDuration, Timestamp};

use super::Channel;
use super::room::SeatRole;
use crate::appointment::{Appointment, Judged, Standing, What};
use crate::people::Practice;
use crate::schedule::Slot;

/// The page behind a join link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Not yet.
    TooEarly {
        /// From when it is open.
        opens_at: Timestamp,
    },
    /// The session was moved; the letter in hand may be the old one. Not yet open either.
    Moved {
        /// The new time.
        to: Slot,
        /// From when it is open.
        opens_at: Timestamp,
    },
    /// Come in.
    Open {
        /// By which means.
        channel: Channel,
        /// When the session starts or started, and for how long it is planned.
        slot: Slot,
    },
    /// The limit passed in silence while the session's time still runs (article 2(4)): say so, and
    /// whom to call. A call that came in time opens the door again.
    Late {
        /// Since when it has been deemed cancelled.
        since: Timestamp,
    },
    /// The jobseeker cancelled.
    Cancelled,
    /// Deemed cancelled, and its time is over.
    DeemedCancelled,
    /// The office called it off (articles 9(6), 10(1)).
    StoppedByOffice,
    /// The office ended it because of a breach (articles 9(4), 10(2)).
    BrokenOff,
    /// Joining is stopped for everybody (article 10(1)).
    ServiceStopped {
        /// Until when; nothing while nobody has said.
        until: Option<Timestamp>,
    },
    /// It was held, or tried, and the office's side failed (article 9(6)).
    OfficesTrouble,
    /// The office owes a new time: the slot was given to another person.
    NewTimeOwed,
    /// It is held, or was held, by telephone.
    ByTelephone,
    /// It is over.
    Over,
}

impl Door {
    /// The stable code of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooEarly { .. } => "too_early",
            Self::Moved { .. } => "moved",
            Self::Open { .. } => "open",
            Self::Late { .. } => "late",
            Self::Cancelled => "cancelled",
            Self::DeemedCancelled => "deemed_cancelled",
            Self::StoppedByOffice => "stopped_by_office",
            Self::BrokenOff => "broken_off",
            Self::ServiceStopped { .. } => "service_stopped",
            Self::OfficesTrouble => "offices_trouble",
            Self::NewTimeOwed => "new_time_owed",
            Self::ByTelephone => "by_telephone",
            Self::Over => "over",
        }
    }

    /// Whether somebody who came into the built-in room while it was open stays there, now that
    /// this stands behind the link. The join page tells the others why.
    ///
    /// Nobody is cut off in the middle of a sentence because the outcome was recorded meanwhile,
    /// and staff may wait for a call that undoes a silence (article 2(4)).
    pub fn lets_stay(self, seated: Seated) -> bool {
        let is_staff = seated.role.is_staff();
        match self {
            _ if !seated.at_present_time => false,
            Self::TooEarly { .. } | Self::Moved { .. } | Self::Open { .. } => true,
            Self::ByTelephone | Self::Over | Self::OfficesTrouble => is_staff || seated.in_call,
            Self::Late { .. } | Self::DeemedCancelled => is_staff,
            Self::Cancelled | Self::StoppedByOffice | Self::NewTimeOwed | Self::BrokenOff => false,
            // Article 10(1): it takes effect at once.
            Self::ServiceStopped { .. } => false,
        }
    }
}

/// Somebody in the built-in room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seated {
    /// As what.
    pub role: SeatRole,
    /// Whether they have been let in.
    pub in_call: bool,
    /// Whether it is the room of the time that the session has now.
    pub at_present_time: bool,
}

/// From when on the door of a session is open.
pub fn opens_at(slot: &Slot, practice: &Practice) -> Timestamp {
    let before = SignedDuration::from_mins(i64::from(practice.join_opens_minutes_before));
    slot.start.saturating_sub(before).unwrap_or(slot.start)
}

/// The page behind the join link of an appointment that stands as `judged` at `now`.
pub fn door(
    appointment: &Appointment,
    judged: Judged,
    practice: &Practice,
    channel: Channel,
    now: Timestamp,
) -> Door {
    let slot = appointment.slot;
    match judged.standing {
        Standing::Waiting | Standing::InContact | Standing::Present => {
            open(appointment, practice, channel, now)
        }
        Standing::DeemedCancelled if now < slot.end() => Door::Late { since: judged.since },
        Standing::DeemedCancelled => Door::DeemedCancelled,
        Standing::CalledOff => Door::Cancelled,
        Standing::StoppedByOffice => Door::StoppedByOffice,
        Standing::BrokenOff => Door::BrokenOff,
        Standing::OfficesTrouble => Door::OfficesTrouble,
        Standing::Displaced => Door::NewTimeOwed,
        Standing::ByTelephone => Door::ByTelephone,
        Standing::Held | Standing::JobseekersTrouble | Standing::Unrecorded => Door::Over,
    }
}

/// Neither ended nor given up. A session that runs over, or was begun late by agreement, finds the
/// door open for the rest of the day.
fn open(appointment: &Appointment, practice: &Practice, channel: Channel, now: Timestamp) -> Door {
    let slot = appointment.slot;
    let opens_at = opens_at(&slot, practice);
    let was_moved = appointment.facts.iter().any(|fact| fact.what == What::Moved && fact.at <= now);
    match channel {
        Channel::Telephone => Door::ByTelephone,
        Channel::Room | Channel::Zoom | Channel::ByHand if now >= opens_at => {
            Door::Open { channel, slot }
        }
        Channel::Room | Channel::Zoom | Channel::ByHand if was_moved => {
            Door::Moved { to: slot, opens_at }
        }
        Channel::Room | Channel::Zoom | Channel::ByHand => Door::TooEarly { opens_at },
    }
}

#[cfg(test)]
mod tests;
