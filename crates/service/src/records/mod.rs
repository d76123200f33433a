//! What is written down of a session (article 5(1)), why something was decided, and what is given
//! to whom: to authorities under a law (article 5(2)) and to the persons themselves.

pub mod conduct;
pub mod disclosures;
mod explain;
mod held;
pub mod holds;
pub mod own;
pub mod retention;
pub mod sharing;
pub mod statistics;
pub mod store;

pub use explain::explain;
pub use held::{Part, accesses, everything_of};

use rules::terms::usage_records::{UsageRecord, thin};

use crate::app::Context;
use crate::appointment;
use crate::error::Error;
use crate::store::Tx;

/// Makes the usage record of a session, or brings it up to date; takes it away when the session
/// has no outcome any more. Items that the office switched off stay empty.
///
/// # Errors
/// [`Error::Missing`]; faults of the store.
pub fn record_usage(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let session = appointment::session(tx, context, application)?;
    if !session.standing.is_outcome() {
        return store::delete(tx, context.office.id, application);
    }
    let declaration = crate::application::load(tx, context, application)?.declaration;
    let record = UsageRecord {
        planned_start: Some(session.slot.start),
        planned_end: Some(session.slot.end()),
        actual_start: session.began_at,
        actual_end: session.ended_at,
        device: Some(declaration.device),
        join_by: Some(declaration.join_by),
        outcome: Some(session.standing),
        quality: crate::session::quality(tx, context, application)?,
    };
    let record = thin(record, &context.office.practice.recorded);
    store::upsert(tx, context, application, &record)
}
