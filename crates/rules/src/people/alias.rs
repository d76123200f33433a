//! The name that a jobseeker shows on the screen, given by the office (article 2(3)).
//!
//! Article 2(3) wants a name that the office tells and that is not the real one. So an alias is an
//! office's word and a few random digits, such as 相談-2738. Nothing of the person enters it.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Longest display name in characters (the limit of Zoom's own name field).
const LONGEST: usize = 64;

/// Digits that may be drawn. Left out: 0 and 1, which are read as O and l (and いち is heard as
/// しち or はち on the telephone); 4 and 9, whose sounds し and く recall 死 (death) and 苦 (pain),
/// which nobody who looks for work should be called by.
const DIGITS: [char; 6] = ['2', '3', '5', '6', '7', '8'];

/// How many digits are drawn, and how many times a taken name is drawn again at that length. Four
/// digits are easy to say; a busy day moves on to more, and only the last length is tried hard.
const ATTEMPTS: [(usize, u32); 3] = [(4, 8), (5, 8), (6, 512)];

/// The fewest and the most digits of an alias.
const FEWEST_DIGITS: usize = ATTEMPTS[0].0;
const MOST_DIGITS: usize = ATTEMPTS[ATTEMPTS.len() - 1].0;

/// The word that the shipped practice begins every alias with; the only one with a known reading.
const COUNSELLING: &str = "相談";

/// Why a text is no alias, or no prefix of one (article 2(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasRefusal {
    /// Nothing before the digits.
    Empty,
    /// The name would be longer than a meeting accepts (64 characters).
    TooLong,
    /// The prefix holds something other than letters: a space, a digit, a mark, an emoji.
    NotLetters,
    /// Not a prefix, one half-width hyphen and four to six half-width digits.
    WrongShape,
}

/// A display name given by the office for one session (article 2(3)). Not personal data by itself,
/// but beside a time it says who is meant: its text is had by [`Alias::reveal`] alone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Alias {
    text: String,
    /// Bytes before the hyphen.
    prefix_end: usize,
}

impl Alias {
    /// Reads an alias back exactly as it was issued (article 2(3)): prefix, hyphen, digits.
    ///
    /// Any digits are read, not only those that are drawn today: an office may have issued others.
    ///
    /// # Errors
    /// [`AliasRefusal`] when the text is empty, too long or of another shape.
    pub fn parse(text: &str) -> Result<Self, AliasRefusal> {
        let (prefix, digits) = text.rsplit_once('-').ok_or(match text {
            "" => AliasRefusal::Empty,
            _ => AliasRefusal::WrongShape,
        })?;
        check_letters(prefix)?;
        if text.chars().count() > LONGEST {
            return Err(AliasRefusal::TooLong);
        }
        let counted = (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len());
        if !counted || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(AliasRefusal::WrongShape);
        }
        Ok(Self { prefix_end: prefix.len(), text: text.to_owned() })
    }

    /// The whole name, as it is to be typed into the meeting (article 2(3)).
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// How a Japanese speaker says it on the telephone (article 2(3)):
    /// そうだん、に、なな、さん、はち.
    ///
    /// Digits one by one, in the readings that are not mistaken for each other (なな, not しち).
    #[must_use]
    pub fn read_aloud_japanese(&self) -> String {
        let words = ["ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"];
        self.spoken("そうだん", &words, "、")
    }

    /// How an English speaker says it on the telephone (article 2(3)):
    /// soudan, two, seven, three, eight.
    #[must_use]
    pub fn read_aloud_english(&self) -> String {
        let words =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        self.spoken("soudan", &words, ", ")
    }

    fn spoken(&self, counselling: &str, words: &[&str; 10], pause: &str) -> String {
        let (prefix, digits) = self.text.split_at(self.prefix_end);
        let first = if prefix == COUNSELLING { counselling } else { prefix };
        let digits = digits.chars().filter_map(|digit| digit.to_digit(10));
        let rest = digits.filter_map(|digit| words.get(digit as usize).copied());
        std::iter::once(first).chain(rest).collect::<Vec<_>>().join(pause)
    }
}

/// Reveals nothing.
impl fmt::Debug for Alias {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Alias(..)")
    }
}

/// What all aliases of an office look like (article 2(3)): its prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasPattern {
    prefix: String,
}

impl AliasPattern {
    /// Aliases that begin with this word (the office's practice; article 2(3) leaves it open).
    /// Half-width katakana and full-width letters are brought to their usual width.
    ///
    /// # Errors
    /// [`AliasRefusal`] when the prefix is empty, holds anything but letters, or leaves no room.
    pub fn with_prefix(prefix: &str) -> Result<Self, AliasRefusal> {
        let prefix: String = prefix.trim().nfkc().collect();
        check_letters(&prefix)?;
        if prefix.chars().count() + 1 + MOST_DIGITS > LONGEST {
            return Err(AliasRefusal::TooLong);
        }
        Ok(Self { prefix })
    }

    /// The word before the hyphen (article 2(3)).
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    fn alias(&self, digits: &str) -> Alias {
        Alias { text: format!("{}-{digits}", self.prefix), prefix_end: self.prefix.len() }
    }
}

fn check_letters(prefix: &str) -> Result<(), AliasRefusal> {
    match prefix {
        "" => Err(AliasRefusal::Empty),
        _ if prefix.chars().all(char::is_alphabetic) => Ok(()),
        _ => Err(AliasRefusal::NotLetters),
    }
}

/// Whether two names in a meeting are the same (article 2(3)): in any width, with or without dash
/// and spaces.
pub fn is_same_name(given: &str, seen: &str) -> bool {
    let bare = |name: &str| -> String { name.nfkc().filter(|c| c.is_alphanumeric()).collect() };
    bare(given) == bare(seen)
}

/// Draws a display name that nobody holds (article 2(3)).
///
/// Only `random` enters, never the person, so neither the name nor the 求職番号 can be worked out
/// from it. `random(below)` gives a number of `0..below`, each as likely. `taken` says whether a
/// name is in use (or not to be used for another reason, such as likeness to the real name).
/// `None` only when every length was tried, the last one hundreds of times: all but all are taken.
pub fn draw(
    pattern: &AliasPattern,
    taken: &dyn Fn(&str) -> bool,
    random: &mut dyn FnMut(u32) -> u32,
) -> Option<Alias> {
    ATTEMPTS
        .iter()
        .flat_map(|&(digits, times)| (0..times).map(move |_| digits))
        .map(|digits| pattern.alias(&draw_digits(digits, random)))
        .find(|alias| !taken(alias.reveal()))
}

fn draw_digits(count: usize, random: &mut dyn FnMut(u32) -> u32) -> String {
    let choices = DIGITS.len() as u32;
    // The remainder changes nothing for a source that keeps its promise, and saves us from one
    // that does not.
    (0..count).map(|_| DIGITS[(random(choices) % choices) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::HashSet;

    use super::*;

    /// A repeatable source of numbers.
    fn numbers(mut state: u64) -> impl FnMut(u32) -> u32 {
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 33) % u64::from(below)) as u32
        }
    }

    fn pattern() -> AliasPattern {
        AliasPattern::with_prefix("相談").unwrap()
    }

    #[test]
    fn article_2_3_a_day_of_names_without_a_double_or_a_forbidden_digit() {
        let mut random = numbers(7);
        let mut held = HashSet::new();
        for _ in 0..5000 {
            let alias = draw(&pattern(), &|name| held.contains(name), &mut random).unwrap();
            let digits = alias.reveal().strip_prefix("相談-").unwrap();
            assert!((4..=6).contains(&digits.len()), "{digits}");
            assert!(digits.chars().all(|digit| "235678".contains(digit)), "{digits}");
            assert_eq!(Alias::parse(alias.reveal()).as_ref(), Ok(&alias));
            assert!(held.insert(alias.reveal().to_owned()));
        }
        assert!(held.iter().any(|name| name.chars().count() == "相談-".chars().count() + 6));
    }

    #[test]
    fn article_2_3_a_quiet_day_has_four_digits() {
        let mut random = numbers(1);
        for _ in 0..200 {
            let alias = draw(&pattern(), &|_| false, &mut random).unwrap();
            assert_eq!(alias.reveal().len(), "相談-2738".len());
        }
    }

    #[test]
    fn article_2_3_only_the_random_source_decides() {
        let first = draw(&pattern(), &|_| false, &mut numbers(42));
        assert_eq!(first, draw(&pattern(), &|_| false, &mut numbers(42)));
        let given = [0, 4, 1, 5];
        let mut next = given.iter();
        let alias = draw(&pattern(), &|_| false, &mut |_| *next.next().unwrap()).unwrap();
        assert_eq!(alias.reveal(), "相談-2738");
    }

    #[test]
    fn article_2_3_every_digit_is_drawn_about_as_often() {
        let mut random = numbers(3);
        let mut counts = [0_u32; 10];
        for _ in 0..3000 {
            let alias = draw(&pattern(), &|_| false, &mut random).unwrap();
            alias.reveal().bytes().filter(u8::is_ascii_digit).for_each(|digit| {
                counts[usize::from(digit - b'0')] += 1;
            });
        }
        let used = counts.iter().filter(|count| **count > 0).count();
        assert_eq!(used, 6);
        assert!(counts.iter().all(|count| *count == 0 || (1800..2200).contains(count)));
    }

    #[test]
    fn article_2_3_none_when_all_is_taken_and_no_panic_with_a_bad_source() {
        let asked = Cell::new(0);
        let all_taken = |_: &str| {
            asked.set(asked.get() + 1);
            true
        };
        assert_eq!(draw(&pattern(), &all_taken, &mut numbers(1)), None);
        assert!((100..1000).contains(&asked.get()));
        assert!(draw(&pattern(), &|_| false, &mut |_| u32::MAX).is_some());
        let longest_only = |name: &str| name.len() < "相談-222222".len();
        assert!(draw(&pattern(), &longest_only, &mut numbers(1)).is_some());
    }

    #[test]
    fn article_2_3_shape_of_a_name() {
        use AliasRefusal::{Empty, NotLetters, TooLong, WrongShape};
        let long = format!("{}-2738", "あ".repeat(60));
        let rows = [
            ("相談-2738", Ok(())),
            ("相談-0427", Ok(())),
            ("ソーダン-233557", Ok(())),
            ("", Err(Empty)),
            ("-2738", Err(Empty)),
            ("相談", Err(WrongShape)),
            ("相談-", Err(WrongShape)),
            ("相談-273", Err(WrongShape)),
            ("相談-2738256", Err(WrongShape)),
            ("相談-27a8", Err(WrongShape)),
            ("相談-２７３８", Err(WrongShape)),
            ("相 談-2738", Err(NotLetters)),
            ("相談-2738-2738", Err(NotLetters)),
            ("相\u{202e}談-2738", Err(NotLetters)),
            (long.as_str(), Err(TooLong)),
        ];
        for (text, expected) in rows {
            assert_eq!(Alias::parse(text).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn article_2_3_prefix_of_an_office() {
        use AliasRefusal::{Empty, NotLetters, TooLong};
        let (fits, too_long) = ("あ".repeat(57), "あ".repeat(58));
        let rows = [
            ("相談", Ok("相談")),
            (" ｿｳﾀﾞﾝ ", Ok("ソウダン")),
            ("Ｓｏｕｄａｎ", Ok("Soudan")),
            (fits.as_str(), Ok(fits.as_str())),
            ("", Err(Empty)),
            ("　", Err(Empty)),
            ("相談 室", Err(NotLetters)),
            ("相談-", Err(NotLetters)),
            ("2課", Err(NotLetters)),
            ("🙂", Err(NotLetters)),
            (too_long.as_str(), Err(TooLong)),
        ];
        for (text, expected) in rows {
            let read = AliasPattern::with_prefix(text);
            assert_eq!(read.as_ref().map(AliasPattern::prefix).map_err(|e| *e), expected);
        }
    }

    #[test]
    fn article_2_3_the_given_name_in_any_width() {
        let check = |seen: &str, expected: bool| {
            assert_eq!(is_same_name("相談-2738", seen), expected, "{seen}");
        };
        check("相談-2738", true);
        check("相談 ２７３８", true);
        check("相談ー2738", false);
        check("相談-2739", false);
        check("", false);
        check("iPhone", false);
    }

    #[test]
    fn article_2_3_said_on_the_telephone() {
        let rows = [
            ("相談-2738", "そうだん、に、なな、さん、はち", "soudan, two, seven, three, eight"),
            (
                "相談-56235",
                "そうだん、ご、ろく、に、さん、ご",
                "soudan, five, six, two, three, five",
            ),
            ("まど-0149", "まど、ゼロ、いち、よん、きゅう", "まど, zero, one, four, nine"),
        ];
        for (text, japanese, english) in rows {
            let alias = Alias::parse(text).unwrap();
            assert_eq!(alias.read_aloud_japanese(), japanese);
            assert_eq!(alias.read_aloud_english(), english);
            assert_eq!(alias.reveal(), text);
            assert_eq!(format!("{alias:?}"), "Alias(..)");
        }
    }
}
