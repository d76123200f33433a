//! When what is on file about conduct was closed, for whoever decides how long it is kept.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::schedule::TOKYO;

use super::{register, today};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// Where that which is on file with an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Nothing is on file.
    Nothing,
    /// An incident or an objection waits for a decision, or a decision is in force.
    Open,
    /// All of it was closed by this day.
    On(Date),
}

impl Closing {
    /// Whether something is on file.
    pub fn is_on_file(self) -> bool {
        self != Self::Nothing
    }

    /// The day on which the last of it was closed.
    pub fn closed_on(self) -> Option<Date> {
        match self {
            Self::On(day) => Some(day),
            Self::Nothing | Self::Open => None,
        }
    }
}

/// When what is on file with an application was closed: an incident with its last decision, a
/// declining of use with its review or lifting, an ending of use with its lifting, an objection
/// with its answer.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn closing(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Closing, Error> {
    let (on_file, today) = (register(tx, context, Some(id))?, today(context));
    let mut days: Vec<Option<Date>> = Vec::new();
    let own: Vec<_> = on_file.incidents.iter().filter(|it| it.application == id).collect();
    days.extend(own.iter().map(|it| it.decisions.last().map(|decision| day(decision.at))));
    for line in on_file.declinings.iter().filter(|it| it.application == id) {
        let lifted = line.lifted.as_ref().map(|(at, ..)| day(*at));
        let closed = lifted.unwrap_or(match line.days.review <= today {
            true => line.days.review,
            false => day(line.decided_at),
        });
        days.push((!line.holds(today)).then_some(closed));
    }
    for line in on_file.objections.iter().filter(|it| it.application == id) {
        days.push(line.answered.as_ref().map(|answered| day(answered.at)));
    }
    let stands_on = |incident: i64| own.iter().any(|it| it.id == incident);
    let endings = on_file.endings.iter();
    for line in endings.filter(|it| it.application == id || stands_on(it.incident)) {
        days.push(line.lifted.as_ref().map(|(at, ..)| day(*at)));
    }
    if days.is_empty() {
        return Ok(Closing::Nothing);
    }
    let closed: Option<Vec<Date>> = days.into_iter().collect();
    Ok(closed.and_then(|days| days.into_iter().max()).map_or(Closing::Open, Closing::On))
}

fn day(at: Timestamp) -> Date {
    TOKYO.to_datetime(at).date()
}
