//! The calendar entry, paper and telephone; and when a letter is wanted at all.

use std::sync::LazyLock;

use askama::Template;
use icalendar::Component;
use jiff::SignedDuration;
use lettre::Address;
use proptest::prelude::*;

use super::*;
use crate::web::Page;

fn calendar(written: &Written) -> Option<icalendar::Calendar> {
    let text = &written.calendar.as_ref()?.text;
    Some(text.parse().unwrap_or_else(|fault| panic!("{fault}: {text}")))
}

#[test]
fn calendar_entries_are_read_back() {
    each(|letter, language, written| {
        let open = scene(letter, language).1.is_some_and(|it| it.standing.is_open());
        let part = letter.calendar_part(open);
        let Some(calendar) = calendar(written) else {
            assert_eq!(part, CalendarPart::None, "{letter:?}");
            return;
        };
        let (method, status) = match part {
            CalendarPart::Cancel => ("CANCEL", "CANCELLED"),
            _ => ("PUBLISH", "CONFIRMED"),
        };
        assert_eq!(calendar.property_value("METHOD"), Some(method), "{letter:?}");
        let event = calendar.events().next().expect("an event");
        let value = |name| event.property_value(name).unwrap_or_default().to_owned();
        assert_eq!(value("UID"), "ABCD-2345@madoguchi.example");
        assert_eq!(value("SEQUENCE"), "2", "the number of now, not of when it was owed");
        assert_eq!(value("DTSTART"), "20261124T010000Z");
        assert_eq!(value("DTEND"), "20261124T014500Z");
        assert_eq!(value("DTSTAMP"), "20261120T010000Z");
        assert_eq!(value("STATUS"), status);
        assert_eq!(value("ORGANIZER"), "mailto:letters@madoguchi.example");
        let description = value("DESCRIPTION");
        let joining = Words::new(language).plain("letters-calendar-joining");
        let told = ["相談-2738", TELEPHONE, &joining].iter().all(|it| description.contains(it));
        assert_eq!(told, part == CalendarPart::Publish, "{letter:?} {description}");
        let text = &written.calendar.as_ref().expect("a calendar").text;
        // Folded lines joined: others may see a calendar, and the link opens the application.
        assert!(!text.replace("\r\n ", "").contains("/link/"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    });
}

#[test]
fn nothing_from_outside_begins_a_line() {
    each(|letter, _, written| {
        let calendar = written.calendar.as_ref().map(|it| it.text.as_str());
        for text in [written.subject.as_str(), &written.text, calendar.unwrap_or_default()] {
            assert!(!text.contains("\nBcc:") && !text.contains("\rBcc:"), "{letter:?} {text}");
        }
        assert!(!written.subject.contains(char::is_control));
    });
}

#[test]
fn letters_that_came_too_late_are_not_wanted() {
    let check = |letter: Letter, standing: Standing, minutes: i64, expected: bool| {
        let (application, _) = scene(Letter::Confirmation, Language::Japanese);
        let session = session(standing);
        let now = slot().start.saturating_add(SignedDuration::from_mins(minutes)).unwrap();
        let found = wanted::about(letter, &application, Some(&session), now).is_some();
        assert_eq!(found, expected, "{letter:?} {standing:?} {minutes}");
    };
    use Standing as S;
    check(Letter::Reminder, S::Waiting, -1, true);
    check(Letter::Reminder, S::Waiting, 0, false);
    check(Letter::Reminder, S::CalledOff, -60, false);
    check(Letter::Confirmation, S::Waiting, 44, true);
    check(Letter::Confirmation, S::Waiting, 45, false);
    check(Letter::Confirmation, S::CalledOff, -60, false);
    check(Letter::JoiningData, S::Present, 5, true);
    check(Letter::JoiningData, S::StoppedByOffice, -5, false);
    check(Letter::Change, S::DeemedCancelled, 20, false);
    check(Letter::Cancellation, S::CalledOff, -60, true);
    check(Letter::Cancellation, S::Waiting, -60, false);
    check(Letter::DeemedCancelled, S::DeemedCancelled, 15, true);
    check(Letter::DeemedCancelled, S::InContact, 15, false);
    check(Letter::DeemingUndone, S::InContact, 15, true);
    check(Letter::DeemingUndone, S::CalledOff, 15, true);
    check(Letter::DeemingUndone, S::DeemedCancelled, 15, false);
    check(Letter::DeemingUndone, S::Displaced, 15, false);
    check(Letter::Reinstatement, S::Waiting, -60, true);
    check(Letter::Displaced, S::Displaced, 60, true);
}

fn pages(language: Language, joining: bool) -> (String, String) {
    let context = context();
    let (application, session) = scene(Letter::Confirmation, language);
    let (_, sections) = written(Letter::Confirmation, &(application, session.clone()));
    let line = Line {
        id: 5,
        application: 17,
        receipt: "ABCD-2345".to_owned(),
        letter: Letter::Confirmation,
        state: State::ByHand,
        written_at: now(),
        sent_at: None,
    };
    let shown = Shown {
        line,
        language,
        to: None,
        subject: String::new(),
        sections,
        text: String::new(),
        html: String::new(),
        calendar: None,
        about: wanted::About::session(session.as_ref().expect("a session")),
    };
    let page: Page = page_of(&context, &shown, "/desk/letters/5/print");
    let data = session.and_then(|session| session.joining).filter(|_| joining);
    let print = PrintPage::new(&page, &shown, data.as_ref()).render().expect("it renders");
    let aloud = ReadAloudPage::new(&page, &shown, data.as_ref()).render().expect("it renders");
    (print, aloud)
}

#[test]
fn a_letter_can_be_printed_and_read_aloud() {
    let check = |language, told: &[&str]| {
        let (print, aloud) = pages(language, true);
        assert!(print.contains("987 6543 2101") && print.contains("Zz9*"), "{print}");
        assert!(print.contains("相談-2738"));
        for told in told {
            assert!(aloud.contains(told), "{told} is not in {aloud}");
        }
        assert!(!aloud.contains(LINK) && !aloud.contains("https://zoom.us"), "{aloud}");
        let (print, aloud) = pages(language, false);
        assert!(!print.contains("987") && !aloud.contains("9、8、7"), "not before its time");
    };
    check(
        Language::Japanese,
        &[
            "A、B、C、D、2、3、4、5",
            "そうだん、に、なな、さん、はち",
            "9、8、7。6、5、4、3",
            "大文字のZ、小文字のz",
        ],
    );
    check(Language::EasyJapanese, &["そうだん、に、なな、さん、はち", "072の000の5049"]);
    check(
        Language::English,
        &["soudan, two, seven, three, eight", "capital Z, small z, 9, asterisk"],
    );
}

#[test]
fn article_8_5_joining_data_is_shown_late() {
    let check = |now: &str, standing, expected: bool| {
        let context = Context { now: at(now), ..context() };
        let session = session(standing);
        assert_eq!(joining_shown(&context, &session).is_some(), expected, "{now}");
    };
    check("2026-11-23T09:59:59+09:00", Standing::Waiting, false);
    check("2026-11-23T10:00:00+09:00", Standing::Waiting, true);
    check("2026-11-24T10:05:00+09:00", Standing::Present, true);
    check("2026-11-23T10:00:00+09:00", Standing::CalledOff, false);
}

#[test]
fn the_host_of_a_site() {
    let check = |url: &str, expected: &str| {
        let context = context();
        let site = Site { public_url: url.to_owned(), ..(*context.site).clone() };
        assert_eq!(post::host(&site), expected, "{url}");
    };
    check("https://madoguchi.example", "madoguchi.example");
    check("http://127.0.0.1:8080", "127.0.0.1");
    check("https://madoguchi.example/office", "madoguchi.example");
    check("http://[::1]:8080", "localhost");
    check("https://a\r\nBcc: b", "localhost");
    check("", "localhost");
}

/// Names of the headers of a message as it leaves; the lines of long ones are left out.
fn headers(message: &[u8]) -> Vec<String> {
    let message = String::from_utf8_lossy(message);
    let head = message.split("\r\n\r\n").next().unwrap_or_default();
    let first = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    first.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// Written once: it takes keys on a disk.
static PLAIN: LazyLock<Written> =
    LazyLock::new(|| written(Letter::Withdrawn, &scene(Letter::Withdrawn, Language::Japanese)).0);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_typed_adds_a_header_or_a_recipient(
        subject in ".{0,200}|[a-z:\r\n \t<>@.=?\u{85}\u{2028}]{0,60}",
        local in "[a-z.\"\r\n <>@,;:%(){}'!]{1,12}",
        domain in "[a-z.\r\n <>@,;:\\[\\]-]{1,12}",
    ) {
        let site = site();
        let known: Address = "hana@example.org".parse().expect("an address");
        let expected = post::message(&site, &PLAIN, known.clone()).expect("a message");
        let hostile = Written { subject, ..PLAIN.clone() };
        let to = match Email::parse(&format!("{local}@{domain}.org")) {
            Ok(email) => email.reveal().parse().unwrap_or(known),
            Err(_) => known,
        };
        let message = post::message(&site, &hostile, to.clone()).expect("a message");
        prop_assert_eq!(message.envelope().to(), &[to]);
        prop_assert_eq!(headers(&message.formatted()), headers(&expected.formatted()));
    }
}
