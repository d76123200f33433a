//! The transaction: what a unit of work sees of the store.

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;

use super::announcement::Announcement;
use super::error::{self, StoreError, Trouble};
use super::postgres::Session;
use super::row::Row;
use super::statement::Sql;
use super::value::Value;

/// A transaction under way. It is committed when the unit of work returns `Ok` and undone when it
/// returns `Err` or panics.
///
/// After a statement has failed, the transaction answers nothing but faults and can only be
/// undone, on both engines alike: an insert that may collide says `on conflict do nothing`.
pub struct Tx<'c> {
    link: Link<'c>,
    trouble: Option<Trouble>,
    announcements: Vec<Announcement>,
}

enum Link<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Session),
}

/// The names under which SQLite knows `$1`, `$2`, ….
const PARAMETERS: [&str; 32] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
    "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28",
    "$29", "$30", "$31", "$32",
];

impl<'c> Tx<'c> {
    pub(super) fn sqlite(connection: &'c rusqlite::Connection) -> Self {
        Self { link: Link::Sqlite(connection), trouble: None, announcements: Vec::new() }
    }

    pub(super) fn postgres(session: &'c mut Session) -> Self {
        Self { link: Link::Postgres(session), trouble: None, announcements: Vec::new() }
    }

    /// Runs a statement and returns how many rows it changed.
    pub fn execute(&mut self, sql: Sql, values: &[Value]) -> Result<u64, StoreError> {
        self.refuse_when_broken()?;
        let done = match &mut self.link {
            Link::Sqlite(connection) => execute_sqlite(connection, sql.text(), values),
            Link::Postgres(session) => execute_postgres(session, sql.text(), values),
        };
        self.note(done)
    }

    /// The one row of an answer, or none. More than one is a fault: a question about one thing
    /// names it, or says `limit 1`.
    pub fn one<T>(
        &mut self,
        sql: Sql,
        values: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.each(sql, values, |row| {
            if found.is_some() {
                return Err(StoreError::fault(format!("more than one row (in: {})", sql.text())));
            }
            found = Some(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// All rows of an answer.
    pub fn all<T>(
        &mut self,
        sql: Sql,
        values: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = Vec::new();
        self.each(sql, values, |row| {
            rows.push(map(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Shows each row of an answer to `visit`, without keeping them; its error ends the reading.
    pub fn each(
        &mut self,
        sql: Sql,
        values: &[Value],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.refuse_when_broken()?;
        let done = match &mut self.link {
            Link::Sqlite(connection) => each_sqlite(connection, sql.text(), values, &mut visit),
            Link::Postgres(session) => each_postgres(session, sql.text(), values, &mut visit),
        };
        self.note(done)
    }

    /// Takes turns: from here to the end of the transaction nobody else holds `subject`.
    ///
    /// Needed where work reads a value and writes what follows from it (the head of a chain, a
    /// count with a limit). On SQLite all writing takes turns anyway. Several subjects are held
    /// in the order of their names, or two workers may wait for each other (and be run again).
    pub fn hold(&mut self, subject: &str) -> Result<(), StoreError> {
        if matches!(self.link, Link::Sqlite(_)) {
            return self.refuse_when_broken();
        }
        const HOLD: Sql =
            Sql::unregistered("select pg_advisory_xact_lock(hashtextextended($1, 0))");
        self.execute(HOLD, &[Value::from(subject)]).map(drop)
    }

    /// Has a notice given to all listeners of all nodes once this transaction is committed. No
    /// personal data; see [`Announcement`]. Topic and text together at most 4,000 octets.
    pub fn announce(&mut self, topic: &str, text: &str) -> Result<(), StoreError> {
        let announcement = Announcement::compose(topic, text)?;
        if !self.announcements.contains(&announcement) {
            self.announcements.push(announcement);
        }
        Ok(())
    }

    /// Does one part of the work, or nothing of it: when the part answers `Err`, what it did is
    /// undone, notices included, and the rest of the work may go on. After a failed statement
    /// nothing may.
    pub fn part<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let announced = self.announcements.len();
        self.script("savepoint part")?;
        let done = work(self);
        if self.is_broken() {
            return done;
        }
        if done.is_err() {
            self.announcements.truncate(announced);
            self.script("rollback to savepoint part")?;
        }
        self.script("release savepoint part")?;
        done
    }

    /// Runs a script of several statements.
    pub(super) fn script(&mut self, text: &str) -> Result<(), StoreError> {
        self.refuse_when_broken()?;
        let done = match &mut self.link {
            Link::Sqlite(connection) => {
                connection.execute_batch(text).map_err(|error| sqlite_failure(&error, "a script"))
            }
            Link::Postgres(session) => session
                .client
                .batch_execute(text)
                .map_err(|error| postgres_failure(&error, "a script")),
        };
        self.note(done)
    }

    /// Whether the statement can be prepared on this schema; the reason when not.
    pub(super) fn rehearse(&mut self, text: &'static str) -> Result<(), String> {
        match &mut self.link {
            Link::Sqlite(connection) => {
                connection.prepare(text).map(drop).map_err(|error| error.to_string())
            }
            Link::Postgres(session) => {
                let in_words = |error: postgres::Error| error::words(&error);
                session.client.batch_execute("savepoint rehearsal").map_err(in_words)?;
                let prepared = session.client.prepare(text).map(drop).map_err(in_words);
                session.client.batch_execute("rollback to rehearsal").map_err(in_words)?;
                prepared
            }
        }
    }

    /// Whether this is PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.link, Link::Postgres(_))
    }

    /// Whether a statement has failed, so that the transaction can only be undone.
    pub(super) fn is_broken(&self) -> bool {
        self.trouble.is_some()
    }

    /// What the failed statement meant for the transaction, and the notices it collected.
    pub(super) fn end(self) -> (Option<Trouble>, Vec<Announcement>) {
        (self.trouble, self.announcements)
    }

    fn refuse_when_broken(&self) -> Result<(), StoreError> {
        match self.trouble {
            None => Ok(()),
            Some(_) => Err(StoreError::fault("an earlier statement of this work has failed")),
        }
    }

    fn note<T>(&mut self, done: Result<T, Failure>) -> Result<T, StoreError> {
        done.map_err(|failure| {
            self.trouble = failure.trouble.or(self.trouble);
            failure.error
        })
    }
}

/// A failed statement. Without trouble it was the visitor of a row who failed.
struct Failure {
    error: StoreError,
    trouble: Option<Trouble>,
}

impl Failure {
    fn statement(error: StoreError) -> Self {
        Self { error, trouble: Some(Trouble::Statement) }
    }

    fn visitor(error: StoreError) -> Self {
        Self { error, trouble: None }
    }
}

fn sqlite_failure(error: &rusqlite::Error, text: &str) -> Failure {
    Failure::statement(error::from_sqlite(error, text))
}

fn postgres_failure(error: &postgres::Error, text: &str) -> Failure {
    let trouble = Some(error::trouble(error));
    Failure { error: error::from_postgres(error, text), trouble }
}

type Visit<'v> = &'v mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>;

/// Prepares and binds: SQLite takes `$1` for a name and numbers names by their first occurrence.
fn bound<'c>(
    connection: &'c rusqlite::Connection,
    text: &str,
    values: &[Value],
) -> Result<rusqlite::CachedStatement<'c>, Failure> {
    let failed = |error: rusqlite::Error| sqlite_failure(&error, text);
    let mut statement = connection.prepare_cached(text).map_err(failed)?;
    if statement.parameter_count() != values.len() || values.len() > PARAMETERS.len() {
        return Err(miscounted(statement.parameter_count(), values.len(), text));
    }
    for (name, value) in PARAMETERS.iter().zip(values) {
        let Some(index) = statement.parameter_index(name).map_err(failed)? else {
            return Err(Failure::statement(StoreError::fault(format!("no {name} in: {text}"))));
        };
        statement.raw_bind_parameter(index, value).map_err(failed)?;
    }
    Ok(statement)
}

fn miscounted(wanted: usize, given: usize, text: &str) -> Failure {
    let sentence = format!("{wanted} parameters wanted, {given} given (in: {text})");
    Failure::statement(StoreError::fault(sentence))
}

fn execute_sqlite(
    connection: &rusqlite::Connection,
    text: &str,
    values: &[Value],
) -> Result<u64, Failure> {
    let mut statement = bound(connection, text, values)?;
    let changed = statement.raw_execute().map_err(|error| sqlite_failure(&error, text))?;
    Ok(changed as u64)
}

/// Steps to the end even when one row is wanted: SQLite checks foreign keys at the end.
fn each_sqlite(
    connection: &rusqlite::Connection,
    text: &str,
    values: &[Value],
    visit: Visit<'_>,
) -> Result<(), Failure> {
    let mut statement = bound(connection, text, values)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|error| sqlite_failure(&error, text))? {
        visit(&Row::sqlite(row)).map_err(Failure::visitor)?;
    }
    Ok(())
}

fn execute_postgres(
    session: &mut Session,
    text: &'static str,
    values: &[Value],
) -> Result<u64, Failure> {
    let failed = |error: postgres::Error| postgres_failure(&error, text);
    let statement = session.prepared(text).map_err(failed)?;
    if statement.params().len() != values.len() {
        return Err(miscounted(statement.params().len(), values.len(), text));
    }
    let bound: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
    session.client.execute(&statement, &bound).map_err(failed)
}

fn each_postgres(
    session: &mut Session,
    text: &'static str,
    values: &[Value],
    visit: Visit<'_>,
) -> Result<(), Failure> {
    let failed = |error: postgres::Error| postgres_failure(&error, text);
    let statement = session.prepared(text).map_err(failed)?;
    if statement.params().len() != values.len() {
        return Err(miscounted(statement.params().len(), values.len(), text));
    }
    let mut rows = session.client.query_raw(&statement, values).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        visit(&Row::postgres(&row)).map_err(Failure::visitor)?;
    }
    Ok(())
}
