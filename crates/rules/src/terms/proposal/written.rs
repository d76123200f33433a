//! Writes the numbers of a proposal as the source of a version.

use super::super::{Audience, Choice, ChoiceName, Chosen, Number, NumberName, Value, VersionName};
use super::{Proposal, Proposed, ProposedChoice};

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
        let numbers = self.numbers.iter().filter(|it| !is_unsaid(it));
        written.extend(numbers.map(entry));
        written.extend(self.choices.iter().map(choices));
        written + &places(&self.order)
    }
}

/// A number that few texts state: nothing is to be completed.
fn is_unsaid(proposed: &Proposed) -> bool {
    proposed.name == NumberName::CompleteUntil && proposed.best.is_empty()
}

fn choices(proposed: &ProposedChoice) -> String {
    let code = proposed.name.code();
    let values: Vec<&str> = Chosen::ALL
        .into_iter()
        .filter(|chosen| chosen.name() == proposed.name)
        .map(Chosen::code)
        .collect();
    let head = match (proposed.best.is_empty(), proposed.name) {
        (_, ChoiceName::Silence) => return String::new(),
        (true, _) => format!(
            "# {code}: not found in the text. If it says so, complete it and take away the signs;\n\
             # the values are {}.\n# [[choice]]\n# name = \"{code}\"\n# value = \"\"\n\
             # article = \"\"\n# phrase = \"\"\n",
            values.join(", ")
        ),
        (false, _) => String::new(),
    };
    let entries: Vec<String> = proposed.best.iter().map(choice).collect();
    format!("\n{head}{}", entries.join("\n"))
}

fn choice(choice: &Choice) -> String {
    let (name, value) = (choice.chosen.name().code(), choice.chosen.code());
    let stated = choice.article.map_or_else(String::new, |article| {
        format!("article = \"{article}\"\nphrase = {}\n", quoted(&choice.phrase))
    });
    format!("[[choice]]\nname = \"{name}\"\nvalue = \"{value}\"\n{stated}")
}

/// Where the text says what the model terms say, by the headings of its articles.
fn places(order: &[(u16, Option<u16>)]) -> String {
    if order.is_empty() {
        return String::new();
    }
    let place = |place: &Option<u16>| place.map_or("none".to_owned(), |number| number.to_string());
    let lines: Vec<String> =
        order.iter().map(|(duty, at)| format!("\"{duty}\" = \"{}\"\n", place(at))).collect();
    format!(
        "\n# On the left a clause of the model terms, on the right the clause that says the same\n\
         # here, or \"none\" where the text says nothing of the kind. Compare each.\n[places]\n{}",
        lines.concat()
    )
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
        if proposed.name == NumberName::GraceMinutes {
            written.push_str(
                "# If silence cancels nothing, say so instead:\n\
                 # [[choice]]\n# name = \"silence\"\n# value = \"left_open\"\n",
            );
        }
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
        NumberName::CompleteUntil => "\"HH:MM\"",
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
        Value::Time(time) => format!("\"{:02}:{:02}\"", time.hour(), time.minute()),
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
