//! Later applications are declined for a time, after silent cancellations (article 2(4)).

use jiff::Timestamp;
use jiff::civil::Date;
use rules::letters::Letter;
use rules::people::FreeText;
use rules::records::objection::Against;
use rules::terms::application::{Declining, check_declining};
use rules::terms::suspension::ConductRefusal;

use super::objections::Decided;
use super::{lifting, open, place, seal, store, today};
use crate::app::Context;
use crate::application::{self, Marks};
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// A decision to decline later applications, as it is on file.
#[derive(Clone)]
pub struct DecliningLine {
    /// Number in the store.
    pub id: i64,
    /// The application on which it was decided.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// From when, and when it is looked at again.
    pub days: Declining,
    /// How many deemed cancellations were on file then.
    pub deemed: u16,
    /// How many are on file now: one can turn out to have been no silence.
    pub deemed_now: usize,
    /// Who decided.
    pub officer: String,
    /// Their number.
    pub officer_id: i64,
    /// When.
    pub decided_at: Timestamp,
    /// Why; for the office alone.
    pub reason: String,
    /// When it was lifted, by whom and why.
    pub lifted: Option<(Timestamp, String, String)>,
}

impl DecliningLine {
    /// Whether it holds on a day: not lifted, not past its review, and its ground still stands.
    pub fn holds(&self, day: Date) -> bool {
        self.days.holds(day) && self.may_hold(day)
    }

    /// As [`DecliningLine::holds`], also before its first day.
    pub fn may_hold(&self, day: Date) -> bool {
        self.lifted.is_none() && self.deemed_now > 0 && day <= self.days.review
    }
}

/// Declines later applications of a person, and owes a letter that says until when and how to
/// object.
///
/// # Errors
/// [`Refusal::Conduct`]; [`Error::Missing`] for another office's application.
pub fn decline_use(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (days, reason): (Declining, &FreeText),
    officer: i64,
) -> Result<(), Error> {
    let marks = application::marks(tx, context, application)?;
    // Two managers who decide at once must not both find nothing in force.
    tx.hold(&format!("conduct {}", marks.number.as_str()))?;
    let deemed = appointment::deemed_of_number(tx, context, marks.number.as_str())?.len();
    let within = application::in_its_terms(tx, context, application)?;
    let ground = (today(context), &within.office.terms(context.now)?.choices);
    check_declining(days, deemed, !reason.is_empty(), ground).map_err(Refusal::Conduct)?;
    if in_force(tx, context, marks.number.as_str())?.is_some() {
        return Err(Refusal::Conduct(ConductRefusal::AlreadySo).into());
    }
    let place = place("use_declinings", application, context.now);
    let sealed = seal(context, &place, reason.reveal().as_bytes());
    let id = store::insert_declining(
        tx,
        context,
        application,
        (&marks, days, deemed),
        (officer, sealed),
    )?;
    application::owe_conduct_letter(tx, context, (application, id), Letter::UseDeclined)
}

/// Declines as before, until an earlier day: what an answer to an objection can say.
pub(super) fn again_until(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, review): (i64, Date),
    (reason, officer): (&FreeText, i64),
) -> Result<(), Error> {
    let rows = store::declinings(tx, context.office.id, None)?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::Missing)?;
    let marks = application::marks(tx, context, row.application)?;
    let deemed = appointment::deemed_of_number(tx, context, marks.number.as_str())?.len();
    let days = Declining { from: row.days.from.max(today(context)), review };
    let place = place("use_declinings", row.application, context.now);
    let sealed = seal(context, &place, reason.reveal().as_bytes());
    let about = (&marks, days, deemed);
    store::insert_declining(tx, context, row.application, about, (officer, sealed)).map(drop)
}

/// The decision of that number, if it is about this person.
pub(super) fn decided(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    marks: &Marks,
) -> Result<Option<Decided>, Error> {
    let lines = lines(tx, context, marks.number.as_str())?;
    let line = lines.into_iter().find(|line| line.id == id);
    Ok(line.map(|line| Decided {
        application: line.application,
        officer: line.officer_id,
        at: line.decided_at,
        review: line.days.review,
        in_force: line.may_hold(today(context)),
    }))
}

/// What holds about one number, or will from its first day on.
pub(super) fn to_come(
    tx: &mut Tx<'_>,
    context: &Context,
    number: &str,
) -> Result<Option<DecliningLine>, Error> {
    let today = today(context);
    Ok(lines(tx, context, number)?.into_iter().find(|line| line.may_hold(today)))
}

/// Every decision about one number, the last one first.
pub(super) fn lines(
    tx: &mut Tx<'_>,
    context: &Context,
    number: &str,
) -> Result<Vec<DecliningLine>, Error> {
    let deemed_now = appointment::deemed_of_number(tx, context, number)?.len();
    let rows = store::declinings(tx, context.office.id, Some(number))?;
    rows.into_iter().map(|row| opened(context, row, deemed_now)).collect()
}

pub(super) fn opened(
    context: &Context,
    row: store::DecliningRow,
    deemed_now: usize,
) -> Result<DecliningLine, Error> {
    let place = place("use_declinings", row.application, row.decided_at);
    let lifted_place = lifting::place(Against::Declining, row.id);
    Ok(DecliningLine {
        reason: open(context, &place, &row.sealed)?,
        lifted: row.lifted.map(|it| it.opened(context, &lifted_place)).transpose()?,
        id: row.id,
        application: row.application,
        receipt: row.receipt,
        days: row.days,
        deemed: row.deemed,
        deemed_now,
        officer: row.officer,
        officer_id: row.officer_id,
        decided_at: row.decided_at,
    })
}

/// What holds today about one number.
pub(super) fn in_force(
    tx: &mut Tx<'_>,
    context: &Context,
    number: &str,
) -> Result<Option<DecliningLine>, Error> {
    let today = today(context);
    Ok(lines(tx, context, number)?.into_iter().find(|line| line.holds(today)))
}

/// From when and until when applications of the person of this application are declined, for the
/// letter that tells it.
///
/// # Errors
/// Faults of the store.
pub fn declining_of(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Declining>, Error> {
    let marks = application::marks(tx, context, application)?;
    let lines = lines(tx, context, marks.number.as_str())?;
    let open = lines.into_iter().find(|line| line.lifted.is_none() && line.deemed_now > 0);
    Ok(open.map(|line| line.days))
}
