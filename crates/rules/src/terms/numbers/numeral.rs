//! Reads a numeral: digits, kanji numerals, English words. The text is folded to one width and
//! small letters before.

/// The largest numeral that is read; no number of the terms comes near it.
const LARGEST: u32 = 99_999;

/// The numeral that begins at a place, and where it ends.
pub(in crate::terms) fn numeral(text: &[char], at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let (number, length) = digits(rest).or_else(|| kanji(rest)).or_else(|| word(text, at))?;
    (number <= LARGEST).then_some((number, at + length))
}

fn digits(text: &[char]) -> Option<(u32, usize)> {
    let digits: Vec<u32> = text.iter().map_while(|c| c.to_digit(10)).collect();
    positional(&digits)
}

fn positional(digits: &[u32]) -> Option<(u32, usize)> {
    let number =
        digits.iter().fold(0_u32, |number, digit| number.saturating_mul(10).saturating_add(*digit));
    (!digits.is_empty()).then_some((number, digits.len()))
}

/// 三十, 六十, 百二十, and figure by figure 二〇二五.
fn kanji(text: &[char]) -> Option<(u32, usize)> {
    let run: Vec<char> = text.iter().copied().take_while(|&c| kanji_value(c).is_some()).collect();
    let values: Vec<u32> = run.iter().filter_map(|&c| kanji_value(c)).collect();
    if values.iter().all(|&value| value < 10) {
        return positional(&values);
    }
    let (mut total, mut figure) = (0_u32, None);
    for value in values {
        if value < 10 {
            figure = Some(value);
        } else {
            total = total.saturating_add(figure.take().unwrap_or(1).saturating_mul(value));
        }
    }
    Some((total.saturating_add(figure.unwrap_or(0)), run.len()))
}

/// Whether the character is a kanji numeral.
pub(super) fn is_kanji_numeral(character: &char) -> bool {
    kanji_value(*character).is_some()
}

/// The value of a kanji numeral.
fn kanji_value(character: char) -> Option<u32> {
    let figures = "〇一二三四五六七八九";
    let value = figures.chars().position(|figure| figure == character);
    match (value, character) {
        (Some(value), _) => u32::try_from(value).ok(),
        (None, '十') => Some(10),
        (None, '百') => Some(100),
        (None, '千') => Some(1000),
        _ => None,
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// An English word below a hundred, standing as a word: "ten", not the end of "often".
fn word(text: &[char], at: usize) -> Option<(u32, usize)> {
    if at > 0 && text.get(at - 1).is_some_and(char::is_ascii_alphabetic) {
        return None;
    }
    let letters = |from: usize| -> String {
        let rest = text.iter().skip(from);
        rest.take_while(|c| c.is_ascii_alphabetic()).take(12).collect()
    };
    let first = letters(at);
    let of = |words: &[&str], word: &str| words.iter().position(|&known| known == word);
    if let Some(number) = of(&SMALL, &first) {
        return Some((u32::try_from(number).ok()?, first.len()));
    }
    let tens = 20 + 10 * u32::try_from(of(&TENS, &first)?).ok()?;
    let after = at + first.len();
    let second = letters(after + 1);
    match (text.get(after), of(&SMALL[..10], &second)) {
        (Some('-'), Some(figure @ 1..)) => {
            Some((tens + u32::try_from(figure).ok()?, first.len() + 1 + second.len()))
        }
        _ => Some((tens, first.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, read: Option<(u32, usize)>) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(numeral(&chars, 0), read, "{text}");
    }

    #[test]
    fn numerals() {
        check("30分", Some((30, 2)));
        check("007", Some((7, 3)));
        check("十分", Some((10, 1)));
        check("三十分", Some((30, 2)));
        check("百二十分", Some((120, 3)));
        check("千五", Some((1005, 2)));
        check("二〇二五年", Some((2025, 4)));
        check("三〇分", Some((30, 2)));
        check("九百九十九", Some((999, 5)));
        check("ten minutes", Some((10, 3)));
        check("thirty minutes", Some((30, 6)));
        check("forty-five", Some((45, 10)));
        check("forty-zero", Some((40, 5)));
        check("tender", None);
        check("分", None);
        check("", None);
        check("99999999999999999999", None);
        assert_eq!(numeral(&['o', 'f', 't', 'e', 'n'], 2), None);
    }
}
