//! Links of one's own: by invitation and by registration (Zoom OpenAPI v2;
//! developers.zoom.us/docs/isv/workflows/join-meeting-reg).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::settings::Plan;
use crate::world::{Link, Registrant, World};

/// Ninety days.
const LINK_LASTS_AT_MOST: i64 = 7_776_000;
/// What a link lasts when nothing is said.
const LINK_LASTS: i64 = 7_200;
const NAMES_AT_MOST: usize = 500;
const NAME_AT_MOST: usize = 64;
const ADDRESS_AT_MOST: usize = 128;
const REGISTRANTS_AT_MOST: usize = 4_999;

impl World {
    pub(crate) fn invite(&mut self, id: &str, body: &Value, now: Timestamp) -> Answer {
        let Some(meeting) = self.meeting(id) else { return Answer::no_meeting(id) };
        let (number, url) = (meeting.id, self.url.clone());
        let lasts = body.get("ttl").and_then(Value::as_i64).unwrap_or(LINK_LASTS);
        if !(0..=LINK_LASTS_AT_MOST).contains(&lasts) {
            return Answer::invalid("ttl");
        }
        let names: Option<Vec<String>> =
            body.get("attendees").and_then(Value::as_array).map(|all| {
                all.iter().filter_map(|it| it["name"].as_str()).map(str::to_owned).collect()
            });
        let names = names.unwrap_or_default();
        let fits = |name: &String| !name.is_empty() && name.chars().count() <= NAME_AT_MOST;
        if names.is_empty() || names.len() > NAMES_AT_MOST || !names.iter().all(fits) {
            return Answer::invalid("attendees");
        }
        let mut made = Vec::new();
        for name in names {
            let token = self.letters(32);
            made.push(json!({ "name": name, "join_url": format!("{url}/j/{number}?tk={token}") }));
            let until = (lasts > 0).then(|| now + SignedDuration::from_secs(lasts));
            if let Some(meeting) = self.meeting_mut(id) {
                meeting.links.push(Link { token, name, until, registrant: None });
            }
        }
        Answer::with(201, json!({ "attendees": made }))
    }

    pub(crate) fn register(&mut self, id: &str, body: &Value, now: Timestamp) -> Answer {
        // 1001 here, 3001 elsewhere (Zoom OpenAPI v2).
        let Some(meeting) = self.meeting(id) else {
            return Answer::no(404, 1001, &format!("Meeting does not exist: {id}."));
        };
        let (number, host) = (meeting.id, meeting.host.clone());
        let approves = meeting.settings.get("approval_type").and_then(Value::as_i64);
        let licensed = self.user(&host).is_some_and(|user| user.licensed);
        if self.is_on(Plan::Basic) || !licensed {
            return Answer::no(400, 200, "Only available for paid account.");
        }
        if approves == Some(2) {
            return Answer::no(400, 404, "Registration has not been enabled for this meeting.");
        }
        let over = meeting.start.is_some_and(|start| {
            start + SignedDuration::from_mins(i64::try_from(meeting.minutes).unwrap_or(0)) < now
        });
        if meeting.registrants.len() >= REGISTRANTS_AT_MOST {
            return Answer::no(400, 3043, "The meeting has reached its capacity of registrants.");
        }
        if over && !meeting.is_live {
            return Answer::no(400, 3038, "Meeting is over, you can not register now.");
        }
        let said = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let (name, address) = (said("first_name").to_owned(), said("email").to_owned());
        if name.is_empty() || name.chars().count() > NAME_AT_MOST {
            return Answer::invalid("first_name");
        }
        if said("last_name").chars().count() > NAME_AT_MOST {
            return Answer::invalid("last_name");
        }
        let shaped = address.split_once('@').is_some_and(|(_, domain)| domain.contains('.'));
        if !shaped || address.len() > ADDRESS_AT_MOST {
            return Answer::invalid("email");
        }
        if self.user(&address).is_some_and(|user| user.id == host) {
            return Answer::no(400, 3027, "Host can not register.");
        }
        if let Some(answer) = self.count_registration(number, &address, now) {
            return answer;
        }
        // `auto_approve` counts only where staff approve (approval_type 1); with 0 all are.
        let approved = approves != Some(1) || body.get("auto_approve") == Some(&json!(true));
        let (token, registrant) = (self.letters(32), self.letters(22));
        let mut shown = json!({
            "id": number, "registrant_id": registrant,
            "join_url": format!("{}/w/{number}?tk={token}", self.url),
        });
        let Some(meeting) = self.meeting_mut(id) else { return Answer::no_meeting(id) };
        shown["topic"] = Value::String(meeting.topic.clone());
        if let Some(start) = meeting.start {
            shown["start_time"] = Value::String(start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        }
        meeting.registrants.push(Registrant {
            id: registrant.clone(),
            name: name.clone(),
            address,
            approved,
        });
        if approved {
            let registrant = Some(registrant);
            meeting.links.push(Link { token, name, until: None, registrant });
        }
        Answer::with(201, shown)
    }

    /// Those who are approved, unless others are asked for (Zoom OpenAPI v2).
    pub(crate) fn registrants(&self, id: &str, query: &BTreeMap<String, String>) -> Answer {
        let Some(meeting) = self.meeting(id) else { return Answer::no_meeting(id) };
        let wanted = query.get("status").map_or("approved", String::as_str);
        let status = |it: &Registrant| if it.approved { "approved" } else { "pending" };
        let all: Vec<Value> = meeting
            .registrants
            .iter()
            .filter(|it| status(it) == wanted)
            .map(|it| {
                json!({
                    "id": it.id, "first_name": it.name, "email": it.address, "status": status(it),
                })
            })
            .collect();
        Answer::page("registrants", &all, query)
    }

    pub(crate) fn unregister(&mut self, id: &str, registrant: &str) -> Answer {
        let Some(meeting) = self.meeting_mut(id) else { return Answer::no_meeting(id) };
        meeting.registrants.retain(|it| it.id != registrant);
        meeting.links.retain(|link| link.registrant.as_deref() != Some(registrant));
        Answer::empty(204)
    }
}
