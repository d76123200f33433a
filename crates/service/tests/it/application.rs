//! From the form to the office's answer (article 1, article 2(1) and 2(2)).

use rules::application::{Course, CourseRefusal, DeclineReason, WishFault};
use rules::letters::Letter;
use rules::schedule::SlotRefusal;
use rules::terms::eligibility::{Condition, DecisionRefusal};
use service::application::{self, draft};
use service::error::Refusal;
use service::secrets::Token;
use service::store::{Sql, params};

use crate::cast::{Applicant, hana, maria, taro};
use crate::office::{OPENING, Office, at, refusal, scene, slot};

const TUESDAY: &str = "2026-11-24T10:00:00";
const WEDNESDAY: &str = "2026-11-25T14:00:00";

#[test]
fn article_2_1_what_was_sent_is_kept_as_it_was_sent() {
    scene(|office| {
        let person = Applicant { name: "髙﨑 𠮷子\u{e0100}".to_owned(), ..hana() };
        let id = office.applies(&person, &[TUESDAY, WEDNESDAY]);
        let kept = office.application(id);
        assert_eq!(kept.person.name.reveal(), "髙﨑 𠮷子\u{e0100}");
        assert_eq!(kept.person.number.canonical(), "99990-1000001");
        assert_eq!(kept.person.email.expect("an address").reveal(), "hana@example.jp");
        assert_eq!(kept.wishes, [slot(TUESDAY), slot(WEDNESDAY)]);
        assert_eq!((kept.course, kept.received_at), (Course::Received, at(OPENING)));
        assert_eq!(kept.answer_due, at("2026-11-18T17:15:00"));
        assert_eq!(kept.care.words.expect("words").reveal(), hana().words);
        assert_eq!(office.letters_to(id), ["receipt"]);
        const CONSENT: Sql =
            Sql::unregistered("select version, way, at from consents where application = $1");
        let consents = office.rows(CONSENT, params![id].to_vec(), |row| {
            Ok((row.text(0)?, row.text(1)?, row.instant(2)?))
        });
        assert_eq!(consents, [("model-1".to_owned(), "explicit".to_owned(), at(OPENING))]);
    });
}

#[test]
fn article_2_1_wishes_are_checked_whole() {
    use SlotRefusal as S;
    use WishFault as F;
    scene(|office| {
        let check = |wishes: &[&str], expected: &[WishFault]| {
            let found = refusal(office.receives(&hana(), wishes));
            assert_eq!(found, Refusal::Wishes(expected.to_vec()), "{wishes:?}");
        };
        check(&[], &[F::None]);
        check(&["2026-09-22T10:00:00"], &[F::Refused(1, S::InThePast)]);
        check(&["2026-12-30T10:00:00"], &[F::Refused(1, S::YearEnd)]);
        check(&["2026-11-23T10:00:00"], &[F::Refused(1, S::Holiday)]);
        check(&["2026-11-24T11:45:00"], &[F::Refused(1, S::OutsideWindow)]);
        check(&["2026-11-16T14:00:00"], &[F::Refused(1, S::SameDay)]);
        check(&[TUESDAY, TUESDAY], &[F::Twice(2)]);
        let three = [TUESDAY, WEDNESDAY, "2026-11-26T10:00:00", "2026-11-27T10:00:00"];
        check(&three, &[F::TooMany]);
        assert_eq!((office.count("applications"), office.count("duties")), (0, 0));
    });
}

#[test]
fn article_11_consent_is_to_the_version_in_force() {
    scene(|office| {
        let other = office.tries(|tx, context| {
            let form = hana().form(&[slot(TUESDAY)], "model-0", context.now);
            application::apply(tx, context, &form)
        });
        assert_eq!(refusal(other), Refusal::ConsentMissing);
    });
}

#[test]
fn article_1_each_condition_is_decided_by_a_named_officer() {
    use DecisionRefusal::{NotMet, Undecided};
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        let decide = |condition, met| {
            let officer = office.staff.manager;
            office.does(move |tx, context| {
                application::decide(tx, context, id, (condition, met), officer)
            });
        };
        let refused = || match refusal(office.confirms(id, TUESDAY, office.counsellors[0])) {
            Refusal::Conditions(why) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(), Undecided(Condition::Registered));
        decide(Condition::Registered, true);
        decide(Condition::Environment, false);
        assert_eq!(refused(), NotMet(Condition::Environment));
        decide(Condition::Environment, true);
        assert_eq!(refused(), Undecided(Condition::Need));
        decide(Condition::Need, true);
        office.confirms(id, TUESDAY, office.counsellors[0]).expect("all three are met");
        let late = office
            .tries(|tx, context| application::decide(tx, context, 1, (Condition::Need, false), 1));
        assert_eq!(refusal(late), Refusal::Course(CourseRefusal::AlreadyAnswered));
        const WHO: Sql = Sql::unregistered("select officer, decided_at from condition_decisions");
        let who = office.rows(WHO, Vec::new(), |row| Ok((row.int(0)?, row.instant(1)?)));
        assert_eq!(who, [(office.staff.manager, at(OPENING)); 4]);
    });
}

#[test]
fn article_2_1_confirming_on_the_day_itself_takes_a_reason() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        let counsellor = office.counsellors[0];
        let check = |clock: &str, start: &str, expected: SlotRefusal| {
            office.clock(clock);
            let found = refusal(office.confirms(id, start, counsellor));
            assert_eq!(found, Refusal::Slot(expected), "{clock} {start}");
        };
        check("2026-11-24T00:00:00", TUESDAY, SlotRefusal::SameDay);
        check("2026-11-24T10:00:00", TUESDAY, SlotRefusal::InThePast);
        office.clock("2026-11-24T09:00:00");
        office.confirms_today(id, TUESDAY, counsellor).expect("with a reason");
        let owed = office.duties_of(id);
        assert!(owed.iter().any(|(kind, due)| {
            kind == "write:confirmation" && *due == at("2026-11-24T09:00:00")
        }));
    });
}

#[test]
fn article_2_2_only_a_counsellor_at_work_can_be_confirmed() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        let (_, _, neighbours) = office.neighbour();
        for counsellor in [office.counsellors[2], neighbours[0], 9_999] {
            let answer = office.confirms(id, TUESDAY, counsellor);
            assert_eq!(refusal(answer), Refusal::CounsellorAway, "{counsellor}");
        }
    });
}

#[test]
fn one_person_is_not_in_two_sessions_at_once() {
    scene(|office| {
        office.books(&hana(), TUESDAY);
        let again =
            Applicant { number: "９９９９０ー１００００01".to_owned(), ..hana() };
        let second = office.applies(&again, &[TUESDAY]);
        office.decides_all(second);
        let answer = office.confirms(second, "2026-11-24T10:15:00", office.counsellors[1]);
        assert_eq!(refusal(answer), Refusal::PersonBusy);
        assert_eq!(office.cells_of(second), 0);
        office.confirms(second, "2026-11-24T10:30:00", office.counsellors[1]).expect("after it");
    });
}

#[test]
fn article_2_2_a_proposal_is_kept_until_it_is_answered() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        office.proposes(id, WEDNESDAY, office.counsellors[2]).expect("proposed");
        assert_eq!((office.application(id).course, office.cells_of(id)), (Course::Proposed, 12));
        let other = office.applies(&taro(), &[WEDNESDAY]);
        office.decides_all(other);
        let taken = office.confirms(other, WEDNESDAY, office.counsellors[2]);
        assert_eq!(refusal(taken), Refusal::SlotTaken);
        office.does(move |tx, context| application::accept_proposal(tx, context, id));
        assert_eq!(office.application(id).course, Course::Confirmed);
        assert_eq!((office.session(id).slot, office.cells_of(id)), (slot(WEDNESDAY), 12));
        let again = office.tries(move |tx, context| application::accept_proposal(tx, context, id));
        assert_eq!(refusal(again), Refusal::Course(CourseRefusal::AlreadyAnswered));
        assert_eq!(office.letters_to(id), ["receipt", "proposal", "confirmation", "reminder"]);
    });
}

#[test]
fn article_2_2_a_proposal_that_is_refused_gives_its_time_back() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        office.proposes(id, WEDNESDAY, office.counsellors[2]).expect("proposed");
        office.does(move |tx, context| application::refuse_proposal(tx, context, id));
        assert_eq!((office.application(id).course, office.cells_of(id)), (Course::Received, 0));
        let again = office.tries(move |tx, context| application::accept_proposal(tx, context, id));
        assert_eq!(refusal(again), Refusal::Course(CourseRefusal::NoOpenProposal));
        // The lapse of the refused proposal does nothing to the next one.
        office.clock("2026-11-17T10:00:00");
        office.proposes(id, "2026-11-26T10:00:00", office.counsellors[1]).expect("once more");
        office.clock("2026-11-18T17:15:00");
        office.carries_out();
        assert_eq!((office.application(id).course, office.cells_of(id)), (Course::Proposed, 12));
    });
}

#[test]
fn article_2_2_a_proposal_lapses_and_the_person_is_told() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        office.proposes(id, WEDNESDAY, office.counsellors[2]).expect("proposed");
        office.clock("2026-11-18T17:14:59");
        office.carries_out();
        assert_eq!(office.application(id).course, Course::Proposed);
        office.clock("2026-11-18T17:15:00");
        let late = office.tries(move |tx, context| application::accept_proposal(tx, context, id));
        assert_eq!(refusal(late), Refusal::Course(CourseRefusal::NoOpenProposal));
        office.carries_out();
        assert_eq!((office.application(id).course, office.cells_of(id)), (Course::Received, 0));
        assert_eq!(office.letters_to(id), ["receipt", "proposal", "proposal_lapsed"]);
    });
}

#[test]
fn article_2_2_every_answer_ends_the_application_and_owes_one_letter() {
    type Answer = fn(&Office, i64);
    let answers: [(Answer, Course, Letter); 4] = [
        (
            |office, id| {
                let reason = DeclineReason::NoTime;
                office.does(move |tx, context| application::decline(tx, context, id, reason));
            },
            Course::Declined,
            Letter::Declined,
        ),
        (
            |office, id| {
                office.does(move |tx, context| application::convert(tx, context, id, true));
            },
            Course::ToVisit,
            Letter::Converted,
        ),
        (
            |office, id| {
                office.does(move |tx, context| application::convert(tx, context, id, false));
            },
            Course::ToTelephone,
            Letter::Converted,
        ),
        (
            |office, id| office.does(move |tx, context| application::withdraw(tx, context, id)),
            Course::Withdrawn,
            Letter::Withdrawn,
        ),
    ];
    scene(|office| {
        for (answer, course, letter) in answers {
            let id = office.applies(&hana(), &[TUESDAY]);
            office.decides_all(id);
            office.proposes(id, WEDNESDAY, office.counsellors[2]).expect("proposed");
            answer(office, id);
            assert_eq!((office.application(id).course, office.cells_of(id)), (course, 0));
            assert_eq!(office.letters_to(id), ["receipt", "proposal", letter.code()]);
            let late = refusal(office.confirms(id, TUESDAY, office.counsellors[0]));
            assert!(matches!(late, Refusal::Course(_)), "{late:?}");
            let change = office.tries(move |tx, context| {
                application::change_wishes(tx, context, id, &[slot(WEDNESDAY)])
            });
            assert!(matches!(refusal(change), Refusal::Course(_)));
        }
        assert_eq!(office.does(application::inbox).len(), 0);
    });
}

#[test]
fn wishes_are_changed_before_the_answer() {
    scene(|office| {
        let id = office.applies(&hana(), &[TUESDAY]);
        office.decides_all(id);
        office.proposes(id, WEDNESDAY, office.counsellors[2]).expect("proposed");
        let change = move |wishes: &'static [&'static str]| {
            office.tries(move |tx, context| {
                let wishes: Vec<_> = wishes.iter().map(|start| slot(start)).collect();
                application::change_wishes(tx, context, id, &wishes)
            })
        };
        let bad = refusal(change(&["2026-12-30T10:00:00"]));
        assert_eq!(bad, Refusal::Wishes(vec![WishFault::Refused(1, SlotRefusal::YearEnd)]));
        assert_eq!(office.application(id).wishes, [slot(TUESDAY)]);
        change(&["2026-11-27T10:00:00", TUESDAY]).expect("changed");
        let kept = office.application(id);
        assert_eq!(kept.wishes, [slot("2026-11-27T10:00:00"), slot(TUESDAY)]);
        assert_eq!((kept.course, kept.proposal, office.cells_of(id)), (Course::Received, None, 0));
    });
}

#[test]
fn the_same_number_is_seen_however_it_was_typed() {
    scene(|office| {
        let first = office.applies(&hana(), &[TUESDAY]);
        for number in
            ["99990ー1000001", "９９９９０－１０００００１", "999901000001", "99990−01000001"]
        {
            let again = Applicant { number: number.to_owned(), ..hana() };
            let second = office.applies(&again, &[WEDNESDAY]);
            let others =
                office.does(move |tx, context| application::of_same_number(tx, context, second));
            assert_eq!(others[0].0, first, "{number}");
            let inbox = office.does(application::inbox);
            assert!(inbox.iter().all(|line| line.of_same_number == 2), "{number}");
            office.does(move |tx, context| {
                application::decline(tx, context, second, DeclineReason::Duplicate)
            });
        }
        let other = office.applies(&maria(), &[TUESDAY]);
        let others =
            office.does(move |tx, context| application::of_same_number(tx, context, other));
        assert!(others.is_empty());
    });
}

#[test]
fn the_inbox_shows_the_most_urgent_first() {
    scene(|office| {
        let first = office.applies(&hana(), &[TUESDAY]);
        office.clock("2026-11-17T09:00:00");
        let second = office.applies(&taro(), &[WEDNESDAY]);
        let done = office.applies(&maria(), &[WEDNESDAY]);
        office.does(move |tx, context| application::withdraw(tx, context, done));
        let lines = office.does(application::inbox);
        let seen: Vec<_> = lines.iter().map(|line| (line.id, line.first_wish)).collect();
        assert_eq!(seen, [(first, Some(slot(TUESDAY))), (second, Some(slot(WEDNESDAY)))]);
    });
}

#[test]
fn a_draft_is_kept_for_a_day_and_for_its_own_browser() {
    scene(|office| {
        let mut typed = draft::Draft::begin();
        typed.set("name", vec!["見本 花子".to_owned()]);
        let kept = typed.clone();
        let token = office.does(move |tx, context| draft::start(tx, context, &kept));
        let mine = token.clone();
        let load =
            move |token: Token| office.tries(move |tx, context| draft::load(tx, context, &token));
        assert_eq!(load(token.clone()).expect("it is there"), typed);
        assert_eq!(refusal(load(Token::draw())), Refusal::DraftGone);
        office.clock("2026-11-17T10:00:00");
        assert_eq!(refusal(load(token)), Refusal::DraftGone);
        office.does(|tx, context| draft::purge(tx, context.now));
        assert_eq!(office.count("drafts"), 0);
        office.does(move |tx, _| draft::discard(tx, &mine));
    });
}

#[test]
fn a_link_is_exchanged_for_a_visit_and_ends() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TUESDAY]).expect("taken in");
        let link = receipt.link.clone();
        let exchange = move |link: Token| {
            office.tries(move |tx, context| application::exchange(tx, &link, context.now))
        };
        let visit = exchange(link.clone()).expect("the link works");
        let who = move |token: Token| {
            office.tries(move |tx, context| application::visit(tx, &token, context.now))
        };
        assert_eq!(who(visit.clone()).expect("the visit lasts").application, receipt.id);
        assert_eq!(refusal(who(link.clone())), Refusal::VisitOver, "a link is no visit");
        assert_eq!(refusal(exchange(visit.clone())), Refusal::LinkGone, "a visit is no link");
        assert_eq!(refusal(exchange(Token::draw())), Refusal::LinkGone);
        office.clock("2026-11-16T14:00:00");
        assert_eq!(refusal(who(visit)), Refusal::VisitOver, "four hours are over");
        let visit = exchange(link.clone()).expect("the letter is opened again");
        let ended = visit.clone();
        office.does(move |tx, context| application::end(tx, &context.office, &ended));
        assert_eq!(refusal(who(visit)), Refusal::VisitOver, "the person stopped looking");
        office.clock("2027-03-01T10:00:00");
        assert_eq!(refusal(exchange(link)), Refusal::LinkGone);
    });
}
