//! The numbers of a version: which there are, and what they amount to.

mod check;
mod numeral;
mod reading;

pub use check::NumberFault;
pub use reading::Said;

pub(in crate::terms) use check::faults;
pub(in crate::terms) use numeral::numeral;
pub(in crate::terms) use reading::{RANGE_MARKS, Reading, read};

use jiff::civil::{Date, Time};

use super::choices::{Choice, Choices, Chosen, chosen};
use super::rules::DaysCounted;
use super::{Clause, Fault, Rules, Window};

/// A number that the text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Which number it is.
    pub name: NumberName,
    /// The clause that states it.
    pub article: Clause,
    /// The number.
    pub value: Value,
    /// The words of the Japanese text that it stands on.
    pub phrase: String,
}

/// The numbers that a version gives. Each occurs once; windows as often as there are any, and the
/// time of day by which a booking is complete only where the text states one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberName {
    /// The shortest session, in minutes.
    ShortestMinutes,
    /// The longest session, in minutes.
    LongestMinutes,
    /// How many calendar days before the session a booking is complete at the latest.
    CompleteDaysBefore,
    /// The time of day, on the last day, by which a booking is complete.
    CompleteUntil,
    /// A stretch of the day in which sessions are held.
    Window,
    /// How many minutes of silence are borne.
    GraceMinutes,
    /// The day from which the version is in force.
    EffectiveFrom,
}

impl NumberName {
    /// Every number.
    pub const ALL: [Self; 7] = [
        Self::ShortestMinutes,
        Self::LongestMinutes,
        Self::CompleteDaysBefore,
        Self::CompleteUntil,
        Self::Window,
        Self::GraceMinutes,
        Self::EffectiveFrom,
    ];

    /// The name in the source of a version.
    pub fn code(self) -> &'static str {
        match self {
            Self::ShortestMinutes => "shortest_minutes",
            Self::LongestMinutes => "longest_minutes",
            Self::CompleteDaysBefore => "complete_days_before",
            Self::CompleteUntil => "complete_until",
            Self::Window => "window",
            Self::GraceMinutes => "grace_minutes",
            Self::EffectiveFrom => "effective_from",
        }
    }
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A length of time in minutes.
    Minutes(u16),
    /// Calendar days before.
    DaysBefore(u8),
    /// A time of day.
    Time(Time),
    /// From one time of day to another.
    Window(Window),
    /// A day.
    Date(Date),
}

impl Value {
    fn window(self) -> Option<Window> {
        match self {
            Self::Window(window) => Some(window),
            _ => None,
        }
    }

    /// How a text says it.
    pub(in crate::terms) fn said(self) -> Vec<Said> {
        match self {
            Self::Minutes(minutes) => vec![Said::Minutes(minutes)],
            Self::DaysBefore(days) => vec![Said::DaysBefore(days)],
            Self::Time(time) => vec![Said::At(time)],
            Self::Window(window) => vec![Said::At(window.from), Said::At(window.to)],
            Self::Date(date) => vec![Said::On(date)],
        }
    }
}

/// What the numbers and choices of a version amount to.
pub(in crate::terms) struct Amount {
    pub(in crate::terms) rules: Rules,
    pub(in crate::terms) choices: Choices,
    pub(in crate::terms) effective_from: Date,
}

/// What the numbers and choices amount to, or which are missing.
pub(in crate::terms) fn amount_to(
    numbers: &[Number],
    choices: &[Choice],
) -> Result<Amount, Vec<Fault>> {
    let of = |name| numbers.iter().find(|number| number.name == name).map(|number| number.value);
    let has = |it: Chosen| choices.iter().any(|choice| choice.chosen == it);
    let is_left_open = has(Chosen::SilenceLeftOpen);
    let needed = NumberName::ALL.into_iter().filter(|name| match name {
        NumberName::GraceMinutes => !is_left_open,
        NumberName::CompleteUntil => false,
        _ => true,
    });
    let mut faults: Vec<Fault> =
        needed.filter(|&name| of(name).is_none()).map(Fault::NumberMissing).collect();
    if is_left_open && of(NumberName::GraceMinutes).is_some() {
        faults.push(Fault::SilenceContradicts);
    }
    let chosen = chosen(choices).map_err(|fault| faults.push(fault)).ok();
    let (true, Some(choices)) = (faults.is_empty(), chosen) else { return Err(faults) };
    let minutes = |name| match of(name) {
        Some(Value::Minutes(minutes)) => Some(minutes),
        _ => None,
    };
    let needed = |name| minutes(name).ok_or_else(|| vec![Fault::NumberMissing(name)]);
    let Some(Value::DaysBefore(complete_days_before)) = of(NumberName::CompleteDaysBefore) else {
        return Err(vec![Fault::NumberMissing(NumberName::CompleteDaysBefore)]);
    };
    let Some(Value::Date(effective_from)) = of(NumberName::EffectiveFrom) else {
        return Err(vec![Fault::NumberMissing(NumberName::EffectiveFrom)]);
    };
    let rules = Rules {
        shortest_minutes: needed(NumberName::ShortestMinutes)?,
        longest_minutes: needed(NumberName::LongestMinutes)?,
        windows: numbers.iter().filter_map(|number| number.value.window()).collect(),
        complete_days_before,
        days_counted: match has(Chosen::WorkingDays) {
            true => DaysCounted::Working,
            false => DaysCounted::Calendar,
        },
        complete_until: match of(NumberName::CompleteUntil) {
            Some(Value::Time(time)) => Some(time),
            _ => None,
        },
        grace_minutes: minutes(NumberName::GraceMinutes),
    };
    Ok(Amount { rules, choices, effective_from })
}
