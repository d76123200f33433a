//! Floods (article 8(4)).

use jiff::SignedDuration;

use super::*;

/// Spends at these milliseconds after the start; how many were granted, dropped, too far over.
fn spend(rate: Rate, milliseconds: impl Iterator<Item = i64>) -> [usize; 3] {
    let start = at("10:00");
    let mut allowance = Allowance::new(rate, start);
    let mut counts = [0; 3];
    for ms in milliseconds {
        counts[allowance.spend(start + SignedDuration::from_millis(ms)) as usize] += 1;
    }
    counts
}

#[test]
fn article_8_4_a_burst_then_a_steady_rate() {
    let check = |rate: Rate, every_ms: i64, count: i64, expected: [usize; 3]| {
        let counts = spend(rate, (0..count).map(|n| n * every_ms));
        assert_eq!(counts, expected, "{rate:?} every {every_ms} ms");
    };
    check(Rate::SIGNALLING, 0, 200, [200, 0, 0]);
    check(Rate::SIGNALLING, 0, 700, [200, 399, 101]);
    check(Rate::SIGNALLING, 20, 10_000, [10_000, 0, 0]);
    check(Rate::WRITING, 0, 6, [5, 1, 0]);
    check(Rate::WRITING, 1_000, 1_000, [1_000, 0, 0]);
    check(Rate::CONTROL, 0, 100, [20, 59, 21]);
    check(Rate::CONTROL, 500, 1_000, [1_000, 0, 0]);
    // A thousand a second is closed within the first second.
    let [granted, _, closed] = spend(Rate::SIGNALLING, 0..1_000);
    assert!(granted < 250 && closed > 300, "{granted} {closed}");
}

#[test]
fn a_pause_gives_back_what_was_used() {
    let after_pause = (0..5).chain(6_000..6_005);
    assert_eq!(spend(Rate::WRITING, after_pause), [10, 0, 0]);
    let too_much_then_pause = (0..20).chain(30_000..30_005);
    assert_eq!(spend(Rate::WRITING, too_much_then_pause), [10, 15, 0]);
}

#[test]
fn clocks_that_jump_cost_or_give_a_burst_at_most() {
    for rate in [Rate::SIGNALLING, Rate::WRITING, Rate::CONTROL] {
        let mut allowance = Allowance::new(rate, at("10:00"));
        let jumps = [Timestamp::MAX, Timestamp::MIN, at("10:00"), Timestamp::MAX, Timestamp::MIN];
        for now in jumps {
            let mut granted = 0;
            while allowance.spend(now) == Spent::Granted {
                granted += 1;
            }
            assert!(granted <= rate.burst, "{rate:?}");
        }
    }
}

#[test]
fn each_kind_has_its_own_allowance() {
    let now = at("10:00");
    let read = |text: &str| serde_json::from_str::<FromBrowser>(text).unwrap();
    let chat = read(r#"{"type":"chat","text":"a"}"#);
    let ping = read(r#"{"type":"ping","n":1}"#);
    let admit = read(r#"{"type":"admit","seat":1}"#);
    let mut allowances = Allowances::new(now);
    let mut granted = |message: Option<&FromBrowser>| {
        let mut granted = 0;
        while allowances.spend(message, now) == Spent::Granted {
            granted += 1;
        }
        granted
    };
    assert_eq!(granted(Some(&chat)), Rate::WRITING.burst);
    assert_eq!(granted(Some(&admit)), Rate::CONTROL.burst);
    assert_eq!(granted(Some(&ping)), Rate::SIGNALLING.burst);
    assert_eq!(granted(None), 0); // What cannot be read counts as signalling.
}
