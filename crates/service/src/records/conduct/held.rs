//! What is on file about a person's conduct, for a request of their own and for disclosures.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{DecliningLine, EndingLine, IncidentLine, Objection, register};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// What is on file about the person of this application, as far as it was recorded on it.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Value, Error> {
    let on_file = register(tx, context, Some(id))?;
    let incidents = on_file.incidents.iter().filter(|line| line.application == id);
    let declinings = on_file.declinings.iter().filter(|line| line.application == id);
    let endings = on_file.endings.iter().filter(|line| line.application == id);
    let objections = on_file.objections.iter().filter(|line| line.application == id);
    Ok(json!({
        "incidents": incidents.map(incident).collect::<Vec<_>>(),
        "declinings": declinings.map(declining).collect::<Vec<_>>(),
        "endings": endings.map(ending).collect::<Vec<_>>(),
        "objections": objections.map(objection).collect::<Vec<_>>(),
    }))
}

fn incident(line: &IncidentLine) -> Value {
    let decisions = line.decisions.iter().map(|decision| {
        json!({
            "breach": decision.breach, "staff": decision.officer,
            "at": Moment::from(decision.at), "reason": decision.reason,
        })
    });
    json!({
        "item": line.incident.item.clause(),
        "clause": line.incident.clause.map(|clause| clause.to_string()),
        "at": Moment::from(line.incident.at),
        "recorded_at": Moment::from(line.recorded_at),
        "staff": line.reporter,
        "ended_session": line.ended_it,
        "facts": line.incident.facts.reveal(),
        "evidence": line.incident.evidence.reveal(),
        "decisions": decisions.collect::<Vec<_>>(),
    })
}

fn declining(line: &DecliningLine) -> Value {
    json!({
        "from": line.days.from.to_string(),
        "review": line.days.review.to_string(),
        "deemed_cancellations": line.deemed,
        "staff": line.officer,
        "at": Moment::from(line.decided_at),
        "reason": line.reason,
        "lifted": lifted(line.lifted.as_ref()),
    })
}

fn ending(line: &EndingLine) -> Value {
    json!({
        "clause": line.clause,
        "review": line.review.to_string(),
        "staff": line.officer,
        "at": Moment::from(line.decided_at),
        "holds_from": line.confirmed.as_ref().map(|(at, _)| Moment::from(*at)),
        "confirmed_by": line.confirmed.as_ref().and_then(|(_, second)| second.clone()),
        "reason": line.reason,
        "lifted": lifted(line.lifted.as_ref()),
    })
}

fn objection(line: &Objection) -> Value {
    let answered = line.answered.as_ref().map(|it| {
        json!({
            "answer": it.answer.code(),
            "review": it.answer.until().map(|day| day.to_string()),
            "staff": it.officer,
            "at": Moment::from(it.at),
            "reason": it.reason,
        })
    });
    json!({
        "against": line.against.code(),
        "way": line.way.code(),
        "at": Moment::from(line.received_at),
        "staff": line.received_by,
        "words": line.words,
        "answered": answered,
    })
}

fn lifted(lifted: Option<&(Timestamp, String, String)>) -> Option<Value> {
    let (at, officer, reason) = lifted?;
    Some(json!({ "at": Moment::from(*at), "staff": officer, "reason": reason }))
}
