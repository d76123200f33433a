//! Housekeeping: what has outlived its time is deleted. A draft that was never sent, a visit that
//! is over, an old command's answer and last week's room are nobody's record.

use crate::app::App;
use crate::error::Error;
use crate::{application, commands, people, records, session};

/// Deletes what has outlived its time, by the clock of the program.
///
/// # Errors
/// Faults of the store; what was not deleted is deleted next time.
pub fn sweep(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    app.store.write_blocking(move |tx| {
        application::draft::purge(tx, now)?;
        application::purge_visits(tx, now)?;
        commands::purge(tx, now)?;
        session::purge_rooms(tx, now)?;
        session::zoom::purge(tx, now)?;
        records::own::purge_files(tx, now)?;
        people::purge_sessions(tx, now)
    })
}
