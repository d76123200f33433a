//! The desk's sentences about hours, leave and closed days, written in a template.

use askama::Template;
use rules::people::{NameRefusal, TextRefusal};
use rules::schedule::SlotRefusal;

use crate::error::Error;
use crate::words::Markup;

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldFault {
    Name(NameRefusal),
    Time,
    /// Of a range, only one end is given.
    HalfRange,
    /// The end is not after the beginning.
    Backwards,
    /// Two ranges of one day meet.
    Overlap,
    Date(SlotRefusal),
    NoNote,
    Note(TextRefusal),
}

#[derive(Template)]
#[template(path = "schedule/desk/fault.html")]
struct Sentence {
    fault: FieldFault,
}

/// What the desk says of a field.
///
/// # Errors
/// A fault of the template.
pub(super) fn of_field(fault: FieldFault) -> Result<Markup, Error> {
    let html = Sentence { fault }.render().map_err(anyhow::Error::from)?;
    Ok(Markup::of_safe_html(html.trim().replace('\n', "")))
}
