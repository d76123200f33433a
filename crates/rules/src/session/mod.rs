//! The meeting itself. In this version staff make it by hand and enter how to join it.

mod by_hand;
mod invitation;

pub use by_hand::{
    JoinLink, JoiningRefusal, MeetingId, Passcode, ZOOM_DOWNLOAD_PAGE, ZOOM_TEST_PAGE, shown_from,
};
pub use invitation::{Invitation, read_invitation};
