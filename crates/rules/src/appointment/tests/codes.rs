//! Codes are what the store keeps: each leads back to what it stands for, and to nothing else.

use std::collections::BTreeSet;

use super::*;
use crate::letters::{CalendarPart, Letter};

fn check<T: Copy + std::fmt::Debug + PartialEq>(
    all: &[T],
    code: fn(T) -> &'static str,
    parse: fn(&str) -> Option<T>,
) {
    let mut seen = BTreeSet::new();
    for value in all {
        let code = code(*value);
        assert_eq!(parse(code), Some(*value), "{code}");
        assert!(seen.insert(code), "{code} twice");
        assert!(code.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase()), "{code}");
        assert_eq!(parse(&code.to_uppercase()), None);
    }
    assert_eq!(parse(""), None);
}

#[test]
fn codes_round_trip() {
    check(&What::ALL, What::code, What::parse);
    check(&Standing::ALL, Standing::code, Standing::parse);
    check(&Letter::ALL, Letter::code, Letter::parse);
}

#[test]
fn what_is_contact() {
    for what in What::ALL {
        let expected = ["called", "called_off", "arrived", "wrong_name"].contains(&what.code());
        assert_eq!(what.is_contact(), expected, "{}", what.code());
    }
}

#[test]
fn open_standings_keep_their_slot() {
    for standing in Standing::ALL {
        assert!(standing.keeps_slot() || !standing.is_open(), "{standing:?}");
        assert!(!standing.is_no_show() || !standing.keeps_slot(), "{standing:?}");
    }
}

#[test]
fn a_letter_never_publishes_a_session_that_is_over() {
    for letter in Letter::ALL {
        assert_ne!(letter.calendar_part(false), CalendarPart::Publish, "{letter:?}");
        let cancels = letter.calendar_part(true) == CalendarPart::Cancel;
        assert_eq!(cancels, letter.calendar_part(false) == CalendarPart::Cancel, "{letter:?}");
    }
}
