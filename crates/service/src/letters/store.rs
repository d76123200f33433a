//! What the store knows of letters.

use jiff::Timestamp;
use rules::letters::Letter;

use super::{Line, Owed, State};
use crate::app::Context;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// A letter as it lies in the store.
pub(super) struct Kept {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) letter: Letter,
    pub(super) message_id: String,
    pub(super) state: State,
    pub(super) sealed: Vec<u8>,
    pub(super) written_at: Timestamp,
    pub(super) sent_at: Option<Timestamp>,
}

fn kept(row: &Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept {
        id: row.int(0)?,
        application: row.int(1)?,
        letter: row.parsed(2, Letter::parse)?,
        message_id: row.text(3)?,
        state: row.parsed(4, State::parse)?,
        sealed: row.bytes(5)?,
        written_at: row.instant(6)?,
        sent_at: row.opt_instant(7)?,
    })
}

pub(super) fn by_message_id(
    tx: &mut Tx<'_>,
    office: i64,
    message_id: &str,
) -> Result<Option<Kept>, Error> {
    Ok(tx.one(
        sql!(
            "select id, application, letter, message_id, state, sealed, written_at, sent_at
             from letters where message_id = $1 and office = $2"
        ),
        params![message_id, office],
        kept,
    )?)
}

pub(super) fn by_id(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Kept>, Error> {
    Ok(tx.one(
        sql!(
            "select id, application, letter, message_id, state, sealed, written_at, sent_at
             from letters where id = $1 and office = $2"
        ),
        params![id, office],
        kept,
    )?)
}

/// A letter about to be kept.
pub(super) struct NewLetter<'a> {
    pub(super) application: i64,
    pub(super) letter: Letter,
    pub(super) sequence: u32,
    pub(super) message_id: &'a str,
    pub(super) state: State,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn insert(tx: &mut Tx<'_>, context: &Context, new: NewLetter<'_>) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into letters (office, application, letter, sequence, message_id, state,
                 sealed, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id"
        ),
        params![
            context.office.id,
            new.application,
            new.letter.code(),
            new.sequence,
            new.message_id,
            new.state.code(),
            new.sealed,
            context.now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn note_sent(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update letters set state = 'sent', sent_at = $2
             where id = $1 and state in ('queued', 'undeliverable') and sent_at is null"
        ),
        params![id, now],
    )?;
    Ok(())
}

pub(super) fn note_undeliverable(tx: &mut Tx<'_>, owed: Owed) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update letters set state = 'undeliverable'
             where application = $1 and letter = $2 and sequence = $3 and state = 'queued'"
        ),
        params![owed.application, owed.letter.code(), owed.sequence],
    )?;
    Ok(())
}

pub(super) fn note_by_hand(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.execute(
        sql!("update letters set state = 'by_hand' where id = $1 and state = 'queued'"),
        params![id],
    )?;
    Ok(())
}

pub(super) fn note_overtaken(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update letters set state = 'overtaken'
             where id = $1 and sent_at is null and state <> 'sent'"
        ),
        params![id],
    )?;
    Ok(())
}

/// What waits for a hand is overtaken by the letter with this number, which tells what is so now.
/// A receipt tells nothing that changes, and stays.
pub(super) fn overtake_older(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
    newer: i64,
) -> Result<Vec<Owed>, Error> {
    Ok(tx.all(
        sql!(
            "update letters set state = 'overtaken'
             where application = $1 and office = $2 and id < $3 and sent_at is null
               and state in ('by_hand', 'undeliverable') and letter <> 'receipt'
             returning application, letter, sequence"
        ),
        params![application, office, newer],
        owed,
    )?)
}

pub(super) fn note_handed_over(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
    now: Timestamp,
) -> Result<Option<Owed>, Error> {
    Ok(tx.one(
        sql!(
            "update letters set sent_at = $3
             where id = $1 and office = $2 and sent_at is null
               and state in ('by_hand', 'undeliverable')
             returning application, letter, sequence"
        ),
        params![id, office, now],
        owed,
    )?)
}

fn owed(row: &Row<'_>) -> Result<Owed, StoreError> {
    Ok(Owed {
        application: row.int(0)?,
        letter: row.parsed(1, Letter::parse)?,
        sequence: row.small(2)?,
    })
}

fn line(row: &Row<'_>) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.int(0)?,
        application: row.int(1)?,
        receipt: row.text(2)?,
        letter: row.parsed(3, Letter::parse)?,
        state: row.parsed(4, State::parse)?,
        written_at: row.instant(5)?,
        sent_at: row.opt_instant(6)?,
    })
}

pub(super) fn of_application(
    tx: &mut Tx<'_>,
    office: i64,
    application: i64,
) -> Result<Vec<Line>, Error> {
    Ok(tx.all(
        sql!(
            "select l.id, l.application, a.receipt, l.letter, l.state, l.written_at, l.sent_at
             from letters l join applications a on a.id = l.application
             where l.application = $1 and l.office = $2 order by l.id desc"
        ),
        params![application, office],
        line,
    )?)
}

pub(super) fn newest(tx: &mut Tx<'_>, office: i64, at_most: u16) -> Result<Vec<Line>, Error> {
    Ok(tx.all(
        sql!(
            "select l.id, l.application, a.receipt, l.letter, l.state, l.written_at, l.sent_at
             from letters l join applications a on a.id = l.application
             where l.office = $1 order by l.id desc limit cast($2 as bigint)"
        ),
        params![office, at_most],
        line,
    )?)
}

/// Letters that have not reached anybody: refused for good, waiting for a hand to pass them on,
/// or in the line since before `since`; the newest first.
pub(super) fn failing(tx: &mut Tx<'_>, office: i64, since: Timestamp) -> Result<Vec<Line>, Error> {
    Ok(tx.all(
        sql!(
            "select l.id, l.application, a.receipt, l.letter, l.state, l.written_at, l.sent_at
             from letters l join applications a on a.id = l.application
             where l.office = $1 and l.sent_at is null
               and (l.state in ('undeliverable', 'by_hand')
                    or (l.state = 'queued' and l.written_at <= $2))
             order by l.written_at desc, l.id desc limit 200"
        ),
        params![office, since],
        line,
    )?)
}
