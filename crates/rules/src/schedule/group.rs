//! Group sessions (集まり): a seminar or the like, planned by the office, with seats.
//!
//! The terms presuppose other users (articles 8(2), 9(3)(3)) and state no length or window for
//! sessions of several. Article 2(1)'s numbers are those of counselling; what the office plans for
//! a group stands in the plan: when, how long, how many, and until when it may be applied for. That
//! is the office's "in principle" of article 2(1), decided once for everybody who comes.

use jiff::Timestamp;

use super::{Calendar, DayOff, Slot, SlotRefusal};

/// What the office plans for a group session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupPlan {
    /// When, and for how long.
    pub slot: Slot,
    /// How many can take part.
    pub seats: u16,
    /// Until when it may be applied for; the instant itself is too late.
    pub apply_until: Timestamp,
    /// Whether the office holds it although the day is none of its working days.
    pub on_day_off: bool,
}

/// Where a group session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// It may be applied for, and so many seats are free.
    Open(u16),
    /// It may be applied for; who does waits for a seat.
    Full,
    /// It may no longer be applied for.
    Closed,
    /// The office called it off (article 9(6)).
    CalledOff,
    /// Its time is over.
    Over,
}

/// Why something about a group session cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupRefusal {
    /// It has no title in Japanese.
    NoTitle,
    /// Another language has words, but no title.
    HalfTitle,
    /// Shorter or longer than group sessions are.
    Length,
    /// Fewer or more seats than group sessions have.
    Seats,
    /// It would end on another day than it begins.
    OverMidnight,
    /// Applications would end in the past, or after it began.
    ApplyUntil,
    /// More seats are given than it would have.
    SeatsGiven,
    /// Every seat is given.
    Full,
    /// It may no longer be applied for.
    Closed,
    /// It is over.
    Over,
    /// It was called off.
    CalledOff,
    /// Nobody came of whom it is not recorded how it ended.
    NobodyCame,
    /// What was asked concerns all who take part and is done for the group.
    ForAll,
    /// The application asks for counselling and not for a group session.
    NoGroup,
}

impl GroupRefusal {
    /// Every refusal, so that each can be shown to have its sentence.
    pub const ALL: [Self; 14] = [
        Self::NoTitle,
        Self::HalfTitle,
        Self::Length,
        Self::Seats,
        Self::OverMidnight,
        Self::ApplyUntil,
        Self::SeatsGiven,
        Self::Full,
        Self::Closed,
        Self::Over,
        Self::CalledOff,
        Self::NobodyCame,
        Self::ForAll,
        Self::NoGroup,
    ];
}

/// Why a plan is not taken: its time, or something of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanRefusal {
    /// Its day or its start.
    Slot(SlotRefusal),
    /// The rest of it.
    Group(GroupRefusal),
}

impl GroupPlan {
    /// The shortest and the longest group session, in minutes.
    pub const MINUTES: (u16, u16) = (15, 240);
    /// The fewest and the most seats.
    pub const SEATS: (u16, u16) = (2, 500);

    /// Whether it can be planned so at `now`.
    ///
    /// # Errors
    /// The first reason against it: its shape, its day, its seats, its end of applications.
    pub fn check(&self, calendar: &Calendar, now: Timestamp) -> Result<(), PlanRefusal> {
        let (starts, ends) = (self.slot.starts(), self.slot.ends());
        if !within(self.slot.minutes, Self::MINUTES) {
            return Err(PlanRefusal::Group(GroupRefusal::Length));
        }
        if self.slot.start <= now {
            return Err(PlanRefusal::Slot(SlotRefusal::InThePast));
        }
        if starts.date() != ends.date() {
            return Err(PlanRefusal::Group(GroupRefusal::OverMidnight));
        }
        if let Some(off) = calendar.day_off(starts.date()).filter(|_| !self.on_day_off) {
            return Err(PlanRefusal::Slot(match off {
                DayOff::Weekend => SlotRefusal::Weekend,
                DayOff::Holiday(_) => SlotRefusal::Holiday,
                DayOff::YearEnd => SlotRefusal::YearEnd,
                DayOff::OfficeClosed => SlotRefusal::OfficeClosed,
            }));
        }
        if !within(self.seats, Self::SEATS) {
            return Err(PlanRefusal::Group(GroupRefusal::Seats));
        }
        if self.apply_until <= now || self.apply_until > self.slot.start {
            return Err(PlanRefusal::Group(GroupRefusal::ApplyUntil));
        }
        Ok(())
    }

    /// Where it is at `now`, with so many seats given.
    pub fn state(&self, given: u16, called_off: bool, now: Timestamp) -> GroupState {
        match self.seats.saturating_sub(given) {
            _ if called_off => GroupState::CalledOff,
            _ if now >= self.slot.end() => GroupState::Over,
            _ if now >= self.apply_until => GroupState::Closed,
            0 => GroupState::Full,
            free => GroupState::Open(free),
        }
    }
}

impl GroupState {
    /// Whether it may be applied for: a seat, or a place among those who wait for one.
    ///
    /// # Errors
    /// [`GroupRefusal`] once it may not.
    pub fn takes_applications(self) -> Result<(), GroupRefusal> {
        match self {
            Self::Open(_) | Self::Full => Ok(()),
            Self::Closed => Err(GroupRefusal::Closed),
            other => other.is_to_come(),
        }
    }

    /// Whether it is to come or going on, so that staff may give seats and change it.
    ///
    /// # Errors
    /// [`GroupRefusal`] once it is over or called off.
    pub fn is_to_come(self) -> Result<(), GroupRefusal> {
        match self {
            Self::Open(_) | Self::Full | Self::Closed => Ok(()),
            Self::CalledOff => Err(GroupRefusal::CalledOff),
            Self::Over => Err(GroupRefusal::Over),
        }
    }
}

fn within(number: u16, (least, most): (u16, u16)) -> bool {
    (least..=most).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+09:00").parse().unwrap()
    }

    fn plan(start: &str, minutes: u16) -> GroupPlan {
        let slot = Slot { start: at(start), minutes };
        let apply_until = at("2026-11-24T09:00");
        GroupPlan { slot, seats: 20, apply_until, on_day_off: false }
    }

    #[test]
    fn article_2_paragraph_1_group_sessions_have_a_length_of_their_own() {
        let check = |start: &str, minutes: u16, expected: Result<(), PlanRefusal>| {
            let plan = plan(start, minutes);
            let seen = plan.check(&Calendar::default(), at("2026-11-16T10:00"));
            assert_eq!(seen, expected, "{start} {minutes}");
        };
        let of_group = |refusal| Err(PlanRefusal::Group(refusal));
        let of_slot = |refusal| Err(PlanRefusal::Slot(refusal));
        check("2026-11-24T13:00", 90, Ok(()));
        check("2026-11-24T12:10", 15, Ok(()));
        check("2026-11-24T18:00", 240, Ok(()));
        check("2026-11-24T13:00", 14, of_group(GroupRefusal::Length));
        check("2026-11-24T13:00", 241, of_group(GroupRefusal::Length));
        check("2026-11-24T13:00", 0, of_group(GroupRefusal::Length));
        check("2026-11-24T20:01", 240, of_group(GroupRefusal::OverMidnight));
        check("2026-11-16T10:00", 60, of_slot(SlotRefusal::InThePast));
        check("2026-11-28T10:00", 60, of_slot(SlotRefusal::Weekend));
        check("2026-11-23T10:00", 60, of_slot(SlotRefusal::Holiday));
        check("2026-12-29T10:00", 60, of_slot(SlotRefusal::YearEnd));
        check("2026-11-24T08:59", 60, of_group(GroupRefusal::ApplyUntil));
    }

    #[test]
    fn a_day_off_is_the_offices_to_decide() {
        let closed = [at("2026-11-24T00:00").to_zoned(super::super::TOKYO.clone()).date()];
        let calendar = Calendar { closed: closed.into(), ..Calendar::default() };
        let plan = plan("2026-11-24T13:00", 60);
        let now = at("2026-11-16T10:00");
        let refused = Err(PlanRefusal::Slot(SlotRefusal::OfficeClosed));
        assert_eq!(plan.check(&calendar, now), refused);
        assert_eq!(GroupPlan { on_day_off: true, ..plan }.check(&calendar, now), Ok(()));
    }

    #[test]
    fn seats_and_the_end_of_applications() {
        let check = |seats, until: &str, expected: Option<GroupRefusal>| {
            let plan = GroupPlan { seats, apply_until: at(until), ..plan("2026-11-24T13:00", 60) };
            let seen = plan.check(&Calendar::default(), at("2026-11-16T10:00")).err();
            assert_eq!(seen, expected.map(PlanRefusal::Group), "{seats} {until}");
        };
        check(2, "2026-11-24T13:00", None);
        check(500, "2026-11-16T10:01", None);
        check(1, "2026-11-24T09:00", Some(GroupRefusal::Seats));
        check(501, "2026-11-24T09:00", Some(GroupRefusal::Seats));
        check(2, "2026-11-24T13:01", Some(GroupRefusal::ApplyUntil));
        check(2, "2026-11-16T10:00", Some(GroupRefusal::ApplyUntil));
    }

    #[test]
    fn where_a_group_session_is() {
        let plan = plan("2026-11-24T10:00", 60);
        let check = |given, called_off, now: &str, expected: GroupState| {
            assert_eq!(plan.state(given, called_off, at(now)), expected, "{given} {now}");
        };
        check(0, false, "2026-11-24T08:59", GroupState::Open(20));
        check(19, false, "2026-11-24T08:59", GroupState::Open(1));
        check(20, false, "2026-11-24T08:59", GroupState::Full);
        check(21, false, "2026-11-24T08:59", GroupState::Full);
        check(20, false, "2026-11-24T09:00", GroupState::Closed);
        check(1, false, "2026-11-24T10:59", GroupState::Closed);
        check(1, false, "2026-11-24T11:00", GroupState::Over);
        check(1, true, "2026-11-24T08:00", GroupState::CalledOff);
        check(1, true, "2026-11-24T12:00", GroupState::CalledOff);
    }

    #[test]
    fn what_may_be_done_then() {
        use GroupRefusal as R;
        let check = |state: GroupState, applying: Option<R>, giving: Option<R>| {
            assert_eq!(state.takes_applications().err(), applying, "{state:?}");
            assert_eq!(state.is_to_come().err(), giving, "{state:?}");
        };
        check(GroupState::Open(1), None, None);
        check(GroupState::Full, None, None);
        check(GroupState::Closed, Some(R::Closed), None);
        check(GroupState::CalledOff, Some(R::CalledOff), Some(R::CalledOff));
        check(GroupState::Over, Some(R::Over), Some(R::Over));
    }
}
