//! Opening the link of a companion, an interpreter or a supporter: nothing happens until the button
//! is pressed, and nothing private is shown before.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

use super::join::TAKE_PART;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::session::participant;
use crate::web::request::{PARTICIPANT, cookie};
use crate::web::{Form, Guest, Page, show};

#[derive(Template)]
#[template(path = "application/status/link.html")]
struct LinkPage {
    page: Page,
    action: String,
}

/// `GET /take-part/link/{token}`: the page before the exchange.
///
/// # Errors
/// [`Refusal::LinkGone`] for a link that does not work (any more).
pub async fn get(guest: Guest, Path(link): Path<String>) -> Result<Response, Error> {
    let token = Token::parse(&link).ok_or(Refusal::LinkGone)?;
    guest.app.store.read(move |tx| participant(tx, &token)).await?;
    let mut page = guest.page();
    page.path = format!("{TAKE_PART}/link/{link}");
    show(&LinkPage { action: page.path.clone(), page })
}

/// Exchanges the link for a cookie, and leaves the address.
///
/// # Errors
/// [`Refusal::LinkGone`].
pub async fn post(guest: Guest, Path(link): Path<String>, _form: Form) -> Result<Response, Error> {
    let token = Token::parse(&link).ok_or(Refusal::LinkGone)?;
    let kept = cookie(&guest.app.site, PARTICIPANT, token.reveal().to_string());
    guest.app.store.read(move |tx| participant(tx, &token)).await?;
    Ok((guest.jar.add(kept), Redirect::to(TAKE_PART)).into_response())
}
