//! Which five-minute cells of which counsellor are taken.

use std::collections::HashMap;
use std::ops::Range;

use super::slot::CELL_MINUTES;

/// Cells in a day.
pub(super) const DAY_CELLS: i64 = 24 * 60 / CELL_MINUTES as i64;

/// Cells from the unix epoch back to the midnight of Tokyo before it (nine hours; Japan has kept
/// this one offset since 1952).
const TOKYO_CELLS: i64 = 9 * 60 / CELL_MINUTES as i64;

/// The number of Tokyo's day, counted from 1970-01-01, in which a cell lies.
pub(super) fn day_of(cell: i64) -> i64 {
    (cell + TOKYO_CELLS).div_euclid(DAY_CELLS)
}

/// The first cell of a day so numbered.
pub(super) fn first_cell(day: i64) -> i64 {
    day * DAY_CELLS - TOKYO_CELLS
}

/// The cells of one day as bits; cell 0 begins at midnight in Tokyo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DayCells([u64; 5]);

impl DayCells {
    /// The cells of a range, as far as the day goes.
    pub(super) fn of(cells: Range<i64>) -> Self {
        let bit = |cell: i64| u32::try_from(cell.clamp(0, DAY_CELLS)).unwrap_or(0);
        let (from, to) = (bit(cells.start), bit(cells.end));
        let mut words = [0; 5];
        for (word, start) in words.iter_mut().zip((0_u32..).step_by(64)) {
            let low = from.saturating_sub(start).min(64);
            let high = to.saturating_sub(start).min(64);
            if low < high {
                *word = (u64::MAX >> (64 - (high - low))) << low;
            }
        }
        Self(words)
    }

    /// Whether all cells of `other` are among these.
    pub(super) fn contains(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |missing, (own, others)| missing | (others & !own)) == 0
    }

    /// Whether any cell is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |shared, (own, others)| shared | (own & others)) != 0
    }

    /// Puts in one cell, which must lie in the day.
    fn put(&mut self, cell: i64) {
        let word = usize::try_from(cell / 64).ok().and_then(|index| self.0.get_mut(index));
        if let Some(word) = word {
            *word |= 1 << (cell % 64);
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, others)| *own |= others);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, others)| *own &= !others);
    }
}

/// The cells that reservations hold, by counsellor and day.
///
/// Collected from pairs of a counsellor's id and a cell (unix seconds divided by 300); pairs that
/// come sorted are taken in fastest.
#[derive(Clone, Debug, Default)]
pub struct Held {
    days: HashMap<(i64, i64), DayCells>,
}

impl Held {
    /// Holds these cells for this counsellor.
    pub fn hold(&mut self, counsellor: i64, cells: Range<i64>) {
        for (day, mask) in by_day(cells) {
            self.days.entry((counsellor, day)).or_default().add(&mask);
        }
    }

    /// Whether none of these cells is held for this counsellor.
    pub fn is_free(&self, counsellor: i64, cells: Range<i64>) -> bool {
        by_day(cells).all(|(day, mask)| !self.on(counsellor, day).meets(&mask))
    }

    /// What is held of a counsellor's day.
    pub(super) fn on(&self, counsellor: i64, day: i64) -> DayCells {
        self.days.get(&(counsellor, day)).copied().unwrap_or_default()
    }
}

impl FromIterator<(i64, i64)> for Held {
    fn from_iter<I: IntoIterator<Item = (i64, i64)>>(pairs: I) -> Self {
        let mut held = Self::default();
        // Cells of one counsellor's day mostly come together: gather them before looking up.
        let mut run: Option<((i64, i64), DayCells)> = None;
        for (counsellor, cell) in pairs {
            let key = (counsellor, day_of(cell));
            if run.is_none_or(|(current, _)| current != key) {
                held.take(run.replace((key, DayCells::default())));
            }
            if let Some((_, cells)) = &mut run {
                cells.put(cell - first_cell(key.1));
            }
        }
        held.take(run);
        held
    }
}

impl Held {
    fn take(&mut self, run: Option<((i64, i64), DayCells)>) {
        let Some((key, cells)) = run else { return };
        self.days.entry(key).or_default().add(&cells);
    }
}

/// Cuts a range of cells into days.
fn by_day(cells: Range<i64>) -> impl Iterator<Item = (i64, DayCells)> {
    let days = if cells.is_empty() { 0..0 } else { day_of(cells.start)..day_of(cells.end - 1) + 1 };
    days.map(move |day| {
        let first = first_cell(day);
        (day, DayCells::of(cells.start - first..cells.end - first))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{Time, date};
    use proptest::prelude::*;

    use super::*;
    use crate::schedule::Slot;

    #[test]
    fn days_begin_at_midnight_in_tokyo() {
        let midnight = Slot::on(date(2026, 11, 24), Time::midnight(), 0).unwrap().cells().start;
        assert_eq!(first_cell(day_of(midnight)), midnight);
        assert_eq!(day_of(midnight - 1) + 1, day_of(midnight));
        assert_eq!(day_of(0), 0);
    }

    #[test]
    fn a_cell_past_the_day_is_cut_off() {
        assert_eq!(DayCells::of(-5..0), DayCells::default());
        assert_eq!(DayCells::of(5..5), DayCells::default());
        assert_eq!(DayCells::of(287..400), DayCells::of(287..288));
        assert!(DayCells::of(i64::MIN..i64::MAX).contains(&DayCells::of(0..288)));
    }

    proptest! {
        /// Against a plain set of pairs.
        #[test]
        fn held_knows_what_a_set_would(
            pairs in prop::collection::vec((0_i64..3, -600_i64..600), 0..60),
            from in -700_i64..700, length in 0_i64..400, counsellor in 0_i64..3,
        ) {
            let held: Held = pairs.iter().copied().collect();
            let mut ranged = Held::default();
            pairs.iter().for_each(|(id, cell)| ranged.hold(*id, *cell..cell + 1));
            let set: BTreeSet<_> = pairs.into_iter().collect();
            let expected = !(from..from + length).any(|cell| set.contains(&(counsellor, cell)));
            prop_assert_eq!(held.is_free(counsellor, from..from + length), expected);
            prop_assert_eq!(ranged.is_free(counsellor, from..from + length), expected);
        }

        #[test]
        fn a_held_range_is_held(from in -700_i64..700, length in 1_i64..900) {
            let mut held = Held::default();
            held.hold(1, from..from + length);
            prop_assert!((from..from + length).all(|cell| !held.is_free(1, cell..cell + 1)));
            prop_assert!(held.is_free(1, from - 5..from));
            prop_assert!(held.is_free(1, from + length..from + length + 5));
            prop_assert!(held.is_free(2, from..from + length));
        }
    }
}
