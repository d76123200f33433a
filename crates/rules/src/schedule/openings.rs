//! The slots that may be wished for and have a counsellor (article 2(1) and 2(2)).
//!
//! A counsellor's time is counted in whole five-minute cells: a cell is worked when the regular
//! hours cover all of it, and away when leave touches it. A day is a set of 288 bits, so whether a
//! counsellor is free for a session takes a few machine instructions.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, ToSpan};

use super::checks::{Bounds, check_day_ahead, check_length, last_day_ahead, step_minutes};
use super::counsellor::{Counsellor, Leave, Skill, WeeklyHours};
use super::held::{DAY_CELLS, DayCells, Held, first_cell};
use super::slot::{CELL_MINUTES, Slot, TOKYO};

/// Which openings are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The first day, in Tokyo.
    pub from: Date,
    /// How many days, the first included.
    pub days: u16,
    /// The length of the session in minutes.
    pub minutes: u16,
    /// What the counsellor must be able to do.
    pub needs: BTreeSet<Skill>,
}

/// A slot that may be wished for, and who could hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// When.
    pub slot: Slot,
    /// The ids of the counsellors who are free, at least one, in the order they were given.
    pub counsellors: Vec<i64>,
}

/// The openings of an ask at `now`, in the order of their start.
///
/// Each passes [`crate::schedule::check_slot`]; each counsellor of it works throughout, is not on
/// leave, has the skills, and has none of the session's and the buffer's cells held.
pub fn openings(
    ask: &Ask,
    counsellors: &[Counsellor],
    held: &Held,
    bounds: &Bounds<'_>,
    now: Timestamp,
) -> Vec<Opening> {
    let starts = starts(ask.minutes, bounds);
    let able = counsellors.iter().filter(|counsellor| ask.needs.is_subset(&counsellor.skills));
    let rotas: Vec<Rota> = able.map(Rota::of).collect();
    let mut openings = Vec::new();
    let mut free = Vec::with_capacity(rotas.len());
    if starts.is_empty() || rotas.is_empty() {
        return openings;
    }
    for date in days(ask, bounds, now) {
        if !bounds.calendar.is_working_day(date) || check_day_ahead(date, bounds, now).is_err() {
            continue;
        }
        let day = day_number(date);
        free.clear();
        free.extend(rotas.iter().filter_map(|rota| rota.on(date, day, held)));
        if free.is_empty() {
            continue;
        }
        for start in &starts {
            let slot = Slot::on(date, start.time, ask.minutes);
            let Some(slot) = slot.filter(|slot| slot.start > now) else { continue };
            let past_midnight = start.past_midnight(day);
            let mut ids = Vec::with_capacity(free.len());
            ids.extend(free.iter().filter(|one| one.may_hold(start)).filter_map(|one| {
                let freely =
                    past_midnight.is_empty() || held.is_free(one.id, past_midnight.clone());
                freely.then_some(one.id)
            }));
            if !ids.is_empty() {
                openings.push(Opening { slot, counsellors: ids });
            }
        }
    }
    openings
}

/// Japan has kept one offset since this year; cells are aligned to its days from then on.
const FIRST_YEAR: i16 = 1952;

/// The days asked for, as far as they lie between today and the horizon.
fn days(ask: &Ask, bounds: &Bounds<'_>, now: Timestamp) -> impl Iterator<Item = Date> {
    let today = TOKYO.to_datetime(now).date();
    let horizon = last_day_ahead(bounds.practice, now);
    let past = ask.from.checked_add(i64::from(ask.days).days()).unwrap_or(Date::MAX);
    let first = ask.from.max(today).max(Date::constant(FIRST_YEAR, 1, 1));
    first.series(1.day()).take_while(move |date| *date < past && *date <= horizon)
}

/// A start that the windows and the step allow, and the cells it takes of its day.
struct Start {
    time: Time,
    session: DayCells,
    with_buffer: DayCells,
    /// The first cell after the buffer, counted from midnight.
    past: i64,
}

impl Start {
    fn at(time: Time, minutes: u16, buffer_minutes: u16) -> Self {
        let from = nanoseconds(time);
        let length = |minutes: i64| i128::from(minutes) * 60 * 1_000_000_000;
        let end = from + length(minutes.into());
        let past = ceiling_cell(end + length(buffer_minutes.into()));
        Self {
            time,
            session: DayCells::of(floor_cell(from)..ceiling_cell(end)),
            with_buffer: DayCells::of(floor_cell(from)..past),
            past,
        }
    }

    /// The cells of the buffer that reach into the following days; seldom any.
    fn past_midnight(&self, day: i64) -> Range<i64> {
        first_cell(day) + DAY_CELLS..first_cell(day) + self.past
    }
}

/// The starts of a day on which sessions of that length may begin.
fn starts(minutes: u16, bounds: &Bounds<'_>) -> Vec<Start> {
    if check_length(minutes, bounds).is_err() {
        return Vec::new();
    }
    let length = SignedDuration::from_mins(minutes.into());
    let step = SignedDuration::from_mins(step_minutes(bounds.practice).into());
    let mut times = BTreeSet::new();
    for window in &bounds.rules.windows {
        let mut start = Ok(window.from);
        while let Ok(time) = start {
            if !time.checked_add(length).is_ok_and(|end| end <= window.to) {
                break;
            }
            times.insert(time);
            start = time.checked_add(step);
        }
    }
    let buffer = bounds.practice.buffer_minutes;
    times.into_iter().map(|time| Start::at(time, minutes, buffer)).collect()
}

/// A counsellor's hours and leave as cells.
struct Rota {
    id: i64,
    /// Worked cells, from Monday to Sunday.
    week: [DayCells; 7],
    /// Away, in cells since the epoch.
    away: Vec<Range<i64>>,
}

/// What is left of a counsellor's day.
struct Free {
    id: i64,
    working: DayCells,
    held: DayCells,
}

impl Rota {
    fn of(counsellor: &Counsellor) -> Self {
        let mut week = [DayCells::default(); 7];
        for WeeklyHours { weekday, from, to } in &counsellor.hours {
            let index = usize::from(*weekday).wrapping_sub(1);
            if let Some(day) = week.get_mut(index) {
                // Inwards: a cell counts only when all of it is worked.
                let first = ceiling_cell(nanoseconds(*from));
                day.add(&DayCells::of(first..floor_cell(nanoseconds(*to))));
            }
        }
        let leave = counsellor.leave.iter().filter(|leave| leave.from < leave.to);
        // Outwards: a cell is lost when any of it is away.
        let cells = |Leave { from, to }: &Leave| cell_before(*from)..cell_after(*to);
        Self { id: counsellor.id, week, away: leave.map(cells).collect() }
    }

    /// What is left of the counsellor on this day; `None` when nothing is.
    fn on(&self, date: Date, day: i64, held: &Held) -> Option<Free> {
        let mut working = self.week[weekday_index(date)];
        let first = first_cell(day);
        for away in &self.away {
            working.remove(&DayCells::of(away.start - first..away.end - first));
        }
        (working != DayCells::default()).then(|| Free {
            id: self.id,
            working,
            held: held.on(self.id, day),
        })
    }
}

impl Free {
    fn may_hold(&self, start: &Start) -> bool {
        self.working.contains(&start.session) && !self.held.meets(&start.with_buffer)
    }
}

const CELL_NANOSECONDS: i128 = CELL_MINUTES as i128 * 60 * 1_000_000_000;

fn weekday_index(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// Nanoseconds since midnight.
fn nanoseconds(time: Time) -> i128 {
    time.duration_since(Time::midnight()).as_nanos()
}

/// The cell, counted from midnight, in which an instant lies.
fn floor_cell(nanoseconds: i128) -> i64 {
    i64::try_from(nanoseconds.div_euclid(CELL_NANOSECONDS)).unwrap_or(i64::MAX)
}

/// The first cell, counted from midnight, that begins at an instant or after it.
fn ceiling_cell(nanoseconds: i128) -> i64 {
    floor_cell(nanoseconds + CELL_NANOSECONDS - 1)
}

/// Days since 1970-01-01.
fn day_number(date: Date) -> i64 {
    const DAY_HOURS: i64 = 24;
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / DAY_HOURS
}

fn cell_before(at: DateTime) -> i64 {
    first_cell(day_number(at.date())) + floor_cell(nanoseconds(at.time()))
}

fn cell_after(at: DateTime) -> i64 {
    first_cell(day_number(at.date())) + ceiling_cell(nanoseconds(at.time()))
}
