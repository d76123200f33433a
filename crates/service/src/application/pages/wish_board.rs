//! The wished times: a ranked list, and a page to choose one from the openings or to write it.
//! Used by the application and by the change of wishes afterwards.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::application::{Kind, WishFault, check_wishes};
use rules::schedule::{Ask, Slot, SlotRefusal, check_slot, parse_moment, parse_wish};

use super::frame::Frame;
use super::sentence::{sentence, slot_sentence, wish_sentence};
use super::{Sheet, length};
use crate::app::{App, Context};
use crate::application::draft::Draft;
use crate::error::{Error, Refusal};
use crate::schedule;
use crate::web::fields::Faults;
use crate::web::{Form, Page, show as show_page};
use crate::words::Markup;

const DATES: &str = "wish_dates";
const TIMES: &str = "wish_times";
/// How many days with free times one page shows.
const DAYS_SHOWN: usize = 10;

/// The wishes as they were chosen or typed: date and time, the first one first.
fn typed(draft: &Draft) -> impl Iterator<Item = (&str, &str)> {
    let times = draft.all(TIMES).iter().map(String::as_str);
    draft.all(DATES).iter().map(String::as_str).zip(times)
}

/// Whether nothing was wished for yet.
pub(crate) fn is_empty(draft: &Draft) -> bool {
    draft.all(DATES).is_empty()
}

/// Puts a wish at its rank (from 1), or after the last one.
fn put(draft: &mut Draft, rank: usize, (date, time): (&str, &str)) {
    for (field, part) in [(DATES, date), (TIMES, time)] {
        let mut all = draft.all(field).to_vec();
        match rank.checked_sub(1).and_then(|index| all.get_mut(index)) {
            Some(place) => part.clone_into(place),
            None => all.push(part.to_owned()),
        }
        draft.set(field, all);
    }
}

/// Takes a wish (rank from 1) out of the list. A rank that there is not changes nothing.
pub(crate) fn remove(draft: &mut Draft, rank: usize) {
    for field in [DATES, TIMES] {
        let kept = draft.all(field).iter().enumerate().filter(|(index, _)| index + 1 != rank);
        let kept = kept.map(|(_, part)| part.clone()).collect();
        draft.set(field, kept);
    }
}

/// Fills a draft with the wishes of an application, to be changed.
pub(crate) fn fill(draft: &mut Draft, wishes: &[Slot]) {
    draft.set(DATES, Vec::new());
    draft.set(TIMES, Vec::new());
    for (rank, wish) in (1..).zip(wishes) {
        let (date, time) = written(wish);
        put(draft, rank, (&date, &time));
    }
    let minutes = wishes.first().map(|wish| wish.minutes.to_string());
    draft.set("minutes", minutes.into_iter().collect());
}

fn written(slot: &Slot) -> (String, String) {
    let starts = slot.starts();
    (starts.date().to_string(), starts.strftime("%H:%M").to_string())
}

/// The wishes, ranked, if each may be wished for (article 2(1)).
pub(crate) fn read(sheet: &Sheet<'_>, draft: &Draft) -> Result<Vec<Slot>, Faults> {
    let minutes = length::read(sheet, draft)?.to_string();
    let mut faults = Faults::none();
    let mut wishes = Vec::new();
    for (rank, (date, time)) in (1..).zip(typed(draft)) {
        match parse_wish(date, time, &minutes) {
            Ok(slot) => wishes.push(slot),
            Err(refusal) => {
                let sentence = slot_sentence(sheet.words, refusal, &sheet.bounds);
                faults.add(anchor(rank), sentence);
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let checked = check_wishes(&wishes, &sheet.bounds, sheet.now);
    for fault in checked.err().unwrap_or_default() {
        let rank = match fault {
            WishFault::None | WishFault::TooMany => 1,
            WishFault::Twice(rank) | WishFault::Refused(rank, _) => rank,
        };
        faults.add(anchor(rank), wish_sentence(sheet.words, fault, &sheet.bounds));
    }
    if faults.is_empty() { Ok(wishes) } else { Err(faults) }
}

fn anchor(rank: usize) -> String {
    format!("wish-{rank}")
}

/// The free times of that length with somebody who can hold such a session, up to the office's
/// horizon.
pub(crate) async fn open_times(
    app: &App,
    context: &Context,
    (kind, minutes): (Kind, u16),
) -> Result<Vec<Slot>, Error> {
    let needs = kind.needs();
    let context = context.clone();
    let found = app.store.read(move |tx| {
        let from = rules::schedule::TOKYO.to_datetime(context.now).date();
        let days = context.office.practice.horizon_days.saturating_add(1);
        schedule::open_times(tx, &context, &Ask { from, days, minutes, needs: needs.clone() })
    });
    Ok(found.await?.into_iter().map(|opening| opening.slot).collect())
}

/// The wishes that nobody is free for (any more). An office that shows no free times at all looks
/// for one by itself.
pub(crate) fn taken(sheet: &Sheet<'_>, wishes: &[Slot], open: &[Slot]) -> Faults {
    let mut faults = Faults::none();
    for (rank, wish) in (1..).zip(wishes) {
        if !is_free(wish, open) {
            faults.add(anchor(rank), sheet.words.t(Refusal::SlotTaken.key()));
        }
    }
    faults
}

fn is_free(wish: &Slot, open: &[Slot]) -> bool {
    open.is_empty() || open.contains(wish)
}

/// One wish in the list.
struct Line {
    rank: usize,
    label: Markup,
    shown: Markup,
    change: String,
    anchor: String,
}

/// The ranked list, with ways to change, add and take out.
#[derive(Template)]
#[template(path = "application/pages/wish_list.html")]
struct ListPage {
    page: Page,
    frame: Frame,
    lines: Vec<Line>,
    at_most: u8,
    add: Option<String>,
    remove: String,
    mark: &'static str,
    button: Markup,
    command_key: String,
    /// Where the length is changed, and what it is.
    length: Option<(&'static str, Markup)>,
}

/// Where the pages of wishes are: the path without a slash at its end, and what is kept in the
/// query.
pub(crate) struct Place {
    pub(crate) path: String,
    /// Whether the person came from the answers to change this one.
    pub(crate) is_change: bool,
    /// The wording of the button below the list.
    pub(crate) button: &'static str,
    /// The key of the command that the button sends; empty for none.
    pub(crate) command_key: String,
    /// Where the length is changed, if that belongs to the list.
    pub(crate) length: Option<&'static str>,
}

impl Place {
    fn of_rank(&self, rank: usize) -> String {
        let mark = if self.is_change { "?change=yes" } else { "" };
        format!("{}/{rank}{mark}", self.path)
    }

    fn from(&self, rank: usize, day: Date) -> String {
        let mark = if self.is_change { "&change=yes" } else { "" };
        format!("{}/{rank}?from={day}{mark}", self.path)
    }
}

/// Shows the list.
pub(crate) fn show_list(
    (page, frame): (Page, Frame),
    sheet: &Sheet<'_>,
    draft: &Draft,
    place: &Place,
) -> Result<Response, Error> {
    let words = sheet.words;
    let minutes = length::read(sheet, draft).map(|minutes| minutes.to_string());
    let minutes = minutes.unwrap_or_default();
    let shown_length = words.t1("application-minutes", "minutes", &minutes);
    let line = |(rank, (date, time)): (usize, (&str, &str))| {
        let plain = || Markup::of_text(&format!("{date} {time}"));
        Line {
            rank,
            label: words.t1("application-wish-rank", "rank", rank),
            shown: parse_wish(date, time, &minutes).map_or_else(|_| plain(), |it| words.slot(&it)),
            change: place.of_rank(rank),
            anchor: anchor(rank),
        }
    };
    let lines: Vec<Line> = (1..).zip(typed(draft)).map(line).collect();
    let at_most = sheet.bounds.practice.wishes_at_most;
    let next = lines.len() + 1;
    show_page(&ListPage {
        page,
        frame,
        add: (next <= usize::from(at_most)).then(|| place.of_rank(next)),
        lines,
        at_most,
        remove: format!("{}/remove", place.path),
        mark: if place.is_change { "?change=yes" } else { "" },
        button: words.t(place.button),
        command_key: place.command_key.clone(),
        length: place.length.map(|address| (address, shown_length)),
    })
}

/// A day with its free times.
struct Day {
    date: Date,
    times: Vec<FreeTime>,
}

struct FreeTime {
    code: String,
    shown: Markup,
    /// The day, for those who do not see its card.
    day: String,
}

#[derive(Template)]
#[template(path = "application/pages/wish_choice.html")]
struct ChoicePage {
    page: Page,
    frame: Frame,
    minutes: u16,
    windows: Markup,
    days: Vec<Day>,
    earlier: Option<String>,
    later: Option<String>,
    draft: Draft,
}

/// Shows the free times for one rank, some days at a time from `from` on.
pub(crate) fn show_choice(
    (page, frame): (Page, Frame),
    sheet: &Sheet<'_>,
    draft: &Draft,
    (place, rank, from): (&Place, usize, Option<Date>),
    open: &[Slot],
) -> Result<Response, Error> {
    let minutes = open.first().map_or_else(
        || length::read(sheet, draft).unwrap_or(sheet.bounds.rules.shortest_minutes),
        |slot| slot.minutes,
    );
    let days = days(sheet, others(draft, rank), open);
    let first = days.partition_point(|day| from.is_some_and(|from| day.date < from));
    let first = if first < days.len() { first } else { 0 };
    let later = days.get(first + DAYS_SHOWN).map(|day| place.from(rank, day.date));
    let before = (first > 0).then(|| first.saturating_sub(DAYS_SHOWN));
    let earlier = before.map(|index| place.from(rank, days[index].date));
    show_page(&ChoicePage {
        page,
        frame,
        minutes,
        windows: sheet.words.windows(&sheet.bounds.rules.windows),
        days: days.into_iter().skip(first).take(DAYS_SHOWN).collect(),
        earlier,
        later,
        draft: draft.clone(),
    })
}

/// Date and time of the wishes at other ranks: they are not offered again.
fn others(draft: &Draft, rank: usize) -> Vec<(String, String)> {
    let others = (1..).zip(typed(draft)).filter(|(other, _)| *other != rank);
    others.map(|(_, (date, time))| (date.to_owned(), time.to_owned())).collect()
}

fn days(sheet: &Sheet<'_>, others: Vec<(String, String)>, open: &[Slot]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for slot in open {
        let written = written(slot);
        if others.contains(&written) {
            continue;
        }
        let (date, time) = written;
        let (words, starts) = (sheet.words, slot.starts());
        let free = FreeTime {
            code: format!("{date}T{time}"),
            shown: words.time(starts.time()),
            day: words.plain_short_date(starts.date()),
        };
        match days.last_mut().filter(|day| day.date == slot.date()) {
            Some(day) => day.times.push(free),
            None => days.push(Day { date: slot.date(), times: vec![free] }),
        }
    }
    days
}

/// Takes a chosen or typed time into the list, if it may be wished for and somebody is free.
/// What was typed by hand stays in the draft either way.
pub(crate) fn take(
    sheet: &Sheet<'_>,
    draft: &mut Draft,
    rank: usize,
    form: &Form,
    open: &[Slot],
) -> Faults {
    let start = form.get("start");
    let is_typed = start.is_empty();
    let (date, time) = match start.split_once('T') {
        Some((date, time)) => (date, time),
        None => (form.get("date"), form.get("time")),
    };
    if is_typed {
        draft.set("date", vec![date.to_owned()]);
        draft.set("time", vec![time.to_owned()]);
    }
    let mut faults = Faults::none();
    match judge(sheet, draft, (date, time), open) {
        Ok(slot) => {
            let (date, time) = written(&slot);
            if others(draft, rank).contains(&(date.clone(), time.clone())) {
                let field = if is_typed { "date" } else { "start" };
                faults.add(field, sheet.words.t("application-wishes-twice"));
                return faults;
            }
            put(draft, rank, (&date, &time));
            draft.set("date", Vec::new());
            draft.set("time", Vec::new());
        }
        Err(refusal) => {
            let field = if is_typed { field_at_fault(&refusal, date) } else { "start" };
            faults.add(field, sentence(sheet.words, &refusal, &sheet.bounds));
        }
    }
    faults
}

/// Which of the two typed fields a refusal is about.
fn field_at_fault(refusal: &Refusal, date: &str) -> &'static str {
    let is_date = |date: &str| parse_moment(date, "00:00").is_ok();
    match refusal {
        Refusal::Slot(SlotRefusal::OutsideWindow | SlotRefusal::NotOnStep) | Refusal::SlotTaken => {
            "time"
        }
        Refusal::Slot(SlotRefusal::NotATime) if is_date(date) => "time",
        _ => "date",
    }
}

fn judge(
    sheet: &Sheet<'_>,
    draft: &Draft,
    (date, time): (&str, &str),
    open: &[Slot],
) -> Result<Slot, Refusal> {
    let minutes = length::read(sheet, draft);
    let minutes = minutes.map_err(|_| Refusal::Slot(SlotRefusal::NotATime))?;
    let slot = parse_wish(date, time, &minutes.to_string()).map_err(Refusal::Slot)?;
    check_slot(&slot, &sheet.bounds, sheet.now).map_err(Refusal::Slot)?;
    if is_free(&slot, open) { Ok(slot) } else { Err(Refusal::SlotTaken) }
}
