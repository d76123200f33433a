//! The register: all that is on file, of one person or of the office.

use super::store::IncidentRow;
use super::{Decision, DecliningLine, EndingLine, IncidentLine, Objection, Told};
use super::{declining, ending, objections, open, place, store};
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Deemed};
use crate::error::Error;
use crate::store::Tx;
use rules::people::FreeText;
use rules::terms::prohibitions::Incident;

/// What is on file about the person of an application, or about everybody.
#[derive(Clone, Default)]
pub struct Register {
    /// Incidents, the last one first.
    pub incidents: Vec<IncidentLine>,
    /// Decisions to decline later applications, the last one first.
    pub declinings: Vec<DecliningLine>,
    /// Endings of use, the last one first.
    pub endings: Vec<EndingLine>,
    /// Objections to such decisions, the last one first.
    pub objections: Vec<Objection>,
    /// Deemed cancellations of this number; empty for the register of an office.
    pub deemed: Vec<Deemed>,
}

impl Register {
    /// The objections that wait for their answer.
    pub fn waiting(&self) -> Vec<&Objection> {
        self.objections.iter().filter(|line| line.answered.is_none()).collect()
    }
}

/// What is on file: about the person of one application, or with `None` in the whole office.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub fn register(
    tx: &mut Tx<'_>,
    context: &Context,
    application: Option<i64>,
) -> Result<Register, Error> {
    let office = context.office.id;
    let Some(application) = application else {
        let deemed = appointment::deemed_by_number(tx, context)?;
        let declinings = store::declinings(tx, office, None)?.into_iter().map(|row| {
            let deemed_now = deemed.get(&row.number).copied().unwrap_or_default();
            declining::opened(context, row, deemed_now)
        });
        let declinings = declinings.collect::<Result<_, _>>()?;
        return Ok(Register {
            incidents: incidents(tx, context, None)?,
            declinings,
            endings: endings(tx, context, None)?,
            objections: objections::objections(tx, context, None)?,
            deemed: Vec::new(),
        });
    };
    let marks = application::marks(tx, context, application)?;
    let number = marks.number.as_str();
    Ok(Register {
        incidents: incidents(tx, context, Some(number))?,
        declinings: declining::lines(tx, context, number)?,
        endings: endings(tx, context, Some(number))?,
        objections: objections::objections(tx, context, Some(number))?,
        deemed: appointment::deemed_of_number(tx, context, number)?,
    })
}

fn endings(
    tx: &mut Tx<'_>,
    context: &Context,
    number: Option<&str>,
) -> Result<Vec<EndingLine>, Error> {
    let rows = store::endings(tx, context.office.id, number)?;
    rows.into_iter().map(|row| ending::opened(context, row)).collect()
}

fn incidents(
    tx: &mut Tx<'_>,
    context: &Context,
    number: Option<&str>,
) -> Result<Vec<IncidentLine>, Error> {
    let mut lines = Vec::new();
    for row in store::incidents(tx, context.office.id, number)? {
        let decisions = store::decisions(tx, row.id)?;
        let decisions = decisions.into_iter().map(|decision| {
            let place = place("incident_decisions", row.id, decision.at);
            Ok(Decision { reason: open(context, &place, &decision.sealed)?, ..decision.plain })
        });
        let decisions = decisions.collect::<Result<Vec<_>, Error>>()?;
        lines.push(opened(context, row, decisions)?);
    }
    Ok(lines)
}

fn opened(
    context: &Context,
    row: IncidentRow,
    decisions: Vec<Decision>,
) -> Result<IncidentLine, Error> {
    let place = place("incidents", row.application, row.recorded_at);
    let told: Told =
        serde_json::from_str(&open(context, &place, &row.sealed)?).map_err(anyhow::Error::from)?;
    let text = |text: &str| FreeText::parse(text, text.len()).unwrap_or_default();
    Ok(IncidentLine {
        id: row.id,
        application: row.application,
        receipt: row.receipt,
        incident: Incident {
            item: row.item,
            clause: row.clause,
            facts: text(&told.facts),
            evidence: text(&told.evidence),
            at: row.at,
        },
        recorded_at: row.recorded_at,
        reporter: row.reporter,
        ended_it: row.ended_it,
        decisions,
    })
}
