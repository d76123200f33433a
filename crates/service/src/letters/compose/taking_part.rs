//! What a letter says of taking part: the name, the way in, and what to do if it does not work.

use rules::session::{Channel, opens_at};

use super::super::section::{Part, Put, Section, as_is};
use super::{HALF_HOUR, Matter};
use crate::error::Error;
use crate::words::key;

impl Matter<'_> {
    /// All that a person needs for a session that is to come.
    pub(super) fn invitation(&self) -> Result<Vec<Section>, Error> {
        let time = self.time(key!("letters-time"), self.session()?.slot);
        if self.channel == Channel::Telephone {
            // No name is shown, nothing is joined, and it is the office that calls.
            let all = [Some(time), Some(self.joining()?), Some(self.absence()?)];
            let rest = [Some(self.recording()), self.terms_to_come()?];
            return Ok(all.into_iter().chain(rest).flatten().collect());
        }
        let mut sections = vec![
            time,
            self.alias()?,
            self.joining()?,
            self.absence()?,
            self.trouble(),
            self.cost()?,
            self.recording(),
        ];
        sections.extend(self.terms_to_come()?);
        Ok(sections)
    }

    /// The terms that will be in force at the session, if those of now will not (article 11).
    fn terms_to_come(&self) -> Result<Option<Section>, Error> {
        let day = self.session()?.slot.date();
        let coming = self.context.office.editions.coming(self.context.now);
        let told = coming.filter(|terms| terms.effective_from <= day).map(|terms| {
            let date = [("date", Put::Day(terms.effective_from))];
            let line = self.say(key!("terms-coming"), &date);
            self.section(Part::Terms, key!("terms-title")).line(line)
        });
        Ok(told)
    }

    pub(super) fn alias(&self) -> Result<Section, Error> {
        let tool = self.context.office.tool_of(self.words(), self.channel);
        let mut section = self
            .section(Part::Alias, key!("letters-alias"))
            .large(as_is(self.session()?.alias.reveal()));
        section.lines.extend(match self.channel {
            Channel::Room => vec![
                self.say(key!("session-join-name-room"), &[]),
                self.say(key!("letters-alias-no-name"), &[]),
            ],
            Channel::Zoom | Channel::ByHand => vec![
                self.say(key!("letters-alias-use"), &[("tool", Put::Text(&tool))]),
                self.say(key!("letters-alias-no-name"), &[]),
            ],
            Channel::Telephone => Vec::new(),
        });
        Ok(section.line(self.say(key!("letters-alias-once"), &[])))
    }

    /// Credentials are shown late, and on the status page only (article 8(5)).
    pub(super) fn joining(&self) -> Result<Section, Error> {
        let (slot, practice) = (&self.session()?.slot, &self.context.office.practice);
        let mut section = self.section(Part::Page, key!("letters-joining"));
        section.lines.extend(match self.channel {
            Channel::Room => {
                let from = [("from", Put::Moment(opens_at(slot, practice)))];
                vec![self.say(key!("letters-joining-room"), &from)]
            }
            Channel::Zoom | Channel::ByHand => {
                let from = opens_at(slot, practice);
                let when = match from > self.context.now {
                    true => self.say(key!("letters-joining-from"), &[("from", Put::Moment(from))]),
                    false => self.say(key!("letters-joining-now"), &[]),
                };
                vec![when, self.say(key!("letters-joining-why"), &[])]
            }
            Channel::Telephone => vec![self.say(key!("letters-joining-telephone"), &[])],
        });
        Ok(section
            .line(self.say(key!("letters-page-secret"), &[]))
            .link(self.say(key!("letters-page-link"), &[]), self.link.to_owned()))
    }

    pub(super) fn absence(&self) -> Result<Section, Error> {
        let mut section = self
            .section(Part::Absence, key!("letters-absence"))
            .line(self.say(key!("letters-absence-call"), &self.telephone()))
            .line(self.say(key!("common-telephone-hours"), &self.hours()));
        if let Some(grace) = self.grace()? {
            let grace = [("grace", Put::Number(grace))];
            section.lines.push(self.say(key!("letters-absence-grace"), &grace));
        }
        let online = self.context.office.cancels_online(self.application.received_at)?
            || self.application.care.cannot_telephone();
        if online {
            section.lines.push(self.say(key!("letters-absence-online"), &[]));
        }
        Ok(section)
    }

    pub(super) fn trouble(&self) -> Section {
        let section = self
            .section(Part::Trouble, key!("letters-trouble"))
            .line(self.say(key!("letters-trouble-call"), &self.telephone()));
        match self.group {
            Some(_) => section,
            None => section.line(self.say(key!("letters-trouble-instead"), &[])),
        }
    }

    pub(super) fn cost(&self) -> Result<Section, Error> {
        let minutes = self.session()?.slot.minutes;
        let per_half_hour = u32::from(self.context.office.practice.megabytes_per_half_hour);
        let megabytes = (per_half_hour * u32::from(minutes)).div_ceil(HALF_HOUR);
        let megabytes = Put::Number(u16::try_from(megabytes).unwrap_or(u16::MAX));
        let amount = [("minutes", Put::Number(minutes)), ("megabytes", megabytes)];
        Ok(self
            .section(Part::Cost, key!("letters-cost"))
            .line(self.say(key!("common-cost-reminder"), &[]))
            .line(self.say(key!("common-cost-amount"), &amount)))
    }

    pub(super) fn recording(&self) -> Section {
        self.section(Part::Recording, key!("letters-recording"))
            .line(self.say(key!("letters-recording-ban"), &[]))
            .line(self.say(key!("letters-recording-assistants"), &[]))
    }
}
