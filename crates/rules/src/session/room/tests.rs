//! The room, told as scripts. The cast: J jobseeker (seat 1), C counsellor (2), K companion (3),
//! I interpreter (4), S supporter (5), D another counsellor (6), L another companion (7).
//!
//! A line is a time and what happens: `10:00 J in 11` (J connects as socket 11, on node 1, from
//! J's own browser), `J in 12 other` (from another browser), `J in 13 own 2` (on node 2),
//! `lost 11`, `leave 11`, `node 2`, `21 admit J`, `desk end`.

mod admission;
mod allowance;
mod hostile;
mod interleavings;
mod lobby_faults;
mod passing;
mod places;
mod protocol;
mod second_use;

use jiff::Timestamp;

use super::*;

const CAST: [(&str, u32, SeatRole, &str); 7] = [
    ("J", 1, SeatRole::Jobseeker, "相談-2738"),
    ("C", 2, SeatRole::Counsellor, "窓口 一"),
    ("K", 3, SeatRole::Companion, "同伴-5566"),
    ("I", 4, SeatRole::Interpreter, "通訳-7788"),
    ("S", 5, SeatRole::Supporter, "支援-3322"),
    ("D", 6, SeatRole::Counsellor, "窓口 二"),
    ("L", 7, SeatRole::Companion, "同伴-8877"),
];

fn at(time: &str) -> Timestamp {
    format!("2026-11-24T{time}+09:00").parse().unwrap_or_else(|_| panic!("{time}"))
}

fn seat(letter: &str) -> SeatId {
    let row = CAST.iter().find(|row| row.0 == letter).unwrap_or_else(|| panic!("{letter}"));
    SeatId(row.1)
}

fn letter(id: SeatId) -> &'static str {
    CAST.iter().find(|row| row.1 == id.0).map_or("?", |row| row.0)
}

fn socket(text: &str) -> ConnectionId {
    ConnectionId(text.parse().unwrap_or_else(|_| panic!("{text}")))
}

fn entry(letter: &str, connection: &str, browser: &str, node: &str) -> Entry {
    let row = CAST.iter().find(|row| row.0 == letter).unwrap_or_else(|| panic!("{letter}"));
    let browser = match browser {
        "own" => u64::from(row.1),
        "other" => 1_000 + u64::from(row.1),
        "third" => 2_000 + u64::from(row.1),
        _ => panic!("{browser}"),
    };
    Entry {
        seat: SeatId(row.1),
        role: row.2,
        name: row.3.to_owned(),
        connection: socket(connection),
        node: NodeId(node.parse().unwrap()),
        browser: BrowserId(browser),
    }
}

fn order(words: &[&str]) -> Order {
    match *words {
        ["admit", who] => Order::Admit(seat(who)),
        ["send_back", who] => Order::SendBack(seat(who)),
        ["remove", who] => Order::Remove(seat(who)),
        ["take_over", who] => Order::TakeOver(seat(who)),
        ["chat", "off"] => Order::AllowChat(false),
        ["chat", "on"] => Order::AllowChat(true),
        ["end"] => Order::EndForAll,
        ["move", channel] => Order::MoveTo(Channel::parse(channel).unwrap()),
        _ => panic!("{words:?}"),
    }
}

fn media(letters: &str) -> Media {
    Media {
        camera: letters.contains('c'),
        microphone: letters.contains('m'),
        screen: letters.contains('s'),
    }
}

fn input(line: &str) -> Input {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (time, words) = words.split_first().unwrap_or_else(|| panic!("{line}"));
    let what = match *words {
        [who, "in", id] => What::Connected(entry(who, id, "own", "1")),
        [who, "in", id, browser] => What::Connected(entry(who, id, browser, "1")),
        [who, "in", id, browser, node] => What::Connected(entry(who, id, browser, node)),
        ["lost", id] => What::Disconnected { connection: socket(id) },
        ["leave", id] => What::Leave { connection: socket(id) },
        ["shut", id] => What::TurnedOut { connection: socket(id), why: Closing::Shut },
        ["node", node] => What::NodeLost { node: NodeId(node.parse().unwrap()) },
        [id, "media", letters] => {
            What::Media { connection: socket(id), media: media(letters.trim_matches('-')) }
        }
        ["desk", ref words @ ..] => What::Ordered { by: By::Desk, order: order(words) },
        [id, ref words @ ..] => {
            What::Ordered { by: By::Connection(socket(id)), order: order(words) }
        }
        [] => panic!("{line}"),
    };
    Input { at: at(time), what }
}

/// Plays a script; what followed from its last line, in words.
fn play(script: &str) -> (Room, String) {
    let mut room = Room::default();
    let followed = play_in(&mut room, script);
    (room, followed)
}

fn play_in(room: &mut Room, script: &str) -> String {
    let mut followed = String::new();
    for line in script.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let mut words: Vec<String> = room.step(input(line)).iter().map(in_words).collect();
        words.sort();
        followed = words.join(", ");
    }
    followed
}

fn in_words(output: &Output) -> String {
    match output {
        Output::StateChanged => "changed".to_owned(),
        Output::Close { connection, why } => format!("close {} {}", connection.0, why.code()),
        Output::Refused { by: By::Connection(id), why } => {
            format!("refuse {} {}", id.0, why.code())
        }
        Output::Refused { by: By::Desk, why } => format!("refuse desk {}", why.code()),
        Output::Fact(fact) => format!("{} {}", fact.what.code(), clock(fact.at)),
        Output::Alarm { seat, at } => format!("alarm {} {}", letter(*seat), clock(*at)),
    }
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(crate::schedule::TOKYO.clone()).strftime("%H:%M").to_string()
}

/// What a socket sees, in words; `-` when it is not of the room.
fn seen(room: &Room, id: &str) -> String {
    let Some(view) = room.view(socket(id), at("12:00")) else { return "-".to_owned() };
    let stage = match view.stage {
        Stage::InUse { since } => format!("in use {}", clock(since)),
        Stage::Waiting { since, staff_here } => {
            format!("waiting {}{}", clock(since), if staff_here { " staff here" } else { "" })
        }
        Stage::Admitted { peers, chat, .. } => {
            let peers = peers.iter().map(peer_in_words).collect::<Vec<_>>().join(" ");
            format!("in call [{peers}]{}", if chat { "" } else { " no chat" })
        }
        Stage::Moved { channel, since } => format!("moved {} {}", channel.code(), clock(since)),
    };
    match view.desk {
        Some(desk) => format!("{stage}{}", desk_in_words(&desk)),
        None => stage,
    }
}

/// `>J11cm`: this browser offers to J's socket 11, whose camera and microphone are on.
fn peer_in_words(peer: &Peer) -> String {
    let arrow = if peer.you_offer { ">" } else { "<" };
    let on = [(peer.media.camera, "c"), (peer.media.microphone, "m"), (peer.media.screen, "s")];
    let on: String = on.into_iter().filter(|(on, _)| *on).map(|(_, letter)| letter).collect();
    format!("{arrow}{}{}{on}", letter(peer.seat), peer.connection.0)
}

fn desk_in_words(desk: &Desk) -> String {
    let mut words = String::new();
    for person in &desk.waiting {
        words += &format!(" | {} waits {}", letter(person.seat), clock(person.since));
    }
    for second in &desk.second_uses {
        words += &format!(" | {} twice {}", letter(second.seat), clock(second.since));
    }
    for away in &desk.away {
        let how = serde_json::to_value(away.how).unwrap();
        words += &format!(" | {} {} {}", letter(away.seat), how.as_str().unwrap(), clock(away.at));
    }
    words
}

/// A script, and what sockets see after it.
#[track_caller]
fn check(script: &str, expected: &[(&str, &str)]) {
    let (room, _) = play(script);
    for (id, sight) in expected {
        assert_eq!(seen(&room, id), *sight, "socket {id} after\n{script}");
    }
}

/// A script, and what follows from its last line.
#[track_caller]
fn follows(script: &str, expected: &str) {
    assert_eq!(play(script).1, expected, "{script}");
}
