//! What the store knows of rooms, of who may come into them, and of the nodes that hold their
//! sockets.

use jiff::Timestamp;
use rules::session::device_check::DeviceCheck;
use rules::session::room::{NodeId, Room, SeatRole};
use rules::session::{Channel, Quality};
use serde_json::{Value, json};

use super::{Kept, Participant, RoomKey};
use crate::error::Error;
use crate::secrets::Token;
use crate::store::{Tx, params, sql};
use crate::terms::trial::Moment;

/// The room of a slot; none before anybody came.
pub(super) fn room(tx: &mut Tx<'_>, key: RoomKey) -> Result<Option<Kept>, Error> {
    let kept = tx.one(
        sql!("select version, state from rooms where application = $1 and start_at = $2"),
        params![key.application, key.start],
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?;
    match kept {
        Some((version, state)) => {
            let room = serde_json::from_str(&state).map_err(anyhow::Error::from)?;
            Ok(Some(Kept { version, room }))
        }
        None => Ok(None),
    }
}

pub(super) fn save(tx: &mut Tx<'_>, office: i64, key: RoomKey, kept: &Kept) -> Result<(), Error> {
    let state = serde_json::to_string(&kept.room).map_err(anyhow::Error::from)?;
    tx.execute(
        sql!(
            "insert into rooms (application, start_at, office, version, state, quality)
             values ($1, $2, $3, $4, $5, '{}')
             on conflict (application, start_at) do update
             set version = excluded.version, state = excluded.state"
        ),
        params![key.application, key.start, office, kept.version, state],
    )?;
    Ok(())
}

pub(super) fn note_second_use(tx: &mut Tx<'_>, key: RoomKey, at: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("update rooms set second_use_at = $3 where application = $1 and start_at = $2"),
        params![key.application, key.start, at],
    )?;
    Ok(())
}

/// Puts a room in place of the one of that slot, without what was measured and noted in it.
pub(super) fn renew(tx: &mut Tx<'_>, key: RoomKey, kept: &Kept) -> Result<(), Error> {
    let state = serde_json::to_string(&kept.room).map_err(anyhow::Error::from)?;
    tx.execute(
        sql!(
            "update rooms set version = $3, state = $4, quality = '{}', second_use_at = null,
                              shown_to = null
             where application = $1 and start_at = $2"
        ),
        params![key.application, key.start, kept.version, state],
    )?;
    Ok(())
}

/// The browser that was last shown how to join.
pub(super) fn shown_to(tx: &mut Tx<'_>, key: RoomKey) -> Result<Option<String>, Error> {
    let shown = tx.one(
        sql!("select shown_to from rooms where application = $1 and start_at = $2"),
        params![key.application, key.start],
        |row| row.opt_text(0),
    )?;
    Ok(shown.flatten())
}

pub(super) fn note_shown(
    tx: &mut Tx<'_>,
    office: i64,
    key: RoomKey,
    browser: &str,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into rooms (application, start_at, office, version, state, quality, shown_to)
             values ($1, $2, $3, 0, '{}', '{}', $4)
             on conflict (application, start_at) do update set shown_to = excluded.shown_to"
        ),
        params![key.application, key.start, office, browser],
    )?;
    Ok(())
}

/// Of the rooms whose slots start within this time.
pub(super) fn second_uses(
    tx: &mut Tx<'_>,
    office: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(i64, Timestamp)>, Error> {
    Ok(tx.all(
        sql!(
            "select application, second_use_at from rooms
             where office = $1 and start_at >= $2 and start_at < $3 and second_use_at is not null"
        ),
        params![office, from, until],
        |row| Ok((row.int(0)?, row.instant(1)?)),
    )?)
}

pub(super) fn quality(tx: &mut Tx<'_>, key: RoomKey) -> Result<Option<Quality>, Error> {
    let kept = tx.one(
        sql!("select quality from rooms where application = $1 and start_at = $2"),
        params![key.application, key.start],
        |row| row.text(0),
    )?;
    let read = |text: String| serde_json::from_str(&text).map_err(anyhow::Error::from);
    Ok(kept.filter(|text| text != "{}").map(read).transpose()?)
}

pub(super) fn save_quality(tx: &mut Tx<'_>, key: RoomKey, quality: &Quality) -> Result<(), Error> {
    let quality = serde_json::to_string(quality).map_err(anyhow::Error::from)?;
    tx.execute(
        sql!("update rooms set quality = $3 where application = $1 and start_at = $2"),
        params![key.application, key.start, quality],
    )?;
    Ok(())
}

pub(super) fn channel(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<Channel>, Error> {
    let found = tx.one(
        sql!("select channel from appointments where application = $1 and office = $2"),
        params![application, office],
        |row| row.opt_text(0),
    )?;
    let code = found.ok_or(Error::Missing)?;
    Ok(code.as_deref().and_then(Channel::parse))
}

pub(super) fn set_channel(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
    channel: Channel,
) -> Result<(), Error> {
    let changed = tx.execute(
        sql!("update appointments set channel = $3 where application = $1 and office = $2"),
        params![application, office, channel.code()],
    )?;
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub(super) fn insert_participant(
    tx: &mut Tx<'_>,
    application: i64,
    role: SeatRole,
    (link, sealed): (&Token, Vec<u8>),
    (staff, now): (i64, Timestamp),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into participants (application, role, token_digest, sealed, made_by, made_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![application, role.code(), link.digest().as_str(), sealed, staff, now],
    )?;
    Ok(())
}

/// Those who were asked along to a session of this office and whose links still work.
pub(super) fn participants(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Vec<(Participant, Vec<u8>)>, Error> {
    Ok(tx.all(
        sql!(
            "select g.id, g.application, g.role, a.office, g.sealed
             from participants g join applications a on a.id = g.application
             where g.application = $1 and a.office = $2 and g.ended_at is null order by g.id"
        ),
        params![application, office],
        |row| Ok((participant(row)?, row.bytes(4)?)),
    )?)
}

/// Everybody who was ever asked along, as it is told.
pub(super) fn every_participant(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Vec<Value>, Error> {
    Ok(tx.all(
        sql!(
            "select g.role, s.name, g.made_at, g.ended_at
             from participants g
             join applications a on a.id = g.application
             join staff s on s.id = g.made_by
             where g.application = $1 and a.office = $2 order by g.id"
        ),
        params![application, office],
        |row| {
            Ok(json!({
                "role": row.parsed(0, SeatRole::parse)?.code(),
                "staff": row.text(1)?,
                "at": Moment::from(row.instant(2)?),
                "ended_at": row.opt_instant(3)?.map(Moment::from),
            }))
        },
    )?)
}

pub(super) fn participant_by_link(
    tx: &mut Tx<'_>,
    link: &Token,
) -> Result<Option<Participant>, Error> {
    Ok(tx.one(
        sql!(
            "select g.id, g.application, g.role, a.office
             from participants g join applications a on a.id = g.application
             where g.token_digest = $1 and g.ended_at is null"
        ),
        params![link.digest().as_str()],
        participant,
    )?)
}

fn participant(row: &crate::store::Row<'_>) -> Result<Participant, crate::store::StoreError> {
    Ok(Participant {
        id: row.int(0)?,
        application: row.int(1)?,
        role: row.parsed(2, SeatRole::parse)?,
        office: row.int(3)?,
    })
}

pub(super) fn end_participant(
    tx: &mut Tx<'_>,
    (id, application, office): (i64, i64, i64),
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "update participants set ended_at = $4
             where id = $1 and application = $2 and ended_at is null
               and exists (select 1 from applications a where a.id = $2 and a.office = $3)"
        ),
        params![id, application, office, now],
    )?)
}

/// Notes that a node lives. Answers those that were not heard of since `silent_since`, which are
/// forgotten with this, and whether this one was known before.
pub(super) fn beat(
    tx: &mut Tx<'_>,
    node: NodeId,
    now: Timestamp,
    silent_since: Timestamp,
) -> Result<(Vec<NodeId>, bool), Error> {
    let own = format!("{:016x}", node.0);
    let known =
        tx.one(sql!("select seen_at from nodes where node = $1"), params![own.as_str()], |row| {
            row.int(0)
        })?;
    tx.execute(
        sql!(
            "insert into nodes (node, seen_at) values ($1, $2)
             on conflict (node) do update set seen_at = excluded.seen_at"
        ),
        params![own.as_str(), now],
    )?;
    let lost = tx.all(
        sql!("select node from nodes where seen_at < $1 and node <> $2"),
        params![silent_since, own.as_str()],
        |row| row.text(0),
    )?;
    for node in &lost {
        tx.execute(sql!("delete from nodes where node = $1"), params![node.as_str()])?;
    }
    let lost = lost.iter().filter_map(|node| u64::from_str_radix(node, 16).ok()).map(NodeId);
    Ok((lost.collect(), known.is_some()))
}

pub(super) fn last_sign_of_life(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Error> {
    let seen =
        tx.one(sql!("select max(seen_at) from nodes"), params![], |row| row.opt_instant(0))?;
    Ok(seen.flatten())
}

/// The rooms of the sessions of an office that start in `from..until`, each at its present time.
pub(super) fn present_rooms(
    tx: &mut Tx<'_>,
    office: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, Room)>, Error> {
    let rows = tx.all(
        sql!(
            "select r.application, r.state
             from appointments p
             join rooms r on r.application = p.application and r.start_at = p.start_at
             where p.office = $1 and p.start_at >= $2 and p.start_at < $3"
        ),
        params![office, from, until],
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?;
    let read = |(application, state): (i64, String)| {
        let room = serde_json::from_str(&state).map_err(anyhow::Error::from)?;
        Ok((application, room))
    };
    rows.into_iter().map(read).collect()
}

/// Rooms from this instant on, with their offices: where a lost node's sockets may be.
pub(super) fn rooms_since(
    tx: &mut Tx<'_>,
    start: Timestamp,
) -> Result<Vec<(RoomKey, i64, Kept)>, Error> {
    let rows = tx.all(
        sql!(
            "select application, start_at, office, version, state from rooms
             where start_at >= $1 order by application, start_at"
        ),
        params![start],
        |row| {
            let key = RoomKey { application: row.int(0)?, start: row.instant(1)? };
            Ok((key, row.int(2)?, row.int(3)?, row.text(4)?))
        },
    )?;
    let read = |(key, office, version, state): (RoomKey, i64, i64, String)| {
        let room = serde_json::from_str(&state).map_err(anyhow::Error::from)?;
        Ok((key, office, Kept { version, room }))
    };
    rows.into_iter().map(read).collect()
}

pub(super) fn upsert_device_check(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
    check: &DeviceCheck,
) -> Result<(), Error> {
    let text = serde_json::to_string(check).map_err(anyhow::Error::from)?;
    tx.execute(
        sql!(
            "insert into device_checks (application, office, made_at, result)
             values ($1, $2, $3, $4)
             on conflict (application) do update
             set made_at = excluded.made_at, result = excluded.result"
        ),
        params![application, office, check.at, text],
    )?;
    Ok(())
}

pub(super) fn device_check(
    tx: &mut Tx<'_>,
    application: i64,
    office: i64,
) -> Result<Option<DeviceCheck>, Error> {
    let text = tx.one(
        sql!("select result from device_checks where application = $1 and office = $2"),
        params![application, office],
        |row| row.text(0),
    )?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose().map_err(anyhow::Error::from)?)
}

pub(super) fn purge_rooms(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("delete from rooms where start_at < $1"), params![before])?;
    Ok(())
}
