//! The relay, met as a browser meets it, on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::net::UdpSocket;
use tokio::time::timeout;
use turn::client::{Client, ClientConfig};
use webrtc_util::Conn;

use super::*;

const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Each test has ports of its own.
static NEXT: AtomicU16 = AtomicU16::new(42_000);

/// How long a packet on loopback may take before it is said not to come.
const SOON: Duration = Duration::from_millis(300);

struct Opened {
    relay: Relay,
    relays: Relays,
    at: SocketAddr,
}

async fn open() -> Opened {
    let first = NEXT.fetch_add(10, Ordering::Relaxed);
    let probe = UdpSocket::bind((LOOPBACK, 0)).await.expect("a free port");
    let listen = probe.local_addr().expect("it is bound");
    drop(probe);
    let settings = RelaySettings { listen, public: LOOPBACK, ports: first..=first + 9 };
    let relays = Relays::new(vec![format!("turn:{listen}")], *b"a secret of the tests");
    let relay = Relay::open(&settings, &relays).await.expect("the port is free");
    Opened { relay, relays, at: listen }
}

async fn client(at: SocketAddr, credential: &Credential) -> Client {
    let socket = UdpSocket::bind((LOOPBACK, 0)).await.expect("a free port");
    let client = Client::new(ClientConfig {
        stun_serv_addr: String::new(),
        turn_serv_addr: at.to_string(),
        username: credential.username.clone(),
        password: credential.credential.clone(),
        realm: REALM.to_owned(),
        software: String::new(),
        rto_in_ms: 0,
        conn: Arc::new(socket),
        vnet: None,
    });
    let client = client.await.expect("a client");
    client.listen().await.expect("it listens");
    client
}

/// What arrives soon, if anything does.
async fn heard(at: &(impl Conn + ?Sized)) -> Option<(Vec<u8>, SocketAddr)> {
    let mut buffer = [0; 1500];
    let (length, from) = timeout(SOON, at.recv_from(&mut buffer)).await.ok()?.ok()?;
    Some((buffer[..length].to_vec(), from))
}

#[tokio::test]
async fn two_browsers_meet_over_the_relay() {
    let Opened { relay, relays, at } = open().await;
    let mut clients = Vec::new();
    for whose in ["one", "other"] {
        clients.push(client(at, &relays.credential(whose)).await);
    }
    let one = clients[0].allocate().await.expect("an allocation");
    let other = clients[1].allocate().await.expect("an allocation");
    let (one_at, other_at) = (one.local_addr().unwrap(), other.local_addr().unwrap());
    // Each lets the other in, as ICE does with its first packets.
    other.send_to(b"hello", one_at).await.expect("it is sent");
    one.send_to(b"here I am", other_at).await.expect("it is sent");
    let (said, from) = heard(&other).await.expect("the packet came through");
    assert_eq!((said.as_slice(), from), (b"here I am".as_slice(), one_at));
    relay.close().await;
}

#[tokio::test]
async fn the_relay_reaches_nothing_but_itself() {
    let Opened { relay, relays, at } = open().await;
    let inner = UdpSocket::bind((LOOPBACK, 0)).await.expect("a free port");
    let inner_at = inner.local_addr().unwrap();
    let browser = client(at, &relays.credential("one")).await;
    let relayed = browser.allocate().await.expect("an allocation");
    for target in [inner_at, at] {
        relayed.send_to(b"let me in", target).await.expect("it is taken");
    }
    assert_eq!(heard(&inner).await, None, "the relay reached into its own network");
    // Nor does it let in what comes from elsewhere, permission or not.
    inner.send_to(b"from outside", relayed.local_addr().unwrap()).await.expect("it is sent");
    assert_eq!(heard(&relayed).await, None, "the relay let a stranger in");
    relay.close().await;
}

#[tokio::test]
async fn credentials_are_the_relays_own_and_expire() {
    let Opened { relay, relays, at } = open().await;
    let now = Clock::system().now();
    let strangers = Relays::new(Vec::new(), *b"another secret");
    let long_ago = now.saturating_sub(LASTS + SignedDuration::from_secs(1)).unwrap();
    let unnamed = Credential { username: "nobody".to_owned(), ..relays.credential("one") };
    let refused =
        [strangers.credential("one"), relays.credential_from("one", long_ago, LASTS), unnamed];
    for credential in refused {
        let browser = client(at, &credential).await;
        assert!(browser.allocate().await.is_err(), "{}", credential.username);
    }
    relay.close().await;
}

#[test]
fn a_name_says_until_when_it_works() {
    let now = "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap();
    let check = |name: &str, fresh| assert_eq!(is_fresh(name, now), fresh, "{name}");
    let second = now.as_second();
    check(&format!("{}:a", second + 1), true);
    check(&format!("{second}:a"), false);
    check(&format!("{}:a", second - 1), false);
    check(&format!("{}", second + 1), false);
    check("", false);
    check(":", false);
    check("99999999999999999999:a", false);
    let relays = Relays::new(Vec::new(), *b"secret");
    assert!(is_fresh(&relays.credential_from("a", now, LASTS).username, now));
    // As `use-auth-secret` of coturn computes it: base64(HMAC-SHA1(secret, username)).
    assert_eq!(relays.password("1700000000:a"), "3BYHAowNdl7aYyxYHgYptWA5YxM=");
}
