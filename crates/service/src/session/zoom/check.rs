//! Whether the account with Zoom is as it has to be, in plain words for an administrator: the app,
//! its scopes, the hosts, the settings, the webhook. Asks; changes nothing.

use rules::session::Channel;
use rules::session::zoom::{Difference, Place, Value, budget_day, differences};
use serde_json::Value as Json;

use super::hosts::{self, KeptHost};
use super::{PersonalLinks, Zoom, webhook};
use crate::app::App;
use crate::error::Error;
use crate::people::Office;
use crate::zoom::{Failure, Licence};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub grade: Grade,
    /// What was looked at, and what to do about it.
    pub sentence: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it has to be.
    Good,
    /// It works, but somebody should look.
    Look,
    /// Sessions cannot be held so.
    Wrong,
}

fn good(sentence: impl Into<String>) -> Finding {
    Finding { grade: Grade::Good, sentence: sentence.into() }
}

fn look(sentence: impl Into<String>) -> Finding {
    Finding { grade: Grade::Look, sentence: sentence.into() }
}

fn wrong(sentence: impl Into<String>) -> Finding {
    Finding { grade: Grade::Wrong, sentence: sentence.into() }
}

/// What this program asks of Zoom, as scopes of the app (Zoom OpenAPI v2; the last three are not in
/// it and are told by Zoom when they lack).
const SCOPES: [(&str, bool); 15] = [
    ("meeting:write:meeting:admin", true),
    ("meeting:read:meeting:admin", true),
    ("meeting:read:list_meetings:admin", true),
    ("meeting:update:meeting:admin", true),
    ("meeting:delete:meeting:admin", true),
    ("meeting:update:status:admin", true),
    ("meeting:write:invite_links:admin", false),
    ("meeting:write:registrant:admin", false),
    ("meeting:update:in_meeting_controls:admin", false),
    ("meeting:read:list_past_participants:admin", false),
    ("dashboard:read:list_meeting_participants:admin", false),
    ("user:read:user:admin", true),
    ("user:read:settings:admin", false),
    ("account:read:settings:admin", false),
    ("account:read:lock_settings:admin", false),
];

/// Looks at everything, for one office.
///
/// # Errors
/// Faults of the store; what Zoom refuses is a finding.
pub fn check(app: &App, office: &Office) -> Result<Vec<Finding>, Error> {
    let Some(zoom) = app.zoom.as_deref() else {
        return Ok(vec![wrong("no [zoom] is configured; docs/zoom.md says how")]);
    };
    let mut findings = match app_of(zoom) {
        Ok(findings) => findings,
        Err(finding) => return Ok(vec![finding]),
    };
    let id = office.id;
    let day = budget_day(app.clock.now()).to_string();
    let (pool, spent) = app.store.read_blocking(move |tx| {
        Ok::<_, Error>((hosts::hosts(tx, id)?, hosts::spent_by_all(tx, id, &day)?))
    })?;
    if pool.is_empty() {
        findings.push(wrong("the office has no host; add one by `madoguchi zoom hosts add`"));
    }
    let locks = zoom.client.lock_settings().unwrap_or(Json::Null);
    let account = zoom.client.account_settings().unwrap_or(Json::Null);
    if locks.is_null() || account.is_null() {
        findings.push(look(
            "the account's settings and locks cannot be read with these scopes; compare them by \
             hand with docs/zoom.md",
        ));
    }
    for host in &pool {
        let spent = spent.get(&host.id).copied().unwrap_or_default();
        findings.extend(host_of(zoom, (spent, host)));
        if let Ok(user) = zoom.client.user(&host.zoom_user) {
            let (host, number) = (host.id, user.id);
            app.store.write_blocking(move |tx| hosts::note_zoom_id(tx, host, &number))?;
        }
        findings.extend(settings_of(zoom, office, host, (&account, &locks)));
    }
    findings.extend(webhook_of(app, zoom)?);
    Ok(findings)
}

/// Whether Zoom knows the app, and what it may do.
fn app_of(zoom: &Zoom) -> Result<Vec<Finding>, Finding> {
    let granted = zoom.client.token_scopes().map_err(|failure| match failure {
        Failure::Credentials { error } => wrong(format!(
            "Zoom does not take the app ({error}): compare account ID, client ID and secret with \
             its page, and see that it is activated; a new app may take an hour"
        )),
        other => wrong(format!("Zoom cannot be asked for a token: {other}")),
    })?;
    let mut findings = vec![good("Zoom knows the app")];
    let by_registration = zoom.personal_links != PersonalLinks::InviteLinks;
    for (scope, is_needed) in SCOPES {
        let is_needed = is_needed
            || (scope == "meeting:write:invite_links:admin" && !by_registration)
            || (scope == "meeting:write:registrant:admin" && by_registration);
        if granted.iter().any(|it| it == scope) {
            continue;
        }
        let sentence = format!("the app lacks the scope {scope}: add it on the app's page");
        findings.push(if is_needed { wrong(sentence) } else { look(sentence) });
    }
    if findings.len() == 1 {
        findings.push(good("the app has every scope"));
    }
    Ok(findings)
}

fn host_of(zoom: &Zoom, (spent, host): (u16, &KeptHost)) -> Vec<Finding> {
    let name = &host.zoom_user;
    let user = match zoom.client.user(name) {
        Ok(user) => user,
        Err(Failure::Missing) => {
            return vec![wrong(format!("{name} is no user of the account: look at its spelling"))];
        }
        Err(failure) => return vec![look(format!("{name} cannot be looked at: {failure}"))],
    };
    let mut findings = Vec::new();
    if user.status.as_deref().is_some_and(|status| status != "active") {
        findings.push(wrong(format!("{name} is not active in Zoom: activate the user there")));
    }
    if user.licence != Licence::Licensed {
        let ends = "meetings of an unlicensed host end after 40 minutes";
        findings.push(wrong(format!("{name} has no licence in Zoom: {ends}; give one")));
    }
    if host.at_once > 1 {
        findings.push(look(format!(
            "{name} is to hold two meetings at once: that takes the plan Business or above"
        )));
    }
    findings.push(good(format!("{name} is a host; {spent} meetings made or changed today")));
    findings
}

fn settings_of(
    zoom: &Zoom,
    office: &Office,
    host: &KeptHost,
    (account, locks): (&Json, &Json),
) -> Vec<Finding> {
    let name = &host.zoom_user;
    let settings = match zoom.client.user_settings(name) {
        Ok(settings) => settings,
        Err(failure) => {
            return vec![look(format!(
                "the settings of {name} cannot be read ({failure}): compare them by hand with \
                 docs/zoom.md"
            ))];
        }
    };
    let profile = office.practice.profile(Channel::Zoom);
    let found = |place: Place, name: &str| match place {
        Place::Host => value_in(&settings, name),
        Place::Account => value_in(account, name),
    };
    let is_locked = |name: &str| value_in(locks, name) == Some(Value::Switch(true));
    let differing = differences(&profile, found, is_locked);
    if differing.is_empty() {
        return vec![good(format!("the settings of {name} are as the office designates"))];
    }
    differing.iter().map(|difference| told(name, difference)).collect()
}

/// Zoom names a setting by its group and its own name.
fn value_in(settings: &Json, name: &str) -> Option<Value> {
    let (group, own) = name.split_once('.')?;
    match settings.get(group)?.get(own)? {
        Json::Bool(is_on) => Some(Value::Switch(*is_on)),
        Json::String(word) => Some(Value::Word(word.clone())),
        _ => None,
    }
}

fn told(host: &str, difference: &Difference) -> Finding {
    let expected = &difference.expected;
    let shown = |value: &Value| match value {
        Value::Switch(true) => "on".to_owned(),
        Value::Switch(false) => "off".to_owned(),
        Value::Word(word) => word.clone(),
    };
    let (name, should) = (expected.name, shown(&expected.value));
    let where_ = match (expected.place, difference.is_locked) {
        (Place::Account, _) => "in the account's settings",
        (Place::Host, true) => "in the account's settings, which lock it",
        (Place::Host, false) if expected.can_be_locked => {
            "in the account's settings, and lock it there"
        }
        (Place::Host, false) => "in the user's settings",
    };
    match &difference.found {
        Some(found) => wrong(format!(
            "{host}: {name} is {}, and has to be {should}: change it {where_}",
            shown(found)
        )),
        None => look(format!("{host}: Zoom does not tell {name}; it has to be {should}")),
    }
}

fn webhook_of(app: &App, zoom: &Zoom) -> Result<Vec<Finding>, Error> {
    let address = format!("{}{}", app.site.public_url, webhook::ADDRESS);
    if zoom.webhook_secrets.is_empty() {
        return Ok(vec![look(format!(
            "no zoom.webhook_secret_files: arrivals are known by polling and by staff alone; the \
             address for Zoom would be {address}"
        ))]);
    }
    let last = app.store.read_blocking(super::signs::last_told)?;
    let mut findings = vec![match last {
        Some(at) => good(format!("Zoom last told something at {at}")),
        None => look(format!("Zoom has not told anything yet; its address here is {address}")),
    }];
    for secret in &zoom.webhook_secrets {
        findings.push(
            match webhook::knows_secret(&zoom.client, (&address, secret), app.clock.now()) {
                Ok(true) => good(format!("the window at {address} takes what Zoom signs")),
                Ok(false) => wrong(format!(
                    "{address} does not take what Zoom signs: is the window open with this \
                 configuration, and does the proxy pass the address on?"
                )),
                Err(failure) => look(format!(
                    "{address} cannot be reached from this machine ({failure}); see that Zoom can"
                )),
            },
        );
    }
    if !address.starts_with("https://") {
        findings.push(look("Zoom tells only addresses that begin with https://".to_owned()));
    }
    Ok(findings)
}
