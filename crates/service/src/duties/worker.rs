//! Carries duties out: claimed by one node, tried again with back-off, visible while they fail.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::store::Claimed;
use super::{Kind, TRIES_AT_MOST, back_off, store};
use crate::app::{App, Context};
use crate::application;
use crate::error::Error;
use crate::letters::{self, Delivery, Post};
use crate::records;
use crate::store::Tx;

/// A claim ends after this long: another node takes over what a dead one had claimed. It is
/// renewed before each duty, and is longer than a letter takes whose mail server lets most steps
/// of the conversation last as long as they may ([`letters::STEP_AT_MOST`]).
const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(5);
/// How many duties are claimed at once.
const AT_ONCE: u16 = 20;

/// What a worker needs: the program, and a way to send letters.
#[derive(Clone)]
pub struct Carrier {
    /// The running program.
    pub app: App,
    /// Where letters go.
    pub post: Arc<Post>,
}

/// Why a duty was not carried out.
enum Failure {
    /// The claim had ended, and the duty is another node's.
    Lost,
    /// It was tried. The reason holds no personal data.
    Tried { reason: String, is_final: bool },
}

fn tried(reason: String, is_final: bool) -> Failure {
    Failure::Tried { reason, is_final }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let reason = match error {
            Error::Refused(refusal) => refusal.key(),
            Error::Missing => "missing",
            Error::Forbidden => "forbidden",
            Error::Busy | Error::SignInFirst | Error::StalePage | Error::TooLarge => "busy",
            Error::Fault(fault) => {
                tracing::error!(error = format!("{fault:#}"), "a duty failed");
                "fault"
            }
        };
        tried(reason.to_owned(), false)
    }
}

/// Carries duties out until `stop` is set. Runs on a thread of its own: a mail server that is
/// slow to answer delays letters and nothing else.
pub(super) fn run(carrier: &Carrier, stop: &AtomicBool) {
    super::keep_on(stop, "duties", || match carry_out_until(carrier, stop) {
        Ok(0) => super::LOOKS_EVERY,
        Ok(_) => Duration::ZERO,
        Err(error) => {
            tracing::error!(?error, "duties could not be claimed");
            super::LOOKS_EVERY
        }
    });
}

/// Carries out what is due now. Answers how many duties were claimed.
///
/// # Errors
/// Faults of the store while claiming; a duty's own failure is kept with the duty.
pub fn carry_out_due(carrier: &Carrier) -> Result<usize, Error> {
    carry_out_until(carrier, &AtomicBool::new(false))
}

/// As [`carry_out_due`]; what was not begun when `stop` is set is given back.
fn carry_out_until(carrier: &Carrier, stop: &AtomicBool) -> Result<usize, Error> {
    let now = carrier.app.clock.now();
    let until = lasts_from(now);
    let mut claimed =
        carrier.app.store.write_blocking(move |tx| store::claim(tx, now, until, AT_ONCE))?;
    claimed.sort_by_key(|duty| duty.id);
    for (place, duty) in claimed.iter().enumerate() {
        if stop.load(Ordering::Acquire) {
            let rest = claimed[place..].to_vec();
            carrier.app.store.write_blocking(move |tx| {
                rest.iter().try_for_each(|duty| store::give_back(tx, duty))
            })?;
            break;
        }
        let panicked = |_| Err(tried("panicked".to_owned(), false));
        let carried = catch_unwind(AssertUnwindSafe(|| carry_out(carrier, duty)));
        match carried.unwrap_or_else(panicked) {
            Ok(()) => {}
            Err(Failure::Lost) => tracing::info!(duty = duty.key, "another node has it by now"),
            Err(Failure::Tried { reason, is_final }) => {
                note_failure(carrier, duty, reason, is_final)?;
            }
        }
    }
    Ok(claimed.len())
}

fn lasts_from(now: Timestamp) -> Timestamp {
    now.saturating_add(CLAIM_LASTS).unwrap_or(now)
}

fn note_failure(
    carrier: &Carrier,
    duty: &Claimed,
    reason: String,
    is_final: bool,
) -> Result<(), Error> {
    let now = carrier.app.clock.now();
    let (id, tries) = (duty.id, duty.attempts + 1);
    let over = is_final || tries >= TRIES_AT_MOST;
    let next = (!over).then(|| now.saturating_add(back_off(duty.attempts)).unwrap_or(now));
    tracing::warn!(duty = duty.key, tries, reason, "a duty failed");
    let letter = duty.letter().filter(|_| over);
    carrier.app.store.write_blocking(move |tx| {
        if let Some(letter) = letter {
            letters::note_undeliverable(tx, letter)?;
        }
        store::failed(tx, id, &reason, next, now)
    })
}

fn carry_out(carrier: &Carrier, duty: &Claimed) -> Result<(), Failure> {
    match duty.kind {
        Kind::Write(letter) => {
            let wanted = duty.clone();
            let written = within(carrier, duty, move |tx, context| {
                if store::has_later(tx, &wanted)? {
                    return Ok(None);
                }
                let order = letters::Order {
                    application: wanted.application,
                    letter,
                    sequence: wanted.sequence,
                    key: wanted.key.clone(),
                };
                letters::write(tx, context, &order)
            })?;
            let Some(written) = written else { return finish(carrier, duty) };
            match carrier.post.send(&carrier.app.site, &written) {
                Delivery::Sent => {}
                Delivery::ByHand => return leave_to_staff(carrier, duty, written.id),
                Delivery::Later(reason) => return Err(tried(reason, false)),
                Delivery::Never(reason) => return Err(tried(reason, true)),
            }
            finish_letter(carrier, duty, written.id)
        }
        Kind::LapseProposal => {
            let application = duty.application;
            within(carrier, duty, move |tx, context| {
                application::lapse_proposal(tx, context, application)
            })?;
            finish(carrier, duty)
        }
        Kind::RecordUsage => {
            let application = duty.application;
            within(carrier, duty, move |tx, context| {
                records::record_usage(tx, context, application)
            })?;
            finish(carrier, duty)
        }
        Kind::OfferNewTime | Kind::AskForOutcome => Ok(()),
    }
}

/// Runs `work` in the duty's office, and renews the claim in the same unit of work.
fn within<T: Send + 'static>(
    carrier: &Carrier,
    duty: &Claimed,
    mut work: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
) -> Result<T, Failure> {
    let (app, duty) = (carrier.app.clone(), duty.clone());
    let done = carrier.app.store.write_blocking(move |tx| {
        let context = app.context(app.office_of(tx, duty.office)?);
        if store::keep(tx, &duty, lasts_from(context.now))? == 0 {
            return Ok(None);
        }
        work(tx, &context).map(Some)
    });
    done?.ok_or(Failure::Lost)
}

fn finish(carrier: &Carrier, duty: &Claimed) -> Result<(), Failure> {
    let (id, now) = (duty.id, carrier.app.clock.now());
    carrier.app.store.write_blocking(move |tx| store::done(tx, id, now))?;
    Ok(())
}

/// The letter's state and the duty's end are one unit of work.
fn finish_letter(carrier: &Carrier, duty: &Claimed, letter: i64) -> Result<(), Failure> {
    let (id, now) = (duty.id, carrier.app.clock.now());
    carrier.app.store.write_blocking(move |tx| {
        letters::note_sent(tx, letter, now)?;
        store::done(tx, id, now)
    })?;
    Ok(())
}

/// The letter waits at the desk to be printed or read aloud.
fn leave_to_staff(carrier: &Carrier, duty: &Claimed, letter: i64) -> Result<(), Failure> {
    let (id, now) = (duty.id, carrier.app.clock.now());
    carrier.app.store.write_blocking(move |tx| {
        letters::note_by_hand(tx, letter)?;
        store::done(tx, id, now)
    })?;
    Ok(())
}
