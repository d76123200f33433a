//! The office itself: people, files, holds, and the queue of what will happen.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use rules::application::Course;
use rules::appointment::{Appointment, Duty, Fact, Standing};
use rules::letters::Letter;
use rules::people::Practice;
use rules::schedule::{Bounds, Calendar, Counsellor, Held, Leave, Slot, TOKYO, WeeklyHours};
use rules::terms::{self, Rules};

use super::chance::Chance;
use super::{Event, FIRST_DAY, Fault, Id, LAST_APPLICATION, LAST_DAY, Year, tokyo_date};

/// Whatever can be in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resource {
    Counsellor(i64),
    Person(i64),
}

/// An application and what became of it.
pub(crate) struct File {
    pub(crate) person: i64,
    pub(crate) wishes: Vec<Slot>,
    pub(crate) course: Course,
    /// How often the office looked at it.
    pub(crate) rounds: u32,
    pub(crate) proposal: Option<Proposal>,
    pub(crate) booking: Option<Booking>,
    /// The cells that are held for it.
    pub(crate) cells: Vec<(i64, Resource)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Proposal {
    pub(crate) slot: Slot,
    pub(crate) counsellor: i64,
    pub(crate) lapses: Timestamp,
}

/// An appointment as the office keeps it, and what is needed to judge the office.
pub(crate) struct Booking {
    pub(crate) counsellor: i64,
    pub(crate) alias: String,
    pub(crate) appointment: Appointment,
    /// When which slot was settled, and whether with a reason.
    pub(crate) settled_on: Vec<(Timestamp, Slot, bool)>,
    /// What happened, as far as anybody typed it, with the times at which it happened.
    pub(crate) truth: Vec<Fact>,
    /// The last letter about the session, and the slot that it named.
    pub(crate) told: Option<(Letter, Slot)>,
    /// Since when the person knows that the session will not be held.
    pub(crate) told_off: Option<Timestamp>,
    /// How often the person's day was planned, and when last.
    pub(crate) plan: (u32, Timestamp),
    pub(crate) entered: BTreeMap<Standing, u32>,
    /// How often a reminder was owed, and how often staff were asked for an outcome.
    pub(crate) reminders: usize,
    pub(crate) asked: usize,
    pub(crate) letters: BTreeMap<Letter, u32>,
    /// The time of the session that the usage record tells of, if there is one.
    pub(crate) usage: Option<Slot>,
}

pub(crate) struct Office {
    pub(crate) now: Timestamp,
    pub(crate) chance: Chance,
    pub(crate) fault: Fault,
    pub(crate) rules: Rules,
    pub(crate) calendar: Calendar,
    pub(crate) practice: Practice,
    pub(crate) counsellors: Vec<Counsellor>,
    pub(crate) files: Vec<File>,
    pub(crate) holds: BTreeMap<(i64, Resource), Id>,
    pub(crate) aliases: BTreeMap<(Date, String), Id>,
    pub(crate) by_day: BTreeMap<Date, BTreeSet<Id>>,
    pub(crate) owed: BTreeSet<(Id, Duty, u32)>,
    pub(crate) queue: BTreeMap<(Timestamp, u64), Event>,
    queued: u64,
    pub(crate) last: VecDeque<String>,
    pub(crate) year: Year,
}

impl Office {
    pub(crate) fn open(seed: u64, fault: Fault) -> Self {
        let mut chance = Chance::from_seed(seed);
        let closed = FIRST_DAY.checked_add(chance.between(30, 300).days()).unwrap();
        let practice =
            Practice { buffer_minutes: *chance.pick(&[0, 0, 15]), ..Practice::default() };
        let mut office = Self {
            now: noon(FIRST_DAY.yesterday().unwrap()),
            counsellors: (1..=3).map(|id| counsellor(id, &mut chance)).collect(),
            chance,
            fault,
            rules: terms::model().rules,
            calendar: Calendar { closed: BTreeSet::from([closed]), ..Calendar::default() },
            practice,
            files: Vec::new(),
            holds: BTreeMap::new(),
            aliases: BTreeMap::new(),
            by_day: BTreeMap::new(),
            owed: BTreeSet::new(),
            queue: BTreeMap::new(),
            queued: 0,
            last: VecDeque::new(),
            year: Year { digest: 0xcbf2_9ce4_8422_2325, ..Year::default() },
        };
        office.plan_the_year();
        office
    }

    fn plan_the_year(&mut self) {
        for day in FIRST_DAY.series(1.day()).take_while(|day| *day <= LAST_DAY) {
            let midnight = noon(day) - SignedDuration::from_hours(12);
            let in_day = |seconds: i64| midnight + SignedDuration::from_secs(seconds);
            if day <= LAST_APPLICATION {
                for _ in 0..self.chance.below(8) {
                    let at = in_day(self.chance.between(0, 86_399));
                    self.later(at, Event::Apply);
                }
            }
            for (percent, event) in [(2, Event::OfficeStops), (4, Event::LinesFail)] {
                if self.chance.percent(percent) {
                    let at = in_day(self.chance.between(8 * 3600, 16 * 3600));
                    self.later(at, event);
                }
            }
            self.later(in_day(23 * 3600 + 50 * 60), Event::EndOfDay);
        }
    }

    pub(crate) fn bounds(&self) -> Bounds<'_> {
        Bounds { rules: &self.rules, calendar: &self.calendar, practice: &self.practice }
    }

    /// Something will happen.
    /// Minutes from the start to the limit of article 2(4).
    pub(crate) fn grace(&self) -> i64 {
        self.rules.grace_minutes.map_or(0, i64::from)
    }

    pub(crate) fn later(&mut self, at: Timestamp, event: Event) {
        self.queued += 1;
        self.queue.insert((at.max(self.now), self.queued), event);
    }

    /// Writes a line into the log.
    pub(crate) fn note(&mut self, what: &str) {
        let line = format!("{} {what}", TOKYO.to_datetime(self.now));
        self.year.digest_line(&line);
        self.last.push_back(line);
        if self.last.len() > 40 {
            self.last.pop_front();
        }
    }

    /// Some minutes of the counter's working time after now.
    pub(crate) fn in_office_hours(&mut self, hours: i64) -> Timestamp {
        let wait = SignedDuration::from_mins(self.chance.between(1, hours * 60));
        let at = TOKYO.to_datetime(self.now + wait);
        let open = self.practice.counter_opens <= at.time()
            && at.time() < self.practice.counter_closes
            && self.calendar.is_working_day(at.date());
        if open {
            return self.now + wait;
        }
        let before_opening =
            at.time() < self.practice.counter_opens && self.calendar.is_working_day(at.date());
        let day = match before_opening {
            true => at.date(),
            false => self.calendar.next_working_day(at.date()).unwrap(),
        };
        let opening = TOKYO.to_timestamp(day.to_datetime(self.practice.counter_opens)).unwrap();
        opening + SignedDuration::from_secs(self.chance.between(0, 5 * 3600))
    }

    /// What is held of counsellors on some days from this one on.
    pub(crate) fn held(&self, from: Date, days: u16) -> Held {
        let first = Slot::on(from, Time::midnight(), days * 24 * 60).expect("a few days");
        let edge = |cell: i64| (cell, Resource::Counsellor(i64::MIN));
        let cells = first.cells();
        let held = self.holds.range(edge(cells.start)..edge(cells.end));
        let mut pairs: Vec<_> = held
            .filter_map(|((cell, resource), _)| match resource {
                Resource::Counsellor(id) => Some((*id, *cell)),
                Resource::Person(_) => None,
            })
            .collect();
        pairs.sort_unstable();
        pairs.into_iter().collect()
    }

    /// Holds the cells of a slot for both sides; false when another has one of them.
    pub(crate) fn hold(&mut self, id: Id, counsellor: i64, slot: &Slot) -> bool {
        let both = [Resource::Counsellor(counsellor), Resource::Person(self.files[id].person)];
        let cells = slot.cells_with_buffer(self.practice.buffer_minutes);
        let keys: Vec<_> = cells.flat_map(|cell| both.map(|resource| (cell, resource))).collect();
        let is_free = keys.iter().all(|key| self.holds.get(key).is_none_or(|owner| *owner == id));
        if !is_free && self.fault != Fault::HoldsDoNotRefuse {
            return false;
        }
        self.release(id);
        self.holds.extend(keys.iter().map(|key| (*key, id)));
        self.files[id].cells = keys;
        true
    }

    /// Gives back whatever is held for an application.
    pub(crate) fn release(&mut self, id: Id) {
        for key in std::mem::take(&mut self.files[id].cells) {
            if self.holds.get(&key) == Some(&id) {
                self.holds.remove(&key);
            }
        }
    }

    /// Whether the counsellor works then; whether somebody has the slot is for the holds to say.
    pub(crate) fn works(&self, counsellor: i64, slot: &Slot) -> bool {
        self.counsellors.iter().any(|one| one.id == counsellor && one.works_during(slot))
    }

    pub(crate) fn booking(&self, id: Id) -> &Booking {
        self.files[id].booking.as_ref().expect("the file has an appointment")
    }

    pub(crate) fn booking_mut(&mut self, id: Id) -> &mut Booking {
        self.files[id].booking.as_mut().expect("the file has an appointment")
    }

    pub(crate) fn standing(&self, id: Id) -> Standing {
        self.booking(id).appointment.announced.expect("it was announced").standing
    }

    /// The applications with a session on this day, ever.
    pub(crate) fn of_today(&self) -> Vec<Id> {
        let today = self.by_day.get(&tokyo_date(self.now));
        today.map(|ids| ids.iter().copied().collect()).unwrap_or_default()
    }
}

fn noon(day: Date) -> Timestamp {
    TOKYO.to_timestamp(day.to_datetime(time(12, 0, 0, 0))).expect("a day of this century")
}

/// The first works all week, the second every other day, the third not before eleven.
fn counsellor(id: i64, chance: &mut Chance) -> Counsellor {
    let from = |weekday: u8| match (id, weekday % 2) {
        (2, 0) => None,
        (3, _) => Some(time(11, 0, 0, 0)),
        _ => Some(time(8, 30, 0, 0)),
    };
    let to: Time = time(17, 15, 0, 0);
    let hours = (1..=5).filter_map(|weekday| from(weekday).map(|from| (weekday, from)));
    let leave = (0..14).map(|_| {
        let day = FIRST_DAY.checked_add(chance.between(0, 364).days()).unwrap();
        let hour = i8::try_from(chance.between(0, 13)).unwrap();
        let from = day.at(hour, 0, 0, 0);
        Leave { from, to: from.checked_add(chance.between(1, 60).hours()).unwrap() }
    });
    Counsellor {
        id,
        leave: leave.collect(),
        hours: hours.map(|(weekday, from)| WeeklyHours { weekday, from, to }).collect(),
        skills: BTreeSet::new(),
    }
}
