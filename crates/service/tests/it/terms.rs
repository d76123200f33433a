//! Versions of the terms: what cannot stand beside the others is not stored.

use serde_json::Value;
use service::application;
use service::appointment::CallPurpose;
use service::error::Error;
use service::records;
use service::terms::{self, Source};

use crate::cast::hana;
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// The model terms under another name, in force a year later than the shipped ones.
fn a_year_later(name: &str) -> Source {
    let mut source = Source::model();
    let later = |text: &str| {
        let text = text.replace("2025-04", "2026-04").replace("令和７年４月", "令和８年４月");
        text.replace("２０２５", "２０２６").replace("April 2025", "April 2026")
    };
    source.version = later(&source.version).replacen("model-1", name, 1);
    source.texts.values_mut().for_each(|text| *text = later(text));
    source
}

fn publishes(office: &Office, source: Source) -> Result<(), Error> {
    office.tries(move |tx, context| terms::publish(tx, context.office.id, &source, context.now))
}

/// Stored versions are read together: a gap among them would fail every page of the office.
#[test]
fn article_11_a_version_that_leaves_a_gap_is_not_stored() {
    scene(|office| {
        for name in ["model-3", "model-1"] {
            let refused = publishes(office, a_year_later(name));
            assert!(matches!(refused, Err(Error::Fault(_))), "{name}");
        }
        assert!(publishes(office, Source::model()).is_err(), "two of one day");
        publishes(office, a_year_later("model-2")).expect("the next of the series");
        publishes(office, a_year_later("other-1")).expect_err("two of one day");
        office.app.forget_offices();
        assert_eq!(office.context().office.editions.iter().count(), 2);
    });
}

/// What is told of a decision is a case that anybody can put to the version again.
#[test]
fn a_stored_decision_is_explained_by_the_case_that_was_decided() {
    scene(|office| {
        let id = office.books(&hana(), "2026-11-24T10:00:00");
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        let explained = |office: &Office| -> Vec<Value> {
            let (app, receipt) = (office.app.clone(), office.application(id).receipt);
            office.does(move |tx, _| records::explain(tx, &app, &receipt))
        };
        let told = explained(office);
        let decided: Vec<&str> = told.iter().filter_map(|line| line["decided"].as_str()).collect();
        assert_eq!(decided, ["consent", "eligibility", "window", "standing"]);
        let standing = &told[4];
        assert_eq!(standing["answer"]["standing"], "deemed_cancelled");
        assert_eq!(standing["answer"]["since"], "2026-11-24T10:10:00+09:00");
        assert_eq!(standing["answer"]["article"], "2(4)");
        assert_eq!(told[3]["answer"]["allowed"], true);
        let model = rules::terms::model();
        for line in &told[2..] {
            let again = terms::trial::answer(&model, &line["case"].to_string()).expect("a case");
            let again: Value = serde_json::from_str(&again).expect("JSON");
            assert_eq!(again, line["answer"], "asked again, the answer is the same");
        }
        // No name, number or contact of the person is told.
        let whole = told.iter().map(Value::to_string).collect::<String>();
        for personal in ["見本", "花子", "1000001", "example.jp", "090"] {
            assert!(!whole.contains(personal), "{personal}: {whole}");
        }
        // A call at 10:08 that is typed at 10:20 is part of the case from then on.
        let late = CallPurpose::Late;
        office.types_call(id, "2026-11-24T10:08:00", late).expect("typed");
        let told = explained(office);
        assert_eq!(told[4]["answer"]["standing"], "in_contact");
        assert_eq!(told[4]["case"]["facts"][0]["fact"], "called");
        let unknown = office.app.clone();
        let missing = office.tries(move |tx, _| records::explain(tx, &unknown, "NONE-NONE"));
        assert!(matches!(missing, Err(Error::Missing)));
    });
}

/// Terms that an office has in Japanese alone are shown in Japanese, and said to be.
#[test]
fn article_11_without_a_translation_readers_are_shown_the_japanese() {
    scene(|office| {
        let mut source = a_year_later("model-2");
        source.texts.retain(|language, _| language == "ja");
        let cited = source.texts.get_mut("ja").expect("Japanese");
        *cited = cited.replace("第５条の５", "第５条の４");
        publishes(office, source).expect("published");
        office.app.forget_offices();
        let mut reader = Visitor::of(office);
        reader.get(&format!("/offices/{SLUG}/terms?lang=en"));
        let page = reader.page().body.clone();
        assert!(page.contains("in Japanese only") && page.contains("lang=\"ja\""), "{page}");
        let told = reader.text();
        assert!(told.contains("article 5-5 of the Employment"), "{told}");
        reader.get(&format!("/offices/{SLUG}/terms/model-2/since/model-1?lang=en"));
        assert!(reader.text().contains("職業安定法"), "{}", reader.text());
    });
}

#[test]
fn article_11_a_change_takes_effect_on_a_day_to_come() {
    scene(|office| {
        let publishes = |from: &str| {
            let (source, from) = (a_year_later("model-2"), from.parse().expect("a day"));
            office.tries(move |tx, context| {
                terms::publish_from(tx, context.office.id, &source, (from, context.now))
            })
        };
        let of = |answer: Result<(), Error>| match answer {
            Err(Error::Fault(fault)) => fault.to_string(),
            other => panic!("{other:?}"),
        };
        office.clock("2026-04-14T23:59:59");
        assert!(of(publishes("2026-04-16")).contains("in force from 2026-04-15"));
        office.clock("2026-04-15T00:00:00");
        assert!(of(publishes("2026-04-15")).contains("has begun"));
        office.clock("2026-04-14T23:59:59");
        publishes("2026-04-15").expect("published");
    });
}

/// The consent keeps which edition of the maker's terms was shown; another one is told at the next
/// use, on the page of the application and at the door.
#[test]
fn article_5_3_another_edition_of_the_tools_terms_is_told_at_the_next_use() {
    scene(|office| {
        let looks = |day: &str| {
            let day = day.parse().expect("a day");
            office.decides(|practice| {
                practice.tool_terms = Some("https://example.jp/terms".to_owned());
                practice.tool_terms_as_of = Some(day);
            });
        };
        looks("2026-05-01");
        let receipt = office.receives(&hana(), &[TEN]).expect("received");
        let id = receipt.id;
        office.decides_all(id);
        office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
        let last = || office.does(move |tx, context| application::last_consent(tx, context, id));
        let of = |day: &str| day.parse::<jiff::civil::Date>().expect("a day");
        let as_of = || last().and_then(|it| it.tool).and_then(|it| it.as_of);
        assert_eq!(as_of(), Some(of("2026-05-01")));
        let mut seeker = Visitor::of(office);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        let changed = "提供元の利用規約の指定が変わりました";
        seeker.get("/status");
        assert!(!seeker.text().contains(changed), "{}", seeker.text());
        looks("2026-11-01");
        seeker.get("/status");
        assert!(seeker.text().contains(changed), "{}", seeker.text());
        office.clock("2026-11-24T09:50:00");
        office.decides(|practice| practice.meetings = rules::session::Channel::Room);
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/join");
        assert!(seeker.text().contains(changed), "{}", seeker.text());
        // It changes once more between the page and the button: nothing unseen is agreed to.
        let before = seeker.clone();
        looks("2026-11-02");
        seeker.post("/join", &[]);
        assert_eq!(as_of(), Some(of("2026-05-01")));
        looks("2026-11-01");
        let mut seeker = before;
        seeker.post("/join", &[]);
        assert_eq!(as_of(), Some(of("2026-11-01")));
        seeker.get("/join");
        assert!(!seeker.text().contains(changed), "{}", seeker.text());
    });
}

#[test]
fn article_11_the_status_page_tells_what_changed() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("received");
        let mut seeker = Visitor::of(office);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/status");
        assert!(!seeker.text().contains("利用規約が変わりました"), "{}", seeker.text());
        publishes(office, a_year_later("model-2")).expect("stored");
        office.app.forget_offices();
        seeker.get("/status");
        let told = seeker.text();
        assert!(told.contains("利用規約が変わりました") && told.contains("model-2"), "{told}");
        assert!(told.contains("附則"), "{told}");
        assert!(seeker.page().body.contains("/terms/model-2/since/model-1"), "{told}");
        seeker.get("/status/withdraw");
        seeker.post("/status/withdraw", &[]);
        seeker.get("/status");
        assert!(!seeker.text().contains("利用規約が変わりました"), "it is not used any more");
    });
}
