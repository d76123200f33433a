//! The two main seats connect, lose their line and reload in every possible order: in the end both
//! see the same.

use super::*;

/// All ways to put two sequences into one without changing either's order.
fn merge(one: &[String], other: &[String]) -> Vec<Vec<String>> {
    let (Some((a, rest_a)), Some((b, rest_b))) = (one.split_first(), other.split_first()) else {
        return vec![[one, other].concat()];
    };
    let ahead = |first: &String, rests: Vec<Vec<String>>| {
        rests.into_iter().map(|rest| [std::slice::from_ref(first), &rest[..]].concat()).collect()
    };
    let mut ways: Vec<Vec<String>> = ahead(a, merge(rest_a, other));
    ways.extend(ahead(b, merge(one, rest_b)));
    ways
}

fn lines(events: &[&str]) -> Vec<String> {
    events.iter().map(|event| (*event).to_owned()).collect()
}

/// Word of a lost socket comes in time, late, twice, or never.
fn lives(who: &str, first: &str, second: &str) -> Vec<Vec<String>> {
    let (come, again) = (format!("{who} in {first} own 1"), format!("{who} in {second} own 2"));
    let lost = format!("lost {first}");
    vec![
        lines(&[&come, &lost, &again]),
        lines(&[&come, &again, &lost]),
        lines(&[&come, &lost, &again, &lost]),
        lines(&[&come, &again]),
        lines(&[&come, &again, "node 1"]),
    ]
}

#[test]
fn both_sides_see_the_same_in_the_end() {
    let mut played = 0;
    for jobseeker in lives("J", "11", "12") {
        for counsellor in lives("C", "21", "22") {
            for way in merge(&jobseeker, &counsellor) {
                both_are_there(&way);
                played += 1;
            }
        }
    }
    assert!(played > 500, "{played}");
}

fn both_are_there(way: &[String]) {
    let came = way.iter().position(|event| event.starts_with("J in")).unwrap();
    // Whenever the approval comes after the first coming, the end is the same.
    for approved in came + 1..=way.len() {
        let mut events = way.to_vec();
        events.insert(approved, "desk admit J".to_owned());
        let script: Vec<String> = events.iter().map(|event| format!("10:00 {event}")).collect();
        let script = script.join("; ");
        let last = |who: &str| {
            let is_theirs = |event: &&String| event.starts_with(who);
            let come = way.iter().rev().find(is_theirs).unwrap();
            come.split(' ').nth(2).unwrap().to_owned()
        };
        let (j, c) = (last("J in"), last("C in"));
        check(&script, &[(&j, &format!("in call [<C{c}]")), (&c, &format!("in call [>J{j}]"))]);
        for old in ["11", "21"] {
            check(&script, &[(old, "-")]);
        }
    }
}
