//! Appointments as a service keeps them: booked, changed by facts alone, settled in one place.

use jiff::SignedDuration;
use rules::appointment::{
    Appointment, Duty, Fact, Hold, Settlement, StopCause, What, next_tick, settle,
};
use rules::letters::Letter;
use rules::people::{AliasPattern, alias};
use rules::schedule::Slot;

use super::office::{Booking, Office};
use super::{Event, Fault, Id, checks, desk, fate, tokyo_date};

/// Books a slot that is held already.
pub(crate) fn book(
    office: &mut Office,
    id: Id,
    (slot, counsellor): (Slot, i64),
    reason: bool,
) -> Result<(), String> {
    let alias = draw_alias(office, id, slot)?;
    office.files[id].booking = Some(Booking {
        counsellor,
        alias,
        appointment: Appointment::new(slot),
        settled_on: vec![(office.now, slot, reason)],
        truth: Vec::new(),
        told: None,
        told_off: None,
        plan: (0, office.now),
        entered: Default::default(),
        letters: Default::default(),
        reminders: 0,
        asked: 0,
        usage: None,
    });
    office.year.confirmed += 1;
    office.year.confirmed_with_reason += u64::from(reason);
    office.by_day.entry(slot.date()).or_default().insert(id);
    settle_and_keep(office, id)?;
    fate::plan(office, id);
    Ok(())
}

fn draw_alias(office: &mut Office, id: Id, slot: Slot) -> Result<String, String> {
    let pattern = AliasPattern::with_prefix(&office.practice.alias_prefix)
        .map_err(|refusal| format!("{refusal:?}"))?;
    let (day, blind) = (slot.date(), office.fault == Fault::AliasesAreNotLookedUp);
    let aliases = &office.aliases;
    let taken = |name: &str| !blind && aliases.contains_key(&(day, name.to_owned()));
    // Few digits to choose from when blind, so that a clash comes soon.
    let choices = if blind { 1 } else { usize::MAX };
    let chance = &mut office.chance;
    let mut random = |below: u32| u32::try_from(chance.below(choices.min(below as usize))).unwrap();
    let name = alias::draw(&pattern, &taken, &mut random).ok_or("no alias is left")?;
    let name = name.reveal();
    let key = (day, name.to_owned());
    if let Some(other) = office.aliases.insert(key, id) {
        return Err(format!("{id}: alias {name} of {day} is {other}'s"));
    }
    Ok(name.to_owned())
}

/// Somebody types a fact; what follows is settled.
pub(crate) fn type_fact(office: &mut Office, id: Id, fact: Fact, plan: u32) -> Result<(), String> {
    let booking = office.booking(id);
    let replanned = booking.plan.0 != plan && fact.at > booking.plan.1;
    let stays_away = booking.told_off.is_some_and(|off| fact.at > off);
    if replanned || stays_away || !is_possible(office, id, fact) {
        office.note(&format!("{id} did not happen"));
        return Ok(());
    }
    office.year.typed_late += u64::from(fact.at < office.now);
    let at = match office.fault {
        Fault::TimeOfTypingCounts => office.now,
        _ => fact.at,
    };
    let booking = office.booking_mut(id);
    booking.truth.push(fact);
    booking.appointment.facts.push(Fact { at, ..fact });
    settle_and_keep(office, id)
}

/// A counsellor who has another person by now does not hold the session.
fn is_possible(office: &Office, id: Id, fact: Fact) -> bool {
    let takes_place = matches!(fact.what, What::Ended(_));
    let slot = office.booking(id).appointment.slot;
    let keys = office.files[id].cells.len();
    !takes_place || keys > 0 || {
        let cells = slot.cells_with_buffer(office.practice.buffer_minutes);
        let taken = office.holds.range(
            (cells.start, super::office::Resource::Counsellor(i64::MIN))
                ..(cells.end, super::office::Resource::Counsellor(i64::MIN)),
        );
        taken.count() == 0
    }
}

/// A fact that was typed by mistake is undone.
pub(crate) fn undo(
    office: &mut Office,
    id: Id,
    what: What,
    instead: Option<Fact>,
) -> Result<(), String> {
    let now = office.now;
    let booking = office.booking_mut(id);
    let facts = &mut booking.appointment.facts;
    let Some(place) = facts.iter().rposition(|fact| fact.what == what) else { return Ok(()) };
    facts.remove(place);
    facts.extend(instead.filter(|fact| fact.at <= now));
    booking.truth.retain(|fact| fact.what != what);
    booking.truth.extend(instead.filter(|fact| fact.at <= now));
    office.year.undone_facts += 1;
    settle_and_keep(office, id)
}

/// The office gives an appointment a new slot.
pub(crate) fn give_new_time(office: &mut Office, id: Id) -> Result<(), String> {
    let standing = office.standing(id);
    if !standing.is_movable() || office.booking(id).plan.0 > 3 {
        return Ok(());
    }
    let Some((slot, counsellor)) = desk::new_place(office, id) else { return Ok(()) };
    let Some(reason) = desk::may_confirm(office, &slot) else {
        return Err(format!("{id}: an opening cannot be confirmed: {slot:?}"));
    };
    let old = office.booking(id).appointment.slot;
    if old.date() != slot.date() {
        let alias = draw_alias(office, id, slot)?;
        office.booking_mut(id).alias = alias;
    }
    let moved = Fact { at: office.now, what: What::Moved };
    let settled_on = (office.now, slot, reason);
    let booking = office.booking_mut(id);
    booking.counsellor = counsellor;
    booking.appointment.slot = slot;
    if booking.appointment.announced.is_none_or(|it| it.gives_way_to(slot)) {
        booking.appointment.facts.push(moved);
        booking.truth.push(moved);
    }
    booking.settled_on.push(settled_on);
    booking.plan = (booking.plan.0 + 1, moved.at);
    office.year.moved += 1;
    office.by_day.entry(slot.date()).or_default().insert(id);
    settle_and_keep(office, id)?;
    fate::plan(office, id);
    Ok(())
}

/// The sessions that the rest of the day would have brought.
fn still_to_come(office: &Office) -> Vec<Id> {
    let to_come = |id: &Id| {
        let slot = office.booking(*id).appointment.slot;
        slot.date() == tokyo_date(office.now)
            && office.standing(*id).is_open()
            && office.now < slot.end()
    };
    office.of_today().into_iter().filter(to_come).collect()
}

/// Article 10(1): the office stops, for today.
pub(crate) fn stop_for_today(office: &mut Office) -> Result<(), String> {
    let fact = Fact { at: office.now, what: What::StoppedByOffice(StopCause::ServiceStopped) };
    for id in still_to_come(office) {
        let plan = office.booking(id).plan.0;
        type_fact(office, id, fact, plan)?;
    }
    Ok(())
}

/// Article 9(6): nobody gets through; it is noted for those whom it may have kept away.
pub(crate) fn lines_fail(office: &mut Office) -> Result<(), String> {
    let fact = Fact { at: office.now, what: What::Outage };
    for id in still_to_come(office) {
        let booking = office.booking(id);
        let (start, plan) = (booking.appointment.slot.start, booking.plan.0);
        if start < office.now + SignedDuration::from_hours(2) {
            let typed = office.now + fate::delay(office);
            office.later(typed, Event::Type(id, fact, plan));
        }
    }
    Ok(())
}

/// The minute hand comes by.
pub(crate) fn tick(office: &mut Office, id: Id) -> Result<(), String> {
    match office.fault {
        Fault::MinuteHandStandsStill => Ok(()),
        _ => settle_and_keep(office, id),
    }
}

/// The one way in which an appointment changes: facts are in, now say what follows.
pub(crate) fn settle_and_keep(office: &mut Office, id: Id) -> Result<(), String> {
    let now = office.now;
    let before = office.booking(id).appointment.clone();
    let mut settled = settle(before.clone(), &office.rules, now);
    match settled.hold {
        Hold::Unchanged => {}
        Hold::Free => free(office, id),
        Hold::Reclaim => {
            if reclaim(office, id) {
                office.year.reclaimed += 1;
            } else {
                office.year.slots_lost += 1;
                let lost = Fact { at: now, what: What::SlotLost };
                let booking = office.booking_mut(id);
                booking.appointment.facts.push(lost);
                booking.truth.push(lost);
                settled = settle(booking.appointment.clone(), &office.rules, now);
            }
        }
    }
    keep(office, id, &settled)?;
    let tick = next_tick(&settled.appointment, &office.rules, now);
    checks::check_tick(office, id, tick)?;
    if let Some(tick) = tick {
        // The hand may be late; nobody's right depends on it.
        let late = *office.chance.pick(&[0, 0, 0, 1, 60, 500]);
        office.later(tick + SignedDuration::from_secs(late), Event::Tick(id));
    }
    checks::after_settling(office, id)
}

fn free(office: &mut Office, id: Id) {
    if office.fault != Fault::FreedSlotsStayHeld {
        office.release(id);
    }
    let booking = office.booking(id);
    let (counsellor, slot) = (booking.counsellor, booking.appointment.slot);
    if office.now < slot.end() && office.chance.percent(60) {
        let at = office.now + SignedDuration::from_mins(office.chance.between(0, 10));
        office.later(at, Event::Ask(counsellor, slot));
    }
}

fn reclaim(office: &mut Office, id: Id) -> bool {
    let booking = office.booking(id);
    let (counsellor, slot) = (booking.counsellor, booking.appointment.slot);
    office.hold(id, counsellor, &slot) || office.fault == Fault::LostSlotsAreForgotten
}

/// Keeps what was announced and writes down what is owed.
fn keep(office: &mut Office, id: Id, settled: &Settlement) -> Result<(), String> {
    let sequence = settled.appointment.sequence;
    for duty in &settled.duties {
        if !office.owed.insert((id, *duty, sequence)) {
            return Err(format!("{id}: owed twice: {duty:?} {sequence}"));
        }
        office.note(&format!("{id} owes {duty:?} {sequence}"));
        match duty {
            Duty::Write(letter) => tell(office, id, *letter),
            Duty::RecordUsage => record_usage(office, id, settled),
            Duty::Remind => office.booking_mut(id).reminders += 1,
            Duty::AskForOutcome => office.booking_mut(id).asked += 1,
            Duty::OfferNewTime if office.chance.percent(60) => {
                let at = office.in_office_hours(20);
                office.later(at, Event::Move(id));
            }
            _ => {}
        }
    }
    let forgets = office.fault == Fault::SettlingIsForgotten && !settled.duties.is_empty();
    let booking = office.booking_mut(id);
    let (before, after) = (booking.appointment.announced, settled.appointment.announced);
    if let Some(after) = after.filter(|after| before.map(|it| it.standing) != Some(after.standing))
    {
        *booking.entered.entry(after.standing).or_default() += 1;
    }
    if before.is_none() || !forgets {
        booking.appointment = settled.appointment.clone();
    }
    Ok(())
}

/// The usage record is made, or taken away when the outcome was undone.
fn record_usage(office: &mut Office, id: Id, settled: &Settlement) {
    let is_outcome = settled.appointment.announced.is_some_and(|it| it.standing.is_outcome());
    if is_outcome || office.fault != Fault::UndoneOutcomesStayRecorded {
        office.booking_mut(id).usage = is_outcome.then_some(settled.appointment.slot);
    }
}

fn tell(office: &mut Office, id: Id, letter: Letter) {
    let now = office.now;
    let booking = office.booking_mut(id);
    booking.told = Some((letter, booking.appointment.slot));
    *booking.letters.entry(letter).or_default() += 1;
    booking.told_off = match letter {
        Letter::Cancellation | Letter::StoppedByOffice | Letter::Displaced => Some(now),
        Letter::Change | Letter::Reinstatement => None,
        _ => booking.told_off,
    };
    match letter {
        Letter::DeemedCancelled => office.year.deemed += 1,
        Letter::DeemingUndone => office.year.deemings_undone += 1,
        _ => {}
    }
}
