//! Counsellors of an office: their hours, skills and leave (article 2(2): the office arranges).

use std::collections::BTreeSet;

use rules::schedule::{Leave, Skill, WeeklyHours};

use super::{NamedCounsellor, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// What the desk says anew of a counsellor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounsellorChange {
    /// The name as staff see it.
    pub name: String,
    /// Regular hours of online counselling.
    pub hours: Vec<WeeklyHours>,
    /// What they can do beyond counselling in Japanese.
    pub skills: BTreeSet<Skill>,
    /// Whether they take new sessions.
    pub active: bool,
    /// The account of the same person, if there is one.
    pub staff: Option<i64>,
}

/// An absence as the desk lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaveLine {
    /// Number in the store.
    pub id: i64,
    /// From when to when.
    pub leave: Leave,
}

/// Every counsellor whose own office this is, and whether they take new sessions.
///
/// # Errors
/// Faults of the store.
pub fn every_counsellor(
    tx: &mut Tx<'_>,
    context: &Context,
) -> Result<Vec<(NamedCounsellor, bool)>, Error> {
    let mut every = store::every_counsellor(tx, context.office.id)?;
    every.retain(|(named, _)| named.home == context.office.id);
    Ok(every)
}

/// The counsellors of other offices who serve this one too.
///
/// # Errors
/// Faults of the store.
pub fn from_elsewhere(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<NamedCounsellor>, Error> {
    let mut serving = super::counsellors(tx, context)?;
    serving.retain(|named| named.home != context.office.id);
    Ok(serving)
}

/// Changes a counsellor. Sessions that are settled stay as they are.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn change_counsellor(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    change: &CounsellorChange,
) -> Result<(), Error> {
    match store::update_counsellor(tx, (context.office.id, id), change)? {
        0 => Err(Error::Missing),
        _ => Ok(()),
    }
}

/// The absences of a counsellor, the earliest first.
///
/// # Errors
/// Faults of the store.
pub fn leave_of(
    tx: &mut Tx<'_>,
    context: &Context,
    counsellor: i64,
) -> Result<Vec<LeaveLine>, Error> {
    store::leave_of(tx, context.office.id, counsellor)
}

/// Adds an absence. Sessions that are settled stay as they are; the desk is shown them.
///
/// # Errors
/// [`Refusal::EndBeforeStart`]; [`Error::Missing`] for another office's counsellor.
pub fn add_leave(
    tx: &mut Tx<'_>,
    context: &Context,
    counsellor: i64,
    leave: Leave,
) -> Result<(), Error> {
    if leave.to <= leave.from {
        return Err(Refusal::EndBeforeStart.into());
    }
    match store::insert_leave(tx, context.office.id, counsellor, leave)? {
        0 => Err(Error::Missing),
        _ => Ok(()),
    }
}

/// Takes an absence back. Nothing happens when somebody else was quicker.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub fn remove_leave(
    tx: &mut Tx<'_>,
    context: &Context,
    counsellor: i64,
    leave: i64,
) -> Result<(), Error> {
    if store::delete_leave(tx, context.office.id, counsellor, leave)? > 0 {
        return Ok(());
    }
    let ours = every_counsellor(tx, context)?;
    let is_ours = ours.iter().any(|(named, _)| named.rule.id == counsellor);
    if is_ours { Ok(()) } else { Err(Error::Missing) }
}
