//! Whether a slot may be wished for, and whether it may be confirmed (article 2(1) and 2(2)).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Span};

use crate::people::Practice;
use crate::terms::{DaysCounted, Rules, Window};

use super::calendar::{Calendar, DayOff};
use super::slot::{Slot, TOKYO};
use super::slot_refusal::SlotRefusal;

/// What bounds every session: the terms' numbers, the office's days and the office's practice.
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'a> {
    /// The numbers of the terms of use in force.
    pub rules: &'a Rules,
    /// The days on which the office works.
    pub calendar: &'a Calendar,
    /// What the terms leave to the office.
    pub practice: &'a Practice,
}

/// Whether a jobseeker may wish for this slot at `now` (article 2(1)).
///
/// # Errors
///
/// The first reason against it: its shape, its day, the windows, the lead time, the horizon.
pub fn check_slot(slot: &Slot, bounds: &Bounds<'_>, now: Timestamp) -> Result<(), SlotRefusal> {
    check_place(slot, bounds, now)?;
    check_day_ahead(slot.date(), bounds, now)
}

/// Whether staff may confirm this slot at `now` (article 2(1): "in principle" by the previous
/// day; article 2(2)).
///
/// The reservation is complete with the office's answer, so the limit of article 2(1) holds here,
/// counted in calendar days. After it, confirming takes a reason (`override_reason`) and an
/// office that allows it. The office's own acceptance and horizon do not bind its staff.
///
/// # Errors
///
/// The first reason against it: its shape, its day, the windows, the limit.
pub fn check_confirmation(
    slot: &Slot,
    bounds: &Bounds<'_>,
    now: Timestamp,
    override_reason: bool,
) -> Result<(), SlotRefusal> {
    check_place(slot, bounds, now)?;
    let overridden = override_reason && bounds.practice.same_day_by_staff;
    if overridden || is_completable(slot.date(), bounds, now) {
        return Ok(());
    }
    Err(SlotRefusal::SameDay)
}

/// The instant *before* which a session of `date` must be confirmed (article 2(1)): the end of
/// the day that lies as many days before it as the terms say, or just after the time of that day
/// that they name. `None` only at the ends of time.
pub fn completed_before(date: Date, bounds: &Bounds<'_>) -> Option<Timestamp> {
    let rules = bounds.rules;
    let last = match rules.days_counted {
        DaysCounted::Calendar => {
            date.checked_sub(Span::new().days(i64::from(rules.complete_days_before))).ok()?
        }
        DaysCounted::Working => {
            bounds.calendar.working_days_before(date, rules.complete_days_before)?
        }
    };
    match rules.complete_until {
        // The minute that is named is in time.
        Some(until) => {
            let until = TOKYO.to_timestamp(last.to_datetime(until)).ok()?;
            until.checked_add(SignedDuration::from_nanos(1)).ok()
        }
        None => TOKYO.to_timestamp(last.tomorrow().ok()?.to_datetime(Time::midnight())).ok(),
    }
}

/// The last instant at which applications for `date` are accepted (the office's practice; the
/// instant itself is in time). `None` only at the beginning of time.
pub fn accepted_until(date: Date, bounds: &Bounds<'_>) -> Option<Timestamp> {
    let practice = bounds.practice;
    let day = bounds.calendar.working_days_before(date, practice.acceptance_working_days)?;
    TOKYO.to_timestamp(day.to_datetime(practice.acceptance_until)).ok()
}

/// Whether the length is one that sessions have (article 2(1)).
///
/// # Errors
///
/// Too short, too long, or not a multiple of the office's step.
pub fn check_length(minutes: u16, bounds: &Bounds<'_>) -> Result<(), SlotRefusal> {
    // Whatever the terms say, no session is of no length.
    if minutes < bounds.rules.shortest_minutes.max(1) {
        return Err(SlotRefusal::TooShort);
    }
    if minutes > bounds.rules.longest_minutes {
        return Err(SlotRefusal::TooLong);
    }
    if !minutes.is_multiple_of(step_minutes(bounds.practice)) {
        return Err(SlotRefusal::NotOnStep);
    }
    Ok(())
}

/// Whether sessions of `date` may still, and already, be wished for at `now`.
pub(super) fn check_day_ahead(
    date: Date,
    bounds: &Bounds<'_>,
    now: Timestamp,
) -> Result<(), SlotRefusal> {
    if !is_completable(date, bounds, now) {
        return Err(SlotRefusal::SameDay);
    }
    if accepted_until(date, bounds).is_none_or(|limit| now > limit) {
        return Err(SlotRefusal::PastAcceptance);
    }
    if date > last_day_ahead(bounds.practice, now) {
        return Err(SlotRefusal::BeyondHorizon);
    }
    Ok(())
}

/// The last day that may be wished for at `now`.
pub(super) fn last_day_ahead(practice: &Practice, now: Timestamp) -> Date {
    let today = TOKYO.to_datetime(now).date();
    today.checked_add(Span::new().days(i64::from(practice.horizon_days))).unwrap_or(Date::MAX)
}

/// The office's step; an office that typed 0 gets whole minutes.
pub(super) fn step_minutes(practice: &Practice) -> u16 {
    practice.step_minutes.max(1)
}

/// Shape, day and window: what holds for jobseekers and staff alike.
fn check_place(slot: &Slot, bounds: &Bounds<'_>, now: Timestamp) -> Result<(), SlotRefusal> {
    check_length(slot.minutes, bounds)?;
    let (starts, ends) = (slot.starts(), slot.ends());
    let steps = Steps { length: SignedDuration::from_mins(step_minutes(bounds.practice).into()) };
    if !steps.may_begin(starts.time(), &bounds.rules.windows) {
        return Err(SlotRefusal::NotOnStep);
    }
    if slot.start <= now {
        return Err(SlotRefusal::InThePast);
    }
    match bounds.calendar.day_off(starts.date()) {
        None => {}
        Some(DayOff::Weekend) => return Err(SlotRefusal::Weekend),
        Some(DayOff::Holiday(_)) => return Err(SlotRefusal::Holiday),
        Some(DayOff::YearEnd) => return Err(SlotRefusal::YearEnd),
        Some(DayOff::OfficeClosed) => return Err(SlotRefusal::OfficeClosed),
    }
    let inside = bounds.rules.windows.iter().any(|window| {
        window.from <= starts.time()
            && ends.time() <= window.to
            && steps.meet(starts.time(), window)
    });
    if !inside || starts.date() != ends.date() {
        return Err(SlotRefusal::OutsideWindow);
    }
    Ok(())
}

fn is_completable(date: Date, bounds: &Bounds<'_>, now: Timestamp) -> bool {
    completed_before(date, bounds).is_some_and(|limit| now < limit)
}

/// The office's step through its windows.
struct Steps {
    length: SignedDuration,
}

impl Steps {
    /// Whether `start` lies on a step of this window, counted from its beginning.
    fn meet(&self, start: Time, window: &Window) -> bool {
        start.duration_since(window.from).as_nanos() % self.length.as_nanos() == 0
    }

    /// A start inside windows must be on a step of one of them. A start outside all windows is
    /// none of the step's business: that refusal is the window's.
    fn may_begin(&self, start: Time, windows: &[Window]) -> bool {
        let mut around =
            windows.iter().filter(|window| window.from <= start && start < window.to).peekable();
        around.peek().is_none() || around.any(|window| self.meet(start, window))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    /// Rules with the numbers that the vectors of the domain's study are written for.
    pub(in crate::schedule) fn rules() -> Rules {
        let window = |from: (i8, i8), to: (i8, i8)| Window {
            from: time(from.0, from.1, 0, 0),
            to: time(to.0, to.1, 0, 0),
        };
        Rules {
            shortest_minutes: 30,
            longest_minutes: 60,
            windows: vec![window((10, 0), (12, 0)), window((14, 0), (16, 30))],
            complete_days_before: 1,
            days_counted: DaysCounted::Calendar,
            complete_until: None,
            grace_minutes: Some(10),
        }
    }

    fn calendar() -> Calendar {
        let closed = BTreeSet::from([date(2026, 11, 25)]);
        Calendar { closed, ..Calendar::default() }
    }

    fn at(instant: &str) -> Timestamp {
        format!("{instant}+09:00").parse().unwrap()
    }

    fn slot(start: &str, minutes: u16) -> Slot {
        Slot { start: at(start), minutes }
    }

    fn wish(start: &str, minutes: u16, now: &str) -> Result<(), SlotRefusal> {
        let (rules, calendar, practice) = (rules(), calendar(), Practice::default());
        let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
        check_slot(&slot(start, minutes), &bounds, at(now))
    }

    #[test]
    fn article_2_paragraph_1_length_and_window() {
        use SlotRefusal::*;
        let check = |from: &str, to: &str, expected: Result<(), SlotRefusal>| {
            let minutes = {
                let time = |text: &str| text.parse::<Time>().unwrap();
                time(to).duration_since(time(from)).as_mins()
            };
            let start = format!("2026-11-24T{from}:00");
            let minutes = u16::try_from(minutes).unwrap();
            assert_eq!(wish(&start, minutes, "2026-11-16T09:00:00"), expected, "{from}-{to}");
        };
        check("10:00", "10:30", Ok(()));
        check("11:30", "12:00", Ok(()));
        check("11:31", "12:01", Err(NotOnStep));
        check("12:00", "12:30", Err(OutsideWindow));
        check("13:59", "14:29", Err(OutsideWindow));
        check("14:00", "15:00", Ok(()));
        check("16:00", "16:30", Ok(()));
        check("16:01", "16:31", Err(NotOnStep));
        check("15:30", "16:30", Ok(()));
        check("11:00", "12:00", Ok(()));
        check("11:30", "12:30", Err(OutsideWindow));
        check("13:30", "14:30", Err(OutsideWindow));
        check("16:00", "17:00", Err(OutsideWindow));
        check("16:15", "16:45", Err(OutsideWindow));
        check("16:30", "17:00", Err(OutsideWindow));
        check("09:59", "10:29", Err(OutsideWindow));
        check("09:45", "10:15", Err(OutsideWindow));
        check("10:15", "11:00", Ok(()));
        check("10:10", "10:40", Err(NotOnStep));
        check("10:00", "10:29", Err(TooShort));
        check("10:00", "11:01", Err(TooLong));
        check("10:00", "10:00", Err(TooShort));
        check("10:00", "10:20", Err(TooShort));
        check("10:00", "11:30", Err(TooLong));
        check("10:00", "10:31", Err(NotOnStep));
        check("10:00", "10:40", Err(NotOnStep));
    }

    #[test]
    fn article_2_paragraph_1_one_minute_past_a_window() {
        let practice = Practice { step_minutes: 1, ..Practice::default() };
        let (rules, calendar) = (rules(), calendar());
        let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
        let check = |from: &str, minutes, expected| {
            let slot = slot(&format!("2026-11-24T{from}:00"), minutes);
            let found = check_slot(&slot, &bounds, at("2026-11-16T09:00:00"));
            assert_eq!(found, expected, "{from}, {minutes}");
        };
        let outside = Err(SlotRefusal::OutsideWindow);
        check("11:30", 30, Ok(()));
        check("11:31", 30, outside);
        check("11:30", 31, outside);
        check("16:00", 30, Ok(()));
        check("16:01", 30, outside);
        check("09:59", 30, outside);
        check("13:59", 30, outside);
        check("14:01", 59, Ok(()));
    }

    #[test]
    fn article_2_paragraph_1_days() {
        use SlotRefusal::*;
        let check = |start: &str, now: &str, expected: Result<(), SlotRefusal>| {
            let (start, now) = (format!("{start}:00"), format!("{now}:00"));
            assert_eq!(wish(&start, 30, &now), expected, "{start} at {now}");
        };
        check("2026-11-21T10:00", "2026-11-16T09:00", Err(Weekend));
        check("2026-11-23T10:00", "2026-11-16T09:00", Err(Holiday));
        check("2026-11-25T10:00", "2026-11-16T09:00", Err(OfficeClosed));
        check("2026-12-30T10:00", "2026-11-16T09:00", Err(YearEnd));
        check("2026-09-22T10:00", "2026-09-01T09:00", Err(Holiday));
        check("2026-11-13T10:00", "2026-11-16T09:00", Err(InThePast));
        check("2026-11-16T10:00", "2026-11-16T10:00", Err(InThePast));
        check("2026-11-16T10:00", "2026-11-16T09:59", Err(SameDay));
        // The shape comes first, then the day, then the window, then the lead.
        check("2026-11-21T10:07", "2026-11-16T09:00", Err(NotOnStep));
        check("2026-11-21T12:30", "2026-11-16T09:00", Err(Weekend));
        check("2026-11-16T12:30", "2026-11-16T09:00", Err(OutsideWindow));
        check("2027-01-15T10:00", "2026-11-16T09:00", Ok(()));
        check("2027-01-18T10:00", "2026-11-16T09:00", Err(BeyondHorizon));
    }

    #[test]
    fn seconds_are_off_the_step() {
        let now = "2026-11-16T09:00:00";
        assert_eq!(wish("2026-11-24T10:00:01", 30, now), Err(SlotRefusal::NotOnStep));
        assert_eq!(wish("2026-11-24T10:00:00.000000001", 30, now), Err(SlotRefusal::NotOnStep));
    }

    #[test]
    fn the_office_accepts_until_a_working_day_before() {
        use SlotRefusal::*;
        let check = |now: &str, expected: Result<(), SlotRefusal>| {
            assert_eq!(wish("2026-11-24T10:00:00", 30, now), expected, "{now}");
        };
        check("2026-11-20T17:15:00", Ok(()));
        check("2026-11-20T17:15:00.000000001", Err(PastAcceptance));
        check("2026-11-20T17:15:01", Err(PastAcceptance));
        check("2026-11-23T23:59:59", Err(PastAcceptance));
        check("2026-11-24T00:00:00", Err(SameDay));
    }

    #[test]
    fn article_2_paragraph_1_completion_by_the_previous_day() {
        use SlotRefusal::*;
        let (rules, calendar) = (rules(), calendar());
        let check = |now: &str, reason: bool, allowed: bool, expected: Result<(), SlotRefusal>| {
            let practice = Practice { same_day_by_staff: allowed, ..Practice::default() };
            let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
            let slot = slot("2026-11-24T10:00:00", 30);
            let seen = check_confirmation(&slot, &bounds, at(now), reason);
            assert_eq!(seen, expected, "{now} {reason} {allowed}");
        };
        check("2026-08-01T12:00:00", false, true, Ok(())); // Staff plan as far as they like.
        check("2026-11-20T17:15:01", false, true, Ok(()));
        check("2026-11-23T23:59:59", false, true, Ok(()));
        check("2026-11-24T00:00:00", false, true, Err(SameDay));
        check("2026-11-24T00:00:00", true, true, Ok(()));
        check("2026-11-24T00:00:00", true, false, Err(SameDay));
        check("2026-11-24T09:59:59", true, true, Ok(()));
        check("2026-11-24T10:00:00", true, true, Err(InThePast));
        check("2026-11-24T10:00:01", true, true, Err(InThePast));
        check("2026-11-25T00:00:00", true, true, Err(InThePast));
    }

    #[test]
    fn staff_are_bound_by_day_and_window() {
        let (rules, calendar, practice) = (rules(), calendar(), Practice::default());
        let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
        let check = |start: &str, minutes: u16, expected: SlotRefusal| {
            let now = at("2026-11-16T09:00:00");
            let seen = check_confirmation(&slot(start, minutes), &bounds, now, true);
            assert_eq!(seen, Err(expected), "{start}");
        };
        check("2026-11-23T10:00:00", 30, SlotRefusal::Holiday);
        check("2026-11-24T12:00:00", 30, SlotRefusal::OutsideWindow);
        check("2026-11-24T10:00:00", 29, SlotRefusal::TooShort);
    }

    #[test]
    fn other_terms_and_practices() {
        use SlotRefusal::*;
        let now = at("2026-11-24T09:00:00");
        let check = |days_before: u8, working_days: u8, start: &str, expected| {
            let rules = Rules { complete_days_before: days_before, ..rules() };
            let practice =
                Practice { acceptance_working_days: working_days, ..Practice::default() };
            let calendar = Calendar::default();
            let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
            assert_eq!(check_slot(&slot(start, 30), &bounds, now), expected, "{start}");
        };
        check(0, 0, "2026-11-24T10:00:00", Ok(()));
        check(0, 1, "2026-11-24T10:00:00", Err(PastAcceptance));
        check(1, 0, "2026-11-24T10:00:00", Err(SameDay));
        check(1, 0, "2026-11-25T10:00:00", Ok(()));
        check(2, 0, "2026-11-25T10:00:00", Err(SameDay));
        check(2, 0, "2026-11-26T10:00:00", Ok(()));
    }

    #[test]
    fn article_2_1_days_that_count_and_the_time_of_the_last() {
        // Tuesday the 24th follows a holiday and a weekend.
        let check = |days: u8, counted: DaysCounted, until: Option<Time>, expected: &str| {
            let rules = Rules {
                complete_days_before: days,
                days_counted: counted,
                complete_until: until,
                ..rules()
            };
            let (calendar, practice) = (Calendar::default(), Practice::default());
            let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
            let last = at(expected);
            let confirm =
                |now| check_confirmation(&slot("2026-11-24T10:00:00", 30), &bounds, now, false);
            let after = last.checked_add(SignedDuration::from_nanos(1)).unwrap();
            assert_eq!(confirm(last), Ok(()), "{expected}");
            assert_eq!(confirm(after), Err(SlotRefusal::SameDay), "{expected}");
        };
        let five = Some(time(17, 0, 0, 0));
        let (calendar, working) = (DaysCounted::Calendar, DaysCounted::Working);
        check(1, calendar, None, "2026-11-23T23:59:59.999999999");
        check(1, calendar, five, "2026-11-23T17:00:00");
        check(3, calendar, None, "2026-11-21T23:59:59.999999999");
        check(1, working, None, "2026-11-20T23:59:59.999999999");
        check(1, working, five, "2026-11-20T17:00:00");
        check(3, working, five, "2026-11-18T17:00:00");
    }

    #[test]
    fn every_refusal_names_an_article() {
        for refusal in SlotRefusal::ALL {
            assert!(["2(1)", "2(2)"].contains(&refusal.article()), "{refusal:?}");
        }
    }

    proptest! {
        #[test]
        fn no_slot_makes_it_panic(
            start in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
            now in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
            minutes: u16, step: u16, days: u8,
        ) {
            let (mut rules, calendar) = (rules(), calendar());
            (rules.shortest_minutes, rules.longest_minutes) = (0, u16::MAX);
            rules.windows = vec![Window { from: Time::MIN, to: Time::MAX }];
            rules.complete_days_before = days;
            let practice = Practice { step_minutes: step, ..Practice::default() };
            let bounds = Bounds { rules: &rules, calendar: &calendar, practice: &practice };
            let slot = Slot { start: Timestamp::from_second(start).unwrap(), minutes };
            let now = Timestamp::from_second(now).unwrap();
            let _ = check_slot(&slot, &bounds, now);
            let _ = check_confirmation(&slot, &bounds, now, true);
        }
    }
}
