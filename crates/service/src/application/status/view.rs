//! What the page of an application says: one clear text for each place in its course and for each
//! standing of its session.

use askama::Template;
use jiff::Timestamp;
use rules::application::{Course, DeclineReason};
use rules::appointment::Standing;
use rules::schedule::{Slot, TOKYO};
use rules::session::{Channel, opens_at};

use super::actions::may_cancel_online;
use super::sharing::{Question, State};
use super::{Found, fresh_key};
use crate::appointment::Session;
use crate::error::Error;
use crate::records::conduct::Objectable;
use crate::schedule::groups::Shown;
use crate::terms::{Coming as TermsComing, Since};
use crate::web::Page;
use crate::words::{Markup, Words, key};

/// Where it stands and what happens next.
struct Story {
    /// The class of the panel: empty while it goes on.
    tone: &'static str,
    state: Markup,
    next: Vec<Markup>,
    /// Which of the four steps is now; none when it came to another end.
    step: Option<usize>,
}

/// How to join, as far as it may be told.
enum Join {
    /// By the join page, from then on: in the built-in room, or with what it tells of a meeting
    /// that staff make. Nowhere else: opening it is use, and consent to the terms (article 11).
    ByPage(Timestamp),
    /// The office telephones.
    ByTelephone,
}

/// A session that is still to come or going on.
struct Coming {
    alias: String,
    join: Join,
    /// Whether a meeting that staff make is joined with a tool of its own.
    is_by_hand: bool,
    is_online_cancellable: bool,
}

/// A step on the path of an application.
struct PathStep {
    name: Markup,
    is_done: bool,
    is_now: bool,
}

/// The four steps, and which of them is now.
fn path(words: Words, now: usize) -> Vec<PathStep> {
    let names = [
        key!("office-step-apply"),
        key!("office-step-answer"),
        key!("office-step-prepare"),
        key!("office-step-join"),
    ];
    let step = |(place, name): (usize, &'static str)| PathStep {
        name: words.t(name),
        is_done: place < now,
        is_now: place == now,
    };
    names.into_iter().enumerate().map(step).collect()
}

/// A time that the office proposes.
struct Proposed {
    slot: Slot,
    until: Markup,
    key: String,
}

#[derive(Template)]
#[template(path = "application/status/status.html")]
pub(super) struct StatusPage {
    page: Page,
    receipt: String,
    story: Story,
    /// The session's time, while there is one to show.
    when: Option<Slot>,
    coming: Option<Coming>,
    questions: Vec<Question>,
    proposed: Option<Proposed>,
    wishes: Vec<Slot>,
    /// The group session that it is about.
    group: Option<Shown>,
    path: Vec<PathStep>,
    is_open: bool,
    has_calendar: bool,
    /// Where to apply again, once this one has come to its end.
    again: Option<String>,
    megabytes: u16,
    half_hour: u16,
    grace: Option<u16>,
    tool: String,
    /// What changed in the terms since the last consent, while the service may still be used.
    since: Option<Since>,
    /// A version of the terms that takes effect later.
    terms_coming: Option<TermsComing>,
    tool_of_terms: String,
    objectable: Option<Objectable>,
}

impl StatusPage {
    pub(super) fn new(page: Page, found: &Found) -> Result<Self, Error> {
        let words = page.words;
        let (context, application) = (&found.context, &found.application);
        let session = found.session.as_ref();
        let proposed = application.proposal.filter(|proposal| context.now < proposal.lapses_at);
        let is_open = application.course.is_open();
        let story = story(words, found)?;
        let office = (&*context.office, context.now);
        let since = Some(Since::of(words, office, found.consent.as_ref())?);
        let shown = found.group.as_ref().map(|group| Shown::of(words, context, group));
        let story_has_ended = story.step.is_none_or(|step| step > 3);
        Ok(Self {
            receipt: application.receipt.clone(),
            path: story.step.map_or_else(Vec::new, |now| path(words, now)),
            story,
            when: session.map(|session| session.slot),
            coming: session.filter(|it| it.standing.is_open()).map(|it| coming(found, it)),
            questions: found.sharings.iter().map(|it| Question::of(words, it)).collect(),
            proposed: proposed.filter(|_| is_open).map(|proposal| Proposed {
                slot: proposal.slot,
                until: words.moment(proposal.lapses_at),
                key: fresh_key(),
            }),
            wishes: if is_open { application.wishes.clone() } else { Vec::new() },
            group: shown.transpose()?,
            is_open,
            has_calendar: session
                .is_some_and(|it| it.standing.is_open() || !it.standing.keeps_slot()),
            again: story_has_ended.then(|| format!("/offices/{}", context.office.slug)),
            megabytes: context.office.practice.megabytes_per_half_hour,
            half_hour: rules::people::METERED_MINUTES,
            grace: grace(found)?,
            tool: context.office.tool_of(words, found.channel),
            since: since.filter(|_| !story_has_ended),
            terms_coming: TermsComing::of(
                &context.office,
                context.now,
                session.map(|it| it.slot.date()),
            )
            .filter(|_| !story_has_ended),
            tool_of_terms: context.office.tool(words),
            objectable: found.objectable,
            page,
        })
    }
}

/// Minutes of silence that are borne, by the terms in force at the session, as in its letters
/// (article 2(4)).
fn grace(found: &Found) -> Result<Option<u16>, Error> {
    let at = found.session.as_ref().map_or(found.context.now, |session| session.slot.start);
    Ok(found.context.office.terms(at)?.rules.grace_minutes)
}

fn coming(found: &Found, session: &Session) -> Coming {
    let context = &found.context;
    let join = match found.channel {
        Channel::Telephone => Join::ByTelephone,
        Channel::Room | Channel::Zoom | Channel::ByHand => {
            Join::ByPage(opens_at(&session.slot, &context.office.practice))
        }
    };
    Coming {
        alias: session.alias.reveal().to_owned(),
        join,
        is_by_hand: matches!(found.channel, Channel::Zoom | Channel::ByHand),
        is_online_cancellable: may_cancel_online(context, &found.application),
    }
}

fn story(words: Words, found: &Found) -> Result<Story, Error> {
    let t = |key: &'static str| words.t(key);
    let (context, application) = (&found.context, &found.application);
    // A promise that was not kept is not repeated.
    let due = || match context.now < application.answer_due {
        true if found.group.is_some() => {
            words.t1("group-receipt-next", "due", words.moment(application.answer_due))
        }
        true => words.t1("letters-receipt-next", "due", words.moment(application.answer_due)),
        false => t(key!("status-overdue")),
    };
    let going = |state, next, step| Story { tone: "", state, next, step: Some(step) };
    let ended = |state, next| Story { tone: "stopped", state, next, step: None };
    let office = &context.office;
    Ok(match application.course {
        Course::Received if found.group.is_some() => {
            going(t(key!("group-status-received")), vec![due()], 1)
        }
        Course::Received => going(t(key!("status-received")), vec![due()], 1),
        Course::Proposed if proposal_is_open(found) => {
            going(t(key!("status-proposed")), vec![t(key!("letters-proposal-what"))], 1)
        }
        Course::Proposed => {
            let next = vec![t(key!("letters-lapsed-what")), t(key!("letters-lapsed-next"))];
            going(t(key!("status-received")), next, 1)
        }
        Course::Declined => {
            let reason = application.decline_reason.map(|reason| t(reason_key(reason)));
            let instead = t(key!("letters-declined-instead"));
            ended(t(key!("letters-declined-what")), reason.into_iter().chain([instead]).collect())
        }
        Course::Withdrawn => {
            let next = vec![t(key!("letters-withdrawn-mistake")), t(key!("letters-apply-again"))];
            ended(t(key!("letters-withdrawn-what")), next)
        }
        Course::ToVisit => {
            let practice = &office.practice;
            let (opens, closes) =
                (words.time(practice.counter_opens), words.time(practice.counter_closes));
            let next = vec![
                words.t1("letters-to-visit-place", "address", &office.address),
                words.t2("letters-to-visit-hours", "from", opens, "to", closes),
                t(key!("letters-to-visit-next")),
            ];
            ended(t(key!("letters-to-visit-what")), next)
        }
        Course::ToTelephone => {
            ended(t(key!("letters-to-telephone-what")), vec![t(key!("letters-to-telephone-next"))])
        }
        Course::Confirmed => match &found.session {
            Some(session) => of_session(words, session, context.now, grace(found)?),
            None => return Err(Error::Missing),
        },
    })
}

fn proposal_is_open(found: &Found) -> bool {
    let proposal = found.application.proposal;
    proposal.is_some_and(|proposal| found.context.now < proposal.lapses_at)
}

fn of_session(words: Words, session: &Session, now: Timestamp, grace: Option<u16>) -> Story {
    let t = |key: &'static str| words.t(key);
    let going = |state, next, step| Story { tone: "success", state, next, step: Some(step) };
    let ended = |state, next| Story { tone: "stopped", state, next, step: None };
    let again = || t(key!("letters-apply-again"));
    match session.standing {
        Standing::Waiting => waiting(words, session.slot, now, grace),
        Standing::InContact => {
            going(t(key!("status-in-contact")), vec![t(key!("status-in-contact-next"))], 3)
        }
        Standing::Present => {
            going(t(key!("status-present")), vec![t(key!("status-present-next"))], 3)
        }
        Standing::Held => going(t(key!("status-held")), vec![again()], 4),
        Standing::ByTelephone => going(t(key!("status-by-telephone")), vec![again()], 4),
        Standing::JobseekersTrouble => {
            let next = vec![t(key!("status-trouble-next")), t(key!("letters-not-counted"))];
            ended(t(key!("status-trouble")), next)
        }
        Standing::OfficesTrouble => {
            let next = vec![t(key!("letters-new-time-first")), t(key!("letters-not-counted"))];
            ended(t(key!("status-offices-trouble")), next)
        }
        Standing::CalledOff => {
            let next = vec![t(key!("letters-cancellation-mistake")), again()];
            ended(t(key!("status-called-off")), next)
        }
        Standing::DeemedCancelled => {
            let next = vec![
                words.t1("status-deemed-next", "grace", grace.unwrap_or_default()),
                t(key!("letters-deemed-object")),
                t(key!("letters-deemed-alone")),
            ];
            ended(t(key!("status-deemed-cancelled")), next)
        }
        Standing::StoppedByOffice => {
            let next = vec![t(key!("letters-new-time-first")), t(key!("letters-not-counted"))];
            ended(t(key!("status-stopped-by-office")), next)
        }
        Standing::BrokenOff => {
            ended(t(key!("session-door-broken-off")), vec![t(key!("refusals-call-the-office"))])
        }
        Standing::Displaced => {
            let next = vec![
                t(key!("letters-displaced-what")),
                t(key!("letters-displaced-why")),
                t(key!("letters-new-time-first")),
            ];
            ended(t(key!("status-displaced")), next)
        }
        Standing::Unrecorded => ended(t(key!("status-unrecorded")), vec![again()]),
    }
}

/// Before the start it depends on the day; after it, the limit of article 2(4) runs.
fn waiting(words: Words, slot: Slot, now: Timestamp, grace: Option<u16>) -> Story {
    let today = TOKYO.to_datetime(now).date();
    let (state, next, step) = if now >= slot.start {
        let silence = grace.map(|grace| words.t1("letters-absence-grace", "grace", grace));
        let next = [Some(words.t("status-started-next")), silence];
        (key!("status-started"), next.into_iter().flatten().collect(), 3)
    } else if today == slot.date() {
        (key!("status-today"), vec![words.t("status-today-next")], 3)
    } else {
        (key!("status-confirmed"), vec![words.t("status-confirmed-next")], 2)
    };
    Story { tone: "success", state: words.t(state), next, step: Some(step) }
}

fn reason_key(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NotRegistered => key!("letters-reason-not-registered"),
        DeclineReason::NoEnvironment => key!("letters-reason-no-environment"),
        DeclineReason::NoNeed => key!("letters-reason-no-need"),
        DeclineReason::NoTime => key!("letters-reason-no-time"),
        DeclineReason::Duplicate => key!("letters-reason-duplicate"),
        DeclineReason::OutsideTheService => key!("letters-reason-outside"),
        DeclineReason::NoSeat => key!("letters-reason-no-seat"),
        DeclineReason::UseDeclined => key!("letters-reason-use-declined"),
        DeclineReason::UseEnded => key!("letters-reason-use-ended"),
    }
}
