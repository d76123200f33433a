//! Counsellors on the desk: the list, one counsellor's hours and skills, and leave.

use std::ops::RangeInclusive;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::{Date, Time};
use rules::people::Act;
use rules::schedule::{Leave, Skill, Slot, TOKYO};

use super::counsellor_form::{self, RANGES, WEEKDAYS, hours_field};
use super::said;
use super::{Booking, DayBook};
use crate::app::Context;
use crate::commands;
use crate::error::{Error, Refusal};
use crate::people::{self, Account};
use crate::schedule::{self, CounsellorChange, LeaveLine, NamedCounsellor, NewCounsellor, Served};
use crate::secrets::Token;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page};

/// How far ahead sessions are looked for that a change leaves without a counsellor.
const LOOK_AHEAD_DAYS: u16 = 120;

#[derive(Template)]
#[template(path = "schedule/desk/counsellors.html")]
struct List {
    page: Page,
    counsellors: Vec<(NamedCounsellor, bool)>,
    /// Those of other offices who serve this one too.
    elsewhere: Vec<NamedCounsellor>,
}

/// Every counsellor of the office.
///
/// # Errors
/// Faults of the store.
pub async fn list(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let context = clerk.context();
    let read = move |tx: &mut Tx<'_>| {
        let own = schedule::every_counsellor(tx, &context)?;
        Ok::<_, Error>((own, schedule::from_elsewhere(tx, &context)?))
    };
    let (counsellors, elsewhere) = clerk.guest.app.store.read(read).await?;
    web::show(&List { page: clerk.page(), counsellors, elsewhere })
}

/// A counsellor's page, or the page of one to be added.
#[derive(Template)]
#[template(path = "schedule/desk/counsellor.html")]
struct One<'a> {
    page: Page,
    faults: Faults,
    /// None for a new one.
    known: Option<Known>,
    /// What was typed, when something of it was refused.
    typed: Option<&'a Form>,
    /// Whether the refused form was the leave's.
    typed_leave: bool,
    counter: (Time, Time),
    /// Who of the staff may be this counsellor.
    accounts: Vec<Account>,
    /// Whether further offices are this person's to choose.
    chooses_offices: bool,
    keys: [String; 3],
}

/// A counsellor with everything that hangs on the hours.
#[derive(Clone)]
struct Known {
    named: NamedCounsellor,
    active: bool,
    leave: Vec<(LeaveLine, String)>,
    /// The further offices, and those that there are to choose from.
    served: Vec<(Served, String)>,
    offices: Vec<(String, String)>,
    /// Sessions to come that fall outside of the hours, into leave, or to somebody who left.
    stranded: Vec<Booking>,
}

impl One<'_> {
    fn typed_of(&self, field: &str) -> String {
        self.typed.map_or_else(String::new, |form| form.get(field).to_owned())
    }

    fn name(&self) -> String {
        match &self.known {
            _ if self.typed.is_some() && !self.typed_leave => self.typed_of("name"),
            Some(known) => known.named.name.clone(),
            None => String::new(),
        }
    }

    /// What stands in a field of hours.
    fn hours(&self, weekday: &u8, range: &char, end: &str) -> String {
        if self.typed.is_some() && !self.typed_leave {
            return self.typed_of(&hours_field(*weekday, *range, end));
        }
        let index = usize::from(*range != RANGES[0]);
        let stored = match &self.known {
            Some(known) => {
                let of_day = known.named.rule.hours.iter().filter(|it| it.weekday == *weekday);
                of_day.map(|it| (it.from, it.to)).nth(index)
            }
            None => (index == 0).then_some(self.counter),
        };
        let time = stored.map(|(from, to)| if end == "from" { from } else { to });
        time.map_or_else(String::new, |time| time.strftime("%H:%M").to_string())
    }

    fn has_skill(&self, skill: &Skill) -> bool {
        match (&self.known, self.typed) {
            (_, Some(form)) if !self.typed_leave => {
                form.all("skills").iter().any(|code| code == skill.code())
            }
            (Some(known), _) => known.named.rule.skills.contains(skill),
            (None, _) => false,
        }
    }

    /// Whether that account is chosen as this counsellor's.
    fn is_account(&self, id: &i64) -> bool {
        match (&self.known, self.typed) {
            (_, Some(form)) if !self.typed_leave => form.get("staff").parse() == Ok(*id),
            (Some(known), _) => known.named.staff == Some(*id),
            (None, _) => false,
        }
    }

    fn is_active(&self) -> bool {
        match (&self.known, self.typed) {
            (_, Some(form)) if !self.typed_leave => form.get("active") == "yes",
            (Some(known), _) => known.active,
            (None, _) => true,
        }
    }

    /// The last day of leave that is made of whole days.
    fn whole_days(leave: &Leave) -> Option<Date> {
        let is_whole = leave.from.time() == Time::midnight() && leave.to.time() == Time::midnight();
        leave.to.date().yesterday().ok().filter(|_| is_whole)
    }

    /// What was typed into a field of leave.
    fn leave_field(&self, field: &str) -> String {
        if self.typed_leave { self.typed_of(field) } else { String::new() }
    }

    fn weekdays(&self) -> RangeInclusive<u8> {
        WEEKDAYS
    }

    fn field(&self, weekday: &u8, range: &char, end: &str) -> String {
        hours_field(*weekday, *range, end)
    }
}

/// The page of a counsellor to be added.
///
/// # Errors
/// A fault of the template.
pub async fn blank(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let accounts = accounts(&clerk).await?;
    web::show(&page(&clerk, (None, accounts), (None, false), Faults::none()))
}

/// A counsellor's page.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub async fn get(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let (known, accounts) = (known(&clerk, id).await?, accounts(&clerk).await?);
    web::show(&page(&clerk, (Some(known), accounts), (None, false), Faults::none()))
}

fn page<'a>(
    clerk: &Clerk,
    (known, accounts): (Option<Known>, Vec<Account>),
    (typed, typed_leave): (Option<&'a Form>, bool),
    faults: Faults,
) -> One<'a> {
    let practice = &clerk.office.practice;
    One {
        page: clerk.page(),
        faults,
        known,
        typed,
        typed_leave,
        counter: (practice.counter_opens, practice.counter_closes),
        accounts,
        chooses_offices: clerk.member.role.may(Act::ChooseOffices),
        keys: [(); 3].map(|()| Token::draw().reveal().to_string()),
    }
}

/// The office's accounts that record sessions, for the choice of the counsellor's own.
async fn accounts(clerk: &Clerk) -> Result<Vec<Account>, Error> {
    let office = clerk.office.id;
    let mut accounts = clerk.guest.app.store.read(move |tx| people::accounts(tx, office)).await?;
    accounts.retain(|account| account.role.may(Act::RecordSession));
    Ok(accounts)
}

/// What was read of the form, with the account only if it may be chosen.
async fn with_own_account(
    clerk: &Clerk,
    read: CounsellorChange,
) -> Result<CounsellorChange, Error> {
    let accounts = accounts(clerk).await?;
    let staff = read.staff.filter(|id| accounts.iter().any(|account| account.id == *id));
    Ok(CounsellorChange { staff, ..read })
}

async fn known(clerk: &Clerk, id: i64) -> Result<Known, Error> {
    let context = clerk.context();
    clerk.guest.app.store.read(move |tx| read_known(tx, &context, id)).await
}

fn read_known(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Known, Error> {
    let every = schedule::every_counsellor(tx, context)?;
    let found = every.into_iter().find(|(named, _)| named.rule.id == id);
    let (named, active) = found.ok_or(Error::Missing)?;
    let book = DayBook::read(tx, context, today(context), LOOK_AHEAD_DAYS)?;
    let mut leave = schedule::leave_of(tx, context, id)?;
    leave.retain(|line| line.leave.to.date() >= today(context));
    let served = schedule::served_by(tx, context, id)?;
    let is_stranded =
        |slot: &Slot| slot.start > context.now && (!active || !named.rule.works_during(slot));
    let stranded = book.bookings_of(id).into_iter();
    let stranded = stranded.filter(|booking| booking.slot.as_ref().is_some_and(is_stranded));
    let key = |line| (line, Token::draw().reveal().to_string());
    Ok(Known {
        stranded: stranded.cloned().collect(),
        offices: offices_to_choose(tx, context, &served)?,
        served: served.into_iter().map(|it| (it, Token::draw().reveal().to_string())).collect(),
        leave: leave.into_iter().map(key).collect(),
        named,
        active,
    })
}

/// Offices that the counsellor could serve too: short name and name.
fn offices_to_choose(
    tx: &mut Tx<'_>,
    context: &Context,
    served: &[Served],
) -> Result<Vec<(String, String)>, Error> {
    let mut offices = people::offices(tx)?;
    offices.retain(|(slug, _)| {
        *slug != context.office.slug && !served.iter().any(|known| known.slug == *slug)
    });
    Ok(offices)
}

fn today(context: &Context) -> Date {
    context.now.to_zoned(TOKYO.clone()).date()
}

/// Adds a counsellor.
///
/// # Errors
/// Faults of the store. What is refused is said beside its field.
pub async fn add(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let of = |field: &str| form.get(field).to_owned();
    let read = match counsellor_form::read(&of, &form.all("skills")) {
        Ok(read) => with_own_account(&clerk, read).await?,
        Err(found) => return shown_again(&clerk, None, (&form, false), found).await,
    };
    command(&clerk, &form, move |tx, context| {
        let (name, hours, skills) = (read.name.clone(), read.hours.clone(), read.skills.clone());
        let new = NewCounsellor { name, staff: read.staff, hours, skills };
        let id = schedule::add_counsellor(tx, context.office.id, &new)?;
        Ok(format!("/desk/counsellors/{id}"))
    })
    .await
}

/// Changes a counsellor.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub async fn change(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let of = |field: &str| form.get(field).to_owned();
    let read = match counsellor_form::read(&of, &form.all("skills")) {
        Ok(read) => with_own_account(&clerk, read).await?,
        Err(found) => {
            let known = known(&clerk, id).await?;
            return shown_again(&clerk, Some(known), (&form, false), found).await;
        }
    };
    command(&clerk, &form, move |tx, context| {
        schedule::change_counsellor(tx, context, id, &read)?;
        Ok(format!("/desk/counsellors/{id}"))
    })
    .await
}

/// Adds an absence.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub async fn add_leave(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    let of = |field: &str| form.get(field).to_owned();
    let leave = match counsellor_form::read_leave(&of, today(&clerk.context())) {
        Ok(leave) => leave,
        Err((field, fault)) => {
            let known = known(&clerk, id).await?;
            let found = vec![(field.to_owned(), fault)];
            return shown_again(&clerk, Some(known), (&form, true), found).await;
        }
    };
    command(&clerk, &form, move |tx, context| {
        schedule::add_leave(tx, context, id, leave)?;
        Ok(format!("/desk/counsellors/{id}#leave"))
    })
    .await
}

/// Takes an absence back.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor.
pub async fn remove_leave(
    clerk: Clerk,
    Path((id, leave)): Path<(i64, i64)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::ManageCounsellors)?;
    command(&clerk, &form, move |tx, context| {
        schedule::remove_leave(tx, context, id, leave)?;
        Ok(format!("/desk/counsellors/{id}#leave"))
    })
    .await
}

/// Lets the counsellor serve another office of the prefecture too.
///
/// # Errors
/// [`Error::Missing`] for another office's counsellor. What is refused is said beside its field.
pub async fn serve(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ChooseOffices)?;
    let (officer, slug) = (clerk.member.id, form.get("office").to_owned());
    let done = command(&clerk, &form, move |tx, context| {
        schedule::serve(tx, context, (id, &slug), officer)?;
        Ok(format!("/desk/counsellors/{id}#offices"))
    });
    offices_again(&clerk, id, done.await).await
}

/// Ends that.
///
/// # Errors
/// As [`serve`].
pub async fn stop_serving(
    clerk: Clerk,
    Path((id, office)): Path<(i64, i64)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::ChooseOffices)?;
    let done = command(&clerk, &form, move |tx, context| {
        schedule::stop_serving(tx, context, (id, office))?;
        Ok(format!("/desk/counsellors/{id}#offices"))
    });
    offices_again(&clerk, id, done.await).await
}

/// The page once more, where something about the offices was refused.
async fn offices_again(
    clerk: &Clerk,
    id: i64,
    done: Result<Response, Error>,
) -> Result<Response, Error> {
    let Err(Error::Refused(refusal @ Refusal::Serving(_))) = done else { return done };
    let faults = web::said::fault(&clerk.context(), "office", &refusal)?;
    let (known, accounts) = (known(clerk, id).await?, accounts(clerk).await?);
    let shown = web::show(&page(clerk, (Some(known), accounts), (None, false), faults))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

/// Does `work` once for the form's key and leads where it says.
pub(super) async fn command(
    clerk: &Clerk,
    form: &Form,
    work: impl Fn(&mut Tx<'_>, &Context) -> Result<String, Error> + Send + 'static,
) -> Result<Response, Error> {
    let (context, command) = (clerk.context(), form.command()?);
    let store = &clerk.guest.app.store;
    let next = store
        .write(move |tx| commands::once(tx, &context, &command, |tx| work(tx, &context)))
        .await?;
    Ok(Redirect::to(&next).into_response())
}

async fn shown_again(
    clerk: &Clerk,
    known: Option<Known>,
    (form, is_leave): (&Form, bool),
    found: counsellor_form::Found,
) -> Result<Response, Error> {
    let accounts = accounts(clerk).await?;
    let mut faults = Faults::none();
    for (field, fault) in found {
        faults.add(field, said::of_field(fault)?);
    }
    let shown = web::show(&page(clerk, (known, accounts), (Some(form), is_leave), faults))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}
