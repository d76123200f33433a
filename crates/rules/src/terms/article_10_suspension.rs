//! Article 10: suspension of the service, and termination for one user.
//!
//! - (1): the office may suspend all or part without notice: a [`Stop`] of a function, for a time.
//!   Without notice is allowed, not asked: a banner stands on the pages, and those who are booked
//!   are told where it is possible. It never counts against the jobseeker (article 9(6)): while
//!   joining is stopped no limit runs.
//! - (2): a breach lets the office end one user's use ([`check_ending`]). A manager decides, naming
//!   the clause and the incident; never the software, and never on a name alone
//!   ([`Match`]). It is another power than declining under article 2(4), and kept apart from it.
//!   No duration is stated: it holds until it is lifted, and a day on which it is looked at again
//!   is always set. No notice is asked: the page that the person meets says nothing but to call.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Clause, Part, Terms};
use crate::people::Language;

/// A function of the service that can be stopped by itself (article 10(1), "all or part").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// Applying.
    Apply,
    /// Confirming and proposing times.
    Confirm,
    /// Joining sessions.
    Join,
    /// Group sessions.
    Group,
    /// All of them.
    All,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 5] = [Self::Apply, Self::Confirm, Self::Join, Self::Group, Self::All];

    /// The stable code of the store and of the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Confirm => "confirm",
            Self::Join => "join",
            Self::Group => "group",
            Self::All => "all",
        }
    }

    /// Reads [`Function::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.code() == code)
    }

    /// What a stop must include to keep from this one in a session of that kind: the group sessions
    /// have one function for all that is done with them, and no other stops them.
    pub fn of_kind(self, is_group: bool) -> Self {
        if is_group { Self::Group } else { self }
    }

    /// Whether a stop of this one stops the other too.
    pub fn includes(self, other: Self) -> bool {
        self == Self::All || self == other
    }
}

/// A stop of a function. From its start to its end; without an end until it is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is stopped.
    pub function: Function,
    /// From when on.
    pub from: Timestamp,
    /// Until when; the instant itself is free again.
    pub until: Option<Timestamp>,
}

/// Why a stop cannot be made so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopRefusal {
    /// It would end before it begins, or at once.
    EndBeforeStart,
    /// It would lie in the past; what was, was not stopped.
    InThePast,
}

impl Stop {
    /// Whether it can be made at `now`. One that begins a moment ago begins now.
    ///
    /// # Errors
    /// Its end lies before its start, or all of it in the past.
    pub fn check(&self, now: Timestamp) -> Result<(), StopRefusal> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(StopRefusal::EndBeforeStart);
        }
        if self.from < now || self.until.is_some_and(|until| until <= now) {
            return Err(StopRefusal::InThePast);
        }
        Ok(())
    }

    /// Whether it holds at an instant.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether any of a session between two instants falls into it.
    pub fn touches(&self, begin: Timestamp, end: Timestamp) -> bool {
        self.from < end && self.until.is_none_or(|until| until > begin)
    }

    /// Whether those whose sessions it touches can be told of it ahead: it is planned, or its end
    /// is known. Of one that begins at once and has no end nobody knows which sessions fall into
    /// it.
    pub fn can_be_told_ahead(&self, now: Timestamp) -> bool {
        self.from > now || self.until.is_some()
    }

    /// Since when it keeps people from what they need between two instants, if it does: the
    /// limit of article 2(4) does not run then.
    pub fn keeps_from(&self, begin: Timestamp, end: Timestamp) -> Option<Timestamp> {
        let touches = self.from <= end && self.until.is_none_or(|until| until > begin);
        touches.then(|| self.from.max(begin))
    }

    /// Whether nobody seems to think of it any more: it has lasted without an end for so many
    /// days, or ended as many days ago and nobody has closed it.
    pub fn seems_forgotten(&self, now: Timestamp, after_days: u16) -> bool {
        let after = SignedDuration::from_hours(24 * i64::from(after_days));
        now.duration_since(self.until.unwrap_or(self.from)) >= after
    }
}

/// How an application compares with one whose use was ended. A name alone is never compared:
/// namesakes are other people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The same number and the same name.
    Same,
    /// The same number, another name: married, misspelt, or somebody else's number. Staff look.
    NumberAlone,
}

/// Why use cannot be ended, or an application declined on the ground of conduct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConductRefusal {
    /// No reason is given.
    NoReason,
    /// No incident is named, or one of another person.
    NoIncident,
    /// The incident was not decided to be a breach.
    NotABreach,
    /// The terms have no such clause.
    UnknownClause,
    /// No deemed cancellation is on file (article 2(4)).
    NoDeemedCancellation,
    /// The first day lies in the past.
    FromInThePast,
    /// The day of review does not lie after the first day.
    NoReview,
    /// The version in force does not provide for it.
    NotInTheTerms,
    /// It is so already.
    AlreadySo,
    /// Who confirms is who decided.
    SameOfficer,
}

/// Where the model terms let the office end somebody's use.
const ENDING: &str = "10(2)";

/// Whether one user's use can be ended (article 10(2)): for a breach that an incident shows, of a
/// clause of the terms, with a reason and a day on which it is looked at again.
///
/// # Errors
/// The first thing that is missing.
pub fn check_ending(
    (clause, terms): (Option<Clause>, &Terms),
    breach: Option<bool>,
    has_reason: bool,
    (today, review): (Date, Date),
) -> Result<(), ConductRefusal> {
    if terms.place(ENDING).is_none() {
        return Err(ConductRefusal::NotInTheTerms);
    }
    let breach = breach.ok_or(ConductRefusal::NoIncident)?;
    if !breach {
        return Err(ConductRefusal::NotABreach);
    }
    let named = clause.filter(|clause| matches!(clause.part, Part::Article(_)));
    let text = terms.text(Language::Japanese);
    if named.and_then(|clause| clause.wording(text)).is_none() {
        return Err(ConductRefusal::UnknownClause);
    }
    if !has_reason {
        return Err(ConductRefusal::NoReason);
    }
    if review <= today {
        return Err(ConductRefusal::NoReview);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::terms;

    fn at(time: &str) -> Timestamp {
        format!("2026-11-24T{time}+09:00").parse().unwrap()
    }

    fn stop(from: &str, until: &str) -> Stop {
        let until = (!until.is_empty()).then(|| at(until));
        Stop { function: Function::Join, from: at(from), until }
    }

    #[test]
    fn article_10_1_a_stop_has_a_beginning_and_an_end() {
        use StopRefusal::{EndBeforeStart, InThePast};
        let check = |from, until, refusal| {
            let checked = stop(from, until).check(at("10:00:00"));
            assert_eq!(checked.err(), refusal, "{from} {until}");
        };
        check("10:00:00", "", None);
        check("10:00:00", "12:00:00", None);
        check("13:00:00", "14:00:00", None);
        check("13:00:00", "12:00:00", Some(EndBeforeStart));
        check("13:00:00", "13:00:00", Some(EndBeforeStart));
        check("09:00:00", "", Some(InThePast));
        check("08:00:00", "09:00:00", Some(InThePast));
    }

    #[test]
    fn article_10_1_when_a_stop_holds() {
        let check = |now: &str, holds| {
            assert_eq!(stop("10:00:00", "12:00:00").holds(at(now)), holds, "{now}");
        };
        check("09:59:59", false);
        check("10:00:00", true);
        check("11:59:59", true);
        check("12:00:00", false);
        assert!(stop("10:00:00", "").holds(Timestamp::MAX));
    }

    #[test]
    fn articles_9_6_and_10_1_a_stop_keeps_the_limit_from_running() {
        let check = |from, until, since: Option<&str>| {
            let kept = stop(from, until).keeps_from(at("10:00:00"), at("10:10:00"));
            assert_eq!(kept, since.map(at), "{from} {until}");
        };
        check("09:00:00", "", Some("10:00:00"));
        check("09:00:00", "10:00:00", None);
        check("09:00:00", "10:00:01", Some("10:00:00"));
        check("10:05:00", "10:06:00", Some("10:05:00"));
        check("10:10:00", "", Some("10:10:00"));
        check("10:10:01", "", None);
    }

    #[test]
    fn articles_9_6_and_10_1_which_sessions_a_stop_touches() {
        let check = |from, until, touches| {
            let touched = stop(from, until).touches(at("10:00:00"), at("10:30:00"));
            assert_eq!(touched, touches, "{from} {until}");
        };
        check("09:00:00", "", true);
        check("09:00:00", "10:00:00", false);
        check("09:00:00", "10:00:01", true);
        check("10:29:59", "", true);
        check("10:30:00", "", false);
    }

    #[test]
    fn article_10_1_of_which_stops_people_are_told_ahead() {
        let check = |from, until, told| {
            let ahead = stop(from, until).can_be_told_ahead(at("10:00:00"));
            assert_eq!(ahead, told, "{from} {until}");
        };
        check("10:00:00", "", false);
        check("10:00:00", "12:00:00", true);
        check("10:00:01", "", true);
        check("11:00:00", "12:00:00", true);
    }

    #[test]
    fn article_10_1_a_stop_without_an_end_or_past_it_is_pointed_out() {
        let check = |until: &str, days, now: &str, forgotten| {
            let now = format!("{now}+09:00").parse().unwrap();
            let seems = stop("10:00:00", until).seems_forgotten(now, days);
            assert_eq!(seems, forgotten, "{until} {days} {now}");
        };
        check("", 3, "2026-11-27T09:59:59", false);
        check("", 3, "2026-11-27T10:00:00", true);
        check("", 7, "2026-11-27T10:00:00", false);
        check("12:00:00", 3, "2026-11-27T11:59:59", false);
        check("12:00:00", 3, "2026-11-27T12:00:00", true);
        check("", 3, "2026-11-23T10:00:00", false);
    }

    #[test]
    fn article_10_1_what_a_stop_includes() {
        for function in Function::ALL {
            assert!(Function::All.includes(function) && function.includes(function));
            assert_eq!(Function::Join.includes(function), function == Function::Join);
            assert_eq!(Function::parse(function.code()), Some(function));
        }
    }

    #[test]
    fn article_10_1_group_sessions_are_stopped_by_themselves() {
        let check = |stopped: Function, counselling: [bool; 3], group: [bool; 3]| {
            for (place, used) in
                [Function::Apply, Function::Confirm, Function::Join].into_iter().enumerate()
            {
                let stops = |is_group| stopped.includes(used.of_kind(is_group));
                assert_eq!(stops(false), counselling[place], "{stopped:?} {used:?}");
                assert_eq!(stops(true), group[place], "{stopped:?} {used:?} of a group");
            }
        };
        check(Function::Apply, [true, false, false], [false; 3]);
        check(Function::Confirm, [false, true, false], [false; 3]);
        check(Function::Join, [false, false, true], [false; 3]);
        check(Function::Group, [false; 3], [true; 3]);
        check(Function::All, [true; 3], [true; 3]);
    }

    #[test]
    fn article_10_2_what_ending_a_use_needs() {
        use ConductRefusal::{NoIncident, NoReason, NoReview, NotABreach, UnknownClause};
        let model = terms::model();
        let check = |clause: &str, breach, reason, review: &str, refusal| {
            let days = ("2026-11-24".parse().unwrap(), review.parse().unwrap());
            let checked = check_ending((Clause::parse(clause), &model), breach, reason, days);
            assert_eq!(checked.err(), refusal, "{clause} {breach:?} {reason} {review}");
        };
        let yes = Some(true);
        check("5(4)", yes, true, "2027-05-24", None);
        check("8(4)", yes, true, "2026-11-25", None);
        check("5(4)", None, true, "2027-05-24", Some(NoIncident));
        check("5(4)", Some(false), true, "2027-05-24", Some(NotABreach));
        check("", yes, true, "2027-05-24", Some(UnknownClause));
        check("99", yes, true, "2027-05-24", Some(UnknownClause));
        check("preamble", yes, true, "2027-05-24", Some(UnknownClause));
        check("5(4)", yes, false, "2027-05-24", Some(NoReason));
        check("5(4)", yes, true, "2026-11-24", Some(NoReview));
        // Terms that do not provide for it give nobody the power.
        let source = format!("{}\n[places]\n\"10(2)\" = \"none\"\n", terms::MODEL_VERSION);
        let silent = terms::Terms::parse(&source, &terms::MODEL_TEXTS).unwrap();
        let days = ("2026-11-24".parse().unwrap(), "2027-05-24".parse().unwrap());
        let checked = check_ending((Clause::parse("5(4)"), &silent), yes, true, days);
        assert_eq!(checked, Err(ConductRefusal::NotInTheTerms));
    }
}
