//! What a stand-in knows: the account, its meetings, who is in them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::faults::Faults;
use crate::limits::Limits;
use crate::people::Participant;
use crate::request::Received;
use crate::settings::{Plan, Settings, User};
use crate::webhook::Hooks;

/// A meeting as somebody outside sees it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its number.
    pub id: i64,
    /// Its instance.
    pub uuid: String,
    /// The address of its host.
    pub host: String,
    /// What it is called.
    pub topic: String,
    /// What it is about.
    pub agenda: String,
    /// When it is to start.
    pub start: Option<Timestamp>,
    /// How long it is planned to take.
    pub minutes: u64,
    /// Its settings, after the account's locks.
    pub settings: Value,
    /// `waiting` or `started`.
    pub status: &'static str,
    /// Whether it was deleted.
    pub deleted: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A link of somebody's own.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) token: String,
    pub(crate) name: String,
    /// When it ends; none for one that does not.
    pub(crate) until: Option<Timestamp>,
    /// Who was registered, if that is how the link came to be.
    pub(crate) registrant: Option<String>,
}

/// Who asked to come.
#[derive(Clone, Debug)]
pub(crate) struct Registrant {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) approved: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub(crate) id: i64,
    pub(crate) uuid: String,
    pub(crate) host: String,
    pub(crate) topic: String,
    pub(crate) agenda: String,
    pub(crate) kind: i64,
    pub(crate) start: Option<Timestamp>,
    pub(crate) minutes: u64,
    pub(crate) passcode: String,
    pub(crate) settings: Map<String, Value>,
    pub(crate) created_at: Timestamp,
    pub(crate) deleted: bool,
    pub(crate) is_live: bool,
    /// Its instances that are over, and when each ended.
    pub(crate) past: Vec<(String, Timestamp)>,
    pub(crate) links: Vec<Link>,
    pub(crate) registrants: Vec<Registrant>,
    /// Ways in as the host, and when each was given out.
    pub(crate) starts: Vec<(String, Timestamp)>,
}

pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) url: String,
    pub(crate) received: Vec<Received>,
    /// Tokens and when they end.
    pub(crate) tokens: Vec<(String, Timestamp)>,
    pub(crate) is_active: bool,
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) people: Vec<Participant>,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) hooks: Hooks,
    /// Settings by user, group and name.
    pub(crate) user_settings: BTreeMap<(String, String), Value>,
    pub(crate) account_settings: BTreeMap<String, Value>,
    /// What the account holds where it is, and at what.
    pub(crate) locks: BTreeMap<String, Value>,
    state: u64,
}

impl World {
    pub(crate) fn new(settings: Settings, url: String) -> Self {
        Self {
            state: settings.seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1),
            faults: Faults::default(),
            limits: Limits::default(),
            hooks: Hooks::default(),
            settings,
            url,
            received: Vec::new(),
            tokens: Vec::new(),
            is_active: true,
            meetings: Vec::new(),
            people: Vec::new(),
            user_settings: BTreeMap::new(),
            account_settings: BTreeMap::new(),
            locks: BTreeMap::new(),
        }
    }

    /// A number below `below`, the same for the same seed.
    pub(crate) fn draw(&mut self, below: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = self.state.wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % below.max(1)
    }

    /// Random letters.
    pub(crate) fn letters(&mut self, count: usize) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        (0..count)
            .map(|_| {
                let place = usize::try_from(self.draw(32)).unwrap_or_default();
                char::from(LETTERS[place])
            })
            .collect()
    }

    pub(crate) fn is_on(&self, plan: Plan) -> bool {
        self.settings.plan == plan
    }

    /// A user by id or address.
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.settings.users.iter().find(|user| user.id == name || user.email == name)
    }

    /// A meeting that is there.
    pub(crate) fn meeting(&self, id: &str) -> Option<&Meeting> {
        let id: i64 = id.parse().ok()?;
        self.meetings.iter().find(|meeting| meeting.id == id && !meeting.deleted)
    }

    pub(crate) fn meeting_mut(&mut self, id: &str) -> Option<&mut Meeting> {
        let id: i64 = id.parse().ok()?;
        self.meetings.iter_mut().find(|meeting| meeting.id == id && !meeting.deleted)
    }

    /// A number for a meeting: ten or eleven digits, more than 32 bits hold.
    pub(crate) fn number(&mut self) -> i64 {
        loop {
            let digits = if self.draw(2) == 0 { 5_000_000_000 } else { 80_000_000_000 };
            let number = i64::try_from(digits + self.draw(4_000_000_000)).unwrap_or(digits as i64);
            if self.meetings.iter().all(|meeting| meeting.id != number) {
                return number;
            }
        }
    }

    /// A uuid; some begin with a slash or hold two, and have to be encoded twice in a path.
    pub(crate) fn uuid(&mut self) -> String {
        let rest = self.letters(18);
        match self.draw(3) {
            0 => format!("/{rest}+Q=="),
            1 => format!("{}//{}==", &rest[..9], &rest[9..]),
            _ => format!("{rest}+abQ=="),
        }
    }

    pub(crate) fn snapshots(&self) -> Vec<Snapshot> {
        let address = |id: &str| self.user(id).map(|user| user.email.clone()).unwrap_or_default();
        let shown = |meeting: &Meeting| Snapshot {
            id: meeting.id,
            uuid: meeting.uuid.clone(),
            host: address(&meeting.host),
            topic: meeting.topic.clone(),
            agenda: meeting.agenda.clone(),
            start: meeting.start,
            minutes: meeting.minutes,
            settings: Value::Object(meeting.settings.clone()),
            status: meeting.status(),
            deleted: meeting.deleted,
            created_at: meeting.created_at,
        };
        self.meetings.iter().map(shown).collect()
    }

    /// What becomes of settings that a meeting asks for: what the account holds goes before what is
    /// asked, and the waiting room, held or asked for, keeps people out until the host is there
    /// (Zoom OpenAPI v2).
    pub(crate) fn settle(&self, settings: &mut Map<String, Value>) {
        for (path, value) in &self.locks {
            let name = path.rsplit('.').next().unwrap_or_default();
            if settings.contains_key(name) {
                settings.insert(name.to_owned(), value.clone());
            }
        }
        if settings.get("waiting_room") == Some(&json!(true)) {
            settings.insert("join_before_host".to_owned(), json!(false));
        }
    }
}

impl Meeting {
    pub(crate) fn status(&self) -> &'static str {
        if self.is_live { "started" } else { "waiting" }
    }

    pub(crate) fn says(&self, name: &str) -> bool {
        self.settings.get(name) == Some(&json!(true))
    }

    /// Who joins waits to be let in.
    pub(crate) fn has_waiting_room(&self) -> bool {
        self.says("waiting_room")
    }
}
