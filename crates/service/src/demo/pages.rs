//! The demo's own pages: a guide for the newcomer, the clock, and the outbox of letters.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use rules::people::Role;

use super::{ACCOUNTS, PASSWORD};
use crate::app::App;
use crate::appointment;
use crate::duties::{self, Carrier};
use crate::error::{Error, Refusal};
use crate::letters::{self, Post};
use crate::people::{self, Office};
use crate::web::request::role_key;
use crate::web::{Form, Guest, Page, show};

/// The demo's pages; the product has none of them.
pub fn router() -> Router<App> {
    Router::new()
        .route("/demo", get(guide))
        .route("/demo/clock", post(move_clock))
        .route("/demo/outbox", get(outbox))
        .route("/demo/outbox/{letter}", get(one_letter))
}

#[derive(Template)]
#[template(path = "demo/guide.html")]
struct GuidePage<'a> {
    page: &'a Page,
    now: Timestamp,
    office: &'a Office,
    accounts: &'a [(&'static str, &'static str, &'static str)],
    password: &'static str,
    next_start: Option<Timestamp>,
    grace: u16,
}

impl GuidePage<'_> {
    fn role(&self, code: &str) -> &'static str {
        role_key(Role::parse(code).unwrap_or(Role::Counsellor))
    }
}

async fn guide(guest: Guest) -> Result<Response, Error> {
    let office = only_office(&guest.app).await?;
    let context = guest.context(&office);
    let grace = office.terms(context.now)?.rules.grace_minutes.unwrap_or_default();
    let now = context.now;
    let next_start = guest.app.store.read(move |tx| appointment::next_start(tx, &context)).await?;
    let page = guest.page_of(&office);
    show(&GuidePage {
        page: &page,
        now,
        office: &office,
        accounts: &ACCOUNTS,
        password: PASSWORD,
        next_start,
        grace,
    })
}

/// Moves the clock, turns the minute hand and carries out what is due, so that the next page
/// shows the world as it then is.
async fn move_clock(guest: Guest, form: Form) -> Result<Response, Error> {
    let app = guest.app.clone();
    let now = app.clock.now();
    let target = match form.get("to") {
        "" => {
            let minutes: i64 = form.get("minutes").parse().map_err(|_| Refusal::Shape)?;
            if !(0..=60 * 24 * 7).contains(&minutes) {
                return Err(Refusal::Shape.into());
            }
            now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(now)
        }
        to => to.parse().map_err(|_| Refusal::Shape)?,
    };
    app.clock.set(target);
    app.store.write(move |tx| people::renew_sessions(tx, target)).await?;
    let carrier = Carrier { app, post: Arc::new(Post::Outbox) };
    let done = tokio::task::spawn_blocking(move || {
        duties::turn(&carrier.app)?;
        while duties::carry_out_due(&carrier)? > 0 {}
        Ok::<(), Error>(())
    });
    done.await.map_err(anyhow::Error::from)??;
    // Boards that are open count by the clock: they are to look at it again.
    let office = only_office(&guest.app).await?;
    guest.app.store.write(move |tx| tx.announce("board", &office.slug)).await?;
    let back = form.get("back");
    let is_local = back.starts_with('/') && !back.starts_with("//");
    Ok(Redirect::to(if is_local { back } else { "/demo" }).into_response())
}

#[derive(Template)]
#[template(path = "demo/outbox.html")]
struct OutboxPage<'a> {
    page: &'a Page,
    letters: &'a [letters::Line],
}

async fn outbox(guest: Guest) -> Result<Response, Error> {
    let office = only_office(&guest.app).await?;
    let context = guest.context(&office);
    let letters = guest.app.store.read(move |tx| letters::outbox(tx, &context, 200)).await?;
    show(&OutboxPage { page: &guest.page_of(&office), letters: &letters })
}

#[derive(Template)]
#[template(path = "demo/letter.html")]
struct LetterPage<'a> {
    page: &'a Page,
    subject: &'a str,
    text: &'a str,
    links: Vec<&'a str>,
}

async fn one_letter(guest: Guest, Path(letter): Path<i64>) -> Result<Response, Error> {
    let office = only_office(&guest.app).await?;
    let context = guest.context(&office);
    let shown = guest.app.store.read(move |tx| letters::read(tx, &context, letter)).await?;
    let here = &guest.app.site.public_url;
    let links = shown
        .text
        .split_whitespace()
        .filter(|word| word.starts_with(here.as_str()))
        .map(|word| &word[here.len()..])
        .collect();
    let page = guest.page_of(&office);
    show(&LetterPage { page: &page, subject: &shown.subject, text: &shown.text, links })
}

async fn only_office(app: &App) -> Result<Arc<Office>, Error> {
    let offices = app.store.read(crate::people::offices).await?;
    let (slug, _) = offices.first().ok_or(Error::Missing)?;
    app.office(slug).await
}
