//! A wish as people type it: full-width digits, 年月日, 午後2時半.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use unicode_normalization::UnicodeNormalization;

use super::slot::{Slot, TOKYO};
use super::slot_refusal::SlotRefusal;

/// Longer than any date, time or length that is meant as one.
const LONGEST: usize = 40;

/// Reads a wished date, time of day and length in minutes (article 2(1)).
///
/// Dates need a year of four digits: `2026-11-24`, `2026/11/24`, `2026年11月24日`, `20261124`.
/// Times are `10:00`, `10時`, `10時30分`, `10時半`, `1030`, also after 午前 or 午後. The length is a
/// number of minutes. Full-width forms count as half-width ones. Whether the slot is possible is
/// [`crate::schedule::check_slot`]'s question.
///
/// # Errors
///
/// [`SlotRefusal::EraDate`] for a date in an era, which is explained instead of guessed;
/// [`SlotRefusal::TooLong`] for more minutes than can be counted; else [`SlotRefusal::NotATime`].
pub fn parse_wish(date: &str, time: &str, minutes: &str) -> Result<Slot, SlotRefusal> {
    let date = read_date(&plain(date)?)?;
    let time = read_time(&plain(time)?).ok_or(SlotRefusal::NotATime)?;
    let minutes = read_minutes(&plain(minutes)?)?;
    Slot::on(date, time, minutes).ok_or(SlotRefusal::NotATime)
}

/// Reads the date and time of day of something that happened, such as a call (article 2(4)), as
/// [`parse_wish`] reads a wish.
///
/// # Errors
///
/// [`SlotRefusal::EraDate`], [`SlotRefusal::NotATime`].
pub fn parse_moment(date: &str, time: &str) -> Result<Timestamp, SlotRefusal> {
    let date = read_date(&plain(date)?)?;
    let time = read_time(&plain(time)?).ok_or(SlotRefusal::NotATime)?;
    TOKYO.to_timestamp(date.to_datetime(time)).map_err(|_| SlotRefusal::NotATime)
}

/// Half-width, without white space, every dash the same.
fn plain(typed: &str) -> Result<String, SlotRefusal> {
    if typed.chars().nth(LONGEST).is_some() {
        return Err(SlotRefusal::NotATime);
    }
    let half_width = typed.nfkc().filter(|letter| !letter.is_whitespace());
    let dashes = |letter| match letter {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' => '-',
        other => other,
    };
    Ok(half_width.map(dashes).collect())
}

fn read_date(typed: &str) -> Result<Date, SlotRefusal> {
    if names_an_era(typed) {
        return Err(SlotRefusal::EraDate);
    }
    let typed = typed.strip_suffix('日').unwrap_or(typed);
    let parts: Vec<&str> = match typed.len() {
        8 if is_digits(typed) => vec![&typed[..4], &typed[4..6], &typed[6..]],
        _ => typed.split(['-', '/', '.', '年', '月']).collect(),
    };
    let [year, month, day] = parts[..] else {
        return Err(SlotRefusal::NotATime);
    };
    let read = || {
        if year.len() != 4 {
            return None;
        }
        Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
    };
    read().ok_or(SlotRefusal::NotATime)
}

/// 令和8年 or R8; any era the forms of offices know.
fn names_an_era(typed: &str) -> bool {
    if ["令和", "平成", "昭和", "大正", "明治"].iter().any(|era| typed.starts_with(era)) {
        return true;
    }
    let mut letters = typed.chars();
    let initial = letters.next().is_some_and(|first| "RHSTMrhstm".contains(first));
    initial && letters.find(|letter| *letter != '.').is_some_and(|next| next.is_ascii_digit())
}

fn read_time(typed: &str) -> Option<Time> {
    let (half, clock) = match (typed.strip_prefix("午前"), typed.strip_prefix("午後")) {
        (Some(clock), _) => (Some(0), clock),
        (_, Some(clock)) => (Some(12), clock),
        _ => (None, typed),
    };
    let (hour, minute) = read_clock(clock)?;
    match half {
        // 午後12時 is noon to some and midnight to others.
        Some(noon) if hour < 12 => Time::new(hour + noon, minute, 0, 0).ok(),
        Some(_) => None,
        None => Time::new(hour, minute, 0, 0).ok(),
    }
}

fn read_clock(typed: &str) -> Option<(i8, i8)> {
    if let Some((hour, rest)) = typed.split_once('時') {
        let minute = match rest {
            "" => 0,
            "半" => 30,
            _ => number(rest.strip_suffix('分').unwrap_or(rest), 2)?,
        };
        return Some((number(hour, 2)?, minute));
    }
    if let Some((hour, rest)) = typed.split_once(':') {
        // Browsers may send seconds; only whole minutes can be meant.
        let minute = rest.strip_suffix(":00").unwrap_or(rest);
        return (minute.len() == 2).then_some((number(hour, 2)?, number(minute, 2)?));
    }
    if typed.len() != 4 || !is_digits(typed) {
        return None;
    }
    Some((number(&typed[..2], 2)?, number(&typed[2..], 2)?))
}

fn read_minutes(typed: &str) -> Result<u16, SlotRefusal> {
    let digits = typed.strip_suffix('分').unwrap_or(typed);
    if !is_digits(digits) {
        return Err(SlotRefusal::NotATime);
    }
    // Digits alone fail to parse only when there are too many of them.
    digits.parse().map_err(|_| SlotRefusal::TooLong)
}

fn number<T: std::str::FromStr>(typed: &str, longest: usize) -> Option<T> {
    (typed.len() <= longest && is_digits(typed)).then(|| typed.parse().ok()).flatten()
}

fn is_digits(typed: &str) -> bool {
    !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(date: &str, time: &str, minutes: &str) -> String {
        match parse_wish(date, time, minutes) {
            Ok(slot) => format!("{} {}", slot.starts(), slot.minutes),
            Err(refusal) => format!("{refusal:?}"),
        }
    }

    #[test]
    fn article_2_4_moments_of_calls() {
        let check = |date: &str, time: &str, expected: Result<&str, SlotRefusal>| {
            let seen = parse_moment(date, time).map(|at| at.to_string());
            assert_eq!(seen.as_deref().map_err(|refusal| *refusal), expected, "{date} {time}");
        };
        check("2026-11-24", "10:08", Ok("2026-11-24T01:08:00Z"));
        check("２０２６年１１月２４日", "１０時０８分", Ok("2026-11-24T01:08:00Z"));
        check("2026-11-24", "午後1時", Ok("2026-11-24T04:00:00Z"));
        check("2026-11-24", "", Err(SlotRefusal::NotATime));
        check("2026-11-24", "25:00", Err(SlotRefusal::NotATime));
        check("2026-02-30", "10:00", Err(SlotRefusal::NotATime));
        check("R8.11.24", "10:00", Err(SlotRefusal::EraDate));
    }

    #[test]
    fn article_2_1_dates_as_they_are_typed() {
        let good = "2026-11-24T10:00:00 30";
        let check = |date: &str, expected: &str| {
            assert_eq!(seen(date, "10:00", "30"), expected, "{date}");
        };
        check("2026-11-24", good);
        check(" 2026-11-24 ", good);
        check("2026/11/24", good);
        check("2026.11.24", good);
        check("20261124", good);
        check("2026年11月24日", good);
        check("２０２６年１１月２４日", good);
        check("２０２６／１１／２４", good);
        check("２０２６－１１－２４", good);
        check("2026ー11ー24", good);
        check("2026−11−24", good);
        check("2026年 11月 24日", good);
        check("2026-1-5", "2026-01-05T10:00:00 30");
        check("2026年2月30日", "NotATime");
        check("2026-02-29", "NotATime");
        check("2028-02-29", "2028-02-29T10:00:00 30");
        check("2026-13-01", "NotATime");
        check("2026-00-10", "NotATime");
        check("26-11-24", "NotATime");
        check("11/24", "NotATime");
        check("11月24日", "NotATime");
        check("8年11月24日", "NotATime");
        check("2026-11-24-1", "NotATime");
        check("2026--11", "NotATime");
        check("-2026-11-24", "NotATime");
        check("2026-+1-24", "NotATime");
        check("明日", "NotATime");
        check("", "NotATime");
        check("9999-12-31", "NotATime");
        check(&"2".repeat(10_000), "NotATime");
    }

    #[test]
    fn article_2_1_dates_in_an_era_are_told_apart() {
        let check = |date: &str, expected: &str| {
            assert_eq!(seen(date, "10:00", "30"), expected, "{date}");
        };
        check("令和8年11月24日", "EraDate");
        check("令和８年１１月２４日", "EraDate");
        check("令和元年5月1日", "EraDate");
        check("平成38年11月24日", "EraDate");
        check("㋿8.11.24", "EraDate");
        check("R8.11.24", "EraDate");
        check("r8/11/24", "EraDate");
        check("Ｒ８．１１．２４", "EraDate");
        check("R.8.11.24", "EraDate");
        check("Sunday", "NotATime");
        check("R", "NotATime");
    }

    #[test]
    fn article_2_1_times_as_they_are_typed() {
        let check = |time: &str, expected: &str| {
            let (seen, date) = (seen("2026-11-24", time, "30"), "2026-11-24T");
            let seen = seen.strip_prefix(date).and_then(|seen| seen.strip_suffix(":00 30"));
            assert_eq!(seen.unwrap_or("NotATime"), expected, "{time}");
        };
        check("10:00", "10:00");
        check("9:45", "09:45");
        check("10:00:00", "10:00");
        check("10:00:30", "NotATime");
        check("１０：３０", "10:30");
        check("10時", "10:00");
        check("10時30分", "10:30");
        check("１０時半", "10:30");
        check("14時5分", "14:05");
        check("1430", "14:30");
        check("午前10時", "10:00");
        check("午後2時半", "14:30");
        check("午後 2:30", "14:30");
        check("午後0時", "12:00");
        check("午後12時", "NotATime");
        check("午後14時", "NotATime");
        check("25:00", "NotATime");
        check("24:00", "NotATime");
        check("10:60", "NotATime");
        check("10:5", "NotATime");
        check("10", "NotATime");
        check("-1:00", "NotATime");
        check("10:+5", "NotATime");
        check("ten", "NotATime");
        check("時", "NotATime");
        check("", "NotATime");
    }

    #[test]
    fn article_2_1_lengths_as_they_are_typed() {
        let check = |minutes: &str, expected: &str| {
            let seen = seen("2026-11-24", "10:00", minutes);
            assert_eq!(seen.strip_prefix("2026-11-24T10:00:00 ").unwrap_or(&seen), expected);
        };
        check("30", "30");
        check("３０", "30");
        check("45分", "45");
        check("0", "0"); // Too short, says the check.
        check("90", "90");
        check("-30", "NotATime");
        check("30.5", "NotATime");
        check("+30", "NotATime");
        check("", "NotATime");
        check("分", "NotATime");
        check("三十", "NotATime");
        check("65536", "TooLong");
        check("99999999999999999999", "TooLong");
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(
            date in "\\PC{0,50}", time in "\\PC{0,20}", minutes in "\\PC{0,20}",
            near_date in "[0-9年月日/.令和R-]{0,12}", near_time in "[0-9時分半午前後:]{0,8}",
        ) {
            let _ = parse_wish(&date, &time, &minutes);
            let _ = parse_wish(&near_date, &near_time, "30");
            let _ = parse_wish("2026-11-24", &near_time, &minutes);
            let _ = parse_wish("2026-11-24", &time, "30");
        }

        #[test]
        fn what_is_written_plainly_is_read_back(
            day in 1_i8..=28, month in 1_i8..=12, hour in 0_i8..24, minute in 0_i8..60,
        ) {
            let date = Date::constant(2026, month, day);
            let time = Time::constant(hour, minute, 0, 0);
            let slot = parse_wish(&date.to_string(), &time.to_string(), "30").unwrap();
            prop_assert_eq!(slot.starts(), date.to_datetime(time));
        }
    }
}
