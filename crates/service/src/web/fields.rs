//! What the parts of a form need to know: faults found in it, and the choices it offers.
//!
//! The HTML is in `parts/field.html` and `parts/error_summary.html`; `parts/specimen.html` shows
//! each part in use.

use crate::words::Markup;

/// A fault of one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's `name`, which is its `id` as well.
    pub field: String,
    /// One sentence: what is wrong and how to put it right.
    pub sentence: Markup,
}

/// The faults of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// No faults: a form shown for the first time.
    pub fn none() -> Self {
        Self::default()
    }

    /// Notes a fault. The first sentence about a field is the one shown beside it.
    pub fn add(&mut self, field: impl Into<String>, sentence: Markup) {
        self.0.push(Fault { field: field.into(), sentence });
    }

    /// The sentence about a field, if it has a fault.
    pub fn of(&self, field: &str) -> Option<&Markup> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| &fault.sentence)
    }

    /// Whether the form may go on.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many faults there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The faults in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }
}

/// One of several answers offered by radio buttons, checkboxes or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: Markup,
    /// An explanation below the label; empty for none.
    pub hint: Markup,
}

impl Choice {
    /// A choice without an explanation.
    pub fn new(value: impl Into<String>, label: Markup) -> Self {
        Self { value: value.into(), label, hint: Markup::default() }
    }

    /// The same choice with an explanation.
    pub fn with_hint(self, hint: Markup) -> Self {
        Self { hint, ..self }
    }
}
