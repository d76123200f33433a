//! Sums of the office's sessions: counted for the desk, taken out for a purpose (article 5(1)),
//! and made fit to be published (article 5(2)). What the sums mean is decided in
//! [`rules::records::statistics`].

mod asked;
mod bureau;
mod chart;
mod grid;
mod label;
pub mod pages;
mod sheet;
pub mod store;

pub use asked::{Period, Wrong};
pub use bureau::report_of_offices;
pub use sheet::Format;

use jiff::Timestamp;
use rules::records::statistics::{By, Counted, EditionRefusal, PublicTable, edition, table};
use rules::terms::usage_records::Purpose;

use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// By what the tables of a public edition have their columns; their rows are the month.
pub const PUBLIC_COLUMNS: [By; 3] = [By::Outcome, By::Hour, By::Kind];

/// Sums that leave the window, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// For which of the purposes of article 5(1).
    pub purpose: Purpose,
    /// Of which days.
    pub period: Period,
    /// By what the rows are.
    pub rows: By,
    /// By what the columns are, for each table.
    pub columns: Vec<By>,
    /// As what file.
    pub format: Format,
    /// Whether it is the public edition (article 5(2)).
    pub is_public: bool,
}

/// Every session of the office whose start lies in these days of Japan, as it stands and as it was
/// last announced; of one that was deleted, what is kept of it.
///
/// # Errors
/// Faults of the store.
pub fn counted(tx: &mut Tx<'_>, context: &Context, period: Period) -> Result<Vec<Counted>, Error> {
    let (office, instants) = (context.office.id, period.instants()?);
    let mut sessions = store::counted(tx, office, instants)?;
    sessions.extend(store::kept(tx, office, instants)?);
    sessions.sort_by_key(|session| session.start);
    Ok(sessions)
}

/// Keeps what is counted of a session that is about to be deleted: no person, no receipt, and times
/// no finer than the figures show. Nothing for an application without a session.
///
/// # Errors
/// Faults of the store.
pub(super) fn keep_count(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<(), Error> {
    let session = store::one(tx, context.office.id, application)?;
    session.map_or(Ok(()), |session| store::keep(tx, &session.coarse()))
}

/// The public tables of a month that is over, which share their rows (article 5(2)); or why there
/// are none.
///
/// # Errors
/// Faults of the store.
pub fn public_edition(
    tx: &mut Tx<'_>,
    context: &Context,
    month: Period,
) -> Result<Result<Vec<PublicTable>, EditionRefusal>, Error> {
    let sessions = counted(tx, context, month)?;
    Ok(edition(&PUBLIC_COLUMNS.map(|columns| table(&sessions, By::Month, columns))))
}

/// When the public edition of a month was first taken out; a second one may differ from it, and who
/// compares them knows more than either says (article 5(2)).
///
/// # Errors
/// Faults of the store.
pub fn published_at(
    tx: &mut Tx<'_>,
    context: &Context,
    month: Period,
) -> Result<Option<Timestamp>, Error> {
    store::published_at(tx, context.office.id, month)
}

/// Notes that sums leave the window: by whom, for what.
///
/// # Errors
/// Faults of the store.
pub fn note_report(
    tx: &mut Tx<'_>,
    context: &Context,
    staff: i64,
    report: &Report,
) -> Result<(), Error> {
    store::insert_report(tx, context, staff, report)
}
