//! Staff accounts and their sessions.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use rules::people::Role;

use super::store;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::store::Tx;

/// A session ends this long after it began (NIST SP 800-63B-4, AAL2).
pub const SESSION_ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// A session ends after this long without use.
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_mins(30);

/// A session that is over is known for so long after it began: whoever signs in again with the same
/// account is given back what they had typed.
const SESSION_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The use of a session is noted at most this often: a write for each click would be too many.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Tries that may fail for one login within [`THROTTLE_WINDOW`]. Strangers slow a login down;
/// they cannot lock it for good.
const FAILURES_ALLOWED: i64 = 10;
const THROTTLE_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// The shortest password, alone (NIST SP 800-63B-4: 15 as a single factor).
const PASSWORD_AT_LEAST: usize = 15;
const PASSWORD_AT_MOST: usize = 200;

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Number in the store.
    pub id: i64,
    /// The office whose records this person may see.
    pub office: i64,
    /// The office's short name.
    pub office_slug: String,
    /// The name as colleagues see it.
    pub name: String,
    /// What this person may do.
    pub role: Role,
}

/// An account to be made.
pub struct NewMember {
    /// Number of the office.
    pub office: i64,
    /// What is typed to sign in.
    pub login: String,
    /// The name as colleagues see it.
    pub name: String,
    /// What this person may do.
    pub role: Role,
    /// The password, of 15 characters or more.
    pub password: String,
}

/// A session that has just begun.
pub struct SignedIn {
    /// Goes into the cookie.
    pub token: Token,
    /// Who signed in.
    pub member: Member,
}

/// Makes an account. Answers its number.
///
/// # Errors
/// [`Refusal::LoginTaken`]; [`Refusal::Shape`] for an empty name or a password that is too short.
pub fn add_staff(tx: &mut Tx<'_>, member: &NewMember, now: Timestamp) -> Result<i64, Error> {
    let length = member.password.chars().count();
    let named = !member.login.trim().is_empty() && !member.name.trim().is_empty();
    if !named || !(PASSWORD_AT_LEAST..=PASSWORD_AT_MOST).contains(&length) {
        return Err(Refusal::Shape.into());
    }
    if store::login(tx, member.login.trim())?.is_some() {
        return Err(Refusal::LoginTaken.into());
    }
    store::insert_staff(tx, member, &hash(&member.password)?, now)
}

/// Ends an account; its sessions are dead from the next request on.
///
/// # Errors
/// [`Error::Missing`] when there is no such login.
pub fn disable_staff(tx: &mut Tx<'_>, login: &str, now: Timestamp) -> Result<(), Error> {
    if store::disable(tx, login, now)? == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// Begins a session. A failed try is recorded, so the caller's unit of work must succeed: hence
/// the answer is a value, not an error.
///
/// # Errors
/// Faults only.
pub fn sign_in(
    tx: &mut Tx<'_>,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<Option<SignedIn>, Error> {
    let login = login.trim();
    let since = now.checked_sub(THROTTLE_WINDOW).unwrap_or(now);
    if store::failures(tx, login, since)? >= FAILURES_ALLOWED {
        return Ok(None);
    }
    let known = store::login(tx, login)?;
    // An unknown login costs the same time as a known one.
    let stored = known.as_ref().map_or(UNKNOWN_LOGIN_HASH, |(_, hash)| hash.as_str());
    let matches = password.len() <= 4 * PASSWORD_AT_MOST && verify(stored, password);
    let Some((member, _)) = known.filter(|_| matches) else {
        store::record_failure(tx, login, now)?;
        return Ok(None);
    };
    let token = Token::draw();
    store::forget_failures(tx, login)?;
    store::insert_session(tx, token.digest().as_str(), member.id, now)?;
    Ok(Some(SignedIn { token, member }))
}

/// Who holds that session, when it is still alive; and whether its use should be noted.
///
/// # Errors
/// Faults of the store.
pub fn who(
    tx: &mut Tx<'_>,
    token_digest: &str,
    now: Timestamp,
) -> Result<Option<(Member, bool)>, Error> {
    let Some((member, began, used)) = store::session(tx, token_digest)? else { return Ok(None) };
    let idle = now.duration_since(used);
    let alive = now.duration_since(began) < SESSION_ABSOLUTE && idle < SESSION_IDLE;
    Ok(alive.then_some((member, idle >= USE_NOTED_EVERY)))
}

/// The account of a session, alive or over, while it is known.
///
/// # Errors
/// Faults of the store.
pub fn whose(tx: &mut Tx<'_>, token_digest: &str) -> Result<Option<i64>, Error> {
    Ok(store::session(tx, token_digest)?.map(|(member, _, _)| member.id))
}

/// Notes that a session is in use.
///
/// # Errors
/// Faults of the store.
pub fn note_use(tx: &mut Tx<'_>, token_digest: &str, now: Timestamp) -> Result<(), Error> {
    store::touch_session(tx, token_digest, now)
}

/// Ends a session.
///
/// # Errors
/// Faults of the store.
pub fn sign_out(tx: &mut Tx<'_>, token_digest: &str) -> Result<(), Error> {
    store::delete_session(tx, token_digest)
}

/// A hash of no password: verifying against it always fails, and takes as long as any.
const UNKNOWN_LOGIN_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
     bm8tc3VjaC1wZXJzb24$aW52YWxpZGludmFsaWRpbnZhbGlkaW52YWxpZA";

fn hash(password: &str) -> Result<String, Error> {
    // The salt is sixteen octets of a fresh token (RFC 9106, 3.1).
    let salt = Token::draw().reveal().as_bytes()[..16].to_vec();
    let hashed: Result<PasswordHash, _> =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    let hashed = hashed.map_err(|error| anyhow::anyhow!("hashing a password: {error}"))?;
    Ok(hashed.to_string())
}

fn verify(stored: &str, password: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Forgets sessions that are over, and failed tries that no longer count.
///
/// # Errors
/// Faults of the store.
pub fn purge_sessions(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    let before = |length| now.checked_sub(length).unwrap_or(Timestamp::MIN);
    store::purge_sessions(tx, before(SESSION_KEPT), before(THROTTLE_WINDOW))
}

/// Lets every session begin anew: for the demo, whose clock leaps over the hours of a day.
///
/// # Errors
/// Faults of the store.
pub fn renew_sessions(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::renew_sessions(tx, now)
}
