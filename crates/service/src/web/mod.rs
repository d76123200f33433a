//! The edge: addresses, forms, pages, and what every answer carries.

pub mod assets;
pub mod error;
pub mod fields;
pub mod form;
pub mod page;
pub mod places;
pub mod request;
pub mod resume;
pub mod routes;
pub mod said;
mod security;
mod ways_on;

pub use error::{show, with_status};
pub use form::{Form, LongForm};
pub use page::Page;
pub use places::Place;
pub use request::{Clerk, Guest, Seeker};

#[cfg(test)]
mod specimen;
