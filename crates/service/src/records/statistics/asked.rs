//! What is asked of the statistics: days, rows and columns, as they were typed and as read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::records::statistics::By;
use rules::schedule::{TOKYO, parse_wish};

use crate::error::Error;
use crate::web::Form;

/// No question reaches over more than this many years: a store of ten is not read by one page.
pub(super) const YEARS_AT_MOST: i8 = 5;

/// By what the desk's tables can be. Not by office: everybody sees the own one.
pub(super) const OFFERED: [By; 5] = [By::Day, By::Month, By::Hour, By::Kind, By::Outcome];

/// Days in Japan, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub from: Date,
    /// The last, not before the first.
    pub until: Date,
}

/// Why a question is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No date of the calendar.
    Date,
    /// The last day lies before the first.
    Order,
    /// It reaches over too many years.
    TooLong,
    /// Nothing by which a table can be made.
    By,
    /// No month of the calendar.
    Month,
    /// The month is not over, and a month is published once.
    NotOver,
    /// Article 5(1) knows three purposes, and none was named.
    Purpose,
    /// No kind of file.
    Format,
}

impl Period {
    /// The days from one to the other.
    ///
    /// # Errors
    /// [`Wrong::Order`], [`Wrong::TooLong`].
    pub fn new(from: Date, until: Date) -> Result<Self, Wrong> {
        if until < from {
            return Err(Wrong::Order);
        }
        let end = from.checked_add(YEARS_AT_MOST.years());
        if end.is_ok_and(|end| until >= end) {
            Err(Wrong::TooLong)
        } else {
            Ok(Self { from, until })
        }
    }

    /// The month in which a day lies.
    pub fn month_of(day: Date) -> Self {
        Self { from: day.first_of_month(), until: day.last_of_month() }
    }

    /// Reads `2026-11`, for a month that is over today.
    ///
    /// # Errors
    /// [`Wrong::Month`], [`Wrong::NotOver`].
    pub fn month(typed: &str, today: Date) -> Result<Self, Wrong> {
        let first = parse_wish(&format!("{}-01", typed.trim()), "00:00", "0");
        let month = first.map(|slot| Self::month_of(slot.date())).map_err(|_| Wrong::Month)?;
        if month.until < today { Ok(month) } else { Err(Wrong::NotOver) }
    }

    /// From the first instant of the first day to the first after the last.
    pub(super) fn instants(self) -> Result<(Timestamp, Timestamp), Error> {
        let midnight = |day: Date| TOKYO.to_timestamp(day.at(0, 0, 0, 0));
        let after = self.until.tomorrow().and_then(midnight);
        let read = || Ok::<_, jiff::Error>((midnight(self.from)?, after?));
        read().map_err(|error| anyhow::Error::new(error).into())
    }

    /// Whether all its days are of one calendar year, so that the year need not be repeated.
    pub(super) fn is_in_one_year(self) -> bool {
        self.from.year() == self.until.year()
    }
}

/// A question about sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) period: Period,
    pub(super) rows: By,
    pub(super) columns: By,
}

/// What was typed, to be shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) from: String,
    pub(super) until: String,
    pub(super) rows: String,
    pub(super) columns: String,
}

impl Typed {
    /// The fields of an address; what is not there is this month, by day and outcome.
    pub(super) fn of(query: &BTreeMap<String, String>, today: Date) -> Self {
        let month = Period::month_of(today);
        let or = |name: &str, usual: String| query.get(name).cloned().unwrap_or(usual);
        Self {
            from: or("from", month.from.to_string()),
            until: or("until", month.until.to_string()),
            rows: or("rows", By::Day.code().to_owned()),
            columns: or("columns", By::Outcome.code().to_owned()),
        }
    }

    /// What a form sent.
    pub(super) fn of_form(form: &Form) -> Self {
        let [from, until, rows, columns] =
            ["from", "until", "rows", "columns"].map(|name| form.get(name).to_owned());
        Self { from, until, rows, columns }
    }

    /// The same as fields of a form.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let Self { from, until, rows, columns } = self.clone();
        vec![("from", from), ("until", until), ("rows", rows), ("columns", columns)]
    }

    /// The question, or what is wrong with which field.
    pub(super) fn read(&self) -> Result<Question, Vec<(&'static str, Wrong)>> {
        let mut wrong = Vec::new();
        let [from, until] = [("from", &self.from), ("until", &self.until)]
            .map(|(field, typed)| date(typed).map_err(|why| wrong.push((field, why))).ok());
        let period = from.zip(until).map(|(from, until)| Period::new(from, until));
        let period = period.and_then(|it| it.map_err(|why| wrong.push(("until", why))).ok());
        let [rows, columns] =
            [("rows", &self.rows), ("columns", &self.columns)].map(|(field, code)| {
                let by = By::parse(code).filter(|by| OFFERED.contains(by));
                by.or_else(|| {
                    wrong.push((field, Wrong::By));
                    None
                })
            });
        match (period, rows, columns) {
            (Some(period), Some(rows), Some(columns)) => Ok(Question { period, rows, columns }),
            _ => Err(wrong),
        }
    }
}

/// A date of which the end is an instant too: not the last day of the calendar.
fn date(typed: &str) -> Result<Date, Wrong> {
    let day = parse_wish(typed, "00:00", "0").map(|slot| slot.date()).map_err(|_| Wrong::Date)?;
    let period = Period { from: day, until: day };
    period.instants().map(|_| day).map_err(|_| Wrong::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, until: &str, wrong: &[(&'static str, Wrong)]) {
        let [rows, columns] = ["day", "outcome"].map(str::to_owned);
        let typed = Typed { from: from.to_owned(), until: until.to_owned(), rows, columns };
        assert_eq!(typed.read().err().unwrap_or_default(), wrong, "{from} {until}");
    }

    #[test]
    fn periods_are_read_as_dates_are_typed() {
        check("2026-11-01", "2026-11-30", &[]);
        check("２０２６/１１/１", "2026年11月1日", &[]);
        check("2026-11-02", "2026-11-01", &[("until", Wrong::Order)]);
        check("2021-01-01", "2025-12-31", &[]);
        check("2021-01-01", "2026-01-01", &[("until", Wrong::TooLong)]);
        check("2024-02-29", "2029-02-27", &[]);
        check("2024-02-29", "2029-02-28", &[("until", Wrong::TooLong)]);
        check("2026-02-30", "", &[("from", Wrong::Date), ("until", Wrong::Date)]);
        check("令和8年11月1日", "<b>", &[("from", Wrong::Date), ("until", Wrong::Date)]);
        check("9999-12-31", "9999-12-31", &[("from", Wrong::Date), ("until", Wrong::Date)]);
        for day in ["9999-12-30", "0001-01-01", "-9999-01-01", "99999-01-01"] {
            let typed = Typed { from: day.to_owned(), until: day.to_owned(), ..usual() };
            assert!(typed.read().is_err() || typed.read().unwrap().period.instants().is_ok());
        }
    }

    fn usual() -> Typed {
        Typed::of(&BTreeMap::new(), "2026-11-16".parse().unwrap())
    }

    #[test]
    fn what_is_not_asked_is_this_month_by_day_and_outcome() {
        let question = usual().read().unwrap();
        let days = [question.period.from, question.period.until].map(|day| day.to_string());
        assert_eq!(days, ["2026-11-01", "2026-11-30"]);
        assert_eq!((question.rows, question.columns), (By::Day, By::Outcome));
    }

    #[test]
    fn tables_are_by_what_is_offered() {
        for code in ["office", "", "Day", "person"] {
            let typed = Typed { rows: code.to_owned(), ..usual() };
            assert_eq!(typed.read(), Err(vec![("rows", Wrong::By)]), "{code}");
        }
    }

    #[test]
    fn article_5_2_a_month_is_published_when_it_is_over() {
        let check = |typed: &str, today: &str, expected: Result<&str, Wrong>| {
            let month = Period::month(typed, today.parse().unwrap());
            let seen = month.map(|month| month.until.to_string());
            assert_eq!(seen, expected.map(str::to_owned), "{typed} {today}");
        };
        check("2026-11", "2026-12-01", Ok("2026-11-30"));
        check("2026-11", "2026-11-30", Err(Wrong::NotOver));
        check("2026-12", "2026-12-01", Err(Wrong::NotOver));
        check("２０２６－０２", "2026-12-01", Ok("2026-02-28"));
        for typed in ["", "2026", "2026-13", "2026-11-01", "<b>", "11"] {
            check(typed, "2026-12-01", Err(Wrong::Month));
        }
    }
}
