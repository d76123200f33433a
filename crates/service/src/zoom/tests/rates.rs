use super::*;
use crate::zoom::rates::{Budget, too_many};

#[test]
fn how_long_to_hold_back() {
    let check = |kind: Option<&str>, retry_after: Option<&str>, until: &str, daily: bool| {
        let expected = Failure::TooMany { until: at(until), daily };
        let read = too_many(kind, retry_after, at(NOON));
        assert_eq!(read, expected, "{kind:?} {retry_after:?}");
    };
    let daily = Some("Daily-limit");
    check(None, None, "2026-11-24T12:00:01Z", false);
    check(Some("QPS"), None, "2026-11-24T12:00:01Z", false);
    check(daily, None, "2026-11-25T00:00:00Z", true);
    check(Some("DAILY-LIMIT"), None, "2026-11-25T00:00:00Z", true);
    check(None, Some("30"), "2026-11-24T12:00:30Z", false);
    check(None, Some(" 30 "), "2026-11-24T12:00:30Z", false);
    check(daily, Some("2026-11-25T00:00:00Z"), "2026-11-25T00:00:00Z", true);
    check(daily, Some("2026-11-25T09:00:00+09:00"), "2026-11-25T00:00:00Z", true);
    check(daily, Some("2026-11-25T00:00:00"), "2026-11-25T00:00:00Z", true);
    check(daily, Some("2026-11-25 00:00:00"), "2026-11-25T00:00:00Z", true);
    check(None, Some("Tue, 24 Nov 2026 12:00:40 GMT"), "2026-11-24T12:00:40Z", false);
    // What cannot be meant.
    check(None, Some("-5"), "2026-11-24T12:00:01Z", false);
    check(None, Some("0"), "2026-11-24T12:00:01Z", false);
    check(None, Some("2020-01-01T00:00:00Z"), "2026-11-24T12:00:01Z", false);
    check(None, Some("Tue, 24 Nov 2020 12:00:40 GMT"), "2026-11-24T12:00:01Z", false);
    // So long a wait, whatever it is called, is a day's limit.
    check(None, Some("99999999999999999999"), "2026-11-25T12:00:00Z", true);
    check(None, Some("60"), "2026-11-24T12:01:00Z", false);
    check(None, Some("61"), "2026-11-24T12:01:01Z", true);
    check(Some("QPS"), Some("61"), "2026-11-24T12:01:01Z", false);
    check(daily, Some("2099-01-01T00:00:00Z"), "2026-11-25T12:00:00Z", true);
    check(daily, Some("-5"), "2026-11-25T00:00:00Z", true);
    check(None, Some("soon"), "2026-11-24T12:00:01Z", false);
    check(None, Some(""), "2026-11-24T12:00:01Z", false);
}

#[test]
fn at_the_edges_of_time_nothing_breaks() {
    for now in [Timestamp::MIN, Timestamp::MAX] {
        for kind in [None, Some("Daily-limit")] {
            assert!(!too_many(kind, Some("5"), now).may_have_happened());
        }
    }
}

#[test]
fn after_too_many_calls_the_like_wait_and_others_do_not() {
    let scene = Scene::signed_in();
    scene.will_fail(429, &[("x-ratelimit-type", "QPS")], r#"{"code":429,"message":"x"}"#);
    let expected = Failure::TooMany { until: at("2026-11-24T12:00:01Z"), daily: false };
    assert_eq!(scene.client.read(1).unwrap_err(), expected);
    assert_eq!(scene.client.clone().delete(2).unwrap_err(), expected);
    assert_eq!(scene.server.lines(), ["GET /v2/meetings/1"]);

    scene.will_fail(200, &[], r#"{"meetings":[]}"#);
    assert!(scene.client.list("host", Kind::Live).unwrap().is_empty());

    scene.clock.set(at("2026-11-24T12:00:01Z"));
    scene.will_tell_a_meeting();
    scene.client.read(1).unwrap();
}

fn meeting() -> NewMeeting<'static, serde_json::Value> {
    NewMeeting {
        topic: "a",
        agenda: "b",
        start: "2026-11-25T01:00:00Z".parse().unwrap(),
        minutes: 30,
        passcode: "c",
        settings: &serde_json::Value::Null,
    }
}

#[test]
fn a_hosts_day_is_used_up_for_this_host_only() {
    let scene = Scene::signed_in();
    let too_many: [(&str, &str); 2] =
        [("x-ratelimit-type", "Daily-limit"), ("retry-after", "2026-11-25T00:00:00Z")];
    scene.will_fail(429, &too_many, r#"{"code":429,"message":"x"}"#);
    let expected = Failure::TooMany { until: at("2026-11-25T00:00:00Z"), daily: true };
    assert_eq!(scene.client.create("one", &meeting()).unwrap_err(), expected);
    assert_eq!(scene.client.create("one", &meeting()).unwrap_err(), expected);
    assert_eq!(scene.client.update("one", 1, &meeting()).unwrap_err(), expected);
    assert_eq!(scene.server.lines(), ["POST /v2/users/one/meetings"]);

    scene.will_fail(204, &[], "");
    scene.client.update("other", 1, &meeting()).unwrap();
    scene.will_fail(204, &[], "");
    scene.client.delete(1).expect("deleting is not counted");
    scene.will_tell_a_meeting();
    scene.client.read(1).unwrap();
    scene.clock.set(at("2026-11-25T00:00:00Z"));
    // The token has ended meanwhile.
    scene.will_grant("second");
    scene.will_fail(204, &[], "");
    scene.client.update("one", 1, &meeting()).unwrap();
}

#[test]
fn a_registrants_day_stops_no_other_registrant() {
    let scene = Scene::signed_in();
    scene.will_fail(429, &[("x-ratelimit-type", "Daily-limit")], "");
    let failure = scene.client.add_registrant(1, "A-17", "a17@office.example").unwrap_err();
    assert_eq!(failure.code(), "too-many-today");
    let again = scene.client.add_registrant(1, "A-17", "a17@office.example").unwrap_err();
    assert_eq!(again, failure);
    assert_eq!(scene.server.asked().len(), 1);
    for (meeting, email) in [(1, "b18@office.example"), (2, "a17@office.example")] {
        scene.will_fail(201, &[], r#"{"registrant_id":"r","join_url":"https://zoom.example/w"}"#);
        scene.client.add_registrant(meeting, "B-18", email).unwrap();
    }
}

#[test]
fn heavy_calls_share_their_day() {
    let now = at(NOON);
    let until = at("2026-11-25T00:00:00Z");
    let held = |first: Label, second: Label| {
        let pauses = Pauses::new();
        pauses.hold_calls(first, &Budget::Label(first), until, true);
        pauses.may_call(second, &Budget::Label(second), now).is_err()
    };
    assert!(held(Label::Heavy, Label::ResourceIntensive));
    assert!(held(Label::ResourceIntensive, Label::Heavy));
    assert!(held(Label::Light, Label::Light));
    assert!(!held(Label::Heavy, Label::Medium));
    assert!(!held(Label::Light, Label::Heavy));
}

/// A registrant has a day of their own, and is one of the light calls all the same.
#[test]
fn a_label_whose_day_is_used_up_stops_every_call_of_it() {
    let pauses = Pauses::new();
    let until = at("2026-11-25T00:00:00Z");
    pauses.hold_calls(Label::Light, &Budget::Label(Label::Light), until, true);
    let registrant = Budget::Registrant(1, "a17@office.example".to_owned());
    let expected = Err(Failure::TooMany { until, daily: true });
    assert_eq!(pauses.may_call(Label::Light, &registrant, at(NOON)), expected);
    let host = Budget::Host("one".to_owned());
    assert_eq!(pauses.may_call(Label::Medium, &host, at(NOON)), Ok(()));
}

#[test]
fn a_shorter_pause_ends_no_longer_one() {
    let pauses = Pauses::new();
    let budget = Budget::Label(Label::Light);
    for until in ["2026-11-24T12:00:30Z", "2026-11-24T12:00:01Z"] {
        pauses.hold_calls(Label::Light, &budget, at(until), false);
    }
    let asked = |now: &str| pauses.may_call(Label::Light, &budget, at(now)).is_ok();
    assert!(!asked("2026-11-24T12:00:29.999Z"));
    assert!(asked("2026-11-24T12:00:30Z"));
}
