//! Users, and what is set for them and for the account. Paths are a group and a name with a dot
//! between: `in_meeting.chat`.

use serde_json::{Value, json};

use crate::StandIn;
use crate::answer::Answer;
use crate::world::World;

/// Settings of a user as they are at first, which is not as a careful office wants them.
const USUAL: [(&str, bool); 19] = [
    ("in_meeting.waiting_room", true),
    ("in_meeting.e2e_encryption", false),
    ("in_meeting.show_a_join_from_your_browser_link", true),
    ("in_meeting.chat", true),
    ("in_meeting.private_chat", true),
    ("in_meeting.auto_saving_chat", false),
    ("in_meeting.file_transfer", true),
    ("in_meeting.screen_sharing", true),
    ("in_meeting.annotation", true),
    ("in_meeting.whiteboard", true),
    ("in_meeting.remote_control", true),
    ("in_meeting.breakout_room", true),
    ("in_meeting.polling", true),
    ("in_meeting.allow_live_streaming", false),
    ("in_meeting.closed_caption", true),
    ("manual_captioning.save_captions", true),
    ("recording.local_recording", true),
    ("recording.cloud_recording", false),
    ("schedule_meeting.join_before_host", false),
];

fn put(all: &mut Value, path: &str, value: &Value) {
    if let Some((group, name)) = path.split_once('.') {
        all[group][name] = value.clone();
    }
}

impl World {
    pub(crate) fn read_user(&self, name: &str) -> Answer {
        let Some(user) = self.user(name) else { return Answer::no_user(name) };
        let kind = if user.licensed { 2 } else { 1 };
        let body = json!({
            "id": user.id, "email": user.email, "type": kind, "status": "active",
            "timezone": "Asia/Tokyo", "first_name": "Stand", "last_name": "In",
        });
        Answer::with(200, body)
    }

    pub(crate) fn read_user_settings(&self, name: &str) -> Answer {
        let Some(user) = self.user(name) else { return Answer::no_user(name) };
        let mut all = json!({ "in_meeting": {}, "recording": {}, "schedule_meeting": {} });
        for (path, is_on) in USUAL {
            put(&mut all, path, &json!(is_on));
        }
        put(&mut all, "recording.auto_recording", &json!("none"));
        put(&mut all, "in_meeting.who_can_share_screen", &json!("all"));
        for ((of, path), value) in &self.user_settings {
            if *of == user.id {
                put(&mut all, path, value);
            }
        }
        for (path, value) in &self.locks {
            put(&mut all, path, value);
        }
        Answer::with(200, all)
    }

    pub(crate) fn read_account_settings(&self) -> Answer {
        let mut all = json!({ "in_meeting": { "allow_participants_to_rename": true } });
        for (path, value) in self.account_settings.iter().chain(&self.locks) {
            put(&mut all, path, value);
        }
        Answer::with(200, all)
    }

    pub(crate) fn read_locks(&self) -> Answer {
        let mut all = json!({ "in_meeting": {}, "recording": {}, "schedule_meeting": {} });
        for path in self.locks.keys() {
            put(&mut all, path, &json!(true));
        }
        Answer::with(200, all)
    }
}

impl StandIn {
    /// Sets something for a user, by id or address.
    pub fn set_user_setting(&self, user: &str, path: &str, value: Value) {
        let mut world = self.world();
        let id = world.user(user).map(|user| user.id.clone()).unwrap_or_default();
        world.user_settings.insert((id, path.to_owned()), value);
    }

    /// Sets something for the account.
    pub fn set_account_setting(&self, path: &str, value: Value) {
        self.world().account_settings.insert(path.to_owned(), value);
    }

    /// The account holds a setting at a value: it goes before what a meeting asks for.
    pub fn lock(&self, path: &str, value: Value) {
        self.world().locks.insert(path.to_owned(), value);
    }

    /// Takes a scope away from the app.
    pub fn revoke_scope(&self, scope: &str) {
        self.world().settings.scopes.retain(|it| it != scope);
    }

    /// Deactivates the app: its tokens end (developers.zoom.us/docs/rooms/s2s-oauth).
    pub fn deactivate_app(&self) {
        self.world().is_active = false;
    }

    /// Ends every token before its time.
    pub fn expire_tokens(&self) {
        let now = self.now();
        self.world().tokens.iter_mut().for_each(|(_, until)| *until = now);
    }
}
