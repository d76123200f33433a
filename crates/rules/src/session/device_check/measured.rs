//! What a page can measure on a device, and what can come of it. Each trouble has its own help.

use serde::{Deserialize, Serialize};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// The page came by a protected line; without it a browser gives no camera.
    SecurePage,
    /// The browser can build a call.
    Calls,
    /// The microphone, by its level.
    Microphone,
    /// The loudspeaker, by the person's word that a sound was heard.
    Speaker,
    /// The camera.
    Camera,
    /// A connection through the relay that the session itself will use.
    Relay,
    /// The time to the service and back.
    Latency,
    /// How much the line carries.
    Speed,
}

impl Measured {
    /// Everything, in the order in which it is measured.
    pub const ALL: [Self; 8] = [
        Self::SecurePage,
        Self::Calls,
        Self::Microphone,
        Self::Speaker,
        Self::Camera,
        Self::Relay,
        Self::Latency,
        Self::Speed,
    ];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::SecurePage => "secure_page",
            Self::Calls => "calls",
            Self::Microphone => "microphone",
            Self::Speaker => "speaker",
            Self::Camera => "camera",
            Self::Relay => "relay",
            Self::Latency => "latency",
            Self::Speed => "speed",
        }
    }

    /// Reads [`Measured::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }

    /// Whether nobody can talk in the room without it. Who hears nothing can still read captions;
    /// a slow line carries sound.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::SecurePage | Self::Calls | Self::Microphone | Self::Relay)
    }

    /// What can come of measuring it.
    pub fn outcomes(self) -> &'static [Outcome] {
        use Outcome::{
            DeviceBusy, Good, InsecurePage, NetworkBlocked, NoDevice, NotSupported, NotTried,
            PermissionDenied, Silent, Slow,
        };
        match self {
            Self::SecurePage => &[Good, InsecurePage],
            Self::Calls => &[Good, NotSupported],
            Self::Microphone => &[
                Good,
                NotTried,
                PermissionDenied,
                NoDevice,
                DeviceBusy,
                InsecurePage,
                NotSupported,
                Silent,
            ],
            Self::Camera => &[
                Good,
                NotTried,
                PermissionDenied,
                NoDevice,
                DeviceBusy,
                InsecurePage,
                NotSupported,
            ],
            Self::Speaker => &[Good, NotTried, Silent],
            Self::Relay => &[Good, NotTried, NotSupported, NetworkBlocked],
            Self::Latency | Self::Speed => &[Good, NotTried, Slow, NetworkBlocked],
        }
    }
}

/// What came of measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It works.
    Good,
    /// The person went on without it.
    NotTried,
    /// The person, or a setting of the device, did not give leave (`NotAllowedError`).
    PermissionDenied,
    /// There is none (`NotFoundError`).
    NoDevice,
    /// Another program holds it (`NotReadableError`).
    DeviceBusy,
    /// The page is not protected, so the browser gives nothing.
    InsecurePage,
    /// The browser does not know how.
    NotSupported,
    /// The network lets it not through.
    NetworkBlocked,
    /// It works slowly.
    Slow,
    /// No sound came.
    Silent,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 10] = [
        Self::Good,
        Self::NotTried,
        Self::PermissionDenied,
        Self::NoDevice,
        Self::DeviceBusy,
        Self::InsecurePage,
        Self::NotSupported,
        Self::NetworkBlocked,
        Self::Slow,
        Self::Silent,
    ];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::NotTried => "not_tried",
            Self::PermissionDenied => "permission_denied",
            Self::NoDevice => "no_device",
            Self::DeviceBusy => "device_busy",
            Self::InsecurePage => "insecure_page",
            Self::NotSupported => "not_supported",
            Self::NetworkBlocked => "network_blocked",
            Self::Slow => "slow",
            Self::Silent => "silent",
        }
    }

    /// Reads [`Outcome::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Whether the person is offered help.
    pub fn is_trouble(self) -> bool {
        !matches!(self, Self::Good | Self::NotTried)
    }
}

/// Beyond this, in milliseconds there and back, people talk into each other.
pub const SLOW_LATENCY_MS: u32 = 400;

/// Below this, in thousand bits each second, the room's picture does not fit the line; sound does.
pub const SLOW_SPEED_KBPS: u32 = 500;

/// What a median time to the service and back amounts to.
pub fn judge_latency(milliseconds: u32) -> Outcome {
    if milliseconds > SLOW_LATENCY_MS { Outcome::Slow } else { Outcome::Good }
}

/// What a measured speed amounts to.
pub fn judge_speed(kilobits_per_second: u32) -> Outcome {
    if kilobits_per_second < SLOW_SPEED_KBPS { Outcome::Slow } else { Outcome::Good }
}
