//! What a person can do on the page of their application.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use rules::appointment::{Fact, What};

use super::{Found, find, fresh_key};
use crate::app::Context;
use crate::application::{self, Application};
use crate::appointment::{self, Session};
use crate::commands;
use crate::error::{Error, Refusal};
use crate::letters;
use crate::store::Tx;
use crate::web::request::{VISIT, removal, token_in};
use crate::web::{Form, Page, Seeker, show};
use crate::words::Markup;

/// The address of the page.
pub(super) const PAGE: &str = "/status";

/// Back to the page, unless the key was another command's (of the application itself, say).
pub(super) fn back_to_page(answer: &str) -> Result<Response, Error> {
    if answer != PAGE {
        return Err(Refusal::KeyReused.into());
    }
    Ok(Redirect::to(PAGE).into_response())
}

/// Does one thing to the application, once, and goes back to its page.
pub(super) async fn command(
    seeker: &Seeker,
    form: &Form,
    work: impl Fn(&mut Tx<'_>, &Context, i64) -> Result<(), Error> + Send + 'static,
) -> Result<Response, Error> {
    let command = form.command()?;
    let (context, id) = (seeker.context(), seeker.visit.application);
    let address = seeker
        .guest
        .app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                work(tx, &context, id)?;
                Ok(PAGE.to_owned())
            })
        })
        .await?;
    back_to_page(&address)
}

#[derive(Template)]
#[template(path = "application/status/withdraw.html")]
struct WithdrawPage {
    page: Page,
    key: String,
    receipt: String,
}

/// Asks whether the application is really to be taken back.
///
/// # Errors
/// [`Refusal::Course`] once it is answered.
pub async fn ask_withdraw(seeker: Seeker) -> Result<Response, Error> {
    let found = find(&seeker).await?;
    found.application.course.after(rules::application::Step::Withdraw)?;
    let receipt = found.application.receipt;
    show(&WithdrawPage { page: seeker.page(), key: fresh_key(), receipt })
}

/// Takes the application back.
///
/// # Errors
/// [`Refusal::Course`] once it is answered.
pub async fn withdraw(seeker: Seeker, form: Form) -> Result<Response, Error> {
    command(&seeker, &form, application::withdraw).await
}

/// Accepts the proposed time, or asks for another.
///
/// # Errors
/// [`Refusal::Course`] when no proposal is open (any more); [`Refusal::Shape`] for neither answer.
pub async fn answer_proposal(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let answer = match form.get("answer") {
        "accept" => application::accept_proposal,
        "refuse" => application::refuse_proposal,
        _ => return Err(Refusal::Shape.into()),
    };
    command(&seeker, &form, answer).await
}

/// Whether this person may cancel without telephoning (article 2(4) speaks of the telephone): as
/// the office's choice, and always where telephoning is not possible.
pub(super) fn may_cancel_online(context: &Context, application: &Application) -> bool {
    let everybody = context.office.cancels_online(application.received_at).unwrap_or_default();
    everybody || application.care.cannot_telephone()
}

fn open_session(found: &Found) -> Result<&Session, Error> {
    let session = found.session.as_ref().ok_or(Error::Missing)?;
    if session.standing.is_open() { Ok(session) } else { Err(Refusal::SessionOver.into()) }
}

#[derive(Template)]
#[template(path = "application/status/cancel.html")]
struct CancelPage {
    page: Page,
    key: String,
    is_online: bool,
    slot: Markup,
    opens: Markup,
    closes: Markup,
}

/// How to cancel: by telephone, or here where that is open to the person.
///
/// # Errors
/// [`Refusal::SessionOver`]; [`Error::Missing`] before there is a session.
pub async fn ask_cancel(seeker: Seeker) -> Result<Response, Error> {
    let found = find(&seeker).await?;
    let words = seeker.guest.words;
    let practice = &seeker.office.practice;
    let slot = words.slot(&open_session(&found)?.slot);
    show(&CancelPage {
        page: seeker.page(),
        key: fresh_key(),
        is_online: may_cancel_online(&found.context, &found.application),
        slot,
        opens: words.time(practice.counter_opens),
        closes: words.time(practice.counter_closes),
    })
}

/// Cancels online.
///
/// # Errors
/// [`Refusal::OnlyByTelephone`]; [`Refusal::SessionOver`].
pub async fn cancel(seeker: Seeker, form: Form) -> Result<Response, Error> {
    command(&seeker, &form, |tx, context, id| {
        let application = application::load(tx, context, id)?;
        if !may_cancel_online(context, &application) {
            return Err(Refusal::OnlyByTelephone.into());
        }
        let session = appointment::session(tx, context, id)?;
        if !session.standing.is_open() {
            return Err(Refusal::SessionOver.into());
        }
        let fact = Fact { at: context.now, what: What::CalledOff };
        appointment::record(tx, context, id, fact, None)
    })
    .await
}

/// The session as a calendar file.
///
/// # Errors
/// [`Error::Missing`] when there is no session, or it is over.
pub async fn calendar(seeker: Seeker) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let store = &seeker.guest.app.store;
    let file = store.read(move |tx| letters::calendar_file(tx, &context, id)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\""),
    ];
    Ok((headers, file).into_response())
}

/// Ends the visit on this browser, for computers that others use too.
///
/// # Errors
/// Faults of the store.
pub async fn leave(seeker: Seeker, _form: Form) -> Result<Response, Error> {
    let app = &seeker.guest.app;
    if let Some(token) = token_in(&app.site, &seeker.guest.jar, VISIT) {
        let office = seeker.office.clone();
        app.store.write(move |tx| application::end(tx, &office, &token)).await?;
    }
    let jar = seeker.guest.jar.clone().add(removal(&app.site, VISIT));
    let home = format!("/offices/{}", seeker.office.slug);
    Ok((jar, Redirect::to(&home)).into_response())
}
