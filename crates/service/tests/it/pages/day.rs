//! The day of the session as each member of staff sees it.

use axum::http::{Method, StatusCode};
use rules::appointment::{Outcome, Standing, What};
use rules::people::Role;
use service::appointment;
use service::duties::Kind;
use service::error::Refusal;
use service::store::{Sql, params};

use crate::cast::{hana, maria, one_of_many, taro};
use crate::office::{Office, at, refusal, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

fn owed_to_staff(office: &Office, id: i64) -> Option<Kind> {
    office.desk_line(id).map(|line| line.kind)
}

#[test]
fn nobody_is_at_the_door_before_the_day_and_nothing_ends_before_its_start() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let mut clerk = Visitor::clerk(office, "manager");
        let mut check = |clock: &str, arrival: bool, outcome: bool| {
            office.clock(clock);
            clerk.get("/desk/today?day=2026-11-24");
            let body = clerk.page().body.clone();
            assert_eq!(body.contains("value=\"arrived\""), arrival, "{clock}");
            assert_eq!(body.contains("value=\"late\""), arrival, "{clock}");
            assert_eq!(body.contains("value=\"jobseekers_trouble\""), outcome, "{clock}");
            assert_eq!(office.records(id, What::Arrived, clock).is_ok(), arrival, "{clock}");
            let ended = office.ends(id, Outcome::JobseekersTrouble, [None, None]);
            let early = ended.is_err_and(|error| {
                matches!(error, service::error::Error::Refused(Refusal::TooEarly))
            });
            assert!(early || outcome, "{clock}");
        };
        check("2026-11-16T10:00:00", false, false);
        office.clock("2026-11-23T23:59:59");
        assert_eq!(
            refusal(office.records(id, What::Outage, "2026-11-23T23:59:59")),
            Refusal::TooEarly
        );
    });
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T09:00:00");
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get("/desk/today");
        assert!(clerk.page().body.contains("value=\"arrived\""));
        assert!(!clerk.page().body.contains("value=\"held\""));
        assert!(clerk.page().main().contains("開始前"));
        let early = office.ends(id, Outcome::Held, [None, None]);
        assert_eq!(refusal(early), Refusal::TooEarly);
        // Both are there before the time: then it may end before it, too.
        office.records(id, What::Arrived, "2026-11-24T09:00:00").expect("recorded");
        office.ends(id, Outcome::Held, [None, None]).expect("ended");
    });
}

#[test]
fn article_2_4_after_the_deeming_the_time_decides() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:20:00");
        office.turns_the_minute_hand();
        let mut clerk = Visitor::clerk(office, "coordinator");
        let page = format!("/desk/sessions/{id}");
        let mut says = |what: &str, time: &str| {
            clerk.get(&page);
            clerk.post(&format!("{page}/facts"), &[("what", what), ("at", time)]);
            (clerk.status(), clerk.page().main())
        };
        let (status, told) = says("arrived", "");
        assert_eq!((status, told.contains("実際にあった時刻")), (422, true), "{told}");
        let (status, told) = says("arrived", "10:15");
        assert_eq!((status, told.contains("みなしキャンセルのまま")), (200, true), "{told}");
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
        let (status, told) = says("outage", "10:04");
        assert_eq!((status, told.contains("進みません")), (200, true), "{told}");
        // The limit did not run, so who came at a quarter past was in time.
        assert_eq!(office.standing(id), Standing::Present);
    });
}

#[test]
fn article_2_4_a_session_that_was_held_after_all_is_recorded_as_held() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:40:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get(&format!("/desk/sessions/{id}"));
        counsellor.post(&format!("/desk/sessions/{id}/outcome"), &[("outcome", "held")]);
        assert_eq!(counsellor.status(), 200, "{}", counsellor.text());
        assert_eq!(office.standing(id), Standing::Held);
        assert_eq!(office.letters_to(id)[3..], ["deemed_cancelled", "deeming_undone"]);
        let session = office.session(id);
        assert_eq!(session.ended_at, Some(at("2026-11-24T10:40:00")));
    });
}

#[test]
fn article_9_6_an_outage_of_an_earlier_day_does_not_hide_the_limit() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        const INSERT: Sql = Sql::unregistered(
            "insert into facts (application, what, at, recorded_at) values ($1, 'outage', $2, $2)",
        );
        // Noted for the session's old time, the day before.
        office.does(move |tx, _| Ok(tx.execute(INSERT, params![id, at("2026-11-23T10:00:00")])?));
        office.clock("2026-11-24T10:05:00");
        let limit = |office: &Office| {
            let day = at(TEN).to_zoned(rules::schedule::TOKYO.clone()).date();
            let rows = office.does(move |tx, context| appointment::board(tx, context, day));
            let position = office.does(move |tx, context| appointment::position(tx, context, id));
            assert_eq!(rows[0].limit.is_some(), position.limit_runs);
            rows[0].limit
        };
        assert_eq!(limit(office), Some(at("2026-11-24T10:10:00")));
        office.records(id, What::Outage, "2026-11-24T10:04:00").expect("recorded");
        assert_eq!(limit(office), None);
    });
}

#[test]
fn each_role_finds_its_places_and_no_closed_door() {
    scene(|office| {
        office.decides(|practice| practice.groups = true);
        office.books(&hana(), TEN);
        let waiting = office.applies(&taro(), &["2026-11-24T14:00:00"]);
        office.decides_all(waiting);
        office.proposes(waiting, "2026-11-24T14:00:00", office.counsellors[0]).expect("proposed");
        for role in Role::ALL {
            let mut clerk = Visitor::clerk(office, role.code());
            let own = service::web::Place::of(role, &office.context().office.practice);
            for place in service::web::Place::ALL {
                let answer = clerk.ask(Method::GET, place.address(), None);
                let expected = match own.contains(&place) {
                    true => StatusCode::OK,
                    false if place == service::web::Place::Inbox => StatusCode::SEE_OTHER,
                    false => StatusCode::FORBIDDEN,
                };
                assert_eq!(answer.status, expected, "{role:?} {place:?}");
            }
            let days = own.contains(&service::web::Place::Days);
            let of_day = days.then_some("/desk/days?day=2026-11-24");
            for page in own.iter().map(|place| place.address()).chain(of_day) {
                clerk.get(page);
                for link in clerk.page().links().iter().filter(|it| it.starts_with("/desk")) {
                    let answer = clerk.ask(Method::GET, link, None);
                    assert_ne!(answer.status, StatusCode::FORBIDDEN, "{role:?} {page} {link}");
                }
            }
        }
    });
}

#[test]
fn a_counsellor_sees_what_the_session_needs_and_not_who_it_is() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let other = office.books(&maria(), "2026-11-24T11:00:00");
        office.clock("2026-11-24T09:50:00");
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get(&format!("/desk/sessions/{id}"));
        let told = counsellor.page().main();
        for needed in ["090-0000-0001", "応募書類の書き方", "通院の日は午後", "問題の申告なし"]
        {
            assert!(told.contains(needed), "{needed}: {told}");
        }
        assert!(!told.contains("見本 花子") && !told.contains("99990-1000001"));
        counsellor.get(&format!("/desk/sessions/{other}"));
        assert!(counsellor.page().main().contains("通訳"));
        const READ: Sql = Sql::unregistered(
            "select act from accesses where application = $1 and act like 'session.%' order by act",
        );
        let read = office.rows(READ, params![id].to_vec(), |row| row.text(0));
        assert_eq!(read, ["session.read", "session.read_care"]);
    });
}

#[test]
fn a_counsellors_own_sessions_come_first() {
    scene(|office| {
        let theirs = office.applies(&taro(), &[TEN]);
        office.decides_all(theirs);
        office.confirms(theirs, TEN, office.counsellors[1]).expect("confirmed");
        let own = office.books(&hana(), "2026-11-24T11:00:00");
        office.clock("2026-11-24T09:50:00");
        let place = |clerk: &Visitor, id: i64| {
            clerk.page().body.find(&format!("id=\"s{id}\"")).expect("on the board")
        };
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get("/desk/today");
        assert!(place(&counsellor, own) < place(&counsellor, theirs));
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.get("/desk/today");
        assert!(place(&coordinator, theirs) < place(&coordinator, own));
    });
}

#[test]
fn sessions_without_an_outcome_reach_the_counsellor_and_the_duty_ends_with_it() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.records(id, What::Called, crate::office::OPENING).expect("in contact");
        office.clock("2026-11-25T09:00:00");
        office.turns_the_minute_hand();
        assert_eq!(owed_to_staff(office, id), Some(Kind::AskForOutcome));
        let alias = office.session(id).alias;
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get("/desk/today");
        assert!(counsellor.page().main().contains(alias.reveal()), "{}", counsellor.text());
        counsellor.get(&format!("/desk/sessions/{id}"));
        counsellor.post(&format!("/desk/sessions/{id}/outcome"), &[("outcome", "by_telephone")]);
        assert_eq!(office.standing(id), Standing::ByTelephone, "{}", counsellor.text());
        assert_eq!(owed_to_staff(office, id), None);
        let session = office.session(id);
        let planned = (Some(at(TEN)), Some(at("2026-11-24T10:30:00")));
        assert_eq!((session.began_at, session.ended_at), planned);
        counsellor.get("/desk/today");
        assert!(!counsellor.page().main().contains(alias.reveal()));
    });
}

#[test]
fn article_9_6_a_session_that_failed_on_our_side_gets_its_new_time() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:30:00");
        office.ends(id, Outcome::OfficesTrouble, [None, None]).expect("ended");
        office.carries_out();
        assert_eq!(owed_to_staff(office, id), Some(Kind::OfferNewTime));
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk");
        let way = format!("/desk/sessions/{id}/move");
        assert!(clerk.page().links().contains(&way), "{}", clerk.text());
        office.moves(id, "2026-11-26T10:00:00", office.counsellors[0]).expect("moved");
        office.carries_out();
        assert_eq!((office.standing(id), owed_to_staff(office, id)), (Standing::Waiting, None));
        assert_eq!(office.letters_to(id).last().map(String::as_str), Some("reminder"));
        assert_eq!(office.count("usage_records"), 1, "what was recorded of the old time stays");
    });
}

#[test]
fn article_5_1_an_undone_outcome_leaves_no_record() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let times = || Some(at("2026-11-24T10:30:00"));
        let correct = |office: &Office| {
            office.tries(move |tx, context| {
                appointment::correct_times(tx, context, id, (None, times()))
            })
        };
        office.clock("2026-11-24T10:31:00");
        assert_eq!(refusal(correct(office)), Refusal::NoOutcome);
        office.records(id, What::Arrived, TEN).expect("recorded");
        let end = [None, Some("2026-11-24T10:30:00")];
        office.ends(id, Outcome::Held, end).expect("ended");
        office.clock("2026-11-24T10:32:00");
        office.ends(id, Outcome::ByTelephone, [None, None]).expect("ended");
        office.carries_out();
        assert_eq!(office.count("usage_records"), 1);
        let by_telephone = What::Ended(Outcome::ByTelephone);
        office.undoes(id, by_telephone, "押し間違い").expect("undone");
        assert_eq!(office.standing(id), Standing::Held);
        assert_eq!(office.session(id).ended_at, times(), "the earlier outcome keeps its end");
        office.undoes(id, What::Ended(Outcome::Held), "別の方の相談").expect("undone");
        office.carries_out();
        assert_eq!((office.standing(id), office.session(id).ended_at), (Standing::Present, None));
        assert_eq!(office.count("usage_records"), 0);
    });
}

/// One of a crowd is another person; the number makes the person.
#[test]
fn the_inbox_counts_a_session_of_the_same_number_and_the_persons_deadline() {
    scene(|office| {
        office.books(&hana(), TEN);
        let again = office.applies(&hana(), &["2026-11-26T10:00:00"]);
        let other = office.applies(&one_of_many(1), &["2026-11-26T10:00:00"]);
        office.decides_all(other);
        office.proposes(other, "2026-11-26T10:30:00", office.counsellors[0]).expect("proposed");
        let lines = office.does(service::application::inbox);
        let line = |id: i64| lines.iter().find(|line| line.id == id).expect("it waits");
        assert_eq!((line(again).of_same_number, line(other).of_same_number), (2, 1));
        assert_eq!(line(again).lapses_at, None);
        assert_eq!(line(other).lapses_at, Some(at("2026-11-18T17:15:00")));
    });
}
