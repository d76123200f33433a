//! How the office reaches a jobseeker (article 2(2)): e-mail address and telephone number.

use std::fmt;
use std::hash::{Hash, Hasher};

use unicode_normalization::UnicodeNormalization;

use super::characters::{is_bidi_control, is_control, is_dash, is_zero_width};

/// The longest address in characters (RFC 5321, 4.5.3.1.3, less the angle brackets).
const EMAIL_MAX: usize = 254;
/// The longest part before the at sign (RFC 5321, 4.5.3.1.1).
const LOCAL_PART_MAX: usize = 64;
/// The longest part of a domain between dots (RFC 1035, 2.3.4).
const LABEL_MAX: usize = 63;
/// How much text is looked at for a telephone number: its digits and generous spacing.
const TELEPHONE_TYPED_MAX_CHARS: usize = 60;

/// Why a text is no address or telephone number (article 2(1), "other items asked for").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContactRefusal {
    /// Nothing, or white space alone.
    Empty,
    /// Longer than any address or number.
    TooLong,
    /// A control character, a line break, or one that shows nothing.
    Control,
    /// White space inside an address.
    Space,
    /// A letter outside ASCII in an address.
    NotAscii,
    /// No at sign, or several.
    AtSign,
    /// The part before the at sign is missing, too long, or has signs that do not belong there.
    LocalPart,
    /// A dot first, last, or next to another before the at sign. Old mobile addresses had such,
    /// but mail cannot be sent to them reliably.
    MisplacedDot,
    /// The part after the at sign is no domain.
    Domain,
    /// Something else than digits, dashes, brackets and spaces in a telephone number.
    NotDigits,
    /// A domestic number without its leading 0 (area code), or an access code instead of `+`.
    NoAreaCode,
    /// Too few digits for a telephone number.
    TooFewDigits,
    /// Too many digits for a telephone number.
    TooManyDigits,
}

/// An e-mail address, in half width and with its domain in lower case. Personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address in either width. Only its form is checked, not whether it exists.
    ///
    /// # Errors
    /// Which part of it cannot be right.
    pub fn parse(text: &str) -> Result<Self, ContactRefusal> {
        let address: String = text.trim().chars().map(half_width).collect();
        if address.is_empty() {
            return Err(ContactRefusal::Empty);
        }
        if address.chars().nth(EMAIL_MAX).is_some() {
            return Err(ContactRefusal::TooLong);
        }
        if address.contains(is_unseen) {
            return Err(ContactRefusal::Control);
        }
        if address.contains(char::is_whitespace) {
            return Err(ContactRefusal::Space);
        }
        if !address.is_ascii() {
            return Err(ContactRefusal::NotAscii);
        }
        let (local, domain) = address.split_once('@').ok_or(ContactRefusal::AtSign)?;
        if domain.contains('@') {
            return Err(ContactRefusal::AtSign);
        }
        check_local_part(local)?;
        if !is_domain(domain) {
            return Err(ContactRefusal::Domain);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// The address. Only for those who need it (article 6).
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What two ways of writing the same address have in common: hardly any server tells capital
    /// letters before the `@` from small ones.
    pub fn search_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Reveals nothing.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(..)")
    }
}

/// The ASCII character of a full-width one. Not NFKC, which makes ASCII of much that looks
/// like something else.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_unseen(c: char) -> bool {
    is_control(c) || is_bidi_control(c) || is_zero_width(c)
}

/// A dot-atom of RFC 5322, 3.2.3: no quotes, commas, brackets or comments.
fn check_local_part(local: &str) -> Result<(), ContactRefusal> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if local.is_empty() || local.len() > LOCAL_PART_MAX || !local.chars().all(is_sign) {
        return Err(ContactRefusal::LocalPart);
    }
    if local.split('.').any(str::is_empty) {
        return Err(ContactRefusal::MisplacedDot);
    }
    Ok(())
}

/// Two or more labels of letters, digits and inner hyphens, the last of them not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_MAX).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = domain.rsplit_once('.') else { return false };
    domain.split('.').all(is_label) && last.len() >= 2 && !last.chars().all(|c| c.is_ascii_digit())
}

/// A telephone number. Personal data. Two numbers are the same when their digits are.
#[derive(Clone)]
pub struct Telephone {
    typed: String,
    digits: String,
}

impl Telephone {
    /// Reads a domestic number of ten or eleven digits, or one with `+` and a country's code, in
    /// either width, with any dashes, brackets and spaces.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ContactRefusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ContactRefusal::Empty);
        }
        if text.contains(is_unseen) {
            return Err(ContactRefusal::Control);
        }
        // One more than the longest: NFKC can make several characters of one.
        let plain = text.nfkc().take(TELEPHONE_TYPED_MAX_CHARS + 1);
        let typed: String = plain.map(|c| if is_dash(c) { '-' } else { c }).collect();
        if typed.chars().nth(TELEPHONE_TYPED_MAX_CHARS).is_some() {
            return Err(ContactRefusal::TooLong);
        }
        let typed = typed.trim().to_owned();
        let (abroad, rest) = match typed.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, typed.as_str()),
        };
        if !rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-().".contains(c)) {
            return Err(ContactRefusal::NotDigits);
        }
        let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let digits =
            if abroad { international(&figures(&rest.replace("(0)", "")))? } else { figures(rest) };
        if !digits.starts_with('+') {
            check_domestic(&digits)?;
        }
        Ok(Self { typed, digits })
    }

    /// The number as typed, in half width. Only for those who need it (article 6).
    pub fn reveal(&self) -> &str {
        &self.typed
    }

    /// The number to dial: `0722388301`, also for `+81 72 238 8301`; elsewhere `+14155550123`.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

impl PartialEq for Telephone {
    fn eq(&self, other: &Self) -> bool {
        self.digits == other.digits
    }
}

impl Eq for Telephone {}

impl Hash for Telephone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits.hash(state);
    }
}

/// Reveals nothing.
impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(..)")
    }
}

/// The digits after a `+`, in domestic form when the country is Japan (ITU-T E.164: at most 15).
fn international(digits: &str) -> Result<String, ContactRefusal> {
    if let Some(domestic) = digits.strip_prefix("81") {
        return Ok(format!("0{}", domestic.strip_prefix('0').unwrap_or(domestic)));
    }
    match digits.len() {
        0..8 => Err(ContactRefusal::TooFewDigits),
        8..=15 if digits.starts_with('0') => Err(ContactRefusal::NoAreaCode),
        8..=15 => Ok(format!("+{digits}")),
        _ => Err(ContactRefusal::TooManyDigits),
    }
}

/// Ten digits, or eleven: 0, a code, a number (電気通信番号規則).
fn check_domestic(digits: &str) -> Result<(), ContactRefusal> {
    if digits.is_empty() {
        return Err(ContactRefusal::NotDigits);
    }
    if !digits.starts_with('0') || digits.starts_with("00") {
        return Err(ContactRefusal::NoAreaCode);
    }
    match digits.len() {
        0..10 => Err(ContactRefusal::TooFewDigits),
        10 | 11 => Ok(()),
        _ => Err(ContactRefusal::TooManyDigits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn article_2_2_email() {
        use ContactRefusal::*;
        let check = |typed: &str, expected: Result<&str, ContactRefusal>| {
            let email = Email::parse(typed);
            assert_eq!(email.as_ref().map(Email::reveal), expected.as_ref().copied(), "{typed:?}");
        };
        check("hana@example.jp", Ok("hana@example.jp"));
        check("  Hana.Sakai+job@Example.CO.JP\r\n", Ok("Hana.Sakai+job@example.co.jp"));
        check("ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ", Ok("hana@example.jp"));
        check("a@xn--wgv71a119e.jp", Ok("a@xn--wgv71a119e.jp"));
        check("o'brien_1@a-b.example", Ok("o'brien_1@a-b.example"));
        check("", Err(Empty));
        check("　", Err(Empty));
        check(&format!("a@{}.jp", "b.".repeat(130)), Err(TooLong));
        check("hana@example.jp\r\nBcc: x@example.jp", Err(Control));
        check("hana\0@example.jp", Err(Control));
        check("hana@exam\u{200B}ple.jp", Err(Control));
        check("hana@\u{202E}example.jp", Err(Control));
        check("hana @example.jp", Err(Space));
        check("hana@example.jp x@example.jp", Err(Space));
        check("花@example.jp", Err(NotAscii));
        check("hana@例え.jp", Err(NotAscii));
        check("hana@example。jp", Err(NotAscii));
        check("\u{212A}ana@example.jp", Err(NotAscii)); // the sign of Kelvin
        check("hana", Err(AtSign));
        check("a@b@example.jp", Err(AtSign));
        check("a@example.jp,b@example.jp", Err(AtSign));
        check("@example.jp", Err(LocalPart));
        check("a,b@example.jp", Err(LocalPart));
        check("\"a b\"@example.jp", Err(Space));
        check("\"a\"@example.jp", Err(LocalPart));
        check("hana<a@example.jp>", Err(LocalPart));
        check("mailto:a@example.jp", Err(LocalPart));
        check(&format!("{}@example.jp", "a".repeat(65)), Err(LocalPart));
        check("a..b@example.jp", Err(MisplacedDot));
        check("ab.@example.jp", Err(MisplacedDot));
        check(".ab@example.jp", Err(MisplacedDot));
        check("a@", Err(Domain));
        check("a@localhost", Err(Domain));
        check("a@example..jp", Err(Domain));
        check("a@example.jp.", Err(Domain));
        check("a@-example.jp", Err(Domain));
        check("a@example.jp>", Err(Domain));
        check("a@192.0.2.1", Err(Domain));
        check("a@[192.0.2.1]", Err(Domain));
        check(&format!("a@{}.jp", "b".repeat(64)), Err(Domain));
    }

    #[test]
    fn article_2_2_telephone() {
        use ContactRefusal::*;
        let check = |typed: &str, expected: Result<(&str, &str), ContactRefusal>| {
            let telephone = Telephone::parse(typed);
            let forms =
                telephone.as_ref().map(|telephone| (telephone.reveal(), telephone.digits()));
            assert_eq!(forms, expected.as_ref().copied(), "{typed:?}");
        };
        check("072-238-8301", Ok(("072-238-8301", "0722388301")));
        check("０７２－２３８－８３０１", Ok(("072-238-8301", "0722388301")));
        check(" 072ー238ー8301 ", Ok(("072-238-8301", "0722388301")));
        check("(072)238-8301", Ok(("(072)238-8301", "0722388301")));
        check("（０７２）２３８　８３０１", Ok(("(072)238 8301", "0722388301")));
        check("09012345678", Ok(("09012345678", "09012345678")));
        check("0120-000-000", Ok(("0120-000-000", "0120000000")));
        check("+81 72 238 8301", Ok(("+81 72 238 8301", "0722388301")));
        check("+81(0)90-1234-5678", Ok(("+81(0)90-1234-5678", "09012345678")));
        check("＋１ 415 555 0123", Ok(("+1 415 555 0123", "+14155550123")));
        check("", Err(Empty));
        check("　", Err(Empty));
        check("-", Err(NotDigits));
        check(&"0".repeat(61), Err(TooLong));
        check(&format!("0722388301{}1", "…".repeat(30)), Err(TooLong)); // NFKC: three dots each
        check("072-238\n-8301", Err(Control));
        check("072-238-8301 内線5", Err(NotDigits));
        check("O72-238-8301", Err(NotDigits));
        check("072+238-8301", Err(NotDigits));
        check("238-8301", Err(NoAreaCode));
        check("722388301", Err(NoAreaCode));
        check("0081722388301", Err(NoAreaCode));
        check("+0123456789", Err(NoAreaCode));
        check("072-238-830", Err(TooFewDigits));
        check("110", Err(NoAreaCode));
        check("+1234567", Err(TooFewDigits));
        check("+", Err(TooFewDigits));
        check("+81 72 238 830", Err(TooFewDigits));
        check("090-1234-56789", Err(TooManyDigits));
        check("+1234567890123456", Err(TooManyDigits));
    }

    #[test]
    fn article_6_nothing_is_revealed_by_accident() {
        assert_eq!(format!("{:?}", Email::parse("a@example.jp")), "Ok(Email(..))");
        assert_eq!(format!("{:?}", Telephone::parse("0722388301")), "Ok(Telephone(..))");
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_or_refused(text in r"\PC*|[ -~ａ-ｚ＠．]{0,40}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.reveal().chars().all(|c| c.is_ascii_graphic()));
                prop_assert_eq!(Email::parse(email.reveal()), Ok(email));
            }
        }

        #[test]
        fn an_address_is_the_same_in_full_width(
            local in r"[a-z0-9_+-]{1,20}(\.[a-z0-9]{1,9}){0,3}",
            domain in r"([a-z][a-z0-9]{0,9}\.){1,3}[a-z]{2,6}",
        ) {
            let address = format!("{local}@{domain}");
            let wide = address.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap());
            prop_assert_eq!(Email::parse(&wide.collect::<String>()), Email::parse(&address));
            let email = Email::parse(&address).unwrap();
            prop_assert_eq!(email.reveal(), &address);
        }

        #[test]
        fn any_text_is_a_telephone_number_or_refused(text in r"\PC*|[+0-9０-９ー() ]{0,20}") {
            if let Ok(telephone) = Telephone::parse(&text) {
                prop_assert_eq!(&Telephone::parse(telephone.digits()), &Ok(telephone.clone()));
                prop_assert_eq!(Telephone::parse(telephone.reveal()), Ok(telephone));
            }
        }

        #[test]
        fn any_characters_are_a_contact_or_refused(text: String) {
            let _ = (Email::parse(&text), Telephone::parse(&text));
        }

        #[test]
        fn spelling_does_not_count(
            area in "0[1-9][0-9]",
            number in "[0-9]{3}",
            rest in "[0-9]{4,5}",
            dash in "|[ 　]?[-－‐‑‒–—―−ーｰ﹣][ 　]?|[ 　]{1,3}",
        ) {
            let spelt = Telephone::parse(&format!("{area}{dash}{number}{dash}{rest}"));
            prop_assert_eq!(spelt, Telephone::parse(&format!("{area}{number}{rest}")));
        }
    }
}
