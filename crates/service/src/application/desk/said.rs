//! The desk's sentences about what was refused, in Japanese, written in templates.

use askama::Template;
use rules::application::{CourseRefusal, WishFault};
use rules::people::{ContactRefusal, Language, NameRefusal, NumberRefusal, TextRefusal};
use rules::terms::eligibility::DecisionRefusal;

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::words::{Markup, Words};

/// The numbers that sentences need: of the terms in force and of the office's practice.
pub(super) struct Said {
    shortest: u16,
    longest: u16,
    step: u16,
    windows: String,
    same_day: bool,
    wishes: u8,
}

impl Said {
    /// # Errors
    /// [`Refusal::NoTerms`].
    pub(super) fn of(context: &Context) -> Result<Self, Error> {
        let rules = &context.office.terms(context.now)?.rules;
        let practice = &context.office.practice;
        let words = Words::new(Language::Japanese);
        let windows: Vec<String> =
            rules.windows.iter().map(|it| words.plain_times(it.from, it.to)).collect();
        Ok(Self {
            shortest: rules.shortest_minutes,
            longest: rules.longest_minutes,
            step: practice.step_minutes,
            windows: windows.join("、"),
            same_day: practice.same_day_by_staff,
            wishes: practice.wishes_at_most,
        })
    }
}

#[derive(Template)]
#[template(path = "application/desk/refusal.html")]
struct RefusalSentence<'a> {
    refusal: &'a Refusal,
    said: &'a Said,
    fallback: Markup,
}

/// What the desk says of a refusal.
///
/// # Errors
/// [`Refusal::NoTerms`]; a fault of the template.
pub(super) fn of_refusal(refusal: &Refusal, context: &Context) -> Result<Markup, Error> {
    let fallback = Words::new(Language::Japanese).t(refusal.key());
    let sentence = RefusalSentence { refusal, said: &Said::of(context)?, fallback };
    rendered(&sentence)
}

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

/// Templates escape what is put into them.
fn rendered(template: &impl Template) -> Result<Markup, Error> {
    let html = template.render().map_err(anyhow::Error::from)?;
    Ok(Markup::of_safe_html(html.trim().replace('\n', "")))
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
