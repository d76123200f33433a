//! Reads the numbers, choices and places of a version from TOML.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::choices::{Choice, ChoiceFault, ChoiceName, Chosen};
use super::numbers::amount_to;
use super::{Audience, Clause, Fault, Number, NumberFault, NumberName, Places, Value};
use super::{PlaceFault, VersionName, Window};

/// What `version.toml` holds.
pub(in crate::terms) struct VersionFile {
    pub(in crate::terms) version: VersionName,
    pub(in crate::terms) audience: Audience,
    pub(in crate::terms) numbers: Vec<Number>,
    pub(in crate::terms) choices: Vec<Choice>,
    pub(in crate::terms) places: Places,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    version: String,
    audience: String,
    #[serde(default, rename = "number")]
    numbers: Vec<SourceNumber>,
    #[serde(default, rename = "choice")]
    choices: Vec<SourceChoice>,
    #[serde(default)]
    places: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceNumber {
    name: String,
    article: String,
    value: toml::Value,
    phrase: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceChoice {
    name: String,
    value: String,
    #[serde(default)]
    article: String,
    #[serde(default)]
    phrase: String,
}

impl VersionFile {
    /// Reads the file; all that is wrong with it at once, unless it is no such TOML at all.
    pub(in crate::terms) fn parse(source: &str) -> Result<Self, Vec<Fault>> {
        let read: Source = match toml::from_str(source) {
            Ok(read) => read,
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let before = source.get(..start).unwrap_or_default();
                return Err(vec![Fault::Unreadable { line: 1 + before.matches('\n').count() }]);
            }
        };
        let mut faults = Vec::new();
        let version = VersionName::parse(&read.version);
        let audience = Audience::parse(&read.audience);
        if version.is_none() {
            faults.push(Fault::VersionName);
        }
        if audience.is_none() {
            faults.push(Fault::Audience);
        }
        let (choices, of_choices) = choices(read.choices);
        let (numbers, of_numbers) = numbers(read.numbers);
        faults.extend(of_numbers.into_iter().chain(of_choices));
        let (places, wrong) = Places::parse(&read.places);
        faults.extend((0..wrong).map(|_| Fault::Place(PlaceFault::NotAPlace)));
        match (version, audience) {
            (Some(version), Some(audience)) if faults.is_empty() => {
                Ok(Self { version, audience, numbers, choices, places })
            }
            _ => {
                // What is missing is said as well, lest the author learn it by and by.
                faults.extend(amount_to(&numbers, &choices).err().into_iter().flatten());
                Err(faults)
            }
        }
    }
}

fn numbers(read: Vec<SourceNumber>) -> (Vec<Number>, Vec<Fault>) {
    let (mut numbers, mut faults): (Vec<Number>, Vec<Fault>) = (Vec::new(), Vec::new());
    for (number, position) in read.into_iter().zip(1..) {
        let single = |name| name != NumberName::Window;
        let fault = match number.read() {
            Ok(read) if single(read.name) && numbers.iter().any(|n| n.name == read.name) => {
                NumberFault::Twice(read.name)
            }
            Ok(read) => {
                numbers.push(read);
                continue;
            }
            Err(fault) => fault,
        };
        faults.push(Fault::Number { position, fault });
    }
    (numbers, faults)
}

fn choices(read: Vec<SourceChoice>) -> (Vec<Choice>, Vec<Fault>) {
    let (mut choices, mut faults): (Vec<Choice>, Vec<Fault>) = (Vec::new(), Vec::new());
    for (choice, position) in read.into_iter().zip(1..) {
        let is_second = |read: &Choice| {
            let name = read.chosen.name();
            let same = |other: &&Choice| match name.is_many() {
                true => other.chosen == read.chosen,
                false => other.chosen.name() == name,
            };
            choices.iter().find(same).map(|_| name)
        };
        let fault = match choice.read().map(|read| (is_second(&read), read)) {
            Ok((Some(name), _)) => ChoiceFault::Twice(name),
            Ok((None, read)) => {
                choices.push(read);
                continue;
            }
            Err(fault) => fault,
        };
        faults.push(Fault::Choice { position, fault });
    }
    (choices, faults)
}

impl SourceChoice {
    fn read(self) -> Result<Choice, ChoiceFault> {
        let known = ChoiceName::ALL.into_iter().find(|name| name.code() == self.name);
        let name = known.ok_or(ChoiceFault::Unknown)?;
        let chosen = Chosen::parse(name, &self.value).ok_or(ChoiceFault::NotAValue(name))?;
        let article = match chosen.is_unsaid() && self.article.is_empty() && self.phrase.is_empty()
        {
            true => None,
            false => Some(Clause::parse(&self.article).ok_or(ChoiceFault::NoClause)?),
        };
        Ok(Choice { chosen, article, phrase: self.phrase })
    }
}

impl SourceNumber {
    fn read(self) -> Result<Number, NumberFault> {
        let known = NumberName::ALL.into_iter().find(|name| name.code() == self.name);
        let name = known.ok_or(NumberFault::Unknown)?;
        let article = Clause::parse(&self.article).ok_or(NumberFault::NoClause)?;
        let value = value(name, &self.value).ok_or(NumberFault::NotAValue(name))?;
        Ok(Number { name, article, value, phrase: self.phrase })
    }
}

fn value(name: NumberName, value: &toml::Value) -> Option<Value> {
    match name {
        NumberName::ShortestMinutes | NumberName::LongestMinutes | NumberName::GraceMinutes => {
            Some(Value::Minutes(value.as_integer()?.try_into().ok()?))
        }
        NumberName::CompleteDaysBefore => {
            Some(Value::DaysBefore(value.as_integer()?.try_into().ok()?))
        }
        NumberName::CompleteUntil => Some(Value::Time(time(value.as_str()?)?)),
        NumberName::Window => {
            let (from, to) = value.as_str()?.split_once('-')?;
            Some(Value::Window(Window { from: time(from)?, to: time(to)? }))
        }
        NumberName::EffectiveFrom => {
            let date = value.as_datetime().filter(|at| at.time.is_none())?.date?;
            let [month, day] = [date.month, date.day].map(|part| i8::try_from(part).ok());
            Some(Value::Date(Date::new(i16::try_from(date.year).ok()?, month?, day?).ok()?))
        }
    }
}

/// `14:00`, hours and minutes in two digits each.
fn time(written: &str) -> Option<Time> {
    let (hour, minute) = written.split_once(':')?;
    let two = |digits: &str| digits.len() == 2 && digits.chars().all(|c| c.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}
