//! Staff sign in and out.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Language;

use crate::app::App;
use crate::error::Error;
use crate::people;
use crate::web::resume::{self, Waiting};
use crate::web::{self, Form, Guest, Page, assets, request};
use crate::words::Words;

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignIn<'a> {
    page: Page,
    login: &'a str,
    failed: bool,
    /// A form that was sent after the session had ended.
    waiting: Option<Waiting>,
}

/// Asks for login and password.
///
/// # Errors
/// A fault of the template.
pub async fn get(guest: Guest) -> Result<Response, Error> {
    web::show(&SignIn { page: page(&guest), login: "", failed: false, waiting: None })
}

/// Asks once more, because the session ended before a form was sent. The form waits in the page.
///
/// # Errors
/// A fault of the template.
pub(crate) fn ask_again(guest: &Guest, waiting: Waiting) -> Result<Response, Error> {
    web::show(&SignIn { page: page(guest), login: "", failed: false, waiting: Some(waiting) })
}

/// Begins a session. A wrong login, a wrong password and too many tries are answered alike, so
/// that nobody learns which logins there are.
///
/// # Errors
/// Faults of the store.
pub async fn post(guest: Guest, form: Form) -> Result<Response, Error> {
    let password = form.get("password").to_owned();
    let signed_in = people::sign_in(&guest.app, form.get("login"), password).await?;
    let Some(signed_in) = signed_in else {
        let (login, waiting) = (form.get("login"), Waiting::of(&form));
        let shown = web::show(&SignIn { page: page(&guest), login, failed: true, waiting })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let token = signed_in.token.reveal().to_string();
    let cookie = request::cookie(&guest.app.site, request::STAFF, token);
    let waiting = resume::waiting_form(&guest, &form, signed_in.member.id).await?;
    if let Some(shown) = waiting {
        return Ok((guest.jar.clone().add(cookie), shown).into_response());
    }
    Ok((guest.jar.clone().add(cookie), Redirect::to("/desk")).into_response())
}

/// Ends the session, in the store as well as in the browser.
///
/// # Errors
/// Faults of the store.
pub async fn leave(State(app): State<App>, guest: Guest, _form: Form) -> Result<Response, Error> {
    if let Some(token) = request::token_in(&app.site, &guest.jar, request::STAFF) {
        app.store.write(move |tx| people::sign_out(tx, token.digest().as_str())).await?;
    }
    let removed = guest.jar.add(request::removal(&app.site, request::STAFF));
    Ok((removed, Redirect::to("/desk/sign-in")).into_response())
}

/// The desk's frame, with nobody signed in.
fn page(guest: &Guest) -> Page {
    let mut page = guest.page();
    page.words = Words::new(Language::Japanese);
    page.style = assets::desk_style_url();
    page
}
