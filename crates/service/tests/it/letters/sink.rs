//! A mail server of the test's own, on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use service::letters::{Post, Security, SmtpSettings};

/// What the sink answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    Takes,
    Refuses(u16),
    DropsAfterData,
}

/// A mail server that keeps what it is told. It ends with the test.
pub(crate) struct Sink {
    port: u16,
    pub(crate) manner: Arc<Mutex<Manner>>,
    pub(crate) recipients: Arc<Mutex<Vec<String>>>,
    messages: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub(crate) fn open(manner: Manner) -> Self {
        Self::greeting_after(manner, || {})
    }

    /// As `open`; `before` happens after each caller is let in and before it is greeted.
    pub(crate) fn greeting_after(
        manner: Manner,
        mut before: impl FnMut() + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let sink = Self {
            port: listener.local_addr().expect("an address").port(),
            manner: Arc::new(Mutex::new(manner)),
            recipients: Arc::default(),
            messages: Arc::default(),
        };
        let (manner, recipients, messages) =
            (sink.manner.clone(), sink.recipients.clone(), sink.messages.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                before();
                // A client that hangs up ends its own conversation only.
                let _ = converse(&stream, &manner, &recipients, &messages);
            }
        });
        sink
    }

    pub(crate) fn post(&self) -> Post {
        post_at(self.port)
    }

    /// A port on which nobody listens.
    pub(crate) fn closed() -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        post_at(listener.local_addr().expect("an address").port())
    }

    pub(crate) fn messages(&self) -> Vec<String> {
        self.messages.lock().expect("no panic").clone()
    }
}

fn post_at(port: u16) -> Post {
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        login: None,
        timeout: Duration::from_secs(20),
    };
    Post::smtp(&settings).expect("a way")
}

fn converse(
    stream: &TcpStream,
    manner: &Mutex<Manner>,
    recipients: &Mutex<Vec<String>>,
    messages: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut out = stream;
    let mut lines = BufReader::new(stream).lines();
    write!(out, "220 sink\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let manner = *manner.lock().expect("no panic");
        let answer = match (line.get(..4).unwrap_or_default(), manner) {
            ("EHLO", _) => "250-sink\r\n250 8BITMIME".to_owned(),
            ("RCPT", Manner::Refuses(code)) => format!("{code} not {line}"),
            ("RCPT", _) => {
                recipients.lock().expect("no panic").push(line);
                "250 ok".to_owned()
            }
            ("DATA", _) => {
                write!(out, "354 go on\r\n")?;
                let mut message = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    message.push_str(&line);
                    message.push('\n');
                }
                messages.lock().expect("no panic").push(message);
                if matches!(manner, Manner::DropsAfterData) {
                    return stream.shutdown(std::net::Shutdown::Both);
                }
                "250 taken".to_owned()
            }
            ("QUIT", _) => return write!(out, "221 bye\r\n"),
            _ => "250 ok".to_owned(),
        };
        write!(out, "{answer}\r\n")?;
    }
    Ok(())
}
