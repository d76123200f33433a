//! Carries duties out: claimed by one node, tried again with back-off, visible while they fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::store::Claimed;
use super::{Kind, TRIES_AT_MOST, back_off, minute_hand, store, sweep};
use crate::app::{App, Context};
use crate::application;
use crate::error::Error;
use crate::letters::{self, Delivery, Post};
use crate::records;
use crate::store::Tx;

/// A claim ends after this long: another node takes over what a dead one had claimed.
const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(2);
/// How many duties are claimed at once.
const AT_ONCE: u16 = 20;
/// How often what has outlived its time is deleted.
const SWEEPS_EVERY: Duration = Duration::from_secs(600);
/// How often the thread looks when nobody calls it.
const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// What a worker needs: the program, and a way to send letters.
#[derive(Clone)]
pub struct Carrier {
    /// The running program.
    pub app: App,
    /// Where letters go.
    pub post: Arc<Post>,
}

/// Why a duty could not be carried out; the reason holds no personal data.
struct Failure {
    reason: String,
    is_final: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let reason = match error {
            Error::Refused(refusal) => refusal.key().to_owned(),
            Error::Missing => "missing".to_owned(),
            Error::Forbidden => "forbidden".to_owned(),
            Error::Busy | Error::SignInFirst | Error::StalePage | Error::TooLarge => {
                "busy".to_owned()
            }
            Error::Fault(fault) => {
                tracing::error!(error = format!("{fault:#}"), "a duty failed");
                "fault".to_owned()
            }
        };
        Self { reason, is_final: false }
    }
}

/// Turns the minute hand and carries duties out until `stop` is set. Runs on a thread of its own.
pub fn run(carrier: &Carrier, stop: &AtomicBool) {
    let mut swept: Option<Instant> = None;
    while !stop.load(Ordering::Acquire) {
        if swept.is_none_or(|at| at.elapsed() > SWEEPS_EVERY) {
            if let Err(error) = sweep::sweep(&carrier.app) {
                tracing::error!(?error, "what has outlived its time could not be deleted");
            }
            swept = Some(Instant::now());
        }
        if let Err(error) = minute_hand::turn(&carrier.app) {
            tracing::error!(?error, "the minute hand stumbled");
        }
        match carry_out_due(carrier) {
            Ok(0) => std::thread::sleep(LOOKS_EVERY),
            Ok(_) => {}
            Err(error) => {
                tracing::error!(?error, "duties could not be claimed");
                std::thread::sleep(LOOKS_EVERY);
            }
        }
    }
}

/// Carries out what is due now. Answers how many duties were claimed.
///
/// # Errors
/// Faults of the store while claiming; a duty's own failure is kept with the duty.
pub fn carry_out_due(carrier: &Carrier) -> Result<usize, Error> {
    let now = carrier.app.clock.now();
    let until = now.saturating_add(CLAIM_LASTS).unwrap_or(now);
    let claimed =
        carrier.app.store.write_blocking(move |tx| store::claim(tx, now, until, AT_ONCE))?;
    for duty in &claimed {
        if let Err(failure) = carry_out(carrier, duty) {
            note_failure(carrier, duty, failure)?;
        }
    }
    Ok(claimed.len())
}

fn note_failure(carrier: &Carrier, duty: &Claimed, failure: Failure) -> Result<(), Error> {
    let now = carrier.app.clock.now();
    let (id, tries) = (duty.id, duty.attempts + 1);
    let over = failure.is_final || tries >= TRIES_AT_MOST;
    let next = (!over).then(|| now.saturating_add(back_off(duty.attempts)).unwrap_or(now));
    tracing::warn!(duty = duty.key, tries, reason = failure.reason, "a duty failed");
    let letter = duty.letter().filter(|_| over);
    carrier.app.store.write_blocking(move |tx| {
        if let Some(letter) = letter {
            letters::note_undeliverable(tx, letter)?;
        }
        store::failed(tx, id, &failure.reason, next, now)
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
                Delivery::Later(reason) => return Err(Failure { reason, is_final: false }),
                Delivery::Never(reason) => return Err(Failure { reason, is_final: true }),
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

/// Runs `work` in the duty's office.
fn within<T: Send + 'static>(
    carrier: &Carrier,
    duty: &Claimed,
    mut work: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let app = carrier.app.clone();
    let office = duty.office;
    carrier.app.store.write_blocking(move |tx| {
        let context = app.context(app.office_of(tx, office)?);
        work(tx, &context)
    })
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
