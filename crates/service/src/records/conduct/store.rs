//! What the store knows of conduct.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::records::objection::Against;
use rules::terms::Clause;
use rules::terms::application::Declining;
use rules::terms::prohibitions::{Incident, Prohibited};

use super::{Decision, open};
use crate::app::Context;
use crate::application::Marks;
use crate::error::Error;
use crate::store::{Row, StoreError, Tx, params, sql};

/// An incident about to be recorded.
pub(super) struct NewIncident<'a> {
    pub(super) application: i64,
    pub(super) incident: &'a Incident,
    pub(super) ended_it: bool,
    pub(super) reporter: i64,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn insert_incident(
    tx: &mut Tx<'_>,
    context: &Context,
    row: NewIncident<'_>,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into incidents (office, application, item, clause, at, recorded_at, reporter,
                 ended_it, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id"
        ),
        params![
            context.office.id,
            row.application,
            row.incident.item.clause(),
            row.incident.clause.map(|clause| clause.to_string()),
            row.incident.at,
            context.now,
            row.reporter,
            row.ended_it,
            row.sealed
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// The application of an incident of this office.
pub(super) fn incident_in(
    tx: &mut Tx<'_>,
    office: i64,
    incident: i64,
) -> Result<Option<i64>, Error> {
    Ok(tx.one(
        sql!("select application from incidents where id = $1 and office = $2"),
        params![incident, office],
        |row| row.int(0),
    )?)
}

pub(super) fn insert_decision(
    tx: &mut Tx<'_>,
    incident: i64,
    breach: bool,
    (officer, now): (i64, Timestamp),
    sealed: Vec<u8>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into incident_decisions (incident, breach, officer, decided_at, sealed)
             values ($1, $2, $3, $4, $5)"
        ),
        params![incident, breach, officer, now, sealed],
    )?;
    Ok(())
}

pub(super) fn last_decision(tx: &mut Tx<'_>, incident: i64) -> Result<Option<bool>, Error> {
    Ok(tx.one(
        sql!("select breach from incident_decisions where incident = $1 order by id desc limit 1"),
        params![incident],
        |row| row.bool(0),
    )?)
}

/// A decision as it is stored.
pub(super) struct DecisionRow {
    pub(super) plain: Decision,
    pub(super) at: Timestamp,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn decisions(tx: &mut Tx<'_>, incident: i64) -> Result<Vec<DecisionRow>, Error> {
    Ok(tx.all(
        sql!(
            "select d.breach, s.name, d.decided_at, d.sealed from incident_decisions d
             join staff s on s.id = d.officer where d.incident = $1 order by d.id"
        ),
        params![incident],
        |row| {
            let at = row.instant(2)?;
            let (breach, officer) = (row.bool(0)?, row.text(1)?);
            let plain = Decision { breach, officer, at, reason: String::new() };
            Ok(DecisionRow { plain, at, sealed: row.bytes(3)? })
        },
    )?)
}

/// An incident as it is stored.
pub(super) struct IncidentRow {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) receipt: String,
    pub(super) item: Prohibited,
    pub(super) clause: Option<Clause>,
    pub(super) at: Timestamp,
    pub(super) recorded_at: Timestamp,
    pub(super) reporter: String,
    pub(super) ended_it: bool,
    pub(super) sealed: Vec<u8>,
}

/// The incidents of one number, or of the office; the last one first.
pub(super) fn incidents(
    tx: &mut Tx<'_>,
    office: i64,
    number: Option<&str>,
) -> Result<Vec<IncidentRow>, Error> {
    Ok(tx.all(
        sql!(
            "select i.id, i.application, a.receipt, i.item, i.clause, i.at, i.recorded_at, s.name,
                    i.ended_it, i.sealed
             from incidents i join applications a on a.id = i.application
             join staff s on s.id = i.reporter
             where i.office = $1 and (cast($2 as text) is null or a.number_digest = $2)
             order by i.recorded_at desc, i.id desc"
        ),
        params![office, number],
        |row| {
            Ok(IncidentRow {
                id: row.int(0)?,
                application: row.int(1)?,
                receipt: row.text(2)?,
                item: row.parsed(3, Prohibited::parse)?,
                clause: row.opt_parsed(4, Clause::parse)?,
                at: row.instant(5)?,
                recorded_at: row.instant(6)?,
                reporter: row.text(7)?,
                ended_it: row.bool(8)?,
                sealed: row.bytes(9)?,
            })
        },
    )?)
}

pub(super) fn insert_declining(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (marks, days, deemed): (&Marks, Declining, usize),
    (officer, sealed): (i64, Vec<u8>),
) -> Result<i64, Error> {
    let deemed = i64::try_from(deemed).unwrap_or(i64::MAX);
    let id = tx.one(
        sql!(
            "insert into use_declinings (office, application, number_digest, from_day, review_day,
                 deemed, officer, decided_at, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id"
        ),
        params![
            context.office.id,
            application,
            marks.number.as_str(),
            days.from,
            days.review,
            deemed,
            officer,
            context.now,
            sealed
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// How something was lifted.
pub(super) struct Lifted {
    at: Timestamp,
    officer: String,
    sealed: Vec<u8>,
}

impl Lifted {
    fn of(row: &Row<'_>, first: usize) -> Result<Option<Self>, StoreError> {
        let parts = (row.opt_instant(first)?, row.opt_text(first + 1)?, row.opt_bytes(first + 2)?);
        Ok(match parts {
            (Some(at), Some(officer), Some(sealed)) => Some(Self { at, officer, sealed }),
            _ => None,
        })
    }

    pub(super) fn opened(
        self,
        context: &Context,
        place: &str,
    ) -> Result<(Timestamp, String, String), Error> {
        Ok((self.at, self.officer, open(context, place, &self.sealed)?))
    }
}

/// A decision to decline as it is stored.
pub(super) struct DecliningRow {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) receipt: String,
    pub(super) number: String,
    pub(super) days: Declining,
    pub(super) deemed: u16,
    pub(super) officer: String,
    pub(super) officer_id: i64,
    pub(super) decided_at: Timestamp,
    pub(super) sealed: Vec<u8>,
    pub(super) lifted: Option<Lifted>,
}

fn declining(row: &Row<'_>) -> Result<DecliningRow, StoreError> {
    Ok(DecliningRow {
        id: row.int(0)?,
        application: row.int(1)?,
        receipt: row.text(2)?,
        number: row.text(3)?,
        days: Declining { from: row.date(4)?, review: row.date(5)? },
        deemed: row.small(6)?,
        officer: row.text(7)?,
        officer_id: row.int(8)?,
        decided_at: row.instant(9)?,
        sealed: row.bytes(10)?,
        lifted: Lifted::of(row, 11)?,
    })
}

/// The decisions about one number, or of the office; the last one first.
pub(super) fn declinings(
    tx: &mut Tx<'_>,
    office: i64,
    number: Option<&str>,
) -> Result<Vec<DecliningRow>, Error> {
    Ok(tx.all(
        sql!(
            "select d.id, d.application, a.receipt, d.number_digest, d.from_day, d.review_day,
                    d.deemed, s.name, d.officer, d.decided_at, d.sealed, d.lifted_at, l.name,
                    d.sealed_lift
             from use_declinings d join applications a on a.id = d.application
             join staff s on s.id = d.officer left join staff l on l.id = d.lifted_by
             where d.office = $1 and (cast($2 as text) is null or d.number_digest = $2)
             order by d.id desc"
        ),
        params![office, number],
        declining,
    )?)
}

/// An ending about to be decided.
pub(super) struct NewEnding<'a> {
    pub(super) application: i64,
    pub(super) marks: &'a Marks,
    pub(super) incident: i64,
    pub(super) clause: String,
    pub(super) review: Date,
    pub(super) tells: bool,
    pub(super) officer: i64,
    pub(super) holds: bool,
    pub(super) sealed: Vec<u8>,
}

pub(super) fn insert_ending(
    tx: &mut Tx<'_>,
    context: &Context,
    row: NewEnding<'_>,
) -> Result<i64, Error> {
    let id = tx.one(
        sql!(
            "insert into use_endings (office, application, incident, number_digest, name_digest,
                 clause, review_day, tells, officer, decided_at, confirmed_at, sealed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id"
        ),
        params![
            context.office.id,
            row.application,
            row.incident,
            row.marks.number.as_str(),
            row.marks.name.as_str(),
            row.clause,
            row.review,
            row.tells,
            row.officer,
            context.now,
            row.holds.then_some(context.now),
            row.sealed
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// Whether there was one to confirm.
pub(super) fn confirm_ending(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    officer: i64,
) -> Result<bool, Error> {
    let confirmed = tx.execute(
        sql!(
            "update use_endings set confirmed_at = $3, confirmed_by = $4
             where id = $1 and office = $2 and confirmed_at is null and lifted_at is null"
        ),
        params![id, context.office.id, context.now, officer],
    )?;
    Ok(confirmed == 1)
}

/// The name digests of those with this number whose use is ended.
pub(super) fn endings_in_force(
    tx: &mut Tx<'_>,
    office: i64,
    number: &str,
) -> Result<Vec<String>, Error> {
    Ok(tx.all(
        sql!(
            "select name_digest from use_endings where office = $1 and number_digest = $2
               and confirmed_at is not null and lifted_at is null"
        ),
        params![office, number],
        |row| row.text(0),
    )?)
}

/// An ending as it is stored.
pub(super) struct EndingRow {
    pub(super) id: i64,
    pub(super) application: i64,
    pub(super) receipt: String,
    pub(super) incident: i64,
    pub(super) name_digest: String,
    pub(super) clause: String,
    pub(super) review: Date,
    pub(super) tells: bool,
    pub(super) officer: String,
    pub(super) officer_id: i64,
    pub(super) decided_at: Timestamp,
    pub(super) confirmed: Option<(Timestamp, Option<String>)>,
    pub(super) sealed: Vec<u8>,
    pub(super) lifted: Option<Lifted>,
}

/// The endings of one number, or of the office; the last one first.
pub(super) fn endings(
    tx: &mut Tx<'_>,
    office: i64,
    number: Option<&str>,
) -> Result<Vec<EndingRow>, Error> {
    Ok(tx.all(
        sql!(
            "select e.id, e.application, a.receipt, e.incident, e.name_digest, e.clause,
                    e.review_day, e.tells, s.name, e.officer, e.decided_at, e.confirmed_at, c.name,
                    e.sealed, e.lifted_at, l.name, e.sealed_lift
             from use_endings e join applications a on a.id = e.application
             join staff s on s.id = e.officer left join staff c on c.id = e.confirmed_by
             left join staff l on l.id = e.lifted_by
             where e.office = $1 and (cast($2 as text) is null or e.number_digest = $2)
             order by e.id desc"
        ),
        params![office, number],
        |row| {
            let second = row.opt_text(12)?;
            Ok(EndingRow {
                id: row.int(0)?,
                application: row.int(1)?,
                receipt: row.text(2)?,
                incident: row.int(3)?,
                name_digest: row.text(4)?,
                clause: row.text(5)?,
                review: row.date(6)?,
                tells: row.bool(7)?,
                officer: row.text(8)?,
                officer_id: row.int(9)?,
                decided_at: row.instant(10)?,
                confirmed: row.opt_instant(11)?.map(|at| (at, second)),
                sealed: row.bytes(13)?,
                lifted: Lifted::of(row, 14)?,
            })
        },
    )?)
}

/// Whether there was one to lift.
pub(super) fn lift(
    tx: &mut Tx<'_>,
    context: &Context,
    (what, id): (Against, i64),
    (officer, sealed): (i64, Vec<u8>),
) -> Result<bool, Error> {
    let statement = match what {
        Against::Declining => sql!(
            "update use_declinings set lifted_at = $3, lifted_by = $4, sealed_lift = $5
             where id = $1 and office = $2 and lifted_at is null"
        ),
        Against::Ending => sql!(
            "update use_endings set lifted_at = $3, lifted_by = $4, sealed_lift = $5
             where id = $1 and office = $2 and lifted_at is null"
        ),
    };
    let by = params![id, context.office.id, context.now, officer, sealed];
    Ok(tx.execute(statement, by)? == 1)
}
