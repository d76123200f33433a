//! The terms of use, to be read (opening words; article 11).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use rules::people::Language;
use rules::terms::{Terms, Text, VersionName};

use super::changes::{Change, changes};
use super::{Version, shared_language, version};
use crate::error::Error;
use crate::people::Office;
use crate::web::{Guest, Page, show};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "terms/pages.html")]
struct TermsPage {
    page: Page,
    office: String,
    version: Version,
    is_in_force: bool,
    text: Text,
    others: Vec<Version>,
    /// In force for other audiences, by the title of their text.
    audiences: Vec<(Version, Markup)>,
}

#[derive(Template)]
#[template(path = "terms/changes.html")]
struct ChangesPage {
    page: Page,
    office: String,
    back: String,
    before: Version,
    after: Version,
    language: Language,
    changes: Vec<Change>,
}

/// The version in force.
///
/// # Errors
/// [`Error::Missing`] for an unknown office; a refusal while it has no terms in force.
pub async fn in_force(guest: Guest, Path(slug): Path<String>) -> Result<Response, Error> {
    let office = guest.app.office(&slug).await?;
    let now = guest.app.clock.now();
    let terms = office.terms(now)?.clone();
    page(&guest, (&office, &office), &terms)
}

/// A version by its name: earlier ones, and those to come.
///
/// # Errors
/// [`Error::Missing`].
pub async fn named(
    guest: Guest,
    Path((slug, name)): Path<(String, String)>,
) -> Result<Response, Error> {
    let office = guest.app.office(&slug).await?;
    let within = office.under(&name);
    let name = VersionName::parse(&name).ok_or(Error::Missing)?;
    let terms = within.editions.named(&name).ok_or(Error::Missing)?.clone();
    page(&guest, (&office, &within), &terms)
}

/// What the later of two versions says otherwise than the earlier one.
///
/// # Errors
/// [`Error::Missing`].
pub async fn since(
    guest: Guest,
    Path((slug, name, earlier)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let office = guest.app.office(&slug).await?.under(&name);
    let named = |name: &str| {
        VersionName::parse(name).and_then(|it| office.editions.named(&it)).ok_or(Error::Missing)
    };
    let (one, other) = (named(&earlier)?, named(&name)?);
    // Whichever is asked for first: the later one says what was changed.
    let (before, after) = match one.effective_from <= other.effective_from {
        true => (one, other),
        false => (other, one),
    };
    let words = guest.words;
    let language = shared_language(words.language(), before, after);
    let text = |terms: &Terms| office.terms_text(terms, language);
    show(&ChangesPage {
        page: guest.page_of(&office),
        back: format!("/offices/{slug}/terms/{name}"),
        before: version(words, before),
        after: version(words, after),
        language,
        changes: changes(&text(before), &text(after)),
        office: slug,
    })
}

fn page(
    guest: &Guest,
    (office, within): (&Office, &Office),
    terms: &Terms,
) -> Result<Response, Error> {
    let words = guest.words;
    let now = guest.app.clock.now();
    let in_force = within.editions.in_force(now);
    let others = within.editions.iter().filter(|other| other.version != terms.version);
    show(&TermsPage {
        page: guest.page_of(office),
        office: office.slug.clone(),
        version: version(words, terms),
        is_in_force: in_force.is_some_and(|now| now.version == terms.version),
        text: within.terms_text(terms, words.language()),
        others: others.map(|other| version(words, other)).collect(),
        audiences: office
            .audiences(now)
            .filter(|(_, other)| other.audience != terms.audience)
            .map(|(within, other)| (version(words, other), within.title(other, words)))
            .collect(),
    })
}
