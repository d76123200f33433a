use super::super::super::Language;
use super::super::super::text::folded;
use super::*;

/// What is read, written short: `30m`, `-1d`, `16:30`, `2025-04-15`.
fn check(text: &str, said: &str) {
    let language = if text.contains(' ') { Language::English } else { Language::Japanese };
    let written = |reading: &Reading| match reading.said {
        Said::Minutes(minutes) => format!("{minutes}m"),
        Said::DaysBefore(days) => format!("-{days}d"),
        Said::At(time) => format!("{:02}:{:02}", time.hour(), time.minute()),
        Said::On(date) => date.to_string(),
    };
    let readings = read(&folded(language, text));
    let found: Vec<String> = readings.iter().map(written).collect();
    assert_eq!(found.join(" "), said, "{text}");
}

#[test]
fn minutes_in_japanese() {
    check("１０分が過ぎても", "10m");
    check("10分", "10m");
    check("三十分以上六十分以下", "30m 60m");
    check("３０分～６０分程度", "30m 60m");
    check("30〜60分", "30m 60m");
    check("３０から６０分", "30m 60m");
    check("30−60分", "30m 60m");
    check("一時間", "60m");
    check("１時間３０分", "90m");
    check("1時間半", "90m");
    check("十分を経過した", "10m");
    check("十分間", "10m");
    check("十分", "10m");
    check("130分", "130m");
    check("１０分《ぷん》たっても", "10m");
    // Nothing of the kind.
    check("十分に注意", "");
    check("十分ご注意", "");
    check("三分の一", "");
    check("半分", "");
    check("第１０条第２項", "");
    check("（１）一切の知的財産権", "");
    check("一時停止", "");
    check("２回", "");
    check("99999分", "");
}

#[test]
fn times_of_day_in_japanese() {
    check("午後４時３０分", "16:30");
    check("午後４時半", "16:30");
    check("16時30分", "16:30");
    check("１６時３０分", "16:30");
    check("１６：３０", "16:30");
    check("午前十時から正午まで", "10:00 12:00");
    check("１０時～１２時、１４時～１６時３０分の間", "10:00 12:00 14:00 16:30");
    check("１０～１２時", "10:00 12:00");
    check("10時ー12時", "10:00 12:00");
    check("13-15時30分", "13:00 15:30");
    check("午後１～３時", "13:00 15:00");
    check("午後２時～４時３０分", "14:00 16:30");
    check("午前１０時～１２時", "10:00 12:00");
    check("午前１０時から午後３時", "10:00 15:00");
    check("正午（１２時）", "12:00 12:00");
    check("午後０時", "12:00");
    check("午前０時", "00:00");
    check("午後一時", "13:00");
    check("午前《ごぜん》１０時《じ》", "10:00");
    check("午後１２時", ""); // Noon to some, midnight to others.
    check("午後１４時", "");
    check("２４時", "");
    check("２５：００", "");
    check("１０：５", "");
    check("午前中", "");
}

#[test]
fn days_and_dates_in_japanese() {
    check("相談日の前日まで", "-1d");
    check("前々日まで", "-2d");
    check("三日前まで", "-3d");
    check("３日まえ", "-3d");
    check("１週間前まで", "-7d");
    check("四十週間前", "");
    check("相談《そうだん》の前《まえ》の日《ひ》まで", "-1d");
    check("999日前", "");
    check("令和７年４月１５日", "2025-04-15");
    check("令和元年五月一日", "2019-05-01");
    check("平成三十一年四月三十日", "2019-04-30");
    check("２０２５年《ねん》４月《がつ》１５日《にち》", "2025-04-15");
    check("二〇二五年四月十五日", "2025-04-15");
    check("令和７年２月３０日", "");
    check("７年４月１５日", "");
    check("４月１５日", "");
}

#[test]
fn english() {
    check("at least 30 minutes and at most 60 minutes", "30m 60m");
    check("30 to 60 minutes", "30m 60m");
    check("ten minutes", "10m");
    check("a 10-minute wait", "10m");
    check("one hour", "60m");
    check("forty-five minutes", "45m");
    check("often minutes later", "");
    check("10 minutely", "");
    check("10:00 a.m. to noon", "10:00 12:00");
    check("2:00 p.m. to 4:30 p.m.)", "14:00 16:30");
    check("14:00 to 16:30", "14:00 16:30");
    check("10 am to 12 pm", "10:00 12:00");
    check("12:00 a.m. sharp", "00:00");
    check("13:00 p.m. sharp", "");
    check("the afternoon off", "");
    check("by the day before", "-1d");
    check("the previous day", "-1d");
    check("two days before", "-2d");
    check("1 day in advance", "-1d");
    check("a holiday before", "");
    check("on 15 April 2025.", "2025-04-15");
    check("on April 15, 2025.", "2025-04-15");
    check("on 2025-04-15 ...", "2025-04-15");
    check("31 April 2025", "");
}

#[test]
fn a_numeral_beyond_all_bounds_is_passed_at_once() {
    for numeral in ["1", "一", "十", "1一"] {
        check(&numeral.repeat(200_000), "");
    }
}

#[test]
fn what_is_read_says_where_it_stands() {
    let text: Vec<char> = "から10分が".chars().collect();
    let readings = read(&text);
    assert_eq!((readings[0].from, readings[0].to), (2, 5));
}
