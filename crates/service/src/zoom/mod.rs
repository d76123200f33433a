//! A client of Zoom's API for one account, by the app of kind "Server-to-Server OAuth" that the
//! office makes there. It blocks, and knows Zoom's words only: neither appointments nor stores.
//!
//! Source of the facts: Zoom's OpenAPI description of its API v2
//! (<https://developers.zoom.us/docs/api/>). What Zoom refuses, and whether it may have done it
//! all the same, is a [`Failure`]; nothing in here shows a secret or a name in a `Debug` or a log.

mod answer;
mod attendance;
mod call;
mod failure;
mod fields;
mod guests;
mod meeting;
mod rates;
mod secret;
mod settings;
mod token;
mod wire;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use ureq::Agent;

use crate::clock::Clock;
use rates::Pauses;
use token::Tokens;
use wire::Limits;

pub use attendance::Participant;
pub use failure::{Failure, Silence};
pub use guests::Registered;
pub use meeting::{Kind, Listed, Made, Meeting, NewMeeting};
pub use rates::Label;
pub use secret::{JoinUrl, Passcode, Secret, ShownName, StartUrl};
pub use settings::{Licence, User};

/// The office's account at Zoom, and its app there.
#[derive(Clone)]
pub struct Account {
    /// The account, as the app's page names it.
    pub account_id: String,
    /// The app.
    pub client_id: String,
    /// The app's secret.
    pub client_secret: Secret,
    /// Where tokens are: `https://zoom.us`. Without TLS only within this machine.
    pub oauth_url: String,
}

/// Shows where it is and not whose.
impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Account").field("oauth_url", &self.oauth_url).finish_non_exhaustive()
    }
}

/// Talks to Zoom for an account. Clones share the token, the connections and the pauses after too
/// many calls; threads may use them at once.
///
/// A call takes 20 seconds at most; as long again for a token that has to be renewed; and all of it
/// twice if Zoom does not accept the token.
#[derive(Clone)]
pub struct Client(Arc<Inside>);

struct Inside {
    account: Account,
    clock: Clock,
    agent: Agent,
    tokens: Tokens,
    pauses: Pauses,
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("zoom::Client")
    }
}

impl Client {
    /// A client that has not asked for anything yet.
    ///
    /// # Errors
    /// A sentence for the administrator: the address is not safe, or the machine trusts no
    /// certificates.
    pub fn new(account: Account, clock: Clock) -> anyhow::Result<Self> {
        Self::within(account, clock, Limits::USUAL)
    }

    fn within(account: Account, clock: Clock, limits: Limits) -> anyhow::Result<Self> {
        let agent = wire::agent(&account.oauth_url, limits)?;
        let (tokens, pauses) = (Tokens::new(), Pauses::new());
        Ok(Self(Arc::new(Inside { account, clock, agent, tokens, pauses })))
    }

    /// Sends a signed message to an address of our own, as Zoom would, to see whether it is
    /// answered. Answers status and body.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn knock(
        &self,
        url: &str,
        signed: [(&str, String); 2],
        body: &[u8],
    ) -> Result<(u16, Vec<u8>), Failure> {
        wire::knock(&self.0.agent, url, signed, body)
    }

    /// The scopes that the app was granted, as the token in use says. Zoom takes scopes away when
    /// the role of the administrator who made the app is lowered.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn token_scopes(&self) -> Result<Vec<String>, Failure> {
        Ok(self.granted()?.scopes.clone())
    }
}
