//! The steps of an application and their order.

use super::{Sheet, conditions, contact, device, environment, identity, length, reasons, wishes};
use crate::application::draft::Draft;
use crate::web::fields::Faults;
use crate::words::key;

/// A page of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The conditions of article 1 and the terms of use.
    Conditions,
    /// Name and 求職番号 (article 2(1)).
    Identity,
    /// How the office reaches the person (article 2(2)).
    Contact,
    /// Why, and what would help (article 1(3)). It comes before the times, because the supporter's
    /// sessions have a length of their own (article 6).
    Reasons,
    /// How long the session is to be (article 2(1)).
    Length,
    /// Wished times (article 2(1)).
    Wishes,
    /// Which device, and by app or browser (article 4).
    Device,
    /// The declaration of article 4.
    Environment,
    /// Everything once more, and sending.
    Check,
}

impl Step {
    /// Every step, in order.
    pub(super) const ALL: [Self; 9] = [
        Self::Conditions,
        Self::Identity,
        Self::Contact,
        Self::Reasons,
        Self::Length,
        Self::Wishes,
        Self::Device,
        Self::Environment,
        Self::Check,
    ];

    /// The last part of the step's address.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Conditions => "conditions",
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Length => "length",
            Self::Wishes => "wishes",
            Self::Reasons => "reasons",
            Self::Device => "device",
            Self::Environment => "environment",
            Self::Check => "check",
        }
    }

    /// Reads [`Step::code`] back.
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Its place, from 1.
    pub(super) fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |index| index + 1)
    }

    /// Whether it asks when the session is to be; a group session has its time.
    pub(super) fn is_of_times(self) -> bool {
        matches!(self, Self::Length | Self::Wishes)
    }

    /// The steps that are asked, and the place of this one among them, from 0.
    fn row(self, is_group: bool) -> (Vec<Self>, Option<usize>) {
        let is_asked = |step: &Self| !(is_group && step.is_of_times());
        let row: Vec<Self> = Self::ALL.into_iter().filter(is_asked).collect();
        let place = row.iter().position(|step| *step == self);
        (row, place)
    }

    /// Which question of how many; the answers at the end are no question.
    pub(super) fn progress(self, is_group: bool) -> Option<(u8, u8)> {
        let (row, place) = self.row(is_group);
        let (nth, questions) = (place? + 1, row.len() - 1);
        let nth = Some(nth).filter(|nth| *nth <= questions)?;
        Some((u8::try_from(nth).ok()?, u8::try_from(questions).ok()?))
    }

    /// The step before, if there is one.
    pub(super) fn before(self, is_group: bool) -> Option<Self> {
        let (row, place) = self.row(is_group);
        row.get(place?.checked_sub(1)?).copied()
    }

    /// The step after; the last one stays.
    pub(super) fn after(self, is_group: bool) -> Self {
        let (row, place) = self.row(is_group);
        place.and_then(|place| row.get(place + 1)).copied().unwrap_or(Self::Check)
    }

    /// The key of its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Conditions => key!("application-conditions-title"),
            Self::Identity => key!("application-identity-title"),
            Self::Contact => key!("application-contact-title"),
            Self::Length => key!("application-length-title"),
            Self::Wishes => key!("application-wishes-title"),
            Self::Reasons => key!("application-reasons-title"),
            Self::Device => key!("application-device-title"),
            Self::Environment => key!("application-environment-title"),
            Self::Check => key!("application-check-title"),
        }
    }

    /// The fields that its form sends. The wishes are kept one by one instead.
    pub(super) fn fields(self) -> Vec<&'static str> {
        match self {
            Self::Conditions => conditions::FIELDS.to_vec(),
            Self::Identity => identity::FIELDS.to_vec(),
            Self::Contact => contact::FIELDS.to_vec(),
            Self::Length => length::FIELDS.to_vec(),
            Self::Reasons => reasons::FIELDS.to_vec(),
            Self::Device => device::FIELDS.to_vec(),
            Self::Environment => environment::fields(),
            Self::Wishes | Self::Check => Vec::new(),
        }
    }

    /// What is not in order in the answers to this step.
    pub(super) fn faults(self, sheet: &Sheet<'_>, draft: &Draft) -> Faults {
        let read = match self {
            _ if sheet.group.is_some() && self.is_of_times() => Ok(()),
            Self::Conditions => conditions::read(sheet, draft).map(drop),
            Self::Identity => identity::read(sheet, draft).map(drop),
            Self::Contact => contact::read(sheet, draft).map(drop),
            Self::Length => length::read(sheet, draft).map(drop),
            Self::Wishes => wishes::read(sheet, draft).map(drop),
            Self::Reasons => reasons::read(sheet, draft).map(drop),
            Self::Device => device::read(sheet, draft).map(drop),
            Self::Environment => environment::read(sheet, draft).map(drop),
            Self::Check => Ok(()),
        };
        read.err().unwrap_or_default()
    }
}
