//! The versions of an office's terms: stored, immutable, one on a day (article 11).

mod changes;
pub mod folder;
pub mod pages;
mod said;
mod since;
pub mod store;
pub mod trial;
mod version;

use changes::articles_of;
pub use changes::{Change, changes};
pub use said::{beside_others, sentence};
pub(crate) use since::{Coming, Since, tool_shown};
pub(crate) use version::{Version, version};

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::Language;
use rules::schedule::TOKYO;
use rules::terms::{Editions, Fault, Terms, VersionName, courts};
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
        self.check().map_err(|faults| {
            let said: Vec<String> = faults.iter().map(sentence).collect();
            anyhow::anyhow!("the terms are not in order: {}", said.join("; ")).into()
        })
    }

    /// Reads and checks the version.
    ///
    /// # Errors
    /// Everything that is not in order.
    pub fn check(&self) -> Result<Terms, Vec<Fault>> {
        let texts: Vec<(Language, &str)> = Language::ALL
            .into_iter()
            .filter_map(|language| Some((language, self.texts.get(language.code())?.as_str())))
            .collect();
        Terms::parse(&self.version, &texts)
    }
}

/// The language in which two versions are compared: the reader's, if both have a text in it.
pub(crate) fn shared_language(wanted: Language, one: &Terms, other: &Terms) -> Language {
    match one.is_in(wanted) && other.is_in(wanted) {
        true => wanted,
        false => Language::Japanese,
    }
}

/// Every version of an office's terms, for each audience in a row, that of the usual one first.
///
/// # Errors
/// A fault when a stored version cannot be read.
pub fn editions(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Editions>, Error> {
    let editions = Editions::by_audience(stored(tx, office)?);
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

/// The digest (SHA-256, in hexadecimal) of a version's source as it is stored: whoever has the
/// source can show that it is the one that was agreed to (article 11).
///
/// # Errors
/// [`Error::Missing`] when the office has no such version.
pub fn fingerprint(tx: &mut Tx<'_>, office: i64, version: &VersionName) -> Result<String, Error> {
    let source = store::source(tx, office, version)?.ok_or(Error::Missing)?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, source.as_bytes());
    Ok(digest.as_ref().iter().map(|octet| format!("{octet:02x}")).collect())
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
    Editions::by_audience(versions)
        .map_err(|refusal| anyhow::anyhow!("{}", beside_others(&refusal)))?;
    store::insert(tx, office, &terms, source, now)
}

/// Stores a version that takes effect on a day to come: what has happened was judged already by the
/// version in force then (article 11).
///
/// # Errors
/// A fault when the text names another day, when that day has begun, and as [`publish`].
pub fn publish_from(
    tx: &mut Tx<'_>,
    office: i64,
    source: &Source,
    (from, now): (Date, Timestamp),
) -> Result<(), Error> {
    let said = source.read()?.effective_from;
    if said != from {
        return Err(anyhow::anyhow!("the version says that it is in force from {said}").into());
    }
    if from <= TOKYO.to_datetime(now).date() {
        return Err(
            anyhow::anyhow!("{from} has begun; a change takes effect on a later day").into()
        );
    }
    publish(tx, office, source, now)
}

/// Whether the court that an office names for disputes fits its prefecture (article 14(2)): one
/// office easily copies another's. An address without a prefecture says nothing against any court.
///
/// # Errors
/// A fault that names the courts that would fit.
pub fn check_court(court: &str, address: &str) -> Result<(), Error> {
    let Some(prefecture) = courts::prefecture_of_address(address) else { return Ok(()) };
    courts::check_court(court, prefecture).map_err(|_| {
        let fitting = courts::courts_of(prefecture).join(", ");
        let name = prefecture.name();
        anyhow::anyhow!("the court {court} is not one of {name}; there it would be {fitting}")
            .into()
    })
}
