//! A day as a table: counsellors as columns, the office's steps through its windows as rows.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use rules::schedule::{Bounds, Opening, Skill, Slot};

use super::book::{Booking, DayBook};
use super::choice;
use crate::app::Context;
use crate::schedule::NamedCounsellor;

/// A day of the office.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The day.
    pub day: Date,
    /// The counsellors, one for each column.
    pub columns: Vec<Column>,
    /// The rows in the order of time.
    pub rows: Vec<Row>,
}

/// A counsellor's column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name as staff see it.
    pub name: String,
    /// What they can do of that which is looked for.
    pub fitting: Vec<Skill>,
}

/// A step of the day.
#[derive(Clone, Debug)]
pub struct Row {
    /// When it begins.
    pub time: Time,
    /// Whether a window begins with it.
    pub opens: bool,
    /// The cells that begin here; cells that began above reach into this row.
    pub cells: Vec<Cell>,
}

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The name of its counsellor.
    pub counsellor: String,
    /// How many rows it takes.
    pub rows: usize,
    /// What is in it.
    pub content: Content,
    /// The wish that covers it.
    pub wish: Option<Wished>,
}

/// A wish laid over a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wished {
    /// Its rank, from 1.
    pub rank: usize,
    /// Whether it begins here.
    pub begins: bool,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing is here, and no session of the length asked for can begin here.
    Free,
    /// A session of the length asked for can begin here: the value of its choice.
    Start(String),
    /// A session, or a proposal of one.
    Booked(Booking),
    /// Kept free after a session.
    Buffer,
    /// The counsellor is not at work.
    Away,
    /// It is over.
    Past,
}

/// What is laid over a day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    /// Wished times, the first one first.
    pub wishes: &'a [Slot],
    /// The openings of the length asked for.
    pub openings: &'a [Opening],
    /// What a counsellor should best be able to do; none when nothing is looked for.
    pub fitting: Option<&'a BTreeSet<Skill>>,
}

/// The openings, by counsellor and start.
type Starts = HashMap<(i64, Timestamp), Slot>;

/// Lays out a day.
pub fn lay_out(
    book: &DayBook,
    day: Date,
    overlay: Overlay<'_>,
    bounds: &Bounds<'_>,
    context: &Context,
) -> Grid {
    let starts: Starts = overlay
        .openings
        .iter()
        .flat_map(|opening| opening.counsellors.iter().map(|id| (*id, opening.slot)))
        .map(|(id, slot)| ((id, slot.start), slot))
        .collect();
    let mut rows = Vec::new();
    for window in &bounds.rules.windows {
        let steps = steps(day, (window.from, window.to), bounds);
        let mut segment: Vec<Row> = steps
            .iter()
            .enumerate()
            .map(|(index, step)| Row {
                time: step.starts().time(),
                opens: index == 0,
                cells: Vec::new(),
            })
            .collect();
        for named in &book.counsellors {
            let id = named.rule.id;
            let cells: Vec<Cell> = steps
                .iter()
                .map(|step| {
                    let content = match content(book, id, step, context) {
                        Content::Free if !named.rule.works_during(step) => Content::Away,
                        Content::Free => start_here(&starts, id, step),
                        other => other,
                    };
                    let mut ranked = (1..).zip(overlay.wishes);
                    let wish = ranked.find(|(_, wish)| covers(wish, step));
                    let wish = wish.map(|(rank, wish)| {
                        let begins = wish.start == step.start;
                        Wished { rank, begins }
                    });
                    Cell { counsellor: named.name.clone(), rows: 1, content, wish }
                })
                .collect();
            place(&mut segment, cells);
        }
        rows.append(&mut segment);
    }
    let column = |named: &NamedCounsellor| {
        let skills = overlay.fitting.map(|fitting| named.rule.skills.intersection(fitting));
        Column {
            name: named.name.clone(),
            fitting: skills.into_iter().flatten().copied().collect(),
        }
    };
    let columns = book.counsellors.iter().map(column).collect();
    Grid { day, columns, rows }
}

/// The steps of a window.
fn steps(day: Date, (from, to): (Time, Time), bounds: &Bounds<'_>) -> Vec<Slot> {
    let minutes = bounds.practice.step_minutes.max(1);
    let mut found = Vec::new();
    let mut time = from;
    while time < to {
        found.extend(Slot::on(day, time, minutes));
        match time.checked_add(SignedDuration::from_mins(minutes.into())) {
            Ok(next) => time = next,
            Err(_) => break,
        }
    }
    found
}

fn content(book: &DayBook, counsellor: i64, step: &Slot, context: &Context) -> Content {
    match book.booking(counsellor, step.cells()) {
        Some(booking) if booking.slot.is_some_and(|slot| covers(&slot, step)) => {
            Content::Booked(booking.clone())
        }
        Some(_) => Content::Buffer,
        None if step.start <= context.now => Content::Past,
        None => Content::Free,
    }
}

fn start_here(starts: &Starts, counsellor: i64, step: &Slot) -> Content {
    let here = starts.get(&(counsellor, step.start));
    here.map_or(Content::Free, |slot| Content::Start(choice::write(slot, counsellor)))
}

fn covers(slot: &Slot, step: &Slot) -> bool {
    slot.start < step.end() && step.start < slot.end()
}

/// Puts a column's cells into the rows; what goes on from row to row becomes one cell.
fn place(rows: &mut [Row], column: Vec<Cell>) {
    let mut index = 0;
    while let Some(first) = column.get(index) {
        let grows = !matches!(first.content, Content::Free | Content::Start(_));
        let more = column[index + 1..]
            .iter()
            .take_while(|next| grows && next.content == first.content)
            .count();
        if let Some(row) = rows.get_mut(index) {
            let wish = if grows { None } else { first.wish };
            row.cells.push(Cell { rows: 1 + more, wish, ..first.clone() });
        }
        index += 1 + more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Holder;

    fn column(contents: &[Content]) -> Vec<Cell> {
        let cell = |content: &Content| Cell {
            counsellor: String::new(),
            rows: 1,
            content: content.clone(),
            wish: None,
        };
        contents.iter().map(cell).collect()
    }

    #[test]
    fn what_goes_on_is_one_cell() {
        use Content::{Away, Booked, Buffer, Free};
        let booking = |application| {
            let label = String::new();
            let holder = Holder::Application(application);
            Booked(Booking { holder, label, slot: None, is_proposal: false, is_elsewhere: false })
        };
        let check = |contents: &[Content], expected: &[&[usize]]| {
            let row = || Row { time: Time::midnight(), opens: false, cells: Vec::new() };
            let mut rows: Vec<Row> = contents.iter().map(|_| row()).collect();
            place(&mut rows, column(contents));
            let seen: Vec<Vec<usize>> =
                rows.iter().map(|row| row.cells.iter().map(|cell| cell.rows).collect()).collect();
            assert_eq!(seen, expected, "{contents:?}");
        };
        check(&[], &[]);
        check(&[Free, Free], &[&[1], &[1]]);
        check(&[Away, Away, Free], &[&[2], &[], &[1]]);
        check(&[booking(1), booking(1), booking(2)], &[&[2], &[], &[1]]);
        check(&[booking(1), Buffer, booking(2)], &[&[1], &[1], &[1]]);
    }
}
