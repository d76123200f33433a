//! Sums of the office's sessions: counted for the desk, taken out for a purpose (article 5(1)),
//! and made fit to be published (article 5(2)). What the sums mean is decided in
//! [`rules::records::statistics`].

mod asked;
mod chart;
mod grid;
mod label;
pub mod pages;
mod sheet;
pub mod store;

pub use asked::{Period, Wrong};
pub use sheet::Format;

use rules::records::statistics::{By, Counted, EditionRefusal, Kind, PublicTable, edition, table};
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

/// What an appointment is. There are no others yet, and nothing of an appointment says so; once it
/// does, it is read here.
fn kind() -> Kind {
    Kind::Counselling
}

/// Every session of the office whose start lies in these days of Japan, as it stands and as it was
/// last announced.
///
/// # Errors
/// Faults of the store.
pub fn counted(tx: &mut Tx<'_>, context: &Context, period: Period) -> Result<Vec<Counted>, Error> {
    store::counted(tx, context.office.id, period.instants()?)
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
