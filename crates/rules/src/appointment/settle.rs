//! The one place where an appointment changes, whoever knocks: a page, a letter's link, the
//! minute hand.

use jiff::Timestamp;

use super::{Announced, Appointment, Standing, standing};
use crate::letters::Letter;
use crate::terms::Rules;

/// What the service owes the world. Stored in the transaction that made it owed; carried out
/// afterwards, at least once, under a key made of the appointment and its sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Duty {
    /// A letter to the jobseeker.
    Write(Letter),
    /// The reminder of the day before, at the office's hour.
    Remind,
    /// The usage record of article 5(1): to be made, brought up to date, or taken away when the
    /// outcome that it told of was undone.
    RecordUsage,
    /// A new time is owed to the jobseeker before anybody else; staff are told.
    OfferNewTime,
    /// Nobody recorded how the session ended; staff are told.
    AskForOutcome,
}

/// What becomes of the five-minute cells that keep the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// They stay as they are.
    Unchanged,
    /// They are given back.
    Free,
    /// They were given back and are wanted again. If another has them by now, the caller records
    /// [`super::What::SlotLost`] and settles once more.
    Reclaim,
}

/// What [`settle`] found: the appointment as it is now announced, and what that owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The appointment with `announced` and `sequence` brought up to date.
    pub appointment: Appointment,
    /// What is owed because of the change; empty when nothing changed.
    pub duties: Vec<Duty>,
    /// What becomes of the slot.
    pub hold: Hold,
}

/// Compares where the appointment stands with what was last announced and returns what is owed.
/// Settling twice owes nothing twice.
pub fn settle(appointment: Appointment, rules: &Rules, now: Timestamp) -> Settlement {
    let next = Announced { standing: standing(&appointment, rules, now), slot: appointment.slot };
    let last = appointment.announced;
    if last == Some(next) {
        return Settlement { appointment, duties: Vec::new(), hold: Hold::Unchanged };
    }
    let kept = last.is_none_or(|last| last.standing.keeps_slot());
    let hold = match (kept, next.standing.keeps_slot()) {
        (true, false) => Hold::Free,
        (false, true) => Hold::Reclaim,
        _ => Hold::Unchanged,
    };
    let duties = owed(last, next, now);
    let sequence = match last {
        None => appointment.sequence,
        Some(_) => appointment.sequence + 1,
    };
    let appointment = Appointment { announced: Some(next), sequence, ..appointment };
    Settlement { appointment, duties, hold }
}

/// What a change from `last` to `next` owes.
fn owed(last: Option<Announced>, next: Announced, now: Timestamp) -> Vec<Duty> {
    use Standing as S;
    let Some(last) = last else {
        return vec![Duty::Write(Letter::Confirmation), Duty::Remind];
    };
    let moved = last.slot != next.slot;
    let mut duties = Vec::new();
    let letter = match (last.standing, next.standing) {
        (from, S::DeemedCancelled) if from != S::DeemedCancelled => Some(Letter::DeemedCancelled),
        (from, S::StoppedByOffice) if from != S::StoppedByOffice => Some(Letter::StoppedByOffice),
        (from, S::Displaced) if from != S::Displaced => Some(Letter::Displaced),
        // A new time says all there is to say, whatever the old one had come to.
        (_, to) if moved && to.is_open() => Some(Letter::Change),
        // Article 10(2) asks for no notice, and a breach is told by its own letter or not at all.
        (_, S::BrokenOff) => None,
        (S::DeemedCancelled, to) if to != S::DeemedCancelled => Some(Letter::DeemingUndone),
        (from, S::CalledOff) if from != S::CalledOff => Some(Letter::Cancellation),
        (from, to) if !from.keeps_slot() && to.is_open() => Some(Letter::Reinstatement),
        _ => None,
    };
    duties.extend(letter.map(Duty::Write));
    if moved && next.standing.is_open() && next.slot.start > now {
        duties.push(Duty::Remind);
    }
    if next.standing.owes_new_time() && (moved || !last.standing.owes_new_time()) {
        duties.push(Duty::OfferNewTime);
    }
    if next.standing == S::Unrecorded {
        duties.push(Duty::AskForOutcome);
    }
    // What was recorded of the old time stays true when a new one is given.
    let undone = last.standing.is_outcome() && !moved;
    if next.standing.is_outcome() || undone {
        duties.push(Duty::RecordUsage);
    }
    duties
}
