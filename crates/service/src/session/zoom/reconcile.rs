//! Compares what Zoom has with what the records say, in both directions, and puts it right: a
//! meeting that nobody wants is deleted, one that is gone is made again, one with another time is
//! told the right one. Each night, and when an administrator asks.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use rules::schedule::{Slot, TOKYO};
use rules::session::zoom::{Marker, State};

use super::store::Meeting;
use super::{Zoom, heed, hosts, installation, store};
use crate::app::App;
use crate::error::Error;
use crate::people;
use crate::zoom::{Failure, Kind, Listed};

/// Something that was not as the records say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A meeting of ours that no session wants; deleted.
    Orphan {
        /// Zoom's number of it.
        meeting: i64,
    },
    /// A meeting that is not there any more; another is made if it is wanted.
    Gone {
        /// Zoom's number of it.
        meeting: i64,
    },
    /// A meeting with another time than the session's; Zoom is told the right one.
    OtherTime {
        /// Zoom's number of it.
        meeting: i64,
    },
    /// What a host has could not be asked for.
    NotAsked {
        /// The host.
        host: String,
        /// Why, in one word.
        why: &'static str,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Orphan { meeting } => {
                write!(out, "meeting {meeting} was wanted by no session, and is deleted")
            }
            Self::Gone { meeting } => {
                write!(out, "meeting {meeting} was gone; another is made if it is wanted")
            }
            Self::OtherTime { meeting } => {
                write!(out, "meeting {meeting} had another time, and is told the right one")
            }
            Self::NotAsked { host, why } => {
                write!(out, "the meetings of {host} could not be asked for: {why}")
            }
        }
    }
}

/// At this hour (Asia/Tokyo) nobody is being counselled.
const AT_NIGHT: Time = Time::constant(3, 30, 0, 0);
/// Meetings of so long ago are compared still.
const LOOKS_BACK: SignedDuration = SignedDuration::from_hours(24);

/// Compares for every office, once a night.
///
/// # Errors
/// Faults of the store.
pub(super) fn each_night(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let local = TOKYO.to_datetime(now);
    if app.zoom.is_none() || local.time() < AT_NIGHT {
        return Ok(());
    }
    let day = local.date().to_string();
    if !app.store.write_blocking(move |tx| store::begin_night(tx, &day, now))? {
        return Ok(());
    }
    for (slug, _) in app.store.read_blocking(people::offices)? {
        let office = app.store.read_blocking(move |tx| people::office_by_slug(tx, &slug))?.id;
        for difference in reconcile(app, office)? {
            tracing::warn!(%difference, "Zoom and the records differed");
        }
    }
    Ok(())
}

/// Compares for one office.
///
/// # Errors
/// Faults of the store; what Zoom refuses is told.
pub fn reconcile(app: &App, office: i64) -> Result<Vec<Difference>, Error> {
    let Some(zoom) = app.zoom.clone() else { return Ok(Vec::new()) };
    let now = app.clock.now();
    let since = now.checked_sub(LOOKS_BACK).unwrap_or(Timestamp::MIN);
    let (kept, pool) = app.store.read_blocking(move |tx| {
        Ok::<_, Error>((store::meetings(tx, office, since)?, hosts::hosts(tx, office)?))
    })?;
    let ours = pool.into_iter().map(|host| host.zoom_user);
    let names: BTreeSet<String> = ours.chain(kept.iter().map(|it| it.host_user.clone())).collect();
    let mut differences = Vec::new();
    let mut there: HashMap<i64, Listed> = HashMap::new();
    for host in names {
        match zoom.client.list(&host, Kind::Upcoming) {
            Ok(listed) => there.extend(listed.into_iter().map(|it| (it.id, it))),
            Err(failure) => {
                differences.push(Difference::NotAsked { host, why: failure.code() });
            }
        }
    }
    for listed in there.values() {
        differences.extend(orphan(app, &zoom, listed)?);
    }
    for meeting in &kept {
        differences.extend(differing(app, &zoom, meeting, &there)?);
    }
    // Whatever is to come is looked at again: one that should have a meeting and has none gets one.
    let shared = app.clone();
    app.store.write_blocking(move |tx| {
        let context = shared.context(shared.office_of(tx, office)?);
        let to_come = store::to_come(tx, office, context.now)?;
        to_come.into_iter().try_for_each(|application| heed(tx, &context, application))
    })?;
    differences.sort_by_key(|difference| difference.to_string());
    Ok(differences)
}

/// Deletes a meeting of ours that no session wants.
fn orphan(app: &App, zoom: &Zoom, listed: &Listed) -> Result<Option<Difference>, Error> {
    let Some(marker) = Marker::in_agenda(&listed.agenda, &installation(&app.keys)) else {
        return Ok(None);
    };
    let meeting = listed.id;
    let known = app.store.read_blocking(move |tx| store::by_marker(tx, &marker))?;
    match known {
        // It is being made at this moment, or its answer was lost: it will be looked for.
        Some((_, None)) => return Ok(None),
        Some((_, Some(number))) if number == meeting => return Ok(None),
        Some(_) | None => {}
    }
    let deleted = zoom.client.end(meeting).and_then(|()| zoom.client.delete(meeting));
    Ok(match deleted {
        Ok(()) => Some(Difference::Orphan { meeting }),
        Err(failure) => {
            tracing::warn!(why = failure.code(), "a meeting that nobody wants stays");
            None
        }
    })
}

/// What of a meeting is not as it was told, to be put right by the keeper.
fn differing(
    app: &App,
    zoom: &Zoom,
    kept: &Meeting,
    there: &HashMap<i64, Listed>,
) -> Result<Option<Difference>, Error> {
    let (State::Made, Some(meeting)) = (kept.state, kept.number) else { return Ok(None) };
    let found = match there.get(&meeting) {
        Some(listed) => slot_of(listed.start_time, listed.duration),
        // Not in the list of what is to come: perhaps over, perhaps gone.
        None => match zoom.client.read(meeting) {
            Ok(_) => return Ok(None),
            Err(Failure::Missing) => None,
            Err(_) => return Ok(None),
        },
    };
    let (difference, found) = match found {
        Some(slot) if slot == kept.slot => return Ok(None),
        Some(slot) => (Difference::OtherTime { meeting }, Some(slot)),
        None if there.contains_key(&meeting) => return Ok(None),
        None => (Difference::Gone { meeting }, None),
    };
    let (id, application, overridden) = (kept.id, kept.application, kept.overridden().join(","));
    let shared = app.clone();
    app.store.write_blocking(move |tx| {
        let owner = store::owner(tx, meeting)?.filter(|owner| owner.is_there);
        let Some(owner) = owner else { return Ok(()) };
        let context = shared.context(shared.office_of(tx, owner.office)?);
        match found {
            Some(slot) => store::note_told(tx, id, slot, &overridden)?,
            None => store::note_removed(tx, id, context.now)?,
        }
        heed(tx, &context, application)
    })?;
    Ok(Some(difference))
}

fn slot_of(start: Option<Timestamp>, minutes: Option<u32>) -> Option<Slot> {
    Some(Slot { start: start?, minutes: minutes?.try_into().ok()? })
}
