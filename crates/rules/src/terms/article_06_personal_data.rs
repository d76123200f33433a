//! Article 6: personal information.
//!
//! - First sentence: it is protected under the Employment Security Act, whose article on
//!   jobseekers' data is 5-5 since October 2022. The citation belongs to the text of a version and
//!   stands in no page. Protection itself is `service`'s: encryption, roles, a row for each
//!   reading.
//! - Second sentence: in sessions of a supporter for intractable diseases, data may be shared with
//!   the bodies concerned. Only there is there such an act.
//!
//! By its text consent to the terms suffices. What is shared may be sensitive, so our reading asks
//! anew each time, takes no for an answer without any effect on the counselling, and lets a yes be
//! taken back. Nothing that names an illness is among the items.

mod codes;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Terms;
use crate::application::Kind;

/// What may be told of a person: a closed list, so that no more is told than a purpose needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// 氏名
    Name,
    /// 連絡先: telephone and mail.
    Contact,
    /// 希望する仕事・働き方
    WorkWishes,
    /// 職歴・資格
    Experience,
    /// 職場で必要な配慮: what helps at work, not why.
    Accommodation,
    /// 相談の経過
    Course,
    /// これからの支援の予定
    Plan,
}

/// What sharing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// 支援の方針を一緒に考える
    JointSupport,
    /// 相手の機関の支援につなぐ
    Referral,
    /// 職場での配慮を調整する
    Workplace,
    /// 就職したあとの定着を支える
    FollowUp,
}

/// What a partner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartnerKind {
    /// 難病相談支援センター
    DiseaseCentre,
    /// 地域障害者職業センター
    VocationalCentre,
    /// 障害者就業・生活支援センター
    LivingCentre,
    /// 医療機関
    Medical,
    /// 保健所
    HealthCentre,
    /// Another body concerned.
    Other,
}

/// How the person was asked, or told the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskedWay {
    /// By word of mouth, in the session or on the telephone.
    InWords,
    /// On paper, with the person's name under it.
    InWriting,
    /// On the person's own page.
    Online,
}

/// How something was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Medium {
    /// By word of mouth.
    Spoken,
    /// On paper, by hand or by post.
    Paper,
    /// As a file.
    File,
}

/// A partner on the office's list, as far as a decision needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// On the list.
    Active,
    /// Taken off the list; what was shared with it stays on record.
    Retired,
    /// Never on the list.
    Unknown,
}

/// What the person is asked: with whom, what, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether the partner may be shared with.
    pub partner: Listed,
    /// What would be told.
    pub items: BTreeSet<Item>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// Whether the purpose is told in a sentence too.
    pub is_explained: bool,
    /// When the person was asked.
    pub at: Timestamp,
}

/// What the person said to a request. The last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was said.
    pub reply: Reply,
    /// How it reached the office.
    pub way: AskedWay,
    /// When it was said.
    pub at: Timestamp,
}

/// A yes, a no, or a yes taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// These items may be told.
    Given(BTreeSet<Item>),
    /// Nothing may be told. The counselling goes on as before.
    Refused,
    /// Nothing more may be told.
    Withdrawn,
}

/// What is told to the partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// What.
    pub items: BTreeSet<Item>,
    /// When.
    pub at: Timestamp,
}

/// Why nothing may be asked, answered or shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SharingRefusal {
    /// The session is of another kind: article 6 allows sharing in none of those.
    OrdinarySession,
    /// The partner is not on the office's list.
    NotListed,
    /// The partner was taken off the list.
    Retired,
    /// Nothing was chosen to be told.
    NoItems,
    /// It is not said what it is for.
    NoPurpose,
    /// An item was not asked for.
    BeyondRequest,
    /// An item is not among those that the person agreed to.
    BeyondConsent,
    /// The person has not answered.
    NoConsent,
    /// The person said no.
    Refused,
    /// The person took the yes back.
    Withdrawn,
    /// The answer is older than the question: it was given to another.
    ConsentTooOld,
    /// It lies in the future.
    InTheFuture,
    /// It is older than the answer to which it would be due.
    BeforeConsent,
    /// The person has answered this already.
    AlreadyAnswered,
    /// It was shared; another time is another question.
    AlreadyShared,
    /// There is no yes to take back.
    NothingToWithdraw,
}

impl SharingRefusal {
    /// Every refusal, so that each can be shown to have its sentence.
    pub const ALL: [Self; 16] = [
        Self::OrdinarySession,
        Self::NotListed,
        Self::Retired,
        Self::NoItems,
        Self::NoPurpose,
        Self::BeyondRequest,
        Self::BeyondConsent,
        Self::NoConsent,
        Self::Refused,
        Self::Withdrawn,
        Self::ConsentTooOld,
        Self::InTheFuture,
        Self::BeforeConsent,
        Self::AlreadyAnswered,
        Self::AlreadyShared,
        Self::NothingToWithdraw,
    ];
}

/// Whether the person may be asked in a session of this kind.
///
/// # Errors
/// The first thing against it: the session, the partner, the items, the purpose, the time.
pub fn check_request(kind: Kind, request: &Request, now: Timestamp) -> Result<(), SharingRefusal> {
    check_kind(kind)?;
    match request.partner {
        Listed::Active => {}
        Listed::Retired => return Err(SharingRefusal::Retired),
        Listed::Unknown => return Err(SharingRefusal::NotListed),
    }
    if request.items.is_empty() {
        return Err(SharingRefusal::NoItems);
    }
    if request.purpose.is_none() || !request.is_explained {
        return Err(SharingRefusal::NoPurpose);
    }
    if request.at > now { Err(SharingRefusal::InTheFuture) } else { Ok(()) }
}

/// Whether an answer can follow the earlier ones: one yes or no, and after a yes its withdrawal.
///
/// # Errors
/// What stands against it.
pub fn check_answer(
    request: &Request,
    earlier: &[Answer],
    answer: &Answer,
    now: Timestamp,
) -> Result<(), SharingRefusal> {
    if answer.at > now {
        return Err(SharingRefusal::InTheFuture);
    }
    let last = earlier.last();
    match (&answer.reply, last.map(|it| &it.reply)) {
        (Reply::Withdrawn, Some(Reply::Given(_))) => {
            let is_older = last.is_some_and(|given| answer.at < given.at);
            if is_older { Err(SharingRefusal::BeforeConsent) } else { Ok(()) }
        }
        (Reply::Withdrawn, _) => Err(SharingRefusal::NothingToWithdraw),
        (_, Some(_)) => Err(SharingRefusal::AlreadyAnswered),
        (_, None) if answer.at < request.at => Err(SharingRefusal::ConsentTooOld),
        (Reply::Given(items), None) if items.is_empty() => Err(SharingRefusal::NoItems),
        (Reply::Given(items), None) if !items.is_subset(&request.items) => {
            Err(SharingRefusal::BeyondRequest)
        }
        (Reply::Given(_) | Reply::Refused, None) => Ok(()),
    }
}

/// Whether this may be shared: the request still stands, and the person agreed to these items
/// after having been asked and has not taken it back.
///
/// # Errors
/// As [`check_request`]; what stands against it in the answers.
pub fn check_sharing(
    kind: Kind,
    request: &Request,
    answers: &[Answer],
    handover: &Handover,
    now: Timestamp,
) -> Result<(), SharingRefusal> {
    check_request(kind, request, now)?;
    let last = answers.last().ok_or(SharingRefusal::NoConsent)?;
    let given = match &last.reply {
        Reply::Given(items) => items,
        Reply::Refused => return Err(SharingRefusal::Refused),
        Reply::Withdrawn => return Err(SharingRefusal::Withdrawn),
    };
    if last.at < request.at {
        return Err(SharingRefusal::ConsentTooOld);
    }
    if handover.items.is_empty() {
        return Err(SharingRefusal::NoItems);
    }
    if !handover.items.is_subset(given) {
        return Err(SharingRefusal::BeyondConsent);
    }
    if handover.at > now {
        return Err(SharingRefusal::InTheFuture);
    }
    if handover.at < last.at { Err(SharingRefusal::BeforeConsent) } else { Ok(()) }
}

/// Whether there is any sharing in a session of this kind under these terms: elsewhere the action
/// does not exist.
///
/// # Errors
/// [`SharingRefusal::OrdinarySession`].
pub fn check_offered(kind: Kind, terms: &Terms) -> Result<(), SharingRefusal> {
    check_kind(kind)?;
    terms.place("6").map(|_| ()).ok_or(SharingRefusal::OrdinarySession)
}

fn check_kind(kind: Kind) -> Result<(), SharingRefusal> {
    match kind {
        Kind::IntractableDisease => Ok(()),
        Kind::Counselling | Kind::Group => Err(SharingRefusal::OrdinarySession),
    }
}
