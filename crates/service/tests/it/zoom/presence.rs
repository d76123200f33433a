//! Who is there: told by webhook, and asked for where that fails (articles 2(4), 5(1), 5(4)).

use jiff::SignedDuration;
use rules::appointment::{Standing, What};
use service::session::zoom;
use zoom_stand_in::Plan;

use super::{Terms, Zoomed, at};
use crate::cast::hana;
use crate::office::scene;

const START: &str = "2026-11-18T10:00:00";

/// The session's meeting is going on, with staff in it.
fn begun(zoomed: &Zoomed<'_>) -> (i64, i64) {
    let id = zoomed.office.books(&hana(), START);
    zoomed.keeps();
    let meeting = zoomed.only().id;
    zoomed.office.clock("2026-11-18T09:57:00");
    zoomed.zoom.start_meeting(meeting).expect("it begins");
    (id, meeting)
}

#[test]
fn articles_2_4_and_5_1_arrival_meeting_and_end() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let (id, meeting) = begun(&zoomed);
        office.clock("2026-11-18T10:04:00");
        let guest = zoomed.zoom.join(&zoomed.link(id), None).expect("the guest comes");
        office.clock("2026-11-18T10:05:00");
        zoomed.zoom.admit(guest).expect("and is let in");
        zoomed.hears();
        assert_eq!(office.standing(id), Standing::Present);
        let position =
            office.does(move |tx, context| service::appointment::position(tx, context, id));
        assert_eq!(position.arrived_at, Some(at("2026-11-18T10:04:00")));
        assert_eq!(position.met_at, Some(at("2026-11-18T10:05:00")));
        assert!(zoomed.view(id).signs.is_in);
        // The line breaks; the leaving is told after the coming back.
        office.clock("2026-11-18T10:08:00");
        zoomed.zoom.drop_line(guest);
        office.clock("2026-11-18T10:08:20");
        zoomed.zoom.rejoin(guest).expect("back again");
        office.clock("2026-11-18T10:10:00");
        let mut told = zoomed.zoom.take_pending();
        told.sort_by_key(|delivery| delivery.due_at);
        for delivery in told {
            super::signs::deliver(&zoomed.app, &zoomed.zoom, &delivery.body);
        }
        zoom::read_due(&zoomed.app).expect("signs are read");
        assert_eq!(zoomed.view(id).signs.there_since, Some(at("2026-11-18T10:08:20")));
        office.clock("2026-11-18T10:30:00");
        zoomed.zoom.end(meeting);
        zoomed.hears();
        let signs = zoomed.view(id).signs;
        assert_eq!((signs.there_since, signs.ended_at), (None, Some(at("2026-11-18T10:30:00"))));
    });
}

#[test]
fn what_was_not_told_is_asked_for_within_five_minutes() {
    scene(|office| {
        let zoomed = Zoomed::with(office, Terms { plan: Plan::Business, ..Terms::default() });
        let (id, _) = begun(&zoomed);
        office.clock("2026-11-18T10:04:00");
        zoom::poll(&zoomed.app).expect("Zoom is asked");
        zoom::read_due(&zoomed.app).expect("signs are read");
        // The host, whom Zoom lists too, is nobody's arrival.
        assert_eq!(office.standing(id), Standing::Waiting);
        zoomed.zoom.join(&zoomed.link(id), None).expect("the guest comes");
        // Every message is lost.
        zoomed.zoom.take_pending();
        office.clock("2026-11-18T10:08:59");
        zoom::poll(&zoomed.app).expect("Zoom is asked");
        zoom::read_due(&zoomed.app).expect("signs are read");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Present);
        let arrived = office.facts(id).into_iter().find(|it| it.what == What::Arrived);
        assert_eq!(arrived.map(|it| it.at), Some(at("2026-11-18T10:04:00")));
        // Asked a moment later, it is left alone.
        let asked = zoomed.zoom.received().len();
        zoom::poll(&zoomed.app).expect("nothing is due");
        assert_eq!(zoomed.zoom.received().len(), asked);
    });
}

#[test]
fn on_the_plan_pro_it_is_known_once_it_is_over() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let (id, meeting) = begun(&zoomed);
        office.clock("2026-11-18T10:09:00");
        let guest = zoomed.zoom.join(&zoomed.link(id), None).expect("the guest comes");
        zoomed.zoom.admit(guest).expect("and is let in");
        office.clock("2026-11-18T10:20:00");
        zoomed.zoom.end(meeting);
        zoomed.zoom.take_pending();
        office.app.clock.advance(SignedDuration::from_mins(5));
        zoom::poll(&zoomed.app).expect("Zoom is asked");
        zoom::read_due(&zoomed.app).expect("signs are read");
        let arrived = office.facts(id).into_iter().find(|it| it.what == What::Arrived);
        assert_eq!(arrived.map(|it| it.at), Some(at("2026-11-18T10:09:00")));
    });
}

#[test]
fn article_5_4_a_recording_is_told_and_stopped() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let (id, meeting) = begun(&zoomed);
        office.clock("2026-11-18T10:06:00");
        zoomed.zoom.start_cloud_recording(meeting);
        zoomed.hears();
        assert_eq!(zoomed.view(id).signs.recorded_at, Some(at("2026-11-18T10:06:00")));
        zoomed.keeps();
        assert_eq!(zoomed.asked("PATCH", "/live_meetings/"), 1);
        zoomed.keeps();
        assert_eq!(zoomed.asked("PATCH", "/live_meetings/"), 1);
    });
}

#[test]
fn a_meeting_that_somebody_deleted_in_zoom_is_made_again() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let id = office.books(&hana(), START);
        zoomed.keeps();
        let first = zoomed.only().id;
        zoomed.zoom.delete_by_hand(first);
        zoomed.hears();
        zoomed.keeps();
        assert_ne!(zoomed.only().id, first);
        assert!(zoomed.view(id).ways.is_some());
    });
}
