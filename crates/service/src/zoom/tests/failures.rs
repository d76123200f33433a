use std::net::TcpListener;
use std::time::Duration;

use super::*;

#[test]
fn errors_are_told_by_status_and_code() {
    use Failure::{Broken, Missing, NotOnThisPlan, Refused, Scope};
    let scopes = |names: &[&str]| Scope(names.iter().map(|&name| name.to_owned()).collect());
    let check = |status: u16, body: &str, expected: Failure| {
        let scene = Scene::signed_in();
        scene.will_fail(status, &[("x-zm-trackingid", "WEB_1")], body);
        assert_eq!(scene.client.read(1).unwrap_err(), expected, "{status} {body}");
    };
    check(404, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#, Missing);
    check(404, r#"{"code":1001,"message":"User does not exist: a."}"#, Missing);
    check(400, r#"{"code":3001,"message":"Meeting does not exist: 1."}"#, Missing);
    check(404, r#"{"code":"3001","message":"x"}"#, Missing);
    check(404, "", Missing);
    check(404, "<?xml version=\"1.0\"?><error/>", Missing);
    check(404, " <!DOCTYPE html><p>Not found", Refused { status: 404, code: 0 });
    check(404, r#"{"code":2300,"message":"x"}"#, Refused { status: 404, code: 2300 });
    check(400, r#"{"code":200,"message":"Only available for paid account"}"#, NotOnThisPlan);
    check(400, r#"{"code":4700,"message":"Invalid access token."}"#, scopes(&[]));
    let message = "does not contain scopes:[user:read:user:admin, meeting:read:meeting:admin].";
    let named = scopes(&["user:read:user:admin", "meeting:read:meeting:admin"]);
    check(400, &format!(r#"{{"code":4711,"message":"{message}"}}"#), named);
    check(
        400,
        r#"{"code":4711,"message":"[a:b,山田:太郎,<b>,a b:c,:]"}"#,
        scopes(&["a:b", "b:c", ":"]),
    );
    check(400, r#"{"code":4711,"message":"]a:b["}"#, scopes(&[]));
    check(400, r#"{"code":4711}"#, scopes(&[]));
    let invalid = r#"{"code":300,"message":"x","errors":[{"field":"topic","message":"y"}]}"#;
    check(400, invalid, Refused { status: 400, code: 300 });
    check(400, r#"{"code":3161,"message":"x"}"#, Refused { status: 400, code: 3161 });
    check(400, r#"{"reason":"x","error":"invalid_request"}"#, Refused { status: 400, code: 0 });
    check(400, r#"{"code":null}"#, Refused { status: 400, code: 0 });
    check(400, r#"{"code":"many"}"#, Refused { status: 400, code: 0 });
    check(403, "[]", Refused { status: 403, code: 0 });
    check(400, "<?xml version=\"1.0\"?><code>3001</code>", Refused { status: 400, code: 0 });
    check(302, "", Refused { status: 302, code: 0 });
    check(304, "", Refused { status: 304, code: 0 });
    check(500, r#"{"code":3001,"message":"x"}"#, Broken { status: 500 });
    check(502, "<html>Bad Gateway</html>", Broken { status: 502 });
}

#[test]
fn a_redirect_is_not_followed() {
    let scene = Scene::signed_in();
    let elsewhere = format!("{}/elsewhere", scene.server.url);
    scene.will_fail(307, &[("location", &elsewhere)], "");
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Refused { status: 307, code: 0 });
    assert_eq!(scene.server.lines(), ["GET /v2/meetings/1"]);
}

#[test]
fn an_answer_that_cannot_be_read_says_which_field_is_missing() {
    let check = |body: &str, expected: &str| {
        let scene = Scene::signed_in();
        scene.server.will_say(200, body);
        let failure = scene.client.read(1).unwrap_err();
        assert_eq!(failure, Failure::Unreadable { what: expected.to_owned() }, "{body}");
        assert!(failure.may_have_happened());
    };
    check("", "not JSON");
    check("<html>", "not JSON");
    check(r#"{"id":1"#, "not JSON");
    check(r#"{"id":1}"#, "join_url");
    check(r#"{"join_url":"https://zoom.example/secret"}"#, "id");
    check(r#"{"id":"secret","join_url":"x"}"#, "another form at column 14");
    check(r#"{"id":1,"join_url":7}"#, "another form at column 20");
    check(&" ".repeat(1024 * 1024 + 1), "longer than 1 MiB");
}

#[test]
fn where_nothing_is_told_a_page_of_a_proxy_is_no_success() {
    for (status, body, expected) in [
        (204, "", None),
        (202, "", None),
        (200, "{}", None),
        (200, "\r\n", None),
        (200, "<html>sign in</html>", Some("unreadable")),
    ] {
        let scene = Scene::signed_in();
        scene.server.will_say(status, body);
        let code = scene.client.stop_recording(1).err().map(|failure| failure.code());
        assert_eq!(code, expected, "{status} {body}");
    }
}

fn impatient() -> Limits {
    Limits { whole: Duration::from_millis(50), ..Limits::USUAL }
}

#[test]
fn silence_may_hide_that_it_happened() {
    let scene = Scene::within(impatient());
    scene.server.will(Reply::Silence);
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Unanswered(Silence::NoToken));
    assert!(!failure.may_have_happened());

    // The token comes by another client, that waits.
    let scene = Scene::signed_in();
    let granted = scene.client.granted().unwrap();
    let check = |reply: Reply, limits: Limits, expected: Silence| {
        scene.server.will(reply);
        let agent = wire::agent(&scene.server.url, limits).unwrap();
        let sent = wire::Sent {
            method: ureq::http::Method::GET,
            url: granted.base.clone(),
            authorization: &granted.authorization,
            body: None,
        };
        let failure = wire::send(&agent, sent).err().expect("no answer");
        assert_eq!(failure, Failure::Unanswered(expected));
        assert!(failure.may_have_happened());
    };
    check(Reply::Silence, impatient(), Silence::TimedOut);
    check(Reply::BreakOff, Limits::USUAL, Silence::Broken);
}

#[test]
fn what_was_never_sent_did_not_happen() {
    let port_of_nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let url = format!("http://{port_of_nobody}");
    let agent = wire::agent(&url, Limits::USUAL).unwrap();
    let check = |url: &str, authorization: &str, expected: Silence| {
        let sent = wire::Sent {
            method: ureq::http::Method::GET,
            url: url.to_owned(),
            authorization: &zeroize::Zeroizing::new(authorization.to_owned()),
            body: None,
        };
        let failure = wire::send(&agent, sent).err().expect("no answer");
        assert_eq!(failure, Failure::Unanswered(expected), "{url}");
        assert!(!failure.may_have_happened());
    };
    check(&url, "Bearer a", Silence::NotConnected);
    check("http://two words", "Bearer a", Silence::NotSent);
    check(&url, "two\nlines", Silence::NotSent);
}

#[test]
fn settings_that_cannot_be_written_are_not_sent() {
    let scene = Scene::signed_in();
    // JSON has no names but text.
    let settings = std::collections::BTreeMap::from([((1, 2), 3)]);
    let meeting = NewMeeting {
        topic: "a",
        agenda: "b",
        start: at(NOON),
        minutes: 30,
        passcode: "c",
        settings: &settings,
    };
    let failure = scene.client.create("host", &meeting).unwrap_err();
    assert_eq!(failure, Failure::Unanswered(Silence::NotSent));
    assert!(scene.server.asked().is_empty());
}

#[test]
fn every_failure_has_a_word_and_says_whether_it_may_have_happened() {
    let until = at(NOON);
    let all = [
        (Failure::Unanswered(Silence::NotSent), "zoom not-sent", false),
        (Failure::Unanswered(Silence::NoToken), "zoom no-token", false),
        (Failure::Unanswered(Silence::NotConnected), "zoom not-connected", false),
        (Failure::Unanswered(Silence::Untrusted), "zoom untrusted", false),
        (Failure::Unanswered(Silence::TimedOut), "zoom timed-out", true),
        (Failure::Unanswered(Silence::Broken), "zoom broke-off", true),
        (Failure::unreadable("id"), "zoom unreadable: id", true),
        (
            Failure::TooMany { until, daily: false },
            "zoom too-many: until 2026-11-24T12:00:00Z",
            false,
        ),
        (
            Failure::TooMany { until, daily: true },
            "zoom too-many-today: until 2026-11-24T12:00:00Z",
            false,
        ),
        (Failure::Credentials { error: "a".to_owned() }, "zoom credentials: a", false),
        (Failure::Scope(vec!["a:b".to_owned(), "c:d".to_owned()]), "zoom scope: a:b c:d", false),
        (Failure::Scope(Vec::new()), "zoom scope", false),
        (Failure::Missing, "zoom missing", false),
        (Failure::NotOnThisPlan, "zoom not-on-this-plan", false),
        (Failure::Refused { status: 400, code: 300 }, "zoom refused: 400 300", false),
        (Failure::Broken { status: 503 }, "zoom broken: 503", true),
    ];
    for (failure, said, happened) in all {
        assert_eq!(failure.to_string(), said);
        assert_eq!(failure.may_have_happened(), happened, "{failure:?}");
        assert!(said.starts_with(&format!("zoom {}", failure.code())), "{failure:?}");
    }
}
