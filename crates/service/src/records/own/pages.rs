//! Persons' own requests on the desk: who asked, what is told, as a page and as a file.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::people::{Act, JobseekerNumber, Role};
use serde_json::Value;

use super::{IdentifiedBy, NewRequest, Request, readable};
use crate::error::{Error, Refusal};
use crate::people::{self, Account};
use crate::records::disclosures::pages::acts::download;
use crate::records::disclosures::pages::{Labels, again, carry_out, text};
use crate::web::fields::{Choice, Faults};
use crate::web::said;
use crate::web::{Clerk, Form, Page, show};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "records/own/list.html")]
struct List<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    requests: Vec<Request>,
    ways: Vec<Choice>,
    officers: Vec<Choice>,
    own: i64,
    now: Timestamp,
}

impl List<'_> {
    fn typed(&self, field: &str) -> &str {
        self.typed.map_or("", |form| form.get(field))
    }

    fn checker(&self) -> String {
        match self.typed("checked_by") {
            "" => self.own.to_string(),
            id => id.to_owned(),
        }
    }
}

/// `GET /desk/disclosures/own`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn list(clerk: Clerk) -> Result<Response, Error> {
    shown(&clerk, Faults::none(), None).await
}

async fn shown(clerk: &Clerk, faults: Faults, typed: Option<&Form>) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let context = clerk.context();
    let now = context.now;
    let read = clerk.guest.app.store.read(move |tx| {
        let accounts = people::accounts(tx, context.office.id)?;
        Ok::<_, Error>((super::requests(tx, &context)?, accounts))
    });
    let (requests, accounts) = read.await?;
    let is_officer = |it: &&Account| it.role != Role::Administrator;
    let officer = |it: &Account| Choice::new(it.id.to_string(), Markup::of_text(it.name.as_str()));
    show(&List {
        page: clerk.page(),
        faults,
        typed,
        requests,
        ways: Labels::ways()?,
        officers: accounts.iter().filter(is_officer).map(officer).collect(),
        own: clerk.member.id,
        now,
    })
}

/// `POST /desk/disclosures/own`: tells a person everything, once it is sure who asks.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown beside their fields.
pub async fn answer(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let number = JobseekerNumber::parse(form.get("number"));
    let way = IdentifiedBy::parse(form.get("identified_by"));
    let field = match (&number, way) {
        (Err(_), _) => "number",
        (_, None) => "identified_by",
        _ => "identity_note",
    };
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let number = number.clone().map_err(|_| Refusal::NoSuchPerson)?;
        let identified_by = way.ok_or(Refusal::NoPart)?;
        let accounts = people::accounts(tx, context.office.id)?;
        let checked_by = form.get("checked_by").parse().map_err(|_| Refusal::Shape)?;
        if !accounts.iter().any(|account| account.id == checked_by) {
            return Err(Refusal::Shape.into());
        }
        let note = text(form.get("identity_note"))?;
        let new = NewRequest { number, identified_by, checked_by, note };
        let id = super::answer(tx, context, &new, staff)?;
        Ok(format!("/desk/disclosures/own/{id}"))
    });
    match done.await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) => {
            let nobody = matches!(refusal, Refusal::NoSuchPerson);
            let field = if nobody { "number" } else { field };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            Ok(again(shown(&clerk, faults, Some(&form)).await?))
        }
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "records/own/one.html")]
struct One {
    page: Page,
    request: Request,
    way: Markup,
    told: Option<Markup>,
    now: Timestamp,
}

/// `GET /desk/disclosures/own/{id}`: what is told, to be read and printed.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn one(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let now = context.now;
    // A write, because reading about a person leaves a row (design idea 5).
    let read = clerk.guest.app.store.write(move |tx| {
        let request = super::request(tx, &context, id)?;
        let file = match request.has_file {
            true => Some(super::file(tx, &context, (id, staff), "own_request.read")?),
            false => None,
        };
        Ok::<_, Error>((request, file))
    });
    let (request, file) = read.await?;
    let page = clerk.page();
    let told = match file {
        Some(octets) => {
            let value: Value = serde_json::from_slice(&octets).map_err(anyhow::Error::from)?;
            Some(readable::laid_out(page.words, &value)?)
        }
        None => None,
    };
    let way = Labels::way(request.identified_by)?;
    show(&One { page, request, way, told, now })
}

/// `GET /desk/disclosures/own/{id}/file`: the same, as the file that is given.
///
/// # Errors
/// As [`one`].
pub async fn file(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let read = clerk
        .guest
        .app
        .store
        .write(move |tx| super::file(tx, &context, (id, staff), "own_request.file"));
    Ok(download(read.await?, "own-records.json"))
}
