//! Article 1: who may use online counselling.
//!
//! - Opening words: the office permits it to those who agree to the terms and meet all three
//!   conditions. Permission is an act of the office, so each condition is decided by a named
//!   officer and nothing is approved by itself: [`Decisions`]. Agreement is
//!   [`amendment`](super::amendment)'s.
//! - (1): registered as a jobseeker, at any office. The software cannot ask the national system;
//!   an officer looks it up and records that it was done.
//! - (2): has the environment of article 4 and can use the tool. The declaration of
//!   [`environment`](super::environment) is laid before the officer; doubt leads to help, not to a
//!   no.
//! - (3): some need to be counselled from home. The jobseeker chooses reasons by code and need not
//!   prove them, nor name an illness: [`NeedReason`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A condition of article 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Registered as a jobseeker: 1(1).
    Registered,
    /// Has the environment and can use the tool: 1(2).
    Environment,
    /// Has some need: 1(3).
    Need,
    /// Never broke the terms and was never stopped: not among the model terms' conditions, but
    /// among those of some offices.
    CleanHistory,
}

impl Condition {
    /// All conditions that a version may have, in the order of article 1.
    pub const ALL: [Self; 4] =
        [Self::Registered, Self::Environment, Self::Need, Self::CleanHistory];

    /// The clause that states the condition in the model terms; where they have none, the article.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Registered => "1(1)",
            Self::Environment => "1(2)",
            Self::Need => "1(3)",
            Self::CleanHistory => "1",
        }
    }

    /// The code by which the condition is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Environment => "environment",
            Self::Need => "need",
            Self::CleanHistory => "clean_history",
        }
    }

    /// The condition of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.code() == code)
    }
}

/// What was decided on one application: for each condition, whether it is met. Who decided, and
/// when, is kept by the store, which takes no decision without its officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<Condition, bool>);

impl From<BTreeMap<Condition, bool>> for Decisions {
    fn from(decisions: BTreeMap<Condition, bool>) -> Self {
        Self(decisions)
    }
}

/// Why use cannot be permitted (yet).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionRefusal {
    /// No officer has decided on this condition.
    Undecided(Condition),
    /// An officer found this condition not met.
    NotMet(Condition),
}

impl Decisions {
    /// Whether a condition was found met; nothing while it is undecided.
    pub fn decided(&self, condition: Condition) -> Option<bool> {
        self.0.get(&condition).copied()
    }

    /// Whether every one of these conditions, those of the version in force, was decided and found
    /// met (article 1, opening words).
    ///
    /// # Errors
    /// The first condition in the article's order that was found not met, else the first undecided.
    pub fn all_met(&self, conditions: &[Condition]) -> Result<(), DecisionRefusal> {
        let first = |met| conditions.iter().copied().find(|c| self.decided(*c) == met);
        match (first(Some(false)), first(None)) {
            (Some(failed), _) => Err(DecisionRefusal::NotMet(failed)),
            (None, Some(open)) => Err(DecisionRefusal::Undecided(open)),
            (None, None) => Ok(()),
        }
    }
}

/// A reason for being counselled from home (article 1(3)), as coarse as the office needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedReason {
    /// The office is far away or hard to reach.
    Distance,
    /// Illness or disability; which one is not asked.
    Health,
    /// Bringing up children or caring for somebody.
    Care,
    /// Working hours.
    WorkingHours,
    /// An infection or a disaster.
    Infection,
    /// Another reason.
    Other,
}

impl NeedReason {
    /// All reasons, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Distance,
        Self::Health,
        Self::Care,
        Self::WorkingHours,
        Self::Infection,
        Self::Other,
    ];

    /// The code by which the reason is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Health => "health",
            Self::Care => "care",
            Self::WorkingHours => "working_hours",
            Self::Infection => "infection",
            Self::Other => "other",
        }
    }

    /// The reason of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Condition::{CleanHistory, Environment, Need, Registered};
    use DecisionRefusal::{NotMet, Undecided};

    /// Decisions in the article's order: `+` met, `-` not met, `?` undecided.
    const MODEL: [Condition; 3] = [Registered, Environment, Need];

    fn check(decisions: &str, outcome: Result<(), DecisionRefusal>) {
        check_of(&MODEL, decisions, outcome);
    }

    fn check_of(conditions: &[Condition], decisions: &str, outcome: Result<(), DecisionRefusal>) {
        let sign = |(condition, sign)| match sign {
            '+' => Some((condition, true)),
            '-' => Some((condition, false)),
            _ => None,
        };
        let decided = Condition::ALL.into_iter().zip(decisions.chars()).filter_map(sign);
        let decided: BTreeMap<_, _> = decided.collect();
        assert_eq!(Decisions::from(decided).all_met(conditions), outcome, "{decisions}");
    }

    #[test]
    fn article_1_every_condition_is_decided_and_met() {
        check("+++", Ok(()));
        check("???", Err(Undecided(Registered)));
        check("+?+", Err(Undecided(Environment)));
        check("++?", Err(Undecided(Need)));
        check("-++", Err(NotMet(Registered)));
        check("?-?", Err(NotMet(Environment)));
        check("++-", Err(NotMet(Need)));
    }

    #[test]
    fn article_1_the_conditions_are_those_of_the_version() {
        check_of(&[], "????", Ok(()));
        check_of(&[Registered], "+---", Ok(()));
        check_of(&Condition::ALL, "+++?", Err(Undecided(CleanHistory)));
        check_of(&Condition::ALL, "+++-", Err(NotMet(CleanHistory)));
        check_of(&Condition::ALL, "++++", Ok(()));
    }

    #[test]
    fn article_1_3_codes_of_reasons() {
        for reason in NeedReason::ALL {
            assert_eq!(NeedReason::parse(reason.code()), Some(reason));
            assert_eq!(toml::Value::try_from(reason).unwrap().as_str(), Some(reason.code()));
        }
        for condition in Condition::ALL {
            assert_eq!(Condition::parse(condition.code()), Some(condition));
            assert_eq!(toml::Value::try_from(condition).unwrap().as_str(), Some(condition.code()));
        }
        assert_eq!(NeedReason::parse("diabetes"), None);
    }
}
