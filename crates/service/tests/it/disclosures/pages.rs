//! The register over its pages: who is let in, what is sent twice, and the whole way of an entry.

use axum::http::Method;
use rules::people::Role;
use rules::records::disclosure::Demand;
use service::records;
use service::records::disclosures;
use service::store::Sql;

use super::{TEN, demand, fills, text};
use crate::cast::hana;
use crate::office::scene;
use crate::visitor::Visitor;

#[test]
fn article_5_2_who_keeps_no_register_sees_nothing_of_a_secret_entry() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let secret = Demand { secrecy_asked: true, ..demand(id) };
        let one = office.enters(secret);
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get(&format!("/desk/disclosures/{one}"));
        assert!(officer.page().main().contains("見本警察署"));
        assert!(officer.page().main().contains("秘密"));
        for role in [Role::Coordinator, Role::Counsellor, Role::Administrator] {
            let mut clerk = Visitor::clerk(office, role.code());
            for address in ["", &format!("/{one}"), &format!("/{one}/print"), "/own"] {
                let page = clerk.ask(Method::GET, &format!("/desk/disclosures{address}"), None);
                assert_eq!(page.status.as_u16(), 403, "{role:?} {address}");
                assert!(!page.body.contains("見本警察署"));
            }
            for page in ["/desk", &format!("/desk/applications/{id}"), "/desk/today"] {
                let page = clerk.ask(Method::GET, page, None);
                assert!(!page.body.contains("見本警察署") && !page.body.contains("開示"));
            }
        }
        let shown = office.does(move |tx, at| records::accesses(tx, at, id));
        assert!(shown.iter().all(|it| !it.act.starts_with("disclosure")), "{shown:?}");
        const ALL: Sql =
            Sql::unregistered("select count(*) from accesses where disclosure is not null");
        assert!(office.rows(ALL, Vec::new(), |row| row.int(0))[0] > 0, "it is noted, and hidden");
        let told = office.told_to(&hana()).to_string();
        assert!(!told.contains("見本警察署") && !told.contains("disclosure."), "{told}");
        // That secrecy was asked is lifted with a reason, and not by writing the demand otherwise.
        office.rewrites(one, demand(id)).expect("written otherwise");
        assert!(office.entry(one).entry.is_secret());
        let (seen, staff) = ((one, office.entry(one).revision), office.staff.manager);
        office.does(move |tx, at| {
            disclosures::lift_secrecy(tx, at, seen, (text("捜査が終わった"), staff))
        });
        let told = office.told_to(&hana()).to_string();
        assert!(told.contains("見本警察署") && told.contains("disclosure.read"), "{told}");
    });
}

#[test]
fn what_is_sent_twice_is_entered_once() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("taken in").receipt;
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get("/desk/disclosures/new");
        let form = officer.page().forms().into_iter().find(|it| it.action.ends_with("/new"));
        let mut fields = form.expect("the form").sent;
        let persons = format!("見本 花子 {receipt}");
        for (name, value) in
            [("form", "written_original"), ("body", "見本警察署"), ("persons", persons.as_str())]
        {
            fields.retain(|(field, _)| field != name);
            fields.push((name.to_owned(), value.to_owned()));
        }
        officer.send("/desk/disclosures/new", &fields);
        assert!(officer.page().main().contains("開示-2026-001"), "{}", officer.text());
        assert!(officer.page().main().contains(&receipt));
        let first = officer.page().path.clone();
        officer.send("/desk/disclosures/new", &fields);
        assert_eq!(officer.page().path, first);
        assert_eq!((office.count("disclosures"), office.count("disclosure_revisions")), (1, 1));
        fields.push(("items".to_owned(), "別の内容".to_owned()));
        officer.send("/desk/disclosures/new", &fields);
        assert_eq!(officer.status(), 422, "the same key with other content");
        assert_eq!(office.count("disclosures"), 1);
    });
}

/// Enters a demand about the person of a receipt; the first try lacks the end of the period.
fn enters(officer: &mut Visitor, receipt: &str) {
    officer.get("/desk/disclosures/new");
    let persons = format!("見本 花子 {receipt}");
    let typed = [
        ("form", "written_original"),
        ("body", "見本警察署"),
        ("head", "見本警察署長"),
        ("document_number", "第123号"),
        ("document_date", "2026-11-13"),
        ("basis", "criminal_procedure_197_2"),
        ("persons", persons.as_str()),
        ("period_from", "2026-11-01"),
        ("items", "<b>相談の日時</b>"),
    ];
    fills(officer, "/desk/disclosures/new", &typed);
    assert_eq!(officer.status(), 422, "the period has no end");
    assert!(officer.page().body.contains("&#60;b&#62;相談の日時"), "what was typed is kept");
    let typed = [&typed[..], &[("period_until", "2026-11-30")]].concat();
    fills(officer, "/desk/disclosures/new", &typed);
    assert_eq!(officer.status(), 200, "{}", officer.text());
}

/// Calls back, prepares a file and drafts to give it. Answers the address of the file.
fn drafts(officer: &mut Visitor) -> String {
    fills(
        officer,
        "/desk/disclosures/1/check",
        &[
            ("check_called", "見本警察署 刑事課"),
            ("check_number", "00-0000-0001"),
            ("check_found_in", "県の公式の案内"),
            ("check_confirmed", "yes"),
        ],
    );
    fills(officer, "/desk/disclosures/1/files", &[("parts", "application")]);
    assert!(officer.page().main().contains("渡すファイルを用意しました"));
    let files = officer.page().links();
    let file = files.iter().find(|it| it.contains("/files/")).expect("a file").clone();
    fills(
        officer,
        "/desk/disclosures/1/draft",
        &[
            ("draft_outcome", "all"),
            ("draft_reason", "見本の理由"),
            ("draft_handed", "申し込みの内容"),
        ],
    );
    file
}

#[test]
fn an_entry_goes_its_way_over_the_pages() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("taken in").receipt;
        let mut officer = Visitor::clerk(office, "records_officer");
        let mut manager = Visitor::clerk(office, "manager");
        enters(&mut officer, &receipt);
        let (page, file) = ("/desk/disclosures/1", drafts(&mut officer));
        let forms = officer.page().forms();
        let own = forms.into_iter().find(|it| it.action.ends_with("/draft")).expect("the form");
        let carried = |name: &str| matches!(name, "csrf" | "key" | "revision");
        let sent: Vec<_> = own.sent.into_iter().filter(|(name, _)| carried(name)).collect();
        officer.send(&format!("{page}/approve"), &sent);
        assert_eq!(officer.status(), 422, "who drafted it does not approve it");
        assert!(officer.page().main().contains("承認に必要なもの"), "{}", officer.text());
        manager.get(page);
        let form = manager.page().forms().into_iter().find(|it| it.action.ends_with("/approve"));
        let sent = form.expect("the form").sent;
        manager.send(&format!("{page}/approve"), &sent);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        let revisions = office.count("disclosure_revisions");
        manager.send(&format!("{page}/approve"), &sent);
        assert_eq!(office.count("disclosure_revisions"), revisions, "sent twice, done once");
        assert_eq!(manager.status(), 200, "{}", manager.text());
        let given = officer.ask(Method::GET, &file, None);
        assert!(given.headers["content-disposition"].as_bytes().starts_with(b"attachment"));
        assert!(given.body.contains("見本 花子") && !given.body.contains("通院の日は午後"));
        let digest = service::secrets::sha256(given.body.as_bytes());
        officer.get(page);
        fills(
            &mut officer,
            &format!("{page}/hand-over"),
            &[("given_medium", "CD-R 1枚"), ("given_digest", digest.as_str())],
        );
        assert!(officer.page().main().contains("渡したことを記録しました"), "{}", officer.text());
        officer.get(&format!("{page}/print"));
        assert!(officer.page().main().contains("CD-R 1枚"));
    });
}
