//! Everything once more, and sending (article 2(1)).

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use rules::application::answer_due_for;
use rules::people::Language;
use rules::schedule::Slot;
use rules::terms::environment::{Answer, Item, judge};
use rules::terms::personal_data::check_offered;

use super::assemble::assemble;
use super::contact::language_name;
use super::device::{device_key, join_by_key};
use super::entry::gone;
use super::environment::{answer_key, help_key, item_question};
use super::frame::Frame;
use super::reasons::{interpreter_name, reason_key, support_key};
use super::step::Step;
use super::{Entry, address, refused, wishes};
use crate::app::{App, Context};
use crate::application::{self, NewApplication, draft};
use crate::commands::{self, Command};
use crate::error::{Error, Refusal};
use crate::schedule::groups::Shown;
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::request::{DRAFT, VISIT, cookie, language_cookie, removal, token_in};
use crate::web::{Form, Guest, Page, show as show_page};
use crate::words::{Markup, Words};

/// An answer with the step at which it can be changed.
struct Row {
    step: Step,
    label: Markup,
    answers: Vec<Markup>,
    change: String,
}

/// An item that was not answered with yes, and what helps.
struct Open {
    question: Markup,
    help: Markup,
}

#[derive(Template)]
#[template(path = "application/pages/check.html")]
struct CheckPage {
    page: Page,
    frame: Frame,
    /// Whether something may be shared in such a session (article 6).
    shares: bool,
    key: String,
    rows: Vec<Row>,
    /// The group session that is asked for.
    group: Option<Shown>,
    open: Vec<Open>,
    is_forbidden: bool,
    answer_by: Markup,
    megabytes: u16,
    /// Minutes of silence that are borne (article 2(4)).
    grace: Option<u16>,
    /// Whether the person may cancel on the status page.
    cancels_online: bool,
    /// Where an address is added by somebody who cannot telephone and gave none.
    add_email: Option<String>,
}

/// Shows every answer.
///
/// # Errors
/// Faults of the store.
pub async fn get(entry: Entry) -> Result<Response, Error> {
    if let Some(elsewhere) = entry.not_yet(Step::Check)? {
        return Ok(elsewhere);
    }
    show(&entry)
}

pub(super) fn show(entry: &Entry) -> Result<Response, Error> {
    let sheet = entry.sheet()?;
    let words = sheet.words;
    let Ok(form) = assemble(&sheet, &entry.draft) else { return Err(Refusal::Shape.into()) };
    let judged = judge(&form.declaration).ok();
    let (device, tool) = (form.declaration.device, sheet.tool());
    let open = |(item, _): &(Item, Answer)| Open {
        question: item_question(words, *item, &tool),
        help: words.t1(help_key(*item, device), "tool", &tool),
    };
    let (office, now) = (&entry.office, entry.context.now);
    let of_group = entry.group.as_ref().map(|group| group.plan.slot);
    let times: Vec<Slot> = form.wishes.iter().copied().chain(of_group).collect();
    let due = answer_due_for(now, &times, &office.bounds(now)?);
    let at = times.first().map_or(now, |time| time.start);
    let cannot_telephone = form.care.cannot_telephone();
    show_page(&CheckPage {
        page: entry.page(),
        frame: entry.frame(Step::Check, Faults::none()),
        shares: check_offered(sheet.kind, office.terms(now)?).is_ok(),
        key: entry.draft.command_key.clone(),
        rows: rows(entry, (words, &tool), &form),
        group: entry.group_shown()?,
        open: judged.iter().flat_map(|it| &it.unsettled).map(open).collect(),
        is_forbidden: judged.is_some_and(|judged| !judged.forbidden().is_empty()),
        answer_by: words.moment(due),
        megabytes: office.practice.megabytes_per_half_hour,
        grace: office.terms(at)?.rules.grace_minutes,
        cancels_online: office.cancels_online(at)? || cannot_telephone,
        add_email: (cannot_telephone && form.person.email.is_none())
            .then(|| format!("{}#email", change(entry, Step::Contact))),
    })
}

fn change(entry: &Entry, step: Step) -> String {
    format!("{}?change=yes", address(&entry.office, step))
}

fn rows(entry: &Entry, (words, tool): (Words, &str), form: &NewApplication) -> Vec<Row> {
    let row = |step: Step, label: Markup, answers: Vec<Markup>| Row {
        step,
        label,
        answers,
        change: change(entry, step),
    };
    let text = Markup::of_text;
    let person = &form.person;
    let optional = |given: Option<&str>| match given {
        Some(given) => vec![text(given)],
        None => vec![words.t("application-check-none")],
    };
    let declared = form.declaration.answers.iter().map(|(item, answer)| {
        let (item, answer) = (item_question(words, *item, tool), words.t(answer_key(*answer)));
        Markup::of_safe_html(format!("<b>{answer}</b>　{item}"))
    });
    let kana = person.kana.as_ref().map(|kana| kana.reveal());
    let telephone = person.telephone.as_ref().map(|it| it.reveal());
    let email = person.email.as_ref().map(|email| email.reveal());
    let note = person.note.as_ref().map(|note| note.reveal());
    let care = &form.care;
    let reasons = care.reasons.iter().map(|it| words.t(reason_key(*it))).collect();
    let mut supports: Vec<Markup> =
        care.supports.iter().map(|it| words.t(support_key(*it))).collect();
    supports.extend(care.interpreter.map(|spoken| interpreter_name(words, spoken)));
    let own_words = care.words.as_ref().map(|words| words.reveal());
    let (device, by) = (form.declaration.device, form.declaration.join_by);
    let joins = vec![words.t(device_key(device)), words.t1(join_by_key(by), "tool", tool)];
    let minutes = form.wishes.first().map(|wish| wish.minutes);
    let length = minutes.map(|it| words.t1("application-minutes", "minutes", it));
    let none = || vec![words.t("application-check-none")];
    let rows = vec![
        row(
            Step::Conditions,
            words.t("terms-title"),
            vec![words.t1("application-check-consent", "version", &form.consented_version)],
        ),
        row(Step::Identity, words.t("application-name"), vec![text(person.name.reveal())]),
        row(Step::Identity, words.t("application-kana"), optional(kana)),
        row(Step::Identity, words.t("application-number"), vec![text(&person.number.dashed())]),
        row(Step::Contact, words.t("application-telephone"), optional(telephone)),
        row(Step::Contact, words.t("application-email"), optional(email)),
        row(
            Step::Contact,
            words.t("application-language"),
            vec![language_name(words, form.language)],
        ),
        row(Step::Contact, words.t("application-note"), optional(note)),
        row(Step::Reasons, words.t("application-reasons"), reasons),
        row(
            Step::Reasons,
            words.t("application-supports"),
            if supports.is_empty() { none() } else { supports },
        ),
        row(Step::Reasons, words.t("application-care-words"), optional(own_words)),
        row(Step::Length, words.t("application-length-title"), length.into_iter().collect()),
        row(
            Step::Wishes,
            words.t("application-wishes-title"),
            form.wishes.iter().map(|wish| words.slot(wish)).collect(),
        ),
        row(Step::Device, words.t("application-device"), joins),
        row(Step::Environment, words.t("application-environment-title"), declared.collect()),
    ];
    let is_asked = |row: &Row| entry.group.is_none() || !row.step.is_of_times();
    rows.into_iter().filter(is_asked).collect()
}

/// Sends the application: once, however often the button is pressed.
///
/// # Errors
/// Faults of the store; refusals are shown on the step that they concern.
pub async fn post(
    guest: Guest,
    Path(slug): Path<String>,
    entry: Result<Entry, Response>,
    form: Form,
) -> Result<Response, Error> {
    let command = form.command()?;
    let office = guest.app.office(&slug).await?;
    let context = match &entry {
        Ok(entry) => entry.context.clone(),
        Err(_) => guest.context(&office),
    };
    let ready = match &entry {
        Ok(entry) => match ready(entry).await? {
            Ok(application) => Some(application),
            Err(step_shown) => return Ok(step_shown),
        },
        Err(_) => None,
    };
    let expected = entry.as_ref().ok().map(|entry| entry.draft.command_key.clone());
    let ready = ready.filter(|_| expected.as_deref() == Some(&command.key));
    let token = token_in(&guest.app.site, &guest.jar, DRAFT);
    match send(&guest.app, context, (command, token), ready).await {
        Ok(visit) => {
            let chosen = entry.ok().and_then(|it| Language::parse(it.draft.get("language")));
            let visit = cookie(&guest.app.site, VISIT, visit.reveal().to_string());
            let mut jar = guest.jar.add(visit).add(removal(&guest.app.site, DRAFT));
            if let Some(language) = chosen {
                // It was chosen for letters and for the pages that follow.
                jar = jar.add(language_cookie(&guest.app.site, language));
            }
            Ok((jar, Redirect::to("/status/received")).into_response())
        }
        Err(Error::Refused(Refusal::DraftGone)) => Ok(gone(&guest, &office)),
        Err(other) => Err(other),
    }
}

/// The application, or the page of the step that is not in order any more.
async fn ready(entry: &Entry) -> Result<Result<NewApplication, Response>, Error> {
    let found = assemble(&entry.sheet()?, &entry.draft);
    let (step, faults) = match found {
        Ok(application) => match wishes::taken_meanwhile(entry).await? {
            faults if faults.is_empty() => return Ok(Ok(application)),
            faults => (Step::Wishes, faults),
        },
        Err(found) => found,
    };
    Ok(Err(refused(super::show(entry, step, faults).await?)))
}

/// Takes the application in and begins a visit. A repeat begins another visit to the same one.
async fn send(
    app: &App,
    context: Context,
    (command, token): (Command, Option<Token>),
    ready: Option<NewApplication>,
) -> Result<Token, Error> {
    app.store
        .write(move |tx| {
            let answer = commands::once(tx, &context, &command, |tx| {
                let form = ready.as_ref().ok_or(Refusal::DraftGone)?;
                let receipt = application::apply(tx, &context, form)?;
                if let Some(token) = &token {
                    draft::discard(tx, token)?;
                }
                Ok(format!("application {}", receipt.id))
            })?;
            let id = answer.strip_prefix("application ").and_then(|id| id.parse().ok());
            let id: i64 = id.ok_or(Refusal::KeyReused)?;
            application::begin(tx, id, context.now)
        })
        .await
}
