//! Facts of an appointment, each with the time at which it *happened*, however late it was typed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that happened, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// When it happened (not when it was typed).
    pub at: Timestamp,
    /// What happened.
    pub what: What,
}

/// What can happen to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The person got in touch without cancelling ("I shall be late"), or the office reached them.
    /// Contact stops the limit of article 2(4).
    Called,
    /// The person cancelled: by telephone (article 2(4)), or online where that is open to them.
    CalledOff,
    /// The person was seen at the door: waiting room, meeting or counter.
    Arrived,
    /// The person was there under another name than the alias. Not a breach; counts as arrival
    /// (article 2(3)).
    WrongName,
    /// The office ended or called off the session (articles 9(6), 10(1)).
    StoppedByOffice(StopCause),
    /// The office ended or called off the session because of a breach of the terms, or because the
    /// person's use was ended (articles 9(4), 10(2)). No new time is owed.
    BrokenOff,
    /// The office's side could not be reached; the limit does not run (article 9(6)).
    Outage,
    /// The session is held by telephone, and it is the office that calls. The limit of article 2(4)
    /// does not run: who was told to wait for a call is not silent by waiting.
    ToTelephone,
    /// The session is held by telephone no longer: the person comes to the door again. The limit
    /// runs if the whole of it lies ahead, which is up to the start.
    FromTelephone,
    /// The session began anew at another time ([`super::Announced::gives_way_to`]). Contact before
    /// that was about the old one.
    Moved,
    /// A deeming, or a mistaken cancellation, was undone after its slot had been given to another
    /// person.
    SlotLost,
    /// How the session ended, as the counsellor recorded it.
    Ended(Outcome),
}

/// Why the office called a session off. Coded, because statistics and letters need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopCause {
    /// The counsellor cannot come.
    CounsellorAbsent,
    /// A fault of equipment or network on the office's side, or of the meeting provider.
    Failure,
    /// Disaster, or an attack that ordinary care cannot prevent (article 9(6)).
    Disaster,
    /// The office stops the service (article 10(1)).
    ServiceStopped,
}

/// How a session ended. One click of the counsellor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Counselling took place.
    Held,
    /// The jobseeker's equipment or line failed (article 9(2)): nobody's fault, never a no-show.
    JobseekersTrouble,
    /// The office's equipment or line failed (article 9(6)): never a no-show.
    OfficesTrouble,
    /// The session went on by telephone.
    ByTelephone,
}

impl What {
    /// Whether this is contact in the sense of article 2(4).
    pub fn is_contact(self) -> bool {
        matches!(self, Self::Called | Self::CalledOff | Self::Arrived | Self::WrongName)
    }

    /// Whether this tells by which means the session is held: that outlives another time.
    pub fn is_about_means(self) -> bool {
        matches!(self, Self::ToTelephone | Self::FromTelephone)
    }

    /// Whether staff can undo it. A new time is undone by another one, other means by the old ones.
    pub fn can_be_undone(self) -> bool {
        !self.is_about_means() && !matches!(self, Self::Moved | Self::SlotLost)
    }

    /// The stable code of the store, of the interface and of records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::CalledOff => "called_off",
            Self::Arrived => "arrived",
            Self::WrongName => "wrong_name",
            Self::StoppedByOffice(StopCause::CounsellorAbsent) => "stopped_counsellor_absent",
            Self::StoppedByOffice(StopCause::Failure) => "stopped_failure",
            Self::StoppedByOffice(StopCause::Disaster) => "stopped_disaster",
            Self::StoppedByOffice(StopCause::ServiceStopped) => "stopped_service",
            Self::BrokenOff => "broken_off",
            Self::Outage => "outage",
            Self::ToTelephone => "to_telephone",
            Self::FromTelephone => "from_telephone",
            Self::Moved => "moved",
            Self::SlotLost => "slot_lost",
            Self::Ended(Outcome::Held) => "held",
            Self::Ended(Outcome::JobseekersTrouble) => "jobseekers_trouble",
            Self::Ended(Outcome::OfficesTrouble) => "offices_trouble",
            Self::Ended(Outcome::ByTelephone) => "by_telephone",
        }
    }

    /// Every kind of fact.
    pub const ALL: [Self; 18] = [
        Self::Called,
        Self::CalledOff,
        Self::Arrived,
        Self::WrongName,
        Self::StoppedByOffice(StopCause::CounsellorAbsent),
        Self::StoppedByOffice(StopCause::Failure),
        Self::StoppedByOffice(StopCause::Disaster),
        Self::StoppedByOffice(StopCause::ServiceStopped),
        Self::BrokenOff,
        Self::Outage,
        Self::ToTelephone,
        Self::FromTelephone,
        Self::Moved,
        Self::SlotLost,
        Self::Ended(Outcome::Held),
        Self::Ended(Outcome::JobseekersTrouble),
        Self::Ended(Outcome::OfficesTrouble),
        Self::Ended(Outcome::ByTelephone),
    ];

    /// Reads [`What::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }
}
