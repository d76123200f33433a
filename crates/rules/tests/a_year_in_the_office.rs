//! A year in one office, played with nothing but the rules: people apply, are answered, call, fall
//! silent, come late; sessions are stopped, moved, lost; facts are typed late and in any order.
//! After each event, and at the end, the office must have kept what it promises.
//!
//! `YEARS=500 cargo test -p rules --test a_year_in_the_office` plays more years; a year that goes
//! wrong names its seed and its last events, and `FIRST_YEAR=<seed> YEARS=1` plays it again.

#[cfg(test)]
mod year;

use year::{Broken, Fault, Year, play};

/// How many years an ordinary run plays.
const YEARS: u64 = 12;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn play_well(seed: u64) -> Year {
    play(seed, Fault::None).unwrap_or_else(|broken| panic!("{broken}"))
}

#[test]
fn every_year_keeps_what_the_office_promises() {
    let first = number("FIRST_YEAR", 1);
    let seeds = first..first + number("YEARS", YEARS);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |thread: usize| {
        let mut sum = Year::default();
        seeds.clone().skip(thread).step_by(threads).for_each(|seed| sum += play_well(seed));
        sum
    };
    let mut sum = Year::default();
    std::thread::scope(|scope| {
        let shares: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || share(thread))).collect();
        for share in shares {
            sum += share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
    println!("{sum:#?}");
    // Years in which nothing of the kind happens prove nothing about it.
    for (what, count) in sum.counted() {
        assert!(count > 0, "never happened: {what}");
    }
}

#[test]
fn the_same_seed_is_the_same_year() {
    let (one, again, other) = (play_well(7), play_well(7), play_well(8));
    assert_eq!(one.digest, again.digest);
    assert_ne!(one.digest, other.digest);
}

/// An office that is broken on purpose is found out, each for its own reason.
#[test]
fn the_checks_bite() {
    let check = |fault: Fault, complaint: &str| {
        let found = (1..=5).find_map(|seed| play(seed, fault).err());
        let Some(Broken { what, .. }) = found else { panic!("{fault:?} was not found out") };
        assert!(what.contains(complaint), "{fault:?}: {what}");
    };
    check(Fault::HoldsDoNotRefuse, "twice at once");
    check(Fault::FreedSlotsStayHeld, "holds cells");
    check(Fault::LostSlotsAreForgotten, "without its cells");
    check(Fault::TimeOfTypingCounts, "deemed");
    check(Fault::SettlingIsForgotten, "owed twice");
    check(Fault::AliasesAreNotLookedUp, "alias");
    check(Fault::MinuteHandStandsStill, "behind the clock");
    check(Fault::StaffAreNotChecked, "without a reason");
    check(Fault::UndoneOutcomesStayRecorded, "usage record");
}
