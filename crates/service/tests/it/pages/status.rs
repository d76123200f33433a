//! What a person does on the page of their application (article 2(2) to 2(4)).

use axum::http::Method;
use rules::application::Course;

use super::journey::applies;
use crate::cast::{Applicant, hana, maria};
use crate::office::{OPENING, Office, scene, slot};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// Somebody who has applied, at the page of the application.
fn seeker(office: &Office, person: &Applicant) -> (Visitor, i64) {
    let mut seeker = Visitor::of(office);
    applies(&mut seeker, person, "2026-11-24T10:00");
    seeker.get("/status");
    let id = office.does(service::application::inbox).last().expect("it waits").id;
    (seeker, id)
}

fn confirm(office: &Office, id: i64) {
    office.decides_all(id);
    office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
}

#[test]
fn article_2_2_a_proposal_is_answered_on_the_page() {
    scene(|office| {
        let (mut seeker, id) = seeker(office, &hana());
        office.decides_all(id);
        let propose = |start: &str| {
            office.proposes(id, start, office.counsellors[0]).expect("proposed");
        };
        propose("2026-11-25T10:00:00");
        seeker.get("/status");
        seeker.post("/status/proposal", &[("answer", "perhaps")]);
        assert_eq!(seeker.status(), 422);
        seeker.get("/status");
        seeker.post("/status/proposal", &[("answer", "refuse")]);
        assert_eq!(office.application(id).course, Course::Received);
        propose("2026-11-26T10:00:00");
        seeker.get("/status");
        let mut twice = seeker.clone();
        seeker.post("/status/proposal", &[("answer", "accept")]);
        assert_eq!(seeker.status(), 200);
        twice.post("/status/proposal", &[("answer", "accept")]);
        assert_eq!(twice.status(), 200, "the first answer once more");
        assert_eq!(office.session(id).slot, slot("2026-11-26T10:00:00"));
        assert_eq!(office.letters_to(id).iter().filter(|it| *it == "confirmation").count(), 1);
    });
}

#[test]
fn an_application_is_taken_back_on_the_page() {
    scene(|office| {
        let (mut seeker, id) = seeker(office, &hana());
        seeker.get("/status/withdraw");
        seeker.answer(&[]);
        assert_eq!(office.application(id).course, Course::Withdrawn);
        seeker.get("/status/withdraw");
        assert_eq!(seeker.status(), 422);
        assert_eq!(office.letters_to(id), ["receipt", "withdrawn"]);
    });
}

#[test]
fn article_2_2_the_calendar_file_follows_the_session() {
    scene(|office| {
        let (mut seeker, id) = seeker(office, &hana());
        assert_eq!(seeker.ask(Method::GET, "/status/calendar.ics", None).status.as_u16(), 404);
        confirm(office, id);
        let file = seeker.ask(Method::GET, "/status/calendar.ics", None);
        assert!(file.body.starts_with("BEGIN:VCALENDAR"), "{}", file.body);
        assert!(file.body.contains("SEQUENCE:0"));
        for private in ["見本 花子", "99990", "1000001", "090-0000-0001"] {
            assert!(!file.body.contains(private), "{private}");
        }
        seeker.get("/status");
        let called = office.types_call(id, OPENING, service::appointment::CallPurpose::Cancel);
        called.expect("typed");
        let file = seeker.ask(Method::GET, "/status/calendar.ics", None);
        assert!(file.body.contains("METHOD:CANCEL"), "{}", file.body);
    });
}

/// One application's visit opens no other application.
#[test]
fn a_visit_opens_its_own_application_only() {
    scene(|office| {
        let (mut first, _) = seeker(office, &hana());
        let (mut second, _) = seeker(office, &maria());
        let receipt = |visitor: &mut Visitor| {
            visitor.get("/status");
            let document = scraper::Html::parse_document(&visitor.page().body);
            let found = crate::visitor::all(&document, "b.number");
            found[0].text().collect::<String>()
        };
        let receipts = [receipt(&mut first), receipt(&mut second)];
        assert_ne!(receipts[0], receipts[1]);
        first.get("/status");
        assert!(!first.page().body.contains(&receipts[1]));
    });
}
