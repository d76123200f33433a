//! Article 9: what the office does not answer for.
//!
//! - (1), (3) with its items, (4): text only, shown with the terms. An office's stop of a session
//!   under (4) is article 10's.
//! - (2): trouble with connection or account is nobody's fault to answer for; it is recorded as
//!   [`Cause::JobseekersSide`] without blame, and another way is offered.
//! - (5): questions about the tool's own workings are not answered; help pages speak of our pages
//!   and of how to join (article 2(2)), and point to the maker for the rest.
//! - (6): delay or stop for a reason outside the office's control, [`Cause::OfficeSide`]. Together
//!   with article 10(1) it means that such a session is never the jobseeker's no-show.

use crate::appointment::Standing;

/// On whose side a session failed. Whichever it was, nobody failed to appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The jobseeker's connection, device or account: 9(2).
    JobseekersSide,
    /// The office, its connection, or what strikes both (disaster, outage, attack): 9(6), 10(1).
    OfficeSide,
}

impl Cause {
    /// The clause it falls under.
    pub fn clause(self) -> &'static str {
        match self {
            Self::JobseekersSide => "9(2)",
            Self::OfficeSide => "9(6)",
        }
    }

    /// On whose side the session failed, where that is how an appointment ended.
    pub fn of(standing: Standing) -> Option<Self> {
        match standing {
            Standing::JobseekersTrouble => Some(Self::JobseekersSide),
            Standing::OfficesTrouble | Standing::StoppedByOffice => Some(Self::OfficeSide),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_9_trouble_is_nobodys_no_show() {
        let no_shows = Standing::ALL.into_iter().filter(|standing| standing.is_no_show());
        assert_eq!(no_shows.collect::<Vec<_>>(), [Standing::DeemedCancelled]);
        assert!(Standing::ALL.iter().all(|s| Cause::of(*s).is_none() || !s.is_no_show()));
    }

    #[test]
    fn article_9_sides() {
        let check = |standing, clause| {
            assert_eq!(Cause::of(standing).map(Cause::clause), clause, "{standing:?}");
        };
        check(Standing::JobseekersTrouble, Some("9(2)"));
        check(Standing::OfficesTrouble, Some("9(6)"));
        check(Standing::StoppedByOffice, Some("9(6)"));
        check(Standing::Held, None);
        check(Standing::ByTelephone, None);
        check(Standing::DeemedCancelled, None);
    }
}
