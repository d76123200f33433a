//! Everything that the office holds of an application, gathered from the nouns that hold it.

use rules::schedule::TOKYO;
use serde_json::{Map, Value, json};

use super::{conduct, disclosures, holds, sharing, store};
use crate::app::Context;
use crate::application::{self, Access};
use crate::error::Error;
use crate::store::Tx;
use crate::terms::trial::Moment;
use crate::{appointment, letters, session};

/// A part of what is held, so that no more is given than is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Who applied, what was wished, decided and consented to, and the declaration of article 4.
    Application,
    /// Why consideration was asked for: may tell of an illness.
    Care,
    /// The appointment with its facts.
    Appointment,
    /// The log of calls.
    Contacts,
    /// Letters as they were written.
    Letters,
    /// The usage record (article 5(1)).
    Usage,
    /// The check of the device, who was asked along, and what was seen of the session.
    Session,
    /// What is on file about conduct (articles 2(4), 8, 10(2)).
    Conduct,
    /// What was asked and shared with bodies concerned (article 6); may tell of an illness.
    Sharing,
    /// Who of the staff read or changed what.
    Accesses,
}

impl Part {
    /// Every part, in the order in which it is told.
    pub const ALL: [Self; 10] = [
        Self::Application,
        Self::Care,
        Self::Appointment,
        Self::Contacts,
        Self::Letters,
        Self::Usage,
        Self::Session,
        Self::Conduct,
        Self::Sharing,
        Self::Accesses,
    ];

    /// The stable code of files, forms and the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Care => "care",
            Self::Appointment => "appointment",
            Self::Contacts => "contacts",
            Self::Letters => "letters",
            Self::Usage => "usage_record",
            Self::Session => "session",
            Self::Conduct => "conduct",
            Self::Sharing => "sharing",
            Self::Accesses => "accesses",
        }
    }

    /// Reads [`Part::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// What is held of an application, in these parts. What is kept secret (刑訴法197条5項) is in none.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn everything_of(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    parts: &[Part],
) -> Result<Value, Error> {
    let mut told = Map::new();
    for part in parts {
        let value = match part {
            Part::Application => application::everything_of(tx, context, id)?,
            Part::Care => application::care_of(tx, context, id)?,
            Part::Appointment => appointment::everything_of(tx, context, id)?,
            Part::Contacts => appointment::contacts_of(tx, context, id)?,
            Part::Letters => letters::everything_of(tx, context, id)?,
            Part::Usage => store::usage(tx, context.office.id, id)?,
            Part::Session => session::everything_of(tx, context, id)?,
            Part::Conduct => conduct::everything_of(tx, context, id)?,
            Part::Sharing => sharing::everything_of(tx, context, id)?,
            Part::Accesses => accesses(tx, context, id)?.iter().map(access).collect(),
        };
        told.insert(part.code().to_owned(), value);
    }
    Ok(Value::Object(told))
}

fn access(access: &Access) -> Value {
    json!({ "staff": access.staff, "act": access.act, "at": Moment::from(access.at) })
}

/// Who read or changed an application, without what an entry that is kept secret left there.
///
/// # Errors
/// Faults of the store.
pub fn accesses(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Access>, Error> {
    let secret: Vec<i64> = disclosures::of_application(tx, context, id)?
        .into_iter()
        .filter(|kept| kept.entry.is_secret())
        .map(|kept| kept.id)
        .collect();
    let mut all = application::accesses(tx, context, id)?;
    all.retain(|access| access.disclosure.is_none_or(|id| !secret.contains(&id)));
    Ok(all)
}

/// What was given to authorities about an application, and what keeps it from being deleted: the
/// person may know both, but for what is kept secret.
///
/// # Errors
/// Faults of the store.
pub(super) fn given_to_others(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Value, Error> {
    let entries = disclosures::of_application(tx, context, id)?;
    let open: Vec<_> = entries.into_iter().filter(|kept| !kept.entry.is_secret()).collect();
    let numbers: Vec<i64> = open.iter().map(|kept| kept.id).collect();
    // A hold without an entry may be kept for one that is secret: it is not told of.
    let held = holds::of_application(tx, context, id)?.into_iter();
    let held = held.filter(|line| line.disclosure.is_some_and(|id| numbers.contains(&id)));
    let held: Vec<Value> = held
        .map(|line| {
            json!({
                "kind": line.hold.kind.code(),
                "from": line.hold.from,
                "until": line.hold.end(),
                "lifted_at": line.lifted_at.map(Moment::from),
            })
        })
        .collect();
    let given: Vec<Value> = open.iter().map(told_to_person).collect();
    Ok(json!({ "disclosures": given, "holds": held }))
}

/// An entry as the person is told of it: who asked under which law, and what was given when.
fn told_to_person(kept: &disclosures::Kept) -> Value {
    use rules::records::disclosure::Decision;
    let demand = &kept.entry.demand;
    let given_at = match &kept.entry.decision {
        Decision::HandedOver(_, _, given) => {
            Some(given.at.to_zoned(TOKYO.clone()).date().to_string())
        }
        _ => None,
    };
    json!({
        "number": kept.number(),
        "received_on": demand.received_on,
        "body": demand.body.reveal(),
        "basis": demand.basis.map(|basis| basis.code()),
        "basis_text": demand.basis_text.reveal(),
        "outcome": kept.entry.draft().map(|draft| draft.outcome.code()),
        "handed": kept.entry.draft().map(|draft| draft.handed.reveal()),
        "given_on": given_at,
    })
}
