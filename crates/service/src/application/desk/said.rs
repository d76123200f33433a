//! The desk's sentences about a field of an application, in Japanese, written in a template.

use askama::Template;
use rules::application::WishFault;
use rules::people::{ContactRefusal, NameRefusal, NumberRefusal, TextRefusal};

use crate::error::Error;
use crate::web::said::{Said, rendered};
use crate::words::Markup;

/// What can be wrong with a field of the entry on behalf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldFault {
    Name(NameRefusal),
    Kana(NameRefusal),
    Number(NumberRefusal),
    Email(ContactRefusal),
    Telephone(ContactRefusal),
    Text(TextRefusal, usize),
    Wish(WishFault),
    /// Neither a telephone number nor an address.
    NoContact,
    /// An interpreter is wished for, and of no language.
    NoLanguage,
    /// No reason of article 1(3).
    NoReason,
    /// None of the choices was chosen.
    NotChosen,
    /// An answer that this device cannot have (article 4(6)).
    NotAnAnswer,
    /// The terms were not explained, or not agreed to.
    NoConsent,
}

#[derive(Template)]
#[template(path = "application/desk/fault.html")]
struct FaultSentence<'a> {
    fault: FieldFault,
    said: &'a Said,
}

/// What the desk says of a field.
///
/// # Errors
/// A fault of the template.
pub(super) fn of_field(fault: FieldFault, said: &Said) -> Result<Markup, Error> {
    rendered(&FaultSentence { fault, said })
}

#[cfg(test)]
mod tests {
    use rules::schedule::SlotRefusal;

    use super::*;

    fn said() -> Said {
        let windows = String::from("午前");
        Said { shortest: 1, longest: 2, step: 3, windows, same_day: true, wishes: 3 }
    }

    #[test]
    fn every_refused_time_has_a_sentence() {
        for refusal in SlotRefusal::ALL {
            let fault = FieldFault::Wish(WishFault::Refused(1, refusal));
            let sentence = of_field(fault, &said()).unwrap();
            assert!(sentence.as_str().ends_with('。'), "{refusal:?}: {sentence}");
        }
    }
}
