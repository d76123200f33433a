//! A person's use is ended after a breach (article 10(2)), and begins again when that is lifted.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::application::DeclineReason;
use rules::letters::Letter;
use rules::people::FreeText;
use rules::records::objection::Against;
use rules::terms::Clause;
use rules::terms::suspension::{ConductRefusal, check_ending};

use super::objections::Decided;
use super::{lifting, open, place, seal, store, today};
use crate::app::Context;
use crate::application::{self, Marks};
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// What a manager decides.
pub struct Ending {
    /// The incident that shows the breach.
    pub incident: i64,
    /// The clause that was broken.
    pub clause: Option<Clause>,
    /// Why.
    pub reason: FreeText,
    /// When it is looked at again. It holds until it is lifted.
    pub review: Date,
    /// Whether the person is told by a letter. The article asks for no notice.
    pub tells: bool,
}

/// An ending as it is on file.
#[derive(Clone)]
pub struct EndingLine {
    /// Number in the store.
    pub id: i64,
    /// The application on which it was decided.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// The incident that shows the breach.
    pub incident: i64,
    /// The clause that was broken.
    pub clause: String,
    /// When it is looked at again.
    pub review: Date,
    /// Whether the person is told.
    pub tells: bool,
    /// Who decided.
    pub officer: String,
    /// Their number.
    pub officer_id: i64,
    /// When.
    pub decided_at: Timestamp,
    /// Since when it holds, and the second officer where there is one.
    pub confirmed: Option<(Timestamp, Option<String>)>,
    /// Why.
    pub reason: String,
    /// When it was lifted, by whom and why.
    pub lifted: Option<(Timestamp, String, String)>,
}

impl EndingLine {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.confirmed.is_some() && self.lifted.is_none()
    }
}

/// Ends a person's use: at once, or where the office wants two officers, when another confirms it.
///
/// # Errors
/// [`Refusal::Conduct`]; [`Error::Missing`] for another office's application.
pub fn end_use(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    ending: &Ending,
    officer: i64,
) -> Result<(), Error> {
    let marks = application::marks(tx, context, application)?;
    tx.hold(&format!("conduct {}", marks.number.as_str()))?;
    let breach = breach_of(tx, context, ending.incident, &marks)?;
    let within = application::in_its_terms(tx, context, application)?;
    let terms = within.office.terms(context.now)?;
    let days = (today(context), ending.review);
    check_ending((ending.clause, terms), breach, !ending.reason.is_empty(), days)
        .map_err(Refusal::Conduct)?;
    let clause = ending.clause.ok_or(Refusal::Conduct(ConductRefusal::UnknownClause))?;
    let open = store::endings(tx, context.office.id, Some(marks.number.as_str()))?;
    if open.iter().any(|row| row.lifted.is_none() && row.name_digest == marks.name.as_str()) {
        return Err(Refusal::Conduct(ConductRefusal::AlreadySo).into());
    }
    let place = place("use_endings", application, context.now);
    let sealed = seal(context, &place, ending.reason.reveal().as_bytes());
    let row = store::NewEnding {
        application,
        marks: &marks,
        incident: ending.incident,
        clause: clause.to_string(),
        review: ending.review,
        tells: ending.tells,
        officer,
        holds: !context.office.practice.two_end_use,
        sealed,
    };
    let id = store::insert_ending(tx, context, row)?;
    match context.office.practice.two_end_use {
        true => Ok(()),
        false => carry_out(tx, context, (application, id, &marks), (ending.tells, officer)),
    }
}

/// A second officer confirms an ending: from now on it holds.
///
/// # Errors
/// [`Refusal::Conduct`] for the officer who decided it, or when it holds or was lifted already.
pub fn confirm_ending(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    officer: i64,
) -> Result<(), Error> {
    let rows = store::endings(tx, context.office.id, None)?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::Missing)?;
    if row.officer_id == officer {
        return Err(Refusal::Conduct(ConductRefusal::SameOfficer).into());
    }
    if row.lifted.is_some() || !store::confirm_ending(tx, context, id, officer)? {
        return Err(Refusal::Conduct(ConductRefusal::AlreadySo).into());
    }
    let marks = application::marks(tx, context, row.application)?;
    carry_out(tx, context, (row.application, id, &marks), (row.tells, officer))
}

/// What follows from it: sessions to come are broken off, which also shuts their doors, and open
/// applications are answered with no. Those of a namesake, who has another number, are not touched.
fn carry_out(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id, marks): (i64, i64, &Marks),
    (tells, officer): (bool, i64),
) -> Result<(), Error> {
    for (of_person, course) in application::of_person(tx, context, marks)? {
        if course.is_open() {
            application::decline(tx, context, of_person, DeclineReason::UseEnded)?;
        }
        let session = appointment::find_session(tx, context, of_person)?;
        if session.is_some_and(|session| session.standing.is_open()) {
            appointment::break_off(tx, context, of_person, officer)?;
        }
    }
    match tells {
        true => application::owe_conduct_letter(tx, context, (application, id), Letter::UseEnded),
        false => Ok(()),
    }
}

/// Whether an incident of this person was decided to be a breach; nothing when it is another's.
fn breach_of(
    tx: &mut Tx<'_>,
    context: &Context,
    incident: i64,
    marks: &Marks,
) -> Result<Option<bool>, Error> {
    let Some(application) = store::incident_in(tx, context.office.id, incident)? else {
        return Ok(None);
    };
    if application::marks(tx, context, application)? != *marks {
        return Ok(None);
    }
    Ok(Some(store::last_decision(tx, incident)?.unwrap_or(false)))
}

/// Ends it as before, to be looked at again on an earlier day: what an answer to an objection can
/// say. Who answers is another officer than who decided, where there is one: no second is asked.
pub(super) fn again_until(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, review): (i64, Date),
    (reason, officer): (&FreeText, i64),
) -> Result<(), Error> {
    let rows = store::endings(tx, context.office.id, None)?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::Missing)?;
    let marks = application::marks(tx, context, row.application)?;
    let place = place("use_endings", row.application, context.now);
    let sealed = seal(context, &place, reason.reveal().as_bytes());
    let again = store::NewEnding {
        application: row.application,
        marks: &marks,
        incident: row.incident,
        clause: row.clause,
        review,
        tells: row.tells,
        officer,
        holds: true,
        sealed,
    };
    store::insert_ending(tx, context, again).map(drop)
}

/// The decision of that number, if it is about this person.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    marks: &Marks,
) -> Result<Option<Decided>, Error> {
    let rows = store::endings(tx, context.office.id, Some(marks.number.as_str()))?;
    let row = rows.into_iter().find(|row| row.id == id && row.name_digest == marks.name.as_str());
    Ok(row.map(|row| Decided {
        application: row.application,
        officer: row.officer_id,
        at: row.decided_at,
        review: row.review,
        in_force: row.confirmed.is_some() && row.lifted.is_none(),
    }))
}

/// The number of the ending of this person's use that holds, if one does.
pub(super) fn in_force(
    tx: &mut Tx<'_>,
    context: &Context,
    marks: &Marks,
) -> Result<Option<i64>, Error> {
    let rows = store::endings(tx, context.office.id, Some(marks.number.as_str()))?;
    let holds = |row: &store::EndingRow| {
        row.name_digest == marks.name.as_str() && row.confirmed.is_some() && row.lifted.is_none()
    };
    Ok(rows.into_iter().find(holds).map(|row| row.id))
}

pub(super) fn opened(context: &Context, row: store::EndingRow) -> Result<EndingLine, Error> {
    let place = place("use_endings", row.application, row.decided_at);
    let lifted_place = lifting::place(Against::Ending, row.id);
    Ok(EndingLine {
        reason: open(context, &place, &row.sealed)?,
        lifted: row.lifted.map(|it| it.opened(context, &lifted_place)).transpose()?,
        id: row.id,
        application: row.application,
        receipt: row.receipt,
        incident: row.incident,
        clause: row.clause,
        review: row.review,
        tells: row.tells,
        officer: row.officer,
        officer_id: row.officer_id,
        decided_at: row.decided_at,
        confirmed: row.confirmed,
    })
}
