//! Looks again at who sits in the rooms of this node: a session can be called off or moved while
//! people wait for it, and whoever came in can be signed out. Nothing that changes a session has to
//! know of rooms for that: it announces itself to the desk's board, which is enough.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use rules::people::Act;
use rules::session::room::{Closing, ConnectionId, SeatRole, What};
use rules::session::{Door, Seated};

use super::{RoomKey, door_of, participant};
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::people::{self, Office};
use crate::secrets::{Digest, Token};
use crate::store::Tx;
use crate::{application, appointment};

/// By what somebody came in.
#[derive(Clone, Debug)]
pub enum Pass {
    /// The jobseeker's visit.
    Visit(Token),
    /// The link of who takes part beside the jobseeker.
    Link(Token),
    /// A session of staff.
    Staff(Digest),
}

/// Somebody in a room of this node.
pub struct Sitting {
    /// The socket.
    pub connection: ConnectionId,
    /// By what.
    pub pass: Pass,
    /// As what.
    pub role: SeatRole,
    /// Whether they have been let in.
    pub in_call: bool,
    /// Whether somebody else is in the call with them.
    pub talks: bool,
}

/// Which rooms are to be looked at again.
#[derive(Default)]
pub struct Due {
    offices: BTreeSet<String>,
    everywhere: bool,
}

impl Due {
    /// Those of an office, by its short name.
    pub fn office(&mut self, slug: &str) {
        self.offices.insert(slug.to_owned());
    }

    /// Those of every office.
    pub fn everywhere(&mut self) {
        self.everywhere = true;
    }

    fn has(&self, slug: &str) -> bool {
        self.everywhere || self.offices.contains(slug)
    }
}

/// What was found of one sitter.
enum Found {
    /// They may not stay.
    Goes(ConnectionId, Closing),
    /// They are talking: their session at the desk is in use.
    Talks(Digest),
}

/// Turns out who may not stay, in the rooms that are due. What fails is tried at a later look.
pub async fn look(app: &App, due: &Due) {
    for (key, office) in app.rooms.rooms() {
        if due.has(&office.slug)
            && let Err(error) = look_at(app, key, office).await
        {
            tracing::warn!(?error, "a room could not be looked at");
        }
    }
}

async fn look_at(app: &App, key: RoomKey, office: Arc<Office>) -> Result<(), Error> {
    let (shared, wanted) = (app.clone(), Arc::clone(&office));
    let sitting = app.rooms.sitting(key);
    let found = app.store.read(move |tx| judge(tx, &shared, &wanted, key, &sitting)).await?;
    for one in found {
        match one {
            Found::Goes(connection, why) => {
                turn_out(app, Arc::clone(&office), key, connection, why).await?;
            }
            Found::Talks(digest) => {
                let now = app.clock.now();
                app.store.write(move |tx| people::note_use(tx, digest.as_str(), now)).await?;
            }
        }
    }
    Ok(())
}

fn judge(
    tx: &mut Tx<'_>,
    app: &App,
    office: &Arc<Office>,
    key: RoomKey,
    sitting: &[Sitting],
) -> Result<Vec<Found>, Error> {
    let context = app.context(Arc::clone(office));
    let door = door_of(tx, &context, key.application)?;
    let start = appointment::session(tx, &context, key.application)?.slot.start;
    let mut found = Vec::new();
    for one in sitting {
        found.extend(judge_one(tx, (door, start == key.start), one, context.now)?);
    }
    Ok(found)
}

fn judge_one(
    tx: &mut Tx<'_>,
    (door, at_present_time): (Door, bool),
    one: &Sitting,
    now: Timestamp,
) -> Result<Option<Found>, Error> {
    let goes = |why| Some(Found::Goes(one.connection, why));
    let (holds, talks) = match &one.pass {
        // A visit that runs out in the middle of a talk ends it not: it only opens no page.
        Pass::Visit(token) => (one.in_call || is_good(application::visit(tx, token, now))?, None),
        Pass::Link(token) => (is_good(participant(tx, token))?, None),
        Pass::Staff(digest) => {
            let known = people::who(tx, digest.as_str(), now)?;
            let known = known.filter(|(member, _)| member.role.may(Act::RecordSession));
            let is_old = known.as_ref().is_some_and(|(_, use_is_old)| *use_is_old);
            let is_to_note = one.talks && is_old;
            (known.is_some(), is_to_note.then(|| Found::Talks(digest.clone())))
        }
    };
    if !holds {
        return Ok(goes(Closing::SignedOut));
    }
    let seated = Seated { role: one.role, in_call: one.in_call, at_present_time };
    match door.lets_stay(seated) {
        true => Ok(talks),
        false => Ok(goes(Closing::Shut)),
    }
}

/// Whether a credential still opens what it opened.
fn is_good<T>(opened: Result<T, Error>) -> Result<bool, Error> {
    match opened {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::LinkGone | Refusal::VisitOver)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

async fn turn_out(
    app: &App,
    office: Arc<Office>,
    key: RoomKey,
    connection: ConnectionId,
    why: Closing,
) -> Result<(), Error> {
    let context = app.context(Arc::clone(&office));
    let what = What::TurnedOut { connection, why };
    let stepped = app.store.write(move |tx| super::step(tx, &context, key, what.clone())).await?;
    super::socket::carry(app, &office, stepped).await
}
