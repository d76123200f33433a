//! A jobseeker's way into a group session, over HTTP.

use axum::http::Method;
use rules::people::Language;
use rules::terms::suspension::Function;
use service::letters;

use super::{ONE, TITLE};
use crate::cast::{Applicant, hana, maria, one_of_many, taro};
use crate::office::{Office, SLUG, scene};
use crate::pages::journey::link_shown;
use crate::visitor::Visitor;

/// Answers every question that is asked of somebody who wants a seat, and sends it.
fn applies(visitor: &mut Visitor, person: &Applicant, group: i64) {
    let apply = format!("/offices/{SLUG}/apply");
    visitor.get(&format!("/offices/{SLUG}"));
    visitor.post(&apply, &[("group", &group.to_string())]);
    at(visitor, "conditions");
    visitor.answer(&[("consent", "yes")]);
    at(visitor, "identity");
    let number = person.number.as_str();
    visitor.answer(&[("name", &person.name), ("kana", person.kana), ("number", number)]);
    at(visitor, "contact");
    visitor.answer(&[
        ("telephone", person.telephone),
        ("email", &person.email),
        ("language", person.language.code()),
        ("note", person.note),
    ]);
    // Neither a length nor times are asked: the group session has its own.
    at(visitor, "reasons");
    visitor.answer(&[("reasons", "health")]);
    at(visitor, "device");
    visitor.answer(&[("device", "phone"), ("join_by", "app")]);
    at(visitor, "environment");
    let fields = visitor.page().forms().last().expect("the declaration").fields.clone();
    let answers: Vec<(&str, &str)> = fields.iter().map(|field| (field.as_str(), "yes")).collect();
    visitor.answer(&answers);
    at(visitor, "check");
    visitor.answer(&[]);
    assert_eq!(visitor.page().path, "/status/received", "{}", visitor.text());
}

fn at(visitor: &Visitor, step: &str) {
    let wanted = format!("/offices/{SLUG}/apply/{step}");
    assert_eq!((visitor.page().path.as_str(), visitor.status()), (wanted.as_str(), 200));
}

/// What a page says, without the readings of easy Japanese.
fn said(visitor: &Visitor) -> String {
    let mut said = String::new();
    let body = visitor.page().body.replace("<ruby>", "").replace("</ruby>", "");
    for piece in body.split("<rp>（</rp><rt>") {
        match piece.split_once("</rt><rp>）</rp>") {
            Some((_, rest)) => said.push_str(rest),
            None => said.push_str(piece),
        }
    }
    said
}

/// What is told in this language: the title, that others take part, and that article 9(3)(3) is
/// shown.
fn words_of(language: Language) -> [&'static str; 3] {
    match language {
        Language::Japanese => [TITLE, "ほかの参加者が不快に感じる", "参加者どうしの間で起きた"],
        Language::EasyJapanese => {
            ["見本の集まり", "いやな気持ちになる", "参加する人と人の間のこと"]
        }
        Language::English => ["Sample seminar", "ill at ease", "between those who take part"],
    }
}

fn journey(office: &Office, person: &Applicant) {
    let group = office.plans(5);
    let [title, ease, between] = words_of(person.language);
    let mut seeker = Visitor::of(office);
    seeker.get(&format!("/?lang={}", person.language.code()));
    assert!(said(&seeker).contains(title), "{}", said(&seeker));
    let apply = format!("/offices/{SLUG}/apply");
    seeker.post(&apply, &[("group", &group.to_string())]);
    let conditions = said(&seeker);
    assert!(conditions.contains(ease) && conditions.contains(between), "{conditions}");
    applies(&mut seeker, person, group);
    assert!(said(&seeker).contains(title));
    let link = link_shown(&seeker);
    seeker.get("/status");
    assert!(said(&seeker).contains(title));
    assert!(!seeker.page().body.contains("/status/wishes"), "no other times can be wished for");
    let waiting = office.does(move |tx, at| service::schedule::groups::waiting(tx, at, group));
    let id = waiting[0].application;
    office.decides_all(id);
    office.gives(id).expect("a seat");
    office.tells_joining(group).expect("kept");
    office.carries_out();
    let letters = office.does(move |tx, at| {
        let lines = letters::letters_of(tx, at, id)?;
        lines.iter().map(|line| letters::read(tx, at, line.id)).collect::<Result<Vec<_>, _>>()
    });
    let told = letters.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(told.contains(title) && told.contains(ease), "{told}");
    assert!(
        letters.iter().any(|it| it.calendar.as_ref().is_some_and(|it| it.text.contains(title)))
    );
    assert!(!told.contains("98765432101"), "no credential in a letter");
    office.clock(ONE);
    let mut other = Visitor::of(office);
    other.get(&link);
    other.post(&link, &[]);
    other.get("/join");
    let joining = said(&other);
    assert!(joining.contains(title) && joining.contains(ease), "{joining}");
    assert!(joining.contains(between) && joining.contains(office.session(id).alias.reveal()));
    assert!(!joining.contains("987 6543 2101"));
    other.answer(&[]);
    assert!(other.page().main().contains("987 6543 2101"), "{}", other.page().main());
    assert!(!other.page().body.contains(&person.name));
}

#[test]
fn articles_8_2_and_9_3_3_into_a_group_session_in_each_language() {
    for person in [hana(), taro(), maria()] {
        scene(|office| journey(office, &person));
    }
}

#[test]
fn a_group_session_that_is_full_is_waited_for_and_one_that_is_closed_is_not_applied_for() {
    scene(|office| {
        let group = office.plans(2);
        office.seats(&one_of_many(1), group);
        office.seats(&one_of_many(2), group);
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}"));
        assert!(seeker.page().main().contains("満席です"));
        applies(&mut seeker, &hana(), group);
        let mut late = Visitor::of(office);
        late.get(&format!("/offices/{SLUG}"));
        let apply = format!("/offices/{SLUG}/apply");
        late.post(&apply, &[("group", &group.to_string())]);
        at(&late, "conditions");
        office.clock("2026-11-24T12:00:00");
        late.get(&format!("/offices/{SLUG}"));
        assert!(!late.page().main().contains(TITLE));
        late.post(&apply, &[("group", &group.to_string())]);
        assert_eq!(late.status(), 422);
        assert!(late.text().contains("締め切りました"), "{}", late.text());
    });
}

#[test]
fn no_other_question_is_asked_and_no_other_group_is_there() {
    scene(|office| {
        let group = office.plans(2);
        let apply = format!("/offices/{SLUG}/apply");
        let mut seeker = Visitor::of(office);
        let mut check = |typed: &str, status: u16| {
            seeker.get(&format!("/offices/{SLUG}"));
            seeker.post(&apply, &[("group", typed)]);
            assert_eq!(seeker.status(), status, "{typed}");
        };
        check("999999", 404);
        check("-1", 404);
        check("0", 404);
        check("1 or 1=1", 422);
        check("99999999999999999999999", 422);
        check(&group.to_string(), 200);
        for step in ["length", "wishes", "wishes/1"] {
            seeker.get(&format!("{apply}/{step}"));
            assert_eq!(seeker.page().path, format!("{apply}/conditions"), "{step}");
        }
        office.decides(|practice| practice.groups = false);
        seeker.get(&format!("/offices/{SLUG}"));
        assert!(!seeker.page().main().contains(TITLE));
        seeker.post(&apply, &[("group", &group.to_string())]);
        assert_eq!(seeker.status(), 404);
    });
}

#[test]
fn article_10_1_a_stop_of_group_sessions_shuts_their_pages_alone() {
    scene(|office| {
        let group = office.plans(2);
        let apply = format!("/offices/{SLUG}/apply");
        let mut seeker = Visitor::of(office);
        let mut check = |typed: &[(&str, &str)], status: u16| {
            seeker.get(&format!("/offices/{SLUG}"));
            seeker.post(&apply, typed);
            assert_eq!(seeker.status(), status, "{typed:?}");
        };
        let number = group.to_string();
        office.halts_function(Function::Group);
        check(&[("group", &number)], 422);
        check(&[], 200);
        seeker.get(&format!("/offices/{SLUG}"));
        assert!(seeker.text().contains("グループでの相談を止めています"));
        assert!(!seeker.page().main().contains(TITLE));
    });
}

#[test]
fn article_2_4_a_seat_is_cancelled_as_any_session_is() {
    scene(|office| {
        let group = office.plans(2);
        office.decides(|practice| practice.online_cancellation = true);
        let id = office.seats(&hana(), group);
        office.carries_out();
        let link = office.does(move |tx, at| {
            let lines = letters::letters_of(tx, at, id)?;
            let shown = letters::read(tx, at, lines[0].id)?;
            let from = shown.text.find("/link/").expect("a link");
            Ok(shown.text[from..].split_whitespace().next().expect("a link").to_owned())
        });
        let mut seeker = Visitor::of(office);
        seeker.get(&link);
        seeker.post(&link, &[]);
        let calendar = seeker.ask(Method::GET, "/status/calendar.ics", None);
        assert!(calendar.body.contains(TITLE), "{}", calendar.body);
        seeker.get("/status/cancel");
        seeker.post("/status/cancel", &[]);
        assert_eq!(office.standing(id), rules::appointment::Standing::CalledOff);
        assert_eq!(office.group(group).given, 0);
    });
}
