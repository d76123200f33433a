//! Who may open a socket of a room, and as whom.

use axum::extract::Path;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rules::people::Act;
use rules::session::room::{BrowserId, SeatId, SeatRole};

use super::Invited;
use super::join::came_by_the_page;
use crate::app::Context;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::session::socket::{self, Sitter};
use crate::session::watch::Pass;
use crate::session::{JOBSEEKERS_SEAT, may_enter, seat_of_participant, seat_of_staff};
use crate::store::Tx;
use crate::web::request::{PARTICIPANT, STAFF, VISIT, token_in};
use crate::web::{Clerk, Guest, Seeker};

fn browser(guest: &Guest) -> BrowserId {
    BrowserId(guest.browser_number())
}

/// The alias of a session whose room this seat may enter now; none otherwise.
fn alias_for(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    seat: (SeatId, SeatRole),
) -> Result<Option<String>, Error> {
    let session = appointment::session(tx, context, id)?;
    let may = may_enter(tx, context, id, seat)?;
    Ok(may.then(|| session.alias.reveal().to_owned()))
}

/// What a browser asks for; looked at last, so that who may not is told that first.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

fn opened(upgrade: Upgrade, open: impl FnOnce(WebSocketUpgrade) -> Response) -> Response {
    upgrade.map_or_else(|refused| refused.into_response(), open)
}

/// The token by which somebody just came in.
fn token(guest: &Guest, cookie: &str) -> Result<Token, Error> {
    token_in(&guest.app.site, &guest.jar, cookie).ok_or(Refusal::LinkGone.into())
}

/// Nobody reads what a refused socket says: the page that opens one is not shown at a shut door.
fn shut() -> Response {
    StatusCode::CONFLICT.into_response()
}

/// `GET /join/socket`: the jobseeker. 409 while the door is shut.
///
/// # Errors
/// [`crate::error::Refusal::LinkGone`]; faults of the store.
pub async fn jobseeker(
    seeker: Seeker,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let app = seeker.guest.app.clone();
    let alias = app.store.read(move |tx| match came_by_the_page(tx, &context, id)? {
        true => alias_for(tx, &context, id, (JOBSEEKERS_SEAT, SeatRole::Jobseeker)),
        false => Ok(None),
    });
    let Some(name) = alias.await? else { return Ok(shut()) };
    let sitter = Sitter {
        office: seeker.office.clone(),
        application: id,
        seat: JOBSEEKERS_SEAT,
        role: SeatRole::Jobseeker,
        name,
        browser: browser(&seeker.guest),
        pass: Pass::Visit(token(&seeker.guest, VISIT)?),
    };
    Ok(opened(upgrade, |upgrade| socket::open(app, &headers, upgrade, sitter)))
}

/// `GET /take-part/socket`: a companion, an interpreter or a supporter.
///
/// # Errors
/// As [`jobseeker`].
pub async fn participant(
    invited: Invited,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Error> {
    let (context, id) = (invited.context(), invited.participant.application);
    let app = invited.guest.app.clone();
    let seat = (seat_of_participant(invited.participant.id), invited.participant.role);
    if app.store.read(move |tx| alias_for(tx, &context, id, seat)).await?.is_none() {
        return Ok(shut());
    }
    let sitter = Sitter {
        office: invited.office.clone(),
        application: id,
        seat: seat_of_participant(invited.participant.id),
        role: invited.participant.role,
        name: invited.participant.role.shown_as().to_owned(),
        browser: browser(&invited.guest),
        pass: Pass::Link(token(&invited.guest, PARTICIPANT)?),
    };
    Ok(opened(upgrade, |upgrade| socket::open(app, &headers, upgrade, sitter)))
}

/// `GET /desk/sessions/{id}/room/socket`: whoever of the staff holds the session. Staff may be in
/// the room before the door opens.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn staff(
    clerk: Clerk,
    Path(id): Path<i64>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Error> {
    clerk.must(Act::RecordSession)?;
    let (context, app) = (clerk.context(), clerk.guest.app.clone());
    let seat = (seat_of_staff(clerk.member.id), SeatRole::Counsellor);
    if app.store.read(move |tx| alias_for(tx, &context, id, seat)).await?.is_none() {
        return Ok(shut());
    }
    let sitter = Sitter {
        office: clerk.office.clone(),
        application: id,
        seat: seat_of_staff(clerk.member.id),
        role: SeatRole::Counsellor,
        name: clerk.member.name.clone(),
        browser: browser(&clerk.guest),
        pass: Pass::Staff(token(&clerk.guest, STAFF)?.digest()),
    };
    Ok(opened(upgrade, |upgrade| socket::open(app, &headers, upgrade, sitter)))
}
