//! From a draft to an application: every step read once more.

use rules::application::Intake;

use super::step::Step;
use super::{Sheet, conditions, contact, environment, identity, reasons, wishes};
use crate::application::draft::Draft;
use crate::application::{NewApplication, Person};
use crate::web::fields::Faults;

/// The application that a draft amounts to, or the first step that is not in order.
pub(super) fn assemble(sheet: &Sheet<'_>, draft: &Draft) -> Result<NewApplication, (Step, Faults)> {
    let at = |step| move |faults| (step, faults);
    let consented_version = conditions::read(sheet, draft).map_err(at(Step::Conditions))?;
    let identity = identity::read(sheet, draft).map_err(at(Step::Identity))?;
    let contact = contact::read(sheet, draft).map_err(at(Step::Contact))?;
    let care = reasons::read(sheet, draft).map_err(at(Step::Reasons))?;
    let wishes = match sheet.group {
        Some(_) => Vec::new(),
        None => {
            super::length::read(sheet, draft).map_err(at(Step::Length))?;
            wishes::read(sheet, draft).map_err(at(Step::Wishes))?
        }
    };
    super::device::read(sheet, draft).map_err(at(Step::Device))?;
    let declaration = environment::read(sheet, draft).map_err(at(Step::Environment))?;
    let person = Person {
        name: identity.name,
        kana: identity.kana,
        number: identity.number,
        email: contact.email,
        telephone: contact.telephone,
        note: contact.note,
    };
    Ok(NewApplication {
        person,
        care,
        declaration,
        wishes,
        language: contact.language,
        group: sheet.group.map(|group| group.id),
        intake: Intake::Web,
        entered_by: None,
        consented_version,
    })
}
