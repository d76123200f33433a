//! What can be wrong with a version of the terms.

use jiff::civil::Time;

use super::{
    ChoiceFault, ChoiceName, Language, NumberFault, NumberName, PlaceFault, RulesFault, TextFault,
};

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
    /// A choice (by its position in the source, counted from 1) is not what the text states.
    Choice {
        /// The position.
        position: usize,
        /// What is wrong with it.
        fault: ChoiceFault,
    },
    /// The version does not say how this is chosen.
    ChoiceMissing(ChoiceName),
    /// The version states the minutes of silence, and that silence is left open.
    SilenceContradicts,
    /// Where something stands in the text is not so.
    Place(PlaceFault),
    /// The version does not give this number.
    NumberMissing(NumberName),
    /// The text of this language states a time of day where it states the windows, and no window
    /// of the version begins or ends with it.
    WindowMissing(Language, Time),
    /// The rules cannot be kept.
    Rules(RulesFault),
}
