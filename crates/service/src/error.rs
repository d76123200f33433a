//! What a verb answers when it does not do what was asked: a refusal with a sentence, an absence,
//! a lack of permission, or a fault of our own.

use rules::application::{CourseRefusal, KindRefusal, WishFault};
use rules::appointment::Standing;
use rules::records::disclosure::{HoldRefusal, Missing};
use rules::records::objection::ObjectionRefusal;
use rules::records::retention::RetentionRefusal;
use rules::schedule::{GroupRefusal, ServingRefusal, Slot, SlotRefusal};
use rules::session::JoiningRefusal;
use rules::terms::eligibility::{Condition, DecisionRefusal};
use rules::terms::personal_data::SharingRefusal;
use rules::terms::prohibitions::IncidentRefusal;
use rules::terms::suspension::{ConductRefusal, Function, StopRefusal};

use crate::store::StoreError;

/// Why nothing was done. Rendered once, at the edge (`web::error`).
#[derive(Debug)]
pub enum Error {
    /// A rule said no: 422 and one sentence that says what to do next.
    Refused(Refusal),
    /// There is no such thing, or none that this person may see: 404.
    Missing,
    /// Signed in, but not allowed: 403.
    Forbidden,
    /// Nobody is signed in: sent to the sign-in page.
    SignInFirst,
    /// A form that was not made for this browser, or too long ago: 403.
    StalePage,
    /// More was sent than a form can hold: 413.
    TooLarge,
    /// The store has too much to do or cannot be reached: 503.
    Busy,
    /// Our own fault: 500 with a reference number; the chain is logged once, at the edge.
    Fault(anyhow::Error),
}

/// A rule's no. Each has a sentence in `words/*/refusals.ftl` under [`Refusal::key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The application is past this step.
    Course(CourseRefusal),
    /// The slot breaks a rule of article 2(1).
    Slot(SlotRefusal),
    /// The list of wishes does.
    Wishes(Vec<WishFault>),
    /// Another has the slot by now.
    SlotTaken,
    /// The same person has another session at that time.
    PersonBusy,
    /// The counsellor does not work then, is on leave or lacks a skill.
    CounsellorAway,
    /// Article 1 is not fully decided, or decided with no.
    Conditions(DecisionRefusal),
    /// Another officer decided this condition otherwise since the page was opened.
    DecisionChanged(Condition),
    /// How to join is not in shape.
    Joining(JoiningRefusal),
    /// A reason must be given.
    ReasonMissing,
    /// What happened cannot lie in the future.
    InTheFuture,
    /// Only facts recorded on the same day can be undone.
    NotToday,
    /// It was undone already.
    AlreadyUndone,
    /// The session is over, or was called off.
    SessionOver,
    /// The session was moved, ended or told anew since the page was opened: where and when it
    /// stands now.
    SessionChanged(Standing, Slot),
    /// The session has not begun, or its day has not come, so that this cannot have happened.
    TooEarly,
    /// After the deeming only the time at which it happened says whether it was in time.
    TimeMissing,
    /// What cannot be undone was not confirmed.
    NotSure,
    /// Nobody recorded how the session ended, so that it has no times to correct.
    NoOutcome,
    /// Cancelling online is not open to this person (article 2(4)).
    OnlyByTelephone,
    /// The end lies before the start.
    EndBeforeStart,
    /// An entry of the register of disclosures lacks what an approval needs (article 5(2)).
    Incomplete(Vec<Missing>),
    /// The entry was changed since the page was opened.
    EntryChanged,
    /// The entry is past this step.
    EntryClosed,
    /// What was handed over is not what was approved, by its digest.
    OtherFile,
    /// Of a period only one end is given.
    HalfPeriod,
    /// No part of the records was chosen.
    NoPart,
    /// A legal hold cannot be as it was said.
    Hold(HoldRefusal),
    /// No application of this office has such a receipt, or none such a number.
    NoSuchPerson,
    /// The same key was used for another command.
    KeyReused,
    /// The form was left open for too long.
    DraftGone,
    /// Login or password is wrong, or there were too many tries.
    SignIn,
    /// The link is not valid, or no longer.
    LinkGone,
    /// The visit that a link began is over; the link may still work.
    VisitOver,
    /// Consent to the terms in force is missing, or was to another version.
    ConsentMissing,
    /// The office has no terms in force, so there is no service (supplementary provision).
    NoTerms,
    /// Such a login exists already.
    LoginTaken,
    /// The office does not take this on its pages; what it is about is said on the telephone
    /// (article 10(2)).
    CallTheOffice,
    /// To staff: a manager decided that the person's applications are declined (article 2(4)).
    UseDeclined,
    /// To staff: the person's use was ended (article 10(2)).
    UseEnded,
    /// An incident cannot be recorded so (article 8).
    Incident(IncidentRefusal),
    /// A decision on somebody's use cannot be made so (articles 2(4), 10(2)).
    Conduct(ConductRefusal),
    /// An objection cannot be taken in or answered so (articles 2(4), 10(2)).
    Objection(ObjectionRefusal),
    /// Something about a group session cannot be done.
    Group(GroupRefusal),
    /// The function is stopped at present (article 10(1)).
    Stopped(Function),
    /// Of a list nothing was ticked.
    NothingTicked,
    /// A stop cannot be made or lifted so (article 10(1)).
    Stop(StopRefusal),
    /// A batch of records cannot be listed or decided so (docs/decisions/0014).
    Retention(RetentionRefusal),
    /// A session cannot be of its kind so, or its kind not be changed (article 6).
    Kind(KindRefusal),
    /// A counsellor cannot serve that office, or not leave it (article 6).
    Serving(ServingRefusal),
    /// Nothing can be asked, answered or shared so (article 6).
    Sharing(SharingRefusal),
    /// A partner without a name, or without a way to reach it (article 6).
    PartnerIncomplete,
    /// What was given as a digest is none.
    NotADigest,
    /// A value is out of shape.
    Shape,
}

impl Refusal {
    /// The key of the sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Course(CourseRefusal::AlreadyAnswered) => "refusals-already-answered",
            Self::Course(CourseRefusal::AlreadyWithdrawn) => "refusals-already-withdrawn",
            Self::Course(CourseRefusal::NoOpenProposal) => "refusals-no-open-proposal",
            Self::Slot(slot) => slot_key(*slot),
            Self::Wishes(_) => "refusals-wishes",
            Self::SlotTaken => "refusals-slot-taken",
            Self::PersonBusy => "refusals-person-busy",
            Self::CounsellorAway => "refusals-counsellor-away",
            Self::Conditions(_) => "refusals-conditions",
            Self::DecisionChanged(_) => "refusals-decision-changed",
            Self::Joining(refusal) => joining_key(*refusal),
            Self::ReasonMissing => "refusals-reason-missing",
            Self::InTheFuture => "refusals-in-the-future",
            Self::NotToday => "refusals-not-today",
            Self::AlreadyUndone => "refusals-already-undone",
            Self::SessionOver => "refusals-session-over",
            Self::SessionChanged(..) => "refusals-session-changed",
            Self::TooEarly => "refusals-too-early",
            Self::TimeMissing => "refusals-time-missing",
            Self::NotSure => "refusals-not-sure",
            Self::NoOutcome => "refusals-no-outcome",
            Self::OnlyByTelephone => "refusals-only-by-telephone",
            Self::EndBeforeStart => "refusals-end-before-start",
            Self::Incomplete(_) => "refusals-incomplete",
            Self::EntryChanged => "refusals-entry-changed",
            Self::EntryClosed => "refusals-entry-closed",
            Self::OtherFile => "refusals-other-file",
            Self::HalfPeriod => "refusals-half-period",
            Self::NoPart => "refusals-no-part",
            Self::Hold(_) => "refusals-hold",
            Self::NoSuchPerson => "refusals-no-such-person",
            Self::KeyReused => "refusals-key-reused",
            Self::DraftGone => "refusals-draft-gone",
            Self::SignIn => "refusals-sign-in",
            Self::LinkGone => "refusals-link-gone",
            Self::VisitOver => "refusals-visit-over",
            Self::ConsentMissing => "refusals-consent-missing",
            Self::NoTerms => "refusals-no-terms",
            Self::LoginTaken => "refusals-login-taken",
            Self::CallTheOffice => "refusals-call-the-office",
            Self::UseDeclined => "refusals-use-declined",
            Self::UseEnded => "refusals-use-ended",
            Self::Incident(IncidentRefusal::NoFacts) => "refusals-incident-no-facts",
            Self::Incident(IncidentRefusal::NoClause) => "refusals-incident-no-clause",
            Self::Incident(IncidentRefusal::UnknownClause) => "refusals-unknown-clause",
            Self::Incident(IncidentRefusal::InTheFuture) => "refusals-in-the-future",
            Self::Conduct(refusal) => conduct_key(*refusal),
            Self::Objection(refusal) => objection_key(*refusal),
            Self::Group(refusal) => group_key(*refusal),
            Self::Stopped(Function::Group) => "refusals-stopped-group",
            Self::Stopped(Function::Apply) => "refusals-stopped-apply",
            Self::Stopped(Function::Confirm) => "refusals-stopped-confirm",
            Self::Stopped(_) => "refusals-stopped",
            Self::NothingTicked => "refusals-nothing-ticked",
            Self::Stop(StopRefusal::EndBeforeStart) => "refusals-end-before-start",
            Self::Stop(StopRefusal::InThePast) => "refusals-stop-in-the-past",
            Self::Retention(refusal) => retention_key(*refusal),
            Self::Kind(refusal) => kind_key(*refusal),
            Self::Serving(refusal) => serving_key(*refusal),
            Self::Sharing(refusal) => sharing_key(*refusal),
            Self::PartnerIncomplete => "refusals-partner-incomplete",
            Self::NotADigest => "refusals-sharing-digest",
            Self::Shape => "refusals-shape",
        }
    }
}

fn objection_key(refusal: ObjectionRefusal) -> &'static str {
    match refusal {
        ObjectionRefusal::NoWords => "refusals-objection-no-words",
        ObjectionRefusal::InTheFuture => "refusals-in-the-future",
        ObjectionRefusal::BeforeTheDecision => "refusals-objection-before",
        ObjectionRefusal::NotInForce => "refusals-objection-not-in-force",
        ObjectionRefusal::Waiting => "refusals-objection-waiting",
        ObjectionRefusal::Answered => "refusals-objection-answered",
        ObjectionRefusal::NoReason => "refusals-reason-missing",
        ObjectionRefusal::SameOfficer => "refusals-objection-same-officer",
        ObjectionRefusal::NotEarlier => "refusals-objection-not-earlier",
    }
}

fn joining_key(refusal: JoiningRefusal) -> &'static str {
    match refusal {
        JoiningRefusal::MeetingId => "refusals-meeting-id",
        JoiningRefusal::Passcode => "refusals-passcode",
        JoiningRefusal::Link => "refusals-join-link",
        JoiningRefusal::LinkOfAnotherMeeting => "refusals-join-link-other",
    }
}

fn retention_key(refusal: RetentionRefusal) -> &'static str {
    match refusal {
        RetentionRefusal::BatchOpen => "refusals-retention-batch-open",
        RetentionRefusal::NothingDue => "refusals-retention-nothing-due",
        RetentionRefusal::SameOfficer => "refusals-retention-same-officer",
        RetentionRefusal::Decided => "refusals-retention-decided",
        RetentionRefusal::NotReviewed => "refusals-retention-not-reviewed",
    }
}

fn group_key(refusal: GroupRefusal) -> &'static str {
    match refusal {
        GroupRefusal::NoTitle => "refusals-group-no-title",
        GroupRefusal::HalfTitle => "refusals-group-half-title",
        GroupRefusal::Length => "refusals-group-length",
        GroupRefusal::Seats => "refusals-group-seats",
        GroupRefusal::OverMidnight => "refusals-group-over-midnight",
        GroupRefusal::ApplyUntil => "refusals-group-apply-until",
        GroupRefusal::SeatsGiven => "refusals-group-seats-given",
        GroupRefusal::Full => "refusals-group-full",
        GroupRefusal::Closed => "refusals-group-closed",
        GroupRefusal::Over => "refusals-group-over",
        GroupRefusal::CalledOff => "refusals-group-called-off",
        GroupRefusal::NobodyCame => "refusals-group-nobody-came",
        GroupRefusal::ForAll => "refusals-group-for-all",
        GroupRefusal::NoGroup => "refusals-group-no-group",
    }
}

fn kind_key(refusal: KindRefusal) -> &'static str {
    match refusal {
        KindRefusal::Length => "refusals-kind-length",
        KindRefusal::NoSupporter => "refusals-kind-no-supporter",
        KindRefusal::Unchanged => "refusals-kind-unchanged",
        KindRefusal::ProposalOpen => "refusals-kind-proposal-open",
        KindRefusal::NoReason => "refusals-reason-missing",
    }
}

fn serving_key(refusal: ServingRefusal) -> &'static str {
    match refusal {
        ServingRefusal::AlreadyServed => "refusals-serving-already",
        ServingRefusal::UnknownPrefecture => "refusals-serving-unknown",
        ServingRefusal::OtherPrefecture => "refusals-serving-other",
        ServingRefusal::HasSessions => "refusals-serving-sessions",
    }
}

/// The sentence of a refusal of article 6.
pub fn sharing_key(refusal: SharingRefusal) -> &'static str {
    match refusal {
        SharingRefusal::OrdinarySession => "refusals-sharing-ordinary",
        SharingRefusal::NotListed => "refusals-sharing-not-listed",
        SharingRefusal::Retired => "refusals-sharing-retired",
        SharingRefusal::NoItems => "refusals-sharing-no-items",
        SharingRefusal::NoPurpose => "refusals-sharing-no-purpose",
        SharingRefusal::BeyondRequest => "refusals-sharing-beyond-request",
        SharingRefusal::BeyondConsent => "refusals-sharing-beyond-consent",
        SharingRefusal::NoConsent => "refusals-sharing-no-consent",
        SharingRefusal::Refused => "refusals-sharing-refused",
        SharingRefusal::Withdrawn => "refusals-sharing-withdrawn",
        SharingRefusal::ConsentTooOld => "refusals-sharing-too-old",
        SharingRefusal::InTheFuture => "refusals-in-the-future",
        SharingRefusal::BeforeConsent => "refusals-sharing-before-consent",
        SharingRefusal::AlreadyAnswered => "refusals-sharing-answered",
        SharingRefusal::AlreadyShared => "refusals-sharing-shared",
        SharingRefusal::NothingToWithdraw => "refusals-sharing-nothing",
    }
}

fn conduct_key(refusal: ConductRefusal) -> &'static str {
    match refusal {
        ConductRefusal::NoReason => "refusals-reason-missing",
        ConductRefusal::NoIncident => "refusals-conduct-no-incident",
        ConductRefusal::NotABreach => "refusals-conduct-no-breach",
        ConductRefusal::UnknownClause => "refusals-unknown-clause",
        ConductRefusal::NotInTheTerms => "refusals-conduct-not-in-terms",
        ConductRefusal::NoDeemedCancellation => "refusals-conduct-no-deeming",
        ConductRefusal::FromInThePast => "refusals-conduct-from-past",
        ConductRefusal::NoReview => "refusals-conduct-no-review",
        ConductRefusal::AlreadySo => "refusals-conduct-already",
        ConductRefusal::SameOfficer => "refusals-conduct-same-officer",
    }
}

/// The sentence of a slot that the rules refuse.
pub fn slot_key(refusal: SlotRefusal) -> &'static str {
    match refusal {
        SlotRefusal::TooShort => "refusals-slot-too-short",
        SlotRefusal::TooLong => "refusals-slot-too-long",
        SlotRefusal::NotOnStep => "refusals-slot-not-on-step",
        SlotRefusal::OutsideWindow => "refusals-slot-outside-window",
        SlotRefusal::Weekend => "refusals-slot-weekend",
        SlotRefusal::Holiday => "refusals-slot-holiday",
        SlotRefusal::YearEnd => "refusals-slot-year-end",
        SlotRefusal::OfficeClosed => "refusals-slot-office-closed",
        SlotRefusal::InThePast => "refusals-slot-in-the-past",
        SlotRefusal::SameDay => "refusals-slot-same-day",
        SlotRefusal::PastAcceptance => "refusals-slot-past-acceptance",
        SlotRefusal::BeyondHorizon => "refusals-slot-beyond-horizon",
        SlotRefusal::EraDate => "refusals-slot-era-date",
        SlotRefusal::NotATime => "refusals-slot-not-a-time",
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<CourseRefusal> for Error {
    fn from(refusal: CourseRefusal) -> Self {
        Self::Refused(Refusal::Course(refusal))
    }
}

impl From<SlotRefusal> for Error {
    fn from(refusal: SlotRefusal) -> Self {
        Self::Refused(Refusal::Slot(refusal))
    }
}

impl From<JoiningRefusal> for Error {
    fn from(refusal: JoiningRefusal) -> Self {
        Self::Refused(Refusal::Joining(refusal))
    }
}

impl From<HoldRefusal> for Error {
    fn from(refusal: HoldRefusal) -> Self {
        Self::Refused(Refusal::Hold(refusal))
    }
}

impl From<SharingRefusal> for Error {
    fn from(refusal: SharingRefusal) -> Self {
        Self::Refused(Refusal::Sharing(refusal))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Unavailable(_) => Self::Busy,
            other => Self::Fault(anyhow::Error::new(other)),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}
