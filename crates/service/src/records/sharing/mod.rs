//! What is shared with bodies concerned in sessions of a supporter for intractable diseases
//! (article 6): the list of partners, what a person was asked, what they said, and what was told.
//!
//! In sessions of any other kind there is no such act. Nothing is overwritten: an answer is
//! followed by its withdrawal, and another sharing is another question.

mod held;
pub mod pages;
mod partners;
pub mod store;

pub use held::everything_of;
pub use partners::{CONTACT_AT_MOST, NewPartner, Partner, add_partner, partners, retire_partner};

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rules::application::Kind;
use rules::people::FreeText;
use rules::terms::personal_data;
use rules::terms::personal_data::{
    Answer, Handover, Item, Listed, Medium, Purpose, Reply, Request, SharingRefusal, check_answer,
    check_request, check_sharing,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::Context;
use crate::application;
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::secrets;
use crate::store::Tx;

/// The sentence of a purpose has at most so many characters.
pub const SENTENCE_AT_MOST: usize = 300;
/// So long after the question the person's page can be opened, to take a yes back there.
const PAGE_OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A question about to be asked.
#[derive(Clone)]
pub struct NewRequest {
    /// With whom.
    pub partner: i64,
    /// What.
    pub items: BTreeSet<Item>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// The same in a sentence that the person reads.
    pub sentence: FreeText,
    /// When the person was asked.
    pub at: Timestamp,
}

/// What is told to a partner.
#[derive(Clone)]
pub struct NewHandover {
    /// What, and when.
    pub handover: Handover,
    /// How.
    pub medium: Medium,
    /// The SHA-256 of a document, if one was handed over.
    pub digest: Option<String>,
}

/// A question with everything that followed. Holds words about a person: no `Debug`.
#[derive(Clone)]
pub struct Sharing {
    /// Number in the store.
    pub id: i64,
    /// With whom.
    pub partner: Partner,
    /// What, and when it was asked.
    pub items: BTreeSet<Item>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// The same in a sentence.
    pub sentence: String,
    /// When the person was asked.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// What the person said, the first answer first, each with who of the staff recorded it.
    pub answers: Vec<(Answer, Option<String>)>,
    /// What was told in the end.
    pub shared: Option<Shared>,
    /// When the partner was told that the person took the yes back, and by whom.
    pub told: Option<(Timestamp, String)>,
}

/// What was told to a partner.
#[derive(Clone)]
pub struct Shared {
    /// What.
    pub items: BTreeSet<Item>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// How.
    pub medium: Medium,
    /// The SHA-256 of the document, if one was handed over.
    pub digest: Option<String>,
}

/// A line of the office's register, without what is sealed.
#[derive(Clone, Debug)]
pub struct RegisterLine {
    /// The application in whose session it was asked.
    pub application: i64,
    /// Its receipt.
    pub receipt: String,
    /// The name of the partner.
    pub partner: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// The code of the last answer.
    pub reply: Option<String>,
    /// When it was shared.
    pub shared_at: Option<Timestamp>,
    /// When the partner was told of the withdrawal.
    pub told_at: Option<Timestamp>,
}

impl RegisterLine {
    /// Whether the partner is still to be told that the yes was taken back.
    pub fn owes_telling(&self) -> bool {
        let withdrawn = self.reply.as_deref() == Some(Reply::Withdrawn.code());
        withdrawn && self.shared_at.is_some() && self.told_at.is_none()
    }
}

impl Sharing {
    fn request(&self) -> Request {
        Request {
            partner: self.partner.listed(),
            items: self.items.clone(),
            purpose: self.purpose,
            is_explained: !self.sentence.is_empty(),
            at: self.asked_at,
        }
    }

    fn said(&self) -> Vec<Answer> {
        self.answers.iter().map(|(answer, _)| answer.clone()).collect()
    }

    /// What the person said last.
    pub fn reply(&self) -> Option<&Reply> {
        self.answers.last().map(|(answer, _)| &answer.reply)
    }

    /// What the person agreed to, while that stands.
    pub fn given(&self) -> Option<&BTreeSet<Item>> {
        match self.reply() {
            Some(Reply::Given(items)) => Some(items),
            _ => None,
        }
    }

    /// Whether the person took a yes back.
    pub fn is_withdrawn(&self) -> bool {
        self.reply() == Some(&Reply::Withdrawn)
    }

    /// Whether the partner is still to be told of that.
    pub fn owes_telling(&self) -> bool {
        self.is_withdrawn() && self.shared.is_some() && self.told.is_none()
    }
}

/// What is sealed of a question.
#[derive(Serialize, Deserialize)]
struct Asked {
    items: Vec<String>,
    purpose: String,
    sentence: String,
}

/// Whether there is any sharing in a session: it is of the kind for that, and the terms for the
/// person's audience say so (article 6; elsewhere the action does not exist).
///
/// # Errors
/// [`SharingRefusal::OrdinarySession`] as a refusal; faults of the store.
pub fn check_offered(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, kind): (i64, Kind),
) -> Result<(), Error> {
    let within = application::in_its_terms(tx, context, application)?;
    let terms = within.office.terms(context.now)?;
    Ok(personal_data::check_offered(kind, terms)?)
}

/// Asks a person to agree to a sharing. The question then stands on the person's page, which can be
/// opened for as long as a yes may be taken back there. Answers its number.
///
/// # Errors
/// [`Refusal::Sharing`]; [`Error::Missing`] before there is a session, and for another office's
/// partner.
pub fn ask(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
    new: &NewRequest,
    officer: i64,
) -> Result<i64, Error> {
    let kind = application::kind_of(tx, context, application)?;
    check_offered(tx, context, (application, kind))?;
    appointment::find_session(tx, context, application)?.ok_or(Error::Missing)?;
    let known = partners(tx, context)?.into_iter().find(|it| it.id == new.partner);
    let request = Request {
        partner: known.map_or(Listed::Unknown, |it| it.listed()),
        items: new.items.clone(),
        purpose: new.purpose,
        is_explained: !new.sentence.is_empty(),
        at: new.at,
    };
    check_request(kind, &request, context.now)?;
    tx.hold(&lock(application))?;
    let asked = Asked {
        items: codes(&new.items),
        purpose: new.purpose.map_or("", Purpose::code).to_owned(),
        sentence: new.sentence.reveal().to_owned(),
    };
    let id = store::insert(tx, context, (application, new.partner), (new.at, officer))?;
    store::keep_sealed(tx, id, seal(context, &place(id, "asked"), &asked)?)?;
    let until = context.now.saturating_add(PAGE_OPEN_FOR).unwrap_or(context.now);
    application::keep_page_open(tx, application, until)?;
    Ok(id)
}

/// Records what the person said: themselves on their page, or to `staff`.
///
/// # Errors
/// [`Refusal::Sharing`]; [`Error::Missing`] for another application's question.
pub fn answer(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
    answer: &Answer,
    staff: Option<i64>,
) -> Result<(), Error> {
    let sharing = locked(tx, context, (application, id))?;
    check_answer(&sharing.request(), &sharing.said(), answer, context.now)?;
    let sealed = match &answer.reply {
        Reply::Given(items) => {
            let place = place(id, &format!("answer {}", sharing.answers.len()));
            Some(seal(context, &place, &codes(items))?)
        }
        Reply::Refused | Reply::Withdrawn => None,
    };
    store::insert_answer(tx, id, answer, (context.now, staff), sealed)
}

/// Records that something was told to the partner: once for each question.
///
/// # Errors
/// [`Refusal::Sharing`]; [`Refusal::NotADigest`]; [`Error::Missing`] for another application's
/// question.
pub fn share(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
    new: &NewHandover,
    officer: i64,
) -> Result<(), Error> {
    let kind = application::kind_of(tx, context, application)?;
    check_offered(tx, context, (application, kind))?;
    let sharing = locked(tx, context, (application, id))?;
    if sharing.shared.is_some() {
        return Err(SharingRefusal::AlreadyShared.into());
    }
    let (request, said) = (sharing.request(), sharing.said());
    check_sharing(kind, &request, &said, &new.handover, context.now)?;
    let is_hex = |text: &String| text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit());
    if !new.digest.as_ref().is_none_or(is_hex) {
        return Err(Refusal::NotADigest.into());
    }
    let sealed = seal(context, &place(id, "shared"), &codes(&new.handover.items))?;
    store::share(tx, id, new, officer, sealed)
}

/// Records that the partner was told of the withdrawal.
///
/// # Errors
/// [`Refusal::Sharing`] when nothing was taken back that had been shared; [`Error::Missing`].
pub fn note_told(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
    officer: i64,
) -> Result<(), Error> {
    let sharing = locked(tx, context, (application, id))?;
    match (sharing.told.is_some(), sharing.owes_telling()) {
        (true, _) => Ok(()),
        (false, true) => store::note_told(tx, id, (officer, context.now)),
        (false, false) => Err(SharingRefusal::NothingToWithdraw.into()),
    }
}

/// The questions of an application, the first one first.
///
/// # Errors
/// Faults of the store.
pub fn of_application(
    tx: &mut Tx<'_>,
    context: &Context,
    application: i64,
) -> Result<Vec<Sharing>, Error> {
    let rows = store::of_application(tx, context.office.id, application)?;
    rows.into_iter().map(|row| opened(tx, context, row)).collect()
}

/// The office's register, the latest question first.
///
/// # Errors
/// Faults of the store.
pub fn register(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<RegisterLine>, Error> {
    store::register(tx, context.office.id)
}

/// How many partners are still to be told that a person took a yes back.
///
/// # Errors
/// Faults of the store.
pub fn untold(tx: &mut Tx<'_>, context: &Context) -> Result<usize, Error> {
    store::untold(tx, context.office.id)
}

fn locked(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, id): (i64, i64),
) -> Result<Sharing, Error> {
    tx.hold(&lock(application))?;
    let mut found = of_application(tx, context, application)?.into_iter();
    found.find(|sharing| sharing.id == id).ok_or(Error::Missing)
}

fn opened(tx: &mut Tx<'_>, context: &Context, row: store::SharingRow) -> Result<Sharing, Error> {
    let id = row.id;
    let asked: Asked = open(context, &place(id, "asked"), &row.sealed)?;
    let mut answers = Vec::new();
    for (index, said) in store::answers(tx, id)?.into_iter().enumerate() {
        let reply = match (said.reply.as_str(), &said.sealed) {
            ("given", Some(sealed)) => {
                let place = place(id, &format!("answer {index}"));
                Reply::Given(items(&open::<Vec<String>>(context, &place, sealed)?))
            }
            ("withdrawn", _) => Reply::Withdrawn,
            _ => Reply::Refused,
        };
        answers.push((Answer { reply, way: said.way, at: said.at }, said.staff));
    }
    let shared = match row.shared {
        Some(store::SharedRow { at, by, medium, digest, sealed }) => {
            let told: Vec<String> = open(context, &place(id, "shared"), &sealed)?;
            Some(Shared { items: items(&told), at, by, medium, digest })
        }
        None => None,
    };
    Ok(Sharing {
        id,
        partner: row.partner,
        items: items(&asked.items),
        purpose: Purpose::parse(&asked.purpose),
        sentence: asked.sentence,
        asked_at: row.asked_at,
        asked_by: row.asked_by,
        answers,
        shared,
        told: row.told,
    })
}

fn codes(items: &BTreeSet<Item>) -> Vec<String> {
    items.iter().map(|item| item.code().to_owned()).collect()
}

fn items(codes: &[String]) -> BTreeSet<Item> {
    codes.iter().filter_map(|code| Item::parse(code)).collect()
}

fn lock(application: i64) -> String {
    format!("sharings of application {application}")
}

fn place(id: i64, what: &str) -> String {
    format!("sharings/{id}/{what}")
}

/// What may tell of an illness is under the key of such things.
fn seal(context: &Context, place: &str, content: &impl Serialize) -> Result<Vec<u8>, Error> {
    let plain = serde_json::to_vec(content).map_err(anyhow::Error::from)?;
    Ok(context.keys.seal(secrets::Purpose::Care, place, &plain))
}

fn open<T: DeserializeOwned>(context: &Context, place: &str, sealed: &[u8]) -> Result<T, Error> {
    let plain = context.keys.open(secrets::Purpose::Care, place, sealed);
    let plain = plain.map_err(anyhow::Error::from)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
