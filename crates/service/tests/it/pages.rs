//! The whole journey over HTTP, without scripts, in each language.

pub(crate) mod addresses;
mod answers;
mod arranging;
mod day;
mod desk;
mod errors;
mod hostile;
pub(crate) mod journey;
mod quiet;
mod random;
mod said;
mod stale;
mod status;
mod twice;
