//! National holidays by the Act on National Holidays (国民の祝日に関する法律) and its one-day laws.
//!
//! Computed for 1948 to 2099; in other years no day is a national holiday. The equinoxes are
//! announced each February for the following year, so computed ones are marked provisional until
//! the Cabinet Office's file ([`Overrides`]) brings the year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::holiday_name::HolidayName;

/// A national holiday or another day off by statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// What the day is called.
    pub name: HolidayName,
    /// Whether the day rests on a computed equinox that no imported file has confirmed.
    pub provisional: bool,
}

/// Published holidays, which replace the computed ones of every year they mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    days: BTreeMap<Date, HolidayName>,
    years: BTreeSet<i16>,
}

impl Overrides {
    /// Takes published days. A year with any row is taken wholly from the rows; of two rows for
    /// one day the later counts ([`crate::schedule::read_holiday_file`] refuses such files).
    pub fn from_rows(rows: impl IntoIterator<Item = (Date, HolidayName)>) -> Self {
        let days: BTreeMap<_, _> = rows.into_iter().collect();
        let years = days.keys().map(|date| date.year()).collect();
        Self { days, years }
    }

    /// Whether the holidays of this year are published ones.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The published days in their order.
    pub fn rows(&self) -> impl Iterator<Item = (Date, &HolidayName)> {
        self.days.iter().map(|(date, name)| (*date, name))
    }
}

/// The national holiday on `date`, if it is one.
///
/// Years that `overrides` covers come from there alone, others from the act; outside 1948 to 2099
/// uncovered years have none.
pub fn national_holiday(date: Date, overrides: &Overrides) -> Option<Holiday> {
    if overrides.covers(date.year()) {
        let name = overrides.days.get(&date)?.clone();
        return Some(Holiday { name, provisional: false });
    }
    named(date)
        .or_else(|| one_day_law(date))
        .or_else(|| substitute(date))
        .or_else(|| between_holidays(date))
}

/// The act came into force on 1948-07-20.
const IN_FORCE: Date = Date::constant(1948, 7, 20);
/// Article 3(2), substitute holidays, from 1973-04-12.
const SUBSTITUTES: Date = Date::constant(1973, 4, 12);
/// Article 3(3), days between two holidays, from 1985-12-27.
const BETWEEN: Date = Date::constant(1985, 12, 27);
/// From 2007 a substitute moves past further holidays, and article 3(3) includes Sundays.
const AMENDED: Date = Date::constant(2007, 1, 1);
/// The equinox formula is good up to here.
const LAST_YEAR: i16 = 2099;

/// A holiday on the same date in each year of a span (both ends included).
struct Fixed(HolidayName, i8, i8, i16, i16);

/// A holiday on the n-th Monday of a month in each year of a span (both ends included).
struct Monday(HolidayName, i8, i8, i16, i16);

// 2020 and 2021 were rearranged for the Olympic Games by a special law.
static FIXED: [Fixed; 26] = [
    Fixed(HolidayName::NewYear, 1, 1, 1949, LAST_YEAR),
    Fixed(HolidayName::ComingOfAge, 1, 15, 1949, 1999),
    Fixed(HolidayName::Foundation, 2, 11, 1967, LAST_YEAR),
    Fixed(HolidayName::EmperorsBirthday, 2, 23, 2020, LAST_YEAR),
    Fixed(HolidayName::EmperorsBirthday, 4, 29, 1949, 1988),
    Fixed(HolidayName::Greenery, 4, 29, 1989, 2006),
    Fixed(HolidayName::Showa, 4, 29, 2007, LAST_YEAR),
    // The law of 2018 made this day and 2019-10-22 holidays for article 3(2) and 3(3), too.
    Fixed(HolidayName::Enthronement, 5, 1, 2019, 2019),
    Fixed(HolidayName::Constitution, 5, 3, 1949, LAST_YEAR),
    Fixed(HolidayName::Greenery, 5, 4, 2007, LAST_YEAR),
    Fixed(HolidayName::Children, 5, 5, 1949, LAST_YEAR),
    Fixed(HolidayName::Marine, 7, 20, 1996, 2002),
    Fixed(HolidayName::Marine, 7, 23, 2020, 2020),
    Fixed(HolidayName::Marine, 7, 22, 2021, 2021),
    Fixed(HolidayName::Sports, 7, 24, 2020, 2020),
    Fixed(HolidayName::Sports, 7, 23, 2021, 2021),
    Fixed(HolidayName::Mountain, 8, 11, 2016, 2019),
    Fixed(HolidayName::Mountain, 8, 10, 2020, 2020),
    Fixed(HolidayName::Mountain, 8, 8, 2021, 2021),
    Fixed(HolidayName::Mountain, 8, 11, 2022, LAST_YEAR),
    Fixed(HolidayName::RespectForTheAged, 9, 15, 1966, 2002),
    Fixed(HolidayName::HealthSports, 10, 10, 1966, 1999),
    Fixed(HolidayName::EnthronementCeremony, 10, 22, 2019, 2019),
    Fixed(HolidayName::Culture, 11, 3, 1948, LAST_YEAR),
    Fixed(HolidayName::LabourThanksgiving, 11, 23, 1948, LAST_YEAR),
    Fixed(HolidayName::EmperorsBirthday, 12, 23, 1989, 2018),
];

static MONDAYS: [Monday; 6] = [
    Monday(HolidayName::ComingOfAge, 1, 2, 2000, LAST_YEAR),
    Monday(HolidayName::Marine, 7, 3, 2003, 2019),
    Monday(HolidayName::Marine, 7, 3, 2022, LAST_YEAR),
    Monday(HolidayName::RespectForTheAged, 9, 3, 2003, LAST_YEAR),
    Monday(HolidayName::HealthSports, 10, 2, 2000, 2019),
    Monday(HolidayName::Sports, 10, 2, 2022, LAST_YEAR),
];

/// A 国民の祝日 of article 2 of the act: the days that article 3(2) and 3(3) build upon.
fn named(date: Date) -> Option<Holiday> {
    if date < IN_FORCE || date.year() > LAST_YEAR {
        return None;
    }
    let (year, month, day) = (date.year(), date.month(), date.day());
    let fixed = FIXED.iter().find_map(|Fixed(name, in_month, on_day, from, to)| {
        let hit = *in_month == month && *on_day == day && (*from..=*to).contains(&year);
        hit.then_some(name)
    });
    let monday = || {
        let nth = (day + 6) / 7;
        let rows = if date.weekday() == Weekday::Monday { &MONDAYS[..] } else { &[] };
        rows.iter().find_map(|Monday(name, in_month, on_nth, from, to)| {
            let hit = *in_month == month && *on_nth == nth && (*from..=*to).contains(&year);
            hit.then_some(name)
        })
    };
    if let Some(name) = fixed.or_else(monday) {
        return Some(Holiday { name: name.clone(), provisional: false });
    }
    let equinox = match month {
        3 if day == vernal_equinox(year) => HolidayName::VernalEquinox,
        9 if day == autumnal_equinox(year) => HolidayName::AutumnalEquinox,
        _ => return None,
    };
    Some(Holiday { name: equinox, provisional: true })
}

/// Days off by laws made for one day, which article 3(2) and 3(3) do not build upon.
fn one_day_law(date: Date) -> Option<Holiday> {
    let name = match (date.year(), date.month(), date.day()) {
        (1959, 4, 10) | (1993, 6, 9) => HolidayName::ImperialWedding,
        (1989, 2, 24) => HolidayName::ImperialFuneral,
        (1990, 11, 12) => HolidayName::EnthronementCeremony,
        _ => return None,
    };
    Some(Holiday { name, provisional: false })
}

/// Article 3(2): a holiday on a Sunday moves to the Monday, since 2007 past further holidays.
/// `date` itself is none.
fn substitute(date: Date) -> Option<Holiday> {
    if date < SUBSTITUTES || (date < AMENDED && date.weekday() != Weekday::Monday) {
        return None;
    }
    let mut provisional = false;
    let mut before = date.yesterday().ok()?;
    while let Some(holiday) = named(before) {
        provisional |= holiday.provisional;
        if before.weekday() == Weekday::Sunday {
            return Some(Holiday { name: HolidayName::Substitute, provisional });
        }
        before = before.yesterday().ok()?;
    }
    None
}

/// Article 3(3): a day whose day before and day after are both holidays. `date` itself is none.
fn between_holidays(date: Date) -> Option<Holiday> {
    if date < BETWEEN || (date < AMENDED && date.weekday() == Weekday::Sunday) {
        return None;
    }
    let before = named(date.yesterday().ok()?)?;
    let after = named(date.tomorrow().ok()?)?;
    let provisional = before.provisional || after.provisional;
    Some(Holiday { name: HolidayName::Citizens, provisional })
}

/// Day of March of the vernal equinox in Japan, by the usual approximation; 1900 to 2099.
fn vernal_equinox(year: i16) -> i8 {
    equinox(year, 20_835_700, 20_843_100)
}

/// Day of September of the autumnal equinox in Japan, by the usual approximation; 1900 to 2099.
fn autumnal_equinox(year: i16) -> i8 {
    equinox(year, 23_258_800, 23_248_800)
}

/// The mean tropical year drifts by 0.242194 days a year, and leap years take a day back.
/// Millionths of days, so that no rounding of floating point numbers decides a holiday.
fn equinox(year: i16, until_1979: i64, from_1980: i64) -> i8 {
    let year = i64::from(year);
    let drift = 242_194 * (year - 1980);
    let millionths = if year < 1980 {
        // Division towards zero, as the formula's authors meant it.
        until_1979 + drift - (year - 1983) / 4 * 1_000_000
    } else {
        from_1980 + drift - (year - 1980) / 4 * 1_000_000
    };
    i8::try_from(millionths / 1_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(&str, &str)]) {
        for (date, expected) in rows {
            let holiday = national_holiday(date.parse().unwrap(), &Overrides::default());
            let seen = holiday.as_ref().map_or("-", |holiday| holiday.name.japanese());
            assert_eq!(seen, *expected, "{date}");
        }
    }

    #[test]
    fn article_2_the_holidays_themselves() {
        check(&[
            ("1948-07-19", "-"),
            ("1948-03-21", "-"), // Before the act.
            ("1948-09-23", "秋分の日"),
            ("1948-11-03", "文化の日"),
            ("1949-01-01", "元日"),
            ("1949-01-15", "成人の日"),
            ("1949-04-29", "天皇誕生日"),
            ("1966-02-11", "-"), // In the act since 1966, but first kept in 1967.
            ("1967-02-11", "建国記念の日"),
            ("1965-09-15", "-"),
            ("1966-09-15", "敬老の日"),
            ("1966-10-10", "体育の日"),
            ("1988-12-23", "-"),
            ("1989-04-29", "みどりの日"),
            ("1989-12-23", "天皇誕生日"),
            ("1995-07-20", "-"),
            ("1996-07-20", "海の日"),
            ("2007-04-29", "昭和の日"),
            ("2007-05-04", "みどりの日"),
            ("2015-08-11", "-"),
            ("2016-08-11", "山の日"),
            ("2018-12-23", "天皇誕生日"),
            ("2019-02-23", "-"),
            ("2019-12-23", "-"),
            ("2020-02-23", "天皇誕生日"),
            ("2099-11-23", "勤労感謝の日"),
            ("2100-01-01", "-"),
        ]);
    }

    #[test]
    fn article_2_happy_mondays() {
        check(&[
            ("1999-01-11", "-"),
            ("1999-01-15", "成人の日"),
            ("2000-01-10", "成人の日"),
            ("2000-01-15", "-"),
            ("2000-10-09", "体育の日"),
            ("2002-09-15", "敬老の日"),
            ("2003-07-21", "海の日"),
            ("2003-09-15", "敬老の日"),
            ("2026-01-12", "成人の日"),
            ("2026-07-20", "海の日"),
            ("2026-09-21", "敬老の日"),
            ("2026-10-12", "スポーツの日"),
        ]);
    }

    #[test]
    fn special_laws() {
        check(&[
            ("1959-04-10", "結婚の儀"),
            ("1989-02-24", "大喪の礼"),
            ("1990-11-12", "即位礼正殿の儀"),
            ("1993-06-09", "結婚の儀"),
            ("2019-04-30", "国民の休日"),
            ("2019-05-01", "天皇の即位の日"),
            ("2019-05-02", "国民の休日"),
            ("2019-10-22", "即位礼正殿の儀"),
            ("2020-07-20", "-"),
            ("2020-07-23", "海の日"),
            ("2020-07-24", "スポーツの日"),
            ("2020-08-10", "山の日"),
            ("2020-08-11", "-"),
            ("2020-10-12", "-"),
            ("2021-07-19", "-"),
            ("2021-07-22", "海の日"),
            ("2021-07-23", "スポーツの日"),
            ("2021-08-08", "山の日"),
            ("2021-08-09", "振替休日"),
            ("2021-08-11", "-"),
            ("2021-10-11", "-"),
        ]);
    }

    #[test]
    fn article_3_paragraph_2_substitutes() {
        check(&[
            ("1973-02-12", "-"), // The day before was a holiday on a Sunday, too early.
            ("1973-04-30", "振替休日"),
            ("1998-05-04", "振替休日"),
            ("2008-05-06", "振替休日"), // 4 May was the Sunday.
            ("2009-05-06", "振替休日"), // 3 May was the Sunday.
            ("2023-01-02", "振替休日"),
            ("2025-05-06", "振替休日"),
            ("2026-05-06", "振替休日"),
            ("2027-03-22", "振替休日"),
            ("2006-01-02", "振替休日"),
            ("2022-05-06", "-"),
            ("2028-05-06", "-"),
        ]);
    }

    #[test]
    fn article_3_paragraph_3_between_holidays() {
        check(&[
            ("1985-05-04", "-"), // Too early.
            ("1986-05-04", "-"), // A Sunday.
            ("1988-05-04", "国民の休日"),
            ("2006-05-04", "国民の休日"),
            ("2009-09-22", "国民の休日"),
            ("2015-09-22", "国民の休日"),
            ("2026-09-22", "国民の休日"),
            ("2032-09-21", "国民の休日"),
        ]);
        for year in [2022, 2023, 2024, 2025, 2027, 2028] {
            let mut day = Date::constant(year, 1, 1);
            while day.year() == year {
                let holiday = national_holiday(day, &Overrides::default());
                let name = holiday.map(|holiday| holiday.name);
                assert_ne!(name, Some(HolidayName::Citizens), "{day}");
                let has_substitute = !matches!(year, 2022 | 2028);
                assert!(has_substitute || name != Some(HolidayName::Substitute), "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }

    /// How many days the Cabinet Office's file has in each year from 1955 to 2027.
    #[test]
    fn each_year_has_as_many_days_as_were_published() {
        let published = [
            9, 9, 9, 9, 10, // 1955
            9, 9, 9, 9, 9, 9, 11, 12, 12, 12, // 1960
            12, 12, 12, 14, 15, 13, 13, 12, 14, 14, // 1970
            13, 13, 14, 12, 16, 15, 13, 13, 14, 17, // 1980
            19, 17, 14, 16, 14, 16, 19, 16, 15, 17, // 1990
            15, 19, 18, 15, 15, 16, 16, 19, 17, 17, // 2000
            16, 15, 18, 17, 17, 17, 17, 17, 20, 22, // 2010
            18, 17, 16, 17, 21, 19, 18, 17, // 2020
        ];
        for (year, expected) in (1955..).zip(published) {
            let january = Date::constant(year, 1, 1);
            let days = january.series(jiff::Span::new().days(1));
            let of_year = days.take_while(|day| day.year() == year);
            let seen =
                of_year.filter(|day| national_holiday(*day, &Overrides::default()).is_some());
            assert_eq!(seen.count(), expected, "{year}");
        }
    }

    #[test]
    fn equinoxes() {
        let rows: [(i16, i8, i8); 10] = [
            (1949, 21, 23),
            (1951, 21, 24),
            (1960, 20, 23),
            (1979, 21, 24),
            (1980, 20, 23),
            (2012, 20, 22),
            (2026, 20, 23),
            (2027, 21, 23),
            (2092, 19, 22),
            (2099, 20, 23),
        ];
        for (year, march, september) in rows {
            assert_eq!(
                (vernal_equinox(year), autumnal_equinox(year)),
                (march, september),
                "{year}"
            );
        }
    }

    #[test]
    fn what_rests_on_an_equinox_is_provisional_until_published() {
        let provisional = |date: &str, overrides: &Overrides| {
            national_holiday(date.parse().unwrap(), overrides).unwrap().provisional
        };
        let law = Overrides::default();
        assert!(provisional("2026-03-20", &law));
        assert!(provisional("2027-03-22", &law), "substitute of an equinox");
        assert!(provisional("2026-09-22", &law), "between a holiday and an equinox");
        assert!(!provisional("2026-05-06", &law));
        let published = Overrides::from_rows([(
            Date::constant(2026, 3, 20),
            HolidayName::published("春分の日"),
        )]);
        assert!(!provisional("2026-03-20", &published));
    }

    #[test]
    fn a_published_year_is_taken_wholly_and_alone() {
        let day = Date::constant(2150, 6, 1);
        let rows = [
            (day, HolidayName::published("新しい日")),
            (Date::constant(2027, 1, 1), HolidayName::NewYear),
        ];
        let overrides = Overrides::from_rows(rows);
        assert_eq!(national_holiday(day, &overrides).unwrap().name.japanese(), "新しい日");
        assert!(national_holiday(Date::constant(2027, 1, 1), &overrides).is_some());
        assert!(national_holiday(Date::constant(2027, 5, 3), &overrides).is_none());
        assert!(national_holiday(Date::constant(2026, 5, 3), &overrides).is_some());
    }
}
