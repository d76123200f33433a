//! How quickly messages pass when many rooms are busy at once, and when one of them is attacked.
//! Figures, not tests: `cargo xtask bench` runs this on a release build and prints them.
//!
//! Service and browsers share this process and its processors, so the figures hold the browsers'
//! own work too.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use rules::schedule::WeeklyHours;
use rules::session::room::{ConnectionId, FromBrowser, SeatId, ToBrowser};
use service::schedule::{self, NewCounsellor};
use tokio_tungstenite::tungstenite::Message;

use super::browser::{Person, Socket, meets, waits};
use super::{DOOR, Node, START, peer, with_relay};
use crate::cast::one_of_many;
use crate::engines::engines;
use crate::office::{Office, runtime};

const ROOMS: u32 = 300;
/// Rooms of which one side is at another node.
const ACROSS: usize = 300;
/// Each browser says something this often: a candidate, a switch, a caption now and then.
const SAYS_EVERY: Duration = Duration::from_millis(500);
const FOR: Duration = Duration::from_secs(10);
/// What a hostile browser sends in a second.
const HOSTILE: u32 = 1_000;

/// Rooms whose door is open at the same time, each with a counsellor of its own.
fn busy_office(office: &Office, count: u32) -> (Vec<i64>, Node) {
    office.decides(|practice| practice.meetings = rules::session::Channel::Room);
    let sessions = (0..count)
        .map(|index| {
            let counsellor = office.does(move |tx, context| {
                let hours = (1..=5).map(|weekday| WeeklyHours {
                    weekday,
                    from: jiff::civil::Time::constant(9, 0, 0, 0),
                    to: jiff::civil::Time::constant(17, 0, 0, 0),
                });
                let new = NewCounsellor {
                    name: format!("相談員 {index}（見本）"),
                    staff: None,
                    hours: hours.collect(),
                    skills: std::collections::BTreeSet::new(),
                };
                schedule::add_counsellor(tx, context.office.id, &new)
            });
            let id = office.applies(&one_of_many(index), &[START]);
            office.decides_all(id);
            office.confirms(id, START, counsellor).expect("it is confirmed");
            id
        })
        .collect();
    office.clock(DOOR);
    (sessions, Node::open(&with_relay(office)))
}

/// Two in the call of each session: what one says to the other, and what it hears.
fn talking(
    office: &Office,
    sessions: &[i64],
    [persons, staffs]: [&Node; 2],
) -> Vec<(Socket, ConnectionId)> {
    let clerk = Person::staff(office, "counsellor", sessions[0]);
    let mut sockets = Vec::new();
    for id in sessions {
        let mut person = Person::jobseeker(office, *id).comes(persons);
        person.sees(waits);
        let mut staff = clerk.at_the_room_of(*id).comes(staffs);
        staff.says(&FromBrowser::Admit { seat: SeatId(0) });
        for browser in [&mut person, &mut staff] {
            browser.sees(meets);
        }
        let (to_person, to_staff) = (peer(&mut staff), peer(&mut person));
        sockets.push((person.into_socket(), to_staff));
        sockets.push((staff.into_socket(), to_person));
    }
    sockets
}

/// Says the time in a candidate, over and over; notes how old what it hears is.
async fn talk(
    (socket, to): (Socket, ConnectionId),
    phase: Duration,
    (began, until): (Instant, Instant),
    ages: Arc<Mutex<Vec<u64>>>,
) {
    let (mut out, mut heard) = socket.split();
    let speaking = async {
        tokio::time::sleep(phase).await;
        while Instant::now() < until {
            let said = FromBrowser::Candidate {
                to,
                candidate: format!("candidate:{} typ relay", began.elapsed().as_micros()),
                sdp_mid: None,
                sdp_m_line_index: Some(0),
            };
            let text = serde_json::to_string(&said).expect("plain data");
            if out.send(Message::text(text)).await.is_err() {
                return;
            }
            tokio::time::sleep(SAYS_EVERY).await;
        }
    };
    let hearing = async {
        let mut own = Vec::new();
        while let Ok(Some(Ok(message))) =
            tokio::time::timeout_at((until + SAYS_EVERY).into(), heard.next()).await
        {
            let text = message.to_text().unwrap_or_default();
            let Ok(ToBrowser::Candidate { candidate, .. }) = serde_json::from_str(text) else {
                continue;
            };
            let sent = candidate.strip_prefix("candidate:").and_then(|it| it.split(' ').next());
            let sent = sent.and_then(|it| it.parse::<u64>().ok());
            let now = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
            own.extend(sent.map(|sent| now.saturating_sub(sent)));
        }
        ages.lock().expect("no thread panics").extend(own);
    };
    tokio::join!(speaking, hearing);
}

/// What an attacker sends, in turn: not readable, not theirs to send, long, and much of it.
fn hostile_text(number: u32) -> String {
    match number % 5 {
        0 => "{".repeat(500),
        1 => r#"{"type":"admit","seat":0}"#.to_owned(),
        2 => format!(r#"{{"type":"chat","text":"{}"}}"#, "あ".repeat(1_000)),
        3 => format!(
            r#"{{"type":"description","to":"{:016x}","kind":"offer","sdp":"v=0{}"}}"#,
            number,
            " ".repeat(20_000)
        ),
        _ => r#"{"type":"media","camera":true,"microphone":true,"screen":true}"#.to_owned(),
    }
}

/// Floods a room until told to stop; comes back whenever it is put out.
async fn flood(
    person: Person,
    node: std::net::SocketAddr,
    stop: Arc<AtomicBool>,
    sent: Arc<AtomicU64>,
) {
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        let Ok(socket) = person.opens(node).await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (mut out, mut heard) = socket.split();
        let mut pace = tokio::time::interval(Duration::from_millis(10));
        let sending = async {
            loop {
                pace.tick().await;
                for _ in 0..HOSTILE / 100 {
                    number += 1;
                    if stop.load(Ordering::Relaxed)
                        || out.send(Message::text(hostile_text(number))).await.is_err()
                    {
                        return;
                    }
                    sent.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        let hearing = async { while let Some(Ok(_)) = heard.next().await {} };
        tokio::select! { () = sending => {}, () = hearing => {} }
    }
}

fn percentile(sorted: &[u64], of_hundred: usize) -> f64 {
    let at = (sorted.len() * of_hundred / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(f64::NAN, |micros| Duration::from_micros(*micros).as_secs_f64() * 1e3)
}

/// Has every room talk for a while; how old messages were when they arrived, in microseconds.
fn measure(sockets: Vec<(Socket, ConnectionId)>) -> Vec<u64> {
    let ages = Arc::new(Mutex::new(Vec::new()));
    runtime().block_on(async {
        let began = Instant::now();
        let until = began + FOR;
        let count = u32::try_from(sockets.len()).expect("some hundreds");
        let talks = (0..count).zip(sockets).map(|(index, socket)| {
            let phase = SAYS_EVERY * index / count;
            tokio::spawn(talk(socket, phase, (began, until), Arc::clone(&ages)))
        });
        let talks: Vec<_> = talks.collect();
        for talk in talks {
            talk.await.expect("it talks to the end");
        }
    });
    let mut ages = std::mem::take(&mut *ages.lock().expect("no thread panics"));
    ages.sort_unstable();
    ages
}

fn told(what: &str, engine: &str, ages: &[u64]) {
    println!(
        "{what} ({engine}): {} messages, median {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        ages.len(),
        percentile(ages, 50),
        percentile(ages, 95),
        percentile(ages, 99)
    );
}

#[test]
#[ignore = "a figure, not a test: cargo xtask bench"]
fn messages_of_many_rooms_at_once() {
    for fresh in engines() {
        let office = Office::open(fresh);
        let engine = if office.is_postgres() { "PostgreSQL" } else { "SQLite" };
        let (sessions, node) = busy_office(&office, ROOMS + 1);
        let (attacked, rooms) = sessions.split_last().expect("there are some");
        let sockets = talking(&office, rooms, [&node, &node]);
        told(&format!("relayed message, {ROOMS} rooms talking"), engine, &measure(sockets));
        let sockets = talking(&office, rooms, [&node, &node]);
        let stop = Arc::new(AtomicBool::new(false));
        let sent = Arc::new(AtomicU64::new(0));
        let attacker = Person::jobseeker(&office, *attacked);
        let attack =
            runtime().spawn(flood(attacker, node.at, Arc::clone(&stop), Arc::clone(&sent)));
        let ages = measure(sockets);
        stop.store(true, Ordering::Relaxed);
        runtime().block_on(attack).expect("it stops");
        let each_second = sent.load(Ordering::Relaxed) / FOR.as_secs();
        let what = format!("the same, one room more sending {each_second} hostile ones a second");
        told(&what, engine, &ages);
        if office.is_postgres() {
            let other = Node::open(&office.second_node());
            let sockets = talking(&office, &rooms[..ACROSS], [&node, &other]);
            let what = format!("relayed message, {ACROSS} rooms talking across two nodes");
            told(&what, engine, &measure(sockets));
        }
    }
}
