//! Opening the link of a letter. Scanners of mail open links too, so nothing happens until the
//! person presses the button, and nothing private is shown before.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

use crate::application::store;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::web::request::{VISIT, cookie};
use crate::web::{Form, Guest, Page, show};

#[derive(Template)]
#[template(path = "application/status/link.html")]
struct LinkPage {
    page: Page,
    action: String,
}

/// The page before the exchange: the same for every link that works.
///
/// # Errors
/// [`Refusal::LinkGone`] for a link that does not work (any more).
pub async fn get(guest: Guest, Path(link): Path<String>) -> Result<Response, Error> {
    let token = Token::parse(&link).ok_or(Refusal::LinkGone)?;
    let now = guest.app.clock.now();
    let known = guest.app.store.read(move |tx| store::by_link(tx, &token, now)).await?;
    if known.is_none() {
        return Err(Refusal::LinkGone.into());
    }
    let mut page = guest.page();
    // The links to other languages lead here again; nothing else on the page carries the address.
    page.path = format!("/link/{link}");
    show(&LinkPage { page, action: format!("/link/{link}") })
}

/// Exchanges the link for a visit, and leaves the address.
///
/// # Errors
/// [`Refusal::LinkGone`].
pub async fn exchange(
    guest: Guest,
    Path(link): Path<String>,
    _form: Form,
) -> Result<Response, Error> {
    let token = Token::parse(&link).ok_or(Refusal::LinkGone)?;
    let now = guest.app.clock.now();
    let exchanged =
        move |tx: &mut crate::store::Tx<'_>| crate::application::exchange(tx, &token, now);
    let visit = guest.app.store.write(exchanged).await?;
    let visit = cookie(&guest.app.site, VISIT, visit.reveal().to_string());
    Ok((guest.jar.add(visit), Redirect::to("/status")).into_response())
}
