//! The numbers of a version: which there are, and what they amount to.

mod check;
mod numeral;
mod reading;
mod source;

pub use check::NumberFault;
pub use reading::Said;

pub(in crate::terms) use check::faults;
pub(in crate::terms) use numeral::numeral;
pub(in crate::terms) use reading::{RANGE_MARKS, Reading, read};
pub(in crate::terms) use source::VersionFile;

use jiff::civil::Date;

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

/// The numbers that a version gives. Each occurs once; windows as often as there are any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberName {
    /// The shortest session, in minutes.
    ShortestMinutes,
    /// The longest session, in minutes.
    LongestMinutes,
    /// How many calendar days before the session a booking is complete at the latest.
    CompleteDaysBefore,
    /// A stretch of the day in which sessions are held.
    Window,
    /// How many minutes of silence are borne.
    GraceMinutes,
    /// The day from which the version is in force.
    EffectiveFrom,
}

impl NumberName {
    /// Every number.
    pub const ALL: [Self; 6] = [
        Self::ShortestMinutes,
        Self::LongestMinutes,
        Self::CompleteDaysBefore,
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
    /// From one time of day to another.
    Window(Window),
    /// A day.
    Date(Date),
}

impl Value {
    /// How a text says it.
    pub(in crate::terms) fn said(self) -> Vec<Said> {
        match self {
            Self::Minutes(minutes) => vec![Said::Minutes(minutes)],
            Self::DaysBefore(days) => vec![Said::DaysBefore(days)],
            Self::Window(window) => vec![Said::At(window.from), Said::At(window.to)],
            Self::Date(date) => vec![Said::On(date)],
        }
    }
}

/// The rules and the effective date that the numbers amount to, or which numbers are missing.
pub(in crate::terms) fn amount_to(numbers: &[Number]) -> Result<(Rules, Date), Vec<Fault>> {
    let of = |name| numbers.iter().find(|number| number.name == name).map(|number| number.value);
    let windows: Vec<Window> = numbers
        .iter()
        .filter_map(|number| match number.value {
            Value::Window(window) => Some(window),
            _ => None,
        })
        .collect();
    let minutes = |name| match of(name) {
        Some(Value::Minutes(minutes)) => Ok(minutes),
        _ => Err(vec![Fault::NumberMissing(name)]),
    };
    let missing: Vec<Fault> = NumberName::ALL
        .into_iter()
        .filter(|&name| of(name).is_none())
        .map(Fault::NumberMissing)
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let Some(Value::DaysBefore(complete_days_before)) = of(NumberName::CompleteDaysBefore) else {
        return Err(vec![Fault::NumberMissing(NumberName::CompleteDaysBefore)]);
    };
    let Some(Value::Date(effective_from)) = of(NumberName::EffectiveFrom) else {
        return Err(vec![Fault::NumberMissing(NumberName::EffectiveFrom)]);
    };
    let rules = Rules {
        shortest_minutes: minutes(NumberName::ShortestMinutes)?,
        longest_minutes: minutes(NumberName::LongestMinutes)?,
        windows,
        complete_days_before,
        grace_minutes: minutes(NumberName::GraceMinutes)?,
    };
    Ok((rules, effective_from))
}
