//! Why the person wants to be counselled from home, and what would help (article 1(3)).

use askama::Template;
use axum::response::Response;
use rules::application::{Interpreter, Kind, Support};
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
use crate::words::{Markup, Words, key};

pub(super) const FIELDS: [&str; 4] = ["reasons", "supports", "interpreter", "care_words"];

#[derive(Template)]
#[template(path = "application/pages/reasons.html")]
struct ReasonsPage {
    page: Page,
    frame: Frame,
    draft: Draft,
    reasons: Vec<Choice>,
    supports: Vec<Choice>,
    languages: Vec<Choice>,
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
        languages: languages(words),
        words_at_most: NOTE_AT_MOST,
    })
}

/// What is applied for, as far as it is chosen yet.
pub(super) fn kind(draft: &Draft) -> Kind {
    Kind::wished(&supports(draft))
}

fn supports(draft: &Draft) -> Vec<Support> {
    Support::ALL.into_iter().filter(|it| has(draft, "supports", it.code())).collect()
}

/// The languages of interpreters, after one that is none.
fn languages(words: Words) -> Vec<Choice> {
    let none = Choice::new("", words.t("application-interpreter-none"));
    let choice = |spoken: Interpreter| Choice::new(spoken.code(), interpreter_name(words, spoken));
    std::iter::once(none).chain(Interpreter::ALL.map(choice)).collect()
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
    let supports = supports(draft);
    let interpreter = Interpreter::parse(draft.get("interpreter"))
        .filter(|_| supports.contains(&Support::Interpreter));
    if supports.contains(&Support::Interpreter) && interpreter.is_none() {
        faults.add("interpreter", sheet.words.t("application-interpreter-fault"));
    }
    let written = FreeText::parse(draft.get("care_words"), NOTE_AT_MOST);
    if let Err(refusal) = &written {
        faults.add("care_words", text_sentence(sheet.words, *refusal, NOTE_AT_MOST));
    }
    match written {
        Ok(written) if faults.is_empty() => {
            let words = Some(written).filter(|it| !it.is_empty());
            Ok(Care { reasons, supports, interpreter, words })
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

/// A language by its name in the reader's, and by its own.
pub(super) fn interpreter_name(words: Words, spoken: Interpreter) -> Markup {
    let name = words.t(interpreter_key(spoken));
    Markup::of_safe_html(format!("{name}（{}）", Markup::of_text(spoken.own_name())))
}

fn interpreter_key(spoken: Interpreter) -> &'static str {
    match spoken {
        Interpreter::English => key!("application-interpreter-en"),
        Interpreter::Chinese => key!("application-interpreter-zh"),
        Interpreter::Portuguese => key!("application-interpreter-pt"),
        Interpreter::Spanish => key!("application-interpreter-es"),
        Interpreter::Tagalog => key!("application-interpreter-tl"),
        Interpreter::Vietnamese => key!("application-interpreter-vi"),
        Interpreter::Nepali => key!("application-interpreter-ne"),
        Interpreter::Korean => key!("application-interpreter-ko"),
        Interpreter::Indonesian => key!("application-interpreter-id"),
        Interpreter::Thai => key!("application-interpreter-th"),
        Interpreter::Khmer => key!("application-interpreter-km"),
        Interpreter::Burmese => key!("application-interpreter-my"),
        Interpreter::Mongolian => key!("application-interpreter-mn"),
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
