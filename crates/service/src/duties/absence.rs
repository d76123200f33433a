//! After a start: whether nobody served meanwhile, and whom that may have kept away (article 9(6)).

use rules::appointment::Absence;

use super::minute_hand::AT_ONCE;
use crate::app::App;
use crate::appointment::{self, Waiting};
use crate::clock::Clock;
use crate::error::Error;
use crate::session;

/// Records an outage for each appointment whose door was shut because nobody served. Answers how
/// many there were.
///
/// It comes before this node first says that it lives, which ends the absence for every node, and
/// before the minute hand turns, which would find silence. One that cannot be recorded is logged
/// and holds no other up.
///
/// # Errors
/// Faults of the store. Nothing is lost then: the next start finds the same.
pub fn note_absence(app: &App) -> Result<usize, Error> {
    let Some(absence) = absence(app)? else { return Ok(0) };
    tracing::warn!(from = %absence.from, until = %absence.until, "nobody served");
    let waiting = app.store.read_blocking(move |tx| appointment::waiting_during(tx, absence))?;
    let mut noted = 0;
    for some in waiting.chunks(AT_ONCE.into()) {
        noted += match note(app, some, absence) {
            Ok(count) => count,
            Err(Error::Busy) => return Err(Error::Busy),
            Err(_) => note_singly(app, some, absence)?,
        };
    }
    Ok(noted)
}

/// Since the last sign of life of any node. Those are by the machine's clock, of which only the
/// length counts: a demo's clock shows another time.
fn absence(app: &App) -> Result<Option<Absence>, Error> {
    let seen = app.store.read_blocking(session::last_sign_of_life)?;
    let length = seen.map(|seen| Clock::system().now().duration_since(seen));
    Ok(length.and_then(|length| Absence::of(length, app.clock.now())))
}

fn note(app: &App, some: &[Waiting], absence: Absence) -> Result<usize, Error> {
    let (shared, some) = (app.clone(), some.to_vec());
    app.store.write_blocking(move |tx| {
        let mut noted = 0;
        for one in &some {
            let mut context = shared.context(shared.office_of(tx, one.office)?);
            context.now = absence.until;
            noted += usize::from(appointment::note_absence(tx, &context, *one, absence)?);
        }
        Ok(noted)
    })
}

fn note_singly(app: &App, some: &[Waiting], absence: Absence) -> Result<usize, Error> {
    let mut noted = 0;
    for one in some {
        match note(app, std::slice::from_ref(one), absence) {
            Ok(count) => noted += count,
            Err(Error::Busy) => return Err(Error::Busy),
            Err(error) => {
                tracing::error!(application = one.application, ?error, "no outage was recorded");
            }
        }
    }
    Ok(noted)
}
