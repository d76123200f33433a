//! A stretch of time in which a session is, or may be, held.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The time zone of every office: all days and windows of the terms are meant in it.
pub static TOKYO: TimeZone = jiff::tz::get!("Asia/Tokyo");

/// The grain in which counsellors' time is reserved, so that no two reservations can overlap.
pub const CELL_MINUTES: u16 = 5;

const CELL_NANOSECONDS: i128 = CELL_MINUTES as i128 * 60 * 1_000_000_000;

/// When a session starts and how long it is planned to be (article 2(1)).
///
/// Any start and length can be held here; [`crate::schedule::check_slot`] says what may be wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// The instant at which the session starts.
    pub start: Timestamp,
    /// The planned length in minutes.
    pub minutes: u16,
}

impl Slot {
    /// The slot that starts at `time` on `date` in Tokyo; `None` only at the ends of time itself.
    pub fn on(date: Date, time: Time, minutes: u16) -> Option<Self> {
        let start = TOKYO.to_timestamp(date.to_datetime(time)).ok()?;
        Some(Self { start, minutes })
    }

    /// The instant at which the session is planned to end.
    pub fn end(&self) -> Timestamp {
        self.end_with_buffer(0)
    }

    /// Date and time of the start in Tokyo.
    pub fn starts(&self) -> DateTime {
        TOKYO.to_datetime(self.start)
    }

    /// Date and time of the planned end in Tokyo.
    pub fn ends(&self) -> DateTime {
        TOKYO.to_datetime(self.end())
    }

    /// The day of the session in Tokyo.
    pub fn date(&self) -> Date {
        self.starts().date()
    }

    /// The five-minute cells that the session touches; a cell is unix seconds divided by 300.
    pub fn cells(&self) -> Range<i64> {
        self.cells_with_buffer(0)
    }

    /// The cells of the session and of `buffer_minutes` after it: what a reservation takes.
    pub fn cells_with_buffer(&self, buffer_minutes: u16) -> Range<i64> {
        let first = self.start.as_nanosecond().div_euclid(CELL_NANOSECONDS);
        let end = self.end_with_buffer(buffer_minutes).as_nanosecond();
        let past = -(-end).div_euclid(CELL_NANOSECONDS);
        let narrow = |cell: i128| i64::try_from(cell).expect("jiff's years fit in i64 cells");
        narrow(first)..narrow(past)
    }

    fn end_with_buffer(&self, buffer_minutes: u16) -> Timestamp {
        let minutes = i64::from(self.minutes) + i64::from(buffer_minutes);
        self.start.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn cells_cover_the_session_and_its_buffer() {
        let check = |hour: i8, minute: i8, minutes: u16, buffer: u16, cells: Range<i64>| {
            let midnight = Slot::on(date(2026, 11, 24), Time::midnight(), 0).unwrap().cells().start;
            let slot = Slot::on(date(2026, 11, 24), time(hour, minute, 0, 0), minutes).unwrap();
            let seen = slot.cells_with_buffer(buffer);
            assert_eq!(seen.start - midnight..seen.end - midnight, cells, "{hour}:{minute}");
        };
        check(0, 0, 30, 0, 0..6);
        check(10, 0, 30, 0, 120..126);
        check(10, 0, 30, 15, 120..129);
        check(10, 2, 30, 0, 120..127);
        check(10, 0, 31, 0, 120..127);
        check(10, 0, 0, 0, 120..120);
        check(23, 45, 30, 0, 285..291);
    }

    #[test]
    fn neighbours_share_no_cell() {
        let first = Slot::on(date(2026, 11, 24), time(10, 0, 0, 0), 30).unwrap();
        let second = Slot::on(date(2026, 11, 24), time(10, 30, 0, 0), 30).unwrap();
        assert_eq!(first.cells().end, second.cells().start);
        assert_eq!(first.end(), second.start);
    }

    #[test]
    fn civil_times_are_of_tokyo() {
        let slot = Slot::on(date(2026, 11, 24), time(10, 0, 0, 0), 30).unwrap();
        assert_eq!(slot.start, "2026-11-24T01:00:00Z".parse::<Timestamp>().unwrap());
        assert_eq!(slot.starts(), date(2026, 11, 24).at(10, 0, 0, 0));
        assert_eq!(slot.ends(), date(2026, 11, 24).at(10, 30, 0, 0));
        assert_eq!(slot.date(), date(2026, 11, 24));
    }

    #[test]
    fn the_ends_of_time_do_no_harm() {
        assert_eq!(Slot::on(Date::MAX, Time::MAX, 30), None);
        for start in [Timestamp::MIN, Timestamp::MAX] {
            let slot = Slot { start, minutes: u16::MAX };
            assert!(slot.end() >= slot.start);
            assert!(slot.cells_with_buffer(u16::MAX).end >= slot.cells().start);
            let _ = (slot.starts(), slot.ends());
        }
    }
}
