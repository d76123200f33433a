//! The desk's list of letters: those that need a hand first; print and telephone views.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::people::Act;
use serde::Deserialize;

use super::{Line, PrintPage, ReadAloudPage, Shown, joining_shown, page_of};
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Session};
use crate::commands;
use crate::error::Error;
use crate::web::{Clerk, Form, Page, show};

/// How many of the newest letters are listed.
const NEWEST: u16 = 100;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just recorded.
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "letters/desk.html")]
struct LettersPage {
    page: Page,
    failing: Vec<Line>,
    newest: Vec<Line>,
    done: String,
    now: Timestamp,
}

/// `GET /desk/letters`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn list(clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Error> {
    clerk.must(Act::ReadLetters)?;
    let context = clerk.context();
    let now = context.now;
    let read = clerk.guest.app.store.read(move |tx| {
        Ok::<_, Error>((super::failing(tx, &context)?, super::outbox(tx, &context, NEWEST)?))
    });
    let (failing, mut newest) = read.await?;
    newest.retain(|line| failing.iter().all(|other| other.id != line.id));
    show(&LettersPage { page: clerk.page(), failing, newest, done: asked.done, now })
}

/// `GET /desk/letters/{id}/print`: on paper, for those without e-mail.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn print(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    let (shown, session) = read(&clerk, id, "letter.printed").await?;
    let context = clerk.context();
    let page = page_of(&context, &shown, &format!("/desk/letters/{id}/print"));
    let joining = session.as_ref().and_then(|session| joining_shown(&context, session));
    show(&PrintPage::new(&page, &shown, joining))
}

/// `GET /desk/letters/{id}/read-aloud`: for the telephone, sentence by sentence.
///
/// # Errors
/// As [`print()`].
pub async fn read_aloud(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    let (shown, session) = read(&clerk, id, "letter.read_aloud").await?;
    let context = clerk.context();
    let page = page_of(&context, &shown, &format!("/desk/letters/{id}/read-aloud"));
    let joining = session.as_ref().and_then(|session| joining_shown(&context, session));
    show(&ReadAloudPage::new(&page, &shown, joining))
}

/// `POST /desk/letters/{id}/handed`: passed on, on paper or by telephone; by whom and when stays.
///
/// # Errors
/// As [`print()`].
pub async fn handed(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ReadLetters)?;
    let (context, staff, command) = (clerk.context(), clerk.member.id, form.command()?);
    let done = clerk.guest.app.store.write(move |tx| {
        commands::once(tx, &context, &command, |tx| {
            let about = super::read(tx, &context, id)?.line.application;
            match super::note_handed_over(tx, &context, id) {
                Ok(()) => {
                    application::note_access(tx, &context, (about, staff), "letter.handed_over")?;
                }
                // A colleague was quicker: it is passed on, and that is what was wanted.
                Err(Error::Missing) => {}
                Err(other) => return Err(other),
            }
            Ok("/desk/letters?done=handed".to_owned())
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

/// A letter, and the session of now if it tells of that.
async fn read(
    clerk: &Clerk,
    id: i64,
    act: &'static str,
) -> Result<(Shown, Option<Session>), Error> {
    clerk.must(Act::ReadLetters)?;
    let (context, staff): (Context, i64) = (clerk.context(), clerk.member.id);
    // A write, because reading about a person leaves a row (design idea 5).
    let read = clerk.guest.app.store.write(move |tx| {
        let shown = super::read(tx, &context, id)?;
        let about = shown.line.application;
        application::note_access(tx, &context, (about, staff), act)?;
        let session = appointment::find_session(tx, &context, about)?;
        let session = session.filter(|session| shown.tells_of(session));
        Ok::<_, Error>((shown, session))
    });
    read.await
}
