//! What Zoom tells of a meeting, as signs with the time at which each happened. They come twice,
//! late, out of order or not at all (developers.zoom.us/blog/webhook-delays.md), so what they mean
//! is read from all of them together, in no order.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::DisplayName;
use crate::people::alias::is_same_name;
use crate::people::{Kana, LegalName, Likeness, looks_like_real_name};

/// What happened in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// Staff began it.
    Started,
    /// It ended for all.
    Ended,
    /// Somebody waits to be let in, or for staff to begin.
    Waits,
    /// Somebody is in.
    Joined,
    /// Somebody left the meeting.
    Left,
    /// Somebody waits no longer: left, or was let in. Zoom may tell it after the coming in, whose
    /// end it is not.
    StoppedWaiting,
    /// It is being recorded, which the terms forbid (article 5(4)).
    Recorded,
    /// It is shown to the outside, which the terms forbid (article 5(4)).
    Streamed,
    /// Somebody shows a screen.
    Shared,
}

impl Happening {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Started,
        Self::Ended,
        Self::Waits,
        Self::Joined,
        Self::Left,
        Self::StoppedWaiting,
        Self::Recorded,
        Self::Streamed,
        Self::Shared,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Ended => "ended",
            Self::Waits => "waits",
            Self::Joined => "joined",
            Self::Left => "left",
            Self::StoppedWaiting => "stopped_waiting",
            Self::Recorded => "recorded",
            Self::Streamed => "streamed",
            Self::Shared => "shared",
        }
    }

    /// Reads [`Happening::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|happening| happening.code() == code)
    }

    /// Reads the name of one of Zoom's events; `None` for what is of no use here. Events that carry
    /// what was written in the chat are of none, and are not asked for.
    pub fn of_event(event: &str) -> Option<Self> {
        Some(match event {
            "meeting.started" => Self::Started,
            "meeting.ended" => Self::Ended,
            "meeting.participant_joined_waiting_room"
            | "meeting.participant_put_in_waiting_room"
            | "meeting.participant_jbh_waiting" => Self::Waits,
            "meeting.participant_joined"
            | "meeting.participant_admitted"
            | "meeting.participant_jbh_joined" => Self::Joined,
            "meeting.participant_left" => Self::Left,
            "meeting.participant_left_waiting_room" | "meeting.participant_jbh_waiting_left" => {
                Self::StoppedWaiting
            }
            "recording.started" | "meeting.summary_completed" => Self::Recorded,
            "meeting.live_streaming_started" => Self::Streamed,
            "meeting.sharing_started" => Self::Shared,
            _ => return None,
        })
    }
}

/// Who was seen, once the name was compared. The name itself is not kept (article 2(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Nobody in particular: it is about the meeting.
    Nobody,
    /// The host, or another Zoom user of the office.
    Staff,
    /// Somebody who takes part beside the jobseeker, by the name of their part.
    Guest,
    /// The jobseeker, under the name that the office gave.
    Jobseeker,
    /// By the name: the jobseeker's real one, wholly or in part (article 2(3)).
    RealName,
    /// Under another name, such as that of a device. Whoever has the way into a meeting with one
    /// jobseeker is taken for that jobseeker: a wrong name is no silence (article 2(3), 2(4)).
    OtherName,
}

impl Who {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Nobody, Self::Staff, Self::Guest, Self::Jobseeker, Self::RealName, Self::OtherName];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Staff => "staff",
            Self::Guest => "guest",
            Self::Jobseeker => "jobseeker",
            Self::RealName => "real_name",
            Self::OtherName => "other_name",
        }
    }

    /// Reads [`Who::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }

    /// Whether this is the jobseeker, under whatever name.
    pub fn is_jobseeker(self) -> bool {
        matches!(self, Self::Jobseeker | Self::RealName | Self::OtherName)
    }
}

/// Who a participant is, by the name that is seen (article 2(3)).
///
/// `alias` and `guests` are the names that the office gave; `legal` is the jobseeker's own.
pub fn who_is(
    seen: &str,
    alias: &DisplayName,
    guests: &[DisplayName],
    (legal, kana): (&LegalName, Option<&Kana>),
) -> Who {
    if is_same_name(alias.reveal(), seen) {
        Who::Jobseeker
    } else if guests.iter().any(|guest| is_same_name(guest.reveal(), seen)) {
        Who::Guest
    } else if looks_like_real_name(legal, kana, seen) != Likeness::No {
        Who::RealName
    } else {
        Who::OtherName
    }
}

/// One sign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sighting {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub what: Happening,
    /// Who was seen.
    pub who: Who,
    /// Which coming of which person: Zoom gives a new one at each coming.
    pub person: String,
}

/// What all signs of a meeting mean together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// When the jobseeker was first seen under the given name.
    pub arrived_at: Option<Timestamp>,
    /// When the jobseeker was first seen under another name (article 2(3)).
    pub wrong_name_at: Option<Timestamp>,
    /// When a name was last seen that looks like the real one.
    pub real_name_at: Option<Timestamp>,
    /// Since when the jobseeker is in, or waits; none when not there now.
    pub there_since: Option<Timestamp>,
    /// Whether the jobseeker was let in, if there now.
    pub is_in: bool,
    /// When staff and jobseeker were first in together (article 5(1)).
    pub met_at: Option<Timestamp>,
    /// When it last began to be recorded, or shown to the outside (article 5(4)).
    pub recorded_at: Option<Timestamp>,
    /// When it ended for all, unless it was begun again.
    pub ended_at: Option<Timestamp>,
}

/// Reads all signs of a meeting. Their order, and how often each is given, make no difference.
pub fn read_signs(sightings: &[Sighting]) -> Signs {
    let first = |wanted: &dyn Fn(&Sighting) -> bool| {
        sightings.iter().filter(|it| wanted(it)).map(|it| it.at).min()
    };
    let last = |wanted: &dyn Fn(&Sighting) -> bool| {
        sightings.iter().filter(|it| wanted(it)).map(|it| it.at).max()
    };
    let comes = |it: &Sighting| matches!(it.what, Happening::Waits | Happening::Joined);
    let started_at = last(&|it| it.what == Happening::Started);
    let ended_at = last(&|it| it.what == Happening::Ended)
        .filter(|ended| started_at.is_none_or(|started| started <= *ended));
    let stays = stays(sightings);
    let present: Vec<&Stay> = stays
        .iter()
        .filter(|stay| stay.is_jobseeker && stay.until.is_none())
        .filter(|stay| ended_at.is_none_or(|ended| stay.from > ended))
        .collect();
    Signs {
        arrived_at: first(&|it| comes(it) && it.who == Who::Jobseeker),
        wrong_name_at: first(&|it| comes(it) && matches!(it.who, Who::RealName | Who::OtherName)),
        real_name_at: last(&|it| comes(it) && it.who == Who::RealName),
        there_since: present.iter().map(|stay| stay.from).min(),
        is_in: present.iter().any(|stay| stay.is_in),
        met_at: met(&stays),
        recorded_at: last(&|it| matches!(it.what, Happening::Recorded | Happening::Streamed)),
        ended_at,
    }
}

/// From one coming of a person to the next thing that they did.
struct Stay {
    is_jobseeker: bool,
    is_staff: bool,
    /// In the meeting, not before its door.
    is_in: bool,
    from: Timestamp,
    until: Option<Timestamp>,
}

/// Each coming lasts until the next thing that the same person did: a leaving that is told late
/// does not end a coming after it, and an end of waiting ends no being in.
fn stays(sightings: &[Sighting]) -> Vec<Stay> {
    let mut people: BTreeMap<&str, Vec<&Sighting>> = BTreeMap::new();
    for sighting in sightings {
        if order_of(sighting.what).is_some() && sighting.who != Who::Nobody {
            people.entry(&sighting.person).or_default().push(sighting);
        }
    }
    let mut stays = Vec::new();
    for mut moves in people.into_values() {
        moves.sort_by_key(|it| (it.at, order_of(it.what), it.who));
        for (place, sighting) in moves.iter().enumerate() {
            let is_in = sighting.what == Happening::Joined;
            if is_in || sighting.what == Happening::Waits {
                let ends = |it: &&&Sighting| !is_in || it.what != Happening::StoppedWaiting;
                stays.push(Stay {
                    is_jobseeker: sighting.who.is_jobseeker(),
                    is_staff: sighting.who == Who::Staff,
                    is_in,
                    from: sighting.at,
                    until: moves[place + 1..].iter().find(ends).map(|next| next.at),
                });
            }
        }
    }
    stays
}

/// What a person does, in the order in which it is read where two happened at the same instant: out
/// before in, waiting before being let in. None for what is about the meeting.
fn order_of(what: Happening) -> Option<u8> {
    match what {
        Happening::Left => Some(0),
        Happening::Waits => Some(1),
        Happening::StoppedWaiting => Some(2),
        Happening::Joined => Some(3),
        Happening::Started
        | Happening::Ended
        | Happening::Recorded
        | Happening::Streamed
        | Happening::Shared => None,
    }
}

/// The first instant at which staff and jobseeker are in at once.
fn met(stays: &[Stay]) -> Option<Timestamp> {
    let staff: Vec<&Stay> = stays.iter().filter(|stay| stay.is_in && stay.is_staff).collect();
    let jobseekers = stays.iter().filter(|stay| stay.is_in && stay.is_jobseeker);
    let common = |one: &Stay, other: &Stay| {
        let from = one.from.max(other.from);
        let ends = [one.until, other.until].into_iter().flatten().min();
        ends.is_none_or(|end| from < end).then_some(from)
    };
    jobseekers.flat_map(|one| staff.iter().filter_map(move |other| common(one, other))).min()
}

#[cfg(test)]
mod tests;
