//! What must be true of a store whatever was done to it. Each question answers what breaks the
//! rule, so it must answer nothing.

use std::collections::BTreeMap;

use service::application;
use service::store::{Row, STEPS, Sql, Value};

use crate::office::Office;

const RULES: [(&str, Sql); 10] = [
    (
        "two open sessions of one counsellor overlap",
        Sql::unregistered(
            "select one.application, other.application from appointments one
             join applications a on a.id = one.application
             join appointments other on other.counsellor = one.counsellor
               and other.application > one.application
             join applications b on b.id = other.application
               and coalesce(a.group_session, -1) <> coalesce(b.group_session, -2)
               and other.start_at < one.start_at + one.minutes * 60000
               and one.start_at < other.start_at + other.minutes * 60000
             where one.announced_standing in ('waiting', 'in_contact', 'present')
               and other.announced_standing in ('waiting', 'in_contact', 'present')",
        ),
    ),
    (
        "two open sessions of one person overlap",
        Sql::unregistered(
            "select one.application, other.application from appointments one
             join applications a on a.id = one.application
             join applications b on b.number_digest = a.number_digest and b.id > a.id
             join appointments other on other.application = b.id
               and other.start_at < one.start_at + one.minutes * 60000
               and one.start_at < other.start_at + other.minutes * 60000
             where one.announced_standing in ('waiting', 'in_contact', 'present')
               and other.announced_standing in ('waiting', 'in_contact', 'present')",
        ),
    ),
    (
        "an open session does not hold all its cells, of counsellor or seat, and of the person",
        Sql::unregistered(
            "select p.application, p.minutes from appointments p
             join applications a on a.id = p.application
             where p.announced_standing in ('waiting', 'in_contact', 'present')
               and (select count(*) from holds h where h.application = p.application
                      and (h.resource = 'c' || cast(p.counsellor as text)
                           or h.resource like 'g' || cast(a.group_session as text) || '.%')
                   ) * 5 < p.minutes
                or p.announced_standing in ('waiting', 'in_contact', 'present')
               and (select count(*) from holds h where h.application = p.application
                      and h.resource = 'p' || a.number_digest) * 5 < p.minutes",
        ),
    ),
    (
        "cells are held for nothing",
        Sql::unregistered(
            "select distinct h.application, 0 from holds h
             join applications a on a.id = h.application
             left join appointments p on p.application = a.id
             where a.course not in ('proposed', 'confirmed')
                or p.announced_standing
                   in ('called_off', 'deemed_cancelled', 'stopped_by_office', 'displaced')",
        ),
    ),
    (
        "a group session that is held does not hold who leads it",
        Sql::unregistered(
            "select g.id, g.minutes from group_sessions g
             where g.called_off_at is null
               and (select count(*) from holds h where h.application = -g.id
                      and h.resource = 'c' || cast(g.counsellor as text)) * 5 < g.minutes",
        ),
    ),
    (
        "more seats are given than there are, or one to two applications",
        Sql::unregistered(
            "select g.id, g.seats from group_sessions g
             where (select count(*) from applications a
                    join appointments p on p.application = a.id
                      and p.announced_standing in ('waiting', 'in_contact', 'present')
                    where a.group_session = g.id) > g.seats",
        ),
    ),
    (
        "a session that waits is forgotten by the minute hand, or one that is over is not",
        Sql::unregistered(
            "select application, 0 from appointments
             where (announced_standing in ('waiting', 'in_contact', 'present'))
                <> (next_tick is not null)",
        ),
    ),
    (
        "a confirmed application has no session, or an unconfirmed one has",
        Sql::unregistered(
            "select a.id, 0 from applications a
             left join appointments p on p.application = a.id
             where (a.course = 'confirmed') <> (p.application is not null)",
        ),
    ),
    (
        "an application without consent, or from before its consent",
        Sql::unregistered(
            "select a.id, 0 from applications a where not exists (
                 select 1 from consents c
                 where c.application = a.id and c.at <= a.received_at)",
        ),
    ),
    (
        "a duty of another office than its application's",
        Sql::unregistered(
            "select d.id, 0 from duties d join applications a on a.id = d.application
             where a.office <> d.office",
        ),
    ),
];

/// Panics with every rule that the office's store breaks.
pub(crate) fn assert_in_order(office: &Office) {
    for (rule, question) in RULES {
        let broken = office.rows(question, Vec::new(), |row| Ok((row.int(0)?, row.int(1)?)));
        assert!(broken.is_empty(), "{rule}: {broken:?}");
    }
    let question = Sql::unregistered("select application from appointments where office = $1");
    let booked: Vec<i64> = office.rows(question, vec![Value::from(office.id)], |row| row.int(0));
    office.app.forget_offices();
    for id in booked {
        let met = office.does(move |tx, context| {
            let within = application::in_its_terms(tx, context, id)?;
            let application = application::load(tx, context, id)?;
            Ok(application.decisions.all_met(application.conditions(&within.office)?))
        });
        assert_eq!(met, Ok(()), "a session was confirmed although a condition is open");
    }
}

impl Office {
    /// Every row of every table except these, and except the notes of who read what and when
    /// somebody was last seen, which reading itself leaves behind.
    pub(crate) fn snapshot(&self, except: &[&str]) -> BTreeMap<&'static str, Vec<String>> {
        let tables = tables().filter(|table| *table != "accesses" && !except.contains(table));
        tables.map(|table| (table, self.rows_of(table))).collect()
    }

    fn rows_of(&self, table: &str) -> Vec<String> {
        let question = match table {
            "staff_sessions" => "select token_digest, staff, began_at from staff_sessions",
            other => format!("select * from {other}").leak(),
        };
        let mut rows = self.rows(Sql::unregistered(question), Vec::new(), |row| Ok(cells(row)));
        rows.sort();
        rows
    }
}

/// The tables of the schema.
fn tables() -> impl Iterator<Item = &'static str> {
    let named = |word: &'static str| {
        let scripts = STEPS.iter().flat_map(move |step| step.sql.split(word).skip(1));
        scripts.map(|rest| rest.split([' ', '(', ';']).next().expect("a table has a name"))
    };
    named("CREATE TABLE ").filter(move |table| !named("DROP TABLE ").any(|gone| gone == *table))
}

/// Every cell of a row, whatever its type.
fn cells(row: &Row<'_>) -> String {
    let cell = |column: usize| {
        let number = row.opt_int(column).map(|it| format!("{it:?}"));
        let text = number.or_else(|_| row.opt_text(column).map(|it| format!("{it:?}")));
        let octets = text.or_else(|_| row.opt_bytes(column).map(|it| format!("{it:?}")));
        octets.or_else(|_| row.bool(column).map(|it| format!("{it:?}"))).ok()
    };
    (0..).map_while(cell).collect::<Vec<_>>().join(" ")
}
