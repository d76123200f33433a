//! The same letter on paper and on the telephone, for those who have no e-mail.

use askama::Template;
use jiff::Timestamp;
use rules::people::{Alias, Language};
use rules::session::shown_from;

use super::Shown;
use super::section::{Part, Phrase, Put, Section, as_is, say};
use crate::app::Context;
use crate::appointment::{Joining, Session};
use crate::web::Page;
use crate::words::{Words, key};

/// A letter to be printed.
#[derive(Template)]
#[template(path = "letters/print.html")]
pub struct PrintPage<'a> {
    page: &'a Page,
    sections: Vec<Section>,
    written_at: Timestamp,
}

/// A letter to be read aloud on the telephone, one short sentence after another.
#[derive(Template)]
#[template(path = "letters/read_aloud.html")]
pub struct ReadAloudPage<'a> {
    page: &'a Page,
    sentences: Vec<String>,
}

/// The frame of both views, in the language of the letter.
pub fn page_of(context: &Context, shown: &Shown, path: &str) -> Page {
    let mut page = Page::new(Words::new(shown.language), path);
    page.office_name.clone_from(&context.office.name);
    page.telephone.clone_from(&context.office.telephone);
    page
}

/// How to join, when it may be told: the session is to come, and near enough (article 8(5)).
pub fn joining_shown<'a>(context: &Context, session: &'a Session) -> Option<&'a Joining> {
    let near = context.now >= shown_from(&session.slot, &context.office.practice);
    session.joining.as_ref().filter(|_| near && session.standing.is_open())
}

impl<'a> PrintPage<'a> {
    /// The print view of a letter, with how to join when [`joining_shown`] gives it.
    pub fn new(page: &'a Page, shown: &Shown, joining: Option<&Joining>) -> Self {
        let mut sections = shown.sections.clone();
        let at = place_of_joining(&sections);
        if let (Some(joining), Some(section)) = (joining, sections.get_mut(at)) {
            section.lines = joining_lines(page.words, joining);
        }
        Self { page, sections, written_at: shown.line.written_at }
    }
}

/// The section that says where to find how to join: what it says is replaced by the data itself.
/// Past the end for a letter that invites to no session, which leads to the page for other things.
fn place_of_joining(sections: &[Section]) -> usize {
    let of = |part| sections.iter().position(|section| section.part == part);
    of(Part::Alias).and_then(|_| of(Part::Page)).unwrap_or(sections.len())
}

fn joining_lines(words: Words, joining: &Joining) -> Vec<Phrase> {
    let number = joining.meeting.grouped();
    let number = [("number", Put::Text(&number))];
    let mut lines = vec![say(words, key!("letters-data-meeting"), &number)];
    if let Some(passcode) = &joining.passcode {
        let passcode = [("passcode", Put::Text(passcode.reveal()))];
        lines.push(say(words, key!("letters-data-passcode"), &passcode));
    }
    lines.extend(joining.link.as_ref().map(|link| as_is(link.reveal())));
    lines.push(say(words, key!("letters-data-secret"), &[]));
    lines
}

impl<'a> ReadAloudPage<'a> {
    /// The view for reading a letter aloud, with how to join when [`joining_shown`] gives it.
    pub fn new(page: &'a Page, shown: &Shown, joining: Option<&Joining>) -> Self {
        let voice = Voice { words: page.words, telephone: &page.telephone };
        let mut sentences = Vec::new();
        let at = place_of_joining(&shown.sections);
        for (index, section) in shown.sections.iter().enumerate() {
            match joining.filter(|_| index == at) {
                Some(joining) => sentences.extend(voice.joining(joining)),
                // Whoever listens is on the telephone with the office already.
                None if section.part == Part::Closing => {}
                None => sentences.extend(voice.section(section)),
            }
        }
        Self { page, sentences }
    }
}

/// How a letter sounds.
struct Voice<'a> {
    words: Words,
    telephone: &'a str,
}

impl Voice<'_> {
    fn is_english(&self) -> bool {
        self.words.language() == Language::English
    }

    fn section(&self, section: &Section) -> Vec<String> {
        let heading = section.heading.as_ref().map(|heading| match &section.large {
            Some(large) => {
                let spoken = match section.part {
                    Part::Receipt => self.letter_by_letter(&large.plain),
                    Part::Alias => self.alias(&large.plain),
                    _ => large.plain.clone(),
                };
                self.item(&heading.plain, &spoken)
            }
            None => heading.plain.clone(),
        });
        let said = section.lines.iter().flat_map(|line| self.sentences(&line.plain));
        heading.into_iter().chain(said).collect()
    }

    fn joining(&self, joining: &Joining) -> Vec<String> {
        let number = joining.meeting.grouped();
        let groups: Vec<String> =
            number.split(' ').map(|group| self.letter_by_letter(group)).collect();
        let pause = if self.is_english() { "; " } else { "。" };
        let meeting = self.words.plain(key!("letters-aloud-meeting"));
        let mut sentences = vec![self.item(&meeting, &groups.join(pause))];
        if let Some(passcode) = &joining.passcode {
            let spoken: Vec<String> =
                passcode.reveal().chars().map(|c| self.character(c)).collect();
            let heading = self.words.plain(key!("letters-aloud-passcode"));
            sentences.push(self.item(&heading, &spoken.join(self.pause())));
        }
        let secret = self.words.plain(key!("letters-data-secret"));
        sentences.extend(self.sentences(&secret));
        sentences
    }

    fn item(&self, heading: &str, what: &str) -> String {
        let values = [("heading", heading.into()), ("what", what.into())];
        self.words.plain_with(key!("letters-aloud-item"), &values)
    }

    fn pause(&self) -> &'static str {
        if self.is_english() { ", " } else { "、" }
    }

    fn letter_by_letter(&self, text: &str) -> String {
        let characters = text.chars().filter(|c| c.is_alphanumeric());
        characters.map(String::from).collect::<Vec<_>>().join(self.pause())
    }

    fn alias(&self, alias: &str) -> String {
        match Alias::parse(alias) {
            Ok(alias) if self.is_english() => alias.read_aloud_english(),
            Ok(alias) => alias.read_aloud_japanese(),
            Err(_) => self.letter_by_letter(alias),
        }
    }

    /// A character of a passcode, so that its case is heard.
    fn character(&self, c: char) -> String {
        let key = match c {
            'a'..='z' => key!("letters-aloud-small"),
            'A'..='Z' => key!("letters-aloud-capital"),
            '@' => key!("letters-aloud-at"),
            '-' => key!("letters-aloud-hyphen"),
            '_' => key!("letters-aloud-underscore"),
            '*' => key!("letters-aloud-asterisk"),
            other => return other.to_string(),
        };
        self.words.plain_with(key, &[("letter", c.to_string().into())])
    }

    /// The sentences of a line, with the office's telephone number in groups.
    fn sentences(&self, line: &str) -> Vec<String> {
        let between = if self.is_english() { ", " } else { "の" };
        let spoken = match self.telephone {
            "" => line.to_owned(),
            number => line.replace(number, &number.replace('-', between)),
        };
        let end = if self.is_english() { ". " } else { "。" };
        let sentences = spoken.split_inclusive(end).map(str::trim);
        sentences.filter(|sentence| !sentence.is_empty()).map(str::to_owned).collect()
    }
}
