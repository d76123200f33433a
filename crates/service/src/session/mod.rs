//! The session itself: the join page, the room, and the relay.

pub mod relay;
