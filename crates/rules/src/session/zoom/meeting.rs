//! What a meeting is made like (article 5(4)): every setting that Zoom takes with a meeting is said
//! explicitly, because what is left out follows the host's own settings.

use std::fmt;

use serde::Serialize;

use crate::people::Alias;
use crate::session::room::SeatRole;
use crate::session::{Feature, FeatureProfile, Use};

/// Begins the agenda of each meeting of ours; the marker follows. By it a meeting is found again
/// whose making was not answered (Zoom knows no key of idempotence), and one that nobody wants.
pub const AGENDA_PREFIX: &str = "madoguchi:";

/// What every meeting is called. Says nothing of whom or what about (article 2(3)).
pub fn topic() -> &'static str {
    "オンライン面談"
}

/// Ties a meeting to our record of it. Random, so that it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marker(String);

impl Marker {
    /// A marker of this installation, made of random characters.
    pub fn new(installation: &str, random: &str) -> Self {
        Self(format!("{installation}.{random}"))
    }

    /// Reads what the store keeps.
    pub fn of_store(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the store keeps.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The agenda of the meeting.
    pub fn agenda(&self) -> String {
        format!("{AGENDA_PREFIX}{}", self.0)
    }

    /// The marker in an agenda, if the meeting was made by this installation.
    pub fn in_agenda(agenda: &str, installation: &str) -> Option<Self> {
        let marker = agenda.trim().strip_prefix(AGENDA_PREFIX)?;
        let (whose, random) = marker.split_once('.')?;
        let plain = random.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        (whose == installation && plain && !random.is_empty()).then(|| Self(marker.to_owned()))
    }
}

/// A name that Zoom may be told: the office's own word for somebody. It cannot be made from a legal
/// name (article 2(3)).
#[derive(Clone, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// The jobseeker's.
    pub fn of_alias(alias: &Alias) -> Self {
        Self(alias.reveal().to_owned())
    }

    /// That of somebody who takes part beside the jobseeker, by their part.
    pub fn of_role(role: SeatRole) -> Self {
        Self(role.shown_as().to_owned())
    }

    /// The name, for Zoom and for the page that tells it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Reveals nothing.
impl fmt::Debug for DisplayName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DisplayName(..)")
    }
}

/// The settings that Zoom takes with a meeting, under Zoom's names (Zoom OpenAPI v2,
/// `POST /users/{userId}/meetings`). What it has for a host alone is in [`super::differences`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingSettings {
    /// The person waits until staff let them in.
    pub waiting_room: bool,
    /// Everybody waits, also who has an account with the same owner.
    pub waiting_room_options: WaitingRoom,
    /// Nobody is in before staff.
    pub join_before_host: bool,
    /// No account is asked for: signed in, people show their own name.
    pub meeting_authentication: bool,
    /// Recording is forbidden (article 5(4)).
    pub auto_recording: &'static str,
    /// 1: by staff, where everybody has a link of their own by registration; 2: no registration.
    pub approval_type: u8,
    /// Zoom writes to nobody.
    pub registrants_confirmation_email: bool,
    /// Zoom writes to nobody.
    pub registrants_email_notification: bool,
    /// A link is for one person (article 8(5)).
    pub allow_multiple_devices: bool,
    /// A link is for one person (article 8(5)).
    pub show_share_button: bool,
    /// The meeting is on nobody's calendar of the account.
    pub private_meeting: bool,
    /// Browsers cannot take part in a meeting that is encrypted from end to end, and article 4(3)
    /// opens it to browsers.
    pub encryption_type: &'static str,
    /// By the computer and, where somebody has no microphone, by telephone.
    pub audio: &'static str,
    /// Whoever comes turns the camera on alone.
    pub host_video: bool,
    /// Whoever comes turns the camera on alone.
    pub participant_video: bool,
    /// One hears each other at once.
    pub mute_upon_entry: bool,
    /// Nobody is sent aside.
    pub breakout_room: Switch,
    /// Interpreters take part as persons.
    pub language_interpretation: Switch,
    /// Interpreters take part as persons.
    pub sign_language_interpretation: Switch,
    /// A chat that stays would be a record (article 5(4)).
    pub continuous_meeting_chat: Switch,
    /// A summary by machine is a record (article 5(4)).
    pub auto_start_meeting_summary: bool,
    /// What answers questions about a talk has recorded it (article 5(4)).
    pub auto_start_ai_companion_questions: bool,
    /// The picture is not marked.
    pub watermark: bool,
    /// Everybody sees each other.
    pub focus_mode: bool,
    /// Zoom writes to nobody.
    pub email_notification: bool,
    /// Zoom writes to nobody.
    pub alternative_hosts_email_notification: bool,
    /// Nobody else can begin it.
    pub alternative_hosts: &'static str,
    /// No region besides the account's own.
    pub additional_data_center_regions: [&'static str; 0],
    /// Not held in China.
    pub cn_meeting: bool,
    /// Not held in India.
    pub in_meeting: bool,
    /// Never the host's own standing room, which others know.
    pub use_pmi: bool,
}

/// Who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingRoom {
    /// `custom`: not as the host usually has it.
    pub mode: &'static str,
    /// `everyone`.
    pub who_goes_to_waiting_room: &'static str,
}

/// A function of a meeting that is a form of its own with Zoom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// Whether it is on.
    pub enable: bool,
}

const OFF: Switch = Switch { enable: false };

impl MeetingSettings {
    /// What the office designates (article 5(4)), as far as a meeting of its own can say it.
    pub fn new(profile: &FeatureProfile, by_registration: bool) -> Self {
        let camera = profile.who_may(Feature::Camera);
        Self {
            waiting_room: true,
            waiting_room_options: WaitingRoom {
                mode: "custom",
                who_goes_to_waiting_room: "everyone",
            },
            join_before_host: false,
            meeting_authentication: false,
            auto_recording: "none",
            approval_type: if by_registration { 1 } else { 2 },
            registrants_confirmation_email: false,
            registrants_email_notification: false,
            allow_multiple_devices: false,
            show_share_button: false,
            private_meeting: true,
            encryption_type: "enhanced_encryption",
            audio: "both",
            host_video: matches!(camera, Use::Everybody),
            participant_video: matches!(camera, Use::Everybody),
            mute_upon_entry: false,
            breakout_room: OFF,
            language_interpretation: OFF,
            sign_language_interpretation: OFF,
            continuous_meeting_chat: OFF,
            auto_start_meeting_summary: false,
            auto_start_ai_companion_questions: false,
            watermark: false,
            focus_mode: false,
            email_notification: false,
            alternative_hosts_email_notification: false,
            alternative_hosts: "",
            additional_data_center_regions: [],
            cn_meeting: false,
            in_meeting: false,
            use_pmi: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Channel;

    #[test]
    fn article_5_4_every_setting_is_said() {
        let profile = FeatureProfile::of(Channel::Zoom);
        let said = serde_json::to_value(MeetingSettings::new(&profile, false)).unwrap();
        let rows = [
            ("waiting_room", "true"),
            ("join_before_host", "false"),
            ("auto_recording", "\"none\""),
            ("auto_start_meeting_summary", "false"),
            ("auto_start_ai_companion_questions", "false"),
            ("continuous_meeting_chat", r#"{"enable":false}"#),
            ("encryption_type", "\"enhanced_encryption\""),
            ("email_notification", "false"),
            ("alternative_hosts_email_notification", "false"),
            ("registrants_confirmation_email", "false"),
            ("registrants_email_notification", "false"),
            ("use_pmi", "false"),
            ("cn_meeting", "false"),
            ("in_meeting", "false"),
            ("additional_data_center_regions", "[]"),
            ("approval_type", "2"),
            ("meeting_authentication", "false"),
        ];
        for (name, expected) in rows {
            assert_eq!(said[name].to_string(), expected, "{name}");
        }
        assert_eq!(MeetingSettings::new(&profile, true).approval_type, 1);
    }

    #[test]
    fn a_marker_is_found_by_its_own_installation_alone() {
        let marker = Marker::new("k7", "Ab3-_x");
        let check = |agenda: &str, expected: Option<&str>| {
            let found = Marker::in_agenda(agenda, "k7");
            assert_eq!(found.as_ref().map(Marker::as_str), expected, "{agenda:?}");
        };
        check(&marker.agenda(), Some("k7.Ab3-_x"));
        check("  madoguchi:k7.Ab3-_x\n", Some("k7.Ab3-_x"));
        check("madoguchi:k8.Ab3-_x", None);
        check("madoguchi:k7.", None);
        check("madoguchi:k7.a b", None);
        check("weekly meeting", None);
        check("", None);
    }

    #[test]
    fn article_2_3_a_name_for_zoom_is_the_offices_word() {
        let alias = Alias::parse("相談-2738").unwrap();
        let name = DisplayName::of_alias(&alias);
        assert_eq!(name.reveal(), "相談-2738");
        assert_eq!(format!("{name:?}"), "DisplayName(..)");
        assert_eq!(DisplayName::of_role(SeatRole::Interpreter).reveal(), "通訳");
    }
}
