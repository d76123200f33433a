//! The session is on 2026-11-24 from 10:00, as long as the shortest that the model terms know; a
//! time may be preceded by another day of that month (`23T09:00`).

use super::*;
use crate::appointment::{Fact, judge};
use crate::terms;

fn at(text: &str) -> Timestamp {
    let (day, time) = text.split_once('T').unwrap_or(("24", text));
    format!("2026-11-{day}T{time}+09:00").parse().unwrap_or_else(|_| panic!("{text}"))
}

fn facts(text: &str) -> Vec<Fact> {
    let fact = |part: &str| {
        let (what, time) = part.trim().split_once(' ').unwrap_or_else(|| panic!("{part}"));
        Fact { what: What::parse(what).unwrap_or_else(|| panic!("{what}")), at: at(time.trim()) }
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(fact).collect()
}

fn behind(channel: &str, happened: &str, now: &str) -> Door {
    let rules = terms::model().rules;
    let slot = Slot { start: at("10:00"), minutes: rules.shortest_minutes };
    let appointment = Appointment { facts: facts(happened), ..Appointment::new(slot) };
    let judged = judge(&appointment, &rules, at(now));
    let channel = Channel::parse(channel).unwrap_or_else(|| panic!("{channel}"));
    door(&appointment, judged, &Practice::default(), channel, at(now))
}

/// A row: channel | facts | now | what stands behind the link.
fn check(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [channel, happened, now, expected] = cells[..] else { panic!("{row}") };
    assert_eq!(behind(channel, happened, now).code(), expected, "{row}");
}

#[test]
fn article_2_2_the_door_opens_some_minutes_before() {
    check("room      |                                | 20T10:00 | too_early");
    check("room      |                                | 09:44:59 | too_early");
    check("room      |                                | 09:45    | open");
    check("room      |                                | 10:00    | open");
    check("by_hand   |                                | 09:44:59 | too_early");
    check("by_hand   |                                | 09:45    | open");
    check("telephone |                                | 09:00    | by_telephone");
    check("telephone |                                | 10:05    | by_telephone");
    check("room      | called 09:00                   | 09:30    | too_early");
    assert_eq!(behind("room", "", "09:00"), Door::TooEarly { opens_at: at("09:45") });
}

#[test]
fn article_2_4_late_deemed_and_back() {
    check("room      |                                | 10:09:59 | open");
    check("room      |                                | 10:10    | late");
    check("room      |                                | 10:29:59 | late");
    check("room      |                                | 10:30    | deemed_cancelled");
    check("room      |                                | 25T10:00 | deemed_cancelled");
    check("telephone | to_telephone 20T09:00          | 10:10    | by_telephone");
    check("telephone | to_telephone 10:05             | 10:20    | by_telephone");
    check("telephone | to_telephone 10:11             | 10:20    | late");
    check("room      | to_telephone 10:05, from_telephone 10:06 | 10:20 | open");
    check("room      | called 10:08                   | 10:20    | open");
    check("room      | called 10:11                   | 10:20    | late");
    check("room      | arrived 09:50                  | 10:20    | open");
    check("room      | arrived 09:50                  | 10:45    | open");
    check("room      | arrived 09:50                  | 25T00:00 | over");
    check("room      | outage 10:05                   | 10:15    | open");
    assert_eq!(behind("room", "", "10:20"), Door::Late { since: at("10:10") });
}

#[test]
fn articles_9_6_and_10_1_what_the_office_did() {
    check("room      | stopped_failure 09:00          | 09:50    | stopped_by_office");
    check("by_hand   | stopped_service 23T09:00       | 10:20    | stopped_by_office");
    check("telephone | stopped_disaster 23T09:00      | 10:20    | stopped_by_office");
    check("room      | outage 10:05                   | 10:30    | offices_trouble");
    check("room      | arrived 09:50, offices_trouble 10:20 | 10:25 | offices_trouble");
    check("room      | called 10:05, slot_lost 10:06  | 10:25    | new_time_owed");
}

#[test]
fn articles_2_4_and_9_2_how_it_went() {
    check("room      | called_off 23T09:00            | 09:50    | cancelled");
    check("room      | called_off 23T09:00            | 23T09:00 | cancelled");
    check("room      | arrived 09:50, held 10:30      | 10:31    | over");
    check("room      | jobseekers_trouble 10:20       | 10:31    | over");
    check("room      | by_telephone 10:20             | 10:31    | by_telephone");
}

#[test]
fn article_2_2_a_moved_session_tells_its_new_time() {
    check("room      | moved 23T09:00                 | 23T10:00 | moved");
    check("room      | moved 23T09:00                 | 09:45    | open");
    check("room      | moved 09:50                    | 09:40    | too_early");
    let rules = terms::model().rules;
    let to = Slot { start: at("10:00"), minutes: rules.shortest_minutes };
    let moved = Door::Moved { to, opens_at: at("09:45") };
    assert_eq!(behind("by_hand", "moved 23T09:00", "23T10:00"), moved);
}

#[test]
fn the_ends_of_time_do_no_harm() {
    let rules = terms::model().rules;
    for instant in [Timestamp::MIN, Timestamp::MAX] {
        let appointment = Appointment::new(Slot { start: instant, minutes: u16::MAX });
        for now in [Timestamp::MIN, Timestamp::MAX] {
            let judged = judge(&appointment, &rules, now);
            for channel in Channel::ALL {
                let _ = door(&appointment, judged, &Practice::default(), channel, now);
            }
        }
    }
}

/// A row: what stands behind the link | who sits there | whether they stay.
fn stays(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [channel, happened, now, who, expected] = cells[..] else { panic!("{row}") };
    let (role, place) = who.split_once(' ').unwrap_or_else(|| panic!("{row}"));
    let role = SeatRole::parse(role).unwrap_or_else(|| panic!("{row}"));
    let in_call = matches!(place, "talks" | "of an old time");
    let seated = Seated { role, in_call, at_present_time: place != "of an old time" };
    let stays = behind(channel, happened, now).lets_stay(seated);
    assert_eq!(if stays { "stays" } else { "goes" }, expected, "{row}");
}

#[test]
fn who_waits_is_told_when_the_door_shuts() {
    stays("room      |                      | 10:05 | jobseeker waits          | stays");
    stays("room      |                      | 09:30 | counsellor talks         | stays");
    stays("room      | arrived 10:00        | 10:50 | jobseeker talks          | stays");
    stays("room      | arrived 10:00        | 10:05 | jobseeker of an old time | goes");
    stays("room      | arrived 10:00        | 10:05 | counsellor of an old time | goes");
    for ended in ["called_off 09:55", "stopped_service 09:55", "slot_lost 09:55"] {
        for who in ["jobseeker waits", "companion talks", "counsellor talks"] {
            stays(&format!("room | {ended} | 09:56 | {who} | goes"));
        }
    }
    for held in ["held 10:20", "by_telephone 10:20", "offices_trouble 10:20"] {
        stays(&format!("room | arrived 10:00, {held} | 10:21 | jobseeker waits  | goes"));
        stays(&format!("room | arrived 10:00, {held} | 10:21 | jobseeker talks  | stays"));
        stays(&format!("room | arrived 10:00, {held} | 10:21 | counsellor talks | stays"));
    }
    for now in ["10:10", "10:40"] {
        stays(&format!("room | | {now} | companion waits  | goes"));
        stays(&format!("room | | {now} | counsellor talks | stays"));
    }
    stays("telephone | arrived 10:00        | 10:05 | jobseeker waits          | goes");
    stays("telephone | arrived 10:00        | 10:05 | counsellor talks         | stays");
    stays("by_hand   | arrived 10:00        | 10:05 | jobseeker waits          | stays");
}
