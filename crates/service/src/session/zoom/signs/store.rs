//! What the store knows of signs.

use jiff::Timestamp;
use rules::session::zoom::{Happening, Sighting, Who};

use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// A sign as it came, to be kept before Zoom is answered.
pub(in crate::session::zoom) struct NewSign {
    pub(in crate::session::zoom) key: String,
    pub(in crate::session::zoom) meeting: i64,
    pub(in crate::session::zoom) what: Happening,
    pub(in crate::session::zoom) at: Timestamp,
    pub(in crate::session::zoom) person: String,
    pub(in crate::session::zoom) zoom_id: Option<String>,
    /// Whether that is the host of the meeting.
    pub(in crate::session::zoom) is_host: bool,
    pub(in crate::session::zoom) registrant: Option<String>,
    pub(in crate::session::zoom) sealed_name: Option<Vec<u8>>,
}

pub(super) fn insert(tx: &mut Tx<'_>, sign: &NewSign, now: Timestamp) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "insert into zoom_signs (sign_key, meeting, what, at, person, zoom_id, is_host,
                 registrant, sealed_name, received_at, due_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
             on conflict do nothing"
        ),
        params![
            sign.key.as_str(),
            sign.meeting,
            sign.what.code(),
            sign.at,
            sign.person.as_str(),
            sign.zoom_id.as_deref(),
            sign.is_host,
            sign.registrant.as_deref(),
            sign.sealed_name.clone(),
            now
        ],
    )?)
}

/// A sign that was not read yet.
pub(super) struct Unread {
    pub(super) id: i64,
    pub(super) key: String,
    pub(super) meeting: i64,
    pub(super) what: Happening,
    pub(super) zoom_id: Option<String>,
    pub(super) is_host: bool,
    pub(super) registrant: Option<String>,
    pub(super) sealed_name: Option<Vec<u8>>,
    pub(super) received_at: Timestamp,
}

fn unread_sign(row: &Row<'_>) -> Result<Unread, StoreError> {
    Ok(Unread {
        id: row.int(0)?,
        key: row.text(1)?,
        meeting: row.int(2)?,
        what: row.parsed(3, Happening::parse)?,
        zoom_id: row.opt_text(4)?,
        is_host: row.bool(5)?,
        registrant: row.opt_text(6)?,
        sealed_name: row.opt_bytes(7)?,
        received_at: row.instant(8)?,
    })
}

pub(super) fn unread(tx: &mut Tx<'_>, now: Timestamp, at_most: u16) -> Result<Vec<Unread>, Error> {
    Ok(tx.all(
        sql!(
            "select id, sign_key, meeting, what, zoom_id, is_host, registrant, sealed_name,
                    received_at
             from zoom_signs where due_at <= $1 order by due_at, id limit cast($2 as bigint)"
        ),
        params![now, at_most],
        unread_sign,
    )?)
}

pub(super) fn unread_of(
    tx: &mut Tx<'_>,
    meeting: i64,
    now: Timestamp,
) -> Result<Vec<Unread>, Error> {
    Ok(tx.all(
        sql!(
            "select id, sign_key, meeting, what, zoom_id, is_host, registrant, sealed_name,
                    received_at
             from zoom_signs where meeting = $1 and due_at <= $2 order by id"
        ),
        params![meeting, now],
        unread_sign,
    )?)
}

/// The end of reading a sign: the name, and who it is with Zoom, are gone.
pub(super) fn note_read(tx: &mut Tx<'_>, id: i64, application: i64, who: Who) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update zoom_signs
             set due_at = null, sealed_name = null, zoom_id = null, registrant = null,
                 application = $2, who = $3
             where id = $1"
        ),
        params![id, application, who.code()],
    )?;
    Ok(())
}

pub(super) fn read_later(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("update zoom_signs set due_at = $2 where id = $1"), params![id, at])?;
    Ok(())
}

pub(super) fn forget(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.execute(sql!("delete from zoom_signs where id = $1"), params![id])?;
    Ok(())
}

fn sighting(row: &Row<'_>, from: usize) -> Result<Sighting, StoreError> {
    Ok(Sighting {
        at: row.instant(from)?,
        what: row.parsed(from + 1, Happening::parse)?,
        who: row.parsed(from + 2, Who::parse)?,
        person: row.text(from + 3)?,
    })
}

/// What was seen of the meetings of a session after an instant.
pub(in crate::session::zoom) fn sightings(
    tx: &mut Tx<'_>,
    application: i64,
    after: Timestamp,
) -> Result<Vec<Sighting>, Error> {
    Ok(tx.all(
        sql!(
            "select at, what, who, person from zoom_signs
             where application = $1 and who is not null and at > $2 order by at, id"
        ),
        params![application, after],
        |row| sighting(row, 0),
    )?)
}

/// What was seen of the sessions that start in `from..until`, from so many milliseconds before each
/// on.
pub(super) fn sightings_of_day(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
    before: i64,
) -> Result<Vec<(i64, Sighting)>, Error> {
    Ok(tx.all(
        sql!(
            "select z.application, z.at, z.what, z.who, z.person
             from zoom_signs z join appointments p on p.application = z.application
             where p.office = $1 and p.start_at >= $2 and p.start_at < $3
               and z.who is not null and z.at >= p.start_at - $4"
        ),
        params![office, from, until, before],
        |row| Ok((row.int(0)?, sighting(row, 1)?)),
    )?)
}

/// When Zoom last told something.
pub(in crate::session::zoom) fn last_told(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Error> {
    let last = tx.one(sql!("select max(received_at) from zoom_signs"), params![], |row| {
        row.opt_instant(0)
    })?;
    Ok(last.flatten())
}

/// Forgets signs of before an instant.
pub(in crate::session::zoom) fn purge(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("delete from zoom_signs where received_at < $1"), params![before])?;
    Ok(())
}
