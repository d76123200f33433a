//! Name and 求職番号 (article 2(1)).

use askama::Template;
use axum::response::Response;
use rules::people::{JobseekerNumber, Kana, LegalName, NumberRefusal};

use super::frame::Frame;
use super::sentence::name_sentence;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::{Markup, Words, key};

pub(super) const FIELDS: [&str; 4] = ["name", "kana", "number", "number_confirmed"];

/// Who applies.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) name: LegalName,
    pub(super) kana: Option<Kana>,
    pub(super) number: JobseekerNumber,
}

#[derive(Template)]
#[template(path = "application/pages/identity.html")]
struct IdentityPage {
    page: Page,
    frame: Frame,
    draft: Draft,
    /// The number as it was split, when the person is asked whether it is right.
    confirm: Vec<Choice>,
    tool: String,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let words = entry.guest.words;
    let number = JobseekerNumber::parse(entry.draft.get("number")).ok();
    let confirm = number.filter(JobseekerNumber::is_short).map(|number| {
        let label = words.t1("application-number-confirm", "number", number.dashed());
        Choice::new(number.dashed(), label)
    });
    show_page(&IdentityPage {
        page: entry.page(),
        frame: entry.frame(Step::Identity, faults),
        draft: entry.draft.clone(),
        confirm: confirm.into_iter().collect(),
        tool: entry.sheet()?.tool(),
    })
}

/// Name, reading and number. A number that is shorter than on any card has to be confirmed.
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Identity, Faults> {
    let words = sheet.words;
    let mut faults = Faults::none();
    let name = LegalName::parse(draft.get("name"));
    if let Err(refusal) = &name {
        faults.add("name", name_sentence(words, *refusal));
    }
    let typed = draft.get("kana").trim();
    let kana = (!typed.is_empty()).then(|| Kana::parse(typed)).transpose();
    if let Err(refusal) = &kana {
        faults.add("kana", name_sentence(words, *refusal));
    }
    let number = JobseekerNumber::parse(draft.get("number"));
    match &number {
        Err(refusal) => faults.add("number", number_sentence(words, *refusal)),
        Ok(number) if number.is_short() && draft.get("number_confirmed") != number.dashed() => {
            let ask = words.t1("application-number-short", "number", number.dashed());
            faults.add("number_confirmed", ask);
        }
        Ok(_) => {}
    }
    match (name, kana, number) {
        (Ok(name), Ok(kana), Ok(number)) if faults.is_empty() => {
            Ok(Identity { name, kana, number })
        }
        _ => Err(faults),
    }
}

fn number_sentence(words: Words, refusal: NumberRefusal) -> Markup {
    words.t(match refusal {
        NumberRefusal::Empty => key!("application-number-empty"),
        NumberRefusal::TooLong => key!("application-number-too-long"),
        NumberRefusal::NotDigits => key!("application-number-not-digits"),
        NumberRefusal::Incomplete => key!("application-number-incomplete"),
        NumberRefusal::MisplacedDash => key!("application-number-misplaced-dash"),
        NumberRefusal::LooksLikeEstablishmentNumber => key!("application-number-establishment"),
        NumberRefusal::LooksLikeJobOfferNumber => key!("application-number-job-offer"),
    })
}
