//! Objections to a decision on somebody's use: that later applications are declined (article 2(4)),
//! or that use was ended (article 10(2)).
//!
//! The terms name no such right; the office grants it, as 審査請求 would be open to the person
//! anyway. Another manager decides than the one who decided before, where there is another. An
//! objection never makes things worse for the person who brings it.

use jiff::Timestamp;
use jiff::civil::Date;

/// What an objection is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// That later applications are declined (article 2(4)).
    Declining,
    /// That use was ended (article 10(2)).
    Ending,
}

impl Against {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Declining, Self::Ending];

    /// The stable code of the store and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Declining => "declining",
            Self::Ending => "ending",
        }
    }

    /// Reads [`Against::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// By which way an objection came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// On the telephone.
    Telephone,
    /// At the counter.
    Counter,
    /// In a letter of paper.
    Letter,
    /// On the person's own page.
    Online,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Telephone, Self::Counter, Self::Letter, Self::Online];
    /// The ways that staff write down.
    pub const BY_STAFF: [Self; 3] = [Self::Telephone, Self::Counter, Self::Letter];

    /// The stable code of the store and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Counter => "counter",
            Self::Letter => "letter",
            Self::Online => "online",
        }
    }

    /// Reads [`Way::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What was decided on an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The decision stays.
    Kept,
    /// It is lifted.
    Lifted,
    /// It is looked at again on this day, earlier than before; until then it stays.
    Changed(Date),
}

impl Answer {
    /// The stable code of the store and of forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lifted => "lifted",
            Self::Changed(_) => "changed",
        }
    }

    /// Reads code and day back; `None` for an unknown code, or a change without its day.
    pub fn parse(code: &str, until: Option<Date>) -> Option<Self> {
        match code {
            "kept" => Some(Self::Kept),
            "lifted" => Some(Self::Lifted),
            "changed" => until.map(Self::Changed),
            _ => None,
        }
    }

    /// The new day of review, if there is one.
    pub fn until(self) -> Option<Date> {
        match self {
            Self::Changed(day) => Some(day),
            Self::Kept | Self::Lifted => None,
        }
    }
}

/// Why an objection cannot be taken in or answered so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionRefusal {
    /// It says nothing.
    NoWords,
    /// It came in the future.
    InTheFuture,
    /// It came before what it is about.
    BeforeTheDecision,
    /// What it is about does not hold (any more).
    NotInForce,
    /// One about the same decision waits for its answer.
    Waiting,
    /// It was answered already.
    Answered,
    /// No reason is given.
    NoReason,
    /// The officer decided what it is about, and another manager is there.
    SameOfficer,
    /// The new day of review lies not between today and the present one.
    NotEarlier,
}

/// Whether an objection can be taken in.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_objection(
    has_words: bool,
    received_at: Timestamp,
    decided_at: Timestamp,
    (in_force, is_waiting): (bool, bool),
    now: Timestamp,
) -> Result<(), ObjectionRefusal> {
    if !has_words {
        return Err(ObjectionRefusal::NoWords);
    }
    if received_at > now {
        return Err(ObjectionRefusal::InTheFuture);
    }
    if received_at < decided_at {
        return Err(ObjectionRefusal::BeforeTheDecision);
    }
    if !in_force {
        return Err(ObjectionRefusal::NotInForce);
    }
    if is_waiting {
        return Err(ObjectionRefusal::Waiting);
    }
    Ok(())
}

/// Who may answer: another than who decided, where there is another.
#[derive(Clone, Copy, Debug)]
pub struct Deciders<'a> {
    /// Who decided what the objection is about.
    pub earlier: i64,
    /// Who answers.
    pub officer: i64,
    /// Everybody in the office who may decide such things.
    pub managers: &'a [i64],
}

impl Deciders<'_> {
    /// Whether another must answer.
    pub fn is_for_another(&self) -> bool {
        let others = self.managers.iter().any(|manager| *manager != self.earlier);
        self.officer == self.earlier && others
    }
}

/// Whether an objection can be answered so.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_answer(
    answer: Answer,
    has_reason: bool,
    is_answered: bool,
    deciders: Deciders<'_>,
    (today, review): (Date, Date),
) -> Result<(), ObjectionRefusal> {
    if is_answered {
        return Err(ObjectionRefusal::Answered);
    }
    if deciders.is_for_another() {
        return Err(ObjectionRefusal::SameOfficer);
    }
    if !has_reason {
        return Err(ObjectionRefusal::NoReason);
    }
    match answer {
        Answer::Changed(day) if day <= today || day >= review => Err(ObjectionRefusal::NotEarlier),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        format!("{day}T10:00:00+09:00").parse().unwrap()
    }

    #[test]
    fn articles_2_4_and_10_2_what_an_objection_needs() {
        use ObjectionRefusal::{BeforeTheDecision, InTheFuture, NoWords, NotInForce, Waiting};
        let check = |words, received: &str, state, refusal| {
            let (decided, now) = (at("2026-11-20"), at("2026-11-24"));
            let checked = check_objection(words, at(received), decided, state, now);
            assert_eq!(checked.err(), refusal, "{words} {received} {state:?}");
        };
        let open = (true, false);
        check(true, "2026-11-24", open, None);
        check(true, "2026-11-20", open, None);
        check(false, "2026-11-24", open, Some(NoWords));
        check(true, "2026-11-25", open, Some(InTheFuture));
        check(true, "2026-11-19", open, Some(BeforeTheDecision));
        check(true, "2026-11-24", (false, false), Some(NotInForce));
        check(true, "2026-11-24", (true, true), Some(Waiting));
    }

    #[test]
    fn articles_2_4_and_10_2_who_may_answer_an_objection_and_how() {
        use Answer::{Changed, Kept, Lifted};
        use ObjectionRefusal::{Answered, NoReason, NotEarlier, SameOfficer};
        let day = |text: &str| text.parse::<Date>().unwrap();
        let check = |answer, (reason, answered), officer, managers: &[i64], refusal| {
            let deciders = Deciders { earlier: 1, officer, managers };
            let days = (day("2026-11-24"), day("2027-05-24"));
            let checked = check_answer(answer, reason, answered, deciders, days);
            assert_eq!(checked.err(), refusal, "{answer:?} {officer} {managers:?}");
        };
        let fine = (true, false);
        check(Kept, fine, 2, &[1, 2], None);
        check(Lifted, fine, 2, &[1, 2], None);
        check(Lifted, fine, 1, &[1, 2], Some(SameOfficer));
        // There is nobody else: then the same may.
        check(Lifted, fine, 1, &[1], None);
        check(Lifted, fine, 2, &[2], None);
        check(Lifted, (false, false), 2, &[1, 2], Some(NoReason));
        check(Lifted, (true, true), 2, &[1, 2], Some(Answered));
        check(Changed(day("2027-01-15")), fine, 2, &[1, 2], None);
        check(Changed(day("2026-11-24")), fine, 2, &[1, 2], Some(NotEarlier));
        check(Changed(day("2027-05-24")), fine, 2, &[1, 2], Some(NotEarlier));
        check(Changed(day("2027-06-01")), fine, 2, &[1, 2], Some(NotEarlier));
    }

    #[test]
    fn codes_are_read_back() {
        for against in Against::ALL {
            assert_eq!(Against::parse(against.code()), Some(against));
        }
        for way in Way::ALL {
            assert_eq!(Way::parse(way.code()), Some(way));
        }
        let day = "2027-01-15".parse().unwrap();
        for answer in [Answer::Kept, Answer::Lifted, Answer::Changed(day)] {
            assert_eq!(Answer::parse(answer.code(), answer.until()), Some(answer));
        }
        assert_eq!(Answer::parse("changed", None), None);
        assert_eq!(Answer::parse("", Some(day)), None);
        assert_eq!((Against::parse(""), Way::parse("fax")), (None, None));
    }
}
