//! What the desk calls things of the register; the words are in the template.

use askama::Template;
use rules::records::disclosure::{Basis, Form, HoldKind, Missing, Outcome};

use crate::error::Error;
use crate::records::Part;
use crate::records::own::IdentifiedBy;
use crate::web::fields::Choice;
use crate::web::said::rendered;
use crate::words::Markup;

/// Something that has a name.
#[derive(Clone, Copy)]
pub(in crate::records) enum Named {
    Form(Form),
    Basis(Basis),
    Outcome(Outcome),
    Hold(HoldKind),
    Part(Part),
    Identified(IdentifiedBy),
    Missing(Missing),
    NoBasis,
}

#[derive(Template)]
#[template(path = "records/disclosures/pages/name.html")]
struct Name {
    named: Named,
}

/// The choices of the forms, and names for what they chose.
#[derive(Clone, Copy)]
pub(in crate::records) struct Labels;

impl Labels {
    pub(in crate::records) fn name(named: Named) -> Result<Markup, Error> {
        rendered(&Name { named })
    }

    pub(in crate::records) fn forms() -> Result<Vec<Choice>, Error> {
        choices(&Form::ALL, |it| (it.code(), Named::Form(it)))
    }

    /// The bases, after none.
    pub(in crate::records) fn bases() -> Result<Vec<Choice>, Error> {
        let mut all = vec![Choice::new("", Self::name(Named::NoBasis)?)];
        all.extend(choices(&Basis::ALL, |it| (it.code(), Named::Basis(it)))?);
        Ok(all)
    }

    pub(in crate::records) fn outcomes() -> Result<Vec<Choice>, Error> {
        choices(&Outcome::ALL, |it| (it.code(), Named::Outcome(it)))
    }

    pub(in crate::records) fn parts() -> Result<Vec<Choice>, Error> {
        choices(&Part::ALL, |it| (it.code(), Named::Part(it)))
    }

    pub(in crate::records) fn holds() -> Result<Vec<Choice>, Error> {
        choices(&HoldKind::ALL, |it| (it.code(), Named::Hold(it)))
    }

    pub(in crate::records) fn ways() -> Result<Vec<Choice>, Error> {
        choices(&IdentifiedBy::ALL, |it| (it.code(), Named::Identified(it)))
    }

    pub(in crate::records) fn way(way: IdentifiedBy) -> Result<Markup, Error> {
        Self::name(Named::Identified(way))
    }

    pub(in crate::records) fn missing(missing: &[Missing]) -> Result<Vec<Markup>, Error> {
        missing.iter().map(|it| Self::name(Named::Missing(*it))).collect()
    }

    /// The parts of a prepared file, by the codes that the store keeps.
    pub(in crate::records) fn parts_of(codes: &str) -> Result<Vec<Markup>, Error> {
        let parts = codes.split(',').filter_map(Part::parse);
        parts.map(|part| Self::name(Named::Part(part))).collect()
    }
}

/// A part of a page as its template writes it: line breaks of what people wrote are kept.
pub(in crate::records) fn html(template: &impl Template) -> Result<Markup, Error> {
    Ok(Markup::of_safe_html(template.render().map_err(anyhow::Error::from)?))
}

fn choices<T: Copy>(
    all: &[T],
    named: impl Fn(T) -> (&'static str, Named),
) -> Result<Vec<Choice>, Error> {
    let choice = |it: &T| {
        let (code, name) = named(*it);
        Ok(Choice::new(code, Labels::name(name)?))
    };
    all.iter().map(choice).collect()
}
