//! Changing the wished times before the office has answered (article 2(2)): the same list and the
//! same page to choose as in the application, on a draft of its own.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use rules::application::{Kind, Step};
use rules::schedule::Slot;

use super::actions::{PAGE, back_to_page};
use super::find;
use crate::app::Context;
use crate::application::draft::{self, Draft};
use crate::application::pages::wish_board::{self, Place};
use crate::application::pages::{Frame, Sheet, refused};
use crate::application::{self, pages};
use crate::commands;
use crate::error::{Error, Refusal};
use crate::secrets::Token;
use crate::web::fields::Faults;
use crate::web::request::{cookie, removal, token_in};
use crate::web::{Form, LongForm, Seeker};
use crate::words::key;

/// The cookie of a change of wishes that is being made.
const CHANGE: &str = "wishes";
/// The field that says whose wishes a draft holds.
const OF: &str = "application";
/// The field that says what was applied for.
const KIND: &str = "kind";
const PATH: &str = "/status/wishes";
const LENGTH: &str = "/status/wishes/length";

/// A change that is being made.
struct Change {
    seeker: Seeker,
    context: Context,
    draft: Draft,
    token: Token,
}

impl Change {
    /// The change of this visit; back to the status page when there is none.
    async fn of(seeker: Seeker) -> Result<Result<Self, Response>, Error> {
        let away = || Ok(Err(Redirect::to("/status").into_response()));
        let Some(token) = token_in(&seeker.guest.app.site, &seeker.guest.jar, CHANGE) else {
            return away();
        };
        let (context, wanted) = (seeker.context(), token.clone());
        let at = context.clone();
        let found = seeker.guest.app.store.read(move |tx| draft::load(tx, &at, &wanted)).await;
        let draft = match found {
            Err(Error::Refused(Refusal::DraftGone)) => return away(),
            other => other?,
        };
        if draft.get(OF) != seeker.visit.application.to_string() {
            return away();
        }
        Ok(Ok(Self { seeker, context, draft, token }))
    }

    fn sheet(&self) -> Result<Sheet<'_>, Error> {
        Ok(Sheet {
            group: None,
            words: self.seeker.guest.words,
            office: &self.seeker.office,
            bounds: self.seeker.office.bounds(self.context.now)?,
            kind: Kind::parse(self.draft.get(KIND)).unwrap_or(Kind::Counselling),
            now: self.context.now,
        })
    }

    fn place(&self) -> Place {
        Place {
            path: PATH.to_owned(),
            is_change: false,
            button: key!("status-wishes-send"),
            command_key: self.draft.command_key.clone(),
            length: Some(LENGTH),
        }
    }

    fn frame(&self, faults: Faults) -> Frame {
        let words = self.seeker.guest.words;
        Frame {
            title: words.plain("status-wishes-title"),
            heading: words.t("status-wishes-title"),
            faults,
            progress: None,
            back: "/status".to_owned(),
            action: PATH.to_owned(),
        }
    }

    async fn save(&self) -> Result<(), Error> {
        let (context, token, draft) =
            (self.context.clone(), self.token.clone(), self.draft.clone());
        let store = &self.seeker.guest.app.store;
        store.write(move |tx| draft::save(tx, &context, &token, &draft)).await
    }

    async fn open_times(&self) -> Result<Vec<Slot>, Error> {
        let sheet = self.sheet()?;
        let Ok(minutes) = pages::length(&sheet, &self.draft) else {
            return Ok(Vec::new());
        };
        let asked = (sheet.kind, minutes);
        wish_board::open_times(&self.seeker.guest.app, &self.context, asked).await
    }

    fn show_list(&self, faults: Faults) -> Result<Response, Error> {
        let around = (self.seeker.page(), self.frame(faults));
        wish_board::show_list(around, &self.sheet()?, &self.draft, &self.place())
    }

    fn show_lengths(&self, faults: Faults) -> Result<Response, Error> {
        let words = self.seeker.guest.words;
        let frame = Frame {
            title: words.plain("application-length-title"),
            heading: words.t("application-length-title"),
            back: PATH.to_owned(),
            action: LENGTH.to_owned(),
            ..self.frame(faults)
        };
        pages::show_lengths((self.seeker.page(), frame), &self.sheet()?, &self.draft)
    }

    async fn show_choice(
        &self,
        rank: usize,
        from: Option<Date>,
        faults: Faults,
    ) -> Result<Response, Error> {
        let words = self.seeker.guest.words;
        let frame = Frame {
            title: words.plain1("application-wish-title", "rank", rank),
            heading: words.t1("application-wish-title", "rank", rank),
            back: PATH.to_owned(),
            action: format!("{PATH}/{rank}"),
            ..self.frame(faults)
        };
        let open = self.open_times().await?;
        let around = (self.seeker.page(), frame);
        let place = self.place();
        wish_board::show_choice(around, &self.sheet()?, &self.draft, (&place, rank, from), &open)
    }

    fn rank(&self, typed: &str) -> Result<usize, Error> {
        let rank = typed.parse::<usize>().map_err(|_| Error::Missing)?;
        let at_most = usize::from(self.seeker.office.practice.wishes_at_most);
        if (1..=at_most).contains(&rank) { Ok(rank) } else { Err(Error::Missing) }
    }
}

/// Begins a change, from the wishes as they are.
///
/// # Errors
/// [`Refusal::Course`] once the application is answered.
pub async fn start(seeker: Seeker, _form: Form) -> Result<Response, Error> {
    let found = find(&seeker).await?;
    found.application.course.after(Step::ChangeWishes)?;
    let mut begun = Draft::begin();
    begun.set(OF, vec![found.application.id.to_string()]);
    begun.set(KIND, vec![found.application.kind.code().to_owned()]);
    wish_board::fill(&mut begun, &found.application.wishes_of_kind(&found.context));
    let context = found.context;
    let token = seeker.guest.app.store.write(move |tx| draft::start(tx, &context, &begun)).await?;
    let kept = cookie(&seeker.guest.app.site, CHANGE, token.reveal().to_string());
    Ok((seeker.guest.jar.add(kept), Redirect::to(PATH)).into_response())
}

/// The list of wishes.
///
/// # Errors
/// Faults of the store.
pub async fn list(seeker: Seeker) -> Result<Response, Error> {
    match Change::of(seeker).await? {
        Ok(change) => change.show_list(Faults::none()),
        Err(away) => Ok(away),
    }
}

/// The page to choose another length for all wishes.
///
/// # Errors
/// Faults of the store.
pub async fn length(seeker: Seeker) -> Result<Response, Error> {
    match Change::of(seeker).await? {
        Ok(change) => change.show_lengths(Faults::none()),
        Err(away) => Ok(away),
    }
}

/// Takes the length. Wishes that it does not fit are told when the change is sent.
///
/// # Errors
/// Faults of the store.
pub async fn set_length(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let mut change = match Change::of(seeker).await? {
        Ok(change) => change,
        Err(away) => return Ok(away),
    };
    let mut changed = change.draft.clone();
    changed.set("minutes", form.all("minutes"));
    if let Err(faults) = pages::length(&change.sheet()?, &changed) {
        return Ok(refused(change.show_lengths(faults)?));
    }
    change.draft = changed;
    change.save().await?;
    Ok(Redirect::to(PATH).into_response())
}

/// The page to choose a time for one rank.
///
/// # Errors
/// [`Error::Missing`] for a rank that there is not.
pub async fn choose(
    seeker: Seeker,
    Path(rank): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let change = match Change::of(seeker).await? {
        Ok(change) => change,
        Err(away) => return Ok(away),
    };
    let from = query.get("from").and_then(|from| from.parse().ok());
    change.show_choice(change.rank(&rank)?, from, Faults::none()).await
}

/// Takes the chosen time into the list.
///
/// # Errors
/// [`Error::Missing`] for a rank that there is not.
pub async fn propose(
    seeker: Seeker,
    Path(rank): Path<String>,
    LongForm(form): LongForm,
) -> Result<Response, Error> {
    let mut change = match Change::of(seeker).await? {
        Ok(change) => change,
        Err(away) => return Ok(away),
    };
    let rank = change.rank(&rank)?;
    let mut draft = change.draft.clone();
    let open = change.open_times().await?;
    let faults = wish_board::take(&change.sheet()?, &mut draft, rank, &form, &open);
    change.draft = draft;
    change.save().await?;
    if !faults.is_empty() {
        return Ok(refused(change.show_choice(rank, None, faults).await?));
    }
    Ok(Redirect::to(PATH).into_response())
}

/// Takes a wish out of the list.
///
/// # Errors
/// Faults of the store.
pub async fn remove(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let mut change = match Change::of(seeker).await? {
        Ok(change) => change,
        Err(away) => return Ok(away),
    };
    wish_board::remove(&mut change.draft, form.get("rank").parse().unwrap_or(0));
    change.save().await?;
    Ok(Redirect::to(PATH).into_response())
}

/// Changes the wishes of the application.
///
/// # Errors
/// [`Refusal::Course`] once it is answered; faults of wishes are shown on the list.
pub async fn change(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let change = match Change::of(seeker).await? {
        Ok(change) => change,
        Err(away) => return Ok(away),
    };
    let wishes = match wish_board::read(&change.sheet()?, &change.draft) {
        Ok(wishes) => wishes,
        Err(faults) => return Ok(refused(change.show_list(faults)?)),
    };
    let taken = wish_board::taken(&change.sheet()?, &wishes, &change.open_times().await?);
    if !taken.is_empty() {
        return Ok(refused(change.show_list(taken)?));
    }
    let command = form.command()?;
    let (context, id) = (change.context.clone(), change.seeker.visit.application);
    let token = change.token.clone();
    let guest = &change.seeker.guest;
    let address = guest
        .app
        .store
        .write(move |tx| {
            commands::once(tx, &context, &command, |tx| {
                application::change_wishes(tx, &context, id, &wishes)?;
                draft::discard(tx, &token)?;
                Ok(PAGE.to_owned())
            })
        })
        .await?;
    let jar = guest.jar.clone().add(removal(&guest.app.site, CHANGE));
    Ok((jar, back_to_page(&address)?).into_response())
}
