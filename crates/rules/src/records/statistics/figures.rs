//! The exact figures. They are for inside the office: a cell of one is one person's session.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{By, Counted};
use crate::application::Kind;
use crate::appointment::Standing;
use crate::schedule::TOKYO;

/// How many sessions there are, by two things at once. Made by [`table`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// By what the rows are.
    pub rows: By,
    /// By what the columns are.
    pub columns: By,
    /// The stable code of each row, in order. Only those that occur.
    pub row_labels: Vec<String>,
    /// The stable code of each column, in order. Only those that occur.
    pub column_labels: Vec<String>,
    /// The number of sessions in each row, by column.
    pub cells: Vec<Vec<u64>>,
    /// The sum of each row.
    pub row_totals: Vec<u64>,
    /// The sum of each column.
    pub column_totals: Vec<u64>,
    /// All sessions.
    pub total: u64,
    /// The days, in Japan, of the first session and of the last; `None` when there is none.
    pub days: Option<(Date, Date)>,
}

/// What a row or a column is of. The order within a variant is the order in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Day(Date),
    Month(i16, i8),
    Office(i64),
    Kind(Kind),
    Hour(i8),
    Outcome(Standing),
}

impl Label {
    fn of(session: &Counted, by: By) -> Self {
        let start = TOKYO.to_datetime(session.start);
        match by {
            By::Day => Self::Day(start.date()),
            By::Month => Self::Month(start.year(), start.month()),
            By::Office => Self::Office(session.office),
            By::Kind => Self::Kind(session.kind),
            By::Hour => Self::Hour(start.hour()),
            By::Outcome => Self::Outcome(session.standing),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Office(office) => write!(f, "{office}"),
            Self::Kind(kind) => f.write_str(kind.code()),
            Self::Hour(hour) => write!(f, "{hour:02}"),
            Self::Outcome(standing) => f.write_str(standing.code()),
        }
    }
}

/// Counts the sessions by two things at once. A table by one thing has it on both sides.
///
/// Dates and hours go up, offices by their number, kinds and outcomes as [`Kind::ALL`] and
/// [`Standing::ALL`].
pub fn table(sessions: &[Counted], rows: By, columns: By) -> Table {
    let mut counts: BTreeMap<(Label, Label), u64> = BTreeMap::new();
    for session in sessions {
        let labels = (Label::of(session, rows), Label::of(session, columns));
        *counts.entry(labels).or_default() += 1;
    }
    let across: BTreeSet<Label> = counts.keys().map(|(_, column)| *column).collect();
    let down: BTreeSet<Label> = counts.keys().map(|(row, _)| *row).collect();
    let cell = |row, column| counts.get(&(row, column)).copied().unwrap_or_default();
    let cells: Vec<Vec<u64>> =
        down.iter().map(|&row| across.iter().map(|&column| cell(row, column)).collect()).collect();
    let days = sessions.iter().map(|session| TOKYO.to_datetime(session.start).date());
    Table {
        rows,
        columns,
        row_labels: down.iter().map(Label::to_string).collect(),
        column_labels: across.iter().map(Label::to_string).collect(),
        row_totals: cells.iter().map(|row| row.iter().sum()).collect(),
        column_totals: across
            .iter()
            .map(|&column| down.iter().map(|&row| cell(row, column)).sum())
            .collect(),
        total: counts.values().sum(),
        days: days.clone().min().zip(days.max()),
        cells,
    }
}

/// A part of a whole that is not nothing, in sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many; never 0.
    pub of: u64,
}

impl Share {
    /// `None` of nothing.
    fn new(part: u64, of: u64) -> Option<Self> {
        (of > 0).then_some(Self { part, of })
    }

    /// In thousandths, half up: 125 is 12.5 per cent.
    pub fn per_thousand(self) -> u64 {
        (self.part * 2000 + self.of) / (self.of * 2)
    }
}

/// What became of the sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Counselling took place, by video.
    pub held: u64,
    /// It went on by telephone (article 9(2)).
    pub by_telephone: u64,
    /// The jobseeker's equipment or line failed (article 9(2)).
    pub jobseekers_trouble: u64,
    /// The office's equipment or line failed (article 9(6)).
    pub offices_trouble: u64,
    /// Deemed cancelled after silence (article 2(4)).
    pub no_shows: u64,
    /// Cancelled by the jobseeker in time (article 2(4)).
    pub called_off: u64,
    /// What says nothing of the jobseeker: stopped by the office or displaced (articles 9(6) and
    /// 10(1)), not recorded, or still to come.
    pub left_out: u64,
    /// Of the sessions for which the jobseeker came, tried, or was silent: those with silence.
    ///
    /// Who could not get in for want of a working line did try, and stands in the whole but never
    /// in the part. What the office stopped, its outage, what it displaced and what nobody wrote
    /// down are in neither (articles 9(6) and 10(1)), nor is what was called off in time.
    pub no_show_rate: Option<Share>,
    /// Of the sessions that were held or tried, by video or telephone: those with technical
    /// trouble on either side. Apart from silence, because it asks for a better line and not for
    /// a reminder.
    pub trouble_rate: Option<Share>,
}

/// What became of the sessions (articles 2(4), 9(2), 9(6) and 10(1)).
pub fn rates(sessions: &[Counted]) -> Rates {
    let count = |wanted: &[Standing]| {
        sessions.iter().filter(|session| wanted.contains(&session.standing)).count() as u64
    };
    let held = count(&[Standing::Held]);
    let by_telephone = count(&[Standing::ByTelephone]);
    let jobseekers_trouble = count(&[Standing::JobseekersTrouble]);
    let offices_trouble = count(&[Standing::OfficesTrouble]);
    let no_shows = sessions.iter().filter(|session| session.standing.is_no_show()).count() as u64;
    let came = held + by_telephone + jobseekers_trouble;
    Rates {
        held,
        by_telephone,
        jobseekers_trouble,
        offices_trouble,
        no_shows,
        called_off: count(&[Standing::CalledOff]),
        left_out: count(&[
            Standing::Waiting,
            Standing::InContact,
            Standing::Present,
            Standing::StoppedByOffice,
            Standing::BrokenOff,
            Standing::Displaced,
            Standing::Unrecorded,
        ]),
        no_show_rate: Share::new(no_shows, no_shows + came),
        trouble_rate: Share::new(jobseekers_trouble + offices_trouble, came + offices_trouble),
    }
}

/// How long things took. Neither is a mean: one application that lay for a month moves no median.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// At least half took no longer than this (P50).
    pub median: SignedDuration,
    /// At least 95 of 100 took no longer than this (P95).
    pub ninety_fifth: SignedDuration,
    /// How many there were.
    pub of: u64,
}

impl Spread {
    /// `None` of nothing.
    fn new(mut durations: Vec<SignedDuration>) -> Option<Self> {
        durations.sort_unstable();
        Some(Self {
            median: nearest_rank(&durations, 50)?,
            ninety_fifth: nearest_rank(&durations, 95)?,
            of: durations.len() as u64,
        })
    }
}

/// The percentile by the nearest-rank method: of n values in order, the one whose place, from 1, is
/// percent × n / 100, rounded up. It is always a value that occurred, never one in between; of an
/// even number the median is the lower of the two in the middle. `None` of nothing, or for a
/// percentage that is not from 1 to 100.
fn nearest_rank(sorted: &[SignedDuration], percent: usize) -> Option<SignedDuration> {
    let place = (sorted.len() * percent).div_ceil(100);
    sorted.get(place.checked_sub(1)?).copied()
}

/// How long jobseekers wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// From the application to the planned start.
    pub lead: Option<Spread>,
    /// From the office's answer to the planned start: how long the jobseeker knew of it before.
    pub notice: Option<Spread>,
    /// From the application to the office's answer.
    pub decision: Option<Spread>,
}

/// How long jobseekers wait, each over the sessions of which it is known. A time that runs
/// backwards (an application that was typed after its session) is none and is left out.
pub fn times(sessions: &[Counted]) -> Times {
    let spread = |time: fn(&Counted) -> Option<SignedDuration>| {
        let known = sessions.iter().filter_map(time);
        Spread::new(known.filter(|time| !time.is_negative()).collect())
    };
    Times {
        lead: spread(|session| Some(session.start.duration_since(session.received))),
        notice: spread(|session| Some(session.start.duration_since(session.answered?))),
        decision: spread(|session| Some(session.answered?.duration_since(session.received))),
    }
}

#[cfg(test)]
mod tests;
