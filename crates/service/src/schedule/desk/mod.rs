//! The staff's desk: the counsellors' days, their hours and leave, and closed days.

pub mod book;
pub mod choice;
pub mod closed;
mod counsellor_form;
pub mod counsellors;
pub mod days;
pub mod grid;
mod said;

pub use book::{Booking, DayBook, DeskBounds};
pub use grid::{Cell, Content, Grid, Overlay, Row, Wished, lay_out};
