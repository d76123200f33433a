//! Carrying out what was approved: some records in each unit of work, so that a restart loses
//! nothing and goes on where it was.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rules::records::retention::{Keeper, due};

use super::subject::{self, Subject};
use super::{Tombstone, batch, erasure, mark, midnight, store, today};
use crate::app::{App, Context};
use crate::duties::keep_on;
use crate::error::Error;
use crate::records::holds;
use crate::secrets::sha256;
use crate::store::Tx;

/// So many records are judged in one unit of work.
const AT_ONCE: u16 = 20;
/// How often a thread looks whether something was approved.
const LOOKS_EVERY: Duration = Duration::from_secs(5);

/// Carries out what is approved, until `stop` is set. Runs on a thread of its own.
pub fn keep_carrying(app: &App, stop: &AtomicBool) {
    let mut next = std::time::Instant::now();
    keep_on(stop, "retention", || {
        // Looked at often enough to end in time, and asked of the store rarely.
        if std::time::Instant::now() < next {
            return Duration::from_millis(250);
        }
        match carry_on(app) {
            Ok(true) => {}
            Ok(false) => next = std::time::Instant::now() + LOOKS_EVERY,
            Err(error) => {
                tracing::error!(?error, "an approved deletion could not be carried out");
                next = std::time::Instant::now() + LOOKS_EVERY;
            }
        }
        Duration::ZERO
    });
}

/// What one step came to.
struct Step {
    tombstones: Vec<Tombstone>,
    is_finished: bool,
}

/// Deletes some records of a batch that is approved. Answers whether there was one: done again and
/// again, it ends.
///
/// Each record is judged anew. What came under a hold, or was changed since it was listed, is left,
/// and the batch tells so.
///
/// # Errors
/// Faults of the store; [`Error::Busy`] while somebody reads an older state of the file. What was
/// not deleted is deleted next time.
pub fn carry_on(app: &App) -> Result<bool, Error> {
    let shared = app.clone();
    let work = move |tx: &mut Tx<'_>| match store::next_approved(tx)? {
        None => Ok(None),
        Some((id, office)) => {
            let context = shared.context(shared.office_of(tx, office)?);
            step(tx, &context, id).map(Some)
        }
    };
    let Some(step) = app.store.write_blocking::<_, _, Error>(work)? else { return Ok(false) };
    if let Some(ledger) = &app.ledger {
        ledger.append(&step.tombstones)?;
    }
    if step.is_finished {
        app.store.forget_deleted()?;
    }
    Ok(true)
}

fn step(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Step, Error> {
    // No hold is made between the judgment and the deletion.
    tx.hold(&holds::turn(context))?;
    // Another node may be at the same batch.
    tx.hold(&format!("retention batch {id}"))?;
    let batch = batch(tx, context, id)?;
    let Some(number) = batch.number.filter(|_| batch.is_open()) else {
        return Ok(Step { tombstones: Vec::new(), is_finished: false });
    };
    let office = context.office.id;
    // What the office keeps for longer by now, it keeps.
    let months = batch.months.max(context.office.practice.retention.of(batch.class));
    let mut tombstones = Vec::new();
    for item in store::items_to_delete(tx, id, AT_ONCE)? {
        let found = subject::load(tx, context, batch.class, item.subject)?;
        let judged = found.ok_or(Keeper::Changed).and_then(|Subject { proof, kept, .. }| {
            due(batch.class, &kept, months, today(context))?;
            let is_same = kept.closed_on == Some(item.closed_on);
            is_same.then_some(proof).ok_or(Keeper::Changed)
        });
        match judged {
            Err(keeper) => store::leave_item(tx, id, item.subject, keeper)?,
            Ok(proof) => {
                let before = midnight(batch.over_before());
                erasure::erase(tx, context, (batch.class, item.subject), before)?;
                store::delete_item(tx, id, item.subject)?;
                let tombstone = Tombstone {
                    office: context.office.slug.clone(),
                    class: batch.class,
                    number,
                    over_before: batch.over_before(),
                    mark: mark(&context.keys, batch.class, &proof).as_str().to_owned(),
                    deleted_at: context.now,
                };
                store::insert_tombstone(tx, office, &tombstone)?;
                tombstones.push(tombstone);
            }
        }
    }
    store::count_deleted(tx, id, i64::try_from(tombstones.len()).unwrap_or(i64::MAX))?;
    let is_finished = store::items_to_delete(tx, id, 1)?.is_empty();
    if is_finished {
        let marks = store::marks_of(tx, office, number)?;
        let digest = sha256(marks.join("\n").as_bytes());
        store::finish(tx, id, context.now, digest.as_str())?;
    }
    Ok(Step { tombstones, is_finished })
}
