//! The board of a day: who comes when, how long the limit of article 2(4) still runs, and the
//! outcome by one click.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use rules::appointment::Standing;
use rules::session::Channel;
use serde::Deserialize;

use super::times::{day_of, read_day, suggested};
use super::{Kept, Rights, admit, again};
use crate::app::Context;
use crate::appointment::{self, Row};
use crate::error::{Error, Refusal};
use crate::records::sharing;
use crate::schedule::groups::{self, Group};
use crate::session;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, assets, said, show};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Which day; today when absent.
    #[serde(default)]
    day: String,
    /// What was just recorded.
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "appointment/pages/today.html")]
struct TodayPage {
    page: Page,
    faults: Faults,
    kept: Kept,
    rights: Rights,
    day: Date,
    today: Date,
    now: Timestamp,
    done: String,
    /// The own sessions of a counsellor that somebody still has to do something about.
    own: Vec<Line>,
    open: Vec<Line>,
    over: Vec<Line>,
    /// Sessions of earlier days of which nobody recorded how they ended.
    unrecorded: Vec<Row>,
    /// Group sessions of the day, and earlier ones with seats whose outcome is open: each once.
    groups: Vec<Group>,
    unrecorded_groups: Vec<Group>,
    /// Partners that are still to be told that a person took a yes back (article 6).
    untold: usize,
    script: &'static str,
}

impl TodayPage {
    fn is_today(&self) -> bool {
        self.day == self.today
    }

    fn before(&self) -> String {
        self.day.yesterday().unwrap_or(self.day).to_string()
    }

    fn after(&self) -> String {
        self.day.tomorrow().unwrap_or(self.day).to_string()
    }
}

/// A session on the board.
struct Line {
    row: Row,
    look: &'static str,
    wait: Wait,
    has_begun: bool,
    /// Whether the day of the session has come, so that somebody can be at the door.
    is_day: bool,
    /// What is taken for the start where nobody says.
    began: Timestamp,
    /// When a link was last used in two browsers at once (article 8(5)).
    second_use: Option<Timestamp>,
}

/// What the clock will do to a session next.
enum Wait {
    /// It has not begun.
    Starts,
    /// The limit runs: so many minutes and seconds are left.
    Runs(i64, i64, Timestamp),
    /// The limit is over and is about to be settled.
    Over(Timestamp),
    /// Nothing: there was contact, or it is over.
    Nothing,
}

impl Line {
    fn new(row: Row, now: Timestamp) -> Self {
        let look = match row.standing {
            Standing::Waiting => "waiting",
            Standing::InContact | Standing::Present => "running",
            Standing::DeemedCancelled | Standing::Displaced | Standing::Unrecorded => "deemed",
            _ => "ended",
        };
        let wait = Wait::of(row.slot.start, row.limit, now);
        let has_begun = now >= row.slot.start;
        let is_day = day_of(now) >= row.slot.date();
        let kept = (row.began_at, row.ended_at);
        let (began, _) = suggested(row.slot, (row.arrived_at, row.met_at), kept, now);
        Self { row, look, wait, has_begun, is_day, began, second_use: None }
    }

    /// Whether how it ended can be recorded: it began, or both were there before.
    fn takes_outcome(&self) -> bool {
        self.has_begun || (self.is_day && self.row.standing == Standing::Present)
    }

    /// Whether somebody still has to do something about it.
    fn is_open(&self, now: Timestamp) -> bool {
        match self.row.standing {
            Standing::DeemedCancelled => now < self.row.slot.end(),
            Standing::Displaced | Standing::Unrecorded => true,
            standing => standing.is_open(),
        }
    }

    /// Whether the meeting is near and nobody entered how to join.
    fn lacks_joining(&self) -> bool {
        let by_hand = self.row.channel == Some(Channel::ByHand);
        self.row.standing.is_open() && by_hand && !self.row.has_joining
    }

    /// Whether it is held in Zoom and still to come.
    fn is_in_zoom(&self) -> bool {
        self.row.standing.is_open() && self.row.channel == Some(Channel::Zoom)
    }

    /// Whether it is held in the built-in room today.
    fn is_in_room(&self) -> bool {
        let by_room = self.row.channel == Some(Channel::Room);
        self.row.standing.is_open() && by_room && self.is_day
    }
}

impl Wait {
    fn of(start: Timestamp, limit: Option<Timestamp>, now: Timestamp) -> Self {
        let Some(limit) = limit else { return Self::Nothing };
        if now < start {
            return Self::Starts;
        }
        // Contact at the very limit is still in time, so its last second is shown as 1.
        let left = (limit.as_millisecond() - now.as_millisecond() + 999).div_euclid(1000);
        if left > 0 { Self::Runs(left / 60, left % 60, limit) } else { Self::Over(limit) }
    }
}

/// `GET /desk/today`.
///
/// # Errors
/// [`Error::Forbidden`]; [`Refusal::Slot`] for a day that is none.
pub async fn get(clerk: Clerk, Query(asked): Query<Asked>) -> Result<Response, Error> {
    shown(&clerk, asked, (Faults::none(), Kept::default())).await
}

/// The board after something was refused there.
pub(super) async fn refused(
    clerk: &Clerk,
    (application, field): (i64, &str),
    form: &Form,
    refusal: &Refusal,
) -> Result<Response, Error> {
    let faults = said::fault(&clerk.context(), field, refusal)?;
    let asked = Asked { day: form.get("day").to_owned(), done: String::new() };
    Ok(again(shown(clerk, asked, (faults, Kept::typed(application, form))).await?))
}

async fn shown(
    clerk: &Clerk,
    asked: Asked,
    (faults, kept): (Faults, Kept),
) -> Result<Response, Error> {
    let rights = admit(clerk)?;
    let context = clerk.context();
    let now = context.now;
    let today = day_of(now);
    let day = read_day(&asked.day, today).map_err(Refusal::Slot)?;
    let asks_outcomes = rights.sessions && day == today;
    let read = clerk.guest.app.store.read(move |tx| {
        let unrecorded = match asks_outcomes {
            true => appointment::unrecorded(tx, &context, today)?,
            false => Vec::new(),
        };
        let alarms = session::second_uses(tx, &context, day)?;
        let rows = appointment::board(tx, &context, day)?;
        let (rows, mut groups) = apart(tx, &context, rows)?;
        // Those of the day of which nobody has a seat yet are told too.
        let of_day = groups::of_day(tx, &context, day)?;
        groups.extend(of_day);
        groups.sort_by_key(|group| (group.plan.slot, group.id));
        groups.dedup_by_key(|group| group.id);
        let unrecorded = apart(tx, &context, unrecorded)?;
        let untold = match rights.sharings {
            true => sharing::untold(tx, &context)?,
            false => 0,
        };
        Ok::<_, Error>(((rows, groups), unrecorded, (alarms, untold)))
    });
    let ((rows, groups), (unrecorded, unrecorded_groups), (alarms, untold)) = read.await?;
    let line = |row: Row| {
        let second_use = alarms.get(&row.application).copied();
        Line { second_use, ..Line::new(row, now) }
    };
    let lines = rows.into_iter().map(line);
    let (open, over): (Vec<Line>, Vec<Line>) = lines.partition(|line| line.is_open(now));
    let is_own = |line: &Line| line.row.account == Some(clerk.member.id);
    let (own, open) = open.into_iter().partition(is_own);
    show(&TodayPage {
        page: clerk.page(),
        faults,
        kept,
        rights,
        day,
        today,
        now,
        done: asked.done,
        own,
        open,
        over,
        unrecorded,
        groups,
        unrecorded_groups,
        untold,
        script: assets::today_script_url(),
    })
}

/// Sessions of one jobseeker each, and the group sessions in which the others are seats: a group is
/// one thing to look at, not forty.
fn apart(
    tx: &mut Tx<'_>,
    context: &Context,
    rows: Vec<Row>,
) -> Result<(Vec<Row>, Vec<Group>), Error> {
    if groups::check_offered(context).is_err() {
        return Ok((rows, Vec::new()));
    }
    let (seats, rows): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|it| it.group.is_some());
    let numbers: BTreeSet<i64> = seats.iter().filter_map(|row| row.group).collect();
    let groups = numbers.into_iter().map(|id| groups::load(tx, context, id));
    let groups = groups.collect::<Result<Vec<_>, _>>()?;
    Ok((rows, groups))
}

#[cfg(test)]
mod tests {
    use rules::schedule::parse_moment;

    use super::*;

    #[test]
    fn article_2_4_what_is_left_of_the_limit() {
        let start = parse_moment("2026-11-24", "10:00").unwrap();
        let limit = parse_moment("2026-11-24", "10:10").unwrap();
        let check = |milliseconds: i64, expected: &str| {
            let now = Timestamp::from_millisecond(start.as_millisecond() + milliseconds).unwrap();
            let seen = match Wait::of(start, Some(limit), now) {
                Wait::Starts => "starts".to_owned(),
                Wait::Runs(minutes, seconds, _) => format!("{minutes}:{seconds:02}"),
                Wait::Over(_) => "over".to_owned(),
                Wait::Nothing => "nothing".to_owned(),
            };
            assert_eq!(seen, expected, "{milliseconds}");
        };
        check(-1, "starts");
        check(0, "10:00");
        check(220_000, "6:20");
        check(220_001, "6:20");
        check(599_999, "0:01");
        check(600_000, "over");
        check(3_600_000, "over");
        assert!(matches!(Wait::of(start, None, limit), Wait::Nothing));
    }
}
