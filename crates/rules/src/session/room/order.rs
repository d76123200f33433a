//! What staff order.

use jiff::Timestamp;

use super::step::closing;
use super::{
    Admission, By, Closing, Connection, Departure, Media, Order, Output, Phase, Refusal, Room,
    Seat, SeatId,
};
use crate::session::Channel;

impl Room {
    pub(super) fn obey(&mut self, by: By, order: Order, at: Timestamp) -> Vec<Output> {
        let ordered = self.authorise(by).and_then(|who| self.carry_out(who, order, at));
        match (ordered, by) {
            (Ok(outputs), _) => outputs,
            // Who is not there cannot be answered.
            (Err(_), By::Connection(id)) if self.connections().all(|held| held.id != id) => {
                Vec::new()
            }
            (Err(why), by) => vec![Output::Refused { by, why }],
        }
    }

    fn authorise(&self, by: By) -> Result<Option<SeatId>, Refusal> {
        match by {
            By::Desk => Ok(None),
            By::Connection(id) => match self.seat_of(id) {
                Some(seat) if seat.role.is_staff() => Ok(Some(seat.id)),
                _ => Err(Refusal::StaffOnly),
            },
        }
    }

    fn carry_out(
        &mut self,
        by: Option<SeatId>,
        order: Order,
        at: Timestamp,
    ) -> Result<Vec<Output>, Refusal> {
        match (self.phase, order) {
            (Phase::Ended { .. }, Order::EndForAll) => return Ok(Vec::new()),
            // Ended by mistake: from outside of the room the session goes on, here or elsewhere.
            (Phase::Ended { .. }, Order::MoveTo(_)) if by.is_none() => {}
            (Phase::Ended { .. }, _) => return Err(Refusal::Over),
            _ => {}
        }
        match order {
            Order::Admit(seat) => self.seat_mut(seat).map(|seat| admit(seat, at)),
            Order::SendBack(seat) => self.guest_mut(seat).map(|seat| send_back(seat, at)),
            Order::Remove(seat) => self.guest_mut(seat).map(|seat| remove(seat, at)),
            Order::TakeOver(seat) => self.seat_mut(seat).map(|seat| take_over(seat, at)),
            Order::AllowChat(_) if !self.designated.chat_is_by_permission() => {
                Err(Refusal::NotDesignated)
            }
            Order::AllowChat(allowed) => {
                self.chat_is_closed = !allowed;
                Ok(Vec::new())
            }
            Order::EndForAll => Ok(self.end(by, at)),
            Order::MoveTo(channel) => {
                self.move_to(channel, at);
                Ok(Vec::new())
            }
        }
    }

    fn seat_mut(&mut self, id: SeatId) -> Result<&mut Seat, Refusal> {
        self.seats.iter_mut().find(|seat| seat.id == id).ok_or(Refusal::NoSuchSeat)
    }

    fn guest_mut(&mut self, id: SeatId) -> Result<&mut Seat, Refusal> {
        let seat = self.seat_mut(id)?;
        if seat.role.is_staff() { Err(Refusal::IsStaff) } else { Ok(seat) }
    }

    fn end(&mut self, by: Option<SeatId>, at: Timestamp) -> Vec<Output> {
        let closed = self.connections().map(|held| closing(held, Closing::Ended)).collect();
        for seat in &mut self.seats {
            seat.claim = None;
            if seat.is_live() {
                seat.vacate(Departure::Lost, at);
            }
        }
        self.phase = Phase::Ended { by, at };
        closed
    }

    fn move_to(&mut self, channel: Channel, at: Timestamp) {
        match (self.phase, channel) {
            (_, Channel::Room) => self.phase = Phase::Open,
            (Phase::MovedTo { channel: present, .. }, _) if present == channel => {}
            _ => {
                self.phase = Phase::MovedTo { channel, at };
                self.seats.iter_mut().for_each(|seat| seat.media = Media::default());
            }
        }
    }
}

/// Stored once, in one place (BigBlueButton #20000), and for as long as the session lasts (#14290).
fn admit(seat: &mut Seat, at: Timestamp) -> Vec<Output> {
    if !matches!(seat.admission, Admission::Admitted { .. }) {
        seat.admission = Admission::Admitted { since: at };
    }
    Vec::new()
}

fn send_back(seat: &mut Seat, at: Timestamp) -> Vec<Output> {
    match seat.admission {
        Admission::Admitted { .. } => {
            seat.admission = Admission::Waiting { since: at };
            seat.media = Media::default();
        }
        Admission::Removed { .. } => seat.admission = Admission::Outside,
        Admission::Outside | Admission::Waiting { .. } => {}
    }
    Vec::new()
}

fn remove(seat: &mut Seat, at: Timestamp) -> Vec<Output> {
    if matches!(seat.admission, Admission::Removed { .. }) {
        return Vec::new();
    }
    let sockets = [seat.connection, seat.claim.take()].into_iter().flatten();
    let closed = sockets.map(|held| closing(held, Closing::Removed)).collect();
    seat.vacate(Departure::Removed, at);
    seat.admission = Admission::Removed { at };
    closed
}

/// The person was asked, and it is them: what the one browser was allowed, the other is.
fn take_over(seat: &mut Seat, at: Timestamp) -> Vec<Output> {
    let Some(claim) = seat.claim.take() else { return Vec::new() };
    let held = seat.connection;
    seat.browser = Some(claim.browser);
    seat.sit(Connection { since: at, ..claim });
    held.map(|held| closing(held, Closing::TakenOver)).into_iter().collect()
}
