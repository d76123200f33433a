//! A table of sums in words: shown on a page, written into a file.

use std::fmt;
use std::iter::once;

use rules::records::statistics::{By, PublicTable, Published, Table};

use super::label::{Labels, side_word};
use super::sheet::{Cell, Sheet};
use crate::error::Error;

/// A table with words for its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// By what its rows and its columns are, in words.
    pub(super) sides: [String; 2],
    /// What a total is called.
    pub(super) total_word: String,
    /// The columns, without the total.
    pub(super) columns: Vec<String>,
    /// A row's name, its cells, and its total last.
    pub(super) rows: Vec<(String, Vec<Cell>)>,
    /// The totals of the columns, and that of everything last.
    pub(super) totals: Vec<Cell>,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Number(count)
    }
}

impl From<Published> for Cell {
    fn from(published: Published) -> Self {
        match published {
            Published::Shown(count) => Self::Number(count),
            Published::Hidden => Self::Text(published.to_string()),
        }
    }
}

impl Grid {
    /// The exact table, for inside the office.
    ///
    /// # Errors
    /// A fault of a template.
    pub(super) fn of(table: &Table, labels: Labels<'_>) -> Result<Self, Error> {
        let names = Names {
            sides: [table.rows, table.columns],
            rows: labels.all(table.rows, &table.row_labels)?,
            columns: labels.all(table.columns, &table.column_labels)?,
        };
        names.grid(&table.cells, (&table.row_totals, &table.column_totals, table.total))
    }

    /// A table of the public edition.
    ///
    /// # Errors
    /// As [`Grid::of`].
    pub(super) fn of_public(table: &PublicTable, labels: Labels<'_>) -> Result<Self, Error> {
        let names = Names {
            sides: [table.rows, table.columns],
            rows: labels.all(table.rows, &table.row_labels)?,
            columns: labels.all(table.columns, &table.column_labels)?,
        };
        names.grid(&table.cells, (&table.row_totals, &table.column_totals, table.total))
    }

    /// What the table is called: 日×結果.
    pub(super) fn name(&self) -> String {
        self.sides.join("×")
    }

    /// The table for a file.
    pub(super) fn sheet(&self) -> Sheet {
        let heading = once(&self.sides[0]).chain(&self.columns).chain(once(&self.total_word));
        let row = |(name, cells): &(String, Vec<Cell>)| {
            once(Cell::from(name)).chain(cells.iter().cloned()).collect()
        };
        let totals = once(Cell::from(&self.total_word)).chain(self.totals.iter().cloned());
        let lines = once(heading.map(Cell::from).collect()).chain(self.rows.iter().map(row));
        Sheet { name: self.name(), lines: lines.chain(once(totals.collect())).collect() }
    }
}

/// The words of a table.
struct Names {
    sides: [By; 2],
    rows: Vec<String>,
    columns: Vec<String>,
}

impl Names {
    fn grid<N: Copy + Into<Cell>>(
        self,
        cells: &[Vec<N>],
        (row_totals, column_totals, total): (&[N], &[N], N),
    ) -> Result<Grid, Error> {
        let line = |cells: &[N], total: N| -> Vec<Cell> {
            cells.iter().copied().chain(once(total)).map(Into::into).collect()
        };
        let row = |((name, cells), total): ((String, &Vec<N>), &N)| (name, line(cells, *total));
        let [rows, columns] = self.sides;
        Ok(Grid {
            sides: [side_word(Some(rows))?, side_word(Some(columns))?],
            total_word: side_word(None)?,
            columns: self.columns,
            rows: self.rows.into_iter().zip(cells).zip(row_totals).map(row).collect(),
            totals: line(column_totals, total),
        })
    }
}
