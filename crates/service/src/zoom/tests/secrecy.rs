use std::io;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use super::*;

/// What must be shown nowhere.
const HIDDEN: [&str; 3] = ["hush", "山田", "yamada"];

#[track_caller]
fn shows_nothing_of(shown: &str) {
    for hidden in HIDDEN {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[test]
fn no_debug_reveals_anything() {
    let account = Account {
        account_id: "hush".to_owned(),
        client_id: "hush".to_owned(),
        client_secret: Secret::new("hush"),
        oauth_url: "http://127.0.0.1:1".to_owned(),
    };
    shows_nothing_of(&format!("{account:?}"));
    shows_nothing_of(&format!("{:?}", Client::new(account, Clock::system()).unwrap()));
    shows_nothing_of(&format!("{:?}", (Secret::new("hush"), Passcode::new("hush"))));
    shows_nothing_of(&format!("{:?}", (StartUrl::new("hush"), JoinUrl::new("hush"))));
    shows_nothing_of(&format!("{:?}", ShownName::new("山田")));
    let meeting = NewMeeting {
        topic: "山田",
        agenda: "yamada",
        start: at(NOON),
        minutes: 30,
        passcode: "hush",
        settings: &"hush",
    };
    shows_nothing_of(&format!("{meeting:?}"));
}

#[test]
fn no_debug_of_an_answer_reveals_anything() {
    let scene = Scene::signed_in();
    let whole = json!({"id": 1, "uuid": "u", "topic": "山田", "agenda": "yamada",
        "status": "waiting", "settings": {"contact_name": "山田"}, "join_url": "hush",
        "start_url": "hush", "password": "hush", "registrant_id": "r"});
    (0..3).for_each(|_| scene.server.will_say(200, &whole));
    shows_nothing_of(&format!("{:?}", scene.client.read(1).unwrap()));
    let meeting = NewMeeting {
        topic: "",
        agenda: "",
        start: at(NOON),
        minutes: 30,
        passcode: "",
        settings: &(),
    };
    shows_nothing_of(&format!("{:?}", scene.client.create("host", &meeting).unwrap()));
    let registered = scene.client.add_registrant(1, "山田", "yamada@example.jp").unwrap();
    shows_nothing_of(&format!("{registered:?}"));
    scene.server.will_say(200, json!({"attendees": [{"name": "山田", "join_url": "hush"}]}));
    shows_nothing_of(&format!("{:?}", scene.client.invite_links(1, 0, &["山田"]).unwrap()));
    scene.server.will_say(200, json!({ "meetings": [whole] }));
    shows_nothing_of(&format!("{:?}", scene.client.list("host", Kind::Live).unwrap()));
    let participant = json!({"name": "山田", "id": "hush", "user_email": "yamada@example.jp"});
    scene.server.will_say(200, json!({ "participants": [participant] }));
    shows_nothing_of(&format!("{:?}", scene.client.past_participants("u").unwrap()));
    let user = json!({"id": "u", "type": 2, "email": "yamada@example.jp", "first_name": "山田"});
    scene.server.will_say(200, user);
    shows_nothing_of(&format!("{:?}", scene.client.user("yamada@example.jp").unwrap()));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn the_log_has_what_zooms_support_asks_for_and_no_more() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(writer)
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        let scene = Scene::start();
        let tracking = [("x-zm-trackingid", "WEB_1 \"2")];
        scene.will_fail(400, &tracking, r#"{"error":"invalid_client","reason":"hush"}"#);
        scene.client.user("yamada@example.jp").unwrap_err();
        scene.will_grant("hush");
        let refused = r#"{"code":1001,"message":"User does not exist: yamada@example.jp"}"#;
        scene.will_fail(404, &tracking, refused);
        scene.client.user("yamada@example.jp").unwrap_err();
        scene.will_fail(200, &tracking, r#"{"id":"山田","type":"hush"}"#);
        scene.client.user("yamada@example.jp").unwrap_err();
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    shows_nothing_of(&text);
    let lines: Vec<&str> = text.lines().collect();
    let [token, missing, unreadable] = lines.as_slice() else { panic!("three lines: {text}") };
    assert!(token.contains("WARN") && token.contains("zoom credentials: invalid_client"));
    assert!(missing.contains("call=\"read a user\"") && missing.contains("WEB_1"), "{missing}");
    assert!(missing.contains("zoom missing") && !missing.contains("WEB_1 "), "{missing}");
    assert!(unreadable.contains("zoom unreadable: another form at column"), "{unreadable}");
}
