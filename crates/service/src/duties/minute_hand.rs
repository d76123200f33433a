//! The minute hand: settles what the clock alone has changed, by "due and not done".

use jiff::Timestamp;

use crate::app::App;
use crate::appointment;
use crate::error::Error;
use crate::store::Tx;

/// How many appointments are settled in one unit of work: one commit for all of them.
const AT_ONCE: u16 = 500;

/// Settles every appointment whose standing may have changed by now. Answers how many there were.
///
/// One that cannot be settled holds no other up: it is left, logged, and due again next time.
///
/// # Errors
/// Faults of the store. What was not settled is due again at the next turn.
pub fn turn(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    let mut settled = 0;
    loop {
        let due = app.store.read_blocking(move |tx| appointment::due(tx, now, AT_ONCE))?;
        let count = match settle(app, &due, now) {
            Ok(()) => due.len(),
            Err(Error::Busy) => return Err(Error::Busy),
            Err(_) => settle_singly(app, &due, now)?,
        };
        settled += count;
        if due.len() < usize::from(AT_ONCE) || count == 0 {
            return Ok(settled);
        }
    }
}

/// Settles these appointments, each with its office, in one unit of work.
fn settle(app: &App, due: &[(i64, i64)], now: Timestamp) -> Result<(), Error> {
    if due.is_empty() {
        return Ok(());
    }
    let (shared, due) = (app.clone(), due.to_vec());
    app.store.write_blocking(move |tx| due.iter().try_for_each(|one| tick(tx, &shared, *one, now)))
}

/// As [`settle`], each on its own. Answers how many could be settled.
fn settle_singly(app: &App, due: &[(i64, i64)], now: Timestamp) -> Result<usize, Error> {
    let mut settled = 0;
    for one in due {
        match settle(app, std::slice::from_ref(one), now) {
            Ok(()) => settled += 1,
            Err(Error::Busy) => return Err(Error::Busy),
            Err(error) => tracing::error!(application = one.0, ?error, "cannot be settled"),
        }
    }
    Ok(settled)
}

/// Another node may have settled it since it was found due: then nothing is left to settle.
fn tick(
    tx: &mut Tx<'_>,
    app: &App,
    (application, office): (i64, i64),
    now: Timestamp,
) -> Result<(), Error> {
    let mut context = app.context(app.office_of(tx, office)?);
    context.now = now;
    appointment::tick(tx, &context, application)
}
