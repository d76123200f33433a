//! How to join a Zoom meeting that staff made by hand: ID, passcode and link, checked for shape.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use unicode_normalization::UnicodeNormalization;

use crate::people::Practice;
use crate::schedule::Slot;

/// Where the maker of Zoom offers its app. Questions on the product itself are the maker's
/// (article 9(5)), so the jobseeker is shown the way there.
pub const ZOOM_DOWNLOAD_PAGE: &str = "https://zoom.us/download";

/// Where the maker of Zoom lets anybody try to join a meeting.
pub const ZOOM_TEST_PAGE: &str = "https://zoom.us/test";

/// Why joining data is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoiningRefusal {
    /// A meeting ID has nine to eleven digits.
    MeetingId,
    /// A passcode has up to ten characters of `a-z A-Z 0-9 @ - _ *`.
    Passcode,
    /// A link starts with `https://` and leads to a host of Zoom.
    Link,
    /// The link leads to another meeting than the ID says.
    LinkOfAnotherMeeting,
}

/// The number of a meeting: nine to eleven digits.
#[derive(Clone, PartialEq, Eq)]
pub struct MeetingId(String);

/// Reveals nothing: the number is half of what it takes to come in (article 8(5)).
impl fmt::Debug for MeetingId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MeetingId(..)")
    }
}

/// The passcode of a meeting.
#[derive(Clone, PartialEq, Eq)]
pub struct Passcode(String);

/// The link by which a participant joins.
#[derive(Clone, PartialEq, Eq)]
pub struct JoinLink(String);

impl MeetingId {
    /// Reads a meeting ID, with or without spaces and dashes, in either width.
    ///
    /// # Errors
    /// [`JoiningRefusal::MeetingId`].
    pub fn parse(typed: &str) -> Result<Self, JoiningRefusal> {
        let digits: String = typed.nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let shape = (9..=11).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if shape { Ok(Self(digits)) } else { Err(JoiningRefusal::MeetingId) }
    }

    /// The digits alone.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// In groups, as Zoom shows it and as it is read aloud: `123 4567 8901`.
    pub fn grouped(&self) -> String {
        let (first, rest) = self.0.split_at(3);
        let (second, third) = rest.split_at(if rest.len() == 6 { 3 } else { rest.len() - 4 });
        format!("{first} {second} {third}")
    }
}

impl Passcode {
    /// Reads a passcode.
    ///
    /// # Errors
    /// [`JoiningRefusal::Passcode`].
    pub fn parse(typed: &str) -> Result<Self, JoiningRefusal> {
        let text: String = typed.trim().nfkc().collect();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "@-_*".contains(c);
        let shape = (1..=10).contains(&text.len()) && text.chars().all(allowed);
        if shape { Ok(Self(text)) } else { Err(JoiningRefusal::Passcode) }
    }

    /// The passcode, for those who may see it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl JoinLink {
    /// Reads a link, and compares the meeting in it with `id`.
    ///
    /// # Errors
    /// [`JoiningRefusal::Link`], [`JoiningRefusal::LinkOfAnotherMeeting`].
    pub fn parse(typed: &str, id: &MeetingId) -> Result<Self, JoiningRefusal> {
        let text = typed.trim();
        let rest = text.strip_prefix("https://").ok_or(JoiningRefusal::Link)?;
        let (host, path) = rest.split_once('/').ok_or(JoiningRefusal::Link)?;
        let of_zoom = |domain: &str| {
            host == domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
        };
        let clean = text.len() <= 500 && text.chars().all(|c| c.is_ascii_graphic());
        if !clean || !(of_zoom("zoom.us") || of_zoom("zoom.com") || of_zoom("zoomgov.com")) {
            return Err(JoiningRefusal::Link);
        }
        let meeting = path.strip_prefix("j/").or_else(|| path.strip_prefix("wc/join/"));
        let meeting = meeting.ok_or(JoiningRefusal::Link)?;
        let digits: String = meeting.chars().take_while(char::is_ascii_digit).collect();
        if digits == id.0 {
            Ok(Self(text.to_owned()))
        } else {
            Err(JoiningRefusal::LinkOfAnotherMeeting)
        }
    }

    /// The link, for those who may see it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// From when on the person sees how to join. Credentials are shown late (article 8(5)).
pub fn shown_from(slot: &Slot, practice: &Practice) -> Timestamp {
    let before = SignedDuration::from_mins(i64::from(practice.joining_shown_minutes_before));
    slot.start.saturating_sub(before).unwrap_or(slot.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_2_2_meeting_ids() {
        let check = |typed: &str, expected: Result<&str, JoiningRefusal>| {
            let found = MeetingId::parse(typed).map(|id| id.grouped());
            assert_eq!(found.as_deref().map_err(|e| *e), expected, "{typed:?}");
        };
        check("12345678901", Ok("123 4567 8901"));
        check("123 4567 8901", Ok("123 4567 8901"));
        check("１２３-４５６７-８９０１", Ok("123 4567 8901"));
        check("1234567890", Ok("123 456 7890"));
        check("123456789", Ok("123 456 789"));
        check("12345678", Err(JoiningRefusal::MeetingId));
        check("123456789012", Err(JoiningRefusal::MeetingId));
        check("", Err(JoiningRefusal::MeetingId));
        check("12345678901<script>", Err(JoiningRefusal::MeetingId));
        let id = MeetingId::parse("12345678901").expect("an ID");
        assert_eq!(format!("{id:?}"), "MeetingId(..)");
    }

    #[test]
    fn article_2_2_passcodes() {
        let check = |typed: &str, good: bool| {
            assert_eq!(Passcode::parse(typed).is_ok(), good, "{typed:?}");
        };
        check("aB3@-_*", true);
        check("１２３４５６", true);
        check("", false);
        check("12345678901", false);
        check("pass word", false);
        check("パス", false);
    }

    #[test]
    fn article_2_2_links() {
        let id = MeetingId::parse("12345678901").expect("an ID");
        let check = |typed: &str, expected: Result<(), JoiningRefusal>| {
            assert_eq!(JoinLink::parse(typed, &id).map(|_| ()), expected, "{typed:?}");
        };
        check("https://zoom.us/j/12345678901?pwd=abc.1", Ok(()));
        check("https://us02web.zoom.us/j/12345678901", Ok(()));
        check("https://zoom.us/wc/join/12345678901", Ok(()));
        check("https://zoom.us/j/12345678902", Err(JoiningRefusal::LinkOfAnotherMeeting));
        check("http://zoom.us/j/12345678901", Err(JoiningRefusal::Link));
        check("https://zoom.us.example.com/j/12345678901", Err(JoiningRefusal::Link));
        check("https://evilzoom.us/j/12345678901", Err(JoiningRefusal::Link));
        check("https://zoom.us@example.com/j/12345678901", Err(JoiningRefusal::Link));
        check("javascript:alert(1)", Err(JoiningRefusal::Link));
        check("https://zoom.us/j/12345678901\r\nX: y", Err(JoiningRefusal::Link));
    }
}
