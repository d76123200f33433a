//! Entry on behalf: an application taken on the telephone or at the counter (article 2(1) names no
//! way, so the web is not the only one).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::application::{Intake, Interpreter, Support};
use rules::people::{Act, Language};
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{Answer, Device, Item, JoinBy};

use super::entry_form::{self, answer_field};
use super::said;
use crate::application;
use crate::commands;
use crate::error::{Error, Refusal};
use crate::schedule::desk::DeskBounds;
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::said::{Said, of_refusal};
use crate::web::{self, Clerk, Form, Page};

#[derive(Template)]
#[template(path = "application/desk/entry.html")]
struct Entry<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    lengths: Vec<u16>,
    ways: &'static [JoinBy],
    wishes: u8,
    version: String,
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
pub async fn get(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::EnterApplication)?;
    web::show(&page(&clerk, None, Faults::none())?)
}

fn page<'a>(clerk: &Clerk, typed: Option<&'a Form>, faults: Faults) -> Result<Entry<'a>, Error> {
    let context = clerk.context();
    Ok(Entry {
        page: clerk.page(),
        faults,
        typed,
        lengths: DeskBounds::of(&context, false)?.lengths(),
        ways: JoinBy::offered(context.office.practice.meetings),
        wishes: context.office.practice.wishes_at_most,
        version: context.office.terms(context.now)?.version.to_string(),
        key: Token::draw().reveal().to_string(),
    })
}

/// Takes the application in.
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store. What else is refused is said beside its field.
pub async fn post(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::EnterApplication)?;
    let context = clerk.context();
    let bounds = DeskBounds::of(&context, true)?;
    let within = bounds.with(&context.office.calendar);
    let read = entry_form::read(&form, &within, (clerk.member.id, context.now));
    let new = match read {
        Ok(new) => new,
        Err(found) => {
            let said = Said::of(&context)?;
            let mut faults = Faults::none();
            for (field, fault) in found.0 {
                faults.add(field, said::of_field(fault, &said)?);
            }
            return shown_again(&clerk, &form, faults);
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
            shown_again(&clerk, &form, faults)
        }
        Err(other) => Err(other),
    }
}

fn shown_again(clerk: &Clerk, form: &Form, faults: Faults) -> Result<Response, Error> {
    let shown = web::show(&page(clerk, Some(form), faults)?)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}
