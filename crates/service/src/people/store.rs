//! What the store knows of offices, staff and their sessions.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::people::{Practice, Role};
use rules::schedule::{Calendar, HolidayName, Overrides};
use rules::terms::Editions;

use super::{Account, ClosedDay, Member, NewMember, NewOffice, Office};
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

pub(super) fn office(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Office>, Error> {
    Ok(tx.one(
        sql!(
            "select id, slug, name, telephone, address, court, practice from offices
             where slug = $1"
        ),
        params![slug],
        |row| {
            let practice = |text: &str| serde_json::from_str::<Practice>(text).ok();
            Ok(Office {
                id: row.int(0)?,
                slug: row.text(1)?,
                name: row.text(2)?,
                telephone: row.text(3)?,
                address: row.text(4)?,
                court: row.text(5)?,
                practice: row.parsed(6, practice)?,
                editions: Editions::default(),
                variants: Vec::new(),
                calendar: Calendar::default(),
                stops: Vec::new(),
            })
        },
    )?)
}

pub(super) fn slug(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>, Error> {
    Ok(tx.one(sql!("select slug from offices where id = $1"), params![id], |row| row.text(0))?)
}

pub(super) fn offices(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Error> {
    Ok(tx.all(sql!("select slug, name from offices order by name"), params![], |row| {
        Ok((row.text(0)?, row.text(1)?))
    })?)
}

pub(super) fn insert_office(
    tx: &mut Tx<'_>,
    office: &NewOffice,
    now: Timestamp,
) -> Result<i64, Error> {
    let practice = serde_json::to_string(&office.practice).map_err(anyhow::Error::from)?;
    let id = tx.one(
        sql!(
            "insert into offices (slug, name, telephone, address, court, practice, created_at)
             values ($1, $2, $3, $4, $5, $6, $7) returning id"
        ),
        params![
            office.slug.as_str(),
            office.name.as_str(),
            office.telephone.as_str(),
            office.address.as_str(),
            office.court.as_str(),
            practice,
            now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

pub(super) fn set_practice(tx: &mut Tx<'_>, office: i64, practice: &Practice) -> Result<(), Error> {
    let practice = serde_json::to_string(practice).map_err(anyhow::Error::from)?;
    tx.execute(sql!("update offices set practice = $1 where id = $2"), params![practice, office])?;
    Ok(())
}

pub(super) fn calendar(tx: &mut Tx<'_>, office: i64) -> Result<Calendar, Error> {
    let holidays: Vec<(Date, HolidayName)> =
        tx.all(sql!("select day, name from holidays"), params![], |row| {
            Ok((row.date(0)?, HolidayName::published(&row.text(1)?)))
        })?;
    let closed: BTreeSet<Date> = tx
        .all(sql!("select day from closed_days where office = $1"), params![office], |row| {
            row.date(0)
        })?
        .into_iter()
        .collect();
    Ok(Calendar { overrides: Overrides::from_rows(holidays), closed })
}

pub(super) fn replace_holidays(tx: &mut Tx<'_>, rows: &Overrides) -> Result<usize, Error> {
    tx.execute(sql!("delete from holidays"), params![])?;
    let mut count = 0;
    for (day, name) in rows.rows() {
        tx.execute(
            sql!("insert into holidays (day, name) values ($1, $2)"),
            params![day, name.japanese()],
        )?;
        count += 1;
    }
    Ok(count)
}

pub(super) fn closed_days(
    tx: &mut Tx<'_>,
    office: i64,
    from: Date,
) -> Result<Vec<ClosedDay>, Error> {
    Ok(tx.all(
        sql!("select day, note from closed_days where office = $1 and day >= $2 order by day"),
        params![office, from],
        |row| Ok(ClosedDay { day: row.date(0)?, note: row.text(1)? }),
    )?)
}

pub(super) fn close_day(tx: &mut Tx<'_>, office: i64, day: Date, note: &str) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into closed_days (office, day, note) values ($1, $2, $3)
             on conflict (office, day) do update set note = $3"
        ),
        params![office, day, note],
    )?;
    Ok(())
}

pub(super) fn open_day(tx: &mut Tx<'_>, office: i64, day: Date) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!("delete from closed_days where office = $1 and day = $2"),
        params![office, day],
    )?)
}

pub(super) fn insert_staff(
    tx: &mut Tx<'_>,
    member: &NewMember,
    password_hash: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into staff (office, login, name, role, password_hash, created_at)
             values ($1, $2, $3, $4, $5, $6) returning id"
        ),
        params![
            member.office,
            member.login.trim(),
            member.name.trim(),
            member.role.code(),
            password_hash,
            now
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// Whether an account has, or had, that login.
pub(super) fn is_taken(tx: &mut Tx<'_>, login: &str) -> Result<bool, Error> {
    let found =
        tx.one(sql!("select id from staff where login = $1"), params![login], |row| row.int(0))?;
    Ok(found.is_some())
}

/// Gives an account that is not disabled a new password hash; its number.
pub(super) fn set_password(
    tx: &mut Tx<'_>,
    login: &str,
    password_hash: &str,
) -> Result<Option<i64>, Error> {
    Ok(tx.one(
        sql!(
            "update staff set password_hash = $2 where login = $1 and disabled_at is null
             returning id"
        ),
        params![login, password_hash],
        |row| row.int(0),
    )?)
}

pub(super) fn delete_sessions_of(tx: &mut Tx<'_>, staff: i64) -> Result<(), Error> {
    tx.execute(sql!("delete from staff_sessions where staff = $1"), params![staff])?;
    Ok(())
}

/// The account of a login that is not disabled, and its password hash.
pub(super) fn login(tx: &mut Tx<'_>, login: &str) -> Result<Option<(Member, String)>, Error> {
    Ok(tx.one(
        sql!(
            "select s.id, s.office, o.slug, s.name, s.role, s.password_hash
             from staff s join offices o on o.id = s.office
             where s.login = $1 and s.disabled_at is null"
        ),
        params![login],
        |row| Ok((member(row)?, row.text(5)?)),
    )?)
}

fn member(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        id: row.int(0)?,
        office: row.int(1)?,
        office_slug: row.text(2)?,
        name: row.text(3)?,
        role: row.parsed(4, Role::parse)?,
    })
}

pub(super) fn disable(tx: &mut Tx<'_>, login: &str, now: Timestamp) -> Result<u64, Error> {
    Ok(tx.execute(
        sql!("update staff set disabled_at = $2 where login = $1 and disabled_at is null"),
        params![login, now],
    )?)
}

/// What a try is counted under: the login, or the beginning of a text that is none.
fn counted_as(login: &str) -> String {
    login.chars().take(100).collect()
}

pub(super) fn failures(tx: &mut Tx<'_>, login: &str, since: Timestamp) -> Result<i64, Error> {
    let count = tx.one(
        sql!("select count(*) from sign_in_failures where login = $1 and failed_at > $2"),
        params![counted_as(login), since],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or_default())
}

pub(super) fn record_failure(tx: &mut Tx<'_>, login: &str, now: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("insert into sign_in_failures (login, failed_at) values ($1, $2)"),
        params![counted_as(login), now],
    )?;
    Ok(())
}

pub(super) fn forget_failures(tx: &mut Tx<'_>, login: &str) -> Result<(), Error> {
    tx.execute(sql!("delete from sign_in_failures where login = $1"), params![counted_as(login)])?;
    Ok(())
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    token_digest: &str,
    staff: i64,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into staff_sessions (token_digest, staff, began_at, last_used_at)
             values ($1, $2, $3, $3)"
        ),
        params![token_digest, staff, now],
    )?;
    Ok(())
}

/// Who holds a session, when it began and when it was last used.
pub(super) fn session(
    tx: &mut Tx<'_>,
    token_digest: &str,
) -> Result<Option<(Member, Timestamp, Timestamp)>, Error> {
    Ok(tx.one(
        sql!(
            "select s.id, s.office, o.slug, s.name, s.role, e.began_at, e.last_used_at
             from staff_sessions e
             join staff s on s.id = e.staff
             join offices o on o.id = s.office
             where e.token_digest = $1 and s.disabled_at is null"
        ),
        params![token_digest],
        |row| Ok((member(row)?, row.instant(5)?, row.instant(6)?)),
    )?)
}

pub(super) fn touch_session(
    tx: &mut Tx<'_>,
    token_digest: &str,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!("update staff_sessions set last_used_at = $2 where token_digest = $1"),
        params![token_digest, now],
    )?;
    Ok(())
}

pub(super) fn delete_session(tx: &mut Tx<'_>, token_digest: &str) -> Result<(), Error> {
    tx.execute(sql!("delete from staff_sessions where token_digest = $1"), params![token_digest])?;
    Ok(())
}

pub(super) fn purge_sessions(
    tx: &mut Tx<'_>,
    began_before: Timestamp,
    failed_before: Timestamp,
) -> Result<(), Error> {
    tx.execute(sql!("delete from staff_sessions where began_at <= $1"), params![began_before])?;
    tx.execute(sql!("delete from sign_in_failures where failed_at <= $1"), params![failed_before])?;
    Ok(())
}

pub(super) fn renew_sessions(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    tx.execute(sql!("update staff_sessions set began_at = $1, last_used_at = $1"), params![now])?;
    Ok(())
}

pub(super) fn accounts(tx: &mut Tx<'_>, office: i64) -> Result<Vec<Account>, Error> {
    Ok(tx.all(
        sql!(
            "select id, name, role from staff
             where office = $1 and disabled_at is null order by name, id"
        ),
        params![office],
        |row| {
            let role = row.parsed(2, Role::parse)?;
            Ok(Account { id: row.int(0)?, name: row.text(1)?, role })
        },
    )?)
}

pub(super) fn staff_names(tx: &mut Tx<'_>, office: i64) -> Result<Vec<(i64, String)>, Error> {
    Ok(tx.all(
        sql!("select id, name from staff where office = $1 order by id"),
        params![office],
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?)
}
