//! The minute hand: settles what the clock alone has changed, by "due and not done".

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{back_off, sweep};
use crate::app::App;
use crate::appointment;
use crate::error::Error;
use crate::session;
use crate::store::Tx;

/// How many appointments are settled in one unit of work: one commit for all of them.
pub(super) const AT_ONCE: u16 = 500;
/// How often what has outlived its time is deleted.
const SWEEPS_EVERY: Duration = Duration::from_secs(600);
/// After so many tries one that cannot be settled is tried no more rarely: once it can be, the
/// person is waiting for a letter.
const RAREST: u32 = 3;

/// Turns the minute hand, and tidies up now and then, until `stop` is set. Runs on a thread of its
/// own, so that no limit falls late because a letter does.
pub(super) fn run(app: &App, stop: &AtomicBool) {
    let (mut hand, mut swept) = (MinuteHand::default(), None::<Instant>);
    super::keep_on(stop, "the minute hand", || {
        if swept.is_none_or(|at| at.elapsed() > SWEEPS_EVERY) {
            swept = Some(Instant::now());
            if let Err(error) = sweep::sweep(app) {
                tracing::error!(?error, "what has outlived its time could not be deleted");
            }
        }
        // Who was seen in time is not deemed absent because the sign was read later.
        if let Err(error) = session::zoom::read_due(app) {
            tracing::error!(?error, "signs from Zoom could not be read");
        }
        if let Err(error) = hand.turn(app) {
            tracing::error!(?error, "the minute hand stumbled");
        }
        super::LOOKS_EVERY
    });
}

/// Settles every appointment whose standing may have changed by now. Answers how many there were.
///
/// # Errors
/// As [`MinuteHand::turn`].
pub fn turn(app: &App) -> Result<usize, Error> {
    MinuteHand::default().turn(app)
}

/// What turns, and remembers which appointments could not be settled: how often they were tried,
/// and when they are tried again.
#[derive(Default)]
pub struct MinuteHand {
    stuck: BTreeMap<i64, (u32, Timestamp)>,
}

impl MinuteHand {
    /// Settles every appointment whose standing may have changed by now. Answers how many there
    /// were.
    ///
    /// One that cannot be settled holds no other up: it is left, logged, and tried again later.
    ///
    /// # Errors
    /// Faults of the store. What was not settled is due again at the next turn.
    pub fn turn(&mut self, app: &App) -> Result<usize, Error> {
        let now = app.clock.now();
        let mut settled = 0;
        loop {
            let mut due = app.store.read_blocking(move |tx| appointment::due(tx, now, AT_ONCE))?;
            let is_last = due.len() < usize::from(AT_ONCE);
            due.retain(|(id, _)| self.stuck.get(id).is_none_or(|(_, again)| *again <= now));
            let count = match settle(app, &due, now) {
                Ok(()) => due.len(),
                Err(Error::Busy) => return Err(Error::Busy),
                Err(_) => self.settle_singly(app, &due, now)?,
            };
            settled += count;
            if is_last || count == 0 {
                return Ok(settled);
            }
        }
    }

    /// As [`settle`], each on its own. Answers how many could be settled.
    fn settle_singly(
        &mut self,
        app: &App,
        due: &[(i64, i64)],
        now: Timestamp,
    ) -> Result<usize, Error> {
        let mut settled = 0;
        for one in due {
            match settle(app, std::slice::from_ref(one), now) {
                Ok(()) => {
                    self.stuck.remove(&one.0);
                    settled += 1;
                }
                Err(Error::Busy) => return Err(Error::Busy),
                Err(error) => {
                    tracing::error!(application = one.0, ?error, "cannot be settled");
                    let (tries, again) = self.stuck.entry(one.0).or_insert((0, now));
                    *again = now.saturating_add(back_off((*tries).min(RAREST))).unwrap_or(now);
                    *tries += 1;
                }
            }
        }
        Ok(settled)
    }
}

/// Settles these appointments, each with its office, in one unit of work.
fn settle(app: &App, due: &[(i64, i64)], now: Timestamp) -> Result<(), Error> {
    if due.is_empty() {
        return Ok(());
    }
    let (shared, due) = (app.clone(), due.to_vec());
    app.store.write_blocking(move |tx| due.iter().try_for_each(|one| tick(tx, &shared, *one, now)))
}

/// Another node may have settled it since it was found due: then nothing is left to settle.
fn tick(
    tx: &mut Tx<'_>,
    app: &App,
    (application, office): (i64, i64),
    now: Timestamp,
) -> Result<(), Error> {
    let mut context = app.context(app.office_of(tx, office)?);
    context.now = now;
    appointment::tick(tx, &context, application)
}
