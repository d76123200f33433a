//! What the store knows of drafts.

use jiff::Timestamp;

use crate::app::Context;
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn save(
    tx: &mut Tx<'_>,
    context: &Context,
    digest: &str,
    sealed: Vec<u8>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into drafts (token_digest, office, sealed, changed_at)
             values ($1, $2, $3, $4)
             on conflict (token_digest) do update set sealed = $3, changed_at = $4"
        ),
        params![digest, context.office.id, sealed, context.now],
    )?;
    Ok(())
}

pub(super) fn load(
    tx: &mut Tx<'_>,
    office: i64,
    digest: &str,
    since: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    Ok(tx.one(
        sql!(
            "select sealed from drafts
             where token_digest = $1 and office = $2 and changed_at > $3"
        ),
        params![digest, office, since],
        |row| row.bytes(0),
    )?)
}

pub(super) fn delete(tx: &mut Tx<'_>, digest: &str) -> Result<(), Error> {
    tx.execute(sql!("delete from drafts where token_digest = $1"), params![digest])?;
    Ok(())
}

pub(super) fn purge(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("delete from drafts where changed_at <= $1"), params![before])?;
    Ok(())
}
