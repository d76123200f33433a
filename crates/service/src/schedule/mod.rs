//! Openings of counsellors and the holds that keep a slot for one person only.

mod counsellors;
pub mod desk;
pub mod groups;
mod hosts;
mod serving;
pub mod store;

pub use counsellors::{
    CounsellorChange, LeaveLine, add_leave, change_counsellor, every_counsellor, from_elsewhere,
    leave_of, remove_leave,
};
pub use groups::Holder;
pub use hosts::{hold_host, hosts_taken, release_host};
pub use serving::{Served, serve, served_by, stop_serving};

use std::collections::BTreeSet;
use std::ops::Range;

use rules::schedule::{Ask, Counsellor, Held, Opening, Skill, Slot, WeeklyHours, openings};

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::secrets::Digest;
use crate::store::Tx;

/// Something that can be in one session at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A counsellor, by number.
    Counsellor(i64),
    /// A jobseeker, by the keyed digest of the 求職番号.
    Person(String),
    /// A host in Zoom, by number, and which of the host's places.
    ZoomHost(i64, u8),
    /// A seat of a group session: number of the group, and of the seat from 1.
    Seat(i64, u16),
}

impl Resource {
    /// The jobseeker behind a digest of a number.
    pub fn person(number: &Digest) -> Self {
        Self::Person(number.as_str().to_owned())
    }

    fn key(&self) -> String {
        match self {
            Self::Counsellor(id) => format!("c{id}"),
            Self::Person(digest) => format!("p{digest}"),
            Self::ZoomHost(id, place) => format!("z{id}.{place}"),
            Self::Seat(group, seat) => format!("g{group}.{seat}"),
        }
    }

    /// Reads the key of a host back: number and place.
    fn host_of(key: &str) -> Option<(i64, u8)> {
        let (id, place) = key.strip_prefix('z')?.split_once('.')?;
        Some((id.parse().ok()?, place.parse().ok()?))
    }
}

/// A counsellor as the desk names them.
#[derive(Clone, Debug)]
pub struct NamedCounsellor {
    /// What the rules need: hours, leave, skills.
    pub rule: Counsellor,
    /// The name as staff see it.
    pub name: String,
    /// The account of the same person, if there is one.
    pub staff: Option<i64>,
    /// The number of the counsellor's own office; others may be served too.
    pub home: i64,
}

/// A counsellor to be added.
#[derive(Clone, Debug)]
pub struct NewCounsellor {
    /// The name as staff see it.
    pub name: String,
    /// The account of the same person, if there is one.
    pub staff: Option<i64>,
    /// Regular hours of online counselling.
    pub hours: Vec<WeeklyHours>,
    /// What they can do beyond counselling in Japanese.
    pub skills: BTreeSet<Skill>,
}

/// Adds a counsellor to an office. Answers the number.
///
/// # Errors
/// Faults of the store.
pub fn add_counsellor(
    tx: &mut Tx<'_>,
    office: i64,
    counsellor: &NewCounsellor,
) -> Result<i64, Error> {
    store::insert_counsellor(tx, office, counsellor)
}

/// The counsellors who serve an office and are at work, with their leave.
///
/// # Errors
/// Faults of the store.
pub fn counsellors(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<NamedCounsellor>, Error> {
    store::counsellors(tx, context.office.id)
}

/// Free times that a jobseeker may wish for.
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store.
pub fn open_times(tx: &mut Tx<'_>, context: &Context, ask: &Ask) -> Result<Vec<Opening>, Error> {
    let counsellors: Vec<Counsellor> =
        counsellors(tx, context)?.into_iter().map(|named| named.rule).collect();
    let cells = cells_of_days(ask);
    let held: Held = store::held(tx, context.office.id, cells)?.into_iter().collect();
    let bounds = context.office.bounds(context.now)?;
    Ok(openings(ask, &counsellors, &held, &bounds, context.now))
}

/// Keeps `slot` for an application, or for a group session: such as a counsellor and a person, in
/// five-minute cells.
///
/// # Errors
/// [`Refusal::SlotTaken`] or [`Refusal::PersonBusy`] when another holds a cell; nothing is kept
/// then once the caller's unit of work is rolled back.
pub fn hold(
    tx: &mut Tx<'_>,
    context: &Context,
    holder: impl Into<Holder>,
    slot: &Slot,
    resources: &[&Resource],
) -> Result<(), Error> {
    let holder = holder.into().number();
    let buffer = i64::from(context.office.practice.buffer_minutes).div_euclid(5);
    for resource in resources {
        let mut cells = slot.cells();
        let refusal = match resource {
            Resource::Counsellor(_) => {
                cells.end += buffer;
                Refusal::SlotTaken
            }
            Resource::Person(_) => Refusal::PersonBusy,
            Resource::ZoomHost(..) | Resource::Seat(..) => Refusal::SlotTaken,
        };
        let wanted = u64::try_from(cells.end - cells.start).unwrap_or_default();
        if store::hold(tx, &resource.key(), cells, holder)? != wanted {
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// Gives back every cell that an application, or a group session, holds.
///
/// # Errors
/// Faults of the store.
pub fn release(tx: &mut Tx<'_>, holder: impl Into<Holder>) -> Result<(), Error> {
    store::release(tx, holder.into().number())
}

/// The cells of the days that `ask` covers, with a day's margin for time zones.
fn cells_of_days(ask: &Ask) -> Range<i64> {
    const CELLS_OF_A_DAY: i64 = 24 * 60 / 5;
    let midnight = ask.from.to_zoned(rules::schedule::TOKYO.clone());
    let first = midnight.map_or(0, |zoned| zoned.timestamp().as_second().div_euclid(300));
    first..first + CELLS_OF_A_DAY * (i64::from(ask.days) + 1)
}
