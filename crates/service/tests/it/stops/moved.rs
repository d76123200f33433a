//! Touched sessions are moved together, each wholly or not at all (articles 9(6), 10(1)).

use jiff::Timestamp;
use rules::appointment::Standing;
use rules::letters::Letter;
use rules::terms::suspension::Function;
use service::duties::Kind;
use service::letters;
use service::people::stops::{self, MoveTo, Moved, NotMoved};

use super::TEN;
use crate::cast::{hana, maria, one_of_many, taro};
use crate::office::{Office, at, scene};
use crate::visitor::Visitor;

const AFTERNOON: &str = "2026-11-24T14:00:00";
const NEXT_DAY: &str = "2026-11-25T10:00:00";

impl Office {
    fn moves_together(&self, stop: i64, ids: &[i64], to: MoveTo) -> Vec<Moved> {
        let (ids, officer) = (ids.to_vec(), self.staff.manager);
        self.does(move |tx, context| stops::move_touched(tx, context, stop, (&ids, to), officer))
    }

    fn starts(&self, id: i64) -> Timestamp {
        self.session(id).slot.start
    }

    /// Stopped on the whole of the 24th.
    fn halts_the_day(&self) -> i64 {
        let until = Some("2026-11-24T18:00:00");
        self.halts(Function::Join, "2026-11-24T09:00:00", until).expect("planned")
    }

    fn text_of(&self, id: i64, letter: Letter) -> String {
        self.carries_out();
        self.does(move |tx, context| {
            let lines = letters::letters_of(tx, context, id)?;
            let line = lines.iter().find(|line| line.letter == letter).expect("it was written");
            Ok(letters::read(tx, context, line.id)?.text)
        })
    }
}

fn first(day: &str) -> MoveTo {
    MoveTo::FirstOpening(day.parse().expect("a day"))
}

fn same(day: &str) -> MoveTo {
    MoveTo::SameTime(day.parse().expect("a day"))
}

#[test]
fn article_9_6_each_is_moved_to_the_same_time_of_another_day() {
    scene(|office| {
        let (ten, afternoon) = (office.books(&hana(), TEN), office.books(&taro(), AFTERNOON));
        let stop = office.halts_the_day();
        let moved = office.moves_together(stop, &[ten, afternoon], same("2026-11-25"));
        assert!(moved.iter().all(|one| one.to.is_ok()), "{moved:?}");
        assert_eq!(office.starts(ten), at(NEXT_DAY));
        assert_eq!(office.starts(afternoon), at("2026-11-25T14:00:00"));
        assert_eq!(office.session(ten).counsellor.0, office.counsellors[0], "the same as before");
        assert!(office.touched(stop).is_empty());
        let told = office.text_of(ten, Letter::Change);
        assert!(told.contains("サービスを止める時間に重なるため"), "{told}");
    });
}

#[test]
fn article_9_6_each_is_moved_to_its_first_opening_before_others_get_it() {
    scene(|office| {
        let sessions: Vec<i64> = [(1, TEN), (2, AFTERNOON), (3, "2026-11-24T15:00:00")]
            .map(|(index, start)| office.books(&one_of_many(index), start))
            .to_vec();
        let other = office.books(&maria(), NEXT_DAY);
        let stop = office.halts_the_day();
        let moved = office.moves_together(stop, &sessions, first("2026-11-25"));
        let starts: Vec<_> = moved.iter().map(|one| one.to.expect("moved").start).collect();
        assert!(starts.is_sorted(), "the first of them has the first opening: {starts:?}");
        assert!(starts.iter().all(|start| *start < at("2026-11-25T12:00:00")), "{starts:?}");
        assert_eq!(office.starts(other), at(NEXT_DAY), "nobody was put out for it");
        // A control: an ordinary move says nothing of a stop.
        office.moves(other, "2026-11-26T10:00:00", office.counsellors[0]).expect("moved");
        let told = office.text_of(other, Letter::Change);
        assert!(!told.contains("stands still"), "{told}");
        let told = office.text_of(sessions[0], Letter::Change);
        assert!(told.contains("サービスを止める時間"), "{told}");
    });
}

#[test]
fn article_9_6_what_cannot_be_moved_stays_wholly_where_it_was_with_the_reason() {
    scene(|office| {
        let check = |to: MoveTo, prepare: &dyn Fn(&Office), why: NotMoved| {
            let id = office.books(&hana(), TEN);
            let stop = office.halts_the_day();
            prepare(office);
            let (cells, facts) = (office.cells_of(id), office.facts(id).len());
            let moved = office.moves_together(stop, &[id], to);
            assert_eq!(moved, [Moved { application: id, to: Err(why) }], "{to:?}");
            assert_eq!((office.starts(id), office.cells_of(id)), (at(TEN), cells), "{to:?}");
            assert_eq!(office.facts(id).len(), facts);
            assert_eq!(office.touched(stop)[0].why_not, Some(why), "it stays on the list");
            let mut manager = Visitor::clerk(office, "manager");
            manager.get(&format!("/desk/stops/{stop}"));
            assert!(manager.text().contains("移せませんでした"), "{}", manager.text());
            office.stops(id, rules::appointment::StopCause::Failure).expect("out of the way");
            office.reopens(stop).expect("out of the way");
        };
        let nothing = |_: &Office| {};
        check(same("2026-11-29"), &nothing, NotMoved::NotThen);
        check(same("2026-11-24"), &nothing, NotMoved::Stopped);
        check(same("2026-11-16"), &nothing, NotMoved::NotThen);
        let busy = |office: &Office| {
            office.books(&hana(), NEXT_DAY);
        };
        check(same("2026-11-25"), &busy, NotMoved::PersonBusy);
        let taken = |office: &Office| {
            for (index, counsellor) in [(7, 0), (8, 1)] {
                let id = office.applies(&one_of_many(index), &["2026-11-26T10:00:00"]);
                office.decides_all(id);
                let counsellor = office.counsellors[counsellor];
                office.confirms(id, "2026-11-26T10:00:00", counsellor).expect("confirmed");
            }
        };
        check(same("2026-11-26"), &taken, NotMoved::Taken);
    });
}

/// A person who has another session at the first opening gets the next one.
#[test]
fn article_9_6_an_opening_that_cannot_be_had_is_passed_over() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.books(&hana(), NEXT_DAY);
        let stop = office.halts_the_day();
        let moved = office.moves_together(stop, &[id], first("2026-11-25"));
        let slot = moved[0].to.expect("moved");
        assert_eq!(slot.date().to_string(), "2026-11-25");
        assert!(slot.start >= at("2026-11-25T10:30:00"), "{slot:?}");
    });
}

/// Nothing is moved into another stop whose end is known.
#[test]
fn article_10_1_nothing_is_moved_into_a_stop() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let until = Some("2026-11-25T13:30:00");
        office.halts(Function::All, "2026-11-25T00:00:00", until).expect("planned");
        let stop = office.halts_the_day();
        let moved = office.moves_together(stop, &[id], first("2026-11-24"));
        assert!(office.starts(id) >= at("2026-11-25T13:30:00"), "{moved:?}");
    });
}

#[test]
fn article_10_1_a_stop_without_an_end_lets_go_of_what_was_moved_for_it() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let stop = office.halts(Function::All, "2026-11-16T10:00:00", None).expect("stopped");
        assert_eq!(office.touched(stop).len(), 1);
        office.moves_together(stop, &[id], first("2026-11-30"));
        assert!(office.starts(id) > at("2026-11-30T00:00:00"));
        assert!(office.touched(stop).is_empty());
    });
}

#[test]
fn article_9_6_what_was_called_off_gets_its_new_time_in_the_same_way() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let stop = office.halts_the_day();
        let officer = office.staff.manager;
        office.does(move |tx, context| stops::call_off(tx, context, id, officer));
        assert!(office.touched(stop).is_empty());
        let waiting = office.does(move |tx, context| stops::to_be_moved(tx, context, stop));
        assert!(waiting[0].is_called_off);
        office.moves_together(stop, &[id], first("2026-11-25"));
        assert_eq!(office.standing(id), Standing::Waiting);
        assert!(office.desk_line(id).is_none_or(|line| line.kind != Kind::OfferNewTime));
    });
}

#[test]
fn article_10_1_the_form_moves_once_and_says_what_it_did() {
    scene(|office| {
        let (ten, afternoon) = (office.books(&hana(), TEN), office.books(&taro(), AFTERNOON));
        office.books(&hana(), NEXT_DAY);
        let stop = office.halts_the_day();
        let mut manager = Visitor::clerk(office, "manager");
        let page = format!("/desk/stops/{stop}");
        let sessions = format!("{page}/sessions");
        manager.get(&page);
        let (one, other) = (ten.to_string(), afternoon.to_string());
        let asks = |to: &'static str, day: &'static str| [("do", "move"), ("to", to), ("day", day)];
        let both = [("session", one.as_str()), ("session", other.as_str())];
        let mut check = |fields: &[(&str, &str)], told: &str| {
            manager.post(&sessions, fields);
            assert_eq!(manager.status(), 422, "{fields:?}");
            assert!(manager.text().contains(told), "{fields:?} {}", manager.text());
        };
        check(&asks("same", "2026-11-25"), "印を付けた予約がありません");
        check(&[&asks("same", ""), &both[..]].concat(), "日付");
        check(&[&asks("same", "2026-11-15"), &both[..]].concat(), "過ぎた");
        check(&[&asks("elsewhere", "2026-11-25"), &both[..]].concat(), "読み取れない");
        check(&[("session", one.as_str()), ("do", "destroy")], "読み取れない");
        assert_eq!((office.starts(ten), office.starts(afternoon)), (at(TEN), at(AFTERNOON)));
        let before = manager.clone();
        let fields = [&asks("same", "2026-11-25"), &both[..]].concat();
        manager.post(&sessions, &fields);
        assert_eq!(manager.status(), 200);
        assert!(manager.text().contains("1件の日時を移しました"), "{}", manager.text());
        assert!(manager.text().contains("1件は移せませんでした"), "{}", manager.text());
        let facts = office.facts(afternoon).len();
        let mut again = before;
        again.post(&sessions, &fields);
        assert_eq!(again.page().path, manager.page().path, "the first answer");
        assert_eq!(office.facts(afternoon).len(), facts);
        assert_eq!(office.count("stop_moves"), 2, "nothing was tried again");
        let mut coordinator = Visitor::clerk(office, "coordinator");
        coordinator.post(&sessions, &fields);
        assert_eq!(coordinator.status(), 403);
    });
}
