//! Offices that a counsellor serves beside the own one, as supporters for intractable diseases do
//! (article 6). The counsellor stays one resource: a time given away in one office is taken in all.

use rules::schedule::{ServingRefusal, check_serving};

use super::{every_counsellor, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::people;
use crate::store::Tx;

/// An office that a counsellor serves beside the own one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Number in the store.
    pub office: i64,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// The further offices of a counsellor, by name.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub fn served_by(
    tx: &mut Tx<'_>,
    context: &Context,
    counsellor: i64,
) -> Result<Vec<Served>, Error> {
    check_own(tx, context, counsellor)?;
    store::served_by(tx, counsellor)
}

/// Lets a counsellor of this office serve another one too.
///
/// # Errors
/// [`Refusal::Serving`]; [`Error::Missing`] for another office's counsellor, or an office that
/// there is not.
pub fn serve(
    tx: &mut Tx<'_>,
    context: &Context,
    (counsellor, slug): (i64, &str),
    officer: i64,
) -> Result<(), Error> {
    check_own(tx, context, counsellor)?;
    let other = people::office_by_slug(tx, slug)?;
    if other.id == context.office.id {
        return Err(Refusal::Serving(ServingRefusal::AlreadyServed).into());
    }
    check_serving(&context.office.address, &other.address).map_err(Refusal::Serving)?;
    match store::insert_served(tx, (counsellor, other.id), (officer, context.now))? {
        0 => Err(Refusal::Serving(ServingRefusal::AlreadyServed).into()),
        _ => Ok(()),
    }
}

/// Ends that. Nothing happens when somebody else was quicker.
///
/// # Errors
/// [`Refusal::Serving`] while times to come are given there; [`Error::Missing`] for another
/// office's counsellor.
pub fn stop_serving(
    tx: &mut Tx<'_>,
    context: &Context,
    (counsellor, office): (i64, i64),
) -> Result<(), Error> {
    check_own(tx, context, counsellor)?;
    let from = context.now.as_second().div_euclid(300);
    let key = super::Resource::Counsellor(counsellor).key();
    if store::holds_in(tx, &key, office, from)? {
        return Err(Refusal::Serving(ServingRefusal::HasSessions).into());
    }
    store::delete_served(tx, counsellor, office)
}

fn check_own(tx: &mut Tx<'_>, context: &Context, counsellor: i64) -> Result<(), Error> {
    let own = every_counsellor(tx, context)?;
    let is_own = own.iter().any(|(named, _)| named.rule.id == counsellor);
    if is_own { Ok(()) } else { Err(Error::Missing) }
}
