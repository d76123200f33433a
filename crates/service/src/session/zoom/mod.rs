//! Sessions in Zoom: a meeting for each, made and looked after without hand-work. What should be is
//! told by `rules::session::zoom`; `crate::zoom` is how Zoom is asked; here the one is brought in
//! line with the other, and what Zoom tells becomes facts.
//!
//! A session whose meeting may have to be looked at is wished for (`heed`) in the unit of work
//! that changed it. The keeper looks afterwards, by steps that each find what the last one left.

pub mod check;
mod hosts;
mod keeper;
pub mod pages;
mod poll;
mod problem;
pub mod reconcile;
mod signs;
pub mod store;
mod ways;
pub mod webhook;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rules::session::Channel;
use rules::session::room::SeatRole;
use rules::session::zoom::{Marker, Signs, read_signs};
use serde_json::{Value, json};

pub use hosts::{NewHost, add_host, end_host, hosts};
pub(crate) use keeper::run as keep_on_keeping;
pub use keeper::{Keeper, keep_due};
pub use poll::poll;
pub(crate) use poll::run as keep_on_asking;
pub use problem::Problem;
pub use signs::read_due;
pub use ways::Ways;

use crate::app::Context;
use crate::error::Error;
use crate::secrets::{Keys, random};
use crate::store::Tx;
use crate::terms::trial::Moment;
use crate::zoom::{Client, Secret};
use store::Meeting;

/// How this installation uses Zoom.
pub struct Zoom {
    /// Asks Zoom.
    pub client: Client,
    /// How everybody gets a link of their own.
    pub personal_links: PersonalLinks,
    /// What signs the webhook's messages: the one in use, and during a change the one before.
    pub webhook_secrets: Vec<Secret>,
}

/// How everybody gets a link of their own, under the name that the office gave (article 2(3)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonalLinks {
    /// By invite links: no registration, no address.
    InviteLinks,
    /// By registration with an address of this domain that is nobody's.
    Registrants(String),
}

/// Wishes that the meeting of a session be looked at, if it has or should have one. Called in each
/// unit of work that may have changed what should be.
///
/// # Errors
/// Faults of the store.
pub(crate) fn heed(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let is_zoom = super::channel(tx, context, application)? == Channel::Zoom;
    if is_zoom || store::is_wished(tx, application)? {
        store::wish(tx, application, context.office.id, context.now)?;
        tx.announce("duties", "meeting")?;
    }
    Ok(())
}

/// What the desk and the join page are told of a session's meeting. Holds credentials: no `Debug`.
#[derive(Default)]
pub struct View {
    /// How to join, once the meeting and the personal links are there.
    pub ways: Option<Ways>,
    /// Why there is no way to join yet, and since when.
    pub problem: Option<(Problem, Timestamp)>,
    /// Settings that the account holds otherwise than the office designates (article 5(4)).
    pub overridden: Vec<String>,
    /// What was seen of the meeting.
    pub signs: Signs,
}

/// What is known of a session's meeting.
///
/// # Errors
/// Faults of the store.
pub fn view(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<View, Error> {
    let mut view = View { problem: store::problem(tx, application)?, ..View::default() };
    if let Some(meeting) = store::meeting_of(tx, application)? {
        view.overridden = meeting.overridden();
        view.ways = ready(context, &meeting)?;
    }
    view.signs = signs_of(tx, context, application)?;
    Ok(view)
}

/// How to join the meeting of a session, if it is there.
///
/// # Errors
/// Faults of the store.
pub fn ways(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Option<Ways>, Error> {
    match store::meeting_of(tx, application)? {
        Some(meeting) => ready(context, &meeting),
        None => Ok(None),
    }
}

/// How to join a meeting, once there are links of everybody's own.
fn ready(context: &Context, meeting: &Meeting) -> Result<Option<Ways>, Error> {
    let is_ready = meeting.number.is_some() && meeting.links_until.is_some();
    is_ready.then(|| Ways::open(context, meeting)).transpose()
}

/// What was seen of a session's meeting.
///
/// # Errors
/// Faults of the store.
pub fn signs_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Signs, Error> {
    if signs::sightings(tx, application, Timestamp::MIN)?.is_empty() {
        return Ok(Signs::default());
    }
    let since = signs::since(tx, context, application)?;
    Ok(read_signs(&signs::sightings(tx, application, since)?))
}

/// What was seen of a session's meeting, as it is told to whoever may know: when somebody came or
/// went and who that was taken for, never the name that was shown.
///
/// # Errors
/// Faults of the store.
pub(super) fn everything_of(tx: &mut Tx<'_>, application: i64) -> Result<Value, Error> {
    let seen = signs::sightings(tx, application, Timestamp::MIN)?;
    let told = seen.iter().map(
        |it| json!({ "at": Moment::from(it.at), "what": it.what.code(), "who": it.who.code() }),
    );
    Ok(told.collect())
}

/// Sessions of an office that start in `from..until` and want a look: why there is no way to join,
/// or which name was seen. By application.
///
/// # Errors
/// Faults of the store.
pub fn marks(
    tx: &mut Tx<'_>,
    office: i64,
    span: (Timestamp, Timestamp),
) -> Result<BTreeMap<i64, Mark>, Error> {
    let mut marks: BTreeMap<i64, Mark> = BTreeMap::new();
    for application in store::unready(tx, office, span)? {
        marks.entry(application).or_default().lacks_way = true;
    }
    for (application, sighting) in signs::sightings_of_day(tx, office, span)? {
        let mark = marks.entry(application).or_default();
        mark.sightings.push(sighting);
    }
    for mark in marks.values_mut() {
        mark.signs = read_signs(&mark.sightings);
    }
    Ok(marks)
}

/// What the board says of a session in Zoom.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The way to join is not there yet.
    pub lacks_way: bool,
    /// What the signs mean.
    pub signs: Signs,
    sightings: Vec<rules::session::zoom::Sighting>,
}

/// Signs and removed meetings are forgotten after a week, like rooms: what matters of them is in
/// the records by then (article 5(1)).
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Forgets what is of long ago.
///
/// # Errors
/// Faults of the store.
pub fn purge(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    let before = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    signs::purge(tx, before)?;
    store::purge(tx, before)?;
    hosts::purge(tx, before)
}

/// Tells this installation's meetings from those of others in the same account.
pub(crate) fn installation(keys: &Keys) -> String {
    keys.digest("zoom/installation", "").as_str()[..8].to_owned()
}

/// Who besides the jobseeker can have a link.
pub(crate) const GUESTS: [SeatRole; 3] =
    [SeatRole::Companion, SeatRole::Interpreter, SeatRole::Supporter];

/// A marker for a meeting to be made.
fn draw_marker(keys: &Keys) -> Marker {
    Marker::new(&installation(keys), &random_text(20))
}

/// A passcode: ten digits, which can be read aloud (article 2(4) reaches people by telephone).
/// The account's own rule has to accept it, which the operator's guide says.
fn draw_passcode() -> String {
    (0..10).map(|_| char::from(b'0' + random_digit())).collect()
}

fn random_digit() -> u8 {
    u8::try_from(random(10)).unwrap_or_default()
}

/// So many random letters and digits.
fn random_text(length: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letter = || char::from(LETTERS[random(32) as usize]);
    std::iter::repeat_with(letter).take(length).collect()
}
