//! Sessions that a stop touches, moved together: a new time before anybody else (article 9(6)).

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use rules::application::fitting_skills;
use rules::schedule::{Ask, Opening, Skill, Slot, TOKYO};
use rules::terms::suspension::{Function, Stop};

use super::{Touched, store, to_be_moved};
use crate::app::Context;
use crate::application::{self, Appoint};
use crate::appointment;
use crate::error::{Error, Refusal};
use crate::schedule::desk::{DayBook, DeskBounds};
use crate::store::Tx;

/// Where sessions are moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveTo {
    /// The same time of that day.
    SameTime(Date),
    /// The first opening on or after that day.
    FirstOpening(Date),
}

/// Why a session was not moved together with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// Nobody has time for it within the days that are planned.
    NoOpening,
    /// Another has the time by now.
    Taken,
    /// The person has another session then.
    PersonBusy,
    /// No counsellor works then.
    CounsellorAway,
    /// Sessions are not held on that day, at that time or so soon.
    NotThen,
    /// The service stands still then too.
    Stopped,
    /// The person's use was ended (article 10(2)).
    UseEnded,
    /// It was held or ended meanwhile.
    Over,
    /// It is a seat in a group session, which is moved as a whole.
    OfGroup,
}

impl NotMoved {
    const ALL: [Self; 9] = [
        Self::NoOpening,
        Self::Taken,
        Self::PersonBusy,
        Self::CounsellorAway,
        Self::NotThen,
        Self::Stopped,
        Self::UseEnded,
        Self::Over,
        Self::OfGroup,
    ];

    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoOpening => "no_opening",
            Self::Taken => "taken",
            Self::PersonBusy => "person_busy",
            Self::CounsellorAway => "counsellor_away",
            Self::NotThen => "not_then",
            Self::Stopped => "stopped",
            Self::UseEnded => "use_ended",
            Self::Over => "over",
            Self::OfGroup => "of_group",
        }
    }

    /// Reads [`NotMoved::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    /// What a refusal means for a session that is moved with others; `None` for one that is about
    /// all of them.
    fn of(refusal: &Refusal) -> Option<Self> {
        Some(match refusal {
            Refusal::SlotTaken => Self::Taken,
            Refusal::PersonBusy => Self::PersonBusy,
            Refusal::CounsellorAway | Refusal::Kind(_) => Self::CounsellorAway,
            Refusal::Slot(_) => Self::NotThen,
            Refusal::UseEnded => Self::UseEnded,
            Refusal::SessionOver => Self::Over,
            Refusal::Group(_) => Self::OfGroup,
            _ => return None,
        })
    }

    /// Whether another time may still do.
    fn depends_on_time(self) -> bool {
        !matches!(self, Self::UseEnded | Self::Over | Self::OfGroup)
    }
}

/// What became of one session that was to be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The application.
    pub application: i64,
    /// Its new time, or why it has none.
    pub to: Result<Slot, NotMoved>,
}

/// Moves sessions that a stop touches, each by the rule of every booking and each wholly or not at
/// all. What became of each; one that was not moved stays with the stop, with the reason.
///
/// # Errors
/// [`Error::Missing`] for another office's stop; [`Refusal::NoTerms`].
pub fn move_touched(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (applications, to): (&[i64], MoveTo),
    officer: i64,
) -> Result<Vec<Moved>, Error> {
    let mut done = Vec::new();
    // What was moved or ended since the page was opened is not touched any more.
    let touched = to_be_moved(tx, context, id)?;
    for one in touched.iter().filter(|one| applications.contains(&one.application)) {
        let moved = Moving { context, one, officer }.to(tx, to)?;
        store::insert_move(tx, context, (id, one.application, officer), moved)?;
        done.push(Moved { application: one.application, to: moved });
    }
    Ok(done)
}

/// One session that is to be moved.
struct Moving<'a> {
    context: &'a Context,
    one: &'a Touched,
    officer: i64,
}

/// Openings are read for so many days at a time.
const DAYS_AT_ONCE: u16 = 7;
/// After so many openings that were gone when they were wanted, the session is left to a person.
const TRIES_AT_MOST: usize = 20;

impl Moving<'_> {
    fn to(&self, tx: &mut Tx<'_>, to: MoveTo) -> Result<Result<Slot, NotMoved>, Error> {
        let stops = barring(tx, self.context)?;
        match to {
            MoveTo::SameTime(day) => self.to_same_time(tx, day, &stops),
            MoveTo::FirstOpening(day) => self.to_first_opening(tx, day, &stops),
        }
    }

    fn to_same_time(
        &self,
        tx: &mut Tx<'_>,
        day: Date,
        stops: &[Stop],
    ) -> Result<Result<Slot, NotMoved>, Error> {
        let old = self.one.slot;
        let Some(slot) = Slot::on(day, old.starts().time(), old.minutes) else {
            return Ok(Err(NotMoved::NotThen));
        };
        if is_barred(&slot, stops) {
            return Ok(Err(NotMoved::Stopped));
        }
        let openings = self.openings(tx, day, 1)?;
        let exact = openings.into_iter().find(|opening| opening.slot == slot);
        // Where there is no opening, the counsellor's own day tells why.
        let counsellor = match exact {
            Some(opening) => self.best(tx, &opening.counsellors)?,
            None => self.one.counsellor.0,
        };
        self.attempt(tx, slot, counsellor)
    }

    fn to_first_opening(
        &self,
        tx: &mut Tx<'_>,
        first: Date,
        stops: &[Stop],
    ) -> Result<Result<Slot, NotMoved>, Error> {
        let today = TOKYO.to_datetime(self.context.now).date();
        let ahead = i64::from(self.context.office.practice.horizon_days).days();
        let last = first.max(today).saturating_add(ahead);
        let (mut from, mut tries) = (first.max(today), 0);
        while from <= last {
            for opening in self.openings(tx, from, DAYS_AT_ONCE)? {
                if opening.slot == self.one.slot || is_barred(&opening.slot, stops) {
                    continue;
                }
                let counsellor = self.best(tx, &opening.counsellors)?;
                let moved = self.attempt(tx, opening.slot, counsellor)?;
                tries += 1;
                let goes_on = moved.is_err_and(NotMoved::depends_on_time);
                if !goes_on || tries == TRIES_AT_MOST {
                    return Ok(moved);
                }
            }
            from = from.saturating_add(i64::from(DAYS_AT_ONCE).days());
        }
        Ok(Err(NotMoved::NoOpening))
    }

    fn openings(&self, tx: &mut Tx<'_>, from: Date, days: u16) -> Result<Vec<Opening>, Error> {
        // A session of the same day takes a reason of its own (article 2(1)), which one for all
        // is not.
        let bounds = DeskBounds::of(self.context, false)?;
        let book = DayBook::read(tx, self.context, from, days)?;
        let needs = application::kind_of(tx, self.context, self.one.application)?.needs();
        let ask = Ask { from, days, minutes: self.one.slot.minutes, needs };
        Ok(book.openings(&ask, &bounds.with(&self.context.office.calendar), self.context))
    }

    /// The counsellor whom the person was to meet, or else who can do most of what they need.
    fn best(&self, tx: &mut Tx<'_>, free: &[i64]) -> Result<i64, Error> {
        let own = self.one.counsellor.0;
        if free.contains(&own) {
            return Ok(own);
        }
        let application = application::load(tx, self.context, self.one.application)?;
        let fitting = fitting_skills(
            &application.care.supports,
            application.care.interpreter,
            application.language,
        );
        let named = crate::schedule::counsellors(tx, self.context)?;
        let fits = |skills: &BTreeSet<Skill>| skills.intersection(&fitting).count();
        let free = named.iter().rev().filter(|it| free.contains(&it.rule.id));
        Ok(free.max_by_key(|it| fits(&it.rule.skills)).map_or(own, |it| it.rule.id))
    }

    /// Moves it, or leaves it wholly as it was.
    fn attempt(
        &self,
        tx: &mut Tx<'_>,
        slot: Slot,
        counsellor: i64,
    ) -> Result<Result<Slot, NotMoved>, Error> {
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        let (application, officer) = (self.one.application, Some(self.officer));
        let moved =
            tx.part(|tx| appointment::move_to(tx, self.context, application, &appoint, officer));
        match moved {
            Ok(()) => Ok(Ok(slot)),
            Err(Error::Refused(refusal)) => match NotMoved::of(&refusal) {
                Some(why) => Ok(Err(why)),
                None => Err(refusal.into()),
            },
            Err(other) => Err(other),
        }
    }
}

/// The stops into which nothing is moved. One that holds without an end does not bar: on which day
/// the service goes on is what staff say by the day that they choose.
fn barring(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<Stop>, Error> {
    let (office, now) = (context.office.id, context.now);
    let stops = store::touching(tx, office, now, jiff::Timestamp::MAX)?;
    let bars = |stop: &Stop| {
        stop.function.includes(Function::Join) && (stop.until.is_some() || stop.from > now)
    };
    Ok(stops.into_iter().filter(bars).collect())
}

fn is_barred(slot: &Slot, stops: &[Stop]) -> bool {
    stops.iter().any(|stop| stop.touches(slot.start, slot.end()))
}
