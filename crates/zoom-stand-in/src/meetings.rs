//! Meetings: made, listed, read, changed, deleted, ended (Zoom OpenAPI v2).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::StandIn;
use crate::answer::Answer;
use crate::bounds::{check, start_of, text};
use crate::world::{Meeting, World};

/// A way in as the host works for two hours (Zoom OpenAPI v2, `start_url`).
pub(crate) const START_LASTS: SignedDuration = SignedDuration::from_hours(2);
/// Whoever came in by it stays the host for the day.
const STARTS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// So much of an agenda stands in a list.
const AGENDA_IN_LISTS: usize = 250;

/// Settings that a meeting can ask for, with what they are when nothing is said.
const USUAL: [(&str, &str); 12] = [
    ("waiting_room", "false"),
    ("join_before_host", "false"),
    ("auto_recording", "\"none\""),
    ("approval_type", "2"),
    ("meeting_authentication", "false"),
    ("use_pmi", "false"),
    ("email_notification", "true"),
    ("alternative_hosts_email_notification", "true"),
    ("registrants_confirmation_email", "true"),
    ("registrants_email_notification", "true"),
    ("encryption_type", "\"enhanced_encryption\""),
    ("audio", "\"both\""),
];

impl World {
    pub(crate) fn create(&mut self, user: &str, body: &Value, now: Timestamp) -> Answer {
        let Some(host) = self.user(user).cloned() else { return Answer::no_user(user) };
        if let Some(answer) = self.count_change(&host.id, now) {
            return answer;
        }
        if let Err(answer) = check(body).and_then(|()| self.check_deputies(body)) {
            return answer;
        }
        let start = match start_of(body) {
            Ok(start) => start,
            Err(answer) => return answer,
        };
        let mut settings: Map<String, Value> = USUAL
            .iter()
            .filter_map(|(name, value)| {
                Some(((*name).to_owned(), serde_json::from_str(value).ok()?))
            })
            .collect();
        settings
            .extend(body.get("settings").and_then(Value::as_object).cloned().unwrap_or_default());
        self.settle(&mut settings);
        let said = body.get("type").and_then(Value::as_i64).unwrap_or(2);
        let meeting = Meeting {
            id: self.number(),
            uuid: self.uuid(),
            host: host.id,
            topic: text(body, "topic").unwrap_or("Zoom Meeting").to_owned(),
            agenda: text(body, "agenda").unwrap_or_default().to_owned(),
            // A scheduled meeting without a time becomes one that is held at once.
            kind: if said == 2 && start.is_none() { 1 } else { said },
            start,
            minutes: body.get("duration").and_then(Value::as_u64).unwrap_or(60),
            passcode: match text(body, "password") {
                Some(passcode) => passcode.to_owned(),
                None => format!("{:06}", self.draw(1_000_000)),
            },
            settings,
            created_at: now,
            deleted: false,
            is_live: false,
            past: Vec::new(),
            links: Vec::new(),
            registrants: Vec::new(),
            starts: Vec::new(),
        };
        let id = meeting.id.to_string();
        self.meetings.push(meeting);
        let shown = self.shown(&id, now);
        Answer::with(201, shown)
    }

    pub(crate) fn read(&mut self, id: &str, now: Timestamp) -> Answer {
        match self.meeting(id) {
            Some(_) => Answer::with(200, self.shown(id, now)),
            None => Answer::no_meeting(id),
        }
    }

    /// A meeting with everything, and a fresh way in as the host.
    fn shown(&mut self, id: &str, now: Timestamp) -> Value {
        let (token, url) = (self.letters(24), self.url.clone());
        let address = self.meeting(id).and_then(|meeting| self.user(&meeting.host));
        let address = address.map(|user| user.email.clone()).unwrap_or_default();
        let Some(meeting) = self.meeting_mut(id) else { return Value::Null };
        meeting.starts.retain(|(_, given)| now.duration_since(*given) < STARTS_KEPT);
        meeting.starts.push((token.clone(), now));
        let mut shown = json!({
            "id": meeting.id, "uuid": meeting.uuid, "host_id": meeting.host,
            "host_email": address, "topic": meeting.topic, "agenda": meeting.agenda,
            "type": meeting.kind, "status": meeting.status(), "duration": meeting.minutes,
            "timezone": "Asia/Tokyo",
            "created_at": meeting.created_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "join_url": format!("{url}/j/{}?pwd={}.1", meeting.id, meeting.passcode),
            "start_url": format!("{url}/s/{}?zak={token}", meeting.id),
            "password": meeting.passcode, "settings": meeting.settings,
            "creation_source": "open_api",
        });
        if let Some(start) = meeting.start {
            let start = start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            shown["start_time"] = Value::String(start);
        }
        shown
    }

    pub(crate) fn list(
        &mut self,
        user: &str,
        query: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Answer {
        let Some(host) = self.user(user) else { return Answer::no_user(user) };
        let kind = query.get("type").map_or("scheduled", String::as_str);
        let listed = |meeting: &&Meeting| {
            let ends = meeting.start.map(|start| {
                start + SignedDuration::from_mins(i64::try_from(meeting.minutes).unwrap_or(0))
            });
            match kind {
                "live" => meeting.is_live,
                "upcoming" | "upcoming_meetings" => {
                    meeting.is_live || ends.is_some_and(|ends| ends >= now)
                }
                _ => meeting.kind != 1,
            }
        };
        let of_host = self.meetings.iter().filter(|it| it.host == host.id && !it.deleted);
        let all: Vec<Value> = of_host
            .filter(listed)
            .map(|meeting| {
                json!({
                    "id": meeting.id, "uuid": meeting.uuid, "host_id": meeting.host,
                    "topic": meeting.topic, "type": meeting.kind, "duration": meeting.minutes,
                    "agenda": meeting.agenda.chars().take(AGENDA_IN_LISTS).collect::<String>(),
                    "start_time": meeting.start
                        .map(|start| start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
                    "timezone": "Asia/Tokyo",
                    "join_url": format!("{}/j/{}", self.url, meeting.id),
                })
            })
            .collect();
        Answer::page("meetings", &all, query)
    }

    pub(crate) fn update(&mut self, id: &str, body: &Value, now: Timestamp) -> Answer {
        let Some(meeting) = self.meeting(id).cloned() else { return Answer::no_meeting(id) };
        if let Some(answer) = self.count_change(&meeting.host, now) {
            return answer;
        }
        if let Err(answer) = check(body).and_then(|()| self.check_deputies(body)) {
            return answer;
        }
        let start = match start_of(body) {
            // A time that has passed is left out without a word.
            Ok(start) => start.filter(|start| *start > now),
            Err(answer) => return answer,
        };
        let mut settings = meeting.settings.clone();
        settings
            .extend(body.get("settings").and_then(Value::as_object).cloned().unwrap_or_default());
        self.settle(&mut settings);
        let said = |name: &str, before: &str| text(body, name).unwrap_or(before).to_owned();
        let changed = Meeting {
            topic: said("topic", &meeting.topic),
            agenda: said("agenda", &meeting.agenda),
            passcode: said("password", &meeting.passcode),
            start: start.or(meeting.start),
            minutes: body.get("duration").and_then(Value::as_u64).unwrap_or(meeting.minutes),
            settings,
            ..meeting
        };
        let number = changed.id;
        if let Some(kept) = self.meeting_mut(id) {
            *kept = changed;
        }
        self.tell_of_meeting("meeting.updated", number, now);
        Answer::empty(204)
    }

    pub(crate) fn delete(&mut self, id: &str, now: Timestamp) -> Answer {
        let Some(meeting) = self.meeting(id) else { return Answer::no_meeting(id) };
        if meeting.is_live {
            // Unverified: the code is not in the description of the API.
            let message = "Sorry, you cannot delete this meeting since it's in progress.";
            return Answer::no(400, 3002, message);
        }
        let number = meeting.id;
        self.tell_of_meeting("meeting.deleted", number, now);
        if let Some(meeting) = self.meeting_mut(id) {
            meeting.deleted = true;
        }
        Answer::empty(204)
    }

    pub(crate) fn set_status(&mut self, id: &str, body: &Value, now: Timestamp) -> Answer {
        let Some(meeting) = self.meeting(id) else { return Answer::no_meeting(id) };
        let (number, is_live) = (meeting.id, meeting.is_live);
        match text(body, "action") {
            Some("end") => {
                if is_live {
                    self.end_meeting(number, now);
                }
                Answer::empty(204)
            }
            Some("recover") => Answer::empty(204),
            _ => Answer::invalid("action"),
        }
    }
}

impl StandIn {
    /// Somebody deletes a meeting in Zoom itself.
    pub fn delete_by_hand(&self, id: i64) {
        let now = self.now();
        let mut world = self.world();
        let _ = world.delete(&id.to_string(), now);
    }

    /// Somebody gives a meeting another time in Zoom itself.
    pub fn move_by_hand(&self, id: i64, start: Timestamp) {
        if let Some(meeting) = self.world().meeting_mut(&id.to_string()) {
            meeting.start = Some(start);
        }
    }
}
