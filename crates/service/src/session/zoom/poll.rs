//! What Zoom did not tell is asked for: who is, or was, in the meetings that are going on. Within
//! five minutes this repairs what a webhook missed, as far as the account's plan lets one ask: who
//! is there now from the plan Business on, who was there once it is over.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rules::session::zoom::Happening;

use super::signs::{self, NewSign};
use super::{Zoom, store};
use crate::app::App;
use crate::error::Error;
use crate::secrets::{Keys, Purpose};
use crate::zoom::{Failure, Participant};

/// How long Zoom is left alone about a meeting: what was missed is known within five minutes.
const ASKED_EVERY: SignedDuration = SignedDuration::from_mins(4);
/// From when on before a session somebody may be there.
const OPENED_BEFORE: SignedDuration = SignedDuration::from_mins(15);
/// How long after a session Zoom may still have to tell who was there.
const TOLD_UNTIL: SignedDuration = SignedDuration::from_hours(2);

/// How often it is looked whether Zoom is to be asked something.
const LOOKS_EVERY: SignedDuration = SignedDuration::from_secs(20);

/// Asks what Zoom did not tell, and compares at night, until `stop` is set. On a thread of its own:
/// no meeting is made later because Zoom is slow to say who was in another.
pub(crate) fn run(app: &App, stop: &AtomicBool) {
    let mut next = Timestamp::MIN;
    crate::duties::keep_on(stop, "what Zoom did not tell", || {
        let now = app.clock.now();
        if now >= next {
            next = now.saturating_add(LOOKS_EVERY).unwrap_or(now);
            if let Err(error) = poll(app).and_then(|_| super::reconcile::each_night(app)) {
                tracing::error!(?error, "Zoom could not be asked what it did not tell");
            }
        }
        Duration::from_millis(500)
    });
}

/// Asks about the meetings that are due for it. Answers how many.
///
/// # Errors
/// Faults of the store; what Zoom refuses is left to the next time.
pub fn poll(app: &App) -> Result<usize, Error> {
    let Some(zoom) = app.zoom.as_deref() else { return Ok(0) };
    let now = app.clock.now();
    let before = |span| now.checked_sub(span).unwrap_or(Timestamp::MIN);
    let opened = now.saturating_add(OPENED_BEFORE).unwrap_or(now);
    let times = (before(ASKED_EVERY), opened, before(TOLD_UNTIL));
    let due = app.store.write_blocking(move |tx| store::to_poll(tx, now, times))?;
    for meeting in &due {
        match participants(zoom, *meeting) {
            Ok(there) => take(app, *meeting, &there, now)?,
            Err(failure) => tracing::info!(why = failure.code(), "nothing is known of a meeting"),
        }
    }
    Ok(due.len())
}

fn participants(zoom: &Zoom, meeting: i64) -> Result<Vec<Participant>, Failure> {
    match zoom.client.live_participants(meeting) {
        // Not on this plan, or not going on: who was there, once it is over.
        Err(
            Failure::NotOnThisPlan | Failure::Scope(_) | Failure::Missing | Failure::Refused { .. },
        ) => match zoom.client.read(meeting)?.uuid {
            Some(uuid) => zoom.client.past_participants(&uuid),
            None => Ok(Vec::new()),
        },
        told => told,
    }
}

fn take(app: &App, meeting: i64, there: &[Participant], now: Timestamp) -> Result<(), Error> {
    let seen: Vec<Seen> =
        there.iter().filter_map(|one| Seen::new(&app.keys, meeting, one)).collect();
    let keys = app.keys.clone();
    app.store.write_blocking(move |tx| {
        for one in &seen {
            for (what, at) in one.happened() {
                signs::take(tx, &one.sign(&keys, meeting, (what, at)), now)?;
            }
        }
        Ok(())
    })
}

/// One coming of a participant.
struct Seen {
    came: (Happening, Timestamp),
    left: Option<Timestamp>,
    person: String,
    zoom_id: Option<String>,
    registrant: Option<String>,
    name: zeroize::Zeroizing<String>,
}

impl Seen {
    fn new(keys: &Keys, meeting: i64, one: &Participant) -> Option<Self> {
        let at = one.join_time?;
        let waits = one.status.as_deref() == Some("in_waiting_room");
        let name = one.name.reveal();
        // Zoom numbers people otherwise here than where it tells by itself.
        let said = format!("{meeting}/{}/{name}", at.as_millisecond());
        Some(Self {
            came: (if waits { Happening::Waits } else { Happening::Joined }, at),
            left: one.leave_time,
            person: keys.digest("zoom/polled", &said).as_str()[..16].to_owned(),
            zoom_id: one.id.clone(),
            registrant: one.registrant_id.clone(),
            name: zeroize::Zeroizing::new(name.to_owned()),
        })
    }

    fn happened(&self) -> impl Iterator<Item = (Happening, Timestamp)> {
        std::iter::once(self.came).chain(self.left.map(|at| (Happening::Left, at)))
    }

    fn sign(&self, keys: &Keys, meeting: i64, (what, at): (Happening, Timestamp)) -> NewSign {
        let said = format!("{meeting}/{}/{}/{}", what.code(), self.person, at.as_millisecond());
        let key = keys.digest("zoom/sign", &said).as_str().to_owned();
        let place = signs::place(&key);
        NewSign {
            sealed_name: Some(keys.seal(Purpose::Personal, &place, self.name.as_bytes())),
            key,
            meeting,
            what,
            at,
            person: self.person.clone(),
            zoom_id: self.zoom_id.clone(),
            is_host: false,
            registrant: self.registrant.clone(),
        }
    }
}
