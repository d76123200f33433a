//! Which processes of the service are alive: a room must not show people whose sockets died with
//! their process.

use jiff::{SignedDuration, Timestamp};
use rules::session::room::{NodeId, What};

use super::{store, take};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// A node that was not heard of for so long is gone.
const NODE_SILENT: SignedDuration = SignedDuration::from_secs(12);

/// How long after its start a room may still have people in it.
const ROOM_LASTS: SignedDuration = SignedDuration::from_hours(12);

/// When any node was last heard of, by the machine's clock; none before the first start.
///
/// # Errors
/// Faults of the store.
pub fn last_sign_of_life(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Error> {
    store::last_sign_of_life(tx)
}

/// Notes that this node lives; takes the sockets of those that do not out of their rooms. Answers
/// whether this node was known: if it beat before and is not, others took it for lost, and its
/// sockets have no seats any more.
/// `by_machine` is the machine's clock: a demo's clock that leaps must not kill nodes.
///
/// # Errors
/// Faults of the store.
pub fn beat(
    tx: &mut Tx<'_>,
    context_of: &mut dyn FnMut(&mut Tx<'_>, i64) -> Result<Context, Error>,
    node: NodeId,
    (by_machine, now): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let silent_since = by_machine.checked_sub(NODE_SILENT).unwrap_or(Timestamp::MIN);
    let (lost, was_known) = store::beat(tx, node, by_machine, silent_since)?;
    if lost.is_empty() {
        return Ok(was_known);
    }
    let since = now.checked_sub(ROOM_LASTS).unwrap_or(Timestamp::MIN);
    for (key, office, kept) in store::rooms_since(tx, since)? {
        for node in &lost {
            if kept.room.connections().any(|it| it.node == *node) {
                let context = context_of(tx, office)?;
                tx.hold(&format!("room {}", key.application))?;
                if let Some(kept) = store::room(tx, key)? {
                    take(tx, &context, key, kept, What::NodeLost { node: *node })?;
                }
            }
        }
    }
    Ok(was_known)
}
