//! Where appointments stand. The session is on 2026-11-24 from 10:00, as long as the shortest that
//! the model terms know; a time may be preceded by another day of that month (`25T09:00`).

mod absence;
mod codes;
mod properties;
mod settling;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::terms::{self, Rules};

fn rules() -> Rules {
    terms::model().rules
}

fn at(text: &str) -> Timestamp {
    let (day, time) = text.split_once('T').unwrap_or(("24", text));
    format!("2026-11-{day}T{time}+09:00").parse().unwrap_or_else(|_| panic!("{text}"))
}

fn slot(text: &str) -> Slot {
    Slot { start: at(text), minutes: rules().shortest_minutes }
}

/// `called 10:08, moved 09:00` as facts.
fn facts(text: &str) -> Vec<Fact> {
    let fact = |part: &str| {
        let (what, time) = part.trim().split_once(' ').unwrap_or_else(|| panic!("{part}"));
        Fact { what: What::parse(what).unwrap_or_else(|| panic!("{what}")), at: at(time.trim()) }
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(fact).collect()
}

fn appointment(start: &str, text: &str) -> Appointment {
    Appointment { facts: facts(text), ..Appointment::new(slot(start)) }
}

/// A row: start | facts | now | standing | since (`-`: since it was booked).
fn check(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [start, facts, now, standing, since] = cells[..] else { panic!("{row}") };
    let judged = judge(&appointment(start, facts), &rules(), at(now));
    let since = if since == "-" { Timestamp::MIN } else { at(since) };
    assert_eq!((judged.standing.code(), judged.since), (standing, since), "{row}");
}

#[test]
fn article_2_4_silence_contact_and_arrival() {
    check("10:00 |                               | 23T09:00    | waiting          | -");
    check("10:00 |                               | 10:00       | waiting          | -");
    check("10:00 |                               | 10:09:59    | waiting          | -");
    check("10:00 |                               | 10:10:00    | deemed_cancelled | 10:10");
    check("10:00 |                               | 27T10:00    | deemed_cancelled | 10:10");
    check("10:00 | called 10:08                  | 10:20       | in_contact       | 10:08");
    check("10:00 | called 10:10:00               | 10:20       | in_contact       | 10:10");
    check("10:00 | called 10:10:00               | 10:10:00    | in_contact       | 10:10");
    check("10:00 | called 10:10:01               | 10:20       | deemed_cancelled | 10:10");
    check("10:00 | called 08:45                  | 10:20       | in_contact       | 08:45");
    check("10:00 | arrived 10:09                 | 10:10       | present          | 10:09");
    check("10:00 | arrived 09:55                 | 09:56       | present          | 09:55");
    check("10:00 | arrived 10:10:01              | 10:20       | deemed_cancelled | 10:10");
    check("10:00 | wrong_name 10:09              | 10:20       | present          | 10:09"); // 2(3)
    check("10:00 | called 10:05, arrived 10:25   | 10:20       | in_contact       | 10:05");
    check("10:00 | called 10:05, arrived 10:25   | 10:26       | present          | 10:25");
    check("10:00 | called 10:05, arrived 10:40   | 10:41       | present          | 10:40");
    check("10:00 | arrived 10:02, called 09:50   | 10:05       | present          | 10:02");
}

#[test]
fn article_2_4_cancelling_by_telephone() {
    check("10:00 | called_off 23T16:00           | 23T16:00    | called_off       | 23T16:00");
    check("10:00 | called_off 10:08              | 10:07       | waiting          | -");
    check("10:00 | called_off 10:08              | 10:20       | called_off       | 10:08");
    check("10:00 | called_off 10:10              | 10:20       | called_off       | 10:10");
    check("10:00 | called_off 10:10:01           | 10:20       | deemed_cancelled | 10:10");
    // Who is in contact may still cancel: the limit no longer runs.
    check("10:00 | called 10:05, called_off 10:20  | 10:21     | called_off       | 10:20");
    check("10:00 | arrived 09:58, called_off 10:15 | 10:21     | called_off       | 10:15");
    check("10:00 | called 10:05, called_off 10:30  | 10:31     | called_off       | 10:30");
    // A session that is over cannot be cancelled.
    check("10:00 | called 10:05, called_off 10:31  | 10:32     | in_contact       | 10:05");
    check("10:00 | called_off 09:00, called 09:30  | 10:20     | called_off       | 09:00");
}

#[test]
fn articles_9_6_and_10_1_the_office_stops() {
    check("10:00 | stopped_failure 09:30         | 10:20       | stopped_by_office | 09:30");
    check("10:00 | stopped_service 10:10         | 10:20       | stopped_by_office | 10:10");
    check("10:00 | stopped_disaster 10:05        | 10:04       | waiting           | -");
    // It does not undo a silence that was complete.
    check("10:00 | stopped_service 10:10:01      | 10:20       | deemed_cancelled  | 10:10");
    // A breach ends it likewise; what says less about the person comes first (9(4), 10(2)).
    check("10:00 | broken_off 09:30              | 10:20       | broken_off        | 09:30");
    check("10:00 | arrived 09:58, broken_off 10:15 | 10:20     | broken_off        | 10:15");
    check("10:00 | broken_off 10:10:01           | 10:20       | deemed_cancelled  | 10:10");
    check("10:00 | broken_off 09:30, called_off 09:30 | 10:20  | called_off        | 09:30");
    check("10:00 | broken_off 09:30, stopped_failure 09:40 | 10:20 | broken_off    | 09:30");
    check("10:00 | arrived 09:58, broken_off 10:15, held 10:20 | 10:30 | held       | 10:20");
    // Whoever was there or in contact is stopped at any time, while no outcome is recorded.
    check("10:00 | arrived 09:58, stopped_disaster 10:15 | 10:20 | stopped_by_office | 10:15");
    check("10:00 | called 10:05, stopped_failure 10:50   | 11:00    | stopped_by_office | 10:50");
    check("10:00 | arrived 09:58, stopped_failure 10:15  | 10:14    | present           | 09:58");
    check("10:00 | outage 10:05, stopped_failure 10:20   | 10:25    | stopped_by_office | 10:20");
    // The earlier of stop and cancellation is what happened; at the same instant, the stop.
    check("10:00 | called_off 09:00, stopped_failure 09:30 | 10:20  | called_off        | 09:00");
    check("10:00 | stopped_failure 09:00, called_off 09:30 | 10:20  | stopped_by_office | 09:00");
    check("10:00 | called_off 09:00, stopped_failure 09:00 | 10:20  | stopped_by_office | 09:00");
}

#[test]
fn article_9_6_an_outage_switches_the_limit_off() {
    check("10:00 | outage 10:05                  | 10:20       | waiting          | -");
    check("10:00 | outage 10:05                  | 10:29:59    | waiting          | -");
    check("10:00 | outage 10:05                  | 10:30       | offices_trouble  | 10:30");
    check("10:00 | outage 10:05                  | 27T10:00    | offices_trouble  | 10:30");
    check("10:00 | outage 09:20                  | 10:20       | waiting          | -");
    check("10:00 | outage 10:10                  | 10:20       | waiting          | -");
    check("10:00 | outage 10:10:01               | 10:20       | deemed_cancelled | 10:10");
    // One of an earlier day is over, or is noted again.
    check("10:00 | outage 23T16:00               | 10:20       | deemed_cancelled | 10:10");
    check("10:00 | outage 23T23:59:59            | 10:20       | deemed_cancelled | 10:10");
    check("10:00 | outage 00:00                  | 10:20       | waiting          | -");
    // While the limit does not run, people are heard until the planned end.
    check("10:00 | outage 10:05, called 10:20     | 10:25      | in_contact       | 10:20");
    check("10:00 | outage 10:05, arrived 10:15    | 10:25      | present          | 10:15");
    check("10:00 | outage 10:05, called_off 10:15 | 10:25      | called_off       | 10:15");
    check("10:00 | outage 10:05, arrived 10:31    | 10:35      | offices_trouble  | 10:30");
}

#[test]
fn article_2_4_who_waits_for_the_offices_call_is_not_silent() {
    check("10:00 | to_telephone 10:05            | 10:20       | waiting          | -");
    check("10:00 | to_telephone 10:05            | 23:59:59    | waiting          | -");
    check("10:00 | to_telephone 10:05            | 25T00:00    | unrecorded       | 25T00:00");
    check("10:00 | to_telephone 20T09:00         | 10:20       | waiting          | -");
    check("10:00 | to_telephone 10:10            | 10:20       | waiting          | -");
    check("10:00 | to_telephone 10:10:01         | 10:20       | deemed_cancelled | 10:10");
    check("10:00 | to_telephone 10:05, called 10:20     | 10:25 | in_contact      | 10:20");
    check("10:00 | to_telephone 10:05, called_off 10:20 | 10:25 | called_off      | 10:20");
    check("10:00 | to_telephone 10:05, by_telephone 10:30  | 10:40 | by_telephone      | 10:30");
    check("10:00 | to_telephone 10:05, stopped_failure 10:20 | 10:25 | stopped_by_office | 10:20");
    // By telephone because our side failed: the office still calls.
    check("10:00 | outage 10:02, to_telephone 10:05 | 10:40   | waiting          | -");
    // Back at the door: with the whole grace ahead the limit runs, otherwise not on that day.
    check("10:00 | to_telephone 09:00, from_telephone 10:00    | 10:09:59 | waiting | -");
    check("10:00 | to_telephone 09:00, from_telephone 10:00 | 10:10 | deemed_cancelled | 10:10");
    check("10:00 | to_telephone 09:00, from_telephone 10:00:01 | 10:20    | waiting | -");
    check("10:00 | to_telephone 10:05, from_telephone 10:06    | 10:20    | waiting | -");
    let again = "to_telephone 09:00, from_telephone 09:30, to_telephone 09:50";
    check(&format!("10:00 | {again} | 10:20 | waiting | -"));
    check("10:00 | from_telephone 10:05          | 10:20       | deemed_cancelled | 10:10");
    // Another time changes nothing about the means.
    check("10:30 | to_telephone 08:00, moved 09:00 | 10:40     | waiting          | 09:00");
    check(
        "10:30 | to_telephone 08:00, from_telephone 08:30, moved 09:00 | 10:40 \
        | deemed_cancelled | 10:40",
    );
}

#[test]
fn an_outcome_wins_however_late_it_is_recorded() {
    check("10:00 | held 10:28                    | 10:40       | held               | 10:28");
    check("10:00 | arrived 09:58, held 26T09:00  | 25T09:00    | unrecorded         | 25T00:00");
    check("10:00 | arrived 09:58, held 26T09:00  | 26T09:00    | held               | 26T09:00");
    check("10:00 | by_telephone 10:30            | 10:40       | by_telephone       | 10:30");
    check("10:00 | arrived 10:20, held 11:00     | 11:00       | held               | 11:00");
    check("10:00 | jobseekers_trouble 10:20      | 10:40       | jobseekers_trouble | 10:20");
    check("10:00 | offices_trouble 10:20         | 10:40       | offices_trouble    | 10:20");
    check("10:00 | stopped_failure 10:15, arrived 09:58, held 10:20 | 11:00 | held | 10:20");
    check("10:00 | called_off 09:00, held 10:20  | 11:00       | held               | 10:20");
    check("10:00 | outage 10:05, held 10:40      | 11:00       | held               | 10:40");
    // The last word counts.
    check("10:00 | held 10:30, jobseekers_trouble 10:35 | 11:00 | jobseekers_trouble | 10:35");
    check("10:00 | held 10:40, jobseekers_trouble 10:35 | 11:00 | held              | 10:40");
}

#[test]
fn a_day_that_passes_without_an_outcome_counts_against_nobody() {
    check("10:00 | arrived 09:58                 | 23:59:59    | present          | 09:58");
    check("10:00 | arrived 09:58                 | 25T00:00    | unrecorded       | 25T00:00");
    check("10:00 | called 10:05                  | 25T00:00    | unrecorded       | 25T00:00");
    check("10:00 |                               | 25T00:00    | deemed_cancelled | 10:10");
}

#[test]
fn article_2_2_a_moved_appointment_counts_from_its_new_start() {
    check("10:30 | moved 09:00                   | 10:39:59    | waiting          | 09:00");
    check("10:30 | moved 09:00                   | 10:40       | deemed_cancelled | 10:40");
    check("10:30 | called 08:45, moved 09:00     | 10:40       | deemed_cancelled | 10:40");
    check("10:30 | arrived 08:45, moved 09:00    | 10:40       | deemed_cancelled | 10:40");
    check("10:30 | called 09:01, moved 09:00     | 10:40       | in_contact       | 09:01");
    check("10:30 | called_off 08:45, moved 09:00 | 10:00       | waiting          | 09:00");
    check("10:30 | outage 08:45, moved 09:00     | 10:40       | deemed_cancelled | 10:40");
    check("10:30 | held 08:45, moved 09:00       | 10:00       | waiting          | 09:00");
    check("10:30 | called 09:30, moved 09:00, moved 10:00 | 10:40 | deemed_cancelled | 10:40");
    // After a slot was lost, or a stop: the new slot is as good as any.
    check("14:00 | called 10:08, slot_lost 10:20, moved 10:25 | 11:00 | waiting | 10:25");
    check("14:00 | stopped_failure 09:30, moved 09:40         | 11:00 | waiting | 09:40");
    // At one instant: what led to the move is about the old slot.
    check("14:00 | stopped_failure 09:30, moved 09:30         | 11:00 | waiting | 09:30");
    check("14:00 | stopped_failure 09:30:01, moved 09:30 | 11:00 | stopped_by_office | 09:30:01");
    check("10:30 | moved 09:00                   | 08:59       | waiting          | -");
}

#[test]
fn a_slot_that_was_lost() {
    check("10:00 | called 10:08, slot_lost 10:20 | 10:20       | displaced        | 10:20");
    check("10:00 | called 10:08, slot_lost 10:20 | 27T10:00    | displaced        | 10:20");
    check("10:00 | outage 10:05, slot_lost 10:45 | 10:50       | displaced        | 10:45");
    // The call was a slip of the pen, and is undone: the silence was complete after all.
    check("10:00 | slot_lost 10:20               | 10:21       | deemed_cancelled | 10:10");
    // A mistaken cancellation of the day before: nobody can be silent about a slot that is gone.
    check("10:00 | slot_lost 23T16:00            | 23T16:00    | displaced        | 23T16:00");
    check("10:00 | slot_lost 23T16:00            | 10:20       | displaced        | 23T16:00");
    // It turns out that the person had cancelled, or that the session was held after all.
    check("10:00 | called_off 10:07, called 10:08, slot_lost 10:20 | 11:00 | called_off | 10:07");
    check("10:00 | called 10:08, slot_lost 10:20, held 10:50       | 11:00 | held       | 10:50");
}

#[test]
fn article_2_4_terms_that_leave_silence_open() {
    let rules = Rules { grace_minutes: None, ..rules() };
    let check = |facts: &str, now: &str, expected: Standing| {
        let one = appointment("10:00", facts);
        assert_eq!(standing(&one, &rules, at(now)), expected, "{facts} at {now}");
        assert_eq!(running_limit(&one, &rules, at(now)), None);
    };
    check("", "10:10", Standing::Waiting);
    check("", "16:00", Standing::Waiting);
    check("", "25T00:00", Standing::Unrecorded);
    check("arrived 10:25", "10:26", Standing::Present);
    check("called_off 10:20", "10:21", Standing::CalledOff);
    check("outage 10:05", "10:30", Standing::OfficesTrouble);
    check("held 10:40", "10:50", Standing::Held);
}

#[test]
fn the_limit_follows_the_terms() {
    let mut rules = rules();
    let grace = rules.grace_minutes.unwrap() + 5;
    rules.grace_minutes = Some(grace);
    let limit = slot("10:00").start + SignedDuration::from_mins(grace.into());
    let silent = appointment("10:00", "");
    let before = limit - SignedDuration::from_nanos(1);
    assert_eq!(standing(&silent, &rules, before), Standing::Waiting);
    assert_eq!(standing(&silent, &rules, limit), Standing::DeemedCancelled);
    assert_eq!(next_tick(&silent, &rules, before), Some(limit));
}

/// A row: facts | what | at | too early or not. The session is at 10:00.
fn check_early(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [facts, what, when, expected] = cells[..] else { panic!("{row}") };
    let what = What::parse(what).unwrap_or_else(|| panic!("{row}"));
    let early = is_too_early(&appointment("10:00", facts), &rules(), what, at(when));
    assert_eq!(early, expected == "early", "{row}");
}

#[test]
fn article_5_1_what_cannot_have_happened_yet() {
    check_early("              | arrived     | 23T23:59:59 | early");
    check_early("              | arrived     | 00:00       | possible");
    check_early("              | wrong_name  | 23T10:00    | early");
    check_early("              | outage      | 23T10:00    | early");
    check_early("              | held        | 09:59:59    | early");
    check_early("              | held        | 10:00       | possible");
    check_early("              | held        | 25T09:00    | possible");
    check_early("arrived 09:50 | held        | 09:55       | possible");
    check_early("called 09:50  | held        | 09:55       | early");
    check_early("arrived 09:50 | held        | 23T09:55    | early");
    // The telephone rings on any day.
    check_early("              | called      | 20T09:00    | possible");
    check_early("              | called_off  | 20T09:00    | possible");
}

#[test]
fn article_9_6_the_limit_stands_still_during_an_outage_of_that_session() {
    let check = |start: &str, facts: &str, now: &str, limit: &str| {
        let found = running_limit(&appointment(start, facts), &rules(), at(now));
        assert_eq!(found, (limit != "-").then(|| at(limit)), "{start} {facts} {now}");
    };
    check("10:00", "", "10:00", "10:10");
    check("10:00", "outage 10:05", "10:04", "10:10");
    check("10:00", "outage 10:05", "10:06", "-");
    check("10:00", "outage 08:00", "10:06", "-");
    // Of an earlier day, of an earlier time, or after the limit.
    check("10:00", "outage 23T16:00", "10:06", "10:10");
    check("10:00", "outage 08:00, moved 09:00", "10:06", "10:10");
    check("10:00", "outage 10:11", "10:12", "10:10");
    // The office is to call.
    check("10:00", "to_telephone 10:05", "10:06", "-");
    check("10:00", "to_telephone 10:11", "10:12", "10:10");
    check("10:00", "to_telephone 09:00, from_telephone 09:30", "10:06", "10:10");
}
