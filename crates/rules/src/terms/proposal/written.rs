//! Writes the numbers of a proposal as the source of a version.

use super::super::{Audience, Number, NumberName, Value, VersionName};
use super::{Proposal, Proposed};

const HEAD: &str = "\
# The numbers that the office's text states, proposed from its words.
#
# Each number names the clause that states it and quotes the phrase it stands on. Compare each with
# the text before the version is put into force, and complete what a comment asks for.
";

impl Proposal {
    /// The source of the version's numbers, in the form that [`Terms::parse`] reads. A number that
    /// the text was not found to state stands there as a comment, to be completed; so do other
    /// candidates for one.
    ///
    /// [`Terms::parse`]: super::super::Terms::parse
    pub fn version_toml(&self, version: &VersionName, audience: &Audience) -> String {
        let mut written = HEAD.to_owned();
        written.push_str(&format!("\nversion = {}\n", quoted(&version.to_string())));
        written.push_str(&format!("audience = {}\n", quoted(audience.as_str())));
        for proposed in &self.numbers {
            written.push_str(&entry(proposed));
        }
        written
    }
}

fn entry(proposed: &Proposed) -> String {
    let code = proposed.name.code();
    let mut written = String::from("\n");
    if proposed.best.is_empty() {
        written.push_str(&format!(
            "# {code}: not found in the text. Complete article, value and phrase, and take\n\
             # away the signs before these lines.\n"
        ));
        let form = format!(
            "[[number]]\nname = \"{code}\"\narticle = \"\"\nvalue = {}\nphrase = \"\"\n",
            form(proposed.name)
        );
        form.lines().for_each(|line| written.push_str(&format!("# {line}\n")));
    } else if !proposed.others.is_empty() {
        written.push_str(&format!(
            "# {code}: this too may be meant. Choose, and take away these lines.\n"
        ));
    }
    for other in &proposed.others {
        let (value, phrase) = (value(other.value), quoted(&other.phrase));
        written.push_str(&format!("#   {value} in {}: {phrase}\n", other.article));
    }
    let entries: Vec<String> = proposed.best.iter().map(number).collect();
    written + &entries.join("\n")
}

fn number(number: &Number) -> String {
    format!(
        "[[number]]\nname = \"{}\"\narticle = \"{}\"\nvalue = {}\nphrase = {}\n",
        number.name.code(),
        number.article,
        value(number.value),
        quoted(&number.phrase),
    )
}

/// What a value looks like, for who has to write one.
fn form(name: NumberName) -> &'static str {
    match name {
        NumberName::Window => "\"HH:MM-HH:MM\"",
        NumberName::EffectiveFrom => "YYYY-MM-DD",
        NumberName::CompleteDaysBefore
        | NumberName::ShortestMinutes
        | NumberName::LongestMinutes
        | NumberName::GraceMinutes => "0",
    }
}

fn value(value: Value) -> String {
    match value {
        Value::Minutes(minutes) => minutes.to_string(),
        Value::DaysBefore(days) => days.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Window(window) => {
            let [from, to] = [window.from, window.to]
                .map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
            format!("\"{from}-{to}\"")
        }
    }
}

/// A string of TOML.
fn quoted(words: &str) -> String {
    let mut quoted = String::from("\"");
    for character in words.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(character)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
