//! What the store knows of duties.

use jiff::Timestamp;

use super::{Kind, Owed};
use crate::error::Error;
use crate::letters;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn insert(tx: &mut Tx<'_>, office: i64, owed: &Owed) -> Result<(), Error> {
    let kind = owed.kind.code();
    let key = format!("{}/{}/{}", owed.application, kind, owed.sequence);
    tx.execute(
        sql!(
            "insert into duties (duty_key, office, application, kind, sequence, due_at, attempts)
             values ($1, $2, $3, $4, $5, $6, 0)
             on conflict do nothing"
        ),
        params![key, office, owed.application, kind, owed.sequence, owed.due_at],
    )?;
    Ok(())
}

/// A duty that this node has claimed.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Number in the store.
    pub id: i64,
    /// Its stable key: becomes the Message-ID of a letter.
    pub key: String,
    /// The office.
    pub office: i64,
    /// The application it concerns.
    pub application: i64,
    /// What is to be done.
    pub kind: Kind,
    /// Which announcement made it owed.
    pub sequence: u32,
    /// How often it was tried.
    pub attempts: u32,
    /// Until when the claim holds, unless it is renewed.
    pub until: Timestamp,
}

impl Claimed {
    /// The letter that it owes, if it owes one.
    pub(super) fn letter(&self) -> Option<letters::Owed> {
        let Kind::Write(letter) = self.kind else { return None };
        Some(letters::Owed { application: self.application, letter, sequence: self.sequence })
    }
}

fn claimed(row: &Row<'_>) -> Result<Claimed, StoreError> {
    Ok(Claimed {
        id: row.int(0)?,
        key: row.text(1)?,
        office: row.int(2)?,
        application: row.int(3)?,
        kind: row.parsed(4, Kind::parse)?,
        sequence: row.small(5)?,
        attempts: row.small(6)?,
        until: row.instant(7)?,
    })
}

/// Claims what is due and not done. The condition stands twice on purpose: a node that waited for
/// another's claim (on PostgreSQL) looks again at the outer one alone, and then leaves alone what
/// was claimed, done, given up or put off meanwhile.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    until: Timestamp,
    at_most: u16,
) -> Result<Vec<Claimed>, Error> {
    Ok(tx.all(
        sql!(
            "update duties set claimed_until = $2
             where id in (
                 select id from duties
                 where due_at <= $1 and done_at is null and given_up_at is null
                   and kind not in ('offer_new_time', 'ask_for_outcome')
                   and (claimed_until is null or claimed_until <= $1)
                 order by due_at limit cast($3 as bigint))
               and due_at <= $1 and done_at is null and given_up_at is null
               and (claimed_until is null or claimed_until <= $1)
             returning id, duty_key, office, application, kind, sequence, attempts,
                       claimed_until"
        ),
        params![now, until, at_most],
        claimed,
    )?)
}

/// Renews a claim; 0 when it has ended and the duty is another node's by now.
pub(super) fn keep(tx: &mut Tx<'_>, duty: &Claimed, until: Timestamp) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update duties set claimed_until = $3
             where id = $1 and claimed_until = $2 and done_at is null"
        ),
        params![duty.id, duty.until, until],
    )?)
}

/// Gives a claim up, so that any node may carry the duty out at once.
pub(super) fn give_back(tx: &mut Tx<'_>, duty: &Claimed) -> Result<(), Error> {
    tx.execute(
        sql!("update duties set claimed_until = null where id = $1 and claimed_until = $2"),
        params![duty.id, duty.until],
    )?;
    Ok(())
}

/// The end of a duty that was carried out in another way.
pub(super) fn end(
    tx: &mut Tx<'_>,
    application: i64,
    kind: Kind,
    sequence: u32,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update duties set done_at = $4, claimed_until = null
             where application = $1 and kind = $2 and sequence = $3 and done_at is null"
        ),
        params![application, kind.code(), sequence, now],
    )?;
    Ok(())
}

pub(super) fn done(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update duties set done_at = $2, claimed_until = null, last_error = null
             where id = $1 and done_at is null"
        ),
        params![id, now],
    )?)
}

pub(super) fn failed(
    tx: &mut Tx<'_>,
    id: i64,
    reason: &str,
    next_try: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Error> {
    let given_up = match next_try {
        Some(_) => None,
        None => Some(now),
    };
    tx.execute(
        sql!(
            "update duties set attempts = attempts + 1, claimed_until = null, last_error = $2,
                 due_at = coalesce($3, due_at), given_up_at = $4
             where id = $1 and done_at is null"
        ),
        params![id, reason, next_try, given_up],
    )?;
    Ok(())
}

/// A duty as the desk shows it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number in the store.
    pub id: i64,
    /// The application it concerns.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// What is to be done.
    pub kind: Kind,
    /// When it falls, or fell, due.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// Whether it was given up.
    pub given_up: bool,
}

/// What staff must see to: their own duties, and those that fail.
pub(super) fn for_desk(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Line>, Error> {
    Ok(tx.all(
        sql!(
            "select d.id, d.application, a.receipt, d.kind, d.due_at, d.attempts, d.last_error,
                    d.given_up_at
             from duties d join applications a on a.id = d.application
             where d.office = $1 and d.done_at is null
               and (d.kind in ('offer_new_time', 'ask_for_outcome') or d.attempts > 0)
             order by d.due_at limit 200"
        ),
        params![office],
        |row| {
            Ok(Line {
                id: row.int(0)?,
                application: row.int(1)?,
                receipt: row.text(2)?,
                kind: row.parsed(3, Kind::parse)?,
                due_at: row.instant(4)?,
                attempts: row.small(5)?,
                last_error: row.opt_text(6)?,
                given_up: row.opt_instant(7)?.is_some(),
            })
        },
    )?)
}

pub(super) fn tick_off(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update duties set done_at = $3 where id = $1 and office = $2 and done_at is null
               and kind in ('offer_new_time', 'ask_for_outcome')"
        ),
        params![id, office, now],
    )?)
}

pub(super) fn try_again(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update duties set due_at = $3, given_up_at = null, attempts = 0
             where id = $1 and office = $2 and done_at is null"
        ),
        params![id, office, now],
    )?)
}

/// Whether a later announcement owes the same kind again: then an earlier one is stale.
pub(super) fn has_later(tx: &mut Tx<'_>, duty: &Claimed) -> Result<bool, Error> {
    let count = tx.one(
        sql!(
            "select count(*) from duties
             where application = $1 and kind = $2 and sequence > $3"
        ),
        params![duty.application, duty.kind.code(), duty.sequence],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or_default() > 0)
}

/// Ends the duties of a kind about an application that are open.
pub(super) fn close(
    tx: &mut Tx<'_>,
    (office, application): (i64, i64),
    kind: Kind,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update duties set done_at = $4
             where application = $1 and office = $2 and kind = $3 and done_at is null"
        ),
        params![application, office, kind.code(), now],
    )?;
    Ok(())
}

/// Whether the office has such a duty, and it is done.
pub(super) fn is_done(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<bool, Error> {
    let count = tx.one(
        sql!("select count(*) from duties where id = $1 and office = $2 and done_at is not null"),
        params![id, office],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or_default() > 0)
}
