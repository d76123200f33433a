//! The numbers of a version, as the rest of the product asks for them.

use jiff::civil::Time;

/// What the numbers of a version amount to. Nothing else in the product states them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The shortest session, in minutes (article 2(1)).
    pub shortest_minutes: u16,
    /// The longest session, in minutes (article 2(1)).
    pub longest_minutes: u16,
    /// When sessions are held on a weekday; a session lies wholly in one of them (article 2(1)).
    pub windows: Vec<Window>,
    /// A booking is complete at the latest this many calendar days before (article 2(1)).
    pub complete_days_before: u8,
    /// Which days those are.
    pub days_counted: DaysCounted,
    /// By what time of the last of those days, in Japan; by its end where the text states none.
    pub complete_until: Option<Time>,
    /// How many minutes of silence after the start are borne (article 2(4)); `None` where silence
    /// cancels nothing.
    pub grace_minutes: Option<u16>,
}

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DaysCounted {
    /// Those of the calendar.
    Calendar,
    /// Those on which the office is open.
    Working,
}

/// A stretch of a day in which sessions are held, in Japan's time; both ends are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The earliest start.
    pub from: Time,
    /// The latest end.
    pub to: Time,
}

impl Window {
    /// Whole minutes from end to end; none when the window ends before it begins.
    pub fn minutes(&self) -> u16 {
        let seconds = self.from.duration_until(self.to).as_secs();
        u16::try_from(seconds / 60).unwrap_or(0)
    }
}

/// Rules that contradict each other. Windows are named by their place, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesFault {
    /// A session may last no minutes.
    ShortestIsNothing,
    /// The shortest session is longer than the longest.
    ShortestAboveLongest,
    /// The shortest session fits into no window.
    ShortestFitsNoWindow,
    /// The window ends when it begins, or before.
    WindowIsEmpty(usize),
    /// The window begins before the one that is named ahead of it.
    WindowOutOfOrder(usize),
    /// The window begins before the one ahead of it has ended.
    WindowsOverlap(usize),
}

impl Rules {
    /// Where these rules contradict each other.
    pub fn faults(&self) -> Vec<RulesFault> {
        let mut faults = Vec::new();
        if self.shortest_minutes == 0 {
            faults.push(RulesFault::ShortestIsNothing);
        }
        if self.shortest_minutes > self.longest_minutes {
            faults.push(RulesFault::ShortestAboveLongest);
        }
        if self.windows.iter().all(|window| window.minutes() < self.shortest_minutes) {
            faults.push(RulesFault::ShortestFitsNoWindow);
        }
        for (index, window) in self.windows.iter().enumerate() {
            if window.from >= window.to {
                faults.push(RulesFault::WindowIsEmpty(index + 1));
            }
        }
        for (index, pair) in self.windows.windows(2).enumerate() {
            if pair[1].from < pair[0].from {
                faults.push(RulesFault::WindowOutOfOrder(index + 2));
            } else if pair[1].from < pair[0].to {
                faults.push(RulesFault::WindowsOverlap(index + 2));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(minutes: [u16; 2], windows: &[[i8; 2]], faults: &[RulesFault]) {
        let time = |hour| Time::constant(hour, 0, 0, 0);
        let rules = Rules {
            shortest_minutes: minutes[0],
            longest_minutes: minutes[1],
            windows: windows.iter().map(|w| Window { from: time(w[0]), to: time(w[1]) }).collect(),
            complete_days_before: 1,
            days_counted: DaysCounted::Calendar,
            complete_until: None,
            grace_minutes: Some(5),
        };
        assert_eq!(rules.faults(), faults, "{minutes:?} {windows:?}");
    }

    #[test]
    fn rules_that_contradict_each_other() {
        use RulesFault::*;
        check([20, 40], &[[9, 11], [13, 15]], &[]);
        check([20, 20], &[[9, 11]], &[]);
        check([20, 40], &[[9, 11], [11, 15]], &[]); // Windows may touch.
        check([0, 40], &[[9, 11]], &[ShortestIsNothing]);
        check([41, 40], &[[9, 11]], &[ShortestAboveLongest]);
        check([120, 200], &[[9, 11]], &[]);
        check([121, 200], &[[9, 11]], &[ShortestFitsNoWindow]);
        check([20, 40], &[], &[ShortestFitsNoWindow]);
        check([20, 40], &[[9, 11], [13, 13]], &[WindowIsEmpty(2)]);
        check([20, 40], &[[11, 9], [13, 15]], &[WindowIsEmpty(1)]);
        check([20, 40], &[[13, 15], [9, 11]], &[WindowOutOfOrder(2)]);
        check([20, 40], &[[9, 11], [10, 15]], &[WindowsOverlap(2)]);
        check([20, 40], &[[9, 11], [9, 11]], &[WindowsOverlap(2)]);
    }
}
