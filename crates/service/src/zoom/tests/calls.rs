//! What is asked, octet by octet where it matters, and what is held back.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::server::Reply;
use super::{client, made, new_meeting};
use crate::zoom::{Failure, Kind};

fn nothing() -> Reply {
    Reply::plain(204, &[], "")
}

#[test]
fn a_meeting_is_made_as_it_was_ordered() {
    let (client, server, _) = client(vec![Reply::json(201, &made())]);
    let settings = json!({ "waiting_room": true });
    let answer = client.create("host@example.jp", &new_meeting(&settings)).expect("it is made");
    assert_eq!(answer.id, 84_712_639_219);
    assert_eq!(answer.settings["waiting_room"], true);
    let asked = server.asked().remove(1);
    assert!(asked.line.starts_with("POST /v2/users/host%40example.jp/meetings "), "{}", asked.line);
    let body: Value = serde_json::from_str(&asked.body).expect("JSON");
    let expected = json!({
        "topic": "オンライン面談", "agenda": "madoguchi:a.b", "type": 2,
        "start_time": "2026-11-25T01:00:00Z", "duration": 30, "timezone": "Asia/Tokyo",
        "password": "0123456789", "default_password": false, "settings": settings,
    });
    assert_eq!(body, expected);
}

#[test]
fn a_change_says_all_but_whose_passcode_it_is() {
    let (client, server, _) = client(vec![nothing()]);
    client.update("h", 5, &new_meeting(&json!({}))).expect("it is changed");
    let asked = server.asked().remove(1);
    assert!(asked.line.starts_with("PATCH /v2/meetings/5 "), "{}", asked.line);
    let body: Value = serde_json::from_str(&asked.body).expect("JSON");
    assert!(body.get("default_password").is_none() && body["duration"] == 30);
}

#[test]
fn what_is_gone_is_ended_and_deleted_and_nobody_gets_a_letter() {
    let gone = || Reply::json(404, &json!({ "code": 3001, "message": "x" }));
    let (client, server, _) = client(vec![nothing(), nothing(), gone(), gone()]);
    for _ in 0..2 {
        client.end(5).expect("it is ended");
        client.delete(5).expect("it is deleted");
    }
    let lines: Vec<String> = server.asked().into_iter().map(|asked| asked.line).collect();
    assert!(lines[1].starts_with("PUT /v2/meetings/5/status "));
    let delete = "DELETE /v2/meetings/5?schedule_for_reminder=false&cancel_meeting_reminder=false ";
    assert!(lines[2].starts_with(delete), "{}", lines[2]);
}

#[test]
fn links_come_in_the_order_in_which_they_were_asked_for() {
    let link = |name: &str| json!({ "name": name, "join_url": format!("https://zoom.us/{name}") });
    let body = json!({ "attendees": [link("b"), link("a")] });
    let (client, server, _) = client(vec![Reply::json(201, &body), Reply::json(201, &body)]);
    let links = client.invite_links(5, 7_200, &["a", "b"]).expect("links");
    let shown: Vec<&str> = links.iter().map(|link| link.reveal()).collect();
    assert_eq!(shown, ["https://zoom.us/a", "https://zoom.us/b"]);
    let body: Value = serde_json::from_str(&server.asked()[1].body).expect("JSON");
    assert_eq!(body, json!({ "attendees": [{ "name": "a" }, { "name": "b" }], "ttl": 7_200 }));
    let lacks = client.invite_links(5, 7_200, &["a", "c"]).expect_err("one lacks");
    assert_eq!(lacks.code(), "unreadable");
    assert!(client.invite_links(5, 7_200, &[]).expect("nobody").is_empty());
}

#[test]
fn a_list_is_followed_to_its_end() {
    let page = |ids: &[i64], next: &str| {
        let all: Vec<Value> = ids.iter().map(|id| json!({ "id": id.to_string() })).collect();
        Reply::json(200, &json!({ "meetings": all, "next_page_token": next }))
    };
    let (client, server, _) = client(vec![page(&[1, 2], "t=1&x"), page(&[3], "")]);
    let listed = client.list("h", Kind::Upcoming).expect("a list");
    assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 2, 3]);
    let lines: Vec<String> = server.asked().into_iter().map(|asked| asked.line).collect();
    assert!(lines[1].contains("type=upcoming") && lines[1].contains("page_size=300"));
    assert!(lines[2].contains("next_page_token=t%3D1%26x"), "{}", lines[2]);
}

#[test]
fn participants_come_without_an_address() {
    let one = json!({
        "id": "z", "name": "相談-2738", "user_email": "secret@example.jp", "registrant_id": "",
        "join_time": "2026-11-24T01:00:00Z", "leave_time": "", "status": "in_meeting",
    });
    let body = json!({ "participants": [one], "next_page_token": "" });
    let (client, server, _) = client(vec![Reply::json(200, &body)]);
    let there = client.past_participants("/a//b==").expect("a list");
    assert_eq!(there[0].name.reveal(), "相談-2738");
    assert_eq!((there[0].registrant_id.clone(), there[0].leave_time), (None, None));
    assert!(!format!("{there:?}").contains("secret"));
    // A uuid that begins with a slash or holds two is escaped twice.
    let line = server.asked()[1].line.clone();
    assert!(line.contains("/past_meetings/%252Fa%252F%252Fb%253D%253D/participants"), "{line}");
}

#[test]
fn a_label_that_was_too_often_is_left_alone() {
    let too_many = Reply::plain(429, &[("retry-after", "5")], "");
    let user = || Reply::json(200, &json!({ "id": "u", "type": 1 }));
    let (client, server, clock) = client(vec![too_many, Reply::json(201, &made()), user()]);
    assert_eq!(client.user("h").expect_err("too many").code(), "too-many");
    // Nothing is sent for a while, of this label alone.
    assert_eq!(client.user("h").expect_err("held back").code(), "too-many");
    client.create("h", &new_meeting(&json!({}))).expect("another label");
    assert_eq!(server.asked().len(), 3);
    clock.advance(SignedDuration::from_secs(5));
    client.user("h").expect("a user");
}

#[test]
fn a_host_whose_day_is_used_up_is_left_alone_and_no_other() {
    let day = Reply::plain(429, &[("x-ratelimit-type", "Daily-limit")], "");
    let (client, server, clock) = client(vec![day, Reply::json(201, &made()), nothing()]);
    let make = |host: &str| client.create(host, &new_meeting(&json!({}))).map(|_| ());
    let is_daily =
        |answer: Result<(), Failure>| matches!(answer, Err(Failure::TooMany { daily: true, .. }));
    assert!(is_daily(make("a")));
    assert!(is_daily(make("a")));
    assert!(is_daily(client.update("a", 5, &new_meeting(&json!({})))));
    make("b").expect("another host");
    client.delete(5).expect("deleting is not counted");
    assert_eq!(server.asked().len(), 4);
    clock.advance(SignedDuration::from_hours(21));
    assert!(!is_daily(make("a")));
}

#[test]
fn nothing_secret_is_shown() {
    let mut meeting = made();
    meeting["topic"] = json!("堺 太郎");
    let (client, _, _) = client(vec![Reply::json(201, &made()), Reply::json(200, &meeting)]);
    let answer = client.create("h", &new_meeting(&json!({}))).expect("it is made");
    let read = client.read(5).expect("it is read");
    let shown = format!("{client:?} {answer:?} {read:?} {:?}", new_meeting(&json!({})));
    for secret in ["zak=", "pwd=", "0123456789", "secret", "堺", "first"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert_eq!(read.start_url.expect("a way in").reveal(), "https://zoom.us/s/1?zak=z");
}
