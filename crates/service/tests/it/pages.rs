//! The whole journey over HTTP, without scripts, in each language.

mod addresses;
mod desk;
mod hostile;
mod journey;
mod quiet;
mod random;
mod status;
mod twice;
