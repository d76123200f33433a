//! One step of the room: what an input changes, and what follows.

use jiff::Timestamp;

use super::{
    Admission, By, Closing, Connection, ConnectionId, Departure, Entry, Input, Media, NodeId,
    Output, PLACES, Phase, Refusal, Room, SEATS_REMEMBERED, Seat, SeatId, SeatRole, What,
};
use crate::appointment::{Fact, What as Happening};

impl Room {
    /// Takes one input. Total: no input is a fault, whatever its order, repetition or clock.
    pub fn step(&mut self, input: Input) -> Vec<Output> {
        let before = self.clone();
        let mut outputs = match input.what {
            What::Connected(entry) => self.connect(entry, input.at),
            What::Disconnected { connection } => self.depart(connection, Departure::Lost, input.at),
            What::NodeLost { node } => self.lose_node(node, input.at),
            What::Leave { connection } => self.depart(connection, Departure::Left, input.at),
            What::TurnedOut { connection, why } => self.turn_out(connection, why, input.at),
            What::Media { connection, media } => self.switch_media(connection, media),
            What::Ordered { by, order } => self.obey(by, order, input.at),
        };
        outputs.extend(self.note_arrival());
        self.note_meeting(input.at);
        if *self != before {
            outputs.push(Output::StateChanged);
        }
        outputs
    }

    fn connect(&mut self, entry: Entry, at: Timestamp) -> Vec<Output> {
        if self.connections().any(|held| held.id == entry.connection) {
            return Vec::new(); // Told twice.
        }
        let Entry { seat, role, name, connection: id, node, browser } = entry;
        let seat = match self.place_for(seat, role, &name) {
            Ok(seat) => seat,
            Err(why) => return vec![Output::Close { connection: id, why }],
        };
        seat.name = name;
        let connection = Connection { id, node, browser, since: at };
        match seat.connection {
            // Staff are known by their own log-in; one of them must not be kept out by a machine
            // that hangs.
            Some(held) if held.browser != browser && !role.is_staff() => claim(seat, connection),
            held => {
                seat.sit(connection);
                held.map(|held| closing(held, Closing::TakenOver)).into_iter().collect()
            }
        }
    }

    /// The seat that the credential names, made if need be.
    fn place_for(&mut self, id: SeatId, role: SeatRole, name: &str) -> Result<&mut Seat, Closing> {
        if let Phase::Ended { .. } = self.phase {
            return Err(Closing::Ended);
        }
        let known = self.seats.iter().position(|seat| seat.id == id);
        let is_anothers = match known {
            Some(index) => self.seats[index].role != role,
            None => role == SeatRole::Jobseeker && self.seats.iter().any(|s| s.role == role),
        };
        if is_anothers {
            return Err(Closing::NotYours);
        }
        let present = known.map(|index| &self.seats[index]);
        if present.is_some_and(|seat| matches!(seat.admission, Admission::Removed { .. })) {
            return Err(Closing::Removed);
        }
        if !present.is_some_and(Seat::is_live) && !self.has_place_for(role) {
            return Err(Closing::Full);
        }
        let index = match known {
            Some(index) => index,
            None => {
                self.forget_somebody()?;
                self.seats.push(Seat::new(id, role, name.to_owned()));
                self.seats.len() - 1
            }
        };
        Ok(&mut self.seats[index])
    }

    /// Whether one more fits. A place each is kept for the jobseeker and for the staff, so that
    /// nobody who is asked along can lock either out.
    fn has_place_for(&self, role: SeatRole) -> bool {
        let live = self.seats.iter().filter(|seat| seat.is_live()).map(|seat| seat.role);
        let with_this_one: Vec<SeatRole> = live.chain([role]).collect();
        let is_there = |wanted: SeatRole| with_this_one.contains(&wanted);
        let kept = [SeatRole::Jobseeker, SeatRole::Counsellor];
        with_this_one.len() + kept.into_iter().filter(|role| !is_there(*role)).count() <= PLACES
    }

    /// Makes room in memory: who left longest ago is forgotten; never the jobseeker, nor who was
    /// removed and would come in again.
    fn forget_somebody(&mut self) -> Result<(), Closing> {
        if self.seats.len() < SEATS_REMEMBERED {
            return Ok(());
        }
        let can_go = |seat: &Seat| {
            !matches!(seat.admission, Admission::Removed { .. }) && seat.role != SeatRole::Jobseeker
        };
        let gone = self.seats.iter().enumerate().filter(|(_, seat)| can_go(seat));
        let gone = gone.filter_map(|(index, seat)| Some((seat.vacated?.at, index))).min();
        let (_, index) = gone.ok_or(Closing::Full)?;
        self.seats.remove(index);
        Ok(())
    }

    fn depart(&mut self, id: ConnectionId, how: Departure, at: Timestamp) -> Vec<Output> {
        let held = |seat: &&mut Seat| seat.is_held_by(id) || seat.is_claimed_by(id);
        let Some(seat) = self.seats.iter_mut().find(held) else { return Vec::new() };
        match seat.is_held_by(id) {
            true => seat.vacate(how, at),
            false => seat.claim = None,
        }
        match how {
            Departure::Left => vec![Output::Close { connection: id, why: Closing::Left }],
            Departure::Lost | Departure::Removed => Vec::new(),
        }
    }

    /// What the person was allowed stays: a door that opens again finds them let in.
    fn turn_out(&mut self, id: ConnectionId, why: Closing, at: Timestamp) -> Vec<Output> {
        if self.connections().all(|held| held.id != id) {
            return Vec::new();
        }
        self.depart(id, Departure::Lost, at);
        vec![Output::Close { connection: id, why }]
    }

    fn lose_node(&mut self, node: NodeId, at: Timestamp) -> Vec<Output> {
        for seat in &mut self.seats {
            seat.claim = seat.claim.filter(|claim| claim.node != node);
            if seat.connection.is_some_and(|held| held.node == node) {
                seat.vacate(Departure::Lost, at);
            }
        }
        Vec::new()
    }

    fn switch_media(&mut self, id: ConnectionId, media: Media) -> Vec<Output> {
        let refuse = |why| vec![Output::Refused { by: By::Connection(id), why }];
        let is_there = self.connections().any(|held| held.id == id);
        let in_call = self.seats.iter().position(|seat| seat.is_held_by(id));
        let in_call = in_call.filter(|index| self.is_in_call(&self.seats[*index]));
        match in_call {
            None if is_there => refuse(Refusal::NotAdmitted),
            None => Vec::new(),
            Some(index) if media.screen && !self.seats[index].role.is_staff() => {
                refuse(Refusal::StaffOnly)
            }
            Some(index) if !self.is_designated(media, self.seats[index].role) => {
                refuse(Refusal::NotDesignated)
            }
            Some(index) => {
                self.seats[index].media = media;
                Vec::new()
            }
        }
    }

    fn is_designated(&self, media: Media, role: SeatRole) -> bool {
        let designated = self.designated;
        (!media.camera || designated.camera(role)) && (!media.screen || designated.screen(role))
    }

    /// The jobseeker's first coming is contact (article 2(4)); a companion's is not.
    fn note_arrival(&mut self) -> Option<Output> {
        let jobseeker = |seat: &&Seat| seat.role == SeatRole::Jobseeker;
        let since = self.seats.iter().find(jobseeker)?.connection?.since;
        if self.arrived.is_some() {
            return None;
        }
        self.arrived = Some(since);
        Some(Output::Fact(Fact { at: since, what: Happening::Arrived }))
    }

    fn note_meeting(&mut self, at: Timestamp) {
        let is_there = |wanted: SeatRole| {
            self.seats.iter().any(|seat| seat.role == wanted && self.is_in_call(seat))
        };
        if self.met.is_none() && is_there(SeatRole::Jobseeker) && is_there(SeatRole::Counsellor) {
            self.met = Some(at);
        }
    }
}

/// A second browser with the same credential (article 8(5)). It stays, and is told so, until the
/// first one is gone or staff give it the seat. One more than that is closed.
fn claim(seat: &mut Seat, connection: Connection) -> Vec<Output> {
    match seat.claim {
        Some(other) if other.browser != connection.browser => {
            vec![closing(connection, Closing::InUse)]
        }
        Some(same) => {
            seat.claim = Some(Connection { since: same.since, ..connection });
            vec![closing(same, Closing::TakenOver)]
        }
        None => {
            seat.claim = Some(connection);
            vec![Output::Alarm { seat: seat.id, at: connection.since }]
        }
    }
}

pub(super) fn closing(connection: Connection, why: Closing) -> Output {
    Output::Close { connection: connection.id, why }
}
