//! How a version of the terms is named to a reader.

use rules::terms::Terms;

use crate::words::{Markup, Words};

/// A version as pages name it.
pub(crate) struct Version {
    /// Its name.
    pub(crate) name: String,
    /// Its name, and from when it is in force.
    pub(crate) line: Markup,
}

/// Name and effective date of a version.
pub(crate) fn version(words: Words, terms: &Terms) -> Version {
    let name = terms.version.to_string();
    let date = words.date(terms.effective_from);
    Version { line: words.t2("terms-version", "version", &name, "date", date), name }
}
