//! Who comes, waits, is let in, leaves; and the lists of it (Zoom OpenAPI v2).

use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_stand_in::{Plan, Refused};

use crate::Account;

fn link(account: &Account, id: i64, name: &str) -> String {
    let body = json!({ "attendees": [{ "name": name }], "ttl": 0 });
    let answer = account.ask("POST", &format!("/meetings/{id}/invite_links"), Some(body));
    answer.body["attendees"][0]["join_url"].as_str().expect("a link").to_owned()
}

fn names(list: &Value) -> Vec<String> {
    let all = list["participants"].as_array().cloned().unwrap_or_default();
    all.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn guests_wait_until_they_are_let_in() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": true }));
    account.zoom.start_meeting(id).expect("it begins");
    let guest = account.zoom.join(&link(&account, id, "a"), None).expect("comes");
    assert_eq!(account.zoom.present(id), 1);
    account.zoom.admit(guest).expect("let in");
    assert_eq!(account.zoom.present(id), 2);
    account.zoom.leave(guest);
    assert_eq!(account.zoom.admit(guest), Err(Refused::NotThere));
}

#[test]
fn without_a_waiting_room_guests_are_in_at_once() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.join(&link(&account, id, "a"), None).expect("comes");
    assert_eq!(account.zoom.present(id), 2);
}

#[test]
fn everybodys_link_asks_for_the_passcode() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let url = account.read(id)["join_url"].as_str().expect("an address").to_owned();
    account.zoom.join(&url, Some("a")).expect("comes");
    let wrong = url.replace("123456", "654321");
    assert_eq!(account.zoom.join(&wrong, Some("a")), Err(Refused::Passcode));
}

#[test]
fn lists_of_the_past_want_a_paid_plan_an_end_and_two_people() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let past = |account: &Account| {
        let uuid = account.read(id)["uuid"].as_str().expect("a uuid").to_owned();
        let encoded = uuid.replace('%', "%25").replace('/', "%252F").replace('+', "%2B");
        account.ask("GET", &format!("/past_meetings/{encoded}/participants"), None)
    };
    assert_eq!(past(&account).status, 404, "it was not held yet");
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.end(id);
    account.advance(SignedDuration::from_mins(2));
    assert_eq!(names(&past(&account).body), [""; 0], "one alone");
    account.zoom.start_meeting(id).expect("it begins again");
    account.zoom.join(&link(&account, id, "相談-2738"), None).expect("comes");
    account.zoom.end(id);
    assert_eq!(names(&past(&account).body), [""; 0], "it is not told at once");
    account.advance(SignedDuration::from_mins(2));
    assert!(names(&past(&account).body).contains(&"相談-2738".to_owned()));
    let basic = Account::on(Plan::Basic);
    let answer = basic.ask("GET", "/past_meetings/x/participants", None);
    assert_eq!((answer.status, &answer.body["code"]), (400, &json!(200)));
}

fn past_path(kind: &str, uuid: &Value) -> String {
    let uuid = uuid.as_str().expect("a uuid");
    let encoded = uuid.replace('%', "%25").replace('/', "%252F").replace('+', "%2B");
    format!("/{kind}/{encoded}/participants")
}

/// Every time that a meeting is begun it is an instance with a uuid of its own.
#[test]
fn each_instance_has_the_people_who_came_to_it() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    let held = |name: &str| {
        account.zoom.start_meeting(id).expect("it begins");
        account.zoom.join(&link(&account, id, name), None).expect("comes");
        account.advance(SignedDuration::from_mins(10));
        account.zoom.end(id);
        account.read(id)["uuid"].clone()
    };
    let (first, second) = (held("a"), held("b"));
    assert_ne!(first, second);
    account.advance(SignedDuration::from_mins(2));
    for (uuid, name) in [(first, "a"), (second, "b")] {
        let list = account.ask("GET", &past_path("past_meetings", &uuid), None).body;
        assert_eq!(names(&list), ["Host", name]);
    }
}

#[test]
fn who_waits_for_the_next_beginning_comes_to_that_instance() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.end(id);
    account.zoom.join(&link(&account, id, "early"), None).expect("comes");
    account.zoom.start_meeting(id).expect("it begins again");
    account.zoom.end(id);
    account.advance(SignedDuration::from_mins(2));
    let path = past_path("past_meetings", &account.read(id)["uuid"]);
    assert_eq!(names(&account.ask("GET", &path, None).body), ["early", "Host"]);
}

/// Durations may be 0 at first (unverified: for how long).
#[test]
fn durations_are_counted_later() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.join(&link(&account, id, "a"), None).expect("comes");
    account.advance(SignedDuration::from_mins(10));
    account.zoom.end(id);
    let uuid = account.read(id)["uuid"].clone();
    let seconds = || {
        let list = account.ask("GET", &past_path("past_meetings", &uuid), None).body;
        list["participants"][1]["duration"].clone()
    };
    account.advance(SignedDuration::from_mins(1));
    assert_eq!(seconds(), 0);
    account.advance(SignedDuration::from_mins(1));
    assert_eq!(seconds(), 600);
}

#[test]
fn what_is_over_for_a_year_is_not_told() {
    let mut account = Account::open();
    let id = account.meeting(json!({}));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.end(id);
    let uuid = account.read(id)["uuid"].clone();
    account.advance(SignedDuration::from_hours(366 * 24));
    account.renew();
    let answer = account.ask("GET", &past_path("past_meetings", &uuid), None);
    assert_eq!((answer.status, &answer.body["code"]), (400, &json!(12702)));
}

#[test]
fn a_report_has_registrants_when_they_are_asked_for() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1, "waiting_room": false }));
    let body = json!({ "first_name": "a", "email": "a@example.jp", "auto_approve": true });
    let made = account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body)).body;
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.join(made["join_url"].as_str().expect("a link"), None).expect("comes");
    account.zoom.end(id);
    account.advance(SignedDuration::from_mins(2));
    let path = past_path("report/meetings", &account.read(id)["uuid"]);
    let guest = |query: &str| {
        account.ask("GET", &format!("{path}{query}"), None).body["participants"][1].clone()
    };
    assert!(guest("").get("registrant_id").is_none());
    assert_eq!(guest("?include_fields=registrant_id")["registrant_id"], made["registrant_id"]);
}

#[test]
fn lists_of_people_have_pages() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.join(&link(&account, id, "a"), None).expect("comes");
    account.zoom.end(id);
    account.advance(SignedDuration::from_mins(2));
    let path = past_path("past_meetings", &account.read(id)["uuid"]);
    let first = account.ask("GET", &format!("{path}?page_size=1"), None).body;
    assert_eq!(names(&first), ["Host"]);
    let token = first["next_page_token"].as_str().expect("a token");
    let path = format!("{path}?page_size=1&next_page_token={token}");
    assert_eq!(names(&account.ask("GET", &path, None).body), ["a"]);
}

/// The dashboard tells who is there unless the past is asked for (jrchamp/moodle-mod_zoom#662),
/// and is the only place where a recording on somebody's own machine is seen.
#[test]
fn a_recording_on_a_machine_of_ones_own_is_in_the_dashboard_alone() {
    let account = Account::on(Plan::Business);
    let id = account.meeting(json!({ "waiting_room": false }));
    let host = account.zoom.start_meeting(id).expect("it begins");
    account.zoom.take_pending();
    account.zoom.start_local_recording(host);
    assert!(account.zoom.pending().is_empty());
    let ask = |query: &str| {
        account.ask("GET", &format!("/metrics/meetings/{id}/participants{query}"), None)
    };
    assert_eq!(ask("").body["participants"][0]["recording"], true);
    assert_eq!(ask("?type=past").status, 404);
    account.zoom.end(id);
    assert_eq!((ask("").status, ask("?type=past").status), (404, 200));
}

#[test]
fn a_uuid_with_slashes_is_encoded_twice() {
    for seed in 0..12 {
        let account = Account::with(|settings| settings.seed = seed);
        let id = account.meeting(json!({}));
        account.zoom.start_meeting(id).expect("it begins");
        account.zoom.join(&link(&account, id, "a"), None).expect("comes");
        account.zoom.end(id);
        account.advance(SignedDuration::from_mins(2));
        let uuid = account.read(id)["uuid"].as_str().expect("a uuid").to_owned();
        let ask = |slash: &str| {
            let encoded = uuid.replace('/', slash).replace('+', "%2B");
            account.ask("GET", &format!("/past_meetings/{encoded}/participants"), None).status
        };
        assert_eq!(ask("%252F"), 200, "{uuid}");
        let once = if uuid.contains('/') { 404 } else { 200 };
        assert_eq!(ask("%2F"), once, "{uuid}");
    }
}

#[test]
fn who_is_there_now_is_told_from_the_plan_business_on() {
    let check = |plan: Plan, status: u16| {
        let account = Account::on(plan);
        let id = account.meeting(json!({}));
        account.zoom.start_meeting(id).expect("it begins");
        let path = format!("/metrics/meetings/{id}/participants");
        assert_eq!(account.ask("GET", &path, None).status, status, "{plan:?}");
    };
    check(Plan::Pro, 400);
    check(Plan::Business, 200);
}
