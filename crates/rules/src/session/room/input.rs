//! What can happen to a room, and what follows from it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BrowserId, ConnectionId, Media, NodeId, SeatId, SeatRole};
use crate::appointment::Fact;
use crate::session::Channel;

/// Something that happened, and when. Any order, repetition and clock is borne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What can happen to a room. Each is one unit of work of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A socket was opened with a credential that names a seat.
    Connected(Entry),
    /// A socket is gone.
    Disconnected {
        /// The socket.
        connection: ConnectionId,
    },
    /// A node is gone with all its sockets.
    NodeLost {
        /// The node.
        node: NodeId,
    },
    /// A person leaves.
    Leave {
        /// Their socket.
        connection: ConnectionId,
    },
    /// Who sits there may stay no longer: the door has shut, or the credential has ended.
    TurnedOut {
        /// Their socket.
        connection: ConnectionId,
        /// Why.
        why: Closing,
    },
    /// A person switched camera, microphone or screen. Stored, because who comes later or reloads
    /// has to know.
    Media {
        /// Their socket.
        connection: ConnectionId,
        /// What they send now.
        media: Media,
    },
    /// Staff say what is to be done.
    Ordered {
        /// Who says so.
        by: By,
        /// What is to be done.
        order: Order,
    },
}

/// Who enters: all of it is the service's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The seat that the credential names.
    pub seat: SeatId,
    /// The credential's role.
    pub role: SeatRole,
    /// The alias, or the name that staff show.
    pub name: String,
    /// The socket.
    pub connection: ConnectionId,
    /// The node that holds it.
    pub node: NodeId,
    /// The browser at its other end.
    pub browser: BrowserId,
}

/// Who gives an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A socket in the room; it must be of the staff.
    Connection(ConnectionId),
    /// The desk, outside the room; the service has seen to it that they may.
    Desk,
}

/// What staff may order. Each can be repeated without further effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Let in, now or when they come back; also who was removed.
    Admit(SeatId),
    /// Back into the waiting room; who was removed may come to the door again.
    SendBack(SeatId),
    /// Put out.
    Remove(SeatId),
    /// Give the seat to the browser that was told "already in use".
    TakeOver(SeatId),
    /// Give or take the permission to chat.
    AllowChat(bool),
    /// End the session for everybody, for good.
    EndForAll,
    /// Go on elsewhere, or ([`Channel::Room`]) come back here.
    MoveTo(Channel),
}

/// What follows from an input. The order says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// The state has changed: save it, and send everybody their view.
    StateChanged,
    /// Tell this socket why, and close it. It is no longer, or never was, part of the room.
    Close {
        /// The socket.
        connection: ConnectionId,
        /// Why.
        why: Closing,
    },
    /// Tell who asked why it was not done.
    Refused {
        /// Who asked.
        by: By,
        /// Why not.
        why: Refusal,
    },
    /// A fact of the appointment: the jobseeker arrived, which is contact (article 2(4)).
    Fact(Fact),
    /// Two browsers use one credential (article 8(5)): tell the desk.
    Alarm {
        /// The seat.
        seat: SeatId,
        /// When the second one came.
        at: Timestamp,
    },
}

/// Why a socket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The person left.
    Left,
    /// The session is over.
    Ended,
    /// Staff put the person out.
    Removed,
    /// The session is no longer held here; the join page says what became of it.
    Shut,
    /// The person signed out, or the account or the link was ended.
    SignedOut,
    /// The same person goes on in another page or on another device.
    TakenOver,
    /// The credential is used by two others already.
    InUse,
    /// No place is free.
    Full,
    /// The credential fits no seat of this room.
    NotYours,
    /// Far more messages than a browser of ours sends (article 8(4)).
    Flooding,
    /// Nothing was heard for too long.
    Silent,
    /// This node cannot go on.
    Unavailable,
}

impl Closing {
    /// Every reason.
    pub const ALL: [Self; 12] = [
        Self::Left,
        Self::Ended,
        Self::Removed,
        Self::Shut,
        Self::SignedOut,
        Self::TakenOver,
        Self::InUse,
        Self::Full,
        Self::NotYours,
        Self::Flooding,
        Self::Silent,
        Self::Unavailable,
    ];

    /// The code that stands in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Ended => "ended",
            Self::Removed => "removed",
            Self::Shut => "shut",
            Self::SignedOut => "signed_out",
            Self::TakenOver => "taken_over",
            Self::InUse => "in_use",
            Self::Full => "full",
            Self::NotYours => "not_yours",
            Self::Flooding => "flooding",
            Self::Silent => "silent",
            Self::Unavailable => "unavailable",
        }
    }

    /// Whether the page shall connect again by itself. Otherwise two pages would take the seat from
    /// each other for ever.
    pub fn reconnects(self) -> bool {
        matches!(self, Self::Silent | Self::Unavailable)
    }
}

/// Why something was not done. The socket stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Only who has been let in can do this.
    NotAdmitted,
    /// Only staff can do this.
    StaffOnly,
    /// There is no such seat.
    NoSuchSeat,
    /// Staff are neither sent back nor removed.
    IsStaff,
    /// The session is over.
    Over,
    /// The other side is not there, or its page was reloaded.
    NoSuchPeer,
    /// Of each two, one offers and the other answers; this was the other's part.
    WrongSide,
    /// The office does not designate this function (article 5(4)).
    NotDesignated,
    /// A way round the relay would tell a browser's address.
    NotRelayed,
    /// Staff took back the permission to chat.
    ChatClosed,
    /// This role shows no live text.
    MayNotCaption,
    /// Nothing was said.
    Empty,
    /// Longer than is taken.
    TooLong,
    /// A control character, or one that turns the direction of writing.
    NotText,
    /// A number that cannot be.
    OutOfBounds,
    /// Too many messages; this one was dropped.
    TooMany,
    /// The message could not be read.
    Unreadable,
}

impl Refusal {
    /// Every refusal.
    pub const ALL: [Self; 17] = [
        Self::NotAdmitted,
        Self::StaffOnly,
        Self::NoSuchSeat,
        Self::IsStaff,
        Self::Over,
        Self::NoSuchPeer,
        Self::WrongSide,
        Self::NotDesignated,
        Self::NotRelayed,
        Self::ChatClosed,
        Self::MayNotCaption,
        Self::Empty,
        Self::TooLong,
        Self::NotText,
        Self::OutOfBounds,
        Self::TooMany,
        Self::Unreadable,
    ];

    /// The code that stands in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAdmitted => "not_admitted",
            Self::StaffOnly => "staff_only",
            Self::NoSuchSeat => "no_such_seat",
            Self::IsStaff => "is_staff",
            Self::Over => "over",
            Self::NoSuchPeer => "no_such_peer",
            Self::WrongSide => "wrong_side",
            Self::NotDesignated => "not_designated",
            Self::NotRelayed => "not_relayed",
            Self::ChatClosed => "chat_closed",
            Self::MayNotCaption => "may_not_caption",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::NotText => "not_text",
            Self::OutOfBounds => "out_of_bounds",
            Self::TooMany => "too_many",
            Self::Unreadable => "unreadable",
        }
    }
}
