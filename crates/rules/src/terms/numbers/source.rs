//! Reads the numbers of a version from TOML.

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::super::{Audience, Clause, Fault, VersionName, Window};
use super::{Number, NumberFault, NumberName, Value};

/// What `version.toml` holds.
pub(in crate::terms) struct VersionFile {
    pub(in crate::terms) version: VersionName,
    pub(in crate::terms) audience: Audience,
    pub(in crate::terms) numbers: Vec<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    version: String,
    audience: String,
    #[serde(default, rename = "number")]
    numbers: Vec<SourceNumber>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceNumber {
    name: String,
    article: String,
    value: toml::Value,
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
        let mut numbers: Vec<Number> = Vec::new();
        for (index, number) in read.numbers.into_iter().enumerate() {
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
            faults.push(Fault::Number { position: index + 1, fault });
        }
        match (version, audience) {
            (Some(version), Some(audience)) if faults.is_empty() => {
                Ok(Self { version, audience, numbers })
            }
            _ => {
                // Which numbers are missing is said as well, lest the author learn it by and by.
                faults.extend(super::amount_to(&numbers).err().into_iter().flatten());
                Err(faults)
            }
        }
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
