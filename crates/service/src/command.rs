//! The command line: what can be asked of the program, in its own help's words.

mod office;
mod statistics;
mod stops;
mod terms;
mod terms_import;
mod zoom;

use std::io::{BufRead, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use rules::people::Role;
use rules::session::Channel;
use service::app::{App, Site};
use service::clock::Clock;
use service::config::{self, Config, Mail, read_support, secret_in};
use service::error::{Error, Refusal};
use service::letters::{Post, STEP_AT_MOST, SmtpSettings};
use service::people::{self, NewMember};
use service::records::retention::{self, Ledger};
use service::secrets;
use service::session::relay::{Relay, Relays};
use service::store::{Store, StoreAddress};
use service::{demo, serve};

/// An online counselling window for a public employment office.
#[derive(Parser)]
#[command(name = "madoguchi", version, about, arg_required_else_help = true)]
pub(crate) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open the window: serve pages, send letters, keep the time
    Serve(Configured),
    /// Try everything in a furnished office; nothing is sent anywhere
    Demo(Demo),
    /// Offices of this installation
    #[command(subcommand)]
    Office(office::OfficeCommand),
    /// Accounts of staff
    #[command(subcommand)]
    Staff(StaffCommand),
    /// The account with Zoom and its hosts
    #[command(subcommand)]
    Zoom(zoom::ZoomCommand),
    /// Sums of sessions over several offices, into a file: for a bureau, for one of the three
    /// purposes of article 5(1)
    Statistics(statistics::Sums),
    /// Versions of the terms of use
    #[command(subcommand)]
    Terms(terms::TermsCommand),
    /// Why an application was decided as it was: its cases and their answers, a JSON object a line,
    /// without personal data; docs/codes.md
    Explain {
        #[command(flatten)]
        configured: Configured,
        /// The receipt number that the person was given
        receipt: String,
    },
    /// Records that were deleted
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// National holidays
    #[command(subcommand)]
    Holidays(HolidaysCommand),
    /// Print the table of supported browsers and systems that is shipped, to be brought up to date
    SupportData,
}

#[derive(Args)]
struct Configured {
    /// The configuration file
    #[arg(long, short, value_name = "FILE", default_value = "madoguchi.toml")]
    config: PathBuf,
}

#[derive(Args)]
struct Demo {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8460")]
    listen: SocketAddr,
    /// Keep the demo's data in this folder (default: a new one that is removed at the end)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What the demo's clock shows at the start, as 2026-11-24T09:30:00+09:00
    /// (default: half past nine on this or the next working day)
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// By which means the demo's office usually holds its sessions: room, zoom (a stand-in on this
    /// machine) or by_hand
    #[arg(long, value_name = "MEANS", default_value = "room", value_parser = read_means)]
    meetings: Channel,
    /// Try this relay instead of the built-in one, as turns:turn.example.jp:443?transport=tcp
    #[arg(long, value_name = "URL", requires = "relay_secret_file")]
    relay: Option<String>,
    /// The file with that relay's secret
    #[arg(long, value_name = "FILE", requires = "relay")]
    relay_secret_file: Option<PathBuf>,
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Make an account; the password is asked for, or read as one line from standard input
    Add(AddStaff),
    /// Give an account another password, asked for as by `add`; its sessions end
    Password {
        #[command(flatten)]
        configured: Configured,
        /// The login
        #[arg(long)]
        login: String,
    },
    /// End an account; its sessions are dead at once
    Disable {
        #[command(flatten)]
        configured: Configured,
        /// The login
        #[arg(long)]
        login: String,
    },
}

#[derive(Args)]
struct AddStaff {
    #[command(flatten)]
    configured: Configured,
    /// Short name of the office
    #[arg(long)]
    office: String,
    /// What is typed to sign in
    #[arg(long)]
    login: String,
    /// The name as colleagues see it
    #[arg(long)]
    name: String,
    /// coordinator, counsellor, manager, records_officer or administrator
    #[arg(long, value_parser = read_role)]
    role: Role,
}

#[derive(Subcommand)]
enum RetentionCommand {
    /// After an older copy of the store was put back: delete once more what was deleted since, as
    /// the file beside the key file says. `serve` does so by itself when it starts
    Reapply(Configured),
}

#[derive(Subcommand)]
enum HolidaysCommand {
    /// Take the Cabinet Office's list (syukujitsu.csv, Shift_JIS or UTF-8) instead of the
    /// computed days
    Import {
        #[command(flatten)]
        configured: Configured,
        /// The file
        file: PathBuf,
    },
}

fn read_means(text: &str) -> Result<Channel, String> {
    Channel::parse(text)
        .filter(|it| *it != Channel::Telephone)
        .ok_or("room, zoom or by_hand".to_owned())
}

fn read_role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("one of {}", roles.join(", "))
    })
}

/// Does what was asked.
///
/// # Errors
/// A sentence for the administrator.
pub(crate) fn run(asked: Line) -> anyhow::Result<()> {
    start_log();
    match asked.command {
        Command::Serve(configured) => serve_office(&configured.config),
        Command::Demo(asked) => {
            let Demo { listen, data, at, meetings, relay, relay_secret_file } = asked;
            let relays = match relay.zip(relay_secret_file) {
                Some((url, file)) => Some(Relays::new(vec![url], secret_in(&file)?)),
                None => None,
            };
            let wanted = demo::Wanted { listen, data, at, meetings, relays };
            runtime()?.block_on(demo::run(wanted))
        }
        Command::Office(asked) => office::run(asked),
        Command::Staff(StaffCommand::Add(asked)) => add_staff(asked),
        Command::Staff(StaffCommand::Password { configured, login }) => {
            set_password(&configured.config, &login)
        }
        Command::Staff(StaffCommand::Disable { configured, login }) => {
            disable_staff(&configured.config, &login)
        }
        Command::Zoom(asked) => zoom::run(asked),
        Command::Statistics(asked) => statistics::run(asked),
        Command::Terms(asked) => terms::run(asked),
        Command::Explain { configured, receipt } => terms::explain(&configured, &receipt),
        Command::Retention(RetentionCommand::Reapply(configured)) => {
            reapply(&open(&configured.config)?.0)
        }
        Command::SupportData => {
            print!("{}", rules::session::device_check::SHIPPED);
            Ok(())
        }
        Command::Holidays(HolidaysCommand::Import { configured, file }) => {
            import_holidays(&configured.config, &file)
        }
    }
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("the program's threads cannot be started")
}

/// Opens the store of a configuration, brings its schema up to date and recognises its keys.
fn open(config: &Path) -> anyhow::Result<(App, Config)> {
    let config = Config::read(config, std::env::vars())?;
    let address: StoreAddress = config.store.parse().context("store")?;
    let store = Store::open(&address)?;
    let site = Site {
        public_url: config.public_url.clone(),
        demo: false,
        mail_from: config.mail.as_ref().map_or_else(String::new, |mail| mail.from.clone()),
    };
    let clock = Clock::system();
    for step in runtime()?.block_on(store.migrate(clock.now()))? {
        tracing::info!(step, "the store's schema was brought up to date");
    }
    let keys = secrets::keys_of(&store, &config.key_file).context("key_file")?;
    let app = App::new(store, keys, clock, site).with_ledger(Ledger::beside(&config.key_file));
    let app = match &config.support_data {
        Some(file) => app.with_support(read_support(file).context("support_data")?),
        None => app,
    };
    let app = match &config.zoom {
        Some(zoom) => {
            let clock = app.clock.clone();
            app.with_zoom(zoom.open(clock)?)
        }
        None => app,
    };
    Ok((app, config))
}

/// Deletes once more what an older copy of the store brought back.
fn reapply(app: &App) -> anyhow::Result<()> {
    let done = retention::reapply(app)?;
    println!("{} records were deleted once more", done.deleted);
    if done.held > 0 {
        bail!("{} records are kept by a legal hold: lift it, and do this again", done.held);
    }
    Ok(())
}

fn serve_office(config: &Path) -> anyhow::Result<()> {
    let (app, config) = open(config)?;
    let retention::Reapplied { deleted, held } = retention::reapply(&app)?;
    if deleted + held > 0 {
        tracing::warn!(
            deleted,
            held,
            "an older store was put back: what was deleted is gone again"
        );
    }
    let post = match &config.mail {
        Some(mail) => Post::smtp(&smtp(mail)?)?,
        None => {
            tracing::warn!("no [mail] is configured: letters wait to be printed or read aloud");
            Post::ByHand
        }
    };
    let is_by_default = config.relay.is_none();
    let relay = config.relay.clone().unwrap_or_else(|| config::Relay::built_in(config.listen));
    let (relays, built_in) = relay.open_for(&app.keys)?;
    let app = app.with_relays(relays.clone());
    if is_by_default {
        tracing::warn!(
            "no [relay] is configured: the room's relay is reached from this machine alone"
        );
    }
    runtime()?.block_on(async move {
        let relay = match &built_in {
            Some(settings) => match Relay::open(settings, &relays).await {
                Ok(relay) => Some(relay),
                // Nobody asked for it: everything but the room works without.
                Err(error) if is_by_default => {
                    tracing::warn!(%error, "browsers cannot meet in the built-in room");
                    None
                }
                Err(error) => return Err(error.context("relay.listen")),
            },
            None => None,
        };
        let done = serve::serve(app, post, config.listen).await;
        if let Some(relay) = relay {
            relay.close().await;
        }
        done
    })
}

fn smtp(mail: &Mail) -> anyhow::Result<SmtpSettings> {
    let password = match &mail.password_file {
        Some(file) => Some(
            std::fs::read_to_string(file)
                .with_context(|| format!("mail.password_file {}", file.display()))?
                .trim_end_matches(['\r', '\n'])
                .to_owned(),
        ),
        None => None,
    };
    Ok(SmtpSettings {
        host: mail.host.clone(),
        port: mail.port,
        security: mail.security,
        login: mail.user.clone().zip(password.map(Into::into)),
        timeout: STEP_AT_MOST,
    })
}

fn add_staff(asked: AddStaff) -> anyhow::Result<()> {
    let password = read_password()?;
    let app = open(&asked.configured.config)?.0;
    let now = app.clock.now();
    let (office, login, role) = (asked.office.clone(), asked.login.clone(), asked.role);
    let done = app.store.write_blocking(move |tx| {
        let office = people::office_by_slug(tx, &office)?.id;
        let member = NewMember {
            office,
            login: login.clone(),
            name: asked.name.clone(),
            role,
            password: password.clone(),
        };
        people::add_staff(tx, &member, now)
    });
    explained(done, &format!("there is no office {}", asked.office))?;
    println!("{} may sign in as {}", asked.login, role.code());
    Ok(())
}

fn set_password(config: &Path, login: &str) -> anyhow::Result<()> {
    let password = read_password()?;
    let app = open(config)?.0;
    let who = login.to_owned();
    let done = app.store.write_blocking(move |tx| people::set_password(tx, &who, &password));
    explained(done, &format!("there is no account {login}, or it was ended"))?;
    println!("{login} has another password; whoever was signed in under it is signed out");
    Ok(())
}

fn disable_staff(config: &Path, login: &str) -> anyhow::Result<()> {
    let app = open(config)?.0;
    let (who, now) = (login.to_owned(), app.clock.now());
    let done = app.store.write_blocking(move |tx| people::disable_staff(tx, &who, now));
    explained(done, &format!("there is no account {login}, or it was ended before"))
}

/// One line: typed unseen, or from a file or a program by standard input.
fn read_password() -> anyhow::Result<String> {
    let line = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Password (15 characters or more; it does not show): ")
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map(|_| line)
    };
    let line = line.context("no password could be read")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("give the password as one line on standard input");
    }
    Ok(password)
}

fn import_holidays(config: &Path, file: &Path) -> anyhow::Result<()> {
    let octets =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let rows = people::read_holiday_list(&octets)
        .with_context(|| format!("{} is not the list of holidays", file.display()))?;
    let app = open(config)?.0;
    let done = app.store.write_blocking(move |tx| people::import_holidays(tx, &rows));
    let count = explained(done, "the holidays cannot be stored")?;
    println!("{count} holidays are taken from {}", file.display());
    Ok(())
}

/// A verb's answer in words for the administrator.
fn explained<T>(answer: Result<T, Error>, missing: &str) -> anyhow::Result<T> {
    answer.map_err(|error| match error {
        Error::Missing | Error::Busy => anyhow::anyhow!("{missing}"),
        Error::Refused(Refusal::LoginTaken) => anyhow::anyhow!(
            "that login exists already, or was that of an account that was ended; choose another"
        ),
        Error::Refused(Refusal::Shape) => anyhow::anyhow!(
            "a name is empty, a short name has other characters than a-z 0-9 -, \
             or the password has fewer than 15 characters"
        ),
        Error::Refused(refusal) => anyhow::anyhow!("refused: {}", refusal.key()),
        Error::Fault(fault) => fault,
        other => anyhow::anyhow!("{other:?}"),
    })
}
