//! The wished times of an application (article 2(1)): the list, and choosing one.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use rules::schedule::Slot;

use super::frame::Frame;
use super::step::Step;
use super::wish_board::{self, Place};
use super::{Entry, Sheet, address, length, refused};
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::Faults;
use crate::web::{Form, LongForm};
use crate::words::key;

/// The wishes, ranked.
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Vec<Slot>, Faults> {
    wish_board::read(sheet, draft)
}

/// The list; or, while there is nothing in it, the page to choose the first.
pub(super) async fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    if wish_board::is_empty(&entry.draft) && faults.is_empty() {
        let mark = if entry.is_change() { "?change=yes" } else { "" };
        let first = format!("{}/1{mark}", place(entry).path);
        return Ok(Redirect::to(&first).into_response());
    }
    let around = (entry.page(), entry.frame(Step::Wishes, faults));
    wish_board::show_list(around, &entry.sheet()?, &entry.draft, &place(entry))
}

/// Wishes for which nobody is free any more.
pub(super) async fn taken_meanwhile(entry: &Entry) -> Result<Faults, Error> {
    let sheet = entry.sheet()?;
    let Ok(wishes) = read(&sheet, &entry.draft) else { return Ok(Faults::none()) };
    let open = open_times(entry, &sheet).await?;
    Ok(wish_board::taken(&sheet, &wishes, &open))
}

/// The page to choose a time for one rank.
///
/// # Errors
/// [`Error::Missing`] for a rank that there is not.
pub async fn choose(
    entry: Entry,
    Path((_, rank)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let rank = rank_of(&entry, &rank)?;
    if let Some(elsewhere) = entry.not_yet(Step::Wishes)? {
        return Ok(elsewhere);
    }
    let from = query.get("from").and_then(|from| from.parse().ok());
    show_choice(&entry, rank, from, Faults::none()).await
}

/// Takes the chosen time.
///
/// # Errors
/// [`Error::Missing`] for a rank that there is not.
pub async fn propose(
    mut entry: Entry,
    Path((_, rank)): Path<(String, String)>,
    LongForm(form): LongForm,
) -> Result<Response, Error> {
    let rank = rank_of(&entry, &rank)?;
    if let Some(elsewhere) = entry.not_yet(Step::Wishes)? {
        return Ok(elsewhere);
    }
    let mut draft = entry.draft.clone();
    let sheet = entry.sheet()?;
    let open = open_times(&entry, &sheet).await?;
    let faults = wish_board::take(&sheet, &mut draft, rank, &form, &open);
    entry.draft = draft;
    entry.save().await?;
    if !faults.is_empty() {
        return Ok(refused(show_choice(&entry, rank, None, faults).await?));
    }
    to_list(&entry)
}

/// Takes a wish out of the list.
///
/// # Errors
/// Faults of the store.
pub async fn remove(mut entry: Entry, form: Form) -> Result<Response, Error> {
    wish_board::remove(&mut entry.draft, form.get("rank").parse().unwrap_or(0));
    entry.save().await?;
    to_list(&entry)
}

async fn show_choice(
    entry: &Entry,
    rank: usize,
    from: Option<Date>,
    faults: Faults,
) -> Result<Response, Error> {
    let sheet = entry.sheet()?;
    let open = open_times(entry, &sheet).await?;
    let words = sheet.words;
    let list = place(entry);
    let mark = if entry.is_change() { "?change=yes" } else { "" };
    let back = if wish_board::is_empty(&entry.draft) {
        address(&entry.office, Step::Length)
    } else {
        format!("{}{mark}", list.path)
    };
    let frame = Frame {
        title: words.plain1("application-wish-title", "rank", rank),
        heading: words.t1("application-wish-title", "rank", rank),
        back,
        action: format!("{}/{rank}{mark}", list.path),
        ..entry.frame(Step::Wishes, faults)
    };
    let around = (entry.page(), frame);
    wish_board::show_choice(around, &sheet, &entry.draft, (&list, rank, from), &open)
}

async fn open_times(entry: &Entry, sheet: &Sheet<'_>) -> Result<Vec<Slot>, Error> {
    match length::read(sheet, &entry.draft) {
        Ok(minutes) => {
            let asked = (sheet.kind, minutes);
            wish_board::open_times(&entry.guest.app, &entry.context, asked).await
        }
        Err(_) => Ok(Vec::new()),
    }
}

fn place(entry: &Entry) -> Place {
    Place {
        path: address(&entry.office, Step::Wishes),
        is_change: entry.is_change(),
        button: key!("common-next"),
        command_key: String::new(),
        length: None,
    }
}

fn to_list(entry: &Entry) -> Result<Response, Error> {
    let mark = if entry.is_change() { "?change=yes" } else { "" };
    Ok(Redirect::to(&format!("{}{mark}", place(entry).path)).into_response())
}

/// A rank that the office takes; [`Error::Missing`] for any other.
fn rank_of(entry: &Entry, typed: &str) -> Result<usize, Error> {
    let rank = typed.parse::<usize>().map_err(|_| Error::Missing)?;
    let at_most = usize::from(entry.office.practice.wishes_at_most);
    if (1..=at_most).contains(&rank) { Ok(rank) } else { Err(Error::Missing) }
}
