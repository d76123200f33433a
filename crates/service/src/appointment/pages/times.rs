//! Times of day as staff type them into the record of a session or a call.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
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

/// A click that comes so soon after the planned end is taken to be the end; one that comes later
/// was forgotten until then.
const SOON_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Start and end.
pub(super) type Times = (Option<Timestamp>, Option<Timestamp>);

/// When a session is taken to have begun and ended, where staff do not say (article 5(1)): from
/// when both were first in the call, if the room knows; otherwise from the planned start, or the
/// arrival if that was later. Until now; until the planned end when now is long after it. `kept` is
/// what was recorded earlier.
pub(super) fn suggested(
    slot: Slot,
    (arrived, met): (Option<Timestamp>, Option<Timestamp>),
    kept: Times,
    now: Timestamp,
) -> (Timestamp, Timestamp) {
    let came = arrived.map_or(slot.start, |at| at.max(slot.start));
    let began = kept.0.or(met).unwrap_or(came).min(now);
    let soon = slot.end().saturating_add(SOON_AFTER).unwrap_or(now);
    let end = if now <= soon { now } else { slot.end() };
    (began, kept.1.unwrap_or(end).max(began))
}

/// The times to be recorded with an outcome: what was typed, and where counselling took place what
/// is suggested for the rest.
pub(super) fn actual(outcome: Outcome, typed: Times, suggested: (Timestamp, Timestamp)) -> Times {
    match outcome {
        Outcome::Held | Outcome::ByTelephone => {
            let began = typed.0.unwrap_or(suggested.0);
            (Some(began), typed.1.or(Some(suggested.1.max(began))))
        }
        Outcome::JobseekersTrouble | Outcome::OfficesTrouble => typed,
    }
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

    /// A row for a session from 10:00 to 10:45: arrival | in the call | kept | now | suggested.
    #[test]
    fn article_5_1_suggested_times() {
        let slot = Slot::on(date(2026, 11, 24), time(10, 0, 0, 0), 45).unwrap();
        let clock = |text: &str| (text != "-").then(|| at(text));
        let check = |row: &str| {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let [arrived, met, kept_from, kept_to, now, began, ended] = cells[..] else {
                panic!("{row}")
            };
            let kept = (clock(kept_from), clock(kept_to));
            let found = suggested(slot, (clock(arrived), clock(met)), kept, at(now));
            assert_eq!(found, (at(began), at(ended)), "{row}");
        };
        //     came  met   kept        now   began ended
        check("-     -     -     -     10:40 10:00 10:40");
        check("9:50  -     -     -     10:40 10:00 10:40");
        check("10:07 -     -     -     10:40 10:07 10:40");
        check("10:07 -     10:03 -     10:40 10:03 10:40");
        check("10:07 -     10:03 10:35 10:40 10:03 10:35");
        // The person waited, or both began before the time.
        check("9:50  10:06 -     -     10:40 10:06 10:40");
        check("10:07 10:09 -     -     10:40 10:09 10:40");
        check("9:50  9:57  -     -     10:40 9:57  10:40");
        check("9:50  10:06 10:04 -     10:40 10:04 10:40");
        check("9:50  10:50 -     -     13:00 10:50 10:50");
        // It ran over; or the click was forgotten.
        check("-     -     -     -     11:00 10:00 11:00");
        check("-     -     -     -     11:01 10:00 10:45");
        check("10:50 -     -     -     13:00 10:50 10:50");
        // Both were early.
        check("9:50  -     -     -     9:55  9:55  9:55");
        let next_day = parse_moment("2026-11-25", "9:00").unwrap();
        let found = suggested(slot, (None, None), (None, None), next_day);
        assert_eq!(found, (at("10:00"), at("10:45")));
    }

    #[test]
    fn article_5_1_actual_times() {
        let none = (None, None);
        let guess = (at("10:03"), at("10:40"));
        let guessed = (Some(guess.0), Some(guess.1));
        let typed = (Some(at("10:05")), Some(at("10:30")));
        assert_eq!(actual(Outcome::Held, none, guess), guessed);
        assert_eq!(actual(Outcome::ByTelephone, none, guess), guessed);
        assert_eq!(actual(Outcome::Held, typed, guess), typed);
        assert_eq!(actual(Outcome::Held, (None, typed.1), guess), (guessed.0, typed.1));
        let late = (Some(at("10:41")), None);
        assert_eq!(actual(Outcome::Held, late, guess), (late.0, late.0));
        assert_eq!(actual(Outcome::JobseekersTrouble, none, guess), none);
        assert_eq!(actual(Outcome::OfficesTrouble, typed, guess), typed);
    }
}
