//! The one door: every request is kept, meets its fault, shows its token, is counted, and is
//! answered.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::Clock;
use crate::answer::Answer;
use crate::faults::Fault;
use crate::limits::{Label, SOME, too_many};
use crate::request::Received;
use crate::world::World;

#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) clock: Clock,
}

/// A token lasts an hour (developers.zoom.us/docs/rooms/s2s-oauth).
const TOKEN_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// No request is longer.
const BODY_AT_MOST: usize = 4 * 1024 * 1024;

pub(crate) fn site(world: Arc<Mutex<World>>, clock: Clock) -> Router {
    let door = Door { world, clock };
    crate::pages::router().fallback(take).with_state(door)
}

async fn take(State(door): State<Door>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_AT_MOST).await.unwrap_or_default().to_vec();
    let headers = parts.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let received = Received {
        method: parts.method.to_string(),
        path_and_query: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: headers.collect(),
        body,
    };
    let now = (door.clock)();
    let (answer, fault) = {
        let mut world = door.world.lock().unwrap_or_else(PoisonError::into_inner);
        if world.settings.keeps_received {
            world.received.push(received.clone());
        }
        let fault = world.fault(&received.method, received.path());
        let answer = match &fault {
            Some(Fault::Status(..) | Fault::LostBefore | Fault::TooMany { .. }) => None,
            _ => Some(world.answer(&received, now)),
        };
        (answer, fault)
    };
    spoilt(answer, fault, now).await
}

/// The answer as it arrives.
async fn spoilt(answer: Option<Answer>, fault: Option<Fault>, now: Timestamp) -> Response {
    let answer = answer.unwrap_or_else(|| Answer::empty(500));
    let ok = if answer.is_done() { answer.status } else { 200 };
    match fault {
        None => whole(answer),
        Some(Fault::Status(status, body)) => raw(status, "application/json", body.into()),
        Some(Fault::TooMany { daily }) => whole(too_many(daily, SOME, now)),
        Some(Fault::Xml) => {
            let xml = "<?xml version=\"1.0\"?><result><code>-1</code></result>";
            raw(ok, "application/xml", xml.into())
        }
        Some(Fault::Html) => raw(ok, "text/html", "<html><body>x</body></html>".into()),
        Some(Fault::Empty) => raw(ok, "application/json", Body::empty()),
        Some(Fault::Truncated) => raw(ok, "application/json", "{\"id\":8".into()),
        Some(Fault::LostBefore | Fault::LostAfter) => raw(ok, "application/json", broken()),
        Some(Fault::Hang) => std::future::pending().await,
    }
}

/// A body whose line breaks at once.
fn broken() -> Body {
    let cut = Err::<Bytes, _>(std::io::Error::other("the line broke"));
    Body::from_stream(futures_util::stream::once(async { cut }))
}

fn raw(status: u16, kind: &'static str, body: Body) -> Response {
    let built = Response::builder().status(status).header("content-type", kind).body(body);
    built.unwrap_or_default()
}

fn whole(answer: Answer) -> Response {
    let mut built = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        built = built.header(name, value);
    }
    let built = built.header("x-zm-trackingid", "stand-in");
    let built = match answer.body {
        Some(body) => built
            .header("content-type", "application/json;charset=UTF-8")
            .body(Body::from(body.to_string())),
        None => built.body(Body::empty()),
    };
    built.unwrap_or_default()
}

impl World {
    fn answer(&mut self, received: &Received, now: Timestamp) -> Answer {
        if received.path() == "/oauth/token" {
            return self.token(received, now);
        }
        let bearer = received.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
        let Some(token) = bearer else {
            return Answer::no(401, 124, "Requires an access token.");
        };
        let known = self.tokens.iter().find(|(it, _)| it == token);
        match known {
            Some((_, until)) if *until > now && self.is_active => {}
            Some(_) => return Answer::no(401, 124, "Access token is expired."),
            None => return Answer::no(401, 124, "Invalid access token."),
        }
        let parts = received.parts();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let Some((scope, label)) = asked(&received.method, &parts) else {
            return Answer::no(404, 404, "Not found.");
        };
        if !self.settings.scopes.iter().any(|it| it == scope) {
            let message = format!("Invalid access token, does not contain scopes:[{scope}].");
            return Answer::no(400, 4711, &message);
        }
        if let Some(answer) = self.count(label, now) {
            return answer;
        }
        self.carry_out(received, &parts, now)
    }

    /// `POST /oauth/token` with the grant `account_credentials`, in the body or in the address.
    fn token(&mut self, received: &Received, now: Timestamp) -> Answer {
        let mut said = received.query();
        said.extend(received.form());
        let settings = &self.settings;
        let wanted = format!("{}:{}", settings.client_id, settings.client_secret);
        let basic = received.header("authorization").and_then(|it| it.strip_prefix("Basic "));
        if basic != Some(STANDARD.encode(wanted).as_str()) {
            return Answer::no_token(400, "Invalid client_id or client_secret", "invalid_client");
        }
        if said.get("grant_type").map(String::as_str) != Some("account_credentials") {
            return Answer::no_token(400, "unsupported grant type", "unsupported_grant_type");
        }
        if said.get("account_id") != Some(&settings.account_id) || !self.is_active {
            return Answer::no_token(400, "Invalid account_id", "invalid_request");
        }
        let token = self.letters(40);
        self.tokens.push((token.clone(), now + TOKEN_LASTS));
        let body = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": 3599,
            "scope": self.settings.scopes.join(" "),
            "api_url": self.url,
        });
        Answer::with(200, body)
    }

    fn carry_out(&mut self, received: &Received, parts: &[&str], now: Timestamp) -> Answer {
        let body = || received.json();
        match (received.method.as_str(), parts) {
            ("POST", ["users", user, "meetings"]) => self.create(user, &body(), now),
            ("GET", ["users", user, "meetings"]) => self.list(user, &received.query(), now),
            ("GET", ["meetings", id]) => self.read(id, now),
            ("PATCH", ["meetings", id]) => self.update(id, &body(), now),
            ("DELETE", ["meetings", id]) => self.delete(id, now),
            ("PUT", ["meetings", id, "status"]) => self.set_status(id, &body(), now),
            ("POST", ["meetings", id, "invite_links"]) => self.invite(id, &body(), now),
            ("POST", ["meetings", id, "registrants"]) => self.register(id, &body(), now),
            ("GET", ["meetings", id, "registrants"]) => self.registrants(id, &received.query()),
            ("DELETE", ["meetings", id, "registrants", registrant]) => {
                self.unregister(id, registrant)
            }
            ("PATCH", ["live_meetings", id, "events"]) => self.control(id, &body()),
            ("GET", ["past_meetings", uuid, "participants"]) => {
                self.past(&twice_encoded(uuid), &received.query(), now)
            }
            ("GET", ["report", "meetings", uuid, "participants"]) => {
                self.report(&twice_encoded(uuid), &received.query(), now)
            }
            ("GET", ["metrics", "meetings", id, "participants"]) => {
                self.dashboard(&twice_encoded(id), &received.query(), now)
            }
            ("GET", ["users", user]) => self.read_user(user),
            ("GET", ["users", user, "settings"]) => self.read_user_settings(user),
            ("GET", ["accounts", "me", "settings"]) => self.read_account_settings(),
            ("GET", ["accounts", "me", "lock_settings"]) => self.read_locks(),
            _ => Answer::no(404, 404, "Not found."),
        }
    }
}

/// A uuid out of a path. One that begins with a slash or holds two is found only where it was
/// encoded twice (Zoom OpenAPI v2).
fn twice_encoded(part: &str) -> String {
    if part.contains('/') { String::new() } else { crate::request::decoded(part) }
}

/// Which scope a path asks for and how it is weighed (Zoom OpenAPI v2; the scopes of settings are
/// unverified).
fn asked(method: &str, parts: &[&str]) -> Option<(&'static str, Label)> {
    use Label::{Heavy, Light, Medium};
    Some(match (method, parts) {
        ("POST", ["users", _, "meetings"]) => ("meeting:write:meeting:admin", Medium),
        ("GET", ["users", _, "meetings"]) => ("meeting:read:list_meetings:admin", Medium),
        ("GET", ["meetings", _]) => ("meeting:read:meeting:admin", Light),
        ("PATCH", ["meetings", _]) => ("meeting:update:meeting:admin", Light),
        ("DELETE", ["meetings", _]) => ("meeting:delete:meeting:admin", Light),
        ("PUT", ["meetings", _, "status"]) => ("meeting:update:status:admin", Light),
        ("POST", ["meetings", _, "invite_links"]) => ("meeting:write:invite_links:admin", Light),
        ("POST", ["meetings", _, "registrants"]) => ("meeting:write:registrant:admin", Light),
        ("GET", ["meetings", _, "registrants"]) => ("meeting:read:list_registrants:admin", Medium),
        ("DELETE", ["meetings", _, "registrants", _]) => ("meeting:delete:registrant:admin", Light),
        ("PATCH", ["live_meetings", _, "events"]) => {
            ("meeting:update:in_meeting_controls:admin", Medium)
        }
        ("GET", ["past_meetings", _, "participants"]) => {
            ("meeting:read:list_past_participants:admin", Medium)
        }
        ("GET", ["report", "meetings", _, "participants"]) => {
            ("report:read:list_meeting_participants:admin", Heavy)
        }
        ("GET", ["metrics", "meetings", _, "participants"]) => {
            ("dashboard:read:list_meeting_participants:admin", Heavy)
        }
        ("GET", ["users", _]) => ("user:read:user:admin", Light),
        ("GET", ["users", _, "settings"]) => ("user:read:settings:admin", Medium),
        ("GET", ["accounts", "me", "settings"]) => ("account:read:settings:admin", Medium),
        ("GET", ["accounts", "me", "lock_settings"]) => {
            ("account:read:lock_settings:admin", Medium)
        }
        _ => return None,
    })
}
