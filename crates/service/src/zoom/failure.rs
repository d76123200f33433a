//! Why Zoom did not do what it was asked, without a word of what it wrote.

use std::fmt;

use jiff::Timestamp;

/// Why nothing was heard of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It could not be written down, so nothing was sent.
    NotSent,
    /// No token could be had, for another reason than wrong credentials; nothing else was sent.
    NoToken,
    /// Zoom was not reached: no such name, or the connection was refused. Nothing was sent.
    NotConnected,
    /// Whoever answered is not trusted by this machine as Zoom. Nothing was sent.
    Untrusted,
    /// No answer, or not the whole of it, in time.
    TimedOut,
    /// The connection broke on the way.
    Broken,
}

/// Why Zoom did not do what it was asked. Holds no text of Zoom's and no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There was no answer, or it broke off on the way.
    Unanswered(Silence),
    /// It was done, but the answer cannot be read: `what` names the field that is missing.
    Unreadable {
        /// The name of a field of ours, or how the answer is out of form.
        what: String,
    },
    /// Too many calls (HTTP 429), or held back by this client because of an earlier such answer.
    TooMany {
        /// From when on it may be asked again: at least a second and at most a day ahead.
        until: Timestamp,
        /// Whether it is the limit of a day and not of a second or minute.
        daily: bool,
    },
    /// The credentials are wrong, or the app was deactivated or not yet activated.
    Credentials {
        /// The token endpoint's word, such as `invalid_client`, or a number: ASCII, no blanks.
        error: String,
    },
    /// The app lacks one of these scopes (codes 4711 and 4700); none, if Zoom named none.
    Scope(Vec<String>),
    /// There is no such meeting (3001; for registrants 1001) or user (1001).
    Missing,
    /// The account's plan does not have it (HTTP 400, code 200).
    NotOnThisPlan,
    /// Zoom says no.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Zoom's own code; 0 if there was none.
        code: i64,
    },
    /// Zoom, or something before it, is out of order (HTTP 5xx).
    Broken {
        /// The HTTP status.
        status: u16,
    },
}

impl Failure {
    pub(super) fn unreadable(what: impl Into<String>) -> Self {
        Self::Unreadable { what: what.into() }
    }

    /// Whether Zoom may have done what it was asked all the same. Zoom knows no key by which it
    /// would recognise a repeat, so look before asking again.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Unanswered(silence) => matches!(silence, Silence::TimedOut | Silence::Broken),
            Self::Unreadable { .. } | Self::Broken { .. } => true,
            Self::TooMany { .. }
            | Self::Credentials { .. }
            | Self::Scope(_)
            | Self::Missing
            | Self::NotOnThisPlan
            | Self::Refused { .. } => false,
        }
    }

    /// One word for it that stays the same, for a log and for the desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unanswered(Silence::NotSent) => "not-sent",
            Self::Unanswered(Silence::NoToken) => "no-token",
            Self::Unanswered(Silence::NotConnected) => "not-connected",
            Self::Unanswered(Silence::Untrusted) => "untrusted",
            Self::Unanswered(Silence::TimedOut) => "timed-out",
            Self::Unanswered(Silence::Broken) => "broke-off",
            Self::Unreadable { .. } => "unreadable",
            Self::TooMany { daily: false, .. } => "too-many",
            Self::TooMany { daily: true, .. } => "too-many-today",
            Self::Credentials { .. } => "credentials",
            Self::Scope(_) => "scope",
            Self::Missing => "missing",
            Self::NotOnThisPlan => "not-on-this-plan",
            Self::Refused { .. } => "refused",
            Self::Broken { .. } => "broken",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "zoom {}", self.code())?;
        match self {
            Self::Unreadable { what } => write!(out, ": {what}"),
            Self::TooMany { until, .. } => write!(out, ": until {until}"),
            Self::Credentials { error } => write!(out, ": {error}"),
            Self::Scope(scopes) if !scopes.is_empty() => write!(out, ": {}", scopes.join(" ")),
            Self::Refused { status, code } => write!(out, ": {status} {code}"),
            Self::Broken { status } => write!(out, ": {status}"),
            Self::Unanswered(_) | Self::Scope(_) | Self::Missing | Self::NotOnThisPlan => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}
