//! The jobseeker number (求職番号): five digits, then up to eight more.

use std::fmt;
use std::hash::{Hash, Hasher};

use unicode_normalization::UnicodeNormalization;

use super::characters::{is_bidi_control, is_control, is_dash, is_zero_width};

/// How much text is looked at: a number, its label and generous spacing.
const TYPED_MAX_CHARS: usize = 100;
/// Digits of the upper part.
const UPPER_DIGITS: usize = 5;
/// Digits of the lower part at most.
const LOWER_MAX_DIGITS: usize = 8;
/// A card shows at least so many digits in the lower part.
const LOWER_USUAL_DIGITS: usize = 6;
/// How many digits [`JobseekerNumber::masked`] shows at most.
const UNMASKED_DIGITS: usize = 4;

/// Why a text is no jobseeker number (article 2(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberRefusal {
    /// Nothing was typed, or a label alone.
    Empty,
    /// More digits, or more text, than any number has.
    TooLong,
    /// There is something else than digits, dashes and spaces.
    NotDigits,
    /// The second part is missing.
    Incomplete,
    /// A dash stands elsewhere than after the fifth digit.
    MisplacedDash,
    /// 事業所番号: four, up to six, and one digit, or a label that says so.
    LooksLikeEstablishmentNumber,
    /// 求人番号: of the same shape, told apart by its label only.
    LooksLikeJobOfferNumber,
}

impl NumberRefusal {
    /// Every refusal.
    pub const ALL: [Self; 7] = [
        Self::Empty,
        Self::TooLong,
        Self::NotDigits,
        Self::Incomplete,
        Self::MisplacedDash,
        Self::LooksLikeEstablishmentNumber,
        Self::LooksLikeJobOfferNumber,
    ];

    /// The code by which interfaces name the refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::NotDigits => "not_digits",
            Self::Incomplete => "incomplete",
            Self::MisplacedDash => "misplaced_dash",
            Self::LooksLikeEstablishmentNumber => "establishment_number",
            Self::LooksLikeJobOfferNumber => "job_offer_number",
        }
    }
}

/// A jobseeker number (article 2(1)). Personal data.
///
/// Two numbers are the same when their upper parts and the values of their lower parts are:
/// width, dashes, spaces and leading zeros of the lower part do not count. No check digit is
/// known, and no upper part is ever refused: any office may have issued it (article 1(1)).
#[derive(Clone)]
pub struct JobseekerNumber {
    typed: String,
    upper: String,
    lower_as_typed: String,
    lower: u32,
}

impl JobseekerNumber {
    /// Reads a number in either width, with any dash, spaces, or a label before it.
    ///
    /// # Errors
    /// What is wrong with it, or which other number it looks like.
    pub fn parse(text: &str) -> Result<Self, NumberRefusal> {
        if text.chars().nth(TYPED_MAX_CHARS).is_some() {
            return Err(NumberRefusal::TooLong);
        }
        let typed = without_invisible(text);
        let plain: String = typed.nfkc().map(|c| if is_dash(c) { '-' } else { c }).collect();
        let digits = after_label(&plain)?;
        let (upper, lower) = split(digits)?;
        Ok(Self {
            lower: lower.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')),
            typed,
            upper,
            lower_as_typed: lower,
        })
    }

    /// One form for all spellings, without leading zeros in the lower part: `27080-1391873`.
    pub fn canonical(&self) -> String {
        format!("{}-{}", self.upper, self.lower)
    }

    /// As it was split, in half width and with its zeros, for the jobseeker to confirm.
    pub fn dashed(&self) -> String {
        format!("{}-{}", self.upper, self.lower_as_typed)
    }

    /// For lists: `27080-****1873`. At least one digit stays hidden, and how many does not show.
    pub fn masked(&self) -> String {
        let lower = self.lower.to_string();
        let shown = UNMASKED_DIGITS.min(lower.len() - 1);
        format!("{}-****{}", self.upper, &lower[lower.len() - shown..])
    }

    /// The upper part: five half-width digits.
    pub fn upper(&self) -> &str {
        &self.upper
    }

    /// The value of the lower part.
    pub fn lower(&self) -> u32 {
        self.lower
    }

    /// What was typed, without outer white space and invisible characters.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether the lower part, as typed, is shorter than on any card seen: ask again, accept.
    pub fn is_short(&self) -> bool {
        self.lower_as_typed.len() < LOWER_USUAL_DIGITS
    }
}

impl PartialEq for JobseekerNumber {
    fn eq(&self, other: &Self) -> bool {
        self.upper == other.upper && self.lower == other.lower
    }
}

impl Eq for JobseekerNumber {}

impl Hash for JobseekerNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.upper.hash(state);
        self.lower.hash(state);
    }
}

/// Reveals nothing.
impl fmt::Debug for JobseekerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JobseekerNumber(..)")
    }
}

/// Pasted text brings characters that nobody sees and nobody could be asked to remove.
fn without_invisible(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !is_zero_width(*c) && !is_bidi_control(*c))
        .map(|c| if is_control(c) { ' ' } else { c })
        .collect();
    visible.trim().to_owned()
}

/// What follows the label. Only a jobseeker number's own label may stand there.
fn after_label(plain: &str) -> Result<&str, NumberRefusal> {
    let begin = plain.find(|c: char| c.is_ascii_digit() || c == '-').unwrap_or(plain.len());
    let (label, digits) = plain.split_at(begin);
    let unspaced: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    if unspaced.contains("事業所番号") {
        return Err(NumberRefusal::LooksLikeEstablishmentNumber);
    }
    if unspaced.contains("求人番号") {
        return Err(NumberRefusal::LooksLikeJobOfferNumber);
    }
    let label: String = label.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    match label.as_str() {
        "" | "求職番号" | "求職者番号" => Ok(digits),
        _ => Err(NumberRefusal::NotDigits),
    }
}

/// The two parts of a half-width number whose only dash is `-`.
fn split(digits: &str) -> Result<(String, String), NumberRefusal> {
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '-' || c.is_whitespace()) {
        return Err(NumberRefusal::NotDigits);
    }
    let unspaced: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<&str> = unspaced.split('-').filter(|group| !group.is_empty()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let spaced: Vec<usize> = digits.split_whitespace().map(str::len).collect();
    let total: usize = lengths.iter().sum();
    match (lengths.as_slice(), spaced.as_slice()) {
        ([], _) => Err(NumberRefusal::Empty),
        ([4, 1..=6, 1], _) | ([_], [4, 6, 1]) => Err(NumberRefusal::LooksLikeEstablishmentNumber),
        _ if total <= UPPER_DIGITS => Err(NumberRefusal::Incomplete),
        _ if total > UPPER_DIGITS + LOWER_MAX_DIGITS => Err(NumberRefusal::TooLong),
        ([_] | [UPPER_DIGITS, _], _) => {
            let all = groups.concat();
            let (upper, lower) = all.split_at(UPPER_DIGITS);
            Ok((upper.to_owned(), lower.to_owned()))
        }
        _ => Err(NumberRefusal::MisplacedDash),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use proptest::prelude::*;

    /// One row: what is typed; the canonical and the dashed form, or the refusal.
    fn check(typed: &str, expected: Result<(&str, &str), NumberRefusal>) {
        let number = JobseekerNumber::parse(typed);
        let forms = number.map(|number| (number.canonical(), number.dashed()));
        let expected = expected.map(|(one, other)| (one.to_owned(), other.to_owned()));
        assert_eq!(forms, expected, "{typed:?}");
    }

    #[test]
    fn article_2_1_jobseeker_number_in_any_spelling() {
        let full = Ok(("27080-1391873", "27080-01391873"));
        check("２７０８０－０１３９１８７３", full);
        check("27080 1391873", Ok(("27080-1391873", "27080-1391873")));
        check("2708001391873", full);
        check("27080-01391873", full);
        check("　27080－０１３９　１８７３\r\n", full);
        check("27080 - 01391873", full);
        check("270 80-0139 1873", full);
        check("27080--01391873", full);
        check("\u{FEFF}27080\u{200B}-01391873\u{200E}", full);
        for dash in "-－‐‑‒–—―−ーｰ﹣".chars() {
            check(&format!("27080{dash}01391873"), full);
        }
        check("求職番号：２７０８００１３９１８７３", full);
        check("求職番号 27080-01391873", full);
        check("求職番号27080-01391873", full);
        check("求 職 番 号 : 27080-01391873", full);
        check("2708013918", Ok(("27080-13918", "27080-13918")));
        check("27520-1391873", Ok(("27520-1391873", "27520-1391873")));
        check("00000-00000000", Ok(("00000-0", "00000-00000000")));
        check("99999-99999999", Ok(("99999-99999999", "99999-99999999")));
        check("270800", Ok(("27080-0", "27080-0")));
    }

    #[test]
    fn article_2_1_no_jobseeker_number() {
        use NumberRefusal::*;
        check("", Err(Empty));
        check(" 　\t", Err(Empty));
        check("求職番号：", Err(Empty));
        check("ーー", Err(Empty));
        check("27080", Err(Incomplete));
        check("２７０８０－", Err(Incomplete));
        check("1", Err(Incomplete));
        check("27080-139187345", Err(TooLong));
        check("27080139187345", Err(TooLong));
        check(&"1".repeat(101), Err(TooLong));
        check(&" ".repeat(10_000), Err(TooLong));
        check("2708-01391873", Err(MisplacedDash));
        check("27080-139-1873", Err(MisplacedDash));
        check("270800-1391873", Err(MisplacedDash));
        check("27080～1391873", Err(NotDigits));
        check("27O80-1391873", Err(NotDigits));
        check("二七〇八〇", Err(NotDigits));
        check("٢٧٠٨٠-١٣٩١٨٧٣", Err(NotDigits));
        check("27080-1391873 堺太郎", Err(NotDigits));
        check("堺太郎", Err(NotDigits));
        check("27080.1391873", Err(NotDigits));
    }

    #[test]
    fn article_2_1_another_number_was_typed() {
        use NumberRefusal::*;
        check("2708-013918-7", Err(LooksLikeEstablishmentNumber));
        check("２７０８－０１３９１８－７", Err(LooksLikeEstablishmentNumber));
        check("2708 - 013918 - 7", Err(LooksLikeEstablishmentNumber));
        check("2708-13918-7", Err(LooksLikeEstablishmentNumber));
        check("2708 013918 7", Err(LooksLikeEstablishmentNumber));
        check("求職番号：2708-013918-7", Err(LooksLikeEstablishmentNumber));
        check("事業所番号：27080139187", Err(LooksLikeEstablishmentNumber));
        check("27080-1391873（事業所番号）", Err(LooksLikeEstablishmentNumber));
        check("求人番号：27080-1391873", Err(LooksLikeJobOfferNumber));
        check("求人番号 ２７０８０ー１３９１８７３", Err(LooksLikeJobOfferNumber));
        check("求 人 番 号", Err(LooksLikeJobOfferNumber));
        // Without dash and label nothing tells them apart.
        check("27080139187", Ok(("27080-139187", "27080-139187")));
    }

    #[test]
    fn article_2_1_shorter_than_on_a_card() {
        let check = |typed: &str, short: bool| {
            assert_eq!(JobseekerNumber::parse(typed).unwrap().is_short(), short, "{typed:?}");
        };
        check("2708013918", true);
        check("27080-1", true);
        check("27080-139187", false);
        check("27080-000001", false);
        check("27080-01391873", false);
    }

    #[test]
    fn article_2_1_masked_in_lists() {
        let check = |typed: &str, masked: &str| {
            assert_eq!(JobseekerNumber::parse(typed).unwrap().masked(), masked, "{typed:?}");
        };
        check("27080-01391873", "27080-****1873");
        check("27080-1391873", "27080-****1873");
        check("27080-12345", "27080-****2345");
        check("27080-1234", "27080-****234");
        check("27080-1", "27080-****");
        check("27080-00000000", "27080-****");
    }

    #[test]
    fn article_2_1_parts_of_a_number() {
        let number = JobseekerNumber::parse(" ２７０８０ー０１３９１８７３ ").unwrap();
        assert_eq!(number.upper(), "27080");
        assert_eq!(number.lower(), 1_391_873);
        assert_eq!(number.typed(), "２７０８０ー０１３９１８７３");
        assert_eq!(format!("{number:?}"), "JobseekerNumber(..)");
        let same = JobseekerNumber::parse("27080 1391873").unwrap();
        let other = JobseekerNumber::parse("27081 1391873").unwrap();
        assert_eq!(HashSet::from([number, same, other]).len(), 2);
    }

    fn full_width(text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
                _ => c,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in r"\PC*|[0-9０-９\-ー 　]{0,20}") {
            if let Ok(number) = JobseekerNumber::parse(&text) {
                let again = JobseekerNumber::parse(&number.canonical()).unwrap();
                prop_assert_eq!(again.canonical(), number.canonical());
                prop_assert_eq!(JobseekerNumber::parse(&number.dashed()), Ok(number.clone()));
                prop_assert_eq!(JobseekerNumber::parse(number.typed()), Ok(number));
            }
        }

        #[test]
        fn any_characters_are_read_or_refused(text: String) {
            let _ = JobseekerNumber::parse(&text);
        }

        #[test]
        fn spelling_does_not_count(
            upper in "[0-9]{5}",
            lower in 0u32..100_000_000,
            digits in 1usize..=8,
            dash in "|[ 　]?[-－‐‑‒–—―−ーｰ﹣][ 　]?|[ 　]{1,3}",
        ) {
            let typed = format!("{upper}{dash}{lower:0digits$}");
            let number = JobseekerNumber::parse(&typed);
            prop_assert_eq!(&JobseekerNumber::parse(&format!("{upper}-{lower}")), &number);
            prop_assert_eq!(&JobseekerNumber::parse(&full_width(&typed)), &number);
            let number = number.unwrap();
            prop_assert_eq!((number.upper(), number.lower()), (upper.as_str(), lower));
            prop_assert!(number.masked().matches(|c: char| c.is_ascii_digit()).count() <= 9);
        }
    }
}
