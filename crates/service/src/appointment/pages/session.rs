//! One session: where it stands and why, what was recorded by whom, how to join, its letters.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use rules::appointment::Standing;
use rules::people::alias::is_same_name;
use rules::people::{Likeness, looks_like_real_name};
use rules::schedule::TOKYO;
use rules::session::device_check::DeviceCheck;
use rules::session::{Channel, FeatureProfile};
use rules::terms::environment::{Answer, Item};
use rules::terms::personal_data::check_offered;
use serde::Deserialize;

use super::times::{day_of, suggested};
use super::{Kept, Rights, admit, again};
use crate::app::Context;
use crate::application::{self, Application};
use crate::appointment::{self, ContactLine, FactLine, Position, Session};
use crate::error::{Error, Refusal};
use crate::letters;
use crate::schedule::groups::{self, Group};
use crate::session::{self, Participant};
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, said, show};
use crate::words::Markup;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just recorded.
    #[serde(default)]
    pub(super) done: String,
}

/// What a name seen in the meeting is (article 2(3)). Nothing of it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// The name that the office gave.
    Given,
    /// The name that the office gave to another person of the day.
    AnothersAlias,
    /// It looks like the real name, wholly or in part.
    Real,
    /// Any other name, such as a device's.
    Other,
}

/// All that the page tells. Holds personal data: no `Debug`.
struct Case {
    session: Session,
    position: Position,
    facts: Vec<FactLine>,
    contacts: Vec<ContactLine>,
    letters: Vec<letters::Line>,
    /// Its name and number are shown only to those who may read applications.
    application: Application,
    /// The group session in which it is a seat.
    group: Option<Group>,
    way: Way,
}

/// By which means it is held, and with whom.
struct Way {
    channel: Channel,
    /// Each with the address of their link.
    participants: Vec<(Participant, String)>,
    check: Option<DeviceCheck>,
    /// When a link was last used in two browsers at once (article 8(5)).
    second_use: Option<Timestamp>,
    /// What is designated where it is held by a meeting that staff make.
    by_hand: FeatureProfile,
    /// The meeting in Zoom, as far as there is one.
    zoom: session::zoom::View,
}

#[derive(Template)]
#[template(path = "appointment/pages/session.html")]
struct SessionPage {
    page: Page,
    faults: Faults,
    kept: Kept,
    rights: Rights,
    now: Timestamp,
    done: String,
    seen: Option<Seen>,
    case: Case,
    /// Whether there is an account with Zoom to go on in.
    has_zoom: bool,
}

impl SessionPage {
    fn id(&self) -> i64 {
        self.case.session.application
    }

    fn standing(&self) -> Standing {
        self.case.position.judged.standing
    }

    /// Since when it stands so; none for a booking that nothing has happened to.
    fn since(&self) -> Option<String> {
        let since = self.case.position.judged.since;
        (since > Timestamp::MIN).then(|| self.page.moment(since, self.now))
    }

    /// By which other means it can go on.
    fn elsewhere(&self) -> impl Iterator<Item = Channel> {
        let (now, has_zoom) = (self.case.way.channel, self.has_zoom);
        let others = Channel::ALL.into_iter().filter(move |channel| *channel != now);
        others.filter(move |channel| has_zoom || *channel != Channel::Zoom)
    }

    fn is_by_hand(&self) -> bool {
        self.case.way.channel == Channel::ByHand
    }

    /// Which functions are on in a meeting that is made by hand, and for whom.
    fn features(&self) -> Vec<(Markup, Markup)> {
        session::features(self.page.words, &self.case.way.by_hand)
    }

    fn meeting(&self) -> String {
        let joining = self.case.session.joining.as_ref();
        joining.map_or_else(String::new, |it| it.meeting.grouped())
    }

    fn passcode(&self) -> &str {
        let joining = self.case.session.joining.as_ref();
        joining.and_then(|it| it.passcode.as_ref()).map_or("", |it| it.reveal())
    }

    fn link(&self) -> &str {
        let joining = self.case.session.joining.as_ref();
        joining.and_then(|it| it.link.as_ref()).map_or("", |it| it.reveal())
    }

    fn has_begun(&self) -> bool {
        self.now >= self.case.session.slot.start
    }

    fn began(&self) -> String {
        let session = &self.case.session;
        let kept = (session.began_at, session.ended_at);
        let came = (self.case.position.arrived_at, self.case.position.met_at);
        self.page.clock(suggested(session.slot, came, kept, self.now).0)
    }

    fn ended(&self) -> String {
        let told = self.case.way.zoom.signs.ended_at;
        let ended = self.case.session.ended_at.or(told.filter(|at| *at <= self.now));
        ended.map_or_else(String::new, |at| self.page.clock(at))
    }

    fn is_given(&self) -> bool {
        self.seen == Some(Seen::Given)
    }

    /// Whether the procedure for a wrong name is what the clerk needs now.
    fn shows_procedure(&self) -> bool {
        self.done == "wrong_name" || self.seen.is_some_and(|seen| seen != Seen::Given)
    }

    /// Whether how it ended can be recorded: it is going on, or nobody said how it ended. One that
    /// was held after all undoes a deeming.
    fn takes_outcome(&self) -> bool {
        match self.standing() {
            Standing::Unrecorded | Standing::DeemedCancelled => true,
            Standing::Present if self.is_day() => true,
            standing => standing.is_open() && self.has_begun(),
        }
    }

    /// Whether how it ended is recorded, so that its times can be put right.
    fn has_outcome(&self) -> bool {
        self.standing().is_outcome()
    }

    fn is_day(&self) -> bool {
        day_of(self.now) >= self.case.session.slot.date()
    }

    fn is_deemed(&self) -> bool {
        self.standing() == Standing::DeemedCancelled
    }

    /// Whether somebody may be seen at the door, now or in hindsight.
    fn takes_arrival(&self) -> bool {
        (self.standing().is_open() && self.is_day()) || self.is_deemed()
    }

    /// Whether it may turn out that the office could not be reached.
    fn takes_outage(&self) -> bool {
        self.standing() == Standing::Waiting || self.is_deemed()
    }

    /// Whether the clerk has something to record here.
    fn takes_record(&self) -> bool {
        (self.rights.arrivals && self.takes_arrival())
            || (self.rights.sessions && (self.takes_outcome() || self.has_outcome()))
    }

    /// What the person wants to talk about.
    fn matter(&self) -> &str {
        let note = self.case.application.person.note.as_ref();
        note.filter(|note| !note.is_empty()).map_or("記入なし", |note| note.reveal())
    }

    /// Items of the declaration that the person did not answer with yes (article 4).
    fn unsettled(&self) -> Vec<(Item, Answer)> {
        let answers = &self.case.application.declaration.answers;
        let open =
            answers.iter().filter(|(_, answer)| matches!(answer, Answer::No | Answer::Unsure));
        open.map(|(item, answer)| (*item, *answer)).collect()
    }

    /// Whether there is something to see of sharing: only with the supporter (article 6).
    fn shares(&self) -> bool {
        let kind = self.case.application.kind;
        let is_offered = self.page.terms_cited().is_some_and(|it| check_offered(kind, it).is_ok());
        self.rights.sharings && is_offered
    }

    /// Whether it can be given another time.
    fn is_movable(&self) -> bool {
        self.standing().is_movable() && self.case.group.is_none()
    }

    /// Whether a fact can be undone now: on the day on which it was typed.
    fn can_undo(&self, fact: &FactLine) -> bool {
        let day = |at: Timestamp| TOKYO.to_datetime(at).date();
        self.rights.undo
            && fact.retracted.is_none()
            && fact.what.can_be_undone()
            && day(fact.recorded_at) == day(self.now)
    }
}

/// What is shown beside what the store knows.
#[derive(Default)]
struct Shown {
    faults: Faults,
    kept: Kept,
    done: String,
    seen: Option<String>,
}

/// `GET /desk/sessions/{id}`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    shown(&clerk, id, Shown { done: asked.done, ..Shown::default() }).await
}

/// `POST /desk/sessions/{id}/name`: compares a name seen in the meeting with the person's own
/// (article 2(3)). Only the answer is shown, never the real name; nothing is stored.
///
/// # Errors
/// As [`get`].
pub async fn compare_name(
    clerk: Clerk,
    Path(id): Path<i64>,
    form: Form,
) -> Result<Response, Error> {
    let seen = Some(form.get("seen").to_owned());
    let kept = Kept::typed(id, &form);
    shown(&clerk, id, Shown { seen, kept, ..Shown::default() }).await
}

/// The page after something was refused on it.
pub(super) async fn refused(
    clerk: &Clerk,
    id: i64,
    (about, field): (i64, &str),
    form: &Form,
    refusal: &Refusal,
) -> Result<Response, Error> {
    let faults = said::fault(&clerk.context(), field, refusal)?;
    let kept = Kept::typed(about, form);
    Ok(again(shown(clerk, id, Shown { faults, kept, ..Shown::default() }).await?))
}

async fn shown(clerk: &Clerk, id: i64, shown: Shown) -> Result<Response, Error> {
    let rights = admit(clerk)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let now = context.now;
    let seen = shown.seen;
    // A write, because reading about a person leaves a row (design idea 5).
    let read = clerk.guest.app.store.write(move |tx| {
        let case = case(tx, &context, (id, staff), rights)?;
        let seen = match &seen {
            Some(name) => Some(compare(tx, &context, &case.session, (name, staff))?),
            None => None,
        };
        Ok::<_, Error>((case, seen))
    });
    let (case, seen) = read.await?;
    show(&SessionPage {
        page: clerk.page(),
        faults: shown.faults,
        kept: shown.kept,
        rights,
        now,
        done: shown.done,
        seen,
        case,
        has_zoom: clerk.guest.app.zoom.is_some(),
    })
}

fn case(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    rights: Rights,
) -> Result<Case, Error> {
    let booked = appointment::session(tx, context, id)?;
    application::note_access(tx, context, (id, staff), "session.read")?;
    if rights.care {
        application::note_access(tx, context, (id, staff), "session.read_care")?;
    }
    let application = application::load(tx, context, id)?;
    let contacts = match rights.calls {
        true => appointment::contact_lines(tx, context, id)?,
        false => Vec::new(),
    };
    let letters = match rights.letters {
        true => letters::letters_of(tx, context, id)?,
        false => Vec::new(),
    };
    let day = appointment::session(tx, context, id)?.slot.date();
    let way = Way {
        channel: session::channel(tx, context, id)?,
        participants: session::participants(tx, context, id)?,
        check: session::device_check(tx, context, id)?,
        second_use: session::second_uses(tx, context, day)?.get(&id).copied(),
        by_hand: context.office.practice.profile(Channel::ByHand),
        zoom: session::zoom::view(tx, context, id)?,
    };
    Ok(Case {
        way,
        position: appointment::position(tx, context, id)?,
        facts: appointment::fact_lines(tx, context, id)?,
        group: groups::find_of(tx, context, id)?,
        session: booked,
        contacts,
        letters,
        application,
    })
}

fn compare(
    tx: &mut Tx<'_>,
    context: &Context,
    session: &Session,
    (name, staff): (&str, i64),
) -> Result<Seen, Error> {
    let id = session.application;
    application::note_access(tx, context, (id, staff), "session.name_compared")?;
    let person = application::load(tx, context, id)?.person;
    let name = name.trim();
    if looks_like_real_name(&person.name, person.kana.as_ref(), name) != Likeness::No {
        return Ok(Seen::Real);
    }
    let day = appointment::board(tx, context, session.slot.date())?;
    let whose = day.iter().find(|row| is_same_name(row.alias.reveal(), name));
    Ok(match whose {
        Some(row) if row.application == id => Seen::Given,
        Some(_) => Seen::AnothersAlias,
        None => Seen::Other,
    })
}
