//! Demands for records under a law (article 5(2), second sentence), and what must be there before
//! one is answered.
//!
//! That something was demanded does not mean that it must be given: each demand is decided, by two
//! people, with a reason. A forged demand has been known to lack a document number, or to be made
//! on the telephone with no original ever following; so nothing is given on either.
//!
//! A refusal takes less than a disclosure. A demand that lacks what it should have can be refused,
//! or the register would hold it open for ever; it cannot be answered with data.

mod hold;
#[cfg(test)]
mod tests;

pub use hold::{Hold, HoldKind, HoldMark, HoldRefusal, PRESERVED_AT_MOST, PRESERVED_IN_ALL};

use jiff::Timestamp;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::people::FreeText;
use crate::schedule::TOKYO;

/// In which form a demand came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A letter of inquiry, in the original.
    WrittenOriginal,
    /// A judge's warrant.
    Warrant,
    /// A paper of a court, such as a request to send documents.
    Court,
    /// Anything else: a call, a copy, a mail. Nothing is given on it.
    Other,
}

impl Form {
    /// Every form, in the order of the page.
    pub const ALL: [Self; 4] = [Self::WrittenOriginal, Self::Warrant, Self::Court, Self::Other];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrittenOriginal => "written_original",
            Self::Warrant => "warrant",
            Self::Court => "court",
            Self::Other => "other",
        }
    }

    /// Reads [`Form::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// On which law a demand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// 刑事訴訟法197条2項: an investigator's inquiry.
    CriminalProcedure,
    /// 個人情報保護法69条1項: another law says so.
    PersonalData,
    /// A judge's warrant.
    Warrant,
    /// A court's request.
    Court,
    /// 国税通則法: a tax officer's inquiry.
    NationalTax,
    /// Another law, which is then named.
    Other,
}

impl Basis {
    /// Every basis, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::CriminalProcedure,
        Self::PersonalData,
        Self::Warrant,
        Self::Court,
        Self::NationalTax,
        Self::Other,
    ];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::CriminalProcedure => "criminal_procedure_197_2",
            Self::PersonalData => "personal_data_69_1",
            Self::Warrant => "warrant",
            Self::Court => "court",
            Self::NationalTax => "national_tax",
            Self::Other => "other",
        }
    }

    /// Reads [`Basis::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

/// Somebody about whom is asked: as the paper names them, and the application if it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonAsked {
    /// As the paper says.
    pub named: FreeText,
    /// Number of the application, of a receipt that staff found.
    pub application: Option<i64>,
}

/// What was demanded, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// When it came to the office.
    pub received_on: Date,
    /// In which form.
    pub form: Form,
    /// The body that asks.
    pub body: FreeText,
    /// The title of its head, under whose name the paper is.
    pub head: FreeText,
    /// The number of the paper.
    pub document_number: FreeText,
    /// The date of the paper.
    pub document_date: Option<Date>,
    /// The law on which it stands.
    pub basis: Option<Basis>,
    /// Which law, in words.
    pub basis_text: FreeText,
    /// About whom.
    pub persons: Vec<PersonAsked>,
    /// About which days, the last one included.
    pub period: Option<(Date, Date)>,
    /// What is asked about them.
    pub items: FreeText,
    /// Whether the office was asked not to tell of it (刑事訴訟法197条5項).
    pub secrecy_asked: bool,
}

/// The call back to whoever asks, on a number that was not taken from the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticity {
    /// Who answered: body, section, name.
    pub called: FreeText,
    /// The number that was called.
    pub number: FreeText,
    /// Where that number was found, which is not the paper itself.
    pub found_in: FreeText,
    /// When it was called.
    pub at: Timestamp,
    /// Who of the staff called.
    pub by: i64,
    /// Whether the paper was confirmed to be theirs.
    pub confirmed: bool,
}

impl Authenticity {
    /// Whether the call settles that the paper is real.
    fn is_settled(&self) -> bool {
        let told = [&self.called, &self.number, &self.found_in];
        self.confirmed && !told.iter().any(|text| text.is_empty())
    }
}

/// How a demand is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 全部: everything that is asked is given.
    All,
    /// 一部: a part of it.
    Part,
    /// 拒否: nothing is.
    Refused,
    /// 取下げ: who asked does so no longer.
    Withdrawn,
}

impl Outcome {
    /// Every outcome, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::Part, Self::Refused, Self::Withdrawn];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Part => "part",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Outcome::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// Whether something is handed over.
    pub fn gives(self) -> bool {
        matches!(self, Self::All | Self::Part)
    }
}

/// The SHA-256 of what is handed over, as 64 small hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sha256(String);

impl Sha256 {
    /// Reads a digest, in either case and width, with or without spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
        let digits = digits.to_ascii_lowercase();
        let shape = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        shape.then_some(Self(digits))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A decision as it is drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// How the demand is to be answered.
    pub outcome: Outcome,
    /// Why so.
    pub reason: FreeText,
    /// Who drafted it.
    pub drafter: i64,
    /// What is to be handed over, a line for each.
    pub handed: FreeText,
    /// The digest of it.
    pub digest: Option<Sha256>,
}

/// Who approved a draft, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Not the drafter.
    pub approver: i64,
    /// When.
    pub at: Timestamp,
}

/// That it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// On what: paper, disc, and how it went.
    pub medium: FreeText,
    /// When it was sent or given.
    pub at: Timestamp,
    /// By whom of the staff.
    pub by: i64,
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing is drafted.
    Open,
    /// A draft waits for another person.
    Drafted(Draft),
    /// Approved. When nothing is to be given, this is the end.
    Approved(Draft, Approval),
    /// Handed over, which is the end.
    HandedOver(Draft, Approval, HandedOver),
}

/// That the secrecy of an entry was lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifted {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: i64,
    /// Why.
    pub reason: FreeText,
}

/// An entry of the register, as of one of its revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was demanded.
    pub demand: Demand,
    /// Who wrote that down, or changed it last.
    pub written_by: i64,
    /// The call back, once it was made.
    pub authenticity: Option<Authenticity>,
    /// How far it is.
    pub decision: Decision,
    /// Whether its secrecy was lifted.
    pub lifted: Option<Lifted>,
}

/// What an entry lacks for an approval. No one of these can be waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// Which body asks, and under whose name.
    Body,
    /// The paper itself: a call or a copy is not enough.
    WrittenOriginal,
    /// The number of the paper.
    DocumentNumber,
    /// The date of the paper.
    DocumentDate,
    /// The paper is dated later than it came, or later than today.
    DocumentDateTooLate,
    /// It is said to have come later than today.
    ReceivedTooLate,
    /// The law.
    Basis,
    /// The name of the law, where it is another one.
    BasisText,
    /// What is asked.
    Items,
    /// About which days.
    Period,
    /// About whom: nobody is named, or everybody is.
    Persons,
    /// A call back on a number found otherwise, with the answer that the paper is theirs.
    Authenticity,
    /// A draft.
    Draft,
    /// Why it is decided so.
    Reason,
    /// The list of what is handed over.
    HandedList,
    /// The digest of what is handed over.
    Digest,
    /// Another person than who wrote the entry or drafted the decision.
    SecondPerson,
}

impl Missing {
    /// Everything that can be missing, in the order in which it is told.
    pub const ALL: [Self; 17] = [
        Self::Body,
        Self::WrittenOriginal,
        Self::DocumentNumber,
        Self::DocumentDate,
        Self::DocumentDateTooLate,
        Self::ReceivedTooLate,
        Self::Basis,
        Self::BasisText,
        Self::Items,
        Self::Period,
        Self::Persons,
        Self::Authenticity,
        Self::Draft,
        Self::Reason,
        Self::HandedList,
        Self::Digest,
        Self::SecondPerson,
    ];
}

impl Entry {
    /// Whether it is hidden from everybody but those who keep the register.
    pub fn is_secret(&self) -> bool {
        self.demand.secrecy_asked && self.lifted.is_none()
    }

    /// Whether something is left to do: to draft, to approve, or to hand over what was approved.
    pub fn is_open(&self) -> bool {
        match &self.decision {
            Decision::Open | Decision::Drafted(_) => true,
            Decision::Approved(draft, _) => draft.outcome.gives(),
            Decision::HandedOver(..) => false,
        }
    }

    /// Whether demand, check and draft can still be changed: nothing is approved yet.
    pub fn is_changeable(&self) -> bool {
        matches!(self.decision, Decision::Open | Decision::Drafted(_))
    }

    /// The draft, approved or not.
    pub fn draft(&self) -> Option<&Draft> {
        match &self.decision {
            Decision::Open => None,
            Decision::Drafted(draft)
            | Decision::Approved(draft, _)
            | Decision::HandedOver(draft, ..) => Some(draft),
        }
    }

    /// The applications that were found for the persons named, each once.
    pub fn applications(&self) -> Vec<i64> {
        let mut found: Vec<i64> =
            self.demand.persons.iter().filter_map(|person| person.application).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether this person may approve the entry now (article 5(2)).
///
/// A refusal or a withdrawal needs to say who asked, and a reason; what the demand itself lacks may
/// be that reason. The person who wrote the demand down last counts as a drafter: whoever approves
/// has changed nothing of what is approved.
///
/// # Errors
/// Everything that is missing, in the order of [`Missing::ALL`].
pub fn check_approval(entry: &Entry, approver: i64, now: Timestamp) -> Result<(), Vec<Missing>> {
    let today = now.to_zoned(TOKYO.clone()).date();
    let Some(draft) = entry.draft() else { return Err(vec![Missing::Draft]) };
    let demand = &entry.demand;
    let mut missing = Vec::new();
    let mut need = |there: bool, what: Missing| {
        if !there {
            missing.push(what);
        }
    };
    need(!demand.body.is_empty(), Missing::Body);
    need(demand.received_on <= today, Missing::ReceivedTooLate);
    need(!draft.reason.is_empty(), Missing::Reason);
    need(approver != draft.drafter && approver != entry.written_by, Missing::SecondPerson);
    if draft.outcome.gives() {
        need(!demand.head.is_empty(), Missing::Body);
        need(demand.form != Form::Other, Missing::WrittenOriginal);
        need(!demand.document_number.is_empty(), Missing::DocumentNumber);
        need(demand.document_date.is_some(), Missing::DocumentDate);
        let latest = demand.received_on.min(today);
        let in_time = demand.document_date.is_none_or(|date| date <= latest);
        need(in_time, Missing::DocumentDateTooLate);
        need(demand.basis.is_some(), Missing::Basis);
        let is_named = demand.basis != Some(Basis::Other) || !demand.basis_text.is_empty();
        need(is_named, Missing::BasisText);
        need(!demand.items.is_empty(), Missing::Items);
        need(demand.period.is_some(), Missing::Period);
        need(names_persons(&demand.persons), Missing::Persons);
        let settled = entry.authenticity.as_ref().is_some_and(Authenticity::is_settled);
        need(settled, Missing::Authenticity);
        need(!draft.handed.is_empty(), Missing::HandedList);
        need(draft.digest.is_some(), Missing::Digest);
    }
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}

/// Whether somebody is named, and not everybody: a demand for the whole register of jobseekers is
/// none about a person.
fn names_persons(persons: &[PersonAsked]) -> bool {
    const EVERYBODY: [&str; 10] = [
        "全員",
        "全て",
        "すべて",
        "全件",
        "全部",
        "全利用者",
        "全求職者",
        "利用者全員",
        "求職者全員",
        "データベース全体",
    ];
    let plain = |text: &str| text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    let names = |person: &PersonAsked| {
        let named = plain(person.named.reveal());
        !named.is_empty() && !EVERYBODY.contains(&named.as_str())
    };
    !persons.is_empty() && persons.iter().all(names)
}
