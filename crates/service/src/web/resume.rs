//! What was typed at the desk is not lost when the session ended meanwhile: the answer is a page
//! to sign in on which the posted fields wait, hidden, and after signing in with the same account
//! they are shown again to be sent. Nothing of it is stored.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rules::people::Language;

use super::assets;
use super::error::show;
use super::form::{FORM_AT_MOST, Form};
use super::page::Page;
use super::request::{Browser, Guest, STAFF, token_in};
use crate::app::App;
use crate::error::Error;
use crate::people::{self, sign_in};
use crate::words::Words;

/// Where somebody who is not signed in is sent.
const SIGN_IN: &str = "/desk/sign-in";
/// Fields that mean nothing to a reader.
const OURS: [&str; 7] = ["csrf", "key", "sequence", "back", "day", "to", "terms_version"];

/// A form that waits to be sent. Holds personal data: no `Debug`.
pub struct Waiting {
    /// Where it goes.
    pub path: String,
    /// Its fields, as a browser sends them.
    pub body: String,
}

impl Waiting {
    /// The form that waits within another one.
    pub fn of(form: &Form) -> Option<Self> {
        let (path, body) = (form.get("waiting_path"), form.get("waiting_body"));
        is_of_the_desk(path).then(|| Self { path: path.to_owned(), body: body.to_owned() })
    }

    fn fields(&self) -> Vec<(String, String)> {
        serde_urlencoded::from_str(&self.body).unwrap_or_default()
    }
}

/// Whether forms of the desk go there, other than those of signing in and out.
fn is_of_the_desk(path: &str) -> bool {
    path.starts_with("/desk/") && !path.starts_with("/desk/sign-")
}

/// Keeps the fields of a form of the desk whose sender is not signed in any more.
pub(super) async fn keep_typed(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("", |it| it.as_str()).to_owned();
    if request.method() != Method::POST || !is_of_the_desk(&path) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(octets) = to_bytes(body, FORM_AT_MOST).await else {
        return Error::TooLarge.into_response();
    };
    let browser = parts.extensions.get::<Browser>().cloned();
    let jar = axum_extra::extract::cookie::CookieJar::from_headers(&parts.headers);
    let had_session = token_in(&app.site, &jar, STAFF).is_some();
    let mut again = Request::new(Body::empty());
    *again.extensions_mut() = parts.extensions.clone();
    *again.headers_mut() = parts.headers.clone();
    let answer = next.run(Request::from_parts(parts, Body::from(octets.clone()))).await;
    let is_sent_away = answer.headers().get(header::LOCATION).is_some_and(|it| it == SIGN_IN);
    let Some(browser) = browser.filter(|_| is_sent_away && had_session) else { return answer };
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&octets).unwrap_or_default();
    let token = fields.iter().find(|(name, _)| name == "csrf").map_or("", |(_, token)| token);
    if !browser.accepts(&app.keys, token) {
        return answer;
    }
    let waiting = Waiting { path, body: String::from_utf8_lossy(&octets).into_owned() };
    asked_to_sign_in(&app, again, waiting).await.unwrap_or(answer)
}

async fn asked_to_sign_in(app: &App, request: Request, waiting: Waiting) -> Option<Response> {
    use axum::extract::FromRequestParts as _;
    let (mut parts, _) = request.into_parts();
    let guest = Guest::from_request_parts(&mut parts, app).await.ok()?;
    let shown = sign_in::ask_again(&guest, waiting).ok()?;
    let mut answer = (StatusCode::UNAUTHORIZED, shown).into_response();
    // RFC 9110, 15.5.2 wants a challenge; no browser has a dialogue of its own for this one.
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Form"));
    Some(answer)
}

#[derive(Template)]
#[template(path = "web/resume.html")]
struct ResumePage {
    page: Page,
    path: String,
    fields: Vec<(String, String)>,
}

impl ResumePage {
    /// What a person typed or chose, without what the page itself sends along.
    fn typed(&self) -> Vec<&str> {
        let own = |name: &String| OURS.contains(&name.as_str());
        let typed = self.fields.iter().filter(|(name, value)| !own(name) && !value.is_empty());
        typed.map(|(_, value)| value.as_str()).collect()
    }
}

/// After signing in: the form that waited, to be looked at and sent; none when another account
/// signed in, which has no business with it.
///
/// # Errors
/// Faults of the store or of the template.
pub async fn waiting_form(
    guest: &Guest,
    form: &Form,
    member: i64,
) -> Result<Option<Response>, Error> {
    let Some(waiting) = Waiting::of(form) else { return Ok(None) };
    let Some(token) = token_in(&guest.app.site, &guest.jar, STAFF) else { return Ok(None) };
    let digest = token.digest();
    let read = guest.app.store.read(move |tx| people::whose(tx, digest.as_str()));
    if read.await? != Some(member) {
        return Ok(None);
    }
    let mut page = guest.page();
    page.words = Words::new(Language::Japanese);
    page.style = assets::desk_style_url();
    let mut fields = waiting.fields();
    fields.retain(|(name, _)| name != "csrf");
    show(&ResumePage { page, path: waiting.path, fields }).map(Some)
}
