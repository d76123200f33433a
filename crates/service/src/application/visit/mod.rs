//! A link in a letter is a capability; it is exchanged for a visit, kept in a cookie, and leaves
//! the address bar.

mod store;

use jiff::{SignedDuration, Timestamp};

use crate::error::{Error, Refusal};
use crate::people::Office;
use crate::secrets::Token;
use crate::session::watch::SIGNED_OUT;
use crate::store::Tx;

/// How long a visit lasts: long enough for a session, short enough for a shared computer.
const VISIT_LASTS: SignedDuration = SignedDuration::from_hours(4);

/// A jobseeker who came by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The application that the link opens, and nothing else.
    pub application: i64,
    /// The office that it belongs to.
    pub office: i64,
}

/// Exchanges a link for a visit. The link stays usable: the same letter is opened again later.
///
/// # Errors
/// [`Refusal::LinkGone`] when the link is unknown or has ended; the two are not told apart.
pub fn exchange(tx: &mut Tx<'_>, link: &Token, now: Timestamp) -> Result<Token, Error> {
    let (application, _, expires_at) =
        super::store::by_link(tx, link, now)?.ok_or(Refusal::LinkGone)?;
    let visit = Token::draw();
    let until = now.saturating_add(VISIT_LASTS).unwrap_or(expires_at).min(expires_at);
    store::insert(tx, &visit, application, until)?;
    Ok(visit)
}

/// What a visit's cookie opens.
///
/// # Errors
/// [`Refusal::VisitOver`] when the visit has ended. The link may still work.
pub fn visit(tx: &mut Tx<'_>, token: &Token, now: Timestamp) -> Result<Visit, Error> {
    let (application, office) = store::by_visit(tx, token, now)?.ok_or(Refusal::VisitOver)?;
    Ok(Visit { application, office })
}

/// Begins a visit right after applying, without a link.
///
/// # Errors
/// Faults of the store.
pub fn begin(tx: &mut Tx<'_>, application: i64, now: Timestamp) -> Result<Token, Error> {
    let visit = Token::draw();
    let until = now.saturating_add(VISIT_LASTS).unwrap_or(now);
    store::insert(tx, &visit, application, until)?;
    Ok(visit)
}

/// Ends a visit, and what goes on by it.
///
/// # Errors
/// Faults of the store.
pub fn end(tx: &mut Tx<'_>, office: &Office, token: &Token) -> Result<(), Error> {
    store::delete(tx, token)?;
    Ok(tx.announce(SIGNED_OUT, &office.slug)?)
}

/// Whether a visit was ended, and did not merely run out.
///
/// # Errors
/// Faults of the store.
pub fn was_ended(tx: &mut Tx<'_>, token: &Token) -> Result<bool, Error> {
    Ok(!store::is_known(tx, token)?)
}

/// A visit that ran out is known for so long: a talk that began in it may go on.
const VISIT_KNOWN: SignedDuration = SignedDuration::from_hours(24);

/// Forgets visits that were over long ago.
///
/// # Errors
/// Faults of the store.
pub fn purge_visits(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::purge(tx, now.checked_sub(VISIT_KNOWN).unwrap_or(Timestamp::MIN))
}
