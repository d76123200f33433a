//! Looks again at who sits in the rooms of this node: a session can be called off or moved while
//! people wait for it, and whoever came in can be signed out. Nothing that changes a session has to
//! know of rooms for that: it announces itself to the desk's board, which is enough.

use std::collections::BTreeSet;

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

/// The topic of notices that somebody's session or visit has ended; the text is the office's short
/// name.
pub const SIGNED_OUT: &str = "signed_out";

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
            && let Err(error) = look_at(app, key, &office).await
        {
            tracing::warn!(?error, "a room could not be looked at");
        }
    }
}

async fn look_at(app: &App, key: RoomKey, office: &Office) -> Result<(), Error> {
    let (shared, id) = (app.clone(), office.id);
    let sitting = app.rooms.sitting(key);
    let found = app.store.read(move |tx| judge(tx, &shared, id, key, &sitting)).await?;
    for one in found {
        match one {
            Found::Goes(connection, why) => {
                // The others are not to wait for one that fails; a later look tries it again.
                if let Err(error) = turn_out(app, office.id, key, connection, why).await {
                    tracing::warn!(?error, "somebody could not be turned out of a room");
                }
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
    office: i64,
    key: RoomKey,
    sitting: &[Sitting],
) -> Result<Vec<Found>, Error> {
    // As it is now: the socket may be older than the office's latest choice.
    let context = app.context(app.office_of(tx, office)?);
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
        // A visit that runs out in the middle of a talk ends it not: it only opens no page. One
        // that the person ended does.
        Pass::Visit(token) => {
            let is_over = application::was_ended(tx, token)?;
            let holds = one.in_call || is_good(application::visit(tx, token, now))?;
            (holds && !is_over, None)
        }
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
    office: i64,
    key: RoomKey,
    connection: ConnectionId,
    why: Closing,
) -> Result<(), Error> {
    let (shared, what) = (app.clone(), What::TurnedOut { connection, why });
    let step = move |tx: &mut Tx<'_>| {
        let context = shared.context(shared.office_of(tx, office)?);
        Ok::<_, Error>((super::step(tx, &context, key, what.clone())?, context.office))
    };
    let (stepped, office) = app.store.write(step).await?;
    super::socket::carry(app, &office, stepped).await
}
