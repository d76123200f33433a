use proptest::prelude::*;

use super::*;
use crate::people::Alias;
use crate::session::room::SeatRole;

fn at(time: &str) -> Timestamp {
    format!("2026-11-24T{time}+09:00").parse().unwrap()
}

fn sign(time: &str, what: Happening, who: Who, person: &str) -> Sighting {
    Sighting { at: at(time), what, who, person: person.to_owned() }
}

use Happening::*;
use Who::*;

#[test]
fn article_2_3_who_is_seen_under_which_name() {
    let alias = DisplayName::of_alias(&Alias::parse("相談-2738").unwrap());
    let guests = [DisplayName::of_role(SeatRole::Interpreter)];
    let legal = LegalName::parse("堺 太郎").unwrap();
    let kana = Kana::parse("サカイ タロウ").unwrap();
    let check = |seen: &str, expected: Who| {
        assert_eq!(who_is(seen, &alias, &guests, (&legal, Some(&kana))), expected, "{seen:?}");
    };
    check("相談-2738", Jobseeker);
    check("相談 ２７３８", Jobseeker);
    check("相談-2739", OtherName);
    check("通訳", Guest);
    check("堺太郎", RealName);
    check("Taro SAKAI's iPad", RealName);
    check("taro", RealName);
    check("iPhone", OtherName);
    check("", OtherName);
}

#[test]
fn article_2_4_arrival_is_the_first_sight() {
    let signs = read_signs(&[
        sign("10:03", Joined, Jobseeker, "a"),
        sign("10:01", Waits, Jobseeker, "a"),
        sign("09:58", Joined, Staff, "s"),
        sign("09:58", Started, Nobody, ""),
    ]);
    assert_eq!(signs.arrived_at, Some(at("10:01")));
    assert_eq!(signs.there_since, Some(at("10:03")));
    assert!(signs.is_in);
    assert_eq!(signs.met_at, Some(at("10:03")));
    assert_eq!(signs.wrong_name_at, None);
}

#[test]
fn article_2_3_a_wrong_name_is_an_arrival_of_its_own() {
    let signs = read_signs(&[
        sign("10:01", Waits, RealName, "a"),
        sign("10:02", Left, RealName, "a"),
        sign("10:04", Waits, Jobseeker, "b"),
        sign("10:00", Waits, OtherName, "c"),
    ]);
    assert_eq!(signs.wrong_name_at, Some(at("10:00")));
    assert_eq!(signs.real_name_at, Some(at("10:01")));
    assert_eq!(signs.arrived_at, Some(at("10:04")));
    assert!(!signs.is_in);
}

#[test]
fn a_leaving_that_is_told_late_ends_no_later_coming() {
    let mut told = vec![
        sign("10:00", Joined, Jobseeker, "a"),
        sign("10:12", Joined, Jobseeker, "a"),
        sign("10:11", Left, Jobseeker, "a"),
    ];
    assert_eq!(read_signs(&told).there_since, Some(at("10:12")));
    told.push(sign("10:20", Left, Jobseeker, "a"));
    assert_eq!(read_signs(&told).there_since, None);
    // It ended for all, and was begun again.
    told.push(sign("10:25", Joined, Jobseeker, "b"));
    told.push(sign("10:30", Ended, Nobody, ""));
    let signs = read_signs(&told);
    assert_eq!((signs.there_since, signs.ended_at), (None, Some(at("10:30"))));
    told.push(sign("10:31", Started, Nobody, ""));
    assert_eq!(read_signs(&told).ended_at, None);
}

#[test]
fn to_wait_no_longer_is_not_to_leave() {
    let check = |told: &[(&str, Happening)], expected: Option<&str>| {
        let told: Vec<Sighting> =
            told.iter().map(|(time, what)| sign(time, *what, Jobseeker, "a")).collect();
        assert_eq!(read_signs(&told).there_since, expected.map(at), "{told:?}");
    };
    let waits = ("10:01", Waits);
    // Let in: the end of waiting is told before, with, or after the coming in.
    for stopped in ["10:02", "10:03", "10:04"] {
        check(&[waits, (stopped, StoppedWaiting), ("10:03", Joined)], Some("10:03"));
    }
    check(&[waits, ("10:02", StoppedWaiting)], None);
    check(&[waits, ("10:01", StoppedWaiting)], None);
    check(&[waits, ("10:03", Joined), ("10:05", Left)], None);
    // Put back before the door.
    check(&[("10:03", Joined), ("10:05", Waits)], Some("10:05"));
    check(&[("10:03", Joined), ("10:05", Waits), ("10:06", StoppedWaiting)], None);
}

#[test]
fn article_5_1_they_met_when_both_were_in() {
    let check = |told: &[Sighting], expected: Option<&str>| {
        assert_eq!(read_signs(told).met_at, expected.map(at), "{told:?}");
    };
    let staff = [sign("09:55", Joined, Staff, "s"), sign("10:05", Left, Staff, "s")];
    let with = |more: &[Sighting]| [&staff[..], more].concat();
    check(&with(&[sign("10:04", Joined, Jobseeker, "a")]), Some("10:04"));
    check(&with(&[sign("10:05", Joined, Jobseeker, "a")]), None);
    check(&with(&[sign("10:00", Waits, Jobseeker, "a")]), None);
    check(&with(&[sign("10:02", Joined, OtherName, "a")]), Some("10:02"));
    check(&with(&[sign("10:02", Joined, Guest, "a")]), None);
    check(&[], None);
}

#[test]
fn article_5_4_recording_is_seen() {
    let signs = read_signs(&[
        sign("10:20", Recorded, Nobody, ""),
        sign("10:10", Streamed, Nobody, ""),
        sign("10:30", Shared, Nobody, ""),
    ]);
    assert_eq!(signs.recorded_at, Some(at("10:20")));
}

/// Every order of six signs, and each given up to a hundred times, means the same.
#[test]
fn seven_hundred_and_twenty_orders_of_six_signs_mean_the_same() {
    let six = [
        sign("09:58", Started, Nobody, ""),
        sign("09:58", Joined, Staff, "s"),
        sign("10:01", Waits, RealName, "a"),
        sign("10:03", Joined, Jobseeker, "a"),
        sign("10:11", Left, Jobseeker, "a"),
        sign("10:12", Joined, Jobseeker, "a"),
    ];
    let expected = read_signs(&six);
    let mut orders = 0;
    permute(&mut six.to_vec(), 0, &mut |order| {
        orders += 1;
        assert_eq!(read_signs(order), expected, "{order:?}");
    });
    assert_eq!(orders, 720);
    let often: Vec<Sighting> = (0..100).flat_map(|_| six.clone()).collect();
    assert_eq!(read_signs(&often), expected);
}

fn permute(of: &mut Vec<Sighting>, from: usize, look: &mut impl FnMut(&[Sighting])) {
    if from == of.len() {
        return look(of);
    }
    for place in from..of.len() {
        of.swap(from, place);
        permute(of, from + 1, look);
        of.swap(from, place);
    }
}

#[test]
fn events_that_are_of_use() {
    let check = |event: &str, expected: Option<Happening>| {
        assert_eq!(Happening::of_event(event), expected, "{event}");
    };
    check("meeting.participant_joined_waiting_room", Some(Waits));
    check("meeting.participant_jbh_waiting", Some(Waits));
    check("meeting.participant_admitted", Some(Joined));
    check("meeting.participant_left", Some(Left));
    check("meeting.participant_left_waiting_room", Some(StoppedWaiting));
    check("meeting.participant_jbh_waiting_left", Some(StoppedWaiting));
    check("recording.started", Some(Recorded));
    check("meeting.chat_message_sent", None);
    check("meeting.summary_completed", Some(Recorded));
    check("", None);
    for happening in Happening::ALL {
        assert_eq!(Happening::parse(happening.code()), Some(happening));
    }
    for who in Who::ALL {
        assert_eq!(Who::parse(who.code()), Some(who));
    }
}

fn any_sighting() -> impl Strategy<Value = Sighting> {
    let what = prop::sample::select(Happening::ALL.to_vec());
    let who = prop::sample::select(Who::ALL.to_vec());
    (0_i64..60, what, who, "[abc]").prop_map(|(minute, what, who, person)| Sighting {
        at: at("10:00") + jiff::SignedDuration::from_mins(minute),
        what,
        who,
        person,
    })
}

proptest! {
    #[test]
    fn any_signs_in_any_order_mean_the_same(
        told in prop::collection::vec(any_sighting(), 0..12),
        turn in 0_usize..12,
    ) {
        let expected = read_signs(&told);
        let mut other = told.clone();
        other.reverse();
        let length = other.len().max(1);
        other.rotate_left(turn % length);
        other.extend(told.iter().take(turn).cloned());
        prop_assert_eq!(read_signs(&other), expected);
    }
}
