//! What the store knows of consents.

use rules::terms::VersionName;
use rules::terms::amendment::{Consent, ConsentWay};

use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn all(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<Consent>, Error> {
    Ok(tx.all(
        sql!(
            "select c.version, c.way, c.at from consents c
             join applications a on a.id = c.application
             where c.application = $1 and a.office = $2 order by c.at, c.id"
        ),
        params![id, office],
        |row| {
            Ok(Consent {
                version: row.parsed(0, VersionName::parse)?,
                way: row.parsed(1, ConsentWay::parse)?,
                at: row.instant(2)?,
            })
        },
    )?)
}

pub(in crate::application) fn insert(
    tx: &mut Tx<'_>,
    id: i64,
    consent: &Consent,
) -> Result<(), Error> {
    tx.execute(
        sql!("insert into consents (application, version, way, at) values ($1, $2, $3, $4)"),
        params![id, consent.version.to_string(), consent.way.code(), consent.at],
    )?;
    Ok(())
}
