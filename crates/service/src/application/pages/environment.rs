//! The declaration of article 4, item by item. "No" and "I do not know" keep nobody from applying:
//! they lead to help.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use rules::session::Channel;
use rules::terms::environment::{Answer, Declaration, Device, Item, asked};

use super::frame::Frame;
use super::step::Step;
use super::{Entry, Sheet, device};
use crate::application::draft::Draft;
use crate::error::Error;
use crate::web::fields::{Choice, Faults};
use crate::web::{Page, show as show_page};
use crate::words::{Markup, Words, key};

/// An item as it is asked.
pub(super) struct Question {
    code: &'static str,
    legend: Markup,
    answers: Vec<Choice>,
    chosen: String,
    help: Markup,
    about: String,
}

#[derive(Template)]
#[template(path = "application/pages/environment.html")]
struct EnvironmentPage {
    page: Page,
    frame: Frame,
    questions: Vec<Question>,
    tool: String,
    /// Whether the tool is somebody else's product (article 9(5)).
    has_maker: bool,
}

pub(super) fn fields() -> Vec<&'static str> {
    Item::ALL.map(Item::code).to_vec()
}

pub(super) fn show(entry: &Entry, faults: Faults) -> Result<Response, Error> {
    let sheet = entry.sheet()?;
    let words = sheet.words;
    let sheet = entry.sheet()?;
    let tool = sheet.tool();
    let questions = match device::read(&sheet, &entry.draft) {
        Ok((device, join_by)) => asked(device, join_by)
            .into_iter()
            .map(|item| question((words, &tool), item, device, entry.draft.get(item.code())))
            .collect(),
        Err(_) => Vec::new(),
    };
    show_page(&EnvironmentPage {
        page: entry.page(),
        frame: entry.frame(Step::Environment, faults),
        questions,
        has_maker: sheet.meetings() != Channel::Room,
        tool,
    })
}

fn question((words, tool): (Words, &str), item: Item, device: Device, chosen: &str) -> Question {
    let answer = |answer: &Answer| Choice::new(answer.code(), words.t(answer_key(*answer)));
    Question {
        code: item.code(),
        legend: item_question(words, item, tool),
        answers: item.answers(device).iter().map(answer).collect(),
        chosen: chosen.to_owned(),
        help: words.t1(help_key(item, device), "tool", tool),
        about: words.plain1(item_key(item), "tool", tool),
    }
}

/// The answers to every item that is asked of this device.
pub(super) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Declaration, Faults> {
    let (device, join_by) = device::read(sheet, draft)?;
    let mut faults = Faults::none();
    let mut answers = BTreeMap::new();
    for item in asked(device, join_by) {
        let answer = Answer::parse(draft.get(item.code()));
        match answer.filter(|answer| item.answers(device).contains(answer)) {
            Some(answer) => {
                answers.insert(item, answer);
            }
            None => {
                let about = item_question(sheet.words, item, &sheet.tool());
                let sentence = sheet.words.t1("application-item-fault", "item", about);
                faults.add(item.code(), sentence);
            }
        }
    }
    if faults.is_empty() {
        Ok(Declaration { device, join_by, answers, at: sheet.now })
    } else {
        Err(faults)
    }
}

/// The word of an answer.
pub(super) fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => key!("common-yes"),
        Answer::No => key!("common-no"),
        Answer::Unsure => key!("common-unsure"),
        Answer::NotApplicable => key!("common-not-applicable"),
    }
}

/// The question of an item.
pub(crate) fn item_question(words: Words, item: Item, tool: &str) -> Markup {
    words.t1(item_key(item), "tool", tool)
}

fn item_key(item: Item) -> &'static str {
    match item {
        Item::Safe => key!("application-item-safe"),
        Item::Online => key!("application-item-online"),
        Item::TrustedLine => key!("application-item-trusted-line"),
        Item::AppInstalled => key!("application-item-app-installed"),
        Item::SupportedSystem => key!("application-item-supported-system"),
        Item::Updated => key!("application-item-updated"),
        Item::Firewall => key!("application-item-firewall"),
        Item::NoFileSharing => key!("application-item-no-file-sharing"),
        Item::AntiVirus => key!("application-item-anti-virus"),
    }
}

/// The help for an item on a device. Where it is the same on all, there is one.
pub(super) fn help_key(item: Item, device: Device) -> &'static str {
    let is_computer = device == Device::Computer;
    match item {
        Item::Safe if is_computer => key!("application-help-safe-computer"),
        Item::Safe => key!("application-help-safe-mobile"),
        Item::Online => key!("application-help-online"),
        Item::TrustedLine => key!("application-help-trusted-line"),
        Item::AppInstalled if is_computer => key!("application-help-app-installed-computer"),
        Item::AppInstalled => key!("application-help-app-installed-mobile"),
        Item::SupportedSystem if is_computer => key!("application-help-supported-system-computer"),
        Item::SupportedSystem => key!("application-help-supported-system-mobile"),
        Item::Updated if is_computer => key!("application-help-updated-computer"),
        Item::Updated => key!("application-help-updated-mobile"),
        Item::Firewall if is_computer => key!("application-help-firewall-computer"),
        Item::Firewall => key!("application-help-firewall-mobile"),
        Item::NoFileSharing if is_computer => key!("application-help-no-file-sharing-computer"),
        Item::NoFileSharing => key!("application-help-no-file-sharing-mobile"),
        Item::AntiVirus if is_computer => key!("application-help-anti-virus-computer"),
        Item::AntiVirus => key!("application-help-anti-virus-mobile"),
    }
}
