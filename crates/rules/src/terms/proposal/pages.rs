//! The lines of a text as it comes out of the pages of a PDF file.

use unicode_normalization::UnicodeNormalization;

use super::Note;

/// How many characters of a source are read. Terms have some six thousand; what is longer than
/// this is no terms of use, and whatever it is, reading it must come to an end.
const LONGEST: usize = 40_000;

/// The lines that hold something, without blanks around them, and what was left out.
pub(super) fn lines(source: &str) -> (Vec<String>, Vec<Note>) {
    let (mut lines, mut notes) = (Vec::new(), Vec::new());
    let end = source.char_indices().nth(LONGEST).map_or(source.len(), |(end, _)| end);
    if end < source.len() {
        notes.push(Note::CutOff);
    }
    let pages: Vec<&str> = source[..end].split('\u{c}').collect();
    let is_paged = pages.iter().filter(|page| !page.trim().is_empty()).count() > 1;
    for (page, number) in pages.into_iter().zip(1_usize..) {
        let breaks = ['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];
        let cleaned = page.split(breaks).map(clean).filter(|line| !line.is_empty());
        let cleaned: Vec<String> = cleaned.collect();
        let last = cleaned.len().saturating_sub(1);
        for (place, line) in cleaned.into_iter().enumerate() {
            let at_edge = is_paged && (place == 0 || place == last);
            if is_page_number(&line, at_edge.then_some(number)) {
                notes.push(Note::LeftOut(line));
            } else {
                lines.push(line);
            }
        }
    }
    (lines, notes)
}

/// The line without what no reader sees: control characters, marks of width nothing, and the
/// radicals that some files hold in place of the kanji that look the same.
fn clean(line: &str) -> String {
    let mut cleaned = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => cleaned.push(' '),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2f00}'..='\u{2fd5}' => cleaned.extend(character.nfkc()),
            _ if character.is_control() => {}
            _ => cleaned.push(character),
        }
    }
    cleaned.trim().to_owned()
}

/// `- 2 -`, `2/5`, `2ページ`; at the edge of a page also its number alone.
fn is_page_number(line: &str, page: Option<usize>) -> bool {
    if line.chars().count() > 20 {
        return false;
    }
    let folded: String = line.nfkc().filter(|c| !c.is_whitespace()).collect();
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_dash = |c: char| matches!(c, '-' | '‐' | '–' | '—' | '―' | '−' | 'ー' | '~');
    let inner = folded.trim_start_matches(is_dash).trim_end_matches(is_dash);
    let has_dashes = folded.starts_with(is_dash) && folded.ends_with(is_dash);
    let named = folded.strip_suffix("ページ").or_else(|| folded.strip_suffix('頁'));
    has_dashes && is_number(inner)
        || named.is_some_and(is_number)
        || folded.split_once('/').is_some_and(|(of, all)| is_number(of) && is_number(all))
        || page.is_some_and(|page| folded == page.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        assert_eq!(lines(source).0, expected, "{source:?}");
    }

    #[test]
    fn lines_of_pages() {
        check("", &[]);
        check("\u{feff} 甲 \r\n\r\n　乙\t丙\n", &["甲", "乙 丙"]);
        check("甲\n- 1 -\n\u{c}乙\n－ ２ －", &["甲", "乙"]);
        check("甲\n1\u{c}乙\n２\n\u{c}", &["甲", "乙"]);
        check("甲\n3\u{c}乙", &["甲", "3", "乙"]); // Not the number of that page.
        check("甲\n1\n乙", &["甲", "1", "乙"]);
        check("甲\n1/3\n2 ページ\n乙", &["甲", "乙"]);
        check("1-2\n10時-", &["1-2", "10時-"]);
        check("\0甲\u{1}乙\0", &["甲乙"]);
        check("⽇本", &["日本"]);
    }

    #[test]
    fn what_is_left_out_is_noted() {
        assert_eq!(lines("甲\n- 1 -").1, [Note::LeftOut("- 1 -".to_owned())]);
        assert_eq!(lines(&"1".repeat(LONGEST + 1)).1, [Note::CutOff]);
        assert_eq!(lines(&"１".repeat(LONGEST)).1, []);
    }
}
