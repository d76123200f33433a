//! The service from outside: one test binary, so that it is linked once.

mod application;
mod appointment;
mod boundary;
mod cast;
mod commands;
mod device_check;
mod duties;
mod engines;
mod letters;
mod nodes;
mod office;
mod order;
mod pages;
mod people;
mod practice;
mod program;
mod race;
mod room;
mod sealed;
mod statements;
mod status_page;
mod store;
mod store_faults;
mod terms;
mod verbs;
mod visitor;
