//! Records whose period is over: listed by one officer, approved by another, deleted, certified.
//!
//! Nothing is deleted because a day has come. A legal hold wins over everything, when a batch is
//! listed and once more when it is carried out (docs/decisions/0014).

mod carry;
pub mod erasure;
mod ledger;
pub mod pages;
pub mod store;
mod subject;

pub use carry::{carry_on, keep_carrying};
pub use ledger::{Ledger, Reapplied, Tombstone, reapply};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::people::FreeText;
use rules::records::retention::{
    Keeper, RecordClass, RetentionRefusal, check_approval, due, over_before,
};
use rules::schedule::TOKYO;
use serde_json::{Value, json};

use crate::app::{App, Context};
use crate::error::{Error, Refusal};
use crate::secrets::{Digest, Keys, Purpose};
use crate::store::Tx;
use crate::terms::trial::Moment;

/// So many records stand in one batch: as many as somebody can review.
pub const ITEMS_AT_MOST: usize = 1_000;
/// A batch that nobody decided, or that is not finished, after this time is pointed out.
const WAITS_AT_MOST: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Year and serial of a certificate.
pub type Number = (i64, i64);

/// A batch, as the desk lists it.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Number in the store.
    pub id: i64,
    /// What is in it.
    pub class: RecordClass,
    /// The day as of which it was listed.
    pub as_of: Date,
    /// For how many months the class was kept then.
    pub months: u16,
    /// Who listed it: number and name.
    pub listed_by: (i64, String),
    /// When.
    pub listed_at: Timestamp,
    /// What another officer decided.
    pub decision: Option<Decision>,
    /// The certificate's, once it is approved.
    pub number: Option<Number>,
    /// How many records were deleted.
    pub deleted: i64,
    /// When the last one was judged.
    pub finished_at: Option<Timestamp>,
    /// The digest of the certificate: over the marks of all that was deleted.
    pub digest: Option<String>,
    /// How many are listed and not deleted.
    pub listed: i64,
    /// How many are kept back.
    pub kept_back: i64,
}

/// What was decided about a batch. Its reason may tell of a person.
#[derive(Clone)]
pub struct Decision {
    /// Who.
    pub officer: String,
    /// When.
    pub at: Timestamp,
    /// Whether it may be deleted.
    pub approved: bool,
    /// Why not.
    pub reason: String,
}

impl std::fmt::Debug for Decision {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Decision(approved: {})", self.approved)
    }
}

impl Batch {
    /// The number of the certificate.
    pub fn certificate(&self) -> Option<String> {
        self.number.map(certificate)
    }

    /// What was closed before this day is in it.
    pub fn over_before(&self) -> Date {
        over_before(self.months, self.as_of)
    }

    /// Whether it waits for a decision, or to be carried out.
    pub fn is_open(&self) -> bool {
        match &self.decision {
            None => true,
            Some(decision) => decision.approved && self.finished_at.is_none(),
        }
    }

    /// Whether it has been waiting for too long.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && now.duration_since(self.listed_at) > WAITS_AT_MOST
    }
}

/// The number of a certificate, as in 廃棄-2026-001.
fn certificate((year, serial): Number) -> String {
    format!("廃棄-{year}-{serial:03}")
}

/// A record in a batch.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its receipt or number; none when it is gone.
    pub name: Option<String>,
    /// When it was closed.
    pub closed_on: Date,
    /// Since when it may be deleted.
    pub due_on: Date,
    /// What keeps it back.
    pub keeper: Option<Keeper>,
    /// Whether that was found only when the batch was carried out.
    pub is_left: bool,
}

/// Where a class stands today.
#[derive(Clone, Copy, Debug)]
pub struct ClassLine {
    /// The class.
    pub class: RecordClass,
    /// For how many months it is kept.
    pub months: u16,
    /// How many records are past that, those that something keeps back included.
    pub over: usize,
    /// The batch that waits, if one does.
    pub open: Option<i64>,
}

fn today(context: &Context) -> Date {
    context.now.to_zoned(TOKYO.clone()).date()
}

/// The first instant of a day in Japan.
fn midnight(day: Date) -> Timestamp {
    TOKYO.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN)
}

/// The mark of a record: its number under a key, so that whoever has the number can show that it
/// was deleted, and nobody can read it from the mark.
fn mark(keys: &Keys, class: RecordClass, name: &str) -> Digest {
    let label = match class {
        RecordClass::Disclosure | RecordClass::OwnRequest | RecordClass::Report => class.code(),
        _ => "receipt",
    };
    keys.digest(&format!("retention/{label}"), name)
}

/// Every class as it stands today, and every batch, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn overview(tx: &mut Tx<'_>, context: &Context) -> Result<(Vec<ClassLine>, Vec<Batch>), Error> {
    let batches = batches(tx, context)?;
    let mut lines = Vec::new();
    for class in RecordClass::ALL {
        let months = context.office.practice.retention.of(class);
        let over = subject::count_over(tx, context, class, over_before(months, today(context)))?;
        let open = batches.iter().find(|batch| batch.class == class && batch.is_open());
        lines.push(ClassLine { class, months, over, open: open.map(|batch| batch.id) });
    }
    Ok((lines, batches))
}

/// Every batch of the office, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn batches(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Batch>, Error> {
    let rows = store::batches(tx, context.office.id)?;
    rows.into_iter().map(|row| opened(context, row)).collect()
}

/// Lists what of a class may be deleted today, and what something keeps back. Nothing is deleted by
/// this. Answers the number of the batch.
///
/// # Errors
/// [`Refusal::Retention`] while a batch of the class waits, or when nothing may be deleted.
pub fn list(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    staff: i64,
) -> Result<i64, Error> {
    tx.hold(&format!("retention of office {}", context.office.id))?;
    let open = batches(tx, context)?;
    if open.iter().any(|batch| batch.class == class && batch.is_open()) {
        return Err(Refusal::Retention(RetentionRefusal::BatchOpen).into());
    }
    let (today, months) = (today(context), context.office.practice.retention.of(class));
    let over = over_before(months, today);
    let (mut due_now, mut kept_back) = (Vec::new(), Vec::new());
    for id in subject::candidates(tx, context, class, over)? {
        let Some(subject::Subject { kept, .. }) = subject::load(tx, context, class, id)? else {
            continue;
        };
        let Some(closed_on) = kept.closed_on else { continue };
        match due(class, &kept, months, today) {
            Ok(_) => due_now.push((id, closed_on, None)),
            Err(Keeper::Open | Keeper::Period) => {}
            Err(keeper) => kept_back.push((id, closed_on, Some(keeper))),
        }
        if due_now.len() == ITEMS_AT_MOST {
            break;
        }
    }
    if due_now.is_empty() {
        return Err(Refusal::Retention(RetentionRefusal::NothingDue).into());
    }
    kept_back.truncate(ITEMS_AT_MOST);
    let batch = store::insert_batch(tx, context, (class, today, months), staff)?;
    for (subject, closed_on, keeper) in due_now.into_iter().chain(kept_back) {
        let item = store::ItemRow { subject, closed_on, keeper, is_left: false };
        store::insert_item(tx, batch, item)?;
    }
    Ok(batch)
}

/// A batch of this office.
///
/// # Errors
/// [`Error::Missing`].
pub fn batch(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Batch, Error> {
    let found = store::one_batch(tx, context.office.id, id)?;
    opened(context, found.ok_or(Error::Missing)?)
}

/// What stands in a batch: what may be deleted first, then what something keeps back.
///
/// # Errors
/// Faults of the store.
pub fn items(tx: &mut Tx<'_>, context: &Context, batch: &Batch) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for row in store::items(tx, batch.id)? {
        let found = subject::load(tx, context, batch.class, row.subject)?;
        items.push(Item {
            name: found.map(|subject| subject.name),
            closed_on: row.closed_on,
            due_on: rules::records::retention::due_on(row.closed_on, batch.months),
            keeper: row.keeper,
            is_left: row.is_left,
        });
    }
    items.sort_by_key(|item| item.keeper.is_some());
    Ok(items)
}

/// Approves what another listed: from now on it is deleted, and a certificate follows.
///
/// # Errors
/// [`Refusal::Retention`] for who listed it, or when it is decided already; [`Error::Missing`].
pub fn approve(tx: &mut Tx<'_>, context: &Context, (id, staff): (i64, i64)) -> Result<(), Error> {
    let listed_by = batch(tx, context, id)?.listed_by.0;
    check_approval(listed_by, staff).map_err(Refusal::Retention)?;
    // Two approvals must not draw the same number at once.
    tx.hold(&format!("retention of office {}", context.office.id))?;
    let year = i64::from(today(context).year());
    let serial = store::last_serial(tx, context.office.id, year)? + 1;
    match store::decide(tx, context, (id, staff), Some((year, serial)), None)? {
        true => Ok(()),
        false => Err(Refusal::Retention(RetentionRefusal::Decided).into()),
    }
}

/// Rejects a batch, with a reason; what stands in it stays as it is.
///
/// # Errors
/// [`Refusal::ReasonMissing`]; [`Refusal::Retention`] when it is decided already;
/// [`Error::Missing`].
pub fn reject(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    reason: &FreeText,
) -> Result<(), Error> {
    batch(tx, context, id)?;
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let octets = reason.reveal().as_bytes();
    let sealed = context.keys.seal(Purpose::Personal, &reason_place(id), octets);
    match store::decide(tx, context, (id, staff), None, Some(sealed))? {
        true => Ok(()),
        false => Err(Refusal::Retention(RetentionRefusal::Decided).into()),
    }
}

/// That an application was deleted as a whole, for whoever asks by its receipt: under which
/// certificate, and when. Nothing when no such deletion is known.
///
/// # Errors
/// Faults of the store.
pub fn explain_deleted(tx: &mut Tx<'_>, app: &App, receipt: &str) -> Result<Option<Value>, Error> {
    let mark = mark(&app.keys, RecordClass::Session, receipt);
    let found = store::deleted_under(tx, mark.as_str())?;
    Ok(found.map(|(number, at)| {
        json!({
            "receipt": receipt,
            "decided": "deleted",
            "certificate": certificate(number),
            "at": Moment::from(at),
        })
    }))
}

fn reason_place(id: i64) -> String {
    format!("retention/{id}/reason")
}

fn opened(context: &Context, (mut batch, sealed): store::SealedBatch) -> Result<Batch, Error> {
    if let Some((decision, sealed)) = batch.decision.as_mut().zip(sealed) {
        let text = context.keys.open_text(Purpose::Personal, &reason_place(batch.id), &sealed);
        decision.reason = text.map_err(anyhow::Error::from)?.to_string();
    }
    Ok(batch)
}
