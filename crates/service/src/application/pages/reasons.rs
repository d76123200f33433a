//! Why the person wants to be counselled from home, and what would help (article 1(3)).

use askama::Template;
use axum::response::Response;
use rules::application::Support;
use rules::people::FreeText;
use rules::terms::eligibility::{Condition, NeedReason};

use super::frame::Frame;
use super::sentence::text_sentence;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::draft::Draft;
use crate::application::{Care, NOTE_AT_MOST};
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::{Markup, key};

pub(super) const FIELDS: [&str; 3] = ["reasons", "supports", "care_words"];

#[derive(Template)]
#[template(path = "application/pages/reasons.html")]
struct ReasonsPage {
    page: Page,
    frame: Frame,
    draft: Draft,
    reasons: Vec<Choice>,
    supports: Vec<Choice>,
    words_at_most: usize,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let words = entry.guest.words;
    let support = |support: Support| {
        let hint = support_hint(support).map_or_else(Markup::default, |key| words.t(key));
        Choice::new(support.code(), words.t(support_key(support))).with_hint(hint)
    };
    let reason = |reason: NeedReason| Choice::new(reason.code(), words.t(reason_key(reason)));
    show_page(&ReasonsPage {
        page: entry.page(),
        frame: entry.frame(Step::Reasons, faults),
        draft: entry.draft.clone(),
        reasons: NeedReason::ALL.map(reason).to_vec(),
        supports: Support::ALL.map(support).to_vec(),
        words_at_most: NOTE_AT_MOST,
    })
}

/// At least one reason by code, where need is a condition of use (article 1(3)); support and words
/// are free. Nothing has to be proved, and an unknown code is passed over, as it can only come from
/// a form that was tampered with.
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Care, Faults> {
    let mut faults = Faults::none();
    let reasons: Vec<NeedReason> =
        NeedReason::ALL.into_iter().filter(|it| has(draft, "reasons", it.code())).collect();
    let is_asked = sheet
        .office
        .terms(sheet.now)
        .is_ok_and(|terms| terms.choices.conditions.contains(&Condition::Need));
    if reasons.is_empty() && is_asked {
        faults.add("reasons", sheet.words.t("application-reasons-fault"));
    }
    let supports =
        Support::ALL.into_iter().filter(|it| has(draft, "supports", it.code())).collect();
    let written = FreeText::parse(draft.get("care_words"), NOTE_AT_MOST);
    if let Err(refusal) = &written {
        faults.add("care_words", text_sentence(sheet.words, *refusal, NOTE_AT_MOST));
    }
    match written {
        Ok(written) if faults.is_empty() => {
            Ok(Care { reasons, supports, words: Some(written).filter(|it| !it.is_empty()) })
        }
        _ => Err(faults),
    }
}

fn has(draft: &Draft, field: &str, code: &str) -> bool {
    draft.all(field).iter().any(|chosen| chosen == code)
}

/// The name of a reason.
pub(super) fn reason_key(reason: NeedReason) -> &'static str {
    match reason {
        NeedReason::Distance => key!("application-reason-distance"),
        NeedReason::Health => key!("application-reason-health"),
        NeedReason::Care => key!("application-reason-care"),
        NeedReason::WorkingHours => key!("application-reason-working-hours"),
        NeedReason::Infection => key!("application-reason-infection"),
        NeedReason::Other => key!("application-reason-other"),
    }
}

/// The name of a kind of support.
pub(super) fn support_key(support: Support) -> &'static str {
    match support {
        Support::Captions => key!("application-support-captions"),
        Support::WrittenChat => key!("application-support-written-chat"),
        Support::SignLanguage => key!("application-support-sign-language"),
        Support::Interpreter => key!("application-support-interpreter"),
        Support::Companion => key!("application-support-companion"),
        Support::PlainSpeech => key!("application-support-plain-speech"),
        Support::Breaks => key!("application-support-breaks"),
        Support::NoTelephone => key!("application-support-no-telephone"),
        Support::RareDiseaseSupporter => key!("application-support-rare-disease"),
    }
}

fn support_hint(support: Support) -> Option<&'static str> {
    match support {
        Support::NoTelephone => Some(key!("application-support-no-telephone-hint")),
        Support::RareDiseaseSupporter => Some(key!("application-support-rare-disease-hint")),
        Support::Interpreter => Some(key!("application-support-interpreter-hint")),
        _ => None,
    }
}
