//! Staff accounts and their sessions.

use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use rules::people::Role;
use tokio::sync::Semaphore;

use super::store;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::session::watch::SIGNED_OUT;
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

/// Passwords that are verified at the same time; the rest of the machine works meanwhile.
const VERIFIED_AT_ONCE: usize = 2;
/// How long a try waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

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
    let named = !member.login.trim().is_empty() && !member.name.trim().is_empty();
    if !named || !is_long_enough(&member.password) {
        return Err(Refusal::Shape.into());
    }
    // That of an ended account too: what it did would seem to be the other's doing.
    if store::is_taken(tx, member.login.trim())? {
        return Err(Refusal::LoginTaken.into());
    }
    store::insert_staff(tx, member, &hash(&member.password)?, now)
}

fn is_long_enough(password: &str) -> bool {
    (PASSWORD_AT_LEAST..=PASSWORD_AT_MOST).contains(&password.chars().count())
}

/// Gives an account another password. Its sessions end, since whoever has them may be why; its
/// failed tries are forgotten.
///
/// # Errors
/// [`Refusal::Shape`] for a password that is too short; [`Error::Missing`] when there is no such
/// login, or its account was ended.
pub fn set_password(tx: &mut Tx<'_>, login: &str, password: &str) -> Result<(), Error> {
    if !is_long_enough(password) {
        return Err(Refusal::Shape.into());
    }
    let login = login.trim();
    let id = store::set_password(tx, login, &hash(password)?)?.ok_or(Error::Missing)?;
    let member = store::login(tx, login)?.map(|(member, _)| member);
    store::delete_sessions_of(tx, id)?;
    store::forget_failures(tx, login)?;
    announce(tx, member)
}

/// Ends an account; its sessions are dead from the next request on.
///
/// # Errors
/// [`Error::Missing`] when there is no such login.
pub fn disable_staff(tx: &mut Tx<'_>, login: &str, now: Timestamp) -> Result<(), Error> {
    let member = store::login(tx, login)?.map(|(member, _)| member);
    if store::disable(tx, login, now)? == 0 {
        return Err(Error::Missing);
    }
    announce(tx, member)
}

/// The office's rooms are looked at again: whoever sits in one by a session that is over leaves.
fn announce(tx: &mut Tx<'_>, member: Option<Member>) -> Result<(), Error> {
    match member {
        Some(member) => Ok(tx.announce(SIGNED_OUT, &member.office_slug)?),
        None => Ok(()),
    }
}

/// Begins a session; nobody's when login or password is wrong, or there were too many tries.
///
/// A try is written down before the password is looked at, so that many at once are as many tries.
/// The password is verified outside of every unit of work, and few at a time: it takes long on
/// purpose, and strangers who keep trying must not keep the office from working.
///
/// # Errors
/// [`Error::Busy`] when too many others are trying; faults.
pub async fn sign_in(app: &App, login: &str, password: String) -> Result<Option<SignedIn>, Error> {
    static AT_ONCE: Semaphore = Semaphore::const_new(VERIFIED_AT_ONCE);
    let turn = tokio::time::timeout(PATIENCE, AT_ONCE.acquire()).await;
    let turn = turn.map_err(|_| Error::Busy)?.map_err(anyhow::Error::from)?;
    let (login, now) = (login.trim().to_owned(), app.clock.now());
    let tried = login.clone();
    let stored = app.store.write(move |tx| begin_try(tx, &tried, now)).await?;
    let Some(stored) = stored else { return Ok(None) };
    let verified = tokio::task::spawn_blocking(move || {
        // Held to the end of the work, also when whoever asked has hung up.
        let _turn = turn;
        let matches = password.len() <= 4 * PASSWORD_AT_MOST && verify(&stored, &password);
        matches.then_some(stored)
    });
    let Some(stored) = verified.await.map_err(anyhow::Error::from)? else { return Ok(None) };
    app.store.write(move |tx| begin_session(tx, &login, &stored, now)).await
}

/// Writes a try down. Answers the hash that the password is compared with; an unknown login costs
/// the same time as a known one. None when there were too many tries.
fn begin_try(tx: &mut Tx<'_>, login: &str, now: Timestamp) -> Result<Option<String>, Error> {
    tx.hold(&format!("tries of {login}"))?;
    let since = now.checked_sub(THROTTLE_WINDOW).unwrap_or(now);
    if store::failures(tx, login, since)? >= FAILURES_ALLOWED {
        return Ok(None);
    }
    store::record_failure(tx, login, now)?;
    let known = store::login(tx, login)?;
    Ok(Some(known.map_or_else(|| UNKNOWN_LOGIN_HASH.to_owned(), |(_, hash)| hash)))
}

/// After the right password: unless the account was ended, or its password changed, meanwhile.
fn begin_session(
    tx: &mut Tx<'_>,
    login: &str,
    verified: &str,
    now: Timestamp,
) -> Result<Option<SignedIn>, Error> {
    let known = store::login(tx, login)?.filter(|(_, stored)| stored == verified);
    let Some((member, _)) = known else { return Ok(None) };
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
    let member = store::session(tx, token_digest)?.map(|(member, _, _)| member);
    store::delete_session(tx, token_digest)?;
    announce(tx, member)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// If it did not read as a hash like any other, an unknown login would be answered at once.
    #[test]
    fn an_unknown_login_takes_as_long_as_a_known_one() {
        let (unknown, known) =
            (UNKNOWN_LOGIN_HASH, hash("見本の とても長い 合言葉です").expect("a hash"));
        let read = |text: &str| PasswordHash::new(text).expect("a hash");
        let (unknown, known) = (read(unknown), read(&known));
        assert_eq!((unknown.algorithm, unknown.version), (known.algorithm, known.version));
        assert_eq!(unknown.params.to_string(), known.params.to_string());
        assert!(unknown.salt.is_some() && unknown.hash.is_some());
        assert!(!verify(UNKNOWN_LOGIN_HASH, ""));
    }
}
