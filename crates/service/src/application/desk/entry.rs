//! Entry on behalf: an application taken on the telephone or at the counter (article 2(1) names no
//! way, so the web is not the only one).

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::application::{Intake, Interpreter, Support};
use rules::people::{Act, Language};
use rules::session::Channel;
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{Answer, Device, Item, JoinBy};
use serde::Deserialize;

use super::entry_form::{self, answer_field};
use super::said;
use crate::app::Context;
use crate::application;
use crate::commands;
use crate::error::{Error, Refusal};
use crate::schedule::desk::DeskBounds;
use crate::schedule::groups::{self, Group};
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::said::{Said, of_refusal};
use crate::web::{self, Clerk, Form, Page};
use crate::words::{Markup, Words};

#[derive(Template)]
#[template(path = "application/desk/entry.html")]
struct Entry<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    lengths: Vec<u16>,
    ways: &'static [JoinBy],
    wishes: u8,
    /// The versions in force, one for each audience: name and title; the usual one first.
    versions: Vec<(String, Markup)>,
    /// The group session that is asked for: it has its time.
    group: Option<Group>,
    key: String,
}

impl Entry<'_> {
    /// What was typed into a field.
    fn of(&self, field: &str) -> &str {
        self.typed.map_or("", |form| form.get(field))
    }

    /// Whether that choice is the one that was made, or is offered first.
    fn is(&self, field: &str, code: &str, offered: &str) -> bool {
        self.typed.map_or(offered, |form| form.get(field)) == code
    }

    /// Whether a box of a group is ticked.
    fn has(&self, field: &str, code: &str) -> bool {
        self.typed.is_some_and(|form| form.all(field).iter().any(|value| value == code))
    }

    fn is_length(&self, rank: &u8, minutes: &u16) -> bool {
        self.of(&self.wish(rank, "minutes")) == minutes.to_string()
    }

    /// The name of a wish's field.
    fn wish(&self, rank: &u8, part: &str) -> String {
        format!("wish{rank}_{part}")
    }

    fn answer_field(&self, item: &Item) -> String {
        answer_field(*item)
    }
}

/// The empty form.
///
/// # Errors
/// [`Refusal::NoTerms`].
pub async fn get(clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Error> {
    clerk.must(Act::EnterApplication)?;
    let group = group(&clerk, &asked.group).await?;
    web::show(&page(&clerk, group, None, Faults::none())?)
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The group session that somebody applies for.
    #[serde(default)]
    group: String,
}

/// The group session of a number; none for nothing.
async fn group(clerk: &Clerk, number: &str) -> Result<Option<Group>, Error> {
    if number.is_empty() {
        return Ok(None);
    }
    let id: i64 = number.parse().map_err(|_| Error::Missing)?;
    let context = clerk.context();
    groups::check_offered(&context)?;
    clerk.guest.app.store.read(move |tx| groups::load(tx, &context, id)).await.map(Some)
}

fn page<'a>(
    clerk: &Clerk,
    group: Option<Group>,
    typed: Option<&'a Form>,
    faults: Faults,
) -> Result<Entry<'a>, Error> {
    let context = clerk.context();
    let meetings = match group {
        Some(_) => Channel::ByHand,
        None => context.office.practice.meetings,
    };
    Ok(Entry {
        page: clerk.page(),
        faults,
        typed,
        lengths: DeskBounds::of(&context, false)?.lengths(),
        ways: JoinBy::offered(meetings),
        group,
        wishes: context.office.practice.wishes_at_most,
        versions: versions(&context)?,
        key: Token::draw().reveal().to_string(),
    })
}

/// Takes the application in.
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store. What else is refused is said beside its field.
pub async fn post(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::EnterApplication)?;
    // The terms are those whose version was read out.
    let context = clerk.context().under(form.get("terms_version"));
    let bounds = DeskBounds::of(&context, true)?;
    let within = bounds.with(&context.office.calendar);
    let group = group(&clerk, form.get("group")).await?;
    let asked = group.as_ref().map(|group| group.id);
    let read = entry_form::read(&form, (&within, asked), (clerk.member.id, context.now));
    let new = match read {
        Ok(new) => new,
        Err(found) => {
            let said = Said::of(&context)?;
            let mut faults = Faults::none();
            for (field, fault) in found.0 {
                faults.add(field, said::of_field(fault, &said)?);
            }
            return shown_again(&clerk, group, &form, faults);
        }
    };
    let (within, command, officer) = (context.clone(), form.command()?, clerk.member.id);
    let done = clerk
        .guest
        .app
        .store
        .write(move |tx| {
            commands::once(tx, &within, &command, |tx| {
                let receipt = application::apply(tx, &within, &new)?;
                application::note_access(tx, &within, (receipt.id, officer), "enter")?;
                Ok(format!("/desk/applications/{}?entered", receipt.id))
            })
        })
        .await;
    match done {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(Error::Refused(refusal)) => {
            let field = match refusal {
                Refusal::ConsentMissing => "consent",
                Refusal::Kind(_) => "wish1_date",
                _ => "name",
            };
            let mut faults = Faults::none();
            faults.add(field, of_refusal(&refusal, &context)?);
            shown_again(&clerk, group, &form, faults)
        }
        Err(other) => Err(other),
    }
}

fn shown_again(
    clerk: &Clerk,
    group: Option<Group>,
    form: &Form,
    faults: Faults,
) -> Result<Response, Error> {
    let shown = web::show(&page(clerk, group, Some(form), faults)?)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

fn versions(context: &Context) -> Result<Vec<(String, Markup)>, Error> {
    context.office.terms(context.now)?;
    let words = Words::new(Language::Japanese);
    let each = context.office.audiences(context.now);
    Ok(each.map(|(within, it)| (it.version.to_string(), within.title(it, words))).collect())
}
