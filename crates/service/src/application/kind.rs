//! What an application asks for, once staff see that it is something else than what was wished
//! (article 6). Each change keeps its reason and who made it.

use jiff::Timestamp;
use rules::application::{Kind, KindRefusal, Step};
use rules::people::FreeText;
use rules::schedule::Slot;

use super::{Application, answer::locked, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::secrets::Purpose;
use crate::store::Tx;

/// A change of what an application asks for. Holds words about a person: no `Debug`.
#[derive(Clone)]
pub struct KindChange {
    /// What it was changed to.
    pub kind: Kind,
    /// By whom.
    pub officer: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What an application of this office asks for.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn kind_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Kind, Error> {
    store::kind_of(tx, context.office.id, id)?.ok_or(Error::Missing)
}

/// Changes it, until a time is confirmed.
///
/// # Errors
/// [`Refusal::Kind`] without a reason, for the kind that it has, or while a proposed time waits;
/// [`Refusal::Course`] once it is answered; [`Refusal::Shape`] for what is not one person's.
pub fn change_kind(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (kind, reason): (Kind, &FreeText),
    officer: i64,
) -> Result<(), Error> {
    let (application, _) = locked(tx, context, id)?;
    application.course.after(Step::ChangeWishes)?;
    if !Kind::OF_ONE.contains(&kind) || !Kind::OF_ONE.contains(&application.kind) {
        return Err(Refusal::Shape.into());
    }
    let refusal = match &application {
        it if it.kind == kind => Some(KindRefusal::Unchanged),
        it if it.proposal.is_some_and(|kept| context.now < kept.lapses_at) => {
            Some(KindRefusal::ProposalOpen)
        }
        _ if reason.is_empty() => Some(KindRefusal::NoReason),
        _ => None,
    };
    if let Some(refusal) = refusal {
        return Err(Refusal::Kind(refusal).into());
    }
    let sealed = seal(context, id, reason.reveal());
    store::change_kind(tx, (id, kind), (officer, context.now), sealed)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// What an application was changed to, the first change first.
///
/// # Errors
/// Faults of the store.
pub fn kind_changes(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<KindChange>, Error> {
    let rows = store::kind_changes(tx, context.office.id, id)?;
    let open = |(kind, officer, at, sealed): (Kind, String, Timestamp, Vec<u8>)| {
        let plain = context.keys.open_text(Purpose::Care, &place(id, at), &sealed);
        let reason = plain.map_err(anyhow::Error::from)?.to_string();
        Ok(KindChange { kind, officer, at, reason })
    };
    rows.into_iter().map(open).collect()
}

fn seal(context: &Context, id: i64, reason: &str) -> Vec<u8> {
    context.keys.seal(Purpose::Care, &place(id, context.now), reason.as_bytes())
}

fn place(id: i64, at: Timestamp) -> String {
    format!("kind_changes/{id}/{}", at.as_millisecond())
}

impl Application {
    /// The wished times, each as long as sessions of this kind are in the office.
    pub fn wishes_of_kind(&self, context: &Context) -> Vec<Slot> {
        let all = self.kind.minutes(&context.office.practice);
        let of_kind = |wish: &Slot| Slot { minutes: all.unwrap_or(wish.minutes), ..*wish };
        self.wishes.iter().map(of_kind).collect()
    }
}
