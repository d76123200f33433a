//! What the office promises, said once more and without its own functions where that is possible.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use jiff::{SignedDuration, Timestamp};
use rules::application::Course;
use rules::appointment::{Appointment, Fact, Hold, Standing, What, settle, standing};
use rules::letters::Letter;
use rules::schedule::{Slot, TOKYO};

use super::office::{Booking, File, Office, Resource};
use super::{Id, LAST_DAY, tokyo_date};

/// 国民の祝日 and what they bring with them, from April 2026 to March 2027, as published.
const HOLIDAYS: [Date; 17] = [
    date(2026, 4, 29),
    date(2026, 5, 3),
    date(2026, 5, 4),
    date(2026, 5, 5),
    date(2026, 5, 6),
    date(2026, 7, 20),
    date(2026, 8, 11),
    date(2026, 9, 21),
    date(2026, 9, 22),
    date(2026, 9, 23),
    date(2026, 10, 12),
    date(2026, 11, 3),
    date(2026, 11, 23),
    date(2027, 1, 11),
    date(2027, 2, 11),
    date(2027, 2, 23),
    date(2027, 3, 22),
];

/// After each change of an appointment.
pub(crate) fn after_settling(office: &Office, id: Id) -> Result<(), String> {
    let booking = office.booking(id);
    check_settled(office, id, &booking.appointment)?;
    check_deeming(office, id, booking)?;
    check_told(id, booking)?;
    check_usage(id, booking)?;
    check_cells(office, id, booking)?;
    check_place(office, id, booking)?;
    for other in office.by_day.get(&booking.appointment.slot.date()).into_iter().flatten() {
        check_apart(office, id, *other)?;
    }
    Ok(())
}

/// What was settled is settled.
fn check_settled(office: &Office, id: Id, appointment: &Appointment) -> Result<(), String> {
    let again = settle(appointment.clone(), &office.rules, office.now);
    let idle = again.duties.is_empty() && again.hold == Hold::Unchanged;
    if !idle {
        return Err(format!("{id}: owed twice: settling again owes {:?}", again.duties));
    }
    Ok(())
}

/// Articles 2(4) and 9(6): never a deeming after contact, a stop or an outage in time.
fn check_deeming(office: &Office, id: Id, booking: &Booking) -> Result<(), String> {
    let appointment = &booking.appointment;
    let announced = appointment.announced.map(|it| it.standing);
    if announced != Some(Standing::DeemedCancelled) {
        return Ok(());
    }
    let start = appointment.slot.start;
    let limit = start + SignedDuration::from_mins(office.grace());
    if office.now < limit {
        return Err(format!("{id}: deemed before the limit"));
    }
    let moves = booking.truth.iter().filter(|fact| fact.what == What::Moved);
    let since = moves.map(|fact| fact.at).max().unwrap_or(Timestamp::MIN);
    let saves = |fact: &&Fact| {
        (since < fact.at || fact.what == What::ToTelephone)
            && fact.at <= limit
            && match fact.what {
                What::Moved => false,
                What::Outage => tokyo_date(fact.at) == tokyo_date(start),
                _ => true,
            }
    };
    match booking.truth.iter().find(saves) {
        Some(fact) => Err(format!("{id}: deemed cancelled in spite of {fact:?}")),
        None => Ok(()),
    }
}

/// Article 2(4): somebody looks when silence becomes a cancellation, and never in the past.
pub(crate) fn check_tick(office: &Office, id: Id, tick: Option<Timestamp>) -> Result<(), String> {
    let booking = office.booking(id);
    let start = booking.appointment.slot.start;
    let limit = start + SignedDuration::from_mins(office.grace());
    if tick.is_some_and(|tick| tick <= office.now) {
        return Err(format!("{id}: the next tick is in the past: {tick:?}"));
    }
    let excuses = |fact: &Fact| matches!(fact.what, What::Outage | What::ToTelephone);
    let is_excused = booking.truth.iter().any(excuses);
    let waits = office.standing(id) == Standing::Waiting && !is_excused;
    match waits && (tick != Some(limit) || limit <= office.now) {
        true => Err(format!("{id}: silent, and nobody looks at the limit but at {tick:?}")),
        false => Ok(()),
    }
}

/// The last letter says what is so.
fn check_told(id: Id, booking: &Booking) -> Result<(), String> {
    let announced = booking.appointment.announced.ok_or("it was not announced")?;
    let (letter, slot) = booking.told.ok_or("nobody was told")?;
    use Letter as L;
    let holds = match announced.standing {
        open if open.is_open() => {
            slot == announced.slot
                && matches!(
                    letter,
                    L::Confirmation | L::Change | L::Reinstatement | L::DeemingUndone
                )
        }
        Standing::CalledOff => matches!(letter, L::Cancellation | L::DeemingUndone),
        Standing::DeemedCancelled => letter == L::DeemedCancelled,
        Standing::StoppedByOffice => letter == L::StoppedByOffice,
        Standing::Displaced => letter == L::Displaced,
        _ => letter != L::DeemedCancelled,
    };
    match holds {
        true => Ok(()),
        false => Err(format!("{id}: {:?}, but the last letter was {letter:?}", announced.standing)),
    }
}

/// Article 5(1): what is recorded of a session is what became of it.
fn check_usage(id: Id, booking: &Booking) -> Result<(), String> {
    let Some(announced) = booking.appointment.announced else { return Ok(()) };
    let is_recorded = booking.usage == Some(announced.slot);
    if is_recorded == announced.standing.is_outcome() {
        return Ok(());
    }
    Err(format!("{id}: the usage record does not fit {:?}", announced.standing))
}

/// Who is expected has their cells; who is not has none.
fn check_cells(office: &Office, id: Id, booking: &Booking) -> Result<(), String> {
    let standing = office.standing(id);
    let held = |key: &(i64, Resource)| office.holds.get(key) == Some(&id);
    let person = Resource::Person(office.files[id].person);
    let both = [Resource::Counsellor(booking.counsellor), person];
    let mut cells = booking.appointment.slot.cells();
    if standing.is_open() && !cells.all(|cell| both.iter().all(|one| held(&(cell, *one)))) {
        return Err(format!("{id}: {standing:?} without its cells"));
    }
    if !standing.keeps_slot() && !office.files[id].cells.is_empty() {
        return Err(format!("{id}: {standing:?} holds cells"));
    }
    Ok(())
}

/// Articles 2(1) and 2(2): each slot that was settled on lies where and when the terms allow.
fn check_place(office: &Office, id: Id, booking: &Booking) -> Result<(), String> {
    for (at, slot, reason) in &booking.settled_on {
        let (starts, ends) = (slot.starts(), slot.ends());
        let day = starts.date();
        let lengths = office.rules.shortest_minutes..=office.rules.longest_minutes;
        let in_window = office.rules.windows.iter().any(|window| {
            window.from <= starts.time() && ends.time() <= window.to && ends.date() == day
        });
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let year_end = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
        let off = weekend || year_end || HOLIDAYS.contains(&day);
        if off || office.calendar.closed.contains(&day) {
            return Err(format!("{id}: a session on {day}, a day off"));
        }
        if !in_window || !lengths.contains(&slot.minutes) {
            return Err(format!("{id}: a session outside the windows: {slot:?}"));
        }
        if slot.start <= *at {
            return Err(format!("{id}: confirmed when it had begun: {slot:?}"));
        }
        if day <= tokyo_date(*at) && !reason {
            return Err(format!("{id}: confirmed on the day without a reason: {slot:?}"));
        }
    }
    Ok(())
}

/// Nobody is in two sessions at once.
fn check_apart(office: &Office, id: Id, other: Id) -> Result<(), String> {
    let (one, two) = (&office.files[id], &office.files[other]);
    let (Some(here), Some(there)) = (&one.booking, &two.booking) else { return Ok(()) };
    let kept = |booking: &Booking| {
        booking.appointment.announced.is_some_and(|it| it.standing.keeps_slot())
    };
    let meet = |a: Slot, b: Slot| a.start < b.end() && b.start < a.end();
    let share = here.counsellor == there.counsellor || one.person == two.person;
    let both = id != other && kept(here) && kept(there);
    if both && share && meet(here.appointment.slot, there.appointment.slot) {
        return Err(format!("{id} and {other}: somebody is twice at once"));
    }
    Ok(())
}

/// Every evening: what is kept agrees with what is computed, and every hold has its owner.
pub(crate) fn at_the_end_of_the_day(office: &mut Office) -> Result<(), String> {
    for id in office.of_today() {
        check_clock(office, id)?;
        after_settling(office, id)?;
    }
    let edge = |hours: i64| {
        let at = office.now + SignedDuration::from_hours(hours);
        (at.as_second() / 300, Resource::Counsellor(i64::MIN))
    };
    for ((cell, resource), id) in office.holds.range(edge(-48)..edge(240)) {
        let file = &office.files[*id];
        if !file.cells.contains(&(*cell, *resource)) {
            return Err(format!("{id}: {resource:?} is held and nobody knows why"));
        }
        if !is_live(file) {
            return Err(format!("{id}: {:?} holds cells", file.course));
        }
    }
    Ok(())
}

/// Whether something is held for this file rightly: a session, or a proposal that is open.
fn is_live(file: &File) -> bool {
    let kept = |booking: &Booking| {
        booking.appointment.announced.is_some_and(|it| it.standing.keeps_slot())
    };
    match &file.booking {
        Some(booking) => file.course == Course::Confirmed && kept(booking),
        None => file.course == Course::Proposed && file.proposal.is_some(),
    }
}

fn check_clock(office: &Office, id: Id) -> Result<(), String> {
    let appointment = &office.booking(id).appointment;
    let (kept, so) = (office.standing(id), standing(appointment, &office.rules, office.now));
    match kept == so {
        true => Ok(()),
        false => Err(format!("{id}: behind the clock: {kept:?} is kept, {so:?} is so")),
    }
}

/// When the year is over.
pub(crate) fn at_the_end(office: &mut Office) -> Result<(), String> {
    let mut names = BTreeMap::new();
    for id in 0..office.files.len() {
        let file = &office.files[id];
        if file.course.is_open() {
            return Err(format!("{id}: never answered"));
        }
        if file.booking.is_some() != (file.course == Course::Confirmed) {
            return Err(format!("{id}: {:?}, with or without a session", file.course));
        }
        let Some(booking) = &file.booking else { continue };
        check_clock(office, id)?;
        after_settling(office, id)?;
        if office.standing(id).is_open() {
            return Err(format!("{id}: {:?} for ever", office.standing(id)));
        }
        let key = (booking.appointment.slot.date(), booking.alias.clone());
        if let Some(other) = names.insert(key, id) {
            return Err(format!("{id} and {other}: the same alias on one day"));
        }
        check_letters(id, booking)?;
        check_replays(office, id)?;
        count(office, id);
    }
    match tokyo_date(office.now) <= LAST_DAY {
        true => Ok(()),
        false => Err("the year went on".to_owned()),
    }
}

/// Letters follow changes one to one.
fn check_letters(id: Id, booking: &Booking) -> Result<(), String> {
    let written = |letter| booking.letters.get(&letter).copied().unwrap_or(0);
    let entered = |standing| booking.entered.get(&standing).copied().unwrap_or(0);
    let pairs = [
        (Letter::DeemedCancelled, Standing::DeemedCancelled),
        (Letter::StoppedByOffice, Standing::StoppedByOffice),
        (Letter::Displaced, Standing::Displaced),
    ];
    for (letter, standing) in pairs {
        if written(letter) != entered(standing) {
            return Err(format!("{id}: {standing:?} and its letters differ in number"));
        }
    }
    // Another counsellor at the same time is no change to the person.
    let moves = booking.settled_on.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    let changes = usize::try_from(written(Letter::Change)).unwrap();
    if written(Letter::Confirmation) != 1 || changes != moves {
        return Err(format!("{id}: {moves} moves, letters: {:?}", booking.letters));
    }
    if booking.reminders != 1 + moves {
        return Err(format!("{id}: {moves} moves, {} reminders", booking.reminders));
    }
    let unrecorded = usize::try_from(entered(Standing::Unrecorded)).unwrap();
    if booking.asked != unrecorded {
        return Err(format!("{id}: {unrecorded} times unrecorded, asked {}", booking.asked));
    }
    Ok(())
}

/// The same facts in any order, with any settling in between, end at the same place.
fn check_replays(office: &mut Office, id: Id) -> Result<(), String> {
    let kept = office.booking(id).appointment.clone();
    for _ in 0..2 {
        let mut facts = kept.facts.clone();
        office.chance.shuffle(&mut facts);
        let mut again = Appointment::new(kept.slot);
        for fact in facts {
            again.facts.push(fact);
            let seen = fact.at + SignedDuration::from_mins(office.chance.between(0, 600));
            for now in [seen, office.now, office.now] {
                again = settle(again, &office.rules, now).appointment;
            }
        }
        again = settle(again, &office.rules, office.now).appointment;
        if again.announced != kept.announced {
            let (was, is) = (kept.announced, again.announced);
            return Err(format!("{id}: replayed {is:?}, lived {was:?}, {:?}", kept.facts));
        }
    }
    Ok(())
}

fn count(office: &mut Office, id: Id) {
    let standing = office.standing(id);
    let slot = office.booking(id).appointment.slot;
    let line = format!("{id} {} {}", TOKYO.to_datetime(slot.start), standing.code());
    let year = &mut office.year;
    year.digest_line(&line);
    match standing {
        Standing::Held => year.held += 1,
        Standing::CalledOff => year.called_off += 1,
        Standing::StoppedByOffice => year.stopped += 1,
        Standing::OfficesTrouble => year.offices_trouble += 1,
        Standing::Unrecorded => year.unrecorded += 1,
        _ => {}
    }
}
