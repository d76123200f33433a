//! The page of one application over HTTP: what it shows when, and what the person can change.

use rules::application::Course;
use rules::appointment::{Standing, What};
use rules::session::{MeetingId, Passcode};
use service::appointment::{self, Joining};
use service::session;
use service::store::Sql;
use service::terms::{self, Source};

use crate::cast::{Applicant, hana, maria};
use crate::office::{Office, SLUG, scene, slot};
use crate::visitor::Visitor;

/// Applies, and opens the link.
fn applied(office: &Office, person: &Applicant, wishes: &[&str]) -> (i64, Visitor, String) {
    let receipt = office.receives(person, wishes).expect("it is taken in");
    let link = format!("/link/{}", receipt.link.reveal().as_str());
    let mut seeker = Visitor::of(office);
    seeker.get("/?lang=en");
    opens(&mut seeker, &link);
    (receipt.id, seeker, link)
}

/// The office enters the meeting that it made by hand: 999 0000 0001.
fn tells_how_to_join(office: &Office, id: i64) {
    office.does(move |tx, context| {
        let meeting = MeetingId::parse("99900000001").expect("an ID");
        let joining = Joining { meeting, passcode: None, link: None };
        appointment::enter_joining(tx, context, id, &joining)
    });
}

fn opens(seeker: &mut Visitor, link: &str) {
    seeker.get(link);
    seeker.post(link, &[]);
    assert_eq!((seeker.page().path.as_str(), seeker.status()), ("/status", 200));
}

#[test]
fn article_2_4_who_may_cancel_online() {
    let check = |person: &Applicant, for_all: bool, standing: Standing| {
        scene(|office| {
            office.decides(|practice| practice.online_cancellation = for_all);
            let start = "2026-11-24T10:00:00";
            let (id, mut seeker, _) = applied(office, person, &[start]);
            office.decides_all(id);
            office.confirms(id, start, office.counsellors[0]).expect("it is confirmed");
            seeker.get("/status");
            let token = seeker.form_token();
            seeker.get("/status/cancel");
            // Who has to telephone is shown no form; what a page of before would send is refused.
            let fields = [("csrf", token.as_str()), ("key", "a-key-of-twenty-letters")];
            seeker.post("/status/cancel", &fields);
            assert_eq!(office.standing(id), standing, "{}", seeker.text());
            let status = if standing == Standing::CalledOff { 200 } else { 422 };
            assert_eq!(seeker.status(), status, "{}", seeker.text());
        });
    };
    check(&hana(), false, Standing::Waiting);
    check(&hana(), true, Standing::CalledOff);
    check(&maria(), false, Standing::CalledOff);
}

#[test]
fn article_2_2_a_proposal_is_accepted_or_refused() {
    let check = |answer: &str, course: Course| {
        scene(|office| {
            let (id, mut seeker, _) = applied(office, &hana(), &["2026-11-24T10:00:00"]);
            office.decides_all(id);
            let proposed = "2026-11-25T14:00:00";
            office.proposes(id, proposed, office.counsellors[0]).expect("it is proposed");
            seeker.get("/status");
            seeker.post("/status/proposal", &[("answer", answer)]);
            assert_eq!((seeker.page().path.as_str(), seeker.status()), ("/status", 200));
            assert_eq!(office.application(id).course, course);
        });
    };
    check("accept", Course::Confirmed);
    check("refuse", Course::Received);
}

#[test]
fn article_2_2_wishes_change_until_the_answer() {
    scene(|office| {
        let (id, mut seeker, _) = applied(office, &hana(), &["2026-11-24T10:00:00"]);
        seeker.post("/status/wishes/start", &[]);
        seeker.get("/status/wishes/1");
        seeker.post("/status/wishes/1", &[("date", "2026-11-23"), ("time", "10:00")]);
        assert_eq!(seeker.status(), 422);
        assert!(seeker.text().contains("This is a national holiday"), "{}", seeker.text());
        seeker.post("/status/wishes/1", &[("date", "2026/11/25"), ("time", "14時")]);
        seeker.get("/status/wishes/2");
        seeker.post("/status/wishes/2", &[("start", "2026-11-26T11:30")]);
        assert_eq!(office.application(id).wishes, [slot("2026-11-24T10:00:00")], "not sent yet");
        seeker.post("/status/wishes", &[]);
        assert_eq!((seeker.page().path.as_str(), seeker.status()), ("/status", 200));
        let wishes = [slot("2026-11-25T14:00:00"), slot("2026-11-26T11:30:00")];
        assert_eq!(office.application(id).wishes, wishes);
        seeker.get("/status/withdraw");
        seeker.post("/status/withdraw", &[]);
        assert_eq!(office.application(id).course, Course::Withdrawn);
        seeker.get("/status/withdraw");
        assert_eq!(seeker.status(), 422, "it is withdrawn already");
    });
}

/// The model terms with another limit, in force from a later day.
fn later_terms((narrow, wide): (u16, &str)) -> Source {
    let model = Source::model();
    let change = |text: &str| {
        text.replace("value = 10\n", &format!("value = {narrow}\n"))
            .replace("１０分", &format!("{wide}分"))
            .replace("10 minutes", &format!("{narrow} minutes"))
            .replace("model-1", "model-2")
            .replace("2025-04-15", "2026-11-20")
            .replace("令和７年４月１５日", "令和８年１１月２０日")
            .replace(
                "２０２５年《ねん》４月《がつ》１５日",
                "２０２６年《ねん》１１月《がつ》２０日",
            )
            .replace("15 April 2025", "20 November 2026")
    };
    let texts = model.texts.iter().map(|(code, text)| (code.clone(), change(text))).collect();
    Source { version: change(&model.version), texts }
}

/// What the page says of the limit is what the letters say: the terms of the day of the session.
#[test]
fn article_11_the_limit_is_that_of_the_day_of_the_session() {
    scene(|office| {
        let start = "2026-11-24T10:00:00";
        let (id, mut seeker, _) = applied(office, &hana(), &[start]);
        let of_office = office.id;
        office.does(move |tx, context| {
            terms::publish(tx, of_office, &later_terms((15, "１５")), context.now)
        });
        office.app.forget_offices();
        office.decides_all(id);
        office.confirms(id, start, office.counsellors[0]).expect("it is confirmed");
        seeker.get("/status");
        assert!(seeker.text().contains("If 15 minutes pass"), "{}", seeker.text());
    });
}

#[test]
fn article_8_5_how_to_join_is_shown_late_and_not_for_ever() {
    scene(|office| {
        let start = "2026-11-24T10:00:00";
        let (id, mut seeker, link) = applied(office, &hana(), &[start]);
        office.decides_all(id);
        office.confirms(id, start, office.counsellors[0]).expect("it is confirmed");
        office.does(move |tx, context| {
            let joining = Joining {
                meeting: MeetingId::parse("99912345678").expect("a meeting"),
                passcode: Some(Passcode::parse("mihon1").expect("a passcode")),
                link: None,
            };
            appointment::enter_joining(tx, context, id, &joining)
        });
        let mut shows = |then: &str, expected: bool| {
            office.clock(then);
            // A visit is shorter than the time between; the link is opened again.
            opens(&mut seeker, &link);
            let on_status = seeker.page().body.contains("999 1234 5678");
            assert!(!on_status, "{then}: only the join page tells, which is use (article 11)");
            seeker.get("/join");
            if seeker.page().forms().iter().any(|form| form.action == "/join") {
                seeker.post("/join", &[]);
            }
            let shown = seeker.page().body.contains("999 1234 5678");
            assert_eq!(shown, expected, "{then}: {}", seeker.text());
        };
        shows("2026-11-23T10:00:00", false);
        shows("2026-11-24T09:44:59", false);
        shows("2026-11-24T09:45:00", true);
        office.clock("2026-11-24T09:30:00");
        office.records(id, What::CalledOff, "2026-11-24T09:30:00").expect("it is recorded");
        shows("2026-11-24T09:31:00", false);
    });
}

#[test]
fn a_promise_that_was_not_kept_is_not_repeated() {
    scene(|office| {
        let (_, mut seeker, link) = applied(office, &hana(), &["2026-11-24T10:00:00"]);
        assert!(seeker.text().contains("answer you by"), "{}", seeker.text());
        office.clock("2026-11-20T17:30:00");
        opens(&mut seeker, &link);
        assert!(seeker.text().contains("later than we promised"), "{}", seeker.text());
        assert!(!seeker.text().contains("answer you by"), "{}", seeker.text());
    });
}

/// Nobody sees who is in a meeting that is elsewhere; that two browsers were shown how to join it
/// is told to the desk.
#[test]
fn article_8_5_two_browsers_that_ask_how_to_join_are_told_to_the_desk() {
    scene(|office| {
        let start = "2026-11-24T10:00:00";
        let (id, mut seeker, link) = applied(office, &hana(), &[start]);
        office.decides_all(id);
        office.confirms(id, start, office.counsellors[0]).expect("it is confirmed");
        tells_how_to_join(office, id);
        office.clock("2026-11-24T09:50:00");
        let mut desk = Visitor::clerk(office, "coordinator");
        let mut alarmed = |expected: bool| {
            desk.get("/desk/today");
            assert_eq!(desk.text().contains("リンクの二重使用"), expected, "{}", desk.text());
        };
        for _again in 0..2 {
            opens(&mut seeker, &link);
            seeker.get("/join");
            seeker.post("/join", &[]);
        }
        alarmed(false);
        let mut other = Visitor::of(office);
        other.get("/?lang=en");
        opens(&mut other, &link);
        other.get("/join");
        assert!(!other.text().contains("999 0000 0001"), "{}", other.text());
        alarmed(false);
        other.post("/join", &[]);
        assert!(other.text().contains("999 0000 0001"), "{}", other.text());
        alarmed(true);
        // A session that was moved away and comes back begins anew.
        office.does(move |tx, context| {
            let key = session::present_room(tx, context, id)?;
            session::forget_room(tx, key)
        });
        alarmed(false);
        seeker.get("/join");
        assert!(!seeker.text().contains("999 0000 0001"), "{}", seeker.text());
    });
}

/// Applied under one version, joined under the next: joining is consent to that one, once.
#[test]
fn article_11_joining_is_consent_to_the_version_in_force() {
    const WAYS: Sql = Sql::unregistered("select version, way from consents order by id");
    scene(|office| {
        let start = "2026-11-24T10:00:00";
        let (id, mut seeker, link) = applied(office, &hana(), &[start]);
        let of_office = office.id;
        office.does(move |tx, context| {
            terms::publish(tx, of_office, &later_terms((15, "１５")), context.now)
        });
        office.app.forget_offices();
        office.decides_all(id);
        office.confirms(id, start, office.counsellors[0]).expect("it is confirmed");
        seeker.get("/join");
        assert!(seeker.page().forms().iter().all(|form| form.action != "/join"), "it is early");
        office.clock("2026-11-24T09:50:00");
        opens(&mut seeker, &link);
        tells_how_to_join(office, id);
        let consents = || {
            office.rows(WAYS, Vec::new(), |row| Ok(format!("{} {}", row.text(0)?, row.text(1)?)))
        };
        seeker.get("/join");
        assert!(!seeker.text().contains("999 0000 0001"), "{}", seeker.text());
        assert_eq!(consents(), ["model-1 explicit"], "looking is not use");
        let changes = format!("/offices/{SLUG}/terms/model-2/since/model-1");
        assert!(seeker.page().links().contains(&changes), "{:?}", seeker.page().links());
        assert!(seeker.text().contains("Article 2"), "{}", seeker.text());
        let mut reader = seeker.clone();
        reader.get(&changes);
        let body = &reader.page().body;
        let [gone, come] = ["<del>", "<ins>"].map(|mark| body.find(mark).expect("a change"));
        assert!(body[gone..come].contains("10 minutes"), "{}", reader.text());
        assert!(body[come..].contains("15 minutes"), "{}", reader.text());
        for unknown in ["model-2/since/model-9", "model-9/since/model-1", "model-2/since/-"] {
            reader.get(&format!("/offices/{SLUG}/terms/{unknown}"));
            assert_eq!(reader.status(), 404, "{unknown}");
        }
        seeker.post("/join", &[]);
        assert!(seeker.text().contains("999 0000 0001"), "{}", seeker.text());
        seeker.post("/join", &[]);
        assert_eq!(consents(), ["model-1 explicit", "model-2 by_use"]);
    });
}
