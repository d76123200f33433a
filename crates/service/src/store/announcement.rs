//! Short notices sent after commit to whoever listens, on every node of the service.

use tokio::sync::broadcast;

use super::error::StoreError;

/// The longest notice, topic and text together, in octets (PostgreSQL carries 8,000).
pub const LONGEST_ANNOUNCEMENT: usize = 4_000;

/// How many notices a slow listener may fall behind before it is told that it lagged.
const CAPACITY: usize = 1_024;

/// Between topic and text in PostgreSQL's payload: U+001F, the unit separator.
const SEPARATOR: char = '\u{1f}';

/// Something happened and is committed. A notice says where to look, never what is there: it
/// carries no personal data. It may arrive twice, and not at all when a node was cut off, so a
/// listener reads the store for the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// What it is about, such as `application`.
    pub topic: String,
    /// Which one, such as its identifier.
    pub text: String,
}

impl Announcement {
    /// The topic of the notice that the store itself gives when it hears again after a break:
    /// anything may have been missed. Its text is empty.
    pub const RECONNECTED: &'static str = "store.reconnected";

    pub(super) fn compose(topic: &str, text: &str) -> Result<Self, StoreError> {
        if topic.len() + text.len() > LONGEST_ANNOUNCEMENT {
            return Err(StoreError::fault(format!("an announcement of {topic} is too long")));
        }
        if topic.contains([SEPARATOR, '\0']) || text.contains('\0') {
            return Err(StoreError::fault("an announcement holds a control character"));
        }
        Ok(Self { topic: topic.to_owned(), text: text.to_owned() })
    }

    pub(super) fn to_payload(&self) -> String {
        format!("{}{SEPARATOR}{}", self.topic, self.text)
    }

    pub(super) fn from_payload(payload: &str) -> Option<Self> {
        let (topic, text) = payload.split_once(SEPARATOR)?;
        Some(Self { topic: topic.to_owned(), text: text.to_owned() })
    }

    fn reconnected() -> Self {
        Self { topic: Self::RECONNECTED.to_owned(), text: String::new() }
    }
}

/// Where notices are handed out within this process.
#[derive(Clone)]
pub(super) struct NoticeBoard(broadcast::Sender<Announcement>);

impl NoticeBoard {
    pub(super) fn set_up() -> Self {
        Self(broadcast::channel(CAPACITY).0)
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Announcement> {
        self.0.subscribe()
    }

    /// Hands out notices; that nobody listens is no fault.
    pub(super) fn publish(&self, announcements: Vec<Announcement>) {
        for announcement in announcements {
            let _nobody_listens = self.0.send(announcement);
        }
    }

    pub(super) fn publish_reconnected(&self) {
        self.publish(vec![Announcement::reconnected()]);
    }
}
