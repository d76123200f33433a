//! Links of one's own (Zoom OpenAPI v2; developers.zoom.us/docs/isv/workflows/join-meeting-reg).

use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_stand_in::{Plan, Refused};

use crate::{Account, HOST};

fn invite(account: &Account, id: i64, body: Value) -> crate::Answer {
    account.ask("POST", &format!("/meetings/{id}/invite_links"), Some(body))
}

fn register(account: &Account, id: i64, address: &str) -> crate::Answer {
    let body = json!({ "first_name": "相談-2738", "email": address, "auto_approve": true });
    account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body))
}

#[test]
fn a_link_for_each_name() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let names = json!([{ "name": "相談-2738" }, { "name": "通訳" }]);
    let answer = invite(&account, id, json!({ "attendees": names, "ttl": 3_600 }));
    assert_eq!(answer.status, 201);
    let made = answer.body["attendees"].as_array().expect("links");
    assert_eq!(made.len(), 2);
    assert_ne!(made[0]["join_url"], made[1]["join_url"]);
}

#[test]
fn a_link_lasts_as_long_as_was_said_and_two_hours_when_nothing_was() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let link = |ttl: Option<i64>| {
        let mut body = json!({ "attendees": [{ "name": "a" }] });
        if let Some(ttl) = ttl {
            body["ttl"] = json!(ttl);
        }
        let answer = invite(&account, id, body);
        answer.body["attendees"][0]["join_url"].as_str().expect("a link").to_owned()
    };
    let (hour, usual, always) = (link(Some(3_600)), link(None), link(Some(0)));
    account.advance(SignedDuration::from_secs(3_600));
    assert_eq!(account.zoom.join(&hour, None), Err(Refused::NoLink));
    account.zoom.join(&usual, None).expect("it works");
    account.advance(SignedDuration::from_secs(3_600));
    assert_eq!(account.zoom.join(&usual, None), Err(Refused::NoLink));
    account.zoom.join(&always, None).expect("it has no end");
}

#[test]
fn bounds_of_an_invitation() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let check = |body: Value, status: u16| {
        assert_eq!(invite(&account, id, body.clone()).status, status, "{body}");
    };
    let one = json!([{ "name": "a" }]);
    check(json!({ "attendees": one, "ttl": 7_776_000 }), 201);
    check(json!({ "attendees": one, "ttl": 7_776_001 }), 400);
    check(json!({ "attendees": one, "ttl": -1 }), 400);
    check(json!({ "attendees": [] }), 400);
    check(json!({ "attendees": [{ "name": "a".repeat(64) }] }), 201);
    check(json!({ "attendees": [{ "name": "a".repeat(65) }] }), 400);
    let many: Vec<Value> = (0..501).map(|number| json!({ "name": number.to_string() })).collect();
    check(json!({ "attendees": many[..500] }), 201);
    check(json!({ "attendees": many }), 400);
}

#[test]
fn a_link_ends_with_its_meeting() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let body = json!({ "attendees": [{ "name": "a" }], "ttl": 0 });
    let link = invite(&account, id, body).body["attendees"][0]["join_url"].clone();
    account.ask("DELETE", &format!("/meetings/{id}"), None);
    let link = link.as_str().expect("a link");
    assert_eq!(account.zoom.join(link, None), Err(Refused::NoMeeting));
}

/// developers.zoom.us/docs/isv: the address need not be anybody's.
#[test]
fn registration_takes_an_address_that_is_nobodys() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let answer = register(&account, id, "x7k2@zoom.example.jp");
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert!(answer.body["registrant_id"].is_string() && answer.body["join_url"].is_string());
    assert_eq!(register(&account, id, "no address").status, 400);
    assert_eq!(register(&account, id, HOST).body["code"], 3027);
}

#[test]
fn registration_has_to_be_open_and_paid_for() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 2 }));
    assert_eq!(register(&account, id, "x@example.jp").status, 400);
    let basic = Account::on(Plan::Basic);
    let id = basic.meeting(json!({ "approval_type": 1 }));
    let answer = register(&basic, id, "x@example.jp");
    assert_eq!((answer.status, &answer.body["code"]), (400, &json!(200)));
    let unlicensed = Account::with(|settings| settings.users[0].licensed = false);
    let id = unlicensed.meeting(json!({ "approval_type": 1 }));
    assert_eq!(register(&unlicensed, id, "x@example.jp").status, 400);
}

/// Zoom OpenAPI v2: `auto_approve` counts only where the host approves.
#[test]
fn who_is_not_approved_has_no_way_in() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let body = json!({ "first_name": "a", "email": "a@example.jp" });
    let answer = account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body));
    let link = answer.body["join_url"].as_str().expect("a link");
    assert_eq!(account.zoom.join(link, None), Err(Refused::NoLink));
}

/// developers.zoom.us/docs/isv: one at a time (devforum.zoom.us 6698 saw two: unverified).
#[test]
fn a_registrants_link_lets_one_in_at_a_time() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let link = register(&account, id, "x@example.jp").body["join_url"].clone();
    let link = link.as_str().expect("a link");
    let first = account.zoom.join(link, None).expect("in");
    assert_eq!(account.zoom.join(link, None), Err(Refused::InUse));
    account.zoom.leave(first);
    account.zoom.join(link, None).expect("in again");
}

#[test]
fn who_is_not_approved_is_listed_as_pending() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let body = json!({ "first_name": "a", "email": "a@example.jp" });
    account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body));
    let count = |query: &str| {
        let path = format!("/meetings/{id}/registrants{query}");
        account.ask("GET", &path, None).body["total_records"].clone()
    };
    assert_eq!((count(""), count("?status=pending")), (json!(0), json!(1)));
}

/// developers.zoom.us/docs/api/rate-limits: the same registrant three times a day of UTC.
#[test]
fn an_address_registers_three_times_a_day() {
    let mut account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    for _ in 0..3 {
        assert_eq!(register(&account, id, "x@example.jp").status, 201);
    }
    assert_eq!(register(&account, id, "x@example.jp").status, 429);
    assert_eq!(register(&account, id, "y@example.jp").status, 201);
    account.advance(SignedDuration::from_hours(23));
    account.renew();
    assert_eq!(register(&account, id, "x@example.jp").status, 201);
}

#[test]
fn who_is_late_does_not_register() {
    let mut account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    account.advance(SignedDuration::from_hours(25));
    account.renew();
    assert_eq!(register(&account, id, "x@example.jp").body["code"], 3038);
}

#[test]
fn bounds_of_a_registration() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let check = |name: &str, value: String, status: u16| {
        let mut body = json!({ "first_name": "a", "email": "a@example.jp" });
        body[name] = Value::String(value);
        let answer = account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body));
        assert_eq!(answer.status, status, "{name}");
    };
    check("first_name", String::new(), 400);
    check("first_name", "a".repeat(65), 400);
    check("last_name", "a".repeat(64), 201);
    check("last_name", "a".repeat(65), 400);
    check("email", format!("{}@example.jp", "a".repeat(117)), 201);
    check("email", format!("{}@example.jp", "a".repeat(118)), 400);
}

#[test]
fn registrants_are_listed_and_taken_away() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1 }));
    let made = register(&account, id, "x@example.jp").body;
    let list = || account.ask("GET", &format!("/meetings/{id}/registrants"), None).body;
    assert_eq!(list()["total_records"], 1);
    let registrant = made["registrant_id"].as_str().expect("an id");
    let path = format!("/meetings/{id}/registrants/{registrant}");
    assert_eq!(account.ask("DELETE", &path, None).status, 204);
    assert_eq!(list()["total_records"], 0);
}
