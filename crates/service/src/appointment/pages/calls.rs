//! The telephone desk: who calls, what to say, and what was said (article 2(4)).

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::letters::Letter;
use rules::people::Act;

use super::records::{as_seen, back, carry_out};
use super::session::Asked;
use super::times::{day_of, read_day};
use super::{Kept, again, today};
use crate::application::{self, Application};
use crate::appointment::{self, Call, CallPurpose, ContactLine, Position, Row, Session};
use crate::error::{Error, Refusal};
use crate::letters;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{Clerk, Form, Page, said, show};
use rules::appointment::Standing;
use rules::people::FreeText;
use rules::schedule::parse_moment;
use rules::session::Channel;

/// A note of a call has at most so many characters.
const NOTE_AT_MOST: usize = 400;

#[derive(Template)]
#[template(path = "appointment/pages/calls.html")]
struct CallsPage {
    page: Page,
    rows: Vec<Row>,
    now: Timestamp,
}

/// All that the page of a call tells. Holds personal data: no `Debug`.
struct Case {
    application: Application,
    session: Option<(Session, Position)>,
    contacts: Vec<ContactLine>,
    confirmation: Option<i64>,
}

#[derive(Template)]
#[template(path = "appointment/pages/call.html")]
struct CallPage {
    page: Page,
    faults: Faults,
    kept: Kept,
    now: Timestamp,
    done: String,
    /// What is asked about and not answered here: another maker's product (article 9(5)).
    tool: Option<String>,
    case: Case,
}

impl CallPage {
    fn id(&self) -> i64 {
        self.case.application.id
    }

    fn clerk(&self) -> &str {
        self.page.signed_in.as_ref().map_or("", |staff| &staff.name)
    }

    fn first_date(&self) -> String {
        day_of(self.now).to_string()
    }

    /// Whether a call in time would still change what became of the session.
    fn may_undo(&self) -> bool {
        let standing = self.case.session.as_ref().map(|(_, position)| position.judged.standing);
        standing == Some(Standing::DeemedCancelled)
    }

    /// Whether the limit still runs.
    fn limit_runs(&self) -> bool {
        self.case.session.as_ref().is_some_and(|(_, position)| position.limit_runs)
    }
}

/// `GET /desk/calls`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn list(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::RecordCall)?;
    let context = clerk.context();
    let now = context.now;
    let read = move |tx: &mut Tx<'_>| appointment::board(tx, &context, day_of(now));
    let rows = clerk.guest.app.store.read(read).await?;
    show(&CallsPage { page: clerk.page(), rows, now })
}

/// `GET /desk/calls/{id}`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    shown(&clerk, id, asked.done, (Faults::none(), Kept::default())).await
}

/// `POST /desk/calls/{id}`: records a call at the time at which it came.
///
/// # Errors
/// As [`get`]; refusals are shown on the page.
pub async fn post(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::RecordCall)?;
    let from_board = form.get("back") == "today";
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        let call = read_call(form, context.now)?;
        if from_board {
            // On its own page a call is typed with its time, whatever happened since.
            as_seen(tx, context, id, form)?;
        }
        let is_booked = appointment::find_session(tx, context, id)?.is_some();
        if call.purpose == CallPurpose::Cancel && !is_booked && form.get("sure") != "yes" {
            return Err(Refusal::NotSure.into());
        }
        appointment::note_call(tx, context, id, &call, staff)?;
        Ok(match from_board {
            true => back(form, id, "called"),
            false => format!("/desk/calls/{id}?done=call"),
        })
    });
    match done.await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) if from_board => {
            today::refused(&clerk, (id, &format!("s{id}")), &form, &refusal).await
        }
        Err(Error::Refused(refusal)) => {
            let field = match refusal {
                Refusal::ReasonMissing => "purpose",
                Refusal::NotSure => "sure",
                Refusal::Shape => "note",
                _ => "time",
            };
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            let kept = Kept::typed(id, &form);
            Ok(again(shown(&clerk, id, String::new(), (faults, kept)).await?))
        }
        Err(other) => Err(other),
    }
}

/// A call as the form tells it; it came now when no time was typed.
fn read_call(form: &Form, now: Timestamp) -> Result<Call, Refusal> {
    let purpose = CallPurpose::parse(form.get("purpose")).ok_or(Refusal::ReasonMissing)?;
    let note = FreeText::parse(form.get("note"), NOTE_AT_MOST).map_err(|_| Refusal::Shape)?;
    let at = match form.get("time").trim() {
        "" => now,
        time => {
            let day = read_day(form.get("date"), day_of(now)).map_err(Refusal::Slot)?;
            parse_moment(&day.to_string(), time).map_err(Refusal::Slot)?
        }
    };
    Ok(Call { at, purpose, note: Some(note).filter(|note| !note.is_empty()) })
}

async fn shown(
    clerk: &Clerk,
    id: i64,
    done: String,
    (faults, kept): (Faults, Kept),
) -> Result<Response, Error> {
    clerk.must(Act::RecordCall)?;
    let (context, staff) = (clerk.context(), clerk.member.id);
    let now = context.now;
    let page = clerk.page();
    let office = &context.office;
    let tool = (office.practice.meetings != Channel::Room).then(|| office.tool(page.words));
    // A write, because reading about a person leaves a row (design idea 5).
    let read = clerk.guest.app.store.write(move |tx| {
        let application = application::load(tx, &context, id)?;
        application::note_access(tx, &context, (id, staff), "call.read")?;
        let session = match appointment::find_session(tx, &context, id)? {
            Some(session) => Some((session, appointment::position(tx, &context, id)?)),
            None => None,
        };
        let letters = letters::letters_of(tx, &context, id)?;
        let tells_the_time =
            |letter: Letter| matches!(letter, Letter::Confirmation | Letter::Change);
        let confirmation = letters.iter().find(|line| tells_the_time(line.letter));
        let confirmation = confirmation.map(|line| line.id);
        let contacts = appointment::contact_lines(tx, &context, id)?;
        Ok::<_, Error>(Case { application, session, contacts, confirmation })
    });
    let case = read.await?;
    show(&CallPage { page, faults, kept, now, done, tool, case })
}
