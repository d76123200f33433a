//! The session itself: the door in front of it, the check of a device, the built-in room, and the
//! meeting that staff make by hand.

mod by_hand;
mod channel;
pub mod device_check;
mod door;
mod feature_profile;
mod invitation;
mod quality;
pub mod room;
pub mod zoom;

pub use by_hand::{
    JoinLink, JoiningRefusal, MeetingId, Passcode, ZOOM_DOWNLOAD_PAGE, ZOOM_TEST_PAGE, shown_from,
};
pub use channel::Channel;
pub use door::{Door, Seated, door, opens_at};
pub use feature_profile::{Designation, Feature, FeatureProfile, ProfileFault, Use};
pub use invitation::{Invitation, read_invitation};
pub use quality::{Level, Quality, Report, ReportRefusal, Route};
