//! What is owed to the outside: a row written with the change that made it owed, carried out
//! afterwards by any node, at least once, under a stable key.

mod absence;
mod minute_hand;
pub mod store;
mod sweep;
mod worker;

pub use absence::note_absence;
pub use minute_hand::{MinuteHand, turn};
pub use store::Line;
pub use sweep::sweep;
pub use worker::{Carrier, carry_out_due};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rules::appointment::Duty;
use rules::letters::Letter;
use rules::schedule::{Slot, TOKYO};

use crate::app::Context;
use crate::error::Error;
use crate::letters;
use crate::records;
use crate::session;
use crate::store::Tx;

/// How often a thread looks when there is nothing to do.
const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// The threads that keep the office's time and carry out what it owes.
pub struct Hands {
    stop: Arc<AtomicBool>,
    threads: [JoinHandle<()>; 5],
}

impl Hands {
    /// Starts all: what one of them waits for must not hold another up.
    pub fn start(carrier: Carrier) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (asked, app) = (Arc::clone(&stop), carrier.app.clone());
        let hand = thread::spawn(move || minute_hand::run(&app, &asked));
        let (asked, app) = (Arc::clone(&stop), carrier.app.clone());
        let meetings = thread::spawn(move || session::zoom::keep_on_keeping(&app, &asked));
        let (asked, app) = (Arc::clone(&stop), carrier.app.clone());
        let asking = thread::spawn(move || session::zoom::keep_on_asking(&app, &asked));
        let (asked, app) = (Arc::clone(&stop), carrier.app.clone());
        let deleting = thread::spawn(move || records::retention::keep_carrying(&app, &asked));
        let asked = Arc::clone(&stop);
        let post = thread::spawn(move || worker::run(&carrier, &asked));
        Self { stop, threads: [hand, meetings, asking, deleting, post] }
    }

    /// Ends all. Blocks until what was begun is finished: at most one letter and the meeting of
    /// one session.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Release);
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the duties had panicked");
            }
        }
    }
}

/// Takes one step after another until `stop` is set. A step answers how long to wait for the
/// next; one that panics is logged, and the next is taken all the same.
pub(crate) fn keep_on(stop: &AtomicBool, what: &str, mut step: impl FnMut() -> Duration) {
    while !stop.load(Ordering::Acquire) {
        let wait = catch_unwind(AssertUnwindSafe(&mut step)).unwrap_or_else(|_| {
            tracing::error!(what, "a step panicked");
            LOOKS_EVERY
        });
        thread::sleep(wait);
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Write and send a letter.
    Write(Letter),
    /// Let an unanswered proposal lapse.
    LapseProposal,
    /// Make the usage record of article 5(1).
    RecordUsage,
    /// Staff: offer a new time before anybody else.
    OfferNewTime,
    /// Staff: say how the session ended.
    AskForOutcome,
}

/// A duty to be owed.
#[derive(Clone, Copy, Debug)]
pub struct Owed {
    /// The application it concerns.
    pub application: i64,
    /// What is to be done.
    pub kind: Kind,
    /// Which announcement made it owed: part of the key.
    pub sequence: u32,
    /// When it falls due.
    pub due_at: Timestamp,
}

impl Kind {
    /// The stable code of the store.
    pub fn code(self) -> String {
        match self {
            Self::Write(letter) => format!("write:{}", letter.code()),
            Self::LapseProposal => "lapse_proposal".to_owned(),
            Self::RecordUsage => "record_usage".to_owned(),
            Self::OfferNewTime => "offer_new_time".to_owned(),
            Self::AskForOutcome => "ask_for_outcome".to_owned(),
        }
    }

    /// Reads [`Kind::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        if let Some(letter) = code.strip_prefix("write:") {
            return Letter::parse(letter).map(Self::Write);
        }
        [Self::LapseProposal, Self::RecordUsage, Self::OfferNewTime, Self::AskForOutcome]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// Whether a person must do it: shown at the desk until it is ticked off.
    pub fn is_for_staff(self) -> bool {
        matches!(self, Self::OfferNewTime | Self::AskForOutcome)
    }
}

impl From<Duty> for Kind {
    fn from(duty: Duty) -> Self {
        match duty {
            Duty::Write(letter) => Self::Write(letter),
            Duty::Remind => Self::Write(Letter::Reminder),
            Duty::RecordUsage => Self::RecordUsage,
            Duty::OfferNewTime => Self::OfferNewTime,
            Duty::AskForOutcome => Self::AskForOutcome,
        }
    }
}

/// When a duty of an appointment falls due: the reminder on the day before, the rest at once. No
/// reminder is owed when its hour is over: the letter that tells of the time has just left.
pub fn due_at(duty: Duty, slot: Slot, context: &Context) -> Option<Timestamp> {
    if duty != Duty::Remind {
        return Some(context.now);
    }
    let day = slot.start.to_zoned(TOKYO.clone()).date();
    let eve = day.yesterday().unwrap_or(day).to_datetime(context.office.practice.reminder_at);
    TOKYO.to_timestamp(eve).ok().filter(|due_at| *due_at > context.now)
}

/// Writes down a duty. Owing it again under the same key changes nothing.
///
/// # Errors
/// Faults of the store.
pub fn owe(tx: &mut Tx<'_>, context: &Context, owed: &Owed) -> Result<(), Error> {
    store::insert(tx, context.office.id, owed)?;
    tx.announce("duties", "owed")?;
    Ok(())
}

/// Ends the duty to write a letter: it was passed on by hand, or a later letter took its place.
///
/// # Errors
/// Faults of the store.
pub fn end_letter(tx: &mut Tx<'_>, letter: letters::Owed, now: Timestamp) -> Result<(), Error> {
    let kind = Kind::Write(letter.letter);
    store::end(tx, letter.application, kind, letter.sequence, now)
}

/// How long to wait before the next try: doubling from half a minute to an hour.
pub fn back_off(attempts: u32) -> SignedDuration {
    let seconds = 30_i64.saturating_mul(1 << attempts.min(7));
    SignedDuration::from_secs(seconds.min(3_600))
}

/// After this many tries (about a day) a duty is given up and staff must see to it.
pub const TRIES_AT_MOST: u32 = 30;

/// What staff must see to: their own duties, and those that fail.
///
/// # Errors
/// Faults of the store.
pub fn for_desk(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Line>, Error> {
    store::for_desk(tx, context.office.id)
}

/// Ticks off a duty of staff. Nothing happens when somebody else was quicker.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office, or it is not for staff to do.
pub fn tick_off(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    match store::tick_off(tx, context.office.id, id, context.now)? {
        0 => done_already(tx, context, id),
        _ => Ok(()),
    }
}

/// Ends what staff were to do about an application, because it was done or has become moot.
///
/// # Errors
/// Faults of the store.
pub fn close(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    kind: Kind,
) -> Result<(), Error> {
    store::close(tx, (context.office.id, application), kind, context.now)
}

/// Tries a failing duty again at once. Nothing happens when it was done meanwhile.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn try_again(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    match store::try_again(tx, context.office.id, id, context.now)? {
        0 => done_already(tx, context, id),
        _ => Ok(()),
    }
}

fn done_already(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    if store::is_done(tx, context.office.id, id)? { Ok(()) } else { Err(Error::Missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_panics_does_not_end_the_steps() {
        let (stop, mut steps) = (AtomicBool::new(false), 0);
        keep_on(&stop, "a test", || {
            steps += 1;
            assert!(steps != 1, "the first step panics");
            stop.store(steps == 3, Ordering::Release);
            Duration::ZERO
        });
        assert_eq!(steps, 3);
    }
}
