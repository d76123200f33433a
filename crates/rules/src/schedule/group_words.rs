//! What a group session is called, and what people are told of it: in Japanese, and in the other
//! languages of the window where the office wrote it in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::GroupRefusal;
use crate::people::Language;

/// The words about a group session. There is always a title in Japanese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, Told>", into = "BTreeMap<Language, Told>")]
pub struct GroupWords {
    japanese: Told,
    others: BTreeMap<Language, Told>,
}

/// The words in one language; easy Japanese may carry readings as 《》.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What it is called.
    pub title: String,
    /// What it is about and what to bring; may be empty.
    pub about: String,
}

impl GroupWords {
    /// How long a title may be, in characters.
    pub const TITLE_AT_MOST: usize = 60;
    /// How long a description may be, in characters.
    pub const ABOUT_AT_MOST: usize = 1000;

    /// The words in Japanese, and in each language that has some.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &Told)> {
        let others = self.others.iter().map(|(language, told)| (*language, told));
        std::iter::once((Language::Japanese, &self.japanese)).chain(others)
    }

    /// The words for a reader of this language. Who reads easy Japanese, or a language that the
    /// office did not write in, reads the Japanese ones.
    pub fn told(&self, language: Language) -> &Told {
        self.others.get(&language).unwrap_or(&self.japanese)
    }
}

impl TryFrom<BTreeMap<Language, Told>> for GroupWords {
    type Error = GroupRefusal;

    fn try_from(mut told: BTreeMap<Language, Told>) -> Result<Self, GroupRefusal> {
        told.retain(|_, told| *told != Told::default());
        let japanese = told.remove(&Language::Japanese).unwrap_or_default();
        if japanese.title.is_empty() {
            return Err(GroupRefusal::NoTitle);
        }
        match told.values().any(|told| told.title.is_empty()) {
            true => Err(GroupRefusal::HalfTitle),
            false => Ok(Self { japanese, others: told }),
        }
    }
}

impl From<GroupWords> for BTreeMap<Language, Told> {
    fn from(words: GroupWords) -> Self {
        let japanese = (Language::Japanese, words.japanese);
        words.others.into_iter().chain([japanese]).collect()
    }
}

/// `serde` wants to say why.
impl std::fmt::Display for GroupRefusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{self:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(title: &str, about: &str) -> Told {
        Told { title: title.to_owned(), about: about.to_owned() }
    }

    #[test]
    fn words_are_told_in_the_readers_language() {
        use Language::{EasyJapanese, English, Japanese};
        let words = BTreeMap::from([
            (Japanese, told("見本のセミナー", "書類の書き方")),
            (English, told("Sample seminar", "")),
            (EasyJapanese, Told::default()),
        ]);
        let words = GroupWords::try_from(words).unwrap();
        assert_eq!(words.told(Japanese).title, "見本のセミナー");
        assert_eq!(words.told(English).title, "Sample seminar");
        assert_eq!(words.told(EasyJapanese).title, "見本のセミナー");
        assert_eq!(words.iter().count(), 2);
        let stored = serde_json::to_string(&words).unwrap();
        assert_eq!(serde_json::from_str::<GroupWords>(&stored).unwrap(), words);
        assert!(serde_json::from_str::<GroupWords>("{}").is_err());
    }

    #[test]
    fn a_title_is_needed() {
        use Language::{English, Japanese};
        let check = |all: &[(Language, Told)], expected: Option<GroupRefusal>| {
            let words = all.iter().cloned().collect::<BTreeMap<_, _>>();
            assert_eq!(GroupWords::try_from(words).err(), expected);
        };
        check(&[], Some(GroupRefusal::NoTitle));
        check(&[(Japanese, told("", "何か"))], Some(GroupRefusal::NoTitle));
        check(&[(English, told("A seminar", ""))], Some(GroupRefusal::NoTitle));
        let both = [(Japanese, told("集まり", "")), (English, told("", "Something"))];
        check(&both, Some(GroupRefusal::HalfTitle));
        check(&both[..1], None);
    }
}
