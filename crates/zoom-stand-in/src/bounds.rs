//! What the body of a meeting has to keep to (Zoom OpenAPI v2).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::answer::Answer;
use crate::world::World;

/// Settings that are on or off.
const SWITCHES: [&str; 20] = [
    "allow_multiple_devices",
    "alternative_hosts_email_notification",
    "auto_start_ai_companion_questions",
    "auto_start_meeting_summary",
    "device_testing",
    "email_notification",
    "focus_mode",
    "host_video",
    "join_before_host",
    "meeting_authentication",
    "mute_upon_entry",
    "participant_video",
    "private_meeting",
    "registrants_confirmation_email",
    "registrants_email_notification",
    "show_share_button",
    "use_pmi",
    "waiting_room",
    "watermark",
    "cn_meeting",
];

/// Settings that are one of some words.
const WORDS: [(&str, &[&str]); 3] = [
    ("auto_recording", &["local", "cloud", "none"]),
    ("encryption_type", &["enhanced_encryption", "e2ee"]),
    ("audio", &["both", "telephony", "voip", "thirdParty"]),
];

/// Settings that are one of some numbers; the second counts minutes.
const NUMBERS: [(&str, &[i64]); 2] = [("approval_type", &[0, 1, 2]), ("jbh_time", &[0, 5, 10, 15])];

/// Texts, and how many characters they have at most.
const TEXTS: [(&str, usize); 5] = [
    ("topic", 200),
    ("agenda", 2_000),
    ("password", 10),
    ("start_time", usize::MAX),
    ("timezone", usize::MAX),
];

pub(crate) fn text<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str)
}

/// What is said under a name; null says nothing.
fn said<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.get(name).filter(|value| !value.is_null())
}

/// In UTC with a Z, or as a clock shows it in a zone: the account's, which is Tokyo here, when none
/// is named.
pub(crate) fn start_of(body: &Value) -> Result<Option<Timestamp>, Answer> {
    let Some(said) = text(body, "start_time") else { return Ok(None) };
    if let Ok(at) = said.parse::<Timestamp>() {
        return Ok(Some(at));
    }
    let zone = match text(body, "timezone") {
        Some("Asia/Tokyo") | None => Some(jiff::tz::get!("Asia/Tokyo")),
        Some("UTC") => Some(TimeZone::UTC),
        // Who needs another zone may add it.
        Some(_) => None,
    };
    let civil = said.parse::<DateTime>().ok().zip(zone);
    let at = civil.and_then(|(civil, zone)| zone.to_timestamp(civil).ok());
    at.map(Some).ok_or_else(|| Answer::invalid("start_time"))
}

/// What every body has to keep to.
pub(crate) fn check(body: &Value) -> Result<(), Answer> {
    if !body.is_object() {
        // Unverified: the sentence.
        return Err(Answer::no(400, 300, "The body of the request is no JSON object."));
    }
    TEXTS.iter().try_for_each(|(name, most)| {
        let fits = |text: &str| text.chars().count() <= *most;
        keeps(body, name, |value| value.as_str().is_some_and(fits))
    })?;
    let is_kind = |number: i64| [1, 2, 3, 8, 10].contains(&number);
    keeps(body, "type", |value| value.as_i64().is_some_and(is_kind))?;
    keeps(body, "duration", |value| value.as_u64().is_some_and(|minutes| minutes > 0))?;
    keeps(body, "settings", Value::is_object)?;
    said(body, "settings").map_or(Ok(()), check_settings)
}

fn keeps(of: &Value, name: &str, fits: impl Fn(&Value) -> bool) -> Result<(), Answer> {
    match said(of, name) {
        Some(value) if !fits(value) => Err(Answer::invalid(name)),
        _ => Ok(()),
    }
}

fn check_settings(settings: &Value) -> Result<(), Answer> {
    SWITCHES.iter().try_for_each(|name| keeps(settings, name, Value::is_boolean))?;
    WORDS.iter().try_for_each(|(name, of)| {
        keeps(settings, name, |value| value.as_str().is_some_and(|word| of.contains(&word)))
    })?;
    NUMBERS.iter().try_for_each(|(name, of)| {
        keeps(settings, name, |value| value.as_i64().is_some_and(|number| of.contains(&number)))
    })
}

impl World {
    /// Who may hold a meeting besides its host has to have a licence (jrchamp/moodle-mod_zoom#302).
    /// Several are divided by semicolons, or by commas (indico/indico-plugins vc_zoom).
    pub(crate) fn check_deputies(&self, body: &Value) -> Result<(), Answer> {
        let said = body.get("settings").and_then(|settings| text(settings, "alternative_hosts"));
        let mut deputies = said.unwrap_or_default().split([';', ',']).map(str::trim);
        let may = |name: &str| name.is_empty() || self.user(name).is_some_and(|it| it.licensed);
        if deputies.all(may) { Ok(()) } else { Err(Answer::invalid("alternative_hosts")) }
    }
}
