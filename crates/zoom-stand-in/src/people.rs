//! People, as a script has them come and go. What they do is told by events
//! (developers.zoom.us/docs/api/meetings/events).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::StandIn;
use crate::meetings::START_LASTS;
use crate::request::Received;
use crate::settings::Plan;
use crate::world::{Meeting, World};

/// A leaving by a broken line is told so much later (devforum.zoom.us 6498).
const TOLD_LATE: SignedDuration = SignedDuration::from_secs(90);

/// One coming of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParticipantId(u64);

/// Why somebody does not come in, or a meeting does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such meeting, or not any more.
    NoMeeting,
    /// The link is unknown, or does not work any more.
    NoLink,
    /// The passcode is another.
    Passcode,
    /// Somebody else is in by this registrant's link (developers.zoom.us/docs/isv/workflows).
    InUse,
    /// The host has as many meetings in progress as the plan allows (support.zoom.com KB0068522).
    HostBusy,
    /// Nobody of that number is there.
    NotThere,
    /// Who is in already, or waits for a host who has not come, cannot be let in.
    NotWaiting,
}

#[derive(Clone, Debug)]
pub(crate) struct Participant {
    pub(crate) id: ParticipantId,
    pub(crate) meeting: i64,
    /// The uuid of the instance that they came to.
    pub(crate) instance: String,
    pub(crate) user_id: u64,
    pub(crate) uuid: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) zoom_id: Option<String>,
    pub(crate) registrant: Option<String>,
    /// In the meeting, not before its door.
    pub(crate) is_in: bool,
    /// Records on a machine of their own.
    pub(crate) records: bool,
    pub(crate) came_at: Timestamp,
    pub(crate) left_at: Option<Timestamp>,
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl World {
    fn present(&self, id: ParticipantId) -> Option<&Participant> {
        self.people.iter().find(|one| one.id == id && one.left_at.is_none())
    }

    fn enter(&mut self, meeting: i64, who: Participant, now: Timestamp) -> ParticipantId {
        let id = ParticipantId(self.people.len() as u64 + 1);
        let uuid = self.letters(24).to_uppercase();
        let user_id = 16_777_216 + self.draw(100_000);
        let found = self.meetings.iter().find(|it| it.id == meeting);
        let instance = found.map(|meeting| meeting.uuid.clone()).unwrap_or_default();
        let came_at = now;
        self.people.push(Participant { id, meeting, instance, uuid, user_id, came_at, ..who });
        id
    }

    /// Tells what somebody does: the number of the meeting is text here.
    fn tell_of(&mut self, event: &str, id: ParticipantId, (field, at): (&str, Timestamp)) {
        let Some(one) = self.people.iter().find(|one| one.id == id).cloned() else { return };
        let Some(meeting) = self.meetings.iter().find(|it| it.id == one.meeting) else { return };
        let mut participant = json!({
            "user_id": one.user_id.to_string(), "user_name": one.name, "email": one.email,
            "id": one.zoom_id.clone().unwrap_or_default(),
            "participant_user_id": one.zoom_id.unwrap_or_default(),
            "participant_uuid": one.uuid,
        });
        participant[field] = Value::String(time(at));
        if let Some(registrant) = one.registrant {
            participant["registrant_id"] = Value::String(registrant);
        }
        let mut object = object_of(meeting, Value::String(meeting.id.to_string()));
        object["participant"] = participant;
        self.tell(event, object, at);
    }

    /// Tells what becomes of a meeting: its number is a number here.
    pub(crate) fn tell_of_meeting(&mut self, event: &str, number: i64, now: Timestamp) {
        let Some(meeting) = self.meetings.iter().find(|it| it.id == number) else { return };
        let object = object_of(meeting, json!(number));
        self.tell(event, object, now);
    }

    pub(crate) fn end_meeting(&mut self, number: i64, now: Timestamp) {
        let is_live = self.meetings.iter().any(|it| it.id == number && it.is_live);
        if !is_live {
            return;
        }
        let there: Vec<ParticipantId> = self
            .people
            .iter()
            .filter(|one| one.meeting == number && one.left_at.is_none())
            .map(|one| one.id)
            .collect();
        for id in there {
            self.part(id, now);
        }
        let Some(meeting) = self.meetings.iter_mut().find(|it| it.id == number) else { return };
        meeting.is_live = false;
        meeting.past.push((meeting.uuid.clone(), now));
        let mut object = object_of(meeting, Value::String(number.to_string()));
        object["end_time"] = Value::String(time(now));
        self.tell("meeting.ended", object, now);
    }

    pub(crate) fn part(&mut self, id: ParticipantId, now: Timestamp) {
        let found = self.people.iter_mut().find(|it| it.id == id && it.left_at.is_none());
        let Some(one) = found else { return };
        one.left_at = Some(now);
        let (number, was_in) = (one.meeting, one.is_in);
        let meeting = self.meetings.iter().find(|it| it.id == number);
        let event = match meeting {
            Some(meeting) if !was_in && !meeting.is_live => match meeting.has_waiting_room() {
                true => None,
                false => Some("meeting.participant_jbh_waiting_left"),
            },
            _ if was_in => Some("meeting.participant_left"),
            _ => Some("meeting.participant_left_waiting_room"),
        };
        if let Some(event) = event {
            self.tell_of(event, id, ("leave_time", now));
        }
    }

    fn begin(&mut self, number: i64, now: Timestamp) -> Result<ParticipantId, Refused> {
        let found = self.meeting(&number.to_string()).ok_or(Refused::NoMeeting)?;
        let host = self.user(&found.host).cloned().ok_or(Refused::NoMeeting)?;
        let at_once = if self.is_on(Plan::Business) { 2 } else { 1 };
        let live = self.meetings.iter().filter(|it| it.is_live && it.host == host.id);
        if live.filter(|it| it.id != number).count() >= at_once {
            return Err(Refused::HostBusy);
        }
        let uuid = self.uuid();
        let mut begins = None;
        if let Some(meeting) = self.meeting_mut(&number.to_string())
            && !meeting.is_live
        {
            meeting.is_live = true;
            // Each time that it is begun it is another instance.
            if !meeting.past.is_empty() {
                meeting.uuid = uuid;
            }
            let mut object = object_of(meeting, Value::String(number.to_string()));
            object["start_time"] = Value::String(time(now));
            begins = Some(object);
        }
        let begins_now = begins.is_some();
        if let Some(object) = begins {
            self.tell("meeting.started", object, now);
        }
        let who = Participant { zoom_id: Some(host.id), email: host.email, ..blank("Host", true) };
        let id = self.enter(number, who, now);
        self.tell_of("meeting.participant_joined", id, ("join_time", now));
        if begins_now {
            self.open_door(number, now);
        }
        Ok(id)
    }

    /// Those who came before the host are at the door when the meeting begins: of the waiting room,
    /// if it has one, else of the meeting itself (unverified).
    fn open_door(&mut self, number: i64, now: Timestamp) {
        let Some(meeting) = self.meeting(&number.to_string()).cloned() else { return };
        let waits = meeting.has_waiting_room();
        let early = self.people.iter_mut();
        let early =
            early.filter(|one| one.meeting == number && !one.is_in && one.left_at.is_none());
        let mut come = Vec::new();
        for one in early {
            one.is_in = !waits;
            one.instance.clone_from(&meeting.uuid);
            one.came_at = now;
            come.push(one.id);
        }
        let event = match waits {
            true => "meeting.participant_joined_waiting_room",
            false => "meeting.participant_joined",
        };
        come.into_iter().for_each(|id| self.tell_of(event, id, ("join_time", now)));
    }

    pub(crate) fn come(
        &mut self,
        url: &str,
        name: Option<&str>,
        now: Timestamp,
    ) -> Result<ParticipantId, Refused> {
        let asked = Received {
            method: String::new(),
            path_and_query: url.trim_start_matches(&self.url).to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let query = asked.query();
        let number = asked.path().rsplit('/').next().unwrap_or_default().to_owned();
        let meeting = self.meeting(&number).cloned().ok_or(Refused::NoMeeting)?;
        let link = match query.get("tk") {
            Some(token) => {
                let link = meeting.links.iter().find(|link| link.token == *token);
                let works = link.filter(|link| link.until.is_none_or(|until| now < until));
                Some(works.ok_or(Refused::NoLink)?.clone())
            }
            None => {
                let said = query.get("pwd").map(|it| it.trim_end_matches(".1"));
                if said != Some(meeting.passcode.as_str()) {
                    return Err(Refused::Passcode);
                }
                None
            }
        };
        let registrant = link.as_ref().and_then(|link| link.registrant.clone());
        let is_used = self.people.iter().any(|one| {
            one.left_at.is_none() && one.registrant.is_some() && one.registrant == registrant
        });
        if is_used {
            return Err(Refused::InUse);
        }
        let given = link.as_ref().map(|link| link.name.as_str());
        let name = name.or(given).unwrap_or("Guest");
        let is_in = meeting.is_live && !meeting.has_waiting_room();
        let who = Participant { registrant, ..blank(name, is_in) };
        let id = self.enter(meeting.id, who, now);
        let event = match (meeting.is_live, is_in) {
            // Who waits for the host alone is told of so; who will wait for being let in as well is
            // told of when the meeting begins (unverified).
            (false, _) if meeting.has_waiting_room() => None,
            (false, _) => Some("meeting.participant_jbh_waiting"),
            (true, false) => Some("meeting.participant_joined_waiting_room"),
            (true, true) => Some("meeting.participant_joined"),
        };
        if let Some(event) = event {
            self.tell_of(event, id, ("join_time", now));
        }
        Ok(id)
    }

    pub(crate) fn let_in(&mut self, id: ParticipantId, now: Timestamp) -> Result<(), Refused> {
        let one = self.present(id).ok_or(Refused::NotThere)?;
        let meeting = self.meeting(&one.meeting.to_string()).ok_or(Refused::NoMeeting)?;
        if one.is_in || !meeting.is_live {
            return Err(Refused::NotWaiting);
        }
        if let Some(one) = self.people.iter_mut().find(|one| one.id == id) {
            one.is_in = true;
            one.came_at = now;
        }
        self.tell_of("meeting.participant_admitted", id, ("date_time", now));
        self.tell_of("meeting.participant_joined", id, ("join_time", now));
        Ok(())
    }

    pub(crate) fn begin_by_url(
        &mut self,
        url: &str,
        now: Timestamp,
    ) -> Result<ParticipantId, Refused> {
        let (address, token) = url.split_once("?zak=").ok_or(Refused::NoLink)?;
        let number = address.rsplit('/').next().unwrap_or_default();
        let meeting = self.meeting(number).ok_or(Refused::NoMeeting)?;
        let given = meeting.starts.iter().find(|(it, _)| it == token).ok_or(Refused::NoLink)?;
        if now.duration_since(given.1) > START_LASTS {
            return Err(Refused::NoLink);
        }
        let number = meeting.id;
        self.begin(number, now)
    }
}

fn blank(name: &str, is_in: bool) -> Participant {
    Participant {
        id: ParticipantId(0),
        meeting: 0,
        instance: String::new(),
        records: false,
        user_id: 0,
        uuid: String::new(),
        name: name.to_owned(),
        email: String::new(),
        zoom_id: None,
        registrant: None,
        is_in,
        came_at: Timestamp::UNIX_EPOCH,
        left_at: None,
    }
}

fn object_of(meeting: &Meeting, id: Value) -> Value {
    json!({
        "id": id, "uuid": meeting.uuid, "host_id": meeting.host, "topic": meeting.topic,
        "type": meeting.kind, "duration": meeting.minutes, "timezone": "Asia/Tokyo",
        "start_time": meeting.start.map(time),
    })
}

impl StandIn {
    /// The host begins a meeting.
    ///
    /// # Errors
    /// [`Refused::NoMeeting`], [`Refused::HostBusy`].
    pub fn start_meeting(&self, id: i64) -> Result<ParticipantId, Refused> {
        let now = self.now();
        self.world().begin(id, now)
    }

    /// The host begins a meeting by a `start_url`.
    ///
    /// # Errors
    /// [`Refused::NoLink`] two hours after it was given out; as [`Self::start_meeting`].
    pub fn start_by_url(&self, url: &str) -> Result<ParticipantId, Refused> {
        let now = self.now();
        self.world().begin_by_url(url, now)
    }

    /// Somebody comes by a link, under the name that it sets or under another.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn join(&self, url: &str, name: Option<&str>) -> Result<ParticipantId, Refused> {
        let now = self.now();
        self.world().come(url, name, now)
    }

    /// Staff let somebody in.
    ///
    /// # Errors
    /// [`Refused::NotThere`], [`Refused::NotWaiting`], [`Refused::NoMeeting`].
    pub fn admit(&self, id: ParticipantId) -> Result<(), Refused> {
        let now = self.now();
        self.world().let_in(id, now)
    }

    /// Staff put somebody back to the waiting room.
    pub fn put_in_waiting_room(&self, id: ParticipantId) {
        let now = self.now();
        let mut world = self.world();
        let found = world.people.iter_mut().find(|one| one.id == id && one.left_at.is_none());
        let Some(one) = found.filter(|one| one.is_in) else { return };
        one.is_in = false;
        world.tell_of("meeting.participant_put_in_waiting_room", id, ("date_time", now));
    }

    /// Somebody takes another name. No event tells it.
    pub fn rename(&self, id: ParticipantId, name: &str) {
        if let Some(one) = self.world().people.iter_mut().find(|one| one.id == id) {
            name.clone_into(&mut one.name);
        }
    }

    /// Somebody leaves.
    pub fn leave(&self, id: ParticipantId) {
        let now = self.now();
        self.world().part(id, now);
    }

    /// Somebody's line breaks: that is told a minute and a half later.
    pub fn drop_line(&self, id: ParticipantId) {
        let now = self.now();
        let mut world = self.world();
        let before = world.hooks.delay;
        world.hooks.delay = before + TOLD_LATE;
        world.part(id, now);
        world.hooks.delay = before;
    }

    /// Somebody comes back to a meeting that goes on: as the same person, by another coming, and
    /// to where they were (unverified: whether who was let in once waits anew).
    ///
    /// # Errors
    /// [`Refused::NotThere`] for a number that is none; [`Refused::NoMeeting`] when it is over.
    pub fn rejoin(&self, id: ParticipantId) -> Result<ParticipantId, Refused> {
        let now = self.now();
        let mut world = self.world();
        let who = world.people.iter().find(|one| one.id == id).cloned();
        let who = who.ok_or(Refused::NotThere)?;
        let (meeting, is_in) = (who.meeting, who.is_in);
        world
            .meeting(&meeting.to_string())
            .filter(|meeting| meeting.is_live)
            .ok_or(Refused::NoMeeting)?;
        let id = world.enter(meeting, Participant { left_at: None, ..who }, now);
        let event = match is_in {
            true => "meeting.participant_joined",
            false => "meeting.participant_joined_waiting_room",
        };
        world.tell_of(event, id, ("join_time", now));
        Ok(id)
    }

    /// It ends for all.
    pub fn end(&self, id: i64) {
        let now = self.now();
        self.world().end_meeting(id, now);
    }

    /// Somebody records on a machine of their own: no event tells it, and the plan Business's list
    /// of who is there alone shows it.
    pub fn start_local_recording(&self, id: ParticipantId) {
        if let Some(one) = self.world().people.iter_mut().find(|one| one.id == id) {
            one.records = true;
        }
    }

    /// Somebody records it in the cloud.
    pub fn start_cloud_recording(&self, id: i64) {
        let now = self.now();
        let mut world = self.world();
        let found = world.meetings.iter().find(|it| it.id == id);
        if let Some(mut object) = found.map(|meeting| object_of(meeting, json!(id))) {
            object["recording_file"] = json!({ "recording_start": time(now) });
            world.tell("recording.started", object, now);
        }
    }

    /// How many are in a meeting now, those who wait left out.
    pub fn present(&self, id: i64) -> usize {
        let world = self.world();
        let there = world.people.iter();
        there.filter(|one| one.meeting == id && one.is_in && one.left_at.is_none()).count()
    }
}
