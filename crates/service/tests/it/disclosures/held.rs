//! Legal holds: how long they last, and who is told when they end.

use rules::records::disclosure::{HoldKind, HoldRefusal};
use service::error::Refusal;
use service::records::holds::{self, Target};

use super::{TEN, number_of, text};
use crate::cast::{hana, taro};
use crate::office::{refusal, scene};
use crate::visitor::Visitor;

#[test]
fn article_5_2_a_hold_survives_until_it_is_lifted_or_over() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let other = office.applies(&taro(), &["2026-11-25T10:00:00"]);
        assert!(!office.is_held(id));
        let by_number = Target::Number(number_of(&hana()));
        let hold = office.holds(by_number, HoldKind::Office, None).expect("held");
        assert!(office.is_held(id) && !office.is_held(other));
        let again = office.applies(&hana(), &["2026-11-26T10:00:00"]);
        assert!(office.is_held(again), "what comes later, too");
        office.clock("2031-11-16T10:00:00");
        assert!(office.is_held(id), "it has no end");
        let staff = office.staff.manager;
        let lifts = |reason: &'static str| {
            office.tries(move |tx, at| holds::lift(tx, at, (hold, staff), &text(reason)))
        };
        assert_eq!(refusal(lifts("")), Refusal::ReasonMissing);
        lifts("終わった").expect("lifted");
        assert_eq!(refusal(lifts("もう一度")), Refusal::AlreadyUndone);
        assert!(!office.is_held(id));
    });
}

#[test]
fn article_5_2_a_request_to_preserve_ends_and_is_pointed_out() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let held = |until| office.holds(Target::Application(id), HoldKind::Preservation, until);
        assert_eq!(refusal(held(None)), Refusal::Hold(HoldRefusal::EndMissing));
        assert_eq!(refusal(held(Some("2026-12-16"))), Refusal::Hold(HoldRefusal::TooLong));
        let hold = held(Some("2026-12-15")).expect("thirty days");
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get("/desk/disclosures");
        assert!(!officer.page().main().contains("保全の期限"));
        office.clock("2026-12-10T10:00:00");
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get("/desk/disclosures");
        assert!(officer.page().main().contains("保全の期限"), "{}", officer.text());
        let staff = office.staff.manager;
        let extends = |until: &'static str| {
            let until = until.parse().expect("a day");
            office.tries(move |tx, at| holds::extend(tx, at, (hold, staff), until))
        };
        assert_eq!(refusal(extends("2027-01-15")), Refusal::Hold(HoldRefusal::TooLong));
        extends("2027-01-14").expect("sixty days in all");
        assert_eq!(refusal(extends("2027-01-14")), Refusal::Hold(HoldRefusal::NotExtensible));
        office.clock("2027-01-14T23:00:00");
        assert!(office.is_held(id));
        office.clock("2027-01-15T00:00:00");
        assert!(!office.is_held(id));
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get("/desk/disclosures");
        assert!(officer.page().main().contains("期限を過ぎました"));
    });
}
