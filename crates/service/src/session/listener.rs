//! Hears what other nodes changed and sent, says that this node lives, and has the rooms looked at
//! again when something may have shut their door.

use std::time::Duration;

use rules::session::room::What;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::parcel::Unpacker;
use super::watch::{self, Due};
use super::{RoomKey, hub, store};
use crate::app::App;
use crate::clock::Clock;
use crate::error::Error;
use crate::store::{Announcement, Tx};

/// How often a node says that it lives.
const BEATS_EVERY: Duration = Duration::from_secs(4);

/// How soon a room is looked at again after a notice: an office announces much in one second.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// What only the clock changes, and what a command changes beside this program, is seen this late.
const LOOKS_EVERYWHERE_EVERY: Duration = Duration::from_secs(15);

/// Keeps this node's rooms up to date until the store is closed.
pub async fn run(app: App) {
    tokio::join!(follow(&app), keep_watch(&app), sweep(&app));
}

async fn follow(app: &App) {
    let mut notices = app.store.listen();
    let mut unpacker = Unpacker::default();
    let mut beats = every(BEATS_EVERY);
    loop {
        let done = tokio::select! {
            notice = notices.recv() => match notice {
                Ok(notice) => hear(app, &notice, &mut unpacker).await,
                // Something was missed: the store knows the state.
                Err(RecvError::Lagged(_)) => refresh_all(app).await,
                Err(RecvError::Closed) => return,
            },
            _ = beats.tick() => beat(app).await,
        };
        log(done);
    }
}

/// Apart from [`follow`]: whoever waits for a message of the other side waits for nothing else.
async fn keep_watch(app: &App) {
    let mut notices = app.store.listen();
    let mut due = Due::default();
    let mut looks = every(LOOKS_EVERY);
    loop {
        tokio::select! {
            notice = notices.recv() => match notice {
                Ok(notice) => match notice.topic.as_str() {
                    "board" | watch::SIGNED_OUT => due.office(&notice.text),
                    Announcement::RECONNECTED => due.everywhere(),
                    _ => {}
                },
                Err(RecvError::Lagged(_)) => due.everywhere(),
                Err(RecvError::Closed) => return,
            },
            _ = looks.tick() => watch::look(app, &std::mem::take(&mut due)).await,
        }
    }
}

/// Apart from [`keep_watch`]: who waits for a notice does not wait for every room of the country.
async fn sweep(app: &App) {
    let mut notices = app.store.listen();
    let mut sweeps = every(LOOKS_EVERYWHERE_EVERY);
    loop {
        tokio::select! {
            notice = notices.recv() => if matches!(notice, Err(RecvError::Closed)) { return },
            _ = sweeps.tick() => {
                let mut due = Due::default();
                due.everywhere();
                watch::look(app, &due).await;
            }
        }
    }
}

fn every(length: Duration) -> Interval {
    let mut interval = interval(length);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

fn log(done: Result<(), Error>) {
    if let Err(error) = done {
        tracing::warn!(?error, "the rooms of this node are behind");
    }
}

async fn hear(app: &App, notice: &Announcement, unpacker: &mut Unpacker) -> Result<(), Error> {
    match notice.topic.as_str() {
        hub::CHANGED => match hub::parse_name(&notice.text) {
            Some(key) => refresh(app, key).await,
            None => Ok(()),
        },
        hub::PASSED => {
            if let Some(delivery) = unpacker.take(&notice.text) {
                app.rooms.deliver(delivery);
            }
            Ok(())
        }
        Announcement::RECONNECTED => refresh_all(app).await,
        _ => Ok(()),
    }
}

async fn refresh(app: &App, key: RoomKey) -> Result<(), Error> {
    let Some(office) = app.rooms.office_of(key) else { return Ok(()) };
    let kept = app.store.read(move |tx| store::room(tx, key)).await?;
    if let Some(kept) = kept {
        app.rooms.refresh(key, &office, kept, app.clock.now());
    }
    Ok(())
}

async fn refresh_all(app: &App) -> Result<(), Error> {
    for (key, _) in app.rooms.rooms() {
        refresh(app, key).await?;
    }
    Ok(())
}

/// Says that this node lives, takes lost nodes out of their rooms, and sockets of this node that
/// ended when the store was too busy to be told.
///
/// # Errors
/// Faults of the store.
pub async fn beat(app: &App) -> Result<(), Error> {
    let (shared, node) = (app.clone(), app.rooms.node());
    let was_known = app
        .store
        .write(move |tx| {
            // Read when it is written: the wait for the store is no silence of others.
            let at = (Clock::system().now(), shared.clock.now());
            let mut context_of =
                |tx: &mut Tx<'_>, office: i64| Ok(shared.context(shared.office_of(tx, office)?));
            super::beat(tx, &mut context_of, node, at)
        })
        .await?;
    if app.rooms.notes_beat() && !was_known {
        // Others took this node for lost, and its sockets out of their rooms
        // (BigBlueButton #14347).
        tracing::warn!("this node was taken for lost: its browsers come again");
        app.rooms.close();
    }
    for (key, office, kept) in app.rooms.known() {
        for connection in app.rooms.strays(&kept.room) {
            let (shared, id) = (app.clone(), office.id);
            let what = What::Disconnected { connection };
            let step = move |tx: &mut Tx<'_>| {
                let context = shared.context(shared.office_of(tx, id)?);
                super::step(tx, &context, key, what.clone())
            };
            let stepped = app.store.write(step).await?;
            app.rooms.refresh(stepped.key, &office, stepped.kept, app.clock.now());
        }
    }
    Ok(())
}
