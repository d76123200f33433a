//! Where an office's text says what the model terms say.
//!
//! The software names each duty by its clause in the model terms: `2(4)`, `10(2)`. Another office
//! orders its articles otherwise, or leaves some out; its version then says where: `"8" = "12"`, or
//! that it says nothing of the kind: `"6" = "none"`.

use std::collections::BTreeMap;

use super::text::Text;
use super::{ARTICLES, Clause, Part};

/// By the model terms' clause: the clause of this text, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<Clause, Option<Clause>>);

/// What can be wrong with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceFault {
    /// The left side is no clause of an article, or the right side neither a clause nor `none`.
    NotAPlace,
    /// The Japanese text has no such clause.
    ClauseMissing(Clause),
    /// The text has no article where the model terms have this one, and nothing says where else it
    /// stands.
    ArticleMissing(u16),
}

impl Places {
    /// Reads the entries of a version's source; what is not one is given back as its number.
    pub(super) fn parse<'a>(
        entries: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> (Self, usize) {
        let (mut places, mut wrong) = (BTreeMap::new(), 0);
        for (duty, place) in entries {
            let at = match place.as_str() {
                "none" => Some(None),
                written => Clause::parse(written).map(Some),
            };
            let duty = Clause::parse(duty).filter(|it| matches!(it.part, Part::Article(_)));
            match (duty, at) {
                (Some(duty), Some(at)) => {
                    places.insert(duty, at);
                }
                _ => wrong += 1,
            }
        }
        (Self(places), wrong)
    }

    /// Where this text says what the model terms say in `duty`: the entry that says most of it
    /// decides, and what lies deeper keeps its number. Without an entry the text is numbered as the
    /// model is. `None` where the text says nothing of the kind.
    pub fn of(&self, duty: Clause) -> Option<Clause> {
        let Clause { part, first, second } = duty;
        let wider = [
            (duty, [None, None]),
            (Clause { part, first, second: None }, [second, None]),
            (Clause { part, first: None, second: None }, [first, second]),
        ];
        let entry = wider.into_iter().find_map(|(it, rest)| Some((*self.0.get(&it)?, rest)));
        let Some((place, rest)) = entry else { return Some(duty) };
        let place = place?;
        let mut numbers = [place.first, place.second, rest[0], rest[1]].into_iter().flatten();
        let deeper = Clause { part: place.part, first: numbers.next(), second: numbers.next() };
        numbers.next().is_none().then_some(deeper)
    }

    /// What of this does not fit the Japanese text.
    pub(super) fn faults(&self, text: &Text) -> Vec<PlaceFault> {
        let stated = self.0.values().flatten();
        let mut faults: Vec<PlaceFault> = stated
            .filter(|place| place.wording(text).is_none())
            .map(|place| PlaceFault::ClauseMissing(*place))
            .collect();
        let is_lost = |number: &u16| {
            let said = self.0.keys().any(|duty| duty.part == Part::Article(*number));
            !said && text.article(*number).is_none()
        };
        faults.extend((1..=ARTICLES).filter(is_lost).map(PlaceFault::ArticleMissing));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Language;

    fn places(entries: &[(&str, &str)]) -> Places {
        let entries: Vec<(String, String)> =
            entries.iter().map(|(duty, at)| ((*duty).to_owned(), (*at).to_owned())).collect();
        let (places, wrong) = Places::parse(entries.iter().map(|(duty, at)| (duty, at)));
        assert_eq!(wrong, 0);
        places
    }

    #[test]
    fn article_11_another_order_of_articles() {
        let places = places(&[
            ("2(4)", "7(2)"),
            ("2", "6"),
            ("6", "none"),
            ("8", "12"),
            ("9(3)", "10"),
            ("10(2)", "13"),
            ("9(4)", "11(1)(2)"),
        ]);
        let check = |duty: &str, expected: Option<&str>| {
            let found = places.of(Clause::parse(duty).unwrap()).map(|place| place.to_string());
            assert_eq!(found.as_deref(), expected, "{duty}");
        };
        check("1(2)", Some("1(2)"));
        check("2", Some("6"));
        check("2(1)", Some("6(1)"));
        check("2(4)", Some("7(2)"));
        check("6", None);
        check("6(1)", None);
        check("8", Some("12"));
        check("8(5)", Some("12(5)"));
        check("9(3)(2)", Some("10(2)"));
        check("9(4)", Some("11(1)(2)"));
        check("9(4)(1)", None); // Deeper than a text is.
        check("10(1)", Some("10(1)"));
        check("10(2)", Some("13"));
        check("10(2)(1)", Some("13(1)"));
        check("2(4)(1)", Some("7(2)(1)"));
        check("preamble", Some("preamble"));
    }

    #[test]
    fn article_11_what_is_no_place() {
        let check = |duty: &str, place: &str, is_wrong: usize| {
            let entry = (duty.to_owned(), place.to_owned());
            assert_eq!(Places::parse([(&entry.0, &entry.1)]).1, is_wrong, "{duty} {place}");
        };
        check("8", "12", 0);
        check("8", "none", 0);
        check("8", "preamble", 0);
        check("8", "", 1);
        check("8", "None", 1);
        check("8", "第12条", 1);
        check("", "12", 1);
        check("preamble", "1", 1);
        check("supplement", "1", 1);
    }

    #[test]
    fn article_11_a_place_is_in_the_text() {
        let source: String = (1..=13).map(|n| format!("第{n}条\n甲\n２　乙\n")).collect();
        let text = Text::parse(Language::Japanese, &format!("題\n前文\n{source}附則\n終"));
        let check = |entries: &[(&str, &str)], expected: &[PlaceFault]| {
            assert_eq!(places(entries).faults(&text), expected, "{entries:?}");
        };
        check(&[], &[PlaceFault::ArticleMissing(14)]);
        check(&[("14", "13(2)")], &[]);
        check(&[("14", "none")], &[]);
        check(&[("14(2)", "13(2)")], &[]);
        let missing = PlaceFault::ClauseMissing(Clause::parse("13(3)").unwrap());
        check(&[("14", "13(3)")], &[missing]);
    }
}
