//! The page of the room, for the jobseeker, for who takes part, and for staff.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::Act;
use rules::schedule::Slot;
use rules::session::room::{Designated, SeatRole};
use rules::session::{Channel, Door};
use rules::terms::application::deemed_cancelled_from;

use super::Invited;
use super::join::{JOIN, TAKE_PART, came_by_the_page};
use crate::app::Context;
use crate::appointment::{self, Session};
use crate::error::Error;
use crate::people::Office;
use crate::session::door_of;
use crate::store::Tx;
use crate::web::{Clerk, Page, Seeker, assets, show};
use crate::words::Markup;

#[derive(Template)]
#[template(path = "session/pages/room.html")]
struct RoomPage {
    page: Page,
    session_style: &'static str,
    scripts: &'static str,
    socket: String,
    role: SeatRole,
    alias: String,
    call_at: i64,
    join: String,
    after: String,
    after_words: Markup,
}

#[derive(Template)]
#[template(path = "session/pages/desk_room.html")]
struct DeskRoomPage {
    page: Page,
    session_style: &'static str,
    scripts: &'static str,
    socket: String,
    role: SeatRole,
    alias: String,
    slot: Slot,
    call_at: i64,
    session: String,
    after: String,
    after_words: &'static str,
    /// Whether there is an account with Zoom to go on in.
    has_zoom: bool,
}

/// A page that may use the devices which the office designates for this role. Only staff show a
/// screen: the browser itself sees to it (article 5(4)).
pub(super) fn with_devices(shown: Response, office: &Office, role: SeatRole) -> Response {
    let designated = Designated::of(&office.practice.profile(Channel::Room));
    let of = |may: bool| if may { "(self)" } else { "()" };
    let policy = format!(
        "camera={}, microphone=(self), display-capture={}, geolocation=(), browsing-topics=()",
        of(designated.camera(role)),
        of(designated.screen(role))
    );
    let name = header::HeaderName::from_static("permissions-policy");
    ([(name, policy)], shown).into_response()
}

/// When who still waits is told to telephone, in Unix milliseconds: the limit of article 2(4), or
/// the end where silence cancels nothing.
fn call_at(context: &Context, session: &Session) -> Result<i64, Error> {
    let rules = session.rules(context)?;
    let limit = deemed_cancelled_from(session.slot.start, rules).unwrap_or(session.slot.end());
    Ok(limit.as_millisecond())
}

/// The session of a room whose door is open.
fn find(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<(Session, i64)>, Error> {
    let is_open = matches!(door_of(tx, context, id)?, Door::Open { channel: Channel::Room, .. });
    let session = appointment::session(tx, context, id)?;
    let call_at = call_at(context, &session)?;
    Ok(is_open.then_some((session, call_at)))
}

/// `GET /join/room`. At a shut door, or when the session is held by other means, back to the join
/// page.
///
/// # Errors
/// [`Error::Missing`] before a time is settled.
pub async fn jobseeker(seeker: Seeker) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let app = seeker.guest.app.clone();
    let found = app.store.read(move |tx| match came_by_the_page(tx, &context, id)? {
        true => find(tx, &context, id),
        false => Ok(None),
    });
    let Some((session, call_at)) = found.await? else {
        return Ok(Redirect::to(JOIN).into_response());
    };
    let page = seeker.page();
    let shown = show(&RoomPage {
        session_style: assets::session_style_url(),
        scripts: assets::session_scripts(),
        socket: format!("{JOIN}/socket"),
        role: SeatRole::Jobseeker,
        alias: session.alias.reveal().to_owned(),
        call_at,
        join: JOIN.to_owned(),
        after: "/status".to_owned(),
        after_words: page.words.t("status-to-page"),
        page,
    })?;
    Ok(with_devices(shown, &seeker.office, SeatRole::Jobseeker))
}

/// `GET /take-part/room`.
///
/// # Errors
/// Faults of the store.
pub async fn participant(invited: Invited) -> Result<Response, Error> {
    let (context, id) = (invited.context(), invited.participant.application);
    let app = invited.guest.app.clone();
    let Some((_, call_at)) = app.store.read(move |tx| find(tx, &context, id)).await? else {
        return Ok(Redirect::to(TAKE_PART).into_response());
    };
    let page = invited.page();
    let role = invited.participant.role;
    let shown = show(&RoomPage {
        session_style: assets::session_style_url(),
        scripts: assets::session_scripts(),
        socket: format!("{TAKE_PART}/socket"),
        role,
        alias: role.shown_as().to_owned(),
        call_at,
        join: TAKE_PART.to_owned(),
        after: format!("/offices/{}", invited.office.slug),
        after_words: page.words.t("common-back"),
        page,
    })?;
    Ok(with_devices(shown, &invited.office, role))
}

/// `GET /desk/sessions/{id}/room`: for whoever holds the session.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn staff(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::RecordSession)?;
    let (context, app) = (clerk.context(), clerk.guest.app.clone());
    let (session, call_at) = app
        .store
        .read(move |tx| {
            let session = appointment::session(tx, &context, id)?;
            let call_at = call_at(&context, &session)?;
            Ok::<_, Error>((session, call_at))
        })
        .await?;
    let address = format!("/desk/sessions/{id}");
    if !session.standing.is_open() {
        return Ok(Redirect::to(&address).into_response());
    }
    let shown = show(&DeskRoomPage {
        page: clerk.page(),
        session_style: assets::session_style_url(),
        scripts: assets::session_scripts(),
        socket: format!("{address}/room/socket"),
        role: SeatRole::Counsellor,
        alias: session.alias.reveal().to_owned(),
        slot: session.slot,
        call_at,
        session: address.clone(),
        after: address,
        after_words: "結果を記録する",
        has_zoom: clerk.guest.app.zoom.is_some(),
    })?;
    Ok(with_devices(shown, &clerk.office, SeatRole::Counsellor))
}
