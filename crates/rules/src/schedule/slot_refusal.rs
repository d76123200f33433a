//! Why a slot is not possible (article 2(1) and 2(2)).

use crate::terms::NumberName;

/// Why a slot is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotRefusal {
    /// What was typed is no date, time or number of minutes.
    NotATime,
    /// The date was typed in an era (令和, R8 …); the form asks for the year of the calendar.
    EraDate,
    /// Shorter than the terms allow.
    TooShort,
    /// Longer than the terms allow.
    TooLong,
    /// Start or length is not a multiple of the office's step.
    NotOnStep,
    /// The session has begun or is over.
    InThePast,
    /// A Saturday or Sunday.
    Weekend,
    /// A national holiday.
    Holiday,
    /// 29 December to 3 January.
    YearEnd,
    /// A day that the office closed on its own account.
    OfficeClosed,
    /// The session does not lie wholly inside one window.
    OutsideWindow,
    /// The day by which a reservation must be complete is over; under terms that ask for the
    /// previous day: the session is of the same day.
    SameDay,
    /// The office no longer takes applications for that day.
    PastAcceptance,
    /// Further ahead than the office plans.
    BeyondHorizon,
}

impl SlotRefusal {
    /// Every refusal, so that each can be shown to have its sentence.
    pub const ALL: [Self; 14] = [
        Self::NotATime,
        Self::EraDate,
        Self::TooShort,
        Self::TooLong,
        Self::NotOnStep,
        Self::InThePast,
        Self::Weekend,
        Self::Holiday,
        Self::YearEnd,
        Self::OfficeClosed,
        Self::OutsideWindow,
        Self::SameDay,
        Self::PastAcceptance,
        Self::BeyondHorizon,
    ];

    /// The code by which interfaces name the refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotATime => "not_a_time",
            Self::EraDate => "era_date",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::NotOnStep => "not_on_step",
            Self::InThePast => "in_the_past",
            Self::Weekend => "weekend",
            Self::Holiday => "holiday",
            Self::YearEnd => "year_end",
            Self::OfficeClosed => "office_closed",
            Self::OutsideWindow => "outside_window",
            Self::SameDay => "same_day",
            Self::PastAcceptance => "past_acceptance",
            Self::BeyondHorizon => "beyond_horizon",
        }
    }

    /// The number of the terms that the refusal stands on, where there is one.
    pub fn number(self) -> Option<NumberName> {
        match self {
            Self::TooShort => Some(NumberName::ShortestMinutes),
            Self::TooLong => Some(NumberName::LongestMinutes),
            Self::OutsideWindow => Some(NumberName::Window),
            Self::SameDay => Some(NumberName::CompleteDaysBefore),
            _ => None,
        }
    }

    /// The article that the refusal stands on: 2(1) where the terms themselves bound a wish, 2(2)
    /// where the office arranges the date within them.
    pub fn article(self) -> &'static str {
        match self {
            Self::NotATime | Self::EraDate | Self::TooShort | Self::TooLong => "2(1)",
            Self::InThePast | Self::Weekend | Self::Holiday | Self::YearEnd => "2(1)",
            Self::OutsideWindow | Self::SameDay => "2(1)",
            Self::NotOnStep | Self::OfficeClosed => "2(2)",
            Self::PastAcceptance | Self::BeyondHorizon => "2(2)",
        }
    }
}
