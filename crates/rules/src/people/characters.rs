//! Kinds of characters that more than one kind of input has to tell apart.

/// Any stroke that people type where a dash belongs, in either width.
///
/// The long vowel mark (ー) is among them: on a Japanese keyboard it is the same key. The wave
/// dash (～) is not: it means a range.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' // ‐ ‑ ‒ – — ―
            | '\u{2212}' // −
            | '\u{2500}' | '\u{2501}' // ─ ━
            | '\u{30FC}' | '\u{FF70}' // ー ｰ
            | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' // ﹘ ﹣ －
    )
}

/// Control characters, and the two separators that break a line as they do.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Characters that turn the direction of the text around them and so can show another text than
/// the one that is stored.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Characters that show nothing. Variation selectors are not among them: they choose a shape.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// Selectors of the shape of the letter before them (IVS: 葛󠄀).
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(
        c,
        '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

/// Letters that only the writer's own fonts know (外字).
pub(super) fn is_private_use(c: char) -> bool {
    matches!(
        c,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}'
    )
}

/// Hiragana, katakana in both widths, their repetition, length and voicing marks.
pub(super) fn is_kana(c: char) -> bool {
    matches!(
        c,
        '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
            | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}'
            | '\u{1AFF0}'..='\u{1AFFE}' | '\u{1B000}'..='\u{1B16F}'
    )
}

/// The hiragana of a katakana, and any other character as it is. No width is changed here.
pub(super) fn to_hiragana(c: char) -> char {
    match c {
        '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => {
            char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_2_1_dashes_of_a_number() {
        for c in "-－‐‑‒–—―−ーｰ﹣─".chars() {
            assert!(is_dash(c), "{c}");
        }
        for c in "～〜一_=/・ 0".chars() {
            assert!(!is_dash(c), "{c}");
        }
    }

    #[test]
    fn article_2_1_one_reading_in_either_kana() {
        let check = |from: &str, to: &str| {
            assert_eq!(from.chars().map(to_hiragana).collect::<String>(), to);
        };
        check("サカイタロウ", "さかいたろう");
        check("ヴヵヶヽヾ", "ゔゕゖゝゞ");
        check("ヷー・さ漢A", "ヷー・さ漢A");
    }
}
