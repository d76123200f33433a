//! A seat: one person's place, with what is known of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BrowserId, ConnectionId, NodeId, SeatId};

/// As what a person takes part. The credential says it, never the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatRole {
    /// Who is counselled.
    Jobseeker,
    /// The office's side: whoever of the staff is in the room.
    Counsellor,
    /// Somebody whom the jobseeker brings, approved beforehand (article 8(5)).
    Companion,
    /// Who interprets, in speech or sign.
    Interpreter,
    /// Who supports the jobseeker's taking part, such as a writer of summaries (要約筆記).
    Supporter,
}

impl SeatRole {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Jobseeker, Self::Counsellor, Self::Companion, Self::Interpreter, Self::Supporter];

    /// The stable code of the store and of messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Jobseeker => "jobseeker",
            Self::Counsellor => "counsellor",
            Self::Companion => "companion",
            Self::Interpreter => "interpreter",
            Self::Supporter => "supporter",
        }
    }

    /// Reads [`SeatRole::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// How the others see somebody of this role, here and in Zoom: never by a name. The same for
    /// everybody, so it is Japanese (article 2(3)).
    pub fn shown_as(self) -> &'static str {
        match self {
            Self::Jobseeker => "求職者",
            Self::Counsellor => "相談員",
            Self::Companion => "同席の方",
            Self::Interpreter => "通訳",
            Self::Supporter => "支援の方",
        }
    }

    /// Whether this is the office's side.
    pub fn is_staff(self) -> bool {
        self == Self::Counsellor
    }

    /// Whether this role may show live text.
    pub fn may_caption(self) -> bool {
        matches!(self, Self::Counsellor | Self::Interpreter | Self::Supporter)
    }
}

/// How far a person has been let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Not at the door: left of their own will before being let in, or called back.
    Outside,
    /// Waits, with or without a live socket, since the first time.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// Let in, for the whole session.
    Admitted {
        /// Since when.
        since: Timestamp,
    },
    /// Put out by staff; does not come in again unless staff say so.
    Removed {
        /// When.
        at: Timestamp,
    },
}

/// The live socket of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The socket.
    pub id: ConnectionId,
    /// The node that holds it.
    pub node: NodeId,
    /// The browser at its other end.
    pub browser: BrowserId,
    /// Since when.
    pub since: Timestamp,
}

/// What a person sends at present. All off until the browser says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// The camera's picture.
    pub camera: bool,
    /// Sound.
    pub microphone: bool,
    /// The screen; staff only (article 5(4)).
    pub screen: bool,
}

/// How a socket was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    /// The person left.
    Left,
    /// The line broke, the tab was closed, or the node was lost.
    Lost,
    /// Staff removed the person.
    Removed,
}

/// Since when a seat is empty, and how that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacated {
    /// When.
    pub at: Timestamp,
    /// How.
    pub how: Departure,
}

/// One person's place in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The seat, as the credential names it.
    pub id: SeatId,
    /// As what the person takes part.
    pub role: SeatRole,
    /// The alias, or the name that staff show: stamped by the service, never by the browser
    /// (article 2(3)).
    pub name: String,
    /// How far the person has been let in.
    pub admission: Admission,
    /// The live socket, if any.
    pub connection: Option<Connection>,
    /// The browser that sat here last. Being let in holds for it alone.
    pub browser: Option<BrowserId>,
    /// A live socket of another browser with the same credential, that was told "already in use"
    /// (article 8(5)).
    pub claim: Option<Connection>,
    /// What is sent at present.
    pub media: Media,
    /// While there is no live socket: since when.
    pub vacated: Option<Vacated>,
}

impl Seat {
    pub(super) fn new(id: SeatId, role: SeatRole, name: String) -> Self {
        Self {
            id,
            role,
            name,
            admission: Admission::Outside,
            connection: None,
            browser: None,
            claim: None,
            media: Media::default(),
            vacated: None,
        }
    }

    /// Whether this socket sits here.
    pub fn is_held_by(&self, connection: ConnectionId) -> bool {
        self.connection.is_some_and(|held| held.id == connection)
    }

    /// Whether this socket was told that the seat is in use.
    pub fn is_claimed_by(&self, connection: ConnectionId) -> bool {
        self.claim.is_some_and(|claim| claim.id == connection)
    }

    /// Whether the person is there.
    pub fn is_live(&self) -> bool {
        self.connection.is_some()
    }

    /// Since when the person is seen to wait: only who is there waits (BigBlueButton #21833).
    pub fn waiting_since(&self) -> Option<Timestamp> {
        match self.admission {
            Admission::Waiting { since } if self.is_live() => Some(since),
            _ => None,
        }
    }

    /// Whether, of two who talk, this one makes the offer: the staff's side, else the lower seat.
    /// Of each two exactly one does; when both offered at once, calls were seen to hang.
    pub fn offers_to(&self, other: &Self) -> bool {
        match (self.role.is_staff(), other.role.is_staff()) {
            (true, false) => true,
            (false, true) => false,
            _ => self.id < other.id,
        }
    }

    /// Takes a socket. Another browser that comes to a seat which was let in waits again: staff let
    /// in a person, not a link.
    pub(super) fn sit(&mut self, connection: Connection) {
        let at = connection.since;
        let is_same = self.browser == Some(connection.browser);
        self.admission = match self.admission {
            Admission::Admitted { since } if is_same || self.role.is_staff() => {
                Admission::Admitted { since }
            }
            _ if self.role.is_staff() => Admission::Admitted { since: at },
            Admission::Waiting { since } => Admission::Waiting { since },
            _ => Admission::Waiting { since: at },
        };
        self.connection = Some(connection);
        self.browser = Some(connection.browser);
        self.media = Media::default();
        self.vacated = None;
    }

    /// Loses its socket. Whoever claims the seat has it then: it is no longer used twice.
    pub(super) fn vacate(&mut self, how: Departure, at: Timestamp) {
        self.connection = None;
        self.media = Media::default();
        self.vacated = Some(Vacated { at, how });
        if how == Departure::Left && matches!(self.admission, Admission::Waiting { .. }) {
            self.admission = Admission::Outside;
        }
        if let Some(claim) = self.claim.take() {
            self.sit(Connection { since: at, ..claim });
        }
    }
}
