//! What an administrator is told of the account, and what is compared with it.

use std::sync::Arc;

use rules::session::Channel;
use service::app::Site;
use service::session::zoom::check::{Grade, check as check_account};
use service::session::zoom::reconcile::{Difference, reconcile};

use super::{Zoomed, at};
use crate::cast::hana;
use crate::office::{runtime, scene};

const START: &str = "2026-11-18T10:00:00";

fn findings(zoomed: &Zoomed<'_>) -> Vec<(Grade, String)> {
    let office = zoomed.office.context().office;
    let found = check_account(&zoomed.app, &office).expect("the store answers");
    found.into_iter().map(|it| (it.grade, it.sentence)).collect()
}

fn has(found: &[(Grade, String)], grade: Grade, part: &str) -> bool {
    found.iter().any(|(it, sentence)| *it == grade && sentence.contains(part))
}

/// Sets everything as an office has to have it.
fn put_right(zoomed: &Zoomed<'_>) {
    let off = [
        "in_meeting.private_chat",
        "in_meeting.file_transfer",
        "in_meeting.annotation",
        "in_meeting.whiteboard",
        "in_meeting.remote_control",
        "in_meeting.breakout_room",
        "in_meeting.polling",
        "manual_captioning.save_captions",
        "recording.local_recording",
    ];
    for path in off {
        zoomed.zoom.lock(path, false.into());
    }
    zoomed.zoom.set_user_setting(
        "host-1@example.jp",
        "in_meeting.who_can_share_screen",
        "host".into(),
    );
    zoomed.zoom.set_account_setting("in_meeting.allow_participants_to_rename", false.into());
}

#[test]
fn article_5_4_what_is_not_right_is_said_with_what_to_do() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let found = findings(&zoomed);
        assert!(has(&found, Grade::Good, "Zoom knows the app"), "{found:?}");
        assert!(has(&found, Grade::Good, "every scope"), "{found:?}");
        assert!(has(&found, Grade::Wrong, "recording.local_recording is on"), "{found:?}");
        assert!(has(&found, Grade::Look, "has not told anything yet"), "{found:?}");
        put_right(&zoomed);
        let found = findings(&zoomed);
        assert!(found.iter().all(|(grade, _)| *grade != Grade::Wrong), "{found:?}");
        assert!(has(&found, Grade::Good, "as the office designates"), "{found:?}");
        // A scope is gone; one that is needed, and one that is not.
        zoomed.zoom.revoke_scope("meeting:write:meeting:admin");
        zoomed.zoom.revoke_scope("dashboard:read:list_meeting_participants:admin");
        office.clock("2026-11-16T12:00:00");
        let found = findings(&zoomed);
        assert!(has(&found, Grade::Wrong, "meeting:write:meeting:admin"), "{found:?}");
        assert!(has(&found, Grade::Look, "dashboard:read"), "{found:?}");
        zoomed.zoom.deactivate_app();
        office.clock("2026-11-16T14:00:00");
        let found = findings(&zoomed);
        assert!(has(&found, Grade::Wrong, "does not take the app"), "{found:?}");
        assert_eq!(found.len(), 1);
    });
}

#[test]
fn the_address_of_the_webhook_is_tried_as_zoom_would() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let listener = runtime().block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("it listens");
        let address = listener.local_addr().expect("an address");
        let site = Site { public_url: format!("http://{address}"), ..(*office.app.site).clone() };
        let mut app = zoomed.app.clone();
        app.site = Arc::new(site);
        let check = |grade: Grade, part: &str| {
            let found = check_account(&app, &office.context().office);
            let found: Vec<_> = found
                .expect("the store answers")
                .into_iter()
                .map(|it| (it.grade, it.sentence))
                .collect();
            assert!(has(&found, grade, part), "{found:?}");
        };
        // A window without this account; then the right one.
        let serve = |listener: tokio::net::TcpListener, app: &service::app::App| {
            let site = service::web::routes::site(app.clone());
            runtime().spawn(async move { axum::serve(listener, site).await })
        };
        let other = serve(listener, &office.app);
        check(Grade::Wrong, "does not take what Zoom signs");
        other.abort();
        let listener = loop {
            match runtime().block_on(tokio::net::TcpListener::bind(address)) {
                Ok(listener) => break listener,
                Err(_) => std::thread::yield_now(),
            }
        };
        let right = serve(listener, &zoomed.app);
        check(Grade::Good, "takes what Zoom signs");
        right.abort();
    });
}

#[test]
fn zoom_and_the_records_are_compared_in_both_directions() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let ids = [hana(), crate::cast::taro()].map(|person| {
            let start = if person.name == hana().name { START } else { "2026-11-19T10:00:00" };
            office.books(&person, start)
        });
        zoomed.keeps();
        let compare = || {
            let mut found = reconcile(&zoomed.app, office.id).expect("the store answers");
            zoomed.keeps();
            found.sort_by_key(ToString::to_string);
            zoomed.zoom.take_pending();
            found
        };
        assert_eq!(compare(), []);
        let [first, second] = ids.map(|id| {
            let start = office.session(id).slot.start;
            zoomed.there().into_iter().find(|it| it.start == Some(start)).expect("one").id
        });
        // Moved and deleted by hand, and no message came.
        zoomed.zoom.move_by_hand(first, at("2026-11-18T15:00:00"));
        zoomed.zoom.delete_by_hand(second);
        zoomed.zoom.take_pending();
        let found = compare();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.contains(&Difference::OtherTime { meeting: first }), "{found:?}");
        assert!(found.contains(&Difference::Gone { meeting: second }), "{found:?}");
        assert_eq!(compare(), []);
        let starts: Vec<_> = zoomed.there().iter().filter_map(|it| it.start).collect();
        assert_eq!(starts.len(), 2);
        assert!(starts.contains(&at(START)) && starts.contains(&at("2026-11-19T10:00:00")));
        // An orphan: the store was put back to before it was made.
        office.alters(
            "delete from zoom_meetings where application = (select min(application) \
                       from zoom_meetings)",
        );
        let orphan = zoomed.there().into_iter().find(|it| it.start == Some(at(START)));
        let orphan = orphan.expect("it is there").id;
        assert_eq!(compare(), [Difference::Orphan { meeting: orphan }]);
        assert_eq!(zoomed.there().len(), 2, "and another was made for the session");
        assert_eq!(compare(), []);
    });
}

#[test]
fn meetings_of_others_in_the_account_are_left_alone() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        let zoom = zoomed.app.zoom.clone().expect("an account");
        let theirs = |agenda: &str| {
            let new = service::zoom::NewMeeting {
                topic: "weekly",
                agenda,
                start: at(START),
                minutes: 60,
                passcode: "123456",
                settings: &serde_json::json!({}),
            };
            zoom.client.create("host-1@example.jp", &new).expect("it is made");
        };
        for agenda in ["", "Our weekly meeting", "madoguchi:", "madoguchi:other.abc"] {
            theirs(agenda);
        }
        assert_eq!(reconcile(&zoomed.app, office.id).expect("the store answers"), []);
        assert_eq!(zoomed.there().len(), 4);
    });
}

#[test]
fn sessions_get_meetings_when_an_office_begins_to_use_zoom() {
    scene(|office| {
        let zoomed = Zoomed::open(office);
        office.decides(|practice| practice.meetings = Channel::ByHand);
        let id = office.books(&hana(), START);
        zoomed.keeps();
        assert_eq!(zoomed.there().len(), 0);
        office.decides(|practice| practice.meetings = Channel::Zoom);
        reconcile(&zoomed.app, office.id).expect("the store answers");
        zoomed.keeps();
        assert!(zoomed.view(id).ways.is_some());
    });
}
