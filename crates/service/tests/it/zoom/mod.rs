//! Sessions in Zoom: what Zoom tells becomes facts; meetings are made and looked after. Zoom is a
//! stand-in on this machine, on the clock of the office.

mod account;
mod crowd;
mod figures;
mod meetings;
mod presence;
mod signs;

use std::sync::Arc;

use jiff::Timestamp;
use rules::session::Channel;
use service::app::App;
use service::session::zoom::{self, NewHost, PersonalLinks, View, Zoom};
use service::zoom::{Account, Client, Secret};
use zoom_stand_in::{Plan, Settings, Snapshot, StandIn, User};

use crate::office::{Office, runtime};

/// An office whose sessions are held in Zoom.
pub(crate) struct Zoomed<'a> {
    pub(crate) office: &'a Office,
    pub(crate) zoom: StandIn,
    pub(crate) app: App,
}

/// How the account is.
pub(crate) struct Terms {
    pub(crate) plan: Plan,
    pub(crate) hosts: u8,
    pub(crate) links: PersonalLinks,
    pub(crate) seed: u64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { plan: Plan::Pro, hosts: 1, links: PersonalLinks::InviteLinks, seed: 7 }
    }
}

fn address(host: u8) -> String {
    format!("host-{host}@example.jp")
}

impl<'a> Zoomed<'a> {
    pub(crate) fn open(office: &'a Office) -> Self {
        Self::with(office, Terms::default())
    }

    pub(crate) fn with(office: &'a Office, terms: Terms) -> Self {
        let clock = office.app.clock.clone();
        let user = |host: u8| User {
            id: format!("id-of-host-{host}"),
            email: address(host),
            licensed: true,
        };
        let settings = Settings {
            plan: terms.plan,
            users: (1..=terms.hosts).map(user).collect(),
            seed: terms.seed,
            ..Settings::new(Arc::new(move || clock.now()))
        };
        let secret = settings.webhook_secret.clone();
        let account = |url: &str| Account {
            account_id: settings.account_id.clone(),
            client_id: settings.client_id.clone(),
            client_secret: Secret::new(settings.client_secret.clone()),
            oauth_url: url.to_owned(),
        };
        let zoom = runtime().block_on(StandIn::start(settings.clone())).expect("it listens");
        let client = Client::new(account(zoom.url()), office.app.clock.clone()).expect("a client");
        let app = office.app.clone().with_zoom(Zoom {
            client,
            personal_links: terms.links,
            webhook_secrets: vec![Secret::new(secret)],
        });
        office.decides(|practice| practice.meetings = Channel::Zoom);
        let at_once = if terms.plan == Plan::Business { 2 } else { 1 };
        office.does(move |tx, context| {
            (1..=terms.hosts).try_for_each(|host| {
                let host = NewHost { zoom_user: address(host), at_once };
                zoom::add_host(tx, context.office.id, &host, context.now)
            })
        });
        Self { office, zoom, app }
    }

    /// The keeper looks at what is due. How many sessions.
    pub(crate) fn keeps(&self) -> usize {
        zoom::keep_due(&self.app).expect("meetings are looked after")
    }

    /// What the desk is told of a session's meeting.
    pub(crate) fn view(&self, id: i64) -> View {
        self.office.does(move |tx, context| zoom::view(tx, context, id))
    }

    /// The meetings that are there.
    pub(crate) fn there(&self) -> Vec<Snapshot> {
        self.zoom.meetings().into_iter().filter(|meeting| !meeting.deleted).collect()
    }

    /// The only meeting that is there.
    pub(crate) fn only(&self) -> Snapshot {
        let mut there = self.there();
        assert_eq!(there.len(), 1, "{there:?}");
        there.remove(0)
    }

    /// The link of the jobseeker's own.
    pub(crate) fn link(&self, id: i64) -> String {
        let ways = self.view(id).ways.expect("a way to join");
        ways.link(rules::session::room::SeatRole::Jobseeker).expect("a link").to_owned()
    }

    /// How often Zoom was asked such a thing.
    pub(crate) fn asked(&self, method: &str, path_part: &str) -> usize {
        let received = self.zoom.received();
        let fits = |it: &&zoom_stand_in::Received| {
            it.method == method && it.path_and_query.contains(path_part)
        };
        received.iter().filter(fits).count()
    }

    /// What Zoom has to tell reaches the office, and is read.
    pub(crate) fn hears(&self) {
        for delivery in self.zoom.take_pending() {
            signs::deliver(&self.app, &self.zoom, &delivery.body);
        }
        zoom::read_due(&self.app).expect("signs are read");
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    crate::office::at(text)
}
