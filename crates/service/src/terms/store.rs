//! What the store knows of the versions of the terms.

use jiff::Timestamp;
use rules::terms::{Terms, VersionName};

use super::Source;
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn sources(tx: &mut Tx<'_>, office: i64) -> Result<Vec<String>, Error> {
    Ok(tx.all(
        sql!("select source from terms_versions where office = $1 order by effective_from"),
        params![office],
        |row| row.text(0),
    )?)
}

pub(super) fn source(
    tx: &mut Tx<'_>,
    office: i64,
    version: &VersionName,
) -> Result<Option<String>, Error> {
    Ok(tx.one(
        sql!("select source from terms_versions where office = $1 and version = $2"),
        params![office, version.to_string()],
        |row| row.text(0),
    )?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    office: i64,
    terms: &Terms,
    source: &Source,
    now: Timestamp,
) -> Result<(), Error> {
    let source = serde_json::to_string(source).map_err(anyhow::Error::from)?;
    tx.execute(
        sql!(
            "insert into terms_versions (office, version, audience, effective_from, source,
                 published_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            office,
            terms.version.to_string(),
            terms.audience.as_str(),
            terms.effective_from,
            source,
            now
        ],
    )?;
    Ok(())
}
