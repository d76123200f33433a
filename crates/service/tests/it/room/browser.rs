//! A browser in a room: a WebSocket to a node that really listens.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rules::session::room::{FromBrowser, Stage, ToBrowser, View};
use service::app::App;
use service::application;
use service::error::Error;
use service::secrets::Token;
use service::web::routes;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::office::{Office, runtime};
use crate::visitor::Visitor;

/// How long an answer may take before a test says that it does not come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A node that listens on loopback and keeps its rooms; gone when dropped.
pub(crate) struct Node {
    pub(crate) app: App,
    pub(crate) at: SocketAddr,
    tasks: [tokio::task::JoinHandle<()>; 2],
}

impl Node {
    pub(crate) fn open(app: &App) -> Self {
        let listener = runtime().block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let at = listener.local_addr().expect("it is bound");
        let (app, site) = (app.clone(), routes::site(app.clone()));
        let serving = async move {
            let _ended = axum::serve(listener, site).await;
        };
        let tasks = [
            runtime().spawn(serving),
            runtime().spawn(service::session::listener::run(app.clone())),
        ];
        Self { app, at, tasks }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

/// Somebody's browser, with its cookies.
#[derive(Clone)]
pub(crate) struct Person {
    path: String,
    cookies: String,
}

impl Person {
    /// The jobseeker of an application, in a browser of their own.
    pub(crate) fn jobseeker(office: &Office, id: i64) -> Self {
        let visit = office.does(move |tx, context| {
            // Having come by the join page (article 11).
            application::consent_by_use(tx, context, id)?;
            application::begin(tx, id, context.now)
        });
        let mut visitor = Visitor::of(office);
        visitor.get("/");
        visitor.keep("madoguchi-visit", &visit.reveal());
        Self { path: "/join/socket".to_owned(), cookies: visitor.cookie_header() }
    }

    /// Somebody who takes part beside the jobseeker, by this link.
    pub(crate) fn participant(office: &Office, link: &str) -> Self {
        let mut visitor = Visitor::of(office);
        visitor.get("/");
        visitor.keep("madoguchi-participant", link);
        Self { path: "/take-part/socket".to_owned(), cookies: visitor.cookie_header() }
    }

    /// A member of staff at the room of a session.
    pub(crate) fn staff(office: &Office, login: &str, id: i64) -> Self {
        Self::clerk(&Visitor::clerk(office, login), id)
    }

    /// Somebody of the staff who is signed in, at the room of a session.
    pub(crate) fn clerk(clerk: &Visitor, id: i64) -> Self {
        let path = format!("/desk/sessions/{id}/room/socket");
        Self { path, cookies: clerk.cookie_header() }
    }

    /// The same browser, with another visit.
    pub(crate) fn by_another_visit(&self, visit: &Token) -> Self {
        let own = |cookie: &&str| !cookie.starts_with("madoguchi-visit=");
        let mut cookies: Vec<String> =
            self.cookies.split("; ").filter(own).map(str::to_owned).collect();
        cookies.push(format!("madoguchi-visit={}", *visit.reveal()));
        Self { cookies: cookies.join("; "), ..self.clone() }
    }

    /// The same member of staff, at another session's room.
    pub(crate) fn at_the_room_of(&self, id: i64) -> Self {
        Self { path: format!("/desk/sessions/{id}/room/socket"), ..self.clone() }
    }

    /// Opens a page of the room.
    pub(crate) fn comes(&self, node: &Node) -> Browser {
        self.tries(node, &format!("http://{}", node.at)).expect("the socket opens")
    }

    /// Opens a socket from a page of `origin`; the status of a refusal.
    pub(crate) fn tries(&self, node: &Node, origin: &str) -> Result<Browser, u16> {
        match runtime().block_on(self.opens_from(node.at, origin)) {
            Ok(socket) => Ok(Browser { socket, view: None }),
            Err(Failure::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }
}

impl Person {
    /// Opens a socket from our own page.
    pub(crate) async fn opens(&self, at: SocketAddr) -> Result<Socket, Failure> {
        self.opens_from(at, &format!("http://{at}")).await
    }

    async fn opens_from(&self, at: SocketAddr, origin: &str) -> Result<Socket, Failure> {
        let address = format!("ws://{at}{}", self.path);
        let mut request = address.into_client_request().expect("an address");
        let headers = request.headers_mut();
        headers.insert("cookie", HeaderValue::from_str(&self.cookies).expect("cookies"));
        headers.insert("origin", HeaderValue::from_str(origin).expect("an origin"));
        Ok(tokio_tungstenite::connect_async(request).await?.0)
    }
}

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
pub(crate) type Failure = tokio_tungstenite::tungstenite::Error;

/// One open page of the room.
pub(crate) struct Browser {
    socket: Socket,
    view: Option<View>,
}

impl Browser {
    pub(crate) fn says(&mut self, message: &FromBrowser) {
        let text = serde_json::to_string(message).expect("a message is plain data");
        self.says_text(&text);
    }

    pub(crate) fn says_text(&mut self, text: &str) {
        // A socket that was closed on the other side tells it when it is read.
        let _sent = runtime().block_on(self.socket.send(Message::text(text)));
    }

    /// The next message; none once the socket is closed.
    pub(crate) fn hears(&mut self) -> Option<ToBrowser> {
        runtime().block_on(async {
            loop {
                let next = tokio::time::timeout(PATIENCE, self.socket.next()).await;
                match next.expect("nothing is heard any more") {
                    Some(Ok(Message::Text(text))) => {
                        let message = serde_json::from_str(text.as_str()).expect("a message");
                        if let ToBrowser::State(view) = &message {
                            self.view = Some((**view).clone());
                        }
                        return Some(message);
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
        })
    }

    /// Hears until a message is the wanted one; what was heard before it is returned with it.
    pub(crate) fn until(
        &mut self,
        wanted: impl Fn(&ToBrowser) -> bool,
    ) -> (Vec<ToBrowser>, ToBrowser) {
        let mut before = Vec::new();
        loop {
            let message = self.hears().unwrap_or_else(|| panic!("closed after {before:?}"));
            if wanted(&message) {
                return (before, message);
            }
            before.push(message);
        }
    }

    /// Hears until the view is the wanted one.
    pub(crate) fn sees(&mut self, wanted: impl Fn(&View) -> bool) -> View {
        if let Some(view) = self.view.clone().filter(|view| wanted(view)) {
            return view;
        }
        let is_wanted =
            |message: &ToBrowser| matches!(message, ToBrowser::State(view) if wanted(view));
        self.until(is_wanted);
        self.view.clone().expect("a view was just heard")
    }

    /// Hears until the socket is closed, and why.
    pub(crate) fn is_closed(&mut self) -> rules::session::room::Closing {
        let (_, last) = self.until(|message| matches!(message, ToBrowser::Closed { .. }));
        let ToBrowser::Closed { why, .. } = last else { unreachable!("it was just looked at") };
        assert_eq!(self.hears(), None, "something is said after the end");
        why
    }

    /// What is under the page.
    pub(crate) fn into_socket(self) -> Socket {
        self.socket
    }

    /// Closes the tab.
    pub(crate) fn goes(mut self) {
        let _closed = runtime().block_on(self.socket.close(None));
    }
}

pub(crate) fn waits(view: &View) -> bool {
    matches!(view.stage, Stage::Waiting { .. })
}

pub(crate) fn is_in(view: &View) -> bool {
    matches!(view.stage, Stage::Admitted { .. })
}

/// Whether somebody else is in the call with this browser.
pub(crate) fn meets(view: &View) -> bool {
    matches!(&view.stage, Stage::Admitted { peers, .. } if !peers.is_empty())
}

pub(crate) fn fault<T>(answer: Result<T, Error>) -> T {
    answer.unwrap_or_else(|error| panic!("{error:?}"))
}
