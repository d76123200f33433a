//! The plan of a group session, typed anew or changed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use jiff::Timestamp;
use rules::people::{Act, FreeText, Language};
use rules::schedule::{
    GroupPlan, GroupRefusal, GroupWords, Slot, SlotRefusal, TOKYO, Told, parse_moment, parse_wish,
};

use super::must;
use crate::commands::fresh_key;
use crate::error::{Error, Refusal};
use crate::schedule::groups::{self, Group, Planned};
use crate::schedule::{self, NamedCounsellor};
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, LongForm, Page, said};

#[derive(Template)]
#[template(path = "schedule/groups/pages/plan.html")]
struct PlanPage {
    page: Page,
    faults: Faults,
    typed: Option<Form>,
    /// The group session that is changed; none for a new one.
    group: Option<Group>,
    counsellors: Vec<NamedCounsellor>,
    key: String,
}

/// The fields of a language's words.
fn fields_of(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Japanese => ("title", "about"),
        Language::EasyJapanese => ("title_easy", "about_easy"),
        Language::English => ("title_en", "about_en"),
    }
}

impl PlanPage {
    /// What stands in a field: what was typed, else what is planned.
    fn of(&self, field: &str) -> String {
        if let Some(form) = &self.typed {
            return form.get(field).to_owned();
        }
        let Some(group) = &self.group else { return String::new() };
        let plan = &group.plan;
        let until = TOKYO.to_datetime(plan.apply_until);
        let (starts, clock) = (plan.slot.starts(), "%H:%M");
        match field {
            "date" => starts.date().to_string(),
            "time" => starts.strftime(clock).to_string(),
            "minutes" => plan.slot.minutes.to_string(),
            "seats" => plan.seats.to_string(),
            "until_date" => until.date().to_string(),
            "until_time" => until.strftime(clock).to_string(),
            words => of_words(&group.words, words),
        }
    }

    fn leads(&self, counsellor: &NamedCounsellor) -> bool {
        let number = counsellor.rule.id;
        match (&self.typed, &self.group) {
            (Some(form), _) => form.get("counsellor") == number.to_string(),
            (None, Some(group)) => group.counsellor.0 == number,
            (None, None) => false,
        }
    }

    fn is_on_day_off(&self) -> bool {
        match (&self.typed, &self.group) {
            (Some(form), _) => form.get("on_day_off") == "yes",
            (None, group) => group.as_ref().is_some_and(|group| group.plan.on_day_off),
        }
    }

    fn action(&self) -> String {
        match &self.group {
            Some(group) => format!("/desk/groups/{}/change", group.id),
            None => "/desk/groups".to_owned(),
        }
    }
}

fn of_words(words: &GroupWords, field: &str) -> String {
    let of = |(language, told): (Language, &Told)| match fields_of(language) {
        (title, _) if title == field => Some(told.title.clone()),
        (_, about) if about == field => Some(told.about.clone()),
        _ => None,
    };
    words.iter().find_map(of).unwrap_or_default()
}

/// `GET /desk/groups/new`.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] where the office holds none.
pub async fn blank(clerk: Clerk) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    shown(&clerk, None, None, Faults::none()).await
}

/// `POST /desk/groups`: plans one.
///
/// # Errors
/// As [`blank`]; refusals are shown on the page.
pub async fn plan(clerk: Clerk, LongForm(form): LongForm) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    let done = clerk.carry_out(&form, |tx, context, form, officer| {
        let id = groups::plan(tx, context, &read(form)?, officer)?;
        Ok(format!("/desk/groups/{id}?done=planned"))
    });
    answered(&clerk, None, &form, done.await).await
}

/// `GET /desk/groups/{group}/change`.
///
/// # Errors
/// As [`blank`]; [`Error::Missing`].
pub async fn get(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    shown(&clerk, Some(id), None, Faults::none()).await
}

/// `POST /desk/groups/{group}/change`.
///
/// # Errors
/// As [`get`]; refusals are shown on the page.
pub async fn change(
    clerk: Clerk,
    Path(id): Path<i64>,
    LongForm(form): LongForm,
) -> Result<Response, Error> {
    must(&clerk, Act::PlanGroups)?;
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        groups::change(tx, context, id, &read(form)?, officer)?;
        Ok(format!("/desk/groups/{id}?done=changed"))
    });
    answered(&clerk, Some(id), &form, done.await).await
}

async fn answered(
    clerk: &Clerk,
    id: Option<i64>,
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Err(Error::Refused(refusal)) => {
            let field = field_of(&refusal, form);
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            shown(clerk, id, Some(form.clone()), faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// Beside which field a refusal is said.
fn field_of(refusal: &Refusal, form: &Form) -> &'static str {
    match refusal {
        Refusal::Group(GroupRefusal::Length) => "minutes",
        Refusal::Group(GroupRefusal::Seats | GroupRefusal::SeatsGiven) => "seats",
        Refusal::Group(GroupRefusal::OverMidnight) => "time",
        Refusal::Group(GroupRefusal::ApplyUntil) => "until_date",
        Refusal::Group(GroupRefusal::NoTitle | GroupRefusal::HalfTitle) => "title",
        Refusal::CounsellorAway | Refusal::SlotTaken => "counsellor",
        // Read in the order of the fields: what is in order is not what was refused.
        Refusal::Slot(_) if slot(form).is_ok() && until(form).is_err() => "until_date",
        Refusal::Slot(_) => "date",
        Refusal::Shape if words(form).is_ok() => "seats",
        _ => "title",
    }
}

/// The slot; its minutes are judged by the plan and not by the rules of wishes.
fn slot(form: &Form) -> Result<Slot, Refusal> {
    let of = |field| form.get(field);
    parse_wish(of("date"), of("time"), of("minutes")).map_err(Refusal::Slot)
}

/// Until when it may be applied for; what is left empty is its start.
fn until(form: &Form) -> Result<Option<Timestamp>, Refusal> {
    match (form.get("until_date").trim(), form.get("until_time").trim()) {
        ("", "") => Ok(None),
        (date, "") => match parse_moment(date, "00:00") {
            Ok(midnight) => Ok(midnight.checked_add(SignedDuration::from_hours(24)).ok()),
            Err(refusal) => Err(Refusal::Slot(refusal)),
        },
        ("", _) => Err(Refusal::Slot(SlotRefusal::NotATime)),
        (date, time) => parse_moment(date, time).map(Some).map_err(Refusal::Slot),
    }
}

/// Whether an instant is the end of a slot's day.
fn is_end_of(slot: Slot, instant: Timestamp) -> bool {
    slot.date().tomorrow().is_ok_and(|next| TOKYO.to_datetime(instant).date() == next)
}

fn words(form: &Form) -> Result<GroupWords, Refusal> {
    let text = |field: &str, at_most: usize| {
        let text = FreeText::parse(form.get(field), at_most).map_err(|_| Refusal::Shape)?;
        Ok::<String, Refusal>(text.reveal().to_owned())
    };
    let mut all = BTreeMap::new();
    for language in Language::ALL {
        let (title, about) = fields_of(language);
        let title = text(title, GroupWords::TITLE_AT_MOST)?.replace(['\n', '\t'], " ");
        all.insert(language, Told { title, about: text(about, GroupWords::ABOUT_AT_MOST)? });
    }
    GroupWords::try_from(all).map_err(Refusal::Group)
}

fn read(form: &Form) -> Result<Planned, Refusal> {
    let words = words(form)?;
    let slot = slot(form)?;
    let seats = schedule::desk::choice::number(form.get("seats"));
    let apply_until = match until(form)? {
        // The end of the day on which it is held is its start.
        Some(day) if form.get("until_time").trim().is_empty() && is_end_of(slot, day) => slot.start,
        until => until.unwrap_or(slot.start),
    };
    let plan = GroupPlan {
        slot,
        seats: seats.ok_or(Refusal::Group(GroupRefusal::Seats))?,
        apply_until,
        on_day_off: form.get("on_day_off") == "yes",
    };
    let counsellor = form.get("counsellor").parse().map_err(|_| Refusal::CounsellorAway)?;
    Ok(Planned { plan, words, counsellor })
}

async fn shown(
    clerk: &Clerk,
    id: Option<i64>,
    typed: Option<Form>,
    faults: Faults,
) -> Result<Response, Error> {
    let context = clerk.context();
    let read = clerk.guest.app.store.read(move |tx| {
        let group = id.map(|id| groups::load(tx, &context, id)).transpose()?;
        Ok::<_, Error>((group, schedule::counsellors(tx, &context)?))
    });
    let (group, counsellors) = read.await?;
    let is_refused = !faults.is_empty();
    let (page, key) = (clerk.page(), fresh_key());
    let shown = web::show(&PlanPage { page, faults, typed, group, counsellors, key })?;
    Ok(web::with_status(is_refused, shown))
}
