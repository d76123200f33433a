//! The office's list of partners and its register of questions. Nothing that is sealed is read
//! here; who wants to know more opens the session.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Act;
use rules::terms::personal_data::{Listed, PartnerKind};

use super::labels::{Named, choices};
use super::text;
use crate::error::{Error, Refusal};
use crate::records::sharing::{self, CONTACT_AT_MOST, NewPartner, Partner, RegisterLine};
use crate::web::fields::{Choice, Faults};
use crate::web::{self, Clerk, Form, Page, Place, said};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "records/sharing/pages/register.html")]
struct RegisterPage {
    page: Page,
    faults: Faults,
    typed: Form,
    partners: Vec<(Partner, Markup)>,
    kinds: Vec<Choice>,
    /// Nothing for whoever has no business with what jobseekers tell the office.
    lines: Option<Vec<RegisterLine>>,
    keeps: bool,
}

impl RegisterPage {
    fn is_active(partner: &Partner) -> bool {
        partner.listed() == Listed::Active
    }
}

/// `GET /desk/sharing`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn all(clerk: Clerk) -> Result<Response, Error> {
    if !Place::Sharing.is_open_to(clerk.member.role, &clerk.office.practice) {
        return Err(Error::Forbidden);
    }
    shown(&clerk, Form::blank(), Faults::none()).await
}

async fn shown(clerk: &Clerk, typed: Form, faults: Faults) -> Result<Response, Error> {
    let (context, role) = (clerk.context(), clerk.member.role);
    let reads = role.may(Act::ReadSharings);
    let work = move |tx: &mut crate::store::Tx<'_>| {
        let partners = sharing::partners(tx, &context)?;
        let lines = reads.then(|| sharing::register(tx, &context)).transpose()?;
        Ok::<_, Error>((partners, lines))
    };
    let (partners, lines) = clerk.guest.app.store.read(work).await?;
    let named = |partner: Partner| {
        let kind = Named::Partner(partner.kind).name()?;
        Ok::<_, Error>((partner, kind))
    };
    let is_refused = !faults.is_empty();
    let page = web::show(&RegisterPage {
        page: clerk.page(),
        faults,
        typed,
        partners: partners.into_iter().map(named).collect::<Result<_, _>>()?,
        kinds: choices(PartnerKind::ALL, |it| (it.code(), Named::Partner(it)))?,
        lines,
        keeps: role.may(Act::KeepPartners),
    })?;
    Ok(web::with_status(is_refused, page))
}

/// `POST /desk/sharing/partners`: puts a body on the list.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown on the page.
pub async fn add(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepPartners)?;
    let done = clerk.carry_out(&form, |tx, context, form, officer| {
        let kind = PartnerKind::parse(form.get("kind")).ok_or(Refusal::NoPart)?;
        let name = text(form.get("name"), CONTACT_AT_MOST)?;
        let contact = text(form.get("contact"), CONTACT_AT_MOST)?;
        sharing::add_partner(tx, context, &NewPartner { kind, name, contact }, officer)?;
        Ok("/desk/sharing".to_owned())
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let field = if refusal == Refusal::NoPart { "kind" } else { "name" };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            shown(&clerk, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// `POST /desk/sharing/partners/{partner}/retire`: takes one off the list.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] for another office's.
pub async fn retire(clerk: Clerk, Path(partner): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepPartners)?;
    let done = clerk.carry_out(&form, move |tx, context, _, officer| {
        sharing::retire_partner(tx, context, partner, officer)?;
        Ok("/desk/sharing".to_owned())
    });
    Ok(Redirect::to(&done.await?).into_response())
}
