//! The messages between a browser and the service: JSON over one WebSocket, one object each.
//!
//! A browser names nobody but the one it writes to; who it is, the service knows from the socket.
//! A field that is not listed here makes the whole message unreadable.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Closing, ConnectionId, Media, Refusal, SeatId, View};
use crate::session::{Channel, Report};

/// The longest message that is read at all, in bytes: the longest description with its line ends
/// escaped, and what stands around it.
pub const LONGEST_MESSAGE: usize = 96 * 1024;

/// How often a browser pings. The answer tells it that the service is there, the ping the service
/// that the browser is.
pub const PING_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// After so much silence either side takes the socket for lost: three pings, since one or two get
/// stuck on a telephone that changes its network.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_secs(15);

/// What a browser may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FromBrowser {
    /// Still there. Answered by `pong` with the same number.
    Ping {
        /// Any number.
        n: u32,
    },
    /// A session description for one peer.
    Description {
        /// Whom for.
        to: ConnectionId,
        /// Offer or answer.
        kind: DescriptionKind,
        /// The description.
        sdp: String,
    },
    /// A way by which one peer could reach this browser.
    Candidate {
        /// Whom for.
        to: ConnectionId,
        /// The candidate; empty for "no more".
        candidate: String,
        /// The media section it belongs to.
        sdp_mid: Option<String>,
        /// The same by its place.
        sdp_m_line_index: Option<u16>,
    },
    /// Asks the side that offers for a fresh start of the connection.
    RestartIce {
        /// Whom.
        to: ConnectionId,
    },
    /// Says something in writing, to everybody in the call.
    Chat {
        /// What.
        text: String,
    },
    /// Shows live text of what is being said.
    Caption {
        /// The text.
        text: String,
    },
    /// Says what is sent now.
    Media(Media),
    /// How the connection has been since the last report.
    Quality(Report),
    /// Leaves.
    Leave {},
    /// Staff: let in.
    Admit {
        /// Whom.
        seat: SeatId,
    },
    /// Staff: back into the waiting room.
    SendBack {
        /// Whom.
        seat: SeatId,
    },
    /// Staff: put out.
    Remove {
        /// Whom.
        seat: SeatId,
    },
    /// Staff: give the seat to the second browser.
    TakeOver {
        /// Which seat.
        seat: SeatId,
    },
    /// Staff: give or take the permission to chat.
    AllowChat {
        /// Whether it is given.
        allowed: bool,
    },
    /// Staff: end the session for everybody.
    EndForAll {},
    /// Staff: go on elsewhere.
    MoveTo {
        /// Where.
        channel: Channel,
    },
}

/// Which half of an understanding a description is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DescriptionKind {
    /// What one side proposes.
    Offer,
    /// What the other agrees to.
    Answer,
}

/// What the service says to a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ToBrowser {
    /// All that this browser may know, after each change and on each connection.
    State(Box<View>),
    /// Servers that relay, with credentials that end; only to who has been let in.
    Ice {
        /// The servers.
        servers: Vec<IceServer>,
        /// Whether nothing but the relay may be used, so that no side learns the other's address.
        relay_only: bool,
    },
    /// Answers `ping`.
    Pong {
        /// The number.
        n: u32,
        /// The service's clock.
        at: Timestamp,
    },
    /// A description from a peer.
    Description {
        /// Whose.
        from: ConnectionId,
        /// Offer or answer.
        kind: DescriptionKind,
        /// The description.
        sdp: String,
    },
    /// A candidate from a peer.
    Candidate {
        /// Whose.
        from: ConnectionId,
        /// The candidate; empty for "no more".
        candidate: String,
        /// The media section it belongs to.
        sdp_mid: Option<String>,
        /// The same by its place.
        sdp_m_line_index: Option<u16>,
    },
    /// The peer asks for a fresh start of the connection.
    RestartIce {
        /// Who asks.
        from: ConnectionId,
    },
    /// Somebody said something in writing; also to who said it.
    Chat {
        /// Who.
        from: ConnectionId,
        /// Their name, as the service knows it.
        name: String,
        /// What.
        text: String,
    },
    /// Live text; also to who typed it.
    Caption {
        /// Who typed it.
        from: ConnectionId,
        /// Their name, as the service knows it.
        name: String,
        /// The text.
        text: String,
    },
    /// Something was not done. The socket stays.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// The socket is being closed.
    Closed {
        /// Why.
        why: Closing,
        /// Whether to connect again by itself.
        reconnect: bool,
    },
}

/// A server that relays, as `RTCPeerConnection` wants it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IceServer {
    /// Its addresses.
    pub urls: Vec<String>,
    /// With the instant at which it ends.
    pub username: String,
    /// The proof.
    pub credential: String,
}

/// Without the proof.
impl std::fmt::Debug for IceServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IceServer({:?})", self.urls)
    }
}

impl ToBrowser {
    /// The last message on a socket.
    pub fn closed(why: Closing) -> Self {
        Self::Closed { why, reconnect: why.reconnects() }
    }
}
