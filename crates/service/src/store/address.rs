//! Where the data is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// The address of a store, written `sqlite:PATH` or `postgres://user@host/database`. It may carry
/// a password, so it has no Display, and its Debug leaves the password out.
#[derive(Clone)]
pub enum StoreAddress {
    /// One file on this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL server. `sslmode=require` demands TLS with a certificate that verifies;
    /// without it the connection is plain (a socket, or a network that is trusted).
    Postgres(Box<postgres::Config>),
}

/// Why a text is not the address of a store.
#[derive(Debug, PartialEq, Eq)]
pub enum AddressRefusal {
    /// It begins neither with `sqlite:` nor with `postgres://`.
    UnknownScheme,
    /// `sqlite:` without a path, or a memory that would be lost.
    NoPath,
    /// PostgreSQL's part does not parse; what is wrong.
    Malformed(String),
}

impl fmt::Display for AddressRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownScheme => {
                out.write_str("a store is written as sqlite:PATH or postgres://user@host/database")
            }
            Self::NoPath => out.write_str("sqlite: wants the path of a file"),
            Self::Malformed(reason) => write!(out, "the PostgreSQL address is wrong: {reason}"),
        }
    }
}

impl std::error::Error for AddressRefusal {}

impl FromStr for StoreAddress {
    type Err = AddressRefusal;

    fn from_str(text: &str) -> Result<Self, AddressRefusal> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return match path {
                "" | ":memory:" => Err(AddressRefusal::NoPath),
                _ => Ok(Self::Sqlite(PathBuf::from(path))),
            };
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(AddressRefusal::UnknownScheme);
        }
        let config = text.parse().map_err(|error: postgres::Error| {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            AddressRefusal::Malformed(source.unwrap_or_else(|| error.to_string()))
        })?;
        Ok(Self::Postgres(Box::new(config)))
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(config) => write!(
                out,
                "postgres {:?} {}",
                config.get_hosts(),
                config.get_dbname().unwrap_or("(the user's own database)"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        fn check(text: &str, expected: Result<&str, AddressRefusal>) {
            let read = text.parse::<StoreAddress>().map(|address| format!("{address:?}"));
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
        check("sqlite:data/office.db", Ok("sqlite:data/office.db"));
        check("sqlite:/var/lib/m/m.db", Ok("sqlite:/var/lib/m/m.db"));
        check("postgres://me:secret@db/office", Ok("postgres [Tcp(\"db\")] office"));
        check("postgresql://me@db/office", Ok("postgres [Tcp(\"db\")] office"));
        check("sqlite:", Err(AddressRefusal::NoPath));
        check("sqlite::memory:", Err(AddressRefusal::NoPath));
        check("mysql://db", Err(AddressRefusal::UnknownScheme));
        check("", Err(AddressRefusal::UnknownScheme));
        check(
            "postgres://db/office?sslmode=perhaps",
            Err(AddressRefusal::Malformed("invalid value for option `sslmode`".to_owned())),
        );
    }
}
