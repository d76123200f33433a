//! Whether a letter that was owed is still wanted when it is written: minutes or, after an outage,
//! days may have passed.

use jiff::Timestamp;
use rules::application::Course;
use rules::appointment::Standing;
use rules::letters::Letter;
use rules::schedule::Slot;
use serde::{Deserialize, Serialize};

use crate::application::Application;
use crate::appointment::Session;

/// The time and the alias that a letter tells. A letter in the line that tells others than those
/// of now must not leave: a later one tells the right ones.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    slot: Option<Slot>,
    alias: Option<String>,
}

impl About {
    /// What a letter about this session tells.
    pub(super) fn session(session: &Session) -> Self {
        Self { slot: Some(session.slot), alias: Some(session.alias.reveal().to_owned()) }
    }
}

/// What a letter would tell now; `None` when it is not wanted (any more).
pub(super) fn about(
    letter: Letter,
    application: &Application,
    session: Option<&Session>,
    now: Timestamp,
) -> Option<About> {
    let course = application.course;
    let of_application = match letter {
        Letter::Receipt | Letter::UseDeclined | Letter::UseEnded | Letter::ObjectionAnswered => {
            true
        }
        Letter::ProposalLapsed => course == Course::Received,
        Letter::Declined => course == Course::Declined,
        Letter::Converted => matches!(course, Course::ToVisit | Course::ToTelephone),
        Letter::Withdrawn => course == Course::Withdrawn,
        Letter::Proposal => {
            let open = application.proposal.filter(|proposal| now < proposal.lapses_at);
            let slot = open.filter(|_| course == Course::Proposed)?.slot;
            return Some(About { slot: Some(slot), alias: None });
        }
        _ => {
            let session = session.filter(|session| of_session(letter, session, now))?;
            return Some(About::session(session));
        }
    };
    of_application.then_some(About { slot: None, alias: None })
}

fn of_session(letter: Letter, session: &Session, now: Timestamp) -> bool {
    use Standing as S;
    let standing = session.standing;
    match letter {
        Letter::Reminder | Letter::StopPlanned | Letter::StopLifted => {
            standing.is_open() && session.slot.start > now
        }
        Letter::Confirmation | Letter::Change | Letter::JoiningData | Letter::Reinstatement => {
            standing.is_open() && session.slot.end() > now
        }
        Letter::Cancellation => standing == S::CalledOff,
        Letter::DeemedCancelled => standing == S::DeemedCancelled,
        Letter::StoppedByOffice => standing == S::StoppedByOffice,
        Letter::Displaced => standing == S::Displaced,
        // A stop and a lost slot have letters of their own, which tell of the undoing too.
        Letter::DeemingUndone => {
            let told_by_its_own = S::StoppedByOffice.eq(&standing) || S::Displaced.eq(&standing);
            !told_by_its_own && !matches!(standing, S::DeemedCancelled | S::BrokenOff)
        }
        Letter::Receipt
        | Letter::Proposal
        | Letter::ProposalLapsed
        | Letter::Declined
        | Letter::Converted
        | Letter::Withdrawn
        | Letter::UseDeclined
        | Letter::UseEnded
        | Letter::ObjectionAnswered => false,
    }
}
