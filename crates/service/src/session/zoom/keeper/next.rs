//! What to do next about a meeting, decided from what the store knows.

use jiff::{SignedDuration, Timestamp};
use rules::people::Alias;
use rules::schedule::Slot;
use rules::session::Channel;
use rules::session::room::SeatRole;
use rules::session::zoom::{
    DisplayName, Kept, MeetingSettings, Step, Told, budget_day, read_signs, step, topic, wanted,
};

use crate::app::Context;
use crate::appointment;
use crate::error::Error;
use crate::session::zoom::store::{self, Meeting};
use crate::session::zoom::ways::Sealed;
use crate::session::zoom::{
    GUESTS, PersonalLinks, Problem, Zoom, draw_marker, draw_passcode, hosts, signs,
};
use crate::store::Tx;
use crate::zoom::NewMeeting;

/// What is to be asked of Zoom next.
pub(super) enum Order {
    /// Nothing, until then.
    Rest(Option<Timestamp>),
    /// Nothing can be asked now.
    Wait(Problem),
    /// Another look: something was settled without Zoom.
    Again,
    Make(Draft),
    Search {
        meeting: i64,
        host: String,
        marker: String,
    },
    Change {
        number: i64,
        draft: Draft,
    },
    Invite {
        meeting: i64,
        number: i64,
        invitation: Invitation,
    },
    StopRecording {
        meeting: i64,
        number: i64,
    },
    Remove {
        meeting: i64,
        number: Option<i64>,
    },
}

/// What Zoom is told of a meeting.
pub(super) struct Draft {
    pub(super) meeting: i64,
    pub(super) host: (i64, String),
    pub(super) slot: Slot,
    /// The day whose budget this is taken from.
    pub(super) day: String,
    pub(super) settings: MeetingSettings,
    agenda: String,
    passcode: String,
}

/// For whom links are to be made, and how long they work.
pub(super) struct Invitation {
    /// The name that the jobseeker has now.
    pub(super) alias: Alias,
    pub(super) names: Vec<(SeatRole, DisplayName)>,
    pub(super) lasts: SignedDuration,
}

impl Draft {
    pub(super) fn as_new(&self) -> NewMeeting<'_, MeetingSettings> {
        NewMeeting {
            topic: topic(),
            agenda: &self.agenda,
            start: self.slot.start,
            minutes: self.slot.minutes,
            passcode: &self.passcode,
            settings: &self.settings,
        }
    }
}

/// What to do next about the meeting of a session, and what has to be written before it is done.
pub(super) fn next(
    tx: &mut Tx<'_>,
    context: &Context,
    zoom: Option<&Zoom>,
    application: i64,
) -> Result<Order, Error> {
    let position = appointment::position(tx, context, application)?;
    let session = appointment::session(tx, context, application)?;
    let channel = crate::session::channel(tx, context, application)?;
    let should = wanted(position.judged.standing, channel, session.slot);
    let meeting = store::meeting_of(tx, application)?;
    let kept = match &meeting {
        Some(meeting) => Some(as_kept(tx, context, meeting, &session)?),
        None => None,
    };
    Ok(match (step(should, kept.as_ref(), context.now), meeting) {
        (Step::Rest(again), Some(meeting)) => match recording(tx, context, &meeting)? {
            Some(order) => order,
            None => Order::Rest(again),
        },
        (Step::Rest(again), None) => Order::Rest(again),
        (Step::Make, _) => match zoom {
            Some(zoom) => begin(tx, context, zoom, (application, session.slot))?,
            None => Order::Wait(Problem::NotConfigured),
        },
        (_, None) => Order::Again,
        (Step::Search, Some(meeting)) => Order::Search {
            meeting: meeting.id,
            host: meeting.host_user,
            marker: meeting.marker.agenda(),
        },
        (Step::Change, Some(meeting)) => match (zoom, meeting.number) {
            (Some(zoom), Some(number)) => {
                match hosts::spend(tx, context, meeting.host, session.slot)? {
                    true => {
                        let draft = draft(context, zoom, meeting, session.slot)?;
                        Order::Change { number, draft }
                    }
                    false => Order::Wait(Problem::Quota),
                }
            }
            _ => Order::Wait(Problem::NotConfigured),
        },
        (Step::Invite(lasts), Some(meeting)) => {
            let own = (SeatRole::Jobseeker, DisplayName::of_alias(&session.alias));
            let guests = GUESTS.map(|role| (role, DisplayName::of_role(role)));
            let names = std::iter::once(own).chain(guests).collect();
            match meeting.number {
                Some(number) => Order::Invite {
                    meeting: meeting.id,
                    number,
                    invitation: Invitation { alias: session.alias, names, lasts },
                },
                None => Order::Wait(Problem::Unanswered),
            }
        }
        (Step::Remove, Some(meeting)) => {
            Order::Remove { meeting: meeting.id, number: meeting.number }
        }
    })
}

fn as_kept(
    tx: &mut Tx<'_>,
    context: &Context,
    meeting: &Meeting,
    session: &appointment::Session,
) -> Result<Kept, Error> {
    let is_for_this_name = meeting.alias.as_ref() == Some(&session.alias);
    let is_open = session.standing.is_open()
        && crate::session::channel(tx, context, meeting.application)? == Channel::Zoom;
    let host = (meeting.host, meeting.at_once);
    let has_host = is_open && hosts::keep(tx, context, meeting.application, host, session.slot)?;
    Ok(Kept {
        state: meeting.state,
        told: Told {
            slot: meeting.slot,
            links_until: meeting.links_until.filter(|_| is_for_this_name),
        },
        has_host,
    })
}

/// A recording that began after the last one was told to stop (article 5(4)).
fn recording(
    tx: &mut Tx<'_>,
    context: &Context,
    meeting: &Meeting,
) -> Result<Option<Order>, Error> {
    let Some(number) = meeting.number else { return Ok(None) };
    let since = signs::since(tx, context, meeting.application)?;
    let seen = read_signs(&signs::sightings(tx, meeting.application, since)?).recorded_at;
    let silenced = meeting.silenced_at.unwrap_or(Timestamp::MIN);
    Ok(seen
        .filter(|at| *at > silenced)
        .map(|_| Order::StopRecording { meeting: meeting.id, number }))
}

/// Keeps a host, spends what making costs, and writes down that Zoom is about to be asked.
fn begin(
    tx: &mut Tx<'_>,
    context: &Context,
    zoom: &Zoom,
    (application, slot): (i64, Slot),
) -> Result<Order, Error> {
    let host = match hosts::reserve(tx, context, application, slot)? {
        Ok(host) => host,
        Err(why) => return Ok(Order::Wait(why.into())),
    };
    if !hosts::spend(tx, context, host.id, slot)? {
        crate::schedule::release_host(tx, application)?;
        return Ok(Order::Wait(Problem::Quota));
    }
    let marker = draw_marker(&context.keys);
    let sealed = Sealed { passcode: draw_passcode(), ..Sealed::default() };
    let new = store::NewMeeting {
        application,
        host: host.id,
        slot,
        sealed: sealed.seal(context, marker.as_str())?,
        marker,
    };
    store::insert_meeting(tx, context.office.id, &new, context.now)?;
    let meeting = store::meeting_of(tx, application)?.ok_or(Error::Missing)?;
    Ok(Order::Make(draft(context, zoom, meeting, slot)?))
}

fn draft(context: &Context, zoom: &Zoom, meeting: Meeting, slot: Slot) -> Result<Draft, Error> {
    let by_registration = zoom.personal_links != PersonalLinks::InviteLinks;
    let profile = context.office.practice.profile(Channel::Zoom);
    Ok(Draft {
        meeting: meeting.id,
        agenda: meeting.marker.agenda(),
        passcode: Sealed::open(context, meeting.marker.as_str(), &meeting.sealed)?.passcode,
        host: (meeting.host, meeting.host_user),
        slot,
        day: budget_day(context.now).to_string(),
        settings: MeetingSettings::new(&profile, by_registration),
    })
}
