//! For what cells are held, and how a seat is: the database is the last judge of both.

use rules::schedule::{GroupRefusal, Slot};

use super::Group;
use crate::error::{Error, Refusal};
use crate::schedule::{Resource, store};
use crate::store::Tx;

/// For what cells are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// For an application: its counsellor, its person, its seat, its host.
    Application(i64),
    /// For a group session: the counsellor who leads it.
    Group(i64),
}

impl From<i64> for Holder {
    fn from(application: i64) -> Self {
        Self::Application(application)
    }
}

impl Holder {
    /// The number in the store. Groups and applications are counted apart, so that a group's is
    /// written below nought.
    pub(in crate::schedule) fn number(self) -> i64 {
        match self {
            Self::Application(id) => id,
            Self::Group(id) => -id,
        }
    }

    /// Reads [`Holder::number`] back.
    pub(in crate::schedule) fn of(number: i64) -> Self {
        if number < 0 { Self::Group(-number) } else { Self::Application(number) }
    }
}

/// Holds a free seat for an application. Seats are tried one after another and taken by the rule of
/// every booking; how many are given only says where to begin.
///
/// # Errors
/// [`GroupRefusal::Full`].
pub(crate) fn hold_seat(
    tx: &mut Tx<'_>,
    (group, application): (&Group, i64),
    slot: &Slot,
) -> Result<(), Error> {
    let (cells, seats) = (slot.cells(), group.plan.seats);
    let wanted = u64::try_from(cells.end - cells.start).unwrap_or_default();
    for offset in 0..seats {
        let seat = Resource::Seat(group.id, (group.given.wrapping_add(offset)) % seats + 1);
        match store::hold(tx, &seat.key(), cells.clone(), application)? {
            held if held == wanted => return Ok(()),
            0 => {}
            _ => store::release_one(tx, &seat.key(), application)?,
        }
    }
    Err(Refusal::Group(GroupRefusal::Full).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_is_read_back() {
        for holder in [Holder::Application(1), Holder::Group(1), Holder::Application(i64::MAX)] {
            assert_eq!(Holder::of(holder.number()), holder);
        }
        assert_ne!(Holder::Application(7).number(), Holder::Group(7).number());
    }
}
