//! What the store knows of counsellors, their leave, and who holds which five minutes.

use std::collections::HashMap;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rules::people::Language;
use rules::schedule::{Counsellor, GroupWords, Leave, Slot};

use super::desk::Booking;
use super::groups::Holder;
use super::{CounsellorChange, LeaveLine, NamedCounsellor, NewCounsellor, Served};
use crate::error::Error;
use crate::store::{StoreError, Tx, params, sql};

pub(super) fn counsellors(tx: &mut Tx<'_>, office: i64) -> Result<Vec<NamedCounsellor>, Error> {
    let every = every_counsellor(tx, office)?;
    Ok(every.into_iter().filter(|(_, active)| *active).map(|(named, _)| named).collect())
}

/// Every counsellor who serves an office, at home or from elsewhere, and whether they take new
/// sessions.
pub(super) fn every_counsellor(
    tx: &mut Tx<'_>,
    office: i64,
) -> Result<Vec<(NamedCounsellor, bool)>, Error> {
    let mut leave = leave(tx, office)?;
    let rows = tx.all(
        sql!(
            "select c.id, c.name, c.hours, c.skills, c.active, c.staff, c.office
             from counsellors c
             where (c.office = $1 or exists (
                 select 1 from counsellor_offices o
                 where o.counsellor = c.id and o.office = $1))
             order by c.id"
        ),
        params![office],
        |row| {
            let told = (row.text(1)?, row.text(2)?, row.text(3)?);
            Ok((row.int(0)?, told, row.bool(4)?, (row.opt_int(5)?, row.int(6)?)))
        },
    )?;
    rows.into_iter()
        .map(|(id, (name, hours, skills), active, (staff, home))| {
            let rule = Counsellor {
                id,
                hours: read_json(&hours)?,
                leave: leave.remove(&id).unwrap_or_default(),
                skills: read_json(&skills)?,
            };
            Ok((NamedCounsellor { rule, name, staff, home }, active))
        })
        .collect()
}

/// What the cells are given to of those who serve an office: counsellor, cell, and for whom. Of
/// another office's booking only its time is told.
pub(super) fn bookings(
    tx: &mut Tx<'_>,
    office: i64,
    cells: Range<i64>,
) -> Result<Vec<(i64, i64, Booking)>, Error> {
    Ok(tx.all(
        sql!(
            "select c.id, h.cell, h.application, a.receipt, p.alias, p.start_at, p.minutes,
                    a.proposed_start, a.proposed_minutes, g.start_at, g.minutes, g.words,
                    coalesce(a.office, g.office)
             from counsellors c
             join holds h on h.resource = 'c' || cast(c.id as text)
             left join applications a on a.id = h.application
             left join appointments p on p.application = h.application
             left join group_sessions g on g.id = -h.application
             where (c.office = $1 or exists (
                 select 1 from counsellor_offices o
                 where o.counsellor = c.id and o.office = $1))
               and h.cell >= $2 and h.cell < $3
             order by c.id, h.cell"
        ),
        params![office, cells.start, cells.end],
        |row| {
            let alias = row.opt_text(4)?;
            let booked = match row.opt_instant(5)? {
                Some(start) => Some(Slot { start, minutes: row.small(6)? }),
                None => None,
            };
            let proposed = match row.opt_instant(7)? {
                Some(start) => Some(Slot { start, minutes: row.small(8)? }),
                None => None,
            };
            let of_group = match row.opt_instant(9)? {
                Some(start) => Some(Slot { start, minutes: row.small(10)? }),
                None => None,
            };
            let title = row.opt_text(11)?.map(|words| read_json::<GroupWords>(&words));
            let title =
                title.transpose()?.map(|words| words.told(Language::Japanese).title.clone());
            let is_elsewhere = row.opt_int(12)? != Some(office);
            let is_proposal = alias.is_none() && of_group.is_none();
            let label = match is_elsewhere {
                true => String::new(),
                false => alias.or(title).map_or_else(|| row.text(3), Ok)?,
            };
            let (holder, slot) = (Holder::of(row.int(2)?), booked.or(proposed).or(of_group));
            let booking = Booking { holder, label, slot, is_proposal, is_elsewhere };
            Ok((row.int(0)?, row.int(1)?, booking))
        },
    )?)
}

pub(super) fn insert_counsellor(
    tx: &mut Tx<'_>,
    office: i64,
    counsellor: &NewCounsellor,
) -> Result<i64, Error> {
    let hours = serde_json::to_string(&counsellor.hours).map_err(anyhow::Error::from)?;
    let skills = serde_json::to_string(&counsellor.skills).map_err(anyhow::Error::from)?;
    let id = tx.one(
        sql!(
            "insert into counsellors (office, name, staff, hours, skills, active)
             values ($1, $2, $3, $4, $5, $6) returning id"
        ),
        params![office, counsellor.name.as_str(), counsellor.staff, hours, skills, true],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn update_counsellor(
    tx: &mut Tx<'_>,
    (office, id): (i64, i64),
    change: &CounsellorChange,
) -> Result<u64, Error> {
    let hours = serde_json::to_string(&change.hours).map_err(anyhow::Error::from)?;
    let skills = serde_json::to_string(&change.skills).map_err(anyhow::Error::from)?;
    Ok(tx.execute(
        sql!(
            "update counsellors set name = $3, hours = $4, skills = $5, active = $6, staff = $7
             where id = $1 and office = $2"
        ),
        params![id, office, change.name.as_str(), hours, skills, change.active, change.staff],
    )?)
}

pub(super) fn leave_of(
    tx: &mut Tx<'_>,
    office: i64,
    counsellor: i64,
) -> Result<Vec<LeaveLine>, Error> {
    Ok(tx.all(
        sql!(
            "select l.id, l.from_time, l.to_time from leave l
             join counsellors c on c.id = l.counsellor
             where c.id = $1 and c.office = $2 order by l.from_time, l.id"
        ),
        params![counsellor, office],
        |row| {
            let civil = |text: &str| text.parse::<DateTime>().ok();
            let leave = Leave { from: row.parsed(1, civil)?, to: row.parsed(2, civil)? };
            Ok(LeaveLine { id: row.int(0)?, leave })
        },
    )?)
}

pub(super) fn insert_leave(
    tx: &mut Tx<'_>,
    office: i64,
    counsellor: i64,
    leave: Leave,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "insert into leave (counsellor, from_time, to_time)
             select id, cast($3 as text), cast($4 as text) from counsellors
             where id = $1 and office = $2"
        ),
        params![counsellor, office, leave.from.to_string(), leave.to.to_string()],
    )?)
}

pub(super) fn delete_leave(
    tx: &mut Tx<'_>,
    office: i64,
    counsellor: i64,
    leave: i64,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "delete from leave where id = $3 and counsellor = $1
               and counsellor in (select id from counsellors where office = $2)"
        ),
        params![counsellor, office, leave],
    )?)
}

fn leave(tx: &mut Tx<'_>, office: i64) -> Result<HashMap<i64, Vec<Leave>>, Error> {
    let rows = tx.all(
        sql!(
            "select l.counsellor, l.from_time, l.to_time from leave l
             join counsellors c on c.id = l.counsellor
             where c.office = $1 or exists (
                 select 1 from counsellor_offices o
                 where o.counsellor = c.id and o.office = $1)"
        ),
        params![office],
        |row| {
            let civil = |text: &str| text.parse::<DateTime>().ok();
            Ok((row.int(0)?, Leave { from: row.parsed(1, civil)?, to: row.parsed(2, civil)? }))
        },
    )?;
    let mut by_counsellor: HashMap<i64, Vec<Leave>> = HashMap::new();
    for (counsellor, away) in rows {
        by_counsellor.entry(counsellor).or_default().push(away);
    }
    Ok(by_counsellor)
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::fault(error.to_string()))
}

/// Which cells those who serve the office have given away, to whatever office.
pub(super) fn held(
    tx: &mut Tx<'_>,
    office: i64,
    cells: Range<i64>,
) -> Result<Vec<(i64, i64)>, Error> {
    Ok(tx.all(
        sql!(
            "select c.id, h.cell from counsellors c
             join holds h on h.resource = 'c' || cast(c.id as text)
             where (c.office = $1 or exists (
                 select 1 from counsellor_offices o
                 where o.counsellor = c.id and o.office = $1))
               and c.active and h.cell >= $2 and h.cell < $3"
        ),
        params![office, cells.start, cells.end],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?)
}

/// Takes each cell that is still free; answers how many were.
pub(super) fn hold(
    tx: &mut Tx<'_>,
    resource: &str,
    cells: Range<i64>,
    application: i64,
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "with recursive wanted(cell) as (
                 select cast($2 as bigint)
                 union all
                 select cell + 1 from wanted where cell + 1 < cast($3 as bigint)
             )
             insert into holds (resource, cell, application)
             select $1, cell, cast($4 as bigint) from wanted where true
             on conflict do nothing"
        ),
        params![resource, cells.start, cells.end, application],
    )?)
}

/// Keys of the hosts' places that other sessions have within these cells.
pub(super) fn host_keys_taken(
    tx: &mut Tx<'_>,
    application: i64,
    cells: Range<i64>,
) -> Result<Vec<String>, Error> {
    Ok(tx.all(
        sql!(
            "select distinct resource from holds
             where cell >= $1 and cell < $2 and application <> $3 and resource like 'z%'"
        ),
        params![cells.start, cells.end, application],
        |row| row.text(0),
    )?)
}

/// Gives back the hosts that an application has, and nothing else.
pub(super) fn release_hosts(tx: &mut Tx<'_>, application: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from holds where application = $1 and resource like 'z%'"),
        params![application],
    )?;
    Ok(())
}

/// Gives back what an application has of one thing.
pub(super) fn release_one(tx: &mut Tx<'_>, resource: &str, application: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from holds where application = $1 and resource = $2"),
        params![application, resource],
    )?;
    Ok(())
}

pub(super) fn release(tx: &mut Tx<'_>, application: i64) -> Result<(), Error> {
    tx.execute(sql!("delete from holds where application = $1"), params![application])?;
    Ok(())
}

/// The offices that a counsellor serves beside the own one.
pub(super) fn served_by(tx: &mut Tx<'_>, counsellor: i64) -> Result<Vec<Served>, Error> {
    Ok(tx.all(
        sql!(
            "select f.id, f.slug, f.name from counsellor_offices o
             join offices f on f.id = o.office
             where o.counsellor = $1 order by f.name, f.id"
        ),
        params![counsellor],
        |row| Ok(Served { office: row.int(0)?, slug: row.text(1)?, name: row.text(2)? }),
    )?)
}

pub(super) fn insert_served(
    tx: &mut Tx<'_>,
    (counsellor, office): (i64, i64),
    (officer, now): (i64, Timestamp),
) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!(
            "insert into counsellor_offices (counsellor, office, chosen_by, chosen_at)
             values ($1, $2, $3, $4) on conflict do nothing"
        ),
        params![counsellor, office, officer, now],
    )?)
}

pub(super) fn delete_served(tx: &mut Tx<'_>, counsellor: i64, office: i64) -> Result<(), Error> {
    tx.execute(
        sql!("delete from counsellor_offices where counsellor = $1 and office = $2"),
        params![counsellor, office],
    )?;
    Ok(())
}

/// Whether an office has given away any of a resource's cells from this one on.
pub(super) fn holds_in(
    tx: &mut Tx<'_>,
    resource: &str,
    office: i64,
    from: i64,
) -> Result<bool, Error> {
    let found = tx.one(
        sql!(
            "select h.cell from holds h join applications a on a.id = h.application
             where h.resource = $1 and a.office = $2 and h.cell >= $3 limit 1"
        ),
        params![resource, office, from],
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}
