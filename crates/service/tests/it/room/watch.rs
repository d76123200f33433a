//! Who sits in a room while its door shuts, or while their own way in ends.

use rules::appointment::{Outcome, StopCause};
use rules::session::Channel;
use rules::session::room::{Closing, FromBrowser, SeatId, SeatRole, Stage, ToBrowser};
use service::session::watch::{Due, look};
use service::{application, people};

use super::browser::{Person, is_in, meets, waits};
use super::{in_the_call, open_door};
use crate::office::{runtime, scene};
use crate::visitor::Visitor;

/// What the node does by itself every now and then.
fn looks(node: &super::Node) {
    let mut due = Due::default();
    due.everywhere();
    runtime().block_on(look(&node.app, &due));
}

#[test]
fn article_9_6_who_waits_is_told_of_a_stop() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        office.stops(id, StopCause::Failure).expect("it is stopped");
        assert_eq!(person.is_closed(), Closing::Shut);
        let room = Person::jobseeker(office, id).tries(&node, &format!("http://{}", node.at));
        assert_eq!(room.err(), Some(409));
    });
}

#[test]
fn article_2_2_who_waits_is_told_of_another_time() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        office.moves(id, "2026-11-19T14:00:00", office.counsellors[0]).expect("it is moved");
        assert_eq!(person.is_closed(), Closing::Shut);
        assert_eq!(staff.is_closed(), Closing::Shut);
        office.clock("2026-11-19T13:50:00");
        Person::jobseeker(office, id).comes(&node).sees(waits);
    });
}

/// What is ordered in the room of the old time does not touch the new one.
#[test]
fn article_2_2_an_order_in_the_old_room_is_about_the_old_time() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        office.moves(id, "2026-11-19T14:00:00", office.counsellors[0]).expect("it is moved");
        staff.says(&FromBrowser::MoveTo { channel: Channel::Telephone });
        staff.says(&FromBrowser::EndForAll {});
        let shut = [Closing::Shut, Closing::Ended];
        assert!(shut.contains(&person.is_closed()) && shut.contains(&staff.is_closed()));
        let channel = office.does(move |tx, context| service::session::channel(tx, context, id));
        assert_eq!(channel, Channel::Room);
        office.clock("2026-11-19T13:50:00");
        Person::jobseeker(office, id).comes(&node).sees(waits);
    });
}

#[test]
fn a_record_made_in_the_middle_of_a_talk_does_not_end_it() {
    scene(|office| {
        let (id, node) = open_door(office);
        let clerk = office.staff.counsellor;
        let invited = office.does(move |tx, context| {
            service::session::invite(tx, context, id, SeatRole::Companion, clerk)?;
            service::session::participants(tx, context, id)
        });
        let link = invited[0].1.rsplit('/').next().expect("an address").to_owned();
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        let mut companion = Person::participant(office, &link).comes(&node);
        companion.sees(waits);
        office.clock("2026-11-18T10:15:00");
        let times = [Some(super::START), Some("2026-11-18T10:15:00")];
        office.ends(id, Outcome::Held, times).expect("it is recorded");
        assert_eq!(companion.is_closed(), Closing::Shut);
        looks(&node);
        staff.says(&FromBrowser::Chat { text: "お大事に".to_owned() });
        person.until(|it| matches!(it, ToBrowser::Chat { .. }));
        // A line that breaks now comes back; whoever was not there does not come in any more.
        let own = format!("http://{}", node.at);
        let manager = Person::staff(office, "manager", id);
        assert_eq!(manager.tries(&node, &own).err(), Some(409));
        let again = Person::jobseeker(office, id).tries(&node, &own);
        assert!(again.is_ok());
        drop(person);
    });
}

#[test]
fn who_signs_out_leaves_the_room() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        let mut manager = Person::staff(office, "manager", id).comes(&node);
        manager.sees(meets);
        office.does(|tx, context| people::disable_staff(tx, "manager", context.now));
        assert_eq!(manager.is_closed(), Closing::SignedOut);
        person
            .sees(|view| matches!(&view.stage, Stage::Admitted { peers, .. } if peers.len() == 1));
        office.does(|tx, _| people::set_password(tx, "counsellor", "もっと もっと 長い合言葉です"));
        assert_eq!(staff.is_closed(), Closing::SignedOut);
        person.sees(|view| is_in(view) && !meets(view));
    });
}

#[test]
fn who_leaves_a_shared_computer_leaves_the_room_with_it() {
    scene(|office| {
        let (id, node) = open_door(office);
        let visit = office.does(move |tx, context| application::begin(tx, id, context.now));
        let mut person = Person::jobseeker(office, id).by_another_visit(&visit).comes(&node);
        person.sees(waits);
        let mut clerk = Visitor::clerk(office, "counsellor");
        let mut staff = Person::clerk(&clerk, id).comes(&node);
        staff.says(&FromBrowser::Admit { seat: SeatId(0) });
        person.sees(meets);
        clerk.get("/desk");
        clerk.post("/desk/sign-out", &[]);
        assert_eq!(staff.is_closed(), Closing::SignedOut);
        office.does(move |tx, context| application::end(tx, &context.office, &visit));
        assert_eq!(person.is_closed(), Closing::SignedOut);
    });
}

/// A store that was slow for a while: other nodes took this one for lost, and its sockets out of
/// their rooms. They come again by themselves (BigBlueButton #14347).
#[test]
fn a_node_that_was_taken_for_lost_sends_its_browsers_round() {
    scene(|office| {
        let (id, node) = open_door(office);
        let mut person = Person::jobseeker(office, id).comes(&node);
        person.sees(waits);
        let beats = || runtime().block_on(service::session::listener::beat(&node.app));
        beats().expect("it beats");
        person.says(&FromBrowser::Ping { n: 1 });
        person.until(|it| matches!(it, ToBrowser::Pong { n: 1, .. }));
        office.alters("delete from nodes");
        beats().expect("it beats");
        assert_eq!(person.is_closed(), Closing::Unavailable);
        Person::jobseeker(office, id).comes(&node).sees(waits);
    });
}

/// Thirty minutes without use end a session of staff; a talk is use, an empty room is not.
#[test]
fn a_talk_keeps_staff_signed_in() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (person, mut staff) = in_the_call(office, id, [&node, &node]);
        for time in ["2026-11-18T10:15:00", "2026-11-18T10:40:00", "2026-11-18T11:05:00"] {
            office.clock(time);
            looks(&node);
        }
        person.goes();
        staff.sees(|view| is_in(view) && !meets(view));
        office.clock("2026-11-18T11:36:00");
        looks(&node);
        assert_eq!(staff.is_closed(), Closing::SignedOut);
    });
}

/// A visit that runs out opens no page any more, and yet does not end a talk.
#[test]
fn a_visit_that_runs_out_ends_no_talk() {
    scene(|office| {
        let (id, node) = open_door(office);
        let (mut person, mut staff) = in_the_call(office, id, [&node, &node]);
        for hour in 10..15 {
            for minute in [5, 25, 45] {
                office.clock(&format!("2026-11-18T{hour}:{minute:02}:00"));
                looks(&node);
            }
        }
        staff.says(&FromBrowser::Chat { text: "はい".to_owned() });
        person.until(|it| matches!(it, ToBrowser::Chat { .. }));
    });
}
