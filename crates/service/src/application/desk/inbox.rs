//! The inbox: what waits for the office's answer (article 2(2)), and what the desk owes.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::application::Course;
use rules::people::Act;
use rules::schedule::{Calendar, TOKYO};

use crate::app::Context;
use crate::application::{self, InboxLine};
use crate::commands;
use crate::duties;
use crate::error::Error;
use crate::secrets::Token;
use crate::store::Tx;
use crate::web::{self, Clerk, Form, Page, Place};

/// How near the day is by which the office answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deadline {
    /// It is over.
    Overdue,
    /// It is today.
    Today,
    /// It is on the next working day, or earlier.
    Soon,
    /// It is later.
    Later,
}

impl Deadline {
    pub(super) fn of(due: Timestamp, calendar: &Calendar, now: Timestamp) -> Self {
        let day = |at: Timestamp| at.to_zoned(TOKYO.clone()).date();
        if due <= now {
            return Self::Overdue;
        }
        if day(due) == day(now) {
            return Self::Today;
        }
        match calendar.next_working_day(day(now)) {
            Some(next) if day(due) <= next => Self::Soon,
            _ => Self::Later,
        }
    }

    /// The chip's class; the word beside it says the same.
    fn class(self) -> &'static str {
        match self {
            Self::Overdue => "late",
            Self::Today | Self::Soon => "soon",
            Self::Later => "",
        }
    }
}

struct Row {
    line: InboxLine,
    /// By when the office answers, or the person, while a proposal is open.
    due: Timestamp,
    deadline: Deadline,
}

/// Why a duty failed, as far as staff can do something about it.
enum Failure {
    /// The person's address does not take letters.
    Address,
    /// The mail server cannot be reached.
    Unreachable,
    /// The mail server said no, with this reply.
    Refused(String),
    /// There was too much to do.
    Busy,
    /// A fault of ours; the log says more.
    Ours,
}

impl Failure {
    /// Reads the code that the worker kept.
    fn of(code: &str) -> Self {
        match code.strip_prefix("smtp ") {
            Some(reply) if reply.chars().all(|c| c.is_ascii_digit()) => {
                Self::Refused(reply.to_owned())
            }
            Some("timeout" | "network" | "tls" | "reply") => Self::Unreachable,
            _ if code == "address" => Self::Address,
            _ if code == "busy" => Self::Busy,
            _ => Self::Ours,
        }
    }
}

/// What the desk owes, and what it may do about it.
struct Owed {
    line: duties::Line,
    failure: Option<Failure>,
    key: String,
}

impl Owed {
    fn new(line: duties::Line) -> Self {
        let failure = line.last_error.as_deref().map(Failure::of);
        Self { line, failure, key: Token::draw().reveal().to_string() }
    }

    fn is_letter(&self) -> bool {
        matches!(self.line.kind, duties::Kind::Write(_))
    }
}

#[derive(Template)]
#[template(path = "application/desk/inbox.html")]
struct Inbox {
    page: Page,
    waiting: Vec<Row>,
    proposed: Vec<Row>,
    owed: Vec<Owed>,
    may_retry: bool,
    may_record: bool,
    may_tick_off: bool,
    may_enter: bool,
}

/// The inbox. Who may not read applications is shown to the place of their own work.
///
/// # Errors
/// Faults of the store.
pub async fn get(clerk: Clerk) -> Result<Response, Error> {
    let role = clerk.member.role;
    let practice = &clerk.office.practice;
    if !Place::Inbox.is_open_to(role, practice) {
        // The administrator's day begins with the counsellors, although days come before them.
        let begins = [Place::Today, Place::Counsellors, Place::Disclosures];
        let own = begins.into_iter().find(|it| it.is_open_to(role, practice));
        let own = own.ok_or(Error::Forbidden)?;
        return Ok(Redirect::to(own.address()).into_response());
    }
    let context = clerk.context();
    let read = context.clone();
    let (lines, owed) = clerk
        .guest
        .app
        .store
        .read(move |tx| {
            Ok::<_, Error>((application::inbox(tx, &read)?, duties::for_desk(tx, &read)?))
        })
        .await?;
    let row = |line: InboxLine| {
        let due = line.lapses_at.unwrap_or(line.answer_due);
        let deadline = Deadline::of(due, &context.office.calendar, context.now);
        Row { line, due, deadline }
    };
    let (waiting, proposed): (Vec<Row>, Vec<Row>) =
        lines.into_iter().map(row).partition(|row| row.line.course == Course::Received);
    web::show(&Inbox {
        page: clerk.page(),
        waiting,
        proposed,
        owed: owed.into_iter().map(Owed::new).collect(),
        may_record: role.may(Act::RecordSession),
        may_retry: role.may(Act::RetryDuty),
        may_tick_off: role.may(Act::ConfirmAppointment),
        may_enter: role.may(Act::EnterApplication),
    })
}

/// Tries a failing duty again at once.
///
/// # Errors
/// [`Error::Missing`] when it is another office's.
pub async fn again(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RetryDuty)?;
    command(&clerk, &form, move |tx, context| duties::try_again(tx, context, id)).await
}

/// Ticks off what a person had to do.
///
/// # Errors
/// [`Error::Missing`] when it is another office's.
pub async fn done(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ConfirmAppointment)?;
    command(&clerk, &form, move |tx, context| duties::tick_off(tx, context, id)).await
}

async fn command(
    clerk: &Clerk,
    form: &Form,
    work: impl Fn(&mut Tx<'_>, &Context) -> Result<(), Error> + Send + 'static,
) -> Result<Response, Error> {
    let (context, command) = (clerk.context(), form.command()?);
    let next = clerk
        .guest
        .app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                work(tx, &context)?;
                Ok("/desk#owed".to_owned())
            })
        })
        .await?;
    Ok(Redirect::to(&next).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_by_what_can_be_done_about_it() {
        let check = |code: &str, expected: &str| {
            let seen = match Failure::of(code) {
                Failure::Address => "address".to_owned(),
                Failure::Unreachable => "unreachable".to_owned(),
                Failure::Refused(reply) => format!("refused {reply}"),
                Failure::Busy => "busy".to_owned(),
                Failure::Ours => "ours".to_owned(),
            };
            assert_eq!(seen, expected, "{code}");
        };
        check("smtp 550", "refused 550");
        check("smtp timeout", "unreachable");
        check("smtp network", "unreachable");
        check("smtp client", "ours");
        check("address", "address");
        check("busy", "busy");
        check("fault", "ours");
        check("refusals-no-terms", "ours");
        check("", "ours");
    }

    #[test]
    fn article_2_2_how_near_the_answer_is() {
        let check = |due: &str, expected: Deadline| {
            let at = |text: &str| format!("{text}:00+09:00").parse::<Timestamp>().unwrap();
            let found = Deadline::of(at(due), &Calendar::default(), at("2026-11-20T10:00"));
            assert_eq!(found, expected, "{due}");
        };
        check("2026-11-19T17:15", Deadline::Overdue);
        check("2026-11-20T10:00", Deadline::Overdue);
        check("2026-11-20T10:01", Deadline::Today);
        check("2026-11-20T17:15", Deadline::Today);
        // Friday; Monday is a holiday, so Tuesday is the next working day.
        check("2026-11-24T17:15", Deadline::Soon);
        check("2026-11-25T17:15", Deadline::Later);
    }
}
