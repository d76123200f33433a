//! Who takes part beside the jobseeker, each by a link of their own (article 8(5)).

use rules::session::room::{By, Order, SeatRole, What};

use super::{Stepped, present_room, seat_of_participant, step, store};
use crate::app::Context;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::secrets::{Purpose, Token};
use crate::store::Tx;

/// Somebody whom the office let take part beside the jobseeker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Number of the link.
    pub id: i64,
    /// Whose session.
    pub application: i64,
    /// As what.
    pub role: SeatRole,
    /// The office.
    pub office: i64,
}

/// Lets somebody take part beside the jobseeker, by a link that is theirs alone.
///
/// # Errors
/// [`Refusal::Shape`] for the jobseeker's or the staff's own roles; [`Error::Missing`].
pub fn invite(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    role: SeatRole,
    staff: i64,
) -> Result<(), Error> {
    appointment::session(tx, context, application)?;
    if matches!(role, SeatRole::Jobseeker | SeatRole::Counsellor) {
        return Err(Refusal::Shape.into());
    }
    let link = Token::draw();
    let place = link_place(application);
    let sealed = context.keys.seal(Purpose::Personal, &place, link.reveal().as_bytes());
    store::insert_participant(tx, application, role, (&link, sealed), (staff, context.now))
}

fn link_place(application: i64) -> String {
    format!("participants/{application}/link")
}

/// Who takes part beside the jobseeker, each with the address of their link.
///
/// # Errors
/// Faults of the store.
pub fn participants(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<(Participant, String)>, Error> {
    let place = link_place(application);
    let open = |(participant, sealed): (Participant, Vec<u8>)| {
        let link = context.keys.open_text(Purpose::Personal, &place, &sealed);
        let link = link.map_err(anyhow::Error::from)?;
        let address = format!("{}/take-part/link/{}", context.site.public_url, &*link);
        Ok((participant, address))
    };
    let found = store::participants(tx, application, context.office.id)?;
    found.into_iter().map(open).collect()
}

/// What a participant's link opens.
///
/// # Errors
/// [`Refusal::LinkGone`] when the link is unknown or was taken back.
pub fn participant(tx: &mut Tx<'_>, link: &Token) -> Result<Participant, Error> {
    store::participant_by_link(tx, link)?.ok_or(Refusal::LinkGone.into())
}

/// Takes a participant's link back, and puts out who came by it.
///
/// # Errors
/// [`Error::Missing`].
pub fn uninvite(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
) -> Result<Stepped, Error> {
    let ended = store::end_participant(tx, (id, application, context.office.id), context.now)?;
    if ended == 0 {
        return Err(Error::Missing);
    }
    let order = Order::Remove(seat_of_participant(id));
    let key = present_room(tx, context, application)?;
    step(tx, context, key, What::Ordered { by: By::Desk, order })
}
