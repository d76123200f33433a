//! What is sent twice is done once, and two clerks do not give one slot away twice.

use futures_util::future::join_all;

use super::addresses::body;
use super::journey::fills_in;
use crate::cast::{hana, one_of_many, taro};
use crate::office::{Office, SLUG, runtime, scene};
use crate::visitor::Visitor;

#[test]
fn an_application_that_is_sent_twice_is_one_application() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let mut second_tab = visitor.clone();
        visitor.answer(&[]);
        assert_eq!(visitor.page().path, "/status/received");
        second_tab.answer(&[]);
        assert_eq!(second_tab.page().path, "/status/received", "{}", second_tab.text());
        assert_eq!(second_tab.page().main(), visitor.page().main());
        assert_eq!((office.count("applications"), office.count("duties")), (1, 1));
    });
}

#[test]
fn an_application_that_is_sent_ten_times_at_once_is_one_application() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let tabs: Vec<Visitor> = (0..10).map(|_| visitor.clone()).collect();
        let sending = tabs.into_iter().map(|mut tab| {
            runtime().spawn_blocking(move || {
                tab.answer(&[]);
                (tab.status(), tab.page().path.clone())
            })
        });
        for answer in runtime().block_on(join_all(sending)) {
            assert_eq!(answer.expect("no panic"), (200, "/status/received".to_owned()));
        }
        assert_eq!((office.count("applications"), office.count("duties")), (1, 1));
    });
}

fn confirm(office: &Office, start: &str) -> Vec<(&'static str, String)> {
    vec![
        ("date", "2026-11-24".to_owned()),
        ("start", start.to_owned()),
        ("minutes", "30".to_owned()),
        ("counsellor", office.counsellors[0].to_string()),
    ]
}

#[test]
fn of_two_clerks_who_confirm_one_slot_the_second_is_offered_another() {
    scene(|office| {
        let ids = [taro(), one_of_many(1)].map(|person| {
            let id = office.applies(&person, &["2026-11-24T10:00:00"]);
            office.decides_all(id);
            id
        });
        let mut clerks = ["coordinator", "manager"].map(|login| Visitor::clerk(office, login));
        for (clerk, id) in clerks.iter_mut().zip(ids) {
            clerk.get(&format!("/desk/applications/{id}"));
        }
        let confirmed = confirm(office, "10:00");
        let fields: Vec<(&str, &str)> =
            confirmed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        clerks[0].post(&format!("/desk/applications/{}/confirm", ids[0]), &fields);
        assert_eq!(clerks[0].status(), 200);
        clerks[1].post(&format!("/desk/applications/{}/confirm", ids[1]), &fields);
        assert_eq!(clerks[1].status(), 422);
        let page = clerks[1].page();
        let offered: Vec<_> = page.forms().into_iter().flat_map(|form| form.fields).collect();
        assert!(offered.iter().any(|field| field == "time"), "other times are offered");
        assert!(page.body.contains("value=\"2026-11-24\""), "what was typed is kept");
        assert_eq!(office.count("appointments"), 1);
        // With a time that is offered the second application is confirmed, too.
        let again = confirm(office, "10:30");
        let fields: Vec<(&str, &str)> =
            again.iter().map(|(name, value)| (*name, value.as_str())).collect();
        clerks[1].post(&format!("/desk/applications/{}/confirm", ids[1]), &fields);
        assert_eq!(clerks[1].status(), 200, "{}", clerks[1].text());
        assert_eq!(office.count("appointments"), 2);
    });
}

#[test]
fn a_page_that_was_left_open_is_answered_with_a_sentence() {
    scene(|office| {
        let id = office.applies(&taro(), &["2026-11-24T10:00:00"]);
        office.decides_all(id);
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/applications/{id}"));
        let mut stale = clerk.clone();
        clerk.post(&format!("/desk/applications/{id}/decline"), &[("decline_reason", "no_time")]);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        let confirmed = confirm(office, "10:00");
        let fields: Vec<(&str, &str)> =
            confirmed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        stale.post(&format!("/desk/applications/{id}/confirm"), &fields);
        assert_eq!(stale.status(), 422);
        assert!(!stale.page().main().is_empty());
        assert_eq!(office.count("appointments"), 0);
    });
}

#[test]
fn a_wish_that_another_has_taken_meanwhile_leads_back_to_the_wishes() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T16:00");
        for (index, counsellor) in (1..).zip([office.counsellors[0], office.counsellors[2]]) {
            let id = office.applies(&one_of_many(index), &["2026-11-24T16:00:00"]);
            office.decides_all(id);
            office.confirms(id, "2026-11-24T16:00:00", counsellor).expect("confirmed");
        }
        let before = office.count("applications");
        visitor.answer(&[]);
        assert_eq!(visitor.status(), 422);
        assert!(visitor.page().forms().iter().any(|form| form.action.ends_with("/wishes")));
        assert_eq!(office.count("applications"), before);
        visitor.get(&format!("/offices/{SLUG}/apply/identity"));
        assert!(visitor.page().body.contains("見本 花子"), "nothing that was typed is lost");
        assert!(body(&[]).is_some());
    });
}
