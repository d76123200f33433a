//! What passes from one browser to another, without being stored.

use serde::{Deserialize, Serialize};

use super::{
    Connection, ConnectionId, DescriptionKind, NodeId, Passing, Refusal, Room, Seat, ToBrowser,
};

/// A message, and the sockets that it goes to. What one node hands to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Whom to.
    pub to: Vec<Address>,
    /// What.
    pub message: ToBrowser,
}

/// A socket, and the node that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The socket.
    pub connection: ConnectionId,
    /// Its node.
    pub node: NodeId,
}

impl Room {
    /// Whom a message goes to, if this socket may send it. The sender is stamped here and nowhere
    /// else; nobody speaks for another.
    ///
    /// # Errors
    /// Who sends it has not been let in, whom it is for is not there, or it is not theirs to send.
    pub fn relay(&self, from: ConnectionId, message: Passing) -> Result<Delivery, Refusal> {
        let sender = self.seat_of(from).filter(|seat| self.is_in_call(seat));
        let sender = sender.ok_or(Refusal::NotAdmitted)?;
        match message {
            Passing::Description { to, kind, sdp } => {
                let peer = self.peer(sender, to, Some(kind == DescriptionKind::Offer))?;
                Ok(deliver(&[peer], ToBrowser::Description { from, kind, sdp }))
            }
            Passing::Candidate { to, candidate, sdp_mid, sdp_m_line_index } => {
                let peer = self.peer(sender, to, None)?;
                let message = ToBrowser::Candidate { from, candidate, sdp_mid, sdp_m_line_index };
                Ok(deliver(&[peer], message))
            }
            Passing::RestartIce { to } => {
                let peer = self.peer(sender, to, Some(false))?;
                Ok(deliver(&[peer], ToBrowser::RestartIce { from }))
            }
            Passing::Chat(_) if !self.may_chat(sender) => Err(Refusal::ChatClosed),
            Passing::Chat(text) => {
                let (name, text) = (sender.name.clone(), text.reveal().to_owned());
                Ok(deliver(&self.in_call(), ToBrowser::Chat { from, name, text }))
            }
            Passing::Caption(_) if !self.designated.captions(sender.role) => {
                Err(Refusal::MayNotCaption)
            }
            Passing::Caption(text) => {
                let (name, text) = (sender.name.clone(), text.reveal().to_owned());
                Ok(deliver(&self.in_call(), ToBrowser::Caption { from, name, text }))
            }
        }
    }

    /// The peer behind a socket. `as_offering`: whether this is for the side that offers to send,
    /// or for the side that answers.
    fn peer(
        &self,
        sender: &Seat,
        to: ConnectionId,
        as_offering: Option<bool>,
    ) -> Result<Connection, Refusal> {
        let peer = self.seat_of(to).filter(|peer| peer.id != sender.id && self.is_in_call(peer));
        let peer = peer.ok_or(Refusal::NoSuchPeer)?;
        if as_offering.is_some_and(|wanted| wanted != sender.offers_to(peer)) {
            return Err(Refusal::WrongSide);
        }
        peer.connection.ok_or(Refusal::NoSuchPeer)
    }

    /// The sockets of everybody in the call.
    fn in_call(&self) -> Vec<Connection> {
        let seats = self.seats.iter().filter(|seat| self.is_in_call(seat));
        seats.filter_map(|seat| seat.connection).collect()
    }
}

fn deliver(to: &[Connection], message: ToBrowser) -> Delivery {
    let to = to.iter().map(|held| Address { connection: held.id, node: held.node });
    Delivery { to: to.collect(), message }
}
