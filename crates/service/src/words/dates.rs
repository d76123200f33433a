//! Dates, times and telephone numbers as a person reads them, in Asia/Tokyo.
//!
//! The forms are in `dates.ftl`: weekday and era with every date; in easy Japanese the readings,
//! and morning or afternoon, as the guideline of the Immigration Services Agency asks.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::schedule::{Slot, TOKYO};
use rules::terms::Window;

use super::{Markup, Value, Words, key};

/// First days of the eras since Meiji's solar calendar, newest first.
const ERAS: [(Date, i64, &str); 5] = [
    (Date::constant(2019, 5, 1), 2019, "reiwa"),
    (Date::constant(1989, 1, 8), 1989, "heisei"),
    (Date::constant(1926, 12, 25), 1926, "showa"),
    (Date::constant(1912, 7, 30), 1912, "taisho"),
    (Date::constant(1873, 1, 1), 1868, "meiji"),
];

/// The era of a date and its year in it. Earlier dates than 1873 count as Meiji.
fn era(date: Date) -> (&'static str, i64) {
    let found = ERAS.iter().find(|(first, _, _)| *first <= date);
    let (_, first_year, name) = found.unwrap_or(&ERAS[4]);
    (name, i64::from(date.year()) - first_year + 1)
}

fn date_values(date: Date) -> [(&'static str, Value<'static>); 6] {
    let (era, era_year) = era(date);
    [
        ("year", date.year().into()),
        ("month", date.month().into()),
        ("day", date.day().into()),
        ("weekday", date.weekday().to_monday_one_offset().into()),
        ("era", era.into()),
        ("era_year", era_year.into()),
    ]
}

fn time_values(time: Time) -> [(&'static str, Value<'static>); 5] {
    let half = if time.hour() < 12 { "morning" } else { "afternoon" };
    [
        ("half", half.into()),
        ("hour", time.hour().into()),
        ("half_hour", (time.hour() % 12).into()),
        ("minute", time.minute().into()),
        ("minute_digits", format!("{:02}", time.minute()).into()),
    ]
}

/// Keeps a time of day on one line where there is room for it (see `.unbroken` in style.css).
fn unbroken(markup: &Markup) -> Markup {
    Markup::of_safe_html(format!("<span class=\"unbroken\">{markup}</span>"))
}

fn in_tokyo(instant: Timestamp) -> (Date, Time) {
    let civil = TOKYO.to_datetime(instant);
    (civil.date(), civil.time())
}

/// A value given away, lent, or lent twice: templates lend what they hold, and loops once more.
pub trait Lent<T: Copy> {
    /// The value itself.
    fn lent(&self) -> T;
}

impl<T: Copy> Lent<T> for T {
    fn lent(&self) -> T {
        *self
    }
}

impl<T: Copy> Lent<T> for &T {
    fn lent(&self) -> T {
        **self
    }
}

impl<T: Copy> Lent<T> for &&T {
    fn lent(&self) -> T {
        ***self
    }
}

/// Each method takes its date or time by value or by reference ([`Lent`]).
impl Words {
    /// A date with weekday and era: 2026年（令和8年）11月24日（火曜日）.
    pub fn date(self, date: impl Lent<Date>) -> Markup {
        self.with(key!("dates-date"), &date_values(date.lent()))
    }

    /// [`Words::date`] without ruby.
    pub fn plain_date(self, date: impl Lent<Date>) -> String {
        self.plain_with(key!("dates-date"), &date_values(date.lent()))
    }

    /// A date of the near future, for buttons and tables: 11月24日（火）.
    pub fn short_date(self, date: impl Lent<Date>) -> Markup {
        self.with(key!("dates-short-date"), &date_values(date.lent()))
    }

    /// [`Words::short_date`] without ruby.
    pub fn plain_short_date(self, date: impl Lent<Date>) -> String {
        self.plain_with(key!("dates-short-date"), &date_values(date.lent()))
    }

    /// A time of day: 10時00分.
    pub fn time(self, time: impl Lent<Time>) -> Markup {
        unbroken(&self.with(key!("dates-time"), &time_values(time.lent())))
    }

    /// [`Words::time`] without ruby.
    pub fn plain_time(self, time: impl Lent<Time>) -> String {
        self.plain_with(key!("dates-time"), &time_values(time.lent()))
    }

    /// From one time of day to another: 10時00分から10時45分まで.
    pub fn times(self, from: impl Lent<Time>, to: impl Lent<Time>) -> Markup {
        unbroken(&self.t2(key!("dates-times"), "from", self.time(from), "to", self.time(to)))
    }

    /// [`Words::times`] without ruby.
    pub fn plain_times(self, from: impl Lent<Time>, to: impl Lent<Time>) -> String {
        let values = [("from", self.plain_time(from).into()), ("to", self.plain_time(to).into())];
        self.plain_with(key!("dates-times"), &values)
    }

    /// When sessions are held: every window of the terms.
    pub fn windows(self, windows: &[Window]) -> Markup {
        let each = windows.iter().map(|window| self.times(window.from, window.to));
        let all = each
            .reduce(|one, other| self.t2(key!("dates-windows-join"), "one", one, "other", other));
        all.unwrap_or_default()
    }

    /// A slot: its date, and from when to when (Asia/Tokyo).
    pub fn slot(self, slot: &Slot) -> Markup {
        let (date, from) = in_tokyo(slot.start);
        let (_, to) = in_tokyo(slot.end());
        let times = self.times(from, to);
        self.t2(key!("dates-slot"), "date", self.date(date), "times", times)
    }

    /// [`Words::slot`] without ruby.
    pub fn plain_slot(self, slot: &Slot) -> String {
        let (date, from) = in_tokyo(slot.start);
        let (_, to) = in_tokyo(slot.end());
        let times = self.plain_times(from, to);
        let values = [("date", self.plain_date(date).into()), ("times", times.into())];
        self.plain_with(key!("dates-slot"), &values)
    }

    /// An instant as date and time of day (Asia/Tokyo).
    pub fn moment(self, instant: impl Lent<Timestamp>) -> Markup {
        let (date, time) = in_tokyo(instant.lent());
        self.t2(key!("dates-moment"), "date", self.date(date), "time", self.time(time))
    }

    /// [`Words::moment`] without ruby.
    pub fn plain_moment(self, instant: impl Lent<Timestamp>) -> String {
        let (date, time) = in_tokyo(instant.lent());
        let values =
            [("date", self.plain_date(date).into()), ("time", self.plain_time(time).into())];
        self.plain_with(key!("dates-moment"), &values)
    }

    /// An instant of the near past or future, for lists: 11月24日（火）10時00分.
    pub fn plain_short_moment(self, instant: impl Lent<Timestamp>) -> String {
        let (date, time) = in_tokyo(instant.lent());
        let (date, time) = (self.plain_short_date(date), self.plain_time(time));
        self.plain_with(key!("dates-moment"), &[("date", date.into()), ("time", time.into())])
    }

    /// A telephone number of the office as a link that a telephone can dial.
    pub fn telephone(self, number: &str) -> Markup {
        let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let shown = Markup::of_text(number);
        Markup::of_safe_html(format!("<a class=\"telephone\" href=\"tel:{dialled}\">{shown}</a>"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use rules::people::Language;

    use super::*;

    fn without_tags(markup: &Markup) -> String {
        let parts = markup.as_str().split('<');
        parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
    }

    #[test]
    fn dates_with_weekday_and_era() {
        let check = |year, month, day, japanese: &str, english: &str| {
            let date = date(year, month, day);
            assert_eq!(Words::new(Language::Japanese).plain_date(date), japanese);
            assert_eq!(Words::new(Language::English).plain_date(date), english);
        };
        let (ja, en) =
            ("2026年（令和8年）11月24日（火曜日）", "Tuesday 24 November 2026 (Reiwa 8)");
        check(2026, 11, 24, ja, en);
        let (ja, en) = ("2019年（令和元年）5月1日（水曜日）", "Wednesday 1 May 2019 (Reiwa 1)");
        check(2019, 5, 1, ja, en);
        let (ja, en) = ("2019年（平成31年）4月30日（火曜日）", "Tuesday 30 April 2019 (Heisei 31)");
        check(2019, 4, 30, ja, en);
        let (ja, en) = ("1989年（昭和64年）1月7日（土曜日）", "Saturday 7 January 1989 (Showa 64)");
        check(1989, 1, 7, ja, en);
    }

    #[test]
    fn easy_dates_tell_the_reading_of_the_day() {
        let words = Words::new(Language::EasyJapanese);
        assert_eq!(words.plain_date(date(2026, 11, 24)), "2026年11月24日（火曜日）");
        let html = words.date(date(2026, 4, 20));
        let html = html.as_str();
        let month = "<ruby>4月<rp>（</rp><rt>しがつ</rt><rp>）</rp></ruby>";
        let day = "<ruby>20日<rp>（</rp><rt>はつか</rt><rp>）</rp></ruby>";
        assert!(html.contains(month) && html.contains(day), "{html}");
        assert!(html.contains("<rt>げつようび</rt>"), "{html}");
    }

    #[test]
    fn times_of_day() {
        let check = |at, japanese: &str, easy: &str, english: &str| {
            assert_eq!(Words::new(Language::Japanese).plain_time(at), japanese);
            assert_eq!(Words::new(Language::EasyJapanese).plain_time(at), easy);
            assert_eq!(Words::new(Language::English).plain_time(at), english);
        };
        check(time(10, 0, 0, 0), "10時00分", "午前10時", "10:00 am");
        check(time(14, 30, 0, 0), "14時30分", "午後2時30分", "2:30 pm");
        check(time(0, 5, 0, 0), "0時05分", "午前0時5分", "12:05 am");
        check(time(12, 0, 0, 0), "12時00分", "昼の12時", "12:00 pm");
    }

    #[test]
    fn slots_and_moments_are_in_tokyo() {
        let start: Timestamp = "2026-11-24T01:00:00Z".parse().expect("an instant");
        let slot = Slot { start, minutes: 45 };
        let words = Words::new(Language::Japanese);
        let day = "2026年（令和8年）11月24日（火曜日）";
        assert_eq!(words.plain_slot(&slot), format!("{day}10時00分から10時45分まで"));
        assert_eq!(without_tags(&words.slot(&slot)), words.plain_slot(&slot));
        assert_eq!(words.plain_moment(start), format!("{day}10時00分"));
        assert_eq!(without_tags(&words.moment(start)), words.plain_moment(start));
        assert_eq!(words.plain_short_moment(start), "11月24日（火）10時00分");
    }

    #[test]
    fn telephone_numbers_can_be_dialled() {
        let html = Words::new(Language::Japanese).telephone("072-222-<5049>");
        let expected = "<a class=\"telephone\" href=\"tel:0722225049\">072-222-&lt;5049&gt;</a>";
        assert_eq!(html.as_str(), expected);
    }
}
