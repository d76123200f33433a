//! The join page, the room and the check of a device, for jobseekers and participants; the room
//! for staff.

pub mod check;
pub mod desk;
pub mod invitation;
pub mod join;
pub mod room;
pub mod sockets;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Participant;
use crate::app::{App, Context};
use crate::application;
use crate::error::{Error, Refusal};
use crate::people::Office;
use crate::web::request::{PARTICIPANT, token_in};
use crate::web::{Guest, Page};

/// A companion, interpreter or supporter who came by a link of their own.
#[derive(Clone)]
pub struct Invited {
    /// The frame of pages.
    pub guest: Guest,
    /// As what, and to which session.
    pub participant: Participant,
    /// The office of the session.
    pub office: Arc<Office>,
}

impl Invited {
    /// The frame of a page.
    pub fn page(&self) -> Page {
        self.guest.page_of(&self.office)
    }

    /// What a verb needs, now.
    pub fn context(&self) -> Context {
        self.guest.context(&self.office)
    }
}

impl FromRequestParts<App> for Invited {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let guest = Guest::from_request_parts(parts, app).await?;
        let token = token_in(&app.site, &guest.jar, PARTICIPANT).ok_or(Refusal::LinkGone)?;
        let shared = app.clone();
        let (participant, office) = app
            .store
            .read(move |tx| {
                let participant = super::participant(tx, &token)?;
                let context = shared.context(shared.office_of(tx, participant.office)?);
                let context = application::in_its_terms(tx, &context, participant.application)?;
                Ok::<_, Error>((participant, context.office))
            })
            .await?;
        Ok(Self { guest, participant, office })
    }
}
