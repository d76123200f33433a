//! What an answer of Zoom's API says: what was asked for, or why not.
//!
//! Errors are told by status and code, never by their message, which Zoom words anew at will
//! (Zoom developer documentation, "Error definitions"). Besides `{"code", "message"}` come
//! `{"reason", "error"}`, XML, HTML of a proxy, and nothing at all.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::failure::Failure;
use super::wire::Answer;

/// "Invalid access token, does not contain scopes:[…]."
const LACKS_SCOPE: i64 = 4711;

/// "Invalid access token."; with status 400 it speaks of scopes too.
const INVALID_TOKEN: i64 = 4700;

/// "Meeting does not exist: …."
const NO_MEETING: i64 = 3001;

/// "User does not exist: …."; for registrants "Meeting does not exist: …." too.
const NO_USER: i64 = 1001;

/// "This API endpoint is not recognized.": the fault is ours, and says nothing of a meeting.
const NO_ENDPOINT: i64 = 2300;

/// "Only available for paid account …."
const NOT_PAID_FOR: i64 = 200;

/// Reads the body of a good answer.
///
/// # Errors
/// [`Failure::Unreadable`], with the name of the field if one is missing.
pub(super) fn content<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| Failure::unreadable(out_of_form(&error)))
}

/// Expects that nothing is told: no body, or one that need not be read. What is not Zoom's own,
/// such as the page of a proxy that wants a password, is no success.
///
/// # Errors
/// [`Failure::Unreadable`].
pub(super) fn nothing(body: &[u8]) -> Result<(), Failure> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    content::<serde::de::IgnoredAny>(body).map(|_| ())
}

/// An error of serde quotes the value that it did not expect: only our own names are taken of it.
fn out_of_form(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    if !matches!(error.classify(), Category::Data) {
        return "not JSON".to_owned();
    }
    let text = error.to_string();
    let named = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match named {
        Some(field) => field.to_owned(),
        None => format!("another form at column {}", error.column()),
    }
}

/// A body of an error, as far as it can be read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Complaint {
    code: Value,
    message: Value,
    error: Value,
}

impl Complaint {
    fn of(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    fn code(&self) -> i64 {
        let as_text = || self.code.as_str()?.parse().ok();
        self.code.as_i64().or_else(as_text).unwrap_or(0)
    }

    /// Zoom's own code, or the status if there was none.
    fn number(&self, status: u16) -> String {
        match self.code() {
            0 => status.to_string(),
            code => code.to_string(),
        }
    }
}

/// Why it is not a good answer.
pub(super) fn failure(answer: &Answer, now: Timestamp) -> Failure {
    let complaint = Complaint::of(&answer.body);
    let code = complaint.code();
    match (answer.status, code) {
        (429, _) => answer.too_many(now),
        (500..=599, _) => Failure::Broken { status: answer.status },
        (400 | 401 | 403, LACKS_SCOPE) | (400, INVALID_TOKEN) => {
            Failure::Scope(scopes_in(complaint.message.as_str().unwrap_or_default()))
        }
        (401, _) => Failure::Credentials { error: complaint.number(401) },
        (400 | 404, NO_MEETING | NO_USER) => Failure::Missing,
        (404, code) if code != NO_ENDPOINT && !is_page(&answer.body) => Failure::Missing,
        (400, NOT_PAID_FOR) => Failure::NotOnThisPlan,
        (status, code) => Failure::Refused { status, code },
    }
}

/// Why the token endpoint gave no token.
pub(super) fn no_token(answer: &Answer, now: Timestamp) -> Failure {
    match answer.status {
        429 => answer.too_many(now),
        400..=499 => {
            let complaint = Complaint::of(&answer.body);
            let word = code_word(complaint.error.as_str().unwrap_or_default());
            let number = || complaint.number(answer.status);
            Failure::Credentials { error: if word.is_empty() { number() } else { word } }
        }
        status => Failure::Broken { status },
    }
}

/// A page for people: not Zoom's API has answered, but something on the way or a wrong address.
fn is_page(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let begins =
        |with: &[u8]| start.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

/// What is shaped like a scope between the brackets of the message.
fn scopes_in(message: &str) -> Vec<String> {
    let named = message.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let (named, _) = named.unwrap_or_default();
    let is_scope = |text: &&str| {
        let is_of_scope =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, ':' | '_');
        (1..=100).contains(&text.len()) && text.contains(':') && text.chars().all(is_of_scope)
    };
    let scopes = named.split([',', ' ']).map(|text| text.trim_matches(['"', '\'']));
    scopes.filter(is_scope).take(20).map(str::to_owned).collect()
}

fn code_word(text: &str) -> String {
    let is_of_word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().filter(is_of_word).take(40).collect()
}
