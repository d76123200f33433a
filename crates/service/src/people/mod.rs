//! The office and its staff.

mod closed_days;
mod holiday_list;
mod office;
pub mod office_page;
pub mod sign_in;
mod staff;
pub mod stops;
pub mod store;

pub use closed_days::{ClosedDay, close_day, closed_days, open_day};
pub use holiday_list::read_holiday_list;
pub use office::{NewOffice, Office};
pub use staff::{
    Member, NewMember, SESSION_ABSOLUTE, SESSION_IDLE, SignedIn, add_staff, disable_staff,
    note_use, purge_sessions, renew_sessions, set_password, sign_in, sign_out, who, whose,
};

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::people::{Practice, Role};
use rules::schedule::Overrides;

use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// The office of that short name, with its terms and its calendar.
///
/// # Errors
/// [`Error::Missing`] when there is none; a fault when what is stored cannot be read.
pub fn office_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Office, Error> {
    let mut office = store::office(tx, slug)?.ok_or(Error::Missing)?;
    office.calendar = store::calendar(tx, office.id)?;
    office.stops = stops::stops(tx, office.id)?;
    let editions = crate::terms::editions(tx, office.id)?;
    Ok(office.with_editions(editions))
}

/// The short name of an office.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub fn slug_of(tx: &mut Tx<'_>, id: i64) -> Result<String, Error> {
    store::slug(tx, id)?.ok_or(Error::Missing)
}

/// Every office: short name and name, by name.
///
/// # Errors
/// Faults of the store.
pub fn offices(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Error> {
    store::offices(tx)
}

/// Opens an office. Answers its number.
///
/// # Errors
/// [`crate::error::Refusal::Shape`] for a short name that cannot stand in an address.
pub fn open_office(tx: &mut Tx<'_>, office: &NewOffice, now: Timestamp) -> Result<i64, Error> {
    office.check()?;
    store::insert_office(tx, office, now)
}

/// Replaces an office's own choices.
///
/// # Errors
/// [`crate::error::Refusal::Shape`] for choices that the office's latest terms do not leave open.
pub fn set_practice(tx: &mut Tx<'_>, office: i64, practice: &Practice) -> Result<(), Error> {
    let editions = crate::terms::editions(tx, office)?;
    let refused = |_| crate::error::Refusal::Shape;
    practice.check().map_err(refused)?;
    for latest in editions.iter().filter_map(|row| row.iter().last()) {
        practice.check_under(&latest.rules).map_err(refused)?;
    }
    store::set_practice(tx, office, practice)
}

/// The number of the account with that login in that office.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub fn staff_of(tx: &mut Tx<'_>, office: i64, login: &str) -> Result<i64, Error> {
    let member = store::login(tx, login)?.map(|(member, _)| member);
    member.filter(|member| member.office == office).map(|it| it.id).ok_or(Error::Missing)
}

/// The accounts of an office that are not ended, by name.
///
/// # Errors
/// Faults of the store.
pub fn accounts(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Account>, Error> {
    store::accounts(tx, office)
}

/// The name of everybody who has or had an account in this office, by number.
///
/// # Errors
/// Faults of the store.
pub fn staff_names(tx: &mut Tx<'_>, context: &Context) -> Result<BTreeMap<i64, String>, Error> {
    Ok(store::staff_names(tx, context.office.id)?.into_iter().collect())
}

/// An account as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Number in the store.
    pub id: i64,
    /// The name as colleagues see it.
    pub name: String,
    /// What this person may do.
    pub role: Role,
}

/// Takes national holidays from the Cabinet Office's list: its years replace the computed ones.
/// Answers how many days there are.
///
/// # Errors
/// Faults of the store.
pub fn import_holidays(tx: &mut Tx<'_>, rows: &Overrides) -> Result<usize, Error> {
    store::replace_holidays(tx, rows)
}
