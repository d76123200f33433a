//! Brings meetings in line with what should be, one step after another. Each step is decided, and
//! what is about to be asked is written down, in one unit of work; Zoom is asked outside of any;
//! the answer is written in another. Whatever is cut off in between is found again.

mod next;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rules::session::zoom::{MeetingSettings, next_budget};

use super::problem::Problem;
use super::store::{self, Claimed};
use super::ways::Sealed;
use super::{PersonalLinks, Zoom, hosts};
use crate::app::{App, Context};
use crate::duties::back_off;
use crate::error::Error;
use crate::store::Tx;
use crate::zoom::{Failure, Kind};
use next::{Draft, Invitation, Order, next};

/// A claim ends after this long: longer than all steps of a session take whose calls each last as
/// long as they may.
const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How many sessions are claimed at once.
const AT_ONCE: u16 = 10;
/// More steps than any session needs: make, ask another host, look it up, invite.
const STEPS_AT_MOST: usize = 12;
/// A host that Zoom does not let hold a meeting is left alone for so long.
const HOST_RESTS: SignedDuration = SignedDuration::from_hours(1);

/// Looks at the meetings of sessions that are due, until none is. Answers how many there were.
///
/// # Errors
/// Faults of the store; a session's own failure is kept with the session.
pub fn keep_due(app: &App) -> Result<usize, Error> {
    let mut looked = 0;
    loop {
        match (Keeper { app: app.clone() }).keep_some(&AtomicBool::new(false))? {
            0 => return Ok(looked),
            some => looked += some,
        }
    }
}

/// What looks after meetings.
pub struct Keeper {
    /// The running program.
    pub app: App,
}

/// Why a session was given up for now.
enum Ended {
    /// The claim had ended: another node has it.
    Lost,
    /// Zoom did not do it.
    Failed(Failure),
    /// It cannot be done now.
    Waits(Problem),
    /// Our own store.
    Ours(Error),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Keeper {
    /// Looks at the meetings of some sessions that are due; those not begun when `stop` is set are
    /// left to their claims' end. Answers how many were looked at.
    ///
    /// # Errors
    /// Faults of the store.
    pub fn keep_some(&self, stop: &AtomicBool) -> Result<usize, Error> {
        let now = self.app.clock.now();
        let until = now.saturating_add(CLAIM_LASTS).unwrap_or(now);
        let claimed =
            self.app.store.write_blocking(move |tx| store::claim(tx, now, until, AT_ONCE))?;
        for one in &claimed {
            if stop.load(Ordering::Acquire) {
                break;
            }
            self.keep(*one)?;
        }
        Ok(claimed.len())
    }

    fn keep(&self, claimed: Claimed) -> Result<(), Error> {
        let now = self.app.clock.now();
        let (problem, again) = match self.steps(claimed) {
            Ok(again) => {
                let app = self.app.clone();
                return self.app.store.write_blocking(move |tx| {
                    store::settle(tx, &claimed, again)?;
                    let office = app.office_of(tx, claimed.office)?;
                    tx.announce("board", &office.slug)?;
                    Ok(())
                });
            }
            Err(Ended::Lost) => return Ok(()),
            Err(Ended::Waits(problem)) => (problem, None),
            Err(Ended::Failed(failure)) => {
                tracing::warn!(application = claimed.application, why = failure.code(), "Zoom");
                let until = match failure {
                    Failure::TooMany { until, .. } => Some(until),
                    _ => None,
                };
                (Problem::from(&failure), until)
            }
            Err(Ended::Ours(Error::Busy)) => return Err(Error::Busy),
            Err(Ended::Ours(error)) => {
                tracing::error!(application = claimed.application, ?error, "a meeting");
                (Problem::Unanswered, None)
            }
        };
        let backed = now.saturating_add(back_off(claimed.attempts)).unwrap_or(now);
        let again = match problem {
            // Another day's budget is there the moment that day begins.
            Problem::Quota => backed.min(next_budget(now)),
            _ => again.map_or(backed, |until| until.max(now)),
        };
        let app = self.app.clone();
        self.app.store.write_blocking(move |tx| {
            store::fail(tx, &claimed, problem, (again, now))?;
            let office = app.office_of(tx, claimed.office)?;
            tx.announce("board", &office.slug)?;
            Ok(())
        })
    }

    /// Step after step, until all is as it should be. Answers when to look again.
    fn steps(&self, claimed: Claimed) -> Result<Option<Timestamp>, Ended> {
        for _ in 0..STEPS_AT_MOST {
            let app = self.app.clone();
            let order = self.within(claimed, move |tx, context| {
                next(tx, context, app.zoom.as_deref(), claimed.application)
            })?;
            let zoom = self.app.zoom.as_deref();
            match (order, zoom) {
                (Order::Rest(again), _) => return Ok(again),
                (Order::Wait(problem), _) => return Err(Ended::Waits(problem)),
                (Order::Again, _) => {}
                (_, None) => return Err(Ended::Waits(Problem::NotConfigured)),
                (order, Some(zoom)) => self.carry_out(claimed, zoom, order)?,
            }
        }
        Err(Ended::Waits(Problem::Refused))
    }

    fn carry_out(&self, claimed: Claimed, zoom: &Zoom, order: Order) -> Result<(), Ended> {
        match order {
            Order::Make(draft) => self.make(claimed, zoom, &draft),
            Order::Search { meeting, host, marker } => {
                let listed = match zoom.client.list(&host, Kind::Scheduled) {
                    // The host is gone from the account, and every meeting of theirs.
                    Err(Failure::Missing) => Vec::new(),
                    listed => listed?,
                };
                let found = listed.into_iter().find(|it| it.agenda == marker);
                let Some(found) = found else { return self.forget(claimed, meeting) };
                self.made(claimed, meeting, (found.id, String::new()))
            }
            Order::Change { number, draft } => self.change(claimed, zoom, number, &draft),
            Order::Invite { meeting, number, invitation } => {
                self.invite(claimed, zoom, (meeting, number), &invitation)
            }
            Order::StopRecording { meeting, number } => {
                // What cannot be stopped from here is told to staff all the same.
                if let Err(failure) = zoom.client.stop_recording(number) {
                    tracing::warn!(why = failure.code(), "a recording could not be stopped");
                }
                self.within(claimed, move |tx, context| {
                    store::note_silenced(tx, meeting, context.now)
                })
            }
            Order::Remove { meeting, number } => {
                if let Some(number) = number {
                    zoom.client.end(number)?;
                    zoom.client.delete(number)?;
                }
                self.forget(claimed, meeting)
            }
            Order::Rest(_) | Order::Wait(_) | Order::Again => Ok(()),
        }
    }

    fn make(&self, claimed: Claimed, zoom: &Zoom, draft: &Draft) -> Result<(), Ended> {
        match zoom.client.create(&draft.host.1, &draft.as_new()) {
            Ok(made) => {
                let told = overridden(&draft.settings, &made.settings);
                if let Some(zoom_id) = made.host_id {
                    // By it the host is known among participants.
                    let host = draft.host.0;
                    self.within(claimed, move |tx, _| hosts::note_zoom_id(tx, host, &zoom_id))?;
                }
                self.made(claimed, draft.meeting, (made.id, told))
            }
            Err(failure) if failure.may_have_happened() => Err(failure.into()),
            Err(failure) => {
                self.give_back(claimed, draft, &failure)?;
                self.forget(claimed, draft.meeting)?;
                match failure {
                    // It is this host whom Zoom does not let hold a meeting: another may.
                    Failure::Missing | Failure::Refused { .. } | Failure::NotOnThisPlan => {
                        let host = draft.host.0;
                        self.within(claimed, move |tx, context| {
                            hosts::rest(tx, host, context.now + HOST_RESTS)
                        })?;
                        tracing::warn!(host, why = failure.code(), "holds no meeting for now");
                        Ok(())
                    }
                    // As many as are allowed, by Zoom's count: ours did not know of all.
                    Failure::TooMany { until, daily: true } => {
                        let host = draft.host.0;
                        self.within(claimed, move |tx, _| hosts::rest(tx, host, until))
                    }
                    other => Err(other.into()),
                }
            }
        }
    }

    fn change(
        &self,
        claimed: Claimed,
        zoom: &Zoom,
        number: i64,
        draft: &Draft,
    ) -> Result<(), Ended> {
        if let Err(failure) = zoom.client.update(&draft.host.1, number, &draft.as_new()) {
            self.give_back(claimed, draft, &failure)?;
            return match failure {
                Failure::Missing => self.forget(claimed, draft.meeting),
                failure => Err(failure.into()),
            };
        }
        // What was asked for may have been left out without a word: it is read back.
        let told = zoom.client.read(number).map(|read| {
            let kept = read.start_time == Some(draft.slot.start);
            (overridden(&draft.settings, &read.settings), kept)
        });
        match told {
            Ok((told, true)) => {
                let (meeting, slot) = (draft.meeting, draft.slot);
                self.within(claimed, move |tx, _| store::note_told(tx, meeting, slot, &told))
            }
            // It keeps its old time, or somebody deleted it: another is made.
            Ok((_, false)) => {
                zoom.client.end(number)?;
                zoom.client.delete(number)?;
                self.forget(claimed, draft.meeting)
            }
            Err(Failure::Missing) => self.forget(claimed, draft.meeting),
            Err(failure) => Err(failure.into()),
        }
    }

    /// What Zoom did not come to count is not spent.
    fn give_back(&self, claimed: Claimed, draft: &Draft, failure: &Failure) -> Result<(), Ended> {
        let is_counted = match failure {
            Failure::TooMany { daily, .. } => *daily,
            Failure::Unanswered(_) => failure.may_have_happened(),
            Failure::Credentials { .. } | Failure::Scope(_) => false,
            _ => true,
        };
        if is_counted {
            return Ok(());
        }
        let (host, day) = (draft.host.0, draft.day.clone());
        self.within(claimed, move |tx, _| hosts::give_back(tx, host, &day))
    }

    fn invite(
        &self,
        claimed: Claimed,
        zoom: &Zoom,
        (meeting, number): (i64, i64),
        invitation: &Invitation,
    ) -> Result<(), Ended> {
        let made = match links(zoom, number, invitation) {
            Err(Failure::Missing) => return self.forget(claimed, meeting),
            made => made?,
        };
        let (alias, lasts) = (invitation.alias.clone(), invitation.lasts);
        self.within(claimed, move |tx, context| {
            let Some(kept) = store::meeting_of(tx, claimed.application)? else { return Ok(()) };
            let marker = kept.marker.as_str();
            let passcode = Sealed::open(context, marker, &kept.sealed)?.passcode;
            let sealed = Sealed { passcode, ..made.clone() };
            let until = context.now.saturating_add(lasts).unwrap_or(context.now);
            store::note_links(tx, meeting, (&alias, until), &sealed.seal(context, marker)?)?;
            tx.announce("board", &context.office.slug)?;
            Ok(())
        })
    }

    fn made(
        &self,
        claimed: Claimed,
        meeting: i64,
        (number, overridden): (i64, String),
    ) -> Result<(), Ended> {
        self.within(claimed, move |tx, _| store::note_made(tx, meeting, number, &overridden))
    }

    /// The meeting is gone, or never was; its host is free.
    fn forget(&self, claimed: Claimed, meeting: i64) -> Result<(), Ended> {
        self.within(claimed, move |tx, context| {
            store::note_removed(tx, meeting, context.now)?;
            crate::schedule::release_host(tx, claimed.application)
        })
    }

    /// Runs `work` in the session's office, if the claim still holds.
    fn within<T: Send + 'static>(
        &self,
        claimed: Claimed,
        mut work: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Ended> {
        let app = self.app.clone();
        let done = self.app.store.write_blocking(move |tx| {
            let context = app.context(app.office_of(tx, claimed.office)?);
            if context.now >= claimed.until || !store::is_claimed(tx, &claimed)? {
                return Ok(None);
            }
            work(tx, &context).map(Some)
        });
        done?.ok_or(Ended::Lost)
    }
}

/// A link for everybody, under the name that the office gave (article 2(3)).
fn links(zoom: &Zoom, number: i64, invitation: &Invitation) -> Result<Sealed, Failure> {
    let mut made = Sealed::default();
    match &zoom.personal_links {
        PersonalLinks::InviteLinks => {
            let names: Vec<&str> = invitation.names.iter().map(|(_, name)| name.reveal()).collect();
            let seconds = u32::try_from(invitation.lasts.as_secs()).unwrap_or(u32::MAX);
            let links = zoom.client.invite_links(number, seconds, &names)?;
            for ((role, _), link) in invitation.names.iter().zip(links) {
                made.links.insert(role.code().to_owned(), link.reveal().to_owned());
            }
        }
        PersonalLinks::Registrants(domain) => {
            for (role, name) in &invitation.names {
                // An address that is nobody's, and another each time: Zoom counts how often one
                // registers.
                let address = format!("{}@{domain}", super::random_text(16).to_lowercase());
                let registered = zoom.client.add_registrant(number, name.reveal(), &address)?;
                let code = role.code().to_owned();
                made.links.insert(code.clone(), registered.join_url.reveal().to_owned());
                made.registrants.insert(code, registered.registrant_id);
            }
        }
    }
    Ok(made)
}

/// Which settings Zoom has otherwise than was said, by name, with commas: a lock of the account
/// goes before what a meeting asks for.
fn overridden(said: &MeetingSettings, found: &serde_json::Value) -> String {
    let said = serde_json::to_value(said).unwrap_or_default();
    let Some(said) = said.as_object() else { return String::new() };
    let differs = said.iter().filter(|(name, value)| {
        found.get(name.as_str()).is_some_and(|found| !agrees(value, found))
    });
    differs.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(",")
}

/// Whether all that was said is found; Zoom may add to it.
fn agrees(said: &serde_json::Value, found: &serde_json::Value) -> bool {
    match (said.as_object(), found.as_object()) {
        (Some(said), Some(found)) => {
            said.iter().all(|(name, value)| found.get(name).is_none_or(|it| agrees(value, it)))
        }
        _ => said == found,
    }
}

/// Runs until `stop` is set. On a thread of its own: Zoom that is slow to answer delays meetings
/// and nothing else.
pub(crate) fn run(app: &App, stop: &AtomicBool) {
    let keeper = Keeper { app: app.clone() };
    crate::duties::keep_on(stop, "meetings", || match keeper.keep_some(stop) {
        Ok(0) => Duration::from_millis(500),
        Ok(_) => Duration::ZERO,
        Err(error) => {
            tracing::error!(?error, "meetings could not be looked after");
            Duration::from_millis(500)
        }
    });
}
