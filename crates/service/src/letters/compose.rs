//! What each letter says. No name, no number, no reason for counselling and no credential enters
//! a letter: it may be read over a shoulder, or by somebody else altogether.

mod taking_part;

use rules::application::{Course, DeclineReason};
use rules::letters::Letter;
use rules::records::objection::{Against, Answer};
use rules::schedule::Slot;
use rules::session::Channel;
use rules::terms::application::Declining;

use super::section::{Part, Phrase, Put, Section, as_is, say};
use crate::app::Context;
use crate::application::{Application, Proposal};
use crate::appointment::Session;
use crate::error::Error;
use crate::schedule::groups::{self, Group};
use crate::words::{Words, key};

/// What `megabytes_per_half_hour` of the practice is measured over, in minutes.
const HALF_HOUR: u32 = 30;

/// What a letter tells beside the application and its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing.
    Nothing,
    /// From when and until when applications are declined (article 2(4)).
    Declining(Declining),
    /// That the time was changed because the service stands still (article 10(1)).
    MovedForAStop,
    /// What was decided on an objection (articles 2(4), 10(2)).
    Answer(Against, Answer),
}

/// What letters are made of. The person's name and number are in the application, and are not
/// looked at here.
pub(super) struct Matter<'a> {
    pub(super) context: &'a Context,
    pub(super) application: &'a Application,
    pub(super) session: Option<&'a Session>,
    /// The group session that is asked for.
    pub(super) group: Option<&'a Group>,
    /// By which means it is held.
    pub(super) channel: Channel,
    /// What the letter tells besides.
    pub(super) told: Told,
    /// The address of the status page, which knows the person by it.
    pub(super) link: &'a str,
}

/// The sections of a letter, in the applicant's language.
///
/// # Errors
/// [`Error::Missing`] when the letter speaks of a session or proposal that there is not;
/// [`crate::error::Refusal::NoTerms`].
pub(super) fn sections(letter: Letter, matter: &Matter<'_>) -> Result<Vec<Section>, Error> {
    let mut sections = vec![matter.opening(letter)?];
    match letter {
        Letter::Receipt => {
            let asked = match matter.group {
                Some(group) => matter.time(key!("letters-time"), group.plan.slot),
                None => matter.wishes(),
            };
            sections.extend([asked, matter.page()]);
        }
        Letter::Proposal => {
            let slot = matter.proposal()?.slot;
            sections.extend([matter.time(key!("letters-time-proposed"), slot), matter.answer()]);
        }
        Letter::ProposalLapsed => sections.push(matter.page()),
        Letter::Declined => sections.push(matter.reason()),
        Letter::Converted | Letter::Withdrawn | Letter::ObjectionAnswered => {}
        Letter::UseDeclined | Letter::UseEnded => sections.push(matter.objection()),
        Letter::StopPlanned => {
            sections.push(matter.time(key!("letters-time"), matter.session()?.slot));
        }
        Letter::Confirmation
        | Letter::Reminder
        | Letter::Change
        | Letter::JoiningData
        | Letter::StopLifted
        | Letter::Reinstatement => sections.extend(matter.invitation()?),
        Letter::DeemingUndone if matter.is_open() => sections.extend(matter.invitation()?),
        Letter::Cancellation
        | Letter::DeemedCancelled
        | Letter::DeemingUndone
        | Letter::StoppedByOffice
        | Letter::Displaced => {
            sections.push(matter.time(key!("letters-time-was"), matter.session()?.slot));
        }
    }
    sections.insert(1, matter.receipt());
    if let Some(group) = matter.group {
        sections.insert(2, matter.of_group(group));
    }
    sections.push(matter.closing());
    Ok(sections)
}

impl Matter<'_> {
    pub(super) fn words(&self) -> Words {
        Words::new(self.application.language)
    }

    fn say(&self, key: &str, values: &[(&str, Put<'_>)]) -> Phrase {
        say(self.words(), key, values)
    }

    fn section(&self, part: Part, heading: &str) -> Section {
        Section::new(part).heading(self.say(heading, &[]))
    }

    fn session(&self) -> Result<&Session, Error> {
        self.session.ok_or(Error::Missing)
    }

    fn proposal(&self) -> Result<Proposal, Error> {
        self.application.proposal.ok_or(Error::Missing)
    }

    fn is_open(&self) -> bool {
        self.session.is_some_and(|session| session.standing.is_open())
    }

    /// Minutes of silence that are borne, by the terms in force at the session (article 2(4)).
    fn grace(&self) -> Result<Option<u16>, Error> {
        let at = self.session()?.slot.start;
        Ok(self.context.office.terms(at)?.rules.grace_minutes)
    }

    fn opening(&self, letter: Letter) -> Result<Section, Error> {
        let office = Put::Text(&self.context.office.name);
        let greeting = self.say(key!("letters-greeting"), &[("office", office)]);
        let mut section = Section::new(Part::Opening).line(greeting);
        section.lines.extend(match letter {
            Letter::Receipt if self.group.is_some() => {
                let due = [("due", Put::Moment(self.application.answer_due))];
                vec![
                    self.say(key!("group-receipt-what"), &[]),
                    self.say(key!("group-receipt-next"), &due),
                ]
            }
            Letter::Confirmation if self.group.is_some() => vec![
                self.say(key!("group-confirmation-what"), &[]),
                self.say(key!("letters-confirmation-next"), &[]),
            ],
            Letter::Receipt => {
                let due = [("due", Put::Moment(self.application.answer_due))];
                vec![
                    self.say(key!("letters-receipt-what"), &[]),
                    self.say(key!("letters-receipt-next"), &due),
                ]
            }
            Letter::Proposal => {
                let until = [("until", Put::Moment(self.proposal()?.lapses_at))];
                vec![
                    self.say(key!("letters-proposal-what"), &[]),
                    self.say(key!("letters-proposal-next"), &until),
                    self.say(key!("letters-proposal-else"), &[]),
                ]
            }
            Letter::DeemedCancelled => vec![
                self.say(
                    key!("letters-deemed-what"),
                    &[("grace", Put::Number(self.grace()?.unwrap_or_default()))],
                ),
                self.say(key!("letters-deemed-object"), &[]),
                self.say(key!("letters-deemed-alone"), &[]),
                self.say(key!("letters-apply-again"), &[]),
            ],
            Letter::Converted => self.converted(),
            Letter::UseDeclined => self.use_declined()?,
            Letter::ObjectionAnswered => self.objection_answered()?,
            Letter::DeemingUndone => {
                let next = match self.is_open() {
                    true => key!("letters-undone-open"),
                    false => key!("letters-undone-over"),
                };
                let what = self.say(key!("letters-undone-what"), &[]);
                vec![what, self.say(next, &[])]
            }
            other => plain_opening(other).iter().map(|key| self.say(key, &[])).collect(),
        });
        if letter == Letter::Change && self.told == Told::MovedForAStop {
            section.lines.insert(2, self.say(key!("letters-change-stopped"), &[]));
        }
        Ok(section)
    }

    /// From when, until when, what stays open, and how to object (article 2(4)).
    fn use_declined(&self) -> Result<Vec<Phrase>, Error> {
        let Told::Declining(days) = self.told else { return Err(Error::Missing) };
        let days = [("from", Put::Day(days.from)), ("review", Put::Day(days.review))];
        Ok(vec![
            self.say(key!("letters-use-declined-what"), &days),
            self.say(key!("letters-use-declined-else"), &[]),
            self.say(key!("letters-use-declined-object"), &[]),
        ])
    }

    /// What became of an objection; the reason is for the telephone, where it can be explained.
    fn objection_answered(&self) -> Result<Vec<Phrase>, Error> {
        let Told::Answer(against, answer) = self.told else { return Err(Error::Missing) };
        let what = match against {
            Against::Declining => key!("letters-objection-declining"),
            Against::Ending => key!("letters-objection-ending"),
        };
        let mut lines = vec![self.say(what, &[])];
        lines.extend(match answer {
            Answer::Kept => {
                vec![self.say(key!("letters-objection-kept"), &[])]
            }
            Answer::Lifted => {
                let again = self.say(key!("letters-objection-apply"), &[]);
                vec![self.say(key!("letters-objection-lifted"), &[]), again]
            }
            Answer::Changed(day) => {
                let review = [("review", Put::Day(day))];
                let key = match against {
                    Against::Declining => key!("letters-objection-changed-declining"),
                    Against::Ending => key!("letters-objection-changed-ending"),
                };
                vec![self.say(key, &review)]
            }
        });
        lines.push(self.say(key!("letters-objection-why"), &[]));
        Ok(lines)
    }

    /// How to object, beside the telephone: on the person's page.
    fn objection(&self) -> Section {
        self.section(Part::Page, key!("letters-objection"))
            .line(self.say(key!("letters-objection-how"), &[]))
            .line(self.say(key!("letters-page-secret"), &[]))
            .link(self.say(key!("letters-page-link"), &[]), self.link.to_owned())
    }

    /// A visit, or a call of the office, in place of the session.
    fn converted(&self) -> Vec<Phrase> {
        if self.application.course != Course::ToVisit {
            return vec![
                self.say(key!("letters-to-telephone-what"), &[]),
                self.say(key!("letters-to-telephone-next"), &[]),
            ];
        }
        let office = &self.context.office;
        let mut lines = vec![self.say(key!("letters-to-visit-what"), &[])];
        if !office.address.trim().is_empty() {
            let address = [("address", Put::Text(&office.address))];
            lines.push(self.say(key!("letters-to-visit-place"), &address));
        }
        lines.push(self.say(key!("letters-to-visit-hours"), &self.hours()));
        lines.push(self.say(key!("letters-to-visit-next"), &[]));
        lines
    }

    fn hours(&self) -> [(&'static str, Put<'static>); 2] {
        let practice = &self.context.office.practice;
        let (from, to) = (practice.counter_opens, practice.counter_closes);
        [("from", Put::Time(from)), ("to", Put::Time(to))]
    }

    fn telephone(&self) -> [(&'static str, Put<'_>); 1] {
        [("telephone", Put::Telephone(&self.context.office.telephone))]
    }

    fn receipt(&self) -> Section {
        self.section(Part::Receipt, key!("common-receipt-number"))
            .large(as_is(&self.application.receipt))
            .line(self.say(key!("letters-receipt-quote"), &[]))
    }

    fn wishes(&self) -> Section {
        let mut section = self.section(Part::Wishes, key!("letters-wishes"));
        for (rank, wish) in (1_u16..).zip(&self.application.wishes) {
            let values = [("rank", Put::Number(rank)), ("slot", Put::Slot(*wish))];
            section.lines.push(self.say(key!("letters-wish"), &values));
        }
        section
    }

    fn time(&self, heading: &str, slot: Slot) -> Section {
        let slot = self.say(key!("letters-slot"), &[("slot", Put::Slot(slot))]);
        self.section(Part::Time, heading).large(slot)
    }

    /// What it is called; and for who takes part, that others do too.
    fn of_group(&self, group: &Group) -> Section {
        let title = groups::plain_title(group, self.application.language);
        let section = self.section(Part::Group, key!("group-this")).large(as_is(&title));
        match self.application.course {
            Course::Received => section.line(self.say(key!("group-fixed"), &[])),
            Course::Confirmed if self.is_open() => section
                .line(self.say(key!("group-others-what"), &[]))
                .line(self.say(key!("group-ease"), &[]))
                .line(self.say(key!("group-stays"), &[])),
            _ => section,
        }
    }

    fn page(&self) -> Section {
        let what = match self.application.course.is_open() && self.group.is_none() {
            true => key!("letters-page-before"),
            false => key!("letters-page-state"),
        };
        self.section(Part::Page, key!("letters-page"))
            .line(self.say(what, &[]))
            .line(self.say(key!("letters-page-secret"), &[]))
            .link(self.say(key!("letters-page-link"), &[]), self.link.to_owned())
    }

    fn answer(&self) -> Section {
        self.section(Part::Page, key!("letters-answer"))
            .line(self.say(key!("letters-answer-how"), &self.telephone()))
            .line(self.say(key!("letters-page-secret"), &[]))
            .link(self.say(key!("letters-answer-link"), &[]), self.link.to_owned())
    }

    fn reason(&self) -> Section {
        let reason = self.application.decline_reason.map(reason_key);
        let mut section = self.section(Part::Reason, key!("letters-reason"));
        section.lines.extend(reason.map(|key| self.say(key, &[])));
        section.line(self.say(key!("letters-declined-instead"), &[]))
    }

    fn closing(&self) -> Section {
        self.section(Part::Closing, key!("letters-closing"))
            .line(as_is(&self.context.office.name))
            .line(self.say(key!("letters-closing-call"), &self.telephone()))
            .line(self.say(key!("common-telephone-hours"), &self.hours()))
            .line(self.say(key!("letters-closing-astray"), &[]))
    }
}

/// The opening of letters that need no value.
fn plain_opening(letter: Letter) -> &'static [&'static str] {
    match letter {
        Letter::Confirmation => {
            &[key!("letters-confirmation-what"), key!("letters-confirmation-next")]
        }
        Letter::Reminder => &[key!("letters-reminder-what"), key!("letters-reminder-next")],
        Letter::Change => &[key!("letters-change-what"), key!("letters-change-next")],
        Letter::JoiningData => &[key!("letters-renewed-what"), key!("letters-renewed-next")],
        Letter::Reinstatement => {
            &[key!("letters-reinstatement-what"), key!("letters-reinstatement-next")]
        }
        Letter::Cancellation => &[
            key!("letters-cancellation-what"),
            key!("letters-apply-again"),
            key!("letters-cancellation-mistake"),
        ],
        Letter::StoppedByOffice => &[
            key!("letters-stopped-what"),
            key!("letters-new-time-first"),
            key!("letters-not-counted"),
        ],
        Letter::Displaced => &[
            key!("letters-displaced-what"),
            key!("letters-displaced-why"),
            key!("letters-new-time-first"),
            key!("letters-not-counted"),
        ],
        Letter::ProposalLapsed => &[key!("letters-lapsed-what"), key!("letters-lapsed-next")],
        Letter::Declined => &[key!("letters-declined-what")],
        Letter::Withdrawn => &[
            key!("letters-withdrawn-what"),
            key!("letters-apply-again"),
            key!("letters-withdrawn-mistake"),
        ],
        Letter::StopPlanned => {
            &[key!("letters-stop-planned-what"), key!("letters-stop-planned-next")]
        }
        Letter::StopLifted => &[key!("letters-stop-lifted-what"), key!("letters-stop-lifted-next")],
        Letter::UseEnded => &[
            key!("letters-use-ended-what"),
            key!("letters-use-declined-else"),
            key!("letters-use-declined-object"),
        ],
        Letter::Receipt
        | Letter::Proposal
        | Letter::Converted
        | Letter::UseDeclined
        | Letter::ObjectionAnswered
        | Letter::DeemedCancelled
        | Letter::DeemingUndone => &[],
    }
}

fn reason_key(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NotRegistered => key!("letters-reason-not-registered"),
        DeclineReason::NoEnvironment => key!("letters-reason-no-environment"),
        DeclineReason::NoNeed => key!("letters-reason-no-need"),
        DeclineReason::NoTime => key!("letters-reason-no-time"),
        DeclineReason::Duplicate => key!("letters-reason-duplicate"),
        DeclineReason::OutsideTheService => key!("letters-reason-outside"),
        DeclineReason::NoSeat => key!("letters-reason-no-seat"),
        DeclineReason::UseDeclined => key!("letters-reason-use-declined"),
        DeclineReason::UseEnded => key!("letters-reason-use-ended"),
    }
}
