//! Wished times: up to a few, ranked, each whole inside one window (article 2(1)).

use jiff::Timestamp;

use crate::schedule::{Bounds, Slot, SlotRefusal, check_slot};

/// Why a list of wishes cannot stand. Ranks count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishFault {
    /// No time was wished for.
    None,
    /// More wishes than the office takes.
    TooMany,
    /// The same time twice; the rank of the second.
    Twice(usize),
    /// A wish that the rules refuse; its rank.
    Refused(usize, SlotRefusal),
}

/// Checks a ranked list of wishes.
///
/// # Errors
/// Every fault, in the order of the ranks.
pub fn check_wishes(
    wishes: &[Slot],
    bounds: &Bounds<'_>,
    now: Timestamp,
) -> Result<(), Vec<WishFault>> {
    let mut faults = Vec::new();
    if wishes.is_empty() {
        faults.push(WishFault::None);
    }
    if wishes.len() > usize::from(bounds.practice.wishes_at_most) {
        faults.push(WishFault::TooMany);
    }
    for (index, wish) in wishes.iter().enumerate() {
        let rank = index + 1;
        if wishes[..index].iter().any(|earlier| earlier.start == wish.start) {
            faults.push(WishFault::Twice(rank));
        } else if let Err(refusal) = check_slot(wish, bounds, now) {
            faults.push(WishFault::Refused(rank, refusal));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Practice;
    use crate::schedule::{Calendar, parse_wish};
    use crate::terms;

    fn check(wishes: &[(&str, &str, &str)], expected: &[WishFault]) {
        let now: Timestamp = "2026-11-16T10:00:00+09:00".parse().expect("an instant");
        let slots: Vec<Slot> =
            wishes.iter().map(|(d, t, m)| parse_wish(d, t, m).expect("a time")).collect();
        let model = terms::model();
        let calendar = Calendar::default();
        let practice = Practice::default();
        let bounds = Bounds { rules: &model.rules, calendar: &calendar, practice: &practice };
        let found = check_wishes(&slots, &bounds, now);
        assert_eq!(found.err().unwrap_or_default(), expected, "{wishes:?}");
    }

    #[test]
    fn article_2_1_wishes() {
        use SlotRefusal as R;
        use WishFault as F;
        check(&[("2026-11-24", "10:00", "30")], &[]);
        check(&[("2026-11-24", "10:00", "30"), ("2026-11-25", "14:00", "60")], &[]);
        check(&[], &[F::None]);
        check(&[("2026-11-24", "10:00", "30"), ("2026-11-24", "10:00", "60")], &[F::Twice(2)]);
        check(&[("2026-11-24", "11:30", "60")], &[F::Refused(1, R::OutsideWindow)]);
        check(
            &[("2026-11-23", "10:00", "30"), ("2026-11-24", "10:00", "30")],
            &[F::Refused(1, R::Holiday)],
        );
        check(
            &[
                ("2026-11-24", "10:00", "30"),
                ("2026-11-24", "10:30", "30"),
                ("2026-11-24", "11:00", "30"),
                ("2026-11-24", "11:30", "30"),
            ],
            &[F::TooMany],
        );
    }
}
