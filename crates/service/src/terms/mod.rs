//! The versions of an office's terms: stored, immutable, one on a day (article 11).

mod changes;
pub mod pages;
pub mod store;
mod version;

pub(crate) use changes::articles_of;
pub(crate) use version::{Version, version};

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::people::Language;
use rules::terms::{Editions, Terms};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::Tx;

/// A version as it was written: the numbers in TOML, the text by language code. Kept to the byte,
/// so that what a person consented to can be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The numbers, each with its clause and phrase.
    pub version: String,
    /// The text in each language.
    pub texts: BTreeMap<String, String>,
}

impl Source {
    /// The terms that the product ships.
    pub fn model() -> Self {
        let texts = rules::terms::MODEL_TEXTS
            .iter()
            .map(|(language, text)| (language.code().to_owned(), (*text).to_owned()))
            .collect();
        Self { version: rules::terms::MODEL_VERSION.to_owned(), texts }
    }

    /// Reads and checks the version.
    ///
    /// # Errors
    /// A fault that names everything that is not in order.
    pub fn read(&self) -> Result<Terms, Error> {
        let texts: Vec<(Language, &str)> = Language::ALL
            .into_iter()
            .filter_map(|language| Some((language, self.texts.get(language.code())?.as_str())))
            .collect();
        let terms = Terms::parse(&self.version, &texts);
        terms.map_err(|faults| anyhow::anyhow!("the terms are not in order: {faults:?}").into())
    }
}

/// Every version of an office's terms.
///
/// # Errors
/// A fault when a stored version cannot be read.
pub fn editions(tx: &mut Tx<'_>, office: i64) -> Result<Editions, Error> {
    let versions = stored(tx, office)?;
    if versions.is_empty() {
        return Ok(Editions::default());
    }
    let editions = Editions::new(versions);
    editions.map_err(|fault| anyhow::anyhow!("stored terms of office {office}: {fault:?}").into())
}

fn stored(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Terms>, Error> {
    let mut versions = Vec::new();
    for source in store::sources(tx, office)? {
        let source: Source = serde_json::from_str(&source).map_err(anyhow::Error::from)?;
        versions.push(source.read()?);
    }
    Ok(versions)
}

/// Stores a version. It can never be changed afterwards.
///
/// # Errors
/// A fault when the version is not in order, or does not fit to those that are stored: one of that
/// name or day exists, or a number is left out.
pub fn publish(tx: &mut Tx<'_>, office: i64, source: &Source, now: Timestamp) -> Result<(), Error> {
    let terms = source.read()?;
    tx.hold(&format!("terms of office {office}"))?;
    let mut versions = stored(tx, office)?;
    versions.push(terms.clone());
    // What cannot be read together would fail every page of the office from then on.
    Editions::new(versions).map_err(|fault| anyhow::anyhow!("the terms do not fit: {fault:?}"))?;
    store::insert(tx, office, &terms, source, now)
}
