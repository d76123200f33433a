//! Opening the link of a letter. Scanners of mail open links too, so nothing happens until the
//! person presses the button, and nothing private is shown before.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::Context;
use crate::application::{self, store};
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::store::Tx;
use crate::web::request::{VISIT, cookie, language_cookie};
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

/// Exchanges the link for a visit, and leaves the address. The pages are in the language that the
/// person chose for them when applying, unless another was chosen in this browser.
///
/// # Errors
/// [`Refusal::LinkGone`].
pub async fn exchange(
    guest: Guest,
    Path(link): Path<String>,
    _form: Form,
) -> Result<Response, Error> {
    let token = Token::parse(&link).ok_or(Refusal::LinkGone)?;
    let (app, now) = (guest.app.clone(), guest.app.clock.now());
    let exchanged = move |tx: &mut Tx<'_>| {
        let token = application::exchange(tx, &token, now)?;
        let visit = application::visit(tx, &token, now)?;
        let context = Context { now, ..app.context(app.office_of(tx, visit.office)?) };
        let language = application::load(tx, &context, visit.application)?.language;
        Ok::<_, Error>((token, language))
    };
    let (visit, language) = guest.app.store.write(exchanged).await?;
    let (site, keeps) = (&guest.app.site, guest.has_chosen_language());
    let mut jar = guest.jar.clone().add(cookie(site, VISIT, visit.reveal().to_string()));
    if !keeps {
        jar = jar.add(language_cookie(site, language));
    }
    Ok((jar, Redirect::to("/status")).into_response())
}
