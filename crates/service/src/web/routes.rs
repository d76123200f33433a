//! Every address of the product, in one table.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::form::FORM_AT_MOST;
use super::{assets, error, request, resume, security};
use crate::app::App;

/// No page takes longer; what hangs is answered with 503.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// The whole site.
pub fn site(app: App) -> Router {
    let pages = Router::new()
        .merge(seeker_pages())
        .merge(application_desk())
        .merge(session_desk())
        .merge(group_desk())
        .merge(conduct_desk())
        .merge(sharing_desk())
        .merge(figures_desk())
        .merge(records_desk())
        .merge(retention_desk())
        .merge(session_pages())
        .merge(sockets())
        .merge(if app.site.demo { crate::demo::router() } else { Router::new() })
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CatchPanicLayer::new());
    let shown = pages
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(app.clone(), resume::keep_typed))
        .layer(DefaultBodyLimit::max(FORM_AT_MOST))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(app.clone(), error::explain))
        .layer(from_fn_with_state(app.clone(), request::know_browser));
    let strict = app.site.is_secure().then(|| HeaderValue::from_static(security::STRICT_TRANSPORT));
    Router::new()
        .route("/healthz", get(health))
        .merge(told_by_zoom())
        .merge(assets::router())
        .merge(shown)
        .layer(from_fn(security::harden))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            move |_: &Response| strict.clone(),
        ))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// What jobseekers see.
fn seeker_pages() -> Router<App> {
    use crate::application::{pages, status};
    use crate::people::office_page;
    use crate::records::conduct::objections::pages as objections;
    use crate::terms::pages as terms;
    let apply = Router::new()
        .route("/", get(pages::resume).post(pages::start))
        .route("/check", get(pages::show_answers).post(pages::send))
        .route("/wishes/remove", post(pages::remove))
        .route("/wishes/{rank}", get(pages::choose).post(pages::propose))
        .route("/{step}", get(pages::get).post(pages::post));
    let status_pages = Router::new()
        .route("/", get(status::get))
        .route("/received", get(status::received))
        .route("/calendar.ics", get(status::calendar))
        .route("/proposal", post(status::answer_proposal))
        .route("/sharing", post(status::answer_sharing))
        .route("/wishes", get(status::wishes).post(status::change_wishes))
        .route("/wishes/start", post(status::start_wishes))
        .route("/wishes/remove", post(status::remove_wish))
        .route("/wishes/length", get(status::length).post(status::set_length))
        .route("/wishes/{rank}", get(status::choose).post(status::propose))
        .route("/withdraw", get(status::ask_withdraw).post(status::withdraw))
        .route("/cancel", get(status::ask_cancel).post(status::cancel))
        .route("/objection", get(objections::ask).post(objections::send))
        .route("/leave", post(status::leave));
    Router::new()
        .route("/", get(office_page::first))
        .route("/offices/{office}", get(office_page::get))
        .route("/offices/{office}/terms", get(terms::in_force))
        .route("/offices/{office}/terms/{version}", get(terms::named))
        .route("/offices/{office}/terms/{version}/since/{earlier}", get(terms::since))
        .route("/link/{token}", get(status::landing).post(status::open_link))
        .nest("/offices/{office}/apply", apply)
        .nest("/status", status_pages)
}

/// The desk: signing in, the inbox, applications, days and counsellors.
fn application_desk() -> Router<App> {
    use crate::application::desk::{acts, case, entry, inbox};
    use crate::people::sign_in;
    use crate::schedule::desk::{closed, counsellors, days};
    Router::new()
        .route("/desk/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/desk/sign-out", post(sign_in::leave))
        .route("/desk", get(inbox::get))
        .route("/desk/duties/{id}/again", post(inbox::again))
        .route("/desk/duties/{id}/done", post(inbox::done))
        .route("/desk/enter", get(entry::get).post(entry::post))
        .route("/desk/applications/{id}", get(case::get))
        .route("/desk/applications/{id}/conditions", post(acts::decide))
        .route("/desk/applications/{id}/kind", post(acts::change_kind))
        .route("/desk/applications/{id}/confirm", post(acts::confirm))
        .route("/desk/applications/{id}/seat", post(acts::give_seat))
        .route("/desk/applications/{id}/propose", post(acts::propose))
        .route("/desk/applications/{id}/decline", post(acts::decline))
        .route("/desk/applications/{id}/convert", post(acts::convert))
        .route("/desk/days", get(days::get))
        .route("/desk/counsellors", get(counsellors::list).post(counsellors::add))
        .route("/desk/counsellors/new", get(counsellors::blank))
        .route("/desk/counsellors/{id}", get(counsellors::get).post(counsellors::change))
        .route("/desk/counsellors/{id}/leave", post(counsellors::add_leave))
        .route("/desk/counsellors/{id}/leave/{leave}/remove", post(counsellors::remove_leave))
        .route("/desk/counsellors/{id}/offices", post(counsellors::serve))
        .route("/desk/counsellors/{id}/offices/{office}/remove", post(counsellors::stop_serving))
        .route("/desk/closed-days", get(closed::get).post(closed::add))
        .route("/desk/closed-days/{day}/remove", post(closed::remove))
}

/// The desk: today, sessions, calls, finding, letters.
fn session_desk() -> Router<App> {
    use crate::appointment::pages::{calls, events, finding, moving, records, session, today};
    use crate::letters::desk as letters;
    Router::new()
        .route("/desk/today", get(today::get))
        .route("/desk/today/events", get(events::get))
        .route("/desk/sessions/{id}", get(session::get))
        .route("/desk/sessions/{id}/name", post(session::compare_name))
        .route("/desk/sessions/{id}/facts", post(records::fact))
        .route("/desk/sessions/{id}/facts/{fact}/retract", post(records::retract))
        .route("/desk/sessions/{id}/outcome", post(records::outcome))
        .route("/desk/sessions/{id}/times", post(records::times))
        .route("/desk/sessions/{id}/stop", post(records::stop))
        .route("/desk/sessions/{id}/joining", post(records::joining))
        .route("/desk/sessions/{id}/move", get(moving::get).post(moving::post))
        .route("/desk/find", post(finding::post))
        .route("/desk/calls", get(calls::list))
        .route("/desk/calls/{id}", get(calls::get).post(calls::post))
        .route("/desk/letters", get(letters::list))
        .route("/desk/letters/{id}/print", get(letters::print))
        .route("/desk/letters/{id}/read-aloud", get(letters::read_aloud))
        .route("/desk/letters/{id}/handed", post(letters::handed))
}

/// The desk: group sessions and their seats.
fn group_desk() -> Router<App> {
    use crate::schedule::groups::pages::{self, one, plan};
    Router::new()
        .route("/desk/groups", get(pages::list).post(plan::plan))
        .route("/desk/groups/new", get(plan::blank))
        .route("/desk/groups/{group}", get(one::get))
        .route("/desk/groups/{group}/change", get(plan::get).post(plan::change))
        .route("/desk/groups/{group}/print", get(one::print))
        .route("/desk/groups/{group}/joining", post(one::joining))
        .route("/desk/groups/{group}/call-off", post(one::call_off))
        .route("/desk/groups/{group}/seat", post(one::give))
        .route("/desk/groups/{group}/arrived", post(one::arrived))
        .route("/desk/groups/{group}/outcome", post(one::outcome))
}

/// The desk: how somebody uses the service, and when nobody can.
fn conduct_desk() -> Router<App> {
    use crate::people::stops::pages as stops;
    use crate::records::conduct::{objections::pages as objections, pages};
    Router::new()
        .route("/desk/sessions/{id}/incident", get(pages::incident).post(pages::record))
        .route("/desk/conduct", get(pages::all))
        .route("/desk/conduct/{id}", get(pages::person))
        .route("/desk/conduct/{id}/objections", post(objections::note))
        .route("/desk/conduct/{id}/{decision}", post(pages::decide))
        .route("/desk/stops", get(stops::all).post(stops::make))
        .route("/desk/stops/{stop}", get(stops::one))
        .route("/desk/stops/{stop}/lift", post(stops::lift))
        .route("/desk/stops/{stop}/sessions", post(stops::sessions))
}

/// The desk: what is shared with bodies concerned (article 6).
fn sharing_desk() -> Router<App> {
    use crate::records::sharing::pages;
    Router::new()
        .route("/desk/sharing", get(pages::all))
        .route("/desk/sharing/partners", post(pages::add))
        .route("/desk/sharing/partners/{partner}/retire", post(pages::retire))
        .route("/desk/sessions/{id}/sharing", get(pages::get).post(pages::ask))
        .route("/desk/sessions/{id}/sharing/{sharing}/{step}", post(pages::act))
}

/// The desk: sums of sessions.
fn figures_desk() -> Router<App> {
    use crate::records::statistics::pages;
    Router::new()
        .route("/desk/statistics", get(pages::get))
        .route("/desk/statistics/public", get(pages::public))
        .route("/desk/statistics/export", post(pages::export))
}

/// The desk: demands under a law, legal holds, and persons' own requests (article 5(2)).
fn records_desk() -> Router<App> {
    use crate::records::disclosures::pages::{acts, form, list, one};
    use crate::records::own::pages as own;
    Router::new()
        .route("/desk/disclosures", get(list::get))
        .route("/desk/disclosures/new", get(form::blank).post(form::enter))
        .route("/desk/disclosures/own", get(own::list).post(own::answer))
        .route("/desk/disclosures/own/{id}", get(own::one))
        .route("/desk/disclosures/own/{id}/file", get(own::file))
        .route("/desk/disclosures/holds", post(acts::hold_freely))
        .route("/desk/disclosures/holds/{id}/extend", post(acts::extend))
        .route("/desk/disclosures/holds/{id}/lift", post(acts::lift_hold))
        .route("/desk/disclosures/{id}", get(one::get))
        .route("/desk/disclosures/{id}/print", get(one::print))
        .route("/desk/disclosures/{id}/change", get(form::get).post(form::change))
        .route("/desk/disclosures/{id}/check", post(acts::check))
        .route("/desk/disclosures/{id}/draft", post(acts::draft))
        .route("/desk/disclosures/{id}/approve", post(acts::approve))
        .route("/desk/disclosures/{id}/hand-over", post(acts::hand_over))
        .route("/desk/disclosures/{id}/lift", post(acts::lift))
        .route("/desk/disclosures/{id}/holds", post(acts::hold))
        .route("/desk/disclosures/{id}/files", post(acts::prepare))
        .route("/desk/disclosures/{id}/files/{file}", get(acts::file))
}

/// The desk: records whose period is over.
fn retention_desk() -> Router<App> {
    use crate::records::retention::pages;
    Router::new()
        .route("/desk/retention", get(pages::all).post(pages::list))
        .route("/desk/retention/{batch}", get(pages::one))
        .route("/desk/retention/{batch}/list", get(pages::file))
        .route("/desk/retention/{batch}/certificate", get(pages::certificate))
        .route("/desk/retention/{batch}/{decision}", post(pages::decide))
}

/// The session itself: the join page, the room, the check of a device.
fn session_pages() -> Router<App> {
    use crate::session::pages::{check, desk, invitation, join, room};
    Router::new()
        .route("/join", get(join::get).post(join::enter))
        .route("/join/room", get(room::jobseeker))
        .route("/take-part", get(join::get_invited).post(join::enter_invited))
        .route("/take-part/link/{token}", get(invitation::get).post(invitation::post))
        .route("/take-part/room", get(room::participant))
        .route("/check-device", get(check::get).post(check::post))
        .route("/check-device/ice", post(check::ice))
        .route("/check-device/echo", get(check::echo))
        .route("/check-device/speed", get(check::speed))
        .route("/check-device/done", get(check::done))
        .route("/desk/sessions/{id}/room", get(room::staff))
        .route("/desk/sessions/{id}/zoom", get(crate::session::zoom::pages::start))
        .route("/desk/sessions/{id}/channel", post(desk::channel))
        .route("/desk/sessions/{id}/participants", post(desk::invite))
        .route("/desk/sessions/{id}/participants/{participant}/end", post(desk::uninvite))
}

/// What Zoom tells by itself: no browser's form, and signed.
fn told_by_zoom() -> Router<App> {
    use crate::session::zoom::webhook;
    Router::new()
        .route(webhook::ADDRESS, post(webhook::post))
        .layer(DefaultBodyLimit::max(webhook::MESSAGE_AT_MOST))
        .layer(CatchPanicLayer::new())
}

/// The sockets of rooms. They stay open, so nothing here ends them after a time.
fn sockets() -> Router<App> {
    use crate::session::pages::sockets;
    Router::new()
        .route("/join/socket", get(sockets::jobseeker))
        .route("/take-part/socket", get(sockets::participant))
        .route("/desk/sessions/{id}/room/socket", get(sockets::staff))
}

/// Whether the store takes work and answers.
async fn health(State(app): State<App>) -> Response {
    const WITHIN: Duration = Duration::from_secs(2);
    match tokio::time::timeout(WITHIN, app.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n").into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response(),
    }
}
