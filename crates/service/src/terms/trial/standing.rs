//! Where an appointment stands (article 2(4) and what comes before and after it).

use jiff::Timestamp;
use rules::appointment::{Appointment, Fact, StopCause, What, judge};
use rules::schedule::Slot;
use rules::terms::{NumberName, Terms};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::moment::in_japan;
use super::{Answer, Moment, clause};

/// A case's word for a stop of the office whose cause is not told.
pub(super) const STOPPED: &str = "stopped_by_office";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandingCase {
    /// The start that the office notified.
    pub(crate) start: Moment,
    pub(crate) minutes: u16,
    #[serde(default)]
    pub(crate) facts: Vec<Happened>,
    pub(crate) now: Moment,
}

/// A fact, by its code, and when it happened.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happened {
    pub(crate) fact: String,
    pub(crate) at: Moment,
}

impl StandingCase {
    pub(super) fn decide(&self, terms: &Terms) -> Result<Answer, String> {
        let time =
            |moment: &Moment, name: &str| moment.0.map_err(|_| format!("`{name}` is no time"));
        let slot = Slot { start: time(&self.start, "start")?, minutes: self.minutes };
        let now = time(&self.now, "now")?;
        let mut appointment = Appointment::new(slot);
        for happened in &self.facts {
            let what = what(&happened.fact)
                .ok_or_else(|| format!("there is no fact `{}`", happened.fact))?;
            appointment.facts.push(Fact { at: time(&happened.at, "at")?, what });
        }
        let judged = judge(&appointment, &terms.rules, now);
        let standing = judged.standing;
        let number = standing.is_by_limit().then_some(NumberName::GraceMinutes);
        // Nobody has touched it: it has stood so from the first.
        let touched = judged.since > Timestamp::MIN;
        let since = touched.then(|| Value::from(in_japan(judged.since)));
        Ok(Answer::default()
            .and("standing", standing.code())
            .and("since", since.unwrap_or(Value::Null))
            .and("article", clause(terms, number, standing.article())))
    }
}

fn what(code: &str) -> Option<What> {
    match code {
        STOPPED => Some(What::StoppedByOffice(StopCause::ServiceStopped)),
        code => What::parse(code),
    }
}
