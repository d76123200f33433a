//! Which functions of the tool may be used in a session (article 5(4): "only the functions that
//! the office designates").
//!
//! - What the terms do not leave open is not a choice here: nothing is recorded, by any method, and
//!   no file is handed over.
//! - Captions and interpreting are designated: they are how some take part at all.
//! - "By staff's permission": letting a person in gives it, and staff can take it back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Channel;

/// A function of the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Sound.
    Microphone,
    /// Picture.
    Camera,
    /// Live text of what is being said.
    Captions,
    /// Messages in writing.
    Chat,
    /// Showing one's screen.
    ScreenShare,
    /// Signs such as a raised hand.
    Reactions,
    /// Drawing together.
    Whiteboard,
    /// Handing over a file.
    Files,
    /// Recording, summaries by machine, and note-takers that join.
    Recording,
}

impl Feature {
    /// Every function, in the order in which it is listed.
    pub const ALL: [Self; 9] = [
        Self::Microphone,
        Self::Camera,
        Self::Captions,
        Self::Chat,
        Self::ScreenShare,
        Self::Reactions,
        Self::Whiteboard,
        Self::Files,
        Self::Recording,
    ];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Microphone => "microphone",
            Self::Camera => "camera",
            Self::Captions => "captions",
            Self::Chat => "chat",
            Self::ScreenShare => "screen_share",
            Self::Reactions => "reactions",
            Self::Whiteboard => "whiteboard",
            Self::Files => "files",
            Self::Recording => "recording",
        }
    }

    /// Reads [`Feature::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.code() == code)
    }
}

/// Who may use a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Everybody uses it.
    Everybody,
    /// Everybody may, nobody needs to.
    Optional,
    /// Everybody, as long as staff permit.
    ByPermission,
    /// Staff.
    StaffOnly,
    /// Nobody.
    Nobody,
}

impl Use {
    /// Every kind of use.
    pub const ALL: [Self; 5] =
        [Self::Everybody, Self::Optional, Self::ByPermission, Self::StaffOnly, Self::Nobody];

    /// The stable code of the store and of interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Optional => "optional",
            Self::ByPermission => "by_permission",
            Self::StaffOnly => "staff_only",
            Self::Nobody => "nobody",
        }
    }

    /// Reads [`Use::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }
}

/// Why a profile is not taken (article 5(4)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    /// The terms forbid recording, by any method and to everybody.
    Recording,
    /// A talk needs sound.
    NoSound,
    /// In the built-in room staff permit the chat, and nothing else.
    OnlyChatByPermission,
}

/// What an office designates otherwise than is ordinary.
pub type Designation = BTreeMap<Feature, Use>;

/// Who may use which function in a session of one kind. What is not named, nobody may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FeatureProfile(BTreeMap<Feature, Use>);

impl FeatureProfile {
    /// What a session of this kind ordinarily has.
    pub fn of(channel: Channel) -> Self {
        let named: &[(Feature, Use)] = match channel {
            Channel::Room | Channel::Zoom | Channel::ByHand => &[
                (Feature::Microphone, Use::Everybody),
                (Feature::Camera, Use::Optional),
                (Feature::Captions, Use::Optional),
                (Feature::Chat, Use::ByPermission),
                (Feature::ScreenShare, Use::StaffOnly),
            ],
            Channel::Telephone => &[(Feature::Microphone, Use::Everybody)],
        };
        Self(named.iter().copied().collect())
    }

    /// What a session of this kind has in an office with choices of its own. They change what the
    /// kind has at all: the room knows no files, and nobody but staff shows a screen in it.
    ///
    /// # Errors
    /// As [`FeatureProfile::new`].
    pub fn of_office(channel: Channel, own: &Designation) -> Result<Self, ProfileFault> {
        let mut named = Self::of(channel).0;
        for (feature, who) in own {
            let is_had = match channel {
                Channel::Room => named.contains_key(feature),
                Channel::Zoom | Channel::ByHand => true,
                Channel::Telephone => false,
            };
            let who = match (channel, feature, who) {
                (Channel::Room, Feature::ScreenShare, who) if *who != Use::Nobody => Use::StaffOnly,
                (_, _, who) => *who,
            };
            if channel == Channel::Room && who == Use::ByPermission && *feature != Feature::Chat {
                return Err(ProfileFault::OnlyChatByPermission);
            }
            if is_had || (*feature == Feature::Recording && who != Use::Nobody) {
                named.insert(*feature, who);
            }
        }
        Self::new(named)
    }

    /// A profile of an office's own.
    ///
    /// # Errors
    /// What the terms forbid is in it, or what a talk needs is not.
    pub fn new(named: BTreeMap<Feature, Use>) -> Result<Self, ProfileFault> {
        let profile = Self(named);
        match (profile.who_may(Feature::Recording), profile.who_may(Feature::Microphone)) {
            (Use::Nobody, Use::Everybody | Use::Optional) => Ok(profile),
            (Use::Nobody, _) => Err(ProfileFault::NoSound),
            _ => Err(ProfileFault::Recording),
        }
    }

    /// Who may use a function.
    pub fn who_may(&self, feature: Feature) -> Use {
        self.0.get(&feature).copied().unwrap_or(Use::Nobody)
    }

    /// Every function with who may use it, in the order in which it is listed: what is shown to
    /// the jobseeker, and what staff set in a meeting that they make by hand.
    pub fn list(&self) -> [(Feature, Use); 9] {
        Feature::ALL.map(|feature| (feature, self.who_may(feature)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_5_4_designated_functions() {
        let check = |channel: Channel, expected: [&str; 9]| {
            let list = FeatureProfile::of(channel).list();
            assert_eq!(list.map(|(feature, _)| feature), Feature::ALL);
            assert_eq!(list.map(|(_, who)| who.code()), expected, "{channel:?}");
            let named = list.into_iter().collect();
            assert!(FeatureProfile::new(named).is_ok(), "{channel:?}");
        };
        let [everybody, nobody] = [Use::Everybody, Use::Nobody].map(Use::code);
        let video = [
            everybody,
            "optional",
            "optional",
            "by_permission",
            "staff_only",
            nobody,
            nobody,
            nobody,
            nobody,
        ];
        check(Channel::Room, video);
        check(Channel::Zoom, video);
        check(Channel::ByHand, video);
        let mut telephone = [nobody; 9];
        telephone[0] = everybody;
        check(Channel::Telephone, telephone);
    }

    #[test]
    fn article_5_4_recording_is_no_choice() {
        let check = |named: &[(Feature, Use)], expected: Result<(), ProfileFault>| {
            let profile = FeatureProfile::new(named.iter().copied().collect());
            assert_eq!(profile.map(|_| ()), expected, "{named:?}");
        };
        use Feature::*;
        check(&[(Microphone, Use::Everybody)], Ok(()));
        check(&[(Microphone, Use::Optional), (Files, Use::StaffOnly)], Ok(()));
        check(&[(Microphone, Use::Everybody), (Recording, Use::Nobody)], Ok(()));
        for who in [Use::Everybody, Use::Optional, Use::ByPermission, Use::StaffOnly] {
            let named = [(Microphone, Use::Everybody), (Recording, who)];
            check(&named, Err(ProfileFault::Recording));
        }
        check(&[], Err(ProfileFault::NoSound));
        check(&[(Microphone, Use::StaffOnly)], Err(ProfileFault::NoSound));
    }

    #[test]
    fn article_5_4_an_office_designates_for_itself() {
        use Feature::*;
        let check = |channel: Channel, own: &[(Feature, Use)], what: Feature, expected: &str| {
            let own = own.iter().copied().collect();
            let profile = FeatureProfile::of_office(channel, &own);
            let who = profile.as_ref().map(|profile| profile.who_may(what).code());
            assert_eq!(who.unwrap_or("refused"), expected, "{channel:?} {own:?}");
        };
        check(Channel::Room, &[], Chat, "by_permission");
        check(Channel::Room, &[(Chat, Use::Nobody)], Chat, "nobody");
        check(Channel::Room, &[(Camera, Use::StaffOnly)], Camera, "staff_only");
        check(Channel::Room, &[(ScreenShare, Use::Everybody)], ScreenShare, "staff_only");
        check(Channel::Room, &[(ScreenShare, Use::Nobody)], ScreenShare, "nobody");
        check(Channel::ByHand, &[(ScreenShare, Use::Everybody)], ScreenShare, "everybody");
        check(Channel::Room, &[(Camera, Use::ByPermission)], Camera, "refused");
        check(Channel::ByHand, &[(Camera, Use::ByPermission)], Camera, "by_permission");
        // What a kind of session has not, it does not get.
        check(Channel::Room, &[(Whiteboard, Use::StaffOnly)], Whiteboard, "nobody");
        check(Channel::ByHand, &[(Whiteboard, Use::StaffOnly)], Whiteboard, "staff_only");
        check(Channel::Telephone, &[(Camera, Use::Everybody)], Camera, "nobody");
        for channel in [Channel::Room, Channel::Zoom, Channel::ByHand] {
            check(channel, &[(Microphone, Use::Nobody)], Microphone, "refused");
        }
        for channel in Channel::ALL {
            check(channel, &[(Recording, Use::StaffOnly)], Recording, "refused");
        }
    }

    #[test]
    fn codes_round_trip() {
        for feature in Feature::ALL {
            assert_eq!(Feature::parse(feature.code()), Some(feature));
        }
        for who in Use::ALL {
            assert_eq!(Use::parse(who.code()), Some(who));
        }
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.code()), Some(channel));
        }
        let stored = serde_json::to_string(&FeatureProfile::of(Channel::Telephone)).unwrap();
        assert_eq!(stored, r#"{"microphone":"everybody"}"#);
    }
}
