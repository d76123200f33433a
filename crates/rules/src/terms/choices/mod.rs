//! What offices choose differently and say in their terms.
//!
//! As with the numbers, each choice names the clause that states it and quotes the phrase it stands
//! on. What an office decides without saying it in its terms is its
//! [`Practice`](crate::people::Practice).

mod check;

pub use check::ChoiceFault;

pub(in crate::terms) use check::{chosen, counts_working_days, faults};

use super::Clause;
use super::eligibility::Condition;

/// A choice that the text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What was chosen.
    pub chosen: Chosen,
    /// The clause that states it; none for what the text leaves unsaid.
    pub article: Option<Clause>,
    /// The words of the Japanese text that it stands on; empty for what it leaves unsaid.
    pub phrase: String,
}

/// A question that the terms of offices answer differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChoiceName {
    /// By what a person agrees to the terms (opening words).
    Consent,
    /// A condition of use (article 1); as many as there are.
    Condition,
    /// Which days the limit for completing a booking counts (article 2(1)).
    DaysCounted,
    /// What silence after the start amounts to (article 2(4)).
    Silence,
    /// Whether silence has consequences for later applications (article 2(4)).
    LaterUse,
    /// How a person cancels (article 2(4)); as many ways as there are.
    Cancelling,
}

impl ChoiceName {
    /// Every question.
    pub const ALL: [Self; 6] = [
        Self::Consent,
        Self::Condition,
        Self::DaysCounted,
        Self::Silence,
        Self::LaterUse,
        Self::Cancelling,
    ];

    /// The name in the source of a version.
    pub fn code(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Condition => "condition",
            Self::DaysCounted => "days_counted",
            Self::Silence => "silence",
            Self::LaterUse => "later_use",
            Self::Cancelling => "cancelling",
        }
    }

    /// The clause of the model terms that answers it.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Consent => "preamble",
            Self::Condition => "1",
            Self::DaysCounted => "2(1)",
            Self::Silence | Self::LaterUse | Self::Cancelling => "2(4)",
        }
    }

    /// Whether several answers stand beside each other.
    pub fn is_many(self) -> bool {
        matches!(self, Self::Condition | Self::Cancelling)
    }
}

/// An answer to a [`ChoiceName`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// Who uses the service has agreed. A tick is asked for all the same when applying, since
    /// article 1 permits use to those who agreed.
    ConsentByUse,
    /// Who applies has agreed: nothing is ticked.
    ConsentByApplication,
    /// Agreeing is an act of its own, also when the terms have changed before a session.
    ConsentExplicit,
    /// A condition of use.
    Condition(Condition),
    /// Days of the calendar.
    CalendarDays,
    /// Days on which the office is open.
    WorkingDays,
    /// Silence cancels nothing: the text states no minutes, and what became of a session is for
    /// staff to record.
    SilenceLeftOpen,
    /// Later applications may be declined, by a manager.
    LaterUseMayBeDeclined,
    /// By telephone.
    CancelByTelephone,
    /// On the pages of the service.
    CancelOnline,
}

impl Chosen {
    /// Every answer, question by question. A text that leaves a question out has no conditions,
    /// counts days of the calendar, cancels after silence, declines nobody later and takes
    /// cancellations by telephone; by what a person agrees is never left out.
    pub const ALL: [Self; 13] = [
        Self::ConsentByUse,
        Self::ConsentByApplication,
        Self::ConsentExplicit,
        Self::Condition(Condition::Registered),
        Self::Condition(Condition::Environment),
        Self::Condition(Condition::Need),
        Self::Condition(Condition::CleanHistory),
        Self::CalendarDays,
        Self::WorkingDays,
        Self::SilenceLeftOpen,
        Self::LaterUseMayBeDeclined,
        Self::CancelByTelephone,
        Self::CancelOnline,
    ];

    /// The question that it answers.
    pub fn name(self) -> ChoiceName {
        match self {
            Self::ConsentByUse | Self::ConsentByApplication | Self::ConsentExplicit => {
                ChoiceName::Consent
            }
            Self::Condition(_) => ChoiceName::Condition,
            Self::CalendarDays | Self::WorkingDays => ChoiceName::DaysCounted,
            Self::SilenceLeftOpen => ChoiceName::Silence,
            Self::LaterUseMayBeDeclined => ChoiceName::LaterUse,
            Self::CancelByTelephone | Self::CancelOnline => ChoiceName::Cancelling,
        }
    }

    /// The value in the source of a version.
    pub fn code(self) -> &'static str {
        match self {
            Self::ConsentByUse => "use",
            Self::ConsentByApplication => "application",
            Self::ConsentExplicit => "explicit",
            Self::Condition(condition) => condition.code(),
            Self::CalendarDays => "calendar",
            Self::WorkingDays => "working",
            Self::SilenceLeftOpen => "left_open",
            Self::LaterUseMayBeDeclined => "may_be_declined",
            Self::CancelByTelephone => "telephone",
            Self::CancelOnline => "online",
        }
    }

    /// The answer of a question by its value.
    pub fn parse(name: ChoiceName, code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name && it.code() == code)
    }

    /// Whether this is what a text amounts to that says nothing: no clause and no phrase state it.
    pub fn is_unsaid(self) -> bool {
        self == Self::SilenceLeftOpen
    }
}

/// By what a person agrees to the terms (opening words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConsentMoment {
    /// By using the service.
    Use,
    /// By applying.
    Application,
    /// By an act of its own.
    Explicit,
}

/// What the choices of a version amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// By what a person agrees.
    pub consent: ConsentMoment,
    /// The conditions of use, in the order of article 1.
    pub conditions: Vec<Condition>,
    /// Whether later applications may be declined after a silent cancellation.
    pub later_use_may_be_declined: bool,
    /// Whether everybody may cancel on the pages.
    pub cancels_online: bool,
}
