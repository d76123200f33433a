//! The ledger of consents: who agreed to which version, when and by which way (article 11). A line
//! is added for each and none is ever changed.

mod store;

use rules::application::Intake;
use rules::terms::amendment::{Consent, ConsentWay};
use rules::terms::{ConsentMoment, VersionName};

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::store::Tx;

use super::NewApplication;

pub(super) use store::insert;

/// The consent that an application brings, to the version that was shown (articles 1 and 11).
pub(super) fn brought(context: &Context, form: &NewApplication) -> Result<Consent, Error> {
    let moment = context.office.terms(context.now)?.choices.consent;
    let way = match (form.intake, moment) {
        (Intake::Telephone | Intake::Counter, _) => ConsentWay::ReadOutByStaff,
        (Intake::Web, ConsentMoment::Application) => ConsentWay::ByApplication,
        (Intake::Web, ConsentMoment::Use | ConsentMoment::Explicit) => ConsentWay::Explicit,
    };
    let shown = VersionName::parse(&form.consented_version).ok_or(Refusal::ConsentMissing)?;
    let given = Consent::give(&context.office.editions, &shown, context.now, way);
    let given = given.map_err(|_| Refusal::ConsentMissing)?;
    Ok(given.with_tool(context.office.practice.tool_edition()))
}

/// The same under the terms for the audience of an application: those of the version that it
/// brought consent to.
///
/// # Errors
/// Faults of the store.
pub fn in_its_terms(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Context, Error> {
    if context.office.variants.is_empty() {
        return Ok(context.clone());
    }
    let brought = consents(tx, context, id)?.into_iter().next();
    Ok(brought.map_or_else(|| context.clone(), |it| context.under(&it.version.to_string())))
}

/// Every consent of an application, the first one first.
///
/// # Errors
/// Faults of the store.
pub fn consents(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Vec<Consent>, Error> {
    store::all(tx, context.office.id, id)
}

/// The consent that was given last (article 11).
///
/// # Errors
/// Faults of the store.
pub fn last_consent(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<Consent>, Error> {
    Ok(consents(tx, context, id)?.pop())
}

/// Records that the person ticked their consent to the version in force, which has changed since
/// they last agreed: where the terms ask for an act of its own, use alone is none.
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store.
pub fn consent_anew(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    consent_in_force(tx, context, id, ConsentWay::Explicit)
}

/// Records that the service was used, which is consent to the version in force (article 11), and
/// to the designated terms of the tool's maker (article 5(3)).
///
/// # Errors
/// [`Refusal::NoTerms`]; faults of the store.
pub fn consent_by_use(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<(), Error> {
    consent_in_force(tx, context, id, ConsentWay::ByUse)
}

fn consent_in_force(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    way: ConsentWay,
) -> Result<(), Error> {
    let version = &context.office.terms(context.now)?.version;
    let given = Consent::give(&context.office.editions, version, context.now, way);
    let given = given.map_err(|_| Refusal::ConsentMissing)?;
    store::insert(tx, id, &given.with_tool(context.office.practice.tool_edition()))
}
