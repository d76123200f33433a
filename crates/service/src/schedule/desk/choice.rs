//! A time with a counsellor, as one field of a form: `2026-11-26T10:15/45/3`.

use rules::schedule::{Slot, SlotRefusal, parse_wish};

/// The value of a form's field: start in Tokyo, minutes, number of the counsellor.
pub fn write(slot: &Slot, counsellor: i64) -> String {
    format!("{}/{}/{counsellor}", slot.starts().strftime("%Y-%m-%dT%H:%M"), slot.minutes)
}

/// Reads [`write()`] back.
///
/// # Errors
/// [`SlotRefusal::NotATime`] for anything else.
pub fn read(value: &str) -> Result<(Slot, i64), SlotRefusal> {
    let parts: Vec<&str> = value.split(['T', '/']).collect();
    let [date, time, minutes, counsellor] = parts[..] else {
        return Err(SlotRefusal::NotATime);
    };
    let slot = parse_wish(date, time, minutes)?;
    Ok((slot, counsellor.parse().map_err(|_| SlotRefusal::NotATime)?))
}

/// Reads a date as wishes are read.
///
/// # Errors
/// As [`parse_wish`].
pub fn date(typed: &str) -> Result<jiff::civil::Date, SlotRefusal> {
    parse_wish(typed, "00:00", "0").map(|slot| slot.date())
}

/// Reads a time of day as wishes are read.
///
/// # Errors
/// As [`parse_wish`].
pub fn time(typed: &str) -> Result<jiff::civil::Time, SlotRefusal> {
    parse_wish("2000-01-01", typed, "0").map(|slot| slot.starts().time())
}

/// Reads a small whole number as wishes' minutes are read: full-width digits too.
pub fn number(typed: &str) -> Option<u16> {
    parse_wish("2000-01-01", "00:00", typed).ok().map(|slot| slot.minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_back() {
        let check = |value: &str, good: bool| {
            let read = read(value);
            assert_eq!(read.is_ok(), good, "{value}");
            if let Ok((slot, counsellor)) = read {
                assert_eq!(write(&slot, counsellor), value);
            }
        };
        check("2026-11-26T10:15/45/3", true);
        check("2026-11-26T10:15/45/", false);
        check("2026-11-26T10:15/45", false);
        check("2026-02-30T10:15/45/3", false);
        check("2026-11-26T25:00/45/3", false);
        check("2026-11-26T10:15/-1/3", false);
        check("2026-11-26T10:15/45/99999999999999999999", false);
        check("", false);
        check("////", false);
    }
}
