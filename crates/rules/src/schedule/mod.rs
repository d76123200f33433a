//! The office's time: days and slots (article 2(1) and 2(2)).

mod calendar;
mod checks;
mod holiday_file;
mod holiday_name;
mod holidays;
mod slot;
mod wish_input;

pub use calendar::{Calendar, DayOff};
pub use checks::{
    Bounds, SlotRefusal, accepted_until, check_confirmation, check_slot, completed_before,
};
pub use holiday_file::{FileFault, FileFaultKind, read_holiday_file};
pub use holiday_name::HolidayName;
pub use holidays::{Holiday, Overrides, national_holiday};
pub use slot::{CELL_MINUTES, Slot, TOKYO};
pub use wish_input::parse_wish;
