//! The search box of the top bar and of the telephone desk.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;

use super::admit;
use crate::appointment::{self, Found};
use crate::error::Error;
use crate::web::{Clerk, Form, Page, show};

/// More than any name, number, address or alias; what is longer finds nothing.
const ASKED_AT_MOST: usize = 300;

#[derive(Template)]
#[template(path = "appointment/pages/finding.html")]
struct FindingPage {
    page: Page,
    asked: String,
    found: Vec<Found>,
    for_calls: bool,
    by_name: bool,
    now: Timestamp,
}

impl FindingPage {
    fn address(&self, found: &Found) -> String {
        address(found, self.for_calls)
    }
}

/// `POST /desk/find`: by number, name, e-mail address, alias or receipt. One hit is opened at once.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn post(clerk: Clerk, form: Form) -> Result<Response, Error> {
    let rights = admit(&clerk)?;
    let context = clerk.context();
    let now = context.now;
    let asked: String = form.get("q").chars().take(ASKED_AT_MOST).collect();
    let typed = asked.clone();
    let read = clerk.guest.app.store.read(move |tx| match rights.names {
        true => appointment::find(tx, &context, &typed),
        false => appointment::find_session_by_alias(tx, &context, &typed),
    });
    let found = read.await?;
    let for_calls = rights.calls && form.get("to") == "calls";
    if let [only] = &found[..] {
        return Ok(Redirect::to(&address(only, for_calls)).into_response());
    }
    let by_name = rights.names;
    show(&FindingPage { page: clerk.page(), asked, found, for_calls, by_name, now })
}

fn address(found: &Found, for_calls: bool) -> String {
    let id = found.application;
    match (for_calls, &found.session) {
        (true, _) => format!("/desk/calls/{id}"),
        (false, Some(_)) => format!("/desk/sessions/{id}"),
        (false, None) => format!("/desk/applications/{id}"),
    }
}
