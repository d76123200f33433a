//! The page right after sending: receipt number, the link to keep, and what happens next.

use askama::Template;
use axum::response::Response;

use super::find;
use crate::application::link_of;
use crate::error::Error;
use crate::schedule::groups::Shown;
use crate::web::{Page, Seeker, show};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "application/status/received.html")]
struct ReceivedPage {
    page: Page,
    receipt: String,
    link: String,
    has_email: bool,
    answer_by: Markup,
    /// The group session that is asked for.
    group: Option<Shown>,
}

/// Shows the receipt.
///
/// # Errors
/// Faults of the store.
pub async fn get(seeker: Seeker) -> Result<Response, Error> {
    let found = find(&seeker).await?;
    let words = seeker.guest.words;
    let shown = |group| Shown::of(words, &found.context, group);
    let group = found.group.as_ref().map(shown).transpose()?;
    let (context, id) = (found.context, found.application.id);
    let site = seeker.guest.app.site.public_url.clone();
    let token = seeker.guest.app.store.read(move |tx| link_of(tx, &context, id)).await?;
    show(&ReceivedPage {
        receipt: found.application.receipt,
        link: format!("{site}/link/{}", token.reveal().as_str()),
        has_email: found.application.person.email.is_some(),
        group,
        answer_by: seeker.guest.words.moment(found.application.answer_due),
        page: seeker.page(),
    })
}
