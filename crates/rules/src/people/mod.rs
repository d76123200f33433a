//! Jobseekers, counsellors and the office: who they are and what they may do.

pub mod practice;

pub use practice::{Practice, RecordedItems};
