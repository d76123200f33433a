//! The text of a version in one language, cut into articles, paragraphs and items.
//!
//! Furigana stands in Aozora notation: a run of kanji directly followed by its 《reading》.

mod check;
mod clause;
mod parse;

pub use check::TextFault;
pub use clause::{Clause, Part};

pub(in crate::terms) use check::faults;

use unicode_normalization::UnicodeNormalization;

use super::Language;

/// The text of a version in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// What comes before the first article.
    pub preamble: String,
    /// The articles, in the order of the text.
    pub articles: Vec<Article>,
    /// The supplementary provisions (附則), numbered 0; one says from when the version is in force.
    pub supplements: Vec<Article>,
}

/// An article, or a supplementary provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its number, from 1.
    pub number: u16,
    /// How the language writes that number: 第２条, Article 2.
    pub label: String,
    /// Its subject, as the text gives it in brackets; empty where it gives none.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph (項) of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its number, from 1. The first one's is not written in the text.
    pub number: u16,
    /// What stands before its items.
    pub text: String,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// An item (号) of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Its number, from 1.
    pub number: u16,
    /// What it says.
    pub text: String,
}

/// What an office fills into the text, in the text's language (with 《》 readings in easy Japanese).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeWords {
    /// The office's name, for `{office}`.
    pub office: String,
    /// The court of article 14, for `{court}`. Each office has its own.
    pub court: String,
    /// The meeting tool that the office designates, for `{tool}`.
    pub tool: String,
}

impl OfficeWords {
    /// The places to fill.
    const PLACES: [&str; 3] = ["office", "court", "tool"];

    fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (place, after) = after.split_once('}').unwrap_or(("", after));
            filled.push_str(match place {
                "office" => &self.office,
                "court" => &self.court,
                "tool" => &self.tool,
                _ => "",
            });
            rest = after;
        }
        filled + rest
    }
}

impl Text {
    /// The text with the office's own words in its places.
    pub fn for_office(&self, words: &OfficeWords) -> Self {
        let mut text = self.clone();
        let articles = text.articles.iter_mut().chain(&mut text.supplements);
        for article in articles {
            article.heading = words.fill(&article.heading);
            for paragraph in &mut article.paragraphs {
                paragraph.text = words.fill(&paragraph.text);
                for item in &mut paragraph.items {
                    item.text = words.fill(&item.text);
                }
            }
        }
        text.title = words.fill(&text.title);
        text.preamble = words.fill(&text.preamble);
        text
    }

    /// An article by its number.
    pub fn article(&self, number: u16) -> Option<&Article> {
        self.articles.iter().find(|article| article.number == number)
    }
}

/// The text without its furigana.
pub(in crate::terms) fn without_ruby(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('《') {
        let Some((_, after)) = after.split_once('》') else { break };
        plain.push_str(before);
        rest = after;
    }
    plain + rest
}

/// The text as it is compared: no furigana, one width, small letters, and the white space that
/// only wraps lines gone. Japanese has no other; English keeps one blank between words.
pub(in crate::terms) fn folded(language: Language, text: &str) -> Vec<char> {
    let plain: String = without_ruby(text).nfkc().flat_map(char::to_lowercase).collect();
    let words = plain.split_whitespace();
    let joined = match language {
        Language::Japanese | Language::EasyJapanese => words.collect::<String>(),
        Language::English => words.collect::<Vec<_>>().join(" "),
    };
    joined.chars().collect()
}

/// Whether the character takes furigana.
pub(in crate::terms) fn is_kanji(character: char) -> bool {
    matches!(character,
        '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests;
