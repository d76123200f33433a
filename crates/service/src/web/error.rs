//! Errors become pages here, in the reader's language, and are logged here, once.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::page::Page;
use super::ways_on::{Asked, Way};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::secrets::random;
use crate::words::{Words, key};

/// A page as it is, or with the status that says: what was sent was not accepted.
pub fn with_status(is_refused: bool, shown: Response) -> Response {
    match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response(),
        false => shown,
    }
}

/// A page, or our own fault if it cannot be rendered.
///
/// # Errors
/// A fault of the template, which is a fault of ours.
pub fn show(template: &impl Template) -> Result<Response, Error> {
    let html = template.render().map_err(anyhow::Error::from)?;
    Ok(Html(html).into_response())
}

/// What the outer layer needs to know to write the error's page.
#[derive(Clone, Debug)]
struct Trouble {
    title: &'static str,
    body: &'static str,
    reference: Option<String>,
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    title: &'static str,
    body: &'static str,
    reference: Option<&'a str>,
    ways: Vec<Way>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if matches!(self, Self::SignInFirst) {
            return Redirect::to("/desk/sign-in").into_response();
        }
        let (status, title, body) = self.words();
        let reference = match &self {
            Self::Fault(fault) => {
                let reference = format!("{:04}-{:04}", random(10_000), random(10_000));
                tracing::error!(reference, error = format!("{fault:#}"), "a fault of ours");
                Some(reference)
            }
            _ => None,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Trouble { title, body, reference });
        response
    }
}

impl Error {
    /// Status, title and sentence.
    fn words(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Refused(Refusal::LinkGone) => (
                StatusCode::GONE,
                key!("errors-expired-link-title"),
                key!("errors-expired-link-body"),
            ),
            Self::Refused(Refusal::VisitOver) => {
                (StatusCode::GONE, key!("errors-visit-title"), key!("errors-visit-body"))
            }
            Self::Refused(refusal) => {
                (StatusCode::UNPROCESSABLE_ENTITY, title_of(refusal), refusal.key())
            }
            Self::Missing => {
                (StatusCode::NOT_FOUND, key!("errors-missing-title"), key!("errors-missing-body"))
            }
            Self::Forbidden | Self::SignInFirst => (
                StatusCode::FORBIDDEN,
                key!("errors-forbidden-title"),
                key!("errors-forbidden-body"),
            ),
            Self::StalePage => {
                (StatusCode::FORBIDDEN, key!("errors-stale-title"), key!("errors-stale-body"))
            }
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                key!("errors-too-large-title"),
                key!("errors-too-large-body"),
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                key!("errors-busy-title"),
                key!("errors-busy-body"),
            ),
            Self::Fault(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                key!("errors-fault-title"),
                key!("errors-fault-body"),
            ),
        }
    }
}

/// What a refusal is about: what was typed, a page that the world has overtaken, or an act that
/// is not open to this person.
fn title_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Course(_)
        | Refusal::SessionOver
        | Refusal::AlreadyUndone
        | Refusal::KeyReused
        | Refusal::ConsentMissing => key!("errors-stale-title"),
        Refusal::DraftGone => key!("application-gone-title"),
        Refusal::OnlyByTelephone | Refusal::NoTerms | Refusal::CallTheOffice => {
            key!("errors-method-title")
        }
        _ => key!("errors-unprocessable-title"),
    }
}

/// Gives every error its page, whoever made it: a verb, the router, a layer.
pub async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let words = request.extensions().get::<Words>().copied();
    let asked = Asked::of(&request);
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let trouble = response.extensions_mut().remove::<Trouble>();
    let is_page = response.headers().contains_key(header::CONTENT_TYPE) && trouble.is_none();
    if is_page && is_html(&response) {
        return response;
    }
    let Some(words) = words else { return response };
    let trouble = trouble.unwrap_or_else(|| of_status(status));
    let place = asked.place(&app).await;
    let mut page = Page::new(words, asked.address.clone());
    if let Some(office) = &place.office {
        page = page.of_office(office);
    }
    page.clock_note = app.site.demo.then(|| words.plain_moment(app.clock.now()));
    let shown = ErrorPage {
        page: &page,
        title: trouble.title,
        body: trouble.body,
        reference: trouble.reference.as_deref(),
        ways: asked.ways_on(&app, &place, status),
    };
    let Ok(html) = shown.render() else { return response };
    let mut explained = (status, Html(html)).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        explained.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        explained.headers_mut().insert(header::ALLOW, allow.clone());
    }
    explained
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("text/html"))
}

/// What to say of an error that a layer or the router made.
fn of_status(status: StatusCode) -> Trouble {
    let error = match status {
        StatusCode::NOT_FOUND => Error::Missing,
        StatusCode::FORBIDDEN => Error::StalePage,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Error::Busy,
        StatusCode::METHOD_NOT_ALLOWED => {
            let (title, body) = (key!("errors-method-title"), key!("errors-method-body"));
            return Trouble { title, body, reference: None };
        }
        _ if status.is_server_error() => {
            Error::Fault(anyhow::anyhow!("an answer {status} from a layer"))
        }
        _ => Error::Refused(Refusal::Shape),
    };
    let (_, title, body) = error.words();
    Trouble { title, body, reference: None }
}
