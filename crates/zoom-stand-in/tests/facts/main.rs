//! What is documented of Zoom, one fact a test, each with its source. Where no source was found,
//! the test says "unverified", and the fact is listed in `zoom_stand_in::UNVERIFIED`.

mod access;
mod events;
mod guests;
mod limits;
mod meetings;
mod pages;
mod people;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use zoom_stand_in::{Plan, Settings, StandIn};

pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// A stand-in whose clock is moved by hand.
pub(crate) struct Account {
    pub(crate) zoom: StandIn,
    clock: Arc<AtomicI64>,
    token: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

pub(crate) const HOST: &str = "host-1@example.jp";

impl Account {
    pub(crate) fn open() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn on(plan: Plan) -> Self {
        Self::with(|settings| settings.plan = plan)
    }

    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(AtomicI64::new(at("2026-11-24T01:00:00Z").as_millisecond()));
        let shown = Arc::clone(&clock);
        let now =
            move || Timestamp::from_millisecond(shown.load(Ordering::Relaxed)).expect("an instant");
        let mut settings = Settings::new(Arc::new(now));
        change(&mut settings);
        let zoom = runtime().block_on(StandIn::start(settings)).expect("it listens");
        let mut account = Self { zoom, clock, token: String::new() };
        account.renew();
        account
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_millis()).expect("a short time");
        self.clock.fetch_add(by, Ordering::Relaxed);
    }

    /// Asks for a token anew.
    pub(crate) fn renew(&mut self) {
        let answer = self.asks_for_token("stand-in-client:stand-in-secret", "stand-in-account");
        self.token = answer.body["access_token"].as_str().unwrap_or_default().to_owned();
    }

    pub(crate) fn asks_for_token(&self, login: &str, account: &str) -> Answer {
        use base64::Engine as _;
        let basic = base64::engine::general_purpose::STANDARD.encode(login);
        let url = format!("{}/oauth/token", self.zoom.url());
        let form = format!("grant_type=account_credentials&account_id={account}");
        let request = agent()
            .post(&url)
            .header("authorization", format!("Basic {basic}"))
            .header("content-type", "application/x-www-form-urlencoded");
        read(request.send(form.as_bytes()).expect("an answer"))
    }

    /// Asks as the app.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.ask_with(&self.token, method, path, body)
    }

    pub(crate) fn ask_with(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.run(agent(), token, (method, path), body)
    }

    /// Asks as the app, and gives up after so long.
    pub(crate) fn ask_for(
        &self,
        time: std::time::Duration,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let config = ureq::Agent::config_builder().timeout_global(Some(time)).build();
        self.run(config.new_agent(), &self.token, (method, path), body)
    }

    fn run(
        &self,
        agent: ureq::Agent,
        token: &str,
        (method, path): (&str, &str),
        body: Option<Value>,
    ) -> Answer {
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/v2{path}", self.zoom.url()))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(body)
            .expect("a request");
        match agent.run(request) {
            Ok(answer) => read(answer),
            // The line broke before anything came.
            Err(_) => Answer {
                status: 0,
                headers: ureq::http::HeaderMap::new(),
                text: String::new(),
                body: Value::Null,
            },
        }
    }

    /// A meeting of half an hour tomorrow, with these settings besides: its number.
    pub(crate) fn meeting(&self, settings: Value) -> i64 {
        let answer = self.ask("POST", &format!("/users/{HOST}/meetings"), Some(tomorrow(settings)));
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.body["id"].as_i64().expect("a number")
    }

    pub(crate) fn read(&self, id: i64) -> Value {
        self.ask("GET", &format!("/meetings/{id}"), None).body
    }

    /// The events that wait to be told: name and payload's object.
    pub(crate) fn events(&self) -> Vec<(String, Value)> {
        let all = self.zoom.take_pending();
        let read = |body: &[u8]| {
            let event: Value = serde_json::from_slice(body).expect("JSON");
            let name = event["event"].as_str().expect("a name").to_owned();
            (name, event["payload"]["object"].clone())
        };
        all.iter().map(|delivery| read(&delivery.body)).collect()
    }
}

pub(crate) fn tomorrow(settings: Value) -> Value {
    json!({
        "topic": "t", "agenda": "a", "type": 2, "start_time": "2026-11-25T01:00:00Z",
        "duration": 30, "timezone": "Asia/Tokyo", "password": "123456", "settings": settings,
    })
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .build()
        .new_agent()
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    let text = answer.body_mut().read_to_string().unwrap_or_else(|_| "broken".to_owned());
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
        text,
    }
}

#[test]
fn what_is_unverified_is_told_in_sentences() {
    assert!(zoom_stand_in::UNVERIFIED.len() >= 10);
    assert!(zoom_stand_in::UNVERIFIED.iter().all(|it| it.split(' ').count() > 4));
}
