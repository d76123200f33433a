//! What can be wrong with a version of the terms.

use jiff::civil::Time;

use super::{Language, NumberFault, NumberName, RulesFault, TextFault};

/// A fault of a version. A version with any fault is refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The TOML cannot be read as a version; the line, counted from 1.
    Unreadable {
        /// The line.
        line: usize,
    },
    /// The name of the version is not of the form `series-place`.
    VersionName,
    /// The audience is not a code.
    Audience,
    /// More than one text in this language, or no Japanese text, which is the authoritative one.
    Language(Language),
    /// A text is not in order.
    Text(Language, TextFault),
    /// A number (by its position in the source, counted from 1) is not what the text states.
    Number {
        /// The position.
        position: usize,
        /// What is wrong with it.
        fault: NumberFault,
    },
    /// The version does not give this number.
    NumberMissing(NumberName),
    /// The text of this language states a time of day where it states the windows, and no window
    /// of the version begins or ends with it.
    WindowMissing(Language, Time),
    /// The rules cannot be kept.
    Rules(RulesFault),
}
