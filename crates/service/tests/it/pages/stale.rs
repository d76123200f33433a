//! Pages that are older than what they tell: nothing is done to what the clerk did not see, and
//! nothing that was typed is lost.

use axum::http::{Method, StatusCode};
use http_body_util::BodyExt;
use rules::appointment::{Outcome, Standing, StopCause, What};

use super::addresses::body;
use crate::cast::hana;
use crate::office::{Office, PASSWORD, SLUG, at, runtime, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// Two members of staff, each with the page of the session open.
fn two_clerks(office: &Office, id: i64, clock: &str) -> [Visitor; 2] {
    office.clock(clock);
    ["counsellor", "manager"].map(|login| {
        let mut clerk = Visitor::clerk(office, login);
        clerk.get(&format!("/desk/sessions/{id}"));
        clerk
    })
}

fn has_outcome(office: &Office, id: i64) -> bool {
    office.facts(id).iter().any(|fact| matches!(fact.what, What::Ended(_)))
}

#[test]
fn a_session_that_was_moved_is_not_ended_from_an_older_page() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let mut clerk = Visitor::clerk(office, "counsellor");
        clerk.get("/desk/today");
        office.moves(id, "2026-11-25T10:00:00", office.counsellors[0]).expect("moved");
        for (form, field, value) in [("outcome", "outcome", "held"), ("facts", "what", "arrived")] {
            let mut tab = clerk.clone();
            tab.post(&format!("/desk/sessions/{id}/{form}"), &[(field, value)]);
            assert_eq!(tab.status(), 422, "{form}");
            let told = tab.page().main();
            assert!(told.contains("この相談は変わりました"), "{told}");
            assert!(told.contains("11月25日"), "it says where the session is now: {told}");
        }
        assert_eq!(office.standing(id), Standing::Waiting);
        assert!(!has_outcome(office, id));
    });
}

#[test]
fn the_second_officers_outcome_does_not_override_the_first() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let [mut first, mut second] = two_clerks(office, id, "2026-11-24T10:30:00");
        let mut late = second.clone();
        let address = format!("/desk/sessions/{id}/outcome");
        first.post(&address, &[("outcome", "held")]);
        assert_eq!(first.status(), 200, "{}", first.text());
        second.post(&address, &[("outcome", "offices_trouble"), ("began", "10:01")]);
        assert_eq!(second.status(), 422);
        assert!(second.page().main().contains("実施済み"), "{}", second.text());
        assert_eq!(office.standing(id), Standing::Held);
        // Nor is a session stopped that is over: no letter would be owed.
        late.post(&format!("/desk/sessions/{id}/stop"), &[("cause", "stopped_failure")]);
        assert_eq!(late.status(), 422);
        assert_eq!(office.standing(id), Standing::Held);
        assert!(office.stops(id, StopCause::Failure).is_err());
    });
}

#[test]
fn of_two_moves_the_second_is_told_of_the_first() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:00:00");
        let address = format!("/desk/sessions/{id}/move");
        let mut clerks = ["coordinator", "manager"].map(|login| {
            let mut clerk = Visitor::clerk(office, login);
            clerk.get(&address);
            clerk
        });
        let counsellor = office.counsellors[0].to_string();
        let time = |day| {
            [("date", day), ("time", "10:00"), ("minutes", "30"), ("counsellor", &counsellor)]
        };
        clerks[0].post(&address, &time("2026-11-25"));
        assert_eq!(clerks[0].status(), 200, "{}", clerks[0].text());
        clerks[1].post(&address, &time("2026-11-26"));
        assert_eq!(clerks[1].status(), 422);
        assert_eq!(office.session(id).slot.start, at("2026-11-25T10:00:00"));
        // Shown anew, with what was typed: sent again it is meant.
        assert!(clerks[1].page().body.contains("value=\"2026-11-26\""));
        clerks[1].post(&address, &time("2026-11-26"));
        assert_eq!(office.session(id).slot.start, at("2026-11-26T10:00:00"));
    });
}

#[test]
fn a_form_of_the_desk_is_taken_from_our_own_pages_only() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let mut clerk = Visitor::clerk(office, "counsellor");
        clerk.get("/desk/today");
        let action = format!("/desk/sessions/{id}/facts");
        let forms = clerk.page().forms();
        let form = forms.iter().find(|form| form.action == action).expect("the form");
        for wrong in [None, Some(""), Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] {
            let mut fields = form.sent.clone();
            fields.retain(|(name, _)| name != "csrf");
            fields.extend(wrong.map(|token| ("csrf".to_owned(), token.to_owned())));
            fields.push(("what".to_owned(), "arrived".to_owned()));
            let answer = clerk.ask(Method::POST, &action, body(&fields));
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong:?}");
        }
        let mut fields = form.sent.clone();
        fields.push(("what".to_owned(), "arrived".to_owned()));
        let other = Visitor::clerk(office, "manager").ask(Method::POST, &action, body(&fields));
        assert_eq!(other.status, StatusCode::FORBIDDEN, "another browser's form");
        assert_eq!(office.standing(id), Standing::Waiting);
        clerk.send(&action, &fields);
        assert_eq!(office.standing(id), Standing::Present);
    });
}

#[test]
fn an_open_board_hears_of_a_fact() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let clerk = Visitor::clerk(office, "counsellor");
        let mut events = clerk.listen("/desk/today/events");
        office.records(id, What::Arrived, "2026-11-24T10:05:00").expect("recorded");
        let mut heard = String::new();
        while !heard.contains("event: changed") {
            let frame = runtime().block_on(events.frame()).expect("the stream stays open");
            let octets = frame.expect("a frame").into_data().expect("data");
            heard.push_str(&String::from_utf8_lossy(&octets));
        }
        assert!(heard.contains("data: changed"), "{heard}");
    });
}

/// What was typed on the telephone page while the session of the clerk ran out.
fn typed_too_late(office: &Office, id: i64) -> Visitor {
    let mut clerk = Visitor::clerk(office, "coordinator");
    clerk.get(&format!("/desk/calls/{id}"));
    office.clock("2026-11-24T10:05:00");
    let call = [
        ("purpose", "late"),
        ("date", "2026-11-24"),
        ("time", "10:04"),
        ("note", "\"><script>電車"),
    ];
    clerk.answer(&call);
    assert_eq!(clerk.status(), 401);
    assert!(clerk.text().contains("入力した内容は、この画面に残っています"));
    assert!(!clerk.page().body.contains("<script>"), "what waits is escaped");
    assert_eq!(office.count("contacts"), 0);
    clerk
}

#[test]
fn what_was_typed_when_the_session_had_ended_is_sent_after_signing_in() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T09:30:00");
        let mut clerk = typed_too_late(office, id);
        clerk.post("/desk/sign-in", &[("login", "coordinator"), ("password", "wrong")]);
        assert_eq!(clerk.status(), 422);
        clerk.post("/desk/sign-in", &[("login", "coordinator"), ("password", PASSWORD)]);
        assert!(clerk.text().contains("まだ送られていません"), "{}", clerk.text());
        assert!(clerk.text().contains("電車") && !clerk.page().body.contains("<script>"));
        assert_eq!(office.count("contacts"), 0, "nothing is sent without being asked");
        clerk.post(&format!("/desk/calls/{id}"), &[]);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.facts(id)[0].at, at("2026-11-24T10:04:00"));
        assert_eq!(office.standing(id), Standing::InContact);
    });
}

#[test]
fn what_one_typed_is_not_given_to_another() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T09:30:00");
        let mut clerk = typed_too_late(office, id);
        clerk.post("/desk/sign-in", &[("login", "manager"), ("password", PASSWORD)]);
        assert_eq!((clerk.status(), clerk.page().path.as_str()), (200, "/desk"));
        assert!(!clerk.text().contains("電車"));
        assert_eq!(office.count("contacts"), 0);
    });
}

#[test]
fn a_change_of_practice_is_seen_after_the_opening() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.decides(|practice| practice.recorded.outcome = false);
        office.clock("2026-11-24T10:30:00");
        office.ends(id, Outcome::Held, [None, None]).expect("ended");
        office.carries_out();
        const OUTCOME: service::store::Sql =
            service::store::Sql::unregistered("select outcome from usage_records");
        assert_eq!(office.rows(OUTCOME, Vec::new(), |row| row.opt_text(0)), [None]);
        assert_eq!(office.context().office.slug, SLUG);
    });
}
