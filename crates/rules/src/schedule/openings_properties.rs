//! Tests of [`openings`]: tables, and random offices against a slow reference.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::checks::tests::rules;
use super::*;
use crate::people::Practice;
use crate::terms::{Rules, Window};

fn hours(weekday: u8, from: (i8, i8), to: (i8, i8)) -> WeeklyHours {
    WeeklyHours { weekday, from: time(from.0, from.1, 0, 0), to: time(to.0, to.1, 0, 0) }
}

fn all_week(id: i64) -> Counsellor {
    let hours = (1..=7).map(|weekday| hours(weekday, (8, 30), (17, 15))).collect();
    Counsellor { id, hours, leave: Vec::new(), skills: BTreeSet::new() }
}

/// One table row: what is open, as `MM-DD HH:MM ids`, for an ask of a session at 2026-11-16 09:00.
fn check(ask: (Date, u16, u16), counsellors: &[Counsellor], held: &Held, expected: &[&str]) {
    let (rules, calendar, practice) = (rules(), Calendar::default(), Practice::default());
    let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
    let now = "2026-11-16T09:00:00+09:00".parse().unwrap();
    let ask = Ask { from: ask.0, days: ask.1, minutes: ask.2, needs: BTreeSet::new() };
    let seen: Vec<_> = openings(&ask, counsellors, held, &bounds, now)
        .into_iter()
        .map(|open| {
            format!("{} {:?}", open.slot.starts().strftime("%m-%d %H:%M"), open.counsellors)
        })
        .collect();
    assert_eq!(seen, expected);
}

const TUESDAY: Date = date(2026, 11, 24);

#[test]
fn article_2_paragraph_1_an_empty_day() {
    check(
        (TUESDAY, 1, 60),
        &[all_week(7)],
        &Held::default(),
        &[
            "11-24 10:00 [7]",
            "11-24 10:15 [7]",
            "11-24 10:30 [7]",
            "11-24 10:45 [7]",
            "11-24 11:00 [7]",
            "11-24 14:00 [7]",
            "11-24 14:15 [7]",
            "11-24 14:30 [7]",
            "11-24 14:45 [7]",
            "11-24 15:00 [7]",
            "11-24 15:15 [7]",
            "11-24 15:30 [7]",
        ],
    );
}

#[test]
fn days_off_the_past_and_other_lengths_have_no_openings() {
    let who = [all_week(7)];
    check((date(2026, 11, 21), 3, 60), &who, &Held::default(), &[]);
    check((date(2026, 11, 1), 16, 60), &who, &Held::default(), &[]);
    check((date(2027, 1, 18), 900, 60), &who, &Held::default(), &[]);
    for minutes in [0, 29, 31, 61, 90, u16::MAX] {
        check((TUESDAY, 1, minutes), &who, &Held::default(), &[]);
    }
    check((TUESDAY, 0, 60), &who, &Held::default(), &[]);
    check((TUESDAY, 1, 60), &[], &Held::default(), &[]);
    check((Date::MIN, u16::MAX, 60), &who, &Held::default(), &[]);
    check((Date::MAX, u16::MAX, 60), &who, &Held::default(), &[]);
}

#[test]
fn article_2_paragraph_2_hours_leave_and_reservations_narrow_the_day() {
    let mut early = all_week(1);
    early.hours = vec![hours(2, (10, 0), (10, 30)), hours(2, (10, 30), (11, 15))];
    let mut away = all_week(2);
    let leave =
        |from: i8, to: i8| Leave { from: TUESDAY.at(from, 0, 0, 0), to: TUESDAY.at(to, 0, 0, 0) };
    away.leave = vec![leave(0, 11), leave(15, 23), leave(14, 14)];
    let mut held = Held::default();
    let taken = Slot::on(TUESDAY, time(14, 30, 0, 0), 30).unwrap();
    held.hold(2, taken.cells());
    check(
        (TUESDAY, 1, 60),
        &[early.clone(), away.clone()],
        &held,
        &["11-24 10:00 [1]", "11-24 10:15 [1]", "11-24 11:00 [2]"],
    );
    check(
        (TUESDAY, 1, 30),
        &[away, early],
        &held,
        &[
            "11-24 10:00 [1]",
            "11-24 10:15 [1]",
            "11-24 10:30 [1]",
            "11-24 10:45 [1]",
            "11-24 11:00 [2]",
            "11-24 11:15 [2]",
            "11-24 11:30 [2]",
            "11-24 14:00 [2]",
        ],
    );
}

#[test]
fn skills_choose_the_counsellor() {
    let (rules, calendar, practice) = (rules(), Calendar::default(), Practice::default());
    let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
    let now = "2026-11-16T09:00:00+09:00".parse().unwrap();
    let mut speaker = all_week(2);
    speaker.skills = BTreeSet::from([Skill::English, Skill::Tagalog]);
    let who = |needs: &[Skill]| {
        let needs = needs.iter().copied().collect();
        let ask = Ask { from: TUESDAY, days: 1, minutes: 60, needs };
        let open = openings(&ask, &[all_week(1), speaker.clone()], &Held::default(), &bounds, now);
        open.into_iter().next().map(|open| open.counsellors)
    };
    assert_eq!(who(&[]), Some(vec![1, 2]));
    assert_eq!(who(&[Skill::English]), Some(vec![2]));
    assert_eq!(who(&[Skill::English, Skill::SignLanguage]), None);
}

/// An office, small enough to be looked through minute by minute.
#[derive(Clone, Debug)]
struct Office {
    ask: Ask,
    counsellors: Vec<Counsellor>,
    cells: Vec<(i64, i64)>,
    rules: Rules,
    calendar: Calendar,
    practice: Practice,
    now: Timestamp,
}

const MONDAY: Date = date(2026, 11, 16);

fn midnight() -> i64 {
    Slot::on(MONDAY, Time::midnight(), 0).unwrap().cells().start
}

/// A time of day on a grain of minutes, so that the edges of cells are met and missed.
fn any_time(from_hour: i8, to_hour: i8) -> impl Strategy<Value = Time> {
    (from_hour..to_hour, prop::sample::select(vec![0_i8, 2, 5, 15, 30, 33, 45, 59]))
        .prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

fn any_counsellor(id: i64) -> impl Strategy<Value = Counsellor> {
    let hours = (0_u8..=8, any_time(8, 14), any_time(10, 24))
        .prop_map(|(weekday, from, to)| WeeklyHours { weekday, from, to });
    let hours = prop::collection::vec(hours, 0..9);
    let usual = Just(all_week(id).hours);
    let leave = (0_i64..10, any_time(0, 24), 0_i64..2000).prop_map(|(day, at, minutes)| {
        let from = MONDAY.checked_add(day.days()).unwrap().to_datetime(at);
        Leave { from, to: from.checked_add(SignedDuration::from_mins(minutes)).unwrap() }
    });
    let skills = prop::collection::btree_set(any_skill(), 0..3);
    (prop_oneof![usual, hours], prop::collection::vec(leave, 0..3), skills)
        .prop_map(move |(hours, leave, skills)| Counsellor { id, hours, leave, skills })
}

fn any_skill() -> impl Strategy<Value = Skill> {
    prop::sample::select(vec![Skill::English, Skill::SignLanguage])
}

prop_compose! {
    fn any_rules()(
        windows in prop::collection::vec((any_time(8, 12), any_time(10, 24)), 0..3),
        usual: bool,
        complete_days_before in 0_u8..3,
        shortest_minutes in prop::sample::select(vec![0_u16, 30]),
    ) -> Rules {
        let chosen = windows.into_iter().map(|(from, to)| Window { from, to }).collect();
        let windows = if usual { rules().windows } else { chosen };
        Rules { windows, complete_days_before, shortest_minutes, ..rules() }
    }
}

prop_compose! {
    fn any_practice()(
        step_minutes in prop::sample::select(vec![5_u16, 5, 15, 15, 0, 7, 30]),
        buffer_minutes in prop_oneof![4 => 0_u16..20, 1 => 400_u16..3000],
        acceptance_working_days in 0_u8..3,
        horizon_days in 1_u16..15,
    ) -> Practice {
        Practice {
            step_minutes, buffer_minutes, acceptance_working_days, horizon_days,
            ..Practice::default()
        }
    }
}

prop_compose! {
    fn any_office()(
        ask in (-2_i64..4, 0_u16..9, prop::sample::select(vec![28_u16, 30, 30, 35, 45, 60, 60])),
        needs in prop::collection::btree_set(any_skill(), 0..2),
        counsellors in (any_counsellor(1), any_counsellor(2), any_counsellor(3)),
        cells in prop::collection::vec((1_i64..4, 96_i64..1500), 0..25),
        rules in any_rules(),
        practice in any_practice(),
        closed in prop::collection::btree_set(0_i64..10, 0..2),
        now in 0_i64..1440,
    ) -> Office {
        let day = |number: i64| MONDAY.checked_add(number.days()).unwrap();
        let closed = closed.into_iter().map(day).collect();
        Office {
            ask: Ask { from: day(ask.0), days: ask.1, minutes: ask.2, needs },
            counsellors: vec![counsellors.0, counsellors.1, counsellors.2],
            cells: cells.into_iter().map(|(id, cell)| (id, midnight() + cell)).collect(),
            calendar: Calendar { closed, ..Calendar::default() },
            now: Timestamp::from_second(midnight() * 300 + now * 60).unwrap(),
            rules, practice,
        }
    }
}

impl Office {
    fn bounds(&self) -> Bounds<'_> {
        Bounds { rules: &self.rules, calendar: &self.calendar, practice: &self.practice }
    }

    fn openings(&self) -> Vec<Opening> {
        let held = self.cells.iter().copied().collect();
        openings(&self.ask, &self.counsellors, &held, &self.bounds(), self.now)
    }

    /// What the documentation promises, looked for at every minute of every day.
    fn expected(&self) -> Vec<Opening> {
        let mut open = Vec::new();
        for day in 0..i64::from(self.ask.days) {
            let date = self.ask.from.checked_add(day.days()).unwrap();
            for minute in 0..24 * 60 {
                let at = Time::midnight().checked_add(SignedDuration::from_mins(minute)).unwrap();
                let slot = Slot::on(date, at, self.ask.minutes).unwrap();
                if check_slot(&slot, &self.bounds(), self.now).is_err() {
                    continue;
                }
                let free = self.counsellors.iter().filter(|one| self.is_free(one, &slot));
                let counsellors: Vec<_> = free.map(|one| one.id).collect();
                if !counsellors.is_empty() {
                    open.push(Opening { slot, counsellors });
                }
            }
        }
        open
    }

    fn is_free(&self, counsellor: &Counsellor, slot: &Slot) -> bool {
        let able = self.ask.needs.iter().all(|need| counsellor.skills.contains(need));
        let worked = slot.cells().all(|cell| works(counsellor, cell));
        let taken = slot.cells_with_buffer(self.practice.buffer_minutes);
        able && worked
            && !self.cells.iter().any(|(id, cell)| *id == counsellor.id && taken.contains(cell))
    }
}

fn works(counsellor: &Counsellor, cell: i64) -> bool {
    let civil = |cell: i64| TOKYO.to_datetime(Timestamp::from_second(cell * 300).unwrap());
    let span: Range<DateTime> = civil(cell)..civil(cell + 1);
    let date = span.start.date();
    let within = |hours: &WeeklyHours| {
        let today = i64::from(date.weekday().to_monday_one_offset()) == i64::from(hours.weekday);
        let (from, to) = (date.to_datetime(hours.from), date.to_datetime(hours.to));
        today && from <= span.start && span.end <= to
    };
    let away =
        |leave: &Leave| leave.from < leave.to && leave.from < span.end && span.start < leave.to;
    counsellor.hours.iter().any(within) && !counsellor.leave.iter().any(away)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn openings_are_what_a_slow_search_finds(office in any_office()) {
        prop_assert_eq!(office.openings(), office.expected());
    }

    #[test]
    fn every_opening_may_be_wished_for_and_is_free(office in any_office()) {
        let held: Held = office.cells.iter().copied().collect();
        for opening in office.openings() {
            prop_assert_eq!(check_slot(&opening.slot, &office.bounds(), office.now), Ok(()));
            prop_assert!(!opening.counsellors.is_empty());
            let cells = opening.slot.cells_with_buffer(office.practice.buffer_minutes);
            for id in opening.counsellors {
                prop_assert!(held.is_free(id, cells.clone()));
                // What is offered can be confirmed.
                let one = office.counsellors.iter().find(|one| one.id == id);
                prop_assert!(one.is_some_and(|one| one.works_during(&opening.slot)));
            }
        }
    }
}
