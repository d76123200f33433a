//! A letter's content as it is sealed in the store, and the forms in which it leaves again.

use askama::Template;
use jiff::Timestamp;
use rules::people::{Email, Language};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::calendar::{self, CalendarText, calendar_text};
use super::compose::{self, Matter};
use super::section::Section;
use super::store::Kept;
use super::wanted::About;
use super::{Line, Order, Shown, State, Written};
use crate::app::Context;
use crate::error::Error;
use crate::secrets::Purpose;
use crate::words::{Words, key};

/// Everything that a letter says, and to whom.
#[derive(Serialize, Deserialize)]
pub(super) struct Content {
    language: Language,
    receipt: String,
    pub(super) to: Option<String>,
    subject: String,
    sections: Vec<Section>,
    calendar: Option<CalendarText>,
    pub(super) about: About,
}

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct TextPart<'a> {
    sections: &'a [Section],
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct HtmlPart<'a> {
    words: Words,
    subject: &'a str,
    sections: &'a [Section],
}

/// Writes the content of a letter.
pub(super) fn compose(order: &Order, matter: &Matter<'_>, about: About) -> Result<Content, Error> {
    let application = matter.application;
    let receipt = application.receipt.clone();
    let open = matter.session.is_some_and(|session| session.standing.is_open());
    let part = order.letter.calendar_part(open);
    // An entry that tells what is so now bears the number of now: a lower one is passed over.
    let now_at = matter.session.map_or(0, |session| session.sequence);
    let sequence = order.sequence.max(now_at);
    let (context, session, group) = (matter.context, matter.session, matter.group);
    let entry = calendar::About { context, application, session, group };
    Ok(Content {
        language: application.language,
        to: application.person.email.as_ref().map(|email| email.reveal().to_owned()),
        subject: matter.words().plain1(key!("letters-subject"), "receipt", &receipt),
        sections: compose::sections(order.letter, matter)?,
        calendar: calendar_text((part, sequence), &entry)?,
        receipt,
        about,
    })
}

impl Content {
    pub(super) fn seal(&self, context: &Context, message_id: &str) -> Result<Vec<u8>, Error> {
        let plain = Zeroizing::new(serde_json::to_vec(self).map_err(anyhow::Error::from)?);
        Ok(context.keys.seal(Purpose::Personal, &place(message_id), &plain))
    }

    pub(super) fn open(context: &Context, message_id: &str, sealed: &[u8]) -> Result<Self, Error> {
        let plain = context.keys.open(Purpose::Personal, &place(message_id), sealed);
        let plain = plain.map_err(anyhow::Error::from)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }

    fn text(&self) -> Result<String, Error> {
        let text = TextPart { sections: &self.sections }.render();
        Ok(text.map_err(anyhow::Error::from)?)
    }

    fn html(&self) -> Result<String, Error> {
        let words = Words::new(self.language);
        let (subject, sections) = (self.subject.as_str(), self.sections.as_slice());
        Ok(HtmlPart { words, subject, sections }.render().map_err(anyhow::Error::from)?)
    }

    fn email(&self) -> Result<Option<Email>, Error> {
        let email = self.to.as_deref().map(Email::parse).transpose();
        // The refusal's name carries nothing of the address.
        email.map_err(|refusal| anyhow::anyhow!("a stored address: {refusal:?}").into())
    }

    pub(super) fn written(
        self,
        id: i64,
        message_id: String,
        (state, written_at): (State, Timestamp),
    ) -> Result<Written, Error> {
        let (to, text, html) = (self.email()?, self.text()?, self.html()?);
        let (subject, calendar) = (self.subject, self.calendar);
        Ok(Written { id, to, message_id, subject, text, html, calendar, state, written_at })
    }

    pub(super) fn shown(self, kept: Kept) -> Result<Shown, Error> {
        let (to, text, html) = (self.email()?, self.text()?, self.html()?);
        let line = Line {
            id: kept.id,
            application: kept.application,
            receipt: self.receipt,
            letter: kept.letter,
            state: kept.state,
            written_at: kept.written_at,
            sent_at: kept.sent_at,
        };
        Ok(Shown {
            line,
            language: self.language,
            to,
            subject: self.subject,
            sections: self.sections,
            text,
            html,
            calendar: self.calendar,
            about: self.about,
        })
    }
}

/// Where a letter is sealed: it opens there and nowhere else.
fn place(message_id: &str) -> String {
    format!("letters/{message_id}")
}
