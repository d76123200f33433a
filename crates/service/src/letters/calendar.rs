//! The calendar part of a letter (RFC 5545, RFC 5546). It stays in calendars that others may see:
//! a neutral title, and no credential. The link of the letter is one, so it is not repeated here.

use icalendar::{Calendar, Component, Event, EventStatus, Property};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rules::letters::CalendarPart;
use serde::{Deserialize, Serialize};

use super::post;
use super::section::one_line;
use crate::app::Context;
use crate::application::Application;
use crate::appointment::Session;
use crate::error::Error;
use crate::schedule::groups::{self, Group};
use crate::words::{Words, key};

/// A calendar file and what it asks a calendar to do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarText {
    /// Make or renew the entry, or take it out.
    pub method: Method,
    /// The file (`text/calendar`).
    pub text: String,
}

/// What a calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Make the entry, or bring it up to date.
    Publish,
    /// Take it out.
    Cancel,
}

impl Method {
    /// The word of RFC 5546.
    pub fn word(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        }
    }
}

/// What an entry of a calendar is about.
pub(super) struct About<'a> {
    pub(super) context: &'a Context,
    pub(super) application: &'a Application,
    pub(super) session: Option<&'a Session>,
    /// The group session in which it is a seat.
    pub(super) group: Option<&'a Group>,
}

/// The calendar part of a letter about the session at hand, if there is one.
///
/// # Errors
/// [`Error::Missing`] when there is no session.
pub(super) fn calendar_text(
    (part, sequence): (CalendarPart, u32),
    about: &About<'_>,
) -> Result<Option<CalendarText>, Error> {
    let method = match part {
        CalendarPart::None => return Ok(None),
        CalendarPart::Publish => Method::Publish,
        CalendarPart::Cancel => Method::Cancel,
    };
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Madoguchi//Madoguchi//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.word()),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    let session = about.session.ok_or(Error::Missing)?;
    calendar.push(event((method, sequence), about, session));
    Ok(Some(CalendarText { method, text: calendar.to_string() }))
}

fn event((method, sequence): (Method, u32), about: &About<'_>, session: &Session) -> Event {
    let (context, application) = (about.context, about.application);
    let words = Words::new(application.language);
    let uid = format!("{}@{}", application.receipt, post::host(&context.site));
    let summary = words.plain(key!("letters-calendar-title"));
    let mut event = Event::new();
    event
        .uid(&one_line(&uid))
        .sequence(sequence)
        .summary(&one_line(&summary))
        .add_property("DTSTAMP", utc(context.now))
        .add_property("DTSTART", utc(session.slot.start))
        .add_property("DTEND", utc(session.slot.end()))
        .add_property("CLASS", "PRIVATE")
        .add_property("TRANSP", "OPAQUE");
    // An office without a mail server has no address that could organise anything.
    if let Some(sender) = post::sender(&context.site) {
        event.add_property("ORGANIZER", format!("mailto:{}", sender.email));
    }
    match method {
        Method::Publish => {
            event.status(EventStatus::Confirmed);
            event.description(&description(words, about, session.alias.reveal()));
        }
        Method::Cancel => {
            event.status(EventStatus::Cancelled);
        }
    }
    event
}

/// A calendar may be seen by others: what a group session is called tells no more of the person
/// than a seminar's name, and stands in the description, not in the title.
fn description(words: Words, about: &About<'_>, alias: &str) -> String {
    let telephone = one_line(&about.context.office.telephone);
    let title = about.group.map(|group| groups::plain_title(group, words.language()));
    let lines = [
        words.plain1(key!("letters-calendar-alias"), "alias", one_line(alias)),
        words.plain1(key!("letters-calendar-call"), "telephone", telephone),
        words.plain(key!("letters-calendar-joining")),
    ];
    let title = title.map(|title| one_line(&title));
    title.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

/// An instant in UTC, in the basic format: `20261124T010000Z`.
fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}
