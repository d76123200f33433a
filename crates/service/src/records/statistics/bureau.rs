//! Sums over several offices, for the bureau that they belong to. They are for inside: a public
//! edition is each office's own, since what a bureau published beside its offices' editions would
//! tell their hidden cells (article 5(2)).

use rules::records::statistics::table;

use super::grid::Grid;
use super::label::{LabelPlace, Labels};
use super::{Report, counted, note_report};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// The sums of several offices as a file, and a note in each of them that they left it: by whom and
/// for what (article 5(1)).
///
/// # Errors
/// Faults of the store.
pub fn report_of_offices(
    tx: &mut Tx<'_>,
    offices: &[Context],
    (staff, report): (i64, &Report),
) -> Result<Vec<u8>, Error> {
    let mut sessions = Vec::new();
    for context in offices {
        sessions.extend(counted(tx, context, report.period)?);
        note_report(tx, context, staff, report)?;
    }
    sessions.sort_by_key(|session| session.start);
    let names: Vec<(i64, String)> =
        offices.iter().map(|it| (it.office.id, it.office.name.clone())).collect();
    let labels = Labels { place: LabelPlace::File, offices: &names };
    let of = |columns| Ok(Grid::of(&table(&sessions, report.rows, columns), labels)?.sheet());
    let sheets = report.columns.iter().map(|columns| of(*columns));
    let sheets = sheets.collect::<Result<Vec<_>, Error>>()?;
    let now = offices.first().map(|context| context.now).unwrap_or_default();
    report.format.write(&sheets, now)
}
