//! What stands before a paragraph or an item.

use super::super::numbers::numeral;

/// How a number is written before a paragraph or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `２　…`, as laws number paragraphs.
    Digits,
    /// `2. …`.
    Dotted,
    /// `第２項　…`.
    Ordinal,
    /// `（２）…`, as this project numbers items.
    Bracket,
    /// `2）…`.
    HalfBracket,
    /// `②…`.
    Circle,
    /// `二　…`, as laws number items.
    Kanji,
}

impl Style {
    /// Whether paragraphs are numbered so.
    pub(super) fn may_be_paragraph(self) -> bool {
        matches!(self, Self::Digits | Self::Dotted | Self::Ordinal | Self::Circle)
    }
}

/// A number that a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub(super) style: Style,
    pub(super) number: u16,
    /// Nothing parts the number from what follows: `２回`, but in careless files `２利用者は` too.
    pub(super) is_tight: bool,
    /// What the line says after it.
    pub(super) rest: &'a str,
}

impl<'a> Mark<'a> {
    /// Reads the number that a line begins with; nothing where it is no number of a list.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let first = line.chars().next()?;
        let after = &line[first.len_utf8()..];
        let sign = |from: char| u16::try_from(u32::from(first) - u32::from(from) + 1).ok();
        let (style, number, rest) = match first {
            '①'..='⑳' => (Style::Circle, sign('①')?, after),
            '❶'..='❿' => (Style::Circle, sign('❶')?, after),
            '⑴'..='⒇' => (Style::Bracket, sign('⑴')?, after),
            '⒈'..='⒛' => (Style::Dotted, sign('⒈')?, after),
            '（' | '(' => {
                let (number, rest) = number(after.trim_start(), |_| true)?;
                (Style::Bracket, number, rest.trim_start().strip_prefix(['）', ')'])?)
            }
            '第' => {
                let (number, rest) = number(after.trim_start(), |_| true)?;
                let rest = rest.trim_start().strip_prefix('項')?;
                (Style::Ordinal, number, rest.strip_prefix(is_gap)?)
            }
            _ => return Self::bare(line),
        };
        (number > 0).then_some(Self { style, number, is_tight: false, rest: rest.trim_start() })
    }

    /// A number without anything before it.
    fn bare(line: &'a str) -> Option<Self> {
        let read = |style, number, is_tight, rest: &'a str| {
            (number > 0).then_some(Self { style, number, is_tight, rest: rest.trim_start() })
        };
        if let Some((number, rest)) = number(line, is_digit) {
            if let Some(rest) = rest.strip_prefix(['）', ')']) {
                return read(Style::HalfBracket, number, false, rest);
            }
            let dotted = rest.strip_prefix(['.', '．', '、', '，']);
            return match dotted.filter(|rest| !rest.starts_with(is_digit)) {
                Some(rest) => read(Style::Dotted, number, false, rest),
                None => read(Style::Digits, number, !rest.starts_with(is_gap), rest),
            };
        }
        let (number, rest) = number(line, |character| !is_digit(character))?;
        read(Style::Kanji, number, false, rest.strip_prefix(is_gap)?)
    }

    /// Whether the number stands alone in its line.
    pub(super) fn is_alone(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether the line rather goes on with a sentence that names another place: `（２）の…`.
    pub(super) fn is_reference(&self) -> bool {
        goes_on(self.rest)
    }

    /// Whether the number rather counts something: `２ 名`.
    pub(super) fn is_count(&self) -> bool {
        let counters =
            "回名人件時分秒日月年週間歳円割倍部通枚度台条項号章節つかヶカケヵ％%以~～〜-";
        let is_bare = matches!(self.style, Style::Digits | Style::Dotted | Style::Kanji);
        is_bare && self.rest.starts_with(|character| counters.contains(character))
    }
}

/// Whether a sentence goes on here, after the name of an article, paragraph or item.
pub(super) fn goes_on(rest: &str) -> bool {
    const WORDS: [&str; 28] = [
        "の",
        "を",
        "及び",
        "および",
        "並びに",
        "ならびに",
        "又は",
        "または",
        "若しくは",
        "もしくは",
        "から",
        "まで",
        "で定",
        "で規",
        "と同",
        "とは",
        "、",
        "，",
        "・",
        "～",
        "は、",
        "に定",
        "に掲",
        "に規",
        "によ",
        "に該",
        "に従",
        "に基",
    ];
    // Illness begins so as well: がん患者.
    let is_subject = rest.starts_with('が') && !rest.starts_with("がん");
    is_subject || WORDS.iter().any(|word| rest.starts_with(word))
}

/// A blank, or a colon in its place.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, ':' | '：')
}

/// A digit of either width; `①` is none.
fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// The number of at most three characters that a text begins with, and the rest.
fn number(text: &str, is_wanted: fn(char) -> bool) -> Option<(u16, &str)> {
    let is_numeral = |character: char| {
        is_wanted(character)
            && (is_digit(character) || "一二三四五六七八九十百".contains(character))
    };
    let rest = text.trim_start_matches(is_numeral);
    let folded = text[..text.len() - rest.len()].chars().map(|character| match character {
        '０'..='９' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    });
    let folded: Vec<char> = folded.take(4).collect();
    let (number, end) = numeral(&folded, 0)?;
    (end == folded.len() && end <= 3).then_some((u16::try_from(number).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(Style, u16, &str)>) {
        let found = Mark::read(line).filter(|mark| !mark.is_tight);
        assert_eq!(found.map(|mark| (mark.style, mark.number, mark.rest)), expected, "{line}");
    }

    #[test]
    fn numbers_before_paragraphs_and_items() {
        use Style::*;
        check("２　甲", Some((Digits, 2, "甲")));
        check("12 甲", Some((Digits, 12, "甲")));
        check("1. 甲", Some((Dotted, 1, "甲")));
        check("１．甲", Some((Dotted, 1, "甲")));
        check("⒉甲", Some((Dotted, 2, "甲")));
        check("第２項　甲", Some((Ordinal, 2, "甲")));
        check("第 ２ 項：甲", Some((Ordinal, 2, "甲")));
        check("（１）甲", Some((Bracket, 1, "甲")));
        check("( 3 ) 甲", Some((Bracket, 3, "甲")));
        check("（十二）甲", Some((Bracket, 12, "甲")));
        check("⑵甲", Some((Bracket, 2, "甲")));
        check("３）甲", Some((HalfBracket, 3, "甲")));
        check("②　甲", Some((Circle, 2, "甲")));
        check("⑳甲", Some((Circle, 20, "甲")));
        check("三　甲", Some((Kanji, 3, "甲")));
        check("（２）", Some((Bracket, 2, "")));
    }

    #[test]
    fn numbers_of_no_list() {
        for line in ["", "甲", "1.5倍", "2024 年度", "０ 甲", "第２項の甲", "第２条　甲", "（甲）"]
        {
            check(line, None);
        }
        for line in ["一般に", "（１", "（1年）", "十二百千 甲", "１０時から", "1一 甲"]
        {
            check(line, None);
        }
        assert!(Mark::read("２利用者は").is_some_and(|mark| mark.is_tight));
        assert!(Mark::read("（２）の甲").is_some_and(|mark| mark.is_reference()));
        assert!(Mark::read("２ 名").is_some_and(|mark| mark.is_count()));
        assert!(Mark::read("２").is_some_and(|mark| mark.is_alone()));
    }
}
