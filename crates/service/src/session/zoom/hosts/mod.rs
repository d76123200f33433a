//! The pool of hosts: a host is a resource like a counsellor, held by the same rule.

pub(super) mod store;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::schedule::Slot;
use rules::session::zoom::{self, Host, NoHost, budget_day, may_spend};

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::schedule;
use crate::store::Tx;

/// A Zoom user who is to hold sessions of an office.
#[derive(Clone, Debug)]
pub struct NewHost {
    /// Zoom's id of the user, or the address by which they sign in to Zoom.
    pub zoom_user: String,
    /// How many meetings they can hold at once: one, or two where the plan allows
    /// (support.zoom.com KB0068522).
    pub at_once: u8,
}

/// A host as the store keeps it.
#[derive(Clone, Debug)]
pub struct KeptHost {
    /// Number in the store.
    pub id: i64,
    /// How Zoom is asked for them.
    pub zoom_user: String,
    /// Their number with Zoom, once it was told.
    pub zoom_id: Option<String>,
    /// How many meetings they can hold at once.
    pub at_once: u8,
    /// Zoom refused to let them hold a meeting: not asked again before.
    pub rests_until: Option<Timestamp>,
}

/// Adds a host to an office's pool, or brings one back.
///
/// # Errors
/// [`Refusal::Shape`] for a name that is none; [`Refusal::LoginTaken`] when they are in the pool
/// of an office already.
pub fn add_host(tx: &mut Tx<'_>, office: i64, host: &NewHost, now: Timestamp) -> Result<(), Error> {
    let name = &host.zoom_user;
    let shaped =
        !name.is_empty() && name.len() <= 128 && name.chars().all(|c| c.is_ascii_graphic());
    if !shaped || name.contains(['/', '?', '#', '%']) || !(1..=2).contains(&host.at_once) {
        return Err(Refusal::Shape.into());
    }
    match store::insert_host(tx, office, host, now)? {
        0 => Err(Refusal::LoginTaken.into()),
        _ => Ok(()),
    }
}

/// Takes a host out of the pool. Meetings that they hold already stay.
///
/// # Errors
/// [`Error::Missing`].
pub fn end_host(tx: &mut Tx<'_>, zoom_user: &str, now: Timestamp) -> Result<(), Error> {
    match store::end_host(tx, zoom_user, now)? {
        0 => Err(Error::Missing),
        _ => Ok(()),
    }
}

/// The pool of an office.
///
/// # Errors
/// Faults of the store.
pub fn hosts(tx: &mut Tx<'_>, office: i64) -> Result<Vec<KeptHost>, Error> {
    store::hosts(tx, office)
}

/// Chooses a host for a session and keeps them for it, or says why none can hold it.
pub(super) fn reserve(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    slot: Slot,
) -> Result<Result<KeptHost, NoHost>, Error> {
    let office = context.office.id;
    // Two nodes must neither keep one host twice nor spend the last of a day twice.
    tx.hold(&format!("zoom hosts of office {office}"))?;
    let kept = store::hosts(tx, office)?;
    let cells = zoom::cells(slot);
    let taken = schedule::hosts_taken(tx, application, cells.clone())?;
    let spent = store::spent_by_all(tx, office, &budget_day(context.now).to_string())?;
    let as_host = |host: &KeptHost| {
        let places_taken = taken.iter().filter(|(id, _)| *id == host.id).count();
        let rests = host.rests_until.is_some_and(|until| until > context.now);
        Host {
            id: host.id,
            spent: spent.get(&host.id).copied().unwrap_or_default(),
            is_free: places_taken < usize::from(host.at_once) && !rests,
        }
    };
    let pool: Vec<Host> = kept.iter().map(as_host).collect();
    let chosen = match zoom::choose(&pool, slot, context.now) {
        Ok(id) => kept.into_iter().find(|host| host.id == id).ok_or(Error::Missing)?,
        Err(why) => return Ok(Err(why)),
    };
    match schedule::hold_host(tx, application, (chosen.id, chosen.at_once), cells)? {
        true => Ok(Ok(chosen)),
        false => Ok(Err(NoHost::Busy)),
    }
}

/// Keeps the host of a meeting for its session at the time that it has now; false when another
/// session has them then.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (host, at_once): (i64, u8),
    slot: Slot,
) -> Result<bool, Error> {
    tx.hold(&format!("zoom hosts of office {}", context.office.id))?;
    schedule::hold_host(tx, application, (host, at_once), zoom::cells(slot))
}

/// Spends one of the meetings that may be made or changed for a host today; false when none is
/// left. Written before Zoom is asked, so that the limit is never passed.
pub(super) fn spend(
    tx: &mut Tx<'_>,
    context: &Context,
    host: i64,
    slot: Slot,
) -> Result<bool, Error> {
    tx.hold(&format!("zoom hosts of office {}", context.office.id))?;
    let day = budget_day(context.now).to_string();
    let may = may_spend(store::spent(tx, host, &day)?, slot, context.now);
    if may {
        store::add_spent(tx, host, &day)?;
    }
    Ok(may)
}

/// Leaves a host alone for a while.
pub(super) fn rest(tx: &mut Tx<'_>, host: i64, until: Timestamp) -> Result<(), Error> {
    store::rest(tx, host, until)
}

/// Numbers that Zoom gives its users who hold sessions of an office.
pub(super) fn zoom_ids(tx: &mut Tx<'_>, office: i64) -> Result<Vec<String>, Error> {
    store::zoom_ids(tx, office)
}

/// Gives back what was spent for a host on a day: Zoom was not asked, or did not count it.
pub(super) fn give_back(tx: &mut Tx<'_>, host: i64, day: &str) -> Result<(), Error> {
    store::take_back(tx, host, day)
}

/// How many meetings were made or changed on a day for each host of an office who had any.
pub(super) fn spent_by_all(
    tx: &mut Tx<'_>,
    office: i64,
    day: &str,
) -> Result<BTreeMap<i64, u16>, Error> {
    store::spent_by_all(tx, office, day)
}

/// Notes the number that Zoom gives a host: by it they are known among participants.
pub(super) fn note_zoom_id(tx: &mut Tx<'_>, host: i64, zoom_id: &str) -> Result<(), Error> {
    store::note_zoom_id(tx, host, zoom_id)
}

/// Forgets the budgets of days before an instant's.
pub(super) fn purge(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    store::purge(tx, &budget_day(before).to_string())
}
