//! Tells an open board that something changed, so that it fetches itself again.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, interval_at};

use super::admit;
use crate::app::App;
use crate::error::Error;
use crate::people;
use crate::secrets::Token;
use crate::store::Announcement;
use crate::web::Clerk;
use crate::web::request::{STAFF, token_in};

/// How often a board hears that time has passed, and its session is looked at.
const MINUTE: Duration = Duration::from_secs(60);

/// An open board.
struct Listener {
    app: App,
    notices: Receiver<Announcement>,
    minutes: Interval,
    office: String,
    session: Token,
}

/// `GET /desk/today/events`: server-sent events `changed` and `tick` for the clerk's own office,
/// until the clerk has signed out.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn get(clerk: Clerk) -> Result<Response, Error> {
    admit(&clerk)?;
    let app = clerk.guest.app.clone();
    let session = token_in(&app.site, &clerk.guest.jar, STAFF).ok_or(Error::SignInFirst)?;
    let listener = Listener {
        notices: app.store.listen(),
        minutes: interval_at(Instant::now() + MINUTE, MINUTE),
        office: clerk.office.slug.clone(),
        session,
        app,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let name = listener.next().await?;
        // Browsers drop an event without data.
        Some((Ok::<_, Infallible>(Event::default().event(name).data(name)), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

impl Listener {
    /// The name of the next event; none when nobody is signed in any more.
    async fn next(&mut self) -> Option<&'static str> {
        loop {
            tokio::select! {
                notice = self.notices.recv() => match notice {
                    Ok(notice) if self.concerns(&notice) => return Some("changed"),
                    Ok(_) => {}
                    // Something was missed: the board reads the store for the facts.
                    Err(RecvError::Lagged(_)) => return Some("changed"),
                    Err(RecvError::Closed) => return None,
                },
                _ = self.minutes.tick() => {
                    return self.is_signed_in().await.then_some("tick");
                }
            }
        }
    }

    fn concerns(&self, notice: &Announcement) -> bool {
        let of_own_board = notice.topic == "board" && notice.text == self.office;
        of_own_board || notice.topic == Announcement::RECONNECTED
    }

    async fn is_signed_in(&self) -> bool {
        let (digest, now) = (self.session.digest(), self.app.clock.now());
        let who = self.app.store.read(move |tx| people::who(tx, digest.as_str(), now));
        matches!(who.await, Ok(Some(_)))
    }
}
