//! What holds for any facts, in any order, at any time.

use proptest::prelude::*;

use super::*;
use crate::letters::Letter;
use crate::schedule::TOKYO;
use crate::terms::application::deemed_cancelled_from;

/// Minutes from the start: the days around it coarsely, the session itself finely.
fn minute() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), -15_i64..75, -3000_i64..3000]
}

fn instant() -> impl Strategy<Value = Timestamp> {
    let seconds = prop_oneof![4 => Just(0_i64), 1 => -1_i64..=1];
    (minute(), seconds).prop_map(|(minutes, seconds)| {
        slot("10:00").start + SignedDuration::from_secs(minutes * 60 + seconds)
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    (prop::sample::select(What::ALL.to_vec()), instant()).prop_map(|(what, at)| Fact { at, what })
}

fn any_facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(fact(), 0..7)
}

fn with(facts: Vec<Fact>) -> Appointment {
    Appointment { facts, ..Appointment::new(slot("10:00")) }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn neither_order_nor_repetition_changes_anything(
        (facts, shuffled) in any_facts().prop_flat_map(|facts| {
            let repeated = [facts.clone(), facts.clone()].concat();
            (Just(facts), Just(repeated).prop_shuffle())
        }),
        now in instant(),
    ) {
        let (one, other) = (with(facts), with(shuffled));
        prop_assert_eq!(judge(&one, &rules(), now), judge(&other, &rules(), now));
        prop_assert_eq!(next_tick(&one, &rules(), now), next_tick(&other, &rules(), now));
    }

    #[test]
    fn a_tick_at_the_announced_time_always_changes_something(
        facts in any_facts(), now in instant(),
    ) {
        let mut one = settle(with(facts), &rules(), now).appointment;
        let mut now = now;
        let mut ticks = 0;
        while let Some(tick) = next_tick(&one, &rules(), now) {
            prop_assert!(tick > now, "a tick in the past");
            let just_before = tick - SignedDuration::from_nanos(1);
            let early = settle(one.clone(), &rules(), just_before);
            prop_assert_eq!(&early.appointment, &one, "something changed before the tick");
            let settled = settle(one.clone(), &rules(), tick);
            prop_assert_ne!(settled.appointment.announced, one.announced);
            (one, now, ticks) = (settled.appointment, tick, ticks + 1);
            prop_assert!(ticks < 12, "the timer turns for ever");
        }
        let much_later = Timestamp::MAX - SignedDuration::from_hours(1);
        prop_assert_eq!(&settle(one.clone(), &rules(), much_later).appointment, &one);
        prop_assert!(!one.announced.unwrap().standing.is_open(), "every appointment ends");
    }

    #[test]
    fn settling_twice_owes_nothing_twice(
        facts in any_facts(), nows in prop::collection::vec(instant(), 1..5),
    ) {
        let mut one = with(facts);
        for now in nows {
            let settled = settle(one, &rules(), now);
            let again = settle(settled.appointment.clone(), &rules(), now);
            prop_assert!(again.duties.is_empty());
            prop_assert_eq!(again.hold, Hold::Unchanged);
            prop_assert_eq!(&again.appointment, &settled.appointment);
            let letters = settled.duties.iter().filter(|it| matches!(it, Duty::Write(_))).count();
            prop_assert!(letters <= 1, "two letters for one change: {:?}", settled.duties);
            one = settled.appointment;
        }
    }

    /// The one rule that must never fail: silence is never found where there was contact, a stop,
    /// an outage or the promise of a call in time (articles 2(4), 9(6)).
    #[test]
    fn article_2_4_a_deeming_means_silence(facts in any_facts(), now in instant()) {
        let one = with(facts);
        let limit = deemed_cancelled_from(one.slot.start, &rules()).unwrap();
        let moved = |fact: &&Fact| fact.what == What::Moved && fact.at <= now;
        let told = one.facts.iter().filter(moved).map(|fact| fact.at).max();
        let told = told.unwrap_or(Timestamp::MIN);
        let day = one.slot.date();
        let is_back = |fact: &&Fact| {
            fact.what == What::FromTelephone && fact.at <= now && fact.at <= one.slot.start
        };
        let back = one.facts.iter().filter(is_back).map(|fact| fact.at).max();
        let breaks = |fact: &Fact| {
            let known = fact.at <= now && (fact.at > told || fact.what.is_about_means());
            known && match fact.what {
                What::ToTelephone => fact.at <= limit && back.is_none_or(|back| fact.at >= back),
                What::FromTelephone => false,
                What::Ended(_) => true,
                What::Outage => fact.at <= limit && TOKYO.to_datetime(fact.at).date() >= day,
                What::Moved => false,
                _ => fact.at <= limit,
            }
        };
        let silent = !one.facts.iter().any(breaks);
        let deemed = standing(&one, &rules(), now) == Standing::DeemedCancelled;
        prop_assert_eq!(deemed, silent && now >= limit);
    }

    /// Facts that come to be known one by one, in any order, end where all of them together do.
    #[test]
    fn the_order_of_typing_changes_nothing(
        (facts, typed) in any_facts().prop_flat_map(|facts| {
            (Just(facts.clone()), Just(facts).prop_shuffle())
        }),
        now in instant(),
    ) {
        let mut one = with(Vec::new());
        for fact in typed {
            one.facts.push(fact);
            one = settle(one, &rules(), now).appointment;
        }
        one = settle(one, &rules(), now).appointment;
        prop_assert_eq!(one.announced.unwrap().standing, standing(&with(facts), &rules(), now));
    }

    #[test]
    fn letters_and_holds_follow_the_standing(
        facts in any_facts(), first in instant(), then in instant(),
    ) {
        let one = settle(with(facts), &rules(), first.min(then)).appointment;
        let before = one.announced.unwrap().standing;
        let settled = settle(one, &rules(), first.max(then));
        let after = settled.appointment.announced.unwrap().standing;
        let told = |letter| settled.duties.contains(&Duty::Write(letter));
        let became = |standing| after == standing && before != standing;
        prop_assert_eq!(told(Letter::DeemedCancelled), became(Standing::DeemedCancelled));
        prop_assert_eq!(told(Letter::StoppedByOffice), became(Standing::StoppedByOffice));
        prop_assert_eq!(told(Letter::Displaced), became(Standing::Displaced));
        let hold = match (before.keeps_slot(), after.keeps_slot()) {
            (true, false) => Hold::Free,
            (false, true) => Hold::Reclaim,
            _ => Hold::Unchanged,
        };
        prop_assert_eq!(settled.hold, hold);
    }
}
