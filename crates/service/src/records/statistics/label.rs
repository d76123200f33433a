//! What a row or a column is called.

use askama::Template;
use jiff::civil::Date;
use rules::application::Kind;
use rules::appointment::Standing;
use rules::people::Language;
use rules::records::statistics::By;

use crate::error::Error;
use crate::words::Words;

/// The words for the codes of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labels<'a> {
    /// Where the words stand.
    pub(super) place: LabelPlace,
    /// The offices that are counted, by number, with their names.
    pub(super) offices: &'a [(i64, String)],
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelPlace {
    /// On a page, under days of one year.
    PageOfOneYear,
    /// On a page.
    Page,
    /// In a file, where programs read dates.
    File,
}

/// Something that a line of a table is of.
enum Thing<'a> {
    Day(Date),
    Month(&'a str, &'a str),
    Office(&'a str),
    Kind(Kind),
    Hour(&'a str),
    Outcome(Standing),
    /// A code that this program does not know, as it is.
    Other(&'a str),
}

#[derive(Template)]
#[template(path = "records/statistics/label.txt")]
struct Label<'a> {
    thing: Thing<'a>,
    place: LabelPlace,
    words: Words,
}

#[derive(Template)]
#[template(path = "records/statistics/side.txt")]
struct Side {
    side: Option<By>,
}

impl Labels<'_> {
    /// The words for a code.
    ///
    /// # Errors
    /// A fault of the template.
    pub(super) fn of(&self, by: By, code: &str) -> Result<String, Error> {
        let words = Words::new(Language::Japanese);
        let thing = thing(by, code, self.offices).unwrap_or(Thing::Other(code));
        rendered(&Label { thing, place: self.place, words })
    }

    /// The words for several codes.
    ///
    /// # Errors
    /// As [`Labels::of`].
    pub(super) fn all(&self, by: By, codes: &[String]) -> Result<Vec<String>, Error> {
        codes.iter().map(|code| self.of(by, code)).collect()
    }
}

fn thing<'a>(by: By, code: &'a str, offices: &'a [(i64, String)]) -> Option<Thing<'a>> {
    Some(match by {
        By::Day => Thing::Day(code.parse().ok()?),
        By::Month => code.split_once('-').map(|(year, month)| Thing::Month(year, month))?,
        By::Office => {
            let number: i64 = code.parse().ok()?;
            Thing::Office(&offices.iter().find(|(id, _)| *id == number)?.1)
        }
        By::Kind => Thing::Kind(Kind::parse(code)?),
        By::Hour => Thing::Hour(code.trim_start_matches('0')),
        By::Outcome => Thing::Outcome(Standing::parse(code)?),
    })
}

/// By what a side of a table is, in words; that of none is the total.
///
/// # Errors
/// A fault of the template.
pub(super) fn side_word(side: Option<By>) -> Result<String, Error> {
    rendered(&Side { side })
}

fn rendered(template: &impl Template) -> Result<String, Error> {
    let text = template.render().map_err(anyhow::Error::from)?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_table_has_its_words() {
        let check = |place, by, code: &str, expected: &str| {
            let offices = [(1, "みほん<所>".to_owned())];
            let labels = Labels { place, offices: &offices };
            assert_eq!(labels.of(by, code).unwrap(), expected, "{by:?} {code}");
        };
        use LabelPlace::{File, Page, PageOfOneYear};
        check(PageOfOneYear, By::Day, "2026-11-24", "11月24日（火）");
        check(Page, By::Day, "2026-11-24", "2026年11月24日（火）");
        check(File, By::Day, "2026-11-24", "2026-11-24");
        check(Page, By::Month, "2026-01", "2026年1月");
        check(File, By::Month, "2026-11", "2026年11月");
        check(Page, By::Hour, "09", "9時台");
        check(Page, By::Hour, "00", "0時台");
        check(Page, By::Office, "1", "みほん<所>");
        check(Page, By::Office, "2", "2");
        check(Page, By::Outcome, "not_known", "not_known");
        for standing in Standing::ALL {
            let labels = Labels { place: File, offices: &[] };
            let said = labels.of(By::Outcome, standing.code()).unwrap();
            assert!(!said.is_empty() && !said.contains(['<', '\n', ' ']), "{said:?}");
        }
        for kind in Kind::ALL {
            let labels = Labels { place: File, offices: &[] };
            assert!(!labels.of(By::Kind, kind.code()).unwrap().is_empty());
        }
        for by in By::ALL {
            assert!(!side_word(Some(by)).unwrap().is_empty());
        }
    }
}
