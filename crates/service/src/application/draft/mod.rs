//! An application while it is being filled in: kept by the server under a cookie, sealed, so that
//! nothing typed is lost and nothing private stands in a page's address.

mod store;

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::secrets::{Purpose, Token};
use crate::store::Tx;

/// A draft that nobody touched for this long is deleted.
pub const DRAFT_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// The field that names the group session that is asked for.
pub const GROUP: &str = "group";

/// What was typed so far, exactly as it was typed, by the name of the field. A field with several
/// values keeps them all.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    fields: BTreeMap<String, Vec<String>>,
    /// The key of the command that sends the application: a repeat has one effect.
    pub command_key: String,
}

/// Reveals nothing.
impl fmt::Debug for Draft {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Draft(..)")
    }
}

impl Draft {
    /// An empty draft.
    pub fn begin() -> Self {
        let command_key = Token::draw().reveal().to_string();
        Self { fields: BTreeMap::new(), command_key }
    }

    /// What was typed into a field; empty when nothing was.
    pub fn get(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// Every value of a field.
    pub fn all(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// Keeps the values of a field.
    pub fn set(&mut self, field: &str, values: Vec<String>) {
        self.fields.insert(field.to_owned(), values);
    }
}

/// Starts a draft and answers its token.
///
/// # Errors
/// Faults of the store.
pub fn start(tx: &mut Tx<'_>, context: &Context, draft: &Draft) -> Result<Token, Error> {
    let token = Token::draw();
    save(tx, context, &token, draft)?;
    Ok(token)
}

/// Keeps a draft.
///
/// # Errors
/// Faults of the store.
pub fn save(tx: &mut Tx<'_>, context: &Context, token: &Token, draft: &Draft) -> Result<(), Error> {
    let plain = Zeroizing::new(serde_json::to_vec(draft).map_err(anyhow::Error::from)?);
    let digest = token.digest();
    let place = place(digest.as_str());
    let sealed = context.keys.seal(Purpose::Care, &place, &plain);
    store::save(tx, context, digest.as_str(), sealed)
}

/// Reads a draft of this office back.
///
/// # Errors
/// [`Refusal::DraftGone`] when it is unknown or too old.
pub fn load(tx: &mut Tx<'_>, context: &Context, token: &Token) -> Result<Draft, Error> {
    let digest = token.digest();
    let since = context.now.checked_sub(DRAFT_LASTS).unwrap_or(Timestamp::MIN);
    let sealed = store::load(tx, context.office.id, digest.as_str(), since)?;
    let sealed = sealed.ok_or(Refusal::DraftGone)?;
    let plain = context.keys.open(Purpose::Care, &place(digest.as_str()), &sealed);
    let plain = plain.map_err(anyhow::Error::from)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}

/// Deletes a draft, once it was sent.
///
/// # Errors
/// Faults of the store.
pub fn discard(tx: &mut Tx<'_>, token: &Token) -> Result<(), Error> {
    store::delete(tx, token.digest().as_str())
}

/// Deletes drafts that nobody touched for [`DRAFT_LASTS`].
///
/// # Errors
/// Faults of the store.
pub fn purge(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::purge(tx, now.checked_sub(DRAFT_LASTS).unwrap_or(Timestamp::MIN))
}

fn place(digest: &str) -> String {
    format!("drafts/{digest}")
}
