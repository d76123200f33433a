//! The conditions of use, as the desk decides them (article 1).

use rules::terms::Chosen;
use rules::terms::eligibility::Condition;

use super::store::DecisionLine;
use crate::app::Context;
use crate::application::Application;
use crate::error::Error;

/// A condition of article 1, and its decision.
pub(super) struct ConditionRow {
    pub(super) condition: Condition,
    pub(super) clause: String,
    pub(super) decision: Option<DecisionLine>,
}

impl ConditionRow {
    pub(super) fn is(&self, met: bool) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.met == met)
    }

    /// What the page shows, sent along so that a later decision is not overwritten unseen.
    pub(super) fn seen(&self) -> &'static str {
        match &self.decision {
            Some(decision) if decision.met => "yes",
            Some(_) => "no",
            None => "",
        }
    }
}

/// The conditions of the version under which the application came, with the clause of each.
pub(super) fn conditions(
    context: &Context,
    application: &Application,
    decisions: &[DecisionLine],
) -> Result<Vec<ConditionRow>, Error> {
    let terms = context.office.terms(application.received_at)?;
    let row = |condition: &Condition| ConditionRow {
        condition: *condition,
        clause: terms
            .clause_of_choice(Chosen::Condition(*condition))
            .map_or_else(String::new, |clause| clause.to_string()),
        decision: decisions.iter().find(|it| it.condition == *condition).cloned(),
    };
    Ok(terms.choices.conditions.iter().map(row).collect())
}
