//! Supplementary provision: from when a version is in force.
//!
//! The date is a number of the version (`effective_from`) and counts from its first instant in
//! Japan. There is no last day: a version is in force until the next one is
//! ([`Editions`](super::Editions)). Before the first there are no terms, hence no service.
