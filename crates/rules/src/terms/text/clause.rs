//! Where in the terms something is said.

use super::super::Language;
use super::{Article, Text};

/// A place in the terms, as this project writes it: `2(4)`, `9(3)(2)`, `preamble`, `supplement`.
///
/// The first number in brackets is the item where the article has only one paragraph, and the
/// paragraph where it has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clause {
    /// The article or other part.
    pub part: Part,
    /// The number in the first brackets.
    pub first: Option<u16>,
    /// The number in the second brackets.
    pub second: Option<u16>,
}

/// A part of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// What stands before article 1.
    Preamble,
    /// An article.
    Article(u16),
    /// The supplementary provisions.
    Supplement,
}

impl Clause {
    /// Reads a clause; nothing where it is not written as above.
    pub fn parse(written: &str) -> Option<Self> {
        let (part, mut rest) = match written.split_once('(') {
            Some((part, _)) => (part, &written[part.len()..]),
            None => (written, ""),
        };
        let part = match part {
            "preamble" => Part::Preamble,
            "supplement" => Part::Supplement,
            digits => Part::Article(ordinal(digits)?),
        };
        let mut inner = [None, None];
        for place in &mut inner {
            if let Some(after) = rest.strip_prefix('(') {
                let (digits, after) = after.split_once(')')?;
                (*place, rest) = (Some(ordinal(digits)?), after);
            }
        }
        rest.is_empty().then_some(Self { part, first: inner[0], second: inner[1] })
    }

    /// As it is cited in a language: 第10条第2項, 第2条(4), article 2(4). The Japanese text tells
    /// paragraphs and items apart; in easy Japanese the readings stand in 《》.
    pub fn cited(&self, japanese: &Text, language: Language) -> String {
        let number = match (self.part, language) {
            (Part::Article(number), _) => number,
            (Part::Title, Language::English) => return "the title".to_owned(),
            (Part::Preamble, Language::English) => return "the opening words".to_owned(),
            (Part::Supplement, Language::English) => {
                return "the supplementary provisions".to_owned();
            }
            (Part::Title, _) => return "題名".to_owned(),
            (Part::Preamble, _) => return "前文".to_owned(),
            (Part::Supplement, _) => return "附則".to_owned(),
        };
        let has_paragraphs = japanese.article(number).is_some_and(|it| it.paragraphs.len() > 1);
        let inner = |number: Option<u16>| number.map_or_else(String::new, |it| format!("({it})"));
        let (first, second) = (inner(self.first), inner(self.second));
        let [article, paragraph] = match language {
            Language::English => return format!("article {number}{first}{second}"),
            Language::Japanese => ["条", "項"],
            Language::EasyJapanese => ["条《じょう》", "項《こう》"],
        };
        let ordinal = if language == Language::Japanese { "第" } else { "第《だい》" };
        match self.first.filter(|_| has_paragraphs) {
            Some(first) => format!("{ordinal}{number}{article}{ordinal}{first}{paragraph}{second}"),
            None => format!("{ordinal}{number}{article}{first}{second}"),
        }
    }

    /// What the text says there; nothing where it has no such place.
    pub fn wording(&self, text: &Text) -> Option<String> {
        let article = match self.part {
            Part::Title => return Some(text.title.clone()),
            Part::Preamble => return Some(text.preamble.clone()),
            Part::Article(number) => text.article(number)?,
            Part::Supplement if self.first.is_none() && !text.supplements.is_empty() => {
                return Some(text.supplements.iter().map(whole).collect::<Vec<_>>().join("\n"));
            }
            Part::Supplement => text.supplements.last()?,
        };
        match (self.first, self.second, article.paragraphs.as_slice()) {
            (None, _, _) => Some(whole(article)),
            (Some(item), None, [only]) => item_of(only, item),
            (Some(number), item, all) => {
                let paragraph = all.iter().find(|paragraph| paragraph.number == number)?;
                match item {
                    Some(item) => item_of(paragraph, item),
                    None => Some(paragraph.whole()),
                }
            }
        }
    }
}

impl std::fmt::Display for Clause {
    /// As [`Clause::parse`] reads it; the title, which it does not read, as `title`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.part {
            Part::Title => out.write_str("title")?,
            Part::Preamble => out.write_str("preamble")?,
            Part::Article(number) => write!(out, "{number}")?,
            Part::Supplement => out.write_str("supplement")?,
        }
        [self.first, self.second].into_iter().flatten().try_for_each(|n| write!(out, "({n})"))
    }
}

fn item_of(paragraph: &super::Paragraph, number: u16) -> Option<String> {
    paragraph.items.iter().find(|item| item.number == number).map(|item| item.text.clone())
}

fn whole(article: &Article) -> String {
    let paragraphs: Vec<_> = article.paragraphs.iter().map(super::Paragraph::whole).collect();
    paragraphs.join("\n")
}

impl super::Paragraph {
    /// The paragraph with its items, a line each.
    fn whole(&self) -> String {
        let items = self.items.iter().map(|item| item.text.as_str());
        std::iter::once(self.text.as_str()).chain(items).collect::<Vec<_>>().join("\n")
    }
}

/// A number from 1 without leading zeros.
fn ordinal(digits: &str) -> Option<u16> {
    let plain = !digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Language;

    #[test]
    fn a_clause_is_written_as_it_is_read() {
        for written in ["preamble", "1", "1(2)", "9(3)(2)", "supplement", "supplement(2)"] {
            assert_eq!(Clause::parse(written).unwrap().to_string(), written);
        }
    }

    fn check(written: &str, wording: Option<&str>) {
        let source =
            "題\n前文\n第１条\n柱\n（１）甲\n（２）乙\n第２条\n一項\n２　二項\n（１）丙\n附則\n終";
        let text = Text::parse(Language::Japanese, source);
        let found = Clause::parse(written).and_then(|clause| clause.wording(&text));
        assert_eq!(found.as_deref(), wording, "{written}");
        if let Some(clause) = Clause::parse(written) {
            assert_eq!(clause.to_string(), written);
        }
    }

    #[test]
    fn a_clause_is_cited_as_readers_know_it() {
        let source = "題\n前文\n第１条\n柱\n（１）甲\n第２条\n一項\n２　二項\n（１）丙\n附則\n終";
        let text = Text::parse(Language::Japanese, source);
        let check = |written: &str, japanese: &str, english: &str| {
            let clause = Clause::parse(written).unwrap();
            assert_eq!(clause.cited(&text, Language::Japanese), japanese);
            assert_eq!(clause.cited(&text, Language::English), english);
        };
        check("1", "第1条", "article 1");
        check("1(1)", "第1条(1)", "article 1(1)");
        check("2(2)", "第2条第2項", "article 2(2)");
        check("2(2)(1)", "第2条第2項(1)", "article 2(2)(1)");
        check("preamble", "前文", "the opening words");
        check("supplement", "附則", "the supplementary provisions");
        let easy = Clause::parse("2(2)").unwrap().cited(&text, Language::EasyJapanese);
        assert_eq!(easy, "第《だい》2条《じょう》第《だい》2項《こう》");
    }

    #[test]
    fn a_clause_is_found_by_its_number() {
        check("preamble", Some("前文"));
        check("1", Some("柱\n甲\n乙"));
        check("1(2)", Some("乙"));
        check("1(1)(2)", Some("乙"));
        check("1(3)", None);
        check("2(1)", Some("一項"));
        check("2(2)", Some("二項\n丙"));
        check("2(2)(1)", Some("丙"));
        check("2(2)(2)", None);
        check("3", None);
        check("supplement", Some("終"));
        for bad in
            ["", "0", "02", "2(", "2()", "2(4", "2(4)(1)(1)", "2(4)b", "２", "(4)", "+2", "99999"]
        {
            check(bad, None);
        }
    }
}
