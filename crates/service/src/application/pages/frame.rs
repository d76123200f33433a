//! What stands around every question of an application.

use crate::web::fields::Faults;
use crate::words::Markup;

/// Heading, faults, progress, and the ways back and on. Used by `step.html`.
pub(crate) struct Frame {
    /// The heading without ruby, for the title of the page.
    pub(crate) title: String,
    /// The heading.
    pub(crate) heading: Markup,
    /// What is not in order.
    pub(crate) faults: Faults,
    /// Which question of how many; none outside the row of questions.
    pub(crate) progress: Option<(u8, u8)>,
    /// Where "back" leads.
    pub(crate) back: String,
    /// Where the form goes.
    pub(crate) action: String,
}
