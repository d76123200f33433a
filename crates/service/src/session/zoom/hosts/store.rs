//! What the store knows of hosts and of what was spent for each.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{KeptHost, NewHost};
use crate::error::Error;
use crate::store::{Tx, params, sql};

pub(super) fn insert_host(
    tx: &mut Tx<'_>,
    office: i64,
    host: &NewHost,
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "insert into zoom_hosts (office, zoom_user, at_once, added_at) values ($1, $2, $3, $4)
             on conflict (zoom_user) do update
             set office = $1, at_once = $3, added_at = $4, ended_at = null, rests_until = null
             where zoom_hosts.ended_at is not null"
        ),
        params![office, host.zoom_user.as_str(), host.at_once, now],
    )?)
}

pub(super) fn end_host(tx: &mut Tx<'_>, zoom_user: &str, now: Timestamp) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!("update zoom_hosts set ended_at = $2 where zoom_user = $1 and ended_at is null"),
        params![zoom_user, now],
    )?)
}

pub(super) fn hosts(tx: &mut Tx<'_>, office: i64) -> Result<Vec<KeptHost>, Error> {
    Ok(tx.all(
        sql!(
            "select id, zoom_user, zoom_id, at_once, rests_until from zoom_hosts
             where office = $1 and ended_at is null order by id"
        ),
        params![office],
        |row| {
            Ok(KeptHost {
                id: row.int(0)?,
                zoom_user: row.text(1)?,
                zoom_id: row.opt_text(2)?,
                at_once: row.small(3)?,
                rests_until: row.opt_instant(4)?,
            })
        },
    )?)
}

/// Numbers that Zoom gives its users who hold sessions of an office.
pub(super) fn zoom_ids(tx: &mut Tx<'_>, office: i64) -> Result<Vec<String>, Error> {
    Ok(tx.all(
        sql!("select zoom_id from zoom_hosts where office = $1 and zoom_id is not null"),
        params![office],
        |row| row.text(0),
    )?)
}

/// Notes the number that Zoom gives a host.
pub(super) fn note_zoom_id(tx: &mut Tx<'_>, host: i64, zoom_id: &str) -> Result<(), Error> {
    tx.execute(sql!("update zoom_hosts set zoom_id = $2 where id = $1"), params![host, zoom_id])?;
    Ok(())
}

/// Leaves a host alone for a while.
pub(super) fn rest(tx: &mut Tx<'_>, host: i64, until: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("update zoom_hosts set rests_until = $2 where id = $1"), params![host, until])?;
    Ok(())
}

/// How many meetings were made or changed for a host on a day.
pub(super) fn spent(tx: &mut Tx<'_>, host: i64, day: &str) -> Result<u16, Error> {
    let spent = tx.one(
        sql!("select spent from zoom_spent where host = $1 and day = $2"),
        params![host, day],
        |row| row.small(0),
    )?;
    Ok(spent.unwrap_or_default())
}

/// How many meetings were made or changed on a day for each host of an office who had any.
pub(super) fn spent_by_all(
    tx: &mut Tx<'_>,
    office: i64,
    day: &str,
) -> Result<BTreeMap<i64, u16>, Error> {
    let rows = tx.all(
        sql!(
            "select s.host, s.spent from zoom_spent s join zoom_hosts h on h.id = s.host
             where h.office = $1 and s.day = $2"
        ),
        params![office, day],
        |row| Ok((row.int(0)?, row.small(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

pub(super) fn add_spent(tx: &mut Tx<'_>, host: i64, day: &str) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into zoom_spent (host, day, spent) values ($1, $2, 1)
             on conflict (host, day) do update set spent = zoom_spent.spent + 1"
        ),
        params![host, day],
    )?;
    Ok(())
}

pub(super) fn take_back(tx: &mut Tx<'_>, host: i64, day: &str) -> Result<(), Error> {
    tx.execute(
        sql!("update zoom_spent set spent = spent - 1 where host = $1 and day = $2 and spent > 0"),
        params![host, day],
    )?;
    Ok(())
}

/// Forgets the budgets of days before one.
pub(in crate::session::zoom) fn purge(tx: &mut Tx<'_>, day: &str) -> Result<(), Error> {
    tx.execute(sql!("delete from zoom_spent where day < $1"), params![day])?;
    Ok(())
}
