//! Objections to a decision on somebody's use (articles 2(4), 10(2)).

use rules::letters::Letter;
use rules::people::Role;
use rules::records::objection::{Against, Answer, ObjectionRefusal, Way};
use rules::terms::prohibitions::Prohibited;
use service::error::{Error, Refusal};
use service::people::NewMember;
use service::records::conduct::{self, NewObjection, Objection};

use super::{TEN, incident, text};
use crate::cast::{hana, taro};
use crate::office::{Office, PASSWORD, at, refusal, scene};
use crate::visitor::Visitor;

const NOW: &str = "2026-11-24T10:30:00";

impl Office {
    /// Somebody's later applications are declined until May, at twenty past ten.
    fn is_declined(&self) -> i64 {
        let id = self.books(&hana(), TEN);
        self.clock("2026-11-24T10:20:00");
        self.turns_the_minute_hand();
        self.declines_use(id, "2026-11-24", "2027-05-24").expect("decided");
        self.clock(NOW);
        id
    }

    fn declining(&self, id: i64) -> (Against, i64) {
        (Against::Declining, self.register(id).declinings[0].id)
    }

    fn objects(
        &self,
        id: i64,
        about: (Against, i64),
        when: &str,
        said: &str,
    ) -> Result<i64, Error> {
        let (received_at, said, clerk) = (at(when), said.to_owned(), self.staff.coordinator);
        self.tries(move |tx, context| {
            let words = text(&said);
            let new = NewObjection { about, way: Way::Telephone, received_at, words };
            conduct::object(tx, context, id, &new, Some(clerk))
        })
    }

    fn answers(
        &self,
        objection: i64,
        answer: Answer,
        why: &str,
        officer: i64,
    ) -> Result<(), Error> {
        let why = text(why);
        self.tries(move |tx, context| {
            conduct::answer_objection(tx, context, objection, (answer, &why), officer)
        })
    }

    fn second_manager(&self) -> i64 {
        let member = NewMember {
            office: self.id,
            login: "manager-2".to_owned(),
            name: "職員 次長（見本）".to_owned(),
            role: Role::Manager,
            password: PASSWORD.to_owned(),
        };
        self.does(move |tx, context| service::people::add_staff(tx, &member, context.now))
    }

    fn objections(&self, id: i64) -> Vec<Objection> {
        self.register(id).objections
    }
}

#[test]
fn article_2_4_an_objection_is_taken_in_as_it_came() {
    scene(|office| {
        let id = office.is_declined();
        let about = office.declining(id);
        let check = |about, when: &str, said: &str, refused: ObjectionRefusal| {
            let answer = refusal(office.objects(id, about, when, said));
            assert_eq!(answer, Refusal::Objection(refused), "{when} {said}");
        };
        check(about, NOW, "", ObjectionRefusal::NoWords);
        check(about, "2026-11-24T10:30:01", "違う", ObjectionRefusal::InTheFuture);
        check(about, "2026-11-24T10:19:59", "違う", ObjectionRefusal::BeforeTheDecision);
        let nothing = office.objects(id, (Against::Ending, 1), NOW, "違う");
        assert!(matches!(nothing, Err(Error::Missing)), "there is no such decision");
        let other = office.applies(&taro(), &["2026-11-27T10:00:00"]);
        let theirs = office.objects(other, about, NOW, "違う");
        assert!(matches!(theirs, Err(Error::Missing)), "another's is not theirs to object to");
        office.objects(id, about, "2026-11-24T10:25:00", "電車が止まった").expect("taken in");
        check(about, NOW, "もう一度", ObjectionRefusal::Waiting);
        let line = &office.objections(id)[0];
        assert_eq!((line.way, line.received_at), (Way::Telephone, at("2026-11-24T10:25:00")));
        assert_eq!(line.words, "電車が止まった");
        assert!(line.received_by.is_some() && line.answered.is_none());
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.get("/desk/conduct");
        assert!(coordinator.text().contains("回答を待っている異議"), "{}", coordinator.text());
    });
}

#[test]
fn article_2_4_another_manager_answers_and_the_person_is_told() {
    let check = |answer: Answer, told: &str, declined: bool, review: &str| {
        scene(|office| {
            let id = office.is_declined();
            let objection = office.objects(id, office.declining(id), NOW, "違う").expect("in");
            let (first, second) = (office.staff.manager, office.second_manager());
            let same = refusal(office.answers(objection, answer, "調べた", first));
            assert_eq!(same, Refusal::Objection(ObjectionRefusal::SameOfficer));
            let silent = refusal(office.answers(objection, answer, "", second));
            assert_eq!(silent, Refusal::Objection(ObjectionRefusal::NoReason));
            let later = Answer::Changed("2027-06-01".parse().expect("a day"));
            let worse = refusal(office.answers(objection, later, "調べた", second));
            assert_eq!(worse, Refusal::Objection(ObjectionRefusal::NotEarlier));
            office.answers(objection, answer, "調べた", second).expect("answered");
            let twice = refusal(office.answers(objection, answer, "調べた", second));
            assert_eq!(twice, Refusal::Objection(ObjectionRefusal::Answered));
            let letter = office.letter_text(id, Letter::ObjectionAnswered);
            assert!(letter.contains(told) && !letter.contains("調べた"), "{letter}");
            assert_eq!(office.bars(id).declined, declined, "{answer:?}");
            let newest = &office.register(id).declinings[0];
            assert_eq!(newest.days.review.to_string(), review, "{answer:?}");
            let answered = office.objections(id)[0].answered.clone().expect("answered");
            assert_eq!((answered.answer, answered.reason.as_str()), (answer, "調べた"));
        });
    };
    check(Answer::Kept, "判断は変わりません", true, "2027-05-24");
    check(Answer::Lifted, "ふたたびお申し込みいただけます", false, "2027-05-24");
    let sooner = Answer::Changed("2027-01-15".parse().expect("a day"));
    check(sooner, "2027年（令和9年）1月15日", true, "2027-01-15");
}

#[test]
fn article_2_4_where_there_is_one_manager_the_same_answers() {
    scene(|office| {
        let id = office.is_declined();
        let objection = office.objects(id, office.declining(id), NOW, "違う").expect("taken in");
        let manager = office.staff.manager;
        office.answers(objection, Answer::Lifted, "調べた", manager).expect("answered");
        assert!(!office.bars(id).declined);
        let late = refusal(office.objects(id, office.declining(id), NOW, "まだ違う"));
        assert_eq!(late, Refusal::Objection(ObjectionRefusal::NotInForce));
    });
}

#[test]
fn article_10_2_an_objection_to_the_ending_of_use() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:20:00");
        let facts = incident(Prohibited::Law, "脅した", "2026-11-20T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded");
        office.judges(number, true);
        office.ends_use(id, number, true).expect("decided");
        // What follows from the ending is not undone while it is in force.
        let what = rules::appointment::What::BrokenOff;
        assert_eq!(refusal(office.undoes(id, what, "誤り")), Refusal::UseEnded);
        let about = (Against::Ending, office.register(id).endings[0].id);
        let objection = office.objects(id, about, "2026-11-20T10:20:00", "違う").expect("in");
        let (second, day) = (office.second_manager(), "2027-01-15".parse().expect("a day"));
        office.answers(objection, Answer::Changed(day), "調べた", second).expect("answered");
        let endings = office.register(id).endings;
        assert_eq!((endings[0].review, endings[0].holds()), (day, true));
        assert!(endings[1].lifted.is_some(), "the earlier one stays on file");
        let told = office.letter_text(id, Letter::ObjectionAnswered);
        assert!(told.contains("1月15日"), "{told}");
        let about = (Against::Ending, endings[0].id);
        let again = office.objects(id, about, "2026-11-20T10:20:00", "まだ違う").expect("in");
        let first = office.staff.manager;
        office.answers(again, Answer::Lifted, "話を聞いた", first).expect("the other one did");
        assert_eq!(office.bars(id), conduct::Bars::default());
        office.undoes(id, what, "誤り").expect("undone on its day");
    });
}

#[test]
fn article_2_4_the_person_objects_on_their_own_page() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("received");
        let id = receipt.id;
        office.decides_all(id);
        office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
        let mut seeker = Visitor::of(office);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/status/objection");
        assert_eq!(seeker.status(), 404, "there is nothing to object to");
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        // Long after the session: the letter's link works again.
        office.clock("2027-03-01T10:20:00");
        seeker.get(&link);
        seeker.post(&link, &[]);
        assert!(!seeker.page().body.contains("/status/leave"), "{}", seeker.text());
        office.declines_use(id, "2027-03-01", "2027-05-24").expect("decided");
        let letter = office.letter_text(id, Letter::UseDeclined);
        assert!(letter.contains("異議の伝え方") && letter.contains("/link/"), "{letter}");
        seeker.get(&link);
        seeker.post(&link, &[]);
        assert!(seeker.page().body.contains("/status/objection"), "{}", seeker.text());
        seeker.get("/status/objection");
        assert!(seeker.text().contains("5月24日"), "{}", seeker.text());
        seeker.answer(&[("words", " ")]);
        assert_eq!(seeker.status(), 422);
        seeker.answer(&[("words", &"長".repeat(1001))]);
        assert_eq!(seeker.status(), 422);
        seeker.answer(&[("words", "<b>電車</b>が止まった")]);
        assert_eq!(seeker.status(), 200, "{}", seeker.text());
        assert!(seeker.text().contains("異議を受け付けました"), "{}", seeker.text());
        assert_eq!(office.count("objections"), 1);
        let line = &office.objections(id)[0];
        assert_eq!((line.way, line.received_by.as_deref()), (Way::Online, None));
        let mut manager = Visitor::clerk(office, "manager");
        let page = format!("/desk/conduct/{id}");
        manager.get(&page);
        assert!(!manager.page().body.contains("<b>電車"), "it is text, no markup");
        assert!(manager.text().contains("電車"), "{}", manager.text());
        let of = line.id.to_string();
        let answer = format!("{page}/answer");
        let fields = [("of", of.as_str()), ("answer", "changed"), ("reason", "聞いた")];
        manager.post(&answer, &fields);
        assert_eq!(manager.status(), 422, "a change has a day");
        manager.post(&answer, &[("of", &of), ("answer", "kept"), ("reason", "聞いた")]);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        assert!(manager.text().contains("回答：変えない"), "{}", manager.text());
    });
}

#[test]
fn article_2_4_staff_write_down_what_came_otherwise() {
    scene(|office| {
        let id = office.is_declined();
        let of = office.declining(id).1.to_string();
        let mut coordinator = Visitor::clerk(office, "coordinator");
        let page = format!("/desk/conduct/{id}");
        let objections = format!("{page}/objections");
        coordinator.get(&page);
        let about = [("of", of.as_str()), ("against", "declining")];
        let mut check = |fields: &[(&str, &str)], status: u16, told: &str| {
            coordinator.post(&objections, &[&about, fields].concat());
            assert_eq!(coordinator.status(), status, "{fields:?} {}", coordinator.text());
            assert!(coordinator.text().contains(told), "{fields:?} {}", coordinator.text());
        };
        check(&[("way", "online"), ("words", "違う")], 422, "選んでください。");
        check(&[("way", "telephone"), ("words", "")], 422, "伝えたいことを書いて");
        let late = [("day", "2026-12-01"), ("time", "9:00")];
        let said = [("way", "telephone"), ("words", "電車が止まったと言っている")];
        check(&[&said[..], &late[..]].concat(), 422, "まだ来ていない");
        check(&said, 200, "回答待ち");
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.post(&objections, &[&about, &said[..]].concat());
        assert_eq!(counsellor.status(), 403);
        coordinator.post(&format!("{page}/answer"), &[("of", "1"), ("answer", "kept")]);
        assert_eq!(coordinator.status(), 403, "a manager answers");
    });
}
