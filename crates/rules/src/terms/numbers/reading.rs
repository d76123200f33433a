//! Reads what a text says in numbers: minutes, times of day, days before, dates.
//!
//! The text is folded before (one width, small letters). Japanese and English are read by the same
//! reader, since a Japanese text may hold either.

use jiff::civil::{Date, Time, time};

use super::numeral;
use super::numeral::is_kanji_numeral;

/// Something that a text says in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A length of time, in minutes: ３０分, 一時間, ten minutes.
    Minutes(u16),
    /// Days before: 前日 is one, 三日前 three.
    DaysBefore(u8),
    /// A time of day: 午後４時３０分, 16:30, noon.
    At(Time),
    /// A day: 令和７年４月１５日, 15 April 2025.
    On(Date),
}

/// Something said, and where: from a character up to before another.
#[derive(Clone, Copy, Debug)]
pub(in crate::terms) struct Reading {
    pub(in crate::terms) said: Said,
    pub(in crate::terms) from: usize,
    pub(in crate::terms) to: usize,
}

/// All that a folded text says in numbers, in its order.
pub(in crate::terms) fn read(text: &[char]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let here = Place { text, at };
        if let Some((first, second, to)) = here.range() {
            readings.push(Reading { said: first, from: at, to });
            readings.push(Reading { said: second, from: at, to });
            at = to;
        } else if let Some((said, to)) = here.said() {
            readings.push(Reading { said, from: at, to });
            at = to;
        } else {
            at = here.skip();
        }
    }
    readings
}

/// What a text, once folded, writes between the ends of a range.
pub(in crate::terms) const RANGE_MARKS: [&str; 11] =
    ["~", "〜", "-", "–", "—", "―", "‐", "−", "ー", "から", "ないし"];

/// A place in a text. What is read from it gives also the place where it ends.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a [char],
    at: usize,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl<'a> Place<'a> {
    /// The place after `word`, if the text goes on with it.
    fn after(self, word: &str) -> Option<Self> {
        let length = word.chars().count();
        let here = self.text.get(self.at..self.at + length)?;
        here.iter().copied().eq(word.chars()).then_some(Self { at: self.at + length, ..self })
    }

    fn after_any(self, words: &[&str]) -> Option<Self> {
        words.iter().find_map(|word| self.after(word))
    }

    /// The place after a blank, if there is one.
    fn blank(self) -> Self {
        self.after(" ").unwrap_or(self)
    }

    fn number(self) -> Option<(u32, Self)> {
        let (number, at) = numeral(self.text, self.at)?;
        Some((number, Self { at, ..self }))
    }

    /// The place after an English word, if it is the whole word.
    fn word(self, words: &[&str]) -> Option<Self> {
        let after = self.after_any(words)?;
        let goes_on = after.text.get(after.at).is_some_and(char::is_ascii_alphanumeric);
        (!goes_on).then_some(after)
    }

    /// Whether an English word may begin here.
    fn is_fresh(self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.text.get(at));
        !before.is_some_and(char::is_ascii_alphanumeric)
    }

    /// Past a numeral or a word that says nothing, whole: the rest of `１３０` is no `３０`, that of
    /// `午後１４時` no `１４時`.
    fn skip(self) -> usize {
        let halves = self.after_any(&["午前", "午後"]);
        if let Some((_, after)) = halves.unwrap_or(self).number() {
            return after.at;
        }
        let rest = self.text.iter().skip(self.at);
        let run = |is: fn(&char) -> bool| rest.clone().take_while(|c| is(c)).count();
        let numeral = run(char::is_ascii_digit).max(run(is_kanji_numeral));
        self.at + numeral.max(run(char::is_ascii_alphabetic)).max(1)
    }

    fn said(self) -> Option<(Said, usize)> {
        let (said, after) = self
            .date()
            .or_else(|| self.time_of_day())
            .or_else(|| self.days_before())
            .or_else(|| self.minutes())?;
        Some((said, after.at))
    }

    /// Two ends that share what is written once: `30~60分` the unit, `10~12時` too, `午後2時~4時` the
    /// half of the day.
    fn range(self) -> Option<(Said, Said, usize)> {
        self.range_of_minutes().or_else(|| self.range_of_hours())
    }

    fn range_of_minutes(self) -> Option<(Said, Said, usize)> {
        let (number, after) = self.number()?;
        let second = after.blank().after_any(&RANGE_MARKS);
        let second = second.or_else(|| after.blank().after_any(&["to ", "or "]))?;
        let (said, after) = second.blank().minutes()?;
        Some((Said::Minutes(u16::try_from(number).ok()?), said, after.at))
    }

    fn range_of_hours(self) -> Option<(Said, Said, usize)> {
        let (half, start) = self.half();
        let (hour, end) = start.number()?;
        let (minute, after) = match end.japanese_minute(start, half) {
            Some(_) if half.is_none() => return None,
            Some((minute, after, _)) => (minute, after),
            None => (0, end),
        };
        let second = after.after_any(&RANGE_MARKS)?;
        let (hour_until, end) = second.number()?;
        let (minute_until, after, _) = end.japanese_minute(second, None)?;
        let (from, until) = (clock(hour, minute, half)?, clock(hour_until, minute_until, half)?);
        (from < until).then_some((Said::At(from), Said::At(until), after.at))
    }

    /// 午前 or 午後, and the place after it.
    fn half(self) -> (Option<Half>, Self) {
        let halves = [("午前", Half::Morning), ("午後", Half::Afternoon)];
        let named =
            halves.into_iter().find_map(|(word, half)| Some((Some(half), self.after(word)?)));
        named.unwrap_or((None, self))
    }

    /// 三十分, 一時間, 1時間30分, 1時間半, ten minutes, 10-minute, 1 hour.
    fn minutes(self) -> Option<(Said, Self)> {
        let (number, after) = self.number()?;
        let number = u16::try_from(number).ok()?;
        if let Some(after) = after.after("時間") {
            let hours = number.checked_mul(60)?;
            if let Some(after) = after.after("半") {
                return Some((Said::Minutes(hours.checked_add(30)?), after));
            }
            return match after.minutes_of_an_hour() {
                Some((minutes, after)) => Some((Said::Minutes(hours.checked_add(minutes)?), after)),
                None => Some((Said::Minutes(hours), after)),
            };
        }
        if let Some(unit) = after.after("分") {
            let is_enough = self.after("十分").is_some_and(|end| end.at == unit.at);
            let is_fraction = unit.after("の").and_then(Self::number).is_some();
            let counts = !is_fraction && (!is_enough || unit.goes_on_as_time());
            return counts.then_some((Said::Minutes(number), unit));
        }
        let unit = after.after_any(&[" ", "-"]).unwrap_or(after);
        if let Some(after) = unit.word(&["minutes", "minute", "min"]) {
            return Some((Said::Minutes(number), after));
        }
        let after = unit.word(&["hours", "hour"])?;
        Some((Said::Minutes(number.checked_mul(60)?), after))
    }

    fn minutes_of_an_hour(self) -> Option<(u16, Self)> {
        let (minutes, after) = self.number()?;
        Some((u16::try_from(minutes).ok().filter(|m| *m < 60)?, after.after("分")?))
    }

    /// 十分 is "enough" far more often than ten minutes; it is minutes only where a time goes on.
    fn goes_on_as_time(self) -> bool {
        let next = self.text.get(self.at);
        next.is_none_or(|next| "間以程未前後をが経過待、".contains(*next))
    }

    /// 前日, 前々日, 三日前, the day before, two days before.
    fn days_before(self) -> Option<(Said, Self)> {
        if let Some(after) = self.after_any(&[
            "前日",
            "前の日",
            "まえの日",
            "前営業日",
            "前開庁日",
            "前開所日",
            "前就業日",
        ]) {
            return Some((Said::DaysBefore(1), after));
        }
        if let Some(after) = self.after_any(&["前々日", "前前日"]) {
            return Some((Said::DaysBefore(2), after));
        }
        if let Some((number, after)) = self.number() {
            let unit = after.blank();
            if let Some(after) = unit.after_any(&["週間前", "週間以上前"]) {
                return Some((Said::DaysBefore(u8::try_from(number.checked_mul(7)?).ok()?), after));
            }
            let open = unit.after_any(&["営業", "開庁", "開所", "就業"]).unwrap_or(unit);
            let after = open.after_any(&["日前", "日以上前", "日まえ"]).or_else(|| {
                let open = unit.word(&["working", "business"]).map_or(unit, Self::blank);
                let days = open.word(&["days", "day"])?.blank();
                days.word(&["before", "earlier", "ahead", "in advance"])
            })?;
            return Some((Said::DaysBefore(u8::try_from(number).ok()?), after));
        }
        let words = ["day before", "previous day", "preceding day"];
        Some((Said::DaysBefore(1), self.word(&words).filter(|_| self.is_fresh())?))
    }

    /// 正午, 午後4時30分, 16時半, 16:30, 4:30 p.m., 2 p.m., noon.
    fn time_of_day(self) -> Option<(Said, Self)> {
        let noon = || self.word(&["noon", "midday"]).filter(|_| self.is_fresh());
        if let Some(after) = self.after("正午").or_else(noon) {
            return Some((Said::At(time(12, 0, 0, 0)), after));
        }
        let (half, start) = self.half();
        let (hour, after) = start.number()?;
        let (minute, after, half) =
            after.japanese_minute(start, half).or_else(|| after.english_minute(half))?;
        Some((Said::At(clock(hour, minute, half)?), after))
    }

    /// After the hour: 時, 時30分, 時半. 一時 alone is "for a time".
    fn japanese_minute(self, start: Self, half: Option<Half>) -> Option<(u32, Self, Option<Half>)> {
        let after = self.after("時")?;
        if after.after("間").is_some() {
            return None;
        }
        if let Some(after) = after.after("半") {
            return Some((30, after, half));
        }
        if let Some((minute, after)) = after.minutes_of_an_hour() {
            return Some((u32::from(minute), after, half));
        }
        let for_a_time =
            half.is_none() && start.after("一時").is_some_and(|end| end.at == after.at);
        (!for_a_time).then_some((0, after, half))
    }

    /// After the hour: `:30`, `:30 p.m.`, ` p.m.`
    fn english_minute(self, half: Option<Half>) -> Option<(u32, Self, Option<Half>)> {
        let (minute, after) = match self.after(":") {
            Some(after) => {
                let (minute, end) = after.number()?;
                (Some(minute).filter(|_| end.at == after.at + 2), end)
            }
            None => (None, self),
        };
        let halves =
            [(["a.m.", "a.m", "am"], Half::Morning), (["p.m.", "p.m", "pm"], Half::Afternoon)];
        let named =
            halves.into_iter().find_map(|(words, half)| Some((after.blank().word(&words)?, half)));
        match (named, minute) {
            (Some((after, named)), minute) if half.is_none() => {
                Some((minute.unwrap_or(0), after, Some(named.of_twelve())))
            }
            (_, Some(minute)) => Some((minute, after, half)),
            _ => None,
        }
    }

    /// 令和7年4月15日, 2025年4月15日, 15 April 2025, April 15, 2025, 2025-04-15.
    fn date(self) -> Option<(Said, Self)> {
        let (date, after) =
            self.japanese_date().or_else(|| self.english_date()).or_else(|| self.iso_date())?;
        let [year, month, day] = date;
        let year = i16::try_from(year).ok().filter(|year| *year >= 1868)?;
        let [month, day] = [month, day].map(|part| i8::try_from(part).ok());
        Some((Said::On(Date::new(year, month?, day?).ok()?), after))
    }

    fn japanese_date(self) -> Option<([u32; 3], Self)> {
        // The year before the first of each era.
        let eras = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
        let era = eras.into_iter().find_map(|(era, before)| Some((before, self.after(era)?)));
        let (before, start) = era.unwrap_or((0, self));
        let first = || Some((1, start.after("元").filter(|_| before > 0)?));
        let (year, after) = start.number().or_else(first)?;
        let (month, after) = after.after("年")?.number()?;
        let (day, after) = after.after("月")?.number()?;
        Some(([before + year, month, day], after.after("日")?))
    }

    fn english_date(self) -> Option<([u32; 3], Self)> {
        let month = |here: Self| {
            let mut months = (1..).zip(MONTHS);
            months.find_map(|(number, month)| Some((number, here.word(&[month])?)))
        };
        if let Some((month, after)) = month(self).filter(|_| self.is_fresh()) {
            let (day, after) = after.after(" ")?.number()?;
            let (year, after) = after.after(",").unwrap_or(after).after(" ")?.number()?;
            return Some(([year, month, day], after));
        }
        let (day, after) = self.number()?;
        let (month, after) = month(after.after(" ")?)?;
        let (year, after) = after.after(",").unwrap_or(after).after(" ")?.number()?;
        Some(([year, month, day], after))
    }

    fn iso_date(self) -> Option<([u32; 3], Self)> {
        let (year, after) = self.number()?;
        let (month, after) = after.after("-")?.number()?;
        let (day, after) = after.after("-")?.number()?;
        Some(([year, month, day], after))
    }
}

/// Which half of the day an hour is counted in.
#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
    /// English counts 12, 1, 2 …
    MorningOfTwelve,
    AfternoonOfTwelve,
}

impl Half {
    fn of_twelve(self) -> Self {
        match self {
            Self::Morning | Self::MorningOfTwelve => Self::MorningOfTwelve,
            Self::Afternoon | Self::AfternoonOfTwelve => Self::AfternoonOfTwelve,
        }
    }
}

/// A time of day. 午前１２時 and 午後１２時 are read differently by different people, so: not at all.
fn clock(hour: u32, minute: u32, half: Option<Half>) -> Option<Time> {
    let hour = match half {
        None => hour,
        Some(Half::Morning) if hour < 12 => hour,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        Some(Half::MorningOfTwelve) if (1..=12).contains(&hour) => hour % 12,
        Some(Half::AfternoonOfTwelve) if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(_) => return None,
    };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests;
