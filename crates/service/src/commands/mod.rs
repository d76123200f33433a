//! Every command carries a key made by the caller: a repeat has one effect and returns the first
//! answer (invariant 5).

use jiff::{SignedDuration, Timestamp};

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::store::Tx;

pub mod store;

/// A command's key and what it was sent with.
#[derive(Clone, Debug)]
pub struct Command {
    /// Made by the caller; a hidden field in forms.
    pub key: String,
    /// A digest of what was sent: the same key with other content is refused.
    pub body_digest: String,
}

/// A key for a form that is about to be shown.
pub fn fresh_key() -> String {
    Token::draw().reveal().to_string()
}

/// Does `work` once for a key. `work` answers where the person is sent next; a repeat is sent to
/// the same place without doing anything.
///
/// # Errors
/// [`Refusal::KeyReused`] when the key came with other content; whatever `work` answers.
pub fn once(
    tx: &mut Tx<'_>,
    context: &Context,
    command: &Command,
    work: impl FnOnce(&mut Tx<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    tx.hold(&format!("command {}", command.key))?;
    if let Some((body_digest, answer)) = store::answer(tx, &command.key)? {
        let same = body_digest == command.body_digest;
        return if same { Ok(answer) } else { Err(Refusal::KeyReused.into()) };
    }
    let answer = work(tx)?;
    store::insert(tx, command, &answer, context.now)?;
    Ok(answer)
}

/// How long the answer of a command is kept for a repeat.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Forgets commands whose repeat nobody sends any more.
///
/// # Errors
/// Faults of the store.
pub fn purge(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::purge(tx, now.checked_sub(KEPT_FOR).unwrap_or(Timestamp::MIN))
}
