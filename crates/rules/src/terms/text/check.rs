//! Whether the texts of a version are in order.

use super::super::Language;
use super::super::fault::Fault;
use super::{Article, Clause, OfficeWords, Part, Text, is_kanji};

/// What can be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// There is no such article.
    ArticleMissing(u16),
    /// This article stands after one of the same or a higher number.
    ArticleMisnumbered(u16),
    /// There is no supplementary provision, hence no effective date.
    SupplementMissing,
    /// A paragraph or item does not carry the number that is its turn.
    Misnumbered(Clause),
    /// Nothing is said here.
    Empty(Clause),
    /// A `{place}` that no office fills, or a bracket of one alone.
    UnknownPlace(Clause),
    /// A 《reading》 that follows no kanji, holds no kana or is not closed.
    Ruby(Clause),
    /// The article has other paragraphs or items than in the authoritative text.
    OtherShape(Part),
}

/// The faults of all texts of a version.
pub(in crate::terms) fn faults(texts: &[Text]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let count = texts.iter().filter(|text| text.language == language).count();
        let is_needed = language == Language::Japanese;
        if count > 1 || (count == 0 && is_needed) {
            faults.push(Fault::Language(language));
        }
    }
    let authoritative = texts.iter().find(|text| text.language == Language::Japanese);
    for text in texts {
        let mut found = numbering(text);
        wording(text, &mut found);
        if let Some(authoritative) = authoritative {
            shape(text, authoritative, &mut found);
        }
        faults.extend(found.into_iter().map(|fault| Fault::Text(text.language, fault)));
    }
    faults
}

fn numbering(text: &Text) -> Vec<TextFault> {
    let mut faults = Vec::new();
    let mut last = 0;
    for article in &text.articles {
        if article.number <= last {
            faults.push(TextFault::ArticleMisnumbered(article.number));
        }
        last = last.max(article.number);
        within(article, &mut faults);
    }
    // A wild number is one fault, not thousands: what is missing is looked for among as many
    // articles as there are.
    let count = u16::try_from(text.articles.len()).unwrap_or(u16::MAX);
    for number in (1..=count.min(last)).filter(|&n| text.article(n).is_none()) {
        faults.push(TextFault::ArticleMissing(number));
    }
    if text.supplements.is_empty() {
        faults.push(TextFault::SupplementMissing);
    }
    text.supplements.iter().for_each(|supplement| within(supplement, &mut faults));
    faults
}

fn part(article: &Article) -> Part {
    match article.number {
        0 => Part::Supplement,
        number => Part::Article(number),
    }
}

/// Whether paragraphs and items carry 1, 2, 3 … in turn.
fn within(article: &Article, faults: &mut Vec<TextFault>) {
    let place = |first, second| Clause { part: part(article), first, second };
    for (paragraph, turn) in article.paragraphs.iter().zip(1..) {
        if paragraph.number != turn {
            faults.push(TextFault::Misnumbered(place(Some(paragraph.number), None)));
        }
        for (item, turn) in paragraph.items.iter().zip(1..) {
            if item.number != turn {
                let inner = place(Some(paragraph.number), Some(item.number));
                faults.push(TextFault::Misnumbered(inner));
            }
        }
    }
}

/// Looks at every piece of wording: something said, places known, furigana in order.
fn wording(text: &Text, faults: &mut Vec<TextFault>) {
    let of_part = |part| Clause { part, first: None, second: None };
    let mut look = |place: Clause, said: &str| {
        if said.trim().is_empty() {
            faults.push(TextFault::Empty(place));
        }
        if !places_are_known(said) {
            faults.push(TextFault::UnknownPlace(place));
        }
        if !ruby_is_in_order(said) {
            faults.push(TextFault::Ruby(place));
        }
    };
    look(of_part(Part::Title), &text.title);
    look(of_part(Part::Preamble), &text.preamble);
    for article in text.articles.iter().chain(&text.supplements) {
        let part = part(article);
        // An article may go without a subject; that is not a fault.
        look(of_part(part), &format!("{}{}", article.label, article.heading));
        if article.paragraphs.is_empty() {
            look(of_part(part), "");
        }
        for paragraph in &article.paragraphs {
            let first = Some(paragraph.number);
            if !paragraph.text.is_empty() || paragraph.items.is_empty() {
                look(Clause { part, first, second: None }, &paragraph.text);
            }
            for item in &paragraph.items {
                look(Clause { part, first, second: Some(item.number) }, &item.text);
            }
        }
    }
}

fn places_are_known(said: &str) -> bool {
    let mut pieces = said.split('{');
    let before = pieces.next().unwrap_or_default();
    !before.contains('}')
        && pieces.all(|piece| {
            let place = piece.split_once('}');
            place.is_some_and(|(name, after)| {
                OfficeWords::PLACES.contains(&name) && !after.contains('}')
            })
        })
}

fn ruby_is_in_order(said: &str) -> bool {
    let mut pieces = said.split('《');
    let Some(mut before) = pieces.next() else { return true };
    if before.contains('》') {
        return false;
    }
    for piece in pieces {
        let Some((reading, after)) = piece.split_once('》') else { return false };
        let is_kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー');
        let kana = !reading.is_empty() && reading.chars().all(is_kana);
        if !before.ends_with(is_kanji) || !kana || after.contains('》') {
            return false;
        }
        before = after;
    }
    true
}

/// Whether the article of each number has the same paragraphs and items as in the authoritative
/// text: otherwise a duty would not be found where the software looks for it.
fn shape(text: &Text, authoritative: &Text, faults: &mut Vec<TextFault>) {
    let shape_of = |article: &Article| -> Vec<usize> {
        article.paragraphs.iter().map(|paragraph| paragraph.items.len()).collect()
    };
    for theirs in &authoritative.articles {
        match text.article(theirs.number) {
            Some(ours) if shape_of(ours) != shape_of(theirs) => {
                faults.push(TextFault::OtherShape(Part::Article(theirs.number)));
            }
            None => faults.push(TextFault::OtherShape(Part::Article(theirs.number))),
            Some(_) => {}
        }
    }
    for ours in &text.articles {
        if authoritative.article(ours.number).is_none() {
            faults.push(TextFault::OtherShape(Part::Article(ours.number)));
        }
    }
}
