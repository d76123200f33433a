//! The wording that a person reads, in every language of the product.
//!
//! One folder per language and one file per noun of the office: `words/<code>/<noun>.ftl`
//! (Project Fluent). Wording is nowhere else but in templates of the staff's desk, which is in
//! Japanese. Numbers that the terms of use state arrive as values, never as text.

mod dates;
mod ruby;
mod value;

#[cfg(test)]
mod completeness;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rules::people::Language;
use unic_langid::LanguageIdentifier;

pub use dates::Lent;
pub use ruby::{Markup, to_plain};
pub use value::Value;

/// Marks a message's key where it stands in Rust apart from the call that shows it (such as the
/// sentence of a refusal), so that the test of completeness finds it.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
pub use crate::key;

/// The nouns that have a file of wording in every language.
macro_rules! files {
    ($code:literal) => {
        &[
            ("common", include_str!(concat!($code, "/common.ftl"))),
            ("office", include_str!(concat!($code, "/office.ftl"))),
            ("terms", include_str!(concat!($code, "/terms.ftl"))),
            ("application", include_str!(concat!($code, "/application.ftl"))),
            ("refusals", include_str!(concat!($code, "/refusals.ftl"))),
            ("session", include_str!(concat!($code, "/session.ftl"))),
            ("status", include_str!(concat!($code, "/status.ftl"))),
            ("group", include_str!(concat!($code, "/group.ftl"))),
            ("letters", include_str!(concat!($code, "/letters.ftl"))),
            ("dates", include_str!(concat!($code, "/dates.ftl"))),
            ("errors", include_str!(concat!($code, "/errors.ftl"))),
            ("demo", include_str!(concat!($code, "/demo.ftl"))),
        ]
    };
}

/// Noun and source of each file of a language.
fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Japanese => files!("ja"),
        Language::EasyJapanese => files!("ja-easy"),
        Language::English => files!("en"),
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle_of(language: Language) -> Bundle {
    // Plurals follow this language; "und", the default, has one form for all numbers.
    let plurals: LanguageIdentifier = Words::new(language).html_lang().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![plurals]);
    // The marks end a run of kanji for ruby; `Passage::leave` takes them out of what is shown.
    bundle.set_use_isolating(true);
    let added = bundle.add_function("READ_AFTER", |values, _| read_after(values));
    debug_assert!(added.is_ok(), "there is one function of that name");
    for (noun, source) in sources(language) {
        // A fault in a file of wording fails the tests; a running office shows what can be shown.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(read, _)| {
            tracing::error!(noun, code = language.code(), "wording that cannot be read");
            read
        });
        if bundle.add_resource(resource).is_err() {
            tracing::error!(noun, code = language.code(), "a key of wording stands twice");
        }
    }
    bundle
}

/// Chooses the reading of a counter that changes with the number before it, as 分 does in easy
/// Japanese: `READ_AFTER($minutes, "ふん", "ぷん")` is the first after a number that ends in 2, 5, 7
/// or 9, and the second after any other.
fn read_after<'a>(values: &[FluentValue<'a>]) -> FluentValue<'a> {
    let [number, after_some, after_others] = values else { return FluentValue::Error };
    let number = match number {
        FluentValue::Number(number) => number.as_string(),
        FluentValue::String(text) => text.clone(),
        _ => return FluentValue::Error,
    };
    if number.ends_with(['2', '5', '7', '9']) { after_some.clone() } else { after_others.clone() }
}

/// The wording in one language. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The wording in this language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language.
    pub fn language(self) -> Language {
        self.language
    }

    /// The value of the `lang` attribute of HTML (BCP 47). Easy Japanese is Japanese.
    pub fn html_lang(self) -> &'static str {
        match self.language {
            Language::Japanese | Language::EasyJapanese => "ja",
            Language::English => "en",
        }
    }

    /// Whether this is やさしい日本語, whose lines need room for ruby.
    pub fn is_easy(self) -> bool {
        self.language == Language::EasyJapanese
    }

    /// A message as HTML, with ruby.
    pub fn t(self, key: &str) -> Markup {
        self.with(key, &[])
    }

    /// A message with one value, as HTML. The value is escaped.
    pub fn t1<'a>(self, key: &str, name: &str, value: impl Into<Value<'a>>) -> Markup {
        self.with(key, &[(name, value.into())])
    }

    /// A message with two values, as HTML.
    #[expect(clippy::too_many_arguments, reason = "templates name two values in one line")]
    pub fn t2<'a, 'b>(
        self,
        key: &str,
        first: &str,
        first_value: impl Into<Value<'a>>,
        second: &str,
        second_value: impl Into<Value<'b>>,
    ) -> Markup {
        self.with(key, &[(first, first_value.into()), (second, second_value.into())])
    }

    /// A message with values, as HTML.
    pub fn with(self, key: &str, values: &[(&str, Value<'_>)]) -> Markup {
        self.shown(key, values, ruby::to_html)
            .map_or_else(|| Markup::of_text(key), Markup::of_safe_html)
    }

    /// A message without ruby: for titles, attributes and letters. Not escaped (askama does it).
    pub fn plain(self, key: &str) -> String {
        self.plain_with(key, &[])
    }

    /// A message with one value, without ruby.
    pub fn plain1<'a>(self, key: &str, name: &str, value: impl Into<Value<'a>>) -> String {
        self.plain_with(key, &[(name, value.into())])
    }

    /// A message with values, without ruby.
    pub fn plain_with(self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.shown(key, values, to_plain).unwrap_or_else(|| key.to_owned())
    }

    fn shown(
        self,
        key: &str,
        values: &[(&str, Value<'_>)],
        finish: fn(&str) -> String,
    ) -> Option<String> {
        let mut passage = value::Passage::default();
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, passage.enter(value));
        }
        let bundle = bundle(self.language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, code = self.language.code(), "no such message");
            return None;
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut faults);
        if !faults.is_empty() {
            tracing::error!(key, code = self.language.code(), ?faults, "message with faults");
        }
        Some(passage.leave(&finish(&text)))
    }
}

fn bundle(language: Language) -> &'static Bundle {
    static JAPANESE: LazyLock<Bundle> = LazyLock::new(|| bundle_of(Language::Japanese));
    static EASY_JAPANESE: LazyLock<Bundle> = LazyLock::new(|| bundle_of(Language::EasyJapanese));
    static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle_of(Language::English));
    match language {
        Language::Japanese => &JAPANESE,
        Language::EasyJapanese => &EASY_JAPANESE,
        Language::English => &ENGLISH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_never_become_ruby() {
        let words = Words::new(Language::EasyJapanese);
        let typed = "山田《<b>》";
        let html = words.t1("common-office-line", "office", typed);
        assert!(html.as_str().contains("山田《&lt;b&gt;》"), "{html}");
        assert!(words.plain1("common-office-line", "office", typed).contains(typed));
        assert!(!html.as_str().contains(['\u{2068}', '\u{2069}']), "{html:?}");
    }

    #[test]
    fn a_value_is_no_part_of_the_base_of_ruby() {
        let words = Words::new(Language::EasyJapanese);
        let html = words.t2("common-cost-amount", "minutes", "一", "megabytes", 9);
        assert!(html.as_str().contains("一<ruby>分<rp>"), "{html}");
    }

    #[test]
    fn readings_follow_the_number_before_them() {
        let words = Words::new(Language::EasyJapanese);
        let check = |html: Markup, reading: &str| {
            assert!(html.as_str().contains(&format!("<rt>{reading}</rt>")), "{reading}: {html}");
        };
        let minutes = |count: u16| words.t1("application-minutes", "minutes", count);
        check(minutes(5), "ふん");
        check(minutes(10), "ぷん");
        check(minutes(30), "ぷん");
        check(minutes(45), "ふん");
        check(minutes(60), "ぷん");
        let days = |count: u16| words.t1("application-possible-horizon", "days", count);
        check(days(2), "ふつか");
        check(days(10), "とおか");
        check(days(60), "にち");
    }

    #[test]
    fn safe_html_passes_as_a_value() {
        let words = Words::new(Language::Japanese);
        let html = words.t1("common-office-line", "office", Markup::of_ruby("堺《さかい》"));
        assert!(html.as_str().starts_with("<ruby>堺<rp>"), "{html}");
    }

    #[test]
    fn a_missing_message_shows_its_key() {
        let words = Words::new(Language::English);
        assert_eq!(words.t("<no such>").as_str(), "&lt;no such&gt;");
        assert_eq!(words.plain("no-such"), "no-such");
    }
}
