//! Who is, or was, in a meeting (Zoom OpenAPI v2): afterwards on a paid plan, and only where more
//! than one took part; at the moment on the plan Business.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::people::Participant;
use crate::settings::Plan;
use crate::world::World;

/// Lists of the past are not whole at once (unverified: how late they are).
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(1);

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn shown(one: &Participant, now: Timestamp) -> Value {
    let seconds = one.left_at.unwrap_or(now).duration_since(one.came_at).as_secs();
    let mut shown = json!({
        "id": one.zoom_id.clone().unwrap_or_default(), "user_id": one.user_id.to_string(),
        "name": one.name, "user_name": one.name, "user_email": one.email,
        "join_time": time(one.came_at), "duration": seconds.max(0),
        "registrant_id": one.registrant.clone().unwrap_or_default(),
        "status": if one.is_in { "in_meeting" } else { "in_waiting_room" },
    });
    if let Some(left) = one.left_at {
        shown["leave_time"] = Value::String(time(left));
    }
    shown
}

impl World {
    pub(crate) fn past(&self, uuid: &str, now: Timestamp) -> Answer {
        if self.is_on(Plan::Basic) {
            return Answer::no(400, 200, "Only available for paid account.");
        }
        let found = self.meetings.iter().find(|meeting| meeting.uuid == uuid);
        let Some(meeting) = found else { return Answer::no_meeting(uuid) };
        let Some(ended) = meeting.ended_at.filter(|_| !meeting.is_live) else {
            return Answer::no_meeting(uuid);
        };
        let there: Vec<&Participant> =
            self.people.iter().filter(|one| one.meeting == meeting.id).collect();
        let mut people: Vec<String> = there.iter().map(|one| one.name.clone()).collect();
        people.sort();
        people.dedup();
        let told = now >= ended + TOLD_AFTER && people.len() > 1;
        let all: Vec<Value> = there.iter().filter(|_| told).map(|one| shown(one, ended)).collect();
        Answer::with(200, json!({ "next_page_token": "", "participants": all }))
    }

    /// Recording in the cloud is all that can be controlled so.
    pub(crate) fn control(&mut self, id: &str, body: &Value) -> Answer {
        if self.meeting(id).is_none_or(|meeting| !meeting.is_live) {
            return Answer::no_meeting(id);
        }
        const METHODS: [&str; 8] = [
            "recording.start",
            "recording.stop",
            "recording.pause",
            "recording.resume",
            "participant.invite",
            "participant.invite.callout",
            "participant.invite.room_system_callout",
            "waiting_room.update",
        ];
        let method = body.get("method").and_then(Value::as_str).unwrap_or_default();
        if METHODS.contains(&method) { Answer::empty(202) } else { Answer::invalid("method") }
    }

    pub(crate) fn live(&self, id: &str, query: &BTreeMap<String, String>) -> Answer {
        if !self.is_on(Plan::Business) {
            return Answer::no(400, 200, "Only available for paid account.");
        }
        let is_live = query.get("type").is_none_or(|kind| kind == "live");
        let found = self.meeting(id).filter(|meeting| meeting.is_live && is_live);
        let Some(meeting) = found else { return Answer::no_meeting(id) };
        let there = self.people.iter().filter(|one| one.meeting == meeting.id);
        let all: Vec<Value> = there.map(|one| shown(one, one.came_at)).collect();
        Answer::with(200, json!({ "next_page_token": "", "participants": all }))
    }
}
