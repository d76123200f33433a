//! Stands in for `people::Language` until that is merged; then `use crate::people::Language` in
//! `mod.rs` takes this file's place.

/// A language of pages, letters and terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Japanese, the authoritative text.
    #[default]
    Japanese,
    /// やさしい日本語, with ruby.
    EasyJapanese,
    /// English.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Japanese, Self::EasyJapanese, Self::English];
}
