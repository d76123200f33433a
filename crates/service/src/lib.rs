//! How it happens: HTTP, SQL, HTML, letters, duties.
//!
//! Data flows one way: `web` (the edge) → a verb of a noun → its `store` → `rules` (which decides)
//! → `store` → `duties` (what is owed to the outside).

pub mod app;
pub mod application;
pub mod appointment;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod duties;
pub mod error;
pub mod letters;
pub mod people;
pub mod records;
pub mod schedule;
pub mod secrets;
pub mod serve;
pub mod session;
pub mod store;
pub mod terms;
pub mod web;
pub mod words;
pub mod zoom;
