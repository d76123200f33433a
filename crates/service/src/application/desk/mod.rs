//! The staff's desk: the inbox, one application, and entry on behalf.

pub mod acts;
pub mod case;
mod conditions;
pub mod entry;
mod entry_form;
pub mod inbox;
mod said;
mod store;
