//! Appointments: booked, changed by facts alone, settled in one place.

mod absence;
mod board;
mod desk;
mod find;
mod group;
mod held;
pub mod pages;
mod seen;
mod stopped;
pub mod store;
mod telephone;

pub use absence::{Waiting, note_absence, waiting_during};
pub(crate) use board::rules_of;
pub use board::{
    ContactLine, FactLine, Position, Row, Session, board, contact_lines, fact_lines, find_session,
    next_start, position, session, unrecorded,
};
pub(crate) use desk::break_off;
pub use desk::{
    Call, CallPurpose, Joining, correct_times, end_session, enter_joining, note_call,
    note_same_day_reason, record, retract, same_day_reason, still_as_seen, stop,
};
pub use find::{Deemed, deemed_by_number, deemed_of_number};
pub use find::{Found, Needle, find, find_session_by_alias};
pub(crate) use group::{move_seat, tell_joining};
pub use held::{contacts_of, everything_of};
pub(crate) use seen::{note_seen, seen_anew_from};
use stopped::heed_stops;
pub(crate) use stopped::waiting_at_the_door;
pub use telephone::note_channel;

use jiff::Timestamp;
use rules::appointment::{
    Announced, Appointment, Duty, Fact, Hold, Settlement, Standing, What, next_tick, settle,
};
use rules::people::{Alias, AliasPattern, alias};
use rules::schedule::{GroupRefusal, Slot, TOKYO};
use rules::terms::Rules;
use rules::terms::suspension::Function;

use crate::app::Context;
use crate::application::{self, Appoint, check_appoint, keep_link_until, kind_of};
use crate::duties;
use crate::error::{Error, Refusal};
use crate::people::stops;
use crate::records::conduct;
use crate::schedule::{self, Resource, groups};
use crate::secrets;
use crate::session::{self, RoomKey};
use crate::store::Tx;

/// An appointment as the store keeps it.
#[derive(Clone, Debug)]
pub struct Booked {
    /// The application that it answers; an appointment has no number of its own.
    pub application: i64,
    /// Number of the office.
    pub office: i64,
    /// Number of the counsellor.
    pub counsellor: i64,
    /// The name that the office gives for the meeting (article 2(3)).
    pub alias: Alias,
    /// The group session in which it is a seat, if it is one.
    pub group: Option<i64>,
    /// The keyed digest of the jobseeker's number, for holds.
    pub number_digest: String,
    /// The version of the terms at confirmation (article 11).
    pub terms_version: String,
    /// Facts, slot and what was announced.
    pub appointment: Appointment,
}

impl Booked {
    /// The numbers of the terms that govern it (article 2(4)).
    pub(crate) fn rules<'a>(&self, context: &'a Context) -> Result<&'a Rules, Error> {
        rules_of(context, &self.terms_version, self.appointment.slot)
    }

    /// Holds what it needs: the person, and a counsellor or a seat.
    fn hold(&self, tx: &mut Tx<'_>, context: &Context) -> Result<(), Error> {
        let (application, slot) = (self.application, self.appointment.slot);
        let person = Resource::Person(self.number_digest.clone());
        match self.group {
            None => {
                let counsellor = Resource::Counsellor(self.counsellor);
                schedule::hold(tx, context, application, &slot, &[&counsellor, &person])
            }
            Some(id) => {
                let group = groups::load(tx, context, id)?;
                groups::hold_seat(tx, (&group, application), &slot)?;
                schedule::hold(tx, context, application, &slot, &[&person])
            }
        }
    }
}

/// Books a slot, or a seat at its time, for an application: holds it, draws the alias, and owes the
/// confirmation.
///
/// # Errors
/// [`Refusal::SlotTaken`], [`Refusal::PersonBusy`]; [`Refusal::Group`] when no seat is free.
pub fn book(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    number_digest: &str,
    (slot, counsellor): (Slot, i64),
) -> Result<(), Error> {
    let mut booked = Booked {
        application,
        office: context.office.id,
        counsellor,
        alias: draw_alias(tx, context, slot)?,
        group: application::group_of(tx, context, application)?,
        number_digest: number_digest.to_owned(),
        terms_version: context.office.terms(context.now)?.version.to_string(),
        appointment: Appointment::new(slot),
    };
    stops::check_open(tx, context, Function::Confirm.of_kind(booked.group.is_some()))?;
    conduct::check_may_book(tx, context, application)?;
    schedule::release(tx, application)?;
    booked.hold(tx, context)?;
    let rules = booked.rules(context)?;
    let settled = settle(booked.appointment.clone(), rules, context.now);
    let tick = next_tick(&settled.appointment, rules, context.now);
    let announced = settled.appointment.announced.ok_or(Error::Missing)?;
    store::insert(tx, &booked, alias_day(slot), announced, tick)?;
    if booked.group.is_some() {
        session::hold_by_hand(tx, context, application)?;
    }
    owe(tx, context, &booked, &settled)?;
    session::zoom::heed(tx, context, application)?;
    tx.announce("board", &context.office.slug)?;
    booked.appointment = settled.appointment;
    match telephone::heed_usual_channel(tx, context, &mut booked)? {
        true => settle_and_save(tx, context, booked),
        false => Ok(()),
    }
}

/// Gives an appointment a new slot or another counsellor, if that time could also be confirmed.
/// What was said about the old time no longer counts; at the same start it goes on counting
/// ([`Announced::gives_way_to`]).
///
/// # Errors
/// [`Refusal::SessionOver`] after it was held; [`Refusal::Slot`], [`Refusal::CounsellorAway`],
/// [`Refusal::SlotTaken`], [`Refusal::PersonBusy`]; [`Refusal::Kind`]; [`Refusal::UseEnded`].
pub fn move_to(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    appoint: &Appoint,
    staff: Option<i64>,
) -> Result<(), Error> {
    let (slot, counsellor) = (appoint.slot, appoint.counsellor);
    let booked = load(tx, context, application)?;
    if booked.group.is_some() {
        return Err(GroupRefusal::ForAll.into());
    }
    let announced = booked.appointment.announced.ok_or(Error::Missing)?;
    if !announced.standing.is_movable() {
        return Err(Refusal::SessionOver.into());
    }
    conduct::check_not_ended(tx, context, application)?;
    let kind = kind_of(tx, context, application)?;
    check_appoint(tx, context, kind, appoint)?;
    if let Some(reason) = &appoint.same_day_reason {
        note_same_day_reason(tx, context, application, reason)?;
    }
    take_time(tx, context, booked, (slot, counsellor), staff)
}

/// What follows from another time or counsellor, once it is allowed.
fn take_time(
    tx: &mut Tx<'_>,
    context: &Context,
    mut booked: Booked,
    (slot, counsellor): (Slot, i64),
    staff: Option<i64>,
) -> Result<(), Error> {
    let application = booked.application;
    let announced = booked.appointment.announced.ok_or(Error::Missing)?;
    let alias_stays = alias_day(booked.appointment.slot) == alias_day(slot);
    schedule::release(tx, application)?;
    booked.counsellor = counsellor;
    booked.appointment.slot = slot;
    if !alias_stays {
        booked.alias = draw_alias(tx, context, slot)?;
    }
    booked.hold(tx, context)?;
    store::update_slot(tx, &booked, alias_day(slot))?;
    keep_link_until(tx, application, slot)?;
    if announced.gives_way_to(slot) {
        session::forget_room(tx, RoomKey { application, start: slot.start })?;
        let fact = Fact { at: context.now, what: What::Moved };
        store::insert_fact(tx, application, fact, context.now, staff)?;
        booked.appointment.facts.push(fact);
    }
    settle_and_save(tx, context, booked)
}

/// An appointment of this office, with its facts; locked against other nodes until the end of
/// the unit of work.
pub(crate) fn load(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Booked, Error> {
    store::lock(tx, application, context.office.id)?;
    store::load(tx, application, context.office.id)?.ok_or(Error::Missing)
}

/// As [`load`], only to be looked at.
pub(crate) fn read(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Booked, Error> {
    store::load(tx, application, context.office.id)?.ok_or(Error::Missing)
}

/// Settles what the clock alone has changed. Called by the minute hand for each appointment due.
///
/// # Errors
/// Faults of the store.
pub fn tick(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let mut booked = load(tx, context, application)?;
    heed_stops(tx, context, &mut booked)?;
    settle_and_save(tx, context, booked)
}

/// Which appointments may have changed by the clock alone: number of the application and of the
/// office, oldest first.
///
/// # Errors
/// Faults of the store.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, at_most: u16) -> Result<Vec<(i64, i64)>, Error> {
    store::due(tx, now, at_most)
}

/// The one way in which an appointment changes: facts are in, now say what follows.
pub(crate) fn settle_and_save(
    tx: &mut Tx<'_>,
    context: &Context,
    mut booked: Booked,
) -> Result<(), Error> {
    telephone::heed_usual_channel(tx, context, &mut booked)?;
    let rules = booked.rules(context)?;
    let mut settled = settle(booked.appointment.clone(), rules, context.now);
    match settled.hold {
        Hold::Unchanged => {}
        Hold::Free => schedule::release(tx, booked.application)?,
        Hold::Reclaim => {
            // A session that is over needs no cells; one to come does, or a new time is owed.
            let announced = settled.appointment.announced;
            let is_open = announced.is_some_and(|announced| announced.standing.is_open());
            if is_open && !reclaim(tx, context, &booked)? {
                let lost = Fact { at: context.now, what: What::SlotLost };
                store::insert_fact(tx, booked.application, lost, context.now, None)?;
                booked.appointment.facts.push(lost);
                settled = settle(booked.appointment.clone(), rules, context.now);
            }
        }
    }
    let tick = next_tick(&settled.appointment, rules, context.now);
    let announced = settled.appointment.announced.ok_or(Error::Missing)?;
    store::save(tx, &booked, announced, settled.appointment.sequence, tick)?;
    if booked.appointment.announced != Some(announced) {
        close_duties_of_staff(tx, context, (booked.application, announced.standing), &settled)?;
    }
    owe(tx, context, &booked, &settled)?;
    session::zoom::heed(tx, context, booked.application)?;
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// What staff were to do is done, or moot, once the outcome is recorded or a new time is settled;
/// what is owed again is told once.
fn close_duties_of_staff(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, standing): (i64, Standing),
    settled: &Settlement,
) -> Result<(), Error> {
    let again = |duty| settled.duties.contains(&duty);
    if !standing.owes_new_time() || again(Duty::OfferNewTime) {
        duties::close(tx, context, application, duties::Kind::OfferNewTime)?;
    }
    if standing != Standing::Unrecorded || again(Duty::AskForOutcome) {
        duties::close(tx, context, application, duties::Kind::AskForOutcome)?;
    }
    Ok(())
}

/// Wants the cells back that a deeming had freed; false when another has one by now. The cells
/// that were taken before the clash was met are given back.
fn reclaim(tx: &mut Tx<'_>, context: &Context, booked: &Booked) -> Result<bool, Error> {
    schedule::release(tx, booked.application)?;
    match booked.hold(tx, context) {
        Ok(()) => Ok(true),
        Err(Error::Refused(Refusal::SlotTaken | Refusal::PersonBusy | Refusal::Group(_))) => {
            schedule::release(tx, booked.application)?;
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

fn owe(
    tx: &mut Tx<'_>,
    context: &Context,
    booked: &Booked,
    settled: &Settlement,
) -> Result<(), Error> {
    let (application, sequence) = (booked.application, settled.appointment.sequence);
    for duty in &settled.duties {
        let due_at = duties::due_at(*duty, settled.appointment.slot, context);
        let Some(due_at) = due_at else { continue };
        let kind = duties::Kind::from(*duty);
        duties::owe(tx, context, &duties::Owed { application, kind, sequence, due_at })?;
    }
    Ok(())
}

/// The day of an alias: it is unique in its office on that day.
fn alias_day(slot: Slot) -> String {
    slot.start.to_zoned(TOKYO.clone()).date().to_string()
}

fn draw_alias(tx: &mut Tx<'_>, context: &Context, slot: Slot) -> Result<Alias, Error> {
    // Two nodes must not draw the same name at once.
    tx.hold(&format!("aliases of office {}", context.office.id))?;
    let taken = store::aliases_of_day(tx, context.office.id, &alias_day(slot))?;
    let prefix = &context.office.practice.alias_prefix;
    let pattern = AliasPattern::with_prefix(prefix)
        .map_err(|refusal| anyhow::anyhow!("the office's alias prefix: {refusal:?}"))?;
    let is_taken = |alias: &str| taken.contains(alias);
    let drawn = alias::draw(&pattern, &is_taken, &mut secrets::random);
    Ok(drawn.ok_or_else(|| anyhow::anyhow!("no alias is left on that day"))?)
}

/// The announced state as the store keeps it.
pub(crate) fn announced(standing: Standing, slot: Slot) -> Announced {
    Announced { standing, slot }
}
