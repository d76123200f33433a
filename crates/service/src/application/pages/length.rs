//! How long the session is to be (article 2(1)).

use askama::Template;
use axum::response::Response;
use rules::schedule::{SlotRefusal, check_length};
use unicode_normalization::UnicodeNormalization;

use super::frame::Frame;
use super::sentence::slot_sentence;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::Markup;

pub(super) const FIELDS: [&str; 1] = ["minutes"];

#[derive(Template)]
#[template(path = "application/pages/length.html")]
struct LengthPage {
    page: Page,
    frame: Frame,
    lengths: Vec<Choice>,
    chosen: String,
    /// That sessions with the supporter are all alike.
    supporter: Option<Markup>,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let around = (entry.page(), entry.frame(Step::Length, faults));
    show_lengths(around, &entry.sheet()?, &entry.draft)
}

/// Shows every possible length.
pub(crate) fn show_lengths(
    (page, frame): (Page, Frame),
    sheet: &Sheet<'_>,
    draft: &Draft,
) -> Result<Response, Error> {
    let words = sheet.words;
    let label = |minutes: &u16| words.t1("application-minutes", "minutes", minutes);
    let choice = |minutes: u16| Choice::new(minutes.to_string(), label(&minutes));
    let (rules, practice) = (sheet.bounds.rules, sheet.bounds.practice);
    let lengths = rules.shortest_minutes..=rules.longest_minutes;
    let all = sheet.kind.minutes(practice);
    show_page(&LengthPage {
        page,
        frame,
        lengths: lengths
            .filter(|minutes| check_length(*minutes, &sheet.bounds).is_ok())
            .filter(|minutes| sheet.kind.check_minutes(*minutes, practice).is_ok())
            .map(choice)
            .collect(),
        chosen: match (draft.get("minutes"), all) {
            ("", Some(all)) => all.to_string(),
            (typed, _) => typed.to_owned(),
        },
        supporter: all.map(|all| words.t1("application-length-supporter", "minutes", all)),
    })
}

/// The length in minutes.
pub(crate) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<u16, Faults> {
    let typed: String = draft.get("minutes").trim().nfkc().take(10).collect();
    let mut faults = Faults::none();
    if typed.is_empty() {
        faults.add("minutes", sheet.words.t("application-length-fault"));
        return Err(faults);
    }
    let minutes = typed.parse::<u16>().map_err(|_| SlotRefusal::NotATime);
    let checked = minutes.and_then(|minutes| {
        check_length(minutes, &sheet.bounds)?;
        Ok(minutes)
    });
    let practice = sheet.bounds.practice;
    match checked {
        Ok(minutes) if sheet.kind.check_minutes(minutes, practice).is_ok() => return Ok(minutes),
        Ok(_) => {
            let all = sheet.kind.minutes(practice).unwrap_or_default();
            let sentence = sheet.words.t1("application-length-supporter", "minutes", all);
            faults.add("minutes", sentence);
        }
        Err(refusal) => {
            faults.add("minutes", slot_sentence(sheet.words, refusal, &sheet.bounds));
        }
    }
    Err(faults)
}
