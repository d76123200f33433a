//! The public edition: what the office may tell everybody of its sessions.
//!
//! Article 5(2): nothing is published from which a device can be told. Our reading goes one step
//! further, to the single session, because who knows that a neighbour was counselled in November
//! would know the rest from a cell of one. Below [`THRESHOLD`] no number is told.
//!
//! # One table
//!
//! A cell of 0 is told; 1 to 9 is hidden; from 10 on it is told to the nearest ten. To hide the
//! small cells alone would hide nothing: 1302 less 1300 is 2. Therefore a total is computed from
//! the published cells *only*. What is computed from what is published says nothing that was not
//! published already (the data-processing argument), however clever its reader. And the other
//! cells are rounded, or the exact total of a line would stand in another table, as a cell.
//!
//! So a hidden cell of one table may be each of 1 to 9, whatever the rest of it says. That the
//! table is published at all tells that there are at least ten sessions, and a hidden cell is then
//! never alone, so that this takes no value away. A table of fewer is not published, *without its
//! labels*: nine months in the margin of fewer than ten sessions would be one session each.
//!
//! # Two tables of the same sessions
//!
//! Rounding alone does not do here, which a test shows. Five months of nine sessions each are five
//! hidden cells, 45 at most; by kind, the same 45 are one cell, told as 50, and so 45 at least.
//! All five are nine. Or: 10 and four cells of one, and in the other table 10, which is 14 at
//! most. Hence [`edition`], which takes all tables of the same sessions at once and refuses when
//! together they leave a hidden cell fewer than [`LEAST_ALTERNATIVES`] values.
//!
//! Its tables share their rows. Then this is all that a reader can do with them: in each row the
//! sum is the same in all tables, and any cells within their bounds that agree on it are possible,
//! because a row can be filled to fit any columns of equal sums. With other pairs of sides, rows
//! depend on each other and no such simple sum tells who is safe; they are refused. What a reader
//! knows of an office besides (that it has no supporter, say) is not in this.
//!
//! # What no function here can know
//!
//! - **A month is published once, when it is over.** Who compares yesterday's edition with today's
//!   and knows that exactly one session came in between knows a cell that went from hidden to 10:
//!   it was nine. That holds for any rule without chance.
//! - **Periods do not overlap**, and neither do an office's table and the one of all offices: both
//!   would be two tables of the same sessions that [`edition`] does not see together.
//! - A zero is told, and so is that a cell is not zero. In a line of few sessions, all in one
//!   column, who knows whose they are knows the column. The office chooses lines that are wide
//!   enough: a month, not an hour of it.
//! - A refusal is for the office. To tell outside that a table was refused tells why it was.

use std::fmt;
use std::iter::zip;

use jiff::civil::Date;

use super::{By, Table};

/// The least number of sessions that is told (article 5(2)).
pub const THRESHOLD: u64 = 10;

/// To what a number is rounded.
const STEP: u64 = 10;

/// What a hidden cell counts in a total: the middle of 1 to 9.
const HIDDEN_AS: u64 = 5;

/// How many of the values 1 to 9 several tables together must leave to each hidden cell: more than
/// half, so that the odds on any of them stay poor.
pub const LEAST_ALTERNATIVES: usize = 5;

/// How many days a table must reach over that does not tell its months itself, from its first
/// session to its last. Three weeks and a day: what passes is neither a day nor a week that was
/// cut out, and an office's quiet days at both ends of a month do no harm.
pub const LEAST_DAYS: i32 = 22;

/// A number as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Published {
    /// 0, or a multiple of ten.
    Shown(u64),
    /// Too small to be told.
    Hidden,
}

impl Published {
    fn cell(count: u64) -> Self {
        match count {
            0 => Self::Shown(0),
            1..THRESHOLD => Self::Hidden,
            _ => Self::Shown((count + STEP / 2) / STEP * STEP),
        }
    }

    /// The sum of a line, from its published cells only: rounded up to tens, with five for each
    /// hidden one. Hidden, when nothing but hidden cells and zeros is in it.
    ///
    /// Totals need not add up to the grand total: each is a sum of cells of its own.
    fn total(cells: impl IntoIterator<Item = Self>) -> Self {
        let (mut shown, mut hidden) = (0_u64, 0_u64);
        for cell in cells {
            match cell {
                Self::Shown(count) => shown += count,
                Self::Hidden => hidden += HIDDEN_AS,
            }
        }
        match (shown, hidden) {
            (0, 1..) => Self::Hidden,
            _ => Self::Shown((shown + hidden).div_ceil(STEP) * STEP),
        }
    }

    /// Between which numbers, both included, the count of such a cell is.
    fn bounds(self) -> Bounds {
        match self {
            Self::Shown(0) => Bounds { least: 0, most: 0 },
            Self::Shown(count) => Bounds {
                least: THRESHOLD.max(count - STEP / 2),
                most: count + (STEP - STEP / 2 - 1),
            },
            Self::Hidden => Bounds { least: 1, most: THRESHOLD - 1 },
        }
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(count) => write!(f, "{count}"),
            Self::Hidden => f.write_str("―"),
        }
    }
}

/// A table as it is published. It has neither rows nor columns when it counts fewer than
/// [`THRESHOLD`] sessions; its total then is hidden, or 0 when there is no session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PublicTable {
    /// By what the rows are.
    pub rows: By,
    /// By what the columns are.
    pub columns: By,
    /// The stable code of each row.
    pub row_labels: Vec<String>,
    /// The stable code of each column.
    pub column_labels: Vec<String>,
    /// The cells of each row, by column.
    pub cells: Vec<Vec<Published>>,
    /// The total of each row, from its published cells only.
    pub row_totals: Vec<Published>,
    /// The total of each column, from its published cells only.
    pub column_totals: Vec<Published>,
    /// The total of all published cells.
    pub total: Published,
}

/// Why something is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionRefusal {
    /// It is by days, or does not tell its months and reaches over less than [`LEAST_DAYS`] days:
    /// an hour of a day at an office is one session.
    TooFine,
    /// The tables do not share their rows, so that what they tell together cannot be judged.
    OtherRows,
    /// The tables are not of the same sessions: a row has not the same sum in each.
    OtherSessions,
    /// Together the tables would all but tell a hidden number.
    TooTelling,
}

/// The table as it may be published, if no other table of the same sessions is (article 5(2)).
///
/// # Errors
/// [`EditionRefusal::TooFine`].
pub fn public(table: &Table) -> Result<PublicTable, EditionRefusal> {
    if is_too_fine(table) {
        return Err(EditionRefusal::TooFine);
    }
    let Table { rows, columns, .. } = *table;
    if table.total < THRESHOLD {
        return Ok(PublicTable {
            rows,
            columns,
            row_labels: Vec::new(),
            column_labels: Vec::new(),
            cells: Vec::new(),
            row_totals: Vec::new(),
            column_totals: Vec::new(),
            total: Published::cell(table.total),
        });
    }
    let cells: Vec<Vec<Published>> = table
        .cells
        .iter()
        .map(|row| row.iter().map(|&count| Published::cell(count)).collect())
        .collect();
    let column = |at: usize| cells.iter().filter_map(move |row| row.get(at)).copied();
    Ok(PublicTable {
        rows,
        columns,
        row_labels: table.row_labels.clone(),
        column_labels: table.column_labels.clone(),
        row_totals: cells.iter().map(|row| Published::total(row.iter().copied())).collect(),
        column_totals: (0..table.column_labels.len())
            .map(|at| Published::total(column(at)))
            .collect(),
        total: Published::total(cells.iter().flatten().copied()),
        cells,
    })
}

/// Several tables of the same sessions, with the same rows, as they may be published together
/// (article 5(2)).
///
/// # Errors
/// [`EditionRefusal`]; whether it is [`EditionRefusal::TooTelling`] is seen from what would be
/// published alone.
pub fn edition(tables: &[Table]) -> Result<Vec<PublicTable>, EditionRefusal> {
    let published = tables.iter().map(public).collect::<Result<Vec<_>, _>>()?;
    for (one, other) in zip(tables, tables.iter().skip(1)) {
        if one.rows != other.rows {
            return Err(EditionRefusal::OtherRows);
        }
        if one.row_labels != other.row_labels || one.row_totals != other.row_totals {
            return Err(EditionRefusal::OtherSessions);
        }
    }
    if is_too_telling(&published) { Err(EditionRefusal::TooTelling) } else { Ok(published) }
}

/// Whether a table could be of so short a time that a cell is a session that somebody saw.
///
/// A month at least. With the month as one side, the other can be anything but the day. Without
/// it, the whole table is one period, and by hour, office or kind a period of one day would be a
/// table by day under another name; the caller gives whole months, and this notices when not.
fn is_too_fine(table: &Table) -> bool {
    let has = |by| table.rows == by || table.columns == by;
    let reach = |(first, last): (Date, Date)| (last - first).get_days() + 1;
    has(By::Day) || (!has(By::Month) && table.days.is_some_and(|days| reach(days) < LEAST_DAYS))
}

/// Between which numbers, both included, a count is.
#[derive(Clone, Copy)]
struct Bounds {
    least: u64,
    most: u64,
}

impl Bounds {
    fn of_sum(cells: &[Published]) -> Self {
        let sum = |bound: fn(Self) -> u64| cells.iter().map(|cell| bound(cell.bounds())).sum();
        Self { least: sum(|bounds| bounds.least), most: sum(|bounds| bounds.most) }
    }

    fn and(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.min(other.most) }
    }
}

/// Whether a hidden cell is left with fewer than [`LEAST_ALTERNATIVES`] values by tables of the
/// same sessions with the same rows.
fn is_too_telling(tables: &[PublicTable]) -> bool {
    let Some(first) = tables.first() else { return false };
    let line = |table: &PublicTable, row: usize| Bounds::of_sum(&table.cells[row]);
    let height = first.cells.len();
    let rows: Vec<Bounds> = (0..height)
        .map(|row| tables.iter().map(|table| line(table, row)).fold(line(first, row), Bounds::and))
        .collect();
    let is_confined = |table: &PublicTable, row: usize| {
        table.cells[row].contains(&Published::Hidden)
            && alternatives(line(table, row), rows[row]) < LEAST_ALTERNATIVES
    };
    tables.iter().any(|table| (0..height).any(|row| is_confined(table, row)))
}

/// How many values a hidden cell can have, when its line alone says that the row's sum is `line`,
/// and all tables together say that it is `row`.
///
/// All hidden cells of a line have the same bounds, and so the same values. That there are ten
/// sessions in all takes none away: with a one in this cell, another may be nine.
fn alternatives(line: Bounds, row: Bounds) -> usize {
    let Bounds { least, most } = Published::Hidden.bounds();
    let is_possible = |value: &u64| {
        let line = Bounds { least: line.least - least + value, most: line.most - most + value };
        let sum = line.and(row);
        sum.least <= sum.most
    };
    (least..=most).filter(is_possible).count()
}

#[cfg(test)]
mod tests;
