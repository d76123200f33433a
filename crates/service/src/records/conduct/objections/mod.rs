//! Objections to a decision on somebody's use (articles 2(4), 10(2)): who received them and how,
//! what they say, and what another manager answered. A line is added for each and none is ever
//! changed; what the answer changes is a decision of its own.

pub mod pages;
mod store;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::letters::Letter;
use rules::people::{Act, FreeText};
use rules::records::objection::{Against, Answer, Deciders, Way, check_answer, check_objection};
use rules::terms::application::Declining;

use super::{lift, open, place, seal, today};
use crate::app::Context;
use crate::application::{self, Marks};
use crate::error::{Error, Refusal};
use crate::people;
use crate::store::Tx;

/// An objection as it is on file. Holds words of a person: no `Debug`.
#[derive(Clone)]
pub struct Objection {
    /// Number in the store.
    pub id: i64,
    /// The application on which the decision was made.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// What it is about.
    pub against: Against,
    /// The number of the decision.
    pub decision: i64,
    /// By which way it came.
    pub way: Way,
    /// When it came.
    pub received_at: Timestamp,
    /// Who received it; nobody when the person wrote it on their page.
    pub received_by: Option<String>,
    /// What it says.
    pub words: String,
    /// What was answered, once it is.
    pub answered: Option<Answered>,
}

/// The answer to an objection.
#[derive(Clone)]
pub struct Answered {
    /// What was decided.
    pub answer: Answer,
    /// Who decided.
    pub officer: String,
    /// When.
    pub at: Timestamp,
    /// Why; for the office alone.
    pub reason: String,
}

/// An objection that came.
pub struct NewObjection {
    /// What it is about, and the decision's number.
    pub about: (Against, i64),
    /// By which way it came.
    pub way: Way,
    /// When it came; not when it is typed.
    pub received_at: Timestamp,
    /// What it says.
    pub words: FreeText,
}

/// The decision that an objection is about.
pub(super) struct Decided {
    /// The application on which it was made.
    pub(super) application: i64,
    /// Who decided.
    pub(super) officer: i64,
    /// When.
    pub(super) at: Timestamp,
    /// When it is looked at again.
    pub(super) review: Date,
    /// Whether it holds, or will from its first day on.
    pub(super) in_force: bool,
}

/// Takes an objection of the person of an application in. Its number.
///
/// # Errors
/// [`Refusal::Objection`]; [`Error::Missing`] for a decision on somebody else.
pub fn object(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    new: &NewObjection,
    received_by: Option<i64>,
) -> Result<i64, Error> {
    let marks = application::marks(tx, context, application)?;
    tx.hold(&format!("conduct {}", marks.number))?;
    let decided = decided(tx, context, new.about, &marks)?.ok_or(Error::Missing)?;
    let known = store::objections(tx, context.office.id, Some(&marks.number))?;
    let waits = |row: &store::ObjectionRow| {
        (row.plain.against, row.plain.decision) == new.about && row.answer.is_none()
    };
    let state = (decided.in_force, known.iter().any(waits));
    check_objection(!new.words.is_empty(), new.received_at, decided.at, state, context.now)
        .map_err(Refusal::Objection)?;
    let place = place("objections", decided.application, context.now);
    let sealed = seal(context, &place, new.words.reveal().as_bytes());
    let of = (decided.application, marks.number.as_str());
    let id = store::insert(tx, context, of, new, (received_by, sealed))?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(id)
}

/// Answers an objection, does what the answer says, and owes the person a letter.
///
/// # Errors
/// [`Refusal::Objection`]; [`Error::Missing`] for another office's.
pub fn answer_objection(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (answer, reason): (Answer, &FreeText),
    officer: i64,
) -> Result<(), Error> {
    let objection = objection(tx, context, id)?;
    let marks = application::marks(tx, context, objection.application)?;
    tx.hold(&format!("conduct {}", marks.number))?;
    let about = (objection.against, objection.decision);
    let decided = decided(tx, context, about, &marks)?.ok_or(Error::Missing)?;
    let managers = managers(tx, context)?;
    let deciders = Deciders { earlier: decided.officer, officer, managers: &managers };
    let is_answered = store::is_answered(tx, id)?;
    let days = (today(context), decided.review);
    check_answer(answer, !reason.is_empty(), is_answered, deciders, days)
        .map_err(Refusal::Objection)?;
    let sealed = seal(context, &answer_place(id), reason.reveal().as_bytes());
    store::insert_answer(tx, context, (id, answer), (officer, sealed))?;
    match answer {
        Answer::Kept => {}
        // It was lifted, or came to its end, while the objection waited.
        Answer::Lifted | Answer::Changed(_) if !decided.in_force => {}
        Answer::Lifted => lift(tx, context, about, (reason, officer))?,
        Answer::Changed(review) => {
            lift(tx, context, about, (reason, officer))?;
            decide_anew(tx, context, about, review, (reason, officer))?;
        }
    }
    let of = (objection.application, id);
    application::owe_conduct_letter(tx, context, of, Letter::ObjectionAnswered)
}

/// The decision as before, with an earlier day of review.
fn decide_anew(
    tx: &mut Tx<'_>,
    context: &Context,
    (against, id): (Against, i64),
    review: Date,
    (reason, officer): (&FreeText, i64),
) -> Result<(), Error> {
    match against {
        Against::Declining => {
            super::declining::again_until(tx, context, (id, review), (reason, officer))
        }
        Against::Ending => super::ending::again_until(tx, context, (id, review), (reason, officer)),
    }
}

/// Everybody in the office who decides such things.
pub(super) fn managers(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<i64>, Error> {
    let accounts = people::accounts(tx, context.office.id)?;
    let deciding = accounts.into_iter().filter(|it| it.role.may(Act::DecideConduct));
    Ok(deciding.map(|it| it.id).collect())
}

/// The decision of that number, if it is about this person.
fn decided(
    tx: &mut Tx<'_>,
    context: &Context,
    (against, id): (Against, i64),
    marks: &Marks,
) -> Result<Option<Decided>, Error> {
    match against {
        Against::Declining => super::declining::decided(tx, context, id, marks),
        Against::Ending => super::ending::decided(tx, context, id, marks),
    }
}

/// One objection.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn objection(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Objection, Error> {
    let rows = store::objections(tx, context.office.id, None)?;
    let row = rows.into_iter().find(|row| row.plain.id == id).ok_or(Error::Missing)?;
    opened(context, row)
}

/// The objections about one number, or of the office; the last one first.
pub(super) fn objections(
    tx: &mut Tx<'_>,
    context: &Context,
    number: Option<&str>,
) -> Result<Vec<Objection>, Error> {
    let rows = store::objections(tx, context.office.id, number)?;
    rows.into_iter().map(|row| opened(context, row)).collect()
}

fn opened(context: &Context, row: store::ObjectionRow) -> Result<Objection, Error> {
    let place = place("objections", row.plain.application, row.recorded_at);
    let words = open(context, &place, &row.sealed)?;
    let answered = match row.answer {
        Some((answered, sealed)) => {
            let reason = open(context, &answer_place(row.plain.id), &sealed)?;
            Some(Answered { reason, ..answered })
        }
        None => None,
    };
    Ok(Objection { words, answered, ..row.plain })
}

fn answer_place(objection: i64) -> String {
    format!("objection_answers/{objection}")
}

/// What the person of an application can object to at present, and whether they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objectable {
    /// What it is, and its number.
    pub about: (Against, i64),
    /// Whether an objection waits for its answer.
    pub is_waiting: bool,
    /// From when and until when applications are declined, where it is that.
    pub days: Option<Declining>,
}

/// What the person of an application can object to: the ending of their use, or else that their
/// applications are declined.
///
/// # Errors
/// [`Error::Missing`] when there is no such application in this office.
pub fn objectable(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Objectable>, Error> {
    let marks = application::marks(tx, context, application)?;
    let ending = super::ending::in_force(tx, context, &marks)?;
    let declining = super::declining::to_come(tx, context, &marks.number)?;
    let (about, days) = match (ending, declining) {
        (Some(id), _) => ((Against::Ending, id), None),
        (None, Some(line)) => ((Against::Declining, line.id), Some(line.days)),
        (None, None) => return Ok(None),
    };
    let known = store::objections(tx, context.office.id, Some(&marks.number))?;
    let is_waiting = known
        .iter()
        .any(|row| (row.plain.against, row.plain.decision) == about && row.answer.is_none());
    Ok(Some(Objectable { about, is_waiting, days }))
}
