//! Which days the office works: article 2(1) offers sessions on weekdays (平日).
//!
//! Days off are those of the Act on Holidays of Administrative Organs, article 1: Saturdays and
//! Sundays, national holidays, 29 December to 3 January; and days that the office closes itself.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::holidays::{Holiday, Overrides, national_holiday};

/// The office's calendar: published holidays and its own closed days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Holidays as the Cabinet Office published them; other years are computed.
    pub overrides: Overrides,
    /// Days on which the office is closed on its own account.
    pub closed: BTreeSet<Date>,
}

/// Why the office does not work on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// Saturday or Sunday.
    Weekend,
    /// A national holiday.
    Holiday(Holiday),
    /// 29 December to 3 January.
    YearEnd,
    /// A day that the office closed on its own account.
    OfficeClosed,
}

impl Calendar {
    /// Why the office does not work on `date`, the first reason in the order of [`DayOff`];
    /// `None` on working days.
    pub fn day_off(&self, date: Date) -> Option<DayOff> {
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Some(DayOff::Weekend);
        }
        if let Some(holiday) = national_holiday(date, &self.overrides) {
            return Some(DayOff::Holiday(holiday));
        }
        if matches!((date.month(), date.day()), (12, 29..=31) | (1, 1..=3)) {
            return Some(DayOff::YearEnd);
        }
        self.closed.contains(&date).then_some(DayOff::OfficeClosed)
    }

    /// Whether the office works on `date`.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day_off(date).is_none()
    }

    /// The nearest working day before `date`; `None` only at the beginning of time.
    pub fn previous_working_day(&self, date: Date) -> Option<Date> {
        self.working_days_before(date, 1)
    }

    /// The nearest working day after `date`; `None` only at the end of time.
    pub fn next_working_day(&self, date: Date) -> Option<Date> {
        self.working_days_after(date, 1)
    }

    /// The `count`-th working day before `date`; `date` itself when `count` is 0.
    pub fn working_days_before(&self, date: Date, count: u8) -> Option<Date> {
        self.walk(date, count, Date::yesterday)
    }

    /// The `count`-th working day after `date`; `date` itself when `count` is 0.
    pub fn working_days_after(&self, date: Date, count: u8) -> Option<Date> {
        self.walk(date, count, Date::tomorrow)
    }

    fn walk(
        &self,
        from: Date,
        count: u8,
        step: fn(Date) -> Result<Date, jiff::Error>,
    ) -> Option<Date> {
        let mut date = from;
        for _ in 0..count {
            date = step(date).ok()?;
            while !self.is_working_day(date) {
                date = step(date).ok()?;
            }
        }
        Some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(calendar: &Calendar, date: &str) -> String {
        match calendar.day_off(date.parse().unwrap()) {
            None => "works".to_owned(),
            Some(DayOff::Holiday(holiday)) => holiday.name.japanese().to_owned(),
            Some(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn article_2_paragraph_1_weekdays() {
        let closed = BTreeSet::from([Date::constant(2026, 11, 25), Date::constant(2026, 11, 28)]);
        let calendar = Calendar { closed, ..Calendar::default() };
        let check = |date: &str, expected: &str| assert_eq!(reason(&calendar, date), expected);
        check("2026-11-20", "works");
        check("2026-11-21", "Weekend");
        check("2026-11-22", "Weekend");
        check("2026-11-23", "勤労感謝の日");
        check("2026-11-24", "works");
        check("2026-11-25", "OfficeClosed");
        check("2026-11-28", "Weekend"); // Closed, too, but a Saturday first.
        check("2025-05-06", "振替休日");
        check("2026-05-06", "振替休日");
        check("2026-09-22", "国民の休日");
        check("2027-03-22", "振替休日");
        check("2032-09-21", "国民の休日");
        check("2023-01-02", "振替休日"); // And inside the year's end.
        check("2026-12-28", "works");
        check("2026-12-29", "YearEnd");
        check("2026-12-30", "YearEnd");
        check("2026-12-31", "YearEnd");
        check("2027-01-01", "元日");
        check("2027-01-02", "Weekend");
        check("2027-01-04", "works");
        check("2024-01-03", "YearEnd");
        check("2150-05-03", "Weekend");
        check("2150-05-04", "works"); // Holidays are known up to 2099.
        check("2150-12-31", "YearEnd");
    }

    #[test]
    fn working_days_of_a_year() {
        let calendar = Calendar::default();
        for (year, expected) in [(2025, 241), (2026, 240), (2027, 242)] {
            let days = Date::constant(year, 1, 1).series(jiff::Span::new().days(1));
            let of_year = days.take_while(|day| day.year() == year);
            assert_eq!(of_year.filter(|day| calendar.is_working_day(*day)).count(), expected);
        }
    }

    #[test]
    fn neighbouring_working_days() {
        let calendar = Calendar::default();
        let check = |date: &str, previous: &str, next: &str| {
            let date: Date = date.parse().unwrap();
            assert_eq!(calendar.previous_working_day(date), Some(previous.parse().unwrap()));
            assert_eq!(calendar.next_working_day(date), Some(next.parse().unwrap()));
        };
        check("2026-11-24", "2026-11-20", "2026-11-25");
        check("2026-11-23", "2026-11-20", "2026-11-24");
        check("2026-12-28", "2026-12-25", "2027-01-04");
        check("2027-01-04", "2026-12-28", "2027-01-05");
        check("2026-05-07", "2026-05-01", "2026-05-08");
        check("2019-04-26", "2019-04-25", "2019-05-07");
    }

    #[test]
    fn working_days_are_counted_from_the_day_itself() {
        let calendar = Calendar::default();
        let saturday = Date::constant(2026, 11, 21);
        assert_eq!(calendar.working_days_after(saturday, 0), Some(saturday));
        assert_eq!(calendar.working_days_after(saturday, 2), Some(Date::constant(2026, 11, 25)));
        assert_eq!(calendar.working_days_before(saturday, 2), Some(Date::constant(2026, 11, 19)));
    }

    #[test]
    fn the_ends_of_time_are_no_working_days() {
        let calendar = Calendar::default();
        assert_eq!(calendar.previous_working_day(Date::MIN), None);
        assert_eq!(calendar.next_working_day(Date::MAX), None);
    }
}
