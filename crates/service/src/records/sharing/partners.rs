//! The bodies that an office may share with (article 6): nobody else can be chosen. One that is
//! taken off the list stays readable where it was shared with.

use jiff::Timestamp;
use rules::people::FreeText;
use rules::terms::personal_data::{Listed, PartnerKind};

use super::store;
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// Name and contact of a partner have at most so many characters each.
pub const CONTACT_AT_MOST: usize = 200;

/// A body on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Number in the store.
    pub id: i64,
    /// What it is.
    pub kind: PartnerKind,
    /// Its name.
    pub name: String,
    /// How it is reached, and who there.
    pub contact: String,
    /// When it was taken off the list.
    pub retired_at: Option<Timestamp>,
}

impl Partner {
    /// Whether it may be shared with.
    pub fn listed(&self) -> Listed {
        match self.retired_at {
            Some(_) => Listed::Retired,
            None => Listed::Active,
        }
    }
}

/// A body to be put on the list.
#[derive(Clone, Debug)]
pub struct NewPartner {
    /// What it is.
    pub kind: PartnerKind,
    /// Its name.
    pub name: FreeText,
    /// How it is reached.
    pub contact: FreeText,
}

/// The list of an office, retired ones included, in the order in which they came.
///
/// # Errors
/// Faults of the store.
pub fn partners(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Partner>, Error> {
    store::partners(tx, context.office.id)
}

/// Puts a body on the list.
///
/// # Errors
/// [`Refusal::PartnerIncomplete`].
pub fn add_partner(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewPartner,
    officer: i64,
) -> Result<(), Error> {
    if new.name.is_empty() || new.contact.is_empty() {
        return Err(Refusal::PartnerIncomplete.into());
    }
    store::insert_partner(tx, context, new, officer)
}

/// Takes a body off the list. Nothing happens when it is off already.
///
/// # Errors
/// [`Error::Missing`] for another office's.
pub fn retire_partner(
    tx: &mut Tx<'_>,
    context: &Context,
    partner: i64,
    officer: i64,
) -> Result<(), Error> {
    let known = partners(tx, context)?.into_iter().find(|it| it.id == partner);
    match known.ok_or(Error::Missing)?.listed() {
        Listed::Active => store::retire_partner(tx, partner, (officer, context.now)),
        Listed::Retired | Listed::Unknown => Ok(()),
    }
}
