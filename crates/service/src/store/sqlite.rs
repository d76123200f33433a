//! SQLite: one thread writes, several read.
//!
//! The writer takes all work that waits, runs each piece within its own savepoint, and makes
//! everything durable with one commit, so that the cost of the disk is shared. Nobody is answered
//! before the commit.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::announcement::{Announcement, NoticeBoard};
use super::error::{StoreError, from_sqlite};
use super::transaction::Tx;
use super::work::{Outcome, Queue, Work, named};

/// The first version without the fault that could damage a file when its log was reset.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How many pieces of work one commit makes durable at most.
const LARGEST_COMMIT: usize = 256;

/// How many threads read.
const READERS: usize = 4;

/// How long to wait for another process (the command line) that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than the product has statements; each connection keeps them prepared.
const PREPARED_STATEMENTS: usize = 1_024;

/// Opens the file, made if absent and readable by its owner only, and starts the threads.
pub(super) fn start(
    path: &Path,
    writes: &Arc<Queue>,
    reads: &Arc<Queue>,
    board: &NoticeBoard,
) -> Result<Vec<JoinHandle<()>>, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::fault(format!("SQLite {} is too old", rusqlite::version())));
    }
    make_file(path)?;
    let mut writer = connect(path, true)?;
    let mut threads = Vec::new();
    let (queue, board) = (Arc::clone(writes), board.clone());
    threads.push(named("store-writer", move || {
        loop {
            let batch = queue.take(LARGEST_COMMIT);
            if batch.is_empty() {
                break;
            }
            survive(&mut writer, |connection| commit_together(connection, batch, &board));
        }
    })?);
    for _ in 0..READERS {
        let mut reader = connect(path, false)?;
        let queue = Arc::clone(reads);
        threads.push(named("store-reader", move || {
            while let Some(work) = queue.take(1).pop() {
                survive(&mut reader, |connection| read(connection, work));
            }
        })?);
    }
    Ok(threads)
}

/// A panic outside of the work itself (of an answer's drop, say) must not end the thread.
fn survive(connection: &mut Connection, act: impl FnOnce(&mut Connection)) {
    if catch_unwind(AssertUnwindSafe(|| act(connection))).is_err() {
        tracing::error!("a thread of the store panicked and goes on");
        give_up(connection);
    }
}

/// Makes a new name in a folder survive a power cut.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// SQLite gives the log beside the file the same permissions as the file.
#[cfg(unix)]
fn make_file(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;

    let failed = |error: std::io::Error| {
        StoreError::fault(format!("cannot make {}: {error}", path.display()))
    };
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Ok(_) => sync_folder(path).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

#[cfg(not(unix))]
fn make_file(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

fn connect(path: &Path, writes: bool) -> Result<Connection, StoreError> {
    let failed = |error: rusqlite::Error| {
        StoreError::fault(format!("cannot open {}: {error}", path.display()))
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(failed)?;
    if mode != "wal" {
        let sentence = format!("{} cannot use a write-ahead log ({mode})", path.display());
        return Err(StoreError::fault(sentence));
    }
    // FULL: what was acknowledged survives a power cut; NORMAL would lose it.
    connection.pragma_update(None, "synchronous", "full").map_err(failed)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    // People's data must not reach files that nobody watches.
    connection.pragma_update(None, "temp_store", "memory").map_err(failed)?;
    // What is deleted is overwritten, or it could be read in the file until its page is used again.
    connection.pragma_update(None, "secure_delete", true).map_err(failed)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(failed)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20).map_err(failed)?;
    if !writes {
        connection.pragma_update(None, "query_only", true).map_err(failed)?;
    }
    Ok(connection)
}

/// Writes the log into the file and empties it: what was deleted leaves the log, too. Waits for
/// those who read an older state, as long as for another process that writes.
pub(super) fn empty_log(path: &Path) -> Result<(), StoreError> {
    let connection = connect(path, true)?;
    let busy: i64 = connection
        .query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))
        .map_err(|error| from_sqlite(&error, "a checkpoint"))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
}

fn say(connection: &Connection, text: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(text)?.raw_execute().map(drop)
}

/// Why a shared commit did not come about.
struct Failed {
    error: StoreError,
    /// One piece of work is to blame and took the others with it, as by a constraint that is
    /// checked only at the commit.
    by_one: bool,
}

fn failed(error: &rusqlite::Error, doing: &str) -> Failed {
    let code = error.sqlite_error_code();
    let by_one = code == Some(rusqlite::ErrorCode::ConstraintViolation);
    Failed { error: from_sqlite(error, doing), by_one }
}

fn commit_together(connection: &Connection, mut batch: Vec<Box<dyn Work>>, board: &NoticeBoard) {
    match commit(connection, &mut batch) {
        Ok(announcements) => board.publish(announcements),
        Err(failed) if failed.by_one && batch.len() > 1 => {
            for work in &mut batch {
                commit_alone(connection, work, board);
            }
        }
        Err(failed) => batch.iter_mut().for_each(|work| work.fail(failed.error.repeat())),
    }
    for work in batch {
        work.answer();
    }
}

fn commit_alone(connection: &Connection, work: &mut Box<dyn Work>, board: &NoticeBoard) {
    match commit(connection, std::slice::from_mut(work)) {
        Ok(announcements) => board.publish(announcements),
        Err(failed) => work.fail(failed.error),
    }
}

/// One transaction around all pieces of work. The notices of those that were kept.
fn commit(
    connection: &Connection,
    batch: &mut [Box<dyn Work>],
) -> Result<Vec<Announcement>, Failed> {
    let done = run_all(connection, batch).and_then(|announcements| {
        say(connection, "commit").map_err(|error| failed(&error, "commit"))?;
        Ok(announcements)
    });
    if done.is_err() {
        give_up(connection);
    }
    done
}

fn run_all(
    connection: &Connection,
    batch: &mut [Box<dyn Work>],
) -> Result<Vec<Announcement>, Failed> {
    say(connection, "begin immediate").map_err(|error| failed(&error, "begin"))?;
    let mut announcements = Vec::new();
    for work in batch {
        say(connection, "savepoint work").map_err(|error| failed(&error, "savepoint"))?;
        let mut tx = Tx::sqlite(connection);
        let outcome = work.run(&mut tx);
        // On a full disk SQLite undoes the whole transaction, the work of others with it.
        if connection.is_autocommit() {
            let reason = "the disk failed or is full; nothing was written".to_owned();
            return Err(Failed { error: StoreError::Unavailable(reason), by_one: true });
        }
        if outcome == Outcome::Kept {
            announcements.extend(tx.end().1);
        } else {
            let undo = say(connection, "rollback to work");
            undo.map_err(|error| failed(&error, "rollback to savepoint"))?;
        }
        say(connection, "release work").map_err(|error| failed(&error, "release"))?;
    }
    Ok(announcements)
}

fn give_up(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = say(connection, "rollback")
    {
        tracing::error!(%error, "SQLite could not roll back");
    }
}

fn read(connection: &Connection, mut work: Box<dyn Work>) {
    match say(connection, "begin deferred") {
        Ok(()) => {
            work.run(&mut Tx::sqlite(connection));
            give_up(connection);
        }
        Err(error) => work.fail(from_sqlite(&error, "begin")),
    }
    work.answer();
}
