//! Where letters go: a mail server, or only the outbox.

use std::fmt;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use lettre::address::Envelope;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::{self, SmtpTransport};
use lettre::{Address, Message, Transport};
use zeroize::Zeroizing;

use super::section::one_line;
use super::{CalendarText, Written};
use crate::app::Site;

/// How the way to the mail server is kept secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Plain at first, then TLS, or nothing is sent (RFC 3207).
    #[default]
    Starttls,
    /// TLS from the first octet (RFC 8314).
    Tls,
    /// Plain. Only to a server on this machine.
    None,
}

/// How to reach the mail server. Holds a password: no `Debug`.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept secret.
    pub security: Security,
    /// The login, if the server wants one, with its password.
    pub login: Option<(String, Zeroizing<String>)>,
    /// How long each step may take.
    pub timeout: Duration,
}

/// How long a mail server may take for each step of the conversation.
pub const STEP_AT_MOST: Duration = Duration::from_secs(20);

/// Why a mail server cannot be used as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostRefusal {
    /// Without TLS only to this machine itself.
    PlainToAnotherMachine,
    /// The name is none that a certificate could be for, or no root certificates are found.
    Tls,
}

impl fmt::Display for PostRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::PlainToAnotherMachine => {
                "letters leave this machine over TLS only: set the security to starttls or tls"
            }
            Self::Tls => "TLS to the mail server cannot be prepared: check its name",
        })
    }
}

impl std::error::Error for PostRefusal {}

/// How far a letter got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server has it, or the outbox.
    Sent,
    /// There is no address: staff print it or read it aloud.
    ByHand,
    /// Not now. The reason holds no personal data.
    Later(String),
    /// Not at all. The reason holds no personal data.
    Never(String),
}

/// Where letters go.
pub enum Post {
    /// A mail server.
    Smtp(SmtpTransport),
    /// Nowhere: they are read in the store (the demo).
    Outbox,
    /// Nowhere: staff print them or read them aloud (an office without a mail server).
    ByHand,
}

impl fmt::Debug for Post {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Smtp(_) => "Post::Smtp",
            Self::Outbox => "Post::Outbox",
            Self::ByHand => "Post::ByHand",
        })
    }
}

impl Post {
    /// A way to a mail server. Connects when the first letter is sent, and keeps connections.
    ///
    /// # Errors
    /// [`PostRefusal`].
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, PostRefusal> {
        let host = settings.host.as_str();
        let builder = match settings.security {
            Security::Starttls => {
                SmtpTransport::starttls_relay(host).map_err(|_| PostRefusal::Tls)?
            }
            Security::Tls => SmtpTransport::relay(host).map_err(|_| PostRefusal::Tls)?,
            Security::None if is_this_machine(host) => SmtpTransport::builder_dangerous(host),
            Security::None => return Err(PostRefusal::PlainToAnotherMachine),
        };
        let mut builder = builder.port(settings.port).timeout(Some(settings.timeout));
        if let Some((user, password)) = &settings.login {
            let password = password.as_str().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self::Smtp(builder.build()))
    }

    /// Sends a letter to its one recipient. Blocks; belongs outside every unit of work.
    pub fn send(&self, site: &Site, written: &Written) -> Delivery {
        let Some(to) = &written.to else { return Delivery::ByHand };
        let transport = match self {
            Self::Smtp(transport) => transport,
            Self::Outbox => return Delivery::Sent,
            Self::ByHand => return Delivery::ByHand,
        };
        let Ok(to) = to.reveal().parse::<Address>() else {
            return Delivery::Never("address".to_owned());
        };
        let message = match message(site, written, to) {
            Ok(message) => message,
            Err(reason) => return Delivery::Later(reason.to_owned()),
        };
        match transport.send(&message) {
            Ok(_) => Delivery::Sent,
            Err(error) => not_sent(&error),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Replies that speak of us and our login, not of the recipient (RFC 4954): somebody will mend
/// the configuration, so the letter waits.
const OUR_OWN_FAULT: [u16; 5] = [454, 530, 534, 535, 538];

/// What a failure means. Only the code and the kind are kept: replies quote addresses.
fn not_sent(error: &smtp::Error) -> Delivery {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        let reason = format!("smtp {code}");
        let is_final = error.is_permanent() && !OUR_OWN_FAULT.contains(&code);
        return if is_final { Delivery::Never(reason) } else { Delivery::Later(reason) };
    }
    let kind = if error.is_timeout() {
        "timeout"
    } else if error.is_tls() {
        "tls"
    } else if error.is_response() {
        "reply"
    } else if error.is_client() {
        "client"
    } else {
        "network"
    };
    Delivery::Later(format!("smtp {kind}"))
}

/// The message as it leaves: one recipient, text and HTML, and the calendar entry beside them, so
/// that no mail program shows the entry in place of the letter.
pub(super) fn message(
    site: &Site,
    written: &Written,
    to: Address,
) -> Result<Message, &'static str> {
    let from = sender(site).ok_or("sender")?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.clone()]);
    let letter = MultiPart::alternative()
        .singlepart(SinglePart::plain(written.text.clone()))
        .singlepart(SinglePart::html(written.html.clone()));
    let body = match &written.calendar {
        Some(calendar) => MultiPart::mixed().multipart(letter).singlepart(attachment(calendar)?),
        None => letter,
    };
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .envelope(envelope.map_err(|_| "envelope")?)
        .subject(one_line(&written.subject))
        .message_id(Some(written.message_id.clone()))
        .date(SystemTime::from(written.written_at))
        .header(AutoSubmitted)
        .multipart(body)
        .map_err(|_| "message")
}

fn attachment(calendar: &CalendarText) -> Result<SinglePart, &'static str> {
    let method = calendar.method.word();
    let kind = format!("text/calendar; charset=utf-8; method={method}; component=VEVENT");
    let kind = ContentType::parse(&kind).map_err(|_| "calendar")?;
    Ok(Attachment::new("calendar.ics".to_owned()).body(calendar.text.clone(), kind))
}

/// Tells other machines that no person wrote this, so that none answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Who sends letters, as the configuration says; nobody in an office without a mail server.
pub(super) fn sender(site: &Site) -> Option<Mailbox> {
    site.mail_from.parse().ok()
}

/// Whether letters can be sent in this name: `窓口 <madoguchi@example.jp>`.
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// The site's host, for identifiers of letters and calendar entries.
pub(super) fn host(site: &Site) -> &str {
    let (_, rest) = site.public_url.split_once("://").unwrap_or_default();
    let host = rest.split(['/', ':', '?', '#', '@']).next().unwrap_or_default();
    let named = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if !host.is_empty() && host.chars().all(named) { host } else { "localhost" }
}
