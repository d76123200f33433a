//! How it happens: HTTP, SQL, HTML, letters, duties.

pub mod clock;
pub mod secrets;
pub mod store;
