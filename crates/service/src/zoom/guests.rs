//! Ways into a meeting for one person, under a name that was given to them.

use serde::{Deserialize, Serialize};
use serde_json::json;
use ureq::http::Method;

use super::Client;
use super::call::Call;
use super::failure::Failure;
use super::rates::{Budget, Label};
use super::secret::{JoinUrl, ShownName};

/// A registrant of a meeting.
#[derive(Clone, Debug, Deserialize)]
pub struct Registered {
    /// What stays the same of a participant however often they come anew.
    pub registrant_id: String,
    /// Their own way in.
    pub join_url: JoinUrl,
}

#[derive(Serialize)]
struct Attendee<'a> {
    name: &'a str,
}

#[derive(Deserialize)]
struct Links {
    attendees: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    name: ShownName,
    join_url: JoinUrl,
}

impl Client {
    /// A way in for each of these names (64 characters at most, 500 names at most), in their
    /// order. It works for so many seconds: 7,776,000 at most, and for ever if 0. Zoom neither
    /// lists nor revokes them; they end with the meeting.
    ///
    /// POST /meetings/{meetingId}/invite_links; scope `meeting:write:invite_links:admin`; light.
    ///
    /// # Errors
    /// [`Failure`]; [`Failure::Unreadable`] if one of the names got no way in.
    pub fn invite_links(
        &self,
        meeting: i64,
        seconds: u32,
        names: &[&str],
    ) -> Result<Vec<JoinUrl>, Failure> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let attendees: Vec<Attendee<'_>> = names.iter().map(|name| Attendee { name }).collect();
        let path = format!("/meetings/{meeting}/invite_links");
        let call = Call::new("make ways in", Label::Light, Method::POST, path)
            .body(&json!({ "attendees": attendees, "ttl": seconds }));
        let mut links = self.ask::<Links>(&call)?.attendees;
        let mut take = |name: &&str| {
            let at = links.iter().position(|link| link.name.reveal() == *name);
            let at = at.ok_or_else(|| Failure::unreadable("attendees"))?;
            Ok(links.remove(at).join_url)
        };
        names.iter().map(&mut take).collect()
    }

    /// Registers a person under a name (64 characters at most), approved at once. The address
    /// (128 characters at most) is only to be of the form of one: Zoom sends nothing there if the
    /// meeting's settings say so. The host has to be licensed.
    ///
    /// POST /meetings/{meetingId}/registrants; scope `meeting:write:registrant:admin`; light, and
    /// 3 a day for one address.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn add_registrant(
        &self,
        meeting: i64,
        first_name: &str,
        email: &str,
    ) -> Result<Registered, Failure> {
        let path = format!("/meetings/{meeting}/registrants");
        // The enumeration spells Japanese so (Zoom OpenAPI v2).
        let body = json!({
            "first_name": first_name, "email": email, "auto_approve": true, "language": "jp-JP",
        });
        let call = Call::new("register a participant", Label::Light, Method::POST, path)
            .budget(Budget::Registrant(meeting, email.to_owned()))
            .body(&body);
        self.ask(&call)
    }
}
