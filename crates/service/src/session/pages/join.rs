//! The join page: one stable address in front of every way to hold a session (articles 2(2), 2(3),
//! 3, 5(4), 11).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::people::METERED_MINUTES;
use rules::schedule::Slot;
use rules::session::room::{BrowserId, SeatRole};
use rules::session::{Channel, Door, MeetingId};
use rules::terms::ConsentMoment;
use rules::terms::amendment::{Consent, ConsentWay, needs_new_consent, needs_new_tool_consent};

use super::Invited;
use crate::app::Context;
use crate::application;
use crate::appointment::{self, Joining};
use crate::commands::{self, fresh_key};
use crate::error::{Error, Refusal};
use crate::schedule::groups::{self, Group, Shown};
use crate::session::zoom::{self, Ways};
use crate::session::{channel, door_of, features, is_shown_to, note_arrival, note_shown};
use crate::store::Tx;
use crate::terms::{Since, tool_shown};
use crate::web::fields::Faults;
use crate::web::{Form, Page, Seeker, show};
use crate::words::Markup;

/// The jobseeker's join page.
pub const JOIN: &str = "/join";
/// The same for who takes part beside the jobseeker.
pub const TAKE_PART: &str = "/take-part";

#[derive(Template)]
#[template(path = "session/pages/join.html")]
struct JoinPage {
    page: Page,
    alias: String,
    is_guest: bool,
    slot: Slot,
    channel: Channel,
    was_moved: bool,
    since: Since,
    tool_of_terms: String,
    /// Whether agreeing to what changed is an act of its own.
    asks_consent: bool,
    faults: Faults,
    minutes: u16,
    megabytes: u32,
    features: Vec<(Markup, Markup)>,
    joining: Option<Way>,
    is_ready: bool,
    /// The group session that it is: others take part.
    group: Option<Shown>,
    tool: String,
    key: String,
    enter: String,
    check: String,
}

#[derive(Template)]
#[template(path = "session/pages/door.html")]
struct DoorPage {
    page: Page,
    door: Door,
    grace: u16,
    refresh: String,
    status: String,
    check: String,
    again: String,
}

/// How to join a meeting elsewhere, as the page shows it. Holds credentials: no `Debug`.
struct Way {
    meeting: String,
    passcode: Option<String>,
    link: Option<String>,
}

impl Way {
    fn by_hand(joining: &Joining) -> Self {
        Self {
            meeting: joining.meeting.grouped(),
            passcode: joining.passcode.as_ref().map(|it| it.reveal().to_owned()),
            link: joining.link.as_ref().map(|it| it.reveal().to_owned()),
        }
    }

    /// A link of one's own, under the name that the office gave (article 2(3)).
    fn in_zoom(ways: &Ways, role: SeatRole) -> Self {
        Self {
            meeting: ways.meeting.as_ref().map(MeetingId::grouped).unwrap_or_default(),
            passcode: ways.passcode.as_ref().map(|it| it.reveal().to_owned()),
            link: ways.link(role).map(str::to_owned),
        }
    }
}

/// What is known of a session at its door.
struct Found {
    door: Door,
    session: appointment::Session,
    group: Option<Group>,
    usual: Channel,
    channel: Channel,
    consent: Option<Consent>,
    ways: Option<Ways>,
    /// Whether this browser may be told how to join a meeting made by hand.
    is_shown: bool,
    context: Context,
}

fn find(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Found, Error> {
    let channel = channel(tx, context, id)?;
    Ok(Found {
        door: door_of(tx, context, id)?,
        session: appointment::session(tx, context, id)?,
        group: groups::find_of(tx, context, id)?,
        usual: context.office.practice.meetings,
        channel,
        consent: application::last_consent(tx, context, id)?,
        ways: match channel {
            Channel::Zoom => zoom::ways(tx, context, id)?,
            _ => None,
        },
        is_shown: false,
        context: context.clone(),
    })
}

/// Whether this use of the service is on record already (article 11: joining is use).
fn has_used(found: &Found) -> Result<bool, Error> {
    is_use_on_record(&found.context, found.session.slot, found.consent.as_ref())
}

/// Whether the jobseeker came by the join page, and so consented to the version in force: only
/// then the room lets them in.
///
/// # Errors
/// [`Error::Missing`] before a time is settled.
pub(super) fn came_by_the_page(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<bool, Error> {
    let slot = appointment::session(tx, context, id)?.slot;
    let consent = application::last_consent(tx, context, id)?;
    is_use_on_record(context, slot, consent.as_ref())
}

fn is_use_on_record(
    context: &Context,
    slot: Slot,
    consent: Option<&Consent>,
) -> Result<bool, Error> {
    let terms = context.office.terms(context.now)?;
    let opened = rules::session::opens_at(&slot, &context.office.practice);
    let at_this_door = |it: &&Consent| it.way == ConsentWay::ByUse && it.at >= opened;
    let used = consent.filter(at_this_door);
    let tool = context.office.practice.tool_edition();
    Ok(!needs_new_consent(used, terms) && !needs_new_tool_consent(used, tool.as_ref()))
}

/// Whether joining asks for a tick first: the terms changed, and want an act of its own (article 11
/// and the opening words).
fn asks_consent(found: &Found) -> Result<bool, Error> {
    let terms = found.context.office.terms(found.context.now)?;
    let is_act = terms.choices.consent == ConsentMoment::Explicit;
    Ok(is_act && needs_new_consent(found.consent.as_ref(), terms))
}

/// Whether a door that is shut now may open later by itself.
fn may_open(door: Door) -> bool {
    matches!(
        door,
        Door::TooEarly { .. }
            | Door::Moved { .. }
            | Door::ByTelephone
            | Door::ServiceStopped { .. }
    )
}

/// The page at this door, for the jobseeker or for a guest, who has no status page.
fn page(
    page: Page,
    found: Found,
    guest: Option<SeatRole>,
    faults: Faults,
) -> Result<Response, Error> {
    let is_guest = guest.is_some();
    let base = if is_guest { TAKE_PART } else { JOIN };
    let words = page.words;
    let office = &found.context.office;
    let check = if is_guest { String::new() } else { super::check::PAGE.to_owned() };
    let Door::Open { channel, slot } = found.door else {
        return show(&DoorPage {
            grace: found.session.rules(&found.context)?.grace_minutes.unwrap_or_default(),
            refresh: if may_open(found.door) { base.to_owned() } else { String::new() },
            status: if is_guest { String::new() } else { "/status".to_owned() },
            again: match found.door {
                door if may_open(door) || is_guest => String::new(),
                _ => format!("/offices/{}", office.slug),
            },
            check: match found.door {
                Door::TooEarly { .. } | Door::Moved { .. } => check,
                _ => String::new(),
            },
            door: found.door,
            page,
        });
    };
    let has_used = is_guest || has_used(&found)?;
    let may_see = has_used && (is_guest || found.is_shown);
    let way = way(&found, channel, guest.unwrap_or(SeatRole::Jobseeker));
    show(&JoinPage {
        alias: match guest {
            Some(role) => role.shown_as().to_owned(),
            None => found.session.alias.reveal().to_owned(),
        },
        is_guest,
        slot,
        channel,
        was_moved: found.channel != found.usual && found.group.is_none(),
        group: found.group.as_ref().map(|it| Shown::of(words, &found.context, it)).transpose()?,
        since: Since::of(words, (office, found.context.now), found.consent.as_ref())?,
        tool_of_terms: office.tool(words),
        asks_consent: !is_guest && asks_consent(&found)?,
        faults,
        minutes: METERED_MINUTES,
        megabytes: office.practice.megabytes_per_half_hour.into(),
        features: features(words, &office.practice.profile(channel)),
        // Who comes is here, though the meeting may not be yet (article 2(4)).
        is_ready: way.is_some() || (channel == Channel::Zoom && !may_see),
        joining: way.filter(|_| may_see),
        tool: office.tool_of(words, channel),
        key: fresh_key(),
        enter: base.to_owned(),
        check,
        page,
    })
}

/// `GET /join`.
///
/// # Errors
/// [`Error::Missing`] before a time is settled.
pub async fn get(seeker: Seeker) -> Result<Response, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    let app = seeker.guest.app.clone();
    let browser = BrowserId(seeker.guest.browser_number());
    let read = move |tx: &mut Tx<'_>| {
        let mut found = find(tx, &context, id)?;
        // Another browser asks for it, and the desk is told (article 8(5)).
        found.is_shown = is_shown_to(tx, &context, id, browser)?;
        Ok::<_, Error>(found)
    };
    let found = app.store.read(read).await?;
    page(seeker.page(), found, None, Faults::none())
}

/// `POST /join`: this is use of the service. The version in force is recorded as consented to, and
/// the way in is shown.
///
/// # Errors
/// [`Refusal::SessionOver`] when the door was shut meanwhile.
pub async fn enter(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let command = form.command()?;
    let (context, id) = (seeker.context(), seeker.visit.application);
    let tool = context.office.practice.tool_edition();
    let version = context.office.terms(context.now)?.version.to_string();
    if form.get("version") != version || form.get("tool_terms") != tool_shown(tool.as_ref()) {
        // Consent is to what was shown: the page shows what is in force by now.
        return Ok(Redirect::to(JOIN).into_response());
    }
    let app = seeker.guest.app.clone();
    let has_ticked = !form.get("consent").is_empty();
    if !has_ticked {
        let within = context.clone();
        let found = app.store.read(move |tx| find(tx, &within, id)).await?;
        if matches!(found.door, Door::Open { .. }) && asks_consent(&found)? {
            let mut faults = Faults::none();
            faults.add("consent", seeker.guest.words.t("session-terms-fault"));
            let shown = page(seeker.page(), found, None, faults)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    }
    let browser = BrowserId(seeker.guest.browser_number());
    let address = app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                let found = find(tx, &context, id)?;
                let Door::Open { channel, .. } = found.door else {
                    return Err(Refusal::SessionOver.into());
                };
                if asks_consent(&found)? && has_ticked {
                    application::consent_anew(tx, &context, id)?;
                }
                if !has_used(&found)? {
                    application::consent_by_use(tx, &context, id)?;
                }
                note_shown(tx, &context, id, (channel, browser))?;
                if matches!(channel, Channel::Room | Channel::Zoom) {
                    // At the door, whatever the line lets through afterwards (article 2(4)).
                    note_arrival(tx, &context, id)?;
                }
                Ok(way_in(JOIN, channel))
            })
        })
        .await?;
    if !address.starts_with(JOIN) {
        return Err(Refusal::KeyReused.into());
    }
    Ok(Redirect::to(&address).into_response())
}

/// How to join, if it is known: typed by staff, or made by the service.
fn way(found: &Found, channel: Channel, role: SeatRole) -> Option<Way> {
    match channel {
        Channel::Zoom => found.ways.as_ref().map(|ways| Way::in_zoom(ways, role)),
        _ => found.session.joining.as_ref().map(Way::by_hand),
    }
}

fn way_in(base: &str, channel: Channel) -> String {
    match channel {
        Channel::Room => format!("{base}/room"),
        Channel::Zoom | Channel::ByHand | Channel::Telephone => base.to_owned(),
    }
}

/// `GET /take-part`: the same page for who takes part beside the jobseeker.
///
/// # Errors
/// Faults of the store.
pub async fn get_invited(invited: Invited) -> Result<Response, Error> {
    let (context, id) = (invited.context(), invited.participant.application);
    let app = invited.guest.app.clone();
    let found = app.store.read(move |tx| find(tx, &context, id)).await?;
    // Who was approved beforehand may use the number of a meeting too (article 8(5)).
    page(invited.page(), found, Some(invited.participant.role), Faults::none())
}

/// `POST /take-part`: into the room.
///
/// # Errors
/// [`Refusal::SessionOver`] when the door was shut meanwhile.
pub async fn enter_invited(invited: Invited, _form: Form) -> Result<Response, Error> {
    let (context, id) = (invited.context(), invited.participant.application);
    let app = invited.guest.app.clone();
    let found = app.store.read(move |tx| find(tx, &context, id)).await?;
    match found.door {
        Door::Open { channel, .. } => Ok(Redirect::to(&way_in(TAKE_PART, channel)).into_response()),
        _ => Err(Refusal::SessionOver.into()),
    }
}
