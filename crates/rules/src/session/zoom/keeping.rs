//! What is to be done next about the meeting of a session, told from what should be and what is.
//! Whoever carries a step out and is cut off half-way finds the same question again.

use jiff::{SignedDuration, Timestamp};

use crate::appointment::Standing;
use crate::schedule::Slot;
use crate::session::Channel;

/// A personal link works at most this long (Zoom OpenAPI v2, `invite_links`: `ttl` of 7,776,000
/// seconds).
pub const LINK_LASTS_AT_MOST: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A link that would end sooner than this after the session is made anew.
const LINK_OUTLASTS: SignedDuration = SignedDuration::from_hours(3);

/// How long before its end a link is made anew.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The meeting of a session that was held, or was to be, goes this long after its planned end:
/// some talks run over.
const STAYS_AFTER: SignedDuration = SignedDuration::from_hours(2);

/// An answer that was lost may be of a meeting that is being made at this moment. It is looked for
/// only after the call must have ended on either side.
const SEARCHED_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// What there should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A meeting at this time.
    Meeting(Slot),
    /// None from this instant on.
    NoneFrom(Timestamp),
    /// None, and whoever is in it is put out: it was stopped, cancelled, or goes on elsewhere.
    NoneAtOnce,
}

/// What there should be for a session that stands so.
pub fn wanted(standing: Standing, channel: Channel, slot: Slot) -> Wanted {
    match standing {
        _ if channel != Channel::Zoom => Wanted::NoneAtOnce,
        Standing::Waiting | Standing::InContact | Standing::Present => Wanted::Meeting(slot),
        Standing::CalledOff
        | Standing::DeemedCancelled
        | Standing::StoppedByOffice
        | Standing::BrokenOff
        | Standing::Displaced => Wanted::NoneAtOnce,
        // Nobody is cut off in mid-talk because its record was made meanwhile.
        Standing::Held
        | Standing::ByTelephone
        | Standing::JobseekersTrouble
        | Standing::OfficesTrouble
        | Standing::Unrecorded => {
            Wanted::NoneFrom(slot.end().saturating_add(STAYS_AFTER).unwrap_or(Timestamp::MAX))
        }
    }
}

/// How far a meeting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Zoom was asked to make it, at this instant, and has not answered.
    Asked(Timestamp),
    /// It is there.
    Made,
}

impl State {
    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked(_) => "asked",
            Self::Made => "made",
        }
    }
}

/// What Zoom was last told of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its time.
    pub slot: Slot,
    /// Until when the personal links work, if they are for the name that the jobseeker has now.
    pub links_until: Option<Timestamp>,
}

/// A meeting that there is, or may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How far it has come.
    pub state: State,
    /// What Zoom was last told.
    pub told: Told,
    /// Whether its host is kept for the session at its present time.
    pub has_host: bool,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All is as it should be; look again then, if ever.
    Rest(Option<Timestamp>),
    /// Choose a host and have a meeting made.
    Make,
    /// Look for a meeting whose making was not answered.
    Search,
    /// Tell Zoom the new time.
    Change,
    /// Have personal links made, which work so long.
    Invite(SignedDuration),
    /// End it, whoever is in it, and delete it.
    Remove,
}

/// What to do next for a session, about the meeting that it has.
pub fn step(wanted: Wanted, kept: Option<&Kept>, now: Timestamp) -> Step {
    match (wanted, kept) {
        (Wanted::Meeting(_), None) => Step::Make,
        (_, None) => Step::Rest(None),
        // Whatever is wanted by now: it has to be known what there is.
        (_, Some(Kept { state: State::Asked(at), .. })) => {
            let from = at.saturating_add(SEARCHED_AFTER).unwrap_or(now);
            if now >= from { Step::Search } else { Step::Rest(Some(from)) }
        }
        (Wanted::NoneAtOnce, Some(_)) => Step::Remove,
        (Wanted::NoneFrom(from), Some(_)) if now >= from => Step::Remove,
        (Wanted::NoneFrom(from), Some(_)) => Step::Rest(Some(from)),
        // Another host has to hold it: one meeting is taken away, another made.
        (Wanted::Meeting(_), Some(kept)) if !kept.has_host => Step::Remove,
        (Wanted::Meeting(slot), Some(kept)) if kept.told.slot != slot => Step::Change,
        (Wanted::Meeting(slot), Some(kept)) => match kept.told.links_until {
            Some(until) if reaches(until, slot, now) => Step::Rest(renewed_at(until, slot)),
            _ => Step::Invite(lasting(slot, now)),
        },
    }
}

/// How long links have to work that are made now.
fn lasting(slot: Slot, now: Timestamp) -> SignedDuration {
    let needed = slot.end().duration_since(now).saturating_add(LINK_OUTLASTS);
    needed.clamp(LINK_OUTLASTS, LINK_LASTS_AT_MOST)
}

fn outlasts(until: Timestamp, slot: Slot) -> bool {
    until.duration_since(slot.end()) >= LINK_OUTLASTS
}

/// Whether links that end then will do for now.
fn reaches(until: Timestamp, slot: Slot, now: Timestamp) -> bool {
    outlasts(until, slot) || until.duration_since(now) > RENEWED_BEFORE
}

fn renewed_at(until: Timestamp, slot: Slot) -> Option<Timestamp> {
    let at = until.saturating_sub(RENEWED_BEFORE).unwrap_or(until);
    (!outlasts(until, slot)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}+09:00").parse().unwrap()
    }

    fn slot(start: &str) -> Slot {
        Slot { start: at(start), minutes: 30 }
    }

    fn made(start: &str, links_until: Option<Timestamp>) -> Kept {
        let told = Told { slot: slot(start), links_until };
        Kept { state: State::Made, told, has_host: true }
    }

    #[test]
    fn article_2_2_a_meeting_is_made_and_then_the_links() {
        let (now, ten) = (at("24T09:00"), slot("25T10:00"));
        let check = |kept: Option<Kept>, expected: Step| {
            assert_eq!(step(Wanted::Meeting(ten), kept.as_ref(), now), expected, "{kept:?}");
        };
        check(None, Step::Make);
        let lasting = SignedDuration::from_mins(25 * 60 + 30 + 180);
        check(Some(made("25T10:00", None)), Step::Invite(lasting));
        check(Some(made("25T10:00", Some(at("25T13:30")))), Step::Rest(None));
        check(Some(made("25T10:00", Some(at("25T13:29")))), Step::Invite(lasting));
        // Moved: another time, then links that reach it.
        check(Some(made("24T14:00", Some(at("24T18:00")))), Step::Change);
        // Its host is another's at the new time.
        let homeless = Kept { has_host: false, ..made("24T14:00", None) };
        check(Some(homeless), Step::Remove);
    }

    #[test]
    fn a_lost_answer_is_looked_for_before_another_meeting_is_made() {
        let asked = Kept { state: State::Asked(at("24T09:00")), ..made("25T10:00", None) };
        let check = |wanted: Wanted, now: &str, expected: Step| {
            assert_eq!(step(wanted, Some(&asked), at(now)), expected, "{wanted:?} {now}");
        };
        for wanted in [Wanted::Meeting(slot("25T10:00")), Wanted::NoneAtOnce] {
            check(wanted, "24T09:00:59", Step::Rest(Some(at("24T09:01"))));
            check(wanted, "24T09:01", Step::Search);
        }
    }

    #[test]
    fn a_link_works_ninety_days_and_is_made_anew_before_it_ends() {
        let (now, far) = (at("24T09:00"), Slot { start: at("24T10:00"), minutes: 30 });
        let day = |days: i64| SignedDuration::from_hours(24 * days);
        let later = |days: i64| now + day(days);
        let far = Slot { start: far.start + day(100), ..far };
        let check = |until: Timestamp, now: Timestamp, expected: Step| {
            let kept = Kept {
                told: Told { slot: far, links_until: Some(until) },
                ..made("24T10:00", None)
            };
            assert_eq!(step(Wanted::Meeting(far), Some(&kept), now), expected, "{until} {now}");
        };
        let none = Kept { told: Told { slot: far, links_until: None }, ..made("24T10:00", None) };
        let all = Step::Invite(LINK_LASTS_AT_MOST);
        assert_eq!(step(Wanted::Meeting(far), Some(&none), now), all);
        check(later(90), now, Step::Rest(Some(later(83))));
        let rest = far.end().duration_since(later(83)) + SignedDuration::from_hours(3);
        check(later(90), later(83), Step::Invite(rest));
        check(later(110), later(83), Step::Rest(None));
    }

    #[test]
    fn articles_2_4_9_6_and_10_1_what_becomes_of_a_meeting() {
        use Standing::*;
        let (ten, until) = (slot("25T10:00"), at("25T12:30"));
        let check = |standing: Standing, channel: Channel, expected: Wanted| {
            assert_eq!(wanted(standing, channel, ten), expected, "{standing:?} {channel:?}");
        };
        for standing in [Waiting, InContact, Present] {
            check(standing, Channel::Zoom, Wanted::Meeting(ten));
            for channel in [Channel::Room, Channel::ByHand, Channel::Telephone] {
                check(standing, channel, Wanted::NoneAtOnce);
            }
        }
        for standing in [CalledOff, DeemedCancelled, StoppedByOffice, BrokenOff, Displaced] {
            check(standing, Channel::Zoom, Wanted::NoneAtOnce);
        }
        for standing in [Held, ByTelephone, JobseekersTrouble, OfficesTrouble, Unrecorded] {
            check(standing, Channel::Zoom, Wanted::NoneFrom(until));
        }
        let kept = made("25T10:00", None);
        let check = |wanted: Wanted, now: &str, expected: Step| {
            assert_eq!(step(wanted, Some(&kept), at(now)), expected, "{wanted:?} {now}");
        };
        check(Wanted::NoneAtOnce, "24T09:00", Step::Remove);
        check(Wanted::NoneFrom(until), "25T12:29", Step::Rest(Some(until)));
        check(Wanted::NoneFrom(until), "25T12:30", Step::Remove);
        assert_eq!(step(Wanted::NoneAtOnce, None, at("24T09:00")), Step::Rest(None));
    }
}
