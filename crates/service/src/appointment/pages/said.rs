//! What the desk says when it does not do what was asked, in Japanese, written in a template.

use askama::Template;
use rules::people::Language;

use crate::app::Context;
use crate::error::{Error, Refusal};
use crate::web::fields::Faults;
use crate::words::{Markup, Words};

#[derive(Template)]
#[template(path = "appointment/pages/refusal.html")]
struct Sentence<'a> {
    refusal: &'a Refusal,
    shortest: u16,
    longest: u16,
    step: u16,
    windows: String,
    same_day: bool,
    otherwise: Markup,
}

/// One fault, beside the field that can put it right.
pub(super) fn fault(
    context: &Context,
    field: impl Into<String>,
    refusal: &Refusal,
) -> Result<Faults, Error> {
    let mut faults = Faults::none();
    faults.add(field, sentence(context, refusal)?);
    Ok(faults)
}

fn sentence(context: &Context, refusal: &Refusal) -> Result<Markup, Error> {
    let rules = &context.office.terms(context.now)?.rules;
    let practice = &context.office.practice;
    let words = Words::new(Language::Japanese);
    let windows: Vec<String> =
        rules.windows.iter().map(|it| words.plain_times(it.from, it.to)).collect();
    let sentence = Sentence {
        refusal,
        shortest: rules.shortest_minutes,
        longest: rules.longest_minutes,
        step: practice.step_minutes,
        windows: windows.join("、"),
        same_day: practice.same_day_by_staff,
        otherwise: words.t(refusal.key()),
    };
    let html = sentence.render().map_err(anyhow::Error::from)?;
    Ok(Markup::of_safe_html(html.trim().replace('\n', "")))
}
