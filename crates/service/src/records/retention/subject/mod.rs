//! A record as it is judged: what it is called, when it was closed, and what keeps it.

pub(super) mod store;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::application::Course;
use rules::appointment::Standing;
use rules::records::retention::{Kept, RecordClass};
use rules::schedule::TOKYO;

use super::{midnight, today};
use crate::app::Context;
use crate::application;
use crate::error::Error;
use crate::records::{conduct, disclosures, holds, own};
use crate::store::Tx;

/// A record that a batch may hold.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// What it is called: a receipt, or its number in a register.
    pub(super) name: String,
    /// Of what its mark is made: the receipt, or the number with the instant at which it was drawn.
    pub(super) proof: String,
    /// What it is judged by.
    pub(super) kept: Kept,
}

/// An application, as the store tells of its course.
pub(super) struct Told {
    pub(super) receipt: String,
    pub(super) course: Course,
    /// When it was answered or, without an answer, received.
    pub(super) answered_at: Timestamp,
    /// Start and standing of its session.
    pub(super) session: Option<(Timestamp, Standing)>,
    /// The oldest note of who read it.
    pub(super) read_at: Option<Timestamp>,
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TOKYO.clone()).date()
}

/// The records of a class that may be past their period, the oldest first.
///
/// # Errors
/// Faults of the store.
pub(super) fn candidates(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    over_before: Date,
) -> Result<Vec<i64>, Error> {
    store::candidates(tx, context.office.id, class, midnight(over_before))
}

/// How many records of a class are past their period, whatever keeps them back. A register is small
/// enough to judge each entry, which is closed by a decision and not by its age.
///
/// # Errors
/// Faults of the store.
pub(super) fn count_over(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    over_before: Date,
) -> Result<usize, Error> {
    let candidates = candidates(tx, context, class, over_before)?;
    if !matches!(class, RecordClass::Conduct | RecordClass::Disclosure) {
        return Ok(candidates.len());
    }
    let mut over = 0;
    for id in candidates {
        let found = load(tx, context, class, id)?;
        let closed_on = found.and_then(|subject| subject.kept.closed_on);
        over += usize::from(closed_on.is_some_and(|day| day < over_before));
    }
    Ok(over)
}

/// A record with all that it is judged by; none when it is gone, or is none of this class.
///
/// # Errors
/// Faults of the store.
pub(super) fn load(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    id: i64,
) -> Result<Option<Subject>, Error> {
    match class {
        RecordClass::Disclosure => entry(tx, context, id),
        RecordClass::OwnRequest => own_request(tx, context, id),
        RecordClass::Report => report(tx, context, id),
        _ => of_application(tx, context, class, id),
    }
}

fn of_application(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    id: i64,
) -> Result<Option<Subject>, Error> {
    let Some(told) = store::told(tx, context.office.id, id)? else { return Ok(None) };
    let conduct = conduct::closing(tx, context, id)?;
    let closed_on = match class {
        RecordClass::Conduct => conduct.closed_on(),
        RecordClass::Access => told.read_at.map(day),
        RecordClass::Unused => closed_without_session(&told),
        _ => closed_session(&told),
    };
    let marks = application::marks(tx, context, id)?;
    let bars = conduct::bars(tx, context, &marks)?;
    let holds = holds::of_application(tx, context, id)?;
    let kept = Kept {
        closed_on,
        is_held: holds::is_held(tx, context, id)?,
        is_barred: bars.ended.is_some() || bars.declined,
        has_conduct: conduct.is_on_file(),
        is_named: disclosures::was_ever_about(tx, context, id)?
            || holds.iter().any(|line| line.disclosure.is_some()),
    };
    Ok(Some(Subject { name: told.receipt.clone(), proof: told.receipt, kept }))
}

/// An application that waits for an answer is not closed, however old it is.
fn closed_without_session(told: &Told) -> Option<Date> {
    use Course::{Confirmed, Declined, Proposed, Received, ToTelephone, ToVisit, Withdrawn};
    match told.course {
        Received | Proposed | Confirmed => None,
        Declined | Withdrawn | ToVisit | ToTelephone => Some(day(told.answered_at)),
    }
}

fn closed_session(told: &Told) -> Option<Date> {
    told.session.filter(|(_, standing)| !standing.is_open()).map(|(start, _)| day(start))
}

fn entry(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<Subject>, Error> {
    let history = match disclosures::history(tx, context, id) {
        Ok(history) => history,
        Err(Error::Missing) => return Ok(None),
        Err(other) => return Err(other),
    };
    let [first, .., last] = &history[..] else { return Ok(history.first().map(open_entry)) };
    let today = today(context);
    let of_it = holds::all(tx, context)?;
    let mut is_held = of_it.iter().any(|it| it.disclosure == Some(id) && it.hold.holds(today));
    for application in disclosures::ever_about(tx, context, id)? {
        is_held |= holds::is_held(tx, context, application)?;
    }
    let closed_on = (!last.entry.is_open()).then(|| day(last.at));
    let kept = Kept { closed_on, is_held, ..Kept::default() };
    Ok(Some(Subject { kept, ..open_entry(first) }))
}

/// An entry that was entered and no more: it is open.
fn open_entry(first: &disclosures::Kept) -> Subject {
    let name = first.number();
    let proof = format!("{name} {}", first.at.as_millisecond());
    Subject { name, proof, kept: Kept::default() }
}

fn own_request(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<Subject>, Error> {
    let request = match own::request(tx, context, id) {
        Ok(request) => request,
        Err(Error::Missing) => return Ok(None),
        Err(other) => return Err(other),
    };
    let mut is_held = false;
    for (receipt, _) in &request.told_of {
        match application::of_receipt(tx, receipt) {
            Ok((application, _)) => is_held |= holds::is_held(tx, context, application)?,
            Err(Error::Missing) => {}
            Err(other) => return Err(other),
        }
    }
    let name = request.number();
    let proof = format!("{name} {}", request.made_at.as_millisecond());
    let kept = Kept { closed_on: Some(day(request.made_at)), is_held, ..Kept::default() };
    Ok(Some(Subject { name, proof, kept }))
}

fn report(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<Subject>, Error> {
    let Some(at) = store::report(tx, context.office.id, id)? else { return Ok(None) };
    let name = format!("報告-{id}");
    let proof = format!("{name} {}", at.as_millisecond());
    let kept = Kept { closed_on: Some(day(at)), ..Kept::default() };
    Ok(Some(Subject { name, proof, kept }))
}
