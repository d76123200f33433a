//! The relay (TURN, RFC 8656) through which the browsers of a session meet, so that neither
//! learns the other's address.
//!
//! An installation without a relay of its own carries this one; for many sessions at once, and
//! where networks let only TCP to port 443 out, coturn takes its place (docs/relay.md). Either
//! takes the same credentials: a name that says when it expires, and its keyed digest.

mod guard;

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use turn::auth::{AuthHandler, generate_auth_key};
use turn::server::Server;
use turn::server::config::{ConnConfig, ServerConfig};
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::secrets::Keys;
use guard::OwnPorts;

/// What a browser is told of the relay: its addresses and a credential of its own.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// Where relays are, as `turn:` and `turns:` addresses.
    pub urls: Vec<String>,
    /// When it expires (Unix seconds), a colon, and whose it is.
    pub username: String,
    /// The digest of the name under the relay's secret.
    pub credential: String,
}

/// What the relays of an installation have in common: where they are, and their secret.
#[derive(Clone)]
pub struct Relays {
    urls: Vec<String>,
    secret: Arc<Zeroizing<Vec<u8>>>,
}

/// The realm of the credentials (RFC 8489 9.2); it tells nothing.
const REALM: &str = "madoguchi";

/// How long a credential works. An allocation is refreshed with it, so it outlives the longest
/// session, one that begins late included.
const LASTS: SignedDuration = SignedDuration::from_mins(120);

/// A check tries the relay for some seconds.
const CHECK_LASTS: SignedDuration = SignedDuration::from_mins(2);

/// Who sits in a room is given a fresh credential this often: well before the last one ends.
pub const RENEWED_EVERY: SignedDuration = SignedDuration::from_mins(60);

impl Relays {
    /// Relays at these addresses that know this secret.
    pub fn new(urls: Vec<String>, secret: impl Into<Vec<u8>>) -> Self {
        Self { urls, secret: Arc::new(Zeroizing::new(secret.into())) }
    }

    /// A credential for one connection, as `use-auth-secret` of coturn takes it. `whose` holds no
    /// colon and names nobody. By the machine's clock, as every relay judges it: a demo's clock is
    /// another.
    pub fn credential(&self, whose: &str) -> Credential {
        self.credential_from(whose, Clock::system().now(), LASTS)
    }

    /// A credential that is just long enough to check a device.
    pub fn credential_for_a_check(&self, whose: &str) -> Credential {
        self.credential_from(whose, Clock::system().now(), CHECK_LASTS)
    }

    /// A credential that lasts for so long from an instant on.
    pub fn credential_from(
        &self,
        whose: &str,
        now: Timestamp,
        lasts: SignedDuration,
    ) -> Credential {
        let expires = now.saturating_add(lasts).unwrap_or(now).as_second();
        let username = format!("{expires}:{whose}");
        let credential = self.password(&username);
        Credential { urls: self.urls.clone(), username, credential }
    }

    /// HMAC-SHA1 is what relays take (draft-uberti-behave-turn-rest-00); as a keyed digest it is
    /// not touched by the collisions of SHA-1.
    fn password(&self, username: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        BASE64_STANDARD.encode(hmac::sign(&key, username.as_bytes()))
    }
}

/// Where the built-in relay listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelaySettings {
    /// The address and UDP port on which browsers reach it.
    pub listen: SocketAddr,
    /// The address that browsers know it by, where that is another one.
    pub public: IpAddr,
    /// The UDP ports over which it relays.
    pub ports: RangeInclusive<u16>,
}

impl RelaySettings {
    /// The address that browsers are told.
    pub fn url(&self) -> String {
        let at = SocketAddr::new(self.public, self.listen.port());
        format!("turn:{at}?transport=udp")
    }
}

/// The secret of an installation whose relays are all built in: each node with the same key file
/// has the same.
pub fn secret_of(keys: &Keys) -> Vec<u8> {
    keys.sign("relay", "secret").as_str().as_bytes().to_vec()
}

/// The built-in relay; it ends when this is dropped.
pub struct Relay(Server);

impl Relay {
    /// Opens the relay.
    ///
    /// # Errors
    /// The address cannot be listened on.
    pub async fn open(settings: &RelaySettings, relays: &Relays) -> anyhow::Result<Self> {
        let socket = tokio::net::UdpSocket::bind(settings.listen).await?;
        let ports = OwnPorts::new(settings);
        let server = ServerConfig {
            conn_configs: vec![ConnConfig {
                conn: Arc::new(socket),
                relay_addr_generator: Box::new(ports),
            }],
            realm: REALM.to_owned(),
            auth_handler: Arc::new(Doorkeeper { relays: relays.clone(), clock: Clock::system() }),
            // RFC 8656 12: a channel lives for ten minutes, and browsers renew it.
            channel_bind_timeout: Duration::from_secs(600),
            alloc_close_notify: None,
        };
        Ok(Self(Server::new(server).await?))
    }

    /// Ends every relayed connection.
    pub async fn close(&self) {
        if let Err(error) = self.0.close().await {
            tracing::warn!(%error, "the relay did not close");
        }
    }
}

/// Lets credentials in that have not expired. The machine's clock counts, as it does for coturn.
struct Doorkeeper {
    relays: Relays,
    clock: Clock,
}

impl AuthHandler for Doorkeeper {
    fn auth_handle(&self, name: &str, realm: &str, _: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        if !is_fresh(name, self.clock.now()) {
            return Err(turn::Error::ErrNoSuchUser);
        }
        Ok(generate_auth_key(name, realm, &self.relays.password(name)))
    }
}

/// Whether a credential's name says that it still works.
fn is_fresh(name: &str, now: Timestamp) -> bool {
    let expires = name.split_once(':').and_then(|(seconds, _)| seconds.parse::<i64>().ok());
    expires.is_some_and(|expires| now.as_second() < expires)
}

#[cfg(test)]
mod tests;
