//! Hours, skills and leave as they are typed.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use rules::people::LegalName;
use rules::schedule::{Leave, Skill, WeeklyHours};

use super::choice;
use super::said::FieldFault;
use crate::schedule::CounsellorChange;

/// The days that terms know sessions on: Monday to Friday (article 2(1)).
pub(super) const WEEKDAYS: std::ops::RangeInclusive<u8> = 1..=5;
/// The two ranges of a day, by the letter in their fields' names.
pub(super) const RANGES: [char; 2] = ['a', 'b'];

/// What is asked of a form.
pub(super) type Ask<'a> = &'a dyn Fn(&str) -> String;

/// Faults by field.
pub(super) type Found = Vec<(String, FieldFault)>;

/// The name of a field of hours: `h1a_from`.
pub(super) fn hours_field(weekday: u8, range: char, end: &str) -> String {
    format!("h{weekday}{range}_{end}")
}

/// Reads a counsellor.
///
/// # Errors
/// Every fault, field by field.
pub(super) fn read(of: Ask<'_>, skills: &[String]) -> Result<CounsellorChange, Found> {
    let mut found = Found::new();
    let name = LegalName::parse(&of("name"));
    if let Err(refusal) = name {
        found.push(("name".to_owned(), FieldFault::Name(refusal)));
    }
    let mut hours = Vec::new();
    for weekday in WEEKDAYS {
        let mut of_day: Vec<WeeklyHours> = Vec::new();
        for range in RANGES {
            let field = hours_field(weekday, range, "from");
            match read_range(&of(&field), &of(&hours_field(weekday, range, "to"))) {
                Ok(None) => {}
                Ok(Some((from, to))) => {
                    if of_day.iter().any(|other| other.from < to && from < other.to) {
                        found.push((field, FieldFault::Overlap));
                    }
                    of_day.push(WeeklyHours { weekday, from, to });
                }
                Err(fault) => found.push((field, fault)),
            }
        }
        of_day.sort_by_key(|hours| hours.from);
        hours.append(&mut of_day);
    }
    match name {
        Ok(name) if found.is_empty() => Ok(CounsellorChange {
            name: name.reveal().to_owned(),
            hours,
            skills: skills.iter().filter_map(|code| Skill::parse(code)).collect::<BTreeSet<_>>(),
            active: of("active") == "yes",
            staff: of("staff").parse().ok(),
        }),
        _ => Err(found),
    }
}

fn read_range(from: &str, to: &str) -> Result<Option<(Time, Time)>, FieldFault> {
    if from.trim().is_empty() && to.trim().is_empty() {
        return Ok(None);
    }
    if from.trim().is_empty() || to.trim().is_empty() {
        return Err(FieldFault::HalfRange);
    }
    let time = |typed: &str| choice::time(typed).map_err(|_| FieldFault::Time);
    let (from, to) = (time(from)?, time(to)?);
    if from < to { Ok(Some((from, to))) } else { Err(FieldFault::Backwards) }
}

/// Reads an absence. Without times it is whole days; without a last day it is one day.
///
/// # Errors
/// The first fault.
pub(super) fn read_leave(of: Ask<'_>, today: Date) -> Result<Leave, (&'static str, FieldFault)> {
    let date = |field: &'static str, typed: &str| {
        choice::date(typed).map_err(|refusal| (field, FieldFault::Date(refusal)))
    };
    let time = |field: &'static str| {
        let typed = of(field);
        let read = (!typed.trim().is_empty()).then(|| choice::time(&typed));
        read.transpose().map_err(|_| (field, FieldFault::Time))
    };
    let first = date("from_date", &of("from_date"))?;
    let last = match of("to_date") {
        typed if typed.trim().is_empty() => first,
        typed => date("to_date", &typed)?,
    };
    let from = first.to_datetime(time("from_time")?.unwrap_or(Time::midnight()));
    let to = match time("to_time")? {
        Some(time) => last.to_datetime(time),
        None => last.tomorrow().unwrap_or(last).to_datetime(Time::midnight()),
    };
    if to <= from {
        return Err(("to_date", FieldFault::Backwards));
    }
    if to.date() < today {
        let past = rules::schedule::SlotRefusal::InThePast;
        return Err(("to_date", FieldFault::Date(past)));
    }
    Ok(Leave { from, to })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use jiff::civil::date;
    use rules::people::NameRefusal;

    use super::*;

    fn asked(fields: &[(&'static str, &'static str)]) -> impl Fn(&str) -> String + use<> {
        let fields: HashMap<&str, &str> = fields.iter().copied().collect();
        move |name: &str| fields.get(name).copied().unwrap_or_default().to_owned()
    }

    #[test]
    fn hours_of_a_week() {
        let check = |fields: &[(&'static str, &'static str)], expected: &str| {
            let mut all = vec![("name", "相談員 あさひ（見本）")];
            all.extend_from_slice(fields);
            let of = asked(&all);
            let seen = match read(&of, &["en".to_owned(), "xx".to_owned()]) {
                Ok(read) => {
                    assert_eq!(read.skills, BTreeSet::from([Skill::English]));
                    let hours = read.hours.iter();
                    let line = |it: &WeeklyHours| format!("{} {}-{}", it.weekday, it.from, it.to);
                    hours.map(line).collect::<Vec<_>>().join(", ")
                }
                Err(found) => format!("{found:?}"),
            };
            assert_eq!(seen, expected, "{fields:?}");
        };
        check(&[], "");
        check(&[("h1a_from", "9:00"), ("h1a_to", "１２時半")], "1 09:00:00-12:30:00");
        check(
            &[
                ("h5a_from", "13:00"),
                ("h5a_to", "17:00"),
                ("h5b_from", "9:00"),
                ("h5b_to", "12:00"),
            ],
            "5 09:00:00-12:00:00, 5 13:00:00-17:00:00",
        );
        check(&[("h2a_from", "9:00")], r#"[("h2a_from", HalfRange)]"#);
        check(&[("h2a_from", "9:00"), ("h2a_to", "9:00")], r#"[("h2a_from", Backwards)]"#);
        check(&[("h2a_from", "9"), ("h2a_to", "25:00")], r#"[("h2a_from", Time)]"#);
        check(
            &[
                ("h3a_from", "9:00"),
                ("h3a_to", "12:00"),
                ("h3b_from", "11:59"),
                ("h3b_to", "13:00"),
            ],
            r#"[("h3b_from", Overlap)]"#,
        );
        check(&[("h6a_from", "9:00"), ("h6a_to", "10:00")], "");
    }

    #[test]
    fn a_counsellor_has_a_name() {
        let of = asked(&[("name", " ")]);
        let expected = vec![("name".to_owned(), FieldFault::Name(NameRefusal::Empty))];
        assert_eq!(read(&of, &[]), Err(expected));
    }

    #[test]
    fn leave_by_days_and_hours() {
        let check = |fields: &[(&'static str, &'static str)], expected: &str| {
            let of = asked(fields);
            let seen = match read_leave(&of, date(2026, 11, 20)) {
                Ok(leave) => format!("{} {}", leave.from, leave.to),
                Err((field, fault)) => format!("{field} {fault:?}"),
            };
            assert_eq!(seen, expected, "{fields:?}");
        };
        check(&[("from_date", "2026-11-24")], "2026-11-24T00:00:00 2026-11-25T00:00:00");
        check(
            &[("from_date", "2026-11-24"), ("to_date", "2026-11-26")],
            "2026-11-24T00:00:00 2026-11-27T00:00:00",
        );
        check(
            &[("from_date", "2026-11-24"), ("from_time", "13:00"), ("to_time", "15:00")],
            "2026-11-24T13:00:00 2026-11-24T15:00:00",
        );
        check(&[("from_date", "")], "from_date Date(NotATime)");
        check(&[("from_date", "令和8年11月24日")], "from_date Date(EraDate)");
        check(&[("from_date", "2026-11-24"), ("to_date", "2026-11-23")], "to_date Backwards");
        check(&[("from_date", "2026-11-24"), ("to_time", "x")], "to_time Time");
        check(&[("from_date", "2026-11-10")], "to_date Date(InThePast)");
    }
}
