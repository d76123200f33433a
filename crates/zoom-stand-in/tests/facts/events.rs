//! Events (developers.zoom.us/docs/api/webhooks; developers.zoom.us/blog/webhook-delays.md).

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use jiff::SignedDuration;
use serde_json::{Value, json};
use zoom_stand_in::Refused;

use crate::{Account, runtime};

fn link(account: &Account, id: i64) -> String {
    let body = json!({ "attendees": [{ "name": "相談-2738" }], "ttl": 0 });
    let answer = account.ask("POST", &format!("/meetings/{id}/invite_links"), Some(body));
    answer.body["attendees"][0]["join_url"].as_str().expect("a link").to_owned()
}

fn names(events: &[(String, Value)]) -> Vec<&str> {
    events.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn what_people_do_is_told() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": true }));
    account.zoom.start_meeting(id).expect("it begins");
    let begun = account.events();
    assert_eq!(names(&begun), ["meeting.started", "meeting.participant_joined"]);
    let host = &begun[1].1;
    assert_eq!(host["participant"]["id"], host["host_id"]);
    let guest = account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.admit(guest).expect("let in");
    account.zoom.leave(guest);
    account.zoom.end(id);
    assert_eq!(
        names(&account.events()),
        [
            "meeting.participant_joined_waiting_room",
            "meeting.participant_admitted",
            "meeting.participant_joined",
            "meeting.participant_left",
            "meeting.participant_left",
            "meeting.ended",
        ]
    );
}

/// Unverified: who comes before the host to a meeting with a waiting room is told of when it
/// begins, and is let in only then.
#[test]
fn who_comes_before_the_host_waits_to_be_let_in() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": true }));
    let guest = account.zoom.join(&link(&account, id), None).expect("comes");
    assert!(account.events().is_empty());
    assert_eq!(account.zoom.admit(guest), Err(Refused::NotWaiting));
    account.zoom.start_meeting(id).expect("it begins");
    assert_eq!(account.events()[2].0, "meeting.participant_joined_waiting_room");
    account.zoom.admit(guest).expect("let in");
    assert_eq!(account.zoom.present(id), 2);
}

/// Zoom OpenAPI v2 (events): `jbh` is joining before the host.
#[test]
fn without_a_waiting_room_the_host_alone_is_waited_for() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    let gone = account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.leave(gone);
    account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.start_meeting(id).expect("it begins");
    assert_eq!(
        names(&account.events()),
        [
            "meeting.participant_jbh_waiting",
            "meeting.participant_jbh_waiting_left",
            "meeting.participant_jbh_waiting",
            "meeting.started",
            "meeting.participant_joined",
            "meeting.participant_joined",
        ]
    );
    assert_eq!(account.zoom.present(id), 2);
}

#[test]
fn who_is_in_can_be_put_back_and_let_in_again() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": true }));
    account.zoom.start_meeting(id).expect("it begins");
    let guest = account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.put_in_waiting_room(guest);
    account.zoom.admit(guest).expect("let in");
    assert_eq!(account.zoom.admit(guest), Err(Refused::NotWaiting));
    account.events();
    account.zoom.put_in_waiting_room(guest);
    assert_eq!(names(&account.events()), ["meeting.participant_put_in_waiting_room"]);
    assert_eq!(account.zoom.present(id), 1);
    account.zoom.admit(guest).expect("let in again");
    account.zoom.end(id);
    assert_eq!(account.zoom.rejoin(guest), Err(Refused::NoMeeting));
}

/// indico/indico-plugins vc_zoom: some events have the id as text, others as a number.
#[test]
fn the_number_of_a_meeting_is_text_in_some_events_and_a_number_in_others() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    account.zoom.start_meeting(id).expect("it begins");
    account.zoom.start_cloud_recording(id);
    let events = account.events();
    let of = |name: &str| {
        let found = events.iter().find(|(it, _)| it == name);
        found.map(|(_, object)| object["id"].clone()).expect("an event")
    };
    assert_eq!(of("meeting.participant_joined"), json!(id.to_string()));
    assert_eq!(of("recording.started"), json!(id));
}

/// devforum.zoom.us 125559: `participant_uuid` and `user_id` change, `registrant_id` stays.
#[test]
fn who_comes_back_is_another_coming() {
    let account = Account::open();
    let id = account.meeting(json!({ "approval_type": 1, "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    let body = json!({ "first_name": "a", "email": "a@example.jp", "auto_approve": true });
    let made = account.ask("POST", &format!("/meetings/{id}/registrants"), Some(body));
    let link = made.body["join_url"].as_str().expect("a link");
    account.events();
    let guest = account.zoom.join(link, None).expect("comes");
    account.zoom.leave(guest);
    account.zoom.rejoin(guest).expect("comes back");
    let events = account.events();
    let seen = |place: usize| events[place].1["participant"].clone();
    assert_ne!(seen(0)["participant_uuid"], seen(2)["participant_uuid"]);
    assert_eq!(seen(0)["registrant_id"], seen(2)["registrant_id"]);
}

/// devforum.zoom.us 6498: a leaving may be told after the coming back.
#[test]
fn a_broken_line_is_told_late() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    let guest = account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.take_pending();
    account.zoom.drop_line(guest);
    account.advance(SignedDuration::from_secs(20));
    account.zoom.rejoin(guest).expect("comes back");
    let told = account.zoom.take_pending();
    assert!(told[0].due_at > told[1].due_at);
}

#[test]
fn what_is_not_held_does_not_end() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    account.zoom.end(id);
    let end = json!({ "action": "end" });
    assert_eq!(account.ask("PUT", &format!("/meetings/{id}/status"), Some(end)).status, 204);
    assert!(account.zoom.pending().is_empty());
}

#[test]
fn renaming_is_told_by_nothing() {
    let account = Account::open();
    let id = account.meeting(json!({ "waiting_room": false }));
    account.zoom.start_meeting(id).expect("it begins");
    let guest = account.zoom.join(&link(&account, id), None).expect("comes");
    account.zoom.take_pending();
    account.zoom.rename(guest, "Taro");
    assert!(account.zoom.pending().is_empty());
}

#[test]
fn our_own_deleting_is_told_too() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    account.ask("DELETE", &format!("/meetings/{id}"), None);
    let told = account.zoom.take_pending();
    let event: Value = serde_json::from_slice(&told[0].body).expect("JSON");
    assert_eq!(event["event"], "meeting.deleted");
    assert!(event["payload"]["operator"].is_string());
}

#[test]
fn events_are_lost_doubled_and_delayed() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    account.zoom.lose_next(1);
    account.zoom.start_meeting(id).expect("it begins");
    assert_eq!(names(&account.events()), ["meeting.participant_joined"]);
    account.zoom.duplicate(2);
    account.zoom.start_cloud_recording(id);
    assert_eq!(account.events().len(), 3);
    account.zoom.duplicate(0);
    account.zoom.delay(SignedDuration::from_mins(7));
    account.zoom.start_cloud_recording(id);
    let told = account.zoom.take_pending();
    assert_eq!(told[0].due_at, account.zoom_now() + SignedDuration::from_mins(7));
}

/// developers.zoom.us/docs/api/webhooks promises no order.
#[test]
fn events_may_come_in_any_order() {
    let account = Account::open();
    let id = account.meeting(json!({}));
    let told = |account: &Account| {
        for _ in 0..6 {
            account.advance(SignedDuration::from_secs(1));
            account.zoom.start_cloud_recording(id);
        }
        account.zoom.take_pending()
    };
    assert!(told(&account).is_sorted_by_key(|it| it.due_at));
    account.zoom.shuffle(true);
    assert!(!told(&account).is_sorted_by_key(|it| it.due_at));
}

/// developers.zoom.us/changelog/platform/webhook-url-validation.
#[test]
fn who_does_not_know_the_secret_is_told_nothing() {
    let (url, thread) = listener(vec![plain(200)]);
    let account = Account::with(|settings| settings.webhook_url = Some(url));
    let id = account.meeting(json!({}));
    account.zoom.start_cloud_recording(id);
    assert!(!runtime().block_on(account.zoom.validate_url()));
    assert_eq!(runtime().block_on(account.zoom.deliver_due()), 0);
    thread.join().expect("the listener");
}

/// The signature is over the very octets: `v0:`, the time, `:` and the body.
#[test]
fn what_is_told_is_signed() {
    let account = Account::open();
    let body = "{\"a\":\"相談\\/\"}".as_bytes();
    let [(_, time), (_, signature)] = account.zoom.sign(body);
    let secret = b"stand-in-webhook-secret";
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let tag = aws_lc_rs::hmac::sign(&key, &[format!("v0:{time}:").as_bytes(), body].concat());
    let hex: String = tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(signature, format!("v0={hex}"));
    let later = |body: &[u8]| account.zoom.sign(body)[1].1.clone();
    assert_ne!(later("{\"a\":\"相談/\"}".as_bytes()), signature);
}

impl Account {
    fn zoom_now(&self) -> jiff::Timestamp {
        let [(_, time), _] = self.zoom.sign(b"");
        jiff::Timestamp::from_second(time.parse().expect("seconds")).expect("an instant")
    }
}

/// What is answered to a request.
type Reply = Box<dyn Fn(&str) -> String + Send>;

/// A listener that answers so many requests, each with this.
fn listener(answers: Vec<Reply>) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("it listens");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let thread = std::thread::spawn(move || {
        let mut seen = Vec::new();
        for answer in answers {
            let (mut line, _) = listener.accept().expect("somebody");
            let mut said = Vec::new();
            let mut octets = [0; 4096];
            loop {
                let count = line.read(&mut octets).expect("octets");
                said.extend_from_slice(&octets[..count]);
                let text = String::from_utf8_lossy(&said).into_owned();
                let length = text.to_lowercase().lines().find_map(|line| {
                    line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok()
                });
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
                if length.is_some_and(|length| body.is_some_and(|body| body >= length)) {
                    break;
                }
            }
            let text = String::from_utf8_lossy(&said).into_owned();
            line.write_all(answer(&text).as_bytes()).expect("answered");
            seen.push(text);
        }
        seen
    });
    (url, thread)
}

fn plain(status: u16) -> Reply {
    let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    Box::new(move |_| answer.clone())
}

/// developers.zoom.us/changelog/platform/webhook-url-validation.
fn proof(said: &str) -> String {
    let body = said.split_once("\r\n\r\n").expect("a body").1;
    let event: Value = serde_json::from_str(body).expect("JSON");
    let token = event["payload"]["plainToken"].as_str().expect("a token");
    let secret = b"stand-in-webhook-secret";
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let tag = aws_lc_rs::hmac::sign(&key, token.as_bytes());
    let hex: String = tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    let body = json!({ "plainToken": token, "encryptedToken": hex }).to_string();
    let length = body.len();
    format!("HTTP/1.1 200 x\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

/// Nothing is told before the address has shown that it knows the secret; what is not answered with
/// 200 or 204 is told again after 5, 20 and 60 minutes, and then given up.
#[test]
fn telling_and_telling_again() {
    let answers: Vec<Reply> = vec![Box::new(proof), plain(500), plain(503), plain(404), plain(500)];
    let (url, thread) = listener(answers);
    let account = Account::with(|settings| settings.webhook_url = Some(url));
    let id = account.meeting(json!({}));
    account.zoom.start_cloud_recording(id);
    let deliver = || runtime().block_on(account.zoom.deliver_due());
    assert_eq!(deliver(), 0);
    assert_eq!(account.zoom.pending().len(), 1, "it was not told before the proof");
    assert!(runtime().block_on(account.zoom.validate_url()));
    for minutes in [0, 5, 20, 60] {
        account.advance(SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1));
        if minutes > 0 {
            deliver();
        }
        account.advance(SignedDuration::from_secs(1));
        assert_eq!(account.zoom.pending().len(), 1, "{minutes}");
        assert_eq!(deliver(), 0);
    }
    assert!(account.zoom.pending().is_empty(), "given up");
    let seen = thread.join().expect("the listener");
    assert_eq!(seen.len(), 5);
    assert!(seen.iter().all(|text| text.to_lowercase().contains("x-zm-signature: v0=")));
}

/// The proof is asked for again every 72 hours.
#[test]
fn a_proof_lasts_72_hours() {
    let answers: Vec<Reply> = vec![Box::new(proof), plain(204)];
    let (url, thread) = listener(answers);
    let account = Account::with(|settings| settings.webhook_url = Some(url));
    let id = account.meeting(json!({}));
    assert!(runtime().block_on(account.zoom.validate_url()));
    account.advance(SignedDuration::from_hours(72));
    account.zoom.start_cloud_recording(id);
    assert_eq!(runtime().block_on(account.zoom.deliver_due()), 1);
    account.advance(SignedDuration::from_secs(1));
    account.zoom.start_cloud_recording(id);
    assert_eq!(runtime().block_on(account.zoom.deliver_due()), 0);
    thread.join().expect("the listener");
}
