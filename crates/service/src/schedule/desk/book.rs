//! Who is at work, and what is given away: read once for all the days that a page shows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use rules::people::Practice;
use rules::schedule::{Ask, Bounds, Calendar, Held, Opening, Skill, Slot, TOKYO, openings};
use rules::terms::Rules;

use crate::app::Context;
use crate::error::Error;
use crate::schedule::groups::Holder;
use crate::schedule::{NamedCounsellor, store};
use crate::store::Tx;

/// How far ahead staff plan on the desk's grids.
const DESK_HORIZON_DAYS: u16 = 366;

/// What a counsellor's time is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// The application or the group session that it is given to.
    pub holder: Holder,
    /// The name in the meeting, the title of a group session, or the receipt number while it is
    /// only proposed.
    pub label: String,
    /// When; none when the holds of an application outlive its time.
    pub slot: Option<Slot>,
    /// Whether the person has yet to answer.
    pub is_proposal: bool,
    /// Whether it is another office's: then nothing of it is told but its time.
    pub is_elsewhere: bool,
}

/// The counsellors, and what is held of their time, over some days.
#[derive(Clone, Debug, Default)]
pub struct DayBook {
    /// Those at work, and those who still have a session in these days.
    pub counsellors: Vec<NamedCounsellor>,
    /// Which of them take new sessions.
    active: BTreeSet<i64>,
    held: BTreeMap<(i64, i64), Holder>,
    bookings: HashMap<Holder, Booking>,
}

/// The bounds within which staff arrange (article 2(2)): the terms, but neither the office's own
/// acceptance nor its horizon, which are for jobseekers.
#[derive(Clone, Debug)]
pub struct DeskBounds {
    rules: Rules,
    practice: Practice,
}

impl DeskBounds {
    /// The bounds of an office now. `same_day`: whether the limit of article 2(1) may be passed
    /// over with a reason ("in principle").
    ///
    /// # Errors
    /// [`crate::error::Refusal::NoTerms`].
    pub fn of(context: &Context, same_day: bool) -> Result<Self, Error> {
        let office = &context.office;
        let mut rules = office.terms(context.now)?.rules.clone();
        if same_day && office.practice.same_day_by_staff {
            rules.complete_days_before = 0;
        }
        let practice = Practice {
            acceptance_working_days: 0,
            acceptance_until: Time::MAX,
            horizon_days: DESK_HORIZON_DAYS,
            ..office.practice.clone()
        };
        Ok(Self { rules, practice })
    }

    /// As the rules want them.
    pub fn with<'a>(&'a self, calendar: &'a Calendar) -> Bounds<'a> {
        Bounds { rules: &self.rules, calendar, practice: &self.practice }
    }

    /// The lengths that a session may have, in minutes (article 2(1)).
    pub fn lengths(&self) -> Vec<u16> {
        let step = self.practice.step_minutes.max(1);
        let (shortest, longest) = (self.rules.shortest_minutes, self.rules.longest_minutes);
        (shortest..=longest).filter(|minutes| minutes.is_multiple_of(step)).collect()
    }
}

impl Booking {
    /// Where the desk tells more of it.
    pub fn address(&self) -> String {
        match self.holder {
            Holder::Group(id) => format!("/desk/groups/{id}"),
            Holder::Application(id) if self.is_proposal => format!("/desk/applications/{id}"),
            Holder::Application(id) => format!("/desk/sessions/{id}"),
        }
    }
}

impl DayBook {
    /// Reads `days` days from `from` on.
    ///
    /// # Errors
    /// Faults of the store.
    pub fn read(tx: &mut Tx<'_>, context: &Context, from: Date, days: u16) -> Result<Self, Error> {
        let office = context.office.id;
        let cells = cells_of(from, days);
        let mut book = Self::default();
        for (counsellor, cell, booking) in store::bookings(tx, office, cells)? {
            book.held.insert((counsellor, cell), booking.holder);
            book.bookings.insert(booking.holder, booking);
        }
        for (counsellor, active) in store::every_counsellor(tx, office)? {
            let id = counsellor.rule.id;
            if active {
                book.active.insert(id);
            }
            if active || book.held.range((id, i64::MIN)..=(id, i64::MAX)).next().is_some() {
                book.counsellors.push(counsellor);
            }
        }
        Ok(book)
    }

    /// What a counsellor's time is given to in these cells, if it is.
    pub fn booking(&self, counsellor: i64, cells: Range<i64>) -> Option<&Booking> {
        let held = (counsellor, cells.start)..(counsellor, cells.end);
        let holder = self.held.range(held).next()?.1;
        self.bookings.get(holder)
    }

    /// What is given of a counsellor's time, the earliest first.
    pub fn bookings_of(&self, counsellor: i64) -> Vec<&Booking> {
        let held = self.held.range((counsellor, i64::MIN)..=(counsellor, i64::MAX));
        let mut holders: Vec<Holder> = held.map(|(_, holder)| *holder).collect();
        holders.dedup();
        holders.iter().filter_map(|holder| self.bookings.get(holder)).collect()
    }

    /// The free times of an ask.
    pub fn openings(&self, ask: &Ask, bounds: &Bounds<'_>, context: &Context) -> Vec<Opening> {
        let at_work: Vec<_> = self
            .counsellors
            .iter()
            .filter(|named| self.active.contains(&named.rule.id))
            .map(|named| named.rule.clone())
            .collect();
        let held: Held = self.held.keys().copied().collect();
        openings(ask, &at_work, &held, bounds, context.now)
    }

    /// The free times of that length nearest to a time, with somebody who can do this: by day, then
    /// by time of day.
    pub fn near(
        &self,
        (wish, needs): (&Slot, &BTreeSet<Skill>),
        (from, days): (Date, u16),
        bounds: &Bounds<'_>,
        context: &Context,
    ) -> Vec<Opening> {
        let ask = Ask { from, days, minutes: wish.minutes, needs: needs.clone() };
        let mut found = self.openings(&ask, bounds, context);
        let wished = wish.starts();
        found.sort_by_key(|opening| {
            let starts = opening.slot.starts();
            let days = starts.date().duration_since(wished.date()).abs();
            (days, starts.time().duration_since(wished.time()).abs())
        });
        found
    }
}

/// The first cell of a day and those of the days after it.
fn cells_of(from: Date, days: u16) -> Range<i64> {
    let past = from.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
    let cell = |date: Date| {
        let midnight = TOKYO.to_timestamp(date.to_datetime(Time::midnight()));
        midnight.map_or(0, |midnight| midnight.as_second().div_euclid(300))
    };
    cell(from)..cell(past)
}
