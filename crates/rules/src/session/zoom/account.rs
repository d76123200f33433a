//! What no meeting can say of itself, because Zoom has it for the host or the whole account alone:
//! who shows a screen, whether a chat can be kept, whether a recording can be made on one's own
//! machine (article 5(4)). It is read, compared with what the office designates, and reported.

use crate::session::{Feature, FeatureProfile, Use};

/// Where a setting is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Settings of a host: `GET /users/{userId}/settings`.
    Host,
    /// Settings of the account: `GET /accounts/{accountId}/settings`.
    Account,
}

/// A setting's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// On or off.
    Switch(bool),
    /// One of several words.
    Word(String),
}

/// What a setting should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Where it is found.
    pub place: Place,
    /// Its name, with that of the group before a dot: `in_meeting.private_chat`.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
    /// Whether the account can lock it, so that no host changes it back.
    pub can_be_locked: bool,
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it should be.
    pub expected: Expected,
    /// What it is; none when Zoom told nothing of it, which some plans do.
    pub found: Option<Value>,
    /// Whether the account holds it at what it is, so that only the account can change it.
    pub is_locked: bool,
}

/// What an office that designates these functions expects of its hosts (article 5(4)).
///
/// Only names whose values are documented are here. What Zoom numbers without saying what the
/// numbers mean (`allow_users_save_chats`, `allow_participants_chat_with`) has to be looked at by a
/// person; the operator's guide says where.
fn expected(profile: &FeatureProfile) -> Vec<Expected> {
    let on = |name, value| host(name, Value::Switch(value));
    let for_all = |feature| matches!(profile.who_may(feature), Use::Everybody | Use::Optional);
    let has = |feature| profile.who_may(feature) != Use::Nobody;
    let sharing = match for_all(Feature::ScreenShare) {
        true => "all",
        false => "host",
    };
    let mut expected = vec![
        on("in_meeting.waiting_room", true),
        on("in_meeting.e2e_encryption", false),
        on("in_meeting.show_a_join_from_your_browser_link", true),
        on("in_meeting.chat", has(Feature::Chat)),
        on("in_meeting.private_chat", false),
        on("in_meeting.auto_saving_chat", false),
        on("in_meeting.file_transfer", has(Feature::Files)),
        on("in_meeting.screen_sharing", has(Feature::ScreenShare)),
        on("in_meeting.annotation", has(Feature::Whiteboard)),
        on("in_meeting.whiteboard", has(Feature::Whiteboard)),
        on("in_meeting.remote_control", false),
        on("in_meeting.breakout_room", false),
        on("in_meeting.polling", false),
        on("in_meeting.allow_live_streaming", false),
        on("in_meeting.closed_caption", has(Feature::Captions)),
        on("manual_captioning.save_captions", false),
        on("recording.local_recording", false),
        on("recording.cloud_recording", false),
        host("recording.auto_recording", Value::Word("none".to_owned())),
        Expected {
            place: Place::Account,
            name: "in_meeting.allow_participants_to_rename",
            value: Value::Switch(false),
            can_be_locked: false,
        },
    ];
    if has(Feature::ScreenShare) {
        let who = host("in_meeting.who_can_share_screen", Value::Word(sharing.to_owned()));
        expected.push(Expected { can_be_locked: false, ..who });
    }
    expected
}

fn host(name: &'static str, value: Value) -> Expected {
    // Not among the fields of `lock_settings` (Zoom's published types, accounts).
    let browser = "in_meeting.show_a_join_from_your_browser_link";
    Expected { place: Place::Host, name, value, can_be_locked: name != browser }
}

/// What is not as the office designates it. `found` reads a setting, `is_locked` whether the
/// account holds it where it is.
pub fn differences(
    profile: &FeatureProfile,
    found: impl Fn(Place, &str) -> Option<Value>,
    is_locked: impl Fn(&str) -> bool,
) -> Vec<Difference> {
    let all = expected(profile).into_iter();
    let read = all.map(|expected| (found(expected.place, expected.name), expected));
    read.filter(|(found, expected)| found.as_ref() != Some(&expected.value))
        .map(|(found, expected)| Difference {
            is_locked: is_locked(expected.name),
            expected,
            found,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::session::{Channel, Designation};

    fn names(
        own: &[(Feature, Use)],
        changed: &[(&str, Option<Value>)],
        locked: &[&str],
    ) -> Vec<(String, Option<Value>, bool)> {
        let ordinary = FeatureProfile::of(Channel::Zoom);
        let mut account: BTreeMap<String, Value> = expected(&ordinary)
            .into_iter()
            .map(|expected| (expected.name.to_owned(), expected.value))
            .collect();
        for (name, value) in changed {
            match value {
                Some(value) => account.insert((*name).to_owned(), value.clone()),
                None => account.remove(*name),
            };
        }
        let own: Designation = own.iter().copied().collect();
        let profile = FeatureProfile::of_office(Channel::Zoom, &own).unwrap();
        let found = |_, name: &str| account.get(name).cloned();
        differences(&profile, found, |name| locked.contains(&name))
            .into_iter()
            .map(|it| (it.expected.name.to_owned(), it.found, it.is_locked))
            .collect()
    }

    #[test]
    fn article_5_4_what_is_not_as_designated_is_told() {
        let none: Vec<(String, Option<Value>, bool)> = Vec::new();
        assert_eq!(names(&[], &[], &[]), none);
        let on = Some(Value::Switch(true));
        let recording = "recording.local_recording";
        assert_eq!(
            names(&[], &[(recording, on.clone())], &[recording]),
            [(recording.to_owned(), on.clone(), true)]
        );
        // Zoom says nothing of it.
        assert_eq!(names(&[], &[(recording, None)], &[]), [(recording.to_owned(), None, false)]);
        // The office designates otherwise than is ordinary.
        assert_eq!(
            names(&[(Feature::Chat, Use::Nobody)], &[], &[]),
            [("in_meeting.chat".to_owned(), on, false)]
        );
        assert_eq!(
            names(&[(Feature::ScreenShare, Use::Everybody)], &[], &[]),
            [(
                "in_meeting.who_can_share_screen".to_owned(),
                Some(Value::Word("host".to_owned())),
                false
            )]
        );
    }
}
