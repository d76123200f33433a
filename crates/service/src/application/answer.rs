//! The office's answer, and what the person may still change before it.

use jiff::Timestamp;
use rules::application::{DeclineReason, Kind, Step, check_wishes, proposal_lapses_at};
use rules::letters::Letter;
use rules::people::FreeText;
use rules::schedule::{GroupRefusal, Slot, check_confirmation};
use rules::terms::eligibility::Condition;
use rules::terms::suspension::{ConductRefusal, Function};

use super::{
    Application, LINK_OUTLIVES, Proposal, check_lengths, in_its_terms, load, marks, owe_letter,
    store,
};
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::people::stops;
use crate::records::conduct;
use crate::schedule::{self, Resource, groups};
use crate::store::Tx;
use crate::{appointment, duties};

/// A time that an officer gives to an application.
pub struct Appoint {
    /// When.
    pub slot: Slot,
    /// With whom.
    pub counsellor: i64,
    /// Why on the same day; needed only then (article 2(1), "in principle").
    pub same_day_reason: Option<FreeText>,
}

/// Decides one of the three conditions of article 1.
///
/// # Errors
/// [`Refusal::Course`] when the application is answered already.
pub fn decide(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (condition, met): (Condition, bool),
    officer: i64,
) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    if !application.course.is_open() {
        application.course.after(Step::Confirm)?;
    }
    store::insert_decision(tx, id, (condition, met), (officer, context.now))
}

/// Confirms a time: the answer of article 2(2), and the completion of the booking (2(1)).
///
/// # Errors
/// [`Refusal::Conditions`], [`Refusal::Slot`], [`Refusal::SlotTaken`], [`Refusal::PersonBusy`],
/// [`Refusal::CounsellorAway`], [`Refusal::Kind`], [`Refusal::Course`]; [`Refusal::Group`] where a
/// group session is asked for.
pub fn confirm(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    appoint: &Appoint,
) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::Confirm)?;
    check_alone(application)?;
    check_conditions(context, application)?;
    check_appoint(tx, context, application.kind, appoint)?;
    let digest = store::number_digest(context, &application.person.number);
    let time = (appoint.slot, appoint.counsellor);
    appointment::book(tx, context, id, digest.as_str(), time)?;
    if let Some(reason) = &appoint.same_day_reason {
        appointment::note_same_day_reason(tx, context, id, reason)?;
    }
    store::answer(tx, id, course, None, context.now)?;
    keep_link_until(tx, id, appoint.slot)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// Whether every condition was decided and found met that the version says which was in force when
/// the application came (articles 1 and 11).
fn check_conditions(context: &Context, application: &Application) -> Result<(), Error> {
    let conditions = application.conditions(&context.office)?;
    application.decisions.all_met(conditions).map_err(|refused| Refusal::Conditions(refused).into())
}

/// Gives a seat in the group session that was asked for: the answer of article 2(2), at the group's
/// time. Its plan, and not the limit of article 2(1), says until when.
///
/// # Errors
/// [`Refusal::Conditions`], [`Refusal::Group`], [`Refusal::PersonBusy`], [`Refusal::Course`].
pub fn give_seat(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let wanted = load(tx, context, id)?.group.ok_or(GroupRefusal::NoGroup)?;
    let group = groups::to_give_seat(tx, context, wanted)?;
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::Confirm)?;
    check_conditions(context, application)?;
    let digest = store::number_digest(context, &application.person.number);
    let slot = group.plan.slot;
    appointment::book(tx, context, id, digest.as_str(), (slot, group.counsellor.0))?;
    store::answer(tx, id, course, None, context.now)?;
    keep_link_until(tx, id, slot)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// The group session of an application that waits has another time: it asks for that now, and the
/// person is told.
///
/// # Errors
/// [`Error::Missing`].
pub(crate) fn follow_group(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (slot, changes): (Slot, u32),
) -> Result<(), Error> {
    locked(tx, context, id)?;
    store::delete_wishes(tx, id)?;
    store::insert_wishes(tx, id, &[slot])?;
    owe_letter(tx, context, (id, changes), Letter::Receipt)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// Keeps from arranging a time for somebody alone who asks for a group session.
fn check_alone(application: &Application) -> Result<(), Error> {
    match application.group {
        None => Ok(()),
        Some(_) => Err(GroupRefusal::ForAll.into()),
    }
}

/// Proposes another time than those wished for, and keeps it for the person.
///
/// # Errors
/// As [`confirm`].
pub fn propose(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    appoint: &Appoint,
) -> Result<(), Error> {
    stops::check_open(tx, context, Function::Confirm)?;
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::Propose)?;
    check_alone(application)?;
    check_conditions(context, application)?;
    conduct::check_may_book(tx, context, id)?;
    check_appoint(tx, context, application.kind, appoint)?;
    let office = &context.office;
    let slot = appoint.slot;
    let lapses_at = proposal_lapses_at(&slot, &office.bounds(context.now)?, context.now);
    let digest = store::number_digest(context, &application.person.number);
    let counsellor = Resource::Counsellor(appoint.counsellor);
    schedule::release(tx, id)?;
    schedule::hold(tx, context, id, &slot, &[&counsellor, &Resource::person(&digest)])?;
    let proposal = Proposal { slot, counsellor: appoint.counsellor, lapses_at };
    store::propose(tx, id, course, Some(&proposal))?;
    let sequence = store::proposals_so_far(tx, id)?;
    owe_letter(tx, context, (id, sequence), Letter::Proposal)?;
    let kind = duties::Kind::LapseProposal;
    let owed = duties::Owed { application: id, kind, sequence, due_at: lapses_at };
    duties::owe(tx, context, &owed)?;
    tx.announce("inbox", &office.slug)?;
    Ok(())
}

/// The person takes the proposed time: it is confirmed at once.
///
/// # Errors
/// [`Refusal::Course`] when no proposal is open, or it has lapsed.
pub fn accept_proposal(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::AcceptProposal)?;
    let proposal = open_proposal(application, context.now)?;
    let digest = store::number_digest(context, &application.person.number);
    let time = (proposal.slot, proposal.counsellor);
    appointment::book(tx, context, id, digest.as_str(), time)?;
    store::answer(tx, id, course, None, context.now)?;
    keep_link_until(tx, id, proposal.slot)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// The person asks for another time than the proposed one.
///
/// # Errors
/// [`Refusal::Course`] when no proposal is open.
pub fn refuse_proposal(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::RefuseProposal)?;
    schedule::release(tx, id)?;
    store::propose(tx, id, course, None)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// A proposal that nobody answered gives its time back. Owed as a duty when it was made; does
/// nothing when it was answered meanwhile, or replaced by a later one.
///
/// # Errors
/// Faults of the store.
pub fn lapse_proposal(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let Ok(course) = application.course.after(Step::LapseProposal) else { return Ok(()) };
    if application.proposal.is_some_and(|proposal| proposal.lapses_at > context.now) {
        return Ok(());
    }
    schedule::release(tx, id)?;
    store::propose(tx, id, course, None)?;
    let sequence = store::proposals_so_far(tx, id)?;
    owe_letter(tx, context, (id, sequence), Letter::ProposalLapsed)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

/// Answers no, with a coded reason.
///
/// # Errors
/// [`Refusal::Course`].
pub fn decline(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    reason: DeclineReason,
) -> Result<(), Error> {
    // Only a manager's decision on file gives this reason (article 2(4)).
    let marks = marks(tx, context, id)?;
    if reason == DeclineReason::UseDeclined && !conduct::bars(tx, context, &marks)?.declined {
        return Err(Refusal::Conduct(ConductRefusal::NoDeemedCancellation).into());
    }
    end(tx, context, id, (Step::Decline, Some(reason), Letter::Declined))
}

/// Asks the person to come, or promises a telephone call, instead.
///
/// # Errors
/// [`Refusal::Course`].
pub fn convert(tx: &mut Tx<'_>, context: &Context, id: i64, visit: bool) -> Result<(), Error> {
    let step = if visit { Step::ConvertToVisit } else { Step::ConvertToTelephone };
    end(tx, context, id, (step, None, Letter::Converted))
}

/// The person takes the application back before it is confirmed.
///
/// # Errors
/// [`Refusal::Course`].
pub fn withdraw(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    end(tx, context, id, (Step::Withdraw, None, Letter::Withdrawn))
}

/// The person wishes for other times, before the answer.
///
/// # Errors
/// [`Refusal::Wishes`], [`Refusal::Kind`], [`Refusal::Course`].
pub fn change_wishes(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    wishes: &[Slot],
) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(Step::ChangeWishes)?;
    check_alone(application)?;
    let office = &context.office;
    check_wishes(wishes, &office.bounds(context.now)?, context.now).map_err(Refusal::Wishes)?;
    check_lengths(context, application.kind, wishes)?;
    schedule::release(tx, id)?;
    store::propose(tx, id, course, None)?;
    store::delete_wishes(tx, id)?;
    store::insert_wishes(tx, id, wishes)?;
    tx.announce("inbox", &office.slug)?;
    Ok(())
}

fn end(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (step, reason, letter): (Step, Option<DeclineReason>, Letter),
) -> Result<(), Error> {
    let (application, context) = &locked(tx, context, id)?;
    let course = application.course.after(step)?;
    schedule::release(tx, id)?;
    store::answer(tx, id, course, reason, context.now)?;
    owe_letter(tx, context, (id, 0), letter)?;
    tx.announce("inbox", &context.office.slug)?;
    Ok(())
}

pub(super) fn locked(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<(Application, Context), Error> {
    store::lock(tx, context.office.id, id)?;
    Ok((load(tx, context, id)?, in_its_terms(tx, context, id)?))
}

fn open_proposal(application: &Application, now: Timestamp) -> Result<Proposal, Error> {
    use rules::application::CourseRefusal::NoOpenProposal;
    let open = application.proposal.filter(|proposal| now < proposal.lapses_at);
    open.ok_or_else(|| NoOpenProposal.into())
}

/// The rules of article 2(1), whether the counsellor works at that time, and for a session of this
/// kind whether it is as long as those are and the counsellor is able to hold it (article 6).
///
/// # Errors
/// [`Refusal::Slot`], [`Refusal::Kind`], [`Refusal::CounsellorAway`].
pub fn check_appoint(
    tx: &mut Tx<'_>,
    context: &Context,
    kind: Kind,
    appoint: &Appoint,
) -> Result<(), Error> {
    let office = &context.office;
    let has_reason = appoint.same_day_reason.as_ref().is_some_and(|text| !text.is_empty());
    check_confirmation(&appoint.slot, &office.bounds(context.now)?, context.now, has_reason)?;
    kind.check_minutes(appoint.slot.minutes, &office.practice).map_err(Refusal::Kind)?;
    let mut counsellors = schedule::counsellors(tx, context)?.into_iter().map(|it| it.rule);
    let chosen = counsellors.find(|it| it.id == appoint.counsellor);
    let chosen = chosen.filter(|it| it.works_during(&appoint.slot));
    let skills = chosen.ok_or(Refusal::CounsellorAway)?.skills;
    Ok(kind.check_skills(&skills).map_err(Refusal::Kind)?)
}

/// The page of an application can be opened until then by its link, if not for longer.
///
/// # Errors
/// Faults of the store.
pub(crate) fn keep_page_open(tx: &mut Tx<'_>, id: i64, until: Timestamp) -> Result<(), Error> {
    store::extend_link(tx, id, until)
}

/// Letters' links work until a day after the session, however late it is.
///
/// # Errors
/// Faults of the store.
pub(crate) fn keep_link_until(tx: &mut Tx<'_>, id: i64, slot: Slot) -> Result<(), Error> {
    let until = slot.end().saturating_add(LINK_OUTLIVES).unwrap_or(slot.end());
    store::extend_link(tx, id, until)
}
