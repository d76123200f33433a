//! What a person does about a session, what the office does, and when anybody types it.

use jiff::{SignedDuration, Timestamp};
use rules::appointment::{Fact, Outcome, StopCause, What};
use rules::schedule::Slot;
use rules::terms::application::deemed_cancelled_from;

use super::office::Office;
use super::{Event, Id};

/// The moments of a session around which things happen.
struct Session {
    id: Id,
    slot: Slot,
    limit: Timestamp,
    /// Minutes from the start to the limit.
    grace: i64,
}

/// Decides what will happen, and puts it into the queue.
pub(crate) fn plan(office: &mut Office, id: Id) {
    let slot = office.booking(id).appointment.slot;
    let limit = deemed_cancelled_from(slot.start, &office.rules).expect("the rules have a limit");
    let it = Session { id, slot, limit, grace: office.grace() };
    if office.chance.percent(8) {
        let until = slot.start.as_second() - office.now.as_second() + 2400;
        let at = office.now + SignedDuration::from_secs(office.chance.between(60, until));
        office.later(at, Event::Move(id));
    }
    match office.chance.below(100) {
        0..50 => comes(office, &it, What::Arrived),
        50..54 => comes(office, &it, What::WrongName),
        54..61 => is_late(office, &it),
        61..65 => comes_at_the_limit(office, &it),
        65..72 => {}
        72..74 => is_called(office, &it),
        74..77 => calls_after_the_limit(office, &it),
        77..85 => cancels(office, &it),
        85..89 => is_stopped(office, &it),
        89..93 => is_kept_away(office, &it),
        93..97 => is_mistaken(office, &it),
        _ => {
            let at = minutes(office, &it, -5, it.grace);
            happens(office, &it, at, What::Arrived); // And nobody records the outcome.
        }
    }
}

/// How long until somebody types what happened: mostly at once, sometimes on the next day.
pub(crate) fn delay(office: &mut Office) -> SignedDuration {
    let minutes = match office.chance.below(100) {
        0..50 => 0,
        50..80 => office.chance.between(1, 40),
        80..92 => office.chance.between(60, 300),
        _ => office.chance.between(16 * 60, 30 * 60),
    };
    SignedDuration::from_mins(minutes)
}

fn minutes(office: &mut Office, it: &Session, from: i64, to: i64) -> Timestamp {
    it.slot.start + SignedDuration::from_mins(office.chance.between(from, to))
}

/// Something happens then, and is typed some time later.
fn happens(office: &mut Office, it: &Session, at: Timestamp, what: What) {
    let wait = delay(office);
    typed_after(office, it, Fact { at, what }, wait);
}

/// What would have happened before the appointment existed happens right after it.
fn typed_after(office: &mut Office, it: &Session, fact: Fact, wait: SignedDuration) {
    let at = fact.at.max(office.now + SignedDuration::from_secs(1));
    let plan = office.booking(it.id).plan.0;
    office.later(at + wait, Event::Type(it.id, Fact { at, ..fact }, plan));
}

fn ends(office: &mut Office, it: &Session) {
    let outcome = *office.chance.pick(&[
        Outcome::Held,
        Outcome::Held,
        Outcome::Held,
        Outcome::Held,
        Outcome::ByTelephone,
        Outcome::JobseekersTrouble,
        Outcome::OfficesTrouble,
    ]);
    let at = it.slot.end() + SignedDuration::from_mins(office.chance.between(-10, 10));
    happens(office, it, at, What::Ended(outcome));
}

fn comes(office: &mut Office, it: &Session, how: What) {
    let at = minutes(office, it, -10, it.grace - 1);
    let seen = Fact { at, what: how };
    let wait = if office.chance.percent(90) { SignedDuration::ZERO } else { delay(office) };
    typed_after(office, it, seen, wait);
    ends(office, it);
}

fn is_late(office: &mut Office, it: &Session) {
    let call = minutes(office, it, -60, it.grace);
    happens(office, it, call, What::Called);
    let arrival = minutes(office, it, it.grace, it.grace + 15);
    match office.chance.below(4) {
        0 => happens(office, it, arrival, What::CalledOff),
        1 => {}
        _ => {
            happens(office, it, arrival, What::Arrived);
            ends(office, it);
        }
    }
}

fn comes_at_the_limit(office: &mut Office, it: &Session) {
    let second = SignedDuration::from_secs(office.chance.between(-1, 1));
    let how = *office.chance.pick(&[What::Arrived, What::Called, What::CalledOff]);
    happens(office, it, it.limit + second, how);
    if how == What::Arrived && office.chance.percent(50) {
        ends(office, it);
    }
}

fn calls_after_the_limit(office: &mut Office, it: &Session) {
    let at = it.limit + SignedDuration::from_secs(office.chance.between(1, 3600));
    let how = *office.chance.pick(&[What::Called, What::CalledOff, What::Arrived]);
    happens(office, it, at, how);
}

fn cancels(office: &mut Office, it: &Session) {
    let earliest = -*office.chance.pick(&[0, 30, 120, 3000, 20_000]);
    let at = minutes(office, it, earliest, it.grace);
    happens(office, it, at, What::CalledOff);
}

fn is_stopped(office: &mut Office, it: &Session) {
    let causes = [StopCause::CounsellorAbsent, StopCause::Failure, StopCause::Disaster];
    let stop = What::StoppedByOffice(*office.chance.pick(&causes));
    let (from, to) = *office.chance.pick(&[(-3000, -60), (-60, 0), (0, it.grace + 15)]);
    let at = minutes(office, it, from, to);
    if office.chance.percent(50) {
        let arrival = minutes(office, it, -5, it.grace);
        happens(office, it, arrival, What::Arrived);
    }
    happens(office, it, at, stop);
}

fn is_kept_away(office: &mut Office, it: &Session) {
    let at = minutes(office, it, -30, it.grace);
    happens(office, it, at, What::Outage);
    if office.chance.percent(40) {
        let how = *office.chance.pick(&[What::Arrived, What::Called, What::CalledOff]);
        let heard = minutes(office, it, it.grace, it.grace + 25);
        happens(office, it, heard, how);
    }
}

/// The office says that it will call; it reaches the person late, or nobody records how it went.
fn is_called(office: &mut Office, it: &Session) {
    let at = minutes(office, it, -30, it.grace);
    happens(office, it, at, What::ToTelephone);
    if office.chance.percent(70) {
        let reached = minutes(office, it, it.grace, it.grace + 15);
        happens(office, it, reached, What::Called);
        ends(office, it);
    }
}

/// A cancellation is written on the wrong file, and undone on the same day. Undone after the
/// start, it needs a word on the silence that it caused.
fn is_mistaken(office: &mut Office, it: &Session) {
    let at = minutes(office, it, -90, -5);
    let mistake = Fact { at, what: What::CalledOff };
    typed_after(office, it, mistake, SignedDuration::ZERO);
    let found = at.max(office.now) + SignedDuration::from_mins(office.chance.between(2, 150));
    let silenced = Fact { at: it.slot.start, what: What::Outage };
    office.later(found, Event::Undo(it.id, What::CalledOff, Some(silenced)));
    if found < it.slot.start {
        comes(office, it, What::Arrived);
    }
}
