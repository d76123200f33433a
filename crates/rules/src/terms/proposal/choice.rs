//! Chooses among the candidates for each number, and quotes the phrase that each stands on.

use super::super::numbers::faults;
use super::super::{Fault, Number, NumberName, Text, Value, Window};
use super::Proposed;
use super::candidates::Candidate;
use super::passages::Passage;

/// How many other candidates are named; who has more to look at reads the text.
const OTHERS: usize = 5;

/// The best for each number and the others, in the order of [`NumberName::ALL`].
pub(super) fn choose(found: &[Candidate], passages: &[Passage], text: &Text) -> Vec<Proposed> {
    let quote = |candidate: &Candidate| quoted(candidate, passages, text);
    let each = NumberName::ALL.into_iter().map(|name| {
        let ranked = ranked(found, name);
        if name == NumberName::Window {
            return windows(&ranked, quote);
        }
        let mut quoted = ranked.iter().filter_map(quote);
        let best = quoted.next().into_iter().collect();
        Proposed { name, best, others: quoted.take(OTHERS).collect() }
    });
    each.collect()
}

/// The candidates for a number, each value once, what more speaks for before what less does.
fn ranked(found: &[Candidate], name: NumberName) -> Vec<Candidate> {
    let mut ranked: Vec<Candidate> =
        found.iter().filter(|candidate| candidate.name == name).copied().collect();
    // Of two versions of a text the later is in force; else what is said first is meant.
    ranked.sort_by(|one, other| match (one.value, other.value) {
        (Value::Date(first), Value::Date(second)) if one.weight == other.weight => {
            second.cmp(&first)
        }
        _ => other.weight.cmp(&one.weight),
    });
    let mut once: Vec<Candidate> = Vec::new();
    for candidate in ranked {
        if once.len() > 2 * OTHERS {
            break;
        }
        if once.iter().all(|other| other.value != candidate.value) {
            once.push(candidate);
        }
    }
    once
}

/// The windows of the clause that most speaks for, as they follow each other in a day; what does
/// not fit between them is another candidate.
fn windows(ranked: &[Candidate], quote: impl Fn(&Candidate) -> Option<Number>) -> Proposed {
    let (mut best, mut others): (Vec<(Window, Number)>, Vec<Number>) = (Vec::new(), Vec::new());
    let home = ranked.first().map(|candidate| candidate.passage);
    for candidate in ranked {
        let Value::Window(window) = candidate.value else { continue };
        let Some(number) = quote(candidate) else { continue };
        let is_apart =
            best.iter().all(|(other, _)| window.to <= other.from || other.to <= window.from);
        if is_apart && candidate.weight > 0 && Some(candidate.passage) == home {
            best.push((window, number));
        } else if others.len() < OTHERS {
            others.push(number);
        }
    }
    best.sort_by_key(|(window, _)| window.from);
    let best = best.into_iter().map(|(_, number)| number).collect();
    Proposed { name: NumberName::Window, best, others }
}

/// The number with the longest sensible phrase that says it and nothing else; nothing where no
/// phrase can be quoted.
fn quoted(candidate: &Candidate, passages: &[Passage], text: &Text) -> Option<Number> {
    let passage = passages.get(candidate.passage)?;
    let wide_from = passage.back_to_a_pause(candidate.from, 12);
    let wide_to = passage.on_to_a_pause(candidate.to, 8);
    let spans = [
        (wide_from, wide_to),
        (candidate.from, wide_to),
        (wide_from, candidate.to),
        (candidate.from, candidate.to),
    ];
    let numbers = spans.into_iter().map(|(from, to)| Number {
        name: candidate.name,
        article: passage.clause,
        value: candidate.value,
        phrase: passage.written(from, to),
    });
    numbers.into_iter().find(|number| {
        let found = faults(std::slice::from_ref(number), std::slice::from_ref(text));
        !found.iter().any(|fault| matches!(fault, Fault::Number { .. }))
    })
}
