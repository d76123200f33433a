//! The session itself: by which means it is held, who may come in, the built-in room and its
//! relay. What must happen in the room is `rules::session::room`; here its state is kept, its
//! messages are carried, and what it means for the appointment is recorded.

mod features;
pub mod hub;
pub mod listener;
pub mod pages;
mod parcel;
pub mod relay;
pub mod socket;
pub mod store;
pub mod watch;

pub use features::features;

use jiff::{SignedDuration, Timestamp};
use rules::appointment::judge;
use rules::session::device_check::DeviceCheck;
use rules::session::room::{
    Address, By, Closing, Designated, Input, NodeId, Order, Output, Refusal as RoomRefusal, Room,
    SeatId, SeatRole, What,
};
use rules::session::{Channel, Door, Level, Report, door};

use crate::app::Context;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::secrets::{Purpose, Token};
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Somebody whom the office let take part beside the jobseeker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Number of the link.
    pub id: i64,
    /// Whose session.
    pub application: i64,
    /// As what.
    pub role: SeatRole,
    /// The office.
    pub office: i64,
}

/// By which means a session is held.
///
/// # Errors
/// [`Error::Missing`].
pub fn channel(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Channel, Error> {
    let chosen = store::channel(tx, application, context.office.id)?;
    Ok(chosen.unwrap_or(context.office.practice.meetings))
}

/// Which page the join link of a session shows now.
///
/// # Errors
/// [`Error::Missing`].
pub fn door_of(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Door, Error> {
    let booked = appointment::read(tx, context, application)?;
    let channel = channel(tx, context, application)?;
    let rules = appointment::rules_of(context, booked.appointment.slot)?;
    let judged = judge(&booked.appointment, rules, context.now);
    Ok(door(&booked.appointment, judged, &context.office.practice, channel, context.now))
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
    let kept = store::room(tx, key)?.unwrap_or_else(|| begun(context));
    let stepped = take(tx, context, key, kept, what)?;
    if let Some(channel) = moved_to.filter(|_| stepped.refused.is_none()) {
        let before = self::channel(tx, context, key.application)?;
        store::set_channel(tx, key.application, context.office.id, channel)?;
        appointment::note_channel(tx, context, key.application, (before, channel))?;
        tx.announce("board", &context.office.slug)?;
    }
    Ok(stepped)
}

/// A room that begins now.
fn begun(context: &Context) -> Kept {
    let profile = context.office.practice.profile(Channel::Room);
    Kept { version: 0, room: Room::new(Designated::of(&profile)) }
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
            Output::Fact(fact) => appointment::record(tx, context, key.application, fact, None)?,
            Output::Alarm { .. } => tx.announce("board", &context.office.slug)?,
        }
    }
    Ok(stepped)
}

/// Has a session go on by other means, behind the same link, while people wait on it.
///
/// # Errors
/// [`Refusal::SessionOver`]; [`Error::Missing`].
pub fn move_to(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    channel: Channel,
) -> Result<Stepped, Error> {
    if !appointment::session(tx, context, application)?.standing.is_open() {
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

/// Begins the room of a time anew. A session that was moved away and comes back to that time finds
/// neither who had come to the door then, which the room would not tell a second time, nor that it
/// was ended.
///
/// # Errors
/// Faults of the store.
pub fn forget_room(tx: &mut Tx<'_>, context: &Context, key: RoomKey) -> Result<(), Error> {
    tx.hold(&format!("room {}", key.application))?;
    let Some(Kept { version, .. }) = store::room(tx, key)? else { return Ok(()) };
    // Not deleted: a node that remembers it takes only what is newer.
    store::renew(tx, key, &Kept { version: version + 1, ..begun(context) })?;
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

/// Lets somebody take part beside the jobseeker, by a link that is theirs alone.
///
/// # Errors
/// [`Refusal::Shape`] for the jobseeker's or the staff's own roles; [`Error::Missing`].
pub fn invite(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    role: SeatRole,
    staff: i64,
) -> Result<(), Error> {
    appointment::session(tx, context, application)?;
    if matches!(role, SeatRole::Jobseeker | SeatRole::Counsellor) {
        return Err(Refusal::Shape.into());
    }
    let link = Token::draw();
    let place = link_place(application);
    let sealed = context.keys.seal(Purpose::Personal, &place, link.reveal().as_bytes());
    store::insert_participant(tx, application, role, (&link, sealed), (staff, context.now))
}

fn link_place(application: i64) -> String {
    format!("participants/{application}/link")
}

/// Who takes part beside the jobseeker, each with the address of their link.
///
/// # Errors
/// Faults of the store.
pub fn participants(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<(Participant, String)>, Error> {
    let place = link_place(application);
    let open = |(participant, sealed): (Participant, Vec<u8>)| {
        let link = context.keys.open_text(Purpose::Personal, &place, &sealed);
        let link = link.map_err(anyhow::Error::from)?;
        let address = format!("{}/take-part/link/{}", context.site.public_url, &*link);
        Ok((participant, address))
    };
    let found = store::participants(tx, application, context.office.id)?;
    found.into_iter().map(open).collect()
}

/// What a participant's link opens.
///
/// # Errors
/// [`Refusal::LinkGone`] when the link is unknown or was taken back.
pub fn participant(tx: &mut Tx<'_>, link: &Token) -> Result<Participant, Error> {
    store::participant_by_link(tx, link)?.ok_or(Refusal::LinkGone.into())
}

/// Takes a participant's link back, and puts out who came by it.
///
/// # Errors
/// [`Error::Missing`].
pub fn uninvite(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
) -> Result<Stepped, Error> {
    let ended = store::end_participant(tx, (id, application, context.office.id), context.now)?;
    if ended == 0 {
        return Err(Error::Missing);
    }
    let order = Order::Remove(seat_of_participant(id));
    let key = present_room(tx, context, application)?;
    step(tx, context, key, What::Ordered { by: By::Desk, order })
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

/// Notes that this node lives; takes the sockets of those that do not out of their rooms.
/// `by_machine` is the machine's clock: a demo's clock that leaps must not kill nodes.
///
/// # Errors
/// Faults of the store.
pub fn beat(
    tx: &mut Tx<'_>,
    context_of: &mut dyn FnMut(&mut Tx<'_>, i64) -> Result<Context, Error>,
    node: NodeId,
    (by_machine, now): (Timestamp, Timestamp),
) -> Result<(), Error> {
    let silent_since = by_machine.checked_sub(NODE_SILENT).unwrap_or(Timestamp::MIN);
    let lost = store::beat(tx, node, by_machine, silent_since)?;
    if lost.is_empty() {
        return Ok(());
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
    Ok(())
}

/// How the others see somebody who takes part beside the jobseeker: never by a name.
pub(crate) fn role_name(role: SeatRole) -> &'static str {
    match role {
        SeatRole::Jobseeker => "求職者",
        SeatRole::Counsellor => "相談員",
        SeatRole::Companion => "同席の方",
        SeatRole::Interpreter => "通訳",
        SeatRole::Supporter => "支援の方",
    }
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
