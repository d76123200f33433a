//! The stable codes of forms, files and the store.

use super::{AskedWay, Item, Medium, PartnerKind, Purpose, Reply};

impl Item {
    /// Every item, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Contact,
        Self::WorkWishes,
        Self::Experience,
        Self::Accommodation,
        Self::Course,
        Self::Plan,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Contact => "contact",
            Self::WorkWishes => "work_wishes",
            Self::Experience => "experience",
            Self::Accommodation => "accommodation",
            Self::Course => "course",
            Self::Plan => "plan",
        }
    }

    /// Reads [`Item::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }
}

impl Purpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 4] =
        [Self::JointSupport, Self::Referral, Self::Workplace, Self::FollowUp];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::JointSupport => "joint_support",
            Self::Referral => "referral",
            Self::Workplace => "workplace",
            Self::FollowUp => "follow_up",
        }
    }

    /// Reads [`Purpose::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

impl PartnerKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::DiseaseCentre,
        Self::VocationalCentre,
        Self::LivingCentre,
        Self::Medical,
        Self::HealthCentre,
        Self::Other,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::DiseaseCentre => "disease_centre",
            Self::VocationalCentre => "vocational_centre",
            Self::LivingCentre => "living_centre",
            Self::Medical => "medical",
            Self::HealthCentre => "health_centre",
            Self::Other => "other",
        }
    }

    /// Reads [`PartnerKind::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl AskedWay {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::InWords, Self::InWriting, Self::Online];

    /// The ways that staff record; what is said online records itself.
    pub const OF_STAFF: [Self; 2] = [Self::InWords, Self::InWriting];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InWords => "in_words",
            Self::InWriting => "in_writing",
            Self::Online => "online",
        }
    }

    /// Reads [`AskedWay::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 3] = [Self::Spoken, Self::Paper, Self::File];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spoken => "spoken",
            Self::Paper => "paper",
            Self::File => "file",
        }
    }

    /// Reads [`Medium::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.code() == code)
    }
}

impl Reply {
    /// The code of what was said, without its items.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Given(_) => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}
