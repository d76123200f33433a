//! Finding a person on the telephone: by number, name, e-mail address, alias or receipt.

mod store;

use std::collections::BTreeMap;
use std::fmt;

use rules::application::Course;
use rules::appointment::Standing;
use rules::people::{Alias, Email, JobseekerNumber, Kana, Language, LegalName};
use rules::schedule::Slot;

use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// What a caller gives to be found by.
#[derive(Clone)]
pub enum Needle {
    /// 求職番号, however typed.
    Number(JobseekerNumber),
    /// Receipt number.
    Receipt(String),
    /// The name in the meeting.
    Alias(String),
    /// The name, or its reading, whole.
    Name(String),
    /// The e-mail address.
    Email(Email),
}

/// Reveals how somebody is looked for, and not whom.
impl fmt::Debug for Needle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Number(_) => "Number(..)",
            Self::Receipt(_) => "Receipt(..)",
            Self::Alias(_) => "Alias(..)",
            Self::Name(_) => "Name(..)",
            Self::Email(_) => "Email(..)",
        })
    }
}

impl Needle {
    /// Reads what was typed into the one search box: every reading that fits.
    pub fn read(typed: &str, alias_prefix: &str) -> Vec<Self> {
        let typed = typed.trim();
        let mut needles = Vec::new();
        if let Ok(number) = JobseekerNumber::parse(typed) {
            needles.push(Self::Number(number));
        }
        if let Ok(email) = Email::parse(typed) {
            needles.push(Self::Email(email));
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
    pub session: Option<(Slot, Alias, Standing)>,
}

/// Finds applications of this office: sessions to come first, then the newest.
///
/// # Errors
/// Faults of the store.
pub fn find(tx: &mut Tx<'_>, context: &Context, typed: &str) -> Result<Vec<Found>, Error> {
    find_by(tx, context, Needle::read(typed, &context.office.practice.alias_prefix))
}

/// Finds sessions by alias or receipt alone, for those who have no business with names and
/// numbers (article 6).
///
/// # Errors
/// Faults of the store.
pub fn find_session_by_alias(
    tx: &mut Tx<'_>,
    context: &Context,
    typed: &str,
) -> Result<Vec<Found>, Error> {
    let mut needles = Needle::read(typed, &context.office.practice.alias_prefix);
    needles.retain(|needle| matches!(needle, Needle::Alias(_) | Needle::Receipt(_)));
    let found = find_by(tx, context, needles)?;
    Ok(found.into_iter().filter(|it| it.session.is_some()).collect())
}

fn find_by(tx: &mut Tx<'_>, context: &Context, needles: Vec<Needle>) -> Result<Vec<Found>, Error> {
    let office = context.office.id;
    let mut wanted = store::Wanted { now: context.now, office, ..Default::default() };
    for needle in needles {
        match needle {
            Needle::Number(number) => {
                let digest = context.keys.digest("number", &number.canonical());
                wanted.number = digest.as_str().to_owned();
            }
            Needle::Receipt(receipt) => wanted.receipt = receipt,
            Needle::Alias(alias) => wanted.alias = alias,
            Needle::Email(email) => {
                let digest = context.keys.digest("email", &email.search_key());
                wanted.email = digest.as_str().to_owned();
            }
            Needle::Name(key) => {
                wanted.name = context.keys.digest("name", &key).as_str().to_owned();
            }
        }
    }
    store::find(tx, &wanted)
}

/// A deemed cancellation that is on file about a number (article 2(4)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deemed {
    /// The application.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// The session to which nobody came.
    pub slot: Slot,
}

/// The deemed cancellations of a number as they stand now, the last one first. One that a call in
/// time has undone is none.
///
/// # Errors
/// Faults of the store.
pub fn deemed_of_number(
    tx: &mut Tx<'_>,
    context: &Context,
    number_digest: &str,
) -> Result<Vec<Deemed>, Error> {
    store::deemed_of_number(tx, context.office.id, number_digest)
}

/// How many deemed cancellations each number of the office has now; only numbers that have some.
///
/// # Errors
/// Faults of the store.
pub fn deemed_by_number(
    tx: &mut Tx<'_>,
    context: &Context,
) -> Result<BTreeMap<String, usize>, Error> {
    Ok(store::deemed_by_number(tx, context.office.id)?.into_iter().collect())
}
