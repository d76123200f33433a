//! The messages as they stand on the wire. Browser code is written against these rows.

use super::*;
use crate::session::{Report, Route};

const A: &str = "00000000000000ab";

/// A row of what a browser may say, and what it means.
fn says(message: &str, expected: &FromBrowser) {
    let read = serde_json::from_str::<FromBrowser>(message);
    assert_eq!(read.as_ref().ok(), Some(expected), "{message} {read:?}");
    assert_eq!(serde_json::to_string(expected).unwrap(), message);
}

#[test]
fn what_a_browser_says() {
    let (to, seat) = (ConnectionId(0xab), SeatId(3));
    let kind = DescriptionKind::Answer;
    says(r#"{"type":"ping","n":7}"#, &FromBrowser::Ping { n: 7 });
    says(
        &format!(r#"{{"type":"description","to":"{A}","kind":"answer","sdp":"v=0\r\n"}}"#),
        &FromBrowser::Description { to, kind, sdp: "v=0\r\n".to_owned() },
    );
    says(
        &format!(
            r#"{{"type":"candidate","to":"{A}","candidate":"","sdp_mid":"0","sdp_m_line_index":0}}"#
        ),
        &FromBrowser::Candidate {
            to,
            candidate: String::new(),
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: Some(0),
        },
    );
    says(&format!(r#"{{"type":"restart_ice","to":"{A}"}}"#), &FromBrowser::RestartIce { to });
    says(r#"{"type":"chat","text":"a"}"#, &FromBrowser::Chat { text: "a".to_owned() });
    says(r#"{"type":"caption","text":"a"}"#, &FromBrowser::Caption { text: "a".to_owned() });
    says(
        r#"{"type":"media","camera":false,"microphone":true,"screen":false}"#,
        &FromBrowser::Media(media("m")),
    );
    let report = Report {
        audio_seconds: 5,
        video_seconds: 0,
        round_trip_ms: Some(40),
        lost_permille: None,
        route: Some(Route::Relay),
        restarts: 0,
    };
    says(
        concat!(
            r#"{"type":"quality","audio_seconds":5,"video_seconds":0,"round_trip_ms":40,"#,
            r#""lost_permille":null,"route":"relay","restarts":0}"#
        ),
        &FromBrowser::Quality(report),
    );
    says(r#"{"type":"leave"}"#, &FromBrowser::Leave {});
    says(r#"{"type":"admit","seat":3}"#, &FromBrowser::Admit { seat });
    says(r#"{"type":"send_back","seat":3}"#, &FromBrowser::SendBack { seat });
    says(r#"{"type":"remove","seat":3}"#, &FromBrowser::Remove { seat });
    says(r#"{"type":"take_over","seat":3}"#, &FromBrowser::TakeOver { seat });
    says(r#"{"type":"allow_chat","allowed":false}"#, &FromBrowser::AllowChat { allowed: false });
    says(r#"{"type":"end_for_all"}"#, &FromBrowser::EndForAll {});
    says(
        r#"{"type":"move_to","channel":"by_hand"}"#,
        &FromBrowser::MoveTo { channel: Channel::ByHand },
    );
}

#[test]
fn what_is_not_read() {
    for message in [
        "",
        "null",
        "[]",
        "{}",
        "\"ping\"",
        r#"{"type":"ping"}"#,
        r#"{"type":"ping","n":-1}"#,
        r#"{"type":"ping","n":1e3}"#,
        r#"{"type":"ping","n":4294967296}"#,
        r#"{"type":"ping","n":1,"m":2}"#,
        r#"{"type":"Ping","n":1}"#,
        r#"{"type":"connected","seat":1}"#,
        r#"{"type":"leave","connection":"00000000000000ab"}"#,
        r#"{"type":"end_for_all","by":"00000000000000ab"}"#,
        r#"{"type":"admit","seat":"1"}"#,
        r#"{"type":"admit","seat":1,"by":2}"#,
        r#"{"type":"restart_ice","to":"ab"}"#,
        r#"{"type":"restart_ice","to":"00000000000000AB"}"#,
        r#"{"type":"restart_ice","to":"+0000000000000ab"}"#,
        r#"{"type":"restart_ice","to":171}"#,
        r#"{"type":"description","to":"00000000000000ab","kind":"rollback","sdp":"v=0"}"#,
        r#"{"type":"media","camera":true,"microphone":true,"screen":false,"from":1}"#,
        r#"{"type":"media","camera":1,"microphone":true,"screen":false}"#,
        r#"{"type":"move_to","channel":"carrier_pigeon"}"#,
        r#"{"type":"chat","text":"a","from":"00000000000000ab"}"#,
        r#"{"type":"chat","type":"leave","text":"a"}"#,
        r#"{"type":"chat","text":"a","text":"b"}"#,
        r#"{"type":"chat","text":"\ud800"}"#,
    ] {
        let read = serde_json::from_str::<FromBrowser>(message);
        assert!(read.is_err(), "{message}: {read:?}");
    }
}

/// A row of what the service says.
fn hears(message: &ToBrowser, expected: &str) {
    assert_eq!(serde_json::to_string(message).unwrap(), expected);
    assert_eq!(serde_json::from_str::<ToBrowser>(expected).unwrap(), *message);
}

#[test]
fn what_the_service_says() {
    let from = ConnectionId(0xab);
    let text = || "a".to_owned();
    hears(
        &ToBrowser::Pong { n: 7, at: at("10:00") },
        r#"{"type":"pong","n":7,"at":"2026-11-24T01:00:00Z"}"#,
    );
    hears(
        &ToBrowser::Description { from, kind: DescriptionKind::Offer, sdp: text() },
        &format!(r#"{{"type":"description","from":"{A}","kind":"offer","sdp":"a"}}"#),
    );
    hears(
        &ToBrowser::Candidate { from, candidate: text(), sdp_mid: None, sdp_m_line_index: Some(1) },
        &format!(
            r#"{{"type":"candidate","from":"{A}","candidate":"a",{}}}"#,
            r#""sdp_mid":null,"sdp_m_line_index":1"#
        ),
    );
    hears(&ToBrowser::RestartIce { from }, &format!(r#"{{"type":"restart_ice","from":"{A}"}}"#));
    hears(
        &ToBrowser::Chat { from, name: "相談-2738".to_owned(), text: text() },
        &format!(r#"{{"type":"chat","from":"{A}","name":"相談-2738","text":"a"}}"#),
    );
    hears(
        &ToBrowser::Caption { from, name: text(), text: text() },
        &format!(r#"{{"type":"caption","from":"{A}","name":"a","text":"a"}}"#),
    );
    hears(
        &ToBrowser::Refused { why: Refusal::NotAdmitted },
        r#"{"type":"refused","why":"not_admitted"}"#,
    );
    hears(
        &ToBrowser::closed(Closing::TakenOver),
        r#"{"type":"closed","why":"taken_over","reconnect":false}"#,
    );
    hears(
        &ToBrowser::closed(Closing::Unavailable),
        r#"{"type":"closed","why":"unavailable","reconnect":true}"#,
    );
    let server = IceServer { urls: vec![text()], username: text(), credential: text() };
    hears(
        &ToBrowser::Ice { servers: vec![server], relay_only: true },
        concat!(
            r#"{"type":"ice","servers":[{"urls":["a"],"username":"a","credential":"a"}],"#,
            r#""relay_only":true}"#
        ),
    );
}

#[test]
fn the_state_as_each_side_sees_it() {
    let (room, _) = play(
        "09:50 J in 11; 09:51 C in 21; 09:52 21 admit J; 09:53 11 media m; 09:54 K in 31;
         09:55 J in 12 other; 09:56 S in 51; 09:57 leave 51",
    );
    let check = |id: &str, expected: &str| {
        let view = room.view(socket(id), at("10:00")).unwrap();
        let expected: String = expected.lines().map(str::trim).collect();
        hears(&ToBrowser::State(Box::new(view)), &expected);
    };
    check(
        "31",
        r#"{"type":"state","you":{"connection":"000000000000001f","seat":3,"role":"companion",
        "name":"同伴-5566",
        "may":{"camera":true,"captions":false,"chat":true,"screen":false}},
        "stage":{"is":"waiting","since":"2026-11-24T00:54:00Z",
        "staff_here":true},"desk":null,"now":"2026-11-24T01:00:00Z"}"#,
    );
    check(
        "12",
        r#"{"type":"state","you":{"connection":"000000000000000c","seat":1,"role":"jobseeker",
        "name":"相談-2738",
        "may":{"camera":true,"captions":false,"chat":true,"screen":false}},
        "stage":{"is":"in_use","since":"2026-11-24T00:55:00Z"},"desk":null,
        "now":"2026-11-24T01:00:00Z"}"#,
    );
    check(
        "11",
        r#"{"type":"state","you":{"connection":"000000000000000b","seat":1,"role":"jobseeker",
        "name":"相談-2738",
        "may":{"camera":true,"captions":false,"chat":true,"screen":false}},
        "stage":{"is":"admitted","since":"2026-11-24T00:52:00Z","chat":true,
        "peers":[{"connection":"0000000000000015","seat":2,"role":"counsellor",
        "name":"窓口 一","you_offer":false,
        "media":{"camera":false,"microphone":false,"screen":false}}]},"desk":null,
        "now":"2026-11-24T01:00:00Z"}"#,
    );
    check(
        "21",
        r#"{"type":"state","you":{"connection":"0000000000000015","seat":2,"role":"counsellor",
        "name":"窓口 一",
        "may":{"camera":true,"captions":true,"chat":true,"screen":true}},
        "stage":{"is":"admitted","since":"2026-11-24T00:51:00Z","chat":true,
        "peers":[{"connection":"000000000000000b","seat":1,"role":"jobseeker",
        "name":"相談-2738","you_offer":true,
        "media":{"camera":false,"microphone":true,"screen":false}}]},
        "desk":{"waiting":[{"seat":3,"role":"companion","name":"同伴-5566",
        "since":"2026-11-24T00:54:00Z"}],
        "second_uses":[{"seat":1,"role":"jobseeker","name":"相談-2738",
        "since":"2026-11-24T00:55:00Z"}],
        "away":[{"seat":5,"role":"supporter","name":"支援-3322","admitted":false,
        "at":"2026-11-24T00:57:00Z","how":"left"}],"chat_allowed":true,"chat_by_permission":true},
        "now":"2026-11-24T01:00:00Z"}"#,
    );
    let moved = play("09:50 J in 11; 10:00 desk move by_hand").0;
    let view = moved.view(socket("11"), at("10:00")).unwrap();
    assert_eq!(
        serde_json::to_string(&view.stage).unwrap(),
        r#"{"is":"moved","channel":"by_hand","since":"2026-11-24T01:00:00Z"}"#
    );
}

#[test]
fn codes_are_those_of_the_messages() {
    fn check<T: Copy + serde::Serialize + std::fmt::Debug>(all: &[T], code: fn(T) -> &'static str) {
        for value in all {
            assert_eq!(serde_json::to_value(value).unwrap(), code(*value), "{value:?}");
        }
    }
    check(&Closing::ALL, Closing::code);
    check(&Refusal::ALL, Refusal::code);
    check(&SeatRole::ALL, SeatRole::code);
    check(&Channel::ALL, Channel::code);
    for role in SeatRole::ALL {
        assert_eq!(SeatRole::parse(role.code()), Some(role));
    }
    assert_eq!(SeatRole::parse("host"), None);
}

#[test]
fn a_page_reconnects_only_where_that_helps() {
    let again: Vec<Closing> = Closing::ALL.into_iter().filter(|why| why.reconnects()).collect();
    assert_eq!(again, [Closing::Silent, Closing::Unavailable]);
}

#[test]
fn orders_of_a_browser_are_given_by_its_own_socket() {
    let from = socket("11");
    let ordered =
        |message: &str| match serde_json::from_str::<FromBrowser>(message).unwrap().meaning(from) {
            Ok(Meaning::Step(What::Ordered { by, order })) => {
                assert_eq!(by, By::Connection(from));
                order
            }
            other => panic!("{other:?}"),
        };
    let seat = SeatId(3);
    assert_eq!(ordered(r#"{"type":"admit","seat":3}"#), Order::Admit(seat));
    assert_eq!(ordered(r#"{"type":"send_back","seat":3}"#), Order::SendBack(seat));
    assert_eq!(ordered(r#"{"type":"remove","seat":3}"#), Order::Remove(seat));
    assert_eq!(ordered(r#"{"type":"take_over","seat":3}"#), Order::TakeOver(seat));
    assert_eq!(ordered(r#"{"type":"allow_chat","allowed":true}"#), Order::AllowChat(true));
    assert_eq!(ordered(r#"{"type":"end_for_all"}"#), Order::EndForAll);
    let moved = Order::MoveTo(Channel::Telephone);
    assert_eq!(ordered(r#"{"type":"move_to","channel":"telephone"}"#), moved);
    let left = Meaning::Step(What::Leave { connection: from });
    assert_eq!(FromBrowser::Leave {}.meaning(from), Ok(left));
    let switched = What::Media { connection: from, media: media("c") };
    assert_eq!(FromBrowser::Media(media("c")).meaning(from), Ok(Meaning::Step(switched)));
}
