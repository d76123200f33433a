//! Against a scripted server.

mod answers;
mod calls;
mod server;
mod tokens;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::wire::Limits;
use super::{Account, Client, NewMeeting, Secret};
use crate::clock::Clock;
use server::{Reply, Server};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

const NOON: &str = "2026-11-24T03:00:00Z";

/// A client of a server that first gives a token and then answers so.
fn client(replies: Vec<Reply>) -> (Client, Server, Clock) {
    let clock = Clock::held(at(NOON));
    let server = Server::start(|url| {
        let token = Reply::json(200, &token_at(url, "first"));
        std::iter::once(token).chain(replies).collect()
    });
    (client_of(&server, &clock), server, clock)
}

fn client_of(server: &Server, clock: &Clock) -> Client {
    let account = Account {
        account_id: "the account".to_owned(),
        client_id: "the app".to_owned(),
        client_secret: Secret::new("the secret of the app"),
        oauth_url: server.url().to_owned(),
    };
    let short = std::time::Duration::from_millis(200);
    let limits = Limits { connect: short, whole: short * 5 };
    Client::within(account, clock.clone(), limits).expect("a client")
}

fn token_at(url: &str, token: &str) -> Value {
    json!({
        "access_token": token, "token_type": "bearer", "expires_in": 3599,
        "scope": "meeting:read:meeting:admin user:read:user:admin", "api_url": url,
    })
}

fn new_meeting(settings: &Value) -> NewMeeting<'_, Value> {
    NewMeeting {
        topic: "オンライン面談",
        agenda: "madoguchi:a.b",
        start: at("2026-11-25T01:00:00Z"),
        minutes: 30,
        passcode: "0123456789",
        settings,
    }
}

fn made() -> Value {
    json!({
        "id": 84_712_639_219_i64, "uuid": "/a//b==", "start_url": "https://zoom.us/s/1?zak=z",
        "join_url": "https://zoom.us/j/1?pwd=p", "password": "0123456789", "new_field": [1, 2],
        "start_time": "2026-11-25T01:00:00Z", "settings": { "waiting_room": true },
    })
}
