//! Times of day as staff type them into the record of a session or a call.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::appointment::Outcome;
use rules::schedule::{Slot, SlotRefusal, TOKYO, parse_moment};

/// The days that the desk can show. Terms, holidays and eras are known for them.
const FIRST_YEAR: i16 = 2000;
const LAST_YEAR: i16 = 2099;

/// The day that an address or a field names; `today` when it names none.
pub(super) fn read_day(typed: &str, today: Date) -> Result<Date, SlotRefusal> {
    if typed.trim().is_empty() {
        return Ok(today);
    }
    let day = day_of(parse_moment(typed, "0:00")?);
    let shown = (FIRST_YEAR..=LAST_YEAR).contains(&day.year());
    if shown { Ok(day) } else { Err(SlotRefusal::NotATime) }
}

/// The day of an instant in Tokyo.
pub(super) fn day_of(at: Timestamp) -> Date {
    TOKYO.to_datetime(at).date()
}

/// A time of day on that day; none when nothing was typed.
pub(super) fn read_time(day: Date, typed: &str) -> Result<Option<Timestamp>, SlotRefusal> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse_moment(&day.to_string(), typed).map(Some)
}

/// When a session is taken to have begun and ended, where staff did not say (article 5(1)): for
/// one that was held, from the planned start until the click, or the planned end if the click
/// comes on another day. `kept` is what was recorded earlier.
pub(super) fn actual(
    outcome: Outcome,
    slot: Slot,
    typed: (Option<Timestamp>, Option<Timestamp>),
    kept: (Option<Timestamp>, Option<Timestamp>),
    now: Timestamp,
) -> (Option<Timestamp>, Option<Timestamp>) {
    if outcome != Outcome::Held {
        return typed;
    }
    let same_day = day_of(now) == slot.date();
    let began = typed.0.or(kept.0).or(Some(slot.start.min(now)));
    let ended = typed.1.or(kept.1).or(Some(if same_day { now } else { slot.end() }));
    (began, ended)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn at(clock: &str) -> Timestamp {
        parse_moment("2026-11-24", clock).unwrap()
    }

    #[test]
    fn days() {
        let today = date(2026, 11, 24);
        let check = |typed: &str, expected: Result<Date, SlotRefusal>| {
            assert_eq!(read_day(typed, today), expected, "{typed:?}");
        };
        check("", Ok(today));
        check("  ", Ok(today));
        check("2026-11-25", Ok(date(2026, 11, 25)));
        check("２０２６年１１月２５日", Ok(date(2026, 11, 25)));
        check("令和8年11月25日", Err(SlotRefusal::EraDate));
        check("2026-11-31", Err(SlotRefusal::NotATime));
        check("9999-12-31", Err(SlotRefusal::NotATime));
        check("<b>", Err(SlotRefusal::NotATime));
    }

    #[test]
    fn times_of_day() {
        let day = date(2026, 11, 24);
        let check = |typed: &str, expected: Result<Option<Timestamp>, SlotRefusal>| {
            assert_eq!(read_time(day, typed), expected, "{typed:?}");
        };
        check("", Ok(None));
        check("10:08", Ok(Some(at("10:08"))));
        check("１０：０８", Ok(Some(at("10:08"))));
        check("1008", Ok(Some(at("10:08"))));
        check("午前10時8分", Ok(Some(at("10:08"))));
        check("10:8", Err(SlotRefusal::NotATime));
        check("24:00", Err(SlotRefusal::NotATime));
        check("さっき", Err(SlotRefusal::NotATime));
    }

    #[test]
    fn article_5_1_actual_times() {
        let slot = Slot::on(date(2026, 11, 24), time(10, 0, 0, 0), 45).unwrap();
        let check = |outcome, typed, kept, now: Timestamp, expected| {
            assert_eq!(actual(outcome, slot, typed, kept, now), expected, "{outcome:?} {now}");
        };
        let (begin, end) = (Some(at("10:00")), Some(at("10:40")));
        let next_day = parse_moment("2026-11-25", "9:00").unwrap();
        let none = (None, None);
        check(Outcome::Held, none, none, at("10:40"), (begin, end));
        check(Outcome::Held, none, none, next_day, (begin, Some(at("10:45"))));
        check(Outcome::Held, none, none, at("9:50"), (Some(at("9:50")), Some(at("9:50"))));
        let kept = (Some(at("10:03")), None);
        check(Outcome::Held, none, kept, at("10:40"), (Some(at("10:03")), end));
        let typed = (Some(at("10:05")), Some(at("10:30")));
        check(Outcome::Held, typed, kept, at("10:40"), typed);
        check(Outcome::JobseekersTrouble, none, none, at("10:20"), none);
        check(Outcome::ByTelephone, typed, none, at("10:50"), typed);
    }
}
