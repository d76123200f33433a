//! What the terms of use leave open and an office decides for itself.
//!
//! Numbers that the terms state are not here: they are in [`crate::terms::Rules`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{Act, Role};
use crate::records::retention::{RecordClass, RetentionMonths};
use crate::session::{Channel, Designation, FeatureProfile, ProfileFault};
use crate::terms::Rules;
use crate::terms::amendment::ToolTerms;
use crate::terms::suspension::Function;

/// An office's own choices. Every field has a default that an ordinary office can work with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Practice {
    /// Sessions begin at multiples of this many minutes from the start of a window.
    pub step_minutes: u16,
    /// Minutes kept free after each session, for the counsellor's notes.
    pub buffer_minutes: u16,
    /// Applications for a day are accepted until this many working days before it …
    pub acceptance_working_days: u8,
    /// … at this time of day (Asia/Tokyo).
    pub acceptance_until: Time,
    /// How many days ahead may be wished for.
    pub horizon_days: u16,
    /// How many ranked wishes an application may carry.
    pub wishes_at_most: u8,
    /// Whether staff may confirm a session of the same day, with a reason (article 2(1),
    /// "in principle").
    pub same_day_by_staff: bool,
    /// Whether everybody may cancel online. Article 2(4) speaks of the telephone, so: off.
    pub online_cancellation: bool,
    /// The office answers an application within this many working days.
    pub answer_working_days: u8,
    /// Meeting ID, passcode and link may be printed and read aloud from this many minutes before
    /// the start; online they stand behind the door.
    pub joining_shown_minutes_before: u16,
    /// The door of a session opens this many minutes before the start.
    pub join_opens_minutes_before: u16,
    /// By which means sessions are usually held.
    pub meetings: Channel,
    /// What the terms and the pages call the tool of a session. Without it: the usual name of what
    /// sessions are usually held by.
    pub tool: Option<String>,
    /// Where the tool's maker publishes the terms of use that users agree to as well (article
    /// 5(3)), as an https address.
    pub tool_terms: Option<String>,
    /// Which edition of them the office means: the day on which it looked.
    pub tool_terms_as_of: Option<Date>,
    /// Functions of the tool that the office designates otherwise than is ordinary (article 5(4)).
    pub features: Designation,
    /// The time of day at which the day-before reminder leaves (Asia/Tokyo).
    pub reminder_at: Time,
    /// After this many days the declaration of article 4 is asked again.
    pub environment_valid_days: u16,
    /// First part of every alias (article 2(3)).
    pub alias_prefix: String,
    /// Opening of the counter, for the telephone and for deadlines.
    pub counter_opens: Time,
    /// Closing of the counter.
    pub counter_closes: Time,
    /// Which items a usage record holds (article 5(1): "may record").
    pub recorded: RecordedItems,
    /// After so many deemed cancellations within a year staff are asked whether later applications
    /// should be declined (article 2(4)). The question decides nothing.
    pub ask_after_deemed: u8,
    /// How many months ahead a day of review is proposed (articles 2(4), 10(2)).
    pub review_months: u8,
    /// Whether ending a person's use takes a second officer (article 10(2)).
    pub two_end_use: bool,
    /// For how many months each class of records is kept.
    pub retention: RetentionMonths,
    /// Who may stop which function of the service, and open it again (article 10(1)). Every
    /// function has somebody.
    pub may_stop: BTreeMap<Function, BTreeSet<Role>>,
    /// A version of the terms is told of on the pages so many days before its day (article 11).
    pub terms_told_days_ahead: u16,
    /// A planned stop is told of on the pages so many days ahead (article 10(1)).
    pub stop_told_days_ahead: u16,
    /// A stop without an end is pointed out at the desk after so many days, and one that is over
    /// and was not closed as many days later (article 10(1)).
    pub stop_forgotten_after_days: u16,
    /// Whether the office holds group sessions too.
    pub groups: bool,
    /// How long every session with the supporter for intractable diseases is (article 6), within
    /// what the terms allow.
    pub supporter_minutes: u16,
    /// Rough megabytes of a half-hour video session, said beside article 3's warning.
    pub megabytes_per_half_hour: u16,
}

/// A door that opens earlier would let people come before the day of their session is theirs.
const OPENS_AT_MOST: u16 = 4 * 60;

/// Why a practice is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeFault {
    /// What it designates (article 5(4)).
    Features(ProfileFault),
    /// The door opens more than four hours before the start.
    OpensTooEarly,
    /// The address of the tool's terms is none that begins with https (article 5(3)).
    ToolTerms,
    /// A class of records is kept for less than a month, or for more than thirty years.
    Retention(RecordClass),
    /// Nobody may stop this function, and so nobody may open it again (article 10(1)).
    NobodyStops(Function),
    /// The terms allow no session as long as the supporter's (articles 2(1), 6).
    SupporterMinutes,
}

/// The minutes of video that [`Practice::megabytes_per_half_hour`] is about.
pub const METERED_MINUTES: u16 = 30;

/// The items of a usage record that an office switches on or off (article 5(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordedItems {
    /// Planned and actual start and end.
    pub times: bool,
    /// Telephone, tablet or computer; application or browser.
    pub device: bool,
    /// How the session was held and how it ended.
    pub outcome: bool,
}

impl Default for RecordedItems {
    fn default() -> Self {
        Self { times: true, device: true, outcome: true }
    }
}

impl Practice {
    /// Who may use which function in a session of this kind (article 5(4)). Of a practice that was
    /// not checked and is at fault, the ordinary profile.
    pub fn profile(&self, channel: Channel) -> FeatureProfile {
        let own = FeatureProfile::of_office(channel, &self.features);
        own.unwrap_or_else(|_| FeatureProfile::of(channel))
    }

    /// The terms of the tool's maker that users agree to as well (article 5(3)).
    pub fn tool_edition(&self) -> Option<ToolTerms> {
        let address = self.tool_terms.clone()?;
        Some(ToolTerms { address, as_of: self.tool_terms_as_of })
    }

    /// Whether this role may stop this function, and open it again (article 10(1)).
    pub fn lets_stop(&self, role: Role, function: Function) -> bool {
        self.may_stop.get(&function).is_some_and(|roles| roles.contains(&role))
    }

    /// Whether this role may stop anything.
    pub fn lets_stop_something(&self, role: Role) -> bool {
        Function::ALL.into_iter().any(|function| self.lets_stop(role, function))
    }

    /// Whether an office can choose so.
    ///
    /// # Errors
    /// A function is designated that the terms forbid, or one is not that a talk needs; a door
    /// opens too early; a function that nobody may stop.
    pub fn check(&self) -> Result<(), PracticeFault> {
        if self.join_opens_minutes_before > OPENS_AT_MOST {
            return Err(PracticeFault::OpensTooEarly);
        }
        let is_address = |it: &String| it.strip_prefix("https://").is_some_and(is_host_and_path);
        if !self.tool_terms.as_ref().is_none_or(is_address) {
            return Err(PracticeFault::ToolTerms);
        }
        self.retention.check().map_err(PracticeFault::Retention)?;
        let is_nobodys =
            |function: &Function| self.may_stop.get(function).is_none_or(BTreeSet::is_empty);
        if let Some(function) = Function::ALL.into_iter().find(is_nobodys) {
            return Err(PracticeFault::NobodyStops(function));
        }
        let of = |channel| FeatureProfile::of_office(channel, &self.features).map(|_| ());
        Channel::ALL.into_iter().try_for_each(of).map_err(PracticeFault::Features)
    }
}

impl Practice {
    /// Whether an office can choose so under terms with these numbers.
    ///
    /// # Errors
    /// As [`Practice::check`]; [`PracticeFault::SupporterMinutes`].
    pub fn check_under(&self, rules: &Rules) -> Result<(), PracticeFault> {
        self.check()?;
        let possible = rules.shortest_minutes..=rules.longest_minutes;
        let on_step = self.supporter_minutes.is_multiple_of(self.step_minutes.max(1));
        match on_step && possible.contains(&self.supporter_minutes) {
            true => Ok(()),
            false => Err(PracticeFault::SupporterMinutes),
        }
    }
}

/// Printable, without blanks or quotes, and some host before the path.
fn is_host_and_path(rest: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
    rest.chars().all(plain) && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Each function is stopped by those whose business that ordinarily is.
fn ordinarily_stopped_by() -> BTreeMap<Function, BTreeSet<Role>> {
    let roles: BTreeSet<Role> =
        Role::ALL.into_iter().filter(|role| role.may(Act::StopService)).collect();
    Function::ALL.into_iter().map(|function| (function, roles.clone())).collect()
}

impl Default for Practice {
    fn default() -> Self {
        Self {
            step_minutes: 15,
            buffer_minutes: 0,
            acceptance_working_days: 1,
            acceptance_until: Time::constant(17, 15, 0, 0),
            horizon_days: 60,
            wishes_at_most: 3,
            same_day_by_staff: true,
            online_cancellation: false,
            answer_working_days: 2,
            joining_shown_minutes_before: 24 * 60,
            join_opens_minutes_before: 15,
            meetings: Channel::ByHand,
            tool: None,
            tool_terms: None,
            tool_terms_as_of: None,
            features: Designation::new(),
            reminder_at: Time::constant(10, 0, 0, 0),
            environment_valid_days: 90,
            alias_prefix: "相談".to_owned(),
            counter_opens: Time::constant(8, 30, 0, 0),
            counter_closes: Time::constant(17, 15, 0, 0),
            recorded: RecordedItems::default(),
            ask_after_deemed: 2,
            review_months: 6,
            two_end_use: false,
            retention: RetentionMonths::default(),
            may_stop: ordinarily_stopped_by(),
            terms_told_days_ahead: 14,
            stop_told_days_ahead: 14,
            stop_forgotten_after_days: 3,
            groups: false,
            supporter_minutes: 60,
            megabytes_per_half_hour: 270,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_10_1_who_may_stop_what_is_the_offices_choice() {
        let check = |function, roles: Option<&[Role]>, fault: Option<PracticeFault>| {
            let mut practice = Practice::default();
            practice.may_stop.remove(&function);
            let roles = roles.map(|roles| roles.iter().copied().collect());
            practice.may_stop.extend(roles.map(|roles| (function, roles)));
            assert_eq!(practice.check().err(), fault, "{:?}", practice.may_stop);
        };
        let both = [Role::Manager, Role::Coordinator];
        let nobodys = |function| Some(PracticeFault::NobodyStops(function));
        check(Function::Group, Some(&both), None);
        check(Function::All, Some(&[Role::Administrator]), None);
        check(Function::Join, Some(&[]), nobodys(Function::Join));
        check(Function::All, None, nobodys(Function::All));
        let mut practice = Practice::default();
        for (role, function) in Role::ALL.into_iter().flat_map(|r| Function::ALL.map(|f| (r, f))) {
            assert_eq!(practice.lets_stop(role, function), role.may(Act::StopService));
        }
        practice.may_stop.insert(Function::Group, BTreeSet::from(both));
        assert!(practice.lets_stop(Role::Coordinator, Function::Group));
        assert!(!practice.lets_stop(Role::Coordinator, Function::All));
        assert!(practice.lets_stop_something(Role::Coordinator));
        assert!(!practice.lets_stop_something(Role::Counsellor));
    }

    #[test]
    fn article_6_the_supporters_sessions_lie_within_the_terms() {
        let check = |supporter_minutes, step_minutes, good: bool| {
            let practice = Practice { supporter_minutes, step_minutes, ..Practice::default() };
            let checked = practice.check_under(&crate::terms::model().rules);
            let expected = if good { Ok(()) } else { Err(PracticeFault::SupporterMinutes) };
            assert_eq!(checked, expected, "{supporter_minutes} on {step_minutes}");
        };
        check(60, 15, true);
        check(30, 15, true);
        check(45, 15, true);
        check(15, 15, false);
        check(75, 15, false);
        check(0, 15, false);
        check(50, 15, false);
        check(60, 0, true);
    }

    #[test]
    fn article_5_3_the_terms_of_the_tools_maker_have_an_address() {
        let check = |address: Option<&str>, fault: Option<PracticeFault>| {
            let tool_terms = address.map(str::to_owned);
            let practice = Practice { tool_terms, ..Practice::default() };
            assert_eq!(practice.check().err(), fault, "{address:?}");
        };
        let wrong = Some(PracticeFault::ToolTerms);
        check(None, None);
        check(Some("https://example.jp/terms"), None);
        check(Some("http://example.jp/terms"), wrong);
        check(Some("javascript:alert(1)"), wrong);
        check(Some("https://"), wrong);
        check(Some("https://example.jp/a b"), wrong);
        check(Some("https://example.jp/\"><b>"), wrong);
        check(Some(""), wrong);
    }
}
