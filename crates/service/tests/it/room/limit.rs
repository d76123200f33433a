//! The ten-minute limit of article 2(4) beside the room: who came to the door is heard of, whatever
//! the office changes about the session meanwhile.

use rules::appointment::{Standing, What};
use rules::people::FreeText;
use rules::schedule::Slot;
use rules::session::Channel;
use rules::session::room::{FromBrowser, SeatId, ToBrowser};
use service::application::Appoint;
use service::appointment;
use service::clock::Clock;
use service::duties;
use service::error::Error;
use service::session;
use service::store::{Sql, params};

use super::browser::{Person, meets, waits};
use super::{DOOR, START, in_the_call, open_door};
use crate::cast::{hana, maria, taro};
use crate::office::{Office, at, scene, slot};
use crate::visitor::Visitor;

/// Gives the session this slot on its day, as the coordinator.
fn moves(office: &Office, id: i64, slot: Slot, counsellor: i64) -> Result<(), Error> {
    let reason = FreeText::parse("担当の急病", 200).expect("a reason");
    let appoint = Appoint { slot, counsellor, same_day_reason: Some(reason) };
    let staff = Some(office.staff.coordinator);
    office.tries(move |tx, context| appointment::move_to(tx, context, id, &appoint, staff))
}

fn letters_of_the_day(office: &Office, id: i64) -> Vec<String> {
    office.letters_to(id).split_off(3)
}

#[test]
fn article_2_4_who_waits_is_still_there_when_another_counsellor_comes() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        office.clock("2026-11-18T09:55:00");
        moves(office, id, slot(START), office.counsellors[1]).expect("another counsellor");
        let longer = Slot { minutes: 45, ..slot(START) };
        moves(office, id, longer, office.counsellors[1]).expect("another length");
        assert!(office.facts(id).iter().all(|line| line.what != What::Moved));
        office.clock("2026-11-18T10:20:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Present);
        assert_eq!(letters_of_the_day(office, id), ["change"]);
        person.says(&FromBrowser::Ping { n: 1 });
        person.until(|it| matches!(it, ToBrowser::Pong { n: 1, .. }));
    });
}

#[test]
fn article_2_2_a_session_that_comes_back_to_its_old_time_begins_anew() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (person, mut staff) = in_the_call(office, id, [&node, &node]);
        staff.says(&FromBrowser::EndForAll {});
        staff.is_closed();
        drop(person);
        let [first, ..] = office.counsellors;
        office.clock("2026-11-18T09:55:00");
        moves(office, id, slot("2026-11-18T14:00:00"), first).expect("moved away");
        office.clock("2026-11-18T09:56:00");
        moves(office, id, slot(START), first).expect("and back");
        assert_eq!(office.standing(id), Standing::Waiting);
        office.clock("2026-11-18T09:57:00");
        // The room is open again, and tells that the person comes, though they had come before.
        let mut again = Person::jobseeker(office, id).comes(&node);
        again.sees(waits);
        office.clock("2026-11-18T10:20:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Present);
        let arrived =
            |line: &&_| matches!(line, &&appointment::FactLine { what: What::Arrived, .. });
        assert_eq!(office.facts(id).iter().filter(arrived).count(), 2);
    });
}

fn goes_on_by(office: &Office, id: i64, channel: Channel) {
    office.does(move |tx, context| session::move_to(tx, context, id, channel).map(drop));
}

fn passes(office: &Office, time: &str) {
    office.clock(&format!("2026-11-18T{time}"));
    office.turns_the_minute_hand();
}

#[test]
fn article_2_4_who_waits_for_the_offices_call_is_not_deemed_cancelled() {
    scene(|office| {
        office.decides(|practice| practice.meetings = Channel::Room);
        let id = office.books(&hana(), START);
        passes(office, "10:05:00");
        goes_on_by(office, id, Channel::Telephone);
        passes(office, "10:11:00");
        assert_eq!(office.standing(id), Standing::Waiting);
        let position = office.does(move |tx, context| appointment::position(tx, context, id));
        assert!(!position.limit_runs);
        // Back in the room, of which the person learns only now.
        passes(office, "10:12:00");
        goes_on_by(office, id, Channel::Room);
        passes(office, "10:40:00");
        assert_eq!(office.standing(id), Standing::Waiting);
        office.clock("2026-11-19T00:00:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Unrecorded);
        assert!(letters_of_the_day(office, id).is_empty());
    });
}

#[test]
fn article_2_4_a_session_that_came_back_in_time_has_its_limit() {
    scene(|office| {
        office.decides(|practice| practice.meetings = Channel::Room);
        let id = office.books(&hana(), START);
        passes(office, "09:30:00");
        goes_on_by(office, id, Channel::Telephone);
        passes(office, "09:40:00");
        goes_on_by(office, id, Channel::ByHand);
        passes(office, "10:10:00");
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
    });
}

#[test]
fn article_2_4_an_office_that_usually_calls_waits_for_nobody() {
    scene(|office| {
        let before = office.books(&taro(), "2026-11-18T11:00:00");
        office.decides(|practice| practice.meetings = Channel::Telephone);
        let id = office.books(&hana(), START);
        assert_eq!(office.next_tick(id), Some(at("2026-11-19T00:00:00")));
        // Given another time, it is still held by telephone.
        office.moves(id, "2026-11-18T10:30:00", office.counsellors[1]).expect("moved");
        passes(office, "11:11:00");
        assert_eq!([id, before].map(|it| office.standing(it)), [Standing::Waiting; 2]);
        office.decides(|practice| practice.meetings = Channel::Room);
        passes(office, "12:00:00");
        assert_eq!([id, before].map(|it| office.standing(it)), [Standing::Waiting; 2]);
    });
}

/// A node was heard of last so many minutes ago, by the machine's clock.
fn was_seen(office: &Office, minutes: i64) {
    let silence = jiff::SignedDuration::from_mins(minutes);
    let seen = Clock::system().now().checked_sub(silence).expect("a time");
    office.does(move |tx, _| {
        let seen_then = Sql::unregistered("insert into nodes (node, seen_at) values ($1, $2)");
        Ok(tx.execute(seen_then, params![format!("{minutes:016x}"), seen])?)
    });
}

#[test]
fn article_9_6_a_start_after_an_absence_deems_nobody_cancelled() {
    scene(|office| {
        let silent = office.books(&hana(), START);
        let heard = office.applies(&taro(), &["2026-11-18T10:00:00"]);
        office.decides_all(heard);
        office.confirms(heard, START, office.counsellors[1]).expect("confirmed");
        let later = office.books(&maria(), "2026-11-18T14:00:00");
        office.clock("2026-11-18T09:00:00");
        office.records(heard, What::Called, "2026-11-18T09:00:00").expect("recorded");
        was_seen(office, 45);
        was_seen(office, 30);
        office.clock("2026-11-18T10:15:00");
        assert_eq!(duties::note_absence(&office.app).expect("noted"), 1);
        assert_eq!(duties::note_absence(&office.app).expect("once"), 0);
        office.turns_the_minute_hand();
        let standings = [silent, heard, later].map(|id| office.standing(id));
        assert_eq!(standings, [Standing::Waiting, Standing::InContact, Standing::Waiting]);
        assert_eq!((office.facts(heard).len(), office.facts(later).len()), (1, 0));
        let outage = &office.facts(silent)[0];
        let began = at("2026-11-18T09:45:00");
        assert_eq!((outage.what, outage.staff.as_deref()), (What::Outage, None));
        assert!(outage.at.duration_since(began).abs().as_secs() < 60, "{}", outage.at);
        passes(office, "10:30:00");
        assert_eq!(office.standing(silent), Standing::OfficesTrouble);
        passes(office, "14:10:00");
        assert_eq!(office.standing(later), Standing::DeemedCancelled);
        assert!(letters_of_the_day(office, silent).is_empty());
    });
}

#[test]
fn article_9_6_there_was_no_absence() {
    // The first start of all, a short pause, and a start beside a node that lives.
    let pauses: [&[i64]; 3] = [&[], &[1], &[30, 0]];
    for pause in pauses {
        scene(|office| {
            let id = office.books(&hana(), START);
            pause.iter().for_each(|minutes| was_seen(office, *minutes));
            office.clock("2026-11-18T10:15:00");
            assert_eq!(duties::note_absence(&office.app).expect("noted"), 0);
            office.turns_the_minute_hand();
            assert_eq!(office.standing(id), Standing::DeemedCancelled);
        });
    }
}

#[test]
fn article_5_1_a_session_began_when_both_were_in_the_call() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        office.clock("2026-11-18T10:06:00");
        let mut staff = Person::staff(office, "counsellor", id).comes(&node);
        staff.sees(|view| view.desk.is_some());
        staff.says(&FromBrowser::Admit { seat: SeatId(0) });
        person.sees(meets);
        let position = office.does(move |tx, context| appointment::position(tx, context, id));
        assert_eq!(position.arrived_at, Some(at(DOOR)));
        assert_eq!(position.met_at, Some(at("2026-11-18T10:06:00")));
        let day = at(START).to_zoned(rules::schedule::TOKYO.clone()).date();
        let board = office.does(move |tx, context| appointment::board(tx, context, day));
        assert_eq!(board[0].met_at, position.met_at);
        office.clock("2026-11-18T10:30:00");
        let mut clerk = Visitor::clerk(office, "counsellor");
        let page = format!("/desk/sessions/{id}");
        assert!(clerk.get(&page).body.contains("10:06"), "it is suggested");
        // One click, without a word on the time.
        clerk.post(&format!("{page}/outcome"), &[("outcome", "held"), ("began", "")]);
        assert_eq!(office.session(id).began_at, position.met_at);
    });
}
