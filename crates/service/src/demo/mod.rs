//! A furnished office to try everything in. Nothing leaves this machine.

mod furnish;
mod pages;

pub use pages::router;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::Time;
use rules::schedule::{Calendar, TOKYO};

use crate::app::{App, Site};
use crate::clock::Clock;
use crate::letters::Post;
use crate::secrets::Keys;
use crate::serve;
use crate::store::{Store, StoreAddress};

/// How the demo is wanted.
pub struct Wanted {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where its data are kept; nowhere for longer than it runs, when absent.
    pub data: Option<PathBuf>,
    /// What its clock shows at the start.
    pub at: Option<Timestamp>,
}

/// Ready-made accounts: login, name, role code. The password is [`PASSWORD`] for each.
pub const ACCOUNTS: [(&str, &str, &str); 4] = [
    ("uketsuke", "見本 うけつけ", "coordinator"),
    ("soudan", "見本 そうだん", "counsellor"),
    ("shocho", "見本 しょちょう", "manager"),
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
    let app = open(&folder, clock, wanted.listen)?;
    app.store.migrate(app.clock.now()).await?;
    if app.store.read(furnish::is_empty).await.map_err(unexpected)? {
        furnish::furnish(&app).await.map_err(unexpected)?;
    }
    greet(&app);
    let done = serve::serve(app, Post::Outbox, wanted.listen).await;
    if !is_kept && let Err(error) = std::fs::remove_dir_all(&folder) {
        tracing::warn!(%error, folder = %folder.display(), "the demo's folder stays");
    }
    done
}

fn open(folder: &std::path::Path, clock: Clock, listen: SocketAddr) -> anyhow::Result<App> {
    let keys = Keys::load_or_create(&folder.join("keys.toml"))
        .map_err(|refusal| anyhow::anyhow!("the demo's keys: {refusal}"))?;
    let store = Store::open(&StoreAddress::Sqlite(folder.join("demo.db")))?;
    let site = Site {
        public_url: format!("http://{listen}"),
        demo: true,
        mail_from: "madoguchi@example.jp".to_owned(),
    };
    Ok(App::new(store, keys, clock, site))
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
        println!("    {login:<10} {role:<14} {name}");
    }
    println!("\n  終了 / to end: Ctrl-C");
}
