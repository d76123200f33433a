//! Article 4: device and connection.
//!
//! - Opening words: the user sees to it. The office does not inspect devices; the user declares,
//!   item by item ([`Declaration`]), and the declaration is asked again after a time of the
//!   office's choosing and for another device. "No" and "unsure" keep nobody from applying: they
//!   lead to help, or to another way of being counselled ([`judge`]).
//! - (1) to (8): an [`Item`] each, two where a paragraph asks two things of the user.
//! - (2), second sentence, and (4), second sentence, forbid use outright. An item of those that is
//!   declared not kept has to be settled before the session: [`Judgement::forbidden`].
//! - (3): the app is not asked for on a computer with a browser. A telephone's or tablet's browser
//!   is not exempt, unless the office uses the built-in room, which has no app.
//! - (7), second sentence (close what is not needed) concerns the session itself. It is said where
//!   the user joins and not declared beforehand. A screen reader is needed.
//! - (8): protection that comes with the system counts: the text asks for equal protection, not
//!   for payment.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::schedule::TOKYO;
use crate::session::Channel;

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The device is safe: 4(1).
    Safe,
    /// The device is connected to the internet: 4(2), first sentence.
    Online,
    /// The connection is one whose keeper is known: 4(2), second sentence.
    TrustedLine,
    /// The tool's app is installed: 4(3).
    AppInstalled,
    /// The operating system is supported and patched: 4(4).
    SupportedSystem,
    /// Browser and software are up to date: 4(5).
    Updated,
    /// The firewall is on: 4(6).
    Firewall,
    /// No file-sharing software is installed: 4(7), first sentence.
    NoFileSharing,
    /// Anti-virus software is installed and up to date: 4(8).
    AntiVirus,
}

impl Item {
    /// All items, in the article's order.
    pub const ALL: [Self; 9] = [
        Self::Safe,
        Self::Online,
        Self::TrustedLine,
        Self::AppInstalled,
        Self::SupportedSystem,
        Self::Updated,
        Self::Firewall,
        Self::NoFileSharing,
        Self::AntiVirus,
    ];

    /// The clause; a letter names the sentence.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Safe => "4(1)",
            Self::Online => "4(2)a",
            Self::TrustedLine => "4(2)b",
            Self::AppInstalled => "4(3)",
            Self::SupportedSystem => "4(4)",
            Self::Updated => "4(5)",
            Self::Firewall => "4(6)",
            Self::NoFileSharing => "4(7)a",
            Self::AntiVirus => "4(8)",
        }
    }

    /// The code by which the item is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Online => "online",
            Self::TrustedLine => "trusted_line",
            Self::AppInstalled => "app_installed",
            Self::SupportedSystem => "supported_system",
            Self::Updated => "updated",
            Self::Firewall => "firewall",
            Self::NoFileSharing => "no_file_sharing",
            Self::AntiVirus => "anti_virus",
        }
    }

    /// The item of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// The answers that may be given on this device. The article speaks the language of computers:
    /// on a telephone or a tablet there is mostly no firewall to be set (4(6)), no file-sharing
    /// software (4(7)) and no anti-virus software with patterns of its own (4(8)).
    pub fn answers(self, device: Device) -> &'static [Answer] {
        use Device::{Phone, Tablet};
        match (self, device) {
            (Self::Firewall | Self::NoFileSharing | Self::AntiVirus, Phone | Tablet) => {
                &Answer::ALL
            }
            _ => &[Answer::Yes, Answer::No, Answer::Unsure],
        }
    }

    /// Whether the article forbids use in so many words where the item is not kept.
    fn is_forbidding(self) -> bool {
        matches!(self, Self::TrustedLine | Self::SupportedSystem)
    }
}

/// An answer to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// The person does not know.
    Unsure,
    /// It does not concern this device.
    NotApplicable,
}

impl Answer {
    /// All answers, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Unsure, Self::NotApplicable];

    /// The code by which the answer is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The answer of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// The kind of device a person joins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// A telephone.
    Phone,
    /// A tablet.
    Tablet,
    /// A computer.
    Computer,
}

impl Device {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Computer];

    /// The code by which the kind is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
    }

    /// The kind of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|device| device.code() == code)
    }
}

/// What a person joins by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinBy {
    /// The tool's app.
    App,
    /// A web browser.
    Browser,
    /// The built-in room, which is a page of this site.
    Room,
}

impl JoinBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::App, Self::Browser, Self::Room];

    /// The ways between which a person chooses in an office that usually holds sessions like this.
    pub fn offered(usual: Channel) -> &'static [Self] {
        match usual {
            Channel::Room => &[Self::Room],
            Channel::Zoom | Channel::ByHand | Channel::Telephone => &[Self::App, Self::Browser],
        }
    }

    /// The code by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Browser => "browser",
            Self::Room => "room",
        }
    }

    /// What the code stands for.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// What a person declared about one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The device.
    pub device: Device,
    /// App or browser.
    pub join_by: JoinBy,
    /// The answers.
    pub answers: BTreeMap<Item, Answer>,
    /// When it was declared.
    pub at: Timestamp,
}

/// Why a declaration is not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclarationRefusal {
    /// An item that is asked has no answer.
    Unanswered(Item),
    /// The item cannot be answered like this on this device.
    NotAnAnswer(Item, Answer),
}

/// What a declaration leads to. It keeps nobody from applying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The items answered "no" or "unsure", in the article's order: help is offered for each.
    pub unsettled: Vec<(Item, Answer)>,
}

impl Judgement {
    /// Whether nothing is left to be helped with.
    pub fn is_ready(&self) -> bool {
        self.unsettled.is_empty()
    }

    /// The items declared not kept without which the article forbids use (4(2) and 4(4), second
    /// sentences): to be settled before the session, or another way of counselling found.
    pub fn forbidden(&self) -> Vec<Item> {
        let broken = self.unsettled.iter().filter(|(_, answer)| *answer == Answer::No);
        broken.map(|(item, _)| *item).filter(|item| item.is_forbidding()).collect()
    }
}

/// The items that are asked, in the article's order (4(3): no app for a computer's browser).
pub fn asked(device: Device, join_by: JoinBy) -> Vec<Item> {
    let exempt = match join_by {
        JoinBy::App => false,
        JoinBy::Browser => device == Device::Computer,
        JoinBy::Room => true,
    };
    Item::ALL.into_iter().filter(|item| !(exempt && *item == Item::AppInstalled)).collect()
}

/// Judges a declaration. Answers to items that are not asked are passed over.
///
/// # Errors
/// The first item, in the article's order, without an answer or with one that it cannot have.
pub fn judge(declaration: &Declaration) -> Result<Judgement, DeclarationRefusal> {
    let mut unsettled = Vec::new();
    for item in asked(declaration.device, declaration.join_by) {
        let answer = declaration.answers.get(&item).copied();
        let answer = answer.ok_or(DeclarationRefusal::Unanswered(item))?;
        if !item.answers(declaration.device).contains(&answer) {
            return Err(DeclarationRefusal::NotAnAnswer(item, answer));
        }
        if matches!(answer, Answer::No | Answer::Unsure) {
            unsettled.push((item, answer));
        }
    }
    Ok(Judgement { unsettled })
}

/// The instant from which a declaration made at `at` no longer holds: the end, in Japan, of the
/// day that is `days` days later.
pub fn valid_until(at: Timestamp, days: u16) -> Timestamp {
    let last = at.to_zoned(TOKYO.clone()).date().checked_add(i64::from(days).days());
    let end = last.and_then(|last| last.tomorrow()?.to_zoned(TOKYO.clone()));
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}

#[cfg(test)]
mod tests;
