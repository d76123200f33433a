//! Pages behind the links, so that a demo can be played by hand: where the app of Zoom would open,
//! a page says so, and lets somebody come in under a name, or hold the meeting.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::people::ParticipantId;
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
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "host.html")]
struct HostPage {
    number: String,
    is_live: bool,
    waiting: Vec<(usize, String)>,
    inside: Vec<String>,
    problem: Option<String>,
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

/// Who came by this page, by the number in its address.
fn come_here(world: &World, query: &Fields) -> Option<ParticipantId> {
    let place: usize = query.get("me")?.parse().ok()?;
    world.people.get(place).map(|one| one.id)
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
    let me = come_here(&world, &query);
    let me = me.and_then(|id| world.people.iter().find(|one| one.id == id));
    let state = me.map(|one| match (one.left_at, one.is_in) {
        (Some(_), _) => "left",
        (None, true) => "in",
        (None, false) => "waits",
    });
    let asked: Fields = query.iter().filter(|(name, _)| *name != "me").map(cloned).collect();
    shown(&GuestPage {
        problem: match (meeting, query.get("problem")) {
            (None, _) => Some("NoMeeting".to_owned()),
            (_, problem) => problem.cloned(),
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
            if let Some(id) = come_here(&world, &query) {
                world.part(id, now);
            }
        }
        _ => {
            asked.remove("me");
            let link = serde_urlencoded::to_string(&asked).unwrap_or_default();
            let name = form.get("name").map(String::as_str).filter(|name| !name.is_empty());
            match world.come(&format!("/j/{number}?{link}"), name, now) {
                Ok(_) => asked.insert("me".to_owned(), (world.people.len() - 1).to_string()),
                Err(why) => asked.insert("problem".to_owned(), format!("{why:?}")),
            };
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
    let there = |is_in: bool| {
        let people = world.people.iter().enumerate();
        people.filter(move |(_, one)| one.left_at.is_none() && one.is_in == is_in)
    };
    let here = |one: &crate::people::Participant| one.meeting.to_string() == number;
    shown(&HostPage {
        is_live: world.meeting(&number).is_some_and(|meeting| meeting.is_live),
        waiting: there(false)
            .filter(|(_, one)| here(one))
            .map(|(place, one)| (place, one.name.clone()))
            .collect(),
        inside: there(true).filter(|(_, one)| here(one)).map(|(_, one)| one.name.clone()).collect(),
        problem: match world.meeting(&number) {
            None => Some("NoMeeting".to_owned()),
            Some(_) => query.get("problem").cloned(),
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
    let mut problem = String::new();
    match form.get("act").map(String::as_str) {
        Some("end") => world.end_meeting(meeting, now),
        Some("admit") => {
            let place = form.get("who").and_then(|it| it.parse::<usize>().ok());
            let id = place.and_then(|place| world.people.get(place)).map(|one| one.id);
            if let Some(id) = id {
                let _ = world.let_in(id, now);
            }
        }
        _ => {
            let token = query.get("zak").cloned().unwrap_or_default();
            if let Err(why) = world.begin_by_url(&format!("/s/{number}?zak={token}"), now) {
                problem = format!("&problem={why:?}");
            }
        }
    }
    let token = query.get("zak").cloned().unwrap_or_default();
    Redirect::to(&format!("/s/{number}?zak={token}{problem}")).into_response()
}
