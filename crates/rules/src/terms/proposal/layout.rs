//! Finds articles, paragraphs and items in the lines of an office's text, and writes them in the
//! form that [`Text::parse`](super::super::Text::parse) reads: a line for each.
//!
//! A number begins something only when its turn has come: a line that happens to begin with an
//! article's number, or with a digit, goes on with the sentence before it.

use super::super::{Clause, Part};
use super::Note;
use super::headings::{Heading, caption, is_chapter, is_inserted, supplement};
use super::marks::{Mark, Style, goes_on};

/// A text cut into its parts.
#[derive(Default)]
pub(super) struct Layout {
    title: String,
    preamble: String,
    parts: Vec<Provision>,
    pub(super) notes: Vec<Note>,
}

/// An article or a supplementary provision.
struct Provision {
    part: Part,
    heading: String,
    /// How its paragraphs are numbered, once one is.
    style: Option<Style>,
    paragraphs: Vec<Paragraph>,
}

#[derive(Default)]
struct Paragraph {
    /// Written before the paragraph; the first mostly has none.
    number: Option<u16>,
    text: String,
    /// How its items are numbered, once one is.
    style: Option<Style>,
    items: Vec<String>,
}

/// What a line is within a provision.
enum Turn {
    Paragraph,
    Item,
    GoesOn,
    /// It goes on with the sentence, although it looks as if it began something.
    Premature,
}

impl Layout {
    pub(super) fn of(lines: &[String]) -> Self {
        let mut layout = Self::default();
        let mut at = 0;
        while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
            at += layout.take(rest);
        }
        layout
    }

    /// Takes the first of the lines, or more of them, and says how many.
    fn take(&mut self, lines: &[String]) -> usize {
        let line = &lines[0];
        if is_chapter(line) && self.is_complete() {
            self.notes.push(Note::LeftOut(line.clone()));
            return 1;
        }
        if let Some((heading, sentence)) = supplement(line) {
            self.begin(Part::Supplement, heading, sentence);
            return 1;
        }
        if let Some(taken) = self.article(lines) {
            return taken;
        }
        if is_inserted(line)
            && let Some(provision) = self.parts.last()
        {
            let clause = provision.clause();
            self.notes.push(Note::OutOfTurn { clause, line: line.clone() });
        }
        match self.parts.last_mut() {
            Some(provision) => provision.take(lines, &mut self.notes),
            None => {
                self.before_articles(line);
                1
            }
        }
    }

    /// Begins an article, if one begins here; how many lines its heading takes.
    fn article(&mut self, lines: &[String]) -> Option<usize> {
        let caption = caption(&lines[0]);
        let from = usize::from(caption.is_some());
        let heading = Heading::read(lines.get(from..)?)?;
        let has_subject = !heading.subject.is_empty() && !heading.is_bare;
        let has_nothing = heading.subject.is_empty() && heading.sentence.is_empty();
        let next = lines.get(from + heading.lines);
        if caption.is_some() && has_subject
            || has_nothing && next.is_some_and(|next| goes_on(next))
            || !self.is_turn_of(&heading, caption.is_some())
        {
            return None;
        }
        let sentence = match heading.is_bare && caption.is_some() {
            true => heading.subject.as_str(),
            false => heading.sentence.as_str(),
        };
        let subject = caption.unwrap_or(&heading.subject);
        let line = match subject {
            "" => heading.label.clone(),
            subject => format!("{}（{subject}）", heading.label),
        };
        self.begin(Part::Article(heading.number), line, sentence);
        Some(from + heading.lines)
    }

    /// Whether a heading comes when it must, and does not rather go on with a sentence.
    fn is_turn_of(&mut self, heading: &Heading, has_caption: bool) -> bool {
        let last = match self.parts.last().map(|provision| provision.part) {
            None => 0,
            Some(Part::Article(number)) => number,
            Some(_) => return false,
        };
        let is_plain = heading.sentence.is_empty() && !heading.is_bare;
        if last.checked_add(1) == Some(heading.number) {
            return has_caption || self.is_complete() || is_plain && !self.is_open();
        }
        let is_later = heading.number > last && is_plain && !heading.subject.is_empty();
        let is_turn = is_later && self.is_complete();
        if is_turn {
            let line = format!("{}（{}）", heading.label, heading.subject);
            let part = Part::Article(heading.number);
            let clause = Clause { part, first: None, second: None };
            self.notes.push(Note::OutOfTurn { clause, line });
        }
        is_turn
    }

    fn begin(&mut self, part: Part, heading: String, sentence: &str) {
        let mut provision = Provision { part, heading, style: None, paragraphs: Vec::new() };
        if !sentence.is_empty() {
            provision.take(&[sentence.to_owned()], &mut self.notes);
        }
        self.parts.push(provision);
    }

    fn before_articles(&mut self, line: &str) {
        let names = ["規約", "規程", "規定", "要領", "約款", "規則", "利用条件"];
        let is_named = |line: &str| names.iter().any(|name| line.contains(name));
        let is_name = names.iter().any(|name| line.ends_with(name));
        let is_of_title = caption(line).is_some_and(|inside| !inside.contains('年'))
            || is_name && !is_named(&self.title);
        if self.title.is_empty() {
            line.clone_into(&mut self.title);
        } else if self.preamble.is_empty() && is_of_title {
            self.title.push_str(line);
        } else {
            append(&mut self.preamble, line);
        }
    }

    /// What was said last.
    fn said(&self) -> &str {
        self.parts.last().map_or(self.preamble.as_str(), Provision::said)
    }

    /// Whether what was said last is a whole sentence, or nothing.
    fn is_complete(&self) -> bool {
        is_complete(self.said())
    }

    /// Whether what was said last cannot be its end.
    fn is_open(&self) -> bool {
        let ends = [
            "、",
            "，",
            "及び",
            "および",
            "又は",
            "または",
            "並びに",
            "（",
            "「",
            "に",
            "は",
            "を",
        ];
        let said = self.said();
        let is_of = said.ends_with('の') && !said.ends_with("もの");
        is_of || ends.iter().any(|end| said.ends_with(end))
    }

    /// The text in the form that is read: one block for each article, one line for each paragraph
    /// and item.
    pub(super) fn written(&self) -> String {
        let mut written = format!("{}\n\n{}\n", self.title, self.preamble);
        for provision in &self.parts {
            written.push_str(&format!("\n{}\n", provision.heading));
            for paragraph in &provision.paragraphs {
                if let Some(number) = paragraph.number {
                    written.push_str(&format!("{}　", wide(number)));
                }
                if !paragraph.text.is_empty() {
                    written.push_str(&without_gap(&paragraph.text));
                    written.push('\n');
                }
                for (item, number) in paragraph.items.iter().zip(1..) {
                    written.push_str(&format!("（{}）{item}\n", wide(number)));
                }
            }
        }
        written
    }
}

impl Provision {
    fn take(&mut self, lines: &[String], notes: &mut Vec<Note>) -> usize {
        let line = &lines[0];
        let Some(mark) = Mark::read(line) else {
            self.go_on(line);
            return 1;
        };
        // A number alone in its line belongs to the next one.
        if mark.is_alone()
            && is_complete(self.said())
            && let Some(next) = lines.get(1)
        {
            let joined = format!("{line}　{next}");
            let begins = Mark::read(&joined).filter(|_| Mark::read(next).is_none());
            if begins.is_some_and(|mark| self.begins(&mark)) {
                self.take(&[joined], notes);
                return 2;
            }
        }
        match self.turn(&mark) {
            Turn::Paragraph => {
                self.style = Some(mark.style);
                let (number, text) = (Some(mark.number), mark.rest.to_owned());
                self.paragraphs.push(Paragraph { number, text, ..Paragraph::default() });
            }
            Turn::Item => {
                let paragraph = self.paragraph();
                paragraph.style = Some(mark.style);
                paragraph.items.push(mark.rest.to_owned());
            }
            turn => {
                if matches!(turn, Turn::Premature) {
                    notes.push(Note::OutOfTurn { clause: self.clause(), line: line.clone() });
                }
                self.go_on(line);
            }
        }
        1
    }

    fn begins(&self, mark: &Mark) -> bool {
        matches!(self.turn(mark), Turn::Paragraph | Turn::Item)
    }

    /// What a line with this mark is.
    fn turn(&self, mark: &Mark) -> Turn {
        let said = self.said();
        let names_place = ["条", "項", "号", "前記", "上記", "、"];
        let is_open = names_place.iter().any(|end| said.ends_with(end));
        let counts = mark.is_count() || mark.is_tight;
        if mark.is_reference() || is_open || counts && (!is_complete(said) || said.is_empty()) {
            return Turn::GoesOn;
        }
        if mark.is_tight && (mark.is_count() || mark.is_alone()) {
            return Turn::GoesOn;
        }
        let Some(last) = self.paragraphs.last() else {
            return match mark.number {
                1 if mark.style.may_be_paragraph() => Turn::Paragraph,
                1 => Turn::Item,
                _ => Turn::Premature,
            };
        };
        let number = usize::from(mark.number);
        let is_of_paragraphs = self.style.is_none_or(|style| style == mark.style);
        if last.style == Some(mark.style) && number == last.items.len() + 1 {
            Turn::Item
        } else if is_of_paragraphs
            && mark.style.may_be_paragraph()
            && number == self.paragraphs.len() + 1
        {
            Turn::Paragraph
        } else if last.style.is_none() && number == 1 && self.style != Some(mark.style) {
            Turn::Item
        } else {
            Turn::Premature
        }
    }

    fn paragraph(&mut self) -> &mut Paragraph {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(Paragraph::default());
        }
        self.paragraphs.last_mut().expect("one was put there if there was none")
    }

    fn go_on(&mut self, line: &str) {
        let paragraph = self.paragraph();
        append(paragraph.items.last_mut().unwrap_or(&mut paragraph.text), line);
    }

    fn said(&self) -> &str {
        self.paragraphs.last().map_or("", |last| last.items.last().unwrap_or(&last.text))
    }

    /// Where the provision has come to.
    fn clause(&self) -> Clause {
        let count = |count: usize| u16::try_from(count).ok().filter(|count| *count > 0);
        let first = count(self.paragraphs.len());
        let second = self.paragraphs.last().and_then(|last| count(last.items.len()));
        Clause { part: self.part, first, second }
    }
}

/// Goes on with a sentence; only words of Latin letters keep a blank where the line was broken.
fn append(text: &mut String, line: &str) {
    let is_word = text.ends_with(|c: char| c.is_ascii_alphabetic())
        && line.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_word {
        text.push(' ');
    }
    text.push_str(line);
}

fn is_complete(said: &str) -> bool {
    said.is_empty() || said.ends_with(['。', '．', '.', '」', '』', '）', ')', '】'])
}

/// A paragraph's text that begins with a number of its own would be read as another paragraph, were
/// there a blank after the number.
fn without_gap(text: &str) -> String {
    let rest = text.trim_start_matches(char::is_numeric);
    format!("{}{}", &text[..text.len() - rest.len()], rest.trim_start())
}

fn wide(number: u16) -> String {
    let digits = number.to_string();
    let wide = |digit| char::from_u32(u32::from(digit) + 0xfee0).unwrap_or(digit);
    digits.chars().map(wide).collect()
}
