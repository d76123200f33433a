//! Letters to jobseekers (article 2(2)): written from what is so at that moment, kept sealed, and
//! sent by mail or passed on by staff.

mod calendar;
mod compose;
mod content;
pub mod desk;
mod held;
mod pages;
mod post;
mod section;
mod store;
#[cfg(test)]
mod tests;
mod wanted;

pub use calendar::{CalendarText, Method};
pub use held::everything_of;
pub use pages::{PrintPage, ReadAloudPage, joining_shown, page_of};
pub use post::{Delivery, Post, PostRefusal, STEP_AT_MOST, Security, SmtpSettings, is_sender};
pub use section::{Link, Part, Phrase, Section};

use jiff::{SignedDuration, Timestamp};
use rules::letters::{CalendarPart, Letter};
use rules::people::{Email, Language};

use crate::app::Context;
use crate::application::{self, Application};
use crate::appointment::{self, Session};
use crate::duties;
use crate::error::Error;
use crate::people::stops;
use crate::records::conduct;
use crate::schedule::groups;
use crate::session::channel;
use crate::store::Tx;
use crate::words::key;
use compose::{Matter, Told};
use content::Content;
use wanted::About;

/// A letter that lies in the line for longer than this is shown to staff as failing.
const LINE_AT_MOST: SignedDuration = SignedDuration::from_mins(15);

/// A letter that is owed.
#[derive(Clone, Debug)]
pub struct Order {
    /// The application that it is about.
    pub application: i64,
    /// Which letter.
    pub letter: Letter,
    /// Which announcement made it owed.
    pub sequence: u32,
    /// The stable key of the duty: the same key is the same letter.
    pub key: String,
}

/// Which letter a duty owes.
#[derive(Clone, Copy, Debug)]
pub struct Owed {
    /// The application that it is about.
    pub application: i64,
    /// Which letter.
    pub letter: Letter,
    /// Which announcement made it owed.
    pub sequence: u32,
}

/// How far a letter got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Written; on its way to the mail server.
    Queued,
    /// The mail server took it.
    Sent,
    /// The person gave no address: staff print it or read it aloud.
    ByHand,
    /// The mail server refused it for good.
    Undeliverable,
    /// It was no longer true, or no longer of use, before it could leave.
    Overtaken,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Sent, Self::ByHand, Self::Undeliverable, Self::Overtaken];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::ByHand => "by_hand",
            Self::Undeliverable => "undeliverable",
            Self::Overtaken => "overtaken",
        }
    }

    /// Reads [`State::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A letter ready to leave. Holds an address and a link: no `Debug`.
#[derive(Clone)]
pub struct Written {
    /// Its number in the store.
    pub id: i64,
    /// To whom; none when the person gave no address.
    pub to: Option<Email>,
    /// `Message-ID`, the same for every repeat.
    pub message_id: String,
    /// Neutral: it may show on a locked screen.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The calendar entry, if it changes.
    pub calendar: Option<CalendarText>,
    /// How far it got.
    pub state: State,
    /// When it was written.
    pub written_at: Timestamp,
}

/// A letter as lists show it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the store.
    pub id: i64,
    /// The application that it is about.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// Which letter.
    pub letter: Letter,
    /// How far it got.
    pub state: State,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was sent, or passed on by hand.
    pub sent_at: Option<Timestamp>,
}

impl Line {
    /// The key of what this kind of letter is called in lists.
    pub fn title_key(&self) -> &'static str {
        match self.letter {
            Letter::Receipt => key!("letters-kind-receipt"),
            Letter::Proposal => key!("letters-kind-proposal"),
            Letter::ProposalLapsed => key!("letters-kind-proposal-lapsed"),
            Letter::Declined => key!("letters-kind-declined"),
            Letter::Converted => key!("letters-kind-converted"),
            Letter::Withdrawn => key!("letters-kind-withdrawn"),
            Letter::Confirmation => key!("letters-kind-confirmation"),
            Letter::Reminder => key!("letters-kind-reminder"),
            Letter::Change => key!("letters-kind-change"),
            Letter::JoiningData => key!("letters-kind-joining-data"),
            Letter::Cancellation => key!("letters-kind-cancellation"),
            Letter::DeemedCancelled => key!("letters-kind-deemed-cancelled"),
            Letter::DeemingUndone => key!("letters-kind-deeming-undone"),
            Letter::Reinstatement => key!("letters-kind-reinstatement"),
            Letter::StoppedByOffice => key!("letters-kind-stopped-by-office"),
            Letter::Displaced => key!("letters-kind-displaced"),
            Letter::StopPlanned => key!("letters-kind-stop-planned"),
            Letter::StopLifted => key!("letters-kind-stop-lifted"),
            Letter::UseDeclined => key!("letters-kind-use-declined"),
            Letter::UseEnded => key!("letters-kind-use-ended"),
            Letter::ObjectionAnswered => key!("letters-kind-objection-answered"),
        }
    }
}

/// A letter as it was written, for print, for reading aloud, and for the demo's outbox. Holds an
/// address and a link: no `Debug`.
#[derive(Clone)]
pub struct Shown {
    /// What lists show of it.
    pub line: Line,
    /// The language that it is in.
    pub language: Language,
    /// To whom; none when the person gave no address.
    pub to: Option<Email>,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub sections: Vec<Section>,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as an HTML document.
    pub html: String,
    /// The calendar entry, if it changes.
    pub calendar: Option<CalendarText>,
    about: About,
}

impl Shown {
    /// Whether the letter tells the time and the alias that this session has now. How to join it
    /// belongs on no other paper.
    pub fn tells_of(&self, session: &Session) -> bool {
        self.about == About::session(session)
    }
}

/// Writes a letter, or finds it when the same order was written before. Nothing when it is no
/// longer wanted, or has been sent already.
///
/// # Errors
/// [`Error::Missing`] for another office's application; [`crate::error::Refusal::NoTerms`].
pub fn write(tx: &mut Tx<'_>, context: &Context, order: &Order) -> Result<Option<Written>, Error> {
    let context = &application::in_its_terms(tx, context, order.application)?;
    let application = application::load(tx, context, order.application)?;
    let session = appointment::find_session(tx, context, order.application)?;
    let message_id = message_id(context, &order.key);
    let kept = store::by_message_id(tx, context.office.id, &message_id)?;
    let about = wanted::about(order.letter, &application, session.as_ref(), context.now);
    let Some(kept) = kept else {
        let Some(about) = about else { return Ok(None) };
        let token = application::link_of(tx, context, application.id)?;
        let link = format!("{}/link/{}", context.site.public_url, token.reveal().as_str());
        let channel = match session {
            Some(_) => channel(tx, context, application.id)?,
            None => context.office.practice.meetings,
        };
        let session = session.as_ref();
        let Some(told) = told(tx, context, order, session)? else { return Ok(None) };
        let group = groups::find_of(tx, context, application.id)?;
        let (application, group) = (&application, group.as_ref());
        let link = link.as_str();
        let matter = Matter { context, application, session, group, channel, told, link };
        let content = content::compose(order, &matter, about)?;
        return Ok(Some(keep(tx, context, order, (content, message_id))?));
    };
    if kept.sent_at.is_some() || matches!(kept.state, State::Sent | State::Overtaken) {
        return Ok(None);
    }
    let content = Content::open(context, &kept.message_id, &kept.sealed)?;
    if about.as_ref() != Some(&content.about) {
        store::note_overtaken(tx, kept.id)?;
        return Ok(None);
    }
    Ok(Some(content.written(kept.id, message_id, (kept.state, kept.written_at))?))
}

/// What a letter tells besides; `None` when what it would tell is so no longer.
fn told(
    tx: &mut Tx<'_>,
    context: &Context,
    order: &Order,
    session: Option<&Session>,
) -> Result<Option<Told>, Error> {
    Ok(match (order.letter, session) {
        // Lifted before it was told: there is nothing to tell.
        (Letter::UseDeclined, _) => {
            conduct::declining_of(tx, context, order.application)?.map(Told::Declining)
        }
        (Letter::ObjectionAnswered, _) => {
            let objection = conduct::objection(tx, context, order.sequence.into())?;
            objection.answered.map(|it| Told::Answer(objection.against, it.answer))
        }
        (Letter::StopPlanned | Letter::StopLifted, Some(session)) => {
            let stands_still = stops::will_stand_still(tx, context, session.slot)?;
            (stands_still == (order.letter == Letter::StopPlanned)).then_some(Told::Nothing)
        }
        (Letter::Change, Some(session)) => {
            match stops::is_for_a_stop(tx, order.application, session.slot)? {
                true => Some(Told::MovedForAStop),
                false => Some(Told::Nothing),
            }
        }
        _ => Some(Told::Nothing),
    })
}

fn keep(
    tx: &mut Tx<'_>,
    context: &Context,
    order: &Order,
    (content, message_id): (Content, String),
) -> Result<Written, Error> {
    let state = if content.to.is_some() { State::Queued } else { State::ByHand };
    let new = store::NewLetter {
        application: order.application,
        letter: order.letter,
        sequence: order.sequence,
        message_id: &message_id,
        state,
        sealed: content.seal(context, &message_id)?,
    };
    let id = store::insert(tx, context, new)?;
    if order.letter != Letter::Receipt {
        for older in store::overtake_older(tx, context.office.id, order.application, id)? {
            duties::end_letter(tx, older, context.now)?;
        }
    }
    tx.announce("letters", &context.office.slug)?;
    content.written(id, message_id, (state, context.now))
}

/// The same for the same key, and telling nothing of it.
fn message_id(context: &Context, key: &str) -> String {
    let digest = context.keys.digest("message-id", key);
    format!("<{}@{}>", digest.as_str(), post::host(&context.site))
}

/// Notes that the mail server took a letter. One for staff to pass on stays with them.
///
/// # Errors
/// Faults of the store.
pub fn note_sent(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<(), Error> {
    store::note_sent(tx, id, now)
}

/// Notes that a letter will not be tried again: the mail server refused it, or never took it.
///
/// # Errors
/// Faults of the store.
pub fn note_undeliverable(tx: &mut Tx<'_>, owed: Owed) -> Result<(), Error> {
    store::note_undeliverable(tx, owed)
}

/// Leaves a letter to staff, because no mail server is configured.
///
/// # Errors
/// Faults of the store.
pub fn note_by_hand(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    store::note_by_hand(tx, id)
}

/// Notes that staff passed a letter on: printed, or read on the telephone. Nothing is owed then,
/// even when the mail server had refused it.
///
/// # Errors
/// [`Error::Missing`] when it was not theirs to pass on, or was passed on already.
pub fn note_handed_over(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let owed = store::note_handed_over(tx, context.office.id, id, context.now)?;
    duties::end_letter(tx, owed.ok_or(Error::Missing)?, context.now)
}

/// The letters of an application, newest first.
///
/// # Errors
/// Faults of the store.
pub fn letters_of(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<Line>, Error> {
    store::of_application(tx, context.office.id, application)
}

/// The newest letters of this office.
///
/// # Errors
/// Faults of the store.
pub fn outbox(tx: &mut Tx<'_>, context: &Context, limit: u16) -> Result<Vec<Line>, Error> {
    store::newest(tx, context.office.id, limit)
}

/// Letters that staff must see to: refused, to be passed on by hand, or not leaving.
///
/// # Errors
/// Faults of the store.
pub fn failing(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Line>, Error> {
    let since = context.now.saturating_sub(LINE_AT_MOST).unwrap_or(Timestamp::MIN);
    store::failing(tx, context.office.id, since)
}

/// A letter as it was written.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn read(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Shown, Error> {
    let kept = store::by_id(tx, context.office.id, id)?.ok_or(Error::Missing)?;
    let content = Content::open(context, &kept.message_id, &kept.sealed)?;
    content.shown(kept)
}

/// The calendar file of an application's session, for the status page: the entry as it is now, or
/// its removal.
///
/// # Errors
/// [`Error::Missing`] when there is no session, or it is over.
pub fn calendar_file(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<String, Error> {
    let application: Application = application::load(tx, context, application)?;
    let session: Session = appointment::session(tx, context, application.id)?;
    let part = match (session.standing.is_open(), session.standing.keeps_slot()) {
        (true, _) => CalendarPart::Publish,
        (false, false) => CalendarPart::Cancel,
        (false, true) => CalendarPart::None,
    };
    let group = groups::find_of(tx, context, application.id)?;
    let (application, session, group) = (&application, &session, group.as_ref());
    let entry = calendar::About { context, application, session: Some(session), group };
    let text = calendar::calendar_text((part, session.sequence), &entry)?;
    Ok(text.ok_or(Error::Missing)?.text)
}
