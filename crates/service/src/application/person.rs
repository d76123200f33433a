//! Who asks and what would help: sealed in the store, in two envelopes under two keys.

use std::fmt;

use rules::application::{Interpreter, Support};
use rules::people::{Email, FreeText, JobseekerNumber, Kana, LegalName, Telephone};
use rules::terms::eligibility::NeedReason;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::app::Context;
use crate::error::Error;
use crate::secrets::{Purpose, Token};

/// Free text of an applicant has at most so many characters.
pub const NOTE_AT_MOST: usize = 400;

/// The applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name; it never leaves the office (article 2(3)).
    pub name: LegalName,
    /// Its reading, if given.
    pub kana: Option<Kana>,
    /// 求職番号 (article 2(1)).
    pub number: JobseekerNumber,
    /// Where letters go, if given.
    pub email: Option<Email>,
    /// Where the office can call, if given.
    pub telephone: Option<Telephone>,
    /// What the person wants to talk about, in a few words.
    pub note: Option<FreeText>,
}

/// Why the service is needed and what would help: may tell of illness, so it has its own key.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Care {
    /// Reasons of article 1(3), by code.
    pub reasons: Vec<NeedReason>,
    /// Support that is wished for, by code.
    pub supports: Vec<Support>,
    /// The language to be interpreted, where an interpreter is wished for.
    pub interpreter: Option<Interpreter>,
    /// In the person's own words.
    pub words: Option<FreeText>,
}

/// Reveals nothing, not even how much was said.
impl fmt::Debug for Care {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Care(..)")
    }
}

impl Care {
    /// Whether the person declared that telephoning is not possible.
    pub fn cannot_telephone(&self) -> bool {
        self.supports.contains(&Support::NoTelephone)
    }
}

#[derive(Serialize, Deserialize)]
struct StoredPerson {
    name: String,
    kana: Option<String>,
    number: String,
    email: Option<String>,
    telephone: Option<String>,
    note: Option<String>,
    link: String,
}

#[derive(Serialize, Deserialize)]
struct StoredCare {
    reasons: Vec<NeedReason>,
    supports: Vec<Support>,
    #[serde(default)]
    interpreter: Option<String>,
    words: Option<String>,
}

/// Seals a person and the link that letters carry.
pub(super) fn seal_person(
    context: &Context,
    receipt: &str,
    person: &Person,
    link: &Token,
) -> Result<Vec<u8>, Error> {
    let stored = StoredPerson {
        name: person.name.reveal().to_owned(),
        kana: person.kana.as_ref().map(|kana| kana.reveal().to_owned()),
        number: person.number.typed().to_owned(),
        email: person.email.as_ref().map(|email| email.reveal().to_owned()),
        telephone: person.telephone.as_ref().map(|number| number.reveal().to_owned()),
        note: person.note.as_ref().map(|note| note.reveal().to_owned()),
        link: link.reveal().to_string(),
    };
    seal(context, Purpose::Personal, receipt, &stored)
}

/// Reads a person back, and the link.
pub(super) fn open_person(
    context: &Context,
    receipt: &str,
    sealed: &[u8],
) -> Result<(Person, Token), Error> {
    let stored: StoredPerson = open(context, Purpose::Personal, receipt, sealed)?;
    let person = Person {
        name: LegalName::parse(&stored.name).map_err(unreadable)?,
        kana: stored.kana.as_deref().map(Kana::parse).transpose().map_err(unreadable)?,
        number: JobseekerNumber::parse(&stored.number).map_err(unreadable)?,
        email: stored.email.as_deref().map(Email::parse).transpose().map_err(unreadable)?,
        telephone: stored
            .telephone
            .as_deref()
            .map(Telephone::parse)
            .transpose()
            .map_err(unreadable)?,
        note: read_text(stored.note.as_deref())?,
    };
    let link = Token::parse(&stored.link).ok_or_else(|| anyhow::anyhow!("a stored link"))?;
    Ok((person, link))
}

/// Seals why and what would help.
pub(super) fn seal_care(context: &Context, receipt: &str, care: &Care) -> Result<Vec<u8>, Error> {
    let stored = StoredCare {
        reasons: care.reasons.clone(),
        supports: care.supports.clone(),
        interpreter: care.interpreter.map(|language| language.code().to_owned()),
        words: care.words.as_ref().map(|words| words.reveal().to_owned()),
    };
    seal(context, Purpose::Care, receipt, &stored)
}

/// Reads [`seal_care`] back.
pub(super) fn open_care(context: &Context, receipt: &str, sealed: &[u8]) -> Result<Care, Error> {
    let stored: StoredCare = open(context, Purpose::Care, receipt, sealed)?;
    Ok(Care {
        reasons: stored.reasons,
        supports: stored.supports,
        interpreter: stored.interpreter.as_deref().and_then(Interpreter::parse),
        words: read_text(stored.words.as_deref())?,
    })
}

fn read_text(text: Option<&str>) -> Result<Option<FreeText>, Error> {
    text.map(|text| FreeText::parse(text, NOTE_AT_MOST)).transpose().map_err(unreadable)
}

/// The refusal's name carries nothing of the content.
fn unreadable(refusal: impl std::fmt::Debug) -> Error {
    anyhow::anyhow!("what is stored no longer reads: {refusal:?}").into()
}

fn seal(
    context: &Context,
    purpose: Purpose,
    receipt: &str,
    content: &impl Serialize,
) -> Result<Vec<u8>, Error> {
    let plain = Zeroizing::new(serde_json::to_vec(content).map_err(anyhow::Error::from)?);
    Ok(context.keys.seal(purpose, &format!("applications/{receipt}"), &plain))
}

fn open<T: serde::de::DeserializeOwned>(
    context: &Context,
    purpose: Purpose,
    receipt: &str,
    sealed: &[u8],
) -> Result<T, Error> {
    let place = format!("applications/{receipt}");
    let plain = context.keys.open(purpose, &place, sealed).map_err(anyhow::Error::from)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
