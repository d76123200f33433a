//! The edge: addresses, forms, pages, and what every answer carries.

pub mod assets;
pub mod error;
pub mod fields;
pub mod form;
pub mod page;
pub mod request;
pub mod routes;
mod security;
mod ways_on;

pub use error::show;
pub use form::{Form, LongForm};
pub use page::Page;
pub use request::{Clerk, Guest, Seeker};

#[cfg(test)]
mod specimen;
