//! What is prepared to be handed over: the records of the persons named, in the parts asked for.

use serde_json::{Value, json};

pub use super::store::FileLine;
use super::{entry, note_read, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::records::{Part, everything_of};
use crate::secrets::{Purpose, sha256};
use crate::store::Tx;
use crate::terms::trial::Moment;

/// Prepares a file of the persons whose applications were found, in these parts alone, and keeps it
/// as it is: its digest is what a decision names. Answers its number.
///
/// Nothing in it tells of the demand to whoever may not know: it is made for who asked.
///
/// # Errors
/// [`Refusal::NoSuchPerson`] when no application was found for anybody; [`Refusal::NoPart`];
/// [`Refusal::EntryClosed`] once a decision was approved.
pub fn prepare(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    parts: &[Part],
) -> Result<i64, Error> {
    let kept = entry(tx, context, id)?;
    if !kept.entry.is_changeable() {
        return Err(Refusal::EntryClosed.into());
    }
    let applications = kept.entry.applications();
    if applications.is_empty() {
        return Err(Refusal::NoSuchPerson.into());
    }
    if parts.is_empty() {
        return Err(Refusal::NoPart.into());
    }
    let mut records = Vec::new();
    for application in applications {
        records.push(everything_of(tx, context, application, parts)?);
    }
    let content = json!({
        "office": context.office.name,
        "number": kept.number(),
        "document_number": kept.entry.demand.document_number.reveal(),
        "made_at": Moment::from(context.now),
        "records": records,
    });
    let octets = written(&content)?;
    let digest = sha256(&octets);
    let sealed = context.keys.seal(Purpose::Care, &place(id, digest.as_str()), &octets);
    note_read(tx, context, (&kept, staff), "disclosure.prepared")?;
    let codes: Vec<&str> = parts.iter().map(|part| part.code()).collect();
    let said = (codes.join(","), digest.as_str());
    store::insert_file(tx, (id, staff), (&said.0, said.1), sealed, context.now)
}

/// JSON that people can read, ended by a line break.
pub(in crate::records) fn written(content: &Value) -> Result<Vec<u8>, Error> {
    let mut octets = serde_json::to_vec_pretty(content).map_err(anyhow::Error::from)?;
    octets.push(b'\n');
    Ok(octets)
}

/// What was prepared for an entry, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn files(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<FileLine>, Error> {
    store::files(tx, context.office.id, id)
}

/// A prepared file, octet for octet; noted with each person whom the entry is about.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn file(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, number): (i64, i64),
    staff: i64,
) -> Result<Vec<u8>, Error> {
    let found = store::file(tx, context.office.id, (id, number))?;
    let (digest, sealed) = found.ok_or(Error::Missing)?;
    let kept = entry(tx, context, id)?;
    note_read(tx, context, (&kept, staff), "disclosure.file")?;
    let octets = context.keys.open(Purpose::Care, &place(id, &digest), &sealed);
    Ok(octets.map_err(anyhow::Error::from)?.to_vec())
}

/// Where a file is sealed. It may hold what a person asked consideration for.
fn place(disclosure: i64, digest: &str) -> String {
    format!("disclosures/{disclosure}/files/{digest}")
}
