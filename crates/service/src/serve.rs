//! The running service: one listener, the hands that keep time and carry duties out, a
//! graceful end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::App;
use crate::duties::{self, Carrier, Hands};
use crate::letters::Post;
use crate::session;
use crate::web;

/// Connections that are still open this long after the end was asked for are cut. Pages are
/// answered long before; only the board's stream of events stays open.
const LINGERS: Duration = Duration::from_secs(5);

/// Serves until the process is asked to end. Answers once everything taken up is finished.
///
/// # Errors
/// The address cannot be listened on, or the process cannot be asked to end.
pub async fn serve(app: App, post: Post, listen: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("{listen} cannot be listened on; is another program there?"))?;
    // Which port it is when the configuration left it open (port 0).
    let listen = listener.local_addr()?;
    // Before it is said that the window is open: whoever hears that may want it closed at once.
    let asked = asked_to_end().context("the wish to end cannot be heard")?;
    let started = app.clone();
    tokio::task::spawn_blocking(move || duties::note_absence(&started))
        .await?
        .map_err(|error| anyhow::anyhow!("whether anybody was kept away: {error:?}"))?;
    let hands = Hands::start(Carrier { app: app.clone(), post: Arc::new(post) });
    let listener_of_rooms = tokio::spawn(session::listener::run(app.clone()));
    tracing::info!(%listen, url = app.site.public_url, "the window is open");
    let site = web::routes::site(app.clone());
    let ending = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&ending);
    let rooms = app.rooms.clone();
    let server = axum::serve(listener, site).with_graceful_shutdown(async move {
        asked.await;
        rooms.close();
        told.notify_one();
    });
    tokio::select! {
        ended = async { server.await } => ended?,
        () = async { ending.notified().await; tokio::time::sleep(LINGERS).await } => {}
    }
    listener_of_rooms.abort();
    tokio::task::spawn_blocking(move || {
        hands.stop();
        app.store.close();
    })
    .await?;
    tracing::info!("the window is closed");
    Ok(())
}

/// Listens from now on for the wish to end: Ctrl-C, or the signal of a service manager.
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
