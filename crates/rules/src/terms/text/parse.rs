//! Finds articles, paragraphs and items in a plain text.
//!
//! An article begins with a line of its own, `第２条（利用の申込み）` or `Article 2 (Application)`; a
//! later paragraph with its number (`２　…`, in English `2. …`); an item with `（１）`. Every other line
//! continues the one before it, so that a text may be wrapped anywhere.

use unicode_normalization::UnicodeNormalization;

use super::super::Language;
use super::super::numbers::numeral;
use super::{Article, ListItem, Paragraph, Text, without_ruby};

impl Text {
    /// Cuts a plain text into its parts. Whatever is out of order stays as it is found, for
    /// [`Terms::parse`](super::super::Terms::parse) to name.
    pub fn parse(language: Language, source: &str) -> Self {
        let mut text = Self {
            language,
            title: String::new(),
            preamble: String::new(),
            articles: Vec::new(),
            supplements: Vec::new(),
        };
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty()) {
            text.take(line);
        }
        text
    }

    fn take(&mut self, line: &str) {
        if let Some(supplement) = supplement(line) {
            self.supplements.push(supplement);
        } else if let Some(article) = heading(line) {
            self.articles.push(article);
        } else if let Some(article) = self.supplements.last_mut().or(self.articles.last_mut()) {
            article.take(self.language, line);
        } else if self.title.is_empty() {
            line.clone_into(&mut self.title);
        } else {
            append(self.language, &mut self.preamble, line);
        }
    }
}

impl Article {
    fn take(&mut self, language: Language, line: &str) {
        let (paragraph, item) = (paragraph_mark(language, line), item_mark(line));
        if let Some((number, text)) = paragraph {
            self.paragraphs.push(Paragraph { number, text: text.to_owned(), items: Vec::new() });
            return;
        }
        if self.paragraphs.is_empty() {
            let text = String::new();
            self.paragraphs.push(Paragraph { number: 1, text, items: Vec::new() });
        }
        let Some(last) = self.paragraphs.last_mut() else { return };
        match (item, last.items.last_mut()) {
            (Some((number, text)), _) => {
                last.items.push(ListItem { number, text: text.to_owned() });
            }
            (None, Some(item)) => append(language, &mut item.text, line),
            (None, None) => append(language, &mut last.text, line),
        }
    }
}

fn append(language: Language, text: &mut String, line: &str) {
    if language == Language::English && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// A heading line, as an article without paragraphs. A sentence that begins with an article's
/// number is none: after the number come brackets to the end of the line, or nothing.
fn heading(line: &str) -> Option<Article> {
    let folded: Vec<char> = fold(line).chars().collect();
    let (skip, close) = match folded.as_slice() {
        ['第', ..] => (1, Some('条')),
        ['a', 'r', 't', 'i', 'c', 'l', 'e', ' ', ..] => (8, None),
        _ => return None,
    };
    let (number, end) = numeral(&folded, skip)?;
    let end = match close {
        Some(mark) => (folded.get(end) == Some(&mark)).then_some(end + 1)?,
        None => end,
    };
    let rest: String = folded[end..].iter().collect();
    titled(line, rest.trim(), u16::try_from(number).unwrap_or(u16::MAX))
}

/// The heading line of a supplementary provision, as an article numbered 0.
fn supplement(line: &str) -> Option<Article> {
    let folded: String = fold(line).split_whitespace().collect();
    let names = ["附則", "付則", "supplementaryprovisions", "supplementaryprovision"];
    let rest = names.iter().find_map(|name| folded.strip_prefix(name))?;
    titled(line, rest, 0)
}

fn titled(line: &str, rest: &str, number: u16) -> Option<Article> {
    if !(rest.is_empty() || is_one_bracket(rest)) {
        return None;
    }
    let (label, heading) = line.split_once(['（', '(']).unwrap_or((line, ""));
    let heading = heading.strip_suffix(['）', ')']).unwrap_or(heading).trim().to_owned();
    Some(Article { number, label: label.trim().to_owned(), heading, paragraphs: Vec::new() })
}

/// Whether one bracket is all that stands there: in `第２条（甲）及び（乙）` a sentence stands.
fn is_one_bracket(rest: &str) -> bool {
    let mut open = 0_usize;
    let closed = rest.char_indices().find(|&(_, character)| {
        match character {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0
    });
    closed.is_some_and(|(at, last)| last == ')' && at + 1 == rest.len())
}

fn fold(line: &str) -> String {
    without_ruby(line).nfkc().flat_map(char::to_lowercase).collect()
}

/// `２　…`, in English `2. …`.
fn paragraph_mark(language: Language, line: &str) -> Option<(u16, &str)> {
    let (number, rest) = digits(line)?;
    let rest = match language {
        Language::English => rest.strip_prefix(". ")?,
        _ => rest.strip_prefix(char::is_whitespace)?,
    };
    Some((number, rest.trim_start()))
}

/// `（１）…`.
fn item_mark(line: &str) -> Option<(u16, &str)> {
    let (number, rest) = digits(line.strip_prefix(['（', '('])?)?;
    Some((number, rest.strip_prefix(['）', ')'])?.trim_start()))
}

/// The number, of at most three digits of either width, that a line begins with, and the rest.
fn digits(line: &str) -> Option<(u16, &str)> {
    let value = |c: char| c.nfkc().next().and_then(|c| c.to_digit(10));
    let rest = line.trim_start_matches(|c| value(c).is_some());
    let digits: Vec<u32> = line[..line.len() - rest.len()].chars().filter_map(value).collect();
    if !(1..=3).contains(&digits.len()) {
        return None;
    }
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    Some((u16::try_from(number).ok()?, rest))
}
