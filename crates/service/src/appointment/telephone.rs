//! When it is the office that calls (article 2(4)): recorded as facts, because who was told to wait
//! for a call must not be deemed cancelled later for what was so at the time.

use rules::appointment::{Fact, What, running_limit};
use rules::session::Channel;
use rules::terms::application::deemed_cancelled_from;

use super::{Booked, record, store};
use crate::app::Context;
use crate::error::Error;
use crate::session;
use crate::store::Tx;

/// Records that a session goes on by other means, where that turns around who calls whom.
///
/// # Errors
/// As [`record`].
pub fn note_channel(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (before, now): (Channel, Channel),
) -> Result<(), Error> {
    let what = match (before == Channel::Telephone, now == Channel::Telephone) {
        (false, true) => What::ToTelephone,
        (true, false) => What::FromTelephone,
        _ => return Ok(()),
    };
    record(tx, context, application, Fact { at: context.now, what }, None)
}

/// An office that usually calls does so in each session that nobody gave other means. It may have
/// become its usual way after the booking, so this is asked whenever an open session is settled, at
/// its limit at the latest: what was the usual way by then was so in time. Answers whether a fact
/// was added.
pub(super) fn heed_usual_channel(
    tx: &mut Tx<'_>,
    context: &Context,
    booked: &mut Booked,
) -> Result<bool, Error> {
    let usually_calls = context.office.practice.meetings == Channel::Telephone;
    let appointment = &booked.appointment;
    let is_open = appointment.announced.is_some_and(|it| it.standing.is_open());
    if !usually_calls || !is_open {
        return Ok(false);
    }
    let rules = booked.rules(context)?;
    let limit_runs = running_limit(appointment, rules, context.now).is_some();
    let calls = session::channel(tx, context, booked.application)? == Channel::Telephone;
    if limit_runs && calls {
        let limit = deemed_cancelled_from(appointment.slot.start, rules);
        let at = limit.map_or(context.now, |limit| context.now.min(limit));
        let fact = Fact { at, what: What::ToTelephone };
        store::insert_fact(tx, booked.application, fact, context.now, None)?;
        booked.appointment.facts.push(fact);
    }
    Ok(limit_runs && calls)
}
