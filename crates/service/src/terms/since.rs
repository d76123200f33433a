//! What changed since a person's last consent: in the office's terms (article 11) and in those of
//! the tool's maker (article 5(3)).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::schedule::TOKYO;
use rules::terms::Terms;
use rules::terms::amendment::{Consent, ToolTerms, needs_new_consent, needs_new_tool_consent};

use super::{articles_of, shared_language};
use crate::error::Error;
use crate::people::Office;
use crate::words::{Markup, Words};

/// What a page tells of the terms to somebody who consented before.
#[derive(Clone, Debug)]
pub(crate) struct Since {
    /// The version in force.
    pub(crate) version: String,
    /// Whether the consent on record is to another version, or there is none.
    pub(crate) is_new: bool,
    /// The articles that say otherwise since.
    pub(crate) articles: Vec<Markup>,
    /// Where the terms stand, or what changed in them.
    pub(crate) address: String,
    /// The terms of the tool's maker, where the office designates them.
    pub(crate) tool: Option<ToolTerms>,
    /// Whether the consent on record is to another edition of those.
    pub(crate) tool_is_new: bool,
}

impl Since {
    /// # Errors
    /// [`crate::error::Refusal::NoTerms`].
    pub(crate) fn of(
        words: Words,
        (office, now): (&Office, Timestamp),
        consent: Option<&Consent>,
    ) -> Result<Self, Error> {
        let terms = office.terms(now)?;
        let is_new = needs_new_consent(consent, terms);
        let consented = consent.filter(|_| is_new);
        let earlier = consented.and_then(|consent| office.editions.named(&consent.version));
        let tool = office.practice.tool_edition();
        let base = format!("/offices/{}/terms", office.slug);
        Ok(Self {
            version: terms.version.to_string(),
            is_new,
            articles: earlier.map(|it| changed(words, office, it, terms)).unwrap_or_default(),
            address: match earlier {
                Some(earlier) => format!("{base}/{}/since/{}", terms.version, earlier.version),
                None => base,
            },
            tool_is_new: needs_new_tool_consent(consent, tool.as_ref()),
            tool,
        })
    }

    /// What a form sends back, so that consent is to what was shown.
    pub(crate) fn tool_shown(&self) -> String {
        tool_shown(self.tool.as_ref())
    }
}

/// The mark of an edition of the maker's terms in a form.
pub(crate) fn tool_shown(tool: Option<&ToolTerms>) -> String {
    let day = tool.and_then(|it| it.as_of).map(|day| day.to_string()).unwrap_or_default();
    tool.map(|it| format!("{day} {}", it.address)).unwrap_or_default()
}

/// In which articles the terms say otherwise than those that were consented to.
fn changed(words: Words, office: &Office, earlier: &Terms, now: &Terms) -> Vec<Markup> {
    let language = shared_language(words.language(), earlier, now);
    articles_of(&office.terms_text(earlier, language), &office.terms_text(now, language))
}

/// A version that takes effect later: users are told beforehand (article 11; 民法548条の4).
#[derive(Clone, Debug)]
pub(crate) struct Coming {
    /// The day from which it is in force.
    pub(crate) from: Date,
    /// Where it stands beside what it says otherwise.
    pub(crate) address: String,
}

impl Coming {
    /// The next version of the office's terms: once its day is as near as the office tells of it,
    /// or for somebody whose session lies on or after that day, at once.
    pub(crate) fn of(office: &Office, now: Timestamp, session: Option<Date>) -> Option<Self> {
        let (in_force, coming) = (office.editions.in_force(now)?, office.editions.coming(now)?);
        let from = coming.effective_from;
        let today = TOKYO.to_datetime(now).date();
        let ahead = i64::from(office.practice.terms_told_days_ahead).days();
        let is_near = today.saturating_add(ahead) >= from;
        let is_theirs = session.is_some_and(|day| day >= from);
        let (slug, later, earlier) = (&office.slug, &coming.version, &in_force.version);
        let address = format!("/offices/{slug}/terms/{later}/since/{earlier}");
        (is_near || is_theirs).then_some(Self { from, address })
    }
}
