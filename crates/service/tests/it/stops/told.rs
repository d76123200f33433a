//! Who is told of a stop, and what the desk points out (article 10(1)).

use rules::people::FreeText;
use rules::terms::suspension::{Function, Stop};
use service::letters;
use service::people::stops::{self, Cause, NewStop};

use super::TEN;
use crate::cast::{hana, maria, taro};
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

const MORNING: &str = "2026-11-24T09:00:00";
const NOON: &str = "2026-11-24T12:00:00";

impl Office {
    fn written_to(&self, id: i64, letter: &str) -> usize {
        self.carries_out();
        let lines = self.does(move |tx, context| letters::letters_of(tx, context, id));
        lines.iter().filter(|line| line.letter.code() == letter).count()
    }
}

#[test]
fn article_10_1_who_is_touched_is_told_when_the_stop_is_planned_and_only_once() {
    scene(|office| {
        let (touched, later) =
            (office.books(&hana(), TEN), office.books(&taro(), "2026-11-24T14:00:00"));
        office.halts(Function::Join, MORNING, Some(NOON)).expect("planned");
        assert_eq!(office.written_to(touched, "stop_planned"), 1);
        assert_eq!(office.written_to(later, "stop_planned"), 0);
        // Another stop at that time says nothing new to the one, but to the other.
        let until = Some("2026-11-24T18:00:00");
        let all = office.halts(Function::All, MORNING, until).expect("planned");
        assert_eq!(office.written_to(touched, "stop_planned"), 1);
        assert_eq!(office.written_to(later, "stop_planned"), 1);
        // It is called off: who is still touched by the first hears nothing.
        office.reopens(all).expect("called off");
        assert_eq!(office.written_to(touched, "stop_lifted"), 0);
        assert_eq!(office.written_to(later, "stop_lifted"), 1);
        // Planned once more, they are told once more.
        office.halts(Function::All, MORNING, until).expect("planned");
        assert_eq!(office.written_to(later, "stop_planned"), 2);
    });
}

#[test]
fn article_10_1_of_which_stops_nobody_is_told_by_letter() {
    let check = |function: Function, from: &str, until: Option<&'static str>, told: usize| {
        scene(|office| {
            let id = office.books(&hana(), TEN);
            office.halts(function, from, until).expect("stopped");
            assert_eq!(
                office.written_to(id, "stop_planned"),
                told,
                "{function:?} {from} {until:?}"
            );
        });
    };
    let now = "2026-11-16T10:00:00";
    check(Function::Join, now, None, 0);
    check(Function::Join, now, Some(NOON), 1);
    check(Function::Join, MORNING, None, 1);
    check(Function::Apply, MORNING, Some(NOON), 0);
    check(Function::Join, NOON, None, 0);
}

/// What is no longer so is not told, however late the letter is written.
#[test]
fn article_10_1_a_stop_that_was_called_off_before_its_letter_was_written_is_not_told() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let stop = office.halts(Function::Join, MORNING, Some(NOON)).expect("planned");
        office.reopens(stop).expect("called off");
        assert_eq!(office.written_to(id, "stop_planned"), 0);
        assert_eq!(office.written_to(id, "stop_lifted"), 0);
    });
}

#[test]
fn article_10_1_the_letter_in_each_language() {
    scene(|office| {
        let people = [(hana(), TEN), (taro(), "2026-11-24T11:00:00")];
        let mut ids: Vec<i64> = people.iter().map(|(who, when)| office.books(who, when)).collect();
        ids.push(office.books(&maria(), "2026-11-24T11:30:00"));
        office.halts(Function::Join, MORNING, Some(NOON)).expect("planned");
        for (id, told) in ids.iter().zip(["サービスを止める予定", "できない予定", "stand still"])
        {
            let id = *id;
            office.carries_out();
            let text = office.does(move |tx, context| {
                let lines = letters::letters_of(tx, context, id)?;
                Ok(letters::read(tx, context, lines[0].id)?.text)
            });
            assert!(text.contains(told), "{text}");
        }
    });
}

/// Every page of the desk points out what seems to be forgotten, to those who may lift it.
#[test]
fn article_10_1_a_forgotten_stop_is_pointed_out_on_every_page_of_the_desk() {
    scene(|office| {
        let told = |login: &str, words: &str| {
            let mut clerk = Visitor::clerk(office, login);
            ["/desk", "/desk/today", "/desk/days"].map(|page| {
                clerk.get(page);
                clerk.text().contains(words)
            })
        };
        let open = office.halts(Function::Group, "2026-11-16T10:00:00", None).expect("stopped");
        let ends = Some("2026-11-17T10:00:00");
        let over = office.halts(Function::Group, "2026-11-16T11:00:00", ends).expect("planned");
        let (lasts, closed) = ("終わりの決まらないまま続いています", "閉じられていません");
        office.clock("2026-11-19T09:59:00");
        assert_eq!(told("manager", lasts), [false; 3]);
        office.clock("2026-11-19T10:00:00");
        assert_eq!(told("manager", lasts), [true; 3]);
        assert_eq!(told("manager", closed), [false; 3]);
        assert_eq!(told("coordinator", lasts), [false; 3], "they may not lift it");
        office.clock("2026-11-20T10:00:00");
        assert_eq!(told("manager", closed), [true; 3]);
        office.decides(|practice| practice.stop_forgotten_after_days = 10);
        assert_eq!(told("manager", lasts), [false; 3], "the office's choice");
        office.decides(|practice| practice.stop_forgotten_after_days = 1);
        office.reopens(open).expect("open again");
        office.reopens(over).expect("closed");
        assert_eq!(told("manager", lasts), [false; 3]);
        assert_eq!(told("manager", closed), [false; 3]);
    });
}

#[test]
fn article_10_1_how_far_ahead_the_pages_tell_is_the_offices_choice() {
    scene(|office| {
        let tells = || {
            let mut seeker = Visitor::of(office);
            seeker.get(&format!("/offices/{SLUG}"));
            seeker.text().contains("からの予定")
        };
        office.halts(Function::Join, MORNING, Some(NOON)).expect("planned");
        assert!(tells());
        office.decides(|practice| practice.stop_told_days_ahead = 7);
        assert!(!tells());
        office.decides(|practice| practice.stop_told_days_ahead = 8);
        assert!(tells());
    });
}

/// A stop of all offices tells the people of each.
#[test]
fn article_10_1_a_stop_of_all_offices_takes_effect_in_each() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let (neighbour, ..) = office.neighbour();
        let contexts = [neighbour, office.context()];
        let (stop, note) = (
            Stop {
                function: Function::All,
                from: crate::office::at(MORNING),
                until: Some(crate::office::at(NOON)),
            },
            FreeText::default(),
        );
        let new = NewStop { stop, cause: Cause::Maintenance, note, everywhere: true };
        let (made, nobody) =
            (new.clone(), office.tries(move |tx, _| stops::stop_everywhere(tx, &[], &new)));
        assert!(matches!(nobody, Err(service::error::Error::Missing)), "there is no office");
        let offices = contexts.clone();
        let stop = office.does(move |tx, _| stops::stop_everywhere(tx, &offices, &made));
        assert_eq!(office.written_to(id, "stop_planned"), 1);
        let lifts = |note: &str| {
            let (offices, note) = (contexts.clone(), FreeText::parse(note, 100).expect("a note"));
            office.tries(move |tx, _| stops::lift_everywhere(tx, &offices, (stop, &note)))
        };
        assert!(lifts("").is_err(), "a reason is given");
        lifts("直った").expect("lifted");
        assert!(lifts("直った").is_err(), "once");
        assert_eq!(office.written_to(id, "stop_lifted"), 1);
        let own = office.halts(Function::Apply, "2026-11-16T10:00:00", None).expect("stopped");
        let note = FreeText::parse("直った", 100).expect("a note");
        let offices = contexts.clone();
        let other = office.tries(move |tx, _| stops::lift_everywhere(tx, &offices, (own, &note)));
        assert!(matches!(other, Err(service::error::Error::Missing)), "it is one office's own");
    });
}

#[test]
fn article_10_1_a_stop_to_come_is_not_told_as_if_it_had_begun() {
    let table = [
        (Function::Join, "参加できなくなります", "いま、オンラインの相談に参加できません"),
        (Function::Apply, "受付を止めます", "いま、新しいお申込みを受け付けていません"),
        (Function::Group, "グループでの相談を止めます", "いま、グループでの相談を止めています"),
        (Function::All, "オンライン相談を止めます", "いま、オンライン相談を止めています"),
    ];
    for (function, to_come, now) in table {
        scene(|office| {
            let tells = |words: &str| {
                let mut seeker = Visitor::of(office);
                seeker.get(&format!("/offices/{SLUG}"));
                seeker.text().contains(words)
            };
            office.halts(function, MORNING, Some(NOON)).expect("planned");
            assert!(tells(to_come) && !tells(now), "{function:?}");
            office.clock(MORNING);
            assert!(!tells(to_come) && tells(now), "{function:?}");
        });
    }
}

#[test]
fn article_10_1_the_form_says_at_its_place_what_is_missing() {
    scene(|office| {
        let mut manager = Visitor::clerk(office, "manager");
        let long = "あ".repeat(200);
        let join = ("function", "join");
        let table: [(&[(&str, &str)], &str); 4] = [
            (&[], "function"),
            (&[join], "cause"),
            (&[join, ("cause", "other")], "note"),
            (&[join, ("cause", "failure"), ("note", &long)], "note"),
        ];
        for (fields, place) in table {
            manager.get("/desk/stops");
            manager.post("/desk/stops", fields);
            assert_eq!(manager.status(), 422, "{fields:?}");
            let leads = format!("<a href=\"#{place}\">");
            assert!(manager.page().body.contains(&leads), "{fields:?} {}", manager.text());
        }
        assert_eq!(office.count("stops"), 0);
    });
}
