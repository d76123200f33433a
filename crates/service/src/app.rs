//! All that a verb may touch: the store, the keys, the clock and the office's own file.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rules::session::device_check::SupportData;

use crate::clock::Clock;
use crate::error::Error;
use crate::people::{self, Office};
use crate::records::retention::Ledger;
use crate::secrets::Keys;
use crate::session::hub::Hub;
use crate::session::relay::Relays;
use crate::session::zoom::Zoom;
use crate::store::{Store, Tx};

/// How long a read office stays in memory. Another node's change is seen after this.
const OFFICE_FRESH_FOR: Duration = Duration::from_secs(5);

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The durable store.
    pub store: Store,
    /// Keys of encryption, digests and tokens.
    pub keys: Arc<Keys>,
    /// The one source of "now".
    pub clock: Clock,
    /// How this site is reached and how it behaves.
    pub site: Arc<Site>,
    /// Which versions of browsers and systems are supported by their makers.
    pub support: Arc<SupportData>,
    /// The sockets of built-in rooms that this node holds.
    pub rooms: Hub,
    /// The office's account with Zoom, if there is one.
    pub zoom: Option<Arc<Zoom>>,
    /// The file of what was deleted, apart from the store; none where nothing outlives the store.
    pub ledger: Option<Arc<Ledger>>,
    shelf: Arc<Mutex<HashMap<String, Kept>>>,
}

/// An office in memory, and when it was read.
type Kept = (Instant, Arc<Office>);

/// What the configuration says about this site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The address that people type, without a slash at its end: `https://madoguchi.example`.
    pub public_url: String,
    /// Whether this is the demonstration, with its clock and its outbox page.
    pub demo: bool,
    /// The sender of letters; empty in an office without a mail server.
    pub mail_from: String,
}

impl Site {
    /// Whether people reach the site over TLS: then cookies are `__Host-` and `Secure`.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What a verb needs besides its own arguments.
#[derive(Clone)]
pub struct Context {
    /// The office in question, with its terms and its calendar.
    pub office: Arc<Office>,
    /// Keys of encryption, digests and tokens.
    pub keys: Arc<Keys>,
    /// How this site is reached: letters carry links.
    pub site: Arc<Site>,
    /// The instant of the request, read once.
    pub now: Timestamp,
}

impl Context {
    /// The same under the terms that a version of the office belongs to (those of its audience).
    #[must_use]
    pub fn under(&self, version: &str) -> Self {
        Self { office: self.office.under(version), ..self.clone() }
    }
}

impl App {
    /// Puts the program together.
    pub fn new(store: Store, keys: Keys, clock: Clock, site: Site) -> Self {
        Self {
            store,
            keys: Arc::new(keys),
            clock,
            site: Arc::new(site),
            support: Arc::new(SupportData::shipped()),
            rooms: Hub::new(None),
            zoom: None,
            ledger: None,
            shelf: Arc::new(Mutex::new(HashMap::new())),
        }
    }

    /// The same program, with relays through which browsers meet.
    #[must_use]
    pub fn with_relays(self, relays: Relays) -> Self {
        Self { rooms: Hub::new(Some(relays)), ..self }
    }

    /// The same program, with an account in Zoom.
    #[must_use]
    pub fn with_zoom(self, zoom: Zoom) -> Self {
        Self { zoom: Some(Arc::new(zoom)), ..self }
    }

    /// The same program, with a file of what was deleted.
    #[must_use]
    pub fn with_ledger(self, ledger: Ledger) -> Self {
        Self { ledger: Some(Arc::new(ledger)), ..self }
    }

    /// The same program, with another table of supported versions than the shipped one.
    #[must_use]
    pub fn with_support(self, support: SupportData) -> Self {
        Self { support: Arc::new(support), ..self }
    }

    /// The office of that short name, from memory while it is fresh.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none.
    pub async fn office(&self, slug: &str) -> Result<Arc<Office>, Error> {
        if let Some(office) = self.fresh(slug) {
            return Ok(office);
        }
        let wanted = slug.to_owned();
        let office = self.store.read(move |tx| people::office_by_slug(tx, &wanted)).await?;
        Ok(self.keep(office))
    }

    /// The office with that number; for those who hold no short name, as the duties do.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none.
    pub fn office_of(&self, tx: &mut Tx<'_>, id: i64) -> Result<Arc<Office>, Error> {
        let slug = people::slug_of(tx, id)?;
        if let Some(office) = self.fresh(&slug) {
            return Ok(office);
        }
        Ok(self.keep(people::office_by_slug(tx, &slug)?))
    }

    /// What a verb of that office needs, at this instant.
    pub fn context(&self, office: Arc<Office>) -> Context {
        let (keys, site) = (Arc::clone(&self.keys), Arc::clone(&self.site));
        Context { office, keys, site, now: self.clock.now() }
    }

    /// Forgets what is kept in memory, after this node changed an office.
    pub fn forget_offices(&self) {
        self.shelf.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }

    fn fresh(&self, slug: &str) -> Option<Arc<Office>> {
        let shelf = self.shelf.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let (read_at, office) = shelf.get(slug)?;
        (read_at.elapsed() < OFFICE_FRESH_FOR).then(|| Arc::clone(office))
    }

    fn keep(&self, office: Office) -> Arc<Office> {
        let office = Arc::new(office);
        let mut shelf = self.shelf.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        shelf.insert(office.slug.clone(), (Instant::now(), Arc::clone(&office)));
        office
    }
}
