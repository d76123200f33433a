//! Legal holds: what must not be deleted while somebody may still ask for it. Whoever deletes asks
//! [`is_held`] first.

pub mod store;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::{FreeText, JobseekerNumber};
use rules::records::disclosure::{Hold, HoldKind};
use rules::schedule::TOKYO;

use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::secrets::Purpose;
use crate::store::Tx;
use store::NewRow;

/// What is held.
#[derive(Clone, Debug)]
pub enum Target {
    /// One application.
    Application(i64),
    /// Every application of a jobseeker's number in this office, those to come included.
    Number(JobseekerNumber),
}

/// A hold about to be made.
pub struct NewHold {
    /// What is held.
    pub target: Target,
    /// For which entry of the register, if for one.
    pub disclosure: Option<i64>,
    /// Why it is held, which says how long it may be.
    pub kind: HoldKind,
    /// The first day.
    pub from: Date,
    /// The last day; none for one without an end.
    pub until: Option<Date>,
    /// Why, in words.
    pub reason: FreeText,
}

/// A hold as the desk lists it. Holds a reason about a person: no `Debug`.
#[derive(Clone)]
pub struct HoldLine {
    /// Number in the store.
    pub id: i64,
    /// The application that is held, with its receipt; none for a number.
    pub application: Option<(i64, String)>,
    /// For which entry of the register.
    pub disclosure: Option<i64>,
    /// From when until when.
    pub hold: Hold,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub staff: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
    /// By whom.
    pub lifted_by: Option<String>,
    /// Why it was lifted.
    pub lifting: Option<String>,
}

fn today(context: &Context) -> Date {
    context.now.to_zoned(TOKYO.clone()).date()
}

fn reason_place(office: i64, at: Timestamp) -> String {
    format!("holds/{office}/{}/reason", at.as_millisecond())
}

fn lifting_place(id: i64) -> String {
    format!("holds/{id}/lifting")
}

/// What is held ([`Tx::hold`]) by whoever makes a hold, and by whoever deletes: one of the two
/// comes first and is seen by the other.
pub(super) fn turn(context: &Context) -> String {
    format!("legal holds of office {}", context.office.id)
}

/// Keeps something from being deleted. Answers the number of the hold.
///
/// # Errors
/// [`Refusal::Hold`], [`Refusal::ReasonMissing`], [`Refusal::NoSuchPerson`].
pub fn hold(tx: &mut Tx<'_>, context: &Context, new: &NewHold, staff: i64) -> Result<i64, Error> {
    let hold = Hold {
        kind: new.kind,
        from: new.from,
        until: new.until,
        extended_until: None,
        is_lifted: false,
    };
    hold.check()?;
    tx.hold(&turn(context))?;
    if new.reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    if let Some(id) = new.disclosure {
        super::disclosures::entry(tx, context, id)?;
    }
    let (application, number_digest) = match &new.target {
        Target::Application(id) => {
            application::load(tx, context, *id)?;
            (Some(*id), None)
        }
        Target::Number(number) => {
            if application::of_number(tx, context, number)?.is_empty() {
                return Err(Refusal::NoSuchPerson.into());
            }
            (None, Some(application::number_digest(context, number)))
        }
    };
    let place = reason_place(context.office.id, context.now);
    let sealed = context.keys.seal(Purpose::Personal, &place, new.reason.reveal().as_bytes());
    let disclosure = new.disclosure;
    let row = NewRow { application, number_digest, disclosure, hold, sealed, staff };
    store::insert(tx, context, row)
}

/// Lets a request to preserve run longer.
///
/// # Errors
/// [`Refusal::Hold`]; [`Error::Missing`] when there is none in this office.
pub fn extend(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    until: Date,
) -> Result<(), Error> {
    tx.hold(&format!("legal hold {id}"))?;
    let line = one(tx, context, id)?;
    line.hold.extend(until, today(context))?;
    store::extend(tx, (id, staff), until, context.now)
}

/// Lifts a hold, with a reason.
///
/// # Errors
/// [`Refusal::ReasonMissing`], [`Refusal::AlreadyUndone`]; [`Error::Missing`].
pub fn lift(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    reason: &FreeText,
) -> Result<(), Error> {
    one(tx, context, id)?;
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let octets = reason.reveal().as_bytes();
    let sealed = context.keys.seal(Purpose::Personal, &lifting_place(id), octets);
    match store::lift(tx, (id, staff), sealed, context.now)? {
        0 => Err(Refusal::AlreadyUndone.into()),
        _ => Ok(()),
    }
}

/// Whether an application must not be deleted now: for itself, or for its number.
///
/// # Errors
/// Faults of the store.
pub fn is_held(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<bool, Error> {
    let today = today(context);
    Ok(of_application(tx, context, application)?.iter().any(|line| line.hold.holds(today)))
}

/// A hold of this office.
///
/// # Errors
/// [`Error::Missing`].
pub fn one(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<HoldLine, Error> {
    let mut found = all(tx, context)?;
    found.retain(|line| line.id == id);
    found.pop().ok_or(Error::Missing)
}

/// Every hold of the office, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn all(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<HoldLine>, Error> {
    open(context, store::all(tx, context.office.id)?)
}

/// The holds on an application, for itself or for its number.
///
/// # Errors
/// Faults of the store.
pub fn of_application(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<HoldLine>, Error> {
    open(context, store::of_application(tx, context.office.id, application)?)
}

fn open(context: &Context, rows: Vec<store::SealedLine>) -> Result<Vec<HoldLine>, Error> {
    let text = |place: &str, sealed: &[u8]| {
        let opened = context.keys.open_text(Purpose::Personal, place, sealed);
        Ok::<_, Error>(opened.map_err(anyhow::Error::from)?.to_string())
    };
    let opened = rows.into_iter().map(|(mut line, reason, lifting)| {
        line.reason = text(&reason_place(context.office.id, line.made_at), &reason)?;
        let place = lifting_place(line.id);
        line.lifting = lifting.map(|sealed| text(&place, &sealed)).transpose()?;
        Ok(line)
    });
    opened.collect()
}
