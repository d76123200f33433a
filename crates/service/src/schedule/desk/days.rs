//! A day of all counsellors.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use rules::people::Act;
use rules::schedule::{DayOff, TOKYO};

use super::{DayBook, DeskBounds, Grid, Overlay, choice, lay_out};
use crate::error::Error;
use crate::web::{self, Clerk, Page, Place};

#[derive(Template)]
#[template(path = "schedule/desk/days.html")]
struct Day {
    page: Page,
    typed: String,
    is_wrong: bool,
    day: Date,
    today: Date,
    off: Option<DayOff>,
    previous: Option<Date>,
    next: Option<Date>,
    grid: Grid,
    sees_bookings: bool,
    sees_applications: bool,
    may_manage: bool,
}

/// The day of the query, or else this or the next working day.
///
/// # Errors
/// Faults of the store.
pub async fn get(
    clerk: Clerk,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let role = clerk.member.role;
    let sees_bookings = role.may(Act::ConfirmAppointment) || role.may(Act::RecordSession);
    if !Place::Days.is_open_to(role, &clerk.office.practice) {
        return Err(Error::Forbidden);
    }
    let context = clerk.context();
    let calendar = &context.office.calendar;
    let today = context.now.to_zoned(TOKYO.clone()).date();
    let typed = query.get("day").cloned().unwrap_or_default();
    let read = (!typed.is_empty()).then(|| choice::date(&typed));
    let is_wrong = matches!(read, Some(Err(_)));
    let day = match read {
        Some(Ok(day)) => day,
        _ if calendar.is_working_day(today) => today,
        _ => calendar.next_working_day(today).unwrap_or(today),
    };
    let bounds = DeskBounds::of(&context, true)?;
    let within = context.clone();
    let book = clerk.guest.app.store.read(move |tx| DayBook::read(tx, &within, day, 1)).await?;
    let shown = Day {
        page: clerk.page(),
        typed,
        is_wrong,
        day,
        today,
        off: calendar.day_off(day),
        previous: calendar.previous_working_day(day),
        next: calendar.next_working_day(day),
        grid: lay_out(&book, day, Overlay::default(), &bounds.with(calendar), &context),
        sees_bookings,
        sees_applications: role.may(Act::ReadApplications),
        may_manage: role.may(Act::ManageCounsellors),
    };
    web::show(&shown)
}

impl Day {
    /// Whether something is booked, even though the office is closed by now.
    fn has_bookings(&self) -> bool {
        let mut cells = self.grid.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| matches!(cell.content, super::Content::Booked(_)))
    }
}
