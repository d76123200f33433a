//! Everything that is held of an application, for whoever may have it told: the person (個人情報保護法
//! 76条) and an authority under a law (article 5(2)). No key, link or token is in it.

mod store;

use jiff::Timestamp;
use rules::people::{JobseekerNumber, Language, LegalName};
use serde_json::{Value, json};

use super::{Application, consents, kind_changes, load};
use crate::app::Context;
use crate::error::Error;
use crate::schedule::groups;
use crate::store::Tx;
use crate::terms::trial::Moment;

/// The applications of a jobseeker's number in this office, the first one first: each with the name
/// that was given, so that a number that two people typed is noticed.
///
/// # Errors
/// Faults of the store.
pub fn of_number(
    tx: &mut Tx<'_>,
    context: &Context,
    number: &JobseekerNumber,
) -> Result<Vec<(i64, LegalName)>, Error> {
    let digest = number_digest(context, number);
    let ids = store::of_number(tx, context.office.id, &digest)?;
    let named = |id| load(tx, context, id).map(|found| (id, found.person.name));
    ids.into_iter().map(named).collect()
}

/// The mark by which a number is found, whatever dashes and zeros were typed.
pub fn number_digest(context: &Context, number: &JobseekerNumber) -> String {
    super::store::number_digest(context, number).as_str().to_owned()
}

/// Whether the number of an application stands in no other application of this office.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn is_last_of_number(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<bool, Error> {
    let marks = super::marks(tx, context, id)?;
    Ok(store::of_number(tx, context.office.id, &marks.number)? == [id])
}

/// Everything that is held of an application: what the person said, what was decided, by whom, and
/// to what the person consented.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn everything_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Value, Error> {
    let application = load(tx, context, id)?;
    let (answered_at, entered_by) = store::origin(tx, context.office.id, id)?;
    let mut told = json!({
        "receipt": application.receipt,
        "application_kind": application.kind.code(),
        "course": application.course.code(),
        "intake": application.intake.code(),
        "entered_by": entered_by,
        "language": application.language.code(),
        "received_at": Moment::from(application.received_at),
        "answer_due": Moment::from(application.answer_due),
        "answered_at": answered_at.map(Moment::from),
        "person": person_of(&application),
        "declaration": application.declaration,
        "wishes": application.wishes.iter().map(time).collect::<Vec<_>>(),
        "decline_reason": application.decline_reason.map(|reason| reason.code()),
    });
    told["declaration"]["at"] = json!(Moment::from(application.declaration.at));
    if let Some(proposal) = &application.proposal {
        told["proposal"] = time(&proposal.slot);
        told["proposal"]["lapses_at"] = json!(Moment::from(proposal.lapses_at));
    }
    if let Some(group) = groups::find_of(tx, context, id)? {
        told["group_session"] = time(&group.plan.slot);
        told["group_session"]["title"] = json!(group.told(Language::Japanese).title);
    }
    told["decisions"] = store::decisions(tx, context.office.id, id)?.into();
    let changes = kind_changes(tx, context, id)?;
    told["kind_changes"] = changes
        .iter()
        .map(|it| {
            json!({
                "application_kind": it.kind.code(), "staff": it.officer,
                "at": Moment::from(it.at), "reason": it.reason,
            })
        })
        .collect();
    let given = consents(tx, context, id)?;
    told["consents"] = given
        .iter()
        .map(|it| {
            let at = Moment::from(it.at);
            let tool = it.tool.as_ref().map(|tool| {
                let as_of = tool.as_of.map(|day| day.to_string());
                json!({ "address": tool.address, "as_of": as_of })
            });
            json!({
                "version": it.version.to_string(),
                "way": it.way.code(),
                "at": at,
                "tool_terms": tool,
            })
        })
        .collect();
    Ok(told)
}

/// What the person asked consideration for, which may tell of an illness.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn care_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Value, Error> {
    let care = load(tx, context, id)?.care;
    Ok(json!({
        "reasons": care.reasons.iter().map(|it| it.code()).collect::<Vec<_>>(),
        "supports": care.supports.iter().map(|it| it.code()).collect::<Vec<_>>(),
        "interpreter": care.interpreter.map(|language| language.code()),
        "words": care.words.as_ref().map(|words| words.reveal()),
    }))
}

fn person_of(application: &Application) -> Value {
    let person = &application.person;
    json!({
        "name": person.name.reveal(),
        "kana": person.kana.as_ref().map(|kana| kana.reveal()),
        "number": person.number.typed(),
        "email": person.email.as_ref().map(|email| email.reveal()),
        "telephone": person.telephone.as_ref().map(|number| number.reveal()),
        "note": person.note.as_ref().map(|note| note.reveal()),
    })
}

fn time(slot: &rules::schedule::Slot) -> Value {
    json!({ "start": Moment::from(slot.start), "minutes": slot.minutes })
}

/// A reading or a change of an application by a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Who.
    pub staff: String,
    /// What was done.
    pub act: String,
    /// When.
    pub at: Timestamp,
    /// For which entry of the register of disclosures, if for one.
    pub disclosure: Option<i64>,
}

/// Who read or changed an application, the first one first. What an entry that is kept secret left
/// there is in it: `records::accesses` is for those who may not know.
///
/// # Errors
/// Faults of the store.
pub(crate) fn accesses(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Access>, Error> {
    store::accesses(tx, context.office.id, id)
}

/// As [`super::note_access`], for an entry of the register of disclosures.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub(crate) fn note_access_for(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff, disclosure): (i64, i64, i64),
    act: &str,
) -> Result<(), Error> {
    store::insert_access_for(tx, context, (id, staff, disclosure), act)
}
