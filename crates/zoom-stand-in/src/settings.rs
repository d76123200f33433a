//! What a stand-in is started with.

use std::net::SocketAddr;

use crate::Clock;

/// What is paid for (developers.zoom.us/docs/api/rate-limits; support.zoom.com KB0068522).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Free: no registration, no lists of past participants.
    Basic,
    /// One meeting at once for each host.
    Pro,
    /// Two meetings at once for each host, and the dashboard.
    Business,
}

/// A user of the account.
#[derive(Clone, Debug)]
pub struct User {
    /// Zoom's id.
    pub id: String,
    /// The address by which they sign in.
    pub email: String,
    /// Whether a licence is given to them.
    pub licensed: bool,
}

/// What a stand-in is started with.
#[derive(Clone)]
pub struct Settings {
    /// Where to listen, on this machine alone; a port of its own when it is 0.
    pub listen: SocketAddr,
    /// What is paid for.
    pub plan: Plan,
    /// The account.
    pub account_id: String,
    /// The app.
    pub client_id: String,
    /// The app's secret.
    pub client_secret: String,
    /// What signs the webhook's messages.
    pub webhook_secret: String,
    /// What the app may do.
    pub scopes: Vec<String>,
    /// The account's users.
    pub users: Vec<User>,
    /// Where events are told: without TLS, on this machine.
    pub webhook_url: Option<String>,
    /// Tells the time.
    pub clock: Clock,
    /// What seeds numbers and random faults.
    pub seed: u64,
    /// Whether requests are kept to be looked at: a demo that runs for days keeps none.
    pub keeps_received: bool,
}

/// Every scope that a path asks for. The last three are not in the description of the API
/// (unverified).
pub(crate) const SCOPES: [&str; 18] = [
    "meeting:write:meeting:admin",
    "meeting:read:list_meetings:admin",
    "meeting:read:meeting:admin",
    "meeting:update:meeting:admin",
    "meeting:delete:meeting:admin",
    "meeting:update:status:admin",
    "meeting:write:invite_links:admin",
    "meeting:write:registrant:admin",
    "meeting:read:list_registrants:admin",
    "meeting:delete:registrant:admin",
    "meeting:update:in_meeting_controls:admin",
    "meeting:read:list_past_participants:admin",
    "report:read:list_meeting_participants:admin",
    "dashboard:read:list_meeting_participants:admin",
    "user:read:user:admin",
    "user:read:settings:admin",
    "account:read:settings:admin",
    "account:read:lock_settings:admin",
];

impl Settings {
    /// An account on the plan Pro with one licensed host, an app with every scope, and no webhook.
    pub fn new(clock: Clock) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            plan: Plan::Pro,
            account_id: "stand-in-account".to_owned(),
            client_id: "stand-in-client".to_owned(),
            client_secret: "stand-in-secret".to_owned(),
            webhook_secret: "stand-in-webhook-secret".to_owned(),
            scopes: SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
            users: vec![User {
                id: "host-1-id".to_owned(),
                email: "host-1@example.jp".to_owned(),
                licensed: true,
            }],
            webhook_url: None,
            clock,
            seed: 1,
            keeps_received: true,
        }
    }
}
