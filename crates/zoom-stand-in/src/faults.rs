//! What goes wrong on the way, on order or at random.

use crate::StandIn;
use crate::world::World;

/// To which requests a fault happens.
#[derive(Clone, Debug)]
pub struct Match {
    /// `GET`, `POST`, …; every method when empty.
    pub method: String,
    /// A part of the path; every path when empty.
    pub path_part: String,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done; this status and body are the answer.
    Status(u16, String),
    /// It is done; the answer is XML (seen by calcom/cal.com#4793).
    Xml,
    /// It is done; the answer is a page of HTML.
    Html,
    /// It is done; the answer is empty.
    Empty,
    /// It is done; the answer ends in the middle.
    Truncated,
    /// Nothing is done, and the line breaks.
    LostBefore,
    /// It is done, and the line breaks before the answer: Zoom has no key of idempotence.
    LostAfter,
    /// It is done, and the answer never comes.
    Hang,
    /// Nothing is done: too many calls.
    TooMany {
        /// Whether it is the limit of a day.
        daily: bool,
    },
}

#[derive(Default)]
pub(crate) struct Faults {
    ordered: Vec<(Match, u32, Fault)>,
    /// Of a hundred requests, so many.
    percent: u64,
    pub(crate) happened: u32,
}

impl World {
    /// What goes wrong with this request, if anything does.
    pub(crate) fn fault(&mut self, method: &str, path: &str) -> Option<Fault> {
        let fits = |it: &Match| {
            (it.method.is_empty() || it.method == method) && path.contains(&it.path_part)
        };
        let ordered = self.faults.ordered.iter_mut().find(|(it, left, _)| *left > 0 && fits(it));
        if let Some((_, left, fault)) = ordered {
            *left -= 1;
            self.faults.happened += 1;
            return Some(fault.clone());
        }
        if self.faults.percent == 0 || self.draw(100) >= self.faults.percent {
            return None;
        }
        self.faults.happened += 1;
        Some(match self.draw(7) {
            0 => Fault::Status(500, "{\"code\":500,\"message\":\"x\"}".to_owned()),
            1 => Fault::Xml,
            2 => Fault::Empty,
            3 => Fault::LostBefore,
            4 => Fault::LostAfter,
            5 => Fault::Truncated,
            _ => Fault::TooMany { daily: false },
        })
    }
}

impl StandIn {
    /// Has the next so many requests that fit go wrong.
    pub fn fault(&self, what: Match, times: u32, fault: Fault) {
        self.world().faults.ordered.push((what, times, fault));
    }

    /// Has so many of a hundred requests go wrong, drawn from the seed.
    pub fn random_faults(&self, percent: u8) {
        self.world().faults.percent = percent.into();
    }

    /// How many requests have gone wrong.
    pub fn faults_happened(&self) -> u32 {
        self.world().faults.happened
    }
}
