//! How quickly Zoom's messages are answered, and ten thousand journeys. Figures, not tests:
//! `cargo xtask bench` runs this on a release build and prints them.

use std::time::Instant;

use jiff::SignedDuration;

use super::crowd::play;
use super::signs::{SECRET, message, send, with_meeting};
use crate::engines::engines;
use crate::office::Office;

/// Messages of one meeting after the other, each another one.
const MESSAGES: usize = 2_000;
/// Crowds of a thousand appointments, with a seed each.
const CROWDS: u64 = 10;

#[test]
#[ignore = "a figure, not a test: cargo xtask bench"]
fn messages_of_zoom_are_answered() {
    for fresh in engines() {
        let office = Office::open(fresh);
        let (_, app) = with_meeting(&office);
        office.clock("2026-11-18T10:00:00");
        let started = crate::office::at("2026-11-18T09:00:00");
        let mut took: Vec<u128> = (0..MESSAGES)
            .map(|second| {
                let then = started + SignedDuration::from_secs(second as i64);
                let then = rules::schedule::TOKYO.to_datetime(then).to_string();
                let who = Some(("相談-2738", "a"));
                let body = message("meeting.participant_joined", who, &then);
                let began = Instant::now();
                let answer = send(&app, &body, SECRET, app.clock.now());
                assert_eq!(answer.0.as_u16(), 204);
                began.elapsed().as_micros()
            })
            .collect();
        took.sort_unstable();
        let engine = if office.is_postgres() { "PostgreSQL" } else { "SQLite" };
        let at = |part: usize| took[took.len() * part / 1_000] as f64 / 1_000.0;
        println!(
            "{engine}: a message of Zoom's is kept and answered: median {:.1} ms, p99 {:.1} ms, \
             at most {:.1} ms, of {MESSAGES}",
            at(500),
            at(990),
            at(999)
        );
    }
}

#[test]
#[ignore = "a figure, not a test: cargo xtask bench"]
fn ten_thousand_journeys_over_twenty_hosts() {
    for seed in 1..=CROWDS {
        let fresh = engines().into_iter().next().expect("an engine");
        let office = Office::open(fresh);
        let began = Instant::now();
        let played = play(&office, 1_000, 20, 5, seed);
        println!(
            "crowd {seed}: 1,000 appointments, {} requests, {} of them spoilt: 0 orphans, 0 second \
             meetings, at most {} of 100 changes for a host, 0 canaries; {:.0} s",
            played.requests,
            played.faults,
            played.changes_at_most,
            began.elapsed().as_secs_f64()
        );
    }
}
