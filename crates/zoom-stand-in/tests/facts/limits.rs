//! How often one may ask (developers.zoom.us/docs/api/rate-limits; Zoom OpenAPI v2).

use jiff::SignedDuration;
use serde_json::json;
use zoom_stand_in::{Fault, Match, Plan, Refused};

use crate::{Account, HOST, tomorrow};

#[test]
fn a_hundred_meetings_are_made_or_changed_for_a_host_in_a_day_of_utc() {
    let mut account = Account::on(Plan::Business);
    let id = account.meeting(json!({}));
    let change = |account: &Account| {
        account.ask("PATCH", &format!("/meetings/{id}"), Some(json!({ "topic": "u" })))
    };
    for count in 2..=100 {
        assert_eq!(change(&account).status, 204, "{count}");
        account.advance(SignedDuration::from_secs(1));
    }
    let answer = change(&account);
    assert_eq!(answer.status, 429);
    assert!(answer.text.contains("daily rate limit"), "{}", answer.text);
    assert_eq!(answer.headers["x-ratelimit-type"], "Daily-limit");
    assert_eq!(answer.headers["x-ratelimit-limit"], "100");
    // A date, not seconds.
    assert_eq!(answer.headers["retry-after"], "2026-11-25T00:00:00Z");
    assert_eq!(account.zoom.changes_today(HOST), 100);
    account.advance(SignedDuration::from_hours(23));
    account.renew();
    assert_eq!(change(&account).status, 204);
}

#[test]
fn calls_in_a_second_by_label_and_plan() {
    let check = |plan: Plan, method: &str, path: &str, most: u32| {
        let account = Account::on(plan);
        let ask = || account.ask(method, path, None).status;
        let taken = (0..most + 5).take_while(|_| ask() != 429).count();
        assert_eq!(taken, most as usize, "{plan:?} {path}");
        account.advance(SignedDuration::from_secs(1));
        assert_ne!(ask(), 429);
    };
    let (light, medium) = (format!("/users/{HOST}"), format!("/users/{HOST}/meetings"));
    check(Plan::Basic, "GET", &light, 4);
    check(Plan::Basic, "GET", &medium, 2);
    check(Plan::Basic, "GET", "/report/meetings/x/participants", 1);
    check(Plan::Pro, "GET", &light, 30);
    check(Plan::Pro, "GET", &medium, 20);
    check(Plan::Pro, "GET", "/report/meetings/x/participants", 10);
    check(Plan::Business, "GET", &light, 80);
    check(Plan::Business, "GET", &medium, 60);
    check(Plan::Business, "GET", "/report/meetings/x/participants", 40);
}

/// The headers are of developers.zoom.us/docs/api/rate-limits (unverified with a real account).
#[test]
fn too_many_in_a_second_tell_which_limit_it_was() {
    let account = Account::on(Plan::Basic);
    let answers: Vec<crate::Answer> =
        (0..5).map(|_| account.ask("GET", &format!("/users/{HOST}"), None)).collect();
    let last = answers.last().expect("five");
    assert_eq!((last.status, &last.body["code"]), (429, &json!(429)));
    assert!(last.text.contains("per-second"), "{}", last.text);
    let header = |name: &str| last.headers.get(name).and_then(|it| it.to_str().ok());
    assert_eq!(header("x-ratelimit-category"), Some("Light"));
    assert_eq!(header("x-ratelimit-type"), Some("QPS"));
    assert_eq!(header("x-ratelimit-limit"), Some("4"));
    assert_eq!(header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(header("retry-after"), None);
}

/// It was done, and no answer comes: who asked gives up.
#[test]
fn an_answer_may_never_come() {
    let account = Account::open();
    let on = Match { method: "POST".to_owned(), path_part: "/meetings".to_owned() };
    account.zoom.fault(on, 1, Fault::Hang);
    let answer = account.ask_for(
        std::time::Duration::from_millis(200),
        "POST",
        &format!("/users/{HOST}/meetings"),
        Some(tomorrow(json!({}))),
    );
    assert_eq!((answer.status, account.zoom.meetings().len()), (0, 1));
}

#[test]
fn random_faults_are_the_same_for_the_same_seed() {
    let statuses = |seed: u64| -> Vec<u16> {
        let account = Account::with(|settings| {
            settings.seed = seed;
            settings.plan = Plan::Business;
        });
        account.zoom.random_faults(50);
        (0..40).map(|_| account.ask("GET", &format!("/users/{HOST}"), None).status).collect()
    };
    assert_eq!(statuses(7), statuses(7));
    assert_ne!(statuses(7), statuses(8));
    assert!(statuses(7).contains(&200) && statuses(7).contains(&500));
}

/// support.zoom.com KB0068522: the host has another meeting in progress.
#[test]
fn meetings_at_once_by_plan() {
    let check = |plan: Plan, most: usize| {
        let account = Account::on(plan);
        let ids: Vec<i64> = (0..3).map(|_| account.meeting(json!({}))).collect();
        let begun: Vec<bool> =
            ids.iter().map(|id| account.zoom.start_meeting(*id).is_ok()).collect();
        assert_eq!(begun.iter().filter(|it| **it).count(), most, "{plan:?}");
        let refused = account.zoom.start_meeting(ids[2]);
        assert_eq!(refused, Err(Refused::HostBusy));
        // However many are planned for the same time.
        account.zoom.end(ids[0]);
        account.zoom.start_meeting(ids[2]).expect("it begins");
    };
    check(Plan::Pro, 1);
    check(Plan::Business, 2);
}

/// What goes wrong on the way, and whether it was done all the same.
#[test]
fn faults() {
    let check = |fault: Fault, made: usize, status: u16| {
        let account = Account::open();
        let on = Match { method: "POST".to_owned(), path_part: "/meetings".to_owned() };
        account.zoom.fault(on, 1, fault.clone());
        let path = format!("/users/{HOST}/meetings");
        let answer = account.ask("POST", &path, Some(tomorrow(json!({}))));
        assert_eq!(answer.status, status, "{fault:?}");
        assert!(answer.body.get("join_url").is_none(), "{fault:?}: {}", answer.text);
        assert_eq!(account.zoom.meetings().len(), made, "{fault:?}");
        let answer = account.ask("POST", &path, Some(tomorrow(json!({}))));
        assert_eq!(answer.status, 201, "{fault:?} once");
    };
    check(Fault::Status(503, "{}".to_owned()), 0, 503);
    check(Fault::TooMany { daily: false }, 0, 429);
    check(Fault::LostAfter, 1, 0);
    check(Fault::Xml, 1, 201);
    check(Fault::Html, 1, 201);
    check(Fault::Empty, 1, 201);
    check(Fault::Truncated, 1, 201);
    check(Fault::LostBefore, 0, 0);
}
