//! A server on this machine that answers from a list, in order, and writes down what it was asked.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What it does when it is asked.
pub(super) enum Reply {
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Nothing, and the line stays open.
    Silence,
    /// A head that promises more than comes.
    BreakOff,
}

/// What it was asked.
pub(super) struct Asked {
    /// Method and target, as in `GET /v2/users/me`.
    pub(super) line: String,
    /// In small letters.
    pub(super) head: String,
    pub(super) body: String,
}

impl Asked {
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

#[derive(Default)]
struct Book {
    replies: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<Asked>>,
    closed: AtomicBool,
}

pub(super) struct Server {
    pub(super) url: String,
    book: Arc<Book>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let book = Arc::new(Book::default());
        let kept = book.clone();
        Self { url, book, thread: Some(std::thread::spawn(move || serve(&listener, &kept))) }
    }

    pub(super) fn will(&self, reply: Reply) {
        self.book.replies.lock().unwrap().push_back(reply);
    }

    pub(super) fn will_say(&self, status: u16, body: impl ToString) {
        self.will(Reply::Answer(status, Vec::new(), body.to_string()));
    }

    /// What it was asked since the last time.
    pub(super) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.book.asked.lock().unwrap())
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.book.closed.store(true, Ordering::Release);
        let woken = TcpStream::connect(self.url.trim_start_matches("http://"));
        woken.expect("the server accepts until it is told to close");
        self.thread.take().map(JoinHandle::join);
    }
}

fn serve(listener: &TcpListener, book: &Book) {
    let mut open = Vec::new();
    while let Ok((mut line, _)) = listener.accept() {
        if book.closed.load(Ordering::Acquire) {
            return;
        }
        book.asked.lock().unwrap().push(read(&mut BufReader::new(&line)));
        let answer = match book.replies.lock().unwrap().pop_front() {
            Some(Reply::Answer(status, headers, body)) => written(status, &headers, &body),
            Some(Reply::BreakOff) => "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_owned(),
            Some(Reply::Silence) => {
                open.push(line);
                continue;
            }
            None => written(418, &[], "nothing more was expected"),
        };
        // Who asked may have given up.
        let _ = line.write_all(answer.as_bytes());
    }
}

fn read(line: &mut impl BufRead) -> Asked {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && line.read_line(&mut head).unwrap() > 0 {}
    let (first, rest) = head.split_once(" HTTP/1.1\r\n").expect("a request");
    let head = rest.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    line.read_exact(&mut body).unwrap();
    Asked { line: first.to_owned(), head, body: String::from_utf8(body).unwrap() }
}

/// The body ends where the line does.
fn written(status: u16, headers: &[(&str, String)], body: &str) -> String {
    let line = |(name, value): &(&str, String)| format!("{name}: {value}\r\n");
    let headers: String = headers.iter().map(line).collect();
    format!("HTTP/1.1 {status} So\r\n{headers}connection: close\r\n\r\n{body}")
}
