//! Events: signed, told at least once and in no order
//! (developers.zoom.us/docs/api/webhooks; developers.zoom.us/blog/webhook-delays.md).

use std::time::Duration;

use aws_lc_rs::hmac;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::StandIn;
use crate::world::World;

/// After which times an event is told again that was not answered with 200 or 204.
const AGAIN: [i64; 3] = [5, 20, 60];
/// So long an answer is waited for.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// So often the address has to show that it knows the secret
/// (developers.zoom.us/changelog/platform/webhook-url-validation).
const SHOWN_EVERY: SignedDuration = SignedDuration::from_hours(72);
/// How often the demo looks for events to tell.
const LOOKS_EVERY: Duration = Duration::from_millis(200);

/// An event to be told.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// When it falls due.
    pub due_at: Timestamp,
    /// How often it was told in vain.
    pub attempt: usize,
    /// The body, which is signed over its very octets.
    pub body: Vec<u8>,
}

#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) queue: Vec<Delivery>,
    shown_at: Option<Timestamp>,
    lose: u32,
    copies: u32,
    pub(crate) delay: SignedDuration,
    is_shuffled: bool,
}

/// Whether an address is on this machine: nothing is told to another.
fn is_here(url: &str) -> bool {
    let Ok(url) = url.parse::<ureq::http::Uri>() else { return false };
    let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
    let numbered = host.parse::<std::net::IpAddr>();
    let here = numbered.map_or(host == "localhost", |it| it.is_loopback() || it.is_unspecified());
    here && url.scheme_str() == Some("http")
}

impl World {
    pub(crate) fn tell(&mut self, event: &str, object: Value, at: Timestamp) {
        if self.hooks.lose > 0 {
            self.hooks.lose -= 1;
            return;
        }
        let mut payload = json!({ "account_id": self.settings.account_id, "object": object });
        if event == "meeting.deleted" || event == "meeting.updated" {
            payload["operator"] = json!("owner@example.jp");
        }
        let message =
            json!({ "event": event, "event_ts": at.as_millisecond(), "payload": payload });
        let due_at = at + self.hooks.delay;
        for _ in 0..=self.hooks.copies {
            let body = message.to_string().into_bytes();
            let told = Delivery { due_at, attempt: 0, body };
            let all = self.hooks.queue.len();
            let place = match self.hooks.is_shuffled {
                true => usize::try_from(self.draw(all as u64 + 1)).unwrap_or(all),
                false => all,
            };
            self.hooks.queue.insert(place, told);
        }
    }
}

fn hex(tag: &hmac::Tag) -> String {
    tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

impl StandIn {
    /// Time and signature of a body, as the headers carry them.
    pub fn sign(&self, body: &[u8]) -> [(&'static str, String); 2] {
        let time = self.now().as_second().to_string();
        let secret = self.world().settings.webhook_secret.clone();
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let tag = hmac::sign(&key, &[format!("v0:{time}:").as_bytes(), body].concat());
        let signature = format!("v0={}", hex(&tag));
        [("x-zm-request-timestamp", time), ("x-zm-signature", signature)]
    }

    /// The events to be told.
    pub fn pending(&self) -> Vec<Delivery> {
        self.world().hooks.queue.clone()
    }

    /// Hands the events over, to be told by somebody else in whatever order.
    pub fn take_pending(&self) -> Vec<Delivery> {
        std::mem::take(&mut self.world().hooks.queue)
    }

    /// Loses the next so many events.
    pub fn lose_next(&self, count: u32) {
        self.world().hooks.lose = count;
    }

    /// Tells each event so many times more.
    pub fn duplicate(&self, copies: u32) {
        self.world().hooks.copies = copies;
    }

    /// Tells each event so much later.
    pub fn delay(&self, by: SignedDuration) {
        self.world().hooks.delay = by;
    }

    /// Puts each event to be told anywhere among those that wait, drawn from the seed.
    pub fn shuffle(&self, is_shuffled: bool) {
        self.world().hooks.is_shuffled = is_shuffled;
    }

    /// Asks the address to show that it knows the secret. Nothing is told before.
    pub async fn validate_url(&self) -> bool {
        let plain = self.world().letters(22);
        let event = json!({
            "event": "endpoint.url_validation", "event_ts": self.now().as_millisecond(),
            "payload": { "plainToken": plain },
        });
        let secret = self.world().settings.webhook_secret.clone();
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let proof = hex(&hmac::sign(&key, plain.as_bytes()));
        let answer = self.post(event.to_string().into_bytes()).await;
        let shown = answer.is_some_and(|(status, body)| {
            let said: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
            status == 200 && said["plainToken"] == plain && said["encryptedToken"] == proof
        });
        let now = self.now();
        self.world().hooks.shown_at = shown.then_some(now);
        shown
    }

    /// Tells what is due, if the address has shown lately that it knows the secret. Answers how
    /// many events were taken. An address on another machine takes none.
    pub async fn deliver_due(&self) -> usize {
        let now = self.now();
        let due: Vec<Delivery> = {
            let hooks = &mut self.world().hooks;
            if hooks.shown_at.is_none_or(|at| now.duration_since(at) > SHOWN_EVERY) {
                return 0;
            }
            let all = std::mem::take(&mut hooks.queue);
            let (due, rest) = all.into_iter().partition(|it| it.due_at <= now);
            hooks.queue = rest;
            due
        };
        let mut taken = 0;
        for delivery in due {
            let answer = self.post(delivery.body.clone()).await;
            if answer.is_some_and(|(status, _)| status == 200 || status == 204) {
                taken += 1;
            } else if let Some(minutes) = AGAIN.get(delivery.attempt) {
                let due_at = now + SignedDuration::from_mins(*minutes);
                let again = Delivery { due_at, attempt: delivery.attempt + 1, ..delivery };
                self.world().hooks.queue.push(again);
            }
        }
        taken
    }

    /// Tells what is due for as long as somebody holds this stand-in: for a demo.
    pub fn keep_delivering(&self) {
        let inside = std::sync::Arc::downgrade(&self.inside);
        tokio::spawn(async move {
            while let Some(inside) = inside.upgrade() {
                let stand_in = Self { inside };
                let shown = stand_in.world().hooks.shown_at;
                let now = stand_in.now();
                if shown.is_none_or(|at| now.duration_since(at) > SHOWN_EVERY) {
                    stand_in.validate_url().await;
                }
                stand_in.deliver_due().await;
                drop(stand_in);
                tokio::time::sleep(LOOKS_EVERY).await;
            }
        });
    }

    async fn post(&self, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
        let url = self.world().settings.webhook_url.clone().filter(|url| is_here(url))?;
        let headers = self.sign(&body);
        let sent = tokio::task::spawn_blocking(move || {
            let agent = ureq::Agent::config_builder()
                .timeout_global(Some(ANSWER_WITHIN))
                .proxy(None)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .http_status_as_error(false)
                .build()
                .new_agent();
            let mut request = agent.post(&url).header("content-type", "application/json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let mut answer = request.send(&body[..]).ok()?;
            let body = answer.body_mut().read_to_vec().ok()?;
            Some((answer.status().as_u16(), body))
        });
        sent.await.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn nothing_is_told_to_another_machine() {
        let check = |url: &str, expected: bool| assert_eq!(is_here(url), expected, "{url}");
        check("http://127.0.0.1:8000/zoom/events", true);
        check("http://[::1]:8000/", true);
        check("http://localhost:8000/", true);
        check("http://0.0.0.0:8000/", true);
        check("https://127.0.0.1/", false);
        check("http://192.0.2.1/", false);
        check("http://localhost.example.jp/", false);
        check("http://127.0.0.1@192.0.2.1/", false);
        check("127.0.0.1", false);
    }
}
