//! What a person brings: number, name on the screen, device, conditions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::people::alias::{Alias, is_same_name};
use rules::people::{JobseekerNumber, Kana, LegalName, Likeness, looks_like_real_name};
use rules::terms::Terms;
use rules::terms::eligibility::{Condition, DecisionRefusal, Decisions};
use rules::terms::environment::{
    Answer as Declared, Declaration, DeclarationRefusal, Device, Item, JoinBy, judge,
};
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::{Answer, clause, clause_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberCase {
    text: String,
}

impl NumberCase {
    pub(super) fn decide(&self, terms: &Terms) -> Answer {
        let article = clause(terms, None, "2(1)");
        match JobseekerNumber::parse(&self.text) {
            Ok(number) => Answer::allowed(article)
                .and("number", number.canonical())
                .and("dashed", number.dashed())
                .and("masked", number.masked())
                .and("short", number.is_short()),
            Err(refusal) => Answer::refused(refusal.code(), article),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AliasCase {
    /// The real name.
    name: String,
    /// How it is read.
    #[serde(default)]
    kana: Option<String>,
    /// The name that the office told.
    #[serde(default)]
    given: Option<String>,
    /// The name that stands on the screen.
    seen: String,
}

impl AliasCase {
    pub(super) fn decide(&self, terms: &Terms) -> Result<Answer, String> {
        let article = clause(terms, None, "2(3)");
        let name = LegalName::parse(&self.name).map_err(|_| "`name` is no name".to_owned())?;
        let kana = self.kana.as_deref().map(Kana::parse).transpose();
        let kana = kana.map_err(|_| "`kana` is no reading".to_owned())?;
        let likeness = looks_like_real_name(&name, kana.as_ref(), &self.seen);
        let given = self.given.as_deref();
        Ok(match likeness {
            Likeness::Yes | Likeness::Partly => Answer::refused("real_name", article),
            Likeness::No if given.is_some_and(|given| is_same_name(given, &self.seen)) => {
                Answer::allowed(article)
            }
            Likeness::No if given.is_some() => Answer::refused("another_name", article),
            Likeness::No if is_alias(&self.seen) => Answer::allowed(article),
            Likeness::No => Answer::refused("not_an_alias", article),
        })
    }
}

/// Whether a name has the form of those that offices give, in any width.
fn is_alias(seen: &str) -> bool {
    let plain: String = seen.trim().nfkc().collect();
    Alias::parse(&plain).is_ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EnvironmentCase {
    #[serde(default = "computer")]
    device: Device,
    #[serde(default = "app")]
    join_by: JoinBy,
    answers: BTreeMap<String, Value>,
}

fn computer() -> Device {
    Device::Computer
}

fn app() -> JoinBy {
    JoinBy::App
}

impl EnvironmentCase {
    pub(super) fn decide(&self, terms: &Terms) -> Result<Answer, String> {
        let place = |item: Item| clause(terms, None, item.clause());
        let mut answers = BTreeMap::new();
        for (item, answer) in &self.answers {
            let known = Item::parse(item).ok_or_else(|| format!("there is no item `{item}`"))?;
            let declared = declared(answer).ok_or_else(|| format!("{answer} is no answer"))?;
            answers.insert(known, declared);
        }
        let Self { device, join_by, .. } = *self;
        let declaration = Declaration { device, join_by, answers, at: Timestamp::UNIX_EPOCH };
        Ok(match judge(&declaration) {
            Err(DeclarationRefusal::Unanswered(item)) => {
                Answer::refused("unanswered", place(item)).and("item", item.code())
            }
            Err(DeclarationRefusal::NotAnAnswer(item, _)) => {
                Answer::refused("not_an_answer", place(item)).and("item", item.code())
            }
            Ok(judgement) => {
                let unsettled: Vec<Value> = judgement
                    .unsettled
                    .iter()
                    .map(|(item, answer)| {
                        json!({ "item": item.code(), "answer": answer.code(),
                                "article": place(*item) })
                    })
                    .collect();
                let answer = match judgement.forbidden().first() {
                    Some(item) => Answer::refused("forbidden", place(*item)),
                    None => Answer::allowed(clause(terms, None, "4")),
                };
                answer.and("ready", judgement.is_ready()).and("unsettled", unsettled)
            }
        })
    }
}

/// An answer by its code, or as plain truth.
fn declared(answer: &Value) -> Option<Declared> {
    match answer {
        Value::Bool(true) => Some(Declared::Yes),
        Value::Bool(false) => Some(Declared::No),
        Value::String(code) => Declared::parse(code),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EligibilityCase {
    /// For each condition that was decided, whether it is met.
    conditions: BTreeMap<String, bool>,
}

impl EligibilityCase {
    pub(super) fn decide(&self, terms: &Terms) -> Result<Answer, String> {
        let mut decided = BTreeMap::new();
        for (condition, met) in &self.conditions {
            let known = Condition::parse(condition);
            let known = known.ok_or_else(|| format!("there is no condition `{condition}`"))?;
            decided.insert(known, *met);
        }
        Ok(match Decisions::from(decided).all_met(&terms.choices.conditions) {
            Ok(()) => Answer::allowed(clause(terms, None, "1")),
            Err(DecisionRefusal::NotMet(condition)) => {
                Answer::refused("not_met", clause_of(terms, condition))
                    .and("condition", condition.code())
            }
            Err(DecisionRefusal::Undecided(condition)) => {
                Answer::refused("undecided", clause_of(terms, condition))
                    .and("condition", condition.code())
            }
        })
    }
}
