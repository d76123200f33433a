//! Where a session is held, behind one join link.

use serde::{Deserialize, Serialize};

/// By which means a session is held. It may change while people wait on the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The built-in room, in the browser.
    Room,
    /// A meeting in Zoom that the service makes and looks after.
    Zoom,
    /// A meeting that staff made by hand.
    ByHand,
    /// The telephone.
    Telephone,
}

impl Channel {
    /// Every channel, in the order in which a session falls back from one to the next.
    pub const ALL: [Self; 4] = [Self::Room, Self::Zoom, Self::ByHand, Self::Telephone];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Zoom => "zoom",
            Self::ByHand => "by_hand",
            Self::Telephone => "telephone",
        }
    }

    /// Reads [`Channel::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}
