//! Every letter in every language: what it must say, and what it must never say.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rules::application::{Course, DeclineReason, Intake, Kind, Support};
use rules::appointment::Standing;
use rules::people::{Email, FreeText, JobseekerNumber, Kana, LegalName, Practice, Telephone};
use rules::records::objection::{Against, Answer};
use rules::schedule::{Calendar, Slot};
use rules::session::Channel as Means;
use rules::session::{JoinLink, MeetingId, Passcode};
use rules::terms::application::Declining;
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{Declaration, Device, JoinBy};
use rules::terms::{self, Editions};

use super::*;
use crate::app::Site;
use crate::application::{Care, Person, Proposal};
use crate::appointment::Joining;
use crate::people::Office;
use crate::secrets::Keys;
use crate::words::Words;

mod views;

const LINK: &str = "https://madoguchi.example/link/a-capability";
const TELEPHONE: &str = "072-000-5049";
/// Not the shipped number, so that a number written into the wording is noticed.
const GRACE: u16 = 23;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn now() -> Timestamp {
    at("2026-11-20T10:00:00+09:00")
}

fn slot() -> Slot {
    Slot { start: at("2026-11-24T10:00:00+09:00"), minutes: 45 }
}

fn site() -> Site {
    Site {
        public_url: "https://madoguchi.example".to_owned(),
        demo: false,
        mail_from: "窓口 <letters@madoguchi.example>".to_owned(),
    }
}

fn context() -> Context {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = Keys::load_or_create(&folder.path().join("keys")).expect("keys");
    let mut model = terms::model();
    model.rules.grace_minutes = Some(GRACE);
    let office = Office {
        id: 1,
        slug: "mihon".to_owned(),
        name: "みほん窓口\r\nBcc: spy@example.org".to_owned(),
        telephone: TELEPHONE.to_owned(),
        address: "見本町1-1".to_owned(),
        court: "見本裁判所".to_owned(),
        practice: Practice::default(),
        variants: Vec::new(),
        editions: Editions::new(vec![model]).expect("one version"),
        calendar: Calendar::default(),
        stops: Vec::new(),
    };
    Context { office: Arc::new(office), keys: Arc::new(keys), site: Arc::new(site()), now: now() }
}

/// What must not be in any letter.
const CANARIES: [&str; 15] = [
    "金糸雀",
    "カナリア",
    "7654321",
    "27080",
    "canary",
    "090",
    "7777",
    "難病",
    "治療",
    "腰痛",
    "見張",
    "98765",
    "9876",
    "Zz9*",
    "zoom.us",
];

fn application(language: Language) -> Application {
    let text = |text: &str| FreeText::parse(text, 100).ok();
    let person = Person {
        name: LegalName::parse("髙﨑 金糸雀").expect("a name"),
        kana: Kana::parse("タカサキ カナリア").ok(),
        number: JobseekerNumber::parse("27080-7654321").expect("a number"),
        email: Email::parse("canary@example.org").ok(),
        telephone: Telephone::parse("090-7777-6666").ok(),
        note: text("難病の治療と仕事のことを相談したい"),
    };
    let supports = vec![Support::RareDiseaseSupporter, Support::SignLanguage];
    let words = text("腰痛があります");
    Application {
        id: 17,
        office: 1,
        receipt: "ABCD-2345".to_owned(),
        kind: Kind::wished(&supports),
        group: None,
        course: Course::Received,
        intake: Intake::Web,
        language,
        received_at: now(),
        answer_due: at("2026-11-24T17:15:00+09:00"),
        person,
        care: Care { reasons: vec![NeedReason::Distance], supports, interpreter: None, words },
        declaration: Declaration {
            device: Device::Phone,
            join_by: JoinBy::App,
            answers: BTreeMap::new(),
            at: now(),
        },
        wishes: vec![slot()],
        decisions: BTreeMap::new().into(),
        decline_reason: Some(DeclineReason::NoTime),
        proposal: None,
    }
}

fn session(standing: Standing) -> Session {
    let meeting = MeetingId::parse("98765432101").expect("an ID");
    let link = JoinLink::parse("https://zoom.us/j/98765432101?pwd=canary", &meeting);
    Session {
        application: 17,
        alias: rules::people::Alias::parse("相談-2738").expect("an alias"),
        counsellor: (3, "見張 次郎".to_owned()),
        slot: slot(),
        standing,
        sequence: 2,
        joining: Some(Joining { passcode: Passcode::parse("Zz9*").ok(), link: link.ok(), meeting }),
        began_at: None,
        ended_at: None,
        terms_version: "model-1".to_owned(),
        group: None,
    }
}

/// The state of things in which a letter is wanted.
fn scene(letter: Letter, language: Language) -> (Application, Option<Session>) {
    let mut application = application(language);
    let standing = match letter {
        Letter::Cancellation => Standing::CalledOff,
        Letter::DeemedCancelled => Standing::DeemedCancelled,
        Letter::StoppedByOffice => Standing::StoppedByOffice,
        Letter::Displaced => Standing::Displaced,
        _ => Standing::Waiting,
    };
    application.course = match letter {
        Letter::Receipt | Letter::ProposalLapsed => Course::Received,
        Letter::Proposal => Course::Proposed,
        Letter::Declined => Course::Declined,
        Letter::Converted => Course::ToVisit,
        Letter::Withdrawn => Course::Withdrawn,
        _ => {
            return (
                Application { course: Course::Confirmed, ..application },
                Some(session(standing)),
            );
        }
    };
    if letter == Letter::Proposal {
        let lapses_at = at("2026-11-21T17:15:00+09:00");
        application.proposal = Some(Proposal { slot: slot(), counsellor: 3, lapses_at });
    }
    (application, None)
}

fn written(letter: Letter, about: &(Application, Option<Session>)) -> (Written, Vec<Section>) {
    written_by(Means::ByHand, letter, about)
}

fn written_by(
    channel: Means,
    letter: Letter,
    (application, session): &(Application, Option<Session>),
) -> (Written, Vec<Section>) {
    let context = context();
    let session = session.as_ref();
    let about = wanted::about(letter, application, session, context.now);
    let about = about.unwrap_or_else(|| panic!("{letter:?} is wanted"));
    let (from, review) =
        ("2026-11-25".parse().expect("a day"), "2027-05-25".parse().expect("a day"));
    let told = match letter {
        Letter::UseDeclined => Told::Declining(Declining { from, review }),
        Letter::ObjectionAnswered => Told::Answer(Against::Declining, Answer::Changed(review)),
        _ => Told::Nothing,
    };
    let matter =
        Matter { context: &context, application, session, group: None, channel, told, link: LINK };
    let order = Order { application: 17, letter, sequence: 1, key: "17/write:x/1".to_owned() };
    let content = content::compose(&order, &matter, about).expect("it composes");
    let sealed = content.seal(&context, "<id@host>").expect("it seals");
    let content = Content::open(&context, "<id@host>", &sealed).expect("it opens");
    assert!(Content::open(&context, "<other@host>", &sealed).is_err(), "bound to its place");
    let kept = store::Kept {
        id: 5,
        application: 17,
        letter,
        message_id: "<id@host>".to_owned(),
        state: State::Queued,
        sealed: Vec::new(),
        written_at: now(),
        sent_at: None,
    };
    let sections = Content::open(&context, "<id@host>", &sealed).expect("it opens");
    let sections = sections.shown(kept).expect("it is shown").sections;
    let state = (State::Queued, now());
    (content.written(5, "<id@host>".to_owned(), state).expect("it is written"), sections)
}

fn each(mut check: impl FnMut(Letter, Language, &Written)) {
    for language in Language::ALL {
        for letter in Letter::ALL {
            check(letter, language, &written(letter, &scene(letter, language)).0);
        }
    }
}

/// The same, whatever the session is held by.
fn each_by_every_channel(mut check: impl FnMut(Letter, Language, &Written)) {
    for channel in Means::ALL {
        for language in Language::ALL {
            for letter in Letter::ALL {
                let about = scene(letter, language);
                check(letter, language, &written_by(channel, letter, &about).0);
            }
        }
    }
}

#[test]
fn no_letter_tells_what_others_must_not_read() {
    each_by_every_channel(|letter, language, written| {
        let unfolded = written.calendar.as_ref().map(|it| it.text.replace("\r\n ", ""));
        let calendar = unfolded.unwrap_or_default();
        for (part, text) in [
            ("subject", &written.subject),
            ("text", &written.text),
            ("html", &written.html),
            ("calendar", &calendar),
        ] {
            // The address of the recipient stands in the envelope alone.
            let told = CANARIES.into_iter().find(|canary| text.contains(canary));
            assert_eq!(told, None, "{letter:?} {language:?} {part}: {text}");
        }
        assert!(written.to.is_some());
    });
}

#[test]
fn every_letter_says_whence_it_comes_and_nothing_unworded() {
    each_by_every_channel(|letter, language, written| {
        let place = format!("{letter:?} {language:?}: {}", written.text);
        assert!(written.text.contains("みほん窓口"), "{place}");
        assert!(written.text.contains("ABCD-2345"), "{place}");
        assert!(written.text.contains(TELEPHONE), "{place}");
        for odd in ["letters-", "common-", "{", "}", "《", "｜", "\u{2068}", "\n\n\n"] {
            assert!(!written.text.contains(odd), "{odd:?} in {place}");
        }
        assert!(!written.html.contains("letters-"), "{}", written.html);
        assert!(written.html.contains("lang=\"ja\"") || language == Language::English);
    });
}

/// The tool is named where its name is needed, and nowhere else.
#[test]
fn article_2_3_the_alias_is_explained_by_the_way_of_joining() {
    let check = |channel: Means, told: &str, untold: &[&str]| {
        let about = scene(Letter::Confirmation, Language::Japanese);
        let text = written_by(channel, Letter::Confirmation, &about).0.text;
        assert!(text.contains(told), "{channel:?}: {text}");
        for untold in untold {
            assert!(!text.contains(untold), "{channel:?} {untold}: {text}");
        }
    };
    check(Means::ByHand, "Zoomの名前の欄に", &["アプリは要りません"]);
    check(Means::ByHand, "この予約だけで使う名前です", &[]);
    check(Means::Room, "アプリは要りません", &["Zoom", "このお知らせには書いていません"]);
    check(Means::Room, "この予約だけで使う名前です", &[]);
    check(
        Means::Telephone,
        "窓口からお電話します",
        &["Zoom", "アプリ", "表示名", "画面に入れない", "MB"],
    );
}

#[test]
fn subjects_are_the_same_for_every_letter() {
    each(|_, language, written| {
        let expected = match language {
            Language::Japanese => "【受付 ABCD-2345】オンライン職業相談のお知らせ",
            Language::EasyJapanese => "【受付 ABCD-2345】オンライン仕事相談のお知らせ",
            Language::English => "[Receipt ABCD-2345] About your online job counselling",
        };
        assert_eq!(written.subject, expected);
    });
}

#[test]
fn text_and_html_say_the_same() {
    for language in Language::ALL {
        for letter in Letter::ALL {
            let (written, sections) = written(letter, &scene(letter, language));
            let shown = without_ruby(&written.html);
            for section in &sections {
                let phrases = section.lines.iter().chain(&section.heading).chain(&section.large);
                for phrase in phrases.chain(section.link.as_ref().map(|link| &link.words)) {
                    assert!(written.text.contains(&phrase.plain), "{letter:?} {}", phrase.plain);
                    assert!(shown.contains(&phrase.plain), "{letter:?} {} {shown}", phrase.plain);
                }
                if let Some(link) = &section.link {
                    assert!(written.text.contains(&link.address), "{letter:?}");
                    assert!(written.html.contains(&link.address), "{letter:?}");
                }
            }
        }
    }
}

/// What a page shows, without readings.
fn without_ruby(html: &str) -> String {
    let mut document = scraper::Html::parse_document(html);
    let readings = scraper::Selector::parse("rt, rp").expect("a selector");
    let found: Vec<_> = document.select(&readings).map(|element| element.id()).collect();
    for id in found {
        document.tree.get_mut(id).expect("an element").detach();
    }
    document.root_element().text().collect()
}

#[test]
fn article_2_letters_about_a_session_to_come_hold_all_that_it_takes() {
    let open = [
        Letter::Confirmation,
        Letter::Reminder,
        Letter::Change,
        Letter::JoiningData,
        Letter::Reinstatement,
        Letter::DeemingUndone,
        Letter::StopLifted,
    ];
    each(|letter, language, written| {
        let invites = open.contains(&letter);
        let words = Words::new(language);
        let place = format!("{letter:?} {}", written.text);
        for told in [
            words.plain_slot(&slot()),
            "相談-2738".to_owned(),
            words.plain("letters-alias-no-name"),
            words.plain1("letters-absence-grace", "grace", GRACE),
            words.plain("common-cost-reminder"),
            words.plain("letters-recording-ban"),
            words.plain("letters-recording-assistants"),
            words.plain_moment(at("2026-11-24T09:45:00+09:00")),
            LINK.to_owned(),
        ] {
            assert!(!invites || written.text.contains(&told), "{told} is not in {place}");
        }
        assert_eq!(written.text.contains("相談-2738"), invites, "{place}");
    });
}

#[test]
fn article_2_4_the_deeming_is_explained_and_can_be_objected_to() {
    each(|letter, language, written| {
        let words = Words::new(language);
        let deemed = letter == Letter::DeemedCancelled;
        for told in [
            words.plain1("letters-deemed-what", "grace", GRACE),
            words.plain("letters-deemed-object"),
            words.plain("letters-deemed-alone"),
        ] {
            assert_eq!(written.text.contains(&told), deemed, "{letter:?} {}", written.text);
        }
    });
}

#[test]
fn article_9_6_what_the_office_stops_counts_against_nobody() {
    each(|letter, language, written| {
        let words = Words::new(language);
        let ours = matches!(letter, Letter::StoppedByOffice | Letter::Displaced);
        for told in ["letters-not-counted", "letters-new-time-first"] {
            assert_eq!(written.text.contains(&words.plain(told)), ours, "{letter:?}");
        }
    });
}

#[test]
fn article_2_2_every_reason_of_declining_is_told_in_words() {
    let mut told = std::collections::BTreeSet::new();
    for language in Language::ALL {
        for reason in DeclineReason::ALL {
            let (mut application, session) = scene(Letter::Declined, language);
            application.decline_reason = Some(reason);
            told.insert(written(Letter::Declined, &(application, session)).0.text);
        }
    }
    assert_eq!(told.len(), Language::ALL.len() * DeclineReason::ALL.len());
}

#[test]
fn those_who_cannot_telephone_may_cancel_on_their_page() {
    for (supports, online) in [(vec![], false), (vec![Support::NoTelephone], true)] {
        let (mut application, session) = scene(Letter::Confirmation, Language::Japanese);
        application.care.supports = supports;
        let text = written(Letter::Confirmation, &(application, session)).0.text;
        let told = Words::new(Language::Japanese).plain("letters-absence-online");
        assert_eq!(text.contains(&told), online, "{text}");
    }
}
