//! What people write in their own words: wishes, notes, reasons.

use std::fmt;

use super::characters::{is_bidi_control, is_control};

/// Why a text is not taken (article 2(1), "other items asked for").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRefusal {
    /// More characters than the field takes.
    TooLong,
    /// A control character other than line break and tab.
    Control,
    /// A character that turns the direction of writing.
    BidiControl,
}

/// Text of one or more lines, possibly empty, its lines ended by LF. Personal data.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct FreeText(String);

impl FreeText {
    /// Takes text of up to `max_chars` characters, without outer white space.
    ///
    /// # Errors
    /// Too long, or something in it that is no writing.
    pub fn parse(text: &str, max_chars: usize) -> Result<Self, TextRefusal> {
        let lines = text.trim().replace("\r\n", "\n").replace('\r', "\n");
        if lines.chars().nth(max_chars).is_some() {
            return Err(TextRefusal::TooLong);
        }
        // A line or paragraph separator is unusual but does no harm in a text of lines.
        let is_layout = |c: char| matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}');
        if lines.contains(|c: char| is_control(c) && !is_layout(c)) {
            return Err(TextRefusal::Control);
        }
        if lines.contains(is_bidi_control) {
            return Err(TextRefusal::BidiControl);
        }
        Ok(Self(lines))
    }

    /// The text. Only for those who need it (article 6).
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reveals nothing.
impl fmt::Debug for FreeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreeText(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(typed: &str, max_chars: usize, expected: Result<&str, TextRefusal>) {
        let text = FreeText::parse(typed, max_chars);
        assert_eq!(text.as_ref().map(FreeText::reveal), expected.as_ref().copied(), "{typed:?}");
        let empty = text.is_ok_and(|text| text.is_empty());
        assert_eq!(empty, expected == Ok(""), "{typed:?}");
    }

    #[test]
    fn article_2_1_further_items_in_own_words() {
        use TextRefusal::*;
        check("", 10, Ok(""));
        check(" 　\r\n\t", 0, Ok(""));
        check(" 手話を希望します。\r\n", 10, Ok("手話を希望します。"));
        check("一行目\r\n二行目\r三行目\n四行目", 100, Ok("一行目\n二行目\n三行目\n四行目"));
        check("a\tb", 10, Ok("a\tb"));
        check("👩\u{200D}👧 😀", 10, Ok("👩\u{200D}👧 😀"));
        check("<script>alert(1)</script>", 100, Ok("<script>alert(1)</script>"));
        check("あいう", 3, Ok("あいう"));
        check("あ\r\nう", 3, Ok("あ\nう"));
        check("あいうえ", 3, Err(TooLong));
        check("a", 0, Err(TooLong));
        check("a\0b", 10, Err(Control));
        check("a\u{1B}[2Jb", 10, Err(Control));
        check("a\u{9B}b", 10, Err(Control));
        check("a\u{202E}b", 10, Err(BidiControl));
        check("a\u{2066}b", 10, Err(BidiControl));
        check("a\u{200F}b", 10, Err(BidiControl));
    }

    #[test]
    fn article_6_nothing_is_revealed_by_accident() {
        assert_eq!(format!("{:?}", FreeText::parse("手話", 10)), "Ok(FreeText(..))");
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused(text in r"\PC*|[a-z\r\n\t 　]*", max_chars in 0usize..50) {
            if let Ok(taken) = FreeText::parse(&text, max_chars) {
                prop_assert!(taken.reveal().chars().count() <= max_chars);
                prop_assert!(!taken.reveal().contains('\r'));
                prop_assert_eq!(FreeText::parse(taken.reveal(), max_chars), Ok(taken));
            }
        }

        #[test]
        fn any_characters_are_taken_or_refused(text: String) {
            let _ = FreeText::parse(&text, 100);
        }
    }
}
