//! What an answer means, whatever its shape.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::server::Reply;
use super::{at, client, made, new_meeting};
use crate::zoom::{Failure, Silence};

fn failure(reply: Reply) -> Failure {
    let (client, _, _) = client(vec![reply]);
    client.create("h", &new_meeting(&json!({}))).map(|_| ()).expect_err("a failure")
}

#[test]
fn refusals_by_status_and_code() {
    let check = |status: u16, body: Value, expected: Failure| {
        let found = failure(Reply::json(status, &body));
        assert_eq!(found, expected, "{status} {body}");
        assert!(!found.may_have_happened(), "{found:?}");
    };
    let no = |code: i64, message: &str| json!({ "code": code, "message": message });
    check(404, no(3001, "x"), Failure::Missing);
    check(404, no(1001, "x"), Failure::Missing);
    check(400, no(3001, "x"), Failure::Missing);
    check(400, no(200, "x"), Failure::NotOnThisPlan);
    check(400, no(3161, "x"), Failure::Refused { status: 400, code: 3161 });
    check(400, json!({ "code": "3000" }), Failure::Refused { status: 400, code: 3000 });
    let errors = [json!({ "field": "x", "message": "堺 太郎" })];
    let body = json!({ "code": 300, "message": "Validation Failed.", "errors": errors });
    check(400, body, Failure::Refused { status: 400, code: 300 });
    let lacks = "does not contain scopes:[meeting:write:meeting:admin, user:read:user:admin].";
    let scopes = ["meeting:write:meeting:admin", "user:read:user:admin"].map(str::to_owned);
    check(400, no(4711, lacks), Failure::Scope(scopes.to_vec()));
    check(400, no(4700, "x"), Failure::Scope(Vec::new()));
    let harm = "scopes:[<script>, 堺太郎].";
    check(400, no(4711, harm), Failure::Scope(Vec::new()));
}

#[test]
fn what_may_have_happened() {
    let check = |reply: Reply, code: &str| {
        let found = failure(reply);
        assert_eq!(found.code(), code);
        assert!(found.may_have_happened(), "{found:?}");
    };
    check(Reply::json(500, &json!({})), "broken");
    check(Reply::plain(502, &[], "<html>"), "broken");
    check(Reply::plain(201, &[], "<?xml version=\"1.0\"?><x/>"), "unreadable");
    check(Reply::plain(201, &[], "<html></html>"), "unreadable");
    check(Reply::plain(201, &[], ""), "unreadable");
    check(Reply::plain(201, &[], "{\"id\":8"), "unreadable");
    check(Reply::cut(201), "broke-off");
    check(Reply::silence(), "timed-out");
}

#[test]
fn the_field_that_lacks_is_named() {
    let mut body = made();
    body.as_object_mut().expect("a body").remove("join_url");
    let what = "join_url".to_owned();
    assert_eq!(failure(Reply::json(201, &body)), Failure::Unreadable { what });
    let mut body = made();
    body["id"] = json!("堺太郎");
    let found = failure(Reply::json(201, &body));
    assert!(!format!("{found:?} {found}").contains('堺'), "{found:?}");
}

#[test]
fn nobody_listens_there() {
    let (client, _, _) = client(Vec::new());
    client.token_scopes().expect("a token");
    // The list of replies is at its end: nobody accepts any more.
    std::thread::yield_now();
    let found = client.user("h").expect_err("nobody is there");
    let gone = [Silence::NotConnected, Silence::Broken, Silence::TimedOut];
    assert!(gone.iter().any(|silence| found == Failure::Unanswered(*silence)), "{found:?}");
}

#[test]
fn until_when_it_is_to_be_left_alone() {
    let noon = at(super::NOON);
    let in_seconds = |seconds: i64| noon + SignedDuration::from_secs(seconds);
    let check = |headers: &[(&str, &str)], until: Timestamp, daily: bool| {
        let found = failure(Reply::plain(429, headers, "{\"code\":429}"));
        assert_eq!(found, Failure::TooMany { until, daily }, "{headers:?}");
    };
    let day = ("x-ratelimit-type", "Daily-limit");
    check(&[], in_seconds(1), false);
    check(&[("retry-after", "7")], in_seconds(7), false);
    check(&[("retry-after", "0")], in_seconds(1), false);
    check(&[("retry-after", "-5")], in_seconds(1), false);
    check(&[("retry-after", "60")], in_seconds(60), false);
    // So long a wait, whatever it is called, is a day's limit.
    check(&[("retry-after", "999999999")], in_seconds(86_400), true);
    check(&[("retry-after", "soon")], in_seconds(1), false);
    check(&[("retry-after", "Tue, 24 Nov 2026 03:00:30 GMT")], in_seconds(30), false);
    check(&[day], at("2026-11-25T00:00:00Z"), true);
    check(&[day, ("retry-after", "2026-11-25T00:00:00Z")], at("2026-11-25T00:00:00Z"), true);
    check(&[day, ("retry-after", "2020-01-01T00:00:00Z")], in_seconds(1), true);
}
