//! The text that Zoom offers for copying when a meeting is made, pasted whole by staff.

use unicode_normalization::UnicodeNormalization;

use super::{JoinLink, JoiningRefusal, MeetingId, Passcode};

/// What an invitation says of how to join.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The meeting's number.
    pub meeting: MeetingId,
    /// The passcode, if the text names one.
    pub passcode: Option<Passcode>,
    /// The link, if the text holds one.
    pub link: Option<JoinLink>,
}

/// Longer than any invitation; what stands behind is not read.
const LONGEST: usize = 20_000;

/// What stands before the meeting's number, without spaces, in lower case.
const MEETING_LABELS: [&str; 4] = ["ミーティングid", "会議id", "meetingid", "webinarid"];
/// What stands before the passcode; older texts say password.
const PASSCODE_LABELS: [&str; 4] = ["パスコード", "パスワード", "passcode", "password"];

/// Finds meeting ID, passcode and link in an invitation, in Japanese or English (article 2(2):
/// how to join). The first of each counts; the dial-in lines below repeat them.
///
/// # Errors
/// [`JoiningRefusal::MeetingId`] when neither a number nor a link of Zoom is in it; else what is
/// wrong with the part that was found.
pub fn read_invitation(text: &str) -> Result<Invitation, JoiningRefusal> {
    let text: String = text.nfkc().take(LONGEST).collect();
    let link = link_in(&text);
    let meeting = match after_label(&text, &MEETING_LABELS) {
        Some(typed) => MeetingId::parse(digits_at_start(typed))?,
        None => MeetingId::parse(&link.map(meeting_in).unwrap_or_default())?,
    };
    let passcode = after_label(&text, &PASSCODE_LABELS).and_then(|rest| rest.split(' ').next());
    Ok(Invitation {
        passcode: passcode.map(Passcode::parse).transpose()?,
        link: link.map(|link| JoinLink::parse(link, &meeting)).transpose()?,
        meeting,
    })
}

/// What follows the colon of the first line that begins with one of the labels.
fn after_label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (label, rest) = line.split_once(':')?;
        let label: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_wanted = labels.contains(&label.to_lowercase().as_str());
        (is_wanted && !rest.trim().is_empty()).then(|| rest.trim())
    })
}

fn digits_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '-'));
    &text[..end.unwrap_or(text.len())]
}

/// The first address of a meeting; other links lead to help and to telephone numbers.
fn link_in(text: &str) -> Option<&str> {
    text.match_indices("https://").map(|(at, _)| &text[at..]).find_map(|rest| {
        let is_end = |c: char| !c.is_ascii_graphic() || "<>\"'()[]".contains(c);
        let link = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        (!meeting_in(link).is_empty()).then_some(link)
    })
}

fn meeting_in(link: &str) -> String {
    let path = link.split_once("/j/").or_else(|| link.split_once("/wc/join/"));
    path.map_or_else(String::new, |(_, number)| {
        number.chars().take_while(char::is_ascii_digit).collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JAPANESE: &str = "窓口 担当さんが予約された Zoom ミーティングにあなたを招待しています。\r\n\
        \r\nトピック: 相談\r\n時刻: 2026年11月24日 10:00 AM 大阪、札幌、東京\r\n\r\n\
        参加 Zoom ミーティング\r\nhttps://us02web.zoom.us/j/81234567890?pwd=AbC.1\r\n\r\n\
        ミーティング ID: 812 3456 7890\r\nパスコード: 538276\r\n\r\n---\r\n\r\n\
        ワンタップモバイル機器\r\n+81300000000,,81234567890#,,,,*111111# 日本\r\n";
    const ENGLISH: &str = "The desk is inviting you to a scheduled Zoom meeting.\n\n\
        Time: Nov 24, 2026 10:00 AM Osaka\nLearn more: https://support.zoom.us/articles/1\n\n\
        Join Zoom Meeting\n<https://zoom.us/j/8123456789>\n\nMeeting ID: 812 345 6789\n\
        Passcode: aB3@-_*\n\nDial by your location\n+81 3 0000 0000 Japan\n";

    fn seen(text: &str) -> String {
        match read_invitation(text) {
            Ok(found) => {
                let passcode = found.passcode.as_ref().map_or("-", Passcode::reveal);
                let link = found.link.as_ref().map_or("-", JoinLink::reveal);
                format!("{} {passcode} {link}", found.meeting.digits())
            }
            Err(refusal) => format!("{refusal:?}"),
        }
    }

    #[test]
    fn article_2_2_whole_invitations() {
        let check = |text: &str, expected: &str| assert_eq!(seen(text), expected, "{text}");
        let link = "https://us02web.zoom.us/j/81234567890?pwd=AbC.1";
        check(JAPANESE, &format!("81234567890 538276 {link}"));
        check(ENGLISH, "8123456789 aB3@-_* https://zoom.us/j/8123456789");
        check(
            "ミーティングID：８１２ ３４５６ ７８９０\nパスワード：１２３４",
            "81234567890 1234 -",
        );
        check("会議 ID: 812-3456-7890", "81234567890 - -");
        check(link, &format!("81234567890 - {link}"));
        check(&format!("入室はこちら「{link}」から"), &format!("81234567890 - {link}"));
        check("Meeting ID: 812 3456 7890 (work)", "81234567890 - -");
    }

    #[test]
    fn article_2_2_what_is_no_invitation() {
        let check = |text: &str, expected: JoiningRefusal| {
            assert_eq!(seen(text), format!("{expected:?}"), "{text}");
        };
        check("", JoiningRefusal::MeetingId);
        check("10時に来てください", JoiningRefusal::MeetingId);
        check("https://example.com/help", JoiningRefusal::MeetingId);
        check("ミーティング ID: 12345", JoiningRefusal::MeetingId);
        check("ID: 812 3456 7890", JoiningRefusal::MeetingId);
        check("https://example.com/j/81234567890", JoiningRefusal::Link);
        check(&JAPANESE.replace("538276", "とても長い合言葉です"), JoiningRefusal::Passcode);
        check(&JAPANESE.replace("812 3456", "812 3457"), JoiningRefusal::LinkOfAnotherMeeting);
    }

    proptest! {
        #[test]
        fn any_text_has_an_answer(text: String) {
            let _ = read_invitation(&text);
            let all = format!("Meeting ID: {text}\nPasscode:{text}\nhttps://{text}");
            let _ = read_invitation(&all);
        }
    }
}
