//! The terms of use: a version of them is data, and the articles that ask something of the
//! software are carried out here, one file per article.
//!
//! A version has a Japanese text, translations where the office has them, and the numbers that the
//! text states. Each number names
//! its clause and quotes the phrase it stands on; [`Terms::parse`] refuses a version whose phrase
//! is not in its text, or says another number. The rest of the product asks [`Rules`] for the
//! numbers and writes them nowhere else.
//!
//! Files are found by number (`article_02_application.rs`), called by subject
//! (`terms::application::is_deemed_cancelled`).

pub mod article_01_eligibility;
pub mod article_02_application;
pub mod article_03_cost;
pub mod article_04_environment;
pub mod article_05_usage_records;
pub mod article_06_personal_data;
pub mod article_07_ownership;
pub mod article_08_prohibitions;
pub mod article_09_disclaimer;
pub mod article_10_suspension;
pub mod article_11_amendment;
pub mod article_12_damages;
pub mod article_13_compliance;
pub mod article_14_jurisdiction;
pub mod courts;
pub mod proposal;
pub mod supplement;

mod choices;
mod citations;
mod editions;
mod fault;

mod numbers;
mod places;
mod rules;
mod text;
mod version_file;

pub use article_01_eligibility as eligibility;
pub use article_02_application as application;
pub use article_04_environment as environment;
pub use article_05_usage_records as usage_records;
pub use article_06_personal_data as personal_data;
pub use article_08_prohibitions as prohibitions;
pub use article_10_suspension as suspension;
pub use article_11_amendment as amendment;

pub use choices::{Choice, ChoiceFault, ChoiceName, Choices, Chosen, ConsentMoment};
pub use citations::{Renumbered, renumbered};
pub use editions::{Editions, EditionsRefusal};
pub use fault::Fault;
pub use numbers::{Number, NumberFault, NumberName, Said, Value};
pub use places::{PlaceFault, Places};
pub use rules::{DaysCounted, Rules, RulesFault, Window};
pub use text::{Article, Clause, ListItem, OfficeWords, Paragraph, Part, Text, TextFault};

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::people::Language;

/// The articles that this software knows how to carry out, from the first to this one. A version
/// that lacks one of them leaves a duty without its ground.
pub const ARTICLES: u16 = 14;

/// One version of the terms of use, read and found free of faults. It never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// By this name facts and consents refer to the version.
    pub version: VersionName,
    /// For whom the version is written (the title's "from home", say).
    pub audience: Audience,
    /// The day, in Japan, from whose first instant the version is in force.
    pub effective_from: Date,
    /// What the numbers amount to.
    pub rules: Rules,
    /// The numbers, each with its clause and phrase.
    pub numbers: Vec<Number>,
    /// What the choices amount to.
    pub choices: Choices,
    /// The choices, each with its clause and phrase.
    pub chosen: Vec<Choice>,
    /// Where the text says what the model terms say.
    pub places: Places,
    texts: Vec<Text>,
}

impl Terms {
    /// Reads a version from its source: the numbers in TOML, and the text in each language.
    ///
    /// # Errors
    /// Every fault found: the source cannot be read, a text is not in order, a number is missing
    /// or is not what its phrase says, the rules contradict each other.
    pub fn parse(version: &str, texts: &[(Language, &str)]) -> Result<Self, Vec<Fault>> {
        let texts: Vec<Text> =
            texts.iter().map(|&(language, source)| Text::parse(language, source)).collect();
        let mut faults = text::faults(&texts);
        let file = match version_file::VersionFile::parse(version) {
            Ok(file) => file,
            Err(found) => {
                faults.extend(found);
                return Err(faults);
            }
        };
        faults.extend(numbers::faults(&file.numbers, &texts));
        faults.extend(choices::faults(&file.choices, &texts));
        if let Some(text) = texts.iter().find(|text| text.language == Language::Japanese) {
            faults.extend(file.places.faults(text).into_iter().map(Fault::Place));
        }
        let amount = numbers::amount_to(&file.numbers, &file.choices);
        match amount {
            Ok(amount) => {
                faults.extend(amount.rules.faults().into_iter().map(Fault::Rules));
                match faults.is_empty() {
                    true => Ok(Self::of(file, amount, texts)),
                    false => Err(faults),
                }
            }
            Err(found) => {
                faults.extend(found);
                Err(faults)
            }
        }
    }

    fn of(file: version_file::VersionFile, amount: numbers::Amount, texts: Vec<Text>) -> Self {
        Self {
            version: file.version,
            audience: file.audience,
            effective_from: amount.effective_from,
            rules: amount.rules,
            numbers: file.numbers,
            choices: amount.choices,
            chosen: file.choices,
            places: file.places,
            texts,
        }
    }

    /// The clause of this version's text that says what the model terms say in `duty`, as it is
    /// written; `None` where the text says nothing of the kind, or `duty` is no clause.
    pub fn place(&self, duty: &str) -> Option<Clause> {
        self.places.of(Clause::parse(duty)?)
    }

    /// Where this version says what the model terms say in `duty`, as it is cited in a language;
    /// `None` where it says nothing of the kind.
    pub fn cited(&self, duty: &str, language: Language) -> Option<String> {
        Some(self.place(duty)?.cited(self.text(Language::Japanese), language))
    }

    /// The clause of this version that states a choice; `None` where it was not chosen.
    pub fn clause_of_choice(&self, chosen: Chosen) -> Option<Clause> {
        self.chosen.iter().find(|choice| choice.chosen == chosen)?.article
    }

    /// The clause of this version that states a number.
    pub fn clause_of(&self, name: NumberName) -> Option<Clause> {
        self.numbers.iter().find(|number| number.name == name).map(|number| number.article)
    }

    /// The text in a language; where the office has none in it, the authoritative Japanese one.
    /// [`Text::language`] says which it is.
    pub fn text(&self, language: Language) -> &Text {
        let of = |wanted| self.texts.iter().find(|text| text.language == wanted);
        let found = of(language).or_else(|| of(Language::Japanese));
        found.expect("a version without a Japanese text is refused")
    }

    /// Whether the office has a text in this language.
    pub fn is_in(&self, language: Language) -> bool {
        self.texts.iter().any(|text| text.language == language)
    }
}

/// The terms that the product ships, in its own words: the same duties and numbers as the terms
/// of use it was modelled on, for any office.
pub fn model() -> Terms {
    static MODEL: LazyLock<Terms> = LazyLock::new(|| {
        let model = Terms::parse(MODEL_VERSION, &MODEL_TEXTS);
        model.expect("a test reads the shipped terms and finds no fault")
    });
    MODEL.clone()
}

/// The source of [`model`]: its numbers.
pub const MODEL_VERSION: &str = include_str!("model/version.toml");

/// The source of [`model`]: its text in each language.
pub const MODEL_TEXTS: [(Language, &str); 3] = [
    (Language::Japanese, include_str!("model/ja.txt")),
    (Language::EasyJapanese, include_str!("model/ja-easy.txt")),
    (Language::English, include_str!("model/en.txt")),
];

/// The name of a version: a series and its place in the series, such as `model-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionName {
    series: String,
    place: u16,
}

impl VersionName {
    /// Reads `series-place`: a series of at most 40 small letters, digits and hyphens, and a place
    /// from 1 without leading zeros.
    pub fn parse(name: &str) -> Option<Self> {
        let (series, place) = name.rsplit_once('-')?;
        if !is_code(series) || place.starts_with('0') || !place.chars().all(|c| c.is_ascii_digit())
        {
            return None;
        }
        Some(Self { series: series.to_owned(), place: place.parse().ok()? })
    }

    /// Whether `other` is the next version of the same series.
    pub fn is_followed_by(&self, other: &Self) -> bool {
        self.series == other.series && self.place.checked_add(1) == Some(other.place)
    }
}

impl std::fmt::Display for VersionName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-{}", self.series, self.place)
    }
}

impl From<VersionName> for String {
    fn from(name: VersionName) -> Self {
        name.to_string()
    }
}

impl TryFrom<String> for VersionName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or("a version is named by its series and its place, as in model-1")
    }
}

/// For whom terms are written, as a code: `home` for those who join from home.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Audience(String);

impl Audience {
    /// Reads a code of at most 40 small letters, digits and hyphens.
    pub fn parse(code: &str) -> Option<Self> {
        is_code(code).then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> Self {
        audience.0
    }
}

impl TryFrom<String> for Audience {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("an audience is a code of small letters, digits and hyphens")
    }
}

fn is_code(code: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&code.len()) && !code.starts_with('-') && code.chars().all(allowed)
}

#[cfg(test)]
mod tests;
