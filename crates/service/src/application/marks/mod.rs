//! By what a person is found again: keyed digests of number and name. Who bears one name is many
//! people; number and name together are one.

mod store;

use rules::application::Course;
use rules::letters::Letter;

use super::{LINK_OPEN_FOR, Person, owe_letter};
use crate::app::Context;
use crate::error::Error;
use crate::store::Tx;

/// The marks of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Of the number, whatever dashes and zeros were typed.
    pub number: String,
    /// Of the name, whatever spaces and widths were typed.
    pub name: String,
}

impl Marks {
    /// The marks of somebody who applies.
    pub fn of(context: &Context, person: &Person) -> Self {
        let number = super::store::number_digest(context, &person.number);
        let name = context.keys.digest("name", &person.name.search_key());
        Self { number: number.as_str().to_owned(), name: name.as_str().to_owned() }
    }
}

/// The marks of the person of an application.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn marks(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Marks, Error> {
    store::marks(tx, context.office.id, id)?.ok_or(Error::Missing)
}

/// The applications of one person in this office. A namesake's are not among them.
///
/// # Errors
/// Faults of the store.
pub fn of_person(
    tx: &mut Tx<'_>,
    context: &Context,
    marks: &Marks,
) -> Result<Vec<(i64, Course)>, Error> {
    store::of_person(tx, context.office.id, marks)
}

/// Owes a letter about a decision on somebody's use, under the decision's number. Its link works
/// for some months: by it the person can object.
pub(crate) fn owe_conduct_letter(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, decision): (i64, i64),
    letter: Letter,
) -> Result<(), Error> {
    let sequence = u32::try_from(decision).map_err(anyhow::Error::from)?;
    let until = context.now.saturating_add(LINK_OPEN_FOR).unwrap_or(context.now);
    super::store::extend_link(tx, application, until)?;
    owe_letter(tx, context, (application, sequence), letter)
}
