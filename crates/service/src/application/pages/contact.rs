//! How the office reaches the person, in which language, and about what (article 2(1) and 2(2)).

use askama::Template;
use axum::response::Response;
use rules::people::{ContactRefusal, Email, FreeText, Language, Telephone};

use super::frame::Frame;
use super::sentence::text_sentence;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::NOTE_AT_MOST;
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::{Markup, Words, key};

pub(super) const FIELDS: [&str; 4] = ["telephone", "email", "language", "note"];

/// How the person is reached.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) telephone: Option<Telephone>,
    pub(super) email: Option<Email>,
    pub(super) language: Language,
    pub(super) note: Option<FreeText>,
}

#[derive(Template)]
#[template(path = "application/pages/contact.html")]
struct ContactPage {
    page: Page,
    frame: Frame,
    draft: Draft,
    languages: Vec<Choice>,
    language: String,
    note_at_most: usize,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let words = entry.guest.words;
    let chosen = Language::parse(entry.draft.get("language")).unwrap_or(words.language());
    let choice = |language: Language| Choice::new(language.code(), language_name(words, language));
    show_page(&ContactPage {
        page: entry.page(),
        frame: entry.frame(Step::Contact, faults),
        draft: entry.draft.clone(),
        languages: Language::ALL.map(choice).to_vec(),
        language: chosen.code().to_owned(),
        note_at_most: NOTE_AT_MOST,
    })
}

/// The name of a language, in that language and marked as such (WCAG 3.1.2).
pub(super) fn language_name(words: Words, language: Language) -> Markup {
    let name = words.t(match language {
        Language::Japanese => key!("common-language-japanese"),
        Language::EasyJapanese => key!("common-language-easy"),
        Language::English => key!("common-language-english"),
    });
    let lang = Words::new(language).html_lang();
    Markup::of_safe_html(format!("<span lang=\"{lang}\">{name}</span>"))
}

/// Telephone or e-mail address, at least one of them: the office owes an answer (article 2(2)).
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Contact, Faults> {
    let words = sheet.words;
    let mut faults = Faults::none();
    let given = |field: &str| Some(draft.get(field).trim().to_owned()).filter(|it| !it.is_empty());
    let (telephone, email) = (given("telephone"), given("email"));
    if telephone.is_none() && email.is_none() {
        faults.add("telephone", words.t("application-contact-none"));
    }
    let telephone = telephone.as_deref().map(Telephone::parse).transpose();
    if let Err(refusal) = &telephone {
        faults.add("telephone", telephone_sentence(words, *refusal));
    }
    let email = email.as_deref().map(Email::parse).transpose();
    if let Err(refusal) = &email {
        faults.add("email", email_sentence(words, *refusal));
    }
    let language = Language::parse(draft.get("language"));
    if language.is_none() {
        faults.add("language", words.t("application-language-fault"));
    }
    let note = FreeText::parse(draft.get("note"), NOTE_AT_MOST);
    if let Err(refusal) = &note {
        faults.add("note", text_sentence(words, *refusal, NOTE_AT_MOST));
    }
    match (telephone, email, language, note) {
        (Ok(telephone), Ok(email), Some(language), Ok(note)) if faults.is_empty() => {
            let note = Some(note).filter(|note| !note.is_empty());
            Ok(Contact { telephone, email, language, note })
        }
        _ => Err(faults),
    }
}

fn telephone_sentence(words: Words, refusal: ContactRefusal) -> Markup {
    words.t(match refusal {
        ContactRefusal::NoAreaCode => key!("application-telephone-area-code"),
        ContactRefusal::TooFewDigits => key!("application-telephone-few"),
        ContactRefusal::TooManyDigits | ContactRefusal::TooLong => {
            key!("application-telephone-many")
        }
        _ => key!("application-telephone-digits"),
    })
}

fn email_sentence(words: Words, refusal: ContactRefusal) -> Markup {
    words.t(match refusal {
        ContactRefusal::TooLong => key!("application-email-long"),
        ContactRefusal::Space | ContactRefusal::Control => key!("application-email-space"),
        ContactRefusal::NotAscii => key!("application-email-ascii"),
        ContactRefusal::AtSign => key!("application-email-at"),
        ContactRefusal::MisplacedDot => key!("application-email-dot"),
        _ => key!("application-email-form"),
    })
}
