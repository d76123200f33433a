//! What the desk reads of an application beside what everybody reads.

use jiff::Timestamp;
use rules::terms::amendment::ConsentWay;
use rules::terms::eligibility::Condition;

use crate::error::Error;
use crate::store::{Tx, params, sql};

/// A decision on a condition of article 1, with the officer who made it.
#[derive(Clone, Debug)]
pub(super) struct DecisionLine {
    pub(super) condition: Condition,
    pub(super) met: bool,
    pub(super) officer: String,
    pub(super) at: Timestamp,
}

/// The decisions on an application, as they count now: the last one on each condition.
pub(super) fn decisions(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Vec<DecisionLine>, Error> {
    Ok(tx.all(
        sql!(
            "select d.condition, d.met, s.name, d.decided_at from condition_decisions d
             join applications a on a.id = d.application
             join staff s on s.id = d.officer
             where a.id = $1 and a.office = $2 and d.id in (
                 select max(id) from condition_decisions where application = $1
                 group by condition)"
        ),
        params![id, office],
        |row| {
            Ok(DecisionLine {
                condition: row.parsed(0, Condition::parse)?,
                met: row.bool(1)?,
                officer: row.text(2)?,
                at: row.instant(3)?,
            })
        },
    )?)
}

/// How an application came about.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// Who typed it, when the person did not.
    pub(super) entered_by: Option<String>,
    /// The last consent: version, way, time (article 11).
    pub(super) consent: Option<(String, ConsentWay, Timestamp)>,
}

/// Who entered an application, and to which terms the person consented last.
pub(super) fn origin(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Origin>, Error> {
    Ok(tx.one(
        sql!(
            "select s.name, c.version, c.way, c.at
             from applications a
             left join staff s on s.id = a.entered_by
             left join consents c on c.application = a.id
             where a.id = $1 and a.office = $2
             order by c.at desc, c.id desc limit 1"
        ),
        params![id, office],
        |row| {
            let consent = match (row.opt_text(1)?, row.opt_instant(3)?) {
                (Some(version), Some(at)) => Some((version, row.parsed(2, ConsentWay::parse)?, at)),
                _ => None,
            };
            Ok(Origin { entered_by: row.opt_text(0)?, consent })
        },
    )?)
}
