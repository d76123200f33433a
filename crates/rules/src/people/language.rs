//! The languages in which the office speaks to jobseekers.

use serde::{Deserialize, Serialize};

/// A language of pages and letters. The terms of use bind in Japanese; the others help to read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Language {
    /// 日本語.
    #[default]
    #[serde(rename = "ja")]
    Japanese,
    /// やさしい日本語: short sentences, plain words, readings above the kanji.
    #[serde(rename = "ja-easy")]
    EasyJapanese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Japanese, Self::EasyJapanese, Self::English];

    /// The code in addresses, stored rows and folder names.
    pub fn code(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::EasyJapanese => "ja-easy",
            Self::English => "en",
        }
    }

    /// The language with exactly this [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Serialize, Deserialize)]
    struct Row {
        language: Language,
    }

    fn check(code: &str, expected: Option<Language>) {
        assert_eq!(Language::parse(code), expected, "{code:?}");
        let stored = toml::from_str::<Row>(&format!("language = {code:?}"));
        assert_eq!(stored.ok().map(|row| row.language), expected, "{code:?}");
    }

    #[test]
    fn languages_by_their_codes() {
        check("ja", Some(Language::Japanese));
        check("ja-easy", Some(Language::EasyJapanese));
        check("en", Some(Language::English));
        check("", None);
        check("JA", None);
        check("ja_easy", None);
        check("en ", None);
        check("Japanese", None);
    }

    #[test]
    fn every_code_is_read_back_and_stored_alike() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
            let stored = toml::to_string(&Row { language }).unwrap();
            assert_eq!(stored, format!("language = \"{}\"\n", language.code()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_language_or_none(text: String) {
            prop_assert!(Language::parse(&text).is_none_or(|language| language.code() == text));
        }
    }
}
