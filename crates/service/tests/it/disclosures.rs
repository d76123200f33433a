//! Demands under a law (article 5(2)), legal holds, and what a person is told of themselves.

mod held;
mod pages;
mod told;

use rules::people::{FreeText, JobseekerNumber, Role};
pub(crate) use rules::records::disclosure::HoldKind;
use rules::records::disclosure::{
    Authenticity, Basis, Decision, Demand, Draft, Form, HandedOver, Missing, Outcome, PersonAsked,
    Sha256,
};
use serde_json::Value;
use service::error::{Error, Refusal};
use service::people::{self, NewMember};
use service::records::Part;
use service::records::disclosures::{self, Kept};
pub(crate) use service::records::holds::Target;
use service::records::holds::{self, NewHold};
use service::records::own::{self, IdentifiedBy, NewRequest};

use crate::cast::{Applicant, hana, taro};
use crate::office::{Office, PASSWORD, refusal, scene};
use crate::pages::addresses::Disclosed;
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

fn text(written: &str) -> FreeText {
    FreeText::parse(written, 400).expect("a text")
}

pub(crate) fn number_of(person: &Applicant) -> JobseekerNumber {
    JobseekerNumber::parse(&person.number).expect("a number of the cast")
}

/// A demand with everything in it, about one person.
pub(crate) fn demand(application: i64) -> Demand {
    let day = |text: &str| text.parse().expect("a day");
    Demand {
        received_on: day("2026-11-16"),
        form: Form::WrittenOriginal,
        body: text("見本警察署"),
        head: text("見本警察署長"),
        document_number: text("見本捜発第123号"),
        document_date: Some(day("2026-11-13")),
        basis: Some(Basis::CriminalProcedure),
        basis_text: text(""),
        persons: vec![PersonAsked { named: text("見本 花子"), application: Some(application) }],
        period: Some((day("2026-11-01"), day("2026-11-30"))),
        items: text("相談の日時"),
        secrecy_asked: false,
    }
}

fn digest() -> Sha256 {
    Sha256::parse(&"ab".repeat(32)).expect("a digest")
}

impl Office {
    pub(crate) fn enters(&self, demand: Demand) -> i64 {
        let staff = self.staff.records_officer;
        self.does(move |tx, at| disclosures::enter(tx, at, demand.clone(), staff))
    }

    fn entry(&self, id: i64) -> Kept {
        self.does(move |tx, at| disclosures::entry(tx, at, id))
    }

    fn rewrites(&self, id: i64, demand: Demand) -> Result<(), Error> {
        let (seen, staff) = ((id, self.entry(id).revision), self.staff.records_officer);
        self.tries(move |tx, at| disclosures::rewrite(tx, at, seen, demand.clone(), staff))
    }

    fn calls_back(&self, id: i64) {
        let (seen, by) = ((id, self.entry(id).revision), self.staff.records_officer);
        self.does(move |tx, context| {
            let call = Authenticity {
                called: text("見本警察署 刑事課"),
                number: text("00-0000-0001"),
                found_in: text("県の公式の案内"),
                at: context.now,
                by,
                confirmed: true,
            };
            disclosures::check(tx, context, seen, call)
        });
    }

    pub(crate) fn drafts(&self, id: i64, outcome: Outcome) {
        let (seen, drafter) = ((id, self.entry(id).revision), self.staff.records_officer);
        self.does(move |tx, context| {
            let gives = outcome.gives();
            let draft = Draft {
                outcome,
                reason: text("求められた範囲に限る"),
                drafter,
                handed: if gives { text("相談の日時の一覧") } else { text("") },
                digest: gives.then(digest),
            };
            disclosures::draft(tx, context, seen, draft)
        });
    }

    pub(crate) fn approves(&self, id: i64, staff: i64) -> Result<(), Error> {
        let seen = (id, self.entry(id).revision);
        self.tries(move |tx, at| disclosures::approve(tx, at, seen, staff))
    }

    fn hands_over(&self, id: i64, digest: &Sha256) -> Result<(), Error> {
        let (seen, by) = ((id, self.entry(id).revision), self.staff.records_officer);
        let digest = digest.clone();
        self.tries(move |tx, context| {
            let given = HandedOver { medium: text("CD-R 1枚"), at: context.now, by };
            disclosures::hand_over(tx, context, seen, given, &digest)
        })
    }

    pub(crate) fn holds(
        &self,
        target: Target,
        kind: HoldKind,
        until: Option<&str>,
    ) -> Result<i64, Error> {
        let until = until.map(|day| day.parse().expect("a day"));
        let staff = self.staff.records_officer;
        self.tries(move |tx, context| {
            let new = NewHold {
                target: target.clone(),
                disclosure: None,
                kind,
                from: "2026-11-16".parse().expect("a day"),
                until,
                reason: text("見本の理由"),
            };
            holds::hold(tx, context, &new, staff)
        })
    }

    fn is_held(&self, id: i64) -> bool {
        self.does(move |tx, at| holds::is_held(tx, at, id))
    }

    fn told_to(&self, person: &Applicant) -> Value {
        let number = number_of(person);
        self.does(move |tx, at| own::export_of_person(tx, at, &number))
    }

    pub(crate) fn asks_for_own(&self, person: &Applicant) -> i64 {
        let (number, staff) = (number_of(person), self.staff.records_officer);
        self.does(move |tx, context| {
            let new = NewRequest {
                number: number.clone(),
                identified_by: IdentifiedBy::PhotoCard,
                checked_by: staff,
                note: text("見本の証明書"),
            };
            own::answer(tx, context, &new, staff)
        })
    }
}

/// One thing of each kind about a session, for the tables of addresses.
pub(crate) fn discloses(office: &Office, session: i64) -> Disclosed {
    let id = office.enters(demand(session));
    let staff = office.staff.records_officer;
    let file =
        office.does(move |tx, at| disclosures::prepare(tx, at, (id, staff), &[Part::Appointment]));
    let hold = office.does(move |tx, context| {
        let new = NewHold {
            target: Target::Application(session),
            disclosure: Some(id),
            kind: HoldKind::Preservation,
            from: "2026-11-16".parse().expect("a day"),
            until: Some("2026-12-15".parse().expect("a day")),
            reason: text("見本の理由"),
        };
        holds::hold(tx, context, &new, staff)
    });
    Disclosed { id, file, hold, own: office.asks_for_own(&taro()) }
}

#[test]
fn article_5_2_from_the_paper_to_the_handing_over() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let one = office.enters(demand(id));
        office.calls_back(one);
        office.drafts(one, Outcome::Part);
        assert!(office.entry(one).entry.is_open());
        office.approves(one, office.staff.manager).expect("approved");
        let other = Sha256::parse(&"cd".repeat(32)).expect("a digest");
        assert_eq!(refusal(office.hands_over(one, &other)), Refusal::OtherFile);
        office.hands_over(one, &digest()).expect("handed over");
        assert_eq!(refusal(office.hands_over(one, &digest())), Refusal::EntryClosed);
        let kept = office.entry(one);
        assert!(matches!(kept.entry.decision, Decision::HandedOver(..)));
        assert_eq!((kept.number().as_str(), kept.revision), ("開示-2026-001", 5));
        assert_eq!(refusal(office.rewrites(one, demand(id))), Refusal::EntryClosed);
        let history = office.does(move |tx, at| disclosures::history(tx, at, one));
        let codes: Vec<&str> = history.iter().map(|it| it.change.code()).collect();
        assert_eq!(codes, ["entered", "checked", "drafted", "approved", "handed_over"]);
        assert_eq!(history[0].entry.decision, Decision::Open, "what was written stays");
    });
}

/// Missing elements one by one, in the real store: each alone keeps an approval back.
#[test]
fn article_5_2_each_missing_element_keeps_an_approval_back() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let one = office.enters(demand(id));
        let lacks = |expected: &[Missing]| {
            let answer = office.approves(one, office.staff.manager);
            assert_eq!(refusal(answer), Refusal::Incomplete(expected.to_vec()));
        };
        lacks(&[Missing::Draft]);
        office.drafts(one, Outcome::All);
        lacks(&[Missing::Authenticity]);
        office.calls_back(one);
        type Row = (Missing, fn(&mut Demand));
        let table: [Row; 9] = [
            (Missing::WrittenOriginal, |it| it.form = Form::Other),
            (Missing::DocumentNumber, |it| it.document_number = text("")),
            (Missing::DocumentDate, |it| it.document_date = None),
            (Missing::DocumentDateTooLate, |it| {
                it.document_date = Some("2026-11-17".parse().expect("a day"));
            }),
            (Missing::Basis, |it| it.basis = None),
            (Missing::BasisText, |it| it.basis = Some(Basis::Other)),
            (Missing::Items, |it| it.items = text("")),
            (Missing::Period, |it| it.period = None),
            (Missing::Persons, |it| it.persons.clear()),
        ];
        for (missing, change) in table {
            let mut changed = demand(id);
            change(&mut changed);
            office.rewrites(one, changed).expect("written otherwise");
            lacks(&[missing]);
        }
        office.rewrites(one, demand(id)).expect("put right");
        let drafter = office.staff.records_officer;
        let answer = office.approves(one, drafter);
        assert_eq!(refusal(answer), Refusal::Incomplete(vec![Missing::SecondPerson]));
        office.approves(one, office.staff.manager).expect("nothing is missing");
    });
}

#[test]
fn article_5_2_a_call_alone_can_be_refused_and_is_then_closed() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let call = Demand {
            form: Form::Other,
            document_number: text(""),
            document_date: None,
            basis: None,
            persons: Vec::new(),
            ..demand(id)
        };
        let one = office.enters(call);
        office.drafts(one, Outcome::Refused);
        office.approves(one, office.staff.manager).expect("refused");
        assert!(!office.entry(one).entry.is_open());
        assert_eq!(refusal(office.hands_over(one, &digest())), Refusal::EntryClosed);
    });
}

#[test]
fn a_stale_page_changes_nothing() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let one = office.enters(demand(id));
        office.drafts(one, Outcome::Refused);
        let staff = office.staff.manager;
        let answer = office.tries(move |tx, at| disclosures::approve(tx, at, (one, 1), staff));
        assert_eq!(refusal(answer), Refusal::EntryChanged);
        assert_eq!(office.entry(one).revision, 2);
        let answer = office.tries(move |tx, at| disclosures::approve(tx, at, (99, 1), staff));
        assert!(matches!(answer, Err(Error::Missing)));
    });
}

#[test]
fn numbers_run_in_each_office_and_year() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let number = |one: i64| office.entry(one).number();
        assert_eq!(number(office.enters(demand(id))), "開示-2026-001");
        assert_eq!(number(office.enters(demand(id))), "開示-2026-002");
        let (there, staff, _) = office.neighbour();
        let nobody = Demand { persons: Vec::new(), ..demand(id) };
        let next = there.clone();
        let entered: Result<String, Error> = office.app.store.write_blocking(move |tx| {
            let id = disclosures::enter(tx, &next, nobody.clone(), staff.manager)?;
            Ok(disclosures::entry(tx, &next, id)?.number())
        });
        assert_eq!(entered.expect("entered"), "開示-2026-001");
        let theirs: Result<i64, Error> = office
            .app
            .store
            .write_blocking(move |tx| disclosures::enter(tx, &there, demand(id), staff.manager));
        assert_eq!(refusal(theirs), Refusal::NoSuchPerson, "of another office");
        office.clock("2027-01-04T09:00:00");
        assert_eq!(number(office.enters(demand(id))), "開示-2027-001");
    });
}

/// Two records officers are two people.
#[test]
fn another_records_officer_may_approve() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let one = office.enters(demand(id));
        office.drafts(one, Outcome::Withdrawn);
        let office_id = office.id;
        let second = office.does(move |tx, context| {
            let member = NewMember {
                office: office_id,
                login: "second".to_owned(),
                name: "職員 二人目（見本）".to_owned(),
                role: Role::RecordsOfficer,
                password: PASSWORD.to_owned(),
            };
            people::add_staff(tx, &member, context.now)
        });
        office.approves(one, second).expect("approved");
    });
}

/// Sends a form of the page as a browser does: what stands in a field and is not typed over, too.
fn fills(visitor: &mut Visitor, action: &str, typed: &[(&str, &str)]) {
    let form = visitor.page().forms().into_iter().find(|it| it.action == action);
    let form = form.unwrap_or_else(|| panic!("{action}: {}", visitor.text()));
    let kept = form.sent.into_iter().filter(|(name, _)| typed.iter().all(|(it, _)| it != name));
    let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let fields: Vec<(String, String)> = kept.chain(typed).collect();
    visitor.send(action, &fields);
}
