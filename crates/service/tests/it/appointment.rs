//! From the confirmed time to the end, article 2(4) above all: what counts is when it happened.

use rules::appointment::{Outcome, Standing, StopCause, What};
use rules::schedule::{Ask, SlotRefusal};
use rules::session::{JoinLink, MeetingId, Passcode};
use service::appointment::{self, CallPurpose, Joining};
use service::error::Refusal;
use service::schedule;

use crate::cast::{hana, maria, taro};
use crate::office::{Office, at, refusal, scene, slot};
use crate::order;

const TEN: &str = "2026-11-24T10:00:00";

/// What happens to a session that starts at ten.
enum Step {
    /// The clock shows this, and the minute hand passes.
    Clock(&'static str),
    /// This happened then, and is typed now.
    Typed(What, &'static str),
    /// The office calls it off, now.
    Stop,
    /// The counsellor records it as held, now.
    Held,
    /// The last such fact is undone.
    Undo(What),
}

fn time(clock: &str) -> String {
    format!("2026-11-24T{clock}")
}

fn play(office: &Office, id: i64, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Clock(clock) => {
                office.clock(&time(clock));
                office.turns_the_minute_hand();
            }
            Step::Typed(what, clock) => office.records(id, *what, &time(clock)).expect("recorded"),
            Step::Stop => office.stops(id, StopCause::Failure).expect("stopped"),
            Step::Held => office.ends(id, Outcome::Held, [None, None]).expect("ended"),
            Step::Undo(what) => office.undoes(id, *what, "打ち間違い").expect("undone"),
        }
    }
}

/// One row: what happens, where it ends, and the letters beyond confirmation and reminder.
fn check(steps: &[Step], standing: Standing, letters: &[&str]) {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        play(office, id, steps);
        let owed = office.letters_to(id);
        assert_eq!(owed[..3], ["receipt", "confirmation", "reminder"]);
        assert_eq!(owed[3..], *letters);
        assert_eq!(office.standing(id), standing);
        office.turns_the_minute_hand();
        assert_eq!(office.letters_to(id), owed, "settling twice owes nothing twice");
    });
}

#[test]
fn article_2_4_silence_at_the_limit_and_a_second_before_it() {
    use Step::Clock;
    check(&[Clock("10:09:59")], Standing::Waiting, &[]);
    check(&[Clock("10:10:00")], Standing::DeemedCancelled, &["deemed_cancelled"]);
    check(&[Clock("23:00:00")], Standing::DeemedCancelled, &["deemed_cancelled"]);
}

#[test]
fn article_2_4_a_call_typed_late_undoes_the_deeming() {
    use Step::{Clock, Typed};
    let letters = ["deemed_cancelled", "deeming_undone"];
    check(
        &[Clock("10:10:00"), Clock("10:20:00"), Typed(What::Called, "10:08:00")],
        Standing::InContact,
        &letters,
    );
    check(
        &[Clock("10:10:00"), Clock("10:20:00"), Typed(What::CalledOff, "10:08:00")],
        Standing::CalledOff,
        &letters,
    );
    check(&[Clock("10:30:00"), Typed(What::Called, "10:10:00")], Standing::InContact, &letters);
    check(
        &[Clock("10:30:00"), Typed(What::Called, "10:10:01")],
        Standing::DeemedCancelled,
        &["deemed_cancelled"],
    );
    // Typed twice, and once more by another clerk: one letter.
    let twice = [
        Clock("10:20:00"),
        Typed(What::Called, "10:08:00"),
        Typed(What::Called, "10:08:00"),
        Typed(What::Called, "10:07:00"),
    ];
    check(&twice, Standing::InContact, &letters);
}

#[test]
fn article_2_4_contact_in_time_stops_the_limit() {
    use Step::{Clock, Typed};
    check(
        &[Clock("10:08:00"), Typed(What::Called, "10:08:00"), Clock("10:10:00")],
        Standing::InContact,
        &[],
    );
    check(
        &[Clock("10:04:00"), Typed(What::Arrived, "10:03:00"), Clock("10:30:00")],
        Standing::Present,
        &[],
    );
    check(
        &[Clock("10:05:00"), Typed(What::WrongName, "10:05:00"), Clock("10:10:00")],
        Standing::Present,
        &[],
    );
    check(
        &[Clock("09:30:00"), Typed(What::CalledOff, "09:30:00"), Clock("10:10:00")],
        Standing::CalledOff,
        &["cancellation"],
    );
}

#[test]
fn article_9_6_the_offices_trouble_is_no_silence() {
    use Step::{Clock, Stop, Typed};
    check(
        &[Clock("10:05:00"), Typed(What::Outage, "10:05:00"), Clock("10:10:00")],
        Standing::Waiting,
        &[],
    );
    check(
        &[Clock("10:05:00"), Typed(What::Outage, "10:05:00"), Clock("10:30:00")],
        Standing::OfficesTrouble,
        &[],
    );
    check(
        &[Clock("10:05:00"), Stop, Clock("10:10:00")],
        Standing::StoppedByOffice,
        &["stopped_by_office"],
    );
    // An outage that is noted late wins over the deeming.
    check(
        &[Clock("10:10:00"), Clock("10:15:00"), Typed(What::Outage, "10:04:00")],
        Standing::Waiting,
        &["deemed_cancelled", "deeming_undone"],
    );
}

#[test]
fn article_2_4_a_cancellation_typed_by_mistake_is_undone() {
    use Step::{Clock, Held, Typed, Undo};
    check(
        &[Clock("09:00:00"), Typed(What::CalledOff, "09:00:00"), Undo(What::CalledOff)],
        Standing::Waiting,
        &["cancellation", "reinstatement"],
    );
    check(
        &[
            Clock("10:08:00"),
            Typed(What::Called, "10:05:00"),
            Clock("10:20:00"),
            Undo(What::Called),
        ],
        Standing::DeemedCancelled,
        &["deemed_cancelled"],
    );
    check(&[Clock("10:05:00"), Typed(What::Arrived, "10:05:00"), Held], Standing::Held, &[]);
}

#[test]
fn what_is_over_waits_for_no_clock() {
    let ends: [(&[Step], Standing); 5] = [
        (&[Step::Clock("10:10:00")], Standing::DeemedCancelled),
        (&[Step::Clock("10:05:00"), Step::Stop], Standing::StoppedByOffice),
        (&[Step::Clock("10:35:00"), Step::Typed(What::CalledOff, "10:01:00")], Standing::CalledOff),
        (
            &[Step::Clock("10:05:00"), Step::Typed(What::Arrived, "10:05:00"), Step::Held],
            Standing::Held,
        ),
        (&[Step::Clock("10:05:00"), Step::Typed(What::Arrived, "10:05:00")], Standing::Unrecorded),
    ];
    for (steps, standing) in ends {
        scene(|office| {
            let id = office.books(&hana(), TEN);
            assert_eq!(office.next_tick(id), Some(at("2026-11-24T10:10:00")));
            play(office, id, steps);
            office.clock("2026-11-25T09:00:00");
            office.turns_the_minute_hand();
            assert_eq!((office.standing(id), office.next_tick(id)), (standing, None));
            assert_eq!(office.turns_the_minute_hand(), 0);
        });
    }
}

#[test]
fn article_2_4_a_freed_slot_that_another_has_by_now_is_never_given_twice() {
    scene(|office| {
        let (first, second) = (office.books(&hana(), TEN), office.applies(&taro(), &[TEN]));
        office.decides_all(second);
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        assert_eq!(office.cells_of(first), 0);
        // The rest of the half hour goes to somebody who is on the telephone now.
        let rest = "2026-11-24T10:15:00";
        office.confirms_today(second, rest, office.counsellors[0]).expect("confirmed");
        office.types_call(first, "2026-11-24T10:08:00", CallPurpose::Late).expect("typed");
        assert_eq!(office.standing(first), Standing::Displaced);
        assert_eq!((office.cells_of(first), office.cells_of(second)), (0, 12));
        let letters = office.letters_to(first);
        assert_eq!(letters[3..], ["deemed_cancelled", "displaced"]);
        let owed = office.duties_of(first);
        assert_eq!(owed.iter().filter(|(kind, _)| kind == "offer_new_time").count(), 1);
        let desk = office.does(service::duties::for_desk);
        assert!(desk.iter().any(|line| line.application == first));
        // A new time is found: the session lives again, the other is untouched.
        office.moves(first, "2026-11-25T10:00:00", office.counsellors[1]).expect("moved");
        assert_eq!(office.standing(first), Standing::Waiting);
        assert_eq!(office.standing(second), Standing::Waiting);
    });
}

/// A slot that was lost once says nothing about the slot that was found instead.
#[test]
fn article_2_4_a_slot_is_lost_a_second_time() {
    scene(|office| {
        let first = office.books(&hana(), TEN);
        let lose = |other: i64, day: &str| {
            office.decides_all(other);
            office.clock(&format!("{day}T10:10:00"));
            office.turns_the_minute_hand();
            assert_eq!(office.standing(first), Standing::DeemedCancelled);
            let rest = format!("{day}T10:15:00");
            office.confirms_today(other, &rest, office.counsellors[0]).expect("confirmed");
            let called = office.types_call(first, &format!("{day}T10:08:00"), CallPurpose::Late);
            called.expect("typed");
            assert_eq!(office.standing(first), Standing::Displaced, "{day}");
            order::assert_in_order(office);
        };
        let others = [taro(), maria()].map(|other| office.applies(&other, &[TEN]));
        lose(others[0], "2026-11-24");
        office.moves(first, "2026-11-25T10:00:00", office.counsellors[0]).expect("moved");
        lose(others[1], "2026-11-25");
    });
}

#[test]
fn article_2_4_a_slot_that_is_still_free_is_taken_back() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:12:00");
        office.turns_the_minute_hand();
        office.types_call(id, "2026-11-24T10:08:00", CallPurpose::Late).expect("typed");
        assert_eq!((office.standing(id), office.cells_of(id)), (Standing::InContact, 12));
    });
}

#[test]
fn undoing_takes_a_reason_and_the_same_day() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.records(id, What::Called, OPENED).expect("recorded");
        let called = office.facts(id)[0].id;
        assert_eq!(refusal(office.undoes_number(id, called, "")), Refusal::ReasonMissing);
        office.undoes_number(id, called, "別の人の電話だった").expect("undone");
        let again = office.undoes_number(id, called, "もう一度");
        assert_eq!(refusal(again), Refusal::AlreadyUndone);
        assert_eq!(office.facts(id)[0].retracted.as_deref(), Some("別の人の電話だった"));
        office.records(id, What::CalledOff, OPENED).expect("recorded");
        office.clock("2026-11-17T00:00:00");
        let late = office.undoes(id, What::CalledOff, "翌日になった");
        assert_eq!(refusal(late), Refusal::NotToday);
        assert_eq!(office.standing(id), Standing::CalledOff);
    });
}

const OPENED: &str = crate::office::OPENING;

#[test]
fn facts_of_the_future_are_refused() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let late = "2026-11-16T10:00:01";
        let called = office.types_call(id, late, CallPurpose::Cancel);
        assert_eq!(refusal(called), Refusal::InTheFuture);
        assert_eq!(refusal(office.records(id, What::Arrived, late)), Refusal::InTheFuture);
        let ended = office.ends(id, Outcome::Held, [Some(late), None]);
        assert_eq!(refusal(ended), Refusal::InTheFuture);
        let turned = [Some("2026-11-16T09:30:00"), Some("2026-11-16T09:00:00")];
        assert_eq!(refusal(office.ends(id, Outcome::Held, turned)), Refusal::EndBeforeStart);
        assert_eq!((office.count("facts"), office.count("contacts")), (0, 0));
    });
}

#[test]
fn a_question_on_the_telephone_stops_no_limit() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let asked = office.types_call(id, "2026-11-24T10:05:00", CallPurpose::Question);
        asked.expect("it is noted");
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        assert_eq!((office.standing(id), office.count("contacts")), (Standing::DeemedCancelled, 1));
    });
}

#[test]
fn article_2_2_a_moved_session_counts_from_its_new_start() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let alias = office.session(id).alias;
        office.records(id, What::Called, OPENED).expect("about the old time");
        office.clock("2026-11-20T10:00:00");
        office.moves(id, "2026-11-24T14:00:00", office.counsellors[2]).expect("moved");
        assert_eq!(office.standing(id), Standing::Waiting);
        assert_eq!(office.session(id).alias, alias, "the same day, the same name");
        let owed = office.duties_of(id);
        let eve = at("2026-11-23T10:00:00");
        assert_eq!(owed[owed.len() - 2].0, "write:change");
        assert_eq!(owed[owed.len() - 1], ("write:reminder".to_owned(), eve));
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Waiting);
        office.clock("2026-11-24T14:10:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
    });
}

/// The letter's link works until the day after the session, however late that is.
#[test]
fn a_session_that_is_moved_far_ahead_keeps_its_link() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("taken in");
        office.decides_all(receipt.id);
        office.confirms(receipt.id, TEN, office.counsellors[0]).expect("confirmed");
        let day = "2027-06-01T10:00:00";
        office.moves(receipt.id, day, office.counsellors[0]).expect("moved");
        office.clock(day);
        let link = receipt.link.clone();
        office.does(move |tx, context| {
            service::application::exchange(tx, &link, context.now).map(drop)
        });
    });
}

#[test]
fn a_session_is_not_moved_onto_another() {
    scene(|office| {
        let (first, second) =
            (office.books(&hana(), TEN), office.books(&taro(), "2026-11-25T10:00:00"));
        let taken = office.moves(second, "2026-11-24T10:15:00", office.counsellors[0]);
        assert_eq!(refusal(taken), Refusal::SlotTaken);
        assert_eq!(office.session(second).slot, slot("2026-11-25T10:00:00"));
        assert_eq!((office.cells_of(first), office.cells_of(second)), (12, 12));
    });
}

#[test]
fn article_2_1_a_session_is_moved_only_to_a_time_that_could_be_confirmed() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let [day, morning, _] = office.counsellors;
        let refused = |start: &str, counsellor: i64, expected: Refusal| {
            let found = refusal(office.moves(id, start, counsellor));
            assert_eq!(found, expected, "{start}");
        };
        use SlotRefusal as S;
        refused("2026-11-13T10:00:00", day, Refusal::Slot(S::InThePast));
        refused("2026-11-16T14:00:00", day, Refusal::Slot(S::SameDay));
        refused("2026-11-23T10:00:00", day, Refusal::Slot(S::Holiday));
        refused("2026-11-24T12:00:00", day, Refusal::Slot(S::OutsideWindow));
        refused("2026-11-24T14:00:00", morning, Refusal::CounsellorAway);
        let (_, _, neighbours) = office.neighbour();
        refused("2026-11-25T10:00:00", neighbours[0], Refusal::CounsellorAway);
        assert_eq!(office.session(id).slot, slot(TEN));
    });
}

#[test]
fn article_2_2_the_reminder_falls_due_the_day_before() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let reminder = office.duties_of(id).into_iter().find(|(kind, _)| kind == "write:reminder");
        assert_eq!(reminder.expect("a reminder").1, at("2026-11-23T10:00:00"));
    });
}

#[test]
fn article_2_2_how_to_join_is_told_by_letter_and_told_again_when_it_changes() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let enters = |meeting: &'static str| {
            office.tries(move |tx, context| {
                let meeting = MeetingId::parse(meeting)?;
                let link =
                    JoinLink::parse(&format!("https://zoom.us/j/{}", meeting.digits()), &meeting)?;
                let passcode = Some(Passcode::parse("mihon1")?);
                let joining = Joining { meeting, passcode, link: Some(link) };
                appointment::enter_joining(tx, context, id, &joining)
            })
        };
        enters("999 0000 0001").expect("entered");
        enters("999 0000 0001").expect("nothing new");
        assert_eq!(office.letters_to(id)[3..], ["joining_data"]);
        enters("999 0000 0002").expect("entered");
        assert_eq!(office.letters_to(id)[3..], ["joining_data", "joining_data"]);
        let joining = office.session(id).joining.expect("it is known");
        assert_eq!(joining.meeting.digits(), "99900000002");
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        assert_eq!(refusal(enters("999 0000 0003")), Refusal::SessionOver);
    });
}

#[test]
fn a_slot_is_free_again_once_it_is_called_off() {
    scene(|office| {
        let open = |office: &Office| {
            office.does(|tx, context| {
                let from = at(TEN).to_zoned(rules::schedule::TOKYO.clone()).date();
                let ask = Ask { from, days: 1, minutes: 30, needs: [].into() };
                schedule::open_times(tx, context, &ask)
            })
        };
        let with_first = |office: &Office| {
            let opening = open(office).into_iter().find(|opening| opening.slot == slot(TEN));
            opening.expect("somebody is free").counsellors.contains(&office.counsellors[0])
        };
        assert!(with_first(office));
        let id = office.books(&hana(), TEN);
        assert!(!with_first(office));
        office.types_call(id, OPENED, CallPurpose::Cancel).expect("typed");
        assert!(with_first(office));
    });
}
