//! Legal holds: what must not be deleted while somebody may still ask for it.

use jiff::ToSpan;
use jiff::civil::Date;

/// A request to preserve runs for so many days at first (刑事訴訟法197条3項).
pub const PRESERVED_AT_MOST: u8 = 30;
/// With its extension it runs for so many in all (刑事訴訟法197条4項).
pub const PRESERVED_IN_ALL: u8 = 60;
/// So many days before its end a hold is pointed out.
const POINTED_OUT: i64 = 7;

/// Why something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldKind {
    /// A request to preserve, which has an end by law.
    ///
    /// Whether the office is of those whom such a request can bind is doubtful; it is heeded, since
    /// keeping for sixty days harms less than having deleted.
    Preservation,
    /// The office's own reason, such as a demand or a dispute that is not over.
    Office,
}

impl HoldKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Preservation, Self::Office];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Preservation => "preservation",
            Self::Office => "office",
        }
    }

    /// Reads [`HoldKind::code`] back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why a hold cannot be as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldRefusal {
    /// A request to preserve has an end.
    EndMissing,
    /// It ends before it begins.
    EndBeforeStart,
    /// A request to preserve runs longer than the law lets it.
    TooLong,
    /// Only a request to preserve that still runs, and was not extended, can be extended.
    NotExtensible,
}

/// From when until when something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub kind: HoldKind,
    /// The first day.
    pub from: Date,
    /// The last day as first said; none for a hold without an end.
    pub until: Option<Date>,
    /// The last day after an extension.
    pub extended_until: Option<Date>,
    /// Whether somebody lifted it.
    pub is_lifted: bool,
}

/// Where a hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldMark {
    /// It holds.
    Runs,
    /// It holds, and ends within days.
    EndsSoon,
    /// Its last day is over.
    Over,
    /// It was lifted.
    Lifted,
}

impl Hold {
    /// Whether a hold can be as it is said. A request to preserve runs for thirty days at most, or
    /// for sixty in all with its extension; both days count.
    ///
    /// # Errors
    /// A [`HoldRefusal`].
    pub fn check(&self) -> Result<(), HoldRefusal> {
        let first = self.until;
        let ends = [first, self.extended_until];
        if ends.into_iter().flatten().any(|end| end < self.from) {
            return Err(HoldRefusal::EndBeforeStart);
        }
        if self.kind == HoldKind::Office {
            return Ok(());
        }
        let end = first.ok_or(HoldRefusal::EndMissing)?;
        let too_long = |end: Date, days: u8| end > last_day(self.from, days);
        let extended = self.extended_until.is_some_and(|end| too_long(end, PRESERVED_IN_ALL));
        if too_long(end, PRESERVED_AT_MOST) || extended {
            return Err(HoldRefusal::TooLong);
        }
        Ok(())
    }

    /// The same request to preserve, until a later day.
    ///
    /// # Errors
    /// [`HoldRefusal::NotExtensible`], and as [`Hold::check`].
    pub fn extend(self, until: Date, today: Date) -> Result<Self, HoldRefusal> {
        let is_open = self.kind == HoldKind::Preservation && self.extended_until.is_none();
        if !is_open || !self.holds(today) {
            return Err(HoldRefusal::NotExtensible);
        }
        if self.until.is_some_and(|end| until <= end) {
            return Err(HoldRefusal::EndBeforeStart);
        }
        let extended = Self { extended_until: Some(until), ..self };
        extended.check().map(|()| extended)
    }

    /// The last day; none for a hold without an end.
    pub fn end(&self) -> Option<Date> {
        self.extended_until.or(self.until)
    }

    /// Whether it keeps from deleting on that day. One that has not begun holds already: what is
    /// deleted before its first day is missing on it.
    pub fn holds(&self, today: Date) -> bool {
        !self.is_lifted && self.end().is_none_or(|end| today <= end)
    }

    /// Where it stands on that day.
    pub fn mark(&self, today: Date) -> HoldMark {
        let soon = today.checked_add(POINTED_OUT.days()).unwrap_or(Date::MAX);
        match self.end() {
            _ if self.is_lifted => HoldMark::Lifted,
            Some(end) if end < today => HoldMark::Over,
            Some(end) if end <= soon => HoldMark::EndsSoon,
            _ => HoldMark::Runs,
        }
    }
}

/// The last of so many days, the first included.
fn last_day(from: Date, days: u8) -> Date {
    from.checked_add((i64::from(days) - 1).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        format!("2026-{text}").parse().unwrap()
    }

    fn hold(kind: HoldKind, until: &str, extended: &str) -> Hold {
        let end = |text: &str| (!text.is_empty()).then(|| day(text));
        let (until, extended_until) = (end(until), end(extended));
        Hold { kind, from: day("11-01"), until, extended_until, is_lifted: false }
    }

    #[test]
    fn article_5_2_how_long_something_is_held() {
        use HoldKind::{Office, Preservation};
        use HoldRefusal::{EndBeforeStart, EndMissing, TooLong};
        let check = |kind, until, extended, expected: Result<(), HoldRefusal>| {
            assert_eq!(hold(kind, until, extended).check(), expected, "{until} {extended}");
        };
        check(Preservation, "11-30", "", Ok(()));
        check(Preservation, "11-01", "", Ok(()));
        check(Preservation, "12-01", "", Err(TooLong));
        check(Preservation, "", "", Err(EndMissing));
        check(Preservation, "10-31", "", Err(EndBeforeStart));
        check(Preservation, "11-30", "12-30", Ok(()));
        check(Preservation, "11-30", "12-31", Err(TooLong));
        check(Office, "", "", Ok(()));
        check(Office, "12-31", "", Ok(()));
        check(Office, "10-31", "", Err(EndBeforeStart));
    }

    #[test]
    fn article_5_2_until_when_something_is_held() {
        let preserved = hold(HoldKind::Preservation, "11-30", "");
        let check = |hold: &Hold, today: &str, holds: bool, mark: HoldMark| {
            let today = day(today);
            assert_eq!((hold.holds(today), hold.mark(today)), (holds, mark), "{today}");
        };
        check(&preserved, "10-25", true, HoldMark::Runs);
        check(&preserved, "11-22", true, HoldMark::Runs);
        check(&preserved, "11-23", true, HoldMark::EndsSoon);
        check(&preserved, "11-30", true, HoldMark::EndsSoon);
        check(&preserved, "12-01", false, HoldMark::Over);
        check(&hold(HoldKind::Office, "", ""), "12-31", true, HoldMark::Runs);
        check(&Hold { is_lifted: true, ..preserved }, "11-02", false, HoldMark::Lifted);
        check(&hold(HoldKind::Preservation, "11-30", "12-30"), "12-30", true, HoldMark::EndsSoon);
    }

    #[test]
    fn article_5_2_a_request_to_preserve_is_extended_once_and_in_time() {
        use HoldRefusal::{EndBeforeStart, NotExtensible, TooLong};
        let preserved = hold(HoldKind::Preservation, "11-30", "");
        let check = |hold: Hold, until: &str, today: &str, expected: Result<(), HoldRefusal>| {
            let extended = hold.extend(day(until), day(today)).map(|it| {
                assert_eq!(it.end(), Some(day(until)));
            });
            assert_eq!(extended, expected, "{until} {today}");
        };
        check(preserved, "12-30", "11-30", Ok(()));
        check(preserved, "12-31", "11-30", Err(TooLong));
        check(preserved, "11-30", "11-20", Err(EndBeforeStart));
        check(preserved, "12-30", "12-01", Err(NotExtensible));
        check(hold(HoldKind::Office, "11-30", ""), "12-30", "11-20", Err(NotExtensible));
        let again = hold(HoldKind::Preservation, "11-30", "12-10");
        check(again, "12-20", "11-20", Err(NotExtensible));
        check(Hold { is_lifted: true, ..preserved }, "12-30", "11-20", Err(NotExtensible));
    }

    #[test]
    fn kinds_by_their_codes() {
        for kind in HoldKind::ALL {
            assert_eq!(HoldKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(HoldKind::parse(""), None);
    }
}
