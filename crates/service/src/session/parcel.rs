//! Messages between nodes, in pieces: a notice of the store carries at most
//! [`LONGEST_ANNOUNCEMENT`] octets, and a session description has more.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rules::session::room::{Delivery, NodeId};

use crate::store::LONGEST_ANNOUNCEMENT;

/// Room for the topic and for what stands before a piece.
const OVERHEAD: usize = 120;

/// How many unfinished messages are kept; the oldest is dropped for a newer one. A piece that is
/// lost costs one message, which the browsers' own timers make good.
const UNFINISHED_AT_MOST: usize = 1_000;

/// The pieces of a message for the nodes that it is for, as texts of notices:
/// `from number place of text`.
///
/// # Errors
/// Never in practice: a delivery is plain data.
pub(super) fn pack(
    from: NodeId,
    number: u64,
    delivery: &Delivery,
) -> Result<Vec<String>, anyhow::Error> {
    let text = serde_json::to_string(delivery)?;
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let mut end = rest.len().min(LONGEST_ANNOUNCEMENT - OVERHEAD);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    let count = pieces.len();
    let labelled = pieces.into_iter().enumerate();
    Ok(labelled
        .map(|(at, piece)| format!("{:016x} {number} {at} {count} {piece}", from.0))
        .collect())
}

/// Puts pieces together again.
#[derive(Default)]
pub(super) struct Unpacker {
    unfinished: HashMap<(String, u64), Vec<Option<String>>>,
    order: std::collections::VecDeque<(String, u64)>,
}

impl Unpacker {
    /// Takes a piece; the message, once it is whole.
    pub(super) fn take(&mut self, text: &str) -> Option<Delivery> {
        let mut parts = text.splitn(5, ' ');
        let from = parts.next()?.to_owned();
        let number: u64 = parts.next()?.parse().ok()?;
        let at: usize = parts.next()?.parse().ok()?;
        let count: usize = parts.next()?.parse().ok()?;
        let piece = parts.next()?;
        if at >= count || count > 100 {
            return None;
        }
        if count == 1 {
            return serde_json::from_str(piece).ok();
        }
        let key = (from, number);
        let pieces = match self.unfinished.entry(key.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(fresh) => {
                self.order.push_back(key.clone());
                fresh.insert(vec![None; count])
            }
        };
        *pieces.get_mut(at)? = Some(piece.to_owned());
        let whole: Option<String> = pieces.iter().cloned().collect();
        if whole.is_some() {
            self.unfinished.remove(&key);
            self.order.retain(|it| *it != key);
        } else if self.order.len() > UNFINISHED_AT_MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.unfinished.remove(&oldest);
        }
        serde_json::from_str(&whole?).ok()
    }
}

#[cfg(test)]
mod tests {
    use rules::session::room::{Address, ConnectionId, DescriptionKind, ToBrowser};

    use super::*;

    fn delivery(sdp: &str) -> Delivery {
        let message = ToBrowser::Description {
            from: ConnectionId(7),
            kind: DescriptionKind::Offer,
            sdp: sdp.to_owned(),
        };
        Delivery { to: vec![Address { connection: ConnectionId(9), node: NodeId(2) }], message }
    }

    #[test]
    fn long_messages_travel_in_pieces_and_in_any_order() {
        let long = delivery(&"会議室\r\n".repeat(4_000));
        let pieces = pack(NodeId(1), 1, &long).unwrap();
        assert!(pieces.len() > 5);
        assert!(pieces.iter().all(|piece| piece.len() + PASSED_LENGTH <= LONGEST_ANNOUNCEMENT));
        let mut unpacker = Unpacker::default();
        let mut found: Vec<Delivery> =
            pieces.iter().rev().filter_map(|piece| unpacker.take(piece)).collect();
        assert_eq!(found.pop(), Some(long));
        assert!(found.is_empty() && unpacker.unfinished.is_empty() && unpacker.order.is_empty());
        let short = delivery("v=0");
        let pieces = pack(NodeId(1), 2, &short).unwrap();
        assert_eq!(pieces.len(), 1);
        assert_eq!(unpacker.take(&pieces[0]), Some(short));
    }

    const PASSED_LENGTH: usize = super::super::hub::PASSED.len();

    #[test]
    fn what_is_no_piece_is_nothing() {
        let mut unpacker = Unpacker::default();
        for text in ["", "a", "a 1 0 1 {}", "a 1 5 2 x", "a 1 0 9999999 x", "a 1 0 2", "\u{0}"] {
            assert_eq!(unpacker.take(text), None, "{text}");
        }
        // Messages that never become whole do not pile up.
        for number in 0..5_000_u64 {
            unpacker.take(&format!("a {number} 0 2 x"));
        }
        assert!(unpacker.unfinished.len() <= UNFINISHED_AT_MOST + 1);
    }
}
