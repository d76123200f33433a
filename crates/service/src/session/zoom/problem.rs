//! Why a session has no way to join yet. The confirmation stands; the link follows.

use rules::session::zoom::NoHost;

use crate::zoom::Failure;

/// Why there is no way to join yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// This installation has no account with Zoom.
    NotConfigured,
    /// The office has no host.
    NoHost,
    /// Every host has another meeting then, or may hold none.
    HostsBusy,
    /// As many meetings were made or changed today as Zoom allows.
    Quota,
    /// Zoom asks for patience.
    TooMany,
    /// Zoom did not answer, or not in a way that can be read.
    Unanswered,
    /// Zoom does not take the app's credentials.
    Credentials,
    /// The app lacks a right.
    Scope,
    /// Zoom refused.
    Refused,
}

impl Problem {
    /// Every problem.
    pub const ALL: [Self; 9] = [
        Self::NotConfigured,
        Self::NoHost,
        Self::HostsBusy,
        Self::Quota,
        Self::TooMany,
        Self::Unanswered,
        Self::Credentials,
        Self::Scope,
        Self::Refused,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotConfigured => "not_configured",
            Self::NoHost => "no_host",
            Self::HostsBusy => "hosts_busy",
            Self::Quota => "quota",
            Self::TooMany => "too_many",
            Self::Unanswered => "unanswered",
            Self::Credentials => "credentials",
            Self::Scope => "scope",
            Self::Refused => "refused",
        }
    }

    /// Reads [`Problem::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }
}

impl From<NoHost> for Problem {
    fn from(why: NoHost) -> Self {
        match why {
            NoHost::None => Self::NoHost,
            NoHost::Busy => Self::HostsBusy,
            NoHost::Spent => Self::Quota,
        }
    }
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Unanswered(_) | Failure::Unreadable { .. } | Failure::Broken { .. } => {
                Self::Unanswered
            }
            Failure::TooMany { .. } => Self::TooMany,
            Failure::Credentials { .. } => Self::Credentials,
            Failure::Scope(_) => Self::Scope,
            Failure::Missing | Failure::NotOnThisPlan | Failure::Refused { .. } => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip() {
        for problem in Problem::ALL {
            assert_eq!(Problem::parse(problem.code()), Some(problem));
        }
        assert_eq!(Problem::parse(""), None);
    }
}
