//! Group sessions (集まり): planned by the office, with seats, led by a counsellor. Who takes part
//! has an application and an appointment like anybody else: what happens to one of them happens by
//! the ordinary facts, and what happens to the group happens to each seat.

mod holder;
pub mod pages;
mod shown;
pub mod store;

pub use holder::Holder;
pub(crate) use holder::hold_seat;
pub use shown::{Shown, plain_title};

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::application::DeclineReason;
use rules::appointment::{Outcome, Standing, StopCause};
use rules::people::Language;
use rules::schedule::{GroupPlan, GroupRefusal, GroupState, GroupWords, PlanRefusal, TOKYO, Told};

use super::Resource;
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Joining};
use crate::error::{Error, Refusal};
use crate::store::Tx;

/// A group session as the store keeps it.
#[derive(Clone, Debug)]
pub struct Group {
    /// Number in the store.
    pub id: i64,
    /// When, how many, until when.
    pub plan: GroupPlan,
    /// What it is called and about.
    pub words: GroupWords,
    /// Who leads: number and name.
    pub counsellor: (i64, String),
    /// How often its time was changed: numbers the letters to those who wait.
    pub changes: u32,
    /// Whether how to join is known.
    pub has_joining: bool,
    /// When it was called off.
    pub called_off_at: Option<Timestamp>,
    /// How many seats are given.
    pub given: u16,
    /// How many applications wait for an answer.
    pub waiting: u16,
}

impl Group {
    /// Where it is.
    pub fn state(&self, now: Timestamp) -> GroupState {
        self.plan.state(self.given, self.called_off_at.is_some(), now)
    }

    /// What a reader of this language is told.
    pub fn told(&self, language: Language) -> &Told {
        self.words.told(language)
    }
}

/// What staff say of a group session when they plan or change it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// When, how many, until when.
    pub plan: GroupPlan,
    /// What it is called and about.
    pub words: GroupWords,
    /// Who leads.
    pub counsellor: i64,
}

impl From<PlanRefusal> for Error {
    fn from(refusal: PlanRefusal) -> Self {
        match refusal {
            PlanRefusal::Slot(refusal) => Refusal::Slot(refusal).into(),
            PlanRefusal::Group(refusal) => Refusal::Group(refusal).into(),
        }
    }
}

impl From<GroupRefusal> for Error {
    fn from(refusal: GroupRefusal) -> Self {
        Self::Refused(Refusal::Group(refusal))
    }
}

/// Plans a group session and holds the time of who leads it. Its number.
///
/// # Errors
/// [`Refusal::Group`], [`Refusal::Slot`], [`Refusal::CounsellorAway`], [`Refusal::SlotTaken`].
pub fn plan(
    tx: &mut Tx<'_>,
    context: &Context,
    planned: &Planned,
    officer: i64,
) -> Result<i64, Error> {
    check_offered(context)?;
    planned.plan.check(&context.office.calendar, context.now)?;
    check_counsellor(tx, context, planned.counsellor)?;
    let id = store::insert(tx, context, planned, officer)?;
    hold_counsellor(tx, context, (id, planned))?;
    tx.announce("board", &context.office.slug)?;
    Ok(id)
}

/// An office that holds no group sessions has no pages of them.
///
/// # Errors
/// [`Error::Missing`].
pub fn check_offered(context: &Context) -> Result<(), Error> {
    if context.office.practice.groups { Ok(()) } else { Err(Error::Missing) }
}

/// Regular hours do not bind who leads: the office planned it so. That they are at work here does.
fn check_counsellor(tx: &mut Tx<'_>, context: &Context, counsellor: i64) -> Result<(), Error> {
    let counsellors = super::counsellors(tx, context)?;
    match counsellors.iter().any(|it| it.rule.id == counsellor) {
        true => Ok(()),
        false => Err(Refusal::CounsellorAway.into()),
    }
}

fn hold_counsellor(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, planned): (i64, &Planned),
) -> Result<(), Error> {
    let holder = Holder::Group(id);
    super::release(tx, holder)?;
    let counsellor = Resource::Counsellor(planned.counsellor);
    super::hold(tx, context, holder, &planned.plan.slot, &[&counsellor])
}

/// A group session of this office.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub fn load(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Group, Error> {
    store::load(tx, context.office.id, id)?.ok_or(Error::Missing)
}

/// The group session of an application, if it asks for one.
///
/// # Errors
/// Faults of the store.
pub fn find_of(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Group>, Error> {
    match application::group_of(tx, context, application)? {
        Some(id) => load(tx, context, id).map(Some),
        None => Ok(None),
    }
}

/// As [`load`], locked until the end of the unit of work: seats are given and times changed one
/// after another.
fn locked(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Group, Error> {
    store::lock(tx, context.office.id, id)?;
    load(tx, context, id)
}

/// The group sessions that end after an instant, the next one first.
///
/// # Errors
/// Faults of the store.
pub fn after(tx: &mut Tx<'_>, context: &Context, from: Timestamp) -> Result<Vec<Group>, Error> {
    let groups = store::since(tx, context.office.id, from)?;
    Ok(groups.into_iter().filter(|group| group.plan.slot.end() > from).collect())
}

/// The group sessions that start on a day, the first one first; none where the office holds none.
///
/// # Errors
/// Faults of the store.
pub fn of_day(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<Vec<Group>, Error> {
    if check_offered(context).is_err() {
        return Ok(Vec::new());
    }
    let midnight = TOKYO.to_timestamp(day.to_datetime(Time::midnight()));
    let mut groups = store::since(tx, context.office.id, midnight.unwrap_or(Timestamp::MAX))?;
    groups.retain(|group| group.plan.slot.date() == day);
    Ok(groups)
}

/// The latest group sessions that are over.
///
/// # Errors
/// Faults of the store.
pub fn past(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Group>, Error> {
    let groups = store::before(tx, context.office.id, context.now)?;
    Ok(groups.into_iter().filter(|group| group.plan.slot.end() <= context.now).collect())
}

/// The group sessions that may be applied for, as jobseekers see them. None where the office
/// holds none.
///
/// # Errors
/// Faults of the store.
pub fn on_offer(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Group>, Error> {
    if check_offered(context).is_err() {
        return Ok(Vec::new());
    }
    let mut groups = after(tx, context, context.now)?;
    groups.retain(|group| group.state(context.now).takes_applications().is_ok());
    Ok(groups)
}

/// A group session that may be applied for now.
///
/// # Errors
/// [`Refusal::Group`] when it may not; [`Error::Missing`] for another office's.
pub fn open_to_apply(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Group, Error> {
    check_offered(context)?;
    let group = load(tx, context, id)?;
    group.state(context.now).takes_applications()?;
    Ok(group)
}

/// A group session in which a seat can be given now; locked.
///
/// # Errors
/// [`Refusal::Group`] when it is over or called off.
pub(crate) fn to_give_seat(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Group, Error> {
    let group = locked(tx, context, id)?;
    group.state(context.now).is_to_come()?;
    Ok(group)
}

/// An application that waits for a seat.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its number.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// When it came.
    pub received_at: Timestamp,
    /// Whether the conditions of article 1 are decided, and met.
    pub all_met: bool,
}

/// Who waits for a seat, in the order of receipt.
///
/// # Errors
/// Faults of the store.
pub fn waiting(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Waiting>, Error> {
    let applications = store::waiting_of(tx, id)?;
    let line = |application: i64| {
        let found = application::load(tx, context, application)?;
        let within = application::in_its_terms(tx, context, application)?;
        let all_met = found.decisions.all_met(found.conditions(&within.office)?).is_ok();
        let (receipt, received_at) = (found.receipt, found.received_at);
        Ok(Waiting { application, receipt, received_at, all_met })
    };
    applications.into_iter().map(line).collect()
}

/// The applications that wait for a seat, in the order of receipt.
///
/// # Errors
/// Faults of the store.
pub(crate) fn waiting_in(tx: &mut Tx<'_>, id: i64) -> Result<Vec<i64>, Error> {
    store::waiting_of(tx, id)
}

/// Changes what is planned. A new time is told to every seat and to everybody who waits; one that
/// was called off is held after all at its new time.
///
/// # Errors
/// As [`plan`]; [`Refusal::Group`] when it is over, or more seats are given than it would have.
pub fn change(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    planned: &Planned,
    officer: i64,
) -> Result<(), Error> {
    let before = locked(tx, context, id)?;
    if before.state(context.now) == GroupState::Over {
        return Err(GroupRefusal::Over.into());
    }
    let is_moved = before.plan.slot != planned.plan.slot || before.called_off_at.is_some();
    match planned.plan.check(&context.office.calendar, context.now) {
        // What stays as it is need not be possible anew.
        Err(_) if !is_moved && before.plan == planned.plan => {}
        checked => checked?,
    }
    if planned.plan.seats < before.given {
        return Err(GroupRefusal::SeatsGiven.into());
    }
    let leads = (before.counsellor.0, planned.counsellor);
    if leads.0 != leads.1 {
        check_counsellor(tx, context, planned.counsellor)?;
    }
    store::update(tx, id, planned, is_moved)?;
    let concerns_all = is_moved || leads.0 != leads.1;
    if concerns_all {
        hold_counsellor(tx, context, (id, planned))?;
    }
    for application in store::seats_of(tx, id)? {
        let standing = appointment::session(tx, context, application)?.standing;
        // Who lost the seat to another has one again as soon as there are more.
        if concerns_all || standing == Standing::Displaced {
            let to = (planned.plan.slot, planned.counsellor);
            appointment::move_seat(tx, context, application, to, officer)?;
        }
    }
    if is_moved {
        for application in store::waiting_of(tx, id)? {
            let to = (planned.plan.slot, before.changes + 1);
            application::follow_group(tx, context, application, to)?;
        }
    }
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// Keeps how to join, once for all; each seat is told that it changed.
///
/// # Errors
/// [`Refusal::Group`] when it is over or called off.
pub fn enter_joining(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    joining: &Joining,
) -> Result<(), Error> {
    locked(tx, context, id)?.state(context.now).is_to_come()?;
    if self::joining(tx, context, id)?.as_ref() == Some(joining) {
        return Ok(());
    }
    store::update_joining(tx, id, joining.seal(context, &place(id))?)?;
    for application in store::seats_of(tx, id)? {
        appointment::tell_joining(tx, context, application)?;
    }
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// How to join, if it is known.
///
/// # Errors
/// [`Error::Missing`].
pub fn joining(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<Joining>, Error> {
    let sealed = store::joining(tx, context.office.id, id)?;
    sealed.map(|sealed| Joining::open(context, &place(id), &sealed)).transpose()
}

fn place(id: i64) -> String {
    format!("group_sessions/{id}/joining")
}

/// Calls a group session off on the office's side (article 9(6)): each seat is told, and so is
/// everybody who waits.
///
/// # Errors
/// [`Refusal::Group`] when it is over or was called off before.
pub fn call_off(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (cause, officer): (StopCause, i64),
) -> Result<(), Error> {
    locked(tx, context, id)?.state(context.now).is_to_come()?;
    store::call_off(tx, id, officer, context.now)?;
    super::release(tx, Holder::Group(id))?;
    for application in store::seats_of(tx, id)? {
        if appointment::session(tx, context, application)?.standing.is_open() {
            appointment::stop(tx, context, application, cause, officer)?;
        }
    }
    for application in store::waiting_of(tx, id)? {
        application::decline(tx, context, application, DeclineReason::NoSeat)?;
    }
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// Records one outcome for everybody who came and for whom none is recorded.
///
/// # Errors
/// [`Refusal::TooEarly`] before it began; [`Refusal::Group`] when it was called off, or nobody came
/// of whom the outcome is open.
pub fn end(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (outcome, officer): (Outcome, i64),
) -> Result<(), Error> {
    let group = locked(tx, context, id)?;
    if group.called_off_at.is_some() {
        return Err(GroupRefusal::CalledOff.into());
    }
    if context.now < group.plan.slot.start {
        return Err(Refusal::TooEarly.into());
    }
    let mut is_recorded = false;
    for application in store::seats_of(tx, id)? {
        let position = appointment::position(tx, context, application)?;
        let is_over = position.judged.standing.is_outcome();
        let has_come = position.arrived_at.is_some() && position.judged.standing.keeps_slot();
        if has_come && !is_over {
            let end = group.plan.slot.end().min(context.now);
            let times = (Some(group.plan.slot.start), Some(end), officer);
            appointment::end_session(tx, context, application, outcome, times)?;
            is_recorded = true;
        }
    }
    if is_recorded { Ok(()) } else { Err(GroupRefusal::NobodyCame.into()) }
}
