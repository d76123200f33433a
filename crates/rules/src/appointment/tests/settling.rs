//! What changes owe, and when to look again.

use super::*;

/// Facts (at 10:00 of the session's day unless given) that make an appointment stand there at the
/// instant that is given with them.
fn example(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Waiting => ("", "09:00"),
        Standing::InContact => ("called 08:00", "09:00"),
        Standing::Present => ("arrived 08:00", "09:00"),
        Standing::Held => ("held 08:00", "09:00"),
        Standing::ByTelephone => ("by_telephone 08:00", "09:00"),
        Standing::JobseekersTrouble => ("jobseekers_trouble 08:00", "09:00"),
        Standing::OfficesTrouble => ("offices_trouble 08:00", "09:00"),
        Standing::CalledOff => ("called_off 08:00", "09:00"),
        Standing::DeemedCancelled => ("", "10:10"),
        Standing::StoppedByOffice => ("stopped_failure 08:00", "09:00"),
        Standing::BrokenOff => ("broken_off 08:00", "09:00"),
        Standing::Displaced => ("slot_lost 08:00", "09:00"),
        Standing::Unrecorded => ("arrived 08:00", "25T00:00"),
    }
}

/// Settles a change of standing, perhaps together with a change of slot.
fn change(from: Standing, to: Standing, old_start: &str) -> Settlement {
    let (facts, now) = example(to);
    let announced = Some(Announced { standing: from, slot: slot(old_start) });
    let before = Appointment { announced, sequence: 7, ..appointment("10:00", facts) };
    let settled = settle(before, &rules(), at(now));
    assert_eq!(settled.appointment.announced.map(|it| it.standing), Some(to));
    settled
}

fn said(settled: &Settlement) -> String {
    let duty = |duty: &Duty| match duty {
        Duty::Write(letter) => letter.code(),
        Duty::Remind => "remind",
        Duty::RecordUsage => "RECORD",
        Duty::OfferNewTime => "OFFER",
        Duty::AskForOutcome => "ASK",
    };
    let mut words: Vec<&str> = settled.duties.iter().map(duty).collect();
    match settled.hold {
        Hold::Unchanged => {}
        Hold::Free => words.push("free"),
        Hold::Reclaim => words.push("reclaim"),
    }
    words.join(" ")
}

const OPEN: &str = "waiting in_contact present";
const ENDED: &str = "held by_telephone jobseekers_trouble";
const OPEN_OR_ENDED: &str =
    "waiting in_contact present held by_telephone jobseekers_trouble offices_trouble unrecorded";

fn each(codes: &str) -> impl Iterator<Item = Standing> + '_ {
    codes.split_whitespace().map(|code| Standing::parse(code).unwrap_or_else(|| panic!("{code}")))
}

/// A row: every change from one of `from` to one of `to`, at the same slot, owes this.
fn check(from: &str, to: &str, owed: &str) -> usize {
    let mut rows = 0;
    for from in each(from) {
        for to in each(to).filter(|to| *to != from) {
            assert_eq!(said(&change(from, to, "10:00")), owed, "{from:?} to {to:?}");
            rows += 1;
        }
    }
    rows
}

#[test]
fn what_each_change_owes() {
    let lost = "called_off stopped_by_office displaced";
    let unended = "waiting in_contact present unrecorded";
    let outcomes = "held by_telephone jobseekers_trouble offices_trouble";
    let rows = [
        check(unended, OPEN, ""),
        check(OPEN_OR_ENDED, ENDED, "RECORD"),
        check(OPEN_OR_ENDED, "offices_trouble", "OFFER RECORD"),
        check(unended, "unrecorded", "ASK"),
        // An outcome is undone: the usage record must not tell of it any more (article 5(1)).
        check(outcomes, OPEN, "RECORD"),
        check(outcomes, "unrecorded", "ASK RECORD"),
        check(outcomes, "called_off", "cancellation RECORD free"),
        check(outcomes, "deemed_cancelled", "deemed_cancelled RECORD free"),
        check("offices_trouble", "stopped_by_office", "stopped_by_office RECORD free"),
        check("offices_trouble", "displaced", "displaced RECORD free"),
        check(ENDED, "stopped_by_office", "stopped_by_office OFFER RECORD free"),
        check(ENDED, "displaced", "displaced OFFER RECORD free"),
        // Ended by somebody: a letter, and the slot is free.
        check(unended, "called_off", "cancellation free"),
        check(unended, "deemed_cancelled", "deemed_cancelled free"),
        check(unended, "stopped_by_office", "stopped_by_office OFFER free"),
        check(unended, "displaced", "displaced OFFER free"),
        // The deeming is undone.
        check("deemed_cancelled", OPEN, "deeming_undone reclaim"),
        check("deemed_cancelled", ENDED, "deeming_undone RECORD reclaim"),
        check("deemed_cancelled", "offices_trouble", "deeming_undone OFFER RECORD reclaim"),
        check("deemed_cancelled", "unrecorded", "deeming_undone ASK reclaim"),
        check("deemed_cancelled", "called_off", "deeming_undone"),
        check("deemed_cancelled", "stopped_by_office", "stopped_by_office OFFER"),
        check("deemed_cancelled", "displaced", "displaced OFFER"),
        // A cancellation that was a mistake.
        check(lost, OPEN, "reinstatement reclaim"),
        check(lost, ENDED, "RECORD reclaim"),
        check("called_off", "offices_trouble", "OFFER RECORD reclaim"),
        check("stopped_by_office displaced", "offices_trouble", "RECORD reclaim"),
        check(lost, "unrecorded", "ASK reclaim"),
        check(lost, "deemed_cancelled", "deemed_cancelled"),
        check("stopped_by_office displaced", "called_off", "cancellation"),
        check("called_off", "stopped_by_office", "stopped_by_office OFFER"),
        check("called_off", "displaced", "displaced OFFER"),
        check("displaced", "stopped_by_office", "stopped_by_office"),
        check("stopped_by_office", "displaced", "displaced"),
        // A breach: no letter (article 10(2)), and no new time.
        check(unended, "broken_off", "free"),
        check(outcomes, "broken_off", "RECORD free"),
        check(lost, "broken_off", ""),
        check("deemed_cancelled", "broken_off", ""),
        check("broken_off", OPEN, "reinstatement reclaim"),
        check("broken_off", ENDED, "RECORD reclaim"),
        check("broken_off", "offices_trouble", "OFFER RECORD reclaim"),
        check("broken_off", "unrecorded", "ASK reclaim"),
        check("broken_off", "deemed_cancelled", "deemed_cancelled"),
        check("broken_off", "called_off", "cancellation"),
        check("broken_off", "stopped_by_office", "stopped_by_office OFFER"),
        check("broken_off", "displaced", "displaced OFFER"),
    ];
    let kinds = Standing::ALL.len();
    assert_eq!(rows.iter().sum::<usize>(), kinds * (kinds - 1), "each change stands in one row");
}

#[test]
fn article_2_2_a_new_time_is_told_in_one_letter() {
    let check = |from: &str, to: &str, owed: &str| {
        for (from, to) in each(from).flat_map(|from| each(to).map(move |to| (from, to))) {
            assert_eq!(said(&change(from, to, "11:00")), owed, "{from:?} to {to:?}");
        }
    };
    let lost = "called_off deemed_cancelled stopped_by_office displaced";
    check(OPEN, OPEN, "change remind");
    check(lost, "waiting", "change remind reclaim");
    // A session that failed on our side gets a new time; what was recorded of the old one stays.
    check("offices_trouble", OPEN, "change remind");
    // The new slot is cancelled before anybody was told of it: that is all there is to tell.
    check(OPEN, "called_off", "cancellation free");
    check(OPEN, "stopped_by_office", "stopped_by_office OFFER free");
    check("displaced", "stopped_by_office", "stopped_by_office OFFER");
    check("stopped_by_office", "stopped_by_office", "OFFER");
}

/// A row: announced standing | announced start and minutes | new ones | anew or the same session.
fn check_new_time(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [standing, old, new, expected] = cells[..] else { panic!("{row}") };
    let slot = |text: &str| {
        let (start, minutes) = text.split_once(' ').unwrap_or_else(|| panic!("{row}"));
        Slot { start: at(start), minutes: minutes.parse().unwrap_or_else(|_| panic!("{row}")) }
    };
    let standing = Standing::parse(standing).unwrap_or_else(|| panic!("{row}"));
    let anew = Announced { standing, slot: slot(old) }.gives_way_to(slot(new));
    assert_eq!(if anew { "anew" } else { "same" }, expected, "{row}");
}

#[test]
fn article_2_4_another_counsellor_or_length_is_the_same_session() {
    for standing in each(OPEN) {
        let check = |row: &str| check_new_time(&format!("{} | {row}", standing.code()));
        check("10:00 30 | 10:00 30 | same");
        check("10:00 30 | 10:00 45 | same");
        check("10:00 45 | 10:00 30 | same");
        check("10:00 30 | 10:05 30 | anew");
        check("10:00 30 | 25T10:00 30 | anew");
    }
    // What had come to nothing begins anew, at its old time too.
    for standing in Standing::ALL.into_iter().filter(|standing| !standing.is_open()) {
        check_new_time(&format!("{} | 10:00 30 | 10:00 30 | anew", standing.code()));
    }
}

#[test]
fn article_2_2_another_length_is_told_and_who_was_heard_stays_so() {
    for heard in ["called 08:00", "arrived 08:00"] {
        let one = settle(appointment("10:00", ""), &rules(), at("20T09:00")).appointment;
        let one = Appointment { facts: facts(heard), ..one };
        let mut one = settle(one, &rules(), at("08:00")).appointment;
        one.slot.minutes += 15;
        let settled = settle(one, &rules(), at("09:00"));
        assert_eq!((said(&settled), settled.appointment.sequence), ("change remind".into(), 2));
        let late = settle(settled.appointment, &rules(), at("10:10"));
        assert_eq!(said(&late), "", "{heard}");
    }
}

#[test]
fn a_reminder_is_owed_only_before_the_start() {
    let announced = Some(Announced { standing: Standing::Waiting, slot: slot("11:00") });
    let moved = Appointment { announced, ..appointment("10:00", "moved 09:00") };
    for (now, owed) in [("09:00", "change remind"), ("10:00", "change"), ("10:05", "change")] {
        assert_eq!(said(&settle(moved.clone(), &rules(), at(now))), owed, "{now}");
    }
}

#[test]
fn article_2_2_the_first_settling_owes_the_confirmation() {
    let settled = settle(appointment("10:00", ""), &rules(), at("20T09:00"));
    assert_eq!(said(&settled), "confirmation remind");
    assert_eq!(settled.appointment.sequence, 0);
    let again = settle(settled.appointment.clone(), &rules(), at("20T09:00"));
    assert_eq!(said(&again), "");
    assert_eq!(again.appointment, settled.appointment);
}

/// A row: the instants at which things are typed or looked at, and what was owed at each.
fn history(rows: &[(&str, &str, &str)]) {
    let mut one = settle(appointment("10:00", ""), &rules(), at("20T09:00")).appointment;
    for (now, typed, owed) in rows {
        one.facts.extend(facts(typed));
        let before = one.sequence;
        let settled = settle(one, &rules(), at(now));
        assert_eq!(said(&settled), *owed, "{now} {typed}");
        assert!(settled.appointment.sequence <= before + 1);
        one = settled.appointment;
        let again = settle(one.clone(), &rules(), at(now));
        assert_eq!((said(&again), &again.appointment), (String::new(), &one), "{now} twice");
    }
}

#[test]
fn article_2_4_a_call_found_later_undoes_the_deeming() {
    history(&[
        ("10:09:59", "", ""),
        ("10:10", "", "deemed_cancelled free"),
        ("10:20", "called 10:08", "deeming_undone reclaim"),
        ("10:21", "arrived 10:21", ""),
        ("10:40", "held 10:40", "RECORD"),
        ("25T09:00", "", ""),
    ]);
    history(&[
        ("10:10", "", "deemed_cancelled free"),
        ("10:20", "called 10:08, slot_lost 10:20", "displaced OFFER"),
        ("10:30", "called 10:30", ""),
    ]);
    history(&[
        ("10:10", "", "deemed_cancelled free"),
        ("25T09:00", "called_off 10:09", "deeming_undone"),
    ]);
    history(&[
        ("10:10", "", "deemed_cancelled free"),
        ("10:15", "called 10:12", ""),
        ("10:16", "stopped_service 10:16", ""),
        ("10:45", "outage 10:09", "stopped_by_office OFFER"),
    ]);
    history(&[
        ("10:10", "", "deemed_cancelled free"),
        ("10:20", "outage 10:09", "deeming_undone reclaim"),
        ("10:30", "", "OFFER RECORD"),
    ]);
}

#[test]
fn a_cancellation_that_is_taken_back() {
    let undo = |retracted: &str, now: &str, facts_left: &str, owed: &str| {
        let start = settle(appointment("10:00", ""), &rules(), at("20T09:00")).appointment;
        let with = Appointment { facts: facts(retracted), ..start };
        let off = settle(with, &rules(), at("09:00")).appointment;
        let without = Appointment { facts: facts(facts_left), ..off };
        assert_eq!(said(&settle(without, &rules(), at(now))), owed, "{retracted} {now}");
    };
    undo("called_off 08:00", "09:01", "", "reinstatement reclaim");
    undo("stopped_failure 08:00", "09:01", "", "reinstatement reclaim");
    undo("called_off 08:00", "09:01", "slot_lost 09:01", "displaced OFFER");
    // Undone only after the limit, the person is silent because we said so. That is known only to
    // who undoes it, and said by an outage up to the limit.
    undo("called_off 08:00", "10:15", "", "deemed_cancelled");
    undo("called_off 08:00", "10:15", "outage 10:00", "reinstatement reclaim");
    undo("called_off 08:00", "10:45", "outage 10:00", "OFFER RECORD reclaim");
}

/// A row: start | facts | now | next tick (`-`: only a new fact changes anything).
fn check_tick(row: &str) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [start, facts, now, tick] = cells[..] else { panic!("{row}") };
    let found = next_tick(&appointment(start, facts), &rules(), at(now));
    assert_eq!(found, (tick != "-").then(|| at(tick)), "{row}");
}

#[test]
fn when_to_look_again() {
    check_tick("10:00 |                             | 20T09:00 | 10:10");
    check_tick("10:00 |                             | 10:09:59 | 10:10");
    check_tick("10:00 |                             | 10:10    | -");
    check_tick("10:00 | called 10:08                | 10:20    | 25T00:00");
    check_tick("10:00 | arrived 10:00               | 23:59:59 | 25T00:00");
    check_tick("10:00 | arrived 10:00               | 25T00:00 | -");
    check_tick("10:00 | outage 10:05                | 10:20    | 10:30");
    check_tick("10:00 | outage 10:05                | 10:30    | -");
    check_tick("10:00 | to_telephone 10:05          | 10:05    | 25T00:00");
    check_tick("10:00 | called_off 09:00            | 09:00    | -");
    check_tick("10:00 | stopped_failure 09:00       | 09:00    | -");
    check_tick("10:00 | held 10:30                  | 10:30    | -");
    check_tick("10:30 | called 08:00, moved 09:00   | 09:00    | 10:40");
    // Another machine's clock is ahead: what it recorded has happened when ours gets there.
    check_tick("10:00 | called 10:01                | 10:00    | 10:01");
    check_tick("10:00 | held 10:31                  | 10:30    | 10:31");
    check_tick("10:00 | called_off 09:00, held 09:01 | 09:00   | 09:01");
}
