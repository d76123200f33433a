//! Which versions their makers support: dated facts, replaceable without a new program.
//!
//! The makers promise little, and what they do is gathered by others; a row is as good as its
//! source and as old. After some months it says nothing any more.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::{BrowserFamily, Finding, Seen, SystemFamily};
use crate::schedule::TOKYO;

/// The table that is shipped with the program, as it is written.
pub const SHIPPED: &str = include_str!("support.toml");

/// Older than this many days, a row says nothing.
const VALID_DAYS: i64 = 180;

/// So many major versions behind the latest one, a browser still counts as up to date:
/// distributions take days, and honest people are not to be warned.
const BEHIND: u16 = 2;

/// So many major versions ahead of the table, a browser is newer than it; beyond, it is no browser.
const AHEAD: u16 = 20;

/// Systems come out once a year, so far fewer can be newer than the table.
const SYSTEMS_AHEAD: u16 = 3;

/// Facts about versions, with their sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportData(Table);

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sources: BTreeMap<String, Source>,
    browser: Vec<Browser>,
    system: Vec<System>,
}

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    /// For who reads the file; read here so that it must be there.
    title: String,
    date: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Browser {
    family: BrowserFamily,
    source: String,
    /// The latest major version; none of a browser that has ended.
    latest: Option<u16>,
    /// Majors with extended support.
    #[serde(default)]
    extended: Vec<u16>,
    ended: Option<Date>,
}

/// One release of a system. Several share a major version where browsers cannot tell them apart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    family: SystemFamily,
    source: String,
    major: u16,
    /// Its name, for who reads the file.
    release: Option<String>,
    /// The day on which support ends or ended, if its maker named one.
    ends: Option<Date>,
}

/// Why a table is not taken. A table with any fault is refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupportFault {
    /// It cannot be read as a table; the line, counted from 1.
    Unreadable {
        /// The line.
        line: usize,
    },
    /// No browser, or no system, is in it.
    Empty,
    /// The browser (counted from 1) names no source of the table.
    SourceOfBrowser(usize),
    /// The system (counted from 1) names no source of the table.
    SourceOfSystem(usize),
    /// The browser stands there twice.
    Twice(BrowserFamily),
    /// The browser has neither a latest version nor an end.
    NothingSaid(BrowserFamily),
}

impl SupportData {
    /// What is shipped with the program.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("the shipped table is read in a test")
    }

    /// Reads a table.
    ///
    /// # Errors
    /// The first fault.
    pub fn parse(text: &str) -> Result<Self, SupportFault> {
        let table: Table = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.get(..start).unwrap_or_default();
            SupportFault::Unreadable { line: 1 + before.matches('\n').count() }
        })?;
        if table.browser.is_empty() || table.system.is_empty() {
            return Err(SupportFault::Empty);
        }
        let mut families = BTreeSet::new();
        for (index, row) in table.browser.iter().enumerate() {
            if !table.sources.contains_key(&row.source) {
                return Err(SupportFault::SourceOfBrowser(index + 1));
            }
            if !families.insert(row.family) {
                return Err(SupportFault::Twice(row.family));
            }
            if row.latest.is_none() && row.ended.is_none() {
                return Err(SupportFault::NothingSaid(row.family));
            }
        }
        let stranger = table.system.iter().position(|row| !table.sources.contains_key(&row.source));
        match stranger {
            Some(index) => Err(SupportFault::SourceOfSystem(index + 1)),
            None => Ok(Self(table)),
        }
    }

    /// The date of the oldest source: what the pages call the date of the table.
    pub fn date(&self) -> Option<Date> {
        self.0.sources.values().map(|source| source.date).min()
    }

    /// What can be said at `now` of the browser, for use on `day` (article 4(5)).
    pub fn browser(&self, seen: &Seen, now: Timestamp, day: Date) -> Finding {
        let row = self.0.browser.iter().find(|row| row.family == seen.browser);
        let row = row.filter(|row| self.is_fresh(&row.source, now));
        match (row, seen.browser_major) {
            (Some(Browser { ended: Some(ended), .. }), _) if *ended < day => Finding::MaybeOld,
            (Some(Browser { latest: Some(latest), extended, .. }), Some(major)) => {
                if major > latest.saturating_add(AHEAD) {
                    Finding::CannotTell
                } else if major >= latest.saturating_sub(BEHIND) || extended.contains(&major) {
                    Finding::Confirmed
                } else {
                    Finding::MaybeOld
                }
            }
            _ => Finding::CannotTell,
        }
    }

    /// What can be said at `now` of the system, for use on `day` (article 4(4): in support then).
    pub fn system(&self, seen: &Seen, now: Timestamp, day: Date) -> Finding {
        let Some(major) = seen.system_major else { return Finding::CannotTell };
        let of_family = self.0.system.iter().filter(|row| row.family == seen.system);
        let rows: Vec<&System> = of_family.filter(|row| self.is_fresh(&row.source, now)).collect();
        let majors = || rows.iter().map(|row| row.major);
        let (Some(oldest), Some(newest)) = (majors().min(), majors().max()) else {
            return Finding::CannotTell;
        };
        // What is older than the oldest fares no better, what is newer than the newest no worse.
        let nearest = match major {
            major if major > newest.saturating_add(SYSTEMS_AHEAD) => return Finding::CannotTell,
            major => major.clamp(oldest, newest),
        };
        let same = || rows.iter().filter(|row| row.major == nearest);
        let ended = same().filter(|row| row.ends.is_some_and(|ends| ends < day)).count();
        match ended {
            0 if same().count() == 0 || major < oldest => Finding::CannotTell,
            0 => Finding::Confirmed,
            _ if ended == same().count() && major <= newest => Finding::MaybeOld,
            _ => Finding::CannotTell,
        }
    }

    fn is_fresh(&self, source: &str, now: Timestamp) -> bool {
        let today = TOKYO.to_datetime(now).date();
        let until =
            self.0.sources.get(source).map(|source| source.date.saturating_add(VALID_DAYS.days()));
        until.is_some_and(|until| today <= until)
    }
}
