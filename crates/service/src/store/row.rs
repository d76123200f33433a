//! One row of an answer, read by the position of its columns, the same way on both engines.

use std::error::Error;

use jiff::Timestamp;
use jiff::civil::Date;
use postgres::types::{FromSql, Type};
use rusqlite::types::ValueRef;

use super::error::StoreError;

/// A row. Columns count from 0. A column of another type, or an empty one where none may be
/// empty, is a `StoreError::Fault` that names the position and never the content.
pub struct Row<'r>(Cells<'r>);

enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl<'r> Row<'r> {
    pub(super) fn sqlite(row: &'r rusqlite::Row<'r>) -> Self {
        Self(Cells::Sqlite(row))
    }

    pub(super) fn postgres(row: &'r postgres::Row) -> Self {
        Self(Cells::Postgres(row))
    }

    /// A whole number. PostgreSQL: a column of type SMALLINT, INTEGER or BIGINT (its `sum` is
    /// NUMERIC: write `cast(sum(…) as bigint)`).
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        present(self.opt_int(column)?, column)
    }

    /// A whole number that may be absent.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0 {
            Cells::Sqlite(row) => row.get(column).map_err(|_| misread(column, "a number")),
            Cells::Postgres(row) => {
                let read: Result<Option<Whole>, _> = row.try_get(column);
                Ok(read.map_err(|_| misread(column, "a number"))?.map(|Whole(number)| number))
            }
        }
    }

    /// A whole number of a smaller type, as `row.small::<u16>(2)?`.
    pub fn small<N: TryFrom<i64>>(&self, column: usize) -> Result<N, StoreError> {
        N::try_from(self.int(column)?).map_err(|_| misread(column, "a number of that size"))
    }

    /// Text.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        present(self.opt_text(column)?, column)
    }

    /// Text that may be absent.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.opt_str(column)?.map(str::to_owned))
    }

    /// Text read into a type of its own, as `row.parsed(3, Language::parse)?`.
    pub fn parsed<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = present(self.opt_str(column)?, column)?;
        parse(text).ok_or_else(|| misread(column, std::any::type_name::<T>()))
    }

    /// Text that may be absent, read into a type of its own.
    pub fn opt_parsed<T>(
        &self,
        column: usize,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(text) = self.opt_str(column)? else { return Ok(None) };
        let value = parse(text).ok_or_else(|| misread(column, std::any::type_name::<T>()))?;
        Ok(Some(value))
    }

    fn opt_str(&self, column: usize) -> Result<Option<&'r str>, StoreError> {
        match self.0 {
            Cells::Sqlite(row) => match row.get_ref(column) {
                Ok(ValueRef::Null) => Ok(None),
                Ok(ValueRef::Text(octets)) => {
                    std::str::from_utf8(octets).map(Some).map_err(|_| misread(column, "text"))
                }
                _ => Err(misread(column, "text")),
            },
            Cells::Postgres(row) => row.try_get(column).map_err(|_| misread(column, "text")),
        }
    }

    /// Octets.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        present(self.opt_bytes(column)?, column)
    }

    /// Octets that may be absent.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        let read = match self.0 {
            Cells::Sqlite(row) => row.get(column).ok(),
            Cells::Postgres(row) => row.try_get(column).ok(),
        };
        read.ok_or_else(|| misread(column, "octets"))
    }

    /// Yes or no.
    pub fn bool(&self, column: usize) -> Result<bool, StoreError> {
        let read = match self.0 {
            Cells::Sqlite(row) => row.get(column).ok(),
            Cells::Postgres(row) => row.try_get(column).ok(),
        };
        present(read.ok_or_else(|| misread(column, "yes or no"))?, column)
    }

    /// An instant (kept as Unix milliseconds UTC).
    pub fn instant(&self, column: usize) -> Result<Timestamp, StoreError> {
        present(self.opt_instant(column)?, column)
    }

    /// An instant that may be absent.
    pub fn opt_instant(&self, column: usize) -> Result<Option<Timestamp>, StoreError> {
        let Some(milliseconds) = self.opt_int(column)? else { return Ok(None) };
        let instant = Timestamp::from_millisecond(milliseconds);
        instant.map(Some).map_err(|_| misread(column, "an instant"))
    }

    /// A date (kept as `YYYY-MM-DD`).
    pub fn date(&self, column: usize) -> Result<Date, StoreError> {
        self.parsed(column, |text| text.parse().ok())
    }

    /// A date that may be absent.
    pub fn opt_date(&self, column: usize) -> Result<Option<Date>, StoreError> {
        self.opt_parsed(column, |text| text.parse().ok())
    }
}

fn present<T>(value: Option<T>, column: usize) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::fault(format!("column {column} is empty")))
}

fn misread(column: usize, wanted: &str) -> StoreError {
    StoreError::fault(format!("column {column} does not hold {wanted}"))
}

/// Any of PostgreSQL's integer types.
struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT2 => i64::from(i16::from_sql(ty, raw)?),
            Type::INT4 => i64::from(i32::from_sql(ty, raw)?),
            _ => i64::from_sql(ty, raw)?,
        }))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8)
    }
}
