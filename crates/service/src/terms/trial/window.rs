//! Whether a session may be booked so (article 2(1)).

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use rules::people::Practice;
use rules::schedule::{Bounds, Calendar, Slot, SlotRefusal, check_confirmation, check_slot};
use rules::terms::{NumberName, Terms};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Answer, Moment, clause};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WindowCase {
    pub(crate) now: Moment,
    pub(crate) start: Moment,
    pub(crate) minutes: Value,
    /// Whether staff confirm with a reason after the limit ("in principle").
    #[serde(default, rename = "override")]
    pub(crate) overridden: bool,
    /// What the office adds to its terms; without it the terms alone decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) practice: Option<Practice>,
    /// Days on which the office is closed on its own account.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) closed: BTreeSet<Date>,
}

impl WindowCase {
    pub(super) fn decide(&self, terms: &Terms) -> Result<Answer, String> {
        let now = self.now.0.map_err(|_| "`now` is no time".to_owned())?;
        Ok(match self.check(terms, now) {
            Ok(()) => Answer::allowed(clause(terms, Some(NumberName::Window), "2(1)")),
            Err(refusal) => {
                let article = clause(terms, refusal.number(), refusal.article());
                Answer::refused(refusal.code(), article)
            }
        })
    }

    fn check(&self, terms: &Terms, now: jiff::Timestamp) -> Result<(), SlotRefusal> {
        let slot = Slot { start: self.start.0?, minutes: minutes(&self.minutes)? };
        let alone = terms_alone();
        let bounds = Bounds {
            rules: &terms.rules,
            calendar: &Calendar { closed: self.closed.clone(), ..Calendar::default() },
            practice: self.practice.as_ref().unwrap_or(&alone),
        };
        match &self.practice {
            Some(_) if !self.overridden => check_slot(&slot, &bounds, now),
            _ => check_confirmation(&slot, &bounds, now, self.overridden),
        }
    }
}

/// What binds when nothing but the terms does: any minute will do.
fn terms_alone() -> Practice {
    Practice { step_minutes: 1, acceptance_until: Time::MAX, ..Practice::default() }
}

/// A length: whole minutes, as a number or as people type it.
fn minutes(value: &Value) -> Result<u16, SlotRefusal> {
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) if whole < 0 => Err(SlotRefusal::TooShort),
            (Some(whole), _) => u16::try_from(whole).map_err(|_| SlotRefusal::TooLong),
            (None, Some(above)) if above > f64::from(u16::MAX) => Err(SlotRefusal::TooLong),
            _ => Err(SlotRefusal::NotATime),
        },
        Value::String(typed) => {
            rules::schedule::parse_wish("2000-01-01", "0:00", typed).map(|slot| slot.minutes)
        }
        _ => Err(SlotRefusal::NotATime),
    }
}
