//! What the store knows of commands that were carried out.

use jiff::Timestamp;

use super::Command;
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn answer(tx: &mut Tx<'_>, key: &str) -> Result<Option<(String, String)>, Error> {
    Ok(tx.one(
        sql!("select body_digest, answer from commands where command_key = $1"),
        params![key],
        |row| Ok((row.text(0)?, row.text(1)?)),
    )?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    command: &Command,
    answer: &str,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into commands (command_key, body_digest, answer, done_at)
             values ($1, $2, $3, $4)"
        ),
        params![command.key.as_str(), command.body_digest.as_str(), answer, now],
    )?;
    Ok(())
}

pub(super) fn purge(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("delete from commands where done_at <= $1"), params![before])?;
    Ok(())
}
