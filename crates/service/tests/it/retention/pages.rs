//! The pages: listed by the records officer, approved by the manager, printed as a certificate.

use rules::records::retention::RecordClass;

use super::{SESSIONS_DUE, TEN};
use crate::cast::{hana, taro};
use crate::disclosures::{HoldKind, Target};
use crate::office::scene;
use crate::pages::addresses::tokens;
use crate::visitor::Visitor;

const PLACE: &str = "/desk/retention";

/// Asks for a list, whether or not the page offers one.
fn asks(officer: &mut Visitor, class: &str) {
    officer.get(PLACE);
    let mut fields = tokens(officer);
    fields.push(("class".to_owned(), class.to_owned()));
    officer.send(PLACE, &fields);
}

#[test]
fn article_5_1_from_the_list_to_the_certificate_on_the_pages() {
    scene(|office| {
        let id = office.held(&hana(), "2026-11-18T10:00:00");
        let kept = office.held(&taro(), TEN);
        let [receipt, kept_receipt] = [id, kept].map(|id| office.application(id).receipt);
        office.clock(SESSIONS_DUE);
        office.holds(Target::Application(kept), HoldKind::Office, None).expect("held");
        let mut officer = Visitor::clerk(office, "records_officer");
        let said = officer.get(PLACE).main();
        assert!(said.contains("相談の記録") && said.contains("2件"), "{said}");
        assert!(said.contains("利用規約の各版") && said.contains("永年"), "{said}");
        asks(&mut officer, "session");
        let batch = officer.page().path.clone();
        let said = officer.page().main();
        assert!(said.contains(&receipt) && said.contains(&kept_receipt), "{said}");
        assert!(said.contains("削除が止められています") && said.contains("承認を待っています"));
        assert!(!officer.page().body.contains("花子"), "no name is on it");
        let fields = tokens(&officer);
        officer.send(&format!("{batch}/approve"), &fields);
        assert_eq!(officer.status(), 403);
        officer.get(&batch);
        let file = officer.get(&format!("{batch}/list"));
        let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert_eq!(lines[0], "番号,終わった日,廃棄できる日,残す理由");
        assert_eq!(lines[1], format!("{receipt},2026-11-18,2030-04-01,"));
        assert!(
            lines[2].starts_with(&kept_receipt) && lines[2].contains("削除が止め"),
            "{lines:?}"
        );
        officer.get(&format!("{batch}/certificate"));
        assert_eq!(officer.status(), 404, "not before it was deleted");
        let mut manager = Visitor::clerk(office, "manager");
        manager.get(&batch);
        manager.post(&format!("{batch}/approve"), &[]);
        assert_eq!(manager.status(), 422);
        assert!(manager.text().contains("一覧を確かめて印を付けて"), "{}", manager.text());
        manager.post(&format!("{batch}/approve"), &[("sure", "yes")]);
        assert_eq!(manager.status(), 200);
        assert!(manager.text().contains("廃棄中"), "{}", manager.text());
        office.carries_on();
        let said = manager.get(&batch).main();
        assert!(said.contains("廃棄済み") && !said.contains(&receipt), "{said}");
        let said = manager.get(&format!("{batch}/certificate")).main();
        for words in ["廃棄-2030-001", "廃棄した数 1件", "残した数 1件", "職員 manager", "SHA-256"]
        {
            assert!(said.replace(' ', "").contains(&words.replace(' ', "")), "{words}: {said}");
        }
        assert!(!said.contains(&receipt) && !said.contains(&kept_receipt), "{said}");
    });
}

#[test]
fn what_cannot_be_done_is_said_where_it_was_tried() {
    scene(|office| {
        office.held(&hana(), TEN);
        let mut officer = Visitor::clerk(office, "records_officer");
        asks(&mut officer, "session");
        assert_eq!(officer.status(), 422);
        assert!(officer.text().contains("いま廃棄できる記録は、ありません"), "{}", officer.text());
        for class in ["", "terms", "<b>", "session\u{0}"] {
            asks(&mut officer, class);
            assert_eq!(officer.status(), 422, "{class:?}");
        }
        office.clock(SESSIONS_DUE);
        let batch = office.lists(RecordClass::Session).expect("listed");
        let mut officer = Visitor::clerk(office, "records_officer");
        asks(&mut officer, "session");
        assert!(officer.text().contains("一覧が、もう出ています"), "{}", officer.text());
        let mut manager = Visitor::clerk(office, "manager");
        let page = format!("{PLACE}/{batch}");
        manager.get(&page);
        let long = "長".repeat(401);
        for (reason, sentence) in [("", "理由を記入"), (long.as_str(), "読み取れない")] {
            manager.post(&format!("{page}/reject"), &[("reason", reason)]);
            assert_eq!(manager.status(), 422);
            assert!(manager.text().contains(sentence), "{}", manager.text());
        }
        let fields = tokens(&manager);
        manager.send(&format!("{page}/burn"), &fields);
        assert_eq!(manager.status(), 404);
        manager.get(&page);
        manager.post(&format!("{page}/reject"), &[("reason", "<b>年度</b>を確かめる")]);
        assert!(manager.text().contains("差し戻し"), "{}", manager.text());
        assert!(!manager.page().body.contains("<b>年度"), "{}", manager.page().body);
        let mut fields = tokens(&manager);
        fields.push(("sure".to_owned(), "yes".to_owned()));
        manager.send(&format!("{page}/approve"), &fields);
        assert!(manager.text().contains("もう決裁が済んでいます"), "{}", manager.text());
    });
}

#[test]
fn a_list_that_waits_for_too_long_is_pointed_out() {
    scene(|office| {
        office.held(&hana(), TEN);
        office.clock(SESSIONS_DUE);
        office.lists(RecordClass::Session).expect("listed");
        let overdue = |day: &str| {
            office.clock(day);
            let mut clerk = Visitor::clerk(office, "manager");
            clerk.get(PLACE).main().contains("2週間を過ぎた一覧")
        };
        assert!(!overdue("2030-04-15T09:00:00"));
        assert!(overdue("2030-04-15T09:00:01"));
    });
}
