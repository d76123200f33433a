//! What the store answers when it does not answer what was asked.

use std::fmt;

use postgres::error::SqlState;
use rusqlite::ErrorCode;

/// Why a unit of work came to nothing.
///
/// `Unique`, `Busy` and `Unavailable` say that nothing was written. After a `Fault` the work may
/// have been written or not (a disk may fail after it has stored): only a repeated command with
/// its own key can tell.
#[derive(Debug)]
pub enum StoreError {
    /// A row with the same unique columns exists already.
    Unique {
        /// The table whose uniqueness refused the row.
        table: String,
    },
    /// Too much is waiting, or another piece of work holds what this one needs.
    Busy,
    /// The database cannot be reached now, or answers too slowly; the reason in words.
    Unavailable(String),
    /// Something is broken: the disk, a statement, a stored value.
    Fault(anyhow::Error),
}

impl StoreError {
    /// A fault described by a sentence.
    pub fn fault(sentence: impl Into<String>) -> Self {
        Self::Fault(anyhow::Error::msg(sentence.into()))
    }

    /// The same error once more, for each piece of work that it befell.
    pub(super) fn repeat(&self) -> Self {
        match self {
            Self::Unique { table } => Self::Unique { table: table.clone() },
            Self::Busy => Self::Busy,
            Self::Unavailable(reason) => Self::Unavailable(reason.clone()),
            Self::Fault(error) => Self::fault(format!("{error:#}")),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unique { table } => write!(out, "such a row exists already in {table}"),
            Self::Busy => out.write_str("the store is busy"),
            Self::Unavailable(reason) => write!(out, "the store is not available: {reason}"),
            Self::Fault(error) => write!(out, "the store failed: {error:#}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// A SQLite error met while running `doing` (a statement or a sentence, never data).
pub(super) fn from_sqlite(error: &rusqlite::Error, doing: &str) -> StoreError {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return StoreError::fault(format!("{error} (in: {doing})"));
    };
    const UNIQUE: [i32; 3] = [
        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
        rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        rusqlite::ffi::SQLITE_CONSTRAINT_ROWID,
    ];
    if UNIQUE.contains(&code.extended_code) {
        return StoreError::Unique { table: table_in(message.as_deref().unwrap_or_default()) };
    }
    match code.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        _ => StoreError::fault(format!("{error} (in: {doing})")),
    }
}

/// The table named in `UNIQUE constraint failed: table.column, table.column`. An index over
/// expressions is reported as `index 'name'`; then the name of the index stands.
fn table_in(message: &str) -> String {
    let subject = message.rsplit("failed: ").next().unwrap_or_default();
    match subject.strip_prefix("index '") {
        Some(index) => index.trim_end_matches('\'').to_owned(),
        None => subject.split('.').next().unwrap_or_default().to_owned(),
    }
}

/// What a PostgreSQL error means for the transaction in which it was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// The transaction is lost; the connection stands.
    Statement,
    /// Serialisation failure or deadlock: the same work may be run again.
    Again,
    /// A table changed its shape under a prepared statement: prepare again, then as `Again`.
    Stale,
    /// The connection is gone.
    Connection,
}

/// The meaning of a PostgreSQL error.
pub(super) fn trouble(error: &postgres::Error) -> Trouble {
    let Some(code) = error.code() else {
        let by_network =
            std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>());
        let gone = error.is_closed() || by_network;
        return if gone { Trouble::Connection } else { Trouble::Statement };
    };
    let message = error.as_db_error().map(|fault| fault.message()).unwrap_or_default();
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Trouble::Again,
        SqlState::FEATURE_NOT_SUPPORTED if message.starts_with("cached plan") => Trouble::Stale,
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            Trouble::Connection
        }
        _ if code.code().starts_with("08") => Trouble::Connection,
        _ => Trouble::Statement,
    }
}

/// A PostgreSQL error met while running `doing`, without the server's DETAIL: it repeats data.
pub(super) fn from_postgres(error: &postgres::Error, doing: &str) -> StoreError {
    if trouble(error) == Trouble::Connection {
        return StoreError::Unavailable(words(error));
    }
    match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => {
            let table = error.as_db_error().and_then(|fault| fault.table()).unwrap_or_default();
            StoreError::Unique { table: table.to_owned() }
        }
        Some(&SqlState::LOCK_NOT_AVAILABLE)
        | Some(&SqlState::T_R_SERIALIZATION_FAILURE)
        | Some(&SqlState::T_R_DEADLOCK_DETECTED) => StoreError::Busy,
        Some(&SqlState::QUERY_CANCELED) => {
            StoreError::Unavailable("a statement took too long".to_owned())
        }
        _ => StoreError::fault(format!("{} (in: {doing})", words(error))),
    }
}

/// The server's own words without what they quote of the data. Class 22 (data exception) puts
/// the offending value into its message, so there the code alone stands.
pub(super) fn words(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(fault) if fault.code().code().starts_with("22") => {
            format!("a value was refused [{}]", fault.code().code())
        }
        Some(fault) => format!("{} [{}]", fault.message(), fault.code().code()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}
