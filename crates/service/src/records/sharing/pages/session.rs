//! The questions of one session: asking, the answer, the handover, and telling the partner of a
//! withdrawal. In a session of another kind there is no such page.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::people::Act;
use rules::schedule::{TOKYO, parse_moment};
use rules::terms::personal_data::{
    Answer, AskedWay, Handover, Item, Listed, Medium, Purpose, Reply, SharingRefusal,
};

use super::labels::{Named, choices, items};
use super::text;
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Session};
use crate::error::{Error, Refusal};
use crate::records::sharing::{self, NewHandover, NewRequest, Partner, SENTENCE_AT_MOST, Sharing};
use crate::store::Tx;
use crate::web::fields::{Choice, Faults};
use crate::web::{self, Clerk, Form, Page, said};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "records/sharing/pages/session.html")]
struct SharingPage {
    page: Page,
    faults: Faults,
    typed: Form,
    session: Session,
    sharings: Vec<Shown>,
    partners: Vec<Partner>,
    items: Vec<Choice>,
    purposes: Vec<Choice>,
    ways: Vec<Choice>,
    media: Vec<Choice>,
    records: bool,
}

/// A question as the page tells it.
struct Shown {
    sharing: Sharing,
    items: Vec<Choice>,
    /// What the person agreed to, while that stands.
    given: Vec<Choice>,
    shared: Vec<Choice>,
    purpose: Option<Markup>,
    /// What was said, how, when, and who recorded it.
    answers: Vec<(Markup, Markup, Timestamp, Option<String>)>,
    medium: Option<Markup>,
}

impl Shown {
    fn of(sharing: Sharing) -> Result<Self, Error> {
        let said = |(answer, staff): &(Answer, Option<String>)| {
            let reply = match &answer.reply {
                Reply::Given(_) => Named::Given,
                Reply::Refused => Named::Refused,
                Reply::Withdrawn => Named::Withdrawn,
            };
            let way = Named::Way(answer.way).name()?;
            Ok::<_, Error>((reply.name()?, way, answer.at, staff.clone()))
        };
        let shared = sharing.shared.as_ref();
        Ok(Self {
            items: items(sharing.items.iter().copied())?,
            given: items(sharing.given().into_iter().flatten().copied())?,
            shared: items(shared.into_iter().flat_map(|it| it.items.iter().copied()))?,
            purpose: sharing.purpose.map(|it| Named::Purpose(it).name()).transpose()?,
            answers: sharing.answers.iter().map(said).collect::<Result<_, _>>()?,
            medium: shared.map(|it| Named::Medium(it.medium).name()).transpose()?,
            sharing,
        })
    }

    fn awaits_answer(&self) -> bool {
        self.sharing.answers.is_empty()
    }

    fn may_share(&self) -> bool {
        self.sharing.given().is_some() && self.sharing.shared.is_none()
    }

    fn anchor(&self) -> String {
        anchor(self.sharing.id)
    }
}

/// Where a question stands on the page, and what is wrong with what was typed about it.
fn anchor(id: i64) -> String {
    format!("s{id}")
}

/// `GET /desk/sessions/{id}/sharing`. Leaves a row.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] in a session of another kind.
pub async fn get(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadSharings)?;
    shown(&clerk, id, Form::blank(), Faults::none()).await
}

async fn shown(clerk: &Clerk, id: i64, typed: Form, faults: Faults) -> Result<Response, Error> {
    let (context, reader) = (clerk.context(), clerk.member.id);
    let work = move |tx: &mut Tx<'_>| {
        check_exists(tx, &context, id)?;
        application::note_access(tx, &context, (id, reader), "sharing.read")?;
        let session = appointment::session(tx, &context, id)?;
        let sharings = sharing::of_application(tx, &context, id)?;
        Ok::<_, Error>((session, sharings, sharing::partners(tx, &context)?))
    };
    let (session, sharings, mut partners) = clerk.guest.app.store.write(work).await?;
    partners.retain(|partner| partner.listed() == Listed::Active);
    let is_refused = !faults.is_empty();
    let page = web::show(&SharingPage {
        page: clerk.page(),
        faults,
        typed,
        session,
        sharings: sharings.into_iter().map(Shown::of).collect::<Result<_, _>>()?,
        partners,
        items: items(Item::ALL)?,
        purposes: choices(Purpose::ALL, |it| (it.code(), Named::Purpose(it)))?,
        ways: choices(AskedWay::OF_STAFF, |it| (it.code(), Named::Way(it)))?,
        media: choices(Medium::ALL, |it| (it.code(), Named::Medium(it)))?,
        records: clerk.member.role.may(Act::RecordSharing),
    })?;
    Ok(web::with_status(is_refused, page))
}

/// Nothing of sharing is there in sessions of another kind (article 6).
fn check_exists(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    let kind = application::kind_of(tx, context, id)?;
    sharing::check_offered(tx, context, (id, kind)).map_err(|refused| match refused {
        Error::Refused(_) => Error::Missing,
        fault => fault,
    })
}

/// `POST /desk/sessions/{id}/sharing`: asks the person.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] in a session of another kind; refusals are shown on the
/// page.
pub async fn ask(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordSharing)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        check_exists(tx, context, id)?;
        let new = NewRequest {
            partner: form.get("partner").parse().unwrap_or(0),
            items: chosen(form, "items"),
            purpose: Purpose::parse(form.get("purpose")),
            sentence: text(form.get("sentence"), SENTENCE_AT_MOST)?,
            at: moment(context, form)?,
        };
        let asked = sharing::ask(tx, context, id, &new, officer)?;
        application::note_access(tx, context, (id, officer), "sharing.asked")?;
        Ok(format!("/desk/sessions/{id}/sharing#{}", anchor(asked)))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            use SharingRefusal as S;
            let field = match &refusal {
                Refusal::Sharing(S::NotListed | S::Retired) => "partner",
                Refusal::Sharing(S::NoItems) => "items",
                Refusal::Sharing(S::InTheFuture) | Refusal::Slot(_) => "at",
                _ => "sentence",
            };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            shown(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// `POST /desk/sessions/{id}/sharing/{sharing}/{step}`: what the person said, what was told, or
/// that the partner knows of a withdrawal.
///
/// # Errors
/// As [`ask`].
pub async fn act(
    clerk: Clerk,
    Path((id, of, step)): Path<(i64, i64, String)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::RecordSharing)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        check_exists(tx, context, id)?;
        match step.as_str() {
            "answer" => {
                let said = read_answer(context, form)?;
                sharing::answer(tx, context, (id, of), &said, Some(officer))?;
            }
            "share" => {
                let new = read_handover(context, form)?;
                sharing::share(tx, context, (id, of), &new, officer)?;
            }
            "told" => sharing::note_told(tx, context, (id, of), officer)?,
            _ => return Err(Error::Missing),
        }
        application::note_access(tx, context, (id, officer), &format!("sharing.{step}"))?;
        Ok(format!("/desk/sessions/{id}/sharing#{}", anchor(of)))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), anchor(of), &refusal)?;
            shown(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

fn read_answer(context: &Context, form: &Form) -> Result<Answer, Refusal> {
    let way = AskedWay::parse(form.get("way")).filter(|it| AskedWay::OF_STAFF.contains(it));
    let reply = match form.get("reply") {
        "given" => Reply::Given(chosen(form, "items")),
        "refused" => Reply::Refused,
        "withdrawn" => Reply::Withdrawn,
        _ => return Err(Refusal::NoPart),
    };
    Ok(Answer { reply, way: way.ok_or(Refusal::NoPart)?, at: moment(context, form)? })
}

fn read_handover(context: &Context, form: &Form) -> Result<NewHandover, Refusal> {
    let handover = Handover { items: chosen(form, "items"), at: moment(context, form)? };
    let digest = form.get("digest").trim().to_owned();
    let medium = Medium::parse(form.get("medium")).ok_or(Refusal::NoPart)?;
    Ok(NewHandover { handover, medium, digest: Some(digest).filter(|it| !it.is_empty()) })
}

/// The items of a form. A code that is none can only come from a form that was tampered with.
fn chosen(form: &Form, field: &str) -> BTreeSet<Item> {
    form.all(field).iter().filter_map(|code| Item::parse(code)).collect()
}

/// When it happened: a time of today, or of the day that is typed too; now when none is typed.
fn moment(context: &Context, form: &Form) -> Result<Timestamp, Refusal> {
    let (day, time) = (form.get("day").trim(), form.get("at").trim());
    if time.is_empty() && day.is_empty() {
        return Ok(context.now);
    }
    let today = TOKYO.to_datetime(context.now).date().to_string();
    let day = if day.is_empty() { &today } else { day };
    parse_moment(day, time).map_err(Refusal::Slot)
}
