//! The office's window: who, when, at what cost, how it works, and where to begin.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;
use rules::application::answer_due;
use rules::terms::DaysCounted;
use rules::terms::suspension::Function;

use super::Office;
use crate::error::Error;
use crate::schedule::groups::{self, Shown};
use crate::terms::Coming;
use crate::web::{Guest, Page, show};
use crate::words::{Markup, Words, key};

#[derive(Template)]
#[template(path = "people/office_page.html")]
struct OfficePage {
    page: Page,
    office: Arc<Office>,
    windows: Markup,
    shortest: u16,
    longest: u16,
    opens: Markup,
    closes: Markup,
    answer_by: Markup,
    complete: &'static str,
    complete_days: u8,
    complete_until: Option<Markup>,
    half_hour: u16,
    /// Whether this browser has an application half filled in.
    has_draft: bool,
    /// Group sessions that may be applied for; none while they are stopped.
    groups: Vec<Shown>,
    /// Whether nobody can apply at present (article 10(1)): the banner says so.
    /// A version of the terms that takes effect soon (article 11).
    coming: Option<Coming>,
    /// For whom its terms are, if it has several: code and title.
    audiences: Vec<(String, Markup)>,
    is_stopped: bool,
}

#[derive(Template)]
#[template(path = "people/office_list.html")]
struct OfficeList {
    page: Page,
    offices: Vec<(String, String)>,
}

/// The only office's page, or the list of offices.
///
/// # Errors
/// Faults of the store; a refusal while the only office has no terms in force.
pub async fn first(guest: Guest) -> Result<Response, Error> {
    let offices = guest.app.store.read(super::offices).await?;
    match offices.as_slice() {
        [(slug, _)] => page(&guest, slug).await,
        _ => show(&OfficeList { page: guest.page(), offices }),
    }
}

/// An office's page.
///
/// # Errors
/// [`Error::Missing`] for an unknown office; a refusal while it has no terms in force.
pub async fn get(guest: Guest, Path(slug): Path<String>) -> Result<Response, Error> {
    page(&guest, &slug).await
}

async fn page(guest: &Guest, slug: &str) -> Result<Response, Error> {
    let office = guest.app.office(slug).await?;
    let now = guest.app.clock.now();
    let words: Words = guest.words;
    let bounds = office.bounds(now)?;
    let practice = &office.practice;
    let due = answer_due(now, &office.calendar, practice);
    let context = guest.context(&office);
    let on_offer = match super::stops::is_stopped(&office, Function::Group, now) {
        true => Vec::new(),
        false => {
            let within = context.clone();
            guest.app.store.read(move |tx| groups::on_offer(tx, &within)).await?
        }
    };
    let shown = on_offer.iter().map(|group| Shown::of(words, &context, group));
    show(&OfficePage {
        page: guest.page_of(&office),
        windows: words.windows(&bounds.rules.windows),
        shortest: bounds.rules.shortest_minutes,
        longest: bounds.rules.longest_minutes,
        opens: words.time(practice.counter_opens),
        closes: words.time(practice.counter_closes),
        answer_by: words.moment(due),
        complete: match bounds.rules.days_counted {
            DaysCounted::Calendar => key!("office-complete-before"),
            DaysCounted::Working => key!("office-complete-before-working"),
        },
        complete_days: bounds.rules.complete_days_before,
        complete_until: bounds
            .rules
            .complete_until
            .map(|until| words.t1("office-complete-until", "time", words.time(until))),
        half_hour: rules::people::METERED_MINUTES,
        has_draft: crate::application::has_draft(guest, &office).await?,
        coming: Coming::of(&office, now, None),
        audiences: audiences(&office, words, now),
        groups: shown.collect::<Result<_, _>>()?,
        is_stopped: super::stops::is_stopped(&office, Function::Apply, now),
        office: Arc::clone(&office),
    })
}

fn audiences(office: &Office, words: Words, now: Timestamp) -> Vec<(String, Markup)> {
    let each = office
        .audiences(now)
        .map(|(within, terms)| (terms.audience.as_str().to_owned(), within.title(terms, words)));
    let all: Vec<_> = each.collect();
    if all.len() > 1 { all } else { Vec::new() }
}
