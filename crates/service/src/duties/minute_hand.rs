//! The minute hand: settles what the clock alone has changed, by "due and not done".

use crate::app::App;
use crate::appointment;
use crate::error::Error;

/// How many appointments are settled in one unit of work: one commit for all of them.
const AT_ONCE: u16 = 500;

/// Settles every appointment whose standing may have changed by now. Answers how many there were.
///
/// # Errors
/// Faults of the store. What was not settled is due again at the next turn.
pub fn turn(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    let mut settled = 0;
    loop {
        let shared = app.clone();
        let count = app.store.write_blocking(move |tx| {
            let due = appointment::due(tx, now, AT_ONCE)?;
            for (application, office) in &due {
                let office = shared.office_of(tx, *office)?;
                let mut context = shared.context(office);
                context.now = now;
                appointment::tick(tx, &context, *application)?;
            }
            Ok::<usize, Error>(due.len())
        })?;
        settled += count;
        if count < usize::from(AT_ONCE) {
            return Ok(settled);
        }
    }
}
