//! A call of the API: with a token, within the limits of its rate, and told in the log if it
//! failed.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::http::Method;

use super::Client;
use super::answer;
use super::failure::{Failure, Silence};
use super::rates::{Budget, Label};
use super::token::{Granted, Source};
use super::wire::{self, Answer, Sent};

/// What is asked of the API.
pub(super) struct Call {
    /// What it is for, in a log.
    name: &'static str,
    method: Method,
    /// Behind the base, escaped.
    path: String,
    query: Vec<(&'static str, String)>,
    label: Label,
    budget: Budget,
    body: Option<Result<Vec<u8>, Failure>>,
}

impl Call {
    pub(super) fn new(name: &'static str, label: Label, method: Method, path: String) -> Self {
        let (query, budget) = (Vec::new(), Budget::Label(label));
        Self { name, method, path, query, label, budget, body: None }
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// What a limit of a day is counted for, if not for its label.
    pub(super) fn budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    pub(super) fn body(mut self, body: &impl Serialize) -> Self {
        let not_sent = |_| Failure::Unanswered(Silence::NotSent);
        self.body = Some(serde_json::to_vec(body).map_err(not_sent));
        self
    }

    fn url(&self, base: &str) -> String {
        let mut url = format!("{base}{}", self.path);
        for (index, (name, value)) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(&format!("{name}={}", wire::segment(value)));
        }
        url
    }
}

impl Client {
    /// Makes a call and reads what it tells.
    pub(super) fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Failure> {
        self.make(call, answer::content)
    }

    /// Makes a call that tells nothing.
    pub(super) fn tell(&self, call: &Call) -> Result<(), Failure> {
        self.make(call, answer::nothing)
    }

    fn make<T>(
        &self,
        call: &Call,
        read: impl FnOnce(&[u8]) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let body = match &call.body {
            Some(Ok(body)) => Some(("application/json", body.as_slice())),
            Some(Err(failure)) => return Err(failure.clone()),
            None => None,
        };
        self.0.pauses.may_call(call.label, &call.budget, self.0.clock.now())?;
        let answer = self.send_twice_at_most(call, body)?;
        let result = if answer.is_good() {
            read(&answer.body)
        } else {
            Err(answer::failure(&answer, self.0.clock.now()))
        };
        result.inspect_err(|failure| self.note(call, Some(&answer), failure))
    }

    /// With another token if Zoom does not accept the one in use. A call answered so was not
    /// carried out, so it may be made again.
    fn send_twice_at_most(
        &self,
        call: &Call,
        body: Option<(&'static str, &[u8])>,
    ) -> Result<Answer, Failure> {
        let send = || {
            let granted = self.granted()?;
            let sent = Sent {
                method: call.method.clone(),
                url: call.url(&granted.base),
                authorization: &granted.authorization,
                body,
            };
            let answer = wire::send(&self.0.agent, sent)
                .inspect_err(|failure| self.note(call, None, failure))?;
            // A scope given to the app meanwhile is in the next token only.
            let lacks_scope =
                || matches!(answer::failure(&answer, self.0.clock.now()), Failure::Scope(_));
            if answer.status == 401 || (!answer.is_good() && lacks_scope()) {
                self.0.tokens.forget(&granted);
            }
            Ok(answer)
        };
        let first = send()?;
        if first.status == 401 { send() } else { Ok(first) }
    }

    /// The token in use, renewed when it is time.
    pub(super) fn granted(&self) -> Result<Arc<Granted>, Failure> {
        let inside = &*self.0;
        let source = Source {
            agent: &inside.agent,
            account: &inside.account,
            clock: &inside.clock,
            pauses: &inside.pauses,
        };
        inside.tokens.current(inside.tokens.ended(), &source)
    }

    fn note(&self, call: &Call, answer: Option<&Answer>, failure: &Failure) {
        if let Failure::TooMany { until, daily } = failure {
            self.0.pauses.hold_calls(call.label, &call.budget, *until, *daily);
        }
        let tracking = answer.map_or("", |answer| answer.tracking.as_str());
        let (name, code) = (call.name, failure.code());
        tracing::warn!(call = name, code, reason = %failure, tracking, "Zoom did not do it");
    }
}
