//! Where somebody can go who met an error: whose page it was, and the nearest page that works.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum_extra::extract::cookie::CookieJar;

use super::request::{DRAFT, VISIT, token_in};
use crate::app::App;
use crate::application;
use crate::error::Error;
use crate::people::{self, Office};
use crate::words::key;

/// An error's page does not wait for a store that may be what failed.
const OFFICE_WITHIN: Duration = Duration::from_secs(1);

/// What was asked when the error was met.
pub(super) struct Asked {
    /// Path and query.
    pub(super) address: String,
    path: String,
    is_get: bool,
    jar: CookieJar,
}

/// Whose page it was.
#[derive(Default)]
pub(super) struct Place {
    /// The office, where one is known.
    pub(super) office: Option<Arc<Office>>,
    /// Whether the page of an application can be opened in this browser.
    has_visit: bool,
}

/// A link that leads on.
pub(super) struct Way {
    pub(super) address: String,
    /// The key of its wording.
    pub(super) label: &'static str,
}

impl Asked {
    /// Remembers what an error's page will need.
    pub(super) fn of(request: &Request) -> Self {
        let uri = request.uri();
        Self {
            address: uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(),
            path: uri.path().to_owned(),
            is_get: request.method() == Method::GET,
            jar: CookieJar::from_headers(request.headers()),
        }
    }

    /// The office of the address, of the visit, or the only one. The desk has its own frame.
    pub(super) async fn place(&self, app: &App) -> Place {
        if self.path.starts_with("/desk") {
            return Place::default();
        }
        let found = tokio::time::timeout(OFFICE_WITHIN, self.find(app)).await;
        found.ok().and_then(Result::ok).unwrap_or_default()
    }

    async fn find(&self, app: &App) -> Result<Place, Error> {
        if let Some(slug) = self.slug()
            && let Ok(office) = app.office(slug).await
        {
            return Ok(Place { office: Some(office), has_visit: false });
        }
        let token = token_in(&app.site, &self.jar, VISIT);
        let (shared, now) = (app.clone(), app.clock.now());
        let read = app.store.read(move |tx| {
            let visit = token.as_ref().and_then(|it| application::visit(tx, it, now).ok());
            let visited = visit.map(|visit| shared.office_of(tx, visit.office)).transpose()?;
            Ok::<_, Error>((visited, people::offices(tx)?))
        });
        let (visited, offices) = read.await?;
        let office = match (&visited, offices.as_slice()) {
            (Some(office), _) => Some(Arc::clone(office)),
            (None, [(only, _)]) => Some(app.office(only).await?),
            (None, _) => None,
        };
        Ok(Place { office, has_visit: visited.is_some() })
    }

    /// The short name of the office in the address.
    fn slug(&self) -> Option<&str> {
        self.path.strip_prefix("/offices/")?.split('/').next()
    }

    /// Links, the nearest page first and the office's own last.
    pub(super) fn ways_on(&self, app: &App, place: &Place, status: StatusCode) -> Vec<Way> {
        let mut ways = Vec::new();
        let mut add = |address: &str, label| ways.push(Way { address: address.to_owned(), label });
        let is_here = self.path.starts_with('/') && !self.path.starts_with("//");
        if self.is_get && is_here && status == StatusCode::SERVICE_UNAVAILABLE {
            add(&self.address, key!("errors-try-again"));
        }
        if self.path.starts_with("/status") && place.has_visit {
            add("/status", key!("status-to-page"));
        }
        let home = place.office.as_ref().map(|office| format!("/offices/{}", office.slug));
        let apply = home.as_ref().map(|home| format!("{home}/apply"));
        let has_draft = token_in(&app.site, &self.jar, DRAFT).is_some();
        if let Some(apply) = apply.filter(|it| has_draft && self.path.starts_with(it.as_str())) {
            // A step is shown with what was typed there; an act on it has no page of its own.
            let is_step = self.path != apply && !self.path.ends_with("/remove");
            if !self.is_get && is_step {
                add(&self.path, key!("errors-go-back"));
            } else {
                add(&apply, key!("office-resume"));
            }
        }
        add(home.as_deref().unwrap_or("/"), key!("errors-start-again"));
        ways
    }
}
