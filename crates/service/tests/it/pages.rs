//! The whole journey over HTTP, without scripts, in each language.

mod addresses;
mod journey;
