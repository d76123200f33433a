//! What the terms want people to know is said where they apply and where they join.

use rules::session::Channel;

use super::journey::fills_in;
use crate::cast::maria;
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";
const FREE: &str = "Counselling is free of charge. You pay for your own internet connection.";
const CHARGED: &str = "Take care if your contract charges by the amount of data you use.";

/// Somebody at the join page of a session, in English.
fn at_the_door(office: &Office) -> Visitor {
    let receipt = office.receives(&maria(), &[TEN]).expect("received");
    office.decides_all(receipt.id);
    office.confirms(receipt.id, TEN, office.counsellors[0]).expect("confirmed");
    office.clock("2026-11-24T09:50:00");
    let mut seeker = Visitor::of(office);
    seeker.get("/?lang=en");
    let link = format!("/link/{}", receipt.link.reveal().as_str());
    seeker.get(&link);
    seeker.post(&link, &[]);
    seeker.get("/join");
    seeker
}

#[test]
fn article_3_what_it_costs_is_said_before_sending_and_before_joining() {
    scene(|office| {
        office.decides(|practice| practice.megabytes_per_half_hour = 123);
        let says_all = |seeker: &Visitor| {
            let told = seeker.text();
            for said in [FREE, CHARGED, "about 123 MB of data in 30 minutes"] {
                assert!(told.contains(said), "{}: {said}", seeker.page().path);
            }
        };
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}?lang=en"));
        says_all(&seeker);
        fills_in(&mut seeker, &maria(), "2026-11-24T10:00");
        says_all(&seeker);
        says_all(&at_the_door(office));
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk/enter");
        let script = clerk.text();
        assert!(script.contains("無料") && script.contains("第3条"), "{script}");
    });
}

#[test]
fn article_5_4_what_is_forbidden_is_said_before_joining() {
    scene(|office| {
        let seeker = at_the_door(office);
        let told = seeker.text();
        for said in [
            "use what you learn in the session for your counselling only",
            "What can be used in this session",
            "Recording sound or video, or capturing the screen, is not allowed",
            "do not use AI note-taking",
            "Close apps that you do not need",
        ] {
            assert!(told.contains(said), "{said}: {told}");
        }
    });
}

#[test]
fn article_9_5_questions_about_the_tool_have_one_answer() {
    scene(|office| {
        let id = office.books(&maria(), TEN);
        let script = || {
            let mut clerk = Visitor::clerk(office, "coordinator");
            clerk.get(&format!("/desk/calls/{id}"));
            clerk.text()
        };
        assert!(script().contains("Zoomそのもののご質問には"), "{}", script());
        office.decides(|practice| practice.tool = Some("テレ窓口".to_owned()));
        let told = script();
        assert!(told.contains("テレ窓口そのもの") && !told.contains("Zoom"), "{told}");
        // The room is the office's own: there is nobody else to ask.
        office.decides(|practice| practice.meetings = Channel::Room);
        assert!(!script().contains("そのもののご質問"), "{}", script());
    });
}
