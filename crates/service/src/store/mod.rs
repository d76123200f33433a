//! The durable store: SQLite in one file, or PostgreSQL, behind one small transaction.
//!
//! A unit of work is a closure. It runs on a thread that owns a connection, so that a request
//! that is dropped cannot cut it in half, and it may be run more than once (after a deadlock, or
//! when others made a shared commit fail), so it has no effect but through its [`Tx`] and its
//! answer.

mod address;
mod announcement;
mod error;
mod migrations;
mod postgres;
mod row;
mod sqlite;
mod statement;
mod transaction;
mod value;
mod work;

pub use address::{AddressRefusal, StoreAddress};
pub use announcement::{Announcement, LONGEST_ANNOUNCEMENT};
pub use error::StoreError;
pub use migrations::{Migration, STEPS};
pub use row::Row;
pub(crate) use sqlite::sync_folder;
pub use statement::{Sql, sql};
pub use transaction::Tx;
pub use value::{Value, params};

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::broadcast;

use announcement::NoticeBoard;
use work::{Queue, Receipt, job};

/// How much work may wait; beyond it callers are told that the store is busy.
const LONGEST_LINE: usize = 4_096;

/// A store that is open. Clones share it; when the last is dropped, waiting work is finished and
/// the threads end.
#[derive(Clone)]
pub struct Store(Arc<Open>);

struct Open {
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    board: NoticeBoard,
    closing: Arc<AtomicBool>,
    /// The file of SQLite.
    file: Option<PathBuf>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Store")
    }
}

impl Store {
    /// Opens a store: makes the file if there is none, or reaches the server. Blocks until it is
    /// ready (PostgreSQL: a few seconds at most), so it belongs before serving begins.
    pub fn open(address: &StoreAddress) -> Result<Self, StoreError> {
        let open = Open {
            writes: Arc::new(Queue::up_to(LONGEST_LINE)),
            reads: Arc::new(Queue::up_to(LONGEST_LINE)),
            board: NoticeBoard::set_up(),
            closing: Arc::default(),
            file: match address {
                StoreAddress::Sqlite(path) => Some(path.clone()),
                StoreAddress::Postgres(_) => None,
            },
            threads: Mutex::default(),
        };
        // When this fails, dropping `open` closes the lines, and the threads that run end.
        let threads = match address {
            StoreAddress::Sqlite(path) => {
                sqlite::start(path, &open.writes, &open.reads, &open.board)?
            }
            StoreAddress::Postgres(config) => {
                postgres::start(config, &open.writes, &open.reads, &open.board, &open.closing)?
            }
        };
        *open.threads.lock().unwrap_or_else(PoisonError::into_inner) = threads;
        Ok(Self(Arc::new(open)))
    }

    /// Runs a unit of work that writes; its answer comes once what it wrote is durable.
    ///
    /// It runs to its end even when this future is dropped. What it reads may be written by
    /// others before it writes (on PostgreSQL): see [`Tx::hold`].
    pub async fn write<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, work)?.wait().await
    }

    /// Runs a unit of work that only reads, all of it as of one moment.
    pub async fn read<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.reads, work)?.wait().await
    }

    /// As `write`, on a thread that is not tokio's (it panics on one that is).
    pub fn write_blocking<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, work)?.wait_blocking()
    }

    /// As `read`, on a thread that is not tokio's (it panics on one that is).
    pub fn read_blocking<F, T, E>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.reads, work)?.wait_blocking()
    }

    /// Hears what is announced from now on, by this node or (PostgreSQL) by any.
    pub fn listen(&self) -> broadcast::Receiver<Announcement> {
        self.0.board.listen()
    }

    /// Whether the store takes work and answers, for `/healthz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        const PING: Sql = Sql::unregistered("select 1");
        self.write(|_| Ok::<(), StoreError>(())).await?;
        self.read(|tx| tx.one(PING, &[], |row| row.int(0))).await.map(drop)
    }

    /// Prepares statements on the schema as it is: those that do not fit it, each with the reason.
    pub async fn prepare_each(
        &self,
        statements: Vec<&'static str>,
    ) -> Result<(), Vec<(&'static str, String)>> {
        let rehearsed: Result<Vec<_>, StoreError> = self
            .read(move |tx| {
                let unfit = statements
                    .iter()
                    .filter_map(|text| tx.rehearse(text).err().map(|reason| (*text, reason)));
                Ok(unfit.collect())
            })
            .await;
        match rehearsed {
            Ok(unfit) if unfit.is_empty() => Ok(()),
            Ok(unfit) => Err(unfit),
            Err(error) => Err(vec![("", error.to_string())]),
        }
    }

    /// Makes sure that what was deleted is in no file of the store any more. Blocks.
    ///
    /// SQLite: a deleted row is overwritten in the file, and older pages leave the log beside it.
    /// PostgreSQL keeps dead rows and its log by itself until it has vacuumed and checkpointed.
    pub fn forget_deleted(&self) -> Result<(), StoreError> {
        self.0.file.as_deref().map_or(Ok(()), sqlite::empty_log)
    }

    /// Takes no more work, finishes what waits, and ends the threads. Blocks until then; from
    /// tokio, call it within `spawn_blocking`.
    pub fn close(&self) {
        self.0.close();
    }
}

fn submit<F, T, E>(line: &Queue, work: F) -> Result<Receipt<T, E>, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (work, receipt) = job(work);
    line.push(work)?;
    Ok(receipt)
}

impl Open {
    fn close(&self) {
        self.writes.close();
        self.reads.close();
        self.closing.store(true, Ordering::Release);
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // The last clone may be dropped by a unit of work, on one of these very threads.
            if thread.thread().id() != thread::current().id() && thread.join().is_err() {
                tracing::error!("a thread of the store had panicked");
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.close();
    }
}
