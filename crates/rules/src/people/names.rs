//! Names, kept byte for byte: 髙 is not 高, and whoever bears it wants to see it.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::characters::{
    is_bidi_control, is_control, is_kana, is_private_use, is_variation_selector, is_zero_width,
    to_hiragana,
};

/// The longest name in characters.
pub const NAME_MAX_CHARS: usize = 100;

/// Why a text is no name (article 2(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameRefusal {
    /// Nothing, or white space alone.
    Empty,
    /// More than [`NAME_MAX_CHARS`].
    TooLong,
    /// A control character or a line break.
    Control,
    /// A character that turns the direction of writing.
    BidiControl,
    /// A character that shows nothing, where no script needs it.
    ZeroWidth,
    /// An emoji, or a sign that is in no name.
    Symbol,
    /// A letter of the writer's own fonts (外字), which others cannot see.
    PrivateUse,
    /// Digits or signs alone.
    NoLetter,
    /// A reading with letters other than hiragana and katakana.
    NotKana,
}

/// The name as the jobseeker writes it (氏名, article 2(1)). Personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LegalName(String);

impl LegalName {
    /// Takes a name of any script as it is, without outer white space.
    ///
    /// # Errors
    /// The first thing in it that is in no name.
    pub fn parse(text: &str) -> Result<Self, NameRefusal> {
        clean(text).map(|name| Self(name.to_owned()))
    }

    /// The name. Only for those who need it (article 6).
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// One text for all spellings that a search should find, for a keyed digest. Personal data.
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

/// Reveals nothing.
impl fmt::Debug for LegalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LegalName(..)")
    }
}

/// How the name is read (フリガナ), in hiragana or katakana of either width. Personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Kana(String);

impl Kana {
    /// Takes a reading as it is, without outer white space.
    ///
    /// # Errors
    /// The first thing in it that is in no name, or a letter that is not kana.
    pub fn parse(text: &str) -> Result<Self, NameRefusal> {
        let reading = clean(text)?;
        if reading.chars().any(|c| (c.is_alphabetic() || c.is_numeric()) && !is_kana(c)) {
            return Err(NameRefusal::NotKana);
        }
        Ok(Self(reading.to_owned()))
    }

    /// The reading. Only for those who need it (article 6).
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// One text for all spellings that a search should find, for a keyed digest. Personal data.
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

/// Reveals nothing.
impl fmt::Debug for Kana {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kana(..)")
    }
}

/// The text without outer white space, if each of its characters may stand in a name.
fn clean(text: &str) -> Result<&str, NameRefusal> {
    let name = text.trim();
    if name.is_empty() {
        return Err(NameRefusal::Empty);
    }
    if name.chars().nth(NAME_MAX_CHARS).is_some() {
        return Err(NameRefusal::TooLong);
    }
    let mut before = None;
    for c in name.chars() {
        check(before, c)?;
        before = Some(c);
    }
    // A length mark or a repetition mark is a letter to Unicode, but nothing to call anybody by.
    if name.chars().any(|c| is_letter(c) && !matches!(c, 'ー' | 'ｰ' | '々' | '〻' | '〇')) {
        Ok(name)
    } else {
        Err(NameRefusal::NoLetter)
    }
}

/// Whether this character may follow the one before it.
fn check(before: Option<char>, c: char) -> Result<(), NameRefusal> {
    let after_letter = before.is_some_and(|before| is_letter(before) || is_combining_mark(before));
    if is_control(c) {
        Err(NameRefusal::Control)
    } else if is_bidi_control(c) {
        Err(NameRefusal::BidiControl)
    } else if is_joiner(c) && before.is_some_and(needs_joiners) {
        Ok(())
    } else if is_zero_width(c) {
        Err(NameRefusal::ZeroWidth)
    } else if is_private_use(c) {
        Err(NameRefusal::PrivateUse)
    } else if is_variation_selector(c) {
        let follows = before.is_some_and(is_letter);
        if follows { Ok(()) } else { Err(NameRefusal::ZeroWidth) }
    } else if is_letter(c) || is_written_in_names(c) || (is_combining_mark(c) && after_letter) {
        Ok(())
    } else {
        Err(NameRefusal::Symbol)
    }
}

/// A letter of any script, but not one dressed up as a sign: ℹ Ⓐ 🄰 𝓐. Radicals (⼩林) count:
/// text copied from a PDF has them in place of kanji.
fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || matches!(c, '\u{2E80}'..='\u{2FD5}'))
        && !is_zero_width(c)
        && !is_combining_mark(c)
        && !matches!(
            c,
            'ℹ' | '\u{24B6}'..='\u{24E9}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1F100}'..='\u{1F1FF}'
        )
}

/// White space, digits and the punctuation that names are written with.
fn is_written_in_names(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_digit()
        || matches!(
            c,
            '\'' | '’' | '‘' | '´' | '`' | '＇' | '՚' | '׳' | '״' // apostrophes
                | '・' | '･' | '·' | '‧' | '•' | '་' // middle dots
                | '-' | '‐'..='―' | '−' | '－' | '゠' | '=' | '＝' // hyphens
                | '.' | '．' | ',' | '，' | '、' | '/' | '／' // initials, Jr., s/o
                | '(' | ')' | '（' | '）' // another name of the same person
                | '゛' | '゜' | '０'..='９'
        )
}

/// Zero width non-joiner and joiner.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Letters and marks of the scripts, Arabic to Sinhala, whose spelling needs joiners.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{0DFF}') && (is_letter(c) || is_combining_mark(c))
}

/// NFKC, without white space and shape selectors, hiragana for katakana, lower case.
fn search_key(name: &str) -> String {
    let folded: String = name
        .nfkc()
        .filter(|c| !c.is_whitespace() && !is_variation_selector(*c) && !is_zero_width(*c))
        .flat_map(char::to_lowercase)
        .map(to_hiragana)
        .collect();
    // A voicing mark may have come next to its letter only now.
    folded.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One row: what is typed, and the name or the refusal.
    fn check(typed: &str, expected: Result<&str, NameRefusal>) {
        let name = LegalName::parse(typed);
        assert_eq!(name.as_ref().map(LegalName::reveal), expected.as_ref().copied(), "{typed:?}");
    }

    fn check_kept(name: &str) {
        check(name, Ok(name));
    }

    #[test]
    fn article_2_1_names_are_kept_byte_for_byte() {
        check_kept("堺太郎");
        check_kept("堺　太郎");
        check_kept("髙橋");
        check_kept("山﨑");
        check_kept("𠮷野家");
        check_kept("葛\u{E0100}城"); // IVS
        check_kept("神\u{FE00}谷"); // a standardised variant
        check_kept("佐々木〆子");
        check_kept("⼩林"); // The radical, as copied from a PDF.
        check_kept("一〇");
        check_kept("ｻｶｲ ﾀﾛｳ");
        check_kept("か\u{3099}んた");
        check_kept("O'Brien");
        check_kept("D’Angelo");
        check_kept("ジャン・ポール゠サルトル");
        check_kept("ﾏﾘｱ･ﾙｲｻﾞ");
        check_kept("Anne-Marie Dupont");
        check_kept("Nguyễn Thị Minh Khai");
        check_kept("Nguye\u{0302}\u{0303}n");
        check_kept("Martin Luther King, Jr.");
        check_kept("Ravi s/o Kumar");
        check_kept("Gal·la");
        check_kept("김철수");
        check_kept("王小明");
        check_kept("Анна Петрова");
        check_kept("محمد بن سلمان");
        check_kept("علی\u{200C}رضا");
        check_kept("ක්\u{200D}රිස්ටි");
        check_kept("नरेन्द्र मोदी");
        check_kept("สมชาย");
        check_kept("John Smith III");
        check_kept("鈴木（旧姓 佐藤）花子");
        check_kept(&"あ".repeat(100));
    }

    #[test]
    fn article_2_1_outer_white_space_is_trimmed() {
        check(" 堺太郎 ", Ok("堺太郎"));
        check("　堺　太郎　", Ok("堺　太郎"));
        check("堺太郎\r\n", Ok("堺太郎"));
        check(&format!(" {} ", "あ".repeat(100)), Ok(&"あ".repeat(100)));
    }

    #[test]
    fn article_2_1_no_name() {
        use NameRefusal::*;
        check("", Err(Empty));
        check(" 　\t\r\n", Err(Empty));
        check(&"あ".repeat(101), Err(TooLong));
        for control in ["\0", "\r", "\n", "\t", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}"]
        {
            check(&format!("堺{control}太郎"), Err(Control));
        }
        for bidi in "\u{202A}\u{202E}\u{2066}\u{2069}\u{200E}\u{200F}\u{061C}".chars() {
            check(&format!("堺{bidi}太郎"), Err(BidiControl));
            check(&format!("{bidi}堺太郎"), Err(BidiControl));
        }
        for nothing in "\u{200B}\u{FEFF}\u{2060}\u{200C}\u{200D}\u{00AD}\u{3164}\u{E0041}".chars() {
            check(&format!("堺{nothing}太郎"), Err(ZeroWidth));
            check(&format!("{nothing}堺太郎"), Err(ZeroWidth));
        }
        check("\u{FE0F}堺", Err(ZeroWidth));
        check("堺 \u{E0100}太郎", Err(ZeroWidth));
        check("葛\u{E0100}\u{E0101}", Err(ZeroWidth));
        for sign in "😀❤☆★㈱®<>\"&@#%;_|\\{}[]!?～◯〓Ⓐ🄰🇯𝓐ℹ�\u{2800}".chars()
        {
            check(&format!("堺{sign}太郎"), Err(Symbol));
        }
        check("堺1\u{FE0F}\u{20E3}", Err(ZeroWidth));
        check("堺1\u{20E3}", Err(Symbol));
        check(" \u{3099}か", Err(Symbol));
        check("堺\u{E000}", Err(PrivateUse));
        check("12345", Err(NoLetter));
        check("２７０８０－１３９１８７３", Err(NoLetter));
        check("・", Err(NoLetter));
        check("ーー", Err(NoLetter));
        check("〇〇", Err(NoLetter));
    }

    #[test]
    fn article_2_1_the_reading_is_kana() {
        let check = |typed: &str, expected: Result<&str, NameRefusal>| {
            let kana = Kana::parse(typed);
            assert_eq!(kana.as_ref().map(Kana::reveal), expected.as_ref().copied(), "{typed:?}");
        };
        check("サカイ　タロウ", Ok("サカイ　タロウ"));
        check(" さかい たろう ", Ok("さかい たろう"));
        check("ｻｶｲ ﾀﾛｳ", Ok("ｻｶｲ ﾀﾛｳ"));
        check("マリア・ルイーザ", Ok("マリア・ルイーザ"));
        check("ｶﾞﾝﾀ", Ok("ｶﾞﾝﾀ"));
        check("か\u{3099}んた", Ok("か\u{3099}んた"));
        check("堺太郎", Err(NameRefusal::NotKana));
        check("Sakai Taro", Err(NameRefusal::NotKana));
        check("サカイ2", Err(NameRefusal::NotKana));
        check("", Err(NameRefusal::Empty));
        check("サカイ😀", Err(NameRefusal::Symbol));
        check("ー", Err(NameRefusal::NoLetter));
    }

    #[test]
    fn article_2_1_one_key_for_a_search() {
        let check = |name: &str, key: &str| {
            assert_eq!(LegalName::parse(name).unwrap().search_key(), key, "{name:?}");
        };
        check("堺　太郎", "堺太郎");
        check("サカイ タロウ", "さかいたろう");
        check("ｻｶｲ ﾀﾞｲｺﾞ", "さかいだいご");
        check("ｶ ﾞﾝﾀ", "がんた");
        check("Ｓａｋａｉ TARO", "sakaitaro");
        check("葛\u{E0100}城", "葛城");
        check("⼩林", "小林");
        check("髙橋", "髙橋"); // Another letter, not another width.
        assert_eq!(Kana::parse("ｻｶｲ").unwrap().search_key(), "さかい");
    }

    #[test]
    fn article_6_nothing_is_revealed_by_accident() {
        assert_eq!(format!("{:?}", LegalName::parse("堺太郎")), "Ok(LegalName(..))");
        assert_eq!(format!("{:?}", Kana::parse("サカイ")), "Ok(Kana(..))");
    }

    proptest! {
        #[test]
        fn any_text_is_kept_or_refused(text in r"\PC{0,120}|[\p{L}\p{M} 　・'-]{1,60}") {
            for name in [LegalName::parse(&text).map(|n| n.0), Kana::parse(&text).map(|n| n.0)] {
                let Ok(name) = name else { continue };
                prop_assert_eq!(&name, text.trim());
                let key = search_key(&name);
                prop_assert_eq!(search_key(&key), key.clone());
                prop_assert!(!key.contains(char::is_whitespace));
            }
        }

        #[test]
        fn any_characters_are_kept_or_refused(text: String) {
            if let Ok(name) = LegalName::parse(&text) {
                prop_assert_eq!(name.reveal(), text.trim());
                prop_assert!(!text.trim().contains(is_bidi_control));
                prop_assert!(!text.trim().contains(is_control));
            }
        }

        #[test]
        fn letters_are_a_name(text in r"[一-鿿ぁ-ゖA-Z][⼀-⿕㐀-䶿一-鿿𠀀-𪛟ァ-ヺ '・-]{0,98}[a-z]") {
            let name = LegalName::parse(&text);
            prop_assert_eq!(name.as_ref().map(LegalName::reveal), Ok(text.as_str()));
        }
    }
}
