//! Hostile, over-long, empty and wrongly shaped input into every field of every form: a sentence
//! with status 4xx, or it is taken as the text that it is; never a fault of ours, never a change
//! together with a refusal.

use axum::http::Method;
use service::secrets::Token;

use super::addresses::{GETS, Things, furnish};
use super::journey::{applies, fills_in};
use crate::cast::{hana, one_of_many};
use crate::office::{Office, SLUG, scene};
use crate::visitor::{Page, Shown, Visitor};

const SCRIPT: &str = "<script>alert('見本')</script>\"'><b";

fn hostile() -> Vec<String> {
    vec![String::new(), SCRIPT.to_owned(), "見\0本".to_owned()]
}

fn mild() -> Vec<String> {
    vec![
        "'; drop table applications; --".to_owned(),
        "a\r\nSet-Cookie: evil=1\r\n\r\n<p>".to_owned(),
        "\u{202e}本見\u{202c}\u{200b}".to_owned(),
        "あ".repeat(5_000),
        "-1".to_owned(),
        "99999999999999999999".to_owned(),
        "2026-02-30T25:61".to_owned(),
        "{{ 7 * 7 }}${7*7}%n%s😀".to_owned(),
        "2026-11-24".to_owned(),
        "ＡＢＣ　９９９９０−１２３＠ｅｘａｍｐｌｅ．ｊｐ".to_owned(),
    ]
}

/// Tables in which a refused form may leave something: what was typed is kept for the person.
const MAY_CHANGE: [&str; 3] = ["drafts", "sign_in_failures", "commands"];

fn examine(page: &Page, at: &str) {
    assert!(!page.status.is_server_error(), "{at}: {}", page.status);
    assert!(!page.body.contains("<script>alert"), "{at}: not escaped");
    assert!(page.headers.get("set-cookie").is_none_or(|it| !it.as_bytes().starts_with(b"evil")));
    if page.status.is_client_error() {
        assert!(!page.main().is_empty(), "{at}: {} without a sentence", page.status);
    }
}

/// What one field is attacked with where there are many: the worst always, of the rest two in turn.
fn values_for(index: usize) -> Vec<String> {
    let (worst, rest) = (hostile(), mild());
    let turn = |step: usize| rest[(2 * index + step) % rest.len()].clone();
    worst.into_iter().chain([turn(0), turn(1)]).collect()
}

/// Sends the form with one field hostile.
fn strike(visitor: &Visitor, form: &Shown, (field, value): (&str, &str)) -> Visitor {
    let mut fields: Vec<(String, String)> =
        form.sent.iter().filter(|(name, _)| name != field).cloned().collect();
    if let Some(key) = fields.iter_mut().find(|(name, _)| name == "key") {
        key.1 = Token::draw().reveal().to_string();
    }
    fields.push((field.to_owned(), value.to_owned()));
    let mut attacker = visitor.clone();
    attacker.send(&form.action, &fields);
    let shown: String = value.chars().take(20).collect();
    examine(attacker.page(), &format!("{} {field}={shown:?}", form.action));
    attacker
}

/// Sends the form with one field hostile, field by field.
fn attack(office: &Office, visitor: &Visitor, form: &Shown) {
    let mut before = office.snapshot(&MAY_CHANGE);
    for (index, field) in form.fields.iter().enumerate() {
        for value in values_for(index) {
            let attacker = strike(visitor, form, (field, &value));
            let after = office.snapshot(&MAY_CHANGE);
            let refused = attacker.page().status.is_client_error();
            let at = attacker.page().path.as_str();
            assert!(!refused || after == before, "{at} {field}: refused, and yet changed");
            before = after;
        }
    }
}

/// Attacks every form of a page, each in an office of its own making.
fn attack_page(office: &Office, visitor: &mut Visitor, address: &str) -> usize {
    visitor.get(address);
    assert!(!visitor.page().status.is_server_error(), "{address}");
    let forms = visitor.page().forms();
    for form in &forms {
        if !form.fields.is_empty() {
            attack(office, visitor, form);
        }
    }
    forms.len()
}

/// Every field with every value: before an application is sent, nothing but its draft changes.
#[test]
fn every_question_of_the_application() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let before = office.snapshot(&MAY_CHANGE);
        let (values, mut strikes) = ([hostile(), mild()].concat(), 0);
        for step in [
            "conditions",
            "identity",
            "contact",
            "reasons",
            "length",
            "wishes",
            "wishes/1",
            "wishes/2",
            "device",
            "environment",
            "check",
        ] {
            // What an attack left in the draft is mended before the next.
            fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
            visitor.get(&format!("/offices/{SLUG}/apply/{step}"));
            for form in visitor.page().forms() {
                for (field, value) in
                    form.fields.iter().flat_map(|it| values.iter().map(move |value| (it, value)))
                {
                    strike(&visitor, &form, (field, value));
                    strikes += 1;
                }
            }
        }
        assert!(strikes >= 25 * values.len(), "{strikes}");
        assert_eq!(office.snapshot(&MAY_CHANGE), before);
    });
}

#[test]
fn every_form_of_the_status_page() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        applies(&mut visitor, &hana(), "2026-11-24T10:00");
        let mut forms = attack_page(office, &mut visitor, "/status/withdraw");
        visitor.get("/status");
        visitor.post("/status/wishes/start", &[]);
        forms += attack_page(office, &mut visitor, "/status/wishes/2");
        forms += attack_page(office, &mut visitor, "/status/wishes");
        let id = 1;
        office.decides_all(id);
        office.proposes(id, "2026-11-25T10:00:00", office.counsellors[0]).expect("proposed");
        forms += attack_page(office, &mut visitor, "/status");
        assert!(forms >= 5, "{forms}");
    });
}

/// Pages of the desk with forms; each is attacked with things of its own.
const DESK: [&str; 15] = [
    "/desk/sign-in",
    "/desk",
    "/desk/enter",
    "/desk/applications/{id}",
    "/desk/counsellors/new",
    "/desk/counsellors/{counsellor}",
    "/desk/closed-days",
    "/desk/today?day=2026-11-24",
    "/desk/sessions/{id}",
    "/desk/sessions/{id}/move",
    "/desk/calls/{id}",
    "/desk/disclosures",
    "/desk/disclosures/new",
    "/desk/disclosures/{disclosure}",
    "/desk/disclosures/own",
];

#[test]
fn every_form_of_the_desk() {
    scene(|office| {
        let things = furnish(office);
        for (index, template) in (10..).zip(DESK) {
            let mut clerk = Visitor::clerk(office, "manager");
            let own = own_things(office, &things, index);
            let forms = attack_page(office, &mut clerk, &own.fill(template));
            assert!(forms > 0, "{template}");
        }
    });
}

/// A waiting application and a session that no other page's attack has changed.
fn own_things(office: &Office, things: &Things, index: u32) -> Things {
    let application = office.applies(&one_of_many(2 * index), &["2026-11-26T10:00:00"]);
    office.decides_all(application);
    let hours = ["10:00", "10:30", "11:00", "11:30", "14:00", "14:30", "15:00", "15:30", "16:00"];
    let day = if index.is_multiple_of(2) { "2026-11-24" } else { "2026-11-25" };
    let start = format!("{day}T{}:00", hours[usize::try_from(index).expect("small") / 2 % 9]);
    let session = office.applies(&one_of_many(2 * index + 1), &[&start]);
    office.decides_all(session);
    let counsellors = office.counsellors;
    let confirmed = counsellors.iter().any(|it| office.confirms(session, &start, *it).is_ok());
    assert!(confirmed, "{start}");
    Things { application, session, ..things.clone() }
}

#[test]
fn every_place_of_every_address() {
    let places = [
        "%00",
        "%C3%28",
        "..%2f..%2fetc%2fpasswd",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "-1",
        "0",
        "99999999999999999999",
        "1%27%20or%201=1",
        "%E3%81%82",
    ];
    scene(|office| {
        furnish(office);
        let mut clerk = Visitor::clerk(office, "manager");
        let before = office.snapshot(&MAY_CHANGE);
        let pages = GETS.iter().filter(|(it, _)| it.contains('{') && !it.starts_with("/assets"));
        for (template, _) in pages {
            let from = template.find('{').expect("a place");
            let to = template.find('}').expect("its end") + 1;
            for place in places {
                let address = format!("{}{place}{}", &template[..from], &template[to..]);
                let address = address.replace("{step}", "identity").replace("{rank}", "1");
                let page = clerk.ask(Method::GET, &address.replace("{version}", "x"), None);
                examine(&page, &address);
                assert!(!page.status.is_success(), "{address}: {}", page.status);
            }
        }
        for name in ["day", "from", "done", "minutes", "entered", "change", "lang", "x"] {
            for (template, _) in GETS {
                for place in places {
                    let address = template.replace("{office}", SLUG).replace("{id}", "2");
                    let address = address.replace("{counsellor}", "1").replace("{letter}", "1");
                    let page = clerk.ask(Method::GET, &format!("{address}?{name}={place}"), None);
                    assert!(!page.status.is_server_error(), "{address}?{name}={place}");
                    assert!(!page.body.contains("<script>alert"), "{address}?{name}={place}");
                }
            }
        }
        assert_eq!(office.snapshot(&MAY_CHANGE), before);
    });
}

#[test]
fn a_form_that_is_too_large_or_of_another_kind_is_refused() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let identity = format!("/offices/{SLUG}/apply/identity");
        let before = office.snapshot(&[]);
        visitor.get(&identity);
        visitor.answer(&[("name", &"見".repeat(200_000)), ("number", "99990-1000001")]);
        assert_eq!(visitor.status(), 413);
        assert!(!visitor.page().main().is_empty());
        visitor.get(&identity);
        let many: Vec<(String, String)> =
            (0..1_000).map(|index| (format!("f{index}"), String::new())).collect();
        visitor.send(&identity, &[visitor_tokens(&visitor), many].concat());
        assert_eq!(visitor.status(), 413);
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = visitor.ask(method, &identity, Some(b"x=1".to_vec()));
            assert_eq!(answer.status.as_u16(), 405);
        }
        assert_eq!(office.snapshot(&[]), before);
    });
}

fn visitor_tokens(visitor: &Visitor) -> Vec<(String, String)> {
    super::addresses::tokens(visitor)
}

/// What an applicant is told, field by field, and that what was typed stays.
#[test]
fn article_2_1_every_refused_field_is_named_and_kept() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
        let mut check = |step: &str, field: &str, typed: &str, kept: bool| {
            fills_in(&mut visitor, &hana(), "2026-11-24T10:00");
            visitor.get(&format!("/offices/{SLUG}/apply/{step}"));
            let form =
                visitor.page().forms().into_iter().find(|it| it.fields.iter().any(|f| f == field));
            let form = form.unwrap_or_else(|| panic!("{step} asks for {field}"));
            let mut fields: Vec<(String, String)> =
                form.sent.into_iter().filter(|(name, _)| name != field).collect();
            fields.push((field.to_owned(), typed.to_owned()));
            if field == "date" {
                fields.retain(|(name, _)| name != "time");
                fields.push(("time".to_owned(), "10:00".to_owned()));
            }
            visitor.send(&form.action, &fields);
            assert_eq!(visitor.status(), 422, "{step} {field}={typed:?}");
            let page = visitor.page();
            let id = format!("id=\"{field}-fault\"");
            let group = format!("href=\"#{field}");
            assert!(page.body.contains(&id) || page.body.contains(&group), "{step} {field}");
            let escaped = typed.replace('<', "&#60;").replace('>', "&#62;");
            assert!(!kept || page.body.contains(&escaped), "{step} {field}={typed:?} is kept");
        };
        check("conditions", "consent", "", false);
        check("identity", "name", "", false);
        check("identity", "name", "見本\u{202e}", true);
        check("identity", "name", "12345", true);
        check("identity", "name", &"見".repeat(101), true);
        check("identity", "kana", "Hanako", true);
        check("identity", "number", "", false);
        check("identity", "number", "2708-012345-6", true);
        check("identity", "number", "いち", true);
        check("contact", "email", "hana@", true);
        check("contact", "email", "a@example.jp\u{202e}", true);
        check("contact", "telephone", "12", true);
        check("contact", "note", &"あ".repeat(401), true);
        check("contact", "note", &"あ".repeat(40_000), true);
        check("length", "minutes", "29", false);
        check("length", "minutes", "61", false);
        check("wishes/1", "date", "2026-09-22", true);
        check("wishes/1", "date", "2026-12-30", true);
        check("wishes/1", "date", "2026-02-30", true);
        check("reasons", "reasons", "", false);
        check("device", "device", "toaster", false);
    });
}
