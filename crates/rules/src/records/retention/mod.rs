//! How long records are kept, and what keeps one back when its time is over.
//!
//! No law names a period for online counselling; each office has a table of its own (標準文書保存期間
//! 基準). So the months of each class are the office's choice, with placeholders as defaults, and
//! how they are counted is the rule of official documents: from 1 April of the fiscal year after
//! the one in which the record was closed (公文書管理法施行令8条).
//!
//! That a period is over deletes nothing. It lets a record be listed, for one officer to review
//! and another to approve.

#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is kept for one period, and deleted by one kind of batch. Versions of the terms are in no
/// class: they are kept for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordClass {
    /// Applications that came to no session: declined, taken back, answered with a visit or a call.
    Unused,
    /// Applications with a session, and all that belongs to them: letters, facts, calls, consents,
    /// decisions, links, the usage record (article 5(1)).
    Session,
    /// Of sessions: what devices and lines told (article 5(1)), the log of what was sent, the state
    /// of rooms and meetings.
    Technical,
    /// Incidents (article 8), applications declined (article 2(4)), use that was ended (10(2)).
    Conduct,
    /// Demands under a law (article 5(2)) with their files and lifted holds.
    Disclosure,
    /// That a person asked for the own records.
    OwnRequest,
    /// Who of the staff read or changed what.
    Access,
    /// Who took sums out of the window (article 5(1)). The public ones stay: what was published is
    /// known by them.
    Report,
}

impl RecordClass {
    /// Every class, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Unused,
        Self::Session,
        Self::Technical,
        Self::Conduct,
        Self::Disclosure,
        Self::OwnRequest,
        Self::Access,
        Self::Report,
    ];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Session => "session",
            Self::Technical => "technical",
            Self::Conduct => "conduct",
            Self::Disclosure => "disclosure",
            Self::OwnRequest => "own_request",
            Self::Access => "access",
            Self::Report => "report",
        }
    }

    /// Reads [`RecordClass::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// Whether a batch of it deletes applications as a whole. Such a one goes last, after all that
    /// refers to it.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Unused | Self::Session)
    }
}

/// For how many months each class is kept: an office's own choice.
///
/// The defaults are placeholders, to be replaced by the office's own table: one year for what came
/// to nothing and for technical records, three for sessions and for what staff did, five for
/// conduct and disclosures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionMonths {
    /// [`RecordClass::Unused`].
    pub unused: u16,
    /// [`RecordClass::Session`].
    pub session: u16,
    /// [`RecordClass::Technical`].
    pub technical: u16,
    /// [`RecordClass::Conduct`].
    pub conduct: u16,
    /// [`RecordClass::Disclosure`].
    pub disclosure: u16,
    /// [`RecordClass::OwnRequest`].
    pub own_request: u16,
    /// [`RecordClass::Access`].
    pub access: u16,
    /// [`RecordClass::Report`].
    pub report: u16,
}

impl Default for RetentionMonths {
    fn default() -> Self {
        Self {
            unused: 12,
            session: 36,
            technical: 12,
            conduct: 60,
            disclosure: 60,
            own_request: 60,
            access: 36,
            report: 36,
        }
    }
}

/// Nothing is kept for a shorter time.
pub const LEAST_MONTHS: u16 = 1;
/// Nothing is kept for longer: thirty years, the longest period of official documents.
pub const MOST_MONTHS: u16 = 30 * 12;

impl RetentionMonths {
    /// For how many months a class is kept.
    pub fn of(&self, class: RecordClass) -> u16 {
        match class {
            RecordClass::Unused => self.unused,
            RecordClass::Session => self.session,
            RecordClass::Technical => self.technical,
            RecordClass::Conduct => self.conduct,
            RecordClass::Disclosure => self.disclosure,
            RecordClass::OwnRequest => self.own_request,
            RecordClass::Access => self.access,
            RecordClass::Report => self.report,
        }
    }

    /// Whether an office can choose so.
    ///
    /// # Errors
    /// The first class whose months are too few or too many.
    pub fn check(&self) -> Result<(), RecordClass> {
        let is_wrong =
            |class: &RecordClass| !(LEAST_MONTHS..=MOST_MONTHS).contains(&self.of(*class));
        RecordClass::ALL.into_iter().find(is_wrong).map_or(Ok(()), Err)
    }
}

/// The day from which the months of a record are counted: 1 April of the fiscal year after the one
/// in which it was closed (公文書管理法施行令8条).
pub fn counted_from(closed_on: Date) -> Date {
    let april = |year: i16| Date::new(year, 4, 1).unwrap_or(Date::MAX);
    let first = april(closed_on.year());
    if closed_on < first { first } else { april(closed_on.year().saturating_add(1)) }
}

/// The first day on which a record may be deleted.
pub fn due_on(closed_on: Date, months: u16) -> Date {
    counted_from(closed_on).checked_add(i64::from(months).months()).unwrap_or(Date::MAX)
}

/// What was closed before this day may be deleted today: the same rule, asked of the store at once.
pub fn over_before(months: u16, today: Date) -> Date {
    let latest = today.first_of_month().checked_sub(i64::from(months).months());
    let Ok(latest) = latest else { return Date::MIN };
    // The last 1 April that is not after it.
    let april = |year: i16| Date::new(year, 4, 1).unwrap_or(Date::MIN);
    let this = april(latest.year());
    if this <= latest { this } else { april(latest.year().saturating_sub(1)) }
}

/// What is known of a record when it is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The day on which it was closed; none while it is open: an application without an answer, a
    /// session that is to come or goes on, a decision in force, a demand that is not decided.
    pub closed_on: Option<Date>,
    /// Whether a legal hold keeps it.
    pub is_held: bool,
    /// Whether the person's applications are declined or their use is ended (articles 2(4), 10(2)):
    /// the grounds must stay as long.
    pub is_barred: bool,
    /// Whether conduct is on file with it.
    pub has_conduct: bool,
    /// Whether an entry of the register of disclosures was ever about it.
    pub is_named: bool,
}

/// What keeps a record from being deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Keeper {
    /// It is not closed.
    Open,
    /// Its period is not over.
    Period,
    /// A legal hold, which wins over everything else.
    Hold,
    /// A decision on the person's use that is in force.
    Bar,
    /// Conduct on file, which is kept for longer.
    Conduct,
    /// An entry of the register of disclosures.
    Disclosure,
    /// It was changed since it was listed.
    Changed,
}

impl Keeper {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Period,
        Self::Hold,
        Self::Bar,
        Self::Conduct,
        Self::Disclosure,
        Self::Changed,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Period => "period",
            Self::Hold => "hold",
            Self::Bar => "bar",
            Self::Conduct => "conduct",
            Self::Disclosure => "disclosure",
            Self::Changed => "changed",
        }
    }

    /// Reads [`Keeper::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keeper| keeper.code() == code)
    }
}

/// Since when a record may be deleted, or what keeps it. Asked when a batch is listed, and again
/// when it is carried out.
///
/// # Errors
/// What keeps it: the first of an open matter, the period, a hold, and what refers to it.
pub fn due(class: RecordClass, kept: &Kept, months: u16, today: Date) -> Result<Date, Keeper> {
    let due_on = due_on(kept.closed_on.ok_or(Keeper::Open)?, months);
    if today < due_on {
        return Err(Keeper::Period);
    }
    if kept.is_held {
        return Err(Keeper::Hold);
    }
    if class.is_whole() {
        for (keeps, keeper) in [
            (kept.is_barred, Keeper::Bar),
            (kept.has_conduct, Keeper::Conduct),
            (kept.is_named, Keeper::Disclosure),
        ] {
            if keeps {
                return Err(keeper);
            }
        }
    }
    Ok(due_on)
}

/// Why a batch cannot be listed or decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionRefusal {
    /// A batch of this class waits to be decided or carried out.
    BatchOpen,
    /// Nothing of this class may be deleted today.
    NothingDue,
    /// Who listed it does not approve it.
    SameOfficer,
    /// It was decided already.
    Decided,
    /// Who approves did not say that the list was reviewed.
    NotReviewed,
}

/// Who lists a batch does not approve it.
///
/// # Errors
/// [`RetentionRefusal::SameOfficer`].
pub fn check_approval(listed_by: i64, approver: i64) -> Result<(), RetentionRefusal> {
    if listed_by == approver { Err(RetentionRefusal::SameOfficer) } else { Ok(()) }
}
