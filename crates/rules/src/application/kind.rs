//! What an application asks for.

use super::Support;

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

#[cfg(test)]
mod tests {
    use super::*;

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
