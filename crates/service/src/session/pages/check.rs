//! The check of a device, days before a session or at its door (article 4). Blocks nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Json, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use rules::schedule::TOKYO;
use rules::session::Channel;
use rules::session::device_check::{
    DeviceCheck, Finding, Measured, Outcome, Sent, judge_latency, judge_speed, see,
};
use rules::session::room::{Designated, IceServer, SeatRole};
use rules::terms::environment::Item;
use serde::Serialize;

use super::room::with_devices;
use crate::application::item_question;
use crate::commands::{self, fresh_key};
use crate::error::{Error, Refusal};
use crate::secrets::random;
use crate::session::{device_check, keep_device_check};
use crate::web::{Form, Page, Seeker, assets, show};
use crate::words::{Markup, Words};

/// The address of the check.
pub const PAGE: &str = "/check-device";

/// What is fetched to measure the line, after a click: enough for a second on a slow one.
const KILOBYTES: u32 = 256;

/// Client hints that tell the system's version; browsers without them send nothing.
const HINTS: &str = "Sec-CH-UA-Platform-Version, Sec-CH-UA-Full-Version-List";

#[derive(Template)]
#[template(path = "session/pages/check.html")]
struct CheckPage {
    page: Page,
    session_style: &'static str,
    scripts: &'static str,
    key: String,
    action: &'static str,
    ice: String,
    echo: String,
    speed: String,
    kilobytes: u32,
    /// Whether the office designates the camera (article 5(4)).
    has_camera: bool,
    back: &'static str,
}

/// A line of the result.
struct Checked {
    name: Markup,
    result: Markup,
    is_good: bool,
    help: Markup,
}

#[derive(Template)]
#[template(path = "session/pages/check_done.html")]
struct CheckDonePage {
    page: Page,
    session_style: &'static str,
    at: Timestamp,
    device: Vec<Checked>,
    yourself: Vec<Markup>,
    in_app: bool,
    data_date: Date,
    again: &'static str,
    back: &'static str,
}

/// `GET /check-device`.
///
/// # Errors
/// Faults of the store.
pub async fn get(seeker: Seeker) -> Result<Response, Error> {
    let shown = show(&CheckPage {
        page: seeker.page(),
        session_style: assets::session_style_url(),
        scripts: assets::session_scripts(),
        key: fresh_key(),
        action: PAGE,
        ice: format!("{PAGE}/ice"),
        echo: format!("{PAGE}/echo"),
        speed: format!("{PAGE}/speed"),
        kilobytes: KILOBYTES,
        has_camera: Designated::of(&seeker.office.practice.profile(Channel::Room))
            .camera(SeatRole::Jobseeker),
        back: "/status",
    })?;
    let mut shown = with_devices(shown, &seeker.office, SeatRole::Jobseeker);
    let hints = HeaderValue::from_static(HINTS);
    shown.headers_mut().insert(HeaderName::from_static("accept-ch"), hints);
    Ok(shown)
}

#[derive(Serialize)]
struct Ice {
    servers: Vec<IceServer>,
}

/// `POST /check-device/ice`: a credential for the relay that the session will use.
///
/// # Errors
/// None of its own.
pub async fn ice(seeker: Seeker, _form: Form) -> Result<Response, Error> {
    let app = &seeker.guest.app;
    let server = app.rooms.relays().map(|relays| {
        let whose = format!("check{:08x}", random(u32::MAX));
        let credential = relays.credential_for_a_check(&whose);
        let (urls, username) = (credential.urls, credential.username);
        IceServer { urls, username, credential: credential.credential }
    });
    Ok(Json(Ice { servers: server.into_iter().collect() }).into_response())
}

/// `GET /check-device/echo`.
pub async fn echo(_seeker: Seeker) -> &'static str {
    "ok"
}

/// `GET /check-device/speed`: octets that do not get smaller on the way.
pub async fn speed(_seeker: Seeker) -> Response {
    let octets: Vec<u8> =
        (0..KILOBYTES * 256).flat_map(|_| random(u32::MAX).to_le_bytes()).collect();
    ([(header::CONTENT_TYPE, "application/octet-stream")], octets).into_response()
}

/// `POST /check-device`: what was found out is kept, as classes and with its time.
///
/// # Errors
/// [`Refusal::Shape`] for what cannot come of measuring.
pub async fn post(seeker: Seeker, headers: HeaderMap, form: Form) -> Result<Response, Error> {
    let command = form.command()?;
    let measured = measured(&form)?;
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or("");
    let typed = |name: &str| Some(form.get(name)).filter(|text| !text.is_empty());
    let seen = see(&Sent {
        user_agent: agent,
        brands: typed("brands"),
        platform: typed("platform"),
        platform_version: typed("platform_version"),
        touch_points: typed("touch_points").and_then(|it| it.parse().ok()),
    });
    let (context, id) = (seeker.context(), seeker.visit.application);
    let app = seeker.guest.app.clone();
    let support = Arc::clone(&app.support);
    let address = app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                let session = crate::appointment::find_session(tx, &context, id)?;
                let now = context.now;
                let day =
                    session.map_or_else(|| TOKYO.to_datetime(now).date(), |it| it.slot.date());
                let check = DeviceCheck::judge(now, day, seen, &support, measured.clone());
                let check = check.map_err(|_| Refusal::Shape)?;
                keep_device_check(tx, &context, id, &check)?;
                Ok(format!("{PAGE}/done"))
            })
        })
        .await?;
    if !address.starts_with(PAGE) {
        return Err(Refusal::KeyReused.into());
    }
    Ok(Redirect::to(&address).into_response())
}

fn measured(form: &Form) -> Result<BTreeMap<Measured, Outcome>, Error> {
    let mut measured = BTreeMap::new();
    for what in Measured::ALL {
        let number = |name: &str| form.get(name).parse::<u32>().ok();
        let outcome = match what {
            Measured::Latency => number("latency_ms").map(judge_latency),
            Measured::Speed => number("speed_kbps").map(judge_speed),
            _ => None,
        };
        let told = Outcome::parse(form.get(what.code())).ok_or(Refusal::Shape)?;
        measured.insert(what, outcome.unwrap_or(told));
    }
    // Without scripts nothing was tried, and of some there is nothing to keep then.
    measured.retain(|what: &Measured, came: &mut Outcome| {
        *came != Outcome::NotTried || what.outcomes().contains(&Outcome::NotTried)
    });
    Ok(measured)
}

/// `GET /check-device/done`.
///
/// # Errors
/// [`Error::Missing`] before a check was made.
pub async fn done(seeker: Seeker) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let app = seeker.guest.app.clone();
    let check = app.store.read(move |tx| device_check(tx, &context, id)).await?;
    let check = check.ok_or(Error::Missing)?;
    let page = seeker.page();
    let words = page.words;
    let tool = seeker.office.tool(words);
    show(&CheckDonePage {
        session_style: assets::session_style_url(),
        at: check.at,
        device: lines(words, &check),
        yourself: declared(&seeker).map(|item| item_question(words, item, &tool)).collect(),
        in_app: check.in_app,
        data_date: seeker.guest.app.support.date().unwrap_or(Date::MIN),
        again: PAGE,
        back: "/status",
        page,
    })
}

/// What only the person can say. The room needs no app (article 4(3)).
fn declared(seeker: &Seeker) -> impl Iterator<Item = Item> {
    let meetings = seeker.office.practice.meetings;
    let needs_app = matches!(meetings, Channel::Zoom | Channel::ByHand);
    Item::ALL.into_iter().filter(move |item| needs_app || *item != Item::AppInstalled)
}

fn lines(words: Words, check: &DeviceCheck) -> Vec<Checked> {
    let dashed = |code: &str| code.replace('_', "-");
    let finding = |name: &str, found: Finding| Checked {
        name: words.t(&format!("session-check-{name}")),
        result: words.t(&format!("session-finding-{}", dashed(found.code()))),
        is_good: found == Finding::Confirmed,
        help: Markup::of_safe_html(String::new()),
    };
    let outcome = |(what, came): (&Measured, &Outcome)| Checked {
        name: words.t(&format!("session-check-{}", dashed(what.code()))),
        result: words.t(&format!("session-outcome-{}", dashed(came.code()))),
        is_good: *came == Outcome::Good,
        help: match came.is_trouble() {
            true => words.t(&format!("session-help-{}", dashed(came.code()))),
            false => Markup::of_safe_html(String::new()),
        },
    };
    let findings = [finding("browser", check.browser), finding("system", check.system)];
    findings.into_iter().chain(check.measured.iter().map(outcome)).collect()
}
