//! What Zoom tells by itself: signed messages, which are checked over the very octets that came,
//! kept, and answered at once; what they mean is read afterwards ([`super::read_due`]).
//!
//! Zoom waits three seconds for an answer and tells what was not answered three times more
//! (developers.zoom.us/blog/webhook-delays.md). Addresses and what was written in a chat are never
//! kept; a name is kept sealed until it was compared (article 2(3)).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use rules::session::zoom::Happening;
use serde::Deserialize;

use super::signs::{self, NewSign};
use super::{heed, store};
use crate::app::App;
use crate::error::Error;
use crate::secrets::{Keys, Purpose};
use crate::store::Tx;
use crate::zoom::{Client, Failure, Secret};

/// Where Zoom tells it.
pub const ADDRESS: &str = "/zoom/events";

/// No message of Zoom's that is of use comes near.
pub const MESSAGE_AT_MOST: usize = 256 * 1024;

/// A message that was signed longer ago, or so far ahead, is somebody else's repeat of it.
const SIGNED_WITHIN: SignedDuration = SignedDuration::from_secs(300);

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forged {
    /// Without signature or time, or with one that is none.
    Unsigned,
    /// Signed too long ago, or ahead of our clock.
    Stale,
    /// Signed by somebody else, or changed on its way.
    Signature,
}

/// `POST /zoom/events`.
pub async fn post(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(zoom) = app.zoom.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let signed = (header("x-zm-request-timestamp"), header("x-zm-signature"));
    let now = app.clock.now();
    let secret = match check(&zoom.webhook_secrets, signed, &body, now) {
        Ok(secret) => secret,
        Err(why) => {
            tracing::warn!(?why, "a message that is not Zoom's");
            return StatusCode::UNAUTHORIZED.into_response();
        }
    };
    let Ok(message) = serde_json::from_slice::<Message>(&body) else {
        // Signed by Zoom, and of no form that is of use: told again, it would be the same.
        tracing::warn!("a message of Zoom's that cannot be read");
        return StatusCode::NO_CONTENT.into_response();
    };
    if let Some(plain) = message.challenge() {
        return answer(secret, plain);
    }
    match keep(&app, message, now).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::error!(?error, "a message of Zoom's could not be kept");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Which of the secrets signed a message: HMAC-SHA-256 of `v0:{time}:{body}`.
///
/// # Errors
/// [`Forged`].
pub fn check<'a>(
    secrets: &'a [Secret],
    (time, signature): (Option<&str>, Option<&str>),
    body: &[u8],
    now: Timestamp,
) -> Result<&'a Secret, Forged> {
    let (time, signature) = time.zip(signature).ok_or(Forged::Unsigned)?;
    let digits = !time.is_empty() && time.bytes().all(|octet| octet.is_ascii_digit());
    let seconds = time.parse().ok().filter(|_| digits).ok_or(Forged::Unsigned)?;
    let signed_at = Timestamp::from_second(seconds).map_err(|_| Forged::Unsigned)?;
    if now.duration_since(signed_at).abs() > SIGNED_WITHIN {
        return Err(Forged::Stale);
    }
    let tag = signature.strip_prefix("v0=").and_then(octets_of).ok_or(Forged::Unsigned)?;
    let mut said = format!("v0:{time}:").into_bytes();
    said.extend_from_slice(body);
    let signs = |secret: &&Secret| aws_lc_rs::hmac::verify(&key(secret), &said, &tag).is_ok();
    secrets.iter().find(signs).ok_or(Forged::Signature)
}

fn key(secret: &Secret) -> aws_lc_rs::hmac::Key {
    aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.reveal().as_bytes())
}

fn octets_of(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let is_hex = digits.len() == 64
        && digits.iter().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(it));
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if is_hex { digits.chunks(2).map(pair).collect() } else { None }
}

/// The proof of knowing a secret: HMAC-SHA-256 in hexadecimal digits.
fn proof_of(secret: &Secret, said: &[u8]) -> String {
    let tag = aws_lc_rs::hmac::sign(&key(secret), said);
    tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Asks whoever is at an address of our own what Zoom asks of it, and whether the answer is right.
///
/// # Errors
/// [`Failure`] when there is no answer.
pub(super) fn knows_secret(
    client: &Client,
    (url, secret): (&str, &Secret),
    now: Timestamp,
) -> Result<bool, Failure> {
    let plain = super::random_text(22);
    let body = serde_json::json!({
        "event": "endpoint.url_validation", "event_ts": now.as_millisecond(),
        "payload": { "plainToken": plain },
    })
    .to_string();
    let time = now.as_second().to_string();
    let signature = proof_of(secret, format!("v0:{time}:{body}").as_bytes());
    let signed = [("x-zm-request-timestamp", time), ("x-zm-signature", format!("v0={signature}"))];
    let (status, answer) = client.knock(url, signed, body.as_bytes())?;
    let said: serde_json::Value = serde_json::from_slice(&answer).unwrap_or_default();
    Ok(status == 200 && said["encryptedToken"] == proof_of(secret, plain.as_bytes()))
}

/// Zoom asks every 72 hours whether who is at this address knows the secret
/// (developers.zoom.us/changelog/platform/webhook-url-validation).
fn answer(secret: &Secret, plain: &str) -> Response {
    let proof = proof_of(secret, plain.as_bytes());
    axum::Json(serde_json::json!({ "plainToken": plain, "encryptedToken": proof })).into_response()
}

async fn keep(app: &App, message: Message, now: Timestamp) -> Result<(), Error> {
    if let Some(number) = message.deleted() {
        let app = app.clone();
        return app.store.clone().write(move |tx| note_deleted(tx, &app, number)).await;
    }
    let Some(sign) = message.sign(&app.keys) else { return Ok(()) };
    app.store.write(move |tx| signs::take(tx, &sign, now).map(|_| ())).await
}

/// Somebody deleted a meeting in Zoom itself, or we did: if one is wanted still, another is made.
fn note_deleted(tx: &mut Tx<'_>, app: &App, number: i64) -> Result<(), Error> {
    let Some(owner) = store::owner(tx, number)?.filter(|it| it.is_there) else { return Ok(()) };
    let context = app.context(app.office_of(tx, owner.office)?);
    store::note_removed(tx, owner.id, context.now)?;
    heed(tx, &context, owner.application)
}

/// A message, as far as it is of use. What else Zoom writes, addresses above all, is not read.
#[derive(Deserialize)]
struct Message {
    event: String,
    #[serde(default)]
    event_ts: Option<i64>,
    #[serde(default)]
    payload: Payload,
}

#[derive(Default, Deserialize)]
struct Payload {
    #[serde(default, rename = "plainToken")]
    plain_token: Option<String>,
    #[serde(default)]
    object: Object,
}

/// A number that comes as one or as text: participants' messages have it as text, others do not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

impl Id {
    fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }

    fn text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

#[derive(Default, Deserialize)]
struct Object {
    id: Option<Id>,
    uuid: Option<String>,
    host_id: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
    participant: Option<Seen>,
    recording_file: Option<Recording>,
}

#[derive(Deserialize)]
struct Recording {
    recording_start: Option<String>,
}

#[derive(Deserialize)]
struct Seen {
    user_id: Option<Id>,
    user_name: Option<String>,
    id: Option<String>,
    participant_user_id: Option<String>,
    participant_uuid: Option<String>,
    registrant_id: Option<String>,
    join_time: Option<String>,
    leave_time: Option<String>,
    date_time: Option<String>,
}

impl Message {
    fn challenge(&self) -> Option<&str> {
        let asks = self.event == "endpoint.url_validation";
        self.payload.plain_token.as_deref().filter(|_| asks)
    }

    fn deleted(&self) -> Option<i64> {
        let is_deleted = self.event == "meeting.deleted";
        self.payload.object.id.as_ref().filter(|_| is_deleted)?.number()
    }

    /// When it happened: as the message says, or when it was sent.
    fn at(&self, what: Happening) -> Option<Timestamp> {
        let (object, seen) = (&self.payload.object, self.payload.object.participant.as_ref());
        let said = match what {
            Happening::Started => object.start_time.as_ref(),
            Happening::Ended => object.end_time.as_ref(),
            Happening::Recorded => {
                object.recording_file.as_ref().and_then(|file| file.recording_start.as_ref())
            }
            Happening::Left | Happening::StoppedWaiting => {
                seen.and_then(|it| it.leave_time.as_ref().or(it.date_time.as_ref()))
            }
            Happening::Waits | Happening::Joined => {
                seen.and_then(|it| it.join_time.as_ref().or(it.date_time.as_ref()))
            }
            Happening::Streamed | Happening::Shared => None,
        };
        let said = said.and_then(|text| text.parse().ok());
        said.or_else(|| Timestamp::from_millisecond(self.event_ts?).ok())
    }

    fn sign(self, keys: &Keys) -> Option<NewSign> {
        let what = Happening::of_event(&self.event)?;
        let at = self.at(what)?;
        let object = self.payload.object;
        let meeting = object.id.as_ref()?.number()?;
        let full = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (mut person, mut zoom_id, mut registrant, mut name) = (String::new(), None, None, None);
        if let Some(seen) = object.participant {
            let number = seen.user_id.map(Id::text);
            person = full(seen.participant_uuid).or(number).unwrap_or_default();
            zoom_id = full(seen.id).or(full(seen.participant_user_id));
            registrant = full(seen.registrant_id);
            name = Some(seen.user_name.unwrap_or_default());
        }
        let uuid = object.uuid.unwrap_or_default();
        let said = format!("{meeting}/{uuid}/{}/{person}/{}", what.code(), at.as_millisecond());
        let key = keys.digest("zoom/sign", &said).as_str().to_owned();
        let place = signs::place(&key);
        Some(NewSign {
            sealed_name: name.map(|it| keys.seal(Purpose::Personal, &place, it.as_bytes())),
            is_host: zoom_id.is_some() && zoom_id == object.host_id,
            key,
            meeting,
            what,
            at,
            person,
            zoom_id,
            registrant,
        })
    }
}

#[cfg(test)]
mod tests;
