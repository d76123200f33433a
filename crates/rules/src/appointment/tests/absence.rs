//! Whom it kept away that nobody served (article 9(6)). Doors open a quarter of an hour before.

use super::*;
use crate::people::Practice;

/// A row: start | facts | nobody served from | until | outage (`-`: none).
fn check(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [start, facts, from, until, expected] = cells[..] else { panic!("{row}") };
    let one = appointment(start, facts);
    let absence = Absence { from: at(from), until: at(until) };
    let found = outage_of(&one, &rules(), &Practice::default(), absence);
    let expected = (expected != "-").then(|| Fact { at: at(expected), what: What::Outage });
    assert_eq!(found, expected, "{row}");
    let Some(outage) = found else { return };
    // It is a fact that can be recorded, and that keeps the limit from running.
    assert!(!is_too_early(&one, &rules(), outage.what, outage.at), "{row}");
    let told = Appointment { facts: [one.facts.as_slice(), &[outage]].concat(), ..one };
    for later in [absence.until, at("27T10:00")] {
        assert_ne!(standing(&told, &rules(), later), Standing::DeemedCancelled, "{row}");
    }
    assert_eq!(outage_of(&told, &rules(), &Practice::default(), absence), None, "{row} twice");
}

#[test]
fn article_9_6_nobody_served_between_door_and_limit() {
    check("10:00 |                   | 09:45    | 10:15    | 09:45");
    check("10:00 |                   | 09:30    | 10:15    | 09:45");
    check("10:00 |                   | 09:50    | 09:53    | 09:50");
    check("10:00 |                   | 20T09:00 | 26T09:00 | 09:45");
    check("10:00 |                   | 10:08    | 10:15    | 10:08");
    check("10:00 |                   | 10:10    | 10:15    | 10:10");
    check("10:00 |                   | 09:00    | 09:45    | 09:45");
    check("00:05 |                   | 23T23:00 | 00:30    | 00:00");
    // Before the door opened, or after the limit.
    check("10:00 |                   | 09:00    | 09:44    | -");
    check("10:00 |                   | 10:11    | 10:15    | -");
    check("14:00 |                   | 09:45    | 10:15    | -");
    check("10:00 |                   | 23T09:45 | 23T10:15 | -");
}

#[test]
fn article_9_6_only_who_could_not_be_heard() {
    for heard in ["called 08:00", "arrived 09:46", "called_off 09:00", "wrong_name 09:46"] {
        check(&format!("10:00 | {heard} | 09:47 | 10:15 | -"));
    }
    for over in ["stopped_failure 09:30", "slot_lost 09:30", "held 09:40"] {
        check(&format!("10:00 | {over} | 09:45 | 10:15 | -"));
    }
    // What was said about an earlier time does not count; the office calls; it is noted already.
    check("10:00 | called 08:00, moved 09:00 | 09:45 | 10:15 | 09:45");
    check("10:00 | to_telephone 23T09:00     | 09:45 | 10:15 | -");
    check("10:00 | outage 09:40              | 09:45 | 10:15 | -");
}

#[test]
fn a_short_absence_keeps_nobody_away() {
    let now = at("10:15");
    let of = |seconds: i64| Absence::of(SignedDuration::from_secs(seconds), now);
    assert_eq!(of(1_800), Some(Absence { from: at("09:45"), until: now }));
    assert_eq!(of(121), Some(Absence { from: at("10:12:59"), until: now }));
    // Another machine's clock may be a little ahead.
    for seconds in [120, 4, 0, -5, i64::MIN] {
        assert_eq!(of(seconds), None, "{seconds}");
    }
    assert_eq!(of(i64::MAX), Some(Absence { from: Timestamp::MIN, until: now }));
}
