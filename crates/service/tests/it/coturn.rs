//! coturn with the configuration that docs/relay/turnserver.conf gives for production: it takes the
//! credentials of this program, and is no door into the network that it stands in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use service::clock::Clock;
use service::session::relay::{Credential, Relays};
use tempfile::TempDir;
use tokio::net::UdpSocket;
use tokio::time::timeout;
use turn::client::{Client, ClientConfig};
use webrtc_util::Conn;

use crate::office::runtime;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/relay/turnserver.conf");
const OWN: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Another machine of the inner network, as coturn sees it.
const INNER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const SECRET: &str = "a secret of the tests";
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a packet on loopback may take before it is said not to come.
const SOON: Duration = Duration::from_millis(300);

/// coturn while it runs; ended when dropped.
struct Coturn {
    child: Child,
    at: SocketAddr,
    _folder: TempDir,
}

impl Drop for Coturn {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The sample with the addresses of this machine, and without TLS, for which it has no certificate.
fn filled_in(port: u16, left_out: &str) -> String {
    let sample = std::fs::read_to_string(SAMPLE).expect("the sample is there");
    let mut lines: Vec<String> = Vec::new();
    for line in sample.lines() {
        let (name, _) = line.split_once('=').unwrap_or((line, ""));
        lines.push(match name {
            "listening-ip" | "relay-ip" | "allowed-peer-ip" => format!("{name}={OWN}"),
            "listening-port" => format!("{name}={port}"),
            "static-auth-secret" => format!("{name}={SECRET}"),
            "tls-listening-port" | "cert" | "pkey" => continue,
            name if name == left_out => continue,
            _ => line.to_owned(),
        });
    }
    // Loopback is no network to coturn; in these tests it is the only one.
    lines.extend(["allow-loopback-peers", "no-tls", "no-dtls"].map(str::to_owned));
    lines.join("\n")
}

fn start() -> Coturn {
    start_without("nothing")
}

fn start_without(left_out: &str) -> Coturn {
    let probe = std::net::UdpSocket::bind((OWN, 0)).expect("a free port");
    let at = probe.local_addr().expect("it is bound");
    drop(probe);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("turnserver.conf");
    std::fs::write(&file, filled_in(at.port(), left_out)).expect("a configuration");
    let mut command = Command::new("turnserver");
    command.arg("-c").arg(&file).arg("--pidfile").arg(folder.path().join("pid"));
    command.arg("--db").arg(folder.path().join("users.db")).current_dir(folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().expect("coturn is installed (cargo xtask ci sees to it)");
    let coturn = Coturn { child, at, _folder: folder };
    let began = Instant::now();
    while std::net::TcpStream::connect(at).is_err() {
        assert!(began.elapsed() < PATIENCE, "coturn does not listen");
        std::thread::yield_now();
    }
    coturn
}

async fn client(at: SocketAddr, credential: &Credential) -> Client {
    let socket = UdpSocket::bind((OWN, 0)).await.expect("a free port");
    let client = Client::new(ClientConfig {
        stun_serv_addr: String::new(),
        turn_serv_addr: at.to_string(),
        username: credential.username.clone(),
        password: credential.credential.clone(),
        realm: "madoguchi".to_owned(),
        software: String::new(),
        rto_in_ms: 0,
        conn: Arc::new(socket),
        vnet: None,
    });
    let client = client.await.expect("a client");
    client.listen().await.expect("it listens");
    client
}

/// An address at the relay. A coturn that has just opened its port may answer its first question
/// with an error that asks for no credentials: it is asked again, by a client that has not heard
/// that answer.
async fn allocated(at: SocketAddr, credential: &Credential) -> (Client, impl Conn + use<>) {
    let began = Instant::now();
    loop {
        let client = client(at, credential).await;
        match client.allocate().await {
            Ok(relayed) => return (client, relayed),
            Err(error) => assert!(began.elapsed() < PATIENCE, "no allocation: {error}"),
        }
    }
}

/// What arrives soon, if anything does.
async fn heard(at: &(impl Conn + ?Sized)) -> Option<Vec<u8>> {
    let mut buffer = [0; 1500];
    let (length, _) = timeout(SOON, at.recv_from(&mut buffer)).await.ok()?.ok()?;
    Some(buffer[..length].to_vec())
}

#[test]
fn the_sample_denies_every_peer_but_itself() {
    let sample = std::fs::read_to_string(Path::new(SAMPLE)).expect("the sample is there");
    let has = |line: &str| sample.lines().any(|it| it == line);
    for line in [
        "use-auth-secret",
        "no-tcp-relay",
        "no-multicast-peers",
        "no-cli",
        "denied-peer-ip=0.0.0.0-255.255.255.255",
        "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ] {
        assert!(has(line), "{line}");
    }
    let allowed = sample.lines().filter(|line| line.starts_with("allowed-peer-ip=")).count();
    assert_eq!(allowed, 1, "one relay, one address");
}

#[test]
fn two_meet_over_coturn_and_reach_nothing_else() {
    assert_eq!(what_reaches_the_inner_network(&start()), None);
    // The control: it is the sample's denial that keeps it in.
    let open = start_without("denied-peer-ip");
    assert_eq!(what_reaches_the_inner_network(&open).as_deref(), Some(b"let me in".as_slice()));
}

fn what_reaches_the_inner_network(coturn: &Coturn) -> Option<Vec<u8>> {
    let relays = Relays::new(Vec::new(), SECRET);
    runtime().block_on(async {
        let (first, second) = (relays.credential("one"), relays.credential("other"));
        // The clients are kept as long as what they were given.
        let (_first, one) = allocated(coturn.at, &first).await;
        let (_second, other) = allocated(coturn.at, &second).await;
        let (one_at, other_at) =
            (one.local_addr().expect("an address"), other.local_addr().expect("an address"));
        other.send_to(b"hello", one_at).await.expect("it is sent");
        one.send_to(b"here I am", other_at).await.expect("it is sent");
        assert_eq!(heard(&other).await.as_deref(), Some(b"here I am".as_slice()));
        let inner = UdpSocket::bind((INNER, 0)).await.expect("a free port");
        let _sent = one.send_to(b"let me in", inner.local_addr().expect("an address")).await;
        heard(&inner).await
    })
}

#[test]
fn coturn_refuses_credentials_of_strangers_and_of_long_ago() {
    let coturn = start();
    let now = Clock::system().now();
    let long_ago = now.saturating_sub(SignedDuration::from_hours(3)).expect("an instant");
    let strangers = Relays::new(Vec::new(), "another secret").credential("one");
    let expired = Relays::new(Vec::new(), SECRET).credential_from(
        "one",
        long_ago,
        SignedDuration::from_hours(2),
    );
    runtime().block_on(async {
        for credential in [strangers, expired] {
            let refused = client(coturn.at, &credential).await.allocate().await;
            assert!(refused.is_err(), "{}", credential.username);
        }
    });
}
