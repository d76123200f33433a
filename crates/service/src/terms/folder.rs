//! A version as files: `version.toml` with the numbers, `ja.txt` with the authoritative text, and
//! translations (`ja-easy.txt`, `en.txt`) where the office has them.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use rules::people::Language;

use super::Source;

/// The file with the numbers.
pub const NUMBERS: &str = "version.toml";

/// The file with the text in a language.
pub fn text_file(language: Language) -> String {
    format!("{}.txt", language.code())
}

impl Source {
    /// Reads the files of a folder. Whether they are in order is [`Source::read`]'s question.
    ///
    /// # Errors
    /// `version.toml` is missing, or a file is no text in UTF-8.
    pub fn from_folder(folder: &Path) -> anyhow::Result<Self> {
        let version = text(&folder.join(NUMBERS))?;
        let Some(version) = version else {
            bail!("{} has no {NUMBERS}; `madoguchi terms import` makes one", folder.display());
        };
        let mut texts = BTreeMap::new();
        for language in Language::ALL {
            if let Some(text) = text(&folder.join(text_file(language)))? {
                texts.insert(language.code().to_owned(), text);
            }
        }
        Ok(Self { version, texts })
    }
}

/// What a file says, without a byte order mark; nothing where there is no such file.
fn text(file: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read(file) {
        Ok(octets) => {
            let text = String::from_utf8(octets)
                .with_context(|| format!("{} is not text in UTF-8", file.display()))?;
            Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}
