//! Proposes a version of the terms from the plain text of an office's own.
//!
//! An office has its terms as pages of a PDF file. The text that comes out of them has lines broken
//! within words, odd blanks and numbers in any width; the numbers that the rules need stand
//! somewhere in its sentences. [`propose`] finds both. What it finds is a proposal: a person
//! compares it with the text, and [`Terms::parse`](super::Terms::parse) checks it as any version.

mod candidates;
mod choice;
mod chosen;
mod findings;
mod headings;
mod layout;
mod marks;
mod order;
mod pages;
mod passages;
mod written;

pub use chosen::ProposedChoice;

use jiff::civil::Time;

use super::courts::Prefecture;
use super::text::faults;
use super::{Clause, Fault, Language, Number, NumberName, Text, TextFault};

/// A version of the terms, as far as it can be read from an office's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The text, in articles, paragraphs and items.
    pub text: Text,
    /// Each number of the terms once, in the order of [`NumberName::ALL`].
    pub numbers: Vec<Proposed>,
    /// Each choice once, in the order of [`ChoiceName::ALL`](super::ChoiceName::ALL).
    pub choices: Vec<ProposedChoice>,
    /// Subjects of the model terms that stand under another number: theirs, and the text's; none
    /// where no article's heading speaks of it.
    pub order: Vec<(u16, Option<u16>)>,
    /// What a person must look at.
    pub notes: Vec<Note>,
    source: String,
}

/// What the text says that may be a number of the terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// Which number it is.
    pub name: NumberName,
    /// What is proposed: one, of windows as many as there are, none where the text was not found
    /// to state the number. Clause, value and phrase agree with the text.
    pub best: Vec<Number>,
    /// What else may be meant, the likelier first.
    pub others: Vec<Number>,
}

/// Something in the text that a person must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The text is longer than any terms of use; the rest of it was not read.
    CutOff,
    /// A line that is none of the wording, such as the number of a page, was left out.
    LeftOut(String),
    /// A line looks as if it began something, but its turn has not come: an article that is not the
    /// next one, or a number that was read as part of the sentence before it.
    OutOfTurn {
        /// Where.
        clause: Clause,
        /// The line.
        line: String,
    },
    /// The text is not in order: an article is missing, a provision is empty.
    Text(TextFault),
    /// Several things may be meant by this number; the likeliest is proposed.
    Ambiguous(NumberName),
    /// The text was not found to state this number.
    Missing(NumberName),
    /// The clause of the windows states this time of day too, and no window has it.
    TimeLeftOver {
        /// The clause.
        clause: Clause,
        /// The time.
        time: Time,
    },
    /// The office counts days on which it is open; whether those of the limit for booking are
    /// meant is a choice of the version.
    WorkingDays {
        /// Where.
        clause: Clause,
        /// The words.
        words: String,
    },
    /// The office's name.
    Office {
        /// Where it stands first.
        clause: Clause,
        /// The name.
        name: String,
    },
    /// A court, and the prefecture it sits in where it is known (article 14(2)).
    Court {
        /// Where it stands first.
        clause: Clause,
        /// Its name.
        name: String,
        /// The prefecture.
        prefecture: Option<Prefecture>,
    },
    /// The name of a meeting tool.
    Tool {
        /// Where it stands first.
        clause: Clause,
        /// The name.
        name: String,
    },
    /// An article of a statute is cited; statutes change, and their articles move.
    Citation {
        /// Where it stands first.
        clause: Clause,
        /// The words.
        words: String,
    },
}

/// Reads an office's Japanese text and proposes a version from it. Any text has a proposal, if only
/// one that says what is missing.
pub fn propose(source: &str) -> Proposal {
    let (lines, mut notes) = pages::lines(source);
    let mut layout = layout::Layout::of(&lines);
    notes.append(&mut layout.notes);
    let source = layout.written();
    let text = Text::parse(Language::Japanese, &source);
    let of_text = faults(std::slice::from_ref(&text)).into_iter();
    notes.extend(of_text.filter_map(|fault| match fault {
        Fault::Text(_, fault) => Some(Note::Text(fault)),
        _ => None,
    }));
    let passages = passages::passages(&text);
    let numbers = choice::choose(&candidates::candidates(&passages), &passages, &text);
    for proposed in &numbers {
        match (proposed.best.is_empty(), proposed.others.is_empty()) {
            // Few texts name a time of day.
            (true, _) if proposed.name == NumberName::CompleteUntil => {}
            (true, _) => notes.push(Note::Missing(proposed.name)),
            (false, false) => notes.push(Note::Ambiguous(proposed.name)),
            (false, true) => {}
        }
        if proposed.name == NumberName::Window {
            notes.extend(findings::times_left_over(proposed, &passages));
        }
    }
    notes.extend(findings::findings(&passages));
    let choices = chosen::choices(&passages, &numbers);
    let order = order::order(&text);
    Proposal { text, numbers, choices, order, notes, source }
}

impl Proposal {
    /// The text in the form that [`Text::parse`] reads: a block for each article, a line for each
    /// paragraph and item. Nothing of the wording is altered but the white space that wraps lines,
    /// and the signs in which headings, paragraphs and items are numbered.
    pub fn text_source(&self) -> String {
        self.source.clone()
    }
}

#[cfg(test)]
mod tests;
