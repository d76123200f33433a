//! What staff arrange of the way in which a session is held, on its page.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Act;
use rules::session::Channel;
use rules::session::room::SeatRole;

use crate::commands;
use crate::error::{Error, Refusal};
use crate::session::{self, Stepped, socket};
use crate::web::{Clerk, Form};

/// `POST /desk/sessions/{id}/channel`: the session goes on by other means, behind the same link.
/// One click; who waits on the link sees it at once.
///
/// # Errors
/// [`Error::Forbidden`], [`Refusal::SessionOver`], [`Error::Missing`].
pub async fn channel(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordArrival)?;
    let command = form.command()?;
    let wanted = Channel::parse(form.get("channel")).ok_or(Refusal::Shape)?;
    let (context, app) = (clerk.context(), clerk.guest.app.clone());
    let back = format!("/desk/sessions/{id}?done=channel");
    let address = back.clone();
    let stepped: Option<Stepped> = app
        .store
        .write(move |tx| {
            let mut stepped = None;
            commands::once(tx, &context, &command, |tx| {
                stepped = Some(session::move_to(tx, &context, id, wanted)?);
                Ok(address.clone())
            })?;
            Ok::<_, Error>(stepped)
        })
        .await?;
    if let Some(stepped) = stepped {
        socket::carry(&app, &clerk.office, stepped).await?;
    }
    Ok(Redirect::to(&back).into_response())
}

/// `POST /desk/sessions/{id}/participants`: lets a companion, an interpreter or a supporter take
/// part, by a link of their own (article 8(5)).
///
/// # Errors
/// [`Error::Forbidden`], [`Refusal::Shape`], [`Error::Missing`].
pub async fn invite(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordArrival)?;
    let role = SeatRole::parse(form.get("role")).ok_or(Refusal::Shape)?;
    let command = form.command()?;
    let (context, app) = (clerk.context(), clerk.guest.app.clone());
    let staff = clerk.member.id;
    let address = app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                session::invite(tx, &context, id, role, staff)?;
                Ok(format!("/desk/sessions/{id}?done=invited#way"))
            })
        })
        .await?;
    Ok(Redirect::to(&address).into_response())
}

/// `POST /desk/sessions/{id}/participants/{participant}/end`: the link works no more, and who came
/// by it is put out.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn uninvite(
    clerk: Clerk,
    Path((id, participant)): Path<(i64, i64)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::RecordArrival)?;
    let command = form.command()?;
    let (context, app) = (clerk.context(), clerk.guest.app.clone());
    let back = format!("/desk/sessions/{id}?done=uninvited#way");
    let address = back.clone();
    let stepped: Option<Stepped> = app
        .store
        .write(move |tx| {
            let mut stepped = None;
            commands::once(tx, &context, &command, |tx| {
                stepped = Some(session::uninvite(tx, &context, (id, participant))?);
                Ok(address.clone())
            })?;
            Ok::<_, Error>(stepped)
        })
        .await?;
    if let Some(stepped) = stepped {
        socket::carry(&app, &clerk.office, stepped).await?;
    }
    Ok(Redirect::to(&back).into_response())
}
