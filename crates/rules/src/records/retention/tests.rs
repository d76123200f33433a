use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn article_5_1_periods_are_counted_from_the_next_fiscal_year() {
    let check = |closed_on: &str, months: u16, expected: &str| {
        assert_eq!(due_on(day(closed_on), months), day(expected), "{closed_on} {months}");
    };
    check("2026-11-24", 12, "2028-04-01");
    check("2026-04-01", 12, "2028-04-01");
    check("2026-03-31", 12, "2027-04-01");
    check("2026-03-31", 1, "2026-05-01");
    check("2026-12-31", 12, "2028-04-01");
    check("2027-01-01", 12, "2028-04-01");
    check("2028-02-29", 12, "2029-04-01");
    check("2027-02-28", 11, "2028-03-01");
    check("2027-02-28", 36, "2030-04-01");
    check("2026-11-24", 60, "2032-04-01");
    check("2026-11-24", MOST_MONTHS, "2057-04-01");
    check("9999-12-31", 12, "9999-12-31");
}

#[test]
fn article_5_1_what_is_over_is_known_by_one_day() {
    let check = |months: u16, today: &str, expected: &str| {
        assert_eq!(over_before(months, day(today)), day(expected), "{months} {today}");
    };
    check(12, "2028-03-31", "2026-04-01");
    check(12, "2028-04-01", "2027-04-01");
    check(12, "2028-12-31", "2027-04-01");
    check(1, "2026-04-30", "2025-04-01");
    check(1, "2026-05-01", "2026-04-01");
    check(1, "2026-05-31", "2026-04-01");
    check(11, "2028-02-29", "2026-04-01");
    check(11, "2028-03-01", "2027-04-01");
    check(360, "0031-06-01", "0001-04-01");
    check(360, "0001-01-01", "-000030-04-01");
    check(360, "-009999-01-01", "-009999-01-01");
}

proptest! {
    /// The rule of one record and that of the whole store say the same.
    #[test]
    fn one_day_and_one_rule(
        closed in 0_i64..40_000,
        today in 0_i64..40_000,
        months in 1_u16..=360,
    ) {
        let first = day("1970-01-01");
        let [closed, today] = [closed, today].map(|days| first.checked_add(days.days()).unwrap());
        let kept = Kept { closed_on: Some(closed), ..Kept::default() };
        let is_over = closed < over_before(months, today);
        let is_due = due(RecordClass::Access, &kept, months, today).is_ok();
        prop_assert_eq!(is_over, is_due, "{} {} {}", closed, months, today);
    }
}

/// A record of which everything could be true, from one that is closed.
fn kept(change: impl FnOnce(&mut Kept)) -> Kept {
    let mut kept = Kept { closed_on: Some(day("2026-11-24")), ..Kept::default() };
    change(&mut kept);
    kept
}

#[test]
fn article_5_2_what_keeps_a_record_and_a_hold_wins() {
    use RecordClass::{Access, Conduct, Disclosure, Session, Technical, Unused};
    let check = |class, kept: Kept, today: &str, expected: Result<&str, Keeper>| {
        let seen = due(class, &kept, 12, day(today));
        assert_eq!(seen, expected.map(day), "{class:?} {kept:?} {today}");
    };
    let plain = kept(|_| {});
    check(Session, plain, "2028-03-31", Err(Keeper::Period));
    check(Session, plain, "2028-04-01", Ok("2028-04-01"));
    check(Session, plain, "2030-01-01", Ok("2028-04-01"));
    let open = kept(|it| it.closed_on = None);
    check(Session, open, "2099-01-01", Err(Keeper::Open));
    check(Conduct, open, "2099-01-01", Err(Keeper::Open));
    let held = kept(|it| it.is_held = true);
    for class in RecordClass::ALL {
        check(class, held, "2028-04-01", Err(Keeper::Hold));
        check(class, held, "2028-03-31", Err(Keeper::Period));
    }
    let everything = kept(|it| {
        (it.is_held, it.is_barred, it.has_conduct, it.is_named) = (true, true, true, true);
    });
    check(Session, everything, "2028-04-01", Err(Keeper::Hold));
    for (change, keeper) in [
        ((|it| it.is_barred = true) as fn(&mut Kept), Keeper::Bar),
        (|it| it.has_conduct = true, Keeper::Conduct),
        (|it| it.is_named = true, Keeper::Disclosure),
    ] {
        let referred = kept(change);
        for whole in [Unused, Session] {
            check(whole, referred, "2028-04-01", Err(keeper));
        }
        for part in [Technical, Conduct, Disclosure, Access] {
            check(part, referred, "2028-04-01", Ok("2028-04-01"));
        }
    }
}

#[test]
fn months_are_from_one_to_thirty_years() {
    let check = |change: fn(&mut RetentionMonths), expected: Result<(), RecordClass>| {
        let mut months = RetentionMonths::default();
        change(&mut months);
        assert_eq!(months.check(), expected, "{months:?}");
    };
    check(|_| {}, Ok(()));
    check(|it| it.unused = 1, Ok(()));
    check(|it| it.unused = 0, Err(RecordClass::Unused));
    check(|it| it.session = 360, Ok(()));
    check(|it| it.session = 361, Err(RecordClass::Session));
    check(|it| it.technical = 0, Err(RecordClass::Technical));
    check(|it| it.conduct = 0, Err(RecordClass::Conduct));
    check(|it| it.disclosure = u16::MAX, Err(RecordClass::Disclosure));
    check(|it| it.own_request = 0, Err(RecordClass::OwnRequest));
    check(|it| it.access = 0, Err(RecordClass::Access));
    check(|it| it.report = 361, Err(RecordClass::Report));
}

#[test]
fn article_5_2_two_officers_delete() {
    assert_eq!(check_approval(1, 2), Ok(()));
    assert_eq!(check_approval(1, 1), Err(RetentionRefusal::SameOfficer));
}

#[test]
fn codes_are_read_back() {
    for class in RecordClass::ALL {
        assert_eq!(RecordClass::parse(class.code()), Some(class));
    }
    for keeper in Keeper::ALL {
        assert_eq!(Keeper::parse(keeper.code()), Some(keeper));
    }
    assert_eq!(RecordClass::parse("terms"), None, "versions of the terms are never deleted");
    assert_eq!(Keeper::parse(""), None);
}
