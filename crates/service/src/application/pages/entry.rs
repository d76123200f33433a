//! A jobseeker in the middle of an application: whose draft it is, and how it goes on.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::frame::Frame;
use super::step::Step;
use super::{AUDIENCE, Sheet, address, reasons};
use crate::app::{App, Context};
use crate::application::draft::{self, Draft};
use crate::error::{Error, Refusal};
use crate::people::Office;
use crate::schedule::groups::{self, Group, Shown};
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::request::{DRAFT, token_in};
use crate::web::{Form, Guest, Page, show};

/// The field that notes which steps were sent.
const SENT: &str = "sent";

/// An application that is being filled in, found by its cookie.
pub struct Entry {
    /// Who asks.
    pub guest: Guest,
    /// Where.
    pub office: Arc<Office>,
    /// What verbs need.
    pub context: Context,
    /// What was typed so far.
    pub draft: Draft,
    /// The group session that is asked for.
    pub group: Option<Group>,
    token: Token,
    is_change: bool,
}

impl FromRequestParts<App> for Entry {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refuse = IntoResponse::into_response;
        let guest = Guest::from_request_parts(parts, app).await.map_err(refuse)?;
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let Path(path) = path.map_err(|_| Error::Missing.into_response())?;
        let slug = path.get("office").map_or("", String::as_str);
        let office = app.office(slug).await.map_err(|error| error.into_response())?;
        let is_change = parts.uri.query().is_some_and(|query| query.contains("change=yes"));
        match Self::find(guest.clone(), Arc::clone(&office), is_change).await {
            Err(Error::Refused(Refusal::DraftGone)) => Err(gone(&guest, &office)),
            found => found.map_err(|error| error.into_response()),
        }
    }
}

impl Entry {
    async fn find(guest: Guest, office: Arc<Office>, is_change: bool) -> Result<Self, Error> {
        let context = guest.context(&office);
        office.terms(context.now)?;
        let token = token_in(&guest.app.site, &guest.jar, DRAFT).ok_or(Refusal::DraftGone)?;
        let (wanted, at) = (token.clone(), context.clone());
        let read = guest.app.store.read(move |tx| {
            let draft = draft::load(tx, &at, &wanted)?;
            let group = draft.get(draft::GROUP).parse().ok();
            let group = group.map(|id| groups::load(tx, &at, id)).transpose()?;
            Ok::<_, Error>((draft, group))
        });
        let (draft, group) = read.await?;
        // The terms are those for who asks: chosen when the application was begun.
        let office = office.for_audience(draft.get(AUDIENCE)).unwrap_or(office);
        let context = Context { office: Arc::clone(&office), ..context };
        Ok(Self { guest, office, context, draft, group, token, is_change })
    }

    /// What the answers are read against.
    pub(super) fn sheet(&self) -> Result<Sheet<'_>, Error> {
        Ok(Sheet {
            words: self.guest.words,
            office: &self.office,
            bounds: self.office.bounds(self.context.now)?,
            group: self.group.as_ref(),
            kind: reasons::kind(&self.draft),
            now: self.context.now,
        })
    }

    /// What is not in order in a step.
    pub(super) fn faults(&self, step: Step) -> Result<Faults, Error> {
        Ok(step.faults(&self.sheet()?, &self.draft))
    }

    /// The first step that is not complete; none when all can be sent.
    pub(super) fn first_incomplete(&self) -> Result<Option<Step>, Error> {
        let sheet = self.sheet()?;
        let mut steps = Step::ALL.into_iter();
        Ok(steps.find(|step| !step.faults(&sheet, &self.draft).is_empty()))
    }

    /// Where to go instead of a step whose turn has not come.
    pub(super) fn not_yet(&self, step: Step) -> Result<Option<Response>, Error> {
        let first = self.first_incomplete()?;
        let earlier = first.filter(|first| first.number() < step.number());
        // A group session has its time: those questions are not asked.
        let elsewhere = step.is_of_times() && self.group.is_some();
        let earlier = earlier.or(elsewhere.then_some(first.unwrap_or(Step::Check)));
        Ok(earlier.map(|first| Redirect::to(&address(&self.office, first)).into_response()))
    }

    /// Whether a step was sent before, so that its faults can be shown at once.
    pub(super) fn was_sent(&self, step: Step) -> bool {
        self.draft.all(SENT).iter().any(|code| code == step.code())
    }

    /// Keeps what was typed into a step.
    pub(super) async fn keep(&mut self, step: Step, form: &Form) -> Result<(), Error> {
        let before: Vec<_> = step.fields().iter().map(|it| self.draft.all(it).to_vec()).collect();
        for field in step.fields() {
            self.draft.set(field, form.all(field));
        }
        let is_same = step.fields().iter().zip(&before).all(|(it, was)| self.draft.all(it) == was);
        let mut sent = self.draft.all(SENT).to_vec();
        if !self.was_sent(step) {
            sent.push(step.code().to_owned());
        }
        if step == Step::Device && !is_same {
            // What was declared is true of the other device only (article 4).
            for field in Step::Environment.fields() {
                self.draft.set(field, Vec::new());
            }
            sent.retain(|code| code != Step::Environment.code());
        }
        self.draft.set(SENT, sent);
        self.save().await
    }

    /// Saves the draft as it is now.
    pub(super) async fn save(&self) -> Result<(), Error> {
        let (token, draft, context) =
            (self.token.clone(), self.draft.clone(), self.context.clone());
        let store = &self.guest.app.store;
        store.write(move |tx| draft::save(tx, &context, &token, &draft)).await
    }

    /// Where the person goes once a step is in order: back to the answers if they came to change
    /// one, else to the next question.
    pub(super) fn address_after(&self, step: Step) -> String {
        let next = if self.is_change { Step::Check } else { step.after(self.group.is_some()) };
        address(&self.office, next)
    }

    /// The frame of the page.
    pub(super) fn page(&self) -> Page {
        self.guest.page_of(&self.office)
    }

    /// Everything around the question of a step.
    pub(super) fn frame(&self, step: Step, faults: Faults) -> Frame {
        let is_group = self.group.is_some();
        let back = match step.before(is_group) {
            _ if self.is_change => address(&self.office, Step::Check),
            Some(before) => address(&self.office, before),
            None => format!("/offices/{}", self.office.slug),
        };
        let mark = if self.is_change { "?change=yes" } else { "" };
        Frame {
            title: self.guest.words.plain(step.title()),
            heading: self.guest.words.t(step.title()),
            faults,
            progress: step.progress(is_group),
            back,
            action: format!("{}{mark}", address(&self.office, step)),
        }
    }

    /// The group session that is asked for, as the pages show it.
    pub(super) fn group_shown(&self) -> Result<Option<Shown>, Error> {
        let shown = |group| Shown::of(self.guest.words, &self.context, group);
        self.group.as_ref().map(shown).transpose()
    }

    /// Whether the person came from the answers to change one.
    pub(super) fn is_change(&self) -> bool {
        self.is_change
    }
}

/// Whether this browser has an application to that office half filled in.
pub(crate) async fn has_draft(guest: &Guest, office: &Arc<Office>) -> Result<bool, Error> {
    match Entry::find(guest.clone(), Arc::clone(office), false).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

#[derive(Template)]
#[template(path = "application/pages/gone.html")]
struct GonePage {
    page: Page,
    start: String,
}

/// The page of somebody whose draft is no longer there, with a way to start again.
pub(super) fn gone(guest: &Guest, office: &Office) -> Response {
    let start = format!("/offices/{}/apply", office.slug);
    let page = show(&GonePage { page: guest.page_of(office), start });
    match page {
        Ok(page) => (StatusCode::GONE, page).into_response(),
        Err(error) => error.into_response(),
    }
}
