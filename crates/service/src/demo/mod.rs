//! A furnished office to try everything in. Nothing leaves this machine.

mod furnish;
mod pages;
mod zoom;

pub use pages::router;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::Time;
use rules::schedule::{Calendar, TOKYO};
use rules::session::Channel;

use crate::app::{App, Site};
use crate::clock::Clock;
use crate::letters::Post;
use crate::records::retention::Ledger;
use crate::secrets::Keys;
use crate::serve;
use crate::session::relay::{Relay, RelaySettings, Relays, secret_of};
use crate::store::{Store, StoreAddress};

/// How the demo is wanted.
pub struct Wanted {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where its data are kept; nowhere for longer than it runs, when absent.
    pub data: Option<PathBuf>,
    /// What its clock shows at the start.
    pub at: Option<Timestamp>,
    /// By which means its office usually holds sessions.
    pub meetings: Channel,
    /// Through what browsers meet instead of the demo's own relay.
    pub relays: Option<Relays>,
}

/// Over which UDP ports the demo's relay relays; it listens on the UDP port of the page's number.
const RELAY_PORTS: std::ops::RangeInclusive<u16> = 49_160..=49_359;

/// Ready-made accounts: login, name, role code. The password is [`PASSWORD`] for each.
pub const ACCOUNTS: [(&str, &str, &str); 5] = [
    ("uketsuke", "見本 うけつけ", "coordinator"),
    ("soudan", "見本 そうだん", "counsellor"),
    ("shocho", "見本 しょちょう", "manager"),
    ("kiroku", "見本 きろく", "records_officer"),
    ("kanri", "見本 かんり", "administrator"),
];

/// The password of each account of the demo, which listens on this machine only.
pub const PASSWORD: &str = "mihon-no-madoguchi";

/// Runs the demo until the process is asked to end.
///
/// # Errors
/// The folder or the address cannot be used.
pub async fn run(wanted: Wanted) -> anyhow::Result<()> {
    let (folder, is_kept) = match &wanted.data {
        Some(folder) => (folder.clone(), true),
        None => (temporary_folder(), false),
    };
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let clock = Clock::shifted(wanted.at.unwrap_or_else(|| opening_time(&Clock::system())));
    let relay =
        RelaySettings { listen: wanted.listen, public: wanted.listen.ip(), ports: RELAY_PORTS };
    let is_built_in = wanted.relays.is_none();
    let app = open(&folder, clock, &relay, wanted.relays)?;
    let zoom = match wanted.meetings {
        Channel::Zoom => Some(zoom::start(&app).await?),
        _ => None,
    };
    let app = match &zoom {
        Some((_, account)) => app.with_zoom(account.open()?),
        None => app,
    };
    app.store.migrate(app.clock.now()).await?;
    if app.store.read(furnish::is_empty).await.map_err(unexpected)? {
        furnish::furnish(&app, wanted.meetings).await.map_err(unexpected)?;
    }
    if let Some((stand_in, _)) = &zoom {
        zoom::add_hosts(&app).await.map_err(unexpected)?;
        stand_in.keep_delivering();
    }
    greet(&app);
    let relay = match app.rooms.relays().filter(|_| is_built_in) {
        // Without the relay everything else can still be tried.
        Some(relays) => Relay::open(&relay, relays)
            .await
            .inspect_err(|error| tracing::warn!(%error, "the room has no relay"))
            .ok(),
        None => None,
    };
    let done = serve::serve(app, Post::Outbox, wanted.listen).await;
    if let Some(relay) = relay {
        relay.close().await;
    }
    if !is_kept && let Err(error) = std::fs::remove_dir_all(&folder) {
        tracing::warn!(%error, folder = %folder.display(), "the demo's folder stays");
    }
    done
}

fn open(
    folder: &std::path::Path,
    clock: Clock,
    relay: &RelaySettings,
    relays: Option<Relays>,
) -> anyhow::Result<App> {
    let keys = Keys::load_or_create(&folder.join("keys.toml"))
        .map_err(|refusal| anyhow::anyhow!("the demo's keys: {refusal}"))?;
    let store = Store::open(&StoreAddress::Sqlite(folder.join("demo.db")))?;
    let site = Site {
        public_url: format!("http://{}", relay.listen),
        demo: true,
        mail_from: "madoguchi@example.jp".to_owned(),
    };
    let own = || Relays::new(vec![relay.url()], secret_of(&keys));
    let relays = relays.unwrap_or_else(own);
    let ledger = Ledger::beside(&folder.join("keys.toml"));
    Ok(App::new(store, keys, clock, site).with_relays(relays).with_ledger(ledger))
}

fn temporary_folder() -> PathBuf {
    let unique = crate::secrets::Token::draw().reveal().to_string();
    std::env::temp_dir().join(format!("madoguchi-demo-{}", &unique[..12]))
}

/// Half past nine on this working day, or on the next one.
fn opening_time(clock: &Clock) -> Timestamp {
    let now = clock.now();
    let today = now.to_zoned(TOKYO.clone()).date();
    let calendar = Calendar::default();
    let day = match calendar.is_working_day(today) {
        true => today,
        false => calendar.next_working_day(today).unwrap_or(today),
    };
    TOKYO.to_timestamp(day.to_datetime(Time::constant(9, 30, 0, 0))).unwrap_or(now)
}

fn unexpected(error: crate::error::Error) -> anyhow::Error {
    match error {
        crate::error::Error::Fault(fault) => fault,
        other => anyhow::anyhow!("the demo could not be furnished: {other:?}"),
    }
}

fn greet(app: &App) {
    println!("デモを始めました / The demo is running.\n");
    println!("  はじめに開く / open this   {}/demo", app.site.public_url);
    println!("  利用者の画面 / jobseekers  {}/", app.site.public_url);
    println!("  職員の画面 / staff         {}/desk\n", app.site.public_url);
    println!("  パスワード / password      {PASSWORD}");
    for (login, name, role) in ACCOUNTS {
        println!("    {login:<10} {role:<15} {name}");
    }
    println!("\n  終了 / to end: Ctrl-C");
}
