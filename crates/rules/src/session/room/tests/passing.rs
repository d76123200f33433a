//! What passes through: who may send what to whom.

use super::*;
use crate::session::{Feature, FeatureProfile, Use};

const FOUR: &str =
    "09:50 J in 11; 09:51 C in 21; 09:52 21 admit J; 09:53 K in 31; 09:54 21 admit K;
    09:55 S in 51 own 2; 09:56 21 admit S";

/// Sends a message of the protocol; who gets what, or why not.
fn send(room: &Room, from: &str, message: &str) -> String {
    let read = serde_json::from_str::<FromBrowser>(message);
    let message = read.unwrap_or_else(|error| panic!("{message}: {error}"));
    let passed = match message.meaning(socket(from)) {
        Ok(Meaning::Pass(passing)) => room.relay(socket(from), passing),
        Ok(other) => panic!("{other:?}"),
        Err(why) => Err(why),
    };
    match passed {
        Ok(delivery) => {
            let to: Vec<String> =
                delivery.to.iter().map(|to| to.connection.0.to_string()).collect();
            format!("{} <- {}", to.join(" "), serde_json::to_string(&delivery.message).unwrap())
        }
        Err(why) => why.code().to_owned(),
    }
}

fn hex(id: u64) -> String {
    ConnectionId(id).to_string()
}

fn description(kind: &str, to: u64) -> String {
    let to = hex(to);
    format!(r#"{{"type":"description","to":"{to}","kind":"{kind}","sdp":"v=0\r\n"}}"#)
}

fn candidate(to: u64) -> String {
    let (to, way) = (hex(to), "candidate:1 1 udp 1 192.0.2.1 49160 typ relay");
    format!(r#"{{"type":"candidate","to":"{to}","candidate":"{way}","sdp_mid":"0"}}"#)
}

fn restart(to: u64) -> String {
    format!(r#"{{"type":"restart_ice","to":"{}"}}"#, hex(to))
}

const CHAT: &str = r#"{"type":"chat","text":" お待たせしました \r\n"}"#;
const CAPTION: &str = r#"{"type":"caption","text":"こんにちは"}"#;

#[test]
fn one_offers_and_the_other_answers() {
    let room = play(FOUR).0;
    let check = |from: &str, message: &str, expected: &str| {
        let answer = send(&room, from, message);
        assert!(answer.starts_with(expected), "{from} {message}: {answer}");
    };
    check("21", &description("offer", 11), "11 <- ");
    check("11", &description("offer", 21), "wrong_side");
    check("11", &description("answer", 21), "21 <- ");
    check("21", &description("answer", 11), "wrong_side");
    check("11", &description("offer", 31), "31 <- ");
    check("31", &description("answer", 11), "11 <- ");
    check("31", &description("offer", 11), "wrong_side");
    check("11", &restart(21), "21 <- ");
    check("21", &restart(11), "wrong_side");
    for (from, to) in [("11", 21), ("21", 11), ("31", 51), ("51", 31)] {
        check(from, &candidate(to), &format!("{to} <- "));
    }
}

#[test]
fn messages_are_stamped_with_their_sender() {
    let room = play(FOUR).0;
    let (from, to) = (hex(21), hex(11));
    assert_eq!(
        send(&room, "21", &description("offer", 11)),
        format!(r#"11 <- {{"type":"description","from":"{from}","kind":"offer","sdp":"v=0\r\n"}}"#)
    );
    let all = "11 21 31 51 <- ";
    let said = r#""name":"相談-2738","text":"お待たせしました"}"#;
    assert_eq!(send(&room, "11", CHAT), format!(r#"{all}{{"type":"chat","from":"{to}",{said}"#));
    // A browser that names a sender is not read at all.
    for field in ["from", "name", "role"] {
        let named = CHAT.replace("\"text\"", &format!("\"{field}\":\"x\",\"text\""));
        assert!(serde_json::from_str::<FromBrowser>(&named).is_err(), "{named}");
    }
}

#[test]
fn who_is_not_let_in_sends_nothing_and_gets_nothing() {
    let scenes = [
        "09:50 C in 21; 09:51 J in 11",
        "09:50 C in 21; 09:51 J in 11; 09:52 21 admit J; 09:53 21 send_back J",
        "09:50 C in 21; 09:51 J in 10; 09:52 21 admit J; 09:53 J in 11 other",
        "09:50 C in 21; 09:51 J in 11; 09:52 21 admit J; 09:53 21 remove J",
        "09:50 C in 21; 09:51 J in 11; 09:52 21 admit J; 09:53 lost 11",
        "09:50 C in 21; 09:51 J in 11; 09:52 21 admit J; 09:53 J in 12",
    ];
    for scene in scenes {
        let room = play(scene).0;
        for message in [&description("answer", 21), &candidate(21), &restart(21), CHAT, CAPTION] {
            assert_eq!(send(&room, "11", message), "not_admitted", "{scene} {message}");
        }
        for message in [&description("offer", 11), &candidate(11)] {
            assert_eq!(send(&room, "21", message), "no_such_peer", "{scene} {message}");
        }
        assert!(!send(&room, "21", CHAT).contains("11"), "{scene}");
    }
    for over in ["09:59 21 move telephone", "09:59 21 end"] {
        let room = play(&format!("{FOUR}; {over}")).0;
        for from in ["11", "21", "31", "51", "99"] {
            assert_eq!(send(&room, from, CHAT), "not_admitted", "{over}");
        }
    }
}

#[test]
fn nobody_writes_to_who_is_not_there_or_to_themselves() {
    let room = play(FOUR).0;
    for to in [21, 99, 12, 0, u64::MAX] {
        assert_eq!(send(&room, "21", &candidate(to)), "no_such_peer", "{to}");
    }
}

#[test]
fn article_5_4_chat_by_permission_and_captions_by_role() {
    let room = play(FOUR).0;
    let everybody = "11 21 31 51";
    for (from, may_chat, may_caption) in
        [("11", true, false), ("21", true, true), ("31", true, false), ("51", true, true)]
    {
        assert_eq!(send(&room, from, CHAT).starts_with(everybody), may_chat, "{from}");
        assert_eq!(send(&room, from, CAPTION).starts_with(everybody), may_caption, "{from}");
    }
    assert_eq!(send(&room, "11", CAPTION), "may_not_caption");
    let closed = format!("{FOUR}; 10:00 21 chat off");
    let room = play(&closed).0;
    assert_eq!(send(&room, "11", CHAT), "chat_closed");
    assert!(send(&room, "21", CHAT).starts_with(everybody));
    assert!(send(&room, "51", CAPTION).starts_with(everybody));
    assert!(seen(&room, "11").ends_with("no chat"));
    assert!(!seen(&room, "21").contains("no chat"));
    let open = play(&format!("{closed}; 10:01 21 chat on")).0;
    assert!(send(&open, "11", CHAT).starts_with(everybody));
}

/// Plays a script in a room for which the office designates otherwise.
fn play_designated(own: &[(Feature, Use)], script: &str) -> (Room, String) {
    let own = own.iter().copied().collect();
    let profile = FeatureProfile::of_office(Channel::Room, &own).unwrap();
    let mut room = Room::default();
    room.designate(Designated::of(&profile));
    let followed = play_in(&mut room, script);
    (room, followed)
}

#[test]
fn article_5_4_what_the_office_does_not_designate() {
    let check = |own: &[(Feature, Use)], from: &str, message: &str, expected: &str| {
        let room = play_designated(own, FOUR).0;
        let answer = send(&room, from, message);
        assert!(answer.starts_with(expected), "{own:?} {from} {message}: {answer}");
    };
    let everybody = "11 21 31 51";
    check(&[(Feature::Chat, Use::Nobody)], "11", CHAT, "chat_closed");
    check(&[(Feature::Chat, Use::Nobody)], "21", CHAT, "chat_closed");
    check(&[(Feature::Chat, Use::StaffOnly)], "11", CHAT, "chat_closed");
    check(&[(Feature::Chat, Use::StaffOnly)], "21", CHAT, everybody);
    check(&[(Feature::Chat, Use::Everybody)], "11", CHAT, everybody);
    check(&[(Feature::Captions, Use::Nobody)], "21", CAPTION, "may_not_caption");
    check(&[(Feature::Captions, Use::StaffOnly)], "51", CAPTION, "may_not_caption");
    check(&[(Feature::Captions, Use::StaffOnly)], "21", CAPTION, everybody);
    let follows = |own: &[(Feature, Use)], line: &str, expected: &str| {
        let followed = play_designated(own, &format!("{FOUR}; {line}")).1;
        assert_eq!(followed, expected, "{own:?} {line}");
    };
    follows(&[(Feature::Camera, Use::Nobody)], "10:00 21 media cm", "refuse 21 not_designated");
    follows(&[(Feature::Camera, Use::StaffOnly)], "10:00 11 media cm", "refuse 11 not_designated");
    follows(&[(Feature::Camera, Use::StaffOnly)], "10:00 21 media cm", "changed");
    follows(&[(Feature::Camera, Use::Nobody)], "10:00 11 media m", "changed");
    follows(&[(Feature::ScreenShare, Use::Nobody)], "10:00 21 media s", "refuse 21 not_designated");
    follows(&[(Feature::Chat, Use::Everybody)], "10:00 21 chat off", "refuse 21 not_designated");
    let room = play_designated(&[(Feature::Camera, Use::StaffOnly)], FOUR).0;
    let may = |id: &str| room.view(socket(id), at("10:00")).unwrap().you.may;
    assert!(!may("11").camera && may("21").camera && may("21").screen);
}

#[test]
fn deliveries_name_the_node_of_each_socket() {
    let room = play(FOUR).0;
    let said = FromBrowser::Chat { text: "はい".to_owned() };
    let Ok(Meaning::Pass(passing)) = said.meaning(socket("11")) else { panic!("chat") };
    let delivery = room.relay(socket("11"), passing).unwrap();
    let nodes: Vec<u64> = delivery.to.iter().map(|to| to.node.0).collect();
    assert_eq!(nodes, [1, 1, 1, 2]);
    let sent = serde_json::to_string(&delivery).unwrap();
    assert_eq!(serde_json::from_str::<Delivery>(&sent).unwrap(), delivery);
}

#[test]
fn contents_are_within_bounds() {
    let check = |message: &FromBrowser, expected: Option<Refusal>| {
        assert_eq!(message.clone().meaning(socket("11")).err(), expected, "{message:.80?}");
    };
    let to = socket("21");
    let sdp = |sdp: String| FromBrowser::Description { to, kind: DescriptionKind::Offer, sdp };
    let full = format!("v=0\r\n{}", "a".repeat(LONGEST_SDP - 5));
    check(&sdp(full.clone()), None);
    check(&sdp(full + "a"), Some(Refusal::TooLong));
    check(&sdp(String::new()), Some(Refusal::NotText));
    check(&sdp("v=0\r\na=\0".to_owned()), Some(Refusal::NotText));
    check(&sdp("<html>".to_owned()), Some(Refusal::NotText));
    let candidate = |candidate: &str, mid: &str| FromBrowser::Candidate {
        to,
        candidate: candidate.to_owned(),
        sdp_mid: Some(mid.to_owned()),
        sdp_m_line_index: None,
    };
    let long = format!("candidate:{} typ relay", "1".repeat(LONGEST_CANDIDATE - 20));
    check(&candidate(&long, "0"), None);
    check(&candidate(&format!("{long}1"), "0"), Some(Refusal::TooLong));
    check(&candidate("", ""), None);
    check(&candidate("candidate:1 1 udp\n", "0"), Some(Refusal::NotText));
    check(&candidate("a=candidate:1", "0"), Some(Refusal::NotText));
    check(
        &candidate("candidate:1 1 udp 1 192.168.0.7 5000 typ host", "0"),
        Some(Refusal::NotRelayed),
    );
    check(
        &candidate("candidate:1 1 udp 1 203.0.113.7 5000 typ srflx", "0"),
        Some(Refusal::NotRelayed),
    );
    check(&candidate("candidate:1 typ", "0"), Some(Refusal::NotRelayed));
    check(&candidate("", &"0".repeat(33)), Some(Refusal::TooLong));
    check(&candidate("", "０"), Some(Refusal::NotText));
    let chat = |text: &str| FromBrowser::Chat { text: text.to_owned() };
    check(&chat(&"あ".repeat(LONGEST_SAID)), None);
    check(&chat(&"あ".repeat(LONGEST_SAID + 1)), Some(Refusal::TooLong));
    check(&chat(" \r\n　"), Some(Refusal::Empty));
    check(&chat("a\u{202E}b"), Some(Refusal::NotText));
    check(&chat("a\u{7}b"), Some(Refusal::NotText));
    check(&chat("<script>alert(1)</script>"), None);
    check(&FromBrowser::Caption { text: "a\0".to_owned() }, Some(Refusal::NotText));
}

/// Whatever a page does, no address of a browser reaches the other side (article 6).
#[test]
fn article_6_no_address_but_the_relays_passes() {
    let check = |sent: FromBrowser, expected: &str| {
        let passed = match sent.clone().meaning(socket("11")) {
            Ok(Meaning::Pass(Passing::Candidate { candidate, .. })) => candidate,
            Ok(Meaning::Pass(Passing::Description { sdp, .. })) => sdp,
            other => panic!("{other:?}"),
        };
        assert_eq!(passed, expected, "{sent:?}");
    };
    let to = socket("21");
    let own =
        "candidate:1 1 udp 1 192.0.2.1 49160 typ relay raddr 192.168.0.7 rport 5000 generation 0";
    let clean = "candidate:1 1 udp 1 192.0.2.1 49160 typ relay raddr 0.0.0.0 rport 0 generation 0";
    let candidate = FromBrowser::Candidate {
        to,
        candidate: own.to_owned(),
        sdp_mid: None,
        sdp_m_line_index: None,
    };
    check(candidate, clean);
    let host = "a=candidate:2 1 udp 1 192.168.0.7 5000 typ host\r\n";
    let sdp = format!("v=0\r\nc=IN IP4 0.0.0.0\r\n{host}a={own}\r\na=candidature:x\r\n");
    let description = FromBrowser::Description { to, kind: DescriptionKind::Offer, sdp };
    check(description, &format!("v=0\r\nc=IN IP4 0.0.0.0\r\na={clean}\r\na=candidature:x\r\n"));
}
