//! Who was in a meeting, and who is.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use ureq::http::Method;

use super::Client;
use super::call::Call;
use super::failure::Failure;
use super::fields;
use super::meeting::Page;
use super::rates::Label;
use super::secret::ShownName;

/// A person in a meeting, from coming to going; who comes anew is there again. Addresses,
/// machines and networks, which Zoom tells as well, are not taken over.
#[derive(Clone)]
pub struct Participant {
    /// The name they were seen under.
    pub name: ShownName,
    /// Their id at Zoom, if they were signed in.
    pub id: Option<String>,
    /// Their registration, if the meeting has any.
    pub registrant_id: Option<String>,
    /// When they came.
    pub join_time: Option<Timestamp>,
    /// When they went; nothing while they are there.
    pub leave_time: Option<Timestamp>,
    /// `in_meeting` or `in_waiting_room`, if Zoom told it.
    pub status: Option<String>,
}

/// Shows neither the name nor who it is.
impl fmt::Debug for Participant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_struct("Participant");
        shown.field("join_time", &self.join_time).field("leave_time", &self.leave_time);
        shown.field("status", &self.status).finish_non_exhaustive()
    }
}

/// As the three lists have it: the dashboard calls the name otherwise.
#[derive(Deserialize)]
struct Written {
    name: Option<ShownName>,
    user_name: Option<ShownName>,
    #[serde(default, deserialize_with = "fields::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "fields::text")]
    registrant_id: Option<String>,
    #[serde(default, deserialize_with = "fields::moment")]
    join_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "fields::moment")]
    leave_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "fields::text")]
    status: Option<String>,
}

impl From<Written> for Participant {
    fn from(written: Written) -> Self {
        Self {
            name: written.name.or(written.user_name).unwrap_or_else(|| ShownName::new("")),
            id: written.id,
            registrant_id: written.registrant_id,
            join_time: written.join_time,
            leave_time: written.leave_time,
            status: written.status,
        }
    }
}

#[derive(Deserialize)]
struct Participants {
    participants: Vec<Written>,
    #[serde(default, deserialize_with = "fields::text")]
    next_page_token: Option<String>,
}

impl Page for Participants {
    type Entry = Participant;

    fn taken(self) -> (Vec<Participant>, Option<String>) {
        (self.participants.into_iter().map(Participant::from).collect(), self.next_page_token)
    }
}

impl Client {
    /// Who was in an ended instance of a meeting, if it was more than one person. Not on the free
    /// plan, and not for what is over for a year.
    ///
    /// GET /past_meetings/{meetingUUID}/participants; scope
    /// `meeting:read:list_past_participants:admin`; medium.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::NotOnThisPlan`].
    pub fn past_participants(&self, uuid: &str) -> Result<Vec<Participant>, Failure> {
        let path = format!("/past_meetings/{}/participants", fields::uuid(uuid));
        self.pages::<Participants>(|| {
            Call::new("list past participants", Label::Medium, Method::GET, path.clone())
        })
    }

    /// The same from the account's reports, with registrations. Some time after the end.
    ///
    /// GET /report/meetings/{meetingUUID}/participants; scope
    /// `report:read:list_meeting_participants:admin`; heavy.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::NotOnThisPlan`].
    pub fn report_participants(&self, uuid: &str) -> Result<Vec<Participant>, Failure> {
        let path = format!("/report/meetings/{}/participants", fields::uuid(uuid));
        self.pages::<Participants>(|| {
            Call::new("read a report", Label::Heavy, Method::GET, path.clone())
                .query("include_fields", "registrant_id")
        })
    }

    /// Who is in a meeting now, and who was since it started. On the plan Business and above.
    ///
    /// GET /metrics/meetings/{meetingId}/participants; scope
    /// `dashboard:read:list_meeting_participants:admin`; heavy.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::NotOnThisPlan`].
    pub fn live_participants(&self, meeting: i64) -> Result<Vec<Participant>, Failure> {
        let path = format!("/metrics/meetings/{meeting}/participants");
        self.pages::<Participants>(|| {
            Call::new("list participants", Label::Heavy, Method::GET, path.clone())
                .query("type", "live")
                .query("include_fields", "registrant_id")
        })
    }
}
