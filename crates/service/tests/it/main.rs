//! The service from outside: one test binary, so that it is linked once.

mod engines;
mod statements;
mod store;
mod store_faults;
