//! The desk on the day of the session: the telephone, the board, the record.

use rules::appointment::Standing;
use service::store::{Sql, params};

use crate::cast::{Applicant, hana, taro};
use crate::office::{Office, at, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// Acts that were noted of who read or did what with an application.
fn accesses(office: &Office, id: i64) -> Vec<String> {
    const ACTS: Sql = Sql::unregistered("select act from accesses where application = $1");
    office.rows(ACTS, params![id].to_vec(), |row| row.text(0))
}

#[test]
fn article_2_4_a_call_of_1008_that_is_typed_at_1020_undoes_the_deeming() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        office.clock("2026-11-24T10:20:00");
        let mut clerk = Visitor::clerk(office, "coordinator");
        let address = format!("/desk/calls/{id}");
        clerk.get(&address);
        let call =
            [("purpose", "late"), ("date", "2026-11-24"), ("time", "10:08"), ("note", "電車")];
        clerk.answer(&call);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.standing(id), Standing::InContact);
        assert_eq!(office.facts(id)[0].at, at("2026-11-24T10:08:00"));
        assert_eq!(office.facts(id)[0].recorded_at, at("2026-11-24T10:20:00"));
        assert!(clerk.text().contains("電車"));
        clerk.get(&address);
        for (field, value) in [("time", "10:21"), ("time", "25:00"), ("purpose", "")] {
            let typed = [("purpose", "cancel"), ("date", "2026-11-24"), ("time", "10:15")];
            let typed = typed.map(|(name, it)| (name, if name == field { value } else { it }));
            clerk.answer(&typed);
            assert_eq!(clerk.status(), 422, "{field}={value}");
            assert_eq!(office.standing(id), Standing::InContact);
        }
    });
}

#[test]
fn article_5_1_the_counsellor_records_the_session_and_the_usage_record_follows() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:02:00");
        let mut counsellor = Visitor::clerk(office, "counsellor");
        assert_eq!(counsellor.page().path, "/desk/today");
        let alias = office.session(id).alias.reveal().to_owned();
        assert!(counsellor.text().contains(&alias));
        counsellor.post(&format!("/desk/sessions/{id}/facts"), &[("what", "arrived")]);
        assert_eq!(office.standing(id), Standing::Present, "{}", counsellor.text());
        office.clock("2026-11-24T10:28:00");
        counsellor.get(&format!("/desk/sessions/{id}"));
        assert!(!counsellor.page().body.contains("見本 花子"), "article 2(3): the alias alone");
        let outcome = [("outcome", "held"), ("began", "10:02"), ("ended", "10:28")];
        counsellor.post(&format!("/desk/sessions/{id}/outcome"), &outcome);
        assert_eq!(office.standing(id), Standing::Held, "{}", counsellor.text());
        office.carries_out();
        const RECORD: Sql = Sql::unregistered(
            "select actual_start, actual_end, outcome from usage_records where application = $1",
        );
        let record = office.rows(RECORD, params![id].to_vec(), |row| {
            Ok((row.instant(0)?, row.instant(1)?, row.text(2)?))
        });
        let times = (at("2026-11-24T10:02:00"), at("2026-11-24T10:28:00"), "held".to_owned());
        assert_eq!(record, [times]);
        assert!(accesses(office, id).iter().any(|act| act == "session.read"));
    });
}

#[test]
fn a_fact_is_undone_on_the_page_with_a_reason() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let called_off = rules::appointment::What::CalledOff;
        office.records(id, called_off, crate::office::OPENING).expect("recorded");
        let fact = office.facts(id)[0].id;
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/sessions/{id}"));
        let address = format!("/desk/sessions/{id}/facts/{fact}/retract");
        clerk.post(&address, &[("reason", "")]);
        assert_eq!(clerk.status(), 422);
        assert_eq!(office.standing(id), Standing::CalledOff);
        clerk.post(&address, &[("reason", "別の人の電話")]);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.standing(id), Standing::Waiting);
        assert!(clerk.text().contains("別の人の電話"));
    });
}

#[test]
fn a_caller_is_found_by_number_name_reading_address_alias_and_receipt() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.applies(&taro(), &[TEN]);
        let alias = office.session(id).alias.reveal().to_owned();
        let receipt = office.application(id).receipt;
        let mut clerk = Visitor::clerk(office, "coordinator");
        let digits: String = alias.chars().filter(char::is_ascii_digit).collect();
        let lower = receipt.to_lowercase();
        for asked in [
            "99990-1000001",
            "９９９９０　１０００００１",
            "見本 花子",
            "見本花子",
            "ミホンハナコ",
            "みほん　はなこ",
            "hana@example.jp",
            "Ｈａｎａ＠Example.JP",
            &alias,
            &digits,
            &receipt,
            &lower,
        ] {
            clerk.get("/desk/calls");
            clerk.post("/desk/find", &[("q", asked), ("to", "calls")]);
            assert_eq!(clerk.page().path, format!("/desk/calls/{id}"), "{asked}");
        }
        for asked in ["99990-1000009", "hana@example.com", "見本", "' or 1=1 --", "", "%", "_"] {
            clerk.get("/desk/calls");
            clerk.post("/desk/find", &[("q", asked), ("to", "calls")]);
            assert_eq!(
                (clerk.page().path.as_str(), clerk.status()),
                ("/desk/find", 200),
                "{asked}"
            );
        }
        assert!(accesses(office, id).iter().any(|act| act == "call.read"));
    });
}

/// Whoever may not see names does not find by them either.
#[test]
fn article_6_a_counsellor_finds_sessions_by_alias_only() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let alias = office.session(id).alias.reveal().to_owned();
        let mut counsellor = Visitor::clerk(office, "counsellor");
        for (asked, found) in [
            ("見本 花子", false),
            ("99990-1000001", false),
            ("hana@example.jp", false),
            (&alias, true),
        ] {
            counsellor.get("/desk/today");
            counsellor.post("/desk/find", &[("q", asked)]);
            let opened = counsellor.page().path == format!("/desk/sessions/{id}");
            assert_eq!(opened, found, "{asked}");
        }
    });
}

#[test]
fn an_application_is_entered_for_somebody_on_the_telephone() {
    scene(|office| {
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk/enter");
        clerk.answer(&[("name", "見本 花子")]);
        assert_eq!(clerk.status(), 422);
        assert!(clerk.page().body.contains("value=\"見本 花子\""), "what was typed is kept");
        let form = clerk.page().forms().into_iter().find(|it| it.action.ends_with("/enter"));
        let form = form.expect("the form");
        let mut fields = form.sent.clone();
        let mut set = |name: &str, value: &str| {
            fields.retain(|(field, _)| field != name);
            fields.push((name.to_owned(), value.to_owned()));
        };
        let person: Applicant = hana();
        set("name", &person.name);
        set("number", &person.number);
        set("telephone", person.telephone);
        set("intake", "telephone");
        set("consent", "yes");
        set("wish1_date", "2026-11-24");
        set("wish1_time", "10:00");
        set("language", "ja");
        set("wish1_minutes", "30");
        set("reasons", "distance");
        set("device", "phone");
        set("join_by", "app");
        let items: Vec<String> =
            form.fields.iter().filter(|it| it.starts_with("answer")).cloned().collect();
        items.iter().for_each(|item| set(item, "yes"));
        let sent = fields.clone();
        clerk.send("/desk/enter", &sent);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert!(clerk.page().path.starts_with("/desk/applications/"));
        let id = office.does(service::application::inbox)[0].id;
        let kept = office.application(id);
        assert_eq!(kept.intake, rules::application::Intake::Telephone);
        const WAY: Sql = Sql::unregistered("select way from consents");
        assert_eq!(office.rows(WAY, Vec::new(), |row| row.text(0)), ["read_out_by_staff"]);
    });
}
