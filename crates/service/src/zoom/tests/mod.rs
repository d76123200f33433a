//! The client against a server that says what it is told to, by a clock that stands.

mod attendance;
mod failures;
mod guests;
mod meetings;
mod rates;
mod secrecy;
mod server;
mod token;

use jiff::Timestamp;
use serde_json::json;

use super::*;
use server::{Reply, Server};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Nine in the evening in Japan, and noon for Zoom's days.
const NOON: &str = "2026-11-24T12:00:00Z";

/// A server, a client of it, and their time.
struct Scene {
    server: Server,
    clock: Clock,
    client: Client,
}

impl Scene {
    /// Nothing was asked yet; the first thing to be asked for is a token.
    fn start() -> Self {
        Self::within(Limits::USUAL)
    }

    fn within(limits: Limits) -> Self {
        let server = Server::start();
        let clock = Clock::held(at(NOON));
        let account = Account {
            account_id: "account & co".to_owned(),
            client_id: "the-app".to_owned(),
            client_secret: Secret::new("the app's secret"),
            oauth_url: server.url.clone(),
        };
        let client = Client::within(account, clock.clone(), limits).expect("a client");
        Self { server, clock, client }
    }

    /// With a token already in use.
    fn signed_in() -> Self {
        let scene = Self::start();
        scene.will_grant("first");
        scene.client.token_scopes().expect("a token");
        scene.server.asked();
        scene
    }

    /// The next answer is a token for an hour, for this very server.
    fn will_grant(&self, token: &str) {
        let url = &self.server.url;
        let granted = json!({"access_token": token, "token_type": "bearer", "expires_in": 3600,
            "scope": "meeting:read:meeting:admin user:read:user:admin", "api_url": url});
        self.server.will_say(200, granted);
    }

    fn will_fail(&self, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.server.will(Reply::Answer(status, headers, body.to_owned()));
    }

    fn will_tell_a_meeting(&self) {
        self.server.will_say(200, json!({"id": 1, "join_url": "https://zoom.example/j/1"}));
    }
}
