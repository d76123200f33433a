//! What a text names besides numbers, for a person to look at: courts, tools, offices, statutes,
//! days that are no calendar days.

use super::super::Said;
use super::super::courts::{Prefecture, prefecture_of_court, seats_of};
use super::super::text::is_kanji;
use super::passages::Passage;
use super::{Note, Proposed};

/// How many notes of one kind are given; a text that has more is no terms of use.
const MOST: usize = 20;

/// Meeting tools that are known by name, folded as a text is.
const TOOLS: [&str; 9] = [
    "zoom",
    "teleoffice",
    "microsoftteams",
    "teams",
    "webex",
    "googlemeet",
    "skype",
    "whereby",
    "line",
];

/// Looks for names of one kind in a passage.
type Finder = fn(&Passage, &mut dyn FnMut(Note));

/// What is found in the passages, each name once, at its first place.
pub(super) fn findings(passages: &[Passage]) -> Vec<Note> {
    let mut notes = Vec::new();
    let finders: [Finder; 5] = [offices, tools, courts, citations, working_days];
    for finder in finders {
        let mut of_kind: Vec<Note> = Vec::new();
        for passage in passages {
            finder(passage, &mut |note: Note| {
                if of_kind.len() < MOST && of_kind.iter().all(|other| !is_same(other, &note)) {
                    of_kind.push(note);
                }
            });
        }
        notes.append(&mut of_kind);
    }
    notes
}

/// Whether two notes name the same, wherever they found it.
fn is_same(one: &Note, other: &Note) -> bool {
    match (one, other) {
        (Note::Office { name: one, .. }, Note::Office { name: other, .. })
        | (Note::Tool { name: one, .. }, Note::Tool { name: other, .. })
        | (Note::Court { name: one, .. }, Note::Court { name: other, .. })
        | (Note::Citation { words: one, .. }, Note::Citation { words: other, .. }) => one == other,
        _ => one == other,
    }
}

/// Times of day in the clauses of the windows that no window begins or ends with.
pub(super) fn times_left_over(proposed: &Proposed, passages: &[Passage]) -> Vec<Note> {
    let given: Vec<Said> = proposed.best.iter().flat_map(|number| number.value.said()).collect();
    let mut notes = Vec::new();
    for passage in passages {
        if proposed.best.iter().all(|number| number.article != passage.clause) {
            continue;
        }
        for said in passage.sentences.iter().flat_map(|sentence| &sentence.readings) {
            if let Said::At(time) = said.said
                && !given.contains(&said.said)
                && notes.len() < MOST
            {
                notes.push(Note::TimeLeftOver { clause: passage.clause, time });
            }
        }
    }
    notes
}

fn is_name(character: char) -> bool {
    is_kanji(character) || matches!(character, 'ァ'..='ヺ' | 'ー')
}

/// The run of a name that ends, or begins, at a place; not longer than names are.
fn run_before(folded: &[char], end: usize, is_part: impl Fn(char) -> bool) -> usize {
    let before = folded.get(..end).unwrap_or_default().iter().rev();
    end - before.take(24).take_while(|&&character| is_part(character)).count()
}

fn run_after(folded: &[char], from: usize, is_part: impl Fn(char) -> bool) -> usize {
    let after = folded.get(from..).unwrap_or_default().iter();
    from + after.take(24).take_while(|&&character| is_part(character)).count()
}

/// The places where some words stand.
fn places(folded: &[char], words: &str) -> Vec<usize> {
    let words: Vec<char> = words.chars().collect();
    let windows = folded.windows(words.len()).enumerate();
    windows.filter(|(_, some)| *some == words).map(|(at, _)| at).collect()
}

/// ハローワーク堺, 堺公共職業安定所; an office as such is none.
fn offices(passage: &Passage, note: &mut dyn FnMut(Note)) {
    let (folded, clause) = (&passage.folded, passage.clause);
    let general = [
        "等",
        "職員",
        "側",
        "内",
        "所",
        "担当",
        "窓口",
        "利用",
        "指定",
        "以外",
        "及",
        "又",
        "若",
        "並",
        "名",
        "長",
        "宛",
        "インターネット",
        "サービス",
        "システム",
    ];
    let (kind, other) = ("ハローワーク", "公共職業安定所");
    for at in places(folded, kind) {
        let from = at + kind.chars().count();
        let to = run_after(folded, from, is_name);
        let place: String = folded[from..to].iter().collect();
        if !place.is_empty() && !general.iter().any(|word| place.starts_with(word)) {
            note(Note::Office { clause, name: passage.written(at, to) });
        }
    }
    for at in places(folded, other) {
        let from = run_before(folded, at, is_name);
        if from < at {
            note(Note::Office { clause, name: passage.written(from, at + other.chars().count()) });
        }
    }
}

/// A quoted name with Latin letters, and the tools that are known by name.
fn tools(passage: &Passage, note: &mut dyn FnMut(Note)) {
    let (folded, clause) = (&passage.folded, passage.clause);
    for (at, _) in folded.iter().enumerate().filter(|(_, character)| **character == '「') {
        let to = run_after(folded, at + 1, |character| !"「」。、".contains(character));
        let is_latin = folded[at + 1..to].iter().any(char::is_ascii_alphabetic);
        if folded.get(to) == Some(&'」') && is_latin {
            note(Note::Tool { clause, name: passage.written(at + 1, to) });
        }
    }
    for tool in TOOLS {
        for at in places(folded, tool) {
            let to = at + tool.len();
            let is_latin = |at: usize| folded.get(at).is_some_and(char::is_ascii_alphanumeric);
            let is_within = at.checked_sub(1).is_some_and(is_latin) || is_latin(to);
            if !is_within {
                note(Note::Tool { clause, name: passage.written(at, to) });
            }
        }
    }
}

/// A court of first instance, with the prefecture in which it sits.
fn courts(passage: &Passage, note: &mut dyn FnMut(Note)) {
    let folded = &passage.folded;
    for at in places(folded, "裁判所") {
        let before: String = folded[at.saturating_sub(10)..at].iter().collect();
        let kinds = ["地方", "家庭", "簡易"];
        let Some(kind) = kinds.into_iter().find(|kind| before.ends_with(kind)) else { continue };
        let place = before.trim_end_matches(kind);
        let mut seats = Prefecture::all().flat_map(seats_of).filter(|seat| place.ends_with(seat));
        // 大津 ends with 津: the longest is meant.
        let known = seats.by_ref().max_by_key(|seat| seat.len()).map_or(0, |s| s.chars().count());
        let run = at - 2 - run_before(folded, at - 2, is_name);
        // 会津 ends with 津 too; a longer run is more than a name.
        let from = at - 2 - if run <= 4 { run.max(known) } else { known };
        let end = at + "裁判所".chars().count();
        let branch = run_after(folded, end, is_name);
        let words: String = folded[end..branch].iter().collect();
        let length = words.find("支部").map(|length| words[..length].chars().count() + 2);
        let name = passage.written(from, end + length.unwrap_or(0));
        let prefecture = prefecture_of_court(&name);
        note(Note::Court { clause: passage.clause, name, prefecture });
    }
}

/// An article of a statute: 職業安定法第５条の４.
fn citations(passage: &Passage, note: &mut dyn FnMut(Note)) {
    let folded = &passage.folded;
    let statutes = ["法", "法律", "令", "規則", "条例"];
    for at in places(folded, "第") {
        let Some(to) = end_of_article(folded, at) else { continue };
        let from = match at.checked_sub(1).and_then(|last| folded.get(last)) {
            Some(')') => run_before(folded, at, |character| character != '(').saturating_sub(1),
            _ => at,
        };
        let begin = beginning_of_statute(folded, from);
        let name: String = folded[begin..from].iter().collect();
        if from - begin > 1 && statutes.iter().any(|end| name.ends_with(end)) {
            let words = passage.written(begin, to);
            note(Note::Citation { clause: passage.clause, words });
        }
    }
}

/// 個人情報の保護に関する法律: such a name has words of kana in it.
fn beginning_of_statute(folded: &[char], end: usize) -> usize {
    let begin = run_before(folded, end, is_name);
    let relation: Vec<char> = "に関する".chars().collect();
    match folded[..begin].strip_suffix(relation.as_slice()) {
        Some(before) => run_before(before, before.len(), |c| is_name(c) || c == 'の'),
        None => begin,
    }
}

/// The end of 第５条の４第２項第１号, which begins at a place.
fn end_of_article(folded: &[char], at: usize) -> Option<usize> {
    let number = |at| super::super::numbers::numeral(folded, at).map(|(_, end)| end);
    let mut end = number(at + 1).filter(|&end| folded.get(end) == Some(&'条'))? + 1;
    while folded.get(end) == Some(&'の')
        && let Some(next) = number(end + 1)
    {
        end = next;
    }
    while folded.get(end) == Some(&'第')
        && let Some(next) = number(end + 1)
            .filter(|&next| folded.get(next).is_some_and(|&unit| unit == '項' || unit == '号'))
    {
        end = next + 1;
    }
    Some(end)
}

/// Days before that only the office counts, ３営業日前, 前開庁日, ３日前（土日を除く）: whether they
/// are those of the limit for booking, a person says.
fn working_days(passage: &Passage, note: &mut dyn FnMut(Note)) {
    let (folded, clause) = (&passage.folded, passage.clause);
    let is_numeral = |character: char| {
        character.is_ascii_digit() || "一二三四五六七八九十前".contains(character)
    };
    let mut found = |at: usize, end: usize| {
        let words = passage.written(run_before(folded, at, is_numeral), end);
        note(Note::WorkingDays { clause, words });
    };
    for unit in ["営業日", "開庁日", "開所日", "就業日"] {
        for at in places(folded, unit) {
            let end = at + unit.chars().count();
            let is_day_before = at > 0 && folded[at - 1] == '前';
            let next: String = folded[end..].iter().take(3).collect();
            if is_day_before {
                found(at, end);
            } else if next.starts_with('前') || next.starts_with("以上前") {
                found(at, end + 1);
            }
        }
    }
    for at in places(folded, "日前(") {
        let inside: String = folded[at + 3..].iter().take(20).take_while(|c| **c != ')').collect();
        let is_excepted = ["除", "含まない", "含まず", "含みません"];
        if is_excepted.iter().any(|word| inside.contains(word)) {
            found(at, at + 2);
        }
    }
}
