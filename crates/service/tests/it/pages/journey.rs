//! From the office's page to a session that is settled.

use rules::appointment::Standing;
use rules::people::Language;

use crate::cast::{Applicant, hana, maria, taro};
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

/// Answers to the questions up to the last, for a wish that somebody is free for.
pub(crate) fn fills_in(visitor: &mut Visitor, person: &Applicant, start: &str) {
    let apply = format!("/offices/{SLUG}/apply");
    visitor.get(&format!("/offices/{SLUG}"));
    visitor.post(&apply, &[]);
    answers(visitor, person, start);
}

/// Answers to every question of an application that was begun, up to the last.
fn answers(visitor: &mut Visitor, person: &Applicant, start: &str) {
    at(visitor, "conditions");
    visitor.answer(&[("consent", "yes")]);
    at(visitor, "identity");
    let identity =
        [("name", person.name.as_str()), ("kana", person.kana), ("number", &person.number)];
    visitor.answer(&identity);
    at(visitor, "contact");
    visitor.answer(&[
        ("telephone", person.telephone),
        ("email", &person.email),
        ("language", person.language.code()),
        ("note", person.note),
    ]);
    at(visitor, "reasons");
    let mut reasons = vec![("reasons", "health"), ("care_words", person.words)];
    reasons.extend(person.supports.iter().map(|support| ("supports", support.code())));
    let spoken = person.interpreter();
    reasons.extend(spoken.map(|language| ("interpreter", language.code())));
    visitor.answer(&reasons);
    at(visitor, "length");
    visitor.answer(&[("minutes", "30")]);
    at(visitor, "wishes/1");
    visitor.answer(&[("start", start)]);
    at(visitor, "wishes");
    visitor.answer(&[]);
    at(visitor, "device");
    visitor.answer(&[("device", "phone"), ("join_by", "app")]);
    at(visitor, "environment");
    let fields = visitor.page().forms().last().expect("the declaration").fields.clone();
    let answers: Vec<(&str, &str)> = fields.iter().map(|field| (field.as_str(), "yes")).collect();
    visitor.answer(&answers);
    at(visitor, "check");
}

/// The rest of an application that was begun, and sends it.
pub(crate) fn finishes(visitor: &mut Visitor, person: &Applicant, start: &str) {
    answers(visitor, person, start);
    visitor.answer(&[]);
    assert_eq!(visitor.page().path, "/status/received", "{}", visitor.text());
}

/// Everything, and sends it.
pub(crate) fn applies(visitor: &mut Visitor, person: &Applicant, start: &str) {
    fills_in(visitor, person, start);
    visitor.answer(&[]);
    assert_eq!(visitor.page().path, "/status/received", "{}", visitor.text());
}

fn at(visitor: &Visitor, step: &str) {
    let path = visitor.page().path.split('?').next().unwrap_or_default().to_owned();
    let wanted = format!("/offices/{SLUG}/apply/{step}");
    assert_eq!((path, visitor.status()), (wanted, 200), "{}", visitor.text());
}

/// The link that the page after sending shows.
pub(crate) fn link_shown(visitor: &Visitor) -> String {
    let body = &visitor.page().body;
    let from = body.find("/link/").expect("the page shows a link");
    body[from..].split(['"', '<', ' ', '\n']).next().expect("a link").to_owned()
}

fn journey(office: &Office, person: &Applicant) {
    let mut seeker = Visitor::of(office);
    seeker.get(&format!("/?lang={}", person.language.code()));
    applies(&mut seeker, person, "2026-11-24T10:00");
    let link = link_shown(&seeker);
    let mut desk = Visitor::clerk(office, "coordinator");
    assert_eq!(desk.page().path, "/desk");
    let case = desk.page().links().into_iter().find(|it| it.starts_with("/desk/applications/"));
    let case = case.expect("the inbox shows the application");
    desk.get(&case);
    let met = ["registered", "environment", "need"].map(|condition| (condition, "yes"));
    desk.post(&format!("{case}/conditions"), &met);
    assert_eq!(desk.status(), 200, "{}", desk.text());
    desk.post(
        &format!("{case}/confirm"),
        &[
            ("date", "2026-11-24"),
            ("start", "10:00"),
            ("minutes", "30"),
            ("counsellor", &office.counsellors[0].to_string()),
        ],
    );
    assert_eq!(desk.status(), 200, "{}", desk.text());
    let id: i64 = case.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number");
    office.carries_out();
    let session = office.session(id);
    let mut other = Visitor::of(office);
    other.get(&link);
    assert!(!other.text().contains(session.alias.reveal()), "nothing private before the exchange");
    other.post(&link, &[]);
    assert_eq!(other.page().path, "/status");
    let told = other.page().main();
    assert!(told.contains(session.alias.reveal()), "{told}");
    assert!(!other.page().body.contains(&person.name), "the real name stands nowhere");
    office.clock("2026-11-24T10:10:00");
    office.turns_the_minute_hand();
    assert_eq!(office.standing(id), Standing::DeemedCancelled);
    desk.get("/desk/sign-in");
    other.get(&link);
    other.post(&link, &[]);
    assert_ne!(other.page().main(), told, "the page tells of the cancellation");
    assert!(!other.page().main().contains(session.alias.reveal()));
}

#[test]
fn from_the_first_page_to_the_deemed_cancellation_in_each_language() {
    for person in [hana(), taro(), maria()] {
        scene(|office| journey(office, &person));
    }
}

#[test]
fn every_page_of_the_application_is_in_the_chosen_language() {
    scene(|office| {
        for language in Language::ALL {
            let mut visitor = Visitor::of(office);
            visitor.get(&format!("/offices/{SLUG}?lang={}", language.code()));
            let html_lang = if language == Language::English { "en" } else { "ja" };
            let marked = format!("<html lang=\"{html_lang}");
            assert!(visitor.page().body.contains(&marked), "{language:?}");
            visitor.post(&format!("/offices/{SLUG}/apply"), &[]);
            assert!(visitor.page().body.contains(&marked), "{language:?}: the choice is kept");
        }
    });
}

#[test]
fn what_was_typed_is_still_there_when_the_person_comes_back() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let apply = format!("/offices/{SLUG}/apply");
        visitor.get(&format!("{apply}/identity"));
        assert!(visitor.page().body.contains("value=\"見本 花子\""));
        visitor.answer(&[("name", "見本 花子"), ("number", "いち")]);
        assert_eq!(visitor.status(), 422);
        assert!(visitor.page().body.contains("value=\"いち\""), "the fault is kept to be mended");
        visitor.get(&format!("{apply}/check"));
        assert!(visitor.page().path.ends_with("/identity"), "first what is not in order");
        office.clock("2026-11-17T10:00:01");
        visitor.get(&apply);
        assert_eq!(visitor.status(), 410);
        assert_eq!(office.count("applications"), 0);
    });
}
