use std::sync::Barrier;

use jiff::SignedDuration;

use super::*;

const TOKEN: &str = "POST /oauth/token";
const READ: &str = "GET /v2/meetings/1";

#[test]
fn it_is_asked_for_with_the_apps_secret_and_says_what_the_app_may_do() {
    let scene = Scene::start();
    scene.will_grant("first");
    let scopes = scene.client.token_scopes().unwrap();
    assert_eq!(scopes, ["meeting:read:meeting:admin", "user:read:user:admin"]);
    let [asked] = scene.server.asked().try_into().ok().expect("one request");
    assert_eq!(asked.line, TOKEN);
    assert_eq!(asked.body, "grant_type=account_credentials&account_id=account+%26+co");
    // "the-app:the app's secret" in base64, in small letters.
    assert!(asked.head.contains("authorization: basic dghllwfwcdp0agugyxbwj3mgc2vjcmv0"));
    assert!(asked.head.contains("content-type: application/x-www-form-urlencoded"));
    assert!(asked.head.contains("user-agent: madoguchi/"));
}

#[test]
fn it_is_used_until_a_minute_before_it_ends() {
    let scene = Scene::start();
    scene.will_grant("first");
    let minutes_and_expected: [(i64, &[&str]); 3] =
        [(0, &[TOKEN, READ]), (58, &[READ]), (1, &[TOKEN, READ])];
    for (minutes, expected) in minutes_and_expected {
        scene.clock.advance(SignedDuration::from_mins(minutes));
        if minutes == 1 {
            scene.will_grant("second");
        }
        scene.will_tell_a_meeting();
        scene.client.read(1).unwrap();
        assert_eq!(scene.server.lines(), expected, "{minutes}");
    }
}

#[test]
fn one_that_is_not_accepted_is_renewed_once() {
    let scene = Scene::signed_in();
    scene.will_fail(401, &[], r#"{"code":124,"message":"Access token is expired."}"#);
    scene.will_grant("second");
    scene.will_tell_a_meeting();
    scene.client.read(1).unwrap();
    let asked = scene.server.asked();
    let lines: Vec<&str> = asked.iter().map(|asked| asked.line.as_str()).collect();
    assert_eq!(lines, [READ, TOKEN, READ]);
    assert!(asked[0].head.contains("authorization: bearer first\r\n"));
    assert!(asked[2].head.contains("authorization: bearer second\r\n"));
}

#[test]
fn one_that_is_not_accepted_after_that_is_the_end_of_it() {
    let scene = Scene::signed_in();
    let refused = r#"{"code":124,"message":"Invalid access token."}"#;
    scene.will_fail(401, &[], refused);
    scene.will_grant("second");
    scene.will_fail(401, &[], refused);
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Credentials { error: "124".to_owned() });
    assert_eq!(scene.server.lines(), [READ, TOKEN, READ]);
}

#[test]
fn a_refusal_without_a_code_tells_its_status() {
    let scene = Scene::signed_in();
    scene.will_fail(401, &[], "");
    scene.will_grant("second");
    scene.will_fail(401, &[], "<html>who are you</html>");
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Credentials { error: "401".to_owned() });
}

/// An administrator adds what was lacking, and tries again at once.
#[test]
fn one_that_lacks_a_scope_is_not_used_again() {
    let scene = Scene::signed_in();
    scene.will_fail(400, &[], r#"{"code":4711,"message":"does not contain scopes:[a:b]."}"#);
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Scope(vec!["a:b".to_owned()]));
    scene.will_grant("second");
    scene.will_tell_a_meeting();
    scene.client.read(1).unwrap();
    assert_eq!(scene.server.lines(), [READ, TOKEN, READ]);
}

#[test]
fn many_threads_need_one_token() {
    let scene = Scene::start();
    scene.will_grant("first");
    (0..8).for_each(|_| scene.will_tell_a_meeting());
    let barrier = Barrier::new(8);
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                barrier.wait();
                scene.client.clone().read(1).expect("a meeting")
            });
        }
    });
    let lines = scene.server.lines();
    assert_eq!(lines.iter().filter(|line| *line == TOKEN).count(), 1, "{lines:?}");
    assert_eq!(lines.len(), 9);
}

/// Several threads learn of the same old token that it is not accepted.
#[test]
fn one_that_another_thread_renewed_is_not_renewed_again() {
    let scene = Scene::signed_in();
    let old = scene.client.granted().unwrap();
    scene.client.0.tokens.forget(&old);
    scene.will_grant("second");
    let renewed = scene.client.granted().unwrap();
    scene.client.0.tokens.forget(&old);
    assert!(std::sync::Arc::ptr_eq(&renewed, &scene.client.granted().unwrap()));
    assert_eq!(scene.server.lines(), [TOKEN]);
}

#[test]
fn who_waited_while_it_was_refused_does_not_try_again_at_once() {
    let scene = Scene::start();
    let inside = &*scene.client.0;
    let source = crate::zoom::token::Source {
        agent: &inside.agent,
        account: &inside.account,
        clock: &inside.clock,
        pauses: &inside.pauses,
    };
    let before = inside.tokens.ended();
    scene.will_fail(400, &[], r#"{"reason":"Bad client","error":"invalid_client"}"#);
    let expected = Failure::Credentials { error: "invalid_client".to_owned() };
    for _ in 0..2 {
        assert_eq!(inside.tokens.current(before, &source).err(), Some(expected.clone()));
    }
    assert_eq!(scene.server.lines(), [TOKEN]);
    scene.will_grant("first");
    assert!(inside.tokens.current(inside.tokens.ended(), &source).is_ok());
}

#[test]
fn the_address_of_the_api_comes_with_it() {
    let granted =
        |api: &str| format!(r#"{{"access_token":"first","expires_in":3599,"scope":""{api}}}"#);
    let base = |api: &str| {
        let scene = Scene::start();
        scene.will_fail(200, &[], &granted(api));
        scene.client.granted().map(|granted| granted.base.clone())
    };
    let none = || Err(Failure::Unanswered(Silence::NoToken));
    for (api, expected) in [
        ("", Ok("https://api.zoom.us/v2".to_owned())),
        (r#","api_url":null"#, Ok("https://api.zoom.us/v2".to_owned())),
        (r#","api_url":"https://api-jp.zoom.us/""#, Ok("https://api-jp.zoom.us/v2".to_owned())),
        (r#","api_url":"http://api.zoom.us""#, none()),
        (r#","api_url":"api.zoom.us""#, none()),
    ] {
        assert_eq!(base(api), expected, "{api}");
    }
}

#[test]
fn what_the_token_endpoint_may_say_instead() {
    let check = |status: u16, body: &str, expected: Failure| {
        let scene = Scene::start();
        scene.will_fail(status, &[], body);
        let failure = scene.client.read(1).unwrap_err();
        assert_eq!(failure, expected, "{status} {body}");
        assert!(!failure.may_have_happened(), "{status} {body}: nothing was asked for");
        assert_eq!(scene.server.lines(), [TOKEN]);
    };
    let credentials = |error: &str| Failure::Credentials { error: error.to_owned() };
    let no_token = || Failure::Unanswered(Silence::NoToken);
    check(400, r#"{"reason":"Invalid","error":"invalid_grant"}"#, credentials("invalid_grant"));
    check(401, r#"{"reason":"x","error":"invalid_client"}"#, credentials("invalid_client"));
    check(400, r#"{"error":"<b>山田 has_none</b>"}"#, credentials("bhas_noneb"));
    check(400, r#"{"code":4700,"message":"x"}"#, credentials("4700"));
    check(403, "<html>no</html>", credentials("403"));
    check(400, "", credentials("400"));
    check(302, "", no_token());
    check(503, "", no_token());
    check(200, "<html>sign in to the network</html>", no_token());
    check(200, r#"{"access_token":"first"}"#, no_token());
    let until = at("2026-11-24T12:00:01Z");
    check(429, "", Failure::TooMany { until, daily: false });
}

#[test]
fn an_answer_that_breaks_off_gives_no_token() {
    let scene = Scene::start();
    scene.server.will(Reply::BreakOff);
    let failure = scene.client.read(1).unwrap_err();
    assert_eq!(failure, Failure::Unanswered(Silence::NoToken));
    assert_eq!(scene.server.lines(), [TOKEN]);
}

#[test]
fn it_is_not_asked_for_again_until_the_time_has_come() {
    let scene = Scene::start();
    scene.will_fail(429, &[("retry-after", "5")], "");
    let expected = Failure::TooMany { until: at("2026-11-24T12:00:05Z"), daily: false };
    for _ in 0..2 {
        assert_eq!(scene.client.token_scopes().unwrap_err(), expected);
    }
    assert_eq!(scene.server.lines(), [TOKEN]);
    scene.clock.set(at("2026-11-24T12:00:05Z"));
    scene.will_grant("first");
    scene.client.token_scopes().unwrap();
}

#[test]
fn it_goes_over_tls_or_stays_within_the_machine() {
    for (url, expected) in [
        ("https://zoom.us", true),
        ("https://zoom.us:443/", true),
        ("http://127.0.0.1:8080", true),
        ("http://localhost", true),
        ("http://[::1]:8080", true),
        ("http://zoom.us", false),
        ("http://localhost.example", false),
        ("http://localhost@zoom.example", false),
        ("http://localhost:1@zoom.example", false),
        ("https://zoom.us@example.org", false),
        ("https://", false),
        ("zoom.us", false),
        ("ftp://127.0.0.1", false),
    ] {
        assert_eq!(wire::is_safe(url), expected, "{url}");
    }
}
