//! What staff do about a session in Zoom: begin it, with one click.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Act;

use super::store;
use crate::application;
use crate::error::{Error, Refusal};
use crate::store::Tx;
use crate::web::Clerk;

/// `GET /desk/sessions/{id}/zoom`: leads staff into the meeting as its host. The address that does
/// so is asked for at this moment, kept nowhere, and shown on no page: who has it is the host
/// (Zoom OpenAPI v2, `start_url`).
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; [`Refusal::ZoomAway`] when Zoom does not answer or the
/// meeting is not there yet.
pub async fn start(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::RecordSession)?;
    let (context, app, staff) = (clerk.context(), clerk.guest.app.clone(), clerk.member.id);
    let read = move |tx: &mut Tx<'_>| {
        // Of this office, and it leaves a row who became the host when.
        crate::appointment::session(tx, &context, id)?;
        application::note_access(tx, &context, (id, staff), "session.started_in_zoom")?;
        store::meeting_of(tx, id)
    };
    let meeting = app.store.write(read).await?;
    let number = meeting.and_then(|meeting| meeting.number).ok_or(Refusal::ZoomAway)?;
    let zoom = app.zoom.clone().ok_or(Refusal::ZoomAway)?;
    let read = tokio::task::spawn_blocking(move || zoom.client.read(number)).await;
    let read = read.map_err(anyhow::Error::from)?.map_err(|failure| {
        tracing::warn!(why = failure.code(), "a meeting could not be begun");
        Refusal::ZoomAway
    })?;
    let address = read.start_url.ok_or(Refusal::ZoomAway)?;
    Ok(Redirect::to(address.reveal()).into_response())
}
