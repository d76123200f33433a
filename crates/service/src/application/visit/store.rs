//! What the store knows of visits.

use jiff::Timestamp;

use crate::error::Error;
use crate::secrets::Token;
use crate::store::{Tx, params, sql};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    token: &Token,
    id: i64,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!("insert into visits (token_digest, application, expires_at) values ($1, $2, $3)"),
        params![token.digest(), id, expires_at],
    )?;
    Ok(())
}

/// The application that a visit is about, while it lasts.
pub(super) fn by_visit(
    tx: &mut Tx<'_>,
    token: &Token,
    now: Timestamp,
) -> Result<Option<(i64, i64)>, Error> {
    Ok(tx.one(
        sql!(
            "select a.id, a.office from visits v join applications a on a.id = v.application
             where v.token_digest = $1 and v.expires_at > $2"
        ),
        params![token.digest(), now],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?)
}

pub(super) fn is_known(tx: &mut Tx<'_>, token: &Token) -> Result<bool, Error> {
    let sql = sql!("select application from visits where token_digest = $1");
    Ok(tx.one(sql, params![token.digest()], |row| row.int(0))?.is_some())
}

pub(super) fn delete(tx: &mut Tx<'_>, token: &Token) -> Result<(), Error> {
    tx.execute(sql!("delete from visits where token_digest = $1"), params![token.digest()])?;
    Ok(())
}

pub(super) fn purge(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("delete from visits where expires_at <= $1"), params![now])?;
    Ok(())
}
