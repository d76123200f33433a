//! How to join a meeting in Zoom: its number, its passcode, and for everybody a link of their own.
//! Sealed in the store; shown behind the door of the session and nowhere else (article 8(5)).

use std::collections::BTreeMap;

use rules::session::room::SeatRole;
use rules::session::{MeetingId, Passcode};
use serde::{Deserialize, Serialize};

use super::store::Meeting;
use crate::app::Context;
use crate::error::Error;
use crate::secrets::Purpose;

/// How to join. Holds credentials: no `Debug`.
#[derive(Clone)]
pub struct Ways {
    /// The meeting's number, where Zoom has told it.
    pub meeting: Option<MeetingId>,
    /// Its passcode.
    pub passcode: Option<Passcode>,
    sealed: Sealed,
}

/// What is kept under seal.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) passcode: String,
    /// By the code of a seat's role.
    pub(super) links: BTreeMap<String, String>,
    /// Zoom's number of who was registered, by the code of a seat's role.
    pub(super) registrants: BTreeMap<String, String>,
}

impl Sealed {
    pub(super) fn seal(&self, context: &Context, marker: &str) -> Result<Vec<u8>, Error> {
        let plain = serde_json::to_vec(self).map_err(anyhow::Error::from)?;
        Ok(context.keys.seal(Purpose::Personal, &place(marker), &plain))
    }

    pub(super) fn open(context: &Context, marker: &str, sealed: &[u8]) -> Result<Self, Error> {
        let plain = context.keys.open(Purpose::Personal, &place(marker), sealed);
        let plain = plain.map_err(anyhow::Error::from)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }
}

/// Bound to the meeting: what is sealed for one cannot be shown for another.
fn place(marker: &str) -> String {
    format!("zoom_meetings/{marker}")
}

impl Ways {
    pub(super) fn open(context: &Context, meeting: &Meeting) -> Result<Self, Error> {
        let sealed = Sealed::open(context, meeting.marker.as_str(), &meeting.sealed)?;
        let number = meeting.number.map(|number| number.to_string());
        Ok(Self {
            meeting: number.and_then(|number| MeetingId::parse(&number).ok()),
            passcode: Passcode::parse(&sealed.passcode).ok(),
            sealed,
        })
    }

    /// The link of somebody's own.
    pub fn link(&self, role: SeatRole) -> Option<&str> {
        self.sealed.links.get(role.code()).map(String::as_str)
    }

    /// As who somebody was registered with Zoom.
    pub(super) fn registered(&self, registrant: &str) -> Option<SeatRole> {
        let mut all = self.sealed.registrants.iter();
        all.find(|(_, id)| *id == registrant).and_then(|(role, _)| SeatRole::parse(role))
    }
}
