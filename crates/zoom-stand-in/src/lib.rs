//! Stands in for Zoom where there is none: in tests and in the demo. Its API by an app of the kind
//! Server-to-Server OAuth, its webhooks, and people who come and go as a script says, all on a
//! clock that somebody else moves.
//!
//! It is written from what is documented, and knows nothing of the product that is tested with it.
//! Each fact has a test with its source. What no document proves is in [`UNVERIFIED`]: only an
//! account with Zoom can tell.

mod account;
mod answer;
mod attendance;
mod bounds;
mod faults;
mod guests;
mod limits;
mod meetings;
mod pages;
mod people;
mod request;
mod server;
mod settings;
mod webhook;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

pub use faults::{Fault, Match};
pub use people::{ParticipantId, Refused};
pub use request::Received;
pub use settings::{Plan, Settings, User};
pub use webhook::Delivery;
pub use world::Snapshot;

use world::World;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What no document proves. Each is to be tried with an account of one's own.
pub const UNVERIFIED: &[&str] = &[
    "whether a guest can change the name that a personal link sets, in the app and in a browser",
    "whether a signed-in guest's own name wins over that of the link",
    "whether renaming by participants can be switched off by the API, and locked",
    "whether a registrant's link lets a second device in at the same time",
    "the exact headers of an answer with 429",
    "what the numbers of allow_users_save_chats and allow_participants_chat_with mean",
    "the names of the scopes for settings and locks",
    "whether a meeting that is going on can be deleted, and with which code it is refused",
    "which events come of guests who join in a browser",
    "how late the lists of past participants are, and how long their durations are 0",
    "by what the lists of past participants tell people apart when they count them",
    "with which code an alternative host without a licence is refused",
    "what is answered to a body that is no JSON",
    "which events a guest causes who waits before the host has started the meeting",
    "whether a guest who was let in once waits again after coming back",
    "whether a guest keeps participant_uuid when let in from the waiting room",
];

/// A running stand-in. Clones are handles of the same one; it ends with the last.
#[derive(Clone)]
pub struct StandIn {
    inside: Arc<Inside>,
}

struct Inside {
    url: String,
    clock: Clock,
    world: Arc<Mutex<World>>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl StandIn {
    /// Starts listening, on this machine alone.
    ///
    /// # Errors
    /// The address cannot be listened on, or is not one of this machine alone.
    pub async fn start(settings: Settings) -> std::io::Result<Self> {
        let clock = Arc::clone(&settings.clock);
        if !settings.listen.ip().is_loopback() {
            return Err(std::io::Error::other("a stand-in listens on this machine alone"));
        }
        let listener = tokio::net::TcpListener::bind(settings.listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(World::new(settings, url.clone())));
        let site = server::site(Arc::clone(&world), Arc::clone(&clock));
        let server = tokio::spawn(async move {
            // It ends when it is aborted; what it cannot serve, its user finds out.
            let _ = axum::serve(listener, site).await;
        });
        Ok(Self { inside: Arc::new(Inside { url, clock, world, server }) })
    }

    /// Where it is: tokens at `/oauth/token`, the API at `/v2`.
    pub fn url(&self) -> &str {
        &self.inside.url
    }

    /// Every request that it was sent, with all octets.
    pub fn received(&self) -> Vec<Received> {
        self.world().received.clone()
    }

    /// Forgets the requests so far.
    pub fn forget_received(&self) {
        self.world().received.clear();
    }

    /// Every meeting that was ever made, deleted ones included.
    pub fn meetings(&self) -> Vec<Snapshot> {
        self.world().snapshots()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.inside.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        (self.inside.clock)()
    }
}
