//! Sessions that are held in Zoom: which host holds them, what a meeting is made like, what is to
//! be done about it next, and what the signs from Zoom mean. Nothing here talks to Zoom.

mod account;
mod hosts;
mod keeping;
mod meeting;
mod sightings;

pub use account::{Difference, Expected, Place, Value, differences};
pub use hosts::{
    Host, MADE_OR_CHANGED_PER_DAY, NoHost, RESERVED_FOR_THE_DAY, budget_day, cells, choose,
    may_spend, next_budget,
};
pub use keeping::{Kept, LINK_LASTS_AT_MOST, State, Step, Told, Wanted, step, wanted};
pub use meeting::{AGENDA_PREFIX, DisplayName, Marker, MeetingSettings, topic};
pub use sightings::{Happening, Sighting, Signs, Who, read_signs, who_is};
