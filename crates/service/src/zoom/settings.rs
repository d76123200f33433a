//! Users of the account, and what is set for them and for all.

use serde::Deserialize;
use serde_json::Value;
use ureq::http::Method;

use super::Client;
use super::call::Call;
use super::failure::Failure;
use super::fields;
use super::rates::Label;
use super::wire::segment;

/// What a user may do, by what is paid for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "i64")]
pub enum Licence {
    /// 1: meetings of limited length, no registration.
    Basic,
    /// 2: can be a host.
    Licensed,
    /// Another number, such as 4 (a licence taken away) or 99 (none).
    Other(i64),
}

impl From<i64> for Licence {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Basic,
            2 => Self::Licensed,
            other => Self::Other(other),
        }
    }
}

/// A user of the account, without what says who it is.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// Their id at Zoom.
    pub id: String,
    /// Zoom's `type`.
    #[serde(rename = "type")]
    pub licence: Licence,
    /// `active`, `inactive` or `pending`.
    #[serde(default, deserialize_with = "fields::text")]
    pub status: Option<String>,
    /// An IANA name.
    #[serde(default, deserialize_with = "fields::text")]
    pub timezone: Option<String>,
}

impl Client {
    /// A user, by their id or address at Zoom.
    ///
    /// GET /users/{userId}; scope `user:read:user:admin`; light.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn user(&self, host: &str) -> Result<User, Failure> {
        let path = format!("/users/{}", segment(host));
        self.ask(&Call::new("read a user", Label::Light, Method::GET, path))
    }

    /// What is set for a user, as Zoom has it.
    ///
    /// GET /users/{userId}/settings; a scope of the settings of users, by the name that
    /// [`Failure::Scope`] tells; held to be medium.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn user_settings(&self, host: &str) -> Result<Value, Failure> {
        let path = format!("/users/{}/settings", segment(host));
        self.ask(&Call::new("read a user's settings", Label::Medium, Method::GET, path))
    }

    /// What is set for the account, as Zoom has it.
    ///
    /// GET /accounts/me/settings; a scope of the settings of the account, by the name that
    /// [`Failure::Scope`] tells; held to be medium.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn account_settings(&self) -> Result<Value, Failure> {
        let path = "/accounts/me/settings".to_owned();
        self.ask(&Call::new("read the account's settings", Label::Medium, Method::GET, path))
    }

    /// Which settings of the account nobody below it can change, as Zoom has it.
    ///
    /// GET /accounts/me/lock_settings; a scope of the locks of the account, by the name that
    /// [`Failure::Scope`] tells; held to be medium.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn lock_settings(&self) -> Result<Value, Failure> {
        let path = "/accounts/me/lock_settings".to_owned();
        self.ask(&Call::new("read the account's locks", Label::Medium, Method::GET, path))
    }
}
