//! What an application asks for.

use std::collections::BTreeSet;

use super::Support;
use crate::people::Practice;
use crate::schedule::Skill;

/// What a session is, from its application on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Counselling of one jobseeker (article 1).
    Counselling,
    /// Counselling by a supporter for intractable diseases (難病患者就職サポーター, article 6).
    IntractableDisease,
    /// A session of several jobseekers.
    Group,
}

impl Kind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Counselling, Self::IntractableDisease, Self::Group];

    /// What somebody asks for who wishes for this support, and for no group.
    pub fn wished(supports: &[Support]) -> Self {
        match supports.contains(&Support::RareDiseaseSupporter) {
            true => Self::IntractableDisease,
            false => Self::Counselling,
        }
    }

    /// The kinds that staff may choose between for one person's application.
    pub const OF_ONE: [Self; 2] = [Self::Counselling, Self::IntractableDisease];

    /// How long every session of this kind is, where the office holds them all alike.
    pub fn minutes(self, practice: &Practice) -> Option<u16> {
        (self == Self::IntractableDisease).then_some(practice.supporter_minutes)
    }

    /// What the counsellor must be able to do: a condition, not a hint as
    /// [`super::fitting_skills`] are.
    pub fn needs(self) -> BTreeSet<Skill> {
        match self {
            Self::IntractableDisease => BTreeSet::from([Skill::RareDiseaseSupporter]),
            Self::Counselling | Self::Group => BTreeSet::new(),
        }
    }

    /// Whether a session of so many minutes can be one of this kind.
    ///
    /// # Errors
    /// [`KindRefusal::Length`].
    pub fn check_minutes(self, minutes: u16, practice: &Practice) -> Result<(), KindRefusal> {
        match self.minutes(practice).is_none_or(|all| all == minutes) {
            true => Ok(()),
            false => Err(KindRefusal::Length),
        }
    }

    /// Whether a counsellor with these skills can hold a session of this kind.
    ///
    /// # Errors
    /// [`KindRefusal::NoSupporter`].
    pub fn check_skills(self, skills: &BTreeSet<Skill>) -> Result<(), KindRefusal> {
        match self.needs().is_subset(skills) {
            true => Ok(()),
            false => Err(KindRefusal::NoSupporter),
        }
    }

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counselling => "counselling",
            Self::IntractableDisease => "intractable_disease",
            Self::Group => "group",
        }
    }

    /// Reads [`Kind::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why a session cannot be of a kind, or the kind of an application not be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindRefusal {
    /// Sessions of this kind are of another length.
    Length,
    /// The counsellor is no supporter for intractable diseases (article 6).
    NoSupporter,
    /// It is of this kind already.
    Unchanged,
    /// A proposed time waits for its answer; it was chosen for the kind as it is.
    ProposalOpen,
    /// No reason was given.
    NoReason,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_6_the_supporter_takes_an_hour_and_must_be_one() {
        use Kind::{Counselling, Group, IntractableDisease};
        let check = |kind: Kind, minutes: u16, skills: &[Skill], expected| {
            let practice = Practice::default();
            let skills = skills.iter().copied().collect();
            let checked = kind.check_minutes(minutes, &practice);
            assert_eq!(checked.and_then(|()| kind.check_skills(&skills)), expected, "{kind:?}");
        };
        let supporter = Skill::RareDiseaseSupporter;
        check(Counselling, 30, &[], Ok(()));
        check(Counselling, 60, &[supporter], Ok(()));
        check(Group, 45, &[], Ok(()));
        check(IntractableDisease, 60, &[supporter], Ok(()));
        check(IntractableDisease, 60, &[supporter, Skill::English], Ok(()));
        check(IntractableDisease, 30, &[supporter], Err(KindRefusal::Length));
        check(IntractableDisease, 60, &[], Err(KindRefusal::NoSupporter));
        check(IntractableDisease, 60, &[Skill::SignLanguage], Err(KindRefusal::NoSupporter));
        let practice = Practice { supporter_minutes: 45, ..Practice::default() };
        assert_eq!(IntractableDisease.minutes(&practice), Some(45));
        assert_eq!(Counselling.minutes(&practice), None);
    }

    #[test]
    fn codes_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        assert_eq!(Kind::parse("Group"), None);
    }

    #[test]
    fn article_6_the_supporter_is_wished_for() {
        let check = |supports: &[Support], kind| assert_eq!(Kind::wished(supports), kind);
        check(&[], Kind::Counselling);
        check(&[Support::Breaks, Support::Companion], Kind::Counselling);
        check(&[Support::Breaks, Support::RareDiseaseSupporter], Kind::IntractableDisease);
    }
}
