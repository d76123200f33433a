//! What each step says of bad input (domain of articles 1, 2 and 4), as tables.

use jiff::Timestamp;
use rules::application::Kind;
use rules::people::{Language, Practice};
use rules::schedule::{Calendar, Slot};
use rules::session::Channel;
use rules::terms::environment::JoinBy;
use rules::terms::{self, Editions};

use super::step::Step;
use super::{Sheet, assemble::assemble, wish_board};
use crate::application::draft::Draft;
use crate::people::Office;
use crate::words::Words;

fn office() -> Office {
    Office {
        id: 1,
        slug: "mihon".to_owned(),
        name: "見本".to_owned(),
        telephone: "00-0000-0000".to_owned(),
        address: String::new(),
        court: String::new(),
        practice: Practice::default(),
        variants: Vec::new(),
        editions: Editions::new(vec![terms::model()]).expect("one version"),
        calendar: Calendar::default(),
        stops: Vec::new(),
    }
}

fn sheet(office: &Office) -> Sheet<'_> {
    let now: Timestamp = "2026-09-01T10:00:00+09:00".parse().expect("an instant");
    let words = Words::new(Language::English);
    let bounds = office.bounds(now).expect("terms in force");
    Sheet { words, office, bounds, group: None, kind: Kind::Counselling, now }
}

/// What an ordinary person types. `fields` replace it, field by field.
fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::begin();
    let version = terms::model().version.to_string();
    let ordinary = [
        ("consent", "yes"),
        ("version", version.as_str()),
        ("name", "堺　太郎"),
        ("number", "27080-01391873"),
        ("telephone", "072-238-8301"),
        ("language", "ja"),
        ("minutes", "30"),
        ("wish_dates", "2026-09-25"),
        ("wish_times", "10:00"),
        ("reasons", "distance"),
        ("device", "computer"),
        ("join_by", "browser"),
    ];
    for (field, text) in ordinary {
        draft.set(field, vec![text.to_owned()]);
    }
    for item in terms::environment::Item::ALL {
        draft.set(item.code(), vec!["yes".to_owned()]);
    }
    for (field, text) in fields {
        draft.set(field, vec![(*text).to_owned()]);
    }
    draft
}

/// `expected` holds fields and keys of sentences; an empty key stands for one with numbers in it.
fn check(step: Step, fields: &[(&str, &str)], expected: &[(&str, &str)]) {
    check_at(&office(), step, fields, expected);
}

fn check_at(office: &Office, step: Step, fields: &[(&str, &str)], expected: &[(&str, &str)]) {
    let sheet = sheet(office);
    let faults = step.faults(&sheet, &draft(fields));
    let found: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(field, _)| *field).collect();
    assert_eq!(found, wanted, "{fields:?}");
    for (fault, (_, key)) in faults.iter().zip(expected).filter(|(_, (_, key))| !key.is_empty()) {
        let sentence = sheet.words.t(key);
        assert!(fault.sentence.as_str().starts_with(sentence.as_str()), "{fields:?}: {fault:?}");
    }
}

#[test]
fn an_ordinary_application_is_whole() {
    let office = office();
    let sheet = sheet(&office);
    let whole = assemble(&sheet, &draft(&[])).unwrap_or_else(|(step, _)| panic!("{step:?}"));
    assert_eq!(whole.person.number.dashed(), "27080-01391873");
    assert_eq!(whole.wishes.len(), 1);
    assert!(whole.person.kana.is_none() && whole.person.note.is_none());
}

#[test]
fn preamble_and_article_1_consent_to_the_version_in_force() {
    let check = |fields: &[_], key: &str| {
        check(Step::Conditions, fields, &[("consent", key)]);
    };
    check(&[("consent", "")], "application-consent-fault");
    check(&[("version", "model-0")], "refusals-consent-missing");
    check(&[("version", "")], "refusals-consent-missing");
    check(&[("version", "<script>")], "refusals-consent-missing");
}

#[test]
fn article_2_1_names() {
    let check = |name: &str, key: &str| {
        let expected = [("name", key)];
        let expected = if key == "+" { &expected[..0] } else { &expected[..] };
        check(Step::Identity, &[("name", name)], expected);
    };
    check("髙﨑　𠮷乃", "+");
    check("渡邉󠄀", "+");
    check("", "application-name-empty");
    check(" 　\u{3000}", "application-name-empty");
    check(&"あ".repeat(101), "");
    check("太郎\r\nBcc: x@example.jp", "application-name-unseen");
    check("太\u{202E}郎", "application-name-unseen");
    check("太\0郎", "application-name-unseen");
    check("太郎😀", "application-name-symbol");
    check("<b>太郎</b>", "application-name-symbol");
    check("12345", "application-name-no-letter");
    super::tests::check(
        Step::Identity,
        &[("kana", "sakai")],
        &[("kana", "application-kana-fault")],
    );
}

#[test]
fn article_2_1_jobseeker_numbers() {
    let check = |number: &str, field: &str, key: &str| {
        let expected = [(field, key)];
        let expected = if key == "+" { &expected[..0] } else { &expected[..] };
        check(Step::Identity, &[("number", number)], expected);
    };
    check("２７０８０－０１３９１８７３", "", "+");
    check("27080 1391873", "", "+");
    check("2708001391873", "", "+");
    check("", "number", "application-number-empty");
    check("27080", "number", "application-number-incomplete");
    check("2708-013918-7", "number", "application-number-establishment");
    check("求人番号 27080-01391873", "number", "application-number-job-offer");
    check("270-8001391873", "number", "application-number-misplaced-dash");
    check("27080-013918731234", "number", "application-number-too-long");
    check("' or 1=1 --", "number", "application-number-not-digits");
    check("2708013918", "number_confirmed", "");
    let confirmed = [("number", "2708013918"), ("number_confirmed", "27080-13918")];
    super::tests::check(Step::Identity, &confirmed, &[]);
    let another = [("number", "2708013919"), ("number_confirmed", "27080-13918")];
    super::tests::check(Step::Identity, &another, &[("number_confirmed", "")]);
}

#[test]
fn article_2_2_ways_to_reach_a_person() {
    let check = |fields: &[_], expected: &[_]| check(Step::Contact, fields, expected);
    check(&[("telephone", "")], &[("telephone", "application-contact-none")]);
    check(&[("telephone", ""), ("email", "taro@example.jp")], &[]);
    check(&[("telephone", "０７２（２３８）８３０１")], &[]);
    check(&[("telephone", "2388301")], &[("telephone", "application-telephone-area-code")]);
    check(&[("telephone", "072-238")], &[("telephone", "application-telephone-few")]);
    check(&[("telephone", "072-238-8301-99")], &[("telephone", "application-telephone-many")]);
    check(&[("telephone", "ない")], &[("telephone", "application-telephone-digits")]);
    check(&[("email", "taro")], &[("email", "application-email-at")]);
    check(&[("email", "taro@example.jp, a@b.jp")], &[("email", "application-email-space")]);
    check(&[("email", "taro@example.jp\r\nBcc: a@b.jp")], &[("email", "application-email-space")]);
    check(&[("email", "taro.@example.jp")], &[("email", "application-email-dot")]);
    check(&[("email", "taro@localhost")], &[("email", "application-email-form")]);
    check(&[("language", "xx")], &[("language", "application-language-fault")]);
    let long = "あ".repeat(401);
    super::tests::check(Step::Contact, &[("note", &long)], &[("note", "")]);
    check(&[("note", "a\0b")], &[("note", "application-text-unseen")]);
    check(&[("note", "<script>alert(1)</script>")], &[]);
}

#[test]
fn article_2_1_lengths() {
    let check = |minutes: &str, key: &str| {
        check(Step::Length, &[("minutes", minutes)], &[("minutes", key)]);
    };
    check("", "application-length-fault");
    check("29", "refusals-slot-too-short");
    check("0", "refusals-slot-too-short");
    check("61", "refusals-slot-too-long");
    check("90", "refusals-slot-too-long");
    check("31", "refusals-slot-not-on-step");
    check("-30", "refusals-slot-not-a-time");
    check("30.5", "refusals-slot-not-a-time");
    check("99999999999999999999", "refusals-slot-not-a-time");
    super::tests::check(Step::Length, &[("minutes", "６０")], &[]);
}

#[test]
fn article_2_1_wishes() {
    let check = |date: &str, time: &str, key: &str| {
        let fields = [("wish_dates", date), ("wish_times", time)];
        let expected = [("wish-1", key)];
        let expected = if key == "+" { &expected[..0] } else { &expected[..] };
        check(Step::Wishes, &fields, expected);
    };
    check("2026-09-25", "11:30", "+");
    check("２０２６年９月２５日", "午後２時半", "+");
    check("2026-09-22", "10:00", "refusals-slot-holiday");
    check("2026-12-30", "10:00", "refusals-slot-year-end");
    check("2026-09-26", "10:00", "refusals-slot-weekend");
    check("2026-09-25", "12:00", "refusals-slot-outside-window");
    check("2026-09-25", "11:45", "refusals-slot-outside-window");
    check("2026-09-25", "09:59", "refusals-slot-outside-window");
    check("2026-09-25", "25:00", "refusals-slot-not-a-time");
    check("2026-02-30", "10:00", "refusals-slot-not-a-time");
    check("2026-09-01", "14:00", "refusals-slot-same-day");
    check("2026-08-31", "10:00", "refusals-slot-in-the-past");
    check("2027-09-01", "10:00", "refusals-slot-beyond-horizon");
    check("令和8年9月25日", "10:00", "refusals-slot-era-date");
    check("", "", "refusals-slot-not-a-time");
    check("<b>", "'; drop table wishes", "refusals-slot-not-a-time");
}

#[test]
fn article_2_1_a_session_lies_in_one_window() {
    let check = |minutes: &str, time: &str, is_good: bool| {
        let fields = [("minutes", minutes), ("wish_times", time)];
        let expected = [("wish-1", "refusals-slot-outside-window")];
        super::tests::check(Step::Wishes, &fields, if is_good { &[] } else { &expected });
    };
    check("60", "11:00", true);
    check("60", "11:30", false);
    check("60", "15:30", true);
    check("60", "16:00", false);
}

#[test]
fn article_2_1_ranked_wishes() {
    let office = office();
    let sheet = sheet(&office);
    let mut draft = draft(&[]);
    let list = |dates: [&str; 2]| dates.map(str::to_owned).to_vec();
    draft.set("wish_dates", list(["2026-09-25", "2026-09-25"]));
    draft.set("wish_times", list(["10:00", "10:00"]));
    let faults = wish_board::read(&sheet, &draft).expect_err("the same time twice");
    assert!(faults.of("wish-2").is_some() && faults.of("wish-1").is_none());
    wish_board::remove(&mut draft, 1);
    assert_eq!(wish_board::read(&sheet, &draft).map(|wishes| wishes.len()), Ok(1));
    wish_board::remove(&mut draft, 7);
    wish_board::remove(&mut draft, 1);
    assert!(wish_board::is_empty(&draft) && wish_board::read(&sheet, &draft).is_err());
}

#[test]
fn article_2_2_a_wish_that_is_taken_is_told() {
    let office = office();
    let sheet = sheet(&office);
    let at = |start: &str| Slot { start: start.parse().expect("an instant"), minutes: 30 };
    let (ten, eleven) = (at("2026-09-25T10:00:00+09:00"), at("2026-09-25T11:00:00+09:00"));
    assert!(wish_board::taken(&sheet, &[ten], &[ten, eleven]).is_empty());
    assert!(wish_board::taken(&sheet, &[ten, eleven], &[ten]).of("wish-2").is_some());
    assert!(wish_board::taken(&sheet, &[ten], &[]).is_empty(), "the office looks for a time");
}

/// Where the office uses the built-in room there is no app, and nothing to choose.
#[test]
fn article_4_3_no_app_in_an_office_with_a_room() {
    let mut office = office();
    office.practice.meetings = Channel::Room;
    for fields in
        [[("join_by", ""), ("app_installed", "")], [("join_by", "app"), ("device", "phone")]]
    {
        check_at(&office, Step::Device, &fields, &[]);
        check_at(&office, Step::Environment, &fields, &[]);
        let read = super::device::read(&sheet(&office), &draft(&fields));
        assert_eq!(read.map(|(_, by)| by).ok(), Some(JoinBy::Room), "{fields:?}");
    }
    check(Step::Device, &[("join_by", "room")], &[("join_by", "application-join-by-fault")]);
}

#[test]
fn article_1_3_and_4() {
    check(Step::Reasons, &[("reasons", "")], &[("reasons", "application-reasons-fault")]);
    check(Step::Reasons, &[("reasons", "diabetes")], &[("reasons", "application-reasons-fault")]);
    check(Step::Reasons, &[("supports", "<b>")], &[]);
    check(Step::Device, &[("device", "fax")], &[("device", "application-device-fault")]);
    check(Step::Device, &[("join_by", "")], &[("join_by", "application-join-by-fault")]);
    // 4(3): the app is not asked for on a computer with a browser, and only there.
    check(Step::Environment, &[("app_installed", "")], &[]);
    let phone = [("device", "phone"), ("app_installed", "")];
    check(Step::Environment, &phone, &[("app_installed", "")]);
    // "No" and "I do not know" keep nobody from applying.
    check(Step::Environment, &[("safe", "no"), ("updated", "unsure")], &[]);
    // 4(6): there is no firewall to be set on a telephone; on a computer there is.
    check(Step::Environment, &[("device", "phone"), ("firewall", "not_applicable")], &[]);
    check(Step::Environment, &[("firewall", "not_applicable")], &[("firewall", "")]);
    check(Step::Environment, &[("anti_virus", "perhaps")], &[("anti_virus", "")]);
}
