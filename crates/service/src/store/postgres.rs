//! PostgreSQL: several threads, each with a connection of its own.
//!
//! The client is the synchronous one; it must never be touched on a thread of tokio's.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use postgres::config::SslMode;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::announcement::{Announcement, NoticeBoard};
use super::error::{StoreError, Trouble, from_postgres, trouble, words};
use super::transaction::Tx;
use super::work::{Outcome, Queue, Work, named};

/// How many threads write, and how many read.
const WRITERS: usize = 5;
const READERS: usize = 3;

/// How often work is run again after serialisation failures and deadlocks.
const ATTEMPTS: u32 = 10;

/// While the server is away, work that is older than this is told so instead of waiting on.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long to try to reach the server.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// After how long a silent network counts as broken: what was sent is not acknowledged, or an
/// idle connection does not answer.
const NETWORK_TIMEOUT: Duration = Duration::from_secs(10);

/// How often the listener looks up from its connection to see whether the store is closing.
const LISTENING: Duration = Duration::from_millis(100);

/// The channel of all notices; PostgreSQL keeps those of other databases apart.
const CHANNEL: &str = "madoguchi";

/// What every connection is told first. What was acknowledged must be on the disk, so
/// `synchronous_commit` may be stronger than the default but not off.
const SETTINGS: &str = "\
    set statement_timeout = '10s';
    set lock_timeout = '5s';
    set idle_in_transaction_session_timeout = '60s';
    set client_min_messages = 'warning';
    set timezone = 'UTC';
    select set_config('synchronous_commit', 'on', false)
        where current_setting('synchronous_commit') = 'off'";

const BEGIN_WRITE: &str = "begin isolation level read committed read write";
const BEGIN_READ: &str = "begin isolation level repeatable read read only";

/// A connection with the statements that it has prepared.
pub(super) struct Session {
    pub(super) client: Client,
    statements: HashMap<&'static str, Statement>,
}

impl Session {
    /// The statement, prepared on first use.
    pub(super) fn prepared(&mut self, text: &'static str) -> Result<Statement, postgres::Error> {
        if let Some(statement) = self.statements.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(text)?;
        self.statements.insert(text, statement.clone());
        Ok(statement)
    }
}

/// How to reach the server.
#[derive(Clone)]
struct Connector {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Connector {
    fn to(config: &Config) -> Result<Self, StoreError> {
        let mut config = config.clone();
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(NETWORK_TIMEOUT);
        }
        if config.get_keepalives_interval().is_none() {
            config.keepalives_idle(NETWORK_TIMEOUT).keepalives_interval(NETWORK_TIMEOUT);
            config.keepalives_retries(3);
        }
        if config.get_application_name().is_none() {
            config.application_name("madoguchi");
        }
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(verified_tls()?),
            _ => None,
        };
        Ok(Self { config, tls })
    }

    fn connect(&self) -> Result<Session, StoreError> {
        let connected = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let failed = |error: postgres::Error| {
            StoreError::Unavailable(format!("PostgreSQL does not answer: {}", words(&error)))
        };
        let mut client = connected.map_err(failed)?;
        client.batch_execute(SETTINGS).map_err(failed)?;
        let row = client.query_one("show server_encoding", &[]).map_err(failed)?;
        let encoding: String = row.try_get(0).map_err(failed)?;
        if encoding != "UTF8" {
            return Err(StoreError::fault(format!("the database holds {encoding}, not UTF8")));
        }
        Ok(Session { client, statements: HashMap::new() })
    }
}

/// TLS that trusts what the machine trusts (or the file that SSL_CERT_FILE names), and verifies.
fn verified_tls() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(StoreError::fault("this machine trusts no certificates, so no TLS"));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::fault(format!("no TLS: {error}")))?;
    let config = builder.with_root_certificates(roots).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Starts the threads, and waits until each has reached the server once.
pub(super) fn start(
    config: &Config,
    writes: &Arc<Queue>,
    reads: &Arc<Queue>,
    board: &NoticeBoard,
    closing: &Arc<AtomicBool>,
) -> Result<Vec<JoinHandle<()>>, StoreError> {
    let connector = Connector::to(config)?;
    let (report, reports) = mpsc::channel();
    let mut threads = Vec::new();
    for number in 0..WRITERS + READERS {
        let (queue, begin) =
            if number < WRITERS { (writes, BEGIN_WRITE) } else { (reads, BEGIN_READ) };
        let (queue, report) = (Arc::clone(queue), report.clone());
        let mut worker = Worker { connector: connector.clone(), session: None, begin };
        threads.push(named("store-postgres", move || {
            let connected = worker.connect();
            let reached = connected.is_ok();
            let _opener_gave_up = report.send(connected);
            drop(report);
            while reached && let Some(work) = queue.take(1).pop() {
                worker.survive(work);
            }
        })?);
    }
    let (board, closing) = (board.clone(), Arc::clone(closing));
    let listener = connector;
    threads.push(named("store-listener", move || listen(&listener, report, &board, &closing))?);
    let mut unreached = None;
    for connected in reports {
        unreached = unreached.or(connected.err());
    }
    match unreached {
        None => Ok(threads),
        Some(error) => Err(error),
    }
}

struct Worker {
    connector: Connector,
    session: Option<Session>,
    begin: &'static str,
}

/// What became of one attempt at a piece of work.
enum Attempt {
    /// It has its answer.
    Answered,
    /// The connection was gone before it began.
    NotBegun,
    /// It was undone for a reason that may pass.
    Again,
}

impl Worker {
    fn connect(&mut self) -> Result<(), StoreError> {
        self.session = None;
        self.session = Some(self.connector.connect()?);
        Ok(())
    }

    /// A panic outside of the work itself must not end the thread.
    fn survive(&mut self, work: Box<dyn Work>) {
        if catch_unwind(AssertUnwindSafe(|| self.perform(work))).is_err() {
            tracing::error!("a thread of the store panicked and goes on");
            self.session = None;
        }
    }

    fn perform(&mut self, mut work: Box<dyn Work>) {
        let mut attempts = 0;
        while attempts < ATTEMPTS {
            if let Err(error) = self.reach(work.age()) {
                work.fail(error);
                return work.answer();
            }
            match self.attempt(&mut work) {
                Attempt::Answered => return work.answer(),
                Attempt::NotBegun => self.session = None,
                Attempt::Again => {
                    thread::sleep(Duration::from_millis(u64::from(crate::secrets::random(
                        4 << attempts.min(4),
                    ))));
                }
            }
            attempts += 1;
        }
        work.fail(StoreError::Busy);
        work.answer();
    }

    /// Has a connection, trying again for as long as work of this age may wait.
    fn reach(&mut self, age: Duration) -> Result<(), StoreError> {
        if self.session.as_ref().is_some_and(|session| !session.client.is_closed()) {
            return Ok(());
        }
        let mut pause = Duration::from_millis(25);
        let mut waited = age;
        loop {
            match self.connect() {
                Ok(()) => {
                    tracing::info!("connected to PostgreSQL again");
                    return Ok(());
                }
                Err(error) if waited >= PATIENCE => return Err(error),
                Err(_) => {
                    thread::sleep(pause);
                    waited += pause;
                    pause = (pause * 2).min(Duration::from_millis(500));
                }
            }
        }
    }

    fn attempt(&mut self, work: &mut Box<dyn Work>) -> Attempt {
        let Some(session) = &mut self.session else { return Attempt::NotBegun };
        if let Err(error) = session.client.batch_execute(self.begin) {
            if trouble(&error) == Trouble::Connection {
                return Attempt::NotBegun;
            }
            work.fail(from_postgres(&error, "begin"));
            self.session = None;
            return Attempt::Answered;
        }
        let mut tx = Tx::postgres(session);
        let outcome = work.run(&mut tx);
        let (met, announcements) = tx.end();
        let retry = matches!(met, Some(Trouble::Again | Trouble::Stale));
        if met == Some(Trouble::Stale) {
            session.statements.clear();
        }
        if outcome == Outcome::Kept {
            return self.commit(work, &announcements);
        }
        if session.client.batch_execute("rollback").is_err() {
            self.session = None;
        }
        if retry && outcome != Outcome::Panicked { Attempt::Again } else { Attempt::Answered }
    }

    fn commit(&mut self, work: &mut Box<dyn Work>, announcements: &[Announcement]) -> Attempt {
        let Some(session) = &mut self.session else { return Attempt::NotBegun };
        let notified = notify(session, announcements);
        let certain = notified.is_err();
        let Err(error) = notified.and_then(|()| session.client.batch_execute("commit")) else {
            return Attempt::Answered;
        };
        match trouble(&error) {
            Trouble::Again | Trouble::Stale => {
                if session.client.batch_execute("rollback").is_err() {
                    self.session = None;
                }
                return Attempt::Again;
            }
            Trouble::Connection if !certain => {
                let sentence = "the connection broke at the commit; whether it was done is unknown";
                work.fail(StoreError::fault(sentence));
                self.session = None;
            }
            _ => {
                work.fail(from_postgres(&error, "commit"));
                self.session = None;
            }
        }
        Attempt::Answered
    }
}

/// Gives notices within the transaction: they go out with its commit or not at all.
fn notify(session: &mut Session, announcements: &[Announcement]) -> Result<(), postgres::Error> {
    if announcements.is_empty() {
        return Ok(());
    }
    let payloads: Vec<String> = announcements.iter().map(Announcement::to_payload).collect();
    let notify = "select pg_notify($1, payload) from unnest($2::text[]) as payload";
    let statement = session.prepared(notify)?;
    session.client.execute(&statement, &[&CHANNEL, &payloads]).map(drop)
}

/// Hears the notices of all nodes, its own among them, until the store closes.
fn listen(
    connector: &Connector,
    report: mpsc::Sender<Result<(), StoreError>>,
    board: &NoticeBoard,
    closing: &AtomicBool,
) {
    let mut report = Some(report);
    while !closing.load(Ordering::Acquire) {
        match subscribe(connector) {
            Ok(mut session) => {
                match report.take() {
                    Some(opener) => drop(opener.send(Ok(()))),
                    None => board.publish_reconnected(),
                }
                hear(&mut session.client, board, closing);
            }
            Err(error) => match report.take() {
                Some(opener) => return drop(opener.send(Err(error))),
                None => thread::sleep(LISTENING),
            },
        }
    }
}

fn subscribe(connector: &Connector) -> Result<Session, StoreError> {
    let mut session = connector.connect()?;
    let listen = format!("listen {CHANNEL}");
    session.client.batch_execute(&listen).map_err(|error| from_postgres(&error, "listen"))?;
    Ok(session)
}

/// Until the connection breaks or the store closes.
fn hear(client: &mut Client, board: &NoticeBoard, closing: &AtomicBool) {
    while !closing.load(Ordering::Acquire) && !client.is_closed() {
        if let Err(error) = hear_for_a_while(client, board) {
            tracing::warn!(error = words(&error), "the listener lost PostgreSQL");
            return;
        }
    }
}

fn hear_for_a_while(client: &mut Client, board: &NoticeBoard) -> Result<(), postgres::Error> {
    let mut notifications = client.notifications();
    let mut arrivals = notifications.timeout_iter(LISTENING);
    while let Some(notice) = arrivals.next()? {
        board.publish(Announcement::from_payload(notice.payload()).into_iter().collect());
    }
    Ok(())
}
