//! Zoom in the demo: a stand-in on this machine, on the demo's clock. Nothing is sent anywhere.

use std::sync::Arc;

use zoom_stand_in::{Settings, StandIn, User};

use crate::app::App;
use crate::clock::Clock;
use crate::error::{Error, Refusal};
use crate::session::zoom::{NewHost, PersonalLinks, Zoom, add_host, webhook};
use crate::zoom::{Account, Client, Secret};

/// Who holds the demo's sessions.
const HOSTS: [&str; 3] = ["host-1@example.jp", "host-2@example.jp", "host-3@example.jp"];

/// What the demo knows of its account.
pub(super) struct DemoAccount {
    account: Account,
    clock: Clock,
    webhook_secret: String,
}

/// Starts the stand-in.
pub(super) async fn start(app: &App) -> anyhow::Result<(StandIn, DemoAccount)> {
    let clock = app.clock.clone();
    let user = |address: &&str| User {
        id: address.replace('@', "-at-"),
        email: (*address).to_owned(),
        licensed: true,
    };
    let now = clock.clone();
    let settings = Settings {
        users: HOSTS.iter().map(user).collect(),
        webhook_url: Some(format!("{}{}", app.site.public_url, webhook::ADDRESS)),
        keeps_received: false,
        ..Settings::new(Arc::new(move || now.now()))
    };
    let stand_in = StandIn::start(settings.clone()).await?;
    let account = Account {
        account_id: settings.account_id,
        client_id: settings.client_id,
        client_secret: Secret::new(settings.client_secret),
        oauth_url: stand_in.url().to_owned(),
    };
    let webhook_secret = settings.webhook_secret;
    Ok((stand_in, DemoAccount { account, clock, webhook_secret }))
}

impl DemoAccount {
    pub(super) fn open(&self) -> anyhow::Result<Zoom> {
        Ok(Zoom {
            client: Client::new(self.account.clone(), self.clock.clone())?,
            personal_links: PersonalLinks::InviteLinks,
            webhook_secrets: vec![Secret::new(self.webhook_secret.clone())],
        })
    }
}

/// The office's pool; kept data have it already.
pub(super) async fn add_hosts(app: &App) -> Result<(), Error> {
    let office = app.office(super::furnish::SLUG).await?;
    let now = app.clock.now();
    app.store
        .write(move |tx| {
            for zoom_user in HOSTS {
                let host = NewHost { zoom_user: zoom_user.to_owned(), at_once: 1 };
                match add_host(tx, office.id, &host, now) {
                    Ok(()) | Err(Error::Refused(Refusal::LoginTaken)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })
        .await
}
