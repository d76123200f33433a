//! The sockets that this node holds, and the last state it knows of their rooms. What a socket is
//! told comes from here: its view after each change, and what other browsers send it, whichever
//! node they are on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use rules::session::room::{
    Address, Closing, ConnectionId, Delivery, IceServer, NodeId, Passing, Refusal, Room, ToBrowser,
    View,
};
use tokio::sync::mpsc::{OwnedPermit, Receiver, Sender, channel};

use super::relay::{RENEWED_EVERY, Relays};
use super::socket::Sitter;
use super::watch::Sitting;
use super::{Kept, RoomKey};
use crate::people::Office;

/// The topic of notices that a room has changed; the text is [`name`].
pub const CHANGED: &str = "room";

/// The topic of messages from a browser on one node to a browser on another; the text is a
/// piece of it (`parcel.rs`).
pub const PASSED: &str = "room.pass";

/// How many messages may wait for a browser that reads slowly; then its socket is given up, and it
/// connects again.
const WAITING_AT_MOST: usize = 256;

/// How a room is named in notices: application, start in Unix milliseconds.
pub fn name(key: RoomKey) -> String {
    format!("{}/{}", key.application, key.start.as_millisecond())
}

/// Reads [`name`] back.
pub fn parse_name(text: &str) -> Option<RoomKey> {
    let (application, start) = text.split_once('/')?;
    let start = Timestamp::from_millisecond(start.parse().ok()?).ok()?;
    Some(RoomKey { application: application.parse().ok()?, start })
}

/// This node's sockets. Clones share them.
#[derive(Clone)]
pub struct Hub {
    node: NodeId,
    relays: Option<Relays>,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Default)]
struct Inside {
    sockets: HashMap<ConnectionId, Socket>,
    rooms: HashMap<RoomKey, Local>,
    has_beaten: bool,
}

struct Socket {
    sitter: Sitter,
    out: Sender<ToBrowser>,
    /// A place kept for the reason of the end, however much waits before it.
    last: Option<OwnedPermit<ToBrowser>>,
    room: Option<RoomKey>,
    /// The version of the state that it was told last.
    told: i64,
    /// When it was given a credential for the relay, if it has one.
    ice_since: Option<Instant>,
}

struct Local {
    office: Arc<Office>,
    kept: Kept,
}

impl Hub {
    /// A node without sockets.
    pub fn new(relays: Option<Relays>) -> Self {
        let half = || u64::from(crate::secrets::random(u32::MAX));
        Self { node: NodeId(half() << 32 | half()), relays, inside: Arc::default() }
    }

    /// This node.
    pub fn node(&self) -> NodeId {
        self.node
    }

    /// Whether browsers can meet through a relay.
    pub fn relays(&self) -> Option<&Relays> {
        self.relays.as_ref()
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a socket; what it is to be told comes out of the other end.
    pub fn take(&self, connection: ConnectionId, sitter: Sitter) -> Receiver<ToBrowser> {
        let (out, heard) = channel(WAITING_AT_MOST + 1);
        let last = out.clone().try_reserve_owned().ok();
        let socket = Socket { sitter, out, last, room: None, told: 0, ice_since: None };
        self.lock().sockets.insert(connection, socket);
        heard
    }

    /// Gives a socket up. Its room is known on as long as the room believes it to be here.
    pub fn drop(&self, connection: ConnectionId) {
        let mut inside = self.lock();
        if let Some(room) = inside.sockets.remove(&connection).and_then(|socket| socket.room) {
            self.forget_if_empty(&mut inside, room);
        }
    }

    fn forget_if_empty(&self, inside: &mut Inside, key: RoomKey) {
        let is_used = inside.sockets.values().any(|socket| socket.room == Some(key));
        let local = inside.rooms.get(&key);
        if !is_used && local.is_none_or(|it| self.strays_in(inside, &it.kept.room).is_empty()) {
            inside.rooms.remove(&key);
        }
    }

    /// Notes that this node has said that it lives; whether it had before.
    pub fn notes_beat(&self) -> bool {
        std::mem::replace(&mut self.lock().has_beaten, true)
    }

    /// Says which room a socket sits in.
    pub fn seat(&self, connection: ConnectionId, key: RoomKey) {
        if let Some(socket) = self.lock().sockets.get_mut(&connection) {
            socket.room = Some(key);
        }
    }

    /// The rooms that this node has sockets of, with their offices.
    pub fn rooms(&self) -> Vec<(RoomKey, Arc<Office>)> {
        self.lock().rooms.iter().map(|(key, it)| (*key, Arc::clone(&it.office))).collect()
    }

    /// Who sits in a room, at this node.
    pub fn sitting(&self, key: RoomKey) -> Vec<Sitting> {
        let inside = self.lock();
        let room = inside.rooms.get(&key).map(|local| &local.kept.room);
        let of_room = inside.sockets.iter().filter(|(_, socket)| socket.room == Some(key));
        let sitting = |(connection, socket): (&ConnectionId, &Socket)| Sitting {
            connection: *connection,
            pass: socket.sitter.pass.clone(),
            role: socket.sitter.role,
            in_call: room.is_some_and(|room| room.has_let_in(*connection)),
            talks: room.is_some_and(|room| room.is_talking(*connection)),
        };
        of_room.map(sitting).collect()
    }

    /// The office of a room that this node has sockets of.
    pub fn office_of(&self, key: RoomKey) -> Option<Arc<Office>> {
        self.lock().rooms.get(&key).map(|local| Arc::clone(&local.office))
    }

    /// Takes a state, if it is newer than the known one, and tells its view to every socket of the
    /// room that was not told of the newest. A notice may come before who made the change.
    pub fn refresh(&self, key: RoomKey, office: &Arc<Office>, kept: Kept, now: Timestamp) {
        let mut inside = self.lock();
        let Inside { sockets, rooms, .. } = &mut *inside;
        let of_room = |socket: &Socket| socket.room == Some(key);
        if !sockets.values().any(of_room) && !rooms.contains_key(&key) {
            return;
        }
        let local = rooms
            .entry(key)
            .or_insert_with(|| Local { office: Arc::clone(office), kept: kept.clone() });
        if local.kept.version < kept.version {
            local.kept = kept;
        }
        let version = local.kept.version;
        let behind = sockets.iter_mut().filter(|(_, it)| of_room(it) && it.told < version);
        for (connection, socket) in behind {
            if let Some(view) = local.kept.room.view(*connection, now) {
                tell(socket, *connection, view, self.relays.as_ref());
                socket.told = version;
            }
        }
        self.forget_if_empty(&mut inside, key);
    }

    /// Whom a browser's message goes to, by the last known state.
    ///
    /// # Errors
    /// As [`Room::relay`].
    pub fn relay(&self, from: ConnectionId, message: Passing) -> Result<Delivery, Refusal> {
        let inside = self.lock();
        let room = inside.sockets.get(&from).and_then(|socket| socket.room);
        let local = room.and_then(|key| inside.rooms.get(&key)).ok_or(Refusal::NotAdmitted)?;
        local.kept.room.relay(from, message)
    }

    /// Gives a socket that has had its credential for long a fresh one.
    pub fn renew_ice(&self, connection: ConnectionId) {
        let mut inside = self.lock();
        let Some(socket) = inside.sockets.get_mut(&connection) else { return };
        if socket.ice_since.is_some_and(|since| since.elapsed() >= RENEWED_EVERY.unsigned_abs()) {
            give_ice(socket, connection, self.relays.as_ref());
        }
    }

    /// Whether this socket is in the call.
    pub fn is_in_call(&self, connection: ConnectionId) -> bool {
        let inside = self.lock();
        let room = inside.sockets.get(&connection).and_then(|socket| socket.room);
        let local = room.and_then(|key| inside.rooms.get(&key));
        local.is_some_and(|local| local.kept.room.has_let_in(connection))
    }

    /// Hands a message to the sockets of this node; what is left is for other nodes.
    pub fn deliver(&self, delivery: Delivery) -> Option<Delivery> {
        let mut inside = self.lock();
        let (own, others): (Vec<Address>, Vec<Address>) =
            delivery.to.into_iter().partition(|address| address.node == self.node);
        for address in own {
            if let Some(socket) = inside.sockets.get_mut(&address.connection) {
                send(socket, delivery.message.clone());
            }
        }
        (!others.is_empty()).then_some(Delivery { to: others, message: delivery.message })
    }

    /// Sends every browser away, to another node.
    pub fn close(&self) {
        for socket in self.lock().sockets.values_mut() {
            send(socket, ToBrowser::closed(Closing::Unavailable));
        }
    }

    /// Sockets that a room believes to be here and that are not.
    pub fn strays(&self, room: &Room) -> Vec<ConnectionId> {
        self.strays_in(&self.lock(), room)
    }

    fn strays_in(&self, inside: &Inside, room: &Room) -> Vec<ConnectionId> {
        let of_here = room.connections().filter(|held| held.node == self.node);
        of_here.map(|held| held.id).filter(|id| !inside.sockets.contains_key(id)).collect()
    }

    /// The last known state of each room here.
    pub fn known(&self) -> Vec<(RoomKey, Arc<Office>, Kept)> {
        let inside = self.lock();
        let known = |(key, it): (&RoomKey, &Local)| (*key, Arc::clone(&it.office), it.kept.clone());
        inside.rooms.iter().map(known).collect()
    }
}

/// Credentials for the relay come before the state that names peers: a connection to a peer is
/// built with them.
fn tell(socket: &mut Socket, connection: ConnectionId, view: View, relays: Option<&Relays>) {
    match (view.may_relay(), socket.ice_since) {
        (true, None) => give_ice(socket, connection, relays),
        (true, Some(_)) => {}
        (false, _) => socket.ice_since = None,
    }
    send(socket, ToBrowser::State(Box::new(view)));
}

fn give_ice(socket: &mut Socket, connection: ConnectionId, relays: Option<&Relays>) {
    let servers = relays.map(|relays| {
        let credential = relays.credential(&connection.to_string());
        let (urls, username) = (credential.urls, credential.username);
        IceServer { urls, username, credential: credential.credential }
    });
    socket.ice_since = Some(Instant::now());
    // Never without: no side shall learn the other's address (article 6).
    send(socket, ToBrowser::Ice { servers: servers.into_iter().collect(), relay_only: true });
}

/// A browser that does not read is sent away: when it comes again it is told all that it missed.
fn send(socket: &mut Socket, message: ToBrowser) {
    // What only answers a browser that does not listen is not missed.
    let is_answer = matches!(message, ToBrowser::Pong { .. } | ToBrowser::Refused { .. });
    let message = match message {
        closed @ ToBrowser::Closed { .. } => closed,
        message => match socket.out.try_send(message) {
            Ok(()) => return,
            Err(_) if is_answer => return,
            Err(_) => ToBrowser::closed(Closing::Unavailable),
        },
    };
    if let Some(last) = socket.last.take() {
        let _sender = last.send(message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rooms_are_read_back() {
        let start = Timestamp::from_millisecond(1_795_000_000_000).unwrap();
        let key = RoomKey { application: 17, start };
        assert_eq!(parse_name(&name(key)), Some(key));
        for bad in ["", "17", "17/", "a/b", "17/1/3", "17/99999999999999999"] {
            assert_eq!(parse_name(bad), None, "{bad}");
        }
    }
}
