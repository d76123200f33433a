//! The functions that the office designates in a room (article 5(4)).

use serde::{Deserialize, Serialize};

use super::SeatRole;
use crate::session::{Channel, Feature, FeatureProfile, Use};

/// Who may use what. A room keeps what was designated when the first came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Designated {
    camera: Use,
    captions: Use,
    chat: Use,
    screen: Use,
}

impl Default for Designated {
    fn default() -> Self {
        Self::of(&FeatureProfile::of(Channel::Room))
    }
}

impl Designated {
    /// What a profile says of the functions that a room has.
    pub fn of(profile: &FeatureProfile) -> Self {
        Self {
            camera: profile.who_may(Feature::Camera),
            captions: profile.who_may(Feature::Captions),
            chat: profile.who_may(Feature::Chat),
            screen: profile.who_may(Feature::ScreenShare),
        }
    }

    /// Whether who takes part as this may be seen.
    pub fn camera(self, role: SeatRole) -> bool {
        is_for(self.camera, role)
    }

    /// Whether who takes part as this may show live text.
    pub fn captions(self, role: SeatRole) -> bool {
        role.may_caption() && is_for(self.captions, role)
    }

    /// Whether who takes part as this may show a screen; never a guest.
    pub fn screen(self, role: SeatRole) -> bool {
        role.is_staff() && is_for(self.screen, role)
    }

    /// Whether who takes part as this may write, while staff `permit` it or not.
    pub fn chat(self, role: SeatRole, permit: bool) -> bool {
        let is_permitted = permit || role.is_staff() || self.chat != Use::ByPermission;
        is_permitted && is_for(self.chat, role)
    }

    /// Whether staff give and take the permission to write.
    pub fn chat_is_by_permission(self) -> bool {
        self.chat == Use::ByPermission
    }
}

fn is_for(who: Use, role: SeatRole) -> bool {
    match who {
        Use::Everybody | Use::Optional | Use::ByPermission => true,
        Use::StaffOnly => role.is_staff(),
        Use::Nobody => false,
    }
}
