//! What in a text may be a number of the terms, and how much speaks for it.
//!
//! A text says many things in numbers. Which of them is meant is told by the words beside it, so
//! each word has a weight; what nothing speaks for is no candidate. Whatever is chosen, a person
//! reads it before it counts.

use super::super::numbers::{RANGE_MARKS, Reading};
use super::super::{NumberName, Part, Said, Value, Window};
use super::passages::{Passage, Sentence};

/// Something that may be a number of the terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) name: NumberName,
    pub(super) value: Value,
    /// What speaks for it.
    pub(super) weight: i32,
    /// Which passage says it, and where.
    pub(super) passage: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Words by which a booking comes to nothing.
const LAPSE: [&str; 12] = [
    "キャンセル",
    "取消",
    "取り消",
    "取りやめ",
    "とりやめ",
    "欠席",
    "辞退",
    "不参加",
    "無断",
    "中止",
    "みなし",
    "なかったもの",
];
/// Words for silence.
const SILENCE: [&str; 4] = ["連絡", "応答", "遅", "待"];
/// Words from which something holds.
const FORCE: [&str; 6] = ["施行", "適用", "実施", "発効", "効力", "有効"];
/// Words for the making of a text.
const MADE: [&str; 5] = ["制定", "策定", "改定", "改正", "作成"];
/// Words beside the times at which sessions are held.
const HELD: [&str; 8] =
    ["希望日時", "平日", "時間帯", "相談", "実施", "利用時間", "利用できる", "予約"];
/// Words beside other times.
const OTHER_TIMES: [&str; 8] =
    ["電話", "窓口", "問合", "問い合", "メンテナンス", "開庁", "受付時間", "休憩"];
/// Words for asking for a session.
const BOOKING: [&str; 6] = ["予約", "申込", "申し込", "申しこ", "受付", "受け付け"];

/// All candidates, in the order of the text.
pub(super) fn candidates(passages: &[Passage]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        // A number's clause is written as an article's or another part's; the title has none.
        if passage.clause.part == Part::Title {
            continue;
        }
        for (place, sentence) in passage.sentences.iter().enumerate() {
            if sentence.readings.is_empty() {
                continue;
            }
            let next = passage.sentences.get(place + 1);
            let here = Here { passage, index, sentence, about: About::of(sentence, next) };
            here.session(&mut found);
            for &reading in &sentence.readings {
                found.extend(here.grace(reading));
                found.extend(here.days(reading));
                found.extend(here.until(reading));
                found.extend(here.date(reading));
            }
            here.windows(&mut found);
        }
    }
    found
}

/// A sentence in its place.
struct Here<'a> {
    passage: &'a Passage,
    index: usize,
    sentence: &'a Sentence,
    about: About,
}

/// What a sentence is about, by its words; found once for all that it says in numbers.
struct About {
    /// What speaks for its lengths being those of a session.
    session: i32,
    lapse: i32,
    silence: i32,
    booking: i32,
    date: i32,
    windows: i32,
}

impl About {
    fn of(sentence: &Sentence, next: Option<&Sentence>) -> Self {
        let has = |words: &[&str]| i32::from(sentence.has(words));
        let strong = [
            "利用時間",
            "相談時間",
            "面談時間",
            "所要時間",
            "実施時間",
            "1回",
            "一回",
            "1件",
            "一件",
            "1人",
            "一人",
            "1枠",
        ];
        let weak = ["相談", "サービス", "面談", "利用", "時間"];
        let is_lapse_next = next.is_some_and(|next| next.has(&LAPSE));
        let is_silent = sentence.has(&LAPSE) || sentence.has(&["連絡がな", "遅"]);
        Self {
            session: 3 * has(&strong) + has(&weak) - 3 * i32::from(is_silent),
            lapse: (2 * has(&LAPSE)).max(i32::from(is_lapse_next)),
            silence: has(&SILENCE),
            booking: has(&BOOKING),
            date: has(&FORCE) + has(&MADE),
            windows: has(&HELD) - has(&OTHER_TIMES),
        }
    }
}

impl Here<'_> {
    fn candidate(&self, name: NumberName, value: Value, weight: i32, at: [usize; 2]) -> Candidate {
        Candidate { name, value, weight, passage: self.index, from: at[0], to: at[1] }
    }

    fn words(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.max(self.sentence.from), to.min(self.sentence.to));
        self.passage.folded.get(from..to).unwrap_or_default().iter().collect()
    }

    fn before(&self, at: usize, count: usize) -> String {
        self.words(at.saturating_sub(count), at)
    }

    fn after(&self, at: usize, count: usize) -> String {
        self.words(at, at + count)
    }

    /// The words around a place up to the commas, and not too far.
    fn around(&self, from: usize, to: usize) -> String {
        let (before, after) = (self.before(from, 40), self.after(to, 40));
        let before = before.rsplit('、').next().unwrap_or_default();
        let after = after.split('、').next().unwrap_or_default();
        format!("{before}{after}")
    }

    /// The lengths of a session: ranges give the shortest and the longest, one length alone both,
    /// unless it is said to be a bound (article 2(1)).
    fn session(&self, found: &mut Vec<Candidate>) {
        let weight = self.about.session;
        if weight < 1 {
            return;
        }
        let minutes = |reading: &Reading| match reading.said {
            Said::Minutes(minutes) if !self.is_no_session(reading) => Some((minutes, *reading)),
            _ => None,
        };
        let lengths: Vec<(u16, Reading)> =
            self.sentence.readings.iter().filter_map(minutes).collect();
        let is_joined = |one: &(u16, Reading), other: &(u16, Reading)| {
            one.1.from == other.1.from || is_between_ends(&self.words(one.1.to, other.1.from))
        };
        for group in lengths.chunk_by(is_joined) {
            let ends =
                group.iter().min_by_key(|one| one.0).zip(group.iter().max_by_key(|one| one.0));
            let Some((shortest, longest)) = ends else { continue };
            let is_range = group.len() > 1;
            let bound = if is_range { [true, true] } else { self.bound(&shortest.1) };
            // A range, or a length called the longest, says more than a length alone.
            let weight = weight + i32::from(is_range || bound != [true, true]);
            let names = [NumberName::ShortestMinutes, NumberName::LongestMinutes];
            for ((name, is_said), end) in names.into_iter().zip(bound).zip([shortest, longest]) {
                let at = [end.1.from, end.1.to];
                let candidate = self.candidate(name, Value::Minutes(end.0), weight, at);
                found.extend(is_said.then_some(candidate));
            }
        }
    }

    /// Whether a length is one of something else than the session.
    fn is_no_session(&self, reading: &Reading) -> bool {
        let (before, after) = (self.before(reading.from, 6), self.after(reading.to, 6));
        let starts = [
            "前",
            "ほど前",
            "程度前",
            "後",
            "単位",
            "ごと",
            "毎",
            "刻み",
            "おき",
            "間隔",
            "経過",
            "を経過",
            "過ぎ",
            "が過ぎ",
            "を過ぎ",
            "以上経過",
            "以上過",
            "以上遅",
            "以上連絡",
            "遅",
            "待",
            "お待",
            "を超え",
            "の休",
            "休憩",
        ];
        let ends = ["間隔は", "休憩は", "休憩", "準備に", "開始後", "開始から", "開始時刻から"];
        starts.iter().any(|start| after.starts_with(start))
            || ends.iter().any(|end| before.ends_with(end))
    }

    /// Whether one length alone is the shortest, and whether it is the longest.
    fn bound(&self, reading: &Reading) -> [bool; 2] {
        let (before, after) = (self.before(reading.from, 4), self.after(reading.to, 8));
        let follows = |words: &[&str]| {
            let after = after.strip_prefix('間').unwrap_or(&after);
            let after = after.strip_prefix("程度").unwrap_or(after);
            words.iter().any(|word| after.starts_with(word))
        };
        let precedes = |words: &[&str]| words.iter().any(|word| before.contains(word));
        let longest =
            ["以内", "以下", "まで", "を上限", "を限度", "が上限", "を超えない", "が限度"];
        if follows(&longest) || precedes(&["最大", "最長", "上限"]) {
            [false, true]
        } else if follows(&["以上", "から", "を下限", "が下限"])
            || precedes(&["最低", "最短", "下限"])
        {
            [true, false]
        } else {
            [true, true]
        }
    }

    /// How long silence is borne (article 2(4)).
    fn grace(&self, reading: Reading) -> Option<Candidate> {
        let Said::Minutes(minutes) = reading.said else { return None };
        let after = self.after(reading.to, 10);
        let silence = ["経過", "過ぎ", "遅", "待", "超え", "連絡", "応答", "入室", "接続", "現れ"];
        if after.starts_with('前') || !silence.iter().any(|word| after.contains(word)) {
            return None;
        }
        let before = self.before(reading.from, 12);
        let start = ["開始", "時刻", "実施時間", "予約時間", "利用時間", "相談時間"];
        let is_from_start = start.iter().any(|word| before.contains(word));
        let weight = i32::from(is_from_start) + self.about.lapse + self.about.silence;
        let at = [reading.from, reading.to];
        let candidate =
            self.candidate(NumberName::GraceMinutes, Value::Minutes(minutes), weight, at);
        (weight >= 2).then_some(candidate)
    }

    /// Until how many days before a booking is complete (article 2(1)).
    fn days(&self, reading: Reading) -> Option<Candidate> {
        let Said::DaysBefore(days) = reading.said else { return None };
        let around = self.around(reading.from, reading.to);
        let has = |words: &[&str]| words.iter().any(|word| around.contains(word));
        let weight = 2 * i32::from(self.after(reading.to, 6).contains("まで"))
            + 2 * i32::from(has(&BOOKING))
            + self.about.booking
            + i32::from(has(&["完了", "成立", "確定"]))
            - 4 * i32::from(has(&["変更", "送付", "送信", "通知", "案内"]) || has(&LAPSE));
        let at = [reading.from, reading.to];
        let value = Value::DaysBefore(days);
        let candidate = self.candidate(NumberName::CompleteDaysBefore, value, weight, at);
        (weight >= 2).then_some(candidate)
    }

    /// By what time of that day: 前日の１７時まで.
    fn until(&self, reading: Reading) -> Option<Candidate> {
        let Said::At(time) = reading.said else { return None };
        let is_day =
            |it: &&Reading| matches!(it.said, Said::DaysBefore(_)) && it.to <= reading.from;
        let day = self.sentence.readings.iter().rev().find(is_day)?;
        let between = self.words(day.to, reading.from);
        let is_of_day = ["", "の", "、", "(", "まで(", "の業務時間内("].contains(&between.as_str());
        let is_limit = self.after(reading.to, 4).starts_with("まで");
        let weight = self.days(*day)?.weight;
        let at = [reading.from, reading.to];
        let candidate = self.candidate(NumberName::CompleteUntil, Value::Time(time), weight, at);
        (is_of_day && is_limit).then_some(candidate)
    }

    /// From when the version is in force (article 11, supplementary provisions).
    fn date(&self, reading: Reading) -> Option<Candidate> {
        let Said::On(date) = reading.said else { return None };
        let after = self.after(reading.to, 12);
        let is_in_force = FORCE.iter().any(|word| after.contains(word));
        let is_supplement = self.passage.clause.part == Part::Supplement;
        let weight = 3 * i32::from(is_in_force) + 2 * i32::from(is_supplement) + self.about.date;
        let at = [reading.from, reading.to];
        let candidate = self.candidate(NumberName::EffectiveFrom, Value::Date(date), weight, at);
        (weight >= 1).then_some(candidate)
    }

    /// When sessions are held: from one time of day to another (article 2(1)).
    fn windows(&self, found: &mut Vec<Candidate>) {
        let times: Vec<&Reading> =
            self.sentence.readings.iter().filter(|r| matches!(r.said, Said::At(_))).collect();
        let mut at = 0;
        while let (Some(first), Some(second)) = (times.get(at), times.get(at + 1)) {
            let (Said::At(from), Said::At(to)) = (first.said, second.said) else { break };
            let is_pair =
                first.from == second.from || is_between(&self.words(first.to, second.from));
            if from == to && first.from != second.from || !is_pair || from > to {
                // 正午（１２時）: the same said twice.
                at += 1;
                continue;
            }
            let weight = self.weight_of_window(first.from, second.to);
            if weight >= 0 {
                let value = Value::Window(Window { from, to });
                let span = [first.from, second.to];
                found.push(self.candidate(NumberName::Window, value, weight, span));
            }
            at += 2;
        }
    }

    fn weight_of_window(&self, from: usize, to: usize) -> i32 {
        let (around, after) = (self.around(from, to), self.after(to, 6));
        let has = |words: &[&str]| words.iter().any(|word| around.contains(word));
        let excepted =
            ["除", "を除", "は除", "の間を除", "まで除", "までを除", "は休", "の休", "まで休"];
        let is_excepted = excepted.iter().any(|word| after.starts_with(word));
        self.about.windows + 2 * i32::from(has(&HELD))
            - 2 * i32::from(has(&OTHER_TIMES))
            - 5 * i32::from(is_excepted)
    }
}

/// Whether these words part the ends of a range, or the lengths that are to be chosen from.
fn is_between_ends(words: &str) -> bool {
    let words = words.trim_start_matches("程度").trim_start_matches('間');
    let choice =
        ["", "、", "・", "又は", "または", "若しくは", "もしくは", "か", "及び", "と", "以上"];
    is_between(words) || choice.contains(&words) || words == "以上、"
}

/// Whether these words part the ends of a range.
fn is_between(words: &str) -> bool {
    let words = words.trim_start_matches("頃").trim_start_matches("ころ");
    let words = words.trim_end_matches(['、', ')']);
    RANGE_MARKS.contains(&words) || matches!(words, "より" | "から同日" | "以降" | ")から" | ")~")
}
