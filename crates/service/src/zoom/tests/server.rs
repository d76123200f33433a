//! A server that answers from a list, and keeps what it was asked.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::Value;

/// An answer, octet by octet; none: nothing is answered, and the line stays open.
#[derive(Clone)]
pub(super) struct Reply(Option<Vec<u8>>);

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::plain(status, &[], &body.to_string())
    }

    pub(super) fn plain(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let more: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\n{more}");
        Self(Some(format!("{head}connection: close\r\n\r\n{body}").into_bytes()))
    }

    /// The line ends before the body does.
    pub(super) fn cut(status: u16) -> Self {
        let cut = format!("HTTP/1.1 {status} x\r\ncontent-length: 100\r\n\r\n{{\"id\":8");
        Self(Some(cut.into_bytes()))
    }

    pub(super) fn silence() -> Self {
        Self(None)
    }
}

/// What was asked: the first line, the headers in small letters, the body.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: String,
    pub(super) body: String,
}

pub(super) struct Server {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    _thread: JoinHandle<()>,
}

impl Server {
    pub(super) fn start(replies: impl FnOnce(&str) -> Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("it listens");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let replies = replies(&url);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        let thread = thread::spawn(move || {
            let mut open = Vec::new();
            for reply in replies {
                let Ok((mut line, _)) = listener.accept() else { return };
                kept.lock().expect("kept").push(read(&mut line));
                match reply.0 {
                    Some(octets) => drop(line.write_all(&octets)),
                    None => open.push(line),
                }
            }
            // Whoever asks more often than was expected is refused, as nobody listens any more;
            // lines without an answer stay open as long as somebody waits on them.
            for mut line in open {
                let _ = line.read(&mut [0]);
            }
        });
        Self { url, asked, _thread: thread }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("kept").clone()
    }
}

fn read(line: &mut TcpStream) -> Asked {
    let mut said = Vec::new();
    let mut octets = [0; 4096];
    loop {
        let count = line.read(&mut octets).unwrap_or(0);
        said.extend_from_slice(&octets[..count]);
        let text = String::from_utf8_lossy(&said).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            assert!(count > 0, "the line ended in the middle of a head");
            continue;
        };
        let small = head.to_lowercase();
        let length = small.lines().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
        if count == 0 || body.len() >= length.unwrap_or(0) {
            let first = head.lines().next().unwrap_or_default().to_owned();
            return Asked { line: first, headers: small, body: body.to_owned() };
        }
    }
}
