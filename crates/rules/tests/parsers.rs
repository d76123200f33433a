//! Any text whatever has an answer from the readers that stand at the edge and have no property
//! test of their own, and what they accept they read back unchanged.

use proptest::prelude::*;
use rules::people::{Alias, AliasPattern};
use rules::schedule::{parse_moment, parse_wish};
use rules::session::{JoinLink, MeetingId, Passcode};
use rules::terms::{Audience, Clause, VersionName};

/// Any text, and texts that are nearly right.
fn text() -> impl Strategy<Value = String> {
    let nearly = "[相談Ａa0-9０-９\\-－‐() :/@_.\u{202e}\u{0}]{0,24}";
    prop_oneof![any::<String>(), nearly]
}

proptest! {
    #[test]
    fn article_2_3_names(typed in text()) {
        if let Ok(alias) = Alias::parse(&typed) {
            prop_assert_eq!(alias.reveal(), typed.as_str());
            prop_assert!(!alias.read_aloud_japanese().is_empty());
        }
        if let Ok(pattern) = AliasPattern::with_prefix(&typed) {
            let again = AliasPattern::with_prefix(pattern.prefix());
            prop_assert_eq!(again, Ok(pattern));
        }
    }

    #[test]
    fn places_and_versions_of_the_terms(written in text(), number in any::<u16>()) {
        let _ = Clause::parse(&written);
        let inner = Clause::parse(&format!("{number}({written}"));
        prop_assert!(inner.is_none() || written.ends_with(')'));
        if let Some(version) = VersionName::parse(&written) {
            prop_assert_eq!(version.to_string(), written.clone());
        }
        if let Some(audience) = Audience::parse(&written) {
            prop_assert_eq!(audience.as_str(), written.as_str());
        }
    }

    #[test]
    fn article_2_1_days_and_times(date in text(), time in text(), minutes in text()) {
        let _ = parse_wish(&date, &time, &minutes);
        let _ = parse_moment(&date, &time);
    }

    #[test]
    fn article_2_2_joining_data(typed in text(), digits in "[0-9]{9,11}") {
        if let Ok(id) = MeetingId::parse(&typed) {
            prop_assert!((9..=11).contains(&id.digits().len()));
        }
        if let Ok(passcode) = Passcode::parse(&typed) {
            let again = Passcode::parse(passcode.reveal());
            prop_assert!(again.is_ok_and(|again| again == passcode));
        }
        let id = MeetingId::parse(&digits).expect("nine to eleven digits");
        let link = format!("https://zoom.us/j/{digits}{typed}");
        if let Ok(link) = JoinLink::parse(&link, &id) {
            prop_assert!(link.reveal().is_ascii());
        }
    }
}
