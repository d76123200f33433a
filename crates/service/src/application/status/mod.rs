//! The page of one application, opened by its link: where it stands, what happens next, how to
//! join, and what the person can still change (article 2(2) to 2(4)).

mod actions;
mod link;
mod received;
mod sharing;
mod view;
mod wishes;

pub use actions::{answer_proposal, ask_cancel, ask_withdraw, calendar, cancel, leave, withdraw};
pub use link::{exchange as open_link, get as landing};
pub use received::get as received;
pub use sharing::answer_sharing;
pub use wishes::{
    change as change_wishes, choose, length, list as wishes, propose, remove as remove_wish,
    set_length, start as start_wishes,
};

use axum::response::Response;
use rules::session::Channel;
use rules::terms::amendment::Consent;

use super::Application;
use crate::app::Context;
use crate::appointment::{self, Session};
use crate::error::Error;
use crate::records::conduct::{self, Objectable};
use crate::records::sharing::{self as asked, Sharing};
use crate::schedule::groups::{self, Group};
use crate::secrets::Token;
use crate::web::{Seeker, show};

/// An application and its session, if there is one yet.
pub(super) struct Found {
    pub(super) context: Context,
    pub(super) application: Application,
    pub(super) session: Option<Session>,
    /// By which means it is held.
    pub(super) channel: Channel,
    /// The consent that was given last.
    pub(super) consent: Option<Consent>,
    /// What the person can object to.
    pub(super) objectable: Option<Objectable>,
    /// The group session that it asks for, if it asks for one.
    pub(super) group: Option<Group>,
    /// What the person was asked to agree to (article 6).
    pub(super) sharings: Vec<Sharing>,
}

/// Reads what a visit opens.
pub(super) async fn find(seeker: &Seeker) -> Result<Found, Error> {
    let (context, id) = (seeker.context(), seeker.visit.application);
    seeker
        .guest
        .app
        .store
        .read(move |tx| {
            let application = super::load(tx, &context, id)?;
            let session = appointment::find_session(tx, &context, id)?;
            let channel = match &session {
                Some(_) => crate::session::channel(tx, &context, id)?,
                None => context.office.practice.meetings,
            };
            let consent = super::last_consent(tx, &context, id)?;
            let objectable = conduct::objectable(tx, &context, id)?;
            let group = groups::find_of(tx, &context, id)?;
            let sharings = asked::of_application(tx, &context, id)?;
            let context = context.clone();
            Ok(Found {
                context,
                application,
                session,
                channel,
                consent,
                objectable,
                group,
                sharings,
            })
        })
        .await
}

/// A key for a command of a form, made anew for each form.
pub(super) fn fresh_key() -> String {
    Token::draw().reveal().to_string()
}

/// Where it stands and what happens next.
///
/// # Errors
/// Faults of the store.
pub async fn get(seeker: Seeker) -> Result<Response, Error> {
    let found = find(&seeker).await?;
    show(&view::StatusPage::new(seeker.page(), &found)?)
}
