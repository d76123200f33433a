//! More than a million inputs that mean no good: any order, repetition, names, clocks and JSON.
//! Nothing panics, and after each one what is promised holds.
//!
//! `ROOMS=100000 cargo test -p rules hostile` plays more; `FIRST_ROOM=<seed> ROOMS=1` one again.

use std::collections::BTreeSet;

use super::*;

const ROOMS: u64 = 4_000;
const INPUTS: u64 = 250;
const MESSAGES: u64 = 350_000;

/// Repeatable chance (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_hostile_room_keeps_its_promises() {
    let first = number("FIRST_ROOM", 1);
    let seeds = first..first + number("ROOMS", ROOMS);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let seeds = seeds.clone().skip(thread).step_by(threads);
            scope.spawn(move || seeds.for_each(play_badly));
        }
    });
}

fn play_badly(seed: u64) {
    let mut chance = Chance(seed);
    let mut room = Room::default();
    let mut clock = at("09:00");
    let mut facts = 0;
    for number in 0..INPUTS {
        clock = tick(&mut chance, clock);
        let input = any_input(&mut chance, clock, number);
        let before = room.clone();
        let outputs = room.step(input.clone());
        facts += outputs.iter().filter(|output| matches!(output, Output::Fact(_))).count();
        let broken = match room == before {
            true => broken_words(&room, &outputs),
            false => broken(&before, &room, &outputs, &input).or_else(|| broken_view(&room)),
        };
        let broken = broken.or_else(|| (facts > 1).then_some("two arrivals"));
        let broken = broken.or_else(|| repeated(&mut chance, &room, &input));
        if let Some(what) = broken {
            panic!("room {seed}, input {number}, {what}: {input:?}\n{outputs:?}\n{room:#?}");
        }
    }
}

/// Seconds go by; now and then years, either way.
fn tick(chance: &mut Chance, clock: Timestamp) -> Timestamp {
    match chance.below(200) {
        0 => Timestamp::MIN,
        1 => Timestamp::MAX,
        2 => at("09:00"),
        _ => clock
            .checked_add(jiff::SignedDuration::from_secs(
                i64::try_from(chance.below(40)).unwrap() - 4,
            ))
            .unwrap_or(clock),
    }
}

fn any_input(chance: &mut Chance, at: Timestamp, number: u64) -> Input {
    // Few ids, so that they meet; some of rooms and times that are not these.
    let any_socket = |chance: &mut Chance| ConnectionId(chance.below(number.max(8) + 2));
    let any_seat = |chance: &mut Chance| SeatId(u32::try_from(chance.below(14)).unwrap());
    let what = match chance.below(20) {
        0..=6 => {
            let seat = any_seat(chance);
            let usual = [1, 0, 1, 2, 3, 4, 1][seat.0 as usize % 7];
            let role = if chance.percent(3) { chance.below(5) } else { usual };
            What::Connected(Entry {
                seat,
                role: SeatRole::ALL[usize::try_from(role).unwrap()],
                name: format!("n{}", seat.0),
                connection: if chance.percent(95) {
                    ConnectionId(number)
                } else {
                    any_socket(chance)
                },
                node: NodeId(chance.below(3)),
                browser: BrowserId(u64::from(seat.0) * 3 + chance.below(10).saturating_sub(7)),
            })
        }
        7..=9 => What::Disconnected { connection: any_socket(chance) },
        10 => What::Leave { connection: any_socket(chance) },
        11 if chance.percent(20) => What::NodeLost { node: NodeId(chance.below(4)) },
        11 if chance.percent(20) => {
            What::TurnedOut { connection: any_socket(chance), why: Closing::Shut }
        }
        11..=13 => What::Media {
            connection: any_socket(chance),
            media: media(["", "c", "cm", "s", "cms"][usize::try_from(chance.below(5)).unwrap()]),
        },
        _ => What::Ordered {
            by: if chance.percent(40) { By::Desk } else { By::Connection(any_socket(chance)) },
            order: any_order(chance, any_seat),
        },
    };
    Input { at, what }
}

fn any_order(chance: &mut Chance, any_seat: impl Fn(&mut Chance) -> SeatId) -> Order {
    match chance.below(100) {
        0..=44 => Order::Admit(any_seat(chance)),
        45..=64 => Order::SendBack(any_seat(chance)),
        65..=74 => Order::Remove(any_seat(chance)),
        75..=84 => Order::TakeOver(any_seat(chance)),
        85..=91 => Order::AllowChat(chance.percent(50)),
        92 if chance.percent(50) => Order::EndForAll,
        93 => Order::MoveTo(*chance.pick(&Channel::ALL)),
        _ => Order::MoveTo(Channel::Room),
    }
}

/// What may never be said where nothing changed.
fn broken_words(room: &Room, outputs: &[Output]) -> Option<&'static str> {
    let is_false = |output: &Output| match output {
        Output::Close { connection, .. } => room.connections().any(|held| held.id == *connection),
        Output::Refused { .. } => false,
        Output::StateChanged | Output::Fact(_) | Output::Alarm { .. } => true,
    };
    outputs.iter().any(is_false).then_some("word of what was not done")
}

/// What a step may never do.
fn broken(before: &Room, room: &Room, outputs: &[Output], input: &Input) -> Option<&'static str> {
    let sockets: BTreeSet<ConnectionId> = room.connections().map(|held| held.id).collect();
    let closed: BTreeSet<ConnectionId> = outputs.iter().filter_map(closed).collect();
    let live = room.seats.iter().filter(|seat| seat.is_live()).count();
    let said_lost = |held: &Connection| match input.what {
        What::Disconnected { connection } => held.id == connection,
        What::NodeLost { node } => held.node == node,
        _ => false,
    };
    let vanished = |held: &Connection| !sockets.contains(&held.id) && !said_lost(held);
    let ended = |room: &Room| matches!(room.phase, Phase::Ended { .. });
    let is_desk_move =
        matches!(input.what, What::Ordered { by: By::Desk, order: Order::MoveTo(_) });
    let jobseekers = room.seats.iter().filter(|seat| seat.role == SeatRole::Jobseeker).count();
    let broken = [
        (live > PLACES, "too many live seats"),
        (room.seats.len() > SEATS_REMEMBERED, "too many seats"),
        (sockets.len() != room.connections().count(), "a socket in two places"),
        (sockets.intersection(&closed).next().is_some(), "closed and still there"),
        (
            before.connections().any(|held| vanished(&held) && !closed.contains(&held.id)),
            "a socket that nobody told",
        ),
        (ended(room) && !sockets.is_empty(), "somebody in a room that is over"),
        (ended(before) && room != before && !is_desk_move, "a room that goes on after its end"),
        (!outputs.contains(&Output::StateChanged), "a change untold"),
        (jobseekers > 1, "two jobseekers"),
        (room.seats.iter().any(|seat| !seat_is_sound(seat)), "a seat that cannot be"),
    ];
    broken.into_iter().find(|(is_broken, _)| *is_broken).map(|(_, what)| what)
}

fn closed(output: &Output) -> Option<ConnectionId> {
    match output {
        Output::Close { connection, .. } => Some(*connection),
        _ => None,
    }
}

fn seat_is_sound(seat: &Seat) -> bool {
    let is_admitted = matches!(seat.admission, Admission::Admitted { .. });
    let sends = seat.media != Media::default();
    let another = |claim: Connection| seat.connection.is_some_and(|c| c.browser != claim.browser);
    seat.is_live() == seat.vacated.is_none()
        && (!seat.is_live() || is_admitted || matches!(seat.admission, Admission::Waiting { .. }))
        && (!sends || (seat.is_live() && is_admitted))
        && (!seat.media.screen || seat.role.is_staff())
        && (!seat.role.is_staff() || is_admitted)
        && seat.claim.is_none_or(|claim| another(claim) && !seat.role.is_staff())
}

/// What the browsers may never see.
fn broken_view(room: &Room) -> Option<&'static str> {
    let now = at("10:00");
    let views: Option<Vec<View>> = room.connections().map(|held| room.view(held.id, now)).collect();
    let Some(views) = views else { return Some("a socket without a view") };
    let waiting = room.seats.iter().filter(|seat| seat.waiting_since().is_some()).count();
    for view in &views {
        let is_staff = view.you.role.is_staff();
        let broken = [
            (is_staff != view.desk.is_some(), "a desk for who is no staff"),
            (
                view.desk.as_ref().is_some_and(|desk| desk.waiting.len() != waiting),
                "a list that is not the live one",
            ),
            (view.may_relay() && room.phase != Phase::Open, "a relay in a closed room"),
            (!peers_agree(view, &views), "peers that do not agree"),
            (may_send(room, view) != view.may_relay(), "a message of who is not in the call"),
        ];
        if let Some((_, what)) = broken.into_iter().find(|(is_broken, _)| *is_broken) {
            return Some(what);
        }
    }
    None
}

/// Nobody is their own peer, so that only the sender's right is asked here.
fn may_send(room: &Room, view: &View) -> bool {
    let from = view.you.connection;
    room.relay(from, Passing::RestartIce { to: from }) != Err(Refusal::NotAdmitted)
}

/// Who sees whom, the other sees too; exactly one offers, and it is the staff's side.
fn peers_agree(view: &View, views: &[View]) -> bool {
    let Stage::Admitted { peers, .. } = &view.stage else { return true };
    let others = views.iter().filter(|other| other.may_relay()).count();
    peers.len() + 1 == others
        && peers.iter().all(|peer| {
            let other = views.iter().find(|other| other.you.connection == peer.connection);
            let Some(Stage::Admitted { peers: back, .. }) = other.map(|other| &other.stage) else {
                return false;
            };
            let back = back.iter().find(|back| back.connection == view.you.connection);
            let staff_first = !view.you.role.is_staff() || peer.role.is_staff() || peer.you_offer;
            staff_first && back.is_some_and(|back| back.you_offer != peer.you_offer)
        })
}

/// Told twice is told once; stored and read back is the same. Now and then, to save time.
fn repeated(chance: &mut Chance, room: &Room, input: &Input) -> Option<&'static str> {
    if chance.percent(90) {
        return None;
    }
    let mut again = room.clone();
    let outputs = again.step(input.clone());
    let is_told = |output: &Output| matches!(output, Output::Alarm { .. } | Output::Fact(_));
    if again != *room || outputs.iter().any(is_told) {
        return Some("a repetition with an effect");
    }
    if chance.percent(90) {
        return None;
    }
    let stored = serde_json::to_string(room).unwrap();
    (serde_json::from_str::<Room>(&stored).ok().as_ref() != Some(room)).then_some("badly stored")
}

/// Words of the protocol, and of those who would break it.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "1e999",
    "4294967296",
    "0",
    "1",
    "\"type\"",
    "\"ping\"",
    "\"n\"",
    "\"description\"",
    "\"to\"",
    "\"00000000000000ab\"",
    "\"kind\"",
    "\"offer\"",
    "\"sdp\"",
    "\"v=0\"",
    "\"candidate\"",
    "\"chat\"",
    "\"text\"",
    "\"media\"",
    "\"camera\"",
    "\"leave\"",
    "\"admit\"",
    "\"seat\"",
    "\"move_to\"",
    "\"channel\"",
    "\"room\"",
    "\"quality\"",
    "\u{202E}",
    "\0",
    "あ",
    " ",
];

const MESSAGES_OF_OURS: &[&str] = &[
    r#"{"type":"ping","n":7}"#,
    r#"{"type":"description","to":"0000000000000001","kind":"offer","sdp":"v=0\r\n"}"#,
    r#"{"type":"candidate","to":"0000000000000002","candidate":"candidate:1","sdp_mid":"0"}"#,
    r#"{"type":"restart_ice","to":"0000000000000003"}"#,
    r#"{"type":"chat","text":"お願いします"}"#,
    r#"{"type":"media","camera":true,"microphone":true,"screen":true}"#,
    r#"{"type":"quality","audio_seconds":5,"video_seconds":5,"restarts":0}"#,
    r#"{"type":"admit","seat":1}"#,
    r#"{"type":"move_to","channel":"by_hand"}"#,
    r#"{"type":"end_for_all"}"#,
];

#[test]
fn hostile_messages_are_read_or_refused() {
    let mut chance = Chance(7);
    let room = play("09:50 J in 1; 09:51 C in 2; 09:52 2 admit J; 09:53 K in 3").0;
    let mut counts = [0_u64; 3];
    for _ in 0..MESSAGES {
        let text = any_message(&mut chance);
        let from = ConnectionId(chance.below(6));
        let Ok(message) = serde_json::from_str::<FromBrowser>(&text) else {
            counts[0] += 1;
            continue;
        };
        match message.meaning(from) {
            Err(_) => counts[1] += 1,
            Ok(Meaning::Pass(passing)) => {
                let passed = room.relay(from, passing);
                assert!(passed.is_err() || [1, 2].contains(&from.0), "{text}");
            }
            Ok(Meaning::Step(what)) => {
                room.clone().step(Input { at: at("10:00"), what });
            }
            Ok(Meaning::Ping { .. } | Meaning::Quality(_)) => counts[2] += 1,
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

/// A message of ours with a few bytes changed, or words in a row.
fn any_message(chance: &mut Chance) -> String {
    if chance.percent(30) {
        return (0..chance.below(16)).map(|_| *chance.pick(WORDS)).collect();
    }
    let mut bytes = chance.pick(MESSAGES_OF_OURS).as_bytes().to_vec();
    for _ in 0..chance.below(4) {
        let place = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
        match chance.below(4) {
            0 => bytes[place] = u8::try_from(chance.below(256)).unwrap(),
            1 => bytes.truncate(place.max(1)),
            2 => drop(bytes.remove(place)),
            _ => bytes.splice(place..place, chance.pick(WORDS).bytes()).for_each(drop),
        }
        if bytes.is_empty() {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
