//! Which letter is owed for which change. The wording is the service's.

use serde::{Deserialize, Serialize};

/// A letter to a jobseeker (article 2(2): the office tells whether, when and how).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// The application arrived: receipt number and link.
    Receipt,
    /// The office proposes another time.
    Proposal,
    /// A proposal was not answered in time; the office looks for another time.
    ProposalLapsed,
    /// The application is declined, with its reason.
    Declined,
    /// The office asks the person to come, or will telephone, instead.
    Converted,
    /// The application was withdrawn.
    Withdrawn,
    /// It is settled: date, time, alias, how to join.
    Confirmation,
    /// The reminder of the day before.
    Reminder,
    /// The slot has changed.
    Change,
    /// How to join has changed, or is now known.
    JoiningData,
    /// Cancelled as the person asked.
    Cancellation,
    /// Deemed cancelled after silence (article 2(4)).
    DeemedCancelled,
    /// The deeming is undone, because contact had come in time.
    DeemingUndone,
    /// A cancellation that was recorded by mistake is undone.
    Reinstatement,
    /// The office had to call it off (article 9(6)).
    StoppedByOffice,
    /// A deeming, or a mistaken cancellation, is undone, but the slot is another's: a new time is
    /// owed.
    Displaced,
    /// The service will stand still at the time of the session (article 10(1)).
    StopPlanned,
    /// It will not: the session takes place after all.
    StopLifted,
    /// Later applications are declined for a time (article 2(4)): until when, and how to object.
    UseDeclined,
    /// The person's use was ended, where the office tells it (article 10(2)).
    UseEnded,
    /// What was decided on an objection (articles 2(4), 10(2)).
    ObjectionAnswered,
}

/// What the calendar part of a letter does (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarPart {
    /// No calendar part.
    None,
    /// The entry is made or brought up to date.
    Publish,
    /// The entry is taken out.
    Cancel,
}

impl Letter {
    /// Every letter.
    pub const ALL: [Self; 21] = [
        Self::Receipt,
        Self::Proposal,
        Self::ProposalLapsed,
        Self::Declined,
        Self::Converted,
        Self::Withdrawn,
        Self::Confirmation,
        Self::Reminder,
        Self::Change,
        Self::JoiningData,
        Self::Cancellation,
        Self::DeemedCancelled,
        Self::DeemingUndone,
        Self::Reinstatement,
        Self::StoppedByOffice,
        Self::Displaced,
        Self::StopPlanned,
        Self::StopLifted,
        Self::UseDeclined,
        Self::UseEnded,
        Self::ObjectionAnswered,
    ];

    /// The stable code of the store; also the stem of the letter's wording.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Proposal => "proposal",
            Self::ProposalLapsed => "proposal_lapsed",
            Self::Declined => "declined",
            Self::Converted => "converted",
            Self::Withdrawn => "withdrawn",
            Self::Confirmation => "confirmation",
            Self::Reminder => "reminder",
            Self::Change => "change",
            Self::JoiningData => "joining_data",
            Self::Cancellation => "cancellation",
            Self::DeemedCancelled => "deemed_cancelled",
            Self::DeemingUndone => "deeming_undone",
            Self::Reinstatement => "reinstatement",
            Self::StoppedByOffice => "stopped_by_office",
            Self::Displaced => "displaced",
            Self::StopPlanned => "stop_planned",
            Self::StopLifted => "stop_lifted",
            Self::UseDeclined => "use_declined",
            Self::UseEnded => "use_ended",
            Self::ObjectionAnswered => "objection_answered",
        }
    }

    /// Reads [`Letter::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.code() == code)
    }

    /// What happens to the calendar entry, given whether the session is still to come.
    pub fn calendar_part(self, is_open: bool) -> CalendarPart {
        match self {
            Self::Cancellation
            | Self::DeemedCancelled
            | Self::StoppedByOffice
            | Self::Displaced => CalendarPart::Cancel,
            Self::Confirmation
            | Self::Reminder
            | Self::Change
            | Self::JoiningData
            | Self::Reinstatement
            | Self::DeemingUndone
                if is_open =>
            {
                CalendarPart::Publish
            }
            _ => CalendarPart::None,
        }
    }
}
