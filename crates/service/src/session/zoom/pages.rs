//! What staff do about a session in Zoom: begin it, with one click.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Act;

use super::store;
use crate::app::App;
use crate::application;
use crate::error::Error;
use crate::store::Tx;
use crate::web::Clerk;
use crate::zoom::StartUrl;

/// `GET /desk/sessions/{id}/zoom`: leads staff into the meeting as its host, or back to the
/// session, which says that Zoom is away and what can be done instead.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
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
    Ok(match address_of(&app, meeting.and_then(|meeting| meeting.number)).await? {
        Some(address) => Redirect::to(address.reveal()),
        None => Redirect::to(&format!("/desk/sessions/{id}?done=zoom_away#way")),
    }
    .into_response())
}

/// The address that leads into a meeting as its host, asked for at this moment, kept nowhere and
/// shown on no page: who has it is the host (Zoom OpenAPI v2, `start_url`). None while the meeting
/// is not there, or Zoom does not answer.
async fn address_of(app: &App, number: Option<i64>) -> Result<Option<StartUrl>, Error> {
    let Some((zoom, number)) = app.zoom.clone().zip(number) else { return Ok(None) };
    let read = tokio::task::spawn_blocking(move || zoom.client.read(number)).await;
    match read.map_err(anyhow::Error::from)? {
        Ok(meeting) => Ok(meeting.start_url),
        Err(failure) => {
            tracing::warn!(why = failure.code(), "a meeting could not be begun");
            Ok(None)
        }
    }
}
