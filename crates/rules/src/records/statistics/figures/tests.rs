//! Tables of figures that are counted by hand.

use super::*;
use crate::application::Kind;

/// `day time office standing`, of November 2026: `24 10:15 7 held`.
fn session(words: &str) -> Counted {
    let words: Vec<&str> = words.split(' ').collect();
    let start = format!("2026-11-{}T{}:00+09:00", words[0], words[1]).parse().unwrap();
    Counted {
        office: words[2].parse().unwrap(),
        start,
        minutes: 30,
        standing: Standing::parse(words[3]).unwrap(),
        received: start - SignedDuration::from_hours(48),
        answered: None,
        kind: Kind::Counselling,
    }
}

fn sessions(lines: &[&str]) -> Vec<Counted> {
    lines.iter().map(|words| session(words)).collect()
}

/// One row: a table as `columns | row: cells = total | … | column totals = total`.
fn check(lines: &[&str], rows: By, columns: By, expected: &str) {
    let counted = table(&sessions(lines), rows, columns);
    let words = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
    let mut seen = counted.column_labels.join(" ");
    for (at, label) in counted.row_labels.iter().enumerate() {
        let (cells, total) = (words(&counted.cells[at]), counted.row_totals[at]);
        seen += &format!(" | {label}: {cells} = {total}");
    }
    seen += &format!(" | {} = {}", words(&counted.column_totals), counted.total);
    assert_eq!(seen, expected, "{rows:?} {columns:?}");
}

#[test]
fn article_5_1_tables() {
    use By::*;
    let some = [
        "24 10:15 7 held",
        "24 10:45 12 deemed_cancelled",
        "25 09:00 7 held",
        "25 14:00 7 called_off",
    ];
    let by_day = "7 12 | 2026-11-24: 1 1 = 2 | 2026-11-25: 2 0 = 2 | 3 1 = 4";
    check(&some, Day, Office, by_day);
    check(&some, Month, Kind, "counselling | 2026-11: 4 = 4 | 4 = 4");
    check(&some, Office, Hour, "09 10 14 | 7: 1 1 1 = 3 | 12: 0 1 0 = 1 | 1 2 1 = 4");
    let outcomes = "held called_off deemed_cancelled";
    check(&some, Month, Outcome, &format!("{outcomes} | 2026-11: 2 1 1 = 4 | 2 1 1 = 4"));
    check(&some, Office, Office, "7 12 | 7: 3 0 = 3 | 12: 0 1 = 1 | 3 1 = 4");
    check(&[], Day, Hour, " |  = 0");
    // The day and the month are those of Japan.
    let edges = ["01 00:00 1 held", "30 23:59 1 held"];
    check(&edges, Month, Hour, "00 23 | 2026-11: 1 1 = 2 | 1 1 = 2");
    // Offices go by their number.
    check(&["24 10:00 10 held", "24 10:00 9 held"], Hour, Office, "9 10 | 10: 1 1 = 2 | 1 1 = 2");
}

#[test]
fn the_order_of_sessions_changes_nothing() {
    let mut some = sessions(&["24 10:15 7 held", "25 09:00 9 held", "24 10:45 12 called_off"]);
    let tables = |sessions: &[Counted]| {
        let pair = |rows| By::ALL.map(|columns| table(sessions, rows, columns));
        By::ALL.map(pair)
    };
    let before = tables(&some);
    some.reverse();
    assert_eq!(tables(&some), before);
}

/// One row: sessions of these standings; part and whole of the no-show rate and of the troubles.
fn check_rates(standings: &str, no_show: Option<(u64, u64)>, trouble: Option<(u64, u64)>) {
    let lines: Vec<String> =
        standings.split_whitespace().map(|standing| format!("24 10:00 1 {standing}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let seen = rates(&sessions(&lines));
    let share = |share: Option<Share>| share.map(|share| (share.part, share.of));
    assert_eq!(share(seen.no_show_rate), no_show, "{standings}");
    assert_eq!(share(seen.trouble_rate), trouble, "{standings}");
    let Rates { held, by_telephone, jobseekers_trouble, offices_trouble, .. } = seen;
    let tried = held + by_telephone + jobseekers_trouble + offices_trouble;
    let all = tried + seen.no_shows + seen.called_off + seen.left_out;
    assert_eq!(all, lines.len() as u64, "each session counts once");
}

#[test]
fn article_9_6_only_silence_is_a_no_show() {
    check_rates("", None, None);
    check_rates("held", Some((0, 1)), Some((0, 1)));
    check_rates("deemed_cancelled", Some((1, 1)), None);
    check_rates("held by_telephone deemed_cancelled", Some((1, 3)), Some((0, 2)));
    // Trouble is no silence, but who had it did try.
    check_rates("jobseekers_trouble deemed_cancelled", Some((1, 2)), Some((1, 1)));
    check_rates("jobseekers_trouble", Some((0, 1)), Some((1, 1)));
    // The office's failures say nothing of the jobseeker.
    check_rates("offices_trouble", None, Some((1, 1)));
    check_rates("stopped_by_office displaced unrecorded", None, None);
    check_rates("offices_trouble stopped_by_office held", Some((0, 1)), Some((1, 2)));
    check_rates("called_off called_off deemed_cancelled held", Some((1, 2)), Some((0, 1)));
    check_rates("waiting in_contact present", None, None);
    for standing in Standing::ALL {
        let seen = rates(&sessions(&[&format!("24 10:00 1 {}", standing.code())]));
        let part = seen.no_show_rate.map_or(0, |share| share.part);
        assert_eq!(part == 1, standing == Standing::DeemedCancelled, "{standing:?}");
    }
}

#[test]
fn shares_are_rounded_half_up() {
    for (part, of, expected) in
        [(0, 1, 0), (1, 1, 1000), (1, 8, 125), (1, 3, 333), (2, 3, 667), (1, 16, 63), (1, 2000, 1)]
    {
        let share = Share::new(part, of).unwrap();
        assert_eq!(share.per_thousand(), expected, "{part} of {of}");
    }
    assert_eq!(Share::new(0, 0), None);
}

/// One row: minutes, and P50 and P95 of them.
fn check_spread(minutes: impl IntoIterator<Item = i64>, expected: Option<(i64, i64)>) {
    let durations: Vec<_> = minutes.into_iter().map(SignedDuration::from_mins).collect();
    let seen = Spread::new(durations.clone());
    let seen = seen.map(|spread| (spread.median.as_mins(), spread.ninety_fifth.as_mins()));
    assert_eq!(seen, expected, "{durations:?}");
}

#[test]
fn percentiles_by_nearest_rank() {
    check_spread([], None);
    check_spread([7], Some((7, 7)));
    check_spread([7, 7, 7, 7], Some((7, 7)));
    check_spread([1, 2], Some((1, 2)));
    check_spread([3, 1, 2], Some((2, 3)));
    check_spread([0, 0, 0, 60], Some((0, 60)));
    check_spread([15, 20, 35, 40, 50], Some((35, 50)));
    check_spread(1..=20, Some((10, 19)));
    check_spread(1..=21, Some((11, 20)));
    check_spread((1..=100).rev(), Some((50, 95)));
}

#[test]
fn waiting_is_counted_where_it_is_known() {
    let hours = |spread: Option<Spread>| spread.map(|spread| (spread.median.as_hours(), spread.of));
    let open = session("24 10:00 1 held");
    let answered = Counted { answered: Some(open.start - SignedDuration::from_hours(24)), ..open };
    let late = Counted { received: open.start + SignedDuration::from_hours(1), ..open };
    // Lead, notice, decision: the median in hours and of how many.
    for (sessions, expected) in [
        (vec![], [None, None, None]),
        (vec![open], [Some((48, 1)), None, None]),
        (vec![open, answered], [Some((48, 2)), Some((24, 1)), Some((24, 1))]),
        (vec![late], [None, None, None]),
    ] {
        let Times { lead, notice, decision } = times(&sessions);
        assert_eq!([hours(lead), hours(notice), hours(decision)], expected);
    }
}

mod kept {
    use proptest::prelude::*;

    use super::*;
    use jiff::Timestamp;

    /// Milliseconds before the start, or after it.
    const NEAR: std::ops::Range<i64> = -4_000_000..4_000_000;

    proptest! {
        /// What is kept of deleted sessions says the same in minutes, which is how it is shown.
        #[test]
        fn article_5_2_coarse_times_show_the_same(
            all in prop::collection::vec((NEAR, NEAR), 1..12)
        ) {
            let start: Timestamp = "2026-11-24T10:15:00+09:00".parse().unwrap();
            let before = |ms: i64| start - SignedDuration::from_millis(ms);
            let sessions: Vec<Counted> = all
                .into_iter()
                .map(|(received, answered)| Counted {
                    received: before(received),
                    answered: (answered % 7 != 0).then(|| before(answered)),
                    ..session("24 10:15 7 held")
                })
                .collect();
            let coarse: Vec<Counted> = sessions.iter().map(|session| session.coarse()).collect();
            let shown = |sessions: &[Counted]| {
                let Times { lead, notice, decision } = times(sessions);
                [lead, notice, decision].map(|spread| {
                    spread.map(|it| (it.median.as_mins(), it.ninety_fifth.as_mins(), it.of))
                })
            };
            prop_assert_eq!(shown(&sessions), shown(&coarse));
            for session in &coarse {
                prop_assert_eq!(session.received.as_millisecond() % 60_000, 0);
                prop_assert_eq!(session.coarse(), *session, "nothing is lost by doing it again");
            }
        }
    }
}
