//! Applications: made, answered, proposed, withdrawn.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, ToSpan};
use rules::application::{Course, Step, check_wishes, proposal_lapses_at};
use rules::schedule::{Ask, Opening, Slot, SlotRefusal, check_confirmation, openings};

use super::office::{File, Office, Proposal};
use super::{Event, Fault, Id, LAST_SESSION, keeping, tokyo_date};

/// Somebody applies with wishes that are open.
pub(crate) fn apply(office: &mut Office) -> Result<(), String> {
    let Some(wishes) = wishes(office) else { return Ok(()) };
    check_wishes(&wishes, &office.bounds(), office.now)
        .map_err(|faults| format!("an opening is no wish: {faults:?} {wishes:?}"))?;
    let id = open_file(office, wishes);
    let answer = office.in_office_hours(30);
    office.later(answer, Event::Answer(id));
    for (percent, event) in [(4, Event::Withdraw(id)), (4, Event::ChangeWishes(id))] {
        if office.chance.percent(percent) {
            let at = office.now + SignedDuration::from_mins(office.chance.between(1, 3000));
            office.later(at, event);
        }
    }
    Ok(())
}

fn open_file(office: &mut Office, wishes: Vec<Slot>) -> Id {
    office.year.applications += 1;
    office.files.push(File {
        person: office.chance.between(1, 250),
        wishes,
        course: Course::Received,
        rounds: 0,
        proposal: None,
        booking: None,
        cells: Vec::new(),
    });
    office.files.len() - 1
}

/// Up to three different openings, in any order.
fn wishes(office: &mut Office) -> Option<Vec<Slot>> {
    let lead = *office.chance.pick(&[0, 0, 1, 2, 5, 12, 30]);
    let found = open_slots(office, lead);
    let mut wishes: Vec<Slot> = Vec::new();
    for _ in 0..office.chance.between(1, i64::from(office.practice.wishes_at_most)) {
        let slot = found.get(office.chance.below(found.len()))?.slot;
        if wishes.iter().all(|wish| wish.start != slot.start) {
            wishes.push(slot);
        }
    }
    Some(wishes)
}

/// The openings of a few days, from some days ahead.
fn open_slots(office: &mut Office, lead_days: i64) -> Vec<Opening> {
    let step = office.practice.step_minutes;
    let lengths = (office.rules.longest_minutes - office.rules.shortest_minutes) / step;
    let steps = u16::try_from(office.chance.below(usize::from(lengths) + 1)).unwrap();
    let ask = Ask {
        from: tokyo_date(office.now).checked_add(lead_days.days()).unwrap(),
        days: 3,
        minutes: office.rules.shortest_minutes + steps * step,
        needs: BTreeSet::new(),
    };
    let held = office.held(ask.from, ask.days);
    let mut found = openings(&ask, &office.counsellors, &held, &office.bounds(), office.now);
    found.retain(|opening| opening.slot.date() <= LAST_SESSION);
    found
}

fn step(office: &mut Office, id: Id, step: Step) -> Result<(), String> {
    let course = office.files[id].course;
    office.files[id].course =
        course.after(step).map_err(|refusal| format!("{course:?} {step:?}: {refusal:?}"))?;
    match step {
        Step::Decline => office.year.declined += 1,
        Step::Withdraw => office.year.withdrawn += 1,
        Step::ConvertToVisit | Step::ConvertToTelephone => office.year.converted += 1,
        Step::Propose => office.year.proposals += 1,
        Step::LapseProposal => office.year.lapsed += 1,
        _ => {}
    }
    office.note(&format!("{id} {step:?}"));
    Ok(())
}

/// The office answers, unless it was answered or taken back meanwhile.
pub(crate) fn answer(office: &mut Office, id: Id) -> Result<(), String> {
    if office.files[id].course != Course::Received {
        return Ok(());
    }
    office.files[id].rounds += 1;
    match office.chance.below(100) {
        0..4 => return step(office, id, Step::Decline),
        4..7 => return step(office, id, Step::ConvertToVisit),
        7..9 => return step(office, id, Step::ConvertToTelephone),
        9..16 if propose(office, id)? => return Ok(()),
        _ => {}
    }
    for wish in office.files[id].wishes.clone() {
        if let Some((counsellor, reason)) = find_place(office, id, &wish) {
            step(office, id, Step::Confirm)?;
            return keeping::book(office, id, (wish, counsellor), reason);
        }
    }
    if office.files[id].rounds <= 3 && propose(office, id)? {
        return Ok(());
    }
    step(office, id, Step::Decline)
}

/// Holds a slot with whoever can have it. Also whether it took a reason.
fn find_place(office: &mut Office, id: Id, slot: &Slot) -> Option<(i64, bool)> {
    let reason = may_confirm(office, slot)?;
    let mut counsellors: Vec<i64> = office.counsellors.iter().map(|one| one.id).collect();
    office.chance.shuffle(&mut counsellors);
    let free = |one: &i64| office.works(*one, slot) && office.hold(id, *one, slot);
    counsellors.into_iter().find(free).map(|one| (one, reason))
}

/// Whether staff confirm a slot, and with a reason: they have one half the time.
pub(crate) fn may_confirm(office: &mut Office, slot: &Slot) -> Option<bool> {
    match check_confirmation(slot, &office.bounds(), office.now, false) {
        Ok(()) => Some(false),
        Err(SlotRefusal::SameDay) => {
            if office.fault == Fault::StaffAreNotChecked {
                return Some(false);
            }
            let reason = office.chance.percent(50);
            let confirmed = check_confirmation(slot, &office.bounds(), office.now, reason);
            confirmed.is_ok().then_some(true)
        }
        Err(_) => None,
    }
}

fn propose(office: &mut Office, id: Id) -> Result<bool, String> {
    let Some((slot, counsellor)) = new_place(office, id) else { return Ok(false) };
    let lapses = proposal_lapses_at(&slot, &office.bounds(), office.now);
    if lapses <= office.now {
        return Err(format!("{id}: a proposal that lapses at once: {slot:?}"));
    }
    step(office, id, Step::Propose)?;
    office.files[id].proposal = Some(Proposal { slot, counsellor, lapses });
    office.later(lapses, Event::Lapse(id));
    if office.chance.percent(80) {
        let wait = SignedDuration::from_mins(office.chance.between(5, 2000));
        let at = office.now + wait;
        office.later(at, Event::Reply(id));
    }
    Ok(true)
}

/// Another slot and its counsellor, held for this application.
pub(crate) fn new_place(office: &mut Office, id: Id) -> Option<(Slot, i64)> {
    let lead = office.chance.between(1, 8);
    let found = open_slots(office, lead);
    for _ in 0..5 {
        let opening = found.get(office.chance.below(found.len()))?;
        let counsellor = *office.chance.pick(&opening.counsellors);
        if office.hold(id, counsellor, &opening.slot) {
            return Some((opening.slot, counsellor));
        }
    }
    None
}

/// The person answers the proposal that is open, if it is.
pub(crate) fn reply(office: &mut Office, id: Id) -> Result<(), String> {
    let open = |proposal: &Proposal| office.now < proposal.lapses;
    let Some(proposal) = office.files[id].proposal.filter(open) else { return Ok(()) };
    office.files[id].proposal = None;
    if office.chance.percent(75) {
        step(office, id, Step::AcceptProposal)?;
        check_confirmation(&proposal.slot, &office.bounds(), office.now, false)
            .map_err(|refusal| format!("{id}: an open proposal is refused: {refusal:?}"))?;
        return keeping::book(office, id, (proposal.slot, proposal.counsellor), false);
    }
    step(office, id, Step::RefuseProposal)?;
    look_again(office, id)
}

/// Nobody answered in time.
pub(crate) fn lapse(office: &mut Office, id: Id) -> Result<(), String> {
    let due = |proposal: &Proposal| proposal.lapses <= office.now;
    if office.files[id].proposal.filter(due).is_none() {
        return Ok(());
    }
    office.files[id].proposal = None;
    step(office, id, Step::LapseProposal)?;
    look_again(office, id)
}

fn look_again(office: &mut Office, id: Id) -> Result<(), String> {
    office.release(id);
    let at = office.in_office_hours(12);
    office.later(at, Event::Answer(id));
    Ok(())
}

pub(crate) fn withdraw(office: &mut Office, id: Id) -> Result<(), String> {
    if !office.files[id].course.is_open() {
        let refused = office.files[id].course.after(Step::Withdraw);
        return refused.map_or(Ok(()), |course| Err(format!("{id}: withdrawn to {course:?}")));
    }
    office.files[id].proposal = None;
    office.release(id);
    step(office, id, Step::Withdraw)
}

pub(crate) fn change_wishes(office: &mut Office, id: Id) -> Result<(), String> {
    let Some(wishes) = wishes(office) else { return Ok(()) };
    if !office.files[id].course.is_open() {
        return Ok(());
    }
    office.files[id].proposal = None;
    office.files[id].wishes = wishes;
    step(office, id, Step::ChangeWishes)?;
    look_again(office, id)
}

/// Somebody at the counter or on the telephone takes a slot that became free.
pub(crate) fn ask_for_freed(
    office: &mut Office,
    counsellor: i64,
    freed: Slot,
) -> Result<(), String> {
    let step_length = SignedDuration::from_mins(office.practice.step_minutes.into());
    let mut start: Timestamp = freed.start;
    while start < freed.end() {
        let slot = Slot { start, minutes: office.rules.shortest_minutes };
        start += step_length;
        let reason = match office.works(counsellor, &slot) {
            true => may_confirm(office, &slot),
            false => None,
        };
        let Some(reason) = reason else { continue };
        let id = open_file(office, vec![slot]);
        if !office.hold(id, counsellor, &slot) {
            step(office, id, Step::Decline)?;
            continue;
        }
        office.year.freed_slots_taken += 1;
        step(office, id, Step::Confirm)?;
        return keeping::book(office, id, (slot, counsellor), reason);
    }
    Ok(())
}
