//! The register of demands under a law (article 5(2)): who asked for what, whether the paper is
//! theirs, what two people decided, and what was handed over.
//!
//! An entry is never overwritten. Each change is a revision of its own, and whoever changes an
//! entry names the revision that was seen.

mod files;
pub mod pages;
pub mod store;
mod stored;

pub(super) use files::written;
pub use files::{FileLine, file, files, prepare};

use jiff::Timestamp;
use rules::people::FreeText;
use rules::records::disclosure::{
    Approval, Authenticity, Decision, Demand, Draft, Entry, HandedOver, Lifted, Sha256,
    check_approval,
};
use rules::schedule::TOKYO;

use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// What a revision did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The demand was entered.
    Entered,
    /// The demand was written otherwise.
    Rewritten,
    /// The call back was recorded.
    Checked,
    /// A decision was drafted.
    Drafted,
    /// The draft was approved.
    Approved,
    /// What was approved was handed over.
    HandedOver,
    /// The secrecy was lifted.
    Lifted,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 7] = [
        Self::Entered,
        Self::Rewritten,
        Self::Checked,
        Self::Drafted,
        Self::Approved,
        Self::HandedOver,
        Self::Lifted,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Rewritten => "rewritten",
            Self::Checked => "checked",
            Self::Drafted => "drafted",
            Self::Approved => "approved",
            Self::HandedOver => "handed_over",
            Self::Lifted => "lifted",
        }
    }

    /// Reads [`Change::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// An entry as of one of its revisions.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Number in the store.
    pub id: i64,
    /// The year of its number.
    pub year: i16,
    /// Which of that year.
    pub serial: i64,
    /// Which revision this is, the first as 1.
    pub revision: u32,
    /// What that revision did.
    pub change: Change,
    /// Who did it.
    pub staff: String,
    /// When.
    pub at: Timestamp,
    /// What the entry says since.
    pub entry: Entry,
}

impl Kept {
    /// The number in the register, as in 開示-2026-001.
    pub fn number(&self) -> String {
        format!("開示-{}-{:03}", self.year, self.serial)
    }
}

/// Enters a demand. Answers the number of the entry in the store.
///
/// # Errors
/// [`Refusal::NoSuchPerson`] for an application of another office.
pub fn enter(tx: &mut Tx<'_>, context: &Context, demand: Demand, staff: i64) -> Result<i64, Error> {
    let entry = Entry {
        demand,
        written_by: staff,
        authenticity: None,
        decision: Decision::Open,
        lifted: None,
    };
    let year = context.now.to_zoned(TOKYO.clone()).year();
    // Two officers must not draw the same number at once.
    tx.hold(&format!("disclosures of office {}", context.office.id))?;
    let id = store::insert(tx, context, year)?;
    keep(tx, context, (id, 1), (&entry, Change::Entered), staff)?;
    Ok(id)
}

/// An entry as it is now.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn entry(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Kept, Error> {
    history(tx, context, id)?.pop().ok_or(Error::Missing)
}

/// Every revision of an entry, the first one first.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn history(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Kept>, Error> {
    let rows = store::history(tx, context.office.id, id)?;
    let kept = stored::open_all(context, rows)?;
    if kept.is_empty() { Err(Error::Missing) } else { Ok(kept) }
}

/// The register: what is open first, the oldest first; then what is closed, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn register(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Kept>, Error> {
    let mut open = stored::open_all(context, store::register(tx, context.office.id)?)?;
    let number = |kept: &Kept| (kept.year, kept.serial);
    open.sort_by_key(number);
    let (open, mut closed): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|kept| kept.entry.is_open());
    closed.reverse();
    Ok(open.into_iter().chain(closed).collect())
}

/// The entries that are about an application, secret ones included: whoever asks decides what may
/// be told.
///
/// # Errors
/// Faults of the store.
pub fn of_application(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<Kept>, Error> {
    let rows = store::of_application(tx, context.office.id, application)?;
    let mut found = stored::open_all(context, rows)?;
    found.retain(|kept| kept.entry.applications().contains(&application));
    Ok(found)
}

/// Whether any entry was ever about an application, as one of its revisions said.
///
/// # Errors
/// Faults of the store.
pub fn was_ever_about(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<bool, Error> {
    Ok(!store::of_application(tx, context.office.id, application)?.is_empty())
}

/// The applications that an entry was ever about.
///
/// # Errors
/// Faults of the store.
pub fn ever_about(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<i64>, Error> {
    store::ever_about(tx, context.office.id, id)
}

/// Notes that somebody read an entry, with each person whom it is about.
///
/// # Errors
/// Faults of the store.
pub fn note_read(
    tx: &mut Tx<'_>,
    context: &Context,
    (kept, staff): (&Kept, i64),
    act: &str,
) -> Result<(), Error> {
    for application in kept.entry.applications() {
        application::note_access_for(tx, context, (application, staff, kept.id), act)?;
    }
    Ok(())
}

/// An entry as somebody saw it: its number and the revision.
pub type Seen = (i64, u32);

/// Writes the demand otherwise. That secrecy was asked is not unsaid by this, only lifted.
///
/// # Errors
/// [`Refusal::EntryChanged`], [`Refusal::EntryClosed`], [`Refusal::NoSuchPerson`].
pub fn rewrite(
    tx: &mut Tx<'_>,
    context: &Context,
    seen: Seen,
    demand: Demand,
    staff: i64,
) -> Result<(), Error> {
    revise(tx, context, seen, (Change::Rewritten, staff), |entry| {
        changeable(entry)?;
        let secrecy_asked = demand.secrecy_asked || entry.demand.secrecy_asked;
        entry.demand = Demand { secrecy_asked, ..demand };
        entry.written_by = staff;
        Ok(())
    })
}

/// Records the call back.
///
/// # Errors
/// As [`rewrite`]; [`Refusal::InTheFuture`].
pub fn check(
    tx: &mut Tx<'_>,
    context: &Context,
    seen: Seen,
    call: Authenticity,
) -> Result<(), Error> {
    let (now, staff) = (context.now, call.by);
    revise(tx, context, seen, (Change::Checked, staff), |entry| {
        changeable(entry)?;
        if call.at > now {
            return Err(Refusal::InTheFuture.into());
        }
        entry.authenticity = Some(call);
        Ok(())
    })
}

/// Drafts a decision, in place of an earlier draft.
///
/// # Errors
/// As [`rewrite`]; [`Refusal::ReasonMissing`].
pub fn draft(tx: &mut Tx<'_>, context: &Context, seen: Seen, draft: Draft) -> Result<(), Error> {
    let staff = draft.drafter;
    revise(tx, context, seen, (Change::Drafted, staff), |entry| {
        changeable(entry)?;
        if draft.reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        entry.decision = Decision::Drafted(draft);
        Ok(())
    })
}

/// Approves the draft that was seen.
///
/// # Errors
/// [`Refusal::Incomplete`] with everything that is missing; as [`rewrite`].
pub fn approve(tx: &mut Tx<'_>, context: &Context, seen: Seen, staff: i64) -> Result<(), Error> {
    let now = context.now;
    revise(tx, context, seen, (Change::Approved, staff), |entry| {
        changeable(entry)?;
        check_approval(entry, staff, now).map_err(Refusal::Incomplete)?;
        let approval = Approval { approver: staff, at: now };
        let drafted = entry.draft().cloned().ok_or(Refusal::EntryClosed)?;
        entry.decision = Decision::Approved(drafted, approval);
        Ok(())
    })
}

/// Records that what was approved was handed over. `digest` is of what was handed over in fact.
///
/// # Errors
/// [`Refusal::OtherFile`] when that is not what was approved; [`Refusal::EntryClosed`] when nothing
/// is to be handed over; [`Refusal::InTheFuture`], [`Refusal::EntryChanged`].
pub fn hand_over(
    tx: &mut Tx<'_>,
    context: &Context,
    seen: Seen,
    given: HandedOver,
    digest: &Sha256,
) -> Result<(), Error> {
    let (now, staff) = (context.now, given.by);
    revise(tx, context, seen, (Change::HandedOver, staff), |entry| {
        let Decision::Approved(draft, approval) = &entry.decision else {
            return Err(Refusal::EntryClosed.into());
        };
        if !draft.outcome.gives() {
            return Err(Refusal::EntryClosed.into());
        }
        if draft.digest.as_ref() != Some(digest) {
            return Err(Refusal::OtherFile.into());
        }
        if given.at > now {
            return Err(Refusal::InTheFuture.into());
        }
        if given.at < approval.at {
            return Err(Refusal::TooEarly.into());
        }
        entry.decision = Decision::HandedOver(draft.clone(), *approval, given);
        Ok(())
    })
}

/// Lifts the secrecy of an entry, with a reason: from now on the person may be told of it.
///
/// # Errors
/// [`Refusal::EntryClosed`] when it is not secret; [`Refusal::ReasonMissing`],
/// [`Refusal::EntryChanged`].
pub fn lift_secrecy(
    tx: &mut Tx<'_>,
    context: &Context,
    seen: Seen,
    (reason, staff): (FreeText, i64),
) -> Result<(), Error> {
    let at = context.now;
    revise(tx, context, seen, (Change::Lifted, staff), |entry| {
        if !entry.is_secret() {
            return Err(Refusal::EntryClosed.into());
        }
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        entry.lifted = Some(Lifted { at, by: staff, reason });
        Ok(())
    })
}

fn changeable(entry: &Entry) -> Result<(), Error> {
    if entry.is_changeable() { Ok(()) } else { Err(Refusal::EntryClosed.into()) }
}

/// The one way in which an entry changes: what was seen is what is, and a revision is added.
fn revise(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, seen): Seen,
    (change, staff): (Change, i64),
    work: impl FnOnce(&mut Entry) -> Result<(), Error>,
) -> Result<(), Error> {
    tx.hold(&format!("disclosure {id}"))?;
    let Kept { revision, mut entry, .. } = self::entry(tx, context, id)?;
    if revision != seen {
        return Err(Refusal::EntryChanged.into());
    }
    work(&mut entry)?;
    keep(tx, context, (id, revision + 1), (&entry, change), staff)
}

fn keep(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, revision): Seen,
    (entry, change): (&Entry, Change),
    staff: i64,
) -> Result<(), Error> {
    for application in entry.applications() {
        let found = application::load(tx, context, application);
        found.map_err(|error| match error {
            Error::Missing => Refusal::NoSuchPerson.into(),
            other => other,
        })?;
        store::link(tx, id, application)?;
    }
    let sealed = stored::seal(context, (id, revision), entry)?;
    let new = store::NewRevision { disclosure: id, revision, change, sealed, staff };
    store::insert_revision(tx, new, context.now)
}
