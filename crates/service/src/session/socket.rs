//! One browser's WebSocket, from the first message to the last.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt as _, StreamExt as _};
use rules::session::Report;
use rules::session::room::{
    Allowances, BrowserId, Closing, ConnectionId, Delivery, Entry, FromBrowser, LONGEST_MESSAGE,
    Meaning, Refusal, SILENT_AFTER, SeatId, SeatRole, Spent, ToBrowser, What,
};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::watch::Pass;
use super::{RoomKey, Stepped, hub, parcel};
use crate::app::App;
use crate::error::Error;
use crate::people::Office;
use crate::secrets::random;
use crate::store::Tx;

/// How often silence is looked for.
const LOOKS_EVERY: Duration = Duration::from_secs(5);
/// A browser that takes no message for so long is gone.
const WRITES_WITHIN: Duration = Duration::from_secs(10);

/// How long a socket that was told the end is still read.
const LINGERS: Duration = Duration::from_secs(2);

/// Who sits at a socket: all of it is the service's word.
#[derive(Clone)]
pub struct Sitter {
    /// The office of the session.
    pub office: Arc<Office>,
    /// Whose session.
    pub application: i64,
    /// The seat.
    pub seat: SeatId,
    /// As what.
    pub role: SeatRole,
    /// The alias, or the name that staff show.
    pub name: String,
    /// The browser.
    pub browser: BrowserId,
    /// By what.
    pub pass: Pass,
}

/// Opens a socket for somebody, if the page that asks is ours (trust: cross-site hijacking of
/// sockets, RFC 6455 10.2).
pub fn open(app: App, headers: &HeaderMap, upgrade: WebSocketUpgrade, sitter: Sitter) -> Response {
    if !is_own_origin(&app, headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade.max_message_size(LONGEST_MESSAGE).max_frame_size(LONGEST_MESSAGE);
    upgrade.on_upgrade(move |socket| serve(app, socket, sitter))
}

/// Whether the page that opens a socket has this site's origin.
fn is_own_origin(app: &App, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    origin == app.site.public_url || (authority.is_some() && authority == text(header::HOST))
}

/// A socket and what is needed to answer it.
struct Desk {
    app: App,
    sitter: Sitter,
    connection: ConnectionId,
    key: Option<RoomKey>,
    allowances: Allowances,
    number: u64,
}

async fn serve(app: App, socket: WebSocket, sitter: Sitter) {
    let half = || u64::from(random(u32::MAX));
    let connection = ConnectionId(half() << 32 | half());
    let told = app.rooms.take(connection, sitter.clone());
    let allowances = Allowances::new(app.clock.now());
    let mut desk = Desk { app, sitter, connection, key: None, allowances, number: 0 };
    let (mut out, mut heard) = socket.split();
    let writer = tokio::spawn(async move { write(&mut out, told).await });
    let entered = desk.enter().await;
    if entered {
        desk.listen(&mut heard, &writer).await;
    }
    desk.leave().await;
    desk.app.rooms.drop(connection);
    // What was still to be told, the reason of the closing above all, goes out first. A socket
    // that is closed on unread messages takes back what it sent, so they are read away meanwhile.
    let unread = timeout(LINGERS, async { while let Some(Ok(_)) = heard.next().await {} });
    let _ended = tokio::join!(timeout(WRITES_WITHIN, writer), unread);
}

/// Writes what the browser is told, until it is told that this is the end.
async fn write(
    out: &mut futures_util::stream::SplitSink<WebSocket, Message>,
    mut told: Receiver<ToBrowser>,
) {
    while let Some(message) = told.recv().await {
        let is_last = matches!(message, ToBrowser::Closed { .. });
        let Ok(text) = serde_json::to_string(&message) else { break };
        let sent = timeout(WRITES_WITHIN, out.send(Message::Text(text.into()))).await;
        if is_last || !matches!(sent, Ok(Ok(()))) {
            break;
        }
    }
    let _closed = timeout(WRITES_WITHIN, out.close()).await;
}

impl Desk {
    /// Takes the seat; whether there is one.
    async fn enter(&mut self) -> bool {
        let entry = Entry {
            seat: self.sitter.seat,
            role: self.sitter.role,
            name: self.sitter.name.clone(),
            connection: self.connection,
            node: self.app.rooms.node(),
            browser: self.sitter.browser,
        };
        self.step(What::Connected(entry)).await
    }

    /// Gives the seat up. When the store is busy, the beat of the node finds the stray later.
    async fn leave(&mut self) {
        if self.key.is_some() {
            self.step(What::Disconnected { connection: self.connection }).await;
        }
    }

    /// Hears the browser until it is gone, or is sent away.
    async fn listen(
        &mut self,
        heard: &mut futures_util::stream::SplitStream<WebSocket>,
        writer: &tokio::task::JoinHandle<()>,
    ) {
        let mut last_heard = Instant::now();
        let mut looks = interval(LOOKS_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                message = heard.next() => match message {
                    Some(Ok(Message::Text(text))) => {
                        last_heard = Instant::now();
                        if !self.hear(text.as_str()).await {
                            return;
                        }
                    }
                    Some(Ok(Message::Binary(_))) => if !self.hear("").await { return },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                        // Answered by the library, and counted like the rest.
                        let spent = self.allowances.spend(None, self.app.clock.now());
                        if spent == Spent::FarOver {
                            return;
                        }
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                },
                _ = looks.tick() => {
                    if writer.is_finished() {
                        return;
                    }
                    if last_heard.elapsed() > SILENT_AFTER.unsigned_abs() {
                        self.tell_own(ToBrowser::closed(Closing::Silent));
                        return;
                    }
                    self.app.rooms.renew_ice(self.connection);
                }
            }
        }
    }

    /// Takes one message; whether the socket stays.
    async fn hear(&mut self, text: &str) -> bool {
        let now = self.app.clock.now();
        let message = serde_json::from_str::<FromBrowser>(text).ok();
        match self.allowances.spend(message.as_ref(), now) {
            Spent::Granted => {}
            Spent::Over => {
                self.tell_own(refused(Refusal::TooMany));
                return true;
            }
            Spent::FarOver => {
                self.tell_own(ToBrowser::closed(Closing::Flooding));
                return false;
            }
        }
        let meaning = message.ok_or(Refusal::Unreadable).and_then(|it| it.meaning(self.connection));
        match meaning {
            Ok(Meaning::Ping { n }) => self.tell_own(ToBrowser::Pong { n, at: now }),
            Ok(Meaning::Step(what)) => return self.step(what).await,
            Ok(Meaning::Pass(message)) => match self.app.rooms.relay(self.connection, message) {
                Ok(delivery) => self.pass(delivery).await,
                Err(why) => self.tell_own(refused(why)),
            },
            Ok(Meaning::Quality(report)) if self.app.rooms.is_in_call(self.connection) => {
                self.add_quality(report).await;
            }
            Ok(Meaning::Quality(_)) => self.tell_own(refused(Refusal::NotAdmitted)),
            Err(why) => self.tell_own(refused(why)),
        }
        true
    }

    async fn add_quality(&self, report: Report) {
        let Some(key) = self.key else { return };
        let added = self.app.store.write(move |tx| super::add_quality(tx, key, report)).await;
        log(added, "a report on quality was lost");
    }

    /// Steps the room in one unit of work, and carries out what follows. Whether this socket stays.
    ///
    /// Who came for a time of the session that it has no longer stays in the room of that time: the
    /// next look turns them out.
    async fn step(&mut self, what: What) -> bool {
        let context = self.app.context(Arc::clone(&self.sitter.office));
        let (sat_in, application) = (self.key, self.sitter.application);
        let step = move |tx: &mut Tx<'_>| {
            let key = match sat_in {
                Some(key) => key,
                None => super::present_room(tx, &context, application)?,
            };
            super::step(tx, &context, key, what.clone())
        };
        let stepped = self.app.store.write(step).await;
        let Stepped { key, kept, closed, refused: why } = match stepped {
            Ok(stepped) => stepped,
            Err(error) => {
                log(Err(error), "a step of the room was lost");
                self.tell_own(ToBrowser::closed(Closing::Unavailable));
                return false;
            }
        };
        self.key = Some(key);
        self.app.rooms.seat(self.connection, key);
        self.app.rooms.refresh(key, &self.sitter.office, kept, self.app.clock.now());
        if let Some(why) = why {
            self.tell_own(refused(why));
        }
        let mut stays = true;
        for (address, why) in closed {
            stays &= address.connection != self.connection;
            self.pass(Delivery { to: vec![address], message: ToBrowser::closed(why) }).await;
        }
        stays
    }

    /// Hands a message to sockets here and on other nodes.
    async fn pass(&mut self, delivery: Delivery) {
        let Some(others) = self.app.rooms.deliver(delivery) else { return };
        self.number += 1;
        let sent = announce(&self.app, self.connection.0 ^ self.number, &others).await;
        log(sent, "a message for another node was lost");
    }

    fn tell_own(&self, message: ToBrowser) {
        let to = rules::session::room::Address {
            connection: self.connection,
            node: self.app.rooms.node(),
        };
        self.app.rooms.deliver(Delivery { to: vec![to], message });
    }
}

fn refused(why: Refusal) -> ToBrowser {
    ToBrowser::Refused { why }
}

/// Sends a message to the nodes that hold its sockets.
async fn announce(app: &App, number: u64, delivery: &Delivery) -> Result<(), Error> {
    let pieces = parcel::pack(app.rooms.node(), number, delivery)?;
    let announce = move |tx: &mut Tx<'_>| {
        for piece in &pieces {
            tx.announce(hub::PASSED, piece)?;
        }
        Ok(())
    };
    app.store.write(announce).await
}

/// Orders from outside of the room, as the desk gives them: what follows reaches the sockets.
///
/// # Errors
/// As [`super::move_to`].
pub async fn carry(app: &App, office: &Arc<Office>, stepped: Stepped) -> Result<(), Error> {
    app.rooms.refresh(stepped.key, office, stepped.kept, app.clock.now());
    for (number, (address, why)) in (0_u64..).zip(stepped.closed) {
        let delivery = Delivery { to: vec![address], message: ToBrowser::closed(why) };
        if let Some(others) = app.rooms.deliver(delivery) {
            announce(app, address.connection.0 ^ number, &others).await?;
        }
    }
    Ok(())
}

fn log(done: Result<(), Error>, what: &str) {
    if let Err(error) = done {
        tracing::warn!(?error, "{what}");
    }
}
