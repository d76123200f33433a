//! What is put into a message: text, a whole number, or HTML that is safe already.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

use super::Markup;

/// A value put into a message. Text is shown as it was typed, escaped and without ruby.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number; the message may choose its plural by it.
    Number(i64),
    /// HTML that is safe already, such as a date with ruby. In plain text its tags are not wanted:
    /// give the plain form there.
    Markup(Cow<'a, str>),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&&'a str> for Value<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&&'a String> for Value<'a> {
    fn from(text: &&'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Markup> for Value<'_> {
    fn from(markup: Markup) -> Self {
        Self::Markup(Cow::Owned(markup.to_string()))
    }
}

impl<'a> From<&'a Markup> for Value<'a> {
    fn from(markup: &'a Markup) -> Self {
        Self::Markup(Cow::Borrowed(markup.as_str()))
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Number(i64::from(number))
            }
        }
        impl From<&$number> for Value<'_> {
            fn from(number: &$number) -> Self {
                Self::Number(i64::from(*number))
            }
        }
        impl From<&&$number> for Value<'_> {
            fn from(number: &&$number) -> Self {
                Self::Number(i64::from(**number))
            }
        }
    )*};
}
whole_numbers!(i64, i32, u32, i16, u16, i8, u8);

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&usize> for Value<'_> {
    fn from(number: &usize) -> Self {
        Self::from(*number)
    }
}

/// Stand-ins for the signs of the ruby notation inside values. Unicode promises that these code
/// points are never characters, so no text that means something holds them.
const SIGNS: [(char, char); 3] = [('《', '\u{FDD0}'), ('》', '\u{FDD1}'), ('｜', '\u{FDD2}')];
/// The first stand-in for a value that is HTML already; the n-th such value has the n-th.
const FIRST_MARKUP: u32 = 0xFDD4;
/// Marks that Fluent sets around each value; they end a run of kanji and are taken out at last.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Values on their way through a message, and back out of its text.
#[derive(Default)]
pub(super) struct Passage<'a> {
    markups: Vec<&'a str>,
}

impl<'a> Passage<'a> {
    /// The value as the message sees it.
    pub(super) fn enter(&mut self, value: &'a Value<'_>) -> FluentValue<'a> {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Text(text) => FluentValue::String(hide_signs(text)),
            Value::Markup(html) => {
                let stand_in = u32::try_from(self.markups.len())
                    .ok()
                    .and_then(|nth| char::from_u32(FIRST_MARKUP + nth))
                    .unwrap_or(char::REPLACEMENT_CHARACTER);
                self.markups.push(html);
                FluentValue::String(Cow::Owned(stand_in.to_string()))
            }
        }
    }

    /// The message's text with every stand-in replaced by what it stands for.
    pub(super) fn leave(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len() + 64);
        for c in text.chars().filter(|c| !ISOLATES.contains(c)) {
            let nth = u32::from(c).checked_sub(FIRST_MARKUP).map(|nth| nth as usize);
            if let Some(html) = nth.and_then(|nth| self.markups.get(nth)) {
                shown.push_str(html);
            } else {
                let sign = SIGNS.iter().find(|(_, stand_in)| *stand_in == c);
                shown.push(sign.map_or(c, |(sign, _)| *sign));
            }
        }
        shown
    }
}

fn hide_signs(text: &str) -> Cow<'_, str> {
    if !text.contains(SIGNS.map(|(sign, _)| sign)) {
        return Cow::Borrowed(text);
    }
    let hidden = |c| SIGNS.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, hidden)| *hidden);
    Cow::Owned(text.chars().map(hidden).collect())
}
