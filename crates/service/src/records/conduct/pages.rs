//! Conduct on the desk: an incident of a session, what is on file about one person, and the
//! office's register.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use rules::people::{Act, FreeText, Language};
use rules::records::objection::{Against, Answer};
use rules::schedule::SlotRefusal;
use rules::terms::application::Declining;
use rules::terms::prohibitions::{Incident, Prohibited};
use rules::terms::suspension::{ConductRefusal, Match};
use rules::terms::{Clause, Terms};

use super::{Bars, Ending, IncidentLine, Objection, Register, today};
use crate::application::{self, Application};
use crate::commands::fresh_key;
use crate::error::{Error, Refusal};
use crate::records::conduct;
use crate::schedule::desk::choice;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page, said};

/// What happened is told in at most so many characters; a reason in as many.
pub(super) const TEXT_AT_MOST: usize = 1000;

#[derive(Template)]
#[template(path = "records/conduct/incident.html")]
struct IncidentPage {
    page: Page,
    faults: Faults,
    typed: Form,
    id: i64,
    alias: String,
    clock: String,
    is_open: bool,
    /// The items of article 8, those that concern this session most first.
    items: Vec<Prohibited>,
    key: String,
}

#[derive(Template)]
#[template(path = "records/conduct/person.html")]
struct PersonPage {
    page: Page,
    faults: Faults,
    typed: Form,
    application: Application,
    register: Register,
    bars: Bars,
    terms: Terms,
    decides: bool,
    /// Whether the terms let later applications be declined (article 2(4)).
    may_decline: bool,
    only_manager: bool,
    me: i64,
    today: Date,
    review: Date,
    two: bool,
}

#[derive(Template)]
#[template(path = "records/conduct/register.html")]
struct RegisterPage {
    page: Page,
    register: Register,
    today: Date,
}

impl PersonPage {
    /// What the terms say of the item of an incident.
    fn wording(&self, line: &IncidentLine) -> String {
        let clause = self.terms.place(line.incident.item.clause());
        let text = self.terms.text(Language::Japanese);
        clause.and_then(|clause| clause.wording(text)).unwrap_or_default()
    }

    /// The reason that was typed for the decision on this incident.
    fn kept(&self, incident: impl ToString) -> &str {
        match self.typed.get("of") == incident.to_string() {
            true => self.typed.get("reason"),
            false => "",
        }
    }

    /// The objections to a decision.
    fn objections(&self, about: &Against, of: &i64) -> Vec<&Objection> {
        let all = self.register.objections.iter();
        all.filter(|line| (line.against, line.decision) == (*about, *of)).collect()
    }

    /// Whether one of them waits for its answer.
    fn waits(&self, about: &Against, of: &i64) -> bool {
        self.objections(about, of).iter().any(|line| line.answered.is_none())
    }

    fn key(&self) -> String {
        fresh_key()
    }

    /// What stands in a field: what was typed, else what is proposed.
    fn or(&self, name: &str, proposed: impl ToString) -> String {
        match self.typed.get(name) {
            "" => proposed.to_string(),
            typed => typed.to_owned(),
        }
    }
}

/// `GET /desk/sessions/{id}/incident`: to record what looked like a breach.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn incident(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::RecordIncident)?;
    incident_page(&clerk, id, Form::blank(), Faults::none()).await
}

async fn incident_page(
    clerk: &Clerk,
    id: i64,
    typed: Form,
    faults: Faults,
) -> Result<Response, Error> {
    let context = clerk.context();
    let within = context.clone();
    let store = &clerk.guest.app.store;
    let session = store.read(move |tx| crate::appointment::session(tx, &within, id)).await?;
    let is_refused = !faults.is_empty();
    let page = clerk.page();
    let clock = page.clock(context.now);
    let shown = web::show(&IncidentPage {
        faults,
        typed,
        id,
        alias: session.alias.reveal().to_owned(),
        clock,
        is_open: session.standing.is_open(),
        items: Prohibited::offered(session.group.is_some()),
        key: fresh_key(),
        page,
    })?;
    Ok(web::with_status(is_refused, shown))
}

/// `POST /desk/sessions/{id}/incident`: records it, and ends the session if that was ticked.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn record(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordIncident)?;
    let done = clerk.carry_out(&form, move |tx, context, form, staff| {
        let session = crate::appointment::session(tx, context, id)?;
        let day = session.slot.date();
        let clause = match form.get("clause").trim() {
            "" => None,
            typed => Some(read_clause(typed)?),
        };
        let at = match form.get("at").trim() {
            "" => context.now,
            typed => {
                rules::schedule::parse_moment(&day.to_string(), typed).map_err(Refusal::Slot)?
            }
        };
        let item = Prohibited::parse(form.get("item")).ok_or(Refusal::NoPart)?;
        let (facts, evidence) = (text(form.get("facts"))?, text(form.get("evidence"))?);
        let incident = Incident { item, clause, facts, evidence, at };
        let ends_it = !form.get("ends_it").is_empty();
        conduct::record_incident(tx, context, id, &incident, (ends_it, staff))?;
        let done = if ends_it { "broken_off" } else { "incident" };
        Ok(format!("/desk/sessions/{id}?done={done}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            use rules::terms::prohibitions::IncidentRefusal as I;
            let field = match &refusal {
                Refusal::NoPart => "item",
                Refusal::Incident(I::NoClause | I::UnknownClause) => "clause",
                Refusal::Conduct(ConductRefusal::UnknownClause) => "clause",
                Refusal::Incident(I::InTheFuture) | Refusal::Slot(_) => "at",
                Refusal::SessionOver => "ends_it",
                _ => "facts",
            };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            incident_page(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

fn read_clause(typed: &str) -> Result<Clause, Refusal> {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    Clause::parse(&plain).ok_or(Refusal::Conduct(ConductRefusal::UnknownClause))
}

fn text(typed: &str) -> Result<FreeText, Refusal> {
    FreeText::parse(typed, TEXT_AT_MOST).map_err(|_| Refusal::Shape)
}

fn day(typed: &str) -> Result<Date, Refusal> {
    choice::date(typed).map_err(|_| Refusal::Slot(SlotRefusal::NotATime))
}

/// `GET /desk/conduct`: the office's register.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn all(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::ReadConduct)?;
    let context = clerk.context();
    let today = today(&context);
    let store = &clerk.guest.app.store;
    let register = store.read(move |tx| conduct::register(tx, &context, None)).await?;
    web::show(&RegisterPage { page: clerk.page(), register, today })
}

/// `GET /desk/conduct/{id}`: what is on file about the person of an application. Leaves a row.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn person(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadConduct)?;
    person_page(&clerk, id, Form::blank(), Faults::none()).await
}

pub(super) async fn person_page(
    clerk: &Clerk,
    id: i64,
    typed: Form,
    faults: Faults,
) -> Result<Response, Error> {
    let context = clerk.context();
    let (within, reader) = (context.clone(), clerk.member.id);
    let work = move |tx: &mut Tx<'_>| {
        application::note_access(tx, &within, (id, reader), "read_conduct")?;
        let marks = application::marks(tx, &within, id)?;
        let loaded = application::load(tx, &within, id)?;
        let register = conduct::register(tx, &within, Some(id))?;
        let managers = super::objections::managers(tx, &within)?.len();
        let bars = conduct::bars(tx, &within, &marks)?;
        let context = application::in_its_terms(tx, &within, id)?;
        Ok::<_, Error>(((loaded, register, bars), managers, context))
    };
    let ((application, register, bars), managers, context) =
        clerk.guest.app.store.write(work).await?;
    let today = today(&context);
    let ahead = i64::from(context.office.practice.review_months).months();
    let is_refused = !faults.is_empty();
    let shown = web::show(&PersonPage {
        page: clerk.page(),
        faults,
        typed,
        application,
        register,
        bars,
        terms: context.office.terms(context.now)?.clone(),
        only_manager: managers <= 1,
        decides: clerk.member.role.may(Act::DecideConduct),
        may_decline: context.office.terms(context.now)?.choices.later_use_may_be_declined,
        me: clerk.member.id,
        review: today.saturating_add(ahead),
        today,
        two: context.office.practice.two_end_use,
    })?;
    Ok(web::with_status(is_refused, shown))
}

/// `POST /desk/conduct/{id}/{decision}`: a manager decides something about the person.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn decide(
    clerk: Clerk,
    Path((id, decision)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::DecideConduct)?;
    let named = decision.clone();
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        let of = form.get("of").parse::<i64>().unwrap_or(0);
        match named.as_str() {
            "breach" => {
                let breach = match form.get("breach") {
                    "yes" => true,
                    "no" => false,
                    _ => return Err(Refusal::Shape.into()),
                };
                let reason = text(form.get("reason"))?;
                conduct::decide_incident(tx, context, of, (breach, &reason), officer)?;
            }
            "decline" => {
                let days =
                    Declining { from: day(form.get("from"))?, review: day(form.get("until"))? };
                let reason = text(form.get("decline_reason"))?;
                conduct::decline_use(tx, context, id, (days, &reason), officer)?;
            }
            "end" => conduct::end_use(tx, context, id, &read_ending(form)?, officer)?,
            "confirm" => conduct::confirm_ending(tx, context, of, officer)?,
            "lift-declining" | "lift-ending" => {
                let reason = text(form.get("reason"))?;
                let what = match named.as_str() {
                    "lift-declining" => Against::Declining,
                    _ => Against::Ending,
                };
                conduct::lift(tx, context, (what, of), (&reason, officer))?;
            }
            "answer" => {
                let reason = text(form.get("reason"))?;
                let until = match form.get("answer") {
                    "changed" => Some(day(form.get("until"))?),
                    _ => None,
                };
                let answer = Answer::parse(form.get("answer"), until).ok_or(Refusal::NoPart)?;
                conduct::answer_objection(tx, context, of, (answer, &reason), officer)?;
            }
            _ => return Err(Error::Missing),
        }
        Ok(format!("/desk/conduct/{id}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let field = field_of(&decision, &form, &refusal);
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            person_page(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

fn read_ending(form: &Form) -> Result<Ending, Refusal> {
    Ok(Ending {
        incident: form.get("incident").parse().unwrap_or(0),
        clause: match form.get("end_clause").trim() {
            "" => None,
            typed => Some(read_clause(typed)?),
        },
        reason: text(form.get("end_reason"))?,
        review: day(form.get("review"))?,
        tells: !form.get("tells").is_empty(),
    })
}

/// The field that can put a refusal right.
fn field_of(decision: &str, form: &Form, refusal: &Refusal) -> String {
    use ConductRefusal as C;
    let field = match (decision, refusal) {
        ("decline", Refusal::Conduct(C::FromInThePast) | Refusal::Slot(_)) => "from",
        ("decline", Refusal::Conduct(C::NoReview)) => "until",
        ("decline", _) => "decline_reason",
        ("end", Refusal::Conduct(C::NoIncident | C::NotABreach)) => "incident",
        ("end", Refusal::Conduct(C::UnknownClause)) => "end_clause",
        ("end", Refusal::Conduct(C::NoReview) | Refusal::Slot(_)) => "review",
        ("end", _) => "end_reason",
        (_, _) => return format!("{decision}-{}", form.get("of")),
    };
    field.to_owned()
}
