//! The office's time: days, windows, slots, and who is free when (article 2(1) and 2(2)).
//!
//! A jobseeker's typed wish becomes a [`Slot`] ([`parse_wish`]), a slot is judged by the terms, the
//! calendar and the office's practice ([`check_slot`], [`check_confirmation`]), and [`openings`]
//! lists the slots that pass and have a counsellor.

mod calendar;
mod checks;
mod counsellor;
mod group;
mod group_words;
mod held;
mod holiday_file;
mod holiday_name;
mod holidays;
mod openings;
#[cfg(test)]
mod openings_properties;
mod serving;
mod slot;
mod slot_refusal;
mod wish_input;

pub use calendar::{Calendar, DayOff};
pub use checks::{
    Bounds, accepted_until, check_confirmation, check_length, check_slot, completed_before,
};
pub use counsellor::{Counsellor, Leave, Skill, WeeklyHours};
pub use group::{GroupPlan, GroupRefusal, GroupState, PlanRefusal};
pub use group_words::{GroupWords, Told};
pub use held::Held;
pub use holiday_file::{FileFault, FileFaultKind, read_holiday_file};
pub use holiday_name::HolidayName;
pub use holidays::{Holiday, Overrides, national_holiday};
pub use openings::{Ask, Opening, openings};
pub use serving::{ServingRefusal, check_serving};
pub use slot::{CELL_MINUTES, Slot, TOKYO};
pub use slot_refusal::SlotRefusal;
pub use wish_input::{parse_moment, parse_wish};
