//! Statements: constant text, known before the program runs, the same for both engines.

use std::fmt;

use linkme::distributed_slice;

/// The text of every statement that the program can ever run, gathered by the linker from each
/// use of `sql!`, so that one test prepares them all on the real schema of both engines.
#[distributed_slice]
pub static STATEMENTS: [&'static str];

/// A statement. Made by `sql!` only, so that no text from outside can become one.
///
/// Written in the common subset of SQLite and PostgreSQL. Parameters are `$1`, `$2`, …; one may
/// occur several times. Where PostgreSQL cannot infer a parameter's type, write
/// `cast($1 as bigint)`. An insert that may find its row present: `on conflict do nothing`. Yes or
/// no: `where done`, never `done = 1`. Left alone, because the engines differ: `like`, the order of
/// text that people wrote, division, and functions of date and time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

impl Sql {
    /// Called by `sql!`, which has registered the text.
    #[doc(hidden)]
    pub const fn registered(text: &'static str) -> Self {
        Self(text)
    }

    /// A statement that is not to be prepared on the product's schema: the store's own, and those
    /// of tests which bring their own tables.
    pub const fn unregistered(text: &'static str) -> Self {
        Self(text)
    }

    /// The statement's text.
    pub const fn text(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for Sql {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// A statement of constant text, registered in [`STATEMENTS`](crate::store::STATEMENTS):
/// `sql!("select name from office where id = $1")`.
#[macro_export]
macro_rules! sql {
    ($text:expr $(,)?) => {{
        #[$crate::store::linkme::distributed_slice($crate::store::STATEMENTS)]
        #[linkme(crate = $crate::store::linkme)]
        static STATEMENT: &str = $text;
        $crate::store::Sql::registered($text)
    }};
}
pub use crate::sql;
