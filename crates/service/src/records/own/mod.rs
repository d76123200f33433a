//! What the office holds about a person, told to that person (個人情報保護法76条), and the register
//! of who asked and who made sure that it was them.

pub mod pages;
mod readable;
pub mod store;

use jiff::{SignedDuration, Timestamp};
use rules::people::{FreeText, JobseekerNumber};
use rules::schedule::TOKYO;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::disclosures::written;
use super::{Part, everything_of, held};
use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::secrets::{Purpose, sha256};
use crate::store::Tx;
use crate::terms::trial::Moment;

/// So long is the file of a request kept to be handed out; then its digest is left.
const FILE_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How it was made sure that the person who asks is the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifiedBy {
    /// A card with a picture that an authority issued.
    PhotoCard,
    /// The registration card of the employment office, and another paper.
    RegistrationCard,
    /// Two papers without a picture.
    TwoPapers,
    /// By post: copies, and a certificate of residence.
    ByPost,
    /// Somebody who acts for the person, with the papers that say so.
    Representative,
}

impl IdentifiedBy {
    /// Every way, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::PhotoCard,
        Self::RegistrationCard,
        Self::TwoPapers,
        Self::ByPost,
        Self::Representative,
    ];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::PhotoCard => "photo_card",
            Self::RegistrationCard => "registration_card",
            Self::TwoPapers => "two_papers",
            Self::ByPost => "by_post",
            Self::Representative => "representative",
        }
    }

    /// Reads [`IdentifiedBy::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// A person's own request, about to be answered.
pub struct NewRequest {
    /// Whose records.
    pub number: JobseekerNumber,
    /// How it was made sure who asks.
    pub identified_by: IdentifiedBy,
    /// By whom of the staff.
    pub checked_by: i64,
    /// What was shown, in words: which card, and not its number.
    pub note: FreeText,
}

/// A request in the register. Holds a note about a person: no `Debug`.
#[derive(Clone)]
pub struct Request {
    /// Number in the store.
    pub id: i64,
    /// The year of its number.
    pub year: i16,
    /// Which of that year.
    pub serial: i64,
    /// How it was made sure who asks.
    pub identified_by: IdentifiedBy,
    /// By whom.
    pub checked_by: String,
    /// What was shown.
    pub note: String,
    /// Which applications were told of, by receipt, each with the name given there.
    pub told_of: Vec<(String, String)>,
    /// Who made the file.
    pub staff: String,
    /// When.
    pub made_at: Timestamp,
    /// The SHA-256 of the file.
    pub digest: String,
    /// Whether the file is still kept.
    pub has_file: bool,
}

impl Request {
    /// The number in the register.
    pub fn number(&self) -> String {
        format!("本人-{}-{:03}", self.year, self.serial)
    }

    /// Whether the applications do not all carry one name: another person may have typed the
    /// number, and nobody is told another's records.
    pub fn names_differ(&self) -> bool {
        self.told_of.windows(2).any(|pair| pair[0].1 != pair[1].1)
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    note: String,
    told_of: Vec<(String, String)>,
}

/// Everything that the office holds about the person with this number, and nothing that an
/// authority asked to be kept secret. No key or link is in it.
///
/// Who is found is who gave the number: a namesake has another. Whoever hands it over sees which
/// names were given with it ([`Request::names_differ`]).
///
/// # Errors
/// [`Refusal::NoSuchPerson`] when nothing is held.
pub fn export_of_person(
    tx: &mut Tx<'_>,
    context: &Context,
    number: &JobseekerNumber,
) -> Result<Value, Error> {
    let found = application::of_number(tx, context, number)?;
    if found.is_empty() {
        return Err(Refusal::NoSuchPerson.into());
    }
    let mut records = Vec::new();
    for (id, _) in &found {
        let mut record = everything_of(tx, context, *id, &Part::ALL)?;
        record["given_to_others"] = held::given_to_others(tx, context, *id)?;
        records.push(record);
    }
    let digest = application::number_digest(context, number);
    let requests = store::of_number(tx, context.office.id, &digest)?;
    let earlier = requests
        .into_iter()
        .map(|(way, at)| json!({ "identified_by": way.code(), "at": Moment::from(at) }));
    Ok(json!({
        "office": context.office.name,
        "made_at": Moment::from(context.now),
        "records": records,
        "own_requests": earlier.collect::<Vec<_>>(),
    }))
}

/// Answers a person's request: makes the file, notes it in the register, and leaves a row with each
/// application. Answers the number in the store.
///
/// # Errors
/// As [`export_of_person`]; [`Refusal::ReasonMissing`] when it is not said what was shown.
pub fn answer(
    tx: &mut Tx<'_>,
    context: &Context,
    new: &NewRequest,
    staff: i64,
) -> Result<i64, Error> {
    if new.note.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    tx.hold(&format!("own requests of office {}", context.office.id))?;
    let octets = written(&export_of_person(tx, context, &new.number)?)?;
    let mut told_of = Vec::new();
    for (id, name) in application::of_number(tx, context, &new.number)? {
        application::note_access(tx, context, (id, staff), "own_request.answered")?;
        let receipt = application::load(tx, context, id)?.receipt;
        told_of.push((receipt, name.reveal().to_owned()));
    }
    let stored = Stored { note: new.note.reveal().to_owned(), told_of };
    let digest = sha256(&octets);
    let plain = serde_json::to_vec(&stored).map_err(anyhow::Error::from)?;
    let row = store::NewRow {
        year: context.now.to_zoned(TOKYO.clone()).year(),
        number_digest: application::number_digest(context, &new.number),
        identified_by: new.identified_by,
        checked_by: new.checked_by,
        sealed: context.keys.seal(Purpose::Personal, &place(digest.as_str(), "check"), &plain),
        staff,
        sealed_file: context.keys.seal(Purpose::Care, &place(digest.as_str(), "file"), &octets),
        digest: digest.as_str().to_owned(),
    };
    store::insert(tx, context, row)
}

/// The file is bound to its digest, which the register keeps.
fn place(digest: &str, what: &str) -> String {
    format!("own/{digest}/{what}")
}

/// The register, the latest first.
///
/// # Errors
/// Faults of the store.
pub fn requests(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Request>, Error> {
    let rows = store::all(tx, context.office.id)?;
    rows.into_iter().map(|(request, sealed)| open(context, request, &sealed)).collect()
}

/// A request of this office.
///
/// # Errors
/// [`Error::Missing`].
pub fn request(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Request, Error> {
    let found = store::one(tx, context.office.id, id)?;
    let (request, sealed) = found.ok_or(Error::Missing)?;
    open(context, request, &sealed)
}

fn open(context: &Context, mut request: Request, sealed: &[u8]) -> Result<Request, Error> {
    let place = place(&request.digest, "check");
    let plain = context.keys.open(Purpose::Personal, &place, sealed);
    let plain = plain.map_err(anyhow::Error::from)?;
    let stored: Stored = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
    (request.note, request.told_of) = (stored.note, stored.told_of);
    Ok(request)
}

/// The file of a request, octet for octet; noted with each application that it tells of.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office, or it is kept no longer.
pub fn file(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    act: &str,
) -> Result<Vec<u8>, Error> {
    let request = request(tx, context, id)?;
    let sealed = store::file(tx, context.office.id, id)?.ok_or(Error::Missing)?;
    let place = place(&request.digest, "file");
    let octets = context.keys.open(Purpose::Care, &place, &sealed);
    for (receipt, _) in &request.told_of {
        if let Ok((application, _)) = application::of_receipt(tx, receipt) {
            application::note_access(tx, context, (application, staff), act)?;
        }
    }
    Ok(octets.map_err(anyhow::Error::from)?.to_vec())
}

/// Forgets files that nobody comes for any more: a second copy of everything is kept no longer than
/// it takes to hand it over.
///
/// # Errors
/// Faults of the store.
pub fn purge_files(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    store::purge_files(tx, now.checked_sub(FILE_KEPT).unwrap_or(Timestamp::MIN))
}

/// Takes an application that is about to be deleted out of the register: its receipt and name, the
/// file that tells of it, and with the last application of a number that number's mark. That
/// somebody asked, and what was shown, stays.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn forget(tx: &mut Tx<'_>, context: &Context, application: i64) -> Result<(), Error> {
    let marks = application::marks(tx, context, application)?;
    let receipt = application::load(tx, context, application)?.receipt;
    let is_last = application::is_last_of_number(tx, context, application)?;
    for (request, sealed) in store::with_number(tx, context.office.id, &marks.number)? {
        let mut request = open(context, request, &sealed)?;
        request.told_of.retain(|(told, _)| *told != receipt);
        let stored = Stored { note: request.note, told_of: request.told_of };
        let plain = serde_json::to_vec(&stored).map_err(anyhow::Error::from)?;
        let place = place(&request.digest, "check");
        let sealed = context.keys.seal(Purpose::Personal, &place, &plain);
        let number = if is_last { "" } else { marks.number.as_str() };
        store::forget(tx, request.id, number, sealed)?;
    }
    Ok(())
}
