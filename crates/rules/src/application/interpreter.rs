//! The languages in which an interpreter can be asked for.

use crate::schedule::Skill;

/// A language of the contact centre that employment offices interpret with (多言語コンタクトセンター).
/// Told by the person as something that would help, and by nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interpreter {
    /// 英語
    English,
    /// 中国語
    Chinese,
    /// ポルトガル語
    Portuguese,
    /// スペイン語
    Spanish,
    /// タガログ語
    Tagalog,
    /// ベトナム語
    Vietnamese,
    /// ネパール語
    Nepali,
    /// 韓国語
    Korean,
    /// インドネシア語
    Indonesian,
    /// タイ語
    Thai,
    /// クメール語
    Khmer,
    /// ミャンマー語
    Burmese,
    /// モンゴル語
    Mongolian,
}

impl Interpreter {
    /// All thirteen, in the order of lists.
    pub const ALL: [Self; 13] = [
        Self::English,
        Self::Chinese,
        Self::Portuguese,
        Self::Spanish,
        Self::Tagalog,
        Self::Vietnamese,
        Self::Nepali,
        Self::Korean,
        Self::Indonesian,
        Self::Thai,
        Self::Khmer,
        Self::Burmese,
        Self::Mongolian,
    ];

    /// The code of the language (BCP 47), in forms, in the store, and for what is written in it.
    pub fn code(self) -> &'static str {
        self.data().0
    }

    /// What those who speak it call it.
    pub fn own_name(self) -> &'static str {
        self.data().1
    }

    fn data(self) -> (&'static str, &'static str) {
        match self {
            Self::English => ("en", "English"),
            Self::Chinese => ("zh", "中文"),
            Self::Portuguese => ("pt", "Português"),
            Self::Spanish => ("es", "Español"),
            Self::Tagalog => ("tl", "Tagalog"),
            Self::Vietnamese => ("vi", "Tiếng Việt"),
            Self::Nepali => ("ne", "नेपाली"),
            Self::Korean => ("ko", "한국어"),
            Self::Indonesian => ("id", "Bahasa Indonesia"),
            Self::Thai => ("th", "ภาษาไทย"),
            Self::Khmer => ("km", "ភាសាខ្មែរ"),
            Self::Burmese => ("my", "မြန်မာဘာသာ"),
            Self::Mongolian => ("mn", "Монгол"),
        }
    }

    /// What a counsellor is able to do who needs no interpreter for it.
    pub fn skill(self) -> Option<Skill> {
        Skill::parse(self.code())
    }

    /// Reads [`Interpreter::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::application::{Support, fitting_skills};
    use crate::people::Language;

    #[test]
    fn thirteen_languages_by_their_codes() {
        let codes = Interpreter::ALL.map(Interpreter::code);
        assert_eq!(codes.join(" "), "en zh pt es tl vi ne ko id th km my mn");
        for language in Interpreter::ALL {
            assert_eq!(Interpreter::parse(language.code()), Some(language));
            assert!(!language.own_name().is_empty());
        }
        for code in ["", "EN", "ja", "ja-easy", "fr", "sign-language"] {
            assert_eq!(Interpreter::parse(code), None, "{code:?}");
        }
    }

    #[test]
    fn a_counsellor_who_speaks_it_fits() {
        let check = |spoken, expected: &[Skill]| {
            let wished = [Support::Interpreter];
            let found = fitting_skills(&wished, spoken, Language::Japanese);
            assert_eq!(found, expected.iter().copied().collect::<BTreeSet<_>>(), "{spoken:?}");
        };
        check(None, &[]);
        check(Some(Interpreter::English), &[Skill::English]);
        check(Some(Interpreter::Vietnamese), &[Skill::Vietnamese]);
        check(Some(Interpreter::Nepali), &[]);
        check(Some(Interpreter::Mongolian), &[]);
    }
}
