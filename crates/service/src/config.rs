//! The configuration file, and what the environment says instead.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rules::session::device_check::{SupportData, SupportFault};
use serde::Deserialize;

use crate::letters::{Security, is_sender};
use crate::secrets::Keys;
use crate::session::relay::{self, RelaySettings, Relays};

mod zoom;

pub use zoom::ZoomAccount;

/// Everything that `madoguchi serve` needs to know. Every value can also be given by an
/// environment variable: `MADOGUCHI_` and the name in capitals, `__` between table and name.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen: `127.0.0.1:8460`.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// The address that people type, without a slash at its end: `https://madoguchi.example`.
    pub public_url: String,
    /// `sqlite:PATH` or `postgres://user@host/database`.
    pub store: String,
    /// The key file; made at the first start. Keep it apart from the data and its backups.
    pub key_file: PathBuf,
    /// How letters are sent. Without it they are kept for printing and reading aloud.
    pub mail: Option<Mail>,
    /// A table of the versions that makers support, in place of the shipped one.
    pub support_data: Option<PathBuf>,
    /// Through what browsers meet in the built-in room. Without it: a relay beside the pages, which
    /// is reached from this machine alone where the pages are behind a proxy.
    pub relay: Option<Relay>,
    /// The account with Zoom, where sessions are held there; see docs/zoom.md.
    pub zoom: Option<ZoomAccount>,
}

/// Reveals nothing: the store's address may hold a password.
impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Config(..)")
    }
}

/// How letters are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The sender, as `窓口 <madoguchi@example.jp>`.
    pub from: String,
    /// The SMTP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `starttls`, `tls`, or `none` (to this machine only).
    #[serde(default)]
    pub security: Security,
    /// The user, if the server asks for one.
    pub user: Option<String>,
    /// A file that holds the password and nothing else.
    pub password_file: Option<PathBuf>,
}

/// Through what browsers meet: the built-in relay (`listen`), others (`urls`), or both.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relay {
    /// The address and UDP port on which the built-in relay listens.
    pub listen: Option<SocketAddr>,
    /// The address that browsers know the built-in relay by, where that is another one.
    pub public: Option<IpAddr>,
    /// The first and the last UDP port over which the built-in relay relays.
    #[serde(default = "default_ports")]
    pub ports: (u16, u16),
    /// Relays besides: of other nodes, or coturn, as `turns:turn.example.jp:443?transport=tcp`.
    #[serde(default)]
    pub urls: Vec<String>,
    /// A file that holds the secret which coturn knows as `static-auth-secret`, and nothing else.
    /// Without it the secret follows from the key file.
    pub secret_file: Option<PathBuf>,
}

/// The port of TURN (RFC 8656).
const RELAY_PORT: u16 = 3478;

/// The secret in a file that holds nothing else.
///
/// # Errors
/// The file cannot be read.
pub fn secret_in(file: &Path) -> anyhow::Result<Vec<u8>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(text.trim_end_matches(['\r', '\n']).as_bytes().to_vec())
}

impl Relay {
    /// The relay of an installation that names none: beside the pages, and reached as they are
    /// without a proxy. What is more has to be said, because it opens ports to the outside.
    pub fn built_in(pages: SocketAddr) -> Self {
        let at = match pages.ip().is_unspecified() {
            true => IpAddr::from([127, 0, 0, 1]),
            false => pages.ip(),
        };
        Self {
            listen: Some(SocketAddr::new(at, RELAY_PORT)),
            public: None,
            ports: default_ports(),
            urls: Vec::new(),
            secret_file: None,
        }
    }

    /// What browsers are told of relays, and where the built-in one listens, if there is one.
    ///
    /// # Errors
    /// The file of the secret cannot be read.
    pub fn open_for(&self, keys: &Keys) -> anyhow::Result<(Relays, Option<RelaySettings>)> {
        let secret = match &self.secret_file {
            Some(file) => secret_in(file).context("relay.secret_file")?,
            None => relay::secret_of(keys),
        };
        let built_in = self.listen.map(|listen| RelaySettings {
            listen,
            public: self.public.unwrap_or(listen.ip()),
            ports: self.ports.0..=self.ports.1,
        });
        let own = built_in.iter().map(RelaySettings::url);
        Ok((Relays::new(own.chain(self.urls.iter().cloned()).collect(), secret), built_in))
    }

    fn check(&self) -> anyhow::Result<()> {
        if self.listen.is_none() && self.urls.is_empty() {
            bail!("relay: give listen for the built-in relay, or urls of others");
        }
        if self.listen.is_none() && self.secret_file.is_none() {
            bail!("relay.secret_file: coturn has to know the same secret");
        }
        if self.listen.is_some_and(|it| it.ip().is_unspecified()) && self.public.is_none() {
            bail!("relay.public: write the address by which browsers reach this machine");
        }
        if self.ports.0 == 0 || self.ports.0 > self.ports.1 {
            bail!("relay.ports: write the first and the last, as [49160, 49359]");
        }
        let is_relay = |url: &String| url.starts_with("turn:") || url.starts_with("turns:");
        match self.urls.iter().find(|url| !is_relay(url)) {
            Some(url) => bail!("relay.urls: {url} does not begin with turn: or turns:"),
            None => Ok(()),
        }
    }
}

/// Two hundred ports: fifty sessions of two, each with a port for either side, and room to spare.
fn default_ports() -> (u16, u16) {
    (49_160, 49_359)
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8460))
}

impl Config {
    /// Reads the file, lets the environment override it, and checks what can be checked.
    ///
    /// # Errors
    /// A sentence that names the line at fault and what to write instead.
    pub fn read(
        file: &Path,
        environment: impl Iterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the configuration {} cannot be read", file.display()))?;
        Self::parse(&text, environment).with_context(|| format!("in {}", file.display()))
    }

    fn parse(
        text: &str,
        environment: impl Iterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        // Read once as it stands, so that a fault is told with its line.
        let mut table: toml::Table = toml::from_str(text)?;
        let mut overridden = false;
        for (name, value) in environment {
            let Some(name) = name.strip_prefix("MADOGUCHI_") else { continue };
            overridden |= put(&mut table, &name.to_lowercase(), value);
        }
        let config: Self = match overridden {
            true => table.try_into()?,
            false => toml::from_str(text)?,
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        let schemed = ["https://", "http://"].iter().any(|it| self.public_url.starts_with(it));
        if !schemed || self.public_url.ends_with('/') {
            bail!("public_url: write https://HOST without a slash at its end");
        }
        if let Some(mail) = &self.mail {
            mail.check()?;
        }
        if let Some(relay) = &self.relay {
            relay.check()?;
        }
        if let Some(zoom) = &self.zoom {
            zoom.check()?;
        }
        Ok(())
    }
}

/// Reads a table of supported versions.
///
/// # Errors
/// A sentence that says where the table is at fault.
pub fn read_support(file: &Path) -> anyhow::Result<SupportData> {
    use SupportFault::*;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    SupportData::parse(&text).map_err(|fault| {
        let what = match fault {
            Unreadable { line } => format!("line {line} cannot be read as a row of the table"),
            Empty => "it needs at least one browser and one system".to_owned(),
            SourceOfBrowser(row) => format!("browser {row} names no source of [sources]"),
            SourceOfSystem(row) => format!("system {row} names no source of [sources]"),
            Twice(family) => format!("{family:?} stands there twice"),
            NothingSaid(family) => format!("{family:?} has neither `latest` nor `ended`"),
        };
        anyhow::anyhow!("{}: {what}", file.display())
    })
}

impl Mail {
    fn check(&self) -> anyhow::Result<()> {
        if !is_sender(&self.from) {
            bail!("mail.from: write an address, as 窓口 <madoguchi@example.jp>");
        }
        if self.user.is_some() != self.password_file.is_some() {
            bail!("mail.user and mail.password_file: give both, or neither");
        }
        if self.security == Security::None
            && !matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
        {
            bail!("mail.security: \"none\" is for a server on this machine; use \"starttls\"");
        }
        Ok(())
    }
}

/// Puts a value from the environment in its place; a name that the file cannot have is ignored.
fn put(table: &mut toml::Table, name: &str, value: String) -> bool {
    const NAMES: [&str; 5] = ["listen", "public_url", "store", "key_file", "support_data"];
    const MAIL: [&str; 6] = ["from", "host", "port", "security", "user", "password_file"];
    if NAMES.contains(&name) {
        table.insert(name.to_owned(), toml::Value::String(value));
        return true;
    }
    let Some(name) = name.strip_prefix("mail__").filter(|name| MAIL.contains(name)) else {
        return false;
    };
    let mail = table.entry("mail").or_insert_with(|| toml::Value::Table(toml::Table::new()));
    let Some(mail) = mail.as_table_mut() else { return false };
    let value = match value.parse::<i64>() {
        Ok(port) if name == "port" => toml::Value::Integer(port),
        _ => toml::Value::String(value),
    };
    mail.insert(name.to_owned(), value);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "public_url = \"https://madoguchi.example\"\n\
                        store = \"sqlite:data.db\"\nkey_file = \"keys.toml\"\n";

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let owned = environment.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Config::parse(text, owned).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn a_short_file_suffices() {
        let config = read(GOOD, &[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8460");
        assert!(config.mail.is_none());
        assert_eq!(format!("{config:?}"), "Config(..)", "it may hold a password");
    }

    #[test]
    fn a_relay_is_ours_or_anothers() {
        let check = |relay: &str, said: Option<&str>| {
            let read = read(&format!("{GOOD}[relay]\n{relay}\n"), &[]).err();
            let as_said = match (&read, said) {
                (None, None) => true,
                (Some(error), Some(said)) => error.contains(said),
                _ => false,
            };
            assert!(as_said, "{relay}: {read:?}");
        };
        check("listen = \"127.0.0.1:3478\"", None);
        check("listen = \"0.0.0.0:3478\"\npublic = \"192.0.2.1\"\nports = [50000, 50099]", None);
        check("urls = [\"turns:turn.example.jp:443\"]\nsecret_file = \"secret\"", None);
        check("", Some("listen"));
        check("listen = \"0.0.0.0:3478\"", Some("relay.public"));
        check("listen = \"127.0.0.1:3478\"\nports = [50099, 50000]", Some("relay.ports"));
        check("urls = [\"turn:turn.example.jp\"]", Some("relay.secret_file"));
        check("urls = [\"https://x\"]\nsecret_file = \"secret\"", Some("turns:"));
    }

    #[test]
    fn the_environment_comes_first() {
        let environment = [
            ("MADOGUCHI_STORE", "postgres://m@localhost/m"),
            ("MADOGUCHI_MAIL__HOST", "localhost"),
            ("MADOGUCHI_MAIL__PORT", "25"),
            ("MADOGUCHI_MAIL__FROM", "a@example.jp"),
            ("MADOGUCHI_MAIL__SECURITY", "none"),
            ("MADOGUCHI_ENGINES", "sqlite"),
            ("PATH", "/bin"),
        ];
        let config = read(GOOD, &environment).unwrap();
        assert_eq!(config.store, "postgres://m@localhost/m");
        assert_eq!(config.mail.unwrap().port, 25);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let check = |text: &str, said: &str| {
            let error = read(text, &[]).unwrap_err();
            assert!(error.contains(said), "{text:?}: {error}");
        };
        check("public_url = https", "line 1");
        check(&format!("{GOOD}listne = \"x\"\n"), "line 4");
        check(&format!("{GOOD}listen = \"nowhere\"\n"), "line 4");
        check("store = \"sqlite:x\"\nkey_file = \"k\"\n", "public_url");
        check(&GOOD.replace("https://", ""), "public_url");
        check(
            &format!(
                "{GOOD}[mail]\nfrom=\"a@b.jp\"\nhost=\"mail.b.jp\"\nport=25\nsecurity=\"none\"\n"
            ),
            "starttls",
        );
        let mail = |lines: &str| format!("{GOOD}[mail]\nhost=\"localhost\"\nport=25\n{lines}");
        check(&mail("from=\"窓口\"\n"), "mail.from");
        check(&mail("from=\"\"\n"), "mail.from");
        check(&mail("from=\"a@b.jp\"\nuser=\"m\"\n"), "mail.password_file");
        check(&mail("from=\"a@b.jp\"\npassword_file=\"p\"\n"), "mail.user");
        read(&mail("from=\"窓口 <a@b.jp>\"\nuser=\"m\"\npassword_file=\"p\"\n"), &[]).unwrap();
    }
}
