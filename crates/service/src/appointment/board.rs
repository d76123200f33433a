//! What the desk looks at: today's sessions, one session, and finding a person on the telephone.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::application::Course;
use rules::appointment::{Standing, What};
use rules::people::{JobseekerNumber, Kana, Language, LegalName};
use rules::schedule::{Slot, TOKYO};
use rules::terms::application::deemed_cancelled_from;

use super::{Joining, store};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// One session on the board of a day.
#[derive(Clone, Debug)]
pub struct Row {
    /// Number of the application.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// The name in the meeting.
    pub alias: String,
    /// With whom: number and name.
    pub counsellor: (i64, String),
    /// When.
    pub slot: Slot,
    /// Where it stands.
    pub standing: Standing,
    /// When silence becomes a cancellation, while that can still happen (article 2(4)).
    pub limit: Option<Timestamp>,
    /// Whether how to join is known.
    pub has_joining: bool,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
}

/// The sessions of a day, in the order of their start.
///
/// # Errors
/// Faults of the store.
pub fn board(tx: &mut Tx<'_>, context: &Context, day: Date) -> Result<Vec<Row>, Error> {
    let instant =
        |date: Date| date.to_zoned(TOKYO.clone()).map_or(context.now, |zoned| zoned.timestamp());
    let (from, until) = (instant(day), instant(day.tomorrow().unwrap_or(day)));
    let mut rows = store::of_day(tx, context.office.id, from, until)?;
    let terms = context.office.terms(context.now)?;
    for row in &mut rows {
        let waits = row.standing == Standing::Waiting;
        row.limit = waits.then(|| deemed_cancelled_from(row.slot.start, &terms.rules));
    }
    Ok(rows)
}

/// When the next session of the office starts that nobody has called off.
///
/// # Errors
/// Faults of the store.
pub fn next_start(tx: &mut Tx<'_>, context: &Context) -> Result<Option<Timestamp>, Error> {
    store::next_start(tx, context.office.id, context.now)
}

/// One session, as the desk and the status page show it.
#[derive(Clone)]
pub struct Session {
    /// Number of the application.
    pub application: i64,
    /// The name in the meeting.
    pub alias: String,
    /// With whom: number and name.
    pub counsellor: (i64, String),
    /// When.
    pub slot: Slot,
    /// Where it stands, as last announced.
    pub standing: Standing,
    /// How often it was announced.
    pub sequence: u32,
    /// How to join, if known.
    pub joining: Option<Joining>,
    /// When it began, if recorded.
    pub began_at: Option<Timestamp>,
    /// When it ended, if recorded.
    pub ended_at: Option<Timestamp>,
    /// The version of the terms at confirmation.
    pub terms_version: String,
}

/// The session of an application.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn session(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<Session, Error> {
    find_session(tx, context, application)?.ok_or(Error::Missing)
}

/// The session of an application, if it has one yet.
///
/// # Errors
/// Faults of the store.
pub fn find_session(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Option<Session>, Error> {
    let Some((mut session, sealed)) = store::session(tx, application, context.office.id)? else {
        return Ok(None);
    };
    session.joining =
        sealed.map(|sealed| Joining::open(context, application, &sealed)).transpose()?;
    Ok(Some(session))
}

/// A fact as the desk lists it.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// Number in the store.
    pub id: i64,
    /// What happened.
    pub what: What,
    /// When it happened.
    pub at: Timestamp,
    /// When it was typed.
    pub recorded_at: Timestamp,
    /// Who typed it; none when the person or the clock did.
    pub staff: Option<String>,
    /// Why it was undone, if it was.
    pub retracted: Option<String>,
}

/// Every fact of an appointment, undone ones included, in the order in which they were typed.
///
/// # Errors
/// Faults of the store.
pub fn fact_lines(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<FactLine>, Error> {
    store::fact_lines(tx, application, context.office.id)
}

/// What a caller gives to be found by.
#[derive(Clone, Debug)]
pub enum Needle {
    /// 求職番号, however typed.
    Number(JobseekerNumber),
    /// Receipt number.
    Receipt(String),
    /// The name in the meeting.
    Alias(String),
    /// The name, or its reading, whole.
    Name(String),
}

impl Needle {
    /// Reads what was typed into the one search box: every reading that fits.
    pub fn read(typed: &str, alias_prefix: &str) -> Vec<Self> {
        let typed = typed.trim();
        let mut needles = Vec::new();
        if let Ok(number) = JobseekerNumber::parse(typed) {
            needles.push(Self::Number(number));
        }
        let narrow: String = unicode_normalization::UnicodeNormalization::nfkc(typed).collect();
        let receipt = narrow.to_ascii_uppercase().replace([' ', '-'], "");
        if receipt.len() == 8 && receipt.chars().all(|c| c.is_ascii_alphanumeric()) {
            needles.push(Self::Receipt(format!("{}-{}", &receipt[..4], &receipt[4..])));
        }
        let digits: String = narrow.chars().filter(char::is_ascii_digit).collect();
        let named = narrow.starts_with(alias_prefix) || digits == narrow;
        if named && (4..=6).contains(&digits.len()) {
            needles.push(Self::Alias(format!("{alias_prefix}-{digits}")));
        }
        if let Ok(name) = LegalName::parse(typed) {
            needles.push(Self::Name(name.search_key()));
        } else if let Ok(kana) = Kana::parse(typed) {
            needles.push(Self::Name(kana.search_key()));
        }
        needles
    }
}

/// An application that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Number of the application.
    pub application: i64,
    /// What the person quotes.
    pub receipt: String,
    /// Where the application is in its course.
    pub course: Course,
    /// The language of the person.
    pub language: Language,
    /// Its session, if there is one: when, alias, where it stands.
    pub session: Option<(Slot, String, Standing)>,
}

/// Finds applications of this office: sessions to come first, then the newest.
///
/// # Errors
/// Faults of the store.
pub fn find(tx: &mut Tx<'_>, context: &Context, typed: &str) -> Result<Vec<Found>, Error> {
    let office = &context.office;
    let mut wanted = store::Wanted { now: context.now, office: office.id, ..Default::default() };
    for needle in Needle::read(typed, &office.practice.alias_prefix) {
        match needle {
            Needle::Number(number) => {
                let digest = context.keys.digest("number", &number.canonical());
                wanted.number = digest.as_str().to_owned();
            }
            Needle::Receipt(receipt) => wanted.receipt = receipt,
            Needle::Alias(alias) => wanted.alias = alias,
            Needle::Name(key) => {
                wanted.name = context.keys.digest("name", &key).as_str().to_owned();
            }
        }
    }
    store::find(tx, &wanted)
}
