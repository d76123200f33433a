//! What people do in the scenes, in one word each, and what a scene asks afterwards.

use jiff::Timestamp;
use rules::appointment::{Fact, Outcome, Standing, StopCause, What};
use rules::people::FreeText;
use rules::schedule::Slot;
use service::application::{self, Application, Appoint, Receipt};
use service::appointment::{self, Call, CallPurpose, FactLine, Session};
use service::duties::{self, Carrier};
use service::error::Error;
use service::letters::Post;
use service::store::{Row, Sql, StoreError, Value, params};

use crate::cast::Applicant;
use crate::office::{Office, at, slot};

impl Office {
    /// Sends an application with these wishes, each of half an hour.
    pub(crate) fn receives(&self, person: &Applicant, wishes: &[&str]) -> Result<Receipt, Error> {
        let wishes: Vec<Slot> = wishes.iter().map(|start| slot(start)).collect();
        let person = person.clone();
        self.tries(move |tx, context| {
            let version = context.office.terms(context.now)?.version.to_string();
            application::apply(tx, context, &person.form(&wishes, &version, context.now))
        })
    }

    /// As [`Office::receives`], when it must succeed: the number of the application.
    pub(crate) fn applies(&self, person: &Applicant, wishes: &[&str]) -> i64 {
        self.receives(person, wishes).expect("the application is taken in").id
    }

    /// The coordinator finds every condition of the terms met.
    pub(crate) fn decides_all(&self, id: i64) {
        let officer = self.staff.coordinator;
        self.does(move |tx, context| {
            for condition in context.office.terms(context.now)?.choices.conditions.clone() {
                application::decide(tx, context, id, (condition, true), officer)?;
            }
            Ok(())
        });
    }

    /// Confirms half an hour with a counsellor.
    pub(crate) fn confirms(&self, id: i64, start: &str, counsellor: i64) -> Result<(), Error> {
        let appoint = Appoint { slot: slot(start), counsellor, same_day_reason: None };
        self.tries(move |tx, context| application::confirm(tx, context, id, &appoint))
    }

    /// Confirms half an hour of the same day, with a reason.
    pub(crate) fn confirms_today(
        &self,
        id: i64,
        start: &str,
        counsellor: i64,
    ) -> Result<(), Error> {
        let reason = FreeText::parse("本人の希望", 200).expect("a reason");
        let appoint = Appoint { slot: slot(start), counsellor, same_day_reason: Some(reason) };
        self.tries(move |tx, context| application::confirm(tx, context, id, &appoint))
    }

    /// Proposes half an hour with a counsellor.
    pub(crate) fn proposes(&self, id: i64, start: &str, counsellor: i64) -> Result<(), Error> {
        let appoint = Appoint { slot: slot(start), counsellor, same_day_reason: None };
        self.tries(move |tx, context| application::propose(tx, context, id, &appoint))
    }

    /// From the application to the confirmed time with the first counsellor.
    pub(crate) fn books(&self, person: &Applicant, start: &str) -> i64 {
        let id = self.applies(person, &[start]);
        self.decides_all(id);
        self.confirms(id, start, self.counsellors[0]).expect("it is confirmed");
        id
    }

    /// Records what happened then, as the coordinator.
    pub(crate) fn records(&self, id: i64, what: What, then: &str) -> Result<(), Error> {
        let (fact, staff) = (Fact { at: at(then), what }, self.staff.coordinator);
        self.tries(move |tx, context| appointment::record(tx, context, id, fact, Some(staff)))
    }

    /// Types a call that came then.
    pub(crate) fn types_call(&self, id: i64, then: &str, about: CallPurpose) -> Result<(), Error> {
        let (came, staff) = (at(then), self.staff.coordinator);
        self.tries(move |tx, context| {
            let call = Call { at: came, purpose: about, note: None };
            appointment::note_call(tx, context, id, &call, staff)
        })
    }

    /// Calls the session off on the office's side, now.
    pub(crate) fn stops(&self, id: i64, cause: StopCause) -> Result<(), Error> {
        let staff = self.staff.coordinator;
        self.tries(move |tx, context| appointment::stop(tx, context, id, cause, staff))
    }

    /// Records how the session ended, and when it began and ended.
    pub(crate) fn ends(
        &self,
        id: i64,
        outcome: Outcome,
        times: [Option<&str>; 2],
    ) -> Result<(), Error> {
        let ([began, ended], staff) = (times.map(|time| time.map(at)), self.staff.counsellor);
        self.tries(move |tx, context| {
            appointment::end_session(tx, context, id, outcome, (began, ended, staff))
        })
    }

    /// Undoes the last fact of that kind, for that reason.
    pub(crate) fn undoes(&self, id: i64, what: What, reason: &str) -> Result<(), Error> {
        let facts = self.facts(id);
        let fact = facts.iter().rev().find(|line| line.what == what).expect("such a fact").id;
        self.undoes_number(id, fact, reason)
    }

    /// Undoes the fact of that number.
    pub(crate) fn undoes_number(&self, id: i64, fact: i64, reason: &str) -> Result<(), Error> {
        let reason = FreeText::parse(reason, 200).expect("a reason");
        let staff = self.staff.manager;
        self.tries(move |tx, context| appointment::retract(tx, context, (id, fact), &reason, staff))
    }

    /// Gives the appointment another half hour.
    pub(crate) fn moves(&self, id: i64, start: &str, counsellor: i64) -> Result<(), Error> {
        let appoint = Appoint { slot: slot(start), counsellor, same_day_reason: None };
        let staff = Some(self.staff.coordinator);
        self.tries(move |tx, context| appointment::move_to(tx, context, id, &appoint, staff))
    }

    /// The minute hand passes. How many appointments it settled.
    pub(crate) fn turns_the_minute_hand(&self) -> usize {
        duties::turn(&self.app).expect("the minute hand turns")
    }

    /// Carries out what is due, to an outbox, until nothing is.
    pub(crate) fn carries_out(&self) -> usize {
        let post = std::sync::Arc::new(Post::Outbox);
        let carrier = Carrier { app: self.app.clone(), post };
        let mut carried = 0;
        loop {
            match duties::carry_out_due(&carrier).expect("duties are claimed") {
                0 => return carried,
                count => carried += count,
            }
        }
    }

    /// The letters owed, in the order in which they came to be owed.
    pub(crate) fn letters_to(&self, id: i64) -> Vec<String> {
        const OWED: Sql =
            Sql::unregistered("select kind from duties where application = $1 order by id");
        let kinds = self.rows(OWED, params![id].to_vec(), |row| row.text(0));
        kinds.iter().filter_map(|kind| kind.strip_prefix("write:")).map(str::to_owned).collect()
    }

    /// Every duty of an application with its due time, whether done or not.
    pub(crate) fn duties_of(&self, id: i64) -> Vec<(String, Timestamp)> {
        const OWED: Sql =
            Sql::unregistered("select kind, due_at from duties where application = $1 order by id");
        self.rows(OWED, params![id].to_vec(), |row| Ok((row.text(0)?, row.instant(1)?)))
    }

    /// Where the appointment stands, as last announced.
    pub(crate) fn standing(&self, id: i64) -> Standing {
        self.session(id).standing
    }

    /// The session of an application.
    pub(crate) fn session(&self, id: i64) -> Session {
        self.does(move |tx, context| appointment::session(tx, context, id))
    }

    /// The application.
    pub(crate) fn application(&self, id: i64) -> Application {
        self.does(move |tx, context| application::load(tx, context, id))
    }

    /// Every fact, undone ones included.
    pub(crate) fn facts(&self, id: i64) -> Vec<FactLine> {
        self.does(move |tx, context| appointment::fact_lines(tx, context, id))
    }

    /// When the clock alone will change the appointment.
    pub(crate) fn next_tick(&self, id: i64) -> Option<Timestamp> {
        const TICK: Sql =
            Sql::unregistered("select next_tick from appointments where application = $1");
        self.rows(TICK, params![id].to_vec(), |row| row.opt_instant(0)).pop().expect("a session")
    }

    /// How many cells an application holds.
    pub(crate) fn cells_of(&self, id: i64) -> usize {
        const CELLS: Sql = Sql::unregistered("select cell from holds where application = $1");
        self.rows(CELLS, params![id].to_vec(), |row| row.int(0)).len()
    }

    /// What a question of a test answers.
    pub(crate) fn rows<T: Send + 'static>(
        &self,
        question: Sql,
        values: Vec<Value>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Vec<T> {
        let asked = self.app.store.read_blocking(move |tx| tx.all(question, &values, &mut map));
        asked.expect("the store answers")
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: &str) -> i64 {
        let text: &'static str = format!("select count(*) from {table}").leak();
        self.rows(Sql::unregistered(text), Vec::new(), |row| row.int(0))[0]
    }

    /// What staff must see to about an application.
    pub(crate) fn desk_line(&self, id: i64) -> Option<duties::Line> {
        self.does(duties::for_desk).into_iter().find(|line| line.application == id)
    }
}
