//! The Cabinet Office's list of holidays (`syukujitsu.csv`), once it is text.
//!
//! Lines `YYYY/M/D,名称` after one heading. The file itself is in Shift_JIS; decoding is the
//! caller's affair. A year in the file replaces the computed one wholly, so a file that was cut
//! off or edited into pieces is refused rather than taken to mean fewer holidays.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::holiday_name::HolidayName;
use super::holidays::Overrides;

/// A line of the file that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: FileFaultKind,
}

/// What is wrong with a line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFaultKind {
    /// The line is not a date, a comma and a name.
    NotARow,
    /// There is no such day.
    NotADate,
    /// The name is missing, too long, or has characters that no name has.
    NotAName,
    /// The day stands in the file already.
    Repeated,
    /// The year lacks 1 January or 23 November, so part of it is missing. The line is its last.
    YearIncomplete,
    /// The file has no rows.
    Empty,
}

/// Holidays have been on these days in every whole year since the act; the first and the last.
const FIRST_AND_LAST: [(i8, i8); 2] = [(1, 1), (11, 23)];

/// A broken file has as many faults as lines; a person reads the first few.
const FAULTS_SHOWN: usize = 50;

const LONGEST_NAME: usize = 60;

/// Reads the text of the Cabinet Office's file.
///
/// # Errors
///
/// All lines that cannot be taken, the first fifty of them, in their order.
pub fn read_holiday_file(text: &str) -> Result<Overrides, Vec<FileFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = BTreeMap::new();
    let mut last_lines = BTreeMap::new();
    let mut faults = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let is_heading = line == 1 && !content.starts_with(|first: char| first.is_ascii_digit());
        if is_heading || content.trim().is_empty() {
            continue;
        }
        match read_row(content) {
            Ok((date, name)) => {
                last_lines.insert(date.year(), line);
                if rows.insert(date, name).is_some() {
                    faults.push(FileFault { line, kind: FileFaultKind::Repeated });
                }
            }
            Err(kind) => faults.push(FileFault { line, kind }),
        }
    }
    // A faulty row is missing from its year, too; saying so would only hide the fault itself.
    if faults.is_empty() {
        faults = incomplete_years(&rows, &last_lines);
    }
    if faults.is_empty() {
        return Ok(Overrides::from_rows(rows));
    }
    faults.truncate(FAULTS_SHOWN);
    Err(faults)
}

fn incomplete_years(
    rows: &BTreeMap<Date, HolidayName>,
    last_lines: &BTreeMap<i16, usize>,
) -> Vec<FileFault> {
    if rows.is_empty() {
        return vec![FileFault { line: 1, kind: FileFaultKind::Empty }];
    }
    let incomplete = last_lines.iter().filter(|(year, _)| {
        let present =
            |(month, day)| Date::new(**year, month, day).is_ok_and(|date| rows.contains_key(&date));
        !FIRST_AND_LAST.into_iter().all(present)
    });
    incomplete
        .map(|(_, line)| FileFault { line: *line, kind: FileFaultKind::YearIncomplete })
        .collect()
}

fn read_row(content: &str) -> Result<(Date, HolidayName), FileFaultKind> {
    let (date, name) = content.split_once(',').ok_or(FileFaultKind::NotARow)?;
    let mut parts = date.trim().split('/');
    let mut part = || parts.next().ok_or(FileFaultKind::NotARow);
    let (year, month, day) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return Err(FileFaultKind::NotARow);
    }
    let date = read_date(year, month, day).ok_or(FileFaultKind::NotADate)?;
    let name = name.trim();
    let usable = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(|letter| letter.is_control() || ",\"<>\u{fffd}".contains(letter));
    if !usable {
        return Err(FileFaultKind::NotAName);
    }
    Ok((date, HolidayName::published(name)))
}

fn read_date(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |part: &str, longest: usize| {
        let right = part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit());
        right.then(|| part.parse::<i16>().ok()).flatten()
    };
    if year.len() != 4 {
        return None;
    }
    let month = i8::try_from(digits(month, 2)?).ok()?;
    let day = i8::try_from(digits(day, 2)?).ok()?;
    Date::new(digits(year, 4)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADING: &str = "国民の祝日・休日月日,国民の祝日・休日名称";

    fn faults(text: &str) -> Vec<(usize, FileFaultKind)> {
        let faults = read_holiday_file(text).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.line, fault.kind)).collect()
    }

    #[test]
    fn a_file_as_published() {
        let rows = "2027/1/1,元日\r\n2027/3/22,休日\r\n2027/11/23,勤労感謝の日\r\n";
        for text in [
            format!("{HEADING}\r\n{rows}"),
            format!("\u{feff}{HEADING}\r\n{rows}\r\n"),
            rows.to_owned(),
            rows.replace("\r\n", "\n"),
        ] {
            let overrides = read_holiday_file(&text).unwrap();
            let rows: Vec<_> =
                overrides.rows().map(|(day, name)| format!("{day} {}", name.japanese())).collect();
            assert_eq!(rows, ["2027-01-01 元日", "2027-03-22 休日", "2027-11-23 勤労感謝の日"]);
            assert!(overrides.covers(2027) && !overrides.covers(2026));
        }
    }

    #[test]
    fn every_fault_names_its_line() {
        use FileFaultKind::*;
        let whole = "2027/1/1,元日\n2027/11/23,勤労感謝の日\n";
        let check = |line: &str, kind: FileFaultKind| {
            assert_eq!(faults(&format!("{HEADING}\n{whole}{line}\n")), [(4, kind)], "{line}");
        };
        check("2027/2/30,建国記念の日", NotADate);
        check("2027/13/1,元日", NotADate);
        check("27/1/2,元日", NotADate);
        check("2027/-1/2,元日", NotADate);
        check("２０２７/1/2,元日", NotADate);
        check("2027/001/2,元日", NotADate);
        check("2027/1/2", NotARow);
        check("2027-01-02,元日", NotARow);
        check("2027/1/2/3,元日", NotARow);
        check("元日", NotARow);
        check("2027/1/2,", NotAName);
        check("2027/1/2,  ", NotAName);
        check("2027/1/2,\u{fffd}\u{fffd}", NotAName);
        check("2027/1/2,\"休日\"", NotAName);
        check("2027/1/2,休,日", NotAName);
        check("2027/1/1,元日", Repeated);
        check("2028/1/1,元日", YearIncomplete);
        check("2028/11/23,勤労感謝の日", YearIncomplete);
    }

    #[test]
    fn all_faults_are_told_at_once() {
        use FileFaultKind::*;
        assert_eq!(faults("2027/1/1,元日\nx\n2027/2/30,y\n"), [(2, NotARow), (3, NotADate)]);
        assert_eq!(faults(""), [(1, Empty)]);
        assert_eq!(faults(HEADING), [(1, Empty)]);
        assert_eq!(faults(&"x\n".repeat(1000)).len(), FAULTS_SHOWN);
    }

    #[test]
    fn an_empty_first_line_is_no_heading_problem() {
        assert_eq!(faults("\n2027/1/1,元日\n2027/11/23,勤労感謝の日"), []);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}", rows in "[0-9/,元日\r\n-]{0,200}") {
            let _ = read_holiday_file(&text);
            let _ = read_holiday_file(&rows);
        }
    }
}
