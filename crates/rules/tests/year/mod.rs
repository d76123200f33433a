//! The office of the year: its files, its queue of events, and how an event is carried out.

mod chance;
mod checks;
mod counts;
mod desk;
mod fate;
mod keeping;
mod office;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use rules::appointment::{Fact, What};
use rules::schedule::{Slot, TOKYO};
use std::collections::VecDeque;
use std::fmt;

pub(crate) use counts::Year;
pub(crate) use office::Office;

/// The first day of the year (会計年度).
const FIRST_DAY: Date = date(2026, 4, 1);
/// The last day of the year.
const LAST_DAY: Date = date(2027, 3, 31);
/// Applications end here, so that the year can end with none open.
const LAST_APPLICATION: Date = date(2027, 2, 26);
/// No session is planned after this.
const LAST_SESSION: Date = date(2027, 3, 26);

/// How the office is broken on purpose, to see that the checks bite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// A second hold of a cell succeeds.
    HoldsDoNotRefuse,
    /// What was cancelled is not given back.
    FreedSlotsStayHeld,
    /// A deeming is undone though the slot is another's by now.
    LostSlotsAreForgotten,
    /// Facts count from when they were typed.
    TimeOfTypingCounts,
    /// What was announced is not kept.
    SettlingIsForgotten,
    /// Aliases are drawn without looking at those that are taken.
    AliasesAreNotLookedUp,
    /// Nobody comes when the clock alone has changed something.
    MinuteHandStandsStill,
    /// Staff may confirm for the same day without a reason.
    StaffAreNotChecked,
    /// The usage record goes on telling of an outcome that was undone.
    UndoneOutcomesStayRecorded,
}

/// Number of an application: its place among the files.
pub(crate) type Id = usize;

/// Something that happens in the office.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    Apply,
    Answer(Id),
    Reply(Id),
    Lapse(Id),
    Withdraw(Id),
    ChangeWishes(Id),
    /// A fact is typed; it belongs to this plan of the person's day.
    Type(Id, Fact, u32),
    /// A fact is undone, perhaps with a word on why the silence meant nothing.
    Undo(Id, What, Option<Fact>),
    Move(Id),
    /// Somebody asks for a slot of this counsellor that became free.
    Ask(i64, Slot),
    /// The office stops for the rest of the day.
    OfficeStops,
    /// The office cannot be reached.
    LinesFail,
    Tick(Id),
    EndOfDay,
}

/// A promise that was not kept.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) seed: u64,
    pub(crate) what: String,
    pub(crate) last: VecDeque<String>,
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "seed {}: {}\nlast events:", self.seed, self.what)?;
        self.last.iter().try_for_each(|line| writeln!(out, "  {line}"))
    }
}

/// Plays a year; the same seed and fault play the same year.
pub(crate) fn play(seed: u64, fault: Fault) -> Result<Year, Broken> {
    let mut office = Office::open(seed, fault);
    match run(&mut office) {
        Ok(()) => Ok(office.year),
        Err(what) => Err(Broken { seed, what, last: office.last }),
    }
}

fn run(office: &mut Office) -> Result<(), String> {
    while let Some(((at, _), event)) = office.queue.pop_first() {
        office.now = at;
        office.note(&format!("{event:?}"));
        happen(office, event)?;
    }
    let end = TOKYO.to_timestamp(LAST_DAY.to_datetime(jiff::civil::time(23, 59, 59, 0)));
    let end = end.expect("a day of this century");
    if office.now > end {
        return Err(format!("the year went on until {}", office.now));
    }
    office.now = end;
    checks::at_the_end(office)
}

fn happen(office: &mut Office, event: Event) -> Result<(), String> {
    match event {
        Event::Apply => desk::apply(office),
        Event::Answer(id) => desk::answer(office, id),
        Event::Reply(id) => desk::reply(office, id),
        Event::Lapse(id) => desk::lapse(office, id),
        Event::Withdraw(id) => desk::withdraw(office, id),
        Event::ChangeWishes(id) => desk::change_wishes(office, id),
        Event::Ask(counsellor, freed) => desk::ask_for_freed(office, counsellor, freed),
        Event::Type(id, fact, plan) => keeping::type_fact(office, id, fact, plan),
        Event::Undo(id, what, instead) => keeping::undo(office, id, what, instead),
        Event::Move(id) => keeping::give_new_time(office, id),
        Event::OfficeStops => keeping::stop_for_today(office),
        Event::LinesFail => keeping::lines_fail(office),
        Event::Tick(id) => keeping::tick(office, id),
        Event::EndOfDay => checks::at_the_end_of_the_day(office),
    }
}

fn tokyo_date(at: Timestamp) -> Date {
    TOKYO.to_datetime(at).date()
}
