//! The account with Zoom, as the configuration names it.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use serde::Deserialize;

use super::secret_in;
use crate::clock::Clock;
use crate::session::zoom::{PersonalLinks, Zoom};
use crate::zoom::{Account, Client, Secret};

/// An account with Zoom and the app in it by which Zoom is asked (kind: Server-to-Server OAuth).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoomAccount {
    /// Account ID, from the page of the app.
    pub account_id: String,
    /// Client ID, from the page of the app.
    pub client_id: String,
    /// A file that holds the client secret and nothing else.
    pub client_secret_file: PathBuf,
    /// Files that hold the secret token of the webhook and nothing else: the one in use, and while
    /// it is being changed the other. Without any, Zoom's messages are not taken.
    #[serde(default)]
    pub webhook_secret_files: Vec<PathBuf>,
    /// `invite_links`, or `registrants` for an account whose hosts are licensed and where a number
    /// for each participant is wanted.
    #[serde(default)]
    pub personal_links: Personal,
    /// With `registrants`: the domain of the addresses, which are nobody's.
    pub registrant_domain: Option<String>,
    /// Where tokens are had, if not from Zoom itself: a stand-in on this machine.
    #[serde(default = "zooms_own")]
    pub oauth_url: String,
}

/// How everybody gets a link of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// By invite links.
    #[default]
    InviteLinks,
    /// By registration.
    Registrants,
}

fn zooms_own() -> String {
    "https://zoom.us".to_owned()
}

/// As many secrets as there can be while one is being changed for another.
const SECRETS_AT_MOST: usize = 2;

impl ZoomAccount {
    /// What asks Zoom, and reads what it tells.
    ///
    /// # Errors
    /// A file cannot be read, or the machine trusts no certificates.
    pub fn open(&self, clock: Clock) -> anyhow::Result<Zoom> {
        let secret = |file: &PathBuf| -> anyhow::Result<Secret> {
            Ok(Secret::new(String::from_utf8(secret_in(file)?)?))
        };
        let account = Account {
            account_id: self.account_id.clone(),
            client_id: self.client_id.clone(),
            client_secret: secret(&self.client_secret_file).context("zoom.client_secret_file")?,
            oauth_url: self.oauth_url.clone(),
        };
        let secrets = self.webhook_secret_files.iter().map(secret).collect::<Result<_, _>>();
        Ok(Zoom {
            client: Client::new(account, clock)?,
            personal_links: match self.registrant_domain.clone() {
                Some(domain) if self.personal_links == Personal::Registrants => {
                    PersonalLinks::Registrants(domain)
                }
                _ => PersonalLinks::InviteLinks,
            },
            webhook_secrets: secrets.context("zoom.webhook_secret_files")?,
        })
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        if self.account_id.is_empty() || self.client_id.is_empty() {
            bail!("zoom.account_id and zoom.client_id: copy them from the page of the app");
        }
        if self.webhook_secret_files.len() > SECRETS_AT_MOST {
            bail!("zoom.webhook_secret_files: one, or two while it is being changed");
        }
        let domain = self.registrant_domain.as_deref().unwrap_or_default();
        let shaped = domain.contains('.')
            && domain.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        if self.personal_links == Personal::Registrants && !shaped {
            bail!("zoom.registrant_domain: write a domain of the office's, as zoom.example.jp");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(more: &str) -> Option<String> {
        let text = format!("client_secret_file = \"s\"\n{more}");
        let account: ZoomAccount = match toml::from_str(&text) {
            Ok(account) => account,
            Err(error) => return Some(error.to_string()),
        };
        account.check().err().map(|error| error.to_string())
    }

    #[test]
    fn an_account_is_whole_or_refused() {
        let own = "account_id = \"a\"\nclient_id = \"c\"\n";
        let check = |more: &str, said: Option<&str>| {
            let found = fault(more);
            match said {
                None => assert_eq!(found, None, "{more}"),
                Some(said) => {
                    assert!(found.clone().unwrap_or_default().contains(said), "{found:?}")
                }
            }
        };
        check(own, None);
        check("client_id = \"c\"\n", Some("account_id"));
        check("account_id = \"\"\nclient_id = \"c\"\n", Some("zoom.account_id"));
        check(&format!("{own}personal_links = \"registrants\"\n"), Some("registrant_domain"));
        let with = format!("{own}personal_links = \"registrants\"\nregistrant_domain = ");
        check(&format!("{with}\"zoom.example.jp\"\n"), None);
        check(&format!("{with}\"a@b.jp\"\n"), Some("registrant_domain"));
        check(&format!("{own}webhook_secret_files = [\"a\", \"b\", \"c\"]\n"), Some("two while"));
        check(&format!("{own}personal_links = \"sdk\"\n"), Some("invite_links"));
    }
}
