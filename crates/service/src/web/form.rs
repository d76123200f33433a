//! What a form sent: its fields as they were typed, its token checked, its key at hand.

use std::fmt;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use zeroize::Zeroizing;

use super::request::Browser;
use crate::app::App;
use crate::commands::Command;
use crate::error::{Error, Refusal};
use crate::secrets::Keys;

/// A form is at most so long; longer ones are refused before they are read (413).
pub const FORM_AT_MOST: usize = 64 * 1024;
/// A form of the application may be longer: a text that is too long for its field is kept for the
/// person, who shortens it. A letter of ours takes nine bytes on its way.
pub const LONG_FORM_AT_MOST: usize = 512 * 1024;
/// A form has at most so many fields.
const FIELDS_AT_MOST: usize = 200;

/// The fields of a form, in the order in which they came. The token that ties the form to its
/// browser was right, or there is no `Form`.
#[derive(Clone)]
pub struct Form {
    fields: Vec<(String, String)>,
    body_digest: String,
}

/// Reveals nothing.
impl fmt::Debug for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Form(..)")
    }
}

impl Form {
    /// What was typed into a field; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A form that nobody has filled in yet.
    pub(crate) fn blank() -> Self {
        Self { fields: Vec::new(), body_digest: String::new() }
    }

    /// Every value of a field, as checkboxes send them.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.fields.iter().filter(|(field, _)| field == name);
        values.map(|(_, value)| value.clone()).collect()
    }

    /// The names of the fields, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The command that the form carries.
    ///
    /// # Errors
    /// [`Refusal::Shape`] when the hidden key is missing or out of shape.
    pub fn command(&self) -> Result<Command, Error> {
        let key = self.get("key");
        let shaped = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !(20..=100).contains(&key.len()) || !key.chars().all(shaped) {
            return Err(Refusal::Shape.into());
        }
        Ok(Command { key: key.to_owned(), body_digest: self.body_digest.clone() })
    }
}

/// A form into which a person may paste a long text.
#[derive(Clone, Debug)]
pub struct LongForm(pub Form);

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        Self::read(request, app, FORM_AT_MOST).await
    }
}

impl FromRequest<App> for LongForm {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        Form::read(request, app, LONG_FORM_AT_MOST).await.map(Self)
    }
}

impl Form {
    async fn read(request: Request, app: &App, at_most: usize) -> Result<Self, Error> {
        let browser = request.extensions().get::<Browser>().cloned().ok_or(Error::StalePage)?;
        let urlencoded = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if !urlencoded {
            return Err(Refusal::Shape.into());
        }
        let body = axum::body::to_bytes(request.into_body(), at_most).await;
        let body = body.map_err(|_| Error::TooLarge)?;
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&body).map_err(|_| Refusal::Shape)?;
        if fields.len() > FIELDS_AT_MOST {
            return Err(Error::TooLarge);
        }
        let token = fields.iter().find(|(name, _)| name == "csrf").map_or("", |(_, token)| token);
        if !browser.accepts(&app.keys, token) {
            return Err(Error::StalePage);
        }
        let body_digest = body_digest(&app.keys, &fields);
        Ok(Self { fields, body_digest })
    }
}

/// A digest of what was sent, without the token, which changes with the browser's cookie. Keyed:
/// a form is mostly a person's name and number, which anybody could guess and compare.
fn body_digest(keys: &Keys, fields: &[(String, String)]) -> String {
    let kept: Vec<&(String, String)> = fields.iter().filter(|(name, _)| name != "csrf").collect();
    let text = Zeroizing::new(serde_json::to_string(&kept).unwrap_or_default());
    keys.digest("form body", &text).as_str().to_owned()
}
