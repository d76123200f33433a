//! What a letter says, as one list of sections: text, HTML, print and telephone say the same.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::schedule::Slot;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::{Markup, Value, Words};

/// Words in both forms: with ruby for HTML, without for plain text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// For HTML.
    #[serde(serialize_with = "put_markup", deserialize_with = "take_markup")]
    pub html: Markup,
    /// For plain text and for reading aloud.
    pub plain: String,
}

fn put_markup<S: Serializer>(markup: &Markup, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(markup.as_str())
}

/// Letters are sealed, so what is read back is what [`put_markup`] wrote, and safe.
fn take_markup<'de, D: Deserializer<'de>>(from: D) -> Result<Markup, D::Error> {
    String::deserialize(from).map(Markup::of_safe_html)
}

/// What a section is about: views that are not a letter pick by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// From whom, what happened, what comes next.
    Opening,
    /// The number to quote.
    Receipt,
    /// The times that the person wished for.
    Wishes,
    /// The group session: what it is called, and that others take part (articles 5(4), 8(2)).
    Group,
    /// When the session is, or was to be.
    Time,
    /// Why the office says no.
    Reason,
    /// The name in the meeting (article 2(3)).
    Alias,
    /// How to join, or how to answer: by the status page.
    Page,
    /// Cancelling and being late (article 2(4)).
    Absence,
    /// What to do when something fails (article 9(2)).
    Trouble,
    /// The terms change before the session (article 11).
    Terms,
    /// Free of charge, but for the line (article 3).
    Cost,
    /// No recording (article 5(4)).
    Recording,
    /// Whom to ask, and what to do with a letter that went astray.
    Closing,
}

/// A link with its words. The address may be a capability: no `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is called.
    pub words: Phrase,
    /// Where it leads.
    pub address: String,
}

/// A section of a letter. Reveals a link, so no `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub part: Part,
    /// Its heading.
    pub heading: Option<Phrase>,
    /// What is to be seen first, in large type.
    pub large: Option<Phrase>,
    /// Its sentences.
    pub lines: Vec<Phrase>,
    /// Where it leads.
    pub link: Option<Link>,
}

impl Section {
    /// A section without anything in it.
    pub(super) fn new(part: Part) -> Self {
        Self { part, heading: None, large: None, lines: Vec::new(), link: None }
    }

    pub(super) fn heading(mut self, heading: Phrase) -> Self {
        self.heading = Some(heading);
        self
    }

    pub(super) fn large(mut self, large: Phrase) -> Self {
        self.large = Some(large);
        self
    }

    pub(super) fn line(mut self, line: Phrase) -> Self {
        self.lines.push(line);
        self
    }

    pub(super) fn link(mut self, words: Phrase, address: String) -> Self {
        self.link = Some(Link { words, address });
        self
    }
}

/// A value on its way into a phrase.
#[derive(Clone, Copy)]
pub(super) enum Put<'a> {
    Text(&'a str),
    Number(u16),
    Slot(Slot),
    Moment(Timestamp),
    Time(Time),
    Day(Date),
    Telephone(&'a str),
}

impl Put<'_> {
    fn in_html(self, words: Words) -> Value<'static> {
        match self {
            Self::Slot(slot) => words.slot(&slot).into(),
            Self::Moment(at) => words.moment(at).into(),
            Self::Time(time) => words.time(time).into(),
            Self::Day(day) => words.date(day).into(),
            Self::Telephone(number) => words.telephone(number).into(),
            Self::Text(_) | Self::Number(_) => self.in_plain(words),
        }
    }

    fn in_plain(self, words: Words) -> Value<'static> {
        match self {
            Self::Text(text) | Self::Telephone(text) => one_line(text).into(),
            Self::Number(number) => number.into(),
            Self::Slot(slot) => words.plain_slot(&slot).into(),
            Self::Moment(at) => words.plain_moment(at).into(),
            Self::Time(time) => words.plain_time(time).into(),
            Self::Day(day) => words.plain_date(day).into(),
        }
    }
}

/// The message `key` in both forms.
pub(super) fn say(words: Words, key: &str, values: &[(&str, Put<'_>)]) -> Phrase {
    let html: Vec<_> = values.iter().map(|(name, put)| (*name, put.in_html(words))).collect();
    let plain: Vec<_> = values.iter().map(|(name, put)| (*name, put.in_plain(words))).collect();
    Phrase { html: words.with(key, &html), plain: words.plain_with(key, &plain) }
}

/// A text that is the same in every language.
pub(super) fn as_is(text: &str) -> Phrase {
    let text = one_line(text);
    Phrase { html: Markup::of_text(&text), plain: text }
}

/// Text without anything that could begin a new line, in a header or a calendar.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
