//! Article 11: changes to the terms.
//!
//! - First sentence: the office may change the terms without asking. A version never changes; a
//!   change is a new version with a date of its own ([`Editions`]), and each fact is judged by the
//!   version in force when it happened.
//! - Second sentence: use after a change is consent to it. Applying and joining are use; reading a
//!   page is not. At each use the last consent is compared with the version in force
//!   ([`needs_new_consent`]), and the consent is stored with version, time and way ([`Consent`]).
//!   The opening words of the terms and article 1 ask for consent too; it is the same record.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Editions, Terms, VersionName};

/// A consent to a version of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The version.
    pub version: VersionName,
    /// When consent was given.
    pub at: Timestamp,
    /// In which way.
    pub way: ConsentWay,
    /// The terms of the tool's maker that were shown with it (article 5(3)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<ToolTerms>,
}

/// An edition of the terms of the tool's maker, as the office designates it (article 5(3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolTerms {
    /// Where they stand.
    pub address: String,
    /// The day on which the office looked at them, if it says one.
    pub as_of: Option<Date>,
}

/// How consent was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentWay {
    /// By ticking that one agrees.
    Explicit,
    /// By applying (article 11, deemed).
    ByApplication,
    /// By joining a session (opening words and article 11, deemed).
    ByUse,
    /// Staff read the terms out, on the telephone or at the counter, and the person agreed.
    ReadOutByStaff,
}

impl ConsentWay {
    /// All ways.
    pub const ALL: [Self; 4] =
        [Self::Explicit, Self::ByApplication, Self::ByUse, Self::ReadOutByStaff];

    /// The code by which the way is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::ByApplication => "by_application",
            Self::ByUse => "by_use",
            Self::ReadOutByStaff => "read_out_by_staff",
        }
    }

    /// The way of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// Why a consent cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentRefusal {
    /// The office has no version of that name.
    UnknownVersion,
    /// The version is not in force yet.
    NotYetEffective,
    /// A later version is in force: what was shown is to be shown anew.
    Superseded,
}

impl Consent {
    /// Takes a consent, given at `at`, to the version that was shown.
    ///
    /// # Errors
    /// The version is not the one in force at that time.
    pub fn give(
        editions: &Editions,
        version: &VersionName,
        at: Timestamp,
        way: ConsentWay,
    ) -> Result<Self, ConsentRefusal> {
        let shown = editions.named(version).ok_or(ConsentRefusal::UnknownVersion)?;
        match editions.in_force(at) {
            Some(now) if now.version == *version => {
                Ok(Self { version: version.clone(), at, way, tool: None })
            }
            Some(now) if now.effective_from > shown.effective_from => {
                Err(ConsentRefusal::Superseded)
            }
            _ => Err(ConsentRefusal::NotYetEffective),
        }
    }
}

impl Consent {
    /// The same consent, given with these terms of the tool's maker in view (article 5(3)).
    #[must_use]
    pub fn with_tool(self, tool: Option<ToolTerms>) -> Self {
        Self { tool, ..self }
    }
}

/// Whether the next use needs a consent to the terms of the tool's maker: the office designates
/// some, and the last consent was to others or to none (article 5(3), as article 11).
pub fn needs_new_tool_consent(last: Option<&Consent>, designated: Option<&ToolTerms>) -> bool {
    designated.is_some() && last.is_none_or(|consent| consent.tool.as_ref() != designated)
}

/// Whether the next use needs a consent: there is none, or it was to another version (article 11).
pub fn needs_new_consent(last: Option<&Consent>, in_force: &Terms) -> bool {
    last.is_none_or(|consent| consent.version != in_force.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::editions::tests::edition;
    use ConsentRefusal::{NotYetEffective, Superseded, UnknownVersion};

    fn editions() -> Editions {
        Editions::new(vec![edition("a-1", "2026-04-01"), edition("a-2", "2026-12-01")]).unwrap()
    }

    fn name(name: &str) -> VersionName {
        VersionName::parse(name).unwrap()
    }

    fn check(version: &str, at: &str, refusal: Option<ConsentRefusal>) {
        let given =
            Consent::give(&editions(), &name(version), at.parse().unwrap(), ConsentWay::Explicit);
        assert_eq!(given.err(), refusal, "{version} {at}");
    }

    #[test]
    fn article_11_consent_is_to_the_version_in_force() {
        check("a-1", "2026-11-20T12:00:00+09:00", None);
        check("a-1", "2026-11-30T23:59:59+09:00", None);
        check("a-1", "2026-12-01T00:00:00+09:00", Some(Superseded));
        check("a-2", "2026-11-30T23:59:59+09:00", Some(NotYetEffective));
        check("a-2", "2026-12-01T00:00:00+09:00", None);
        check("a-1", "2026-03-31T23:59:59+09:00", Some(NotYetEffective));
        check("b-1", "2026-12-01T00:00:00+09:00", Some(UnknownVersion));
    }

    #[test]
    fn article_11_a_change_asks_for_consent_anew() {
        let editions = editions();
        let applied = "2026-11-20T12:00:00+09:00".parse().unwrap();
        let session = "2026-12-02T10:00:00+09:00".parse().unwrap();
        let consent =
            Consent::give(&editions, &name("a-1"), applied, ConsentWay::ByApplication).unwrap();
        let then = editions.in_force(applied).unwrap();
        let now = editions.in_force(session).unwrap();
        assert!(needs_new_consent(None, then));
        assert!(!needs_new_consent(Some(&consent), then));
        assert!(needs_new_consent(Some(&consent), now));
        let anew = Consent::give(&editions, &now.version, session, ConsentWay::ByUse).unwrap();
        assert_eq!(anew.version.to_string(), "a-2");
        assert!(!needs_new_consent(Some(&anew), now));
    }

    #[test]
    fn article_5_3_another_edition_of_the_tools_terms_asks_for_consent_anew() {
        let edition = |address: &str, day: Option<&str>| ToolTerms {
            address: address.to_owned(),
            as_of: day.map(|day| day.parse().unwrap()),
        };
        let at = "2026-11-20T12:00:00+09:00".parse().unwrap();
        let given = Consent::give(&editions(), &name("a-1"), at, ConsentWay::Explicit).unwrap();
        let check = |agreed: Option<ToolTerms>, now: Option<ToolTerms>, anew: bool| {
            let consent = given.clone().with_tool(agreed);
            assert_eq!(needs_new_tool_consent(Some(&consent), now.as_ref()), anew, "{now:?}");
        };
        let (terms, other) = ("https://example.jp/terms", "https://example.jp/other");
        let may = edition(terms, Some("2026-05-01"));
        check(Some(may.clone()), Some(may.clone()), false);
        check(Some(may.clone()), Some(edition(terms, Some("2026-11-01"))), true);
        check(Some(may.clone()), Some(edition(other, Some("2026-05-01"))), true);
        check(Some(edition(terms, None)), Some(may.clone()), true);
        check(None, Some(may.clone()), true);
        // The office designates none (any more): there is nothing to agree to.
        check(Some(may.clone()), None, false);
        check(None, None, false);
        assert!(needs_new_tool_consent(None, Some(&may)));
        assert!(!needs_new_tool_consent(None, None));
    }

    #[test]
    fn article_11_codes() {
        for way in ConsentWay::ALL {
            assert_eq!(ConsentWay::parse(way.code()), Some(way));
            assert_eq!(toml::Value::try_from(way).unwrap().as_str(), Some(way.code()));
        }
        let at = "2026-11-20T12:00:00Z".parse().unwrap();
        let consent =
            Consent { version: name("a-1"), at, way: ConsentWay::ReadOutByStaff, tool: None };
        let stored = toml::to_string(&consent).unwrap();
        let expected =
            "version = \"a-1\"\nat = \"2026-11-20T12:00:00Z\"\nway = \"read_out_by_staff\"\n";
        assert_eq!(stored, expected);
        assert_eq!(toml::from_str::<Consent>(&stored).unwrap(), consent);
    }
}
