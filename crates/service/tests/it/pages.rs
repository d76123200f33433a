//! The whole journey over HTTP, without scripts, in each language.

mod journey;

pub(crate) use journey::{applies, fills_in};
