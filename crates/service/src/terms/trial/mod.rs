//! A case is put to a version of the terms: one JSON object in, one out, with the article that
//! decides. The same questions explain a stored decision.
//!
//! Nothing but the case and the version enters: no store, no clock. What an office adds to its
//! terms (its step, its closing hour for applications) binds only where the case brings a
//! `practice`.

mod codes;
mod moment;
mod person;
mod standing;
mod window;

pub use codes::table;
pub(crate) use moment::Moment;
pub(crate) use standing::{Happened, StandingCase};
pub(crate) use window::WindowCase;

use rules::terms::eligibility::Condition;
use rules::terms::{Chosen, NumberName, Terms};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// What can be asked.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Case {
    /// Whether a session may be booked so (article 2(1)).
    Window(Box<WindowCase>),
    /// Where an appointment stands (article 2(4) and what comes before and after it).
    Standing(StandingCase),
    /// Whether a text is a jobseeker number (article 2(1)).
    Number(person::NumberCase),
    /// Whether a name seen in the meeting may be shown there (article 2(3)).
    Alias(person::AliasCase),
    /// Whether a device and its line will do (article 4).
    Environment(person::EnvironmentCase),
    /// Whether use may be permitted (article 1).
    Eligibility(person::EligibilityCase),
}

/// What is answered, in the order in which it is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer(Vec<(&'static str, Value)>);

impl Answer {
    fn allowed(article: impl ToString) -> Self {
        Self::default().and("allowed", true).and("article", article.to_string())
    }

    fn refused(refusal: &str, article: impl ToString) -> Self {
        Self::default()
            .and("allowed", false)
            .and("refusal", refusal)
            .and("article", article.to_string())
    }

    fn and(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Answers one line. The error is an answer too: what about the case cannot be understood.
///
/// # Errors
/// The line is no case: no JSON, an unknown `ask`, a part that is missing or of another form.
pub fn answer(terms: &Terms, line: &str) -> Result<String, String> {
    let answer = match serde_json::from_str::<Case>(line) {
        Ok(case) => decide(terms, &case),
        Err(error) => Err(error.to_string()),
    };
    match answer {
        Ok(answer) => Ok(written(&answer)),
        Err(error) => Err(written(&Answer::default().and("error", error))),
    }
}

fn decide(terms: &Terms, case: &Case) -> Result<Answer, String> {
    match case {
        Case::Window(case) => case.decide(terms),
        Case::Standing(case) => case.decide(terms),
        Case::Number(case) => Ok(case.decide(terms)),
        Case::Alias(case) => case.decide(terms),
        Case::Environment(case) => case.decide(terms),
        Case::Eligibility(case) => case.decide(terms),
    }
}

fn written(answer: &Answer) -> String {
    serde_json::to_string(answer).expect("texts, numbers and truth values are JSON")
}

/// The clause of this version that states the number; where a decision stands on no number, the one
/// that says what the model terms say in `duty`, and `none` where the version says nothing of it.
fn clause(terms: &Terms, number: Option<NumberName>, duty: &str) -> String {
    // A letter tells apart what one clause says: 4(2)b.
    let clause = duty.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let stated = number.and_then(|number| terms.clause_of(number)).or_else(|| terms.place(clause));
    stated.map_or_else(|| "none".to_owned(), |place| format!("{place}{}", &duty[clause.len()..]))
}

/// The clause of this version that states the condition.
fn clause_of(terms: &Terms, condition: Condition) -> String {
    let stated = terms.clause_of_choice(Chosen::Condition(condition));
    stated.map_or_else(|| clause(terms, None, condition.clause()), |clause| clause.to_string())
}

#[cfg(test)]
mod tests;
