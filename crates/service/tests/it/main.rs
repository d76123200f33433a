//! The service from outside: one test binary, so that it is linked once.

mod appointment;
mod cast;
mod engines;
mod letters;
mod office;
mod order;
mod statements;
mod store;
mod store_faults;
mod verbs;
