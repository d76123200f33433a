//! Article 8: what users must not do.
//!
//! - Opening words and (1) to (8): the list is shown with the terms. What looks like a breach is an
//!   [`Incident`] with the number of its item, recorded by whoever saw it; whether it was a breach
//!   is decided by a manager (article 10(2)).
//! - (2), discomfort of other users, needs other users: it gains its meaning in group sessions,
//!   where it is offered first ([`Prohibited::offered`]).
//! - (4), obstruction: signing in and what a browser sends into the room meet limits; applications
//!   of one number are shown to staff together.
//! - (5), sharing ID and password: the means of joining are made for one session, shown late, and
//!   stand in no subject line. A companion whom the office invited is nobody else.
//! - (7) leaves the judgment to the office and (8) embraces all other clauses: the one asks for a
//!   reason, the other for the clause.

use jiff::Timestamp;

use super::{Clause, Part, Text};
use crate::people::FreeText;

/// An item of article 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prohibited {
    /// Infringing intellectual property: 8(1).
    IntellectualProperty,
    /// Making other users feel uncomfortable: 8(2).
    Discomfort,
    /// Harming credit, honour, privacy or portrait rights: 8(3).
    Reputation,
    /// Obstructing the service or others' use of it: 8(4).
    Obstruction,
    /// Sharing, lending or telling ID and password: 8(5).
    Credentials,
    /// Acting against law or public order: 8(6).
    Law,
    /// Another purpose than looking for work, or what the office finds improper: 8(7).
    Purpose,
    /// Any other breach of the terms: 8(8).
    Terms,
}

impl Prohibited {
    /// All items, in the article's order.
    pub const ALL: [Self; 8] = [
        Self::IntellectualProperty,
        Self::Discomfort,
        Self::Reputation,
        Self::Obstruction,
        Self::Credentials,
        Self::Law,
        Self::Purpose,
        Self::Terms,
    ];

    /// All items in the order in which they are offered for a session: where others take part, what
    /// concerns them comes first (8(2)).
    pub fn offered(is_group: bool) -> Vec<Self> {
        let mut items = Self::ALL.to_vec();
        if is_group {
            items.sort_by_key(|item| *item != Self::Discomfort);
        }
        items
    }

    /// The clause; also the code by which the item is stored.
    pub fn clause(self) -> &'static str {
        match self {
            Self::IntellectualProperty => "8(1)",
            Self::Discomfort => "8(2)",
            Self::Reputation => "8(3)",
            Self::Obstruction => "8(4)",
            Self::Credentials => "8(5)",
            Self::Law => "8(6)",
            Self::Purpose => "8(7)",
            Self::Terms => "8(8)",
        }
    }

    /// The item of a clause.
    pub fn parse(clause: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.clause() == clause)
    }
}

/// Something that looked like a breach. Whether it was one is another's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Under which item it was recorded.
    pub item: Prohibited,
    /// Which other clause it may break; for 8(8).
    pub clause: Option<Clause>,
    /// What was seen or heard, in the reporter's words; for 8(7) also why it is improper.
    pub facts: FreeText,
    /// Where what proves it is kept; it is not kept here.
    pub evidence: FreeText,
    /// When it happened.
    pub at: Timestamp,
}

/// Why an incident cannot be recorded so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentRefusal {
    /// Nothing says what happened.
    NoFacts,
    /// 8(8) without the clause that was broken.
    NoClause,
    /// The terms have no such clause.
    UnknownClause,
    /// It has not happened yet.
    InTheFuture,
}

impl Incident {
    /// Whether it can be recorded at `now`, under terms of this text.
    ///
    /// # Errors
    /// The first thing that is missing or cannot be.
    pub fn check(&self, text: &Text, now: Timestamp) -> Result<(), IncidentRefusal> {
        if self.facts.is_empty() {
            return Err(IncidentRefusal::NoFacts);
        }
        if self.item == Prohibited::Terms && self.clause.is_none() {
            return Err(IncidentRefusal::NoClause);
        }
        let is_article = |clause: Clause| matches!(clause.part, Part::Article(_));
        let unknown = |clause: Clause| !is_article(clause) || clause.wording(text).is_none();
        if self.clause.is_some_and(unknown) {
            return Err(IncidentRefusal::UnknownClause);
        }
        if self.at > now {
            return Err(IncidentRefusal::InTheFuture);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Language;
    use crate::terms;

    fn check(item: &str, clause: &str, facts: &str, at: &str, refusal: Option<IncidentRefusal>) {
        let incident = Incident {
            item: Prohibited::parse(item).unwrap(),
            clause: Clause::parse(clause),
            facts: FreeText::parse(facts, 500).unwrap(),
            evidence: FreeText::default(),
            at: format!("2026-11-24T{at}:00+09:00").parse().unwrap(),
        };
        let model = terms::model();
        let now = "2026-11-24T10:30:00+09:00".parse().unwrap();
        let checked = incident.check(model.text(Language::Japanese), now);
        assert_eq!(checked.err(), refusal, "{item} {clause} {facts} {at}");
    }

    #[test]
    fn article_8_what_an_incident_needs() {
        use IncidentRefusal::{InTheFuture, NoClause, NoFacts, UnknownClause};
        check("8(1)", "", "画面の資料を配った", "10:20", None);
        check("8(2)", "", "　", "10:20", Some(NoFacts));
        check("8(7)", "", "商品を売ろうとした", "10:30", None);
        check("8(7)", "", "", "10:20", Some(NoFacts));
        check("8(8)", "5(4)", "録音していた", "10:20", None);
        check("8(8)", "2(3)", "何度も氏名を入れた", "10:20", None);
        check("8(8)", "", "録音していた", "10:20", Some(NoClause));
        check("8(8)", "5(9)", "録音していた", "10:20", Some(UnknownClause));
        check("8(8)", "preamble", "録音していた", "10:20", Some(UnknownClause));
        check("8(4)", "", "大声で妨げた", "10:31", Some(InTheFuture));
    }

    #[test]
    fn article_8_2_comes_first_where_others_take_part() {
        let counselling = Prohibited::offered(false);
        assert_eq!(counselling, Prohibited::ALL);
        let mut group = Prohibited::offered(true);
        assert_eq!(group.first(), Some(&Prohibited::Discomfort));
        group.sort();
        assert_eq!(group, Prohibited::ALL);
    }

    #[test]
    fn article_8_items_by_their_clauses() {
        for (item, number) in Prohibited::ALL.into_iter().zip(1..) {
            assert_eq!(item.clause(), format!("8({number})"));
            assert_eq!(Prohibited::parse(item.clause()), Some(item));
            let text = terms::model().text(Language::Japanese).clone();
            assert!(Clause::parse(item.clause()).unwrap().wording(&text).is_some());
        }
        assert_eq!(Prohibited::parse("8(9)"), None);
    }
}
