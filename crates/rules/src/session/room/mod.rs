//! The built-in room, as a pure state machine: who sits in it, who is let in, who may say what to
//! whom (articles 2(3), 5(4), 8(4), 8(5)).
//!
//! Browsers talk to each other directly, at most [`PLACES`] of them; the service only carries the
//! messages by which they find each other. A [`Room`] is one small value in the store. What changes
//! it is an [`Input`]: load, [`Room::step`], save, all in one unit of work; then every node sends
//! [`Room::view`] to its own sockets. What only passes through ([`Passing`]) is authorised by
//! [`Room::relay`] over the last known state and never stored. So any node serves any socket, and a
//! node that dies takes nothing but its sockets with it.
//!
//! A room belongs to one slot of one appointment; a moved appointment begins a fresh one.

mod allowance;
mod designated;
mod identity;
mod input;
mod meaning;
mod order;
mod protocol;
mod relay;
mod seat;
mod step;
#[cfg(test)]
mod tests;
mod view;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Channel;

pub use allowance::{Allowance, Allowances, Rate, Spent};
pub use designated::Designated;
pub use identity::{BrowserId, ConnectionId, NodeId, SeatId};
pub use input::{By, Closing, Entry, Input, Order, Output, Refusal, What};
pub use meaning::{LONGEST_CANDIDATE, LONGEST_SAID, LONGEST_SDP, Meaning, Passing};
pub use protocol::{
    DescriptionKind, FromBrowser, IceServer, LONGEST_MESSAGE, PING_EVERY, SILENT_AFTER, ToBrowser,
};
pub use relay::{Address, Delivery};
pub use seat::{Admission, Connection, Departure, Media, Seat, SeatRole, Vacated};
pub use view::{Away, Desk, May, Peer, SecondUse, Stage, View, WaitingPerson, You};

/// How many can be in the room at once. Each browser sends its picture to each other one, so a
/// fifth would cost everybody's line more than a counselling needs.
pub const PLACES: usize = 4;

/// How many seats a room remembers, with those who left and those who were removed. More people
/// than this are never named by one appointment's credentials.
pub const SEATS_REMEMBERED: usize = 8;

/// The durable state of one session's room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Room {
    seats: Vec<Seat>,
    phase: Phase,
    /// When the jobseeker first came; told to the appointment once.
    arrived: Option<Timestamp>,
    /// When jobseeker and staff were first in the call together.
    met: Option<Timestamp>,
    /// Staff took back the permission to chat (article 5(4), designated functions).
    chat_is_closed: bool,
    /// What the office designated when the first came.
    designated: Designated,
}

/// How far the room has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// People come and talk.
    #[default]
    Open,
    /// Over, for good.
    Ended {
        /// The seat from which it was ended; `None` for the desk.
        by: Option<SeatId>,
        /// When.
        at: Timestamp,
    },
    /// The session goes on elsewhere. Who comes is told where.
    MovedTo {
        /// Where to.
        channel: Channel,
        /// When.
        at: Timestamp,
    },
}

impl Room {
    /// Takes what the office designates now, until somebody has come.
    pub fn designate(&mut self, designated: Designated) {
        if self.seats.is_empty() {
            self.designated = designated;
        }
    }

    /// How far the room has come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The seats that the room remembers.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// When the jobseeker first came.
    pub fn arrived(&self) -> Option<Timestamp> {
        self.arrived
    }

    /// When jobseeker and staff were first in the call together: the actual start of the usage
    /// record (article 5(1)).
    pub fn met(&self) -> Option<Timestamp> {
        self.met
    }

    /// Whether this socket is in the call: only then its reports of quality count.
    pub fn has_let_in(&self, connection: ConnectionId) -> bool {
        self.seat_of(connection).is_some_and(|seat| self.is_in_call(seat))
    }

    /// Whether this socket is in the call with somebody.
    pub fn is_talking(&self, connection: ConnectionId) -> bool {
        let others = || self.seats.iter().filter(|seat| !seat.is_held_by(connection));
        self.has_let_in(connection) && others().any(|seat| self.is_in_call(seat))
    }

    /// Whether this seat is let in, and somebody sits in it or did since then.
    pub fn was_in_call(&self, seat: SeatId, since: Timestamp) -> bool {
        self.seats.iter().filter(|it| it.id == seat).any(|it| {
            let is_in = matches!(it.admission, Admission::Admitted { .. });
            is_in && it.vacated.is_none_or(|gone| gone.at >= since && gone.how == Departure::Lost)
        })
    }

    /// Every live socket, those that were told "already in use" among them.
    pub fn connections(&self) -> impl Iterator<Item = Connection> {
        self.seats.iter().flat_map(|seat| [seat.connection, seat.claim]).flatten()
    }

    fn may_chat(&self, seat: &Seat) -> bool {
        self.designated.chat(seat.role, !self.chat_is_closed)
    }

    fn seat_of(&self, connection: ConnectionId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.is_held_by(connection))
    }

    /// Whether people in this seat see and hear the others now.
    fn is_in_call(&self, seat: &Seat) -> bool {
        self.phase == Phase::Open
            && seat.connection.is_some()
            && matches!(seat.admission, Admission::Admitted { .. })
    }
}
