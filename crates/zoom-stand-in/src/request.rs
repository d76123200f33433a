//! Requests as they came.

use std::collections::BTreeMap;

use serde_json::Value;

/// A request, with all its octets.
#[derive(Clone, Debug)]
pub struct Received {
    /// `GET`, `POST`, …
    pub method: String,
    /// As it was asked for.
    pub path_and_query: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or_default()
    }

    pub(crate) fn query(&self) -> BTreeMap<String, String> {
        let query = self.path_and_query.split_once('?').map_or("", |(_, query)| query);
        serde_urlencoded::from_str(query).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn form(&self) -> BTreeMap<String, String> {
        serde_urlencoded::from_bytes(&self.body).unwrap_or_default()
    }

    /// The parts of the path after `/v2`, decoded once: what was encoded twice is decoded by who
    /// looks it up (uuids that begin with a slash or hold two, Zoom OpenAPI v2).
    pub(crate) fn parts(&self) -> Vec<String> {
        let path = self.path().strip_prefix("/v2/").unwrap_or_default();
        path.split('/').map(decoded).collect()
    }
}

/// Percent signs undone, once.
pub(crate) fn decoded(part: &str) -> String {
    let pair = format!("x={}", part.replace('+', "%2B"));
    let read: Vec<(String, String)> = serde_urlencoded::from_str(&pair).unwrap_or_default();
    read.into_iter().next().map(|(_, value)| value).unwrap_or_default()
}
