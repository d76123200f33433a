//! What a demand needs before it is approved, element by element.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const CLERK: i64 = 1;
const OFFICER: i64 = 2;
const MANAGER: i64 = 3;

fn now() -> Timestamp {
    "2026-11-24T10:00:00+09:00".parse().unwrap()
}

fn text(text: &str) -> FreeText {
    FreeText::parse(text, 400).unwrap()
}

fn person(named: &str) -> PersonAsked {
    PersonAsked { named: text(named), application: Some(17) }
}

/// An entry with everything in it, to give a part of what is asked.
fn full() -> Entry {
    Entry {
        demand: Demand {
            received_on: date(2026, 11, 20),
            form: Form::WrittenOriginal,
            body: text("見本警察署"),
            head: text("見本警察署長"),
            document_number: text("見本捜発第123号"),
            document_date: Some(date(2026, 11, 18)),
            basis: Some(Basis::CriminalProcedure),
            basis_text: text(""),
            persons: vec![person("見本 花子")],
            period: Some((date(2026, 10, 1), date(2026, 10, 31))),
            items: text("相談の日時"),
            secrecy_asked: false,
        },
        written_by: CLERK,
        authenticity: Some(Authenticity {
            called: text("見本警察署 刑事課"),
            number: text("00-0000-0001"),
            found_in: text("県の公式の案内"),
            at: now(),
            by: CLERK,
            confirmed: true,
        }),
        decision: Decision::Drafted(Draft {
            outcome: Outcome::Part,
            reason: text("求められた範囲に限る"),
            drafter: CLERK,
            handed: text("相談の日時の一覧"),
            digest: Sha256::parse(&"ab".repeat(32)),
        }),
        lifted: None,
    }
}

fn drafted(change: impl FnOnce(&mut Draft)) -> impl FnOnce(&mut Entry) {
    move |entry| {
        let Decision::Drafted(draft) = &mut entry.decision else { panic!("a draft") };
        change(draft);
    }
}

/// One row: what is done to a full entry, and what it then lacks.
fn check(name: &str, change: impl FnOnce(&mut Entry), missing: &[Missing]) {
    let mut entry = full();
    change(&mut entry);
    let found = check_approval(&entry, OFFICER, now()).err().unwrap_or_default();
    assert_eq!(found, missing, "{name}");
}

#[test]
fn article_5_2_each_element_is_needed_to_give_anything() {
    use Missing::{
        BasisText, Body, DocumentDate, DocumentDateTooLate, DocumentNumber, HandedList, Items,
        Period, Persons, Reason, ReceivedTooLate, WrittenOriginal,
    };
    check("nothing", |_| {}, &[]);
    check("a warrant", |it| it.demand.form = Form::Warrant, &[]);
    check("a court", |it| it.demand.form = Form::Court, &[]);
    check("by telephone", |it| it.demand.form = Form::Other, &[WrittenOriginal]);
    check("body", |it| it.demand.body = text(""), &[Body]);
    check("head", |it| it.demand.head = text(""), &[Body]);
    check("number", |it| it.demand.document_number = text(""), &[DocumentNumber]);
    check("date", |it| it.demand.document_date = None, &[DocumentDate]);
    let late = |day| move |it: &mut Entry| it.demand.document_date = Some(day);
    check("on the day of receipt", late(date(2026, 11, 20)), &[]);
    check("after receipt", late(date(2026, 11, 21)), &[DocumentDateTooLate]);
    check("in the future", late(date(2027, 11, 18)), &[DocumentDateTooLate]);
    let tomorrow = date(2026, 11, 25);
    check("received", |it| it.demand.received_on = tomorrow, &[ReceivedTooLate]);
    check("basis", |it| it.demand.basis = None, &[Missing::Basis]);
    check("a basis without name", |it| it.demand.basis = Some(Basis::Other), &[BasisText]);
    let named = |it: &mut Entry| {
        it.demand.basis = Some(Basis::Other);
        it.demand.basis_text = text("見本法第1条");
    };
    check("a basis with name", named, &[]);
    check("items", |it| it.demand.items = text(" \n"), &[Items]);
    check("period", |it| it.demand.period = None, &[Period]);
    check("nobody", |it| it.demand.persons.clear(), &[Persons]);
    check("a name is blank", |it| it.demand.persons.push(person("")), &[Persons]);
    check("reason", drafted(|it| it.reason = text("")), &[Reason]);
    check("list", drafted(|it| it.handed = text("")), &[HandedList]);
    check("digest", drafted(|it| it.digest = None), &[Missing::Digest]);
    check("draft", |it| it.decision = Decision::Open, &[Missing::Draft]);
}

#[test]
fn article_5_2_a_demand_for_everybody_is_about_nobody() {
    for named in ["全員", "　全 員 ", "すべて", "全件", "ｾﾞﾝｲﾝ", "データベース全体"]
    {
        let missing: &[Missing] =
            if named == "ｾﾞﾝｲﾝ" { &[] } else { &[Missing::Persons] };
        check(named, |it| it.demand.persons = vec![person(named)], missing);
        check(named, |it| it.demand.persons.push(person(named)), missing);
    }
}

#[test]
fn article_5_2_the_call_back_is_made_and_confirms() {
    let check = |name: &str, change: fn(&mut Authenticity)| {
        let call = |entry: &mut Entry| change(entry.authenticity.as_mut().unwrap());
        check(name, call, &[Missing::Authenticity]);
    };
    check("not theirs", |call| call.confirmed = false);
    check("nobody answered", |call| call.called = text(""));
    check("no number", |call| call.number = text(""));
    check("the number of the paper", |call| call.found_in = text(""));
    let mut entry = full();
    entry.authenticity = None;
    let found = check_approval(&entry, OFFICER, now());
    assert_eq!(found, Err(vec![Missing::Authenticity]));
}

#[test]
fn article_5_2_two_people_decide() {
    let check = |approver: i64, (writer, drafter): (i64, i64), approved: bool| {
        let mut entry = full();
        entry.written_by = writer;
        drafted(|it| it.drafter = drafter)(&mut entry);
        let expected = if approved { Ok(()) } else { Err(vec![Missing::SecondPerson]) };
        assert_eq!(check_approval(&entry, approver, now()), expected, "{approver}");
    };
    check(OFFICER, (CLERK, CLERK), true);
    check(OFFICER, (CLERK, MANAGER), true);
    check(CLERK, (CLERK, CLERK), false);
    check(CLERK, (OFFICER, CLERK), false); // The other's comma makes nobody a second person.
    check(OFFICER, (OFFICER, CLERK), false);
}

#[test]
fn article_5_2_what_lacks_everything_can_be_refused_and_withdrawn() {
    for outcome in [Outcome::Refused, Outcome::Withdrawn] {
        let bare = |entry: &mut Entry| {
            let demand = &mut entry.demand;
            (demand.form, demand.basis, demand.period) = (Form::Other, None, None);
            (demand.document_date, demand.document_number) = (None, text(""));
            demand.head = text("");
            demand.items = text("");
            demand.persons.clear();
            entry.authenticity = None;
            drafted(|it| {
                (it.outcome, it.handed, it.digest) = (outcome, text(""), None);
            })(entry);
        };
        check("bare", bare, &[]);
        let silent = |entry: &mut Entry| {
            bare(entry);
            entry.demand.body = text("");
            drafted(|it| it.reason = text(""))(entry);
        };
        check("by whom and why", silent, &[Missing::Body, Missing::Reason]);
    }
}

#[test]
fn article_5_2_everything_that_is_missing_is_told_at_once() {
    let bare = |entry: &mut Entry| {
        entry.demand.form = Form::Other;
        entry.demand.document_number = text("");
        entry.authenticity = None;
        entry.written_by = OFFICER;
    };
    use Missing::{Authenticity, DocumentNumber, SecondPerson, WrittenOriginal};
    check("four", bare, &[WrittenOriginal, DocumentNumber, Authenticity, SecondPerson]);
    assert!(Missing::ALL.is_sorted());
}

#[test]
fn article_5_2_what_is_left_to_do() {
    let approval = Approval { approver: OFFICER, at: now() };
    let check = |outcome: Outcome, open: bool| {
        let mut entry = full();
        drafted(|it| it.outcome = outcome)(&mut entry);
        assert!(entry.is_open() && entry.is_changeable());
        let draft = entry.draft().unwrap().clone();
        entry.decision = Decision::Approved(draft.clone(), approval);
        assert_eq!((entry.is_open(), entry.is_changeable()), (open, false), "{outcome:?}");
        let given = HandedOver { medium: text("紙"), at: now(), by: CLERK };
        entry.decision = Decision::HandedOver(draft, approval, given);
        assert!(!entry.is_open() && !entry.is_changeable());
    };
    check(Outcome::All, true);
    check(Outcome::Part, true);
    check(Outcome::Refused, false);
    check(Outcome::Withdrawn, false);
}

#[test]
fn article_5_2_secrecy_lasts_until_it_is_lifted() {
    let mut entry = full();
    assert!(!entry.is_secret());
    entry.demand.secrecy_asked = true;
    assert!(entry.is_secret());
    entry.lifted = Some(Lifted { at: now(), by: OFFICER, reason: text("捜査が終わった") });
    assert!(!entry.is_secret());
}

#[test]
fn applications_are_told_once() {
    let mut entry = full();
    let nobody = PersonAsked { application: None, ..person("例示 太郎") };
    let other = PersonAsked { application: Some(4), ..person("見本 花子") };
    entry.demand.persons.extend([nobody, other, person("見本 花子")]);
    assert_eq!(entry.applications(), [4, 17]);
}

#[test]
fn codes_are_read_back() {
    for form in Form::ALL {
        assert_eq!(Form::parse(form.code()), Some(form));
    }
    for basis in Basis::ALL {
        assert_eq!(Basis::parse(basis.code()), Some(basis));
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
    }
    assert_eq!((Form::parse(""), Basis::parse("x"), Outcome::parse("ALL")), (None, None, None));
}

#[test]
fn digests_are_read_as_people_paste_them() {
    let check = |typed: &str, good: bool| {
        assert_eq!(Sha256::parse(typed).is_some(), good, "{typed}");
    };
    check(&"0f".repeat(32), true);
    check(&"0F ".repeat(32), true);
    check(&"０ｆ".repeat(32), true);
    check(&"0f".repeat(31), false);
    check(&"0g".repeat(32), false);
    check("", false);
    assert_eq!(Sha256::parse(&"AB".repeat(32)).unwrap().as_str(), "ab".repeat(32));
}

proptest! {
    #[test]
    fn any_text_is_a_digest_or_none(text: String) {
        let _ = Sha256::parse(&text);
    }
}
