//! Answers of an application that are changed, missing or contrary to each other.

use rules::application::Support;

use super::journey::{applies, fills_in};
use crate::cast::{Applicant, hana, maria};
use crate::office::{Office, SLUG, scene, slot};
use crate::visitor::Visitor;

fn apply(step: &str) -> String {
    format!("/offices/{SLUG}/apply/{step}")
}

fn filled_in(office: &Office, person: &Applicant) -> Visitor {
    let mut visitor = Visitor::of(office);
    visitor.get("/?lang=en");
    fills_in(&mut visitor, person, "2026-11-24T10:00");
    visitor
}

/// A declaration is made for one device.
#[test]
fn article_4_another_device_is_declared_anew() {
    scene(|office| {
        let mut visitor = filled_in(office, &hana());
        let device = format!("{}?change=yes", apply("device"));
        visitor.get(&device);
        visitor.post(&device, &[("device", "phone"), ("join_by", "app")]);
        assert_eq!(visitor.page().path, apply("check"), "the same device: nothing is asked again");
        visitor.get(&device);
        visitor.post(&device, &[("device", "computer"), ("join_by", "app")]);
        assert_eq!(visitor.page().path, apply("environment"));
        let page = visitor.page();
        assert!(!page.body.contains(" checked"), "{}", page.main());
        assert!(!page.body.contains("-fault\""), "nothing was answered yet, so nothing is amiss");
        visitor.get(&apply("check"));
        assert_eq!(visitor.page().path, apply("environment"));
    });
}

/// Forms of steps whose turn has not come: what was typed is kept, and the missing step is shown.
#[test]
fn an_answer_out_of_turn_leads_to_the_missing_one() {
    let check = |step: &str, typed: (&str, &str)| {
        scene(|office| {
            let mut visitor = Visitor::of(office);
            visitor.get(&format!("/offices/{SLUG}"));
            visitor.post(&format!("/offices/{SLUG}/apply"), &[]);
            let token = visitor.form_token();
            let fields = [("csrf", token.as_str()), typed].map(|(a, b)| (a.into(), b.into()));
            visitor.send(&apply(step), &fields);
            let found = (visitor.page().path.clone(), visitor.status());
            assert_eq!(found, (apply("conditions"), 200), "{step}");
        });
    };
    check("identity", ("name", "見本"));
    check("wishes", ("x", "y"));
    check("wishes/1", ("start", "2026-11-24T10:00"));
    check("environment", ("safe", "yes"));
}

#[test]
fn article_2_1_the_length_can_be_changed_until_the_answer() {
    scene(|office| {
        let mut visitor = filled_in(office, &hana());
        let length = format!("{}?change=yes", apply("length"));
        assert!(visitor.page().links().contains(&length), "the answers name the length");
        visitor.get(&length);
        visitor.post(&length, &[("minutes", "45")]);
        assert_eq!(visitor.page().path, apply("check"));
        visitor.answer(&[]);
        let id = office.does(service::application::inbox).last().expect("it waits").id;
        assert_eq!(office.application(id).wishes[0].minutes, 45);
        visitor.get("/status");
        visitor.post("/status/wishes/start", &[]);
        let address = "/status/wishes/length".to_owned();
        assert!(visitor.page().links().contains(&address));
        visitor.get(&address);
        visitor.post(&address, &[("minutes", "61")]);
        assert_eq!(visitor.status(), 422);
        visitor.post(&address, &[("minutes", "30")]);
        visitor.post("/status/wishes", &[]);
        assert_eq!((visitor.page().path.as_str(), visitor.status()), ("/status", 200));
        assert_eq!(office.application(id).wishes, [slot("2026-11-24T10:00:00")]);
    });
}

/// A time typed by hand: the fault stands at the field that is to be mended.
#[test]
fn article_2_1_the_fault_of_a_time_stands_at_the_time() {
    scene(|office| {
        let mut visitor = filled_in(office, &hana());
        let mut check = |date: &str, time: &str, field: &str| {
            visitor.get(&apply("wishes/2"));
            visitor.answer(&[("date", date), ("time", time)]);
            assert_eq!(visitor.status(), 422, "{date} {time}");
            for (name, faulty) in [("date", field == "date"), ("time", field == "time")] {
                let fault = format!("id=\"{name}-fault\"");
                assert_eq!(visitor.page().body.contains(&fault), faulty, "{date} {time} {name}");
            }
        };
        check("2026-11-25", "12:00", "time");
        check("2026-11-25", "11:37", "time");
        check("2026-11-25", "25:61", "time");
        check("2026-11-25", "", "time");
        check("2026-11-23", "10:00", "date");
        check("2026-02-30", "10:00", "date");
        check("令和8年11月25日", "10:00", "date");
        check("", "", "date");
    });
}

/// Nobody is kept from applying, and nobody learns too late how the answer comes.
#[test]
fn article_2_2_who_cannot_telephone_is_told_how_the_answer_comes() {
    scene(|office| {
        let check = |person: &Applicant, told: bool| {
            let mut visitor = filled_in(office, person);
            let said = visitor.page().main().contains("gave no e-mail address");
            assert_eq!(said, told, "{}", visitor.page().main());
            visitor.answer(&[]);
            assert_eq!(visitor.page().path, "/status/received");
        };
        let none = String::new;
        check(&Applicant { email: none(), telephone: "090-0000-0003", ..maria() }, true);
        check(&maria(), false);
        check(&Applicant { email: none(), ..hana() }, false);
        assert!(maria().supports.contains(&Support::NoTelephone));
    });
}

/// Before sending: what the answers are for (article 5(1)), and what silence leads to (2(4)).
#[test]
fn articles_2_4_and_5_1_are_told_before_sending() {
    scene(|office| {
        let mut visitor = filled_in(office, &hana());
        let context = office.context();
        let terms = context.office.terms(context.now).expect("terms in force");
        let told = format!("If {} minutes pass", terms.rules.grace_minutes.unwrap());
        assert!(visitor.page().main().contains(&told), "{}", visitor.page().main());
        visitor.get(&apply("conditions"));
        assert!(visitor.page().main().contains("What your information is used for"));
    });
}

/// What somebody who reads no Japanese needs on the page of a session that is to come.
#[test]
fn article_2_3_the_display_name_can_be_copied() {
    scene(|office| {
        let mut seeker = Visitor::of(office);
        applies(&mut seeker, &maria(), "2026-11-24T10:00");
        let id = office.does(service::application::inbox).last().expect("it waits").id;
        office.decides_all(id);
        office.proposes(id, "2026-11-25T10:00:00", office.counsellors[0]).expect("proposed");
        seeker.get("/status");
        let told = seeker.page().main();
        let until = told.find("We keep this time for you until").expect("until when");
        let after = told.find("If we do not hear from you by then").expect("and then");
        assert!(until < after, "{told}");
        seeker.post("/status/proposal", &[("answer", "accept")]);
        let alias = office.session(id).alias;
        let page = seeker.page();
        assert!(
            page.body.contains(&format!("<dd lang=\"ja\">{}</dd>", alias.reveal())),
            "{}",
            page.main()
        );
        assert!(page.main().contains("copy it"), "{}", page.main());
        let terms = format!("/offices/{SLUG}/terms");
        let pages_of_the_maker =
            [rules::session::ZOOM_DOWNLOAD_PAGE, rules::session::ZOOM_TEST_PAGE];
        for address in pages_of_the_maker.into_iter().chain([terms.as_str()]) {
            assert!(page.links().contains(&address.to_owned()), "{address}");
        }
    });
}
