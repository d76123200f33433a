//! Records whose period is over: listed, approved by another, deleted, certified.

mod again;
mod batches;
mod gone;
mod pages;

use rules::appointment::{Outcome, What};
use rules::records::retention::{Keeper, RecordClass, RetentionRefusal};
use service::error::{Error, Refusal};
use service::records::retention::{self, Batch, Item};
use service::store::{Sql, params};

use crate::cast::Applicant;
use crate::office::{Office, at};

const TEN: &str = "2026-11-24T10:00:00";
/// The first day on which a session of November 2026 may be deleted, after three years.
const SESSIONS_DUE: &str = "2030-04-01T09:00:00";

impl Office {
    /// A session that was held and is on record.
    fn held(&self, person: &Applicant, start: &str) -> i64 {
        let id = self.books(person, start);
        self.carries_out();
        self.clock(start);
        self.records(id, What::Arrived, start).expect("seen");
        let end = start.replace(":00:00", ":30:00");
        self.clock(&end);
        self.ends(id, Outcome::Held, [Some(start), Some(&end)]).expect("held");
        self.carries_out();
        id
    }

    fn lists(&self, class: RecordClass) -> Result<i64, Error> {
        let staff = self.staff.records_officer;
        self.tries(move |tx, at| retention::list(tx, at, class, staff))
    }

    fn approves_batch(&self, id: i64, staff: i64) -> Result<(), Error> {
        self.tries(move |tx, at| retention::approve(tx, at, (id, staff)))
    }

    /// Lists and approves what of a class is due, and carries it out.
    fn deletes(&self, class: RecordClass) -> Batch {
        let id = self.lists(class).expect("listed");
        self.approves_batch(id, self.staff.manager).expect("approved");
        self.carries_on();
        self.batch(id)
    }

    fn carries_on(&self) {
        while retention::carry_on(&self.app).expect("carried out") {}
    }

    fn batch(&self, id: i64) -> Batch {
        self.does(move |tx, at| retention::batch(tx, at, id))
    }

    fn items(&self, id: i64) -> Vec<Item> {
        self.does(move |tx, at| {
            let batch = retention::batch(tx, at, id)?;
            retention::items(tx, at, &batch)
        })
    }

    /// The receipts of a batch with what keeps each back.
    fn kept(&self, id: i64) -> Vec<(String, Option<Keeper>)> {
        let items = self.items(id).into_iter();
        items.map(|it| (it.name.expect("it is there"), it.keeper)).collect()
    }

    fn is_there(&self, id: i64) -> bool {
        const COUNT: Sql = Sql::unregistered("select count(*) from applications where id = $1");
        self.rows(COUNT, params![id].to_vec(), |row| row.int(0)) == [1]
    }

    /// A report that was taken out long ago.
    fn took_out(&self, when: &'static str) {
        const REPORT: Sql = Sql::unregistered(
            "insert into reports (office, staff, at, purpose, from_day, until_day, rows_by,
                 columns_by, format, is_public)
             values ($1, $2, $3, 'usage', '2019-11-01', '2019-11-30', 'day', 'outcome',
                 'csv-utf8', false)",
        );
        let manager = self.staff.manager;
        self.does(move |tx, context| {
            Ok(tx.execute(REPORT, params![context.office.id, manager, at(when)])?)
        });
    }
}

/// A batch of one report, for the tables of addresses.
pub(crate) fn lists_a_report(office: &Office) -> i64 {
    office.took_out("2019-12-01T09:00:00");
    office.lists(RecordClass::Report).expect("listed")
}

fn refused(refusal: RetentionRefusal) -> Refusal {
    Refusal::Retention(refusal)
}
