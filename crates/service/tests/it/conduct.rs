//! Conduct: what looked like a breach, applications that are declined for a time, and use that is
//! ended. Everything is decided by a named officer.

mod objections;

use rules::application::{Course, DeclineReason};
use rules::appointment::Standing;
use rules::letters::Letter;
use rules::people::{FreeText, Language};
use rules::records::objection::Against;
use rules::terms::Clause;
use rules::terms::application::Declining;
use rules::terms::prohibitions::{Incident, IncidentRefusal, Prohibited};
use rules::terms::suspension::{ConductRefusal, Match};
use service::application;
use service::appointment::CallPurpose;
use service::duties::Kind;
use service::error::{Error, Refusal};
use service::letters;
use service::records::conduct::{self, Bars, Ending, Register};

use crate::cast::{Applicant, hana, maria, taro};
use crate::office::{Office, at, refusal, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

fn text(words: &str) -> FreeText {
    FreeText::parse(words, 200).expect("a text")
}

pub(crate) fn incident(item: Prohibited, facts: &str, when: &str) -> Incident {
    let evidence = FreeText::default();
    Incident { item, clause: None, facts: text(facts), evidence, at: at(when) }
}

impl Office {
    pub(crate) fn reports(&self, id: i64, incident: Incident, ends_it: bool) -> Result<i64, Error> {
        let reporter = self.staff.counsellor;
        self.tries(move |tx, context| {
            conduct::record_incident(tx, context, id, &incident, (ends_it, reporter))
        })
    }

    pub(crate) fn judges(&self, incident: i64, breach: bool) {
        let officer = self.staff.manager;
        self.does(move |tx, context| {
            conduct::decide_incident(tx, context, incident, (breach, &text("確認した")), officer)
        });
    }

    pub(crate) fn ends_use(&self, id: i64, incident: i64, tells: bool) -> Result<(), Error> {
        let officer = self.staff.manager;
        self.tries(move |tx, context| {
            let ending = Ending {
                incident,
                clause: Clause::parse("5(4)"),
                reason: text("録音をやめなかった"),
                review: "2027-05-24".parse().expect("a day"),
                tells,
            };
            conduct::end_use(tx, context, id, &ending, officer)
        })
    }

    fn declines_use(&self, id: i64, from: &str, review: &str) -> Result<(), Error> {
        let [from, review] = [from, review].map(|day| day.parse().expect("a day"));
        let (days, officer) = (Declining { from, review }, self.staff.manager);
        self.tries(move |tx, context| {
            conduct::decline_use(tx, context, id, (days, &text("二度とも連絡なし")), officer)
        })
    }

    fn register(&self, id: i64) -> Register {
        self.does(move |tx, context| conduct::register(tx, context, Some(id)))
    }

    /// What a letter says, as it was sent.
    pub(crate) fn letter_text(&self, id: i64, letter: Letter) -> String {
        self.carries_out();
        self.does(move |tx, context| {
            let lines = letters::letters_of(tx, context, id)?;
            let line = lines.iter().find(|line| line.letter == letter).expect("it was written");
            Ok(letters::read(tx, context, line.id)?.text)
        })
    }

    fn bars(&self, id: i64) -> Bars {
        self.does(move |tx, context| {
            let marks = application::marks(tx, context, id)?;
            conduct::bars(tx, context, &marks)
        })
    }

    fn course(&self, id: i64) -> (Course, Option<DeclineReason>) {
        let application = self.application(id);
        (application.course, application.decline_reason)
    }
}

#[test]
fn article_9_4_a_session_is_ended_at_once_and_the_incident_waits_for_the_manager() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("received");
        let id = receipt.id;
        office.decides_all(id);
        office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
        office.clock("2026-11-24T10:12:00");
        office.records(id, rules::appointment::What::Arrived, TEN).expect("there");
        let letters = office.letters_to(id);
        let mut counsellor = Visitor::clerk(office, "counsellor");
        let page = format!("/desk/sessions/{id}/incident");
        counsellor.get(&page);
        assert!(counsellor.text().contains("いま中止する"));
        // Nothing is said of what happened: nothing is ended either.
        counsellor.post(&page, &[("item", "8(4)"), ("facts", ""), ("ends_it", "yes")]);
        assert_eq!(counsellor.status(), 422);
        assert_eq!(office.standing(id), Standing::Present);
        let fields =
            [("item", "8(4)"), ("facts", "大声で妨げた"), ("at", "10:10"), ("ends_it", "yes")];
        counsellor.post(&page, &fields);
        assert_eq!(counsellor.status(), 200, "{}", counsellor.text());
        assert_eq!(office.standing(id), Standing::BrokenOff);
        assert_eq!(office.letters_to(id), letters, "the person was there and hears no more of it");
        assert!(office.desk_line(id).is_none(), "no new time is owed");
        let register = office.register(id);
        let line = &register.incidents[0];
        assert_eq!((line.ended_it, line.breach()), (true, None));
        assert_eq!(line.incident.at, at("2026-11-24T10:10:00"));
        assert_eq!(office.bars(id), Bars::default(), "nothing follows by itself");
        // The counsellor records, the manager reads and decides.
        counsellor.get("/desk/conduct");
        assert_eq!(counsellor.status(), 403);
        let mut seeker = Visitor::of(office);
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/join");
        assert!(seeker.text().contains("中止になりました"), "{}", seeker.text());
    });
}

#[test]
fn article_8_what_an_incident_needs_is_asked_for() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:30:00");
        let check = |incident: Incident, expected: IncidentRefusal| {
            assert_eq!(refusal(office.reports(id, incident, false)), Refusal::Incident(expected));
        };
        let now = "2026-11-24T10:20:00";
        check(incident(Prohibited::Purpose, "", now), IncidentRefusal::NoFacts);
        check(incident(Prohibited::Terms, "録音した", now), IncidentRefusal::NoClause);
        let clause = Clause::parse("99");
        let unknown = Incident { clause, ..incident(Prohibited::Terms, "録音した", now) };
        check(unknown, IncidentRefusal::UnknownClause);
        let later = "2026-11-24T10:31:00";
        check(incident(Prohibited::Law, "脅した", later), IncidentRefusal::InTheFuture);
        assert!(office.register(id).incidents.is_empty());
    });
}

#[test]
fn article_10_2_use_is_ended_for_a_breach_that_was_decided() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let later = office.applies(&hana(), &["2026-11-26T10:00:00"]);
        let other = office.books(&taro(), "2026-11-24T14:00:00");
        office.clock("2026-11-24T10:20:00");
        let facts = incident(Prohibited::Purpose, "物を売ろうとした", "2026-11-24T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded");
        let refused = |it: ConductRefusal| Refusal::Conduct(it);
        let not_yet = refusal(office.ends_use(id, number, false));
        assert_eq!(not_yet, refused(ConductRefusal::NotABreach), "nobody has decided");
        office.judges(number, false);
        let found = refusal(office.ends_use(id, number, false));
        assert_eq!(found, refused(ConductRefusal::NotABreach));
        office.judges(number, true);
        let anothers = refusal(office.ends_use(other, number, false));
        assert_eq!(anothers, refused(ConductRefusal::NoIncident));
        let none = refusal(office.ends_use(id, 0, false));
        assert_eq!(none, refused(ConductRefusal::NoIncident));
        office.turns_the_minute_hand();
        office.ends_use(id, number, false).expect("ended");
        assert_eq!(refusal(office.ends_use(id, number, false)), refused(ConductRefusal::AlreadySo));
        // What is open is answered; what was deemed stays what it was; another is not touched.
        assert_eq!(office.course(later), (Course::Declined, Some(DeclineReason::UseEnded)));
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
        assert_eq!(office.standing(other), Standing::Waiting);
        assert_eq!(office.bars(id).ended, Some(Match::Same));
    });
}

#[test]
fn article_10_2_sessions_to_come_are_broken_off_without_a_letter() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:20:00");
        let facts = incident(Prohibited::Credentials, "リンクを配った", "2026-11-20T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded");
        office.judges(number, true);
        let letters = office.letters_to(id);
        office.ends_use(id, number, false).expect("ended");
        assert_eq!(office.standing(id), Standing::BrokenOff);
        assert_eq!(office.letters_to(id), letters);
        assert_eq!(office.cells_of(id), 0, "the time is free for others");
        assert!(office.desk_line(id).is_none());
        let moved = office.moves(id, "2026-11-26T10:00:00", office.counsellors[0]);
        assert_eq!(refusal(moved), Refusal::UseEnded);
    });
}

#[test]
fn article_10_2_the_number_counts_however_it_is_typed_and_a_namesake_is_somebody_else() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:20:00");
        let facts = incident(Prohibited::Credentials, "リンクを配った", "2026-11-20T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded");
        office.judges(number, true);
        office.ends_use(id, number, true).expect("ended");
        assert_eq!(office.letters_to(id).last().map(String::as_str), Some("use_ended"));
        let wish = ["2026-11-27T10:00:00"];
        for typed in
            ["999901000001", "９９９９０－０１０００００１", "99990 1000001", "99990ー1000001"]
        {
            let again = Applicant { number: typed.to_owned(), ..hana() };
            assert_eq!(refusal(office.receives(&again, &wish)), Refusal::CallTheOffice, "{typed}");
        }
        let spaced = Applicant { name: "見本　花子".to_owned(), ..hana() };
        assert_eq!(refusal(office.receives(&spaced, &wish)), Refusal::CallTheOffice);
        let namesake = Applicant { number: "99990-1000009".to_owned(), ..hana() };
        let free = office.applies(&namesake, &wish);
        assert_eq!(office.bars(free), Bars::default());
        // Another name under the number: staff are told to look, and nobody is turned away unseen.
        let renamed = Applicant { name: "見本 はな".to_owned(), kana: "", ..hana() };
        let seen = office.applies(&renamed, &wish);
        assert_eq!(office.bars(seen).ended, Some(Match::NumberAlone));
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.get(&format!("/desk/applications/{seen}"));
        assert!(coordinator.text().contains("名前の違う方の利用が中止"), "{}", coordinator.text());
        let officer = office.staff.manager;
        let ending = office.register(id).endings[0].id;
        let lifts = move |reason: &'static str| {
            office.tries(move |tx, context| {
                conduct::lift(tx, context, (Against::Ending, ending), (&text(reason), officer))
            })
        };
        assert_eq!(refusal(lifts("")), Refusal::Conduct(ConductRefusal::NoReason));
        lifts("約束を聞いた").expect("lifted");
        assert_eq!(refusal(lifts("もう一度")), Refusal::Conduct(ConductRefusal::AlreadySo));
        office.receives(&hana(), &wish).expect("taken again");
        assert!(office.register(id).endings[0].lifted.is_some(), "it stays on file");
    });
}

#[test]
fn article_10_2_two_officers_where_the_office_wants_two() {
    scene(|office| {
        office.decides(|practice| practice.two_end_use = true);
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:20:00");
        let facts = incident(Prohibited::Law, "脅した", "2026-11-20T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded");
        office.judges(number, true);
        office.ends_use(id, number, false).expect("decided");
        assert_eq!(office.bars(id).ended, None, "not before it is confirmed");
        assert_eq!(office.standing(id), Standing::Waiting);
        let ending = office.register(id).endings[0].id;
        let (one, other) = (office.staff.manager, office.staff.coordinator);
        let confirms = |officer: i64| {
            office.tries(move |tx, context| conduct::confirm_ending(tx, context, ending, officer))
        };
        assert_eq!(refusal(confirms(one)), Refusal::Conduct(ConductRefusal::SameOfficer));
        confirms(other).expect("confirmed");
        assert_eq!(refusal(confirms(other)), Refusal::Conduct(ConductRefusal::AlreadySo));
        assert_eq!(office.bars(id).ended, Some(Match::Same));
        assert_eq!(office.standing(id), Standing::BrokenOff);
    });
}

#[test]
fn article_2_4_later_applications_are_declined_by_a_manager_on_what_is_on_file() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let early = refusal(office.declines_use(id, "2026-11-24", "2027-05-24"));
        assert_eq!(early, Refusal::Conduct(ConductRefusal::NoDeemedCancellation));
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        // Never by itself, however often.
        let next = office.applies(&hana(), &["2026-11-27T10:00:00"]);
        assert_eq!(office.bars(next), Bars::default());
        let backwards = refusal(office.declines_use(id, "2026-11-24", "2026-11-24"));
        assert_eq!(backwards, Refusal::Conduct(ConductRefusal::NoReview));
        office.declines_use(id, "2026-11-24", "2027-05-24").expect("decided");
        let twice = refusal(office.declines_use(id, "2026-11-24", "2027-05-24"));
        assert_eq!(twice, Refusal::Conduct(ConductRefusal::AlreadySo));
        assert_eq!(office.letters_to(id).last().map(String::as_str), Some("use_declined"));
        let told = office.letter_text(id, Letter::UseDeclined);
        assert!(told.contains("2027年（令和9年）5月24日") && told.contains("お電話"), "{told}");
        // Applying stays open; the desk sees it, and cannot confirm.
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.get(&format!("/desk/applications/{next}"));
        assert!(coordinator.text().contains("お断りしている期間"), "{}", coordinator.text());
        office.decides_all(next);
        let confirmed = office.confirms(next, "2026-11-27T10:00:00", office.counsellors[0]);
        assert_eq!(refusal(confirmed), Refusal::UseDeclined);
        office.does(move |tx, context| {
            application::decline(tx, context, next, DeclineReason::UseDeclined)
        });
        assert_eq!(office.course(next), (Course::Declined, Some(DeclineReason::UseDeclined)));
    });
}

#[test]
fn article_2_4_a_reason_that_no_manager_gave_is_none() {
    scene(|office| {
        let id = office.applies(&maria(), &["2026-11-27T10:00:00"]);
        let declined = office.tries(move |tx, context| {
            application::decline(tx, context, id, DeclineReason::UseDeclined)
        });
        assert_eq!(refusal(declined), Refusal::Conduct(ConductRefusal::NoDeemedCancellation));
        assert_eq!(office.course(id).0, Course::Received);
    });
}

/// The ground can fall away: a call at 10:08 that is typed the next day.
#[test]
fn article_2_4_declining_falls_with_the_deeming_it_stands_on() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        office.declines_use(id, "2026-11-24", "2027-05-24").expect("decided");
        assert!(office.bars(id).declined);
        office.types_call(id, "2026-11-24T10:08:00", CallPurpose::Late).expect("typed");
        assert!(!office.bars(id).declined);
        assert_eq!(office.register(id).declinings[0].deemed_now, 0);
    });
}

#[test]
fn article_2_4_declining_ends_with_its_review_or_when_it_is_lifted() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        office.declines_use(id, "2026-11-24", "2026-12-24").expect("decided");
        let (line, officer) = (office.register(id).declinings[0].id, office.staff.manager);
        office.clock("2026-12-24T23:59:59");
        assert!(office.bars(id).declined);
        office.clock("2026-12-25T00:00:00");
        assert!(!office.bars(id).declined);
        office.clock("2026-12-01T09:00:00");
        office.does(move |tx, context| {
            conduct::lift(tx, context, (Against::Declining, line), (&text("事情を聞いた"), officer))
        });
        assert!(!office.bars(id).declined);
    });
}

/// Whoever is turned away reads nothing of why, and how to reach the office.
#[test]
fn article_10_2_the_page_of_a_refusal_is_neutral() {
    for language in Language::ALL {
        let words = service::words::Words::new(language);
        let said = words.plain(Refusal::CallTheOffice.key());
        for telling in ["違反", "中止", "breach", "ended", "まもら"] {
            assert!(!said.contains(telling), "{said}");
        }
    }
}

#[test]
fn corrections_are_kept_beside_what_they_correct() {
    scene(|office| {
        let id = office.applies(&hana(), &["2026-11-27T10:00:00"]);
        office.decides_all(id);
        let (condition, officer) =
            (rules::terms::eligibility::Condition::Need, office.staff.manager);
        office.does(move |tx, context| {
            application::decide(tx, context, id, (condition, false), officer)
        });
        assert_eq!(office.count("condition_decisions"), 4);
        assert_eq!(office.application(id).decisions.decided(condition), Some(false));
    });
}

#[test]
fn the_manager_works_it_through_on_the_pages() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-20T10:20:00");
        let facts = incident(Prohibited::Purpose, "物を売ろうとした", "2026-11-20T10:10:00");
        let number = office.reports(id, facts, false).expect("recorded").to_string();
        let mut manager = Visitor::clerk(office, "manager");
        manager.get("/desk/conduct");
        assert!(manager.text().contains("判断待ち"), "{}", manager.text());
        let page = format!("/desk/conduct/{id}");
        manager.get(&page);
        let breach = format!("{page}/breach");
        manager.post(&breach, &[("of", &number), ("breach", "yes"), ("reason", "")]);
        assert_eq!(manager.status(), 422);
        manager.post(&breach, &[("of", &number), ("breach", "yes"), ("reason", "本人も認めた")]);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        let fields = [
            ("incident", number.as_str()),
            ("end_clause", "８（７）"),
            ("end_reason", "繰り返した"),
            ("review", "2027-05-20"),
        ];
        let mut wrong = fields;
        wrong[1].1 = "88";
        manager.post(&format!("{page}/end"), &wrong);
        assert_eq!(manager.status(), 422);
        assert!(manager.text().contains("繰り返した"), "what was typed is kept");
        manager.post(&format!("{page}/end"), &fields);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        assert!(manager.text().contains("利用を中止しています"), "{}", manager.text());
        assert_eq!(office.bars(id).ended, Some(Match::Same));
        assert!(office.desk_line(id).is_none_or(|line| line.kind != Kind::OfferNewTime));
    });
}
