//! Whether each number is what the text says.

use super::super::Language;
use super::super::text::folded;
use super::super::{Clause, Fault, Text};
use super::reading::{Reading, read};
use super::{Number, NumberName, Said};

/// What can be wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// There is no number of that name.
    Unknown,
    /// The number is given a second time.
    Twice(NumberName),
    /// The value is not of the form that this number takes.
    NotAValue(NumberName),
    /// The clause is not written as one.
    NoClause,
    /// The text of this language has no such clause.
    ClauseMissing(Language, Clause),
    /// The phrase is not in the Japanese text of the clause.
    PhraseMissing(NumberName),
    /// No number can be read in the phrase.
    PhraseSaysNothing(NumberName),
    /// The phrase says something else (the first difference), or something more.
    PhraseSays(NumberName, Said),
    /// The clause in this language does not state the number.
    NotStated(NumberName, Language),
}

/// The faults of all numbers against all texts.
pub(in crate::terms) fn faults(numbers: &[Number], texts: &[Text]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let mut found = Vec::new();
        phrase(number, &mut found);
        for text in texts {
            stated(number, text, &mut found);
        }
        let position = index + 1;
        faults.extend(found.into_iter().map(|fault| Fault::Number { position, fault }));
    }
    if faults.is_empty() {
        faults.extend(windows_left_out(numbers, texts));
    }
    faults
}

/// Times of day that a clause on windows states and that no window begins or ends with: a window
/// was left out, and what the text promises would be refused.
fn windows_left_out(numbers: &[Number], texts: &[Text]) -> Vec<Fault> {
    let windows: Vec<&Number> =
        numbers.iter().filter(|number| number.name == NumberName::Window).collect();
    // The clause may state, too, by what time a booking is complete.
    let is_stated =
        |number: &&Number| matches!(number.name, NumberName::Window | NumberName::CompleteUntil);
    let stated = numbers.iter().filter(is_stated);
    let given: Vec<Said> = stated.flat_map(|number| number.value.said()).collect();
    let mut faults = Vec::new();
    for text in texts {
        let mut clauses: Vec<Clause> = windows.iter().map(|window| window.article).collect();
        clauses.dedup();
        let wordings = clauses.iter().filter_map(|clause| clause.wording(text));
        let said = wordings.flat_map(|wording| what(&read(&folded(text.language, &wording))));
        let left_out = said.filter_map(|said| match said {
            Said::At(time) if !given.contains(&said) => Some(time),
            _ => None,
        });
        faults.extend(left_out.map(|time| Fault::WindowMissing(text.language, time)));
    }
    faults
}

/// Whether the phrase says the number, and nothing else.
fn phrase(number: &Number, faults: &mut Vec<NumberFault>) {
    let readings = read(&folded(Language::Japanese, &number.phrase));
    let expected = number.value.said();
    if end_of_range(number.name, &readings).is_some_and(|end| expected == [end]) {
        return;
    }
    let said = what(&readings);
    let differing =
        said.iter().enumerate().find(|(place, said)| expected.get(*place) != Some(said));
    if let Some((_, &said)) = differing {
        faults.push(NumberFault::PhraseSays(number.name, said));
    } else if said.len() < expected.len() {
        faults.push(NumberFault::PhraseSaysNothing(number.name));
    }
}

/// The end of a range that a phrase gives with one unit for both, and with nothing else: such words
/// cannot be quoted for one end alone.
fn end_of_range(name: NumberName, readings: &[Reading]) -> Option<Said> {
    let [shortest, longest] = readings else { return None };
    match name {
        _ if shortest.from != longest.from => None,
        NumberName::ShortestMinutes => Some(shortest.said),
        NumberName::LongestMinutes => Some(longest.said),
        _ => None,
    }
}

/// Whether the clause states the number: in the authoritative text with the phrase, in the others
/// in their own words.
fn stated(number: &Number, text: &Text, faults: &mut Vec<NumberFault>) {
    let Some(wording) = number.article.wording(text) else {
        faults.push(NumberFault::ClauseMissing(text.language, number.article));
        return;
    };
    let wording = folded(text.language, &wording);
    let readings = read(&wording);
    if text.language == Language::Japanese {
        let phrase = folded(text.language, &number.phrase);
        if !stands(&phrase, &wording, &readings) {
            faults.push(NumberFault::PhraseMissing(number.name));
        }
        return;
    }
    let (said, expected) = (what(&readings), number.value.said());
    if !said.windows(expected.len()).any(|some| some == expected) {
        faults.push(NumberFault::NotStated(number.name, text.language));
    }
}

/// Whether the phrase stands in the wording as a phrase: what is read in it there is what it says
/// by itself. `０分` does not stand in `１０分`.
fn stands(phrase: &[char], wording: &[char], readings: &[Reading]) -> bool {
    if phrase.is_empty() {
        return false;
    }
    let alone = what(&read(phrase));
    let places = wording.windows(phrase.len()).enumerate().filter(|(_, some)| *some == phrase);
    places.map(|(from, _)| (from, from + phrase.len())).any(|(from, to)| {
        let touching = readings.iter().filter(|reading| reading.from < to && reading.to > from);
        let inside: Vec<&Reading> = touching.collect();
        inside.iter().all(|reading| from <= reading.from && reading.to <= to)
            && what(inside) == alone
    })
}

/// What the readings say. The same twice in a row (正午（１２時）) is said once.
fn what<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Vec<Said> {
    let mut said: Vec<Said> = readings.into_iter().map(|reading| reading.said).collect();
    said.dedup();
    said
}
