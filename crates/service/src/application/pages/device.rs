//! Which device the person joins with, and by app or browser (article 4).

use askama::Template;
use axum::response::Response;
use rules::terms::environment::{Device, JoinBy};

use super::frame::Frame;
use super::step::Step;
use super::{Entry, Sheet};
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::key;

pub(super) const FIELDS: [&str; 2] = ["device", "join_by"];

#[derive(Template)]
#[template(path = "application/pages/device.html")]
struct DevicePage {
    page: Page,
    frame: Frame,
    draft: Draft,
    devices: Vec<Choice>,
    ways: Vec<Choice>,
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let words = entry.guest.words;
    let sheet = entry.sheet()?;
    let tool = sheet.tool();
    let offered = JoinBy::offered(sheet.meetings());
    let device = |device: Device| Choice::new(device.code(), words.t(device_key(device)));
    let way = |by: &JoinBy| {
        let hint = match by {
            JoinBy::App => key!("application-join-by-app-hint"),
            JoinBy::Browser => key!("application-join-by-browser-hint"),
            JoinBy::Room => key!("application-join-by-room-hint"),
        };
        let name = words.t1(join_by_key(*by), "tool", &tool);
        Choice::new(by.code(), name).with_hint(words.t1(hint, "tool", &tool))
    };
    show_page(&DevicePage {
        page: entry.page(),
        frame: entry.frame(Step::Device, faults),
        draft: entry.draft.clone(),
        devices: Device::ALL.map(device).to_vec(),
        ways: offered.iter().map(way).collect(),
    })
}

/// The device, and what it joins by.
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<(Device, JoinBy), Faults> {
    let mut faults = Faults::none();
    let device = Device::parse(draft.get("device"));
    if device.is_none() {
        faults.add("device", sheet.words.t("application-device-fault"));
    }
    // Where there is one way only, it is told and not asked.
    let join_by = match JoinBy::offered(sheet.meetings()) {
        [only] => Some(*only),
        offered => JoinBy::parse(draft.get("join_by")).filter(|by| offered.contains(by)),
    };
    if join_by.is_none() {
        faults.add("join_by", sheet.words.t("application-join-by-fault"));
    }
    match (device, join_by) {
        (Some(device), Some(join_by)) => Ok((device, join_by)),
        _ => Err(faults),
    }
}

/// The name of a kind of device.
pub(super) fn device_key(device: Device) -> &'static str {
    match device {
        Device::Phone => key!("application-device-phone"),
        Device::Tablet => key!("application-device-tablet"),
        Device::Computer => key!("application-device-computer"),
    }
}

/// The name of a way to join.
pub(super) fn join_by_key(by: JoinBy) -> &'static str {
    match by {
        JoinBy::App => key!("application-join-by-app"),
        JoinBy::Browser => key!("application-join-by-browser"),
        JoinBy::Room => key!("application-join-by-room"),
    }
}
