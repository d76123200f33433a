//! The clauses of a text as they are searched: folded, with the way back to the words as written.

use unicode_normalization::UnicodeNormalization;

use super::super::numbers::{Reading, read};
use super::super::text::without_ruby;
use super::super::{Article, Clause, Part, Text};

/// The words of a clause, or of a part of it that is no clause of its own.
pub(super) struct Passage {
    pub(super) clause: Clause,
    original: Vec<char>,
    /// One width, small letters, no blanks.
    pub(super) folded: Vec<char>,
    /// The place in the original of each folded character.
    origin: Vec<usize>,
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence, from one character up to before another, with what it says in numbers.
pub(super) struct Sentence {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) words: String,
    pub(super) readings: Vec<Reading>,
}

/// The passages of a text, in its order: the title, what stands before article 1, each paragraph
/// and item.
pub(super) fn passages(text: &Text) -> Vec<Passage> {
    let whole = |part| Clause { part, first: None, second: None };
    let mut passages = vec![
        Passage::of(whole(Part::Title), &text.title),
        Passage::of(whole(Part::Preamble), &text.preamble),
    ];
    for article in &text.articles {
        of_article(article, &mut passages);
    }
    let supplements = text.supplements.iter().flat_map(|supplement| &supplement.paragraphs);
    for paragraph in supplements {
        let items = paragraph.items.iter().map(|item| &item.text);
        for words in std::iter::once(&paragraph.text).chain(items) {
            passages.push(Passage::of(whole(Part::Supplement), words));
        }
    }
    passages
}

fn of_article(article: &Article, passages: &mut Vec<Passage>) {
    let part = Part::Article(article.number);
    let is_alone = article.paragraphs.len() == 1;
    for paragraph in &article.paragraphs {
        let first = (!is_alone).then_some(paragraph.number);
        passages.push(Passage::of(Clause { part, first, second: None }, &paragraph.text));
        for item in &paragraph.items {
            let (first, second) = match first {
                Some(_) => (first, Some(item.number)),
                None => (Some(item.number), None),
            };
            passages.push(Passage::of(Clause { part, first, second }, &item.text));
        }
    }
}

impl Passage {
    fn of(clause: Clause, words: &str) -> Self {
        let original: Vec<char> = without_ruby(words).chars().collect();
        let (mut folded, mut origin) = (Vec::new(), Vec::new());
        for (place, character) in original.iter().enumerate() {
            let one_width = character.nfkc().flat_map(char::to_lowercase);
            for character in one_width.filter(|character| !character.is_whitespace()) {
                folded.push(character);
                origin.push(place);
            }
        }
        let sentences = sentences(&folded);
        Self { clause, original, folded, origin, sentences }
    }

    /// The words as they are written, of a stretch of the folded ones.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        let places = self.origin.get(from..to).and_then(|some| Some((some.first()?, some.last()?)));
        places.map_or_else(String::new, |(&first, &last)| {
            self.original[first..=last].iter().collect()
        })
    }

    /// The place after the last pause before a place, at most so many characters back.
    pub(super) fn back_to_a_pause(&self, from: usize, most: usize) -> usize {
        let start = from.saturating_sub(most);
        let before = self.folded.get(start..from).unwrap_or_default();
        if let Some(pause) = before.iter().rposition(is_pause) {
            return start + pause + 1;
        }
        // Cut within a sentence, a phrase begins with a word and not with what ends one.
        let is_kana = |character: &&char| matches!(character, 'ぁ'..='ゖ');
        let is_cut = start > 0;
        start + if is_cut { before.iter().take_while(is_kana).count() } else { 0 }
    }

    /// The place of the next pause after a place, at most so many characters on.
    pub(super) fn on_to_a_pause(&self, to: usize, most: usize) -> usize {
        let end = self.folded.len().min(to + most);
        let after = self.folded.get(to..end).unwrap_or_default();
        after.iter().position(is_pause).map_or(end, |pause| to + pause)
    }
}

impl Sentence {
    /// Whether the sentence holds one of these words.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.words.contains(word))
    }
}

fn is_pause(character: &char) -> bool {
    "。、，,.()「」『』〈〉【】・:~〜".contains(*character)
}

/// The sentences; what stands in brackets is of the one around it.
fn sentences(folded: &[char]) -> Vec<Sentence> {
    let readings = read(folded);
    let mut readings = readings.into_iter().peekable();
    let mut from = 0;
    let mut open = 0_usize;
    let pieces = folded.split_inclusive(|&character| {
        match character {
            '(' | '「' => open += 1,
            ')' | '」' => open = open.saturating_sub(1),
            _ => {}
        }
        character == '。' && open == 0
    });
    let sentences = pieces.map(|piece| {
        let to = from + piece.len();
        let mut said = Vec::new();
        while let Some(reading) = readings.next_if(|reading| reading.from < to) {
            said.push(reading);
        }
        let sentence = Sentence { from, to, words: piece.iter().collect(), readings: said };
        from = to;
        sentence
    });
    sentences.collect()
}
