//! The staff's desk: the inbox, one application, and entry on behalf.

pub mod inbox;
