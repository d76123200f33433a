//! The session itself: by which means it is held, who may come in, the built-in room and its
//! relay. What must happen in the room is `rules::session::room`; here its state is kept, its
//! messages are carried, and what it means for the appointment is recorded.

mod features;
mod held;
pub mod hub;
pub mod listener;
mod nodes;
pub mod pages;
mod parcel;
mod participants;
pub mod relay;
pub mod socket;
pub mod store;
pub mod watch;
pub mod zoom;

pub use features::features;
pub use held::everything_of;
pub use nodes::{beat, last_sign_of_life};
pub use participants::{Participant, invite, participant, participants, uninvite};

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use rules::appointment::{Fact, What as Happening, judge};
use rules::schedule::{GroupRefusal, TOKYO};
use rules::session::device_check::DeviceCheck;
use rules::session::room::{
    Address, BrowserId, By, Closing, Designated, Input, Order, Output, Refusal as RoomRefusal,
    Room, SeatId, SeatRole, What,
};
use rules::session::{Channel, Door, Level, Report, Seated, door};
use rules::terms::suspension::Function;

use crate::app::Context;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::people::stops;
use crate::store::Tx;

/// Which room: that of one slot of one appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomKey {
    /// The application that the appointment answers.
    pub application: i64,
    /// When the slot starts.
    pub start: Timestamp,
}

/// A room as the store keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Grows with each change, so that a late reader does not bring an old state back.
    pub version: i64,
    /// The state.
    pub room: Room,
}

/// What became of one input.
#[derive(Clone, Debug)]
pub struct Stepped {
    /// Which room.
    pub key: RoomKey,
    /// Its state now.
    pub kept: Kept,
    /// Sockets that are to be closed, and why.
    pub closed: Vec<(Address, Closing)>,
    /// Why an order was not carried out.
    pub refused: Option<RoomRefusal>,
}

/// By which means a session is held.
///
/// # Errors
/// [`Error::Missing`].
pub fn channel(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Channel, Error> {
    let chosen = store::channel(tx, application, context.office.id)?;
    Ok(chosen.unwrap_or(context.office.practice.meetings))
}

/// Has a session held in a meeting that staff make, whatever is usual: a group session, which the
/// built-in room, for one jobseeker, cannot hold.
///
/// # Errors
/// Faults of the store.
pub(crate) fn hold_by_hand(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<(), Error> {
    store::set_channel(tx, application, context.office.id, Channel::ByHand)
}

/// Which page the join link of a session shows now.
///
/// # Errors
/// [`Error::Missing`].
pub fn door_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Door, Error> {
    let booked = appointment::read(tx, context, application)?;
    let channel = channel(tx, context, application)?;
    let rules = booked.rules(context)?;
    let judged = judge(&booked.appointment, rules, context.now);
    let door = door(&booked.appointment, judged, &context.office.practice, channel, context.now);
    let function = Function::Join.of_kind(booked.group.is_some());
    match (door, stops::joining_stopped(tx, context, function)?) {
        (Door::Open { .. }, Some(until)) => Ok(Door::ServiceStopped { until }),
        (door, _) => Ok(door),
    }
}

/// Whoever was in the call comes back into it for so long, though its record was made meanwhile.
const COMES_BACK_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// Whether somebody may open a socket of a session's room: its door is open, or they were let in a
/// moment ago and would stay if their line had not broken.
///
/// # Errors
/// [`Error::Missing`].
pub fn may_enter(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (seat, role): (SeatId, SeatRole),
) -> Result<bool, Error> {
    let door = door_of(tx, context, application)?;
    let session = appointment::session(tx, context, application)?;
    if session.group.is_some() {
        return Ok(false);
    }
    // Staff prepare before the others may come, and bring a session back from elsewhere.
    let is_open = match role.is_staff() {
        true => {
            let is_stopped = matches!(door, Door::ServiceStopped { .. });
            session.standing.is_open() && !is_stopped
        }
        false => matches!(door, Door::Open { channel: Channel::Room, .. }),
    };
    if is_open {
        return Ok(true);
    }
    let key = present_room(tx, context, application)?;
    let Some(kept) = store::room(tx, key)? else { return Ok(false) };
    let since = context.now.checked_sub(COMES_BACK_WITHIN).unwrap_or(Timestamp::MIN);
    let seated = Seated { role, in_call: true, at_present_time: true };
    Ok(kept.room.was_in_call(seat, since) && door.lets_stay(seated))
}

/// The room of a session at the time that it has now.
///
/// # Errors
/// [`Error::Missing`].
pub fn present_room(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<RoomKey, Error> {
    let start = appointment::session(tx, context, application)?.slot.start;
    Ok(RoomKey { application, start })
}

/// Takes one input into a room, and records what follows from it.
///
/// # Errors
/// Faults of the store.
pub fn step(
    tx: &mut Tx<'_>,
    context: &Context,
    key: RoomKey,
    what: What,
) -> Result<Stepped, Error> {
    tx.hold(&format!("room {}", key.application))?;
    let moved_to = match &what {
        What::Ordered { order: Order::MoveTo(channel), .. } => Some(*channel),
        _ => None,
    };
    let mut kept = store::room(tx, key)?.unwrap_or_default();
    kept.room.designate(Designated::of(&context.office.practice.profile(Channel::Room)));
    if moved_to.is_some() && key != present_room(tx, context, key.application)? {
        // Said in the room of a time that the session has no longer.
        let refused = Some(RoomRefusal::Over);
        return Ok(Stepped { key, kept, closed: Vec::new(), refused });
    }
    let stepped = take(tx, context, key, kept, what)?;
    if let Some(channel) = moved_to.filter(|_| stepped.refused.is_none()) {
        let before = self::channel(tx, context, key.application)?;
        store::set_channel(tx, key.application, context.office.id, channel)?;
        zoom::heed(tx, context, key.application)?;
        appointment::note_channel(tx, context, key.application, (before, channel))?;
        tx.announce("board", &context.office.slug)?;
    }
    Ok(stepped)
}

fn take(
    tx: &mut Tx<'_>,
    context: &Context,
    key: RoomKey,
    kept: Kept,
    what: What,
) -> Result<Stepped, Error> {
    let Kept { version, mut room } = kept;
    let addresses = |room: &Room| -> Vec<Address> {
        room.connections().map(|it| Address { connection: it.id, node: it.node }).collect()
    };
    let mut known = addresses(&room);
    let entering = match &what {
        What::Connected(entry) => Some(Address { connection: entry.connection, node: entry.node }),
        _ => None,
    };
    known.extend(entering);
    let outputs = room.step(Input { at: context.now, what });
    let mut stepped = Stepped {
        key,
        kept: Kept { version: version + 1, room },
        closed: Vec::new(),
        refused: None,
    };
    let mut alarm = None;
    for output in outputs {
        match output {
            Output::StateChanged => {
                store::save(tx, context.office.id, key, &stepped.kept)?;
                tx.announce(hub::CHANGED, &hub::name(key))?;
            }
            Output::Close { connection, why } => {
                let address = known.iter().find(|it| it.connection == connection);
                stepped.closed.extend(address.map(|address| (*address, why)));
            }
            Output::Refused { why, .. } => stepped.refused = Some(why),
            Output::Fact(fact) => note_fact(tx, context, key.application, fact)?,
            Output::Alarm { at, .. } => alarm = Some(at),
        }
    }
    if let Some(at) = alarm {
        store::note_second_use(tx, key, at)?;
        tx.announce("board", &context.office.slug)?;
    }
    Ok(stepped)
}

/// Notes that the jobseeker is at the door, if that was not noted yet (article 2(4)).
///
/// # Errors
/// [`Error::Missing`]; faults of the store.
pub fn note_arrival(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    note_fact(tx, context, application, Fact { at: context.now, what: Happening::Arrived })
}

/// The join page and the room both see an arrival; it is one.
fn note_fact(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    fact: Fact,
) -> Result<(), Error> {
    let has_come = appointment::position(tx, context, application)?.arrived_at.is_some();
    match fact.what {
        Happening::Arrived if has_come => Ok(()),
        _ => appointment::record(tx, context, application, fact, None),
    }
}

/// Has a session go on by other means, behind the same link, while people wait on it.
///
/// # Errors
/// [`Refusal::SessionOver`]; [`Refusal::Group`] in a group session; [`Error::Missing`].
pub fn move_to(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    channel: Channel,
) -> Result<Stepped, Error> {
    let session = appointment::session(tx, context, application)?;
    if session.group.is_some() {
        return Err(GroupRefusal::ForAll.into());
    }
    if !session.standing.is_open() {
        return Err(Refusal::SessionOver.into());
    }
    let key = present_room(tx, context, application)?;
    step(tx, context, key, What::Ordered { by: By::Desk, order: Order::MoveTo(channel) })
}

/// When jobseeker and staff were first in the call together, in the room of that time: the actual
/// start of the usage record (article 5(1)). None where no room knows.
///
/// # Errors
/// Faults of the store.
pub fn met(tx: &mut Tx<'_>, key: RoomKey) -> Result<Option<Timestamp>, Error> {
    Ok(store::room(tx, key)?.and_then(|kept| kept.room.met()))
}

/// As [`met`], for the sessions of an office that start in `from..until`: by application.
///
/// # Errors
/// Faults of the store.
pub fn met_between<T: FromIterator<(i64, Timestamp)>>(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<T, Error> {
    let rooms = store::present_rooms(tx, office, from, until)?;
    Ok(rooms.iter().filter_map(|(id, room)| Some((*id, room.met()?))).collect())
}

/// Adds a report to the quality of a session, if who sends it is in the call.
///
/// # Errors
/// Faults of the store.
pub fn add_quality(tx: &mut Tx<'_>, key: RoomKey, report: Report) -> Result<(), Error> {
    tx.hold(&format!("room {}", key.application))?;
    let before = store::quality(tx, key)?.unwrap_or_default();
    store::save_quality(tx, key, &before.merge(report.into()))
}

/// How the lines of a session were, if the room measured them (article 5(1)).
///
/// # Errors
/// [`Error::Missing`].
pub fn quality(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Level>, Error> {
    let key = present_room(tx, context, application)?;
    let measured = store::quality(tx, key)?;
    Ok(measured.and_then(|quality| quality.level()))
}

/// Notes in which browser the jobseeker comes, which is then told how to join. That another one was
/// told before is all that can be seen of a link that is used twice where the meeting is elsewhere
/// (article 8(5)); the built-in room sees it for itself.
///
/// # Errors
/// [`Error::Missing`]; faults of the store.
pub fn note_shown(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (channel, browser): (Channel, BrowserId),
) -> Result<(), Error> {
    let key = present_room(tx, context, application)?;
    tx.hold(&format!("room {application}"))?;
    let before = store::shown_to(tx, key)?;
    store::note_shown(tx, context.office.id, key, &named(browser))?;
    let is_another = before.is_some_and(|before| before != named(browser));
    if is_another && matches!(channel, Channel::Zoom | Channel::ByHand) {
        store::note_second_use(tx, key, context.now)?;
        tx.announce("board", &context.office.slug)?;
    }
    Ok(())
}

/// Whether this browser is the one that was last shown how to join.
///
/// # Errors
/// [`Error::Missing`].
pub fn is_shown_to(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    browser: BrowserId,
) -> Result<bool, Error> {
    let key = present_room(tx, context, application)?;
    Ok(store::shown_to(tx, key)? == Some(named(browser)))
}

fn named(browser: BrowserId) -> String {
    format!("{:016x}", browser.0)
}

/// When links were last used in two browsers at once, of the sessions of a day (article 8(5)).
///
/// # Errors
/// Faults of the store.
pub fn second_uses(
    tx: &mut Tx<'_>,
    context: &Context,
    day: Date,
) -> Result<BTreeMap<i64, Timestamp>, Error> {
    let midnight = |day: Date| TOKYO.to_timestamp(day.to_datetime(Time::midnight()));
    let from = midnight(day).unwrap_or(Timestamp::MAX);
    let until = day.tomorrow().and_then(midnight).unwrap_or(Timestamp::MAX);
    Ok(store::second_uses(tx, context.office.id, (from, until))?.into_iter().collect())
}

/// Begins the room of a time anew. A session that was moved away and comes back to that time finds
/// neither who had come to the door then, which the room would not tell a second time, nor that it
/// was ended.
///
/// # Errors
/// Faults of the store.
pub fn forget_room(tx: &mut Tx<'_>, key: RoomKey) -> Result<(), Error> {
    tx.hold(&format!("room {}", key.application))?;
    let Some(Kept { version, .. }) = store::room(tx, key)? else { return Ok(()) };
    // Not deleted: a node that remembers it takes only what is newer.
    store::renew(tx, key, &Kept { version: version + 1, ..Kept::default() })?;
    tx.announce(hub::CHANGED, &hub::name(key))?;
    Ok(())
}

/// A room is forgotten after a week: what matters of it is in the records by then.
const ROOM_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Forgets rooms of long ago.
///
/// # Errors
/// Faults of the store.
pub fn purge_rooms(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::purge_rooms(tx, now.checked_sub(ROOM_KEPT).unwrap_or(Timestamp::MIN))
}

/// The jobseeker's seat. Staff have the odd numbers, other participants the even ones.
pub(crate) const JOBSEEKERS_SEAT: SeatId = SeatId(0);

/// The seat of a member of staff.
pub(crate) fn seat_of_staff(staff: i64) -> SeatId {
    SeatId(doubled(staff) | 1)
}

/// The seat of who takes part beside the jobseeker.
pub(crate) fn seat_of_participant(participant: i64) -> SeatId {
    SeatId(doubled(participant))
}

fn doubled(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX / 2).saturating_mul(2)
}

/// Keeps what the check of a device found out; an earlier one is replaced.
///
/// # Errors
/// Faults of the store.
pub fn keep_device_check(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    check: &DeviceCheck,
) -> Result<(), Error> {
    store::upsert_device_check(tx, application, context.office.id, check)
}

/// The last check of a device, if there was one.
///
/// # Errors
/// Faults of the store.
pub fn device_check(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<DeviceCheck>, Error> {
    store::device_check(tx, application, context.office.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_anothers_seat() {
        let of = |number| [seat_of_staff(number), seat_of_participant(number)];
        let seats = [[JOBSEEKERS_SEAT; 1].as_slice(), &of(1), &of(2), &of(3)].concat();
        let mut apart = seats.clone();
        apart.sort_unstable();
        apart.dedup();
        assert_eq!(apart.len(), seats.len());
        assert_ne!(seat_of_participant(i64::MAX), JOBSEEKERS_SEAT);
    }
}
