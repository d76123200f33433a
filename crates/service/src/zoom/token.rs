//! The token with which every call is made.
//!
//! It is had for `account_credentials`, a grant type of Zoom's own (Zoom developer documentation,
//! "Server-to-Server OAuth"), without a refresh token and with a regional address of the API in
//! the answer. A crate for OAuth 2 knows neither, so this is one request by hand.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use ureq::Agent;
use ureq::http::Method;
use zeroize::Zeroizing;

use super::Account;
use super::answer;
use super::failure::{Failure, Silence};
use super::rates::Pauses;
use super::secret::Secret;
use super::wire::{self, Answer, Sent};
use crate::clock::Clock;

/// Before it ends, so that no call arrives with one that has just ended.
const RENEWED_AHEAD: SignedDuration = SignedDuration::from_secs(60);

/// Where the API is when the answer does not say.
const USUAL_API: &str = "https://api.zoom.us";

/// A token, and what came with it.
pub(super) struct Granted {
    /// `Bearer …`, as it is sent.
    pub(super) authorization: Zeroizing<String>,
    /// The address that every path is put behind, such as `https://api.zoom.us/v2`.
    pub(super) base: String,
    /// What the app may do.
    pub(super) scopes: Vec<String>,
    renew_at: Timestamp,
}

#[derive(Deserialize)]
struct Written {
    access_token: Secret,
    /// Seconds.
    expires_in: i64,
    #[serde(default)]
    scope: String,
    api_url: Option<String>,
}

/// The token in use, and how the last attempt to renew it ended.
#[derive(Default)]
struct Kept {
    granted: Option<Arc<Granted>>,
    failed: Option<Failure>,
}

/// Keeps the token of an account.
pub(super) struct Tokens {
    kept: Mutex<Kept>,
    /// Attempts that have come to an end.
    ended: AtomicU64,
}

impl Tokens {
    pub(super) fn new() -> Self {
        Self { kept: Mutex::default(), ended: AtomicU64::new(0) }
    }

    /// How many attempts to renew have ended: what a caller knows before it asks.
    pub(super) fn ended(&self) -> u64 {
        self.ended.load(Ordering::Acquire)
    }

    /// The token to use now. One caller renews it while the others wait, and then all use it; who
    /// waited while that failed (an attempt ended since `ended`) does not try for itself at once.
    ///
    /// # Errors
    /// [`Failure::Credentials`], [`Failure::TooMany`], or [`Failure::Unanswered`] for all else:
    /// whatever a token was wanted for did not happen.
    pub(super) fn current(&self, ended: u64, source: &Source<'_>) -> Result<Arc<Granted>, Failure> {
        let mut kept = self.lock();
        if let Some(granted) = kept.granted.as_ref().filter(|g| source.clock.now() < g.renew_at) {
            return Ok(granted.clone());
        }
        if let Some(failure) = kept.failed.as_ref().filter(|_| self.ended() != ended) {
            return Err(failure.clone());
        }
        let fetched = source.fetch().map(Arc::new);
        kept.granted = fetched.as_ref().ok().cloned();
        kept.failed = fetched.as_ref().err().cloned();
        self.ended.fetch_add(1, Ordering::AcqRel);
        fetched
    }

    /// Forgets a token that Zoom did not accept, unless somebody has renewed it already.
    pub(super) fn forget(&self, failed: &Arc<Granted>) {
        let mut kept = self.lock();
        if kept.granted.as_ref().is_some_and(|granted| Arc::ptr_eq(granted, failed)) {
            kept.granted = None;
        }
    }

    /// Nothing in here is left half done by a panic.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where tokens come from.
pub(super) struct Source<'a> {
    pub(super) agent: &'a Agent,
    pub(super) account: &'a Account,
    pub(super) clock: &'a Clock,
    pub(super) pauses: &'a Pauses,
}

impl Source<'_> {
    fn fetch(&self) -> Result<Granted, Failure> {
        let now = self.clock.now();
        self.pauses.may_ask_for_token(now)?;
        let read = |answer: Answer| {
            let tracking = answer.tracking.clone();
            let granted = if answer.is_good() {
                answer::content(&answer.body).and_then(|written| self.granted(written, now))
            } else {
                Err(answer::no_token(&answer, self.clock.now()))
            };
            granted.map_err(|failure| (failure, tracking))
        };
        let asked = self.ask().map_err(|failure| (failure, String::new()));
        asked.and_then(read).map_err(|(failure, tracking)| {
            let code = failure.code();
            tracing::warn!(code, reason = %failure, tracking, "Zoom gave no token");
            self.for_the_caller(failure)
        })
    }

    fn ask(&self) -> Result<Answer, Failure> {
        let form = [
            ("grant_type", "account_credentials"),
            ("account_id", self.account.account_id.as_str()),
        ];
        let form =
            serde_urlencoded::to_string(form).map_err(|_| Failure::Unanswered(Silence::NotSent))?;
        let (id, secret) = (&self.account.client_id, self.account.client_secret.reveal());
        let both = Zeroizing::new(format!("{id}:{secret}"));
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(both.as_bytes()));
        let authorization = Zeroizing::new(format!("Basic {}", encoded.as_str()));
        let sent = Sent {
            method: Method::POST,
            url: format!("{}/oauth/token", self.account.oauth_url.trim_end_matches('/')),
            authorization: &authorization,
            body: Some(("application/x-www-form-urlencoded", form.as_bytes())),
        };
        wire::send(self.agent, sent)
    }

    fn granted(&self, written: Written, now: Timestamp) -> Result<Granted, Failure> {
        let api = written.api_url.filter(|url| !url.is_empty());
        let api = api.unwrap_or_else(|| USUAL_API.to_owned());
        let is_plain = |url: &str| url.starts_with("http://");
        if !wire::is_safe(&api) || (is_plain(&api) && !is_plain(&self.account.oauth_url)) {
            return Err(Failure::unreadable("api_url"));
        }
        let lasts = SignedDuration::from_secs(written.expires_in).saturating_sub(RENEWED_AHEAD);
        Ok(Granted {
            authorization: Zeroizing::new(format!("Bearer {}", written.access_token.reveal())),
            base: format!("{}/v2", api.trim_end_matches('/')),
            scopes: written.scope.split_whitespace().map(str::to_owned).collect(),
            renew_at: now.saturating_add(lasts).unwrap_or(now),
        })
    }

    /// Without a token nothing else was sent, however the attempt to get one ended.
    fn for_the_caller(&self, failure: Failure) -> Failure {
        match failure {
            Failure::TooMany { until, .. } => {
                self.pauses.hold_tokens(until);
                failure
            }
            Failure::Credentials { .. } => failure,
            failure if failure.may_have_happened() => Failure::Unanswered(Silence::NoToken),
            failure => failure,
        }
    }
}
