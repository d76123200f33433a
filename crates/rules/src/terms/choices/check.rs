//! What the choices of a version amount to, and whether each is what the text says.

use super::super::text::{Text, folded};
use super::super::{Clause, Fault, Language};
use super::{Choice, ChoiceName, Choices, Chosen, ConsentMoment};

/// What can be wrong with a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceFault {
    /// There is no choice of that name.
    Unknown,
    /// The choice has no such value.
    NotAValue(ChoiceName),
    /// The choice is made a second time.
    Twice(ChoiceName),
    /// The clause is not written as one.
    NoClause,
    /// The text of this language has no such clause.
    ClauseMissing(Language, Clause),
    /// The phrase is not in the Japanese text of the clause.
    PhraseMissing(ChoiceName),
    /// The phrase counts working days where the choice counts those of the calendar, or the other
    /// way round.
    OtherDays,
}

/// Words for days on which an office is open.
const WORKING: [&str; 5] = ["営業日", "開庁日", "開所日", "就業日", "土日"];

/// The faults of all choices against all texts.
pub(in crate::terms) fn faults(choices: &[Choice], texts: &[Text]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (choice, position) in choices.iter().zip(1..) {
        let Some(clause) = choice.article else { continue };
        let mut found = Vec::new();
        for text in texts {
            match clause.wording(text) {
                None => found.push(ChoiceFault::ClauseMissing(text.language, clause)),
                Some(wording) if text.language == Language::Japanese => {
                    found.extend(phrase(choice, &wording));
                }
                Some(_) => {}
            }
        }
        faults.extend(found.into_iter().map(|fault| Fault::Choice { position, fault }));
    }
    faults
}

fn phrase(choice: &Choice, wording: &str) -> Option<ChoiceFault> {
    let fold = |words: &str| folded(Language::Japanese, words).into_iter().collect::<String>();
    let said = fold(&choice.phrase);
    if said.is_empty() || !fold(wording).contains(&said) {
        return Some(ChoiceFault::PhraseMissing(choice.chosen.name()));
    }
    let is_working = counts_working_days(&said);
    match choice.chosen {
        Chosen::CalendarDays if is_working => Some(ChoiceFault::OtherDays),
        Chosen::WorkingDays if !is_working => Some(ChoiceFault::OtherDays),
        _ => None,
    }
}

/// Whether words count the days on which an office is open.
pub(in crate::terms) fn counts_working_days(words: &str) -> bool {
    WORKING.iter().any(|word| words.contains(word))
}

/// What the choices amount to, or which are missing: by what a person agrees is in every text.
pub(in crate::terms) fn chosen(choices: &[Choice]) -> Result<Choices, Fault> {
    let has = |chosen| choices.iter().any(|choice| choice.chosen == chosen);
    let consent = choices.iter().find_map(|choice| match choice.chosen {
        Chosen::ConsentByUse => Some(ConsentMoment::Use),
        Chosen::ConsentByApplication => Some(ConsentMoment::Application),
        Chosen::ConsentExplicit => Some(ConsentMoment::Explicit),
        _ => None,
    });
    let conditions = Chosen::ALL.into_iter().filter(|chosen| has(*chosen));
    Ok(Choices {
        consent: consent.ok_or(Fault::ChoiceMissing(ChoiceName::Consent))?,
        conditions: conditions
            .filter_map(|chosen| match chosen {
                Chosen::Condition(condition) => Some(condition),
                _ => None,
            })
            .collect(),
        later_use_may_be_declined: has(Chosen::LaterUseMayBeDeclined),
        cancels_online: has(Chosen::CancelOnline),
    })
}
