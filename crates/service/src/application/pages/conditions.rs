//! Who may use the service, the terms of use, and consent (article 1; opening words).

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::terms::eligibility::Condition;
use rules::terms::{ConsentMoment, Terms, Text};

use super::frame::Frame;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::draft::Draft;
use crate::error::{Error, Refusal};
use crate::schedule::groups::Shown;
use crate::terms::{Version, version};
use crate::web::fields::Faults;
use crate::web::{Page, show as show_page};
use crate::words::{Markup, Words};

/// Consent, and the version that stood beside it.
pub(super) const FIELDS: [&str; 2] = ["consent", "version"];

#[derive(Template)]
#[template(path = "application/pages/conditions.html")]
struct ConditionsPage {
    page: Page,
    frame: Frame,
    version: Version,
    text: Text,
    /// The conditions of use, in the version's order (article 1).
    conditions: Vec<Markup>,
    /// Whether agreeing is ticked; else who applies has agreed, and is told so.
    is_ticked: bool,
    has_consent: bool,
    /// The group session that is asked for: others take part.
    group: Option<Shown>,
    tool: String,
    /// Where the terms of the tool's maker stand, and of which day (article 5(3)).
    tool_terms: Option<String>,
    tool_terms_as_of: Option<Date>,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let terms = entry.office.terms(entry.context.now)?;
    let words = entry.guest.words;
    let version = version(words, terms);
    let tool = entry.office.tool(words);
    let has_consent = !entry.draft.get("consent").is_empty()
        && entry.draft.get("version") == terms.version.to_string();
    show_page(&ConditionsPage {
        page: entry.page(),
        frame: entry.frame(Step::Conditions, faults),
        version,
        text: entry.office.terms_text(terms, words.language()),
        conditions: terms
            .choices
            .conditions
            .iter()
            .map(|condition| condition_words(words, *condition, &tool))
            .collect(),
        is_ticked: is_ticked(terms),
        has_consent,
        group: entry.group_shown()?,
        tool,
        tool_terms: entry.office.practice.tool_terms.clone(),
        tool_terms_as_of: entry.office.practice.tool_terms_as_of,
    })
}

/// Whether agreeing is an act of its own when applying. Where consent is deemed on use it is too,
/// since article 1 permits use to those who agreed.
fn is_ticked(terms: &Terms) -> bool {
    terms.choices.consent != ConsentMoment::Application
}

fn condition_words(words: Words, condition: Condition, tool: &str) -> Markup {
    match condition {
        Condition::Registered => words.t("application-conditions-registered"),
        Condition::Environment => {
            words.t1("application-conditions-environment", "tool", tool.to_owned())
        }
        Condition::Need => words.t("application-conditions-need"),
        Condition::CleanHistory => words.t("application-conditions-clean-history"),
    }
}

/// The version that the person agreed to: the one in force, ticked by themselves where that is
/// asked for (article 1, opening words; article 11 for a version that changed meanwhile).
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<String, Faults> {
    let mut faults = Faults::none();
    let version = draft.get("version");
    let in_force = sheet.office.terms(sheet.now).ok();
    if draft.get("consent").is_empty() && in_force.is_none_or(is_ticked) {
        faults.add("consent", sheet.words.t("application-consent-fault"));
    } else if in_force.is_none_or(|terms| terms.version.to_string() != version) {
        faults.add("consent", sheet.words.t(Refusal::ConsentMissing.key()));
    }
    if faults.is_empty() { Ok(version.to_owned()) } else { Err(faults) }
}
