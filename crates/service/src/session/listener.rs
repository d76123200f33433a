//! Hears what other nodes changed and sent, and says that this node lives.

use std::time::Duration;

use rules::session::room::What;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};

use super::parcel::Unpacker;
use super::{RoomKey, hub, store};
use crate::app::App;
use crate::clock::Clock;
use crate::error::Error;
use crate::store::Announcement;

/// How often a node says that it lives.
const BEATS_EVERY: Duration = Duration::from_secs(4);

/// Keeps this node's rooms up to date until the store is closed.
pub async fn run(app: App) {
    let mut notices = app.store.listen();
    let mut unpacker = Unpacker::default();
    let mut beats = interval(BEATS_EVERY);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            notice = notices.recv() => match notice {
                Ok(notice) => hear(&app, &notice, &mut unpacker).await,
                // Something was missed: the store knows the state.
                Err(RecvError::Lagged(_)) => refresh_all(&app).await,
                Err(RecvError::Closed) => return,
            },
            _ = beats.tick() => beat(&app).await,
        };
        if let Err(error) = done {
            tracing::warn!(?error, "the rooms of this node are behind");
        }
    }
}

async fn hear(app: &App, notice: &Announcement, unpacker: &mut Unpacker) -> Result<(), Error> {
    match notice.topic.as_str() {
        hub::CHANGED => match hub::parse_name(&notice.text) {
            Some((key, office)) if app.rooms.has(key) => refresh(app, key, office).await,
            _ => Ok(()),
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

async fn refresh(app: &App, key: RoomKey, office: i64) -> Result<(), Error> {
    let kept = app.store.read(move |tx| store::room(tx, key)).await?;
    app.rooms.refresh(key, office, kept, app.clock.now());
    Ok(())
}

async fn refresh_all(app: &App) -> Result<(), Error> {
    for (key, office) in app.rooms.rooms() {
        refresh(app, key, office).await?;
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
    let at = (Clock::system().now(), app.clock.now());
    app.store
        .write(move |tx| {
            let mut context_of = |tx: &mut crate::store::Tx<'_>, office: i64| {
                Ok(shared.context(shared.office_of(tx, office)?))
            };
            super::beat(tx, &mut context_of, node, at)
        })
        .await?;
    for (key, office, kept) in app.rooms.known() {
        for connection in app.rooms.strays(&kept.room) {
            let (shared, what) = (app.clone(), What::Disconnected { connection });
            let step = move |tx: &mut crate::store::Tx<'_>| {
                let context = shared.context(shared.office_of(tx, office)?);
                super::step(tx, &context, key.application, what.clone())
            };
            let stepped = app.store.write(step).await?;
            app.rooms.refresh(stepped.key, office, stepped.kept, app.clock.now());
        }
    }
    Ok(())
}
