//! What the store knows of consents.

use rules::terms::VersionName;
use rules::terms::amendment::{Consent, ConsentWay, ToolTerms};

use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn all(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<Consent>, Error> {
    Ok(tx.all(
        sql!(
            "select c.version, c.way, c.at, c.tool_terms, c.tool_terms_as_of from consents c
             join applications a on a.id = c.application
             where c.application = $1 and a.office = $2 order by c.at, c.id"
        ),
        params![id, office],
        |row| {
            Ok(Consent {
                version: row.parsed(0, VersionName::parse)?,
                way: row.parsed(1, ConsentWay::parse)?,
                at: row.instant(2)?,
                tool: tool(row)?,
            })
        },
    )?)
}

fn tool(row: &Row<'_>) -> Result<Option<ToolTerms>, StoreError> {
    let Some(address) = row.opt_text(3)? else { return Ok(None) };
    let as_of = row.opt_parsed(4, |day| day.parse().ok())?;
    Ok(Some(ToolTerms { address, as_of }))
}

pub(in crate::application) fn insert(
    tx: &mut Tx<'_>,
    id: i64,
    consent: &Consent,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into consents (application, version, way, at, tool_terms, tool_terms_as_of)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            id,
            consent.version.to_string(),
            consent.way.code(),
            consent.at,
            consent.tool.as_ref().map(|tool| tool.address.clone()),
            consent.tool.as_ref().and_then(|tool| tool.as_of)
        ],
    )?;
    Ok(())
}
