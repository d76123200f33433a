//! One request to Zoom, and what came back: the bytes on the line.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use jiff::Timestamp;
use ureq::config::Config;
use ureq::http::{Method, Request, Response, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Proxy};
use zeroize::Zeroizing;

use super::failure::{Failure, Silence};
use super::rates::too_many;

/// How long Zoom may take.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// To be reached.
    pub(super) connect: Duration,
    /// For a whole call, the connection included.
    pub(super) whole: Duration,
}

/// A network that lets nothing through is found out before a person at the desk gives up.
const CONNECT_AT_MOST: Duration = Duration::from_secs(5);

/// As long as a mail server has for a step. Zoom answers within two seconds when it is well, and
/// the thread that asks has other things to do.
const WHOLE_AT_MOST: Duration = Duration::from_secs(20);

/// Ten times the longest page of a list; more than this is not an answer to what was asked.
const BODY_AT_MOST: u64 = 1024 * 1024;

impl Limits {
    pub(super) const USUAL: Self = Self { connect: CONNECT_AT_MOST, whole: WHOLE_AT_MOST };
}

/// Whether secrets may go there: over TLS, or within this machine.
pub(super) fn is_safe(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before it is a name and a password, and not where it goes.
    if authority.contains('@') {
        return false;
    }
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    match scheme {
        "https" => !host.is_empty(),
        "http" => matches!(host, "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    }
}

/// What talks to Zoom at `oauth_url`. It trusts whom the machine trusts, goes by the proxy of the
/// environment (`HTTPS_PROXY`, `NO_PROXY`), and follows no redirect: a token goes nowhere else.
///
/// # Errors
/// A sentence for the administrator: the address is not safe, or the machine trusts nobody.
pub(super) fn agent(oauth_url: &str, limits: Limits) -> anyhow::Result<Agent> {
    ensure!(is_safe(oauth_url), "the address of Zoom must begin with https://");
    // Nobody has to be trusted for what stays within this machine, and no proxy may see it.
    let (roots, proxy) = match oauth_url.starts_with("https://") {
        true => (trusted_by_this_machine()?, Proxy::try_from_env()),
        false => (Vec::new(), None),
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::from(roots))
        .unversioned_rustls_crypto_provider(provider)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(proxy)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_resolve(Some(limits.connect))
        .timeout_connect(Some(limits.connect))
        .timeout_global(Some(limits.whole))
        .user_agent(concat!("madoguchi/", env!("CARGO_PKG_VERSION")))
        .accept("application/json")
        .build();
    Ok(Agent::with_parts(config, DefaultConnector::new(), Names(DefaultResolver::default())))
}

/// Tells a name that is not found from a line that broke: ureq has one error for both.
#[derive(Debug)]
struct Names(DefaultResolver);

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.0.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })
    }
}

fn trusted_by_this_machine() -> anyhow::Result<Vec<Certificate<'static>>> {
    let found = rustls_native_certs::load_native_certs().certs;
    let parsable = |der: &rustls::pki_types::CertificateDer<'static>| {
        rustls::RootCertStore::empty().add(der.clone()).is_ok()
    };
    let trusted = found.iter().filter(|der| parsable(der));
    let roots: Vec<_> = trusted.map(|der| Certificate::from_der(der).to_owned()).collect();
    ensure!(!roots.is_empty(), "this machine trusts no certificates, so no TLS to Zoom");
    Ok(roots)
}

/// What is sent.
pub(super) struct Sent<'a> {
    pub(super) method: Method,
    /// With its query.
    pub(super) url: String,
    pub(super) authorization: &'a Zeroizing<String>,
    /// The type of its content, and the content.
    pub(super) body: Option<(&'static str, &'a [u8])>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// What Zoom's support asks for, `x-zm-trackingid`; empty if there was none.
    pub(super) tracking: String,
    kind_of_limit: Option<String>,
    retry_after: Option<String>,
}

impl Answer {
    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// For a status of 429.
    pub(super) fn too_many(&self, now: Timestamp) -> Failure {
        too_many(self.kind_of_limit.as_deref(), self.retry_after.as_deref(), now)
    }
}

/// Sends it, once, and waits.
///
/// # Errors
/// [`Failure::Unanswered`], and [`Failure::Unreadable`] for an answer that has no end.
pub(super) fn send(agent: &Agent, sent: Sent<'_>) -> Result<Answer, Failure> {
    let not_sent = || Failure::Unanswered(Silence::NotSent);
    let mut authorization =
        header::HeaderValue::from_str(sent.authorization).map_err(|_| not_sent())?;
    authorization.set_sensitive(true);
    let request = Request::builder()
        .method(sent.method)
        .uri(&sent.url)
        .header(header::AUTHORIZATION, authorization);
    let response = match sent.body {
        Some((kind, octets)) => {
            let request = request.header(header::CONTENT_TYPE, kind).body(octets);
            agent.run(request.map_err(|_| not_sent())?)
        }
        None => agent.run(request.body(()).map_err(|_| not_sent())?),
    };
    read(response.map_err(|error| unheard(&error))?)
}

/// Sends a message to an address of our own, as Zoom would. Answers status and body.
///
/// # Errors
/// [`Failure::Unanswered`], [`Failure::Unreadable`].
pub(super) fn knock(
    agent: &Agent,
    url: &str,
    headers: [(&str, String); 2],
    body: &[u8],
) -> Result<(u16, Vec<u8>), Failure> {
    let not_sent = |_| Failure::Unanswered(Silence::NotSent);
    let request = Request::builder().method(Method::POST).uri(url);
    let request = headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, value.as_str()));
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let response = agent.run(request.body(body).map_err(not_sent)?);
    let answer = read(response.map_err(|error| unheard(&error))?)?;
    Ok((answer.status, answer.body))
}

fn read(mut response: Response<ureq::Body>) -> Result<Answer, Failure> {
    let of = |name: &str| {
        let text = response.headers().get(name)?.to_str().ok()?;
        Some(text.to_owned())
    };
    let tracking = of("x-zm-trackingid").unwrap_or_default();
    let (kind_of_limit, retry_after) = (of("x-ratelimit-type"), of("retry-after"));
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(BODY_AT_MOST).read_to_vec();
    let body = body.map_err(|error| unheard(&error))?;
    Ok(Answer { status, body, tracking: one_word(&tracking), kind_of_limit, retry_after })
}

/// What is fit for a log: printable ASCII without blanks, and not much of it.
pub(super) fn one_word(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(64).collect()
}

/// What an error of the line means. Whatever is not surely from before the request counts as from
/// after it.
fn unheard(error: &ureq::Error) -> Failure {
    use ureq::Timeout::{Connect, Resolve};
    Failure::Unanswered(match error {
        ureq::Error::Timeout(Connect | Resolve)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_) => Silence::NotConnected,
        ureq::Error::Timeout(_) => Silence::TimedOut,
        ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl => {
            Silence::NotSent
        }
        ureq::Error::Rustls(error) => of_tls(error),
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => Silence::Untrusted,
        ureq::Error::Io(error) => of_line(error),
        ureq::Error::BodyExceedsLimit(_) => return Failure::unreadable("longer than 1 MiB"),
        _ => Silence::Broken,
    })
}

fn of_line(error: &io::Error) -> Silence {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match (inner, error.kind()) {
        (Some(error), _) => of_tls(error),
        // Only an attempt to connect can be refused.
        (None, io::ErrorKind::ConnectionRefused) => Silence::NotConnected,
        (None, io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => Silence::TimedOut,
        _ => Silence::Broken,
    }
}

/// A certificate is looked at before the request is sent.
fn of_tls(error: &rustls::Error) -> Silence {
    match error {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            Silence::Untrusted
        }
        _ => Silence::Broken,
    }
}

/// A part of a path, with everything escaped that could end it.
pub(super) fn segment(text: &str) -> String {
    let mut escaped = String::new();
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(octet));
        } else {
            escaped.push_str(&format!("%{octet:02X}"));
        }
    }
    escaped
}
