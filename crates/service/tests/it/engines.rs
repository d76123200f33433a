//! Fresh stores for tests: a file in a folder of its own, and a database in a PostgreSQL server
//! that belongs to this test run alone and ends with it.

use std::fs::{self, File};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use service::store::{Store, StoreAddress};
use tempfile::TempDir;

const INSTALL: &str = "PostgreSQL is not installed, and these tests run on both engines. \
    On Debian: apt-get install postgresql. To test on SQLite only: MADOGUCHI_ENGINES=sqlite";

/// The address of an empty store, which is gone when this is dropped.
pub(crate) struct Fresh {
    pub(crate) address: StoreAddress,
    /// The same, as an administrator writes it.
    pub(crate) written: String,
    _folder: Option<TempDir>,
}

impl Fresh {
    pub(crate) fn sqlite() -> Self {
        let folder = folder();
        let written = format!("sqlite:{}", folder.path().join("store.db").display());
        Self::at(written, Some(folder))
    }

    pub(crate) fn postgres() -> Self {
        Self::at(cluster().create_database(), None)
    }

    fn at(written: String, folder: Option<TempDir>) -> Self {
        let address = written.parse().expect("an address");
        Self { address, written, _folder: folder }
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.address).expect("the store opens")
    }
}

/// A fresh store of each engine that `MADOGUCHI_ENGINES` names (`sqlite`, `postgres`), of both
/// when it is not set.
pub(crate) fn engines() -> Vec<Fresh> {
    let mut fresh = Vec::new();
    if wanted("sqlite") {
        fresh.push(Fresh::sqlite());
    }
    if wanted("postgres") {
        fresh.push(Fresh::postgres());
    }
    fresh
}

/// Runs a scene on a fresh, open, empty store of each engine.
pub(crate) async fn on_both<F, Ended>(scene: F)
where
    F: Fn(Store) -> Ended,
    Ended: Future<Output = ()>,
{
    for fresh in engines() {
        scene(fresh.open()).await;
    }
}

/// Runs a scene on PostgreSQL, unless only SQLite is tested.
pub(crate) async fn on_postgres<Ended: Future<Output = ()>>(scene: impl Fn(Fresh) -> Ended) {
    if let Some(fresh) = postgres() {
        scene(fresh).await;
    }
}

/// A fresh store on PostgreSQL, unless only SQLite is tested.
pub(crate) fn postgres() -> Option<Fresh> {
    wanted("postgres").then(Fresh::postgres)
}

fn wanted(engine: &str) -> bool {
    std::env::var("MADOGUCHI_ENGINES").map_or(true, |named| named.contains(engine))
}

/// A new folder, in memory where the machine has room for files there: no test waits for a disk.
fn folder() -> TempDir {
    let in_memory = TempDir::new_in("/dev/shm");
    in_memory.or_else(|_| TempDir::new()).expect("a folder for the store")
}

/// A server with data in a folder of its own.
struct Cluster {
    port: u16,
    databases: AtomicU32,
    /// Stops the server and removes its folder once the pipe to it closes, which it does however
    /// this process ends.
    _watchdog: Child,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        thread::spawn(Cluster::start).join().unwrap_or_else(|_| panic!("{INSTALL}"))
    })
}

impl Cluster {
    fn start() -> Self {
        let programs = programs().expect(INSTALL);
        let folder = folder().keep();
        let owner = owner();
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).expect("the server's user owns its folder");
        }
        let data = folder.join("data");
        let port = free_port();
        let run = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(programs.join(program));
            command.arg("-D").arg(&data).args(arguments).current_dir(&folder);
            if let Some((user, group)) = owner {
                command.uid(user).gid(group);
            }
            let log = folder.join("commands.log");
            let log = File::options().create(true).append(true).open(log).expect("a log");
            command.stdout(log.try_clone().expect("a log")).stderr(log).stdin(Stdio::null());
            let status = command.status().expect("PostgreSQL's programs run");
            assert!(status.success(), "{program} failed; see {}", folder.display());
        };
        let local = ["-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        run("initdb", &local);
        configure(&data, &folder, port);
        let watchdog = watch(&programs, &folder, owner);
        let log = folder.join("server.log");
        run("pg_ctl", &["-w", "-s", "-l", log.to_str().expect("a plain path"), "start"]);
        Self { port, databases: AtomicU32::new(0), _watchdog: watchdog }
    }

    /// A new database; its address. The client must not be used on tokio's threads.
    fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let address =
            |database: &str| format!("postgres://tests@127.0.0.1:{}/{database}", self.port);
        let (office, create) = (address("postgres"), format!("create database {name}"));
        let created = thread::spawn(move || {
            let mut client = postgres::Client::connect(&office, postgres::NoTls)?;
            client.batch_execute(&create)
        });
        created.join().expect("no panic").expect("a database is created");
        address(&name)
    }
}

/// Deadlocks are noticed early, so that tests of them are quick, and the data need not outlive the
/// machine; nothing else is unusual.
fn configure(data: &Path, folder: &Path, port: u16) {
    let settings = data.join("postgresql.conf");
    let mut settings = File::options().append(true).open(settings).expect("the settings");
    let lines = format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\n\
         max_connections = 300\ndeadlock_timeout = 50ms\nfsync = off\nfull_page_writes = off\n",
        folder.display()
    );
    settings.write_all(lines.as_bytes()).expect("the settings are written");
}

fn watch(programs: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Child {
    let script = "trap '' INT TERM HUP; read -r line; \
        \"$1/pg_ctl\" -D \"$2/data\" -m immediate -w stop; rm -rf \"$2\"";
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg("watchdog").arg(programs).arg(folder);
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("a shell")
}

/// The folder of the newest PostgreSQL's programs.
fn programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed.max_by_key(|folder| {
        folder.file_name().to_str().and_then(|version| version.parse::<u32>().ok())
    });
    let debian = newest.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let elsewhere = std::env::split_paths(&path).collect::<Vec<_>>();
    debian.into_iter().chain(elsewhere).find(|folder| folder.join("pg_ctl").is_file())
}

/// PostgreSQL refuses to run as root: then it runs as its own user, or as nobody.
fn owner() -> Option<(u32, u32)> {
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() != 0) {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    find("postgres").or_else(|| find("nobody"))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}
