//! Why something was decided, for whoever appeals against it or is asked about it: the stored case,
//! put once more to the version of the terms that governed it.
//!
//! No name, number or contact enters: the receipt says whose case it is to those who may know.

use rules::schedule::Slot;
use rules::terms::eligibility::Condition;
use rules::terms::{Terms, VersionName};
use serde_json::{Value, json};

use crate::app::{App, Context};
use crate::appointment::{self, Booked};
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::{Happened, Moment, StandingCase, WindowCase};
use crate::{application, people};

/// The decisions on the application of a receipt, each as a case and its answer, in the order in
/// which they are made. Of one that was deleted: under which certificate (docs/decisions/0014).
///
/// # Errors
/// [`Error::Missing`] when no office has such a receipt; faults of the store.
pub fn explain(tx: &mut Tx<'_>, app: &App, receipt: &str) -> Result<Vec<Value>, Error> {
    let (id, office) = match application::of_receipt(tx, receipt) {
        Ok(found) => found,
        Err(Error::Missing) => {
            let deleted = super::retention::explain_deleted(tx, app, receipt)?;
            return deleted.map(|line| vec![line]).ok_or(Error::Missing);
        }
        Err(other) => return Err(other),
    };
    let slug = people::slug_of(tx, office)?;
    let context = app.context(std::sync::Arc::new(people::office_by_slug(tx, &slug)?));
    let context = application::in_its_terms(tx, &context, id)?;
    let application = application::load(tx, &context, id)?;
    let received = context.office.terms(application.received_at)?;
    let mut told = vec![json!({
        "receipt": application.receipt,
        "office": slug,
        "received": Moment::from(application.received_at),
        "course": application.course.code(),
        "terms": received.version.to_string(),
    })];
    for consent in application::consents(tx, &context, id)? {
        told.push(json!({
            "decided": "consent", "article": "11", "at": Moment::from(consent.at),
            "version": consent.version.to_string(), "way": consent.way.code(),
            "sha256": crate::terms::fingerprint(tx, office, &consent.version)?,
        }));
    }
    let decided = Condition::ALL.into_iter().filter_map(|condition| {
        Some((condition.code(), application.decisions.decided(condition)?))
    });
    let conditions: serde_json::Map<String, Value> =
        decided.map(|(condition, met)| (condition.to_owned(), met.into())).collect();
    let case = json!({ "ask": "eligibility", "conditions": conditions });
    told.push(line("eligibility", received, case));
    if let Some(reason) = application.decline_reason {
        told.push(json!({ "decided": "declined", "article": "2(2)", "reason": reason.code() }));
    }
    match appointment::read(tx, &context, id) {
        Ok(booked) => told.extend(of_appointment(tx, &context, &booked)?),
        Err(Error::Missing) => {}
        Err(other) => return Err(other),
    }
    Ok(told)
}

/// Whether the session could be booked as it was, and where it stands.
fn of_appointment(
    tx: &mut Tx<'_>,
    context: &Context,
    booked: &Booked,
) -> Result<Vec<Value>, Error> {
    let Slot { start, minutes } = booked.appointment.slot;
    let mut told = Vec::new();
    if let Some(at) = application::answered_at(tx, context, booked.application)? {
        let named = VersionName::parse(&booked.terms_version);
        let terms = named.and_then(|name| context.office.editions.named(&name));
        let terms = terms.ok_or(Error::Missing)?;
        let reason = appointment::same_day_reason(tx, context, booked.application)?;
        let case = WindowCase {
            now: at.into(),
            start: start.into(),
            minutes: minutes.into(),
            overridden: reason.is_some(),
            practice: None,
            closed: Default::default(),
        };
        told.push(line("window", terms, asked("window", &case)));
    }
    let happened = |fact: &rules::appointment::Fact| Happened {
        fact: fact.what.code().to_owned(),
        at: fact.at.into(),
    };
    let case = StandingCase {
        start: start.into(),
        minutes,
        facts: booked.appointment.facts.iter().map(happened).collect(),
        now: context.now.into(),
    };
    let governing = context.office.terms(start.min(context.now))?;
    told.push(line("standing", governing, asked("standing", &case)));
    Ok(told)
}

fn asked(ask: &str, case: &impl serde::Serialize) -> Value {
    let mut case = serde_json::to_value(case).expect("a case is JSON");
    case["ask"] = ask.into();
    case
}

fn line(decided: &str, terms: &Terms, case: Value) -> Value {
    let answer = crate::terms::trial::answer(terms, &case.to_string());
    let answer = answer.unwrap_or_else(|error| error);
    let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    let terms = terms.version.to_string();
    json!({ "decided": decided, "terms": terms, "case": case, "answer": answer })
}
