//! Pages behind the links, so that a demo can be played by hand: where the app of Zoom would open,
//! a page says so, and lets somebody come in under a name, or hold the meeting.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::people::{ParticipantId, Refused};
use crate::server::Door;
use crate::world::World;

#[derive(Template)]
#[template(path = "guest.html")]
struct GuestPage {
    number: String,
    query: String,
    name: String,
    /// Where the guest is; none before coming.
    state: Option<&'static str>,
    problem: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "host.html")]
struct HostPage {
    number: String,
    is_live: bool,
    waiting: Vec<(usize, String)>,
    inside: Vec<String>,
    problem: Option<&'static str>,
}

type Fields = BTreeMap<String, String>;

pub(crate) fn router() -> Router<Door> {
    Router::new()
        .route("/j/{number}", get(guest).post(act_as_guest))
        .route("/w/{number}", get(guest).post(act_as_guest))
        .route("/s/{number}", get(host).post(act_as_host))
}

fn shown(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Who came by this page to this meeting, by the secret in its address: nobody leaves for another.
fn come_here(world: &World, number: &str, query: &Fields) -> Option<ParticipantId> {
    let secret = query.get("me")?;
    let mut people = world.people.iter();
    let me = people.find(|one| one.uuid == *secret && one.meeting.to_string() == number)?;
    Some(me.id)
}

/// Whether an address was given out as the host's, however long ago.
fn is_hosts(world: &World, number: &str, query: &Fields) -> bool {
    let token = query.get("zak").map(String::as_str).unwrap_or_default();
    let meeting = world.meeting(number);
    meeting.is_some_and(|meeting| meeting.starts.iter().any(|(it, _)| it == token))
}

fn word_of(why: Refused) -> &'static str {
    match why {
        Refused::NoMeeting => "meeting",
        Refused::NoLink => "link",
        Refused::Passcode => "passcode",
        Refused::InUse => "used",
        Refused::HostBusy => "busy",
        Refused::NotThere | Refused::NotWaiting => "gone",
    }
}

/// What went wrong, in both languages. Words that are none of ours are not shown.
fn sentence(word: &str) -> Option<&'static str> {
    Some(match word {
        "meeting" => "ミーティングがありません / there is no such meeting",
        "link" => "リンクが無効か、期限切れです / the link is unknown or has ended",
        "passcode" => "パスコードが違います / the passcode is another",
        "used" => "このリンクは使用中です / somebody is in by this link",
        "busy" => "ホストは別のミーティング中です / the host has another meeting in progress",
        "gone" => "その人はもう待っていません / nobody waits there any more",
        _ => return None,
    })
}

async fn guest(
    State(door): State<Door>,
    Path(number): Path<String>,
    Query(query): Query<Fields>,
) -> Response {
    let world = door.world.lock().unwrap_or_else(PoisonError::into_inner);
    let meeting = world.meeting(&number);
    let link =
        query.get("tk").and_then(|token| meeting?.links.iter().find(|link| link.token == *token));
    let me = come_here(&world, &number, &query);
    let me = me.and_then(|id| world.people.iter().find(|one| one.id == id));
    let state = me.map(|one| match (one.left_at, one.is_in) {
        (Some(_), _) => "left",
        (None, true) => "in",
        (None, false) => "waits",
    });
    let asked: Fields = query.iter().filter(|(name, _)| *name != "me").map(cloned).collect();
    shown(&GuestPage {
        problem: match (meeting, query.get("problem")) {
            (None, _) => sentence("meeting"),
            (_, word) => word.and_then(|word| sentence(word)),
        },
        name: me.map(|one| one.name.clone()).or(link.map(|it| it.name.clone())).unwrap_or_default(),
        query: serde_urlencoded::to_string(&asked).unwrap_or_default(),
        number,
        state,
    })
}

fn cloned((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}

async fn act_as_guest(
    State(door): State<Door>,
    Path(number): Path<String>,
    Query(query): Query<Fields>,
    Form(form): Form<Fields>,
) -> Response {
    let now = (door.clock)();
    let mut world = door.world.lock().unwrap_or_else(PoisonError::into_inner);
    let mut asked: Fields =
        query.iter().filter(|(name, _)| *name != "problem").map(cloned).collect();
    match form.get("act").map(String::as_str) {
        Some("leave") => {
            if let Some(id) = come_here(&world, &number, &query) {
                world.part(id, now);
            }
        }
        _ => {
            asked.remove("me");
            let link = serde_urlencoded::to_string(&asked).unwrap_or_default();
            let name = form.get("name").map(String::as_str).filter(|name| !name.is_empty());
            match world.come(&format!("/j/{number}?{link}"), name, now) {
                Ok(id) => {
                    let me = world.people.iter().find(|one| one.id == id);
                    asked.extend(me.map(|one| ("me".to_owned(), one.uuid.clone())));
                }
                Err(why) => {
                    asked.insert("problem".to_owned(), word_of(why).to_owned());
                }
            }
        }
    }
    let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
    Redirect::to(&format!("/j/{number}?{query}")).into_response()
}

async fn host(
    State(door): State<Door>,
    Path(number): Path<String>,
    Query(query): Query<Fields>,
) -> Response {
    let world = door.world.lock().unwrap_or_else(PoisonError::into_inner);
    let knows = is_hosts(&world, &number, &query);
    let there = |is_in: bool| {
        let people = world.people.iter().enumerate().filter(move |_| knows);
        people.filter(move |(_, one)| one.left_at.is_none() && one.is_in == is_in)
    };
    let here = |one: &crate::people::Participant| one.meeting.to_string() == number;
    shown(&HostPage {
        is_live: knows && world.meeting(&number).is_some_and(|meeting| meeting.is_live),
        waiting: there(false)
            .filter(|(_, one)| here(one))
            .map(|(place, one)| (place, one.name.clone()))
            .collect(),
        inside: there(true).filter(|(_, one)| here(one)).map(|(_, one)| one.name.clone()).collect(),
        problem: match world.meeting(&number) {
            None => sentence("meeting"),
            Some(_) if !knows => sentence("link"),
            Some(_) => query.get("problem").and_then(|word| sentence(word)),
        },
        number,
    })
}

async fn act_as_host(
    State(door): State<Door>,
    Path(number): Path<String>,
    Query(query): Query<Fields>,
    Form(form): Form<Fields>,
) -> Response {
    let now = (door.clock)();
    let mut world = door.world.lock().unwrap_or_else(PoisonError::into_inner);
    let meeting: i64 = number.parse().unwrap_or_default();
    let token = query.get("zak").cloned().unwrap_or_default();
    let done = match form.get("act").map(String::as_str) {
        _ if !is_hosts(&world, &number, &query) => Err(Refused::NoLink),
        Some("end") => {
            world.end_meeting(meeting, now);
            Ok(())
        }
        Some("admit") => {
            let place = form.get("who").and_then(|it| it.parse::<usize>().ok());
            let one = place.and_then(|place| world.people.get(place));
            let id = one.filter(|one| one.meeting == meeting).map(|one| one.id);
            id.ok_or(Refused::NotThere).and_then(|id| world.let_in(id, now))
        }
        _ => world.begin_by_url(&format!("/s/{number}?zak={token}"), now).map(drop),
    };
    let mut asked = vec![("zak", token.as_str())];
    asked.extend(done.err().map(|why| ("problem", word_of(why))));
    let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
    Redirect::to(&format!("/s/{number}?{query}")).into_response()
}
