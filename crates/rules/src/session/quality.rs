//! How well a session's connection was: a summary without addresses for the usage record
//! (article 5(1)).
//!
//! Browsers report what they measured since their last report. Reports add up, in any order and
//! from either side, so a summary needs no more than its sums.

use serde::{Deserialize, Serialize};

/// A report covers this many seconds at most; browsers report much more often.
const LONGEST_REPORT: u16 = 600;

/// A time there and back beyond a minute is a fault of the measurement.
const LONGEST_ROUND_TRIP: u32 = 60_000;

/// The most fresh starts of a connection that one report can hold.
const MOST_RESTARTS: u16 = 100;

/// Upper ends of the classes of time there and back, in milliseconds; the last class is open. Up
/// to the second one nobody notices; from the fourth on, people talk into each other.
const ROUND_TRIPS: [u32; 4] = [100, 200, 400, 800];

/// Upper ends of the classes of loss, in thousandths; the last is open. Sound bears the first
/// without a trace and the second with effort.
const LOSSES: [u16; 2] = [10, 50];

/// What one browser measured since its last report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Seconds in which the others' sound was heard.
    pub audio_seconds: u16,
    /// Seconds in which the others' picture was seen.
    pub video_seconds: u16,
    /// Milliseconds there and back, if measured.
    pub round_trip_ms: Option<u32>,
    /// Packets lost, in thousandths, if measured.
    pub lost_permille: Option<u16>,
    /// Which way the media went, if they did.
    pub route: Option<Route>,
    /// How often the connection had to be started afresh.
    pub restarts: u16,
}

/// Which way media go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Through a relay.
    Relay,
    /// From browser to browser.
    Direct,
}

/// Why a report is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportRefusal {
    /// More seconds than a report covers.
    Seconds,
    /// A time there and back that cannot be.
    RoundTrip,
    /// More lost than sent.
    Loss,
    /// More fresh starts than can be made.
    Restarts,
}

impl Report {
    /// Whether the numbers can be.
    ///
    /// # Errors
    /// The first number that cannot.
    pub fn check(&self) -> Result<(), ReportRefusal> {
        if self.audio_seconds.max(self.video_seconds) > LONGEST_REPORT {
            Err(ReportRefusal::Seconds)
        } else if self.round_trip_ms.is_some_and(|ms| ms > LONGEST_ROUND_TRIP) {
            Err(ReportRefusal::RoundTrip)
        } else if self.lost_permille.is_some_and(|lost| lost > 1_000) {
            Err(ReportRefusal::Loss)
        } else if self.restarts > MOST_RESTARTS {
            Err(ReportRefusal::Restarts)
        } else {
            Ok(())
        }
    }
}

/// The sums of all reports of a session, or of one side of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// Seconds with sound.
    pub audio_seconds: u32,
    /// Seconds with picture.
    pub video_seconds: u32,
    /// Reports by class of time there and back.
    pub round_trips: [u32; 5],
    /// Reports by class of loss.
    pub losses: [u32; 3],
    /// Reports with media through a relay.
    pub relayed: u32,
    /// Reports with media from browser to browser.
    pub direct: u32,
    /// Fresh starts of a connection.
    pub restarts: u32,
}

/// How well it was, for a person to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing to be noticed.
    Good,
    /// To be noticed, and borne.
    Fair,
    /// Hardly a talk.
    Poor,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Good, Self::Fair, Self::Poor];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
        }
    }

    /// Reads [`Level::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

impl From<Report> for Quality {
    fn from(report: Report) -> Self {
        let mut quality = Self {
            audio_seconds: report.audio_seconds.into(),
            video_seconds: report.video_seconds.into(),
            relayed: (report.route == Some(Route::Relay)).into(),
            direct: (report.route == Some(Route::Direct)).into(),
            restarts: report.restarts.into(),
            ..Self::default()
        };
        if let Some(ms) = report.round_trip_ms {
            quality.round_trips[ROUND_TRIPS.partition_point(|end| *end < ms)] = 1;
        }
        if let Some(lost) = report.lost_permille {
            quality.losses[LOSSES.partition_point(|end| *end < lost)] = 1;
        }
        quality
    }
}

impl Quality {
    /// Both together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let add = u32::saturating_add;
        let mut sum = self;
        sum.audio_seconds = add(sum.audio_seconds, other.audio_seconds);
        sum.video_seconds = add(sum.video_seconds, other.video_seconds);
        sum.round_trips.iter_mut().zip(other.round_trips).for_each(|(n, m)| *n = add(*n, m));
        sum.losses.iter_mut().zip(other.losses).for_each(|(n, m)| *n = add(*n, m));
        sum.relayed = add(sum.relayed, other.relayed);
        sum.direct = add(sum.direct, other.direct);
        sum.restarts = add(sum.restarts, other.restarts);
        sum
    }

    /// The upper end of the class in which the median time there and back lies, in milliseconds.
    /// `None` in the last class, which has none, and without any measurement.
    pub fn median_round_trip_ms(&self) -> Option<u32> {
        ROUND_TRIPS.get(median(&self.round_trips)?).copied()
    }

    /// How well it was; `None` when nothing was measured.
    pub fn level(&self) -> Option<Level> {
        let by_time = median(&self.round_trips).map(|class| match class {
            0 | 1 => Level::Good,
            2 | 3 => Level::Fair,
            _ => Level::Poor,
        });
        let by_loss = median(&self.losses).map(|class| match class {
            0 => Level::Good,
            1 => Level::Fair,
            _ => Level::Poor,
        });
        by_time.max(by_loss)
    }
}

/// The class in which the middle one lies; the lower middle of an even number.
fn median(counts: &[u32]) -> Option<usize> {
    let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut seen = 0;
    counts.iter().position(|count| {
        seen += u64::from(*count);
        total > 0 && seen * 2 >= total
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn report(ms: Option<u32>, lost: Option<u16>) -> Report {
        Report {
            audio_seconds: 5,
            video_seconds: 5,
            round_trip_ms: ms,
            lost_permille: lost,
            route: None,
            restarts: 0,
        }
    }

    fn sum(reports: impl IntoIterator<Item = Report>) -> Quality {
        reports.into_iter().map(Quality::from).fold(Quality::default(), Quality::merge)
    }

    #[test]
    fn article_5_1_three_levels() {
        use Level::{Fair, Good, Poor};
        let check = |times: &[u32], losses: &[u16], median: Option<u32>, level: Option<Level>| {
            let times = times.iter().map(|ms| report(Some(*ms), None));
            let losses = losses.iter().map(|lost| report(None, Some(*lost)));
            let quality = sum(times.chain(losses));
            let seen = (quality.median_round_trip_ms(), quality.level());
            assert_eq!(seen, (median, level), "{quality:?}");
        };
        check(&[], &[], None, None);
        check(&[40], &[], Some(100), Some(Good));
        check(&[100], &[0], Some(100), Some(Good));
        check(&[200], &[10], Some(200), Some(Good));
        check(&[201], &[], Some(400), Some(Fair));
        check(&[800], &[], Some(800), Some(Fair));
        check(&[801], &[], None, Some(Poor));
        check(&[], &[11], None, Some(Fair));
        check(&[], &[50], None, Some(Fair));
        check(&[], &[51], None, Some(Poor));
        check(&[40], &[900], Some(100), Some(Poor));
        check(&[2_000], &[0], None, Some(Poor));
        // One bad moment is no bad session.
        check(&[40, 40, 5_000], &[0, 0, 900], Some(100), Some(Good));
        check(&[40, 5_000], &[], Some(100), Some(Good));
        check(&[40, 5_000, 5_000], &[], None, Some(Poor));
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        let whole = report(Some(60_000), Some(1_000));
        let check = |report: Report, expected| assert_eq!(report.check().err(), expected);
        check(whole, None);
        check(Report { audio_seconds: 600, video_seconds: 600, restarts: 100, ..whole }, None);
        check(Report { audio_seconds: 601, ..whole }, Some(ReportRefusal::Seconds));
        check(Report { video_seconds: u16::MAX, ..whole }, Some(ReportRefusal::Seconds));
        check(report(Some(60_001), None), Some(ReportRefusal::RoundTrip));
        check(report(None, Some(1_001)), Some(ReportRefusal::Loss));
        check(Report { restarts: 101, ..whole }, Some(ReportRefusal::Restarts));
    }

    #[test]
    fn codes_round_trip() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.code()), Some(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.code());
        }
    }

    prop_compose! {
        fn any_report()(
            seconds in (0_u16..700, 0_u16..700),
            round_trip_ms in prop::option::of(0_u32..70_000),
            lost_permille in prop::option::of(0_u16..1_100),
            route in prop::option::of(prop::sample::select(vec![Route::Relay, Route::Direct])),
            restarts in 0_u16..200,
        ) -> Report {
            Report {
                audio_seconds: seconds.0,
                video_seconds: seconds.1,
                round_trip_ms, lost_permille, route, restarts,
            }
        }
    }

    proptest! {
        #[test]
        fn neither_order_nor_grouping_changes_a_sum(
            reports in prop::collection::vec(any_report(), 0..8), cut in 0_usize..8,
        ) {
            let cut = cut.min(reports.len());
            let (one, other) = reports.split_at(cut);
            let parts = sum(other.to_vec()).merge(sum(one.to_vec()));
            prop_assert_eq!(sum(reports.clone()), parts);
            let stored = serde_json::to_string(&parts).unwrap();
            prop_assert_eq!(serde_json::from_str::<Quality>(&stored).unwrap(), parts);
        }
    }

    #[test]
    fn sums_do_not_overflow() {
        let most = Quality {
            audio_seconds: u32::MAX,
            round_trips: [u32::MAX; 5],
            losses: [u32::MAX; 3],
            restarts: u32::MAX,
            ..Quality::default()
        };
        assert_eq!(most.merge(most), most);
        assert_eq!(most.level(), Some(Level::Fair));
    }
}
