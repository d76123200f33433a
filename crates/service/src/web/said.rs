//! What the desk says when it does not do what was asked: one sentence for each refusal, in
//! Japanese, written in a template.

use askama::Template;
use rules::appointment::Standing;
use rules::people::Language;
use rules::schedule::Slot;

use super::fields::Faults;
use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::words::{Markup, Words};

/// The numbers that sentences need: of the terms in force and of the office's practice.
pub struct Said {
    /// The shortest session in minutes.
    pub shortest: u16,
    /// The longest session in minutes.
    pub longest: u16,
    /// The step of the office's grid in minutes.
    pub step: u16,
    /// The windows of a day.
    pub windows: String,
    /// Whether staff may confirm for the same day.
    pub same_day: bool,
    /// How many wishes an application may carry.
    pub wishes: u8,
}

impl Said {
    /// # Errors
    /// [`Refusal::NoTerms`].
    pub fn of(context: &Context) -> Result<Self, Error> {
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
#[template(path = "web/parts/refusal.html")]
struct Sentence<'a> {
    refusal: &'a Refusal,
    said: &'a Said,
    words: Words,
    fallback: Markup,
    context: &'a Context,
}

impl Sentence<'_> {
    /// A session as one line tells it.
    fn time(&self, slot: &Slot) -> String {
        self.words.plain_slot(slot)
    }

    fn has_begun(&self, slot: &Slot) -> bool {
        self.context.now >= slot.start
    }

    fn is_deemed(&self, standing: &Standing) -> bool {
        *standing == Standing::DeemedCancelled
    }
}

/// What the desk says of a refusal.
///
/// # Errors
/// [`Refusal::NoTerms`]; a fault of the template.
pub fn of_refusal(refusal: &Refusal, context: &Context) -> Result<Markup, Error> {
    let words = Words::new(Language::Japanese);
    let fallback = words.t(refusal.key());
    let said = Said::of(context)?;
    rendered(&Sentence { refusal, said: &said, words, fallback, context })
}

/// One fault, beside the field that can put it right.
///
/// # Errors
/// As [`of_refusal`].
pub fn fault(
    context: &Context,
    field: impl Into<String>,
    refusal: &Refusal,
) -> Result<Faults, Error> {
    let mut faults = Faults::none();
    faults.add(field, of_refusal(refusal, context)?);
    Ok(faults)
}

/// A sentence of a template, which has escaped what was put into it.
///
/// # Errors
/// A fault of the template.
pub fn rendered(template: &impl Template) -> Result<Markup, Error> {
    let html = template.render().map_err(anyhow::Error::from)?;
    Ok(Markup::of_safe_html(html.trim().replace('\n', "")))
}
