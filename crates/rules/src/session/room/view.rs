//! What one browser may know. Before a person is let in, that is nothing of anybody else: no peer
//! to connect to, no relay, no name.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Admission, ConnectionId, Departure, Media, Phase, Room, Seat, SeatId, SeatRole, Vacated,
};
use crate::session::Channel;

/// All that one browser may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Who this browser is.
    pub you: You,
    /// Where this browser stands.
    pub stage: Stage,
    /// For staff only.
    pub desk: Option<Desk>,
    /// The service's clock: the times in here are by it, whatever the device's says.
    pub now: Timestamp,
}

/// Who this browser is, as the service knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct You {
    /// Its socket.
    pub connection: ConnectionId,
    /// Its seat.
    pub seat: SeatId,
    /// As what it takes part.
    pub role: SeatRole,
    /// The name that the others see.
    pub name: String,
    /// What the office designates for it (article 5(4)).
    pub may: May,
}

/// The functions that a browser may use, once it is in the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct May {
    /// Be seen.
    pub camera: bool,
    /// Show live text.
    pub captions: bool,
    /// Write, while staff permit it.
    pub chat: bool,
    /// Show a screen.
    pub screen: bool,
}

/// Where a browser stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Stage {
    /// The credential is in use in another browser. Staff have been told (article 8(5)).
    InUse {
        /// Since when this one has asked.
        since: Timestamp,
    },
    /// Waits to be let in.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// Whether somebody of the staff is connected.
        staff_here: bool,
    },
    /// In the call.
    Admitted {
        /// Since when.
        since: Timestamp,
        /// Whether this browser may chat.
        chat: bool,
        /// The others in the call.
        peers: Vec<Peer>,
    },
    /// The session goes on elsewhere.
    Moved {
        /// Where.
        channel: Channel,
        /// Since when.
        since: Timestamp,
    },
}

/// Somebody else in the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Their socket. Another one after a reload: the connection is built anew.
    pub connection: ConnectionId,
    /// Their seat.
    pub seat: SeatId,
    /// As what they take part.
    pub role: SeatRole,
    /// Their name.
    pub name: String,
    /// Whether this browser makes the offer to them; otherwise it waits for theirs.
    pub you_offer: bool,
    /// What they send.
    pub media: Media,
}

/// What staff see besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Who waits, longest first; only who is there.
    pub waiting: Vec<WaitingPerson>,
    /// Credentials that are used by two browsers (article 8(5)).
    pub second_uses: Vec<SecondUse>,
    /// Who was here and is not.
    pub away: Vec<Away>,
    /// Whether everybody in the call may chat.
    pub chat_allowed: bool,
    /// Whether staff give and take that permission.
    pub chat_by_permission: bool,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingPerson {
    /// The seat, for `admit`.
    pub seat: SeatId,
    /// As what they take part.
    pub role: SeatRole,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// A credential in use in two browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondUse {
    /// The seat, for `take_over`.
    pub seat: SeatId,
    /// As what they take part.
    pub role: SeatRole,
    /// Their name.
    pub name: String,
    /// Since when the second browser has asked.
    pub since: Timestamp,
}

/// Somebody who was here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// The seat; `admit` also undoes a removal.
    pub seat: SeatId,
    /// As what they took part.
    pub role: SeatRole,
    /// Their name.
    pub name: String,
    /// Whether they come straight in when they come back.
    pub admitted: bool,
    /// Since when they are gone.
    pub at: Timestamp,
    /// How they went.
    pub how: Departure,
}

impl View {
    /// Whether credentials for the relay may be sent to this browser ([`super::ToBrowser::Ice`]).
    pub fn may_relay(&self) -> bool {
        matches!(self.stage, Stage::Admitted { .. })
    }
}

impl Room {
    /// What the browser at this socket may know at `now`; `None` when it is not of this room.
    pub fn view(&self, connection: ConnectionId, now: Timestamp) -> Option<View> {
        let is_here = |seat: &&Seat| seat.is_held_by(connection) || seat.is_claimed_by(connection);
        let seat = self.seats.iter().find(is_here)?;
        let Seat { id, role, ref name, .. } = *seat;
        let designated = self.designated;
        let may = May {
            camera: designated.camera(role),
            captions: designated.captions(role),
            chat: designated.chat(role, true),
            screen: designated.screen(role),
        };
        let you = You { connection, seat: id, role, name: name.clone(), may };
        let claim = seat.claim.filter(|claim| claim.id == connection);
        let stage = match claim {
            Some(claim) => Stage::InUse { since: claim.since },
            None => self.stage(seat)?,
        };
        Some(View { you, stage, desk: role.is_staff().then(|| self.desk()), now })
    }

    fn stage(&self, seat: &Seat) -> Option<Stage> {
        match (self.phase, seat.admission) {
            (Phase::MovedTo { channel, at }, _) => Some(Stage::Moved { channel, since: at }),
            (Phase::Open, Admission::Waiting { since }) => {
                Some(Stage::Waiting { since, staff_here: self.has_staff() })
            }
            (Phase::Open, Admission::Admitted { since }) => {
                Some(Stage::Admitted { since, chat: self.may_chat(seat), peers: self.peers(seat) })
            }
            // Nobody sits in a room that is over, nor with a seat that was not given.
            (Phase::Ended { .. }, _) | (_, Admission::Outside | Admission::Removed { .. }) => None,
        }
    }

    fn has_staff(&self) -> bool {
        self.seats.iter().any(|seat| seat.role.is_staff() && seat.is_live())
    }

    fn peers(&self, own: &Seat) -> Vec<Peer> {
        let others = self.seats.iter().filter(|seat| seat.id != own.id && self.is_in_call(seat));
        let peer = |seat: &Seat| {
            Some(Peer {
                connection: seat.connection?.id,
                seat: seat.id,
                role: seat.role,
                name: seat.name.clone(),
                you_offer: own.offers_to(seat),
                media: seat.media,
            })
        };
        others.filter_map(peer).collect()
    }

    fn desk(&self) -> Desk {
        let mut waiting: Vec<WaitingPerson> = self.seats.iter().filter_map(waiting).collect();
        waiting.sort_by_key(|person| (person.since, person.seat));
        Desk {
            waiting,
            second_uses: self.seats.iter().filter_map(second_use).collect(),
            away: self.seats.iter().filter_map(away).collect(),
            chat_allowed: !self.chat_is_closed,
            chat_by_permission: self.designated.chat_is_by_permission(),
        }
    }
}

fn waiting(seat: &Seat) -> Option<WaitingPerson> {
    let since = seat.waiting_since()?;
    Some(WaitingPerson { seat: seat.id, role: seat.role, name: seat.name.clone(), since })
}

fn second_use(seat: &Seat) -> Option<SecondUse> {
    let since = seat.claim?.since;
    Some(SecondUse { seat: seat.id, role: seat.role, name: seat.name.clone(), since })
}

fn away(seat: &Seat) -> Option<Away> {
    let Vacated { at, how } = seat.vacated?;
    let admitted = matches!(seat.admission, Admission::Admitted { .. });
    Some(Away { seat: seat.id, role: seat.role, name: seat.name.clone(), admitted, at, how })
}
