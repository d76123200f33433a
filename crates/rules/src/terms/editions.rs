//! The versions of an office's terms, one after another.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Audience, Terms, VersionName};
use crate::schedule::TOKYO;

/// The versions of one office's terms for one audience, by effective date (article 11).
///
/// None at all before the first is published: no terms, no service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editions(Vec<Terms>);

/// Why versions cannot stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditionsRefusal {
    /// Two versions take effect on one day.
    SameDate(Date),
    /// Two versions bear one name.
    SameName(VersionName),
    /// The versions are for several audiences.
    SeveralAudiences,
    /// Within a series, the version does not follow the one before it: one was left out, or the
    /// dates run against the names.
    Gap(VersionName),
}

impl Editions {
    /// Puts versions in the order of their effective dates.
    ///
    /// # Errors
    /// The versions do not form one row: two share a date or a name, are for different audiences,
    /// or leave a gap in a series.
    pub fn new(mut versions: Vec<Terms>) -> Result<Self, EditionsRefusal> {
        versions.sort_by_key(|terms| terms.effective_from);
        if versions.windows(2).any(|pair| pair[0].audience != pair[1].audience) {
            return Err(EditionsRefusal::SeveralAudiences);
        }
        for (index, terms) in versions.iter().enumerate() {
            let earlier = &versions[..index];
            if earlier.iter().any(|other| other.version == terms.version) {
                return Err(EditionsRefusal::SameName(terms.version.clone()));
            }
            if earlier.last().is_some_and(|last| last.effective_from == terms.effective_from) {
                return Err(EditionsRefusal::SameDate(terms.effective_from));
            }
            let mut series = earlier.iter().rev();
            let last = series.find(|other| other.version.series == terms.version.series);
            if last.is_some_and(|last| !last.version.is_followed_by(&terms.version)) {
                return Err(EditionsRefusal::Gap(terms.version.clone()));
            }
        }
        Ok(Self(versions))
    }

    /// The versions of an office by the audience that they are for, each in one row: the usual one
    /// first, which is that of the version that took effect first.
    ///
    /// # Errors
    /// As [`Editions::new`]; a name stands for one version, whatever its audience.
    pub fn by_audience(versions: Vec<Terms>) -> Result<Vec<Self>, EditionsRefusal> {
        let mut rows: Vec<Vec<Terms>> = Vec::new();
        let mut names = BTreeSet::new();
        for terms in versions {
            if !names.insert(terms.version.clone()) {
                return Err(EditionsRefusal::SameName(terms.version));
            }
            match rows.iter_mut().find(|row| row[0].audience == terms.audience) {
                Some(row) => row.push(terms),
                None => rows.push(vec![terms]),
            }
        }
        let mut all: Vec<Self> = rows.into_iter().map(Self::new).collect::<Result<_, _>>()?;
        all.sort_by_key(|editions| editions.0.first().map(|first| first.effective_from));
        Ok(all)
    }

    /// For whom the versions are; none where there are none.
    pub fn audience(&self) -> Option<&Audience> {
        self.0.first().map(|terms| &terms.audience)
    }

    /// The version in force at an instant; none before the first one's day has begun in Japan.
    pub fn in_force(&self, at: Timestamp) -> Option<&Terms> {
        let today = at.to_zoned(TOKYO.clone()).date();
        self.0.iter().rev().find(|terms| terms.effective_from <= today)
    }

    /// The next version to come, of which users are told beforehand.
    pub fn coming(&self, at: Timestamp) -> Option<&Terms> {
        let today = at.to_zoned(TOKYO.clone()).date();
        self.0.iter().find(|terms| terms.effective_from > today)
    }

    /// Every version, in the order of the effective dates.
    pub fn iter(&self) -> std::slice::Iter<'_, Terms> {
        self.0.iter()
    }

    /// The version of a name.
    pub fn named(&self, version: &VersionName) -> Option<&Terms> {
        self.0.iter().find(|terms| terms.version == *version)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::terms::{self, Audience};

    /// The model terms under another name and date.
    pub(in crate::terms) fn edition(name: &str, from: &str) -> Terms {
        let version = VersionName::parse(name).unwrap();
        Terms { version, effective_from: from.parse().unwrap(), ..terms::model() }
    }

    fn check(rows: &[(&str, &str)], refusal: Option<EditionsRefusal>) {
        let versions = rows.iter().map(|(name, from)| edition(name, from)).collect();
        assert_eq!(Editions::new(versions).err(), refusal, "{rows:?}");
    }

    #[test]
    fn article_11_versions_form_one_row() {
        use EditionsRefusal::{Gap, SameDate, SameName};
        let name = |name| VersionName::parse(name).unwrap();
        check(&[], None);
        check(&[("a-1", "2026-04-01")], None);
        check(&[("a-3", "2026-04-01")], None); // Earlier ones were on paper.
        check(&[("a-1", "2026-04-01"), ("a-2", "2026-12-01")], None);
        check(&[("a-2", "2026-12-01"), ("a-1", "2026-04-01")], None);
        check(&[("model-1", "2026-04-01"), ("a-1", "2026-12-01")], None);
        let day = "2026-04-01".parse().unwrap();
        check(&[("a-1", "2026-04-01"), ("a-2", "2026-04-01")], Some(SameDate(day)));
        check(&[("a-1", "2026-04-01"), ("a-1", "2026-12-01")], Some(SameName(name("a-1"))));
        check(&[("a-1", "2026-04-01"), ("a-3", "2026-12-01")], Some(Gap(name("a-3"))));
        check(&[("a-2", "2026-04-01"), ("a-1", "2026-12-01")], Some(Gap(name("a-1"))));
        let other =
            Terms { audience: Audience::parse("booth").unwrap(), ..edition("a-2", "2026-12-01") };
        let refusal = Editions::new(vec![edition("a-1", "2026-04-01"), other]).err();
        assert_eq!(refusal, Some(EditionsRefusal::SeveralAudiences));
    }

    #[test]
    fn title_a_text_for_each_audience() {
        let of = |name: &str, from: &str, audience: &str| Terms {
            audience: Audience::parse(audience).unwrap(),
            ..edition(name, from)
        };
        let check = |rows: &[(&str, &str, &str)], expected: Result<&[(&str, usize)], &str>| {
            let versions = rows.iter().map(|(name, from, whom)| of(name, from, whom)).collect();
            let found = Editions::by_audience(versions);
            let told = found.map(|all| -> Vec<(String, usize)> {
                all.iter()
                    .map(|it| (it.audience().unwrap().as_str().to_owned(), it.iter().count()))
                    .collect()
            });
            let told = told.map_err(|refusal| format!("{refusal:?}"));
            let expected = expected.map(|rows| -> Vec<(String, usize)> {
                rows.iter().map(|(whom, count)| ((*whom).to_owned(), *count)).collect()
            });
            match (told, expected) {
                (Err(told), Err(expected)) => assert!(told.starts_with(expected), "{told}"),
                (told, expected) => assert_eq!(told, expected.map_err(str::to_owned), "{rows:?}"),
            }
        };
        check(&[], Ok(&[]));
        let (home, booth) = (("a-1", "2026-04-01", "home"), ("b-1", "2026-04-01", "booth"));
        check(&[home, booth], Ok(&[("home", 1), ("booth", 1)]));
        check(&[("b-1", "2025-04-01", "booth"), home], Ok(&[("booth", 1), ("home", 1)]));
        check(&[home, booth, ("a-2", "2026-12-01", "home")], Ok(&[("home", 2), ("booth", 1)]));
        check(&[home, ("a-1", "2026-12-01", "booth")], Err("SameName"));
        check(&[home, ("b-1", "2026-04-01", "home")], Err("SameDate"));
    }

    #[test]
    fn supplement_a_version_is_in_force_from_its_day_in_japan() {
        let check = |at: &str, in_force: &str, coming: &str| {
            let rows = vec![edition("a-1", "2026-04-01"), edition("a-2", "2026-12-01")];
            let editions = Editions::new(rows).unwrap();
            let at = at.parse().unwrap();
            let name = |terms: Option<&Terms>| terms.map_or("-".into(), |t| t.version.to_string());
            assert_eq!(name(editions.in_force(at)), in_force, "{at}");
            assert_eq!(name(editions.coming(at)), coming, "{at}");
        };
        check("2026-03-31T23:59:59.999+09:00", "-", "a-1");
        check("2026-04-01T00:00:00+09:00", "a-1", "a-2");
        check("2026-03-31T15:00:00Z", "a-1", "a-2");
        check("2026-11-30T14:59:59Z", "a-1", "a-2");
        check("2026-11-30T15:00:00Z", "a-2", "-");
        check("9999-12-30T00:00:00Z", "a-2", "-");
    }
}
