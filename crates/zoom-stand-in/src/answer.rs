//! Answers, and the two shapes in which Zoom says no (developers.zoom.us/docs/api/errors).

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// An answer before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// None: an empty body.
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn with(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Some(body) }
    }

    /// A page of a list: 30 entries unless more are asked for, 300 at most (Zoom OpenAPI v2).
    pub(crate) fn page(name: &str, all: &[Value], query: &BTreeMap<String, String>) -> Self {
        let number = |name: &str| query.get(name).and_then(|it| it.parse::<usize>().ok());
        let size = number("page_size").unwrap_or(30).clamp(1, 300);
        let from = number("next_page_token").unwrap_or(0).min(all.len());
        let until = (from + size).min(all.len());
        let next = if until < all.len() { until.to_string() } else { String::new() };
        let mut body = json!({
            "page_size": size, "total_records": all.len(), "next_page_token": next,
        });
        body[name] = json!(all[from..until]);
        Self::with(200, body)
    }

    /// 204 and 202 have no body (Zoom OpenAPI v2).
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }
    }

    pub(crate) fn no(status: u16, code: i64, message: &str) -> Self {
        Self::with(status, json!({ "code": code, "message": message }))
    }

    pub(crate) fn invalid(field: &str) -> Self {
        let errors = [json!({ "field": field, "message": "Invalid field." })];
        let body = json!({ "code": 300, "message": "Validation Failed.", "errors": errors });
        Self::with(400, body)
    }

    /// The endpoint of tokens has a shape of its own.
    pub(crate) fn no_token(status: u16, reason: &str, error: &str) -> Self {
        Self::with(status, json!({ "reason": reason, "error": error }))
    }

    pub(crate) fn no_meeting(id: &str) -> Self {
        Self::no(404, 3001, &format!("Meeting does not exist: {id}."))
    }

    pub(crate) fn no_user(id: &str) -> Self {
        Self::no(404, 1001, &format!("User does not exist: {id}."))
    }

    pub(crate) fn is_done(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
