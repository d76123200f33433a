//! Who is, or was, in a meeting (Zoom OpenAPI v2): afterwards on a paid plan, and only where more
//! than one took part; at the moment on the plan Business.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::people::Participant;
use crate::settings::Plan;
use crate::world::World;

/// Lists of the past are not there at once (unverified: how late they are).
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// At first the durations in them are 0 (Zoom OpenAPI v2; unverified: for how long).
const COUNTED_AFTER: SignedDuration = SignedDuration::from_mins(2);
/// What is over for longer is not told any more (Zoom OpenAPI v2, code 12702).
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn shown(one: &Participant, seconds: i64) -> Value {
    let mut shown = json!({
        "id": one.zoom_id.clone().unwrap_or_default(), "user_id": one.user_id.to_string(),
        "name": one.name, "user_name": one.name, "user_email": one.email,
        "join_time": time(one.came_at), "duration": seconds,
        "registrant_id": one.registrant.clone().unwrap_or_default(),
        "status": if one.is_in { "in_meeting" } else { "in_waiting_room" },
    });
    if let Some(left) = one.left_at {
        shown["leave_time"] = Value::String(time(left));
    }
    shown
}

impl World {
    fn came_to<'a>(&'a self, instance: &'a str) -> impl Iterator<Item = &'a Participant> {
        self.people.iter().filter(move |one| one.instance == instance)
    }

    /// When an instance ended, by its uuid or by the number of a meeting, whose last it is then.
    fn ended(&self, name: &str) -> Option<(&str, Timestamp)> {
        let all = || self.meetings.iter();
        let by_uuid = all().flat_map(|meeting| &meeting.past).find(|(uuid, _)| uuid == name);
        let of_number = || all().find(|it| it.id.to_string() == name)?.past.last();
        by_uuid.or_else(of_number).map(|(uuid, at)| (uuid.as_str(), *at))
    }

    /// Who was in an instance, if more than one person was.
    fn people_of(&self, uuid: &str, now: Timestamp) -> Result<Vec<Value>, Answer> {
        if self.is_on(Plan::Basic) {
            return Err(Answer::no(400, 200, "Only available for paid account."));
        }
        let (instance, ended) = self.ended(uuid).ok_or_else(|| Answer::no_meeting(uuid))?;
        let since = now.duration_since(ended);
        if since > TOLD_FOR {
            return Err(Answer::no(400, 12702, "The meeting is more than a year ago."));
        }
        let names: BTreeSet<&str> = self.came_to(instance).map(|it| it.name.as_str()).collect();
        if since < TOLD_AFTER || names.len() < 2 {
            return Ok(Vec::new());
        }
        let seconds = |one: &Participant| match since < COUNTED_AFTER {
            true => 0,
            false => one.left_at.unwrap_or(ended).duration_since(one.came_at).as_secs().max(0),
        };
        Ok(self.came_to(instance).map(|one| shown(one, seconds(one))).collect())
    }

    pub(crate) fn past(
        &self,
        uuid: &str,
        query: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Answer {
        match self.people_of(uuid, now) {
            Ok(all) => Answer::page("participants", &all, query),
            Err(answer) => answer,
        }
    }

    /// As [`Self::past`], with registrants only when they are asked for.
    pub(crate) fn report(
        &self,
        uuid: &str,
        query: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Answer {
        let with = query.get("include_fields").is_some_and(|it| it.contains("registrant_id"));
        let mut all = match self.people_of(uuid, now) {
            Ok(all) => all,
            Err(answer) => return answer,
        };
        if !with {
            let fields = all.iter_mut().filter_map(Value::as_object_mut);
            fields.for_each(|fields| drop(fields.remove("registrant_id")));
        }
        Answer::page("participants", &all, query)
    }

    /// Who is in a meeting, unless its past is asked for, and with what: on the plan Business.
    pub(crate) fn dashboard(
        &self,
        name: &str,
        query: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Answer {
        if !self.is_on(Plan::Business) {
            return Answer::no(400, 200, "Only available for paid account.");
        }
        let live = || {
            let mut all = self.meetings.iter().filter(|it| it.is_live && !it.deleted);
            all.find(|it| it.uuid == name || it.id.to_string() == name).map(|it| it.uuid.as_str())
        };
        let past = || self.ended(name).filter(|(_, at)| now.duration_since(*at) <= TOLD_FOR);
        let instance = match query.get("type").map_or("live", String::as_str) {
            "live" => live(),
            "past" | "pastOne" => past().map(|(uuid, _)| uuid),
            _ => return Answer::invalid("type"),
        };
        let Some(instance) = instance else { return Answer::no_meeting(name) };
        let all: Vec<Value> = self.came_to(instance).map(with_what).collect();
        Answer::page("participants", &all, query)
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
}

/// What the dashboard has besides. Every machine is the same one here; whether its owner records is
/// seen nowhere else.
fn with_what(one: &Participant) -> Value {
    let mut shown = shown(one, 0);
    let besides = json!({
        "device": "Windows", "os": "Windows", "os_version": "11", "client": "Zoom",
        "ip_address": "192.0.2.1", "network_type": "Wifi", "data_center": "Japan",
        "recording": one.records,
    });
    if let (Some(shown), Value::Object(besides)) = (shown.as_object_mut(), besides) {
        shown.remove("duration");
        shown.extend(besides);
    }
    shown
}
