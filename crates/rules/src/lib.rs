//! What must happen: the rules of an online counselling window, in the order of a jobseeker's path.
//!
//! Pure: no clock, no input or output, no randomness, no async, no SQL. `now` is an argument.

pub mod application;
pub mod appointment;
pub mod letters;
pub mod people;
pub mod records;
pub mod schedule;
pub mod session;
pub mod terms;
