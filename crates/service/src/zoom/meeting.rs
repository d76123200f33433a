//! Meetings: made, changed, read, listed, ended, deleted.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ureq::http::Method;

use super::Client;
use super::call::Call;
use super::failure::Failure;
use super::fields;
use super::rates::{Budget, Label};
use super::secret::{JoinUrl, Passcode, StartUrl};
use super::wire::segment;

/// The office's own zone, which Zoom shows times in; the start is sent in UTC all the same.
const ZONE: &str = "Asia/Tokyo";

/// Zoom's number for a meeting with a time, and neither recurring nor at once.
const SCHEDULED: u8 = 2;

/// How many meetings or participants come in one answer: the most that Zoom sends.
const PAGE_SIZE: &str = "300";

/// A list that has more pages does not end: 60,000 entries are not one host's.
const PAGES_AT_MOST: usize = 200;

/// A meeting to make, or what one is to become.
#[derive(Clone, Copy)]
pub struct NewMeeting<'a, S> {
    /// 200 characters at most. Everybody who joins sees it.
    pub topic: &'a str,
    /// 2,000 characters at most.
    pub agenda: &'a str,
    /// To the second. One that has passed is ignored when a meeting is updated.
    pub start: Timestamp,
    /// How long it is planned to take.
    pub minutes: u16,
    /// 10 characters at most, as the account demands. Another one changes the addresses.
    pub passcode: &'a str,
    /// Zoom's `settings`, as they are to be.
    pub settings: &'a S,
}

impl<S> fmt::Debug for NewMeeting<'_, S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_struct("NewMeeting");
        shown.field("start", &self.start).field("minutes", &self.minutes).finish_non_exhaustive()
    }
}

/// As Zoom wants it written.
#[derive(Serialize)]
struct Written<'a, S> {
    topic: &'a str,
    agenda: &'a str,
    #[serde(rename = "type")]
    kind: u8,
    start_time: String,
    duration: u16,
    timezone: &'static str,
    password: &'a str,
    /// Whether Zoom may think of another passcode. Known when a meeting is made, not afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    default_password: Option<bool>,
    settings: &'a S,
}

impl<'a, S> NewMeeting<'a, S> {
    fn written(&self, default_password: Option<bool>) -> Written<'a, S> {
        Written {
            topic: self.topic,
            agenda: self.agenda,
            kind: SCHEDULED,
            start_time: self.start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            duration: self.minutes,
            timezone: ZONE,
            password: self.passcode,
            default_password,
            settings: self.settings,
        }
    }
}

/// A meeting that was just made.
#[derive(Clone, Deserialize)]
pub struct Made {
    /// Its number.
    #[serde(deserialize_with = "fields::number")]
    pub id: i64,
    /// Its instance, if Zoom told it.
    #[serde(default, deserialize_with = "fields::text")]
    pub uuid: Option<String>,
    /// Who holds it, by Zoom's number of them.
    #[serde(default, deserialize_with = "fields::text")]
    pub host_id: Option<String>,
    /// When it starts; nothing if Zoom made one that starts at once.
    #[serde(default, deserialize_with = "fields::moment")]
    pub start_time: Option<Timestamp>,
    /// The host's way in.
    pub start_url: StartUrl,
    /// Everybody's way in.
    pub join_url: JoinUrl,
    /// What the account made of the passcode.
    #[serde(default, rename = "password")]
    pub passcode: Option<Passcode>,
    /// Zoom's `settings` as they became, which the account's locks may have changed.
    #[serde(default)]
    pub settings: Value,
}

/// Shows no more than its number: settings may hold addresses of people.
impl fmt::Debug for Made {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Made").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A meeting as it is at Zoom.
#[derive(Clone, Deserialize)]
pub struct Meeting {
    /// Its number.
    #[serde(deserialize_with = "fields::number")]
    pub id: i64,
    /// Its instance: the last one, if it was started more than once.
    #[serde(default, deserialize_with = "fields::text")]
    pub uuid: Option<String>,
    /// `waiting` before it starts, `started` while somebody is in.
    #[serde(default, deserialize_with = "fields::text")]
    pub status: Option<String>,
    /// What it is called; somebody may have changed it in Zoom.
    #[serde(default, deserialize_with = "fields::words")]
    pub topic: String,
    /// What it is about.
    #[serde(default, deserialize_with = "fields::words")]
    pub agenda: String,
    /// When it is to start; nothing if it has no time.
    #[serde(default, deserialize_with = "fields::moment")]
    pub start_time: Option<Timestamp>,
    /// Minutes.
    #[serde(default)]
    pub duration: Option<u32>,
    /// Zoom's `settings` as they became, which the account's locks may have changed. May hold
    /// addresses of people.
    #[serde(default)]
    pub settings: Value,
    /// The host's way in, fresh.
    #[serde(default)]
    pub start_url: Option<StartUrl>,
    /// Everybody's way in.
    pub join_url: JoinUrl,
    /// What is typed without a link.
    #[serde(default, rename = "password")]
    pub passcode: Option<Passcode>,
}

/// Shows no text that somebody may have written by hand.
impl fmt::Debug for Meeting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_struct("Meeting");
        shown.field("id", &self.id).field("status", &self.status);
        shown.field("start_time", &self.start_time).field("duration", &self.duration);
        shown.finish_non_exhaustive()
    }
}

/// Which meetings of a host are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All that are neither deleted nor over for 30 days, ended ones included.
    Scheduled,
    /// Those that somebody is in.
    Live,
    /// Those to come, and those that somebody is in.
    Upcoming,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Live => "live",
            Self::Upcoming => "upcoming",
        }
    }
}

/// A meeting in a list of a host's.
#[derive(Clone, Deserialize)]
pub struct Listed {
    /// Its number.
    #[serde(deserialize_with = "fields::number")]
    pub id: i64,
    /// The first 250 characters of what it is about.
    #[serde(default, deserialize_with = "fields::words")]
    pub agenda: String,
    /// What it is called.
    #[serde(default, deserialize_with = "fields::words")]
    pub topic: String,
    /// When it is to start; nothing if it has no time.
    #[serde(default, deserialize_with = "fields::moment")]
    pub start_time: Option<Timestamp>,
    /// Minutes.
    #[serde(default)]
    pub duration: Option<u32>,
}

/// Shows no text that somebody may have written by hand: the host may have meetings of their own.
impl fmt::Debug for Listed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = out.debug_struct("Listed");
        shown.field("id", &self.id).field("start_time", &self.start_time);
        shown.field("duration", &self.duration).finish_non_exhaustive()
    }
}

/// An answer that has a next page, and what of it is listed.
pub(super) trait Page: serde::de::DeserializeOwned {
    /// What the pages list.
    type Entry;

    /// The entries, and the token of the next page, if there is one.
    fn taken(self) -> (Vec<Self::Entry>, Option<String>);
}

#[derive(Deserialize)]
struct Meetings {
    meetings: Vec<Listed>,
    #[serde(default, deserialize_with = "fields::text")]
    next_page_token: Option<String>,
}

impl Page for Meetings {
    type Entry = Listed;

    fn taken(self) -> (Vec<Listed>, Option<String>) {
        (self.meetings, self.next_page_token)
    }
}

impl Client {
    /// Makes a meeting of a host's (their id or address at Zoom). Look for it with [`Self::list`]
    /// before making it again if it may have happened.
    ///
    /// POST /users/{userId}/meetings; scope `meeting:write:meeting:admin`; medium, and 100 a day
    /// for a host together with updates.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::Missing`] if there is no such host.
    pub fn create<S: Serialize>(
        &self,
        host: &str,
        meeting: &NewMeeting<'_, S>,
    ) -> Result<Made, Failure> {
        let path = format!("/users/{}/meetings", segment(host));
        let call = Call::new("create a meeting", Label::Medium, Method::POST, path)
            .budget(Budget::Host(host.to_owned()))
            .body(&meeting.written(Some(false)));
        self.ask(&call)
    }

    /// Changes a meeting. The host is not sent: it is for the host's limit of a day. Zoom may
    /// leave out a part of it silently; read the meeting to see.
    ///
    /// PATCH /meetings/{meetingId}; scope `meeting:update:meeting:admin`; light, and 100 a day for
    /// a host together with creations.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn update<S: Serialize>(
        &self,
        host: &str,
        meeting: i64,
        becomes: &NewMeeting<'_, S>,
    ) -> Result<(), Failure> {
        let path = format!("/meetings/{meeting}");
        let call = Call::new("update a meeting", Label::Light, Method::PATCH, path)
            .budget(Budget::Host(host.to_owned()))
            .body(&becomes.written(None));
        self.tell(&call)
    }

    /// Reads a meeting as it is.
    ///
    /// GET /meetings/{meetingId}; scope `meeting:read:meeting:admin`; light.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn read(&self, meeting: i64) -> Result<Meeting, Failure> {
        let path = format!("/meetings/{meeting}");
        self.ask(&Call::new("read a meeting", Label::Light, Method::GET, path))
    }

    /// Deletes a meeting, of which nobody gets a letter from Zoom. One that is not there any more
    /// is deleted. One that somebody is in is refused: end it first.
    ///
    /// DELETE /meetings/{meetingId}; scope `meeting:delete:meeting:admin`; light.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn delete(&self, meeting: i64) -> Result<(), Failure> {
        let path = format!("/meetings/{meeting}");
        let call = Call::new("delete a meeting", Label::Light, Method::DELETE, path)
            .query("schedule_for_reminder", "false")
            .query("cancel_meeting_reminder", "false");
        done_if_missing(self.tell(&call))
    }

    /// Ends a meeting for everybody in it. One that is not there any more is ended.
    ///
    /// PUT /meetings/{meetingId}/status; scope `meeting:update:status:admin`; light.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn end(&self, meeting: i64) -> Result<(), Failure> {
        let path = format!("/meetings/{meeting}/status");
        let call = Call::new("end a meeting", Label::Light, Method::PUT, path)
            .body(&json!({ "action": "end" }));
        done_if_missing(self.tell(&call))
    }

    /// Stops the recording at Zoom. One on a participant's own machine cannot be stopped so.
    ///
    /// PATCH /live_meetings/{meetingId}/events; scope `meeting:update:in_meeting_controls:admin`;
    /// medium.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn stop_recording(&self, meeting: i64) -> Result<(), Failure> {
        let path = format!("/live_meetings/{meeting}/events");
        let call = Call::new("stop a recording", Label::Medium, Method::PATCH, path)
            .body(&json!({ "method": "recording.stop" }));
        self.tell(&call)
    }

    /// Lists meetings of a host's, all pages.
    ///
    /// GET /users/{userId}/meetings; scope `meeting:read:list_meetings:admin`; medium.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::Missing`] if there is no such host.
    pub fn list(&self, host: &str, kind: Kind) -> Result<Vec<Listed>, Failure> {
        let path = format!("/users/{}/meetings", segment(host));
        self.pages::<Meetings>(|| {
            Call::new("list meetings", Label::Medium, Method::GET, path.clone())
                .query("type", kind.word())
        })
    }

    /// Follows the pages of a list to its end.
    pub(super) fn pages<P: Page>(&self, call: impl Fn() -> Call) -> Result<Vec<P::Entry>, Failure> {
        let mut entries = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..PAGES_AT_MOST {
            let page = call().query("page_size", PAGE_SIZE);
            let page = match &token {
                Some(token) => page.query("next_page_token", token.as_str()),
                None => page,
            };
            let (more, next) = self.ask::<P>(&page)?.taken();
            entries.extend(more);
            if next.is_none() {
                return Ok(entries);
            }
            if next == token {
                break;
            }
            token = next;
        }
        Err(Failure::unreadable("next_page_token"))
    }
}

fn done_if_missing(result: Result<(), Failure>) -> Result<(), Failure> {
    match result {
        Err(Failure::Missing) => Ok(()),
        other => other,
    }
}
