//! An office: its name and numbers, its own choices, its terms and its calendar.

use std::sync::Arc;

use jiff::Timestamp;
use rules::people::{Language, Practice};
use rules::schedule::{Bounds, Calendar};
use rules::session::Channel;
use rules::terms::{Editions, OfficeWords, Terms, Text, VersionName};

use crate::error::{Error, Refusal};
use crate::words::{Markup, Words};

use super::stops::StopLine;

/// An office as the verbs see it. Read whole, kept for a few seconds.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its number in the store.
    pub id: i64,
    /// Its short name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The telephone number for cancelling (article 2(4)) and for everything else.
    pub telephone: String,
    /// Where it is.
    pub address: String,
    /// The court of article 14.
    pub court: String,
    /// Its own choices where the terms leave one.
    pub practice: Practice,
    /// Every version of its terms (article 11), for one audience: the usual one, if nothing else is
    /// said.
    pub editions: Editions,
    /// The same office under its terms for other audiences, if it has any.
    pub variants: Vec<Arc<Office>>,
    /// Its working days.
    pub calendar: Calendar,
    /// Its stops (article 10(1)), as its pages tell of them. Verbs ask the store.
    pub stops: Vec<StopLine>,
}

/// An office to be opened.
#[derive(Clone, Debug)]
pub struct NewOffice {
    /// Short name: lower-case letters, digits and dashes.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub telephone: String,
    /// Address.
    pub address: String,
    /// Court of article 14.
    pub court: String,
    /// Its own choices.
    pub practice: Practice,
}

impl Office {
    /// The office under its terms: for the usual audience, and beside it for each other one.
    #[must_use]
    pub fn with_editions(mut self, editions: Vec<Editions>) -> Self {
        let mut rows = editions.into_iter();
        self.editions = rows.next().unwrap_or_default();
        let variant = |editions| Arc::new(Self { editions, ..self.clone() });
        self.variants = rows.map(variant).collect();
        self
    }

    /// The office under its terms for an audience; `None` for one that it has no terms for.
    pub fn for_audience(self: &Arc<Self>, audience: &str) -> Option<Arc<Self>> {
        let is_for =
            |it: &&Arc<Self>| it.editions.audience().is_some_and(|a| a.as_str() == audience);
        std::iter::once(self).chain(&self.variants).find(is_for).cloned()
    }

    /// The office under the terms that a version belongs to: those of its audience.
    pub fn under(self: &Arc<Self>, version: &str) -> Arc<Self> {
        std::iter::once(self)
            .chain(&self.variants)
            .find(|it| it.has(version))
            .unwrap_or(self)
            .clone()
    }

    fn has(&self, version: &str) -> bool {
        VersionName::parse(version).is_some_and(|name| self.editions.named(&name).is_some())
    }

    /// The office for each of its audiences whose terms are in force at `at`, with them; the usual
    /// one first.
    pub fn audiences(&self, at: Timestamp) -> impl Iterator<Item = (&Self, &Terms)> {
        let all = std::iter::once(self).chain(self.variants.iter().map(Arc::as_ref));
        all.filter_map(move |office| Some((office, office.editions.in_force(at)?)))
    }

    /// The title of a version's text, as a reader is shown it.
    pub fn title(&self, terms: &Terms, words: Words) -> Markup {
        Markup::of_ruby(&self.terms_text(terms, words.language()).title)
    }

    /// The terms that govern what happened at `at` to somebody who agreed to a version: of those
    /// for the same audience (article 11).
    ///
    /// # Errors
    /// As [`Office::terms`].
    pub fn terms_under(&self, version: &str, at: Timestamp) -> Result<&Terms, Error> {
        let variant = self.variants.iter().find(|it| it.has(version) && !self.has(version));
        variant.map_or(self, |variant| variant).terms(at)
    }

    /// The terms that govern what happened at `at` (article 11).
    ///
    /// # Errors
    /// [`Refusal::NoTerms`] before the first version: no terms, no service.
    pub fn terms(&self, at: Timestamp) -> Result<&Terms, Error> {
        self.editions.in_force(at).ok_or_else(|| Refusal::NoTerms.into())
    }

    /// What bounds every session at `at`: the terms' numbers, the calendar, the practice.
    ///
    /// # Errors
    /// As [`Office::terms`].
    pub fn bounds(&self, at: Timestamp) -> Result<Bounds<'_>, Error> {
        let rules = &self.terms(at)?.rules;
        Ok(Bounds { rules, calendar: &self.calendar, practice: &self.practice })
    }

    /// Whether everybody may cancel on the pages (article 2(4)): the terms in force at `at` say so,
    /// or the office goes beyond them.
    ///
    /// # Errors
    /// As [`Office::terms`].
    pub fn cancels_online(&self, at: Timestamp) -> Result<bool, Error> {
        Ok(self.practice.online_cancellation || self.terms(at)?.choices.cancels_online)
    }

    /// The text of a version in a reader's language, or in Japanese where the office has none in
    /// it, with the office's own words in its places.
    pub fn terms_text(&self, terms: &Terms, language: Language) -> Text {
        let text = terms.text(language);
        text.for_office(&self.words(Words::new(text.language)))
    }

    /// What fills the places of a terms text.
    fn words(&self, words: Words) -> OfficeWords {
        let (office, court) = (self.name.clone(), self.court.clone());
        OfficeWords { office, court, tool: self.tool(words) }
    }

    /// What the tool is called by which sessions are usually held.
    pub fn tool(&self, words: Words) -> String {
        self.tool_of(words, self.practice.meetings)
    }

    /// What the tool of a session that is held by this is called. The office's own name is that of
    /// what it usually uses.
    pub fn tool_of(&self, words: Words, channel: Channel) -> String {
        let own = self.practice.tool.clone().filter(|_| channel == self.practice.meetings);
        own.unwrap_or_else(|| match channel {
            Channel::Room => words.plain("common-tool-room"),
            Channel::Zoom | Channel::ByHand | Channel::Telephone => {
                words.plain("common-tool-by-hand")
            }
        })
    }
}

impl NewOffice {
    /// # Errors
    /// [`Refusal::Shape`].
    pub(super) fn check(&self) -> Result<(), Error> {
        let shaped = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let slug = (1..=40).contains(&self.slug.len()) && self.slug.chars().all(shaped);
        let named = !self.name.trim().is_empty() && !self.telephone.trim().is_empty();
        if slug && named && self.practice.check().is_ok() {
            Ok(())
        } else {
            Err(Refusal::Shape.into())
        }
    }
}
