//! The public edition against readers who know its rule and count what is possible.
//!
//! A reader here has the publishing function itself, tries every office that there could be, and
//! keeps those that would have published the same. That supposes no method of attack.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::super::{Counted, table};
use super::*;
use crate::application::Kind;
use crate::appointment::Standing;

/// A table by month and kind of these counts, a row to a month.
fn months(cells: &[&[u64]]) -> Table {
    let width = cells.first().map_or(0, |row| row.len());
    let column = |at: usize| cells.iter().map(|row| row[at]).sum();
    Table {
        rows: By::Month,
        columns: By::Kind,
        row_labels: (1..=cells.len()).map(|month| format!("2026-{month:02}")).collect(),
        column_labels: (0..width).map(|at| at.to_string()).collect(),
        cells: cells.iter().map(|row| row.to_vec()).collect(),
        row_totals: cells.iter().map(|row| row.iter().sum()).collect(),
        column_totals: (0..width).map(column).collect(),
        total: cells.iter().copied().flatten().sum(),
        days: None,
    }
}

fn words(cells: &[Published]) -> String {
    cells.iter().map(Published::to_string).collect::<Vec<_>>().join(" ")
}

/// One row: the counts, and what is published as `cells = total | … | column totals = total`.
fn check(cells: &[&[u64]], expected: &str) {
    let seen = public(&months(cells)).unwrap();
    let mut lines: Vec<String> = zip(&seen.cells, &seen.row_totals)
        .map(|(cells, total)| format!("{} = {total}", words(cells)))
        .collect();
    lines.push(format!("{} = {}", words(&seen.column_totals), seen.total));
    assert_eq!(lines.join(" | "), expected, "{cells:?}");
}

#[test]
fn article_5_2_public_tables() {
    check(&[&[2, 1300]], "― 1300 = 1310 | ― 1300 = 1310");
    // To the nearest ten, half up.
    check(&[&[10, 14, 15, 24, 25]], "10 10 20 20 30 = 90 | 10 10 20 20 30 = 90");
    // Zeros stay zeros; a line of hidden cells and zeros has a hidden total.
    check(&[&[0, 9], &[0, 10]], "0 ― = ― | 0 10 = 10 | 0 20 = 20");
    check(&[&[5, 5]], "― ― = ― | ― ― = ―");
    check(&[&[9, 9], &[9, 9]], "― ― = ― | ― ― = ― | ― ― = ―");
    check(&[&[1, 1, 10]], "― ― 10 = 20 | ― ― 10 = 20");
    // What the hidden cells are changes nothing.
    check(&[&[9, 9, 10]], "― ― 10 = 20 | ― ― 10 = 20");
    check(&[&[1, 2, 3, 10]], "― ― ― 10 = 30 | ― ― ― 10 = 30");
    // Fewer than ten in all: not published, not even the labels.
    check(&[&[3, 6]], " = ―");
    check(&[&[1, 0], &[0, 1]], " = ―");
    check(&[], " = 0");
}

/// Sessions at an office at 10:00 of each of these days.
fn on_days(days: &[&str]) -> Vec<Counted> {
    let session = |day: &&str| {
        let start = format!("{day}T10:00:00+09:00").parse().unwrap();
        let received = start - SignedDuration::from_hours(48);
        Counted {
            office: 7,
            start,
            minutes: 30,
            standing: Standing::Held,
            received,
            answered: None,
            kind: Kind::Counselling,
        }
    };
    days.iter().map(session).collect()
}

#[test]
fn article_5_2_nothing_shorter_than_a_month() {
    let check = |days: &[&str], rows, columns, refused: bool| {
        let seen = public(&table(&on_days(days), rows, columns));
        let expected = refused.then_some(EditionRefusal::TooFine);
        assert_eq!(seen.err(), expected, "{days:?} {rows:?} {columns:?}");
    };
    let (day, week) = (["2026-11-24"; 12], ["2026-11-02", "2026-11-06"]);
    let (short, month) = (["2026-11-02", "2026-11-22"], ["2026-11-02", "2026-11-23"]);
    for by in By::ALL {
        check(&month, By::Day, by, true);
        check(&month, by, By::Day, true);
        check(&day, By::Month, by, by == By::Day);
        check(&day, by, By::Month, by == By::Day);
    }
    for by in [By::Office, By::Kind, By::Hour, By::Outcome] {
        check(&day, By::Office, by, true);
        check(&week, by, By::Office, true);
        check(&short, by, By::Hour, true);
        check(&month, by, By::Hour, false);
        check(&[], By::Office, by, false);
    }
}

/// For each cell, the values it has in those worlds that publish the same as `actual` does.
fn possible<P: PartialEq>(
    publish: impl Fn(&[u64]) -> P,
    actual: &[u64],
    worlds: &[Vec<u64>],
) -> Vec<Vec<u64>> {
    let seen = publish(actual);
    let alike: Vec<_> = worlds.iter().filter(|world| publish(world) == seen).collect();
    let values = |at| alike.iter().map(|world| world[at]).collect::<BTreeSet<u64>>();
    (0..actual.len()).map(|at| values(at).into_iter().collect()).collect()
}

/// All lines of so many cells, each from 0 to `most`.
fn worlds(width: u32, most: u64) -> Vec<Vec<u64>> {
    let base = most + 1;
    let digit = |world: u64, at| world / base.pow(at) % base;
    (0..base.pow(width)).map(|world| (0..width).map(|at| digit(world, at)).collect()).collect()
}

/// Cells of 1 to 9 hidden, and all else exact: what one would do first.
fn naive(cells: &[u64]) -> Vec<Option<u64>> {
    cells.iter().map(|&count| (!(1..10).contains(&count)).then_some(count)).collect()
}

fn ours(cells: &[u64]) -> PublicTable {
    public(&months(&[cells])).unwrap()
}

#[test]
fn article_5_2_exact_totals_would_tell_a_hidden_cell() {
    let worlds = worlds(2, 40);
    let with_total = |cells: &[u64]| (naive(cells), cells.iter().sum::<u64>());
    assert_eq!(possible(with_total, &[2, 30], &worlds)[0], [2]);
    // Nor do rounded totals of what is not published help: 9 and 15 are 24, and told as 20.
    let rounded = |cells: &[u64]| (naive(cells), Published::cell(cells.iter().sum()));
    assert_eq!(possible(rounded, &[1, 23], &worlds)[0], [1]);
    assert_eq!(possible(ours, &[2, 30], &worlds)[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(possible(ours, &[1, 23], &worlds)[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn article_5_2_exact_cells_would_tell_a_hidden_cell_of_another_table() {
    let worlds = worlds(2, 40);
    // By kind, and the same sessions by month, which are one cell. No total is published.
    let exact = |cells: &[u64]| (naive(cells), naive(&[cells.iter().sum()]));
    assert_eq!(possible(exact, &[2, 30], &worlds)[0], [2]);
    let rounded = |cells: &[u64]| (ours(cells), ours(&[cells.iter().sum()]));
    assert_eq!(possible(rounded, &[2, 30], &worlds)[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn article_5_2_rounding_alone_does_not_keep_two_tables_apart() {
    // 45 at most in the one table, 45 at least in the other.
    let both = |cells: &[u64]| (ours(cells), ours(&[cells.iter().sum()]));
    let nines = possible(both, &[9; 5], &worlds(5, 9));
    assert_eq!(nines, vec![vec![9]; 5]);
    // 14 at least, 14 at most.
    let tight = worlds(4, 9)
        .into_iter()
        .flat_map(|small| (10..15).map(move |large| [small.clone(), vec![large]].concat()));
    let ones = possible(both, &[1, 1, 1, 1, 10], &tight.collect::<Vec<_>>());
    assert_eq!(ones[..4], vec![vec![1]; 4]);
}

#[test]
fn article_5_2_labels_of_a_small_table_would_tell_its_cells() {
    // With its labels, nine months of fewer than ten sessions.
    let with_labels =
        |cells: &[u64]| (ours(cells), cells.iter().map(|&count| count > 0).collect::<Vec<_>>());
    let actual = [1; 9];
    let small = worlds(9, 2);
    assert_eq!(possible(with_labels, &actual, &small), vec![vec![1]; 9]);
    assert_eq!(possible(ours, &actual, &small), vec![vec![0, 1, 2]; 9]);
}

/// What a reader knows who knows also that exactly one session came in between two editions.
#[test]
fn article_5_2_a_month_that_is_published_twice_can_tell_a_cell() {
    let (before, after) = (ours(&[9, 30]), ours(&[10, 30]));
    let moved = |world: &&Vec<u64>| ours(world) == before && ours(&[world[0] + 1, 30]) == after;
    let worlds = worlds(2, 40);
    let values: BTreeSet<u64> = worlds.iter().filter(moved).map(|world| world[0]).collect();
    assert_eq!(values, BTreeSet::from([9]));
}

/// Groups worlds by what they publish.
fn by_edition<W: Clone, P: Eq + Hash>(
    worlds: impl Iterator<Item = W>,
    publish: impl Fn(&W) -> P,
) -> HashMap<P, Vec<W>> {
    let mut groups: HashMap<P, Vec<W>> = HashMap::new();
    for world in worlds {
        groups.entry(publish(&world)).or_default().push(world);
    }
    groups
}

#[test]
fn article_5_2_a_hidden_cell_of_one_table_may_be_any_of_one_to_nine() {
    let square = |world: &Vec<u64>| public(&months(&[&world[..2], &world[2..]])).unwrap();
    for (seen, alike) in by_edition(worlds(4, 12).into_iter(), square) {
        for (at, cell) in seen.cells.concat().into_iter().enumerate() {
            let values: BTreeSet<u64> = alike.iter().map(|world| world[at]).collect();
            match cell {
                Published::Hidden => assert_eq!(values, (1..=9).collect(), "{seen:?}"),
                Published::Shown(0) => assert_eq!(values, BTreeSet::from([0])),
                Published::Shown(count) => assert_eq!((count, values.len()), (10, 3)),
            }
        }
    }
}

/// The same sessions in a row each of two tables.
type Pair = (Vec<u64>, Vec<u64>);

fn pair(world: &Pair) -> [Table; 2] {
    [months(&[&world.0]), months(&[&world.1])]
}

/// Every pair of rows with equal sums, of one to three cells and two: any two rows of equal sums
/// are the margins of some sessions.
fn pairs() -> impl Iterator<Item = Pair> {
    let sums = |width, most| {
        let mut sums: BTreeMap<u64, Vec<Vec<u64>>> = BTreeMap::new();
        for world in worlds(width, most) {
            sums.entry(world.iter().sum()).or_default().push(world);
        }
        sums
    };
    // The bounds of 14 and 24 are ends of what is rounded alike, so that no group is cut.
    let others = [(1, 44), (2, 24)].map(|(width, most)| sums(width, most));
    sums(3, 14).into_iter().flat_map(move |(sum, rows)| {
        let others: Vec<_> =
            others.iter().filter_map(|sums| sums.get(&sum)).flatten().cloned().collect();
        let pair =
            |row: Vec<u64>| others.clone().into_iter().map(move |other| (row.clone(), other));
        rows.into_iter().flat_map(pair).collect::<Vec<_>>()
    })
}

#[test]
fn article_5_2_an_edition_leaves_each_hidden_cell_its_values() {
    let publish = |world: &Pair| pair(world).map(|table| public(&table).unwrap());
    let mut refused = 0;
    for (seen, alike) in by_edition(pairs(), publish) {
        let verdict = |world: &Pair| edition(&pair(world)).map(|seen| seen.len());
        let seen_as = verdict(&alike[0]);
        let is_same = alike.iter().all(|world| verdict(world) == seen_as);
        assert!(is_same, "the verdict tells what is not published: {seen:?}");
        let values = |side: usize, at: usize| {
            let cell = |(one, other): &Pair| if side == 0 { one[at] } else { other[at] };
            alike.iter().map(cell).collect::<BTreeSet<u64>>().len()
        };
        let hidden = (0..2).flat_map(|side| {
            let cells = seen[side].cells.concat().into_iter().enumerate();
            let hidden = cells.filter(|(_, cell)| *cell == Published::Hidden);
            hidden.map(move |(at, _)| (side, at))
        });
        let least = hidden.map(|(side, at)| values(side, at)).min();
        let is_telling = least.is_some_and(|least| least < LEAST_ALTERNATIVES);
        refused += usize::from(is_telling);
        let should_be = if is_telling { Err(EditionRefusal::TooTelling) } else { Ok(2) };
        assert_eq!(seen_as, should_be, "{least:?} {seen:?}");
    }
    assert!(refused > 0, "a guard that was never seen to refuse");
}

/// One row: each table by its rows; whether they may be published together.
fn check_edition(tables: &[&[&[u64]]], expected: Result<(), EditionRefusal>) {
    let seen = edition(&tables.iter().map(|cells| months(cells)).collect::<Vec<_>>());
    assert_eq!(seen.map(|_| ()), expected, "{tables:?}");
}

#[test]
fn article_5_2_tables_of_the_same_sessions() {
    use EditionRefusal::{OtherSessions, TooTelling};
    check_edition(&[], Ok(()));
    check_edition(&[&[&[2, 1300]]], Ok(()));
    check_edition(&[&[&[2, 1300]], &[&[1302]]], Ok(()));
    check_edition(&[&[&[2, 1300]], &[&[2, 1300]]], Ok(()));
    check_edition(&[&[&[9, 9, 9, 9, 9]], &[&[45]]], Err(TooTelling));
    check_edition(&[&[&[45]], &[&[9, 9, 9, 9, 9]]], Err(TooTelling));
    check_edition(&[&[&[9, 9, 9, 9, 8]], &[&[44]]], Ok(()));
    check_edition(&[&[&[10, 1, 1, 1, 1]], &[&[14]]], Err(TooTelling));
    check_edition(&[&[&[10, 1]], &[&[11]]], Err(TooTelling)); // 1 to 4.
    // One row is enough, whatever the others say.
    check_edition(&[&[&[300, 0], &[10, 1]], &[&[150, 150], &[11, 0]]], Err(TooTelling));
    // Many values are left, although none of the sums is told.
    check_edition(&[&[&[6, 6]], &[&[2, 2, 2, 2, 2, 2]]], Ok(()));
    check_edition(&[&[&[6, 6]], &[&[12]]], Ok(()));
    check_edition(&[&[&[1, 1, 1, 1, 2, 3, 3]], &[&[6, 6]]], Ok(()));
    check_edition(&[&[&[1; 10]], &[&[10]]], Ok(())); // 10 to 14: each is 1 to 5.
    check_edition(&[&[&[1; 11]], &[&[11]]], Err(TooTelling)); // 11 to 14: each is 1 to 4.
    // Not the same sessions.
    check_edition(&[&[&[20, 20]], &[&[20, 21]]], Err(OtherSessions));
    check_edition(&[&[&[20]], &[&[20], &[20]]], Err(OtherSessions));
    // Too few for any table.
    check_edition(&[&[&[1, 1]], &[&[2]]], Ok(()));
}

#[test]
fn article_5_2_tables_that_do_not_share_their_rows() {
    let some = on_days(&["2026-11-02", "2026-11-30"]);
    let check = |pairs: [(By, By); 2], expected: Option<EditionRefusal>| {
        let tables = pairs.map(|(rows, columns)| table(&some, rows, columns));
        assert_eq!(edition(&tables).err(), expected, "{pairs:?}");
    };
    use By::*;
    check([(Month, Kind), (Month, Outcome)], None);
    check([(Month, Kind), (Office, Month)], Some(EditionRefusal::OtherRows));
    check([(Month, Kind), (Kind, Month)], Some(EditionRefusal::OtherRows));
    check([(Month, Kind), (Month, Day)], Some(EditionRefusal::TooFine));
}

fn any_session() -> impl Strategy<Value = Counted> {
    let hour = prop_oneof![4 => Just(10), 1 => 9_i64..16];
    let kind = prop_oneof![8 => Just(Kind::ALL[0]), 1 => prop::sample::select(Kind::ALL.to_vec())];
    let standing = prop_oneof![
        8 => Just(Standing::Held),
        1 => prop::sample::select(Standing::ALL.to_vec()),
    ];
    (0_i64..90, hour, 1_i64..4, kind, standing).prop_map(|(day, hour, office, kind, standing)| {
        let [first] = on_days(&["2026-10-01"])[..] else { unreachable!("one day, one session") };
        let start = first.start + SignedDuration::from_hours(24 * day + hour - 10);
        Counted { office, start, kind, standing, ..first }
    })
}

fn any_sessions() -> impl Strategy<Value = Vec<Counted>> {
    prop_oneof![
        prop::collection::vec(any_session(), 0..30),
        prop::collection::vec(any_session(), 100..400),
    ]
}

/// Everything by which a public table can have its columns.
fn columns() -> impl Strategy<Value = By> {
    prop::sample::select(vec![By::Month, By::Office, By::Kind, By::Hour, By::Outcome])
}

/// What a cell can be, by the rule alone; written apart from [`Published::bounds`].
fn values(cell: Published) -> Vec<u64> {
    let near = match cell {
        Published::Shown(count) => count.saturating_sub(10)..count + 10,
        Published::Hidden => 0..20,
    };
    near.filter(|&count| Published::cell(count) == cell).collect()
}

/// What the sum of a line can be.
fn sums(cells: &[Published]) -> BTreeSet<u64> {
    cells.iter().fold(BTreeSet::from([0]), |sums, &cell| {
        let plus =
            |sum: &u64| values(cell).into_iter().map(|value| sum + value).collect::<Vec<_>>();
        sums.iter().flat_map(plus).collect()
    })
}

/// For each hidden cell of a row, in any of the tables, what it still can be to a reader who adds
/// up everything that could be.
fn still_possible(seen: &[PublicTable], row: usize) -> Vec<Vec<u64>> {
    let lines: Vec<&Vec<Published>> = seen.iter().map(|table| &table.cells[row]).collect();
    let all: Vec<_> = lines.iter().map(|line| sums(line)).collect();
    let is_common = |sum: &u64| all.iter().all(|sums| sums.contains(sum));
    let left = |line: &[Published], at: usize| {
        let others = sums(&[&line[..at], &line[at + 1..]].concat());
        let fits = |value: &u64| others.iter().any(|sum| is_common(&(sum + value)));
        values(Published::Hidden).into_iter().filter(fits).collect()
    };
    let hidden = |line: &Vec<Published>| {
        let at: Vec<_> = (0..line.len()).filter(|&at| line[at] == Published::Hidden).collect();
        at.into_iter().map(|at| left(line, at)).collect::<Vec<Vec<u64>>>()
    };
    lines.into_iter().flat_map(hidden).collect()
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn article_5_2_no_number_below_ten_is_published(
        sessions in any_sessions(), rows in columns(), columns in columns(),
    ) {
        let exact = table(&sessions, rows, columns);
        let Ok(seen) = public(&exact) else { return Ok(()) };
        let totals = [&seen.row_totals[..], &seen.column_totals, &[seen.total]].concat();
        for number in [seen.cells.concat(), totals].concat() {
            prop_assert!(!matches!(number, Published::Shown(1..10)), "{:?}", seen);
        }
        if exact.total < 10 {
            prop_assert!(seen.cells.is_empty() && seen.row_labels.is_empty());
            prop_assert_eq!(seen.total == Published::Shown(0), exact.total == 0);
            return Ok(());
        }
        for (count, cell) in zip(exact.cells.concat(), seen.cells.concat()) {
            prop_assert_eq!(count == 0, cell == Published::Shown(0));
            prop_assert_eq!((1..10).contains(&count), cell == Published::Hidden);
        }
    }

    /// Sessions that differ in what is not told: the same is published, totals and all.
    #[test]
    fn article_5_2_what_is_hidden_changes_nothing(
        cells in prop::collection::vec((1_u64..10, 1_u64..10), 1..9), large in 15_u64..400,
    ) {
        let large = large / 10 * 10;
        let one: Vec<u64> = cells.iter().map(|cell| cell.0).chain([large]).collect();
        let other: Vec<u64> = cells.iter().map(|cell| cell.1).chain([large + 4]).collect();
        prop_assert_eq!(ours(&one), ours(&other));
        prop_assert_eq!(ours(&one), ours(&one));
    }

    #[test]
    fn article_5_2_no_edition_confines_a_hidden_cell(
        sessions in any_sessions(),
        rows in columns(),
        columns in prop::collection::vec(columns(), 1..5),
    ) {
        let tables: Vec<_> = columns.iter().map(|&by| table(&sessions, rows, by)).collect();
        let Ok(seen) = edition(&tables) else { return Ok(()) };
        for row in 0..seen[0].cells.len() {
            for left in still_possible(&seen, row) {
                prop_assert!(left.len() >= LEAST_ALTERNATIVES, "{:?} {:?}", left, seen);
            }
        }
    }

    /// Somebody who knows that sessions came in between two editions, but not how many.
    #[test]
    fn article_5_2_a_later_table_with_one_more_session_takes_no_value_away(
        sessions in any_sessions(), more in any_session(),
    ) {
        let cells = |sessions: &[Counted]| {
            let exact = table(sessions, By::Month, By::Kind);
            let seen = public(&exact).unwrap();
            let labels = |row: &String| {
                let pair = |column: &String| (row.clone(), column.clone());
                seen.column_labels.iter().map(pair).collect::<Vec<_>>()
            };
            let labels = seen.row_labels.iter().flat_map(labels).collect::<Vec<_>>();
            labels.into_iter().zip(seen.cells.concat()).collect::<HashMap<_, _>>()
        };
        let (before, after) = (cells(&sessions), cells(&[sessions, vec![more]].concat()));
        for (label, earlier) in before {
            let later = values(after[&label]);
            let fits = |value: &u64| later.iter().any(|at| at >= value);
            let left = values(earlier).into_iter().filter(fits).count();
            prop_assert!(earlier != Published::Hidden || left == 9);
        }
    }
}
