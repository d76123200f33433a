//! What staff record of an appointment: calls, arrivals, outcomes, joining data; and undoing.

use jiff::Timestamp;
use rules::appointment::{Fact, Outcome, Standing, StopCause, What, is_too_early, standing};
use rules::letters::Letter;
use rules::people::FreeText;
use rules::schedule::{GroupRefusal, TOKYO};
use rules::session::{JoinLink, MeetingId, Passcode};
use rules::terms::usage_records::{UsageRecord, UsageRefusal};
use serde::{Deserialize, Serialize};

use super::{Booked, load, settle_and_save, store};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::records::conduct;
use crate::secrets::Purpose;
use crate::store::Tx;
use crate::{application, duties, records};

/// A call that came in or went out.
pub struct Call {
    /// When it came, as the clerk says; not when it is typed.
    pub at: Timestamp,
    /// What it was about.
    pub purpose: CallPurpose,
    /// A note of the clerk.
    pub note: Option<FreeText>,
}

/// What a call was about. Only some are contact in the sense of article 2(4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallPurpose {
    /// The person cancels.
    Cancel,
    /// The person will be late, or cannot get in.
    Late,
    /// The office reached the person.
    ReachedOut,
    /// A question only; it stops no limit.
    Question,
    /// A question about the tool itself, which the office does not answer (article 9(5)).
    ToolQuestion,
}

impl CallPurpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Cancel, Self::Late, Self::ReachedOut, Self::Question, Self::ToolQuestion];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Late => "late",
            Self::ReachedOut => "reached_out",
            Self::Question => "question",
            Self::ToolQuestion => "tool_question",
        }
    }

    /// Reads [`CallPurpose::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    fn fact(self) -> Option<What> {
        match self {
            Self::Cancel => Some(What::CalledOff),
            Self::Late | Self::ReachedOut => Some(What::Called),
            Self::Question | Self::ToolQuestion => None,
        }
    }
}

/// How to join, as staff typed or pasted it.
#[derive(Clone, PartialEq, Eq)]
pub struct Joining {
    /// The meeting's number.
    pub meeting: MeetingId,
    /// The passcode, if the meeting has one.
    pub passcode: Option<Passcode>,
    /// The link, if given.
    pub link: Option<JoinLink>,
}

#[derive(Serialize, Deserialize)]
struct StoredJoining {
    meeting: String,
    passcode: Option<String>,
    link: Option<String>,
}

impl Joining {
    /// Sealed at a place of its own: an appointment's, or a group session's.
    pub(crate) fn seal(&self, context: &Context, place: &str) -> Result<Vec<u8>, Error> {
        let stored = StoredJoining {
            meeting: self.meeting.digits().to_owned(),
            passcode: self.passcode.as_ref().map(|passcode| passcode.reveal().to_owned()),
            link: self.link.as_ref().map(|link| link.reveal().to_owned()),
        };
        let plain = serde_json::to_vec(&stored).map_err(anyhow::Error::from)?;
        Ok(context.keys.seal(Purpose::Personal, place, &plain))
    }

    /// Reads back what was sealed there.
    pub(crate) fn open(context: &Context, place: &str, sealed: &[u8]) -> Result<Self, Error> {
        let plain = context.keys.open(Purpose::Personal, place, sealed);
        let plain = plain.map_err(anyhow::Error::from)?;
        let stored: StoredJoining = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
        let meeting = MeetingId::parse(&stored.meeting)?;
        let passcode = stored.passcode.as_deref().map(Passcode::parse).transpose()?;
        let link = stored.link.as_deref().map(|link| JoinLink::parse(link, &meeting));
        Ok(Self { passcode, link: link.transpose()?, meeting })
    }
}

pub(super) fn joining_place(application: i64) -> String {
    format!("appointments/{application}/joining")
}

/// Holds a clerk to what the clerk saw: a session that was moved or ended meanwhile is not acted
/// upon from a page that tells something else of it.
///
/// # Errors
/// [`Refusal::SessionChanged`]; [`Error::Missing`] for another office's appointment.
pub fn still_as_seen(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    sequence: u32,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    if booked.appointment.sequence == sequence {
        return Ok(());
    }
    let now = standing_now(context, &booked)?;
    Err(Refusal::SessionChanged(now, booked.appointment.slot).into())
}

fn standing_now(context: &Context, booked: &Booked) -> Result<Standing, Error> {
    Ok(standing(&booked.appointment, booked.rules(context)?, context.now))
}

/// Records a fact at the time at which it happened, and settles.
///
/// # Errors
/// [`Refusal::InTheFuture`], [`Refusal::TooEarly`]; [`Error::Missing`] for another office's
/// appointment.
pub fn record(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    fact: Fact,
    staff: Option<i64>,
) -> Result<(), Error> {
    if fact.at > context.now {
        return Err(Refusal::InTheFuture.into());
    }
    let mut booked = load(tx, context, application)?;
    if booked.appointment.facts.contains(&fact) {
        return Ok(());
    }
    let rules = booked.rules(context)?;
    if is_too_early(&booked.appointment, rules, fact.what, fact.at) {
        return Err(Refusal::TooEarly.into());
    }
    store::insert_fact(tx, application, fact, context.now, staff)?;
    booked.appointment.facts.push(fact);
    settle_and_save(tx, context, booked)
}

/// Records a call. One that cancels or tells of a delay counts from the time at which it came.
///
/// # Errors
/// As [`record`].
pub fn note_call(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    call: &Call,
    staff: i64,
) -> Result<(), Error> {
    if call.at > context.now {
        return Err(Refusal::InTheFuture.into());
    }
    let has_session = super::find_session(tx, context, application)?.is_some();
    if !has_session {
        application::load(tx, context, application)?;
    }
    let note = call.note.as_ref().map_or("", |note| note.reveal());
    let place = note_place(application, call.at);
    let sealed = context.keys.seal(Purpose::Personal, &place, note.as_bytes());
    let row = store::ContactRow {
        application,
        kind: call.purpose.code(),
        at: call.at,
        recorded_at: context.now,
        staff,
        sealed,
    };
    store::insert_contact(tx, row)?;
    match call.purpose.fact().filter(|_| has_session) {
        Some(what) => record(tx, context, application, Fact { at: call.at, what }, Some(staff)),
        // Nothing is booked yet: who cancels takes the application back.
        None if call.purpose == CallPurpose::Cancel => {
            application::withdraw(tx, context, application)
        }
        None => Ok(()),
    }
}

fn note_place(application: i64, at: Timestamp) -> String {
    format!("contacts/{application}/{}", at.as_millisecond())
}

/// Reads back the note of a call.
pub(super) fn open_note(
    context: &Context,
    application: i64,
    at: Timestamp,
    sealed: &[u8],
) -> Result<String, Error> {
    let place = note_place(application, at);
    let plain = context.keys.open(Purpose::Personal, &place, sealed);
    let plain = plain.map_err(anyhow::Error::from)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

/// Calls a session off on the office's side (article 9(6)).
///
/// # Errors
/// [`Refusal::SessionOver`] when there is nothing left to stop; as [`record`].
pub fn stop(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    cause: StopCause,
    staff: i64,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    if !standing_now(context, &booked)?.is_open() {
        return Err(Refusal::SessionOver.into());
    }
    let fact = Fact { at: context.now, what: What::StoppedByOffice(cause) };
    record(tx, context, application, fact, Some(staff))
}

/// Ends or calls off a session because of a breach (articles 9(4), 10(2)).
///
/// # Errors
/// [`Refusal::SessionOver`] when there is nothing left to end; as [`record`].
pub(crate) fn break_off(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    staff: i64,
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    if !standing_now(context, &booked)?.is_open() {
        return Err(Refusal::SessionOver.into());
    }
    record(tx, context, application, Fact { at: context.now, what: What::BrokenOff }, Some(staff))
}

/// Records how a session ended, with its actual start and end when they are known.
///
/// # Errors
/// [`Refusal::EndBeforeStart`], [`Refusal::InTheFuture`]; as [`record`].
pub fn end_session(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    outcome: Outcome,
    (began, ended, staff): (Option<Timestamp>, Option<Timestamp>, i64),
) -> Result<(), Error> {
    load(tx, context, application)?;
    note_times(tx, context, application, (began, ended))?;
    let fact = Fact { at: context.now, what: What::Ended(outcome) };
    record(tx, context, application, fact, Some(staff))
}

/// Corrects the actual start and end of a session that is over, and its usage record with them
/// (article 5(1)).
///
/// # Errors
/// [`Refusal::NoOutcome`] while nothing says how it ended; as [`end_session`].
pub fn correct_times(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    times: (Option<Timestamp>, Option<Timestamp>),
) -> Result<(), Error> {
    let booked = load(tx, context, application)?;
    if !standing_now(context, &booked)?.is_outcome() {
        return Err(Refusal::NoOutcome.into());
    }
    note_times(tx, context, application, times)?;
    records::record_usage(tx, context, application)?;
    tx.announce("board", &context.office.slug)?;
    Ok(())
}

/// Keeps actual start and end, each where it is given; together with what is kept already they
/// must make sense.
fn note_times(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    (began, ended): (Option<Timestamp>, Option<Timestamp>),
) -> Result<(), Error> {
    let kept = super::session(tx, context, application)?;
    let whole = UsageRecord {
        actual_start: began.or(kept.began_at),
        actual_end: ended.or(kept.ended_at),
        ..UsageRecord::default()
    };
    whole.check(context.now).map_err(|refusal| match refusal {
        UsageRefusal::EndBeforeStart => Refusal::EndBeforeStart,
        UsageRefusal::InTheFuture => Refusal::InTheFuture,
    })?;
    store::update_times(tx, (application, context.office.id), began, ended)
}

/// Keeps why a session is held on the day of its confirmation or change (article 2(1), "in
/// principle").
///
/// # Errors
/// Faults of the store.
pub fn note_same_day_reason(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    reason: &FreeText,
) -> Result<(), Error> {
    let place = same_day_place(application);
    let sealed = context.keys.seal(Purpose::Personal, &place, reason.reveal().as_bytes());
    store::update_reason(tx, (application, context.office.id), sealed)
}

/// Reads [`note_same_day_reason`] back, if a reason was needed.
///
/// # Errors
/// Faults of the store.
pub fn same_day_reason(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<String>, Error> {
    let sealed = store::reason(tx, application, context.office.id)?;
    let place = same_day_place(application);
    sealed.map(|sealed| open_text(context, &place, &sealed)).transpose()
}

fn same_day_place(application: i64) -> String {
    format!("appointments/{application}/same-day-reason")
}

pub(super) fn undoing_place(application: i64, fact: i64) -> String {
    format!("facts/{application}/{fact}/undone")
}

/// Reads back why a fact was undone.
pub(super) fn open_reason(
    context: &Context,
    (application, fact): (i64, i64),
    sealed: &[u8],
) -> Result<String, Error> {
    open_text(context, &undoing_place(application, fact), sealed)
}

fn open_text(context: &Context, place: &str, sealed: &[u8]) -> Result<String, Error> {
    let plain = context.keys.open_text(Purpose::Personal, place, sealed);
    Ok(plain.map_err(anyhow::Error::from)?.to_string())
}

/// Undoes a fact of the same day, with a reason. What follows from the rest is settled.
///
/// # Errors
/// [`Refusal::ReasonMissing`], [`Refusal::NotToday`], [`Refusal::AlreadyUndone`];
/// [`Refusal::UseEnded`] for what follows from an ending that is in force (article 10(2)).
pub fn retract(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, fact): (i64, i64),
    reason: &FreeText,
    staff: i64,
) -> Result<(), Error> {
    if reason.reveal().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    load(tx, context, application)?;
    let ours = (application, context.office.id);
    let recorded = store::recorded(tx, ours, fact)?.ok_or(Error::Missing)?;
    let day = |at: Timestamp| at.to_zoned(TOKYO.clone()).date();
    if !recorded.what.can_be_undone() {
        return Err(Refusal::SessionOver.into());
    }
    if day(recorded.recorded_at) != day(context.now) {
        return Err(Refusal::NotToday.into());
    }
    if recorded.what == What::BrokenOff {
        // It follows from the ending of the person's use, which is lifted first.
        conduct::check_not_ended(tx, context, application)?;
    }
    let place = undoing_place(application, fact);
    let sealed = context.keys.seal(Purpose::Personal, &place, reason.reveal().as_bytes());
    if store::retract(tx, (fact, ours.1), sealed, context.now, Some(staff))? == 0 {
        return Err(Refusal::AlreadyUndone.into());
    }
    let booked = load(tx, context, application)?;
    let is_end = |what| matches!(what, What::Ended(_));
    let ended = standing_now(context, &booked)?.is_outcome()
        && booked.appointment.facts.iter().any(|fact| is_end(fact.what));
    if is_end(recorded.what) && !ended {
        // The end came with the outcome, and is told anew with the next one.
        store::forget_end(tx, application, ours.1)?;
    }
    let start = booked.appointment.slot.start;
    if matches!(recorded.what, What::CalledOff | What::StoppedByOffice(_)) && context.now > start {
        // We had told the person that the session was off: nobody waits in silence for that.
        let ours = Fact { at: start, what: What::Outage };
        store::insert_fact(tx, application, ours, context.now, Some(staff))?;
    }
    let booked = load(tx, context, application)?;
    settle_and_save(tx, context, booked)
}

/// Stores how to join. When the person was told before, a letter tells of the change.
///
/// # Errors
/// [`Refusal::SessionOver`]; [`Refusal::Group`] in a group session, which is joined by all alike;
/// [`Error::Missing`].
pub fn enter_joining(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    joining: &Joining,
) -> Result<(), Error> {
    let booked: Booked = load(tx, context, application)?;
    if booked.group.is_some() {
        return Err(GroupRefusal::ForAll.into());
    }
    let is_open = booked.appointment.announced.is_some_and(|it| it.standing.is_open());
    if !is_open {
        return Err(Refusal::SessionOver.into());
    }
    let before = store::joining(tx, application, booked.office)?;
    let unchanged = match &before {
        Some(sealed) => Joining::open(context, &joining_place(application), sealed)? == *joining,
        None => false,
    };
    if unchanged {
        return Ok(());
    }
    let sequence = booked.appointment.sequence + 1;
    let sealed = joining.seal(context, &joining_place(application))?;
    store::update_joining(tx, (application, booked.office), &sealed, sequence)?;
    let owed = duties::Owed {
        application,
        kind: duties::Kind::Write(Letter::JoiningData),
        sequence,
        due_at: context.now,
    };
    duties::owe(tx, context, &owed)?;
    tx.announce("board", &context.office.slug)?;
    Ok(())
}
