//! The token: renewed before it ends, once when it is refused, and by one caller at a time.

use jiff::SignedDuration;
use serde_json::json;

use super::server::{Reply, Server};
use super::{at, client, client_of, token_at};
use crate::clock::Clock;
use crate::zoom::Failure;

fn user() -> Reply {
    Reply::json(200, &json!({ "id": "u", "type": 2, "status": "active" }))
}

#[test]
fn it_is_asked_for_once_and_used_until_a_minute_before_its_end() {
    let clock = Clock::held(at(super::NOON));
    let server = Server::start(|url| {
        let token = |name| Reply::json(200, &token_at(url, name));
        vec![token("first"), user(), user(), token("second"), user()]
    });
    let client = client_of(&server, &clock);
    client.user("h").expect("a user");
    clock.advance(SignedDuration::from_secs(3_538));
    client.user("h").expect("a user");
    clock.advance(SignedDuration::from_secs(1));
    client.user("h").expect("a user");
    let asked = server.asked();
    assert_eq!(asked.len(), 5);
    assert!(asked[0].line.starts_with("POST /oauth/token "));
    assert!(asked[0].headers.contains("authorization: basic "));
    assert_eq!(asked[0].body, "grant_type=account_credentials&account_id=the+account");
    assert!(asked[2].headers.contains("authorization: bearer first"));
    assert!(asked[4].headers.contains("authorization: bearer second"));
}

#[test]
fn a_refused_token_is_renewed_once() {
    let refused = || Reply::json(401, &json!({ "code": 124, "message": "x" }));
    let again = |last: Reply| {
        let clock = Clock::held(at(super::NOON));
        let server = Server::start(|url| {
            let token = |name| Reply::json(200, &token_at(url, name));
            vec![token("first"), refused(), token("second"), last]
        });
        let answer = client_of(&server, &clock).user("h");
        (answer.map(|user| user.id), server.asked().len())
    };
    assert_eq!(again(user()), (Ok("u".to_owned()), 4));
    let error = "124".to_owned();
    assert_eq!(again(refused()), (Err(Failure::Credentials { error }), 4));
}

#[test]
fn eight_at_once_ask_for_one_token() {
    let (client, server, _) = client(vec![user(); 8]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.user("h").expect("a user"));
        }
    });
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|it| it.line.contains("/oauth/token")).count(), 1);
    assert_eq!(asked.len(), 9);
}

#[test]
fn scopes_come_with_it() {
    let (client, _, _) = client(Vec::new());
    let scopes = client.token_scopes().expect("a token");
    assert_eq!(scopes, ["meeting:read:meeting:admin", "user:read:user:admin"]);
}

#[test]
fn why_there_is_none() {
    let check = |reply: Reply, expected: &str| {
        let clock = Clock::held(at(super::NOON));
        let server = Server::start(|_| vec![reply]);
        let failure = client_of(&server, &clock).user("h").expect_err("no token");
        assert_eq!(failure.code(), expected);
        // Whatever the token was for did not happen.
        assert!(!failure.may_have_happened(), "{failure:?}");
    };
    let no = |reason: &str, error: &str| json!({ "reason": reason, "error": error });
    check(Reply::json(400, &no("Invalid Token!", "invalid_grant")), "credentials");
    check(Reply::json(401, &no("x", "invalid_client")), "credentials");
    check(Reply::json(400, &json!({})), "credentials");
    check(Reply::json(500, &json!({})), "no-token");
    check(Reply::plain(200, &[], "<html>"), "no-token");
    check(Reply::json(200, &json!({ "access_token": "t" })), "no-token");
    check(Reply::plain(429, &[("retry-after", "5")], ""), "too-many");
    check(Reply::cut(200), "no-token");
    // An address that is neither safe nor on this machine gets no token of ours.
    let elsewhere = json!({
        "access_token": "t", "expires_in": 3599, "api_url": "http://api.example.com",
    });
    check(Reply::json(200, &elsewhere), "no-token");
}
