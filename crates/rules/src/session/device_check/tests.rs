//! What browsers send, and what is said of it. The table is the shipped one; it is 2026-11-24.

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

const NOW: &str = "2026-11-24T10:00:00+09:00";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

/// Browser and system as they were seen, and what is said of each.
fn said(sent: &Sent<'_>) -> String {
    let seen = see(sent);
    let support = SupportData::shipped();
    let code = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let number = |major: Option<u16>| major.map_or("-".to_owned(), |major| major.to_string());
    let family = match seen.in_app {
        true => "in_app".to_owned(),
        false => code(serde_json::to_value(seen.browser).unwrap()),
    };
    let system = code(serde_json::to_value(seen.system).unwrap());
    let today = day("2026-11-24");
    let browser_said = support.browser(&seen, now(), today).code();
    let system_said = support.system(&seen, now(), today).code();
    let (major, system_major) = (number(seen.browser_major), number(seen.system_major));
    format!("{family} {major} {browser_said}, {system} {system_major} {system_said}")
}

#[track_caller]
fn check(user_agent: &str, expected: &str) {
    assert_eq!(said(&Sent { user_agent, ..Sent::default() }), expected, "{user_agent}");
}

/// With Chromium's hints: brands, platform, its version.
#[track_caller]
fn hints(brands: &str, platform: &str, version: &str, expected: &str) {
    let sent = Sent {
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/157.0.0.0 Safari/537.36",
        brands: Some(brands),
        platform: Some(platform),
        platform_version: Some(version),
        touch_points: None,
    };
    assert_eq!(said(&sent), expected, "{brands} {platform} {version}");
}

const WEBKIT: &str = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const BLINK: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

#[test]
fn article_4_5_browsers_by_the_old_header() {
    let windows = |rest: &str| format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {rest}");
    let unknown = "windows - cannot_tell";
    let chrome = |major: u32| windows(&format!("{BLINK} Chrome/{major}.0.0.0 Safari/537.36"));
    check(&chrome(157), &format!("chrome 157 confirmed, {unknown}"));
    check(&chrome(155), &format!("chrome 155 confirmed, {unknown}"));
    check(&chrome(154), &format!("chrome 154 maybe_old, {unknown}"));
    check(&chrome(160), &format!("chrome 160 confirmed, {unknown}"));
    check(&chrome(177), &format!("chrome 177 confirmed, {unknown}"));
    check(&chrome(178), &format!("chrome 178 cannot_tell, {unknown}"));
    check(&chrome(99_999), &format!("chrome - cannot_tell, {unknown}"));
    let edge = windows(&format!("{BLINK} Chrome/157.0.0.0 Safari/537.36 Edg/156.0.0.0"));
    check(&edge, &format!("edge 156 confirmed, {unknown}"));
    let old_edge = windows(&format!("{BLINK} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763"));
    check(&old_edge, &format!("edge 18 maybe_old, {unknown}"));
    let firefox = |major: u32| windows(&format!("Gecko/20100101 Firefox/{major}.0"));
    check(&firefox(160), &format!("firefox 160 confirmed, {unknown}"));
    check(&firefox(158), &format!("firefox 158 confirmed, {unknown}"));
    check(&firefox(157), &format!("firefox 157 maybe_old, {unknown}"));
    check(&firefox(153), &format!("firefox 153 confirmed, {unknown}")); // Extended support.
    check(&firefox(140), &format!("firefox 140 maybe_old, {unknown}"));
    let opera = windows(&format!("{BLINK} Chrome/155.0.0.0 Safari/537.36 OPR/140.0.0.0"));
    check(&opera, &format!("other 140 cannot_tell, {unknown}"));
    let explorer = "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko";
    check(explorer, "internet_explorer 11 maybe_old, windows 8 maybe_old");
    let tests = format!("Mozilla/5.0 (X11; Linux x86_64) {BLINK} HeadlessChrome/156.0.0.0");
    check(&tests, "chrome 156 confirmed, linux - cannot_tell");
}

#[test]
fn article_4_4_systems_that_lie_by_agreement() {
    let mac = |system: &str, safari: &str| {
        format!("Mozilla/5.0 (Macintosh; Intel Mac OS X {system}) {WEBKIT} {safari}")
    };
    let safari = mac("10_15_7", "Version/27.2 Safari/605.1.15");
    check(&safari, "safari 27 confirmed, macos - cannot_tell");
    let older = mac("10_15_7", "Version/18.6 Safari/605.1.15");
    check(&older, "safari 18 maybe_old, macos - cannot_tell");
    let truly_old = mac("10_13_6", "Version/13.1.2 Safari/605.1.15");
    check(&truly_old, "safari 13 maybe_old, macos 10 maybe_old");
    let sent = Sent { user_agent: &safari, touch_points: Some(5), ..Sent::default() };
    assert_eq!(said(&sent), "safari 27 confirmed, ipados - cannot_tell");
    let sent = Sent { user_agent: &safari, touch_points: Some(0), ..Sent::default() };
    assert_eq!(said(&sent), "safari 27 confirmed, macos - cannot_tell");
    let android = |system: &str, rest: &str| format!("Mozilla/5.0 (Linux; {system}) {rest}");
    let chrome =
        android("Android 10; K", &format!("{BLINK} Chrome/157.0.0.0 Mobile Safari/537.36"));
    check(&chrome, "chrome 157 confirmed, android - cannot_tell");
    let samsung = format!("{BLINK} SamsungBrowser/30.0 Chrome/146.0.0.0 Mobile Safari/537.36");
    check(
        &android("Android 10; K", &samsung),
        "samsung_internet 30 confirmed, android - cannot_tell",
    );
    let firefox = "Mozilla/5.0 (Android 13; Mobile; rv:160.0) Gecko/160.0 Firefox/160.0";
    check(firefox, "firefox 160 confirmed, android 13 maybe_old");
    let firefox = "Mozilla/5.0 (Android 15; Mobile; rv:160.0) Gecko/160.0 Firefox/160.0";
    check(firefox, "firefox 160 confirmed, android 15 confirmed");
    let book =
        format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {BLINK} Chrome/157.0.0.0 Safari/1");
    check(&book, "chrome 157 confirmed, chromeos - cannot_tell");
}

#[test]
fn article_4_4_ios_says_eighteen_for_ever() {
    let iphone = |system: &str, rest: &str| {
        format!("Mozilla/5.0 (iPhone; CPU iPhone OS {system} like Mac OS X) {WEBKIT} {rest}")
    };
    let safari = |version: &str| format!("Version/{version} Mobile/15E148 Safari/604.1");
    check(&iphone("17_5", &safari("17.5")), "safari 17 maybe_old, ios 17 maybe_old");
    check(&iphone("18_6", &safari("18.6")), "safari 18 maybe_old, ios 18 confirmed");
    check(&iphone("18_6", &safari("26.0")), "safari 26 confirmed, ios 26 confirmed");
    check(&iphone("18_7", &safari("27.2")), "safari 27 confirmed, ios 27 confirmed");
    check(&iphone("18_7", &safari("99.0")), "safari 99 cannot_tell, ios 99 cannot_tell");
    check(&iphone("12_5_7", &safari("12.1")), "safari 12 maybe_old, ios 12 maybe_old");
    check(&iphone("9_3", &safari("9.0")), "safari 9 maybe_old, ios 9 maybe_old");
    let chrome = iphone("18_7", "CriOS/157.0.7000.0 Mobile/15E148 Safari/604.1");
    check(&chrome, "chrome 157 confirmed, ios - cannot_tell");
    let firefox = iphone("26_1", "FxiOS/160.0 Mobile/15E148 Safari/605.1.15");
    check(&firefox, "firefox 160 confirmed, ios 26 confirmed");
    let ipad = format!("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) {WEBKIT} {}", safari("26.1"));
    check(&ipad, "safari 26 confirmed, ipados - cannot_tell");
    let ipad = format!("Mozilla/5.0 (iPad; CPU OS 14_8 like Mac OS X) {WEBKIT} {}", safari("14.1"));
    check(&ipad, "safari 14 maybe_old, ipados 14 maybe_old");
}

#[test]
fn pages_inside_another_app() {
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)";
    let android = format!("Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) {BLINK}");
    let ios_unknown = "in_app - cannot_tell, ios - cannot_tell";
    check(&format!("{iphone} {WEBKIT} Mobile/15E148 Safari Line/15.12.1"), ios_unknown);
    check(&format!("{iphone} {WEBKIT} Mobile/15E148 Safari Line/15.12.1 LIFF"), ios_unknown);
    check(&format!("{iphone} {WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]"), ios_unknown);
    check(&format!("{iphone} {WEBKIT} Mobile/15E148"), ios_unknown);
    let android_known = "in_app - cannot_tell, android 14 confirmed";
    check(&format!("{android} Version/4.0 Chrome/157.0 Mobile Safari/537.36"), android_known);
    check(&format!("{android} Chrome/157.0 Mobile Safari/537.36 Line/15.1/IAB"), android_known);
    let brands = r#""Android WebView";v="157", "Chromium";v="157", "Not?A_Brand";v="24""#;
    hints(brands, "\"Android\"", "\"14\"", "in_app - cannot_tell, android 14 confirmed");
    // "Line/" inside a word is no mark.
    let good = format!("Mozilla/5.0 (X11; Linux) {BLINK} Chrome/157.0 Safari/1 Airline/1");
    check(&good, "chrome 157 confirmed, linux - cannot_tell");
}

#[test]
fn articles_4_4_and_4_5_chromiums_hints() {
    let chrome = r#""Google Chrome";v="157.0.7000.40", "Chromium";v="157", "Not?A_Brand";v="24""#;
    let confirmed = |system: &str| format!("chrome 157 confirmed, {system}");
    hints(chrome, "\"Windows\"", "\"19.0.0\"", &confirmed("windows 11 cannot_tell"));
    hints(chrome, "\"Windows\"", "\"13.0.0\"", &confirmed("windows 11 cannot_tell"));
    hints(chrome, "\"Windows\"", "\"10.0.0\"", &confirmed("windows 10 maybe_old"));
    hints(chrome, "\"Windows\"", "\"1.0.0\"", &confirmed("windows 10 maybe_old"));
    hints(chrome, "\"Windows\"", "\"0.3.0\"", &confirmed("windows 8 maybe_old"));
    hints(chrome, "\"Windows\"", "\"12.0.0\"", &confirmed("windows - cannot_tell"));
    hints(chrome, "\"macOS\"", "\"13.6.1\"", &confirmed("macos 13 maybe_old"));
    hints(chrome, "\"macOS\"", "\"14.5.0\"", &confirmed("macos 14 confirmed"));
    hints(chrome, "\"macOS\"", "\"27.0.0\"", &confirmed("macos 27 confirmed"));
    hints(chrome, "\"Android\"", "\"13.0.0\"", &confirmed("android 13 maybe_old"));
    hints(chrome, "\"Android\"", "\"8.1.0\"", &confirmed("android 8 maybe_old"));
    hints(chrome, "\"Android\"", "\"17\"", &confirmed("android 17 confirmed"));
    hints(chrome, "\"Android\"", "", &confirmed("android - cannot_tell"));
    hints(chrome, "\"Linux\"", "\"\"", &confirmed("linux - cannot_tell"));
    hints(chrome, "\"Chrome OS\"", "\"16328.0.0\"", &confirmed("chromeos - cannot_tell"));
    // What is not known as a hint is read from the old header.
    hints(chrome, "\"Unknown\"", "\"1\"", &confirmed("linux - cannot_tell"));
    let edge = r#""Microsoft Edge";v="154", "Chromium";v="154", "Not A;Brand";v="99""#;
    hints(edge, "\"Linux\"", "", "edge 154 maybe_old, linux - cannot_tell");
    let chromium = r#""Chromium";v="156", " Not;A Brand";v="99""#;
    hints(chromium, "\"Linux\"", "", "chrome 156 confirmed, linux - cannot_tell");
    let brave = r#""Brave";v="157", "Chromium";v="157", "Not)A;Brand";v="8""#;
    hints(brave, "\"Linux\"", "", "other 157 cannot_tell, linux - cannot_tell");
    let escaped = r#""Not\"A;Brand";v="8", "Google Chrome";v="150", "Chromium";v="150""#;
    hints(escaped, "\"Linux\"", "", "chrome 150 maybe_old, linux - cannot_tell");
    hints("", "", "", "chrome 157 confirmed, linux - cannot_tell");
    hints("\"", "\"", "\"", "chrome 157 confirmed, linux - cannot_tell");
    hints(r#""Google Chrome";v="x""#, "Linux", "", "chrome - cannot_tell, linux - cannot_tell");
}

#[test]
fn hostile_headers_tell_nothing() {
    let nothing = "other - cannot_tell, other - cannot_tell";
    let long = format!("{}Chrome/157.0", "あ".repeat(1_000));
    for agent in
        ["", " ", "\0", "Chrome", "Chrome/", "／Chrome/157", "<script>", "ChromeXY/1", &long]
    {
        let expected = match agent {
            "Chrome/" => "chrome - cannot_tell, other - cannot_tell",
            "／Chrome/157" => "chrome 157 confirmed, other - cannot_tell",
            _ => nothing,
        };
        check(agent, expected);
    }
    check("Chrome/-1 Windows NT x", "chrome - cannot_tell, windows - cannot_tell");
    check("iPhone; Safari/1 Version/ OS", "safari - cannot_tell, ios - cannot_tell");
}

#[test]
fn article_4_4_support_has_to_last_until_the_day() {
    let support = SupportData::shipped();
    let seen = |system, major| Seen {
        browser: BrowserFamily::Chrome,
        browser_major: Some(157),
        in_app: false,
        system,
        system_major: Some(major),
    };
    let check = |system, major, on: &str, expected: Finding| {
        let at = format!("{on}T09:00:00+09:00").parse::<Timestamp>().unwrap().min(now());
        let found = support.system(&seen(system, major), at, day(on));
        assert_eq!(found, expected, "{system:?} {major} {on}");
    };
    check(SystemFamily::Android, 13, "2026-03-02", Finding::Confirmed);
    check(SystemFamily::Android, 13, "2026-03-03", Finding::MaybeOld);
    check(SystemFamily::Windows, 10, "2025-10-14", Finding::Confirmed);
    check(SystemFamily::Windows, 10, "2025-10-15", Finding::MaybeOld);
    // Releases that a browser cannot tell apart: some had ended, not all.
    check(SystemFamily::Windows, 11, "2023-10-10", Finding::Confirmed);
    check(SystemFamily::Windows, 11, "2026-11-24", Finding::CannotTell);
    check(SystemFamily::Windows, 11, "2029-03-14", Finding::MaybeOld);
    check(SystemFamily::Windows, 12, "2026-11-24", Finding::CannotTell);
    check(SystemFamily::Ios, 22, "2026-11-24", Finding::CannotTell);
    check(SystemFamily::Linux, 6, "2026-11-24", Finding::CannotTell);
}

#[test]
fn an_old_table_says_nothing() {
    let support = SupportData::shipped();
    assert_eq!(support.date(), Some(day("2026-08-22")));
    let seen = Seen {
        browser: BrowserFamily::Chrome,
        browser_major: Some(1),
        in_app: false,
        system: SystemFamily::Android,
        system_major: Some(13),
    };
    let check = |today: &str, browser: Finding, system: Finding| {
        let now = format!("{today}T23:59:59+09:00").parse().unwrap();
        let found =
            (support.browser(&seen, now, day(today)), support.system(&seen, now, day(today)));
        assert_eq!(found, (browser, system), "{today}");
    };
    let source = |date: &str| day(date).checked_add(180.days()).unwrap().to_string();
    assert_eq!(source("2026-08-22"), "2027-02-18");
    assert_eq!(source("2026-11-12"), "2027-05-11");
    check("2027-02-18", Finding::MaybeOld, Finding::MaybeOld);
    check("2027-02-19", Finding::MaybeOld, Finding::CannotTell);
    check("2027-05-11", Finding::MaybeOld, Finding::CannotTell);
    check("2027-05-12", Finding::CannotTell, Finding::CannotTell);
}

#[test]
fn a_table_is_taken_whole_or_refused() {
    let good = "[sources.a]\ntitle = \"a\"\ndate = \"2026-11-12\"\n\
                [[browser]]\nfamily = \"chrome\"\n\
                latest = 157\nsource = \"a\"\n[[system]]\nfamily = \"ios\"\nmajor = 26\n\
                source = \"a\"\n";
    let check = |text: &str, expected: Option<SupportFault>| {
        assert_eq!(SupportData::parse(text).err(), expected, "{text}");
    };
    check(good, None);
    check("", Some(SupportFault::Unreadable { line: 1 }));
    check(&good.replace("157", "-1"), Some(SupportFault::Unreadable { line: 6 }));
    check(&good.replace("2026-11-12", "2026-02-30"), Some(SupportFault::Unreadable { line: 3 }));
    check(&good.replace("\"ios\"", "\"symbian\""), Some(SupportFault::Unreadable { line: 9 }));
    let misspelt = good.replace("major = 26", "major = 26\nend = \"2026-11-12\"");
    check(&misspelt, Some(SupportFault::Unreadable { line: 11 }));
    let stranger = |row: &str| good.replacen(row, &row.replace("\"a\"", "\"b\""), 1);
    let browser = stranger("latest = 157\nsource = \"a\"");
    check(&browser, Some(SupportFault::SourceOfBrowser(1)));
    let system = stranger("major = 26\nsource = \"a\"");
    check(&system, Some(SupportFault::SourceOfSystem(1)));
    let twice = format!("{good}[[browser]]\nfamily = \"chrome\"\nlatest = 1\nsource = \"a\"\n");
    check(&twice, Some(SupportFault::Twice(BrowserFamily::Chrome)));
    let silent = good.replace("latest = 157\n", "");
    check(&silent, Some(SupportFault::NothingSaid(BrowserFamily::Chrome)));
    let empty = "browser = []\nsystem = []\n[sources]\n";
    check(empty, Some(SupportFault::Empty));
}

#[test]
fn what_is_measured_and_what_can_come_of_it() {
    let mut seen: std::collections::BTreeSet<Outcome> = [].into();
    for what in Measured::ALL {
        assert_eq!(Measured::parse(what.code()), Some(what));
        assert_eq!(serde_json::to_value(what).unwrap(), what.code());
        assert_eq!(what.outcomes()[0], Outcome::Good);
        seen.extend(what.outcomes().iter().copied());
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
        assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.code());
        assert!(seen.contains(&outcome), "{outcome:?} never comes");
    }
    for finding in Finding::ALL {
        assert_eq!(Finding::parse(finding.code()), Some(finding));
        assert_eq!(serde_json::to_value(finding).unwrap(), finding.code());
    }
    assert_eq!([400, 401].map(judge_latency), [Outcome::Good, Outcome::Slow]);
    assert_eq!([499, 500].map(judge_speed), [Outcome::Slow, Outcome::Good]);
}

#[test]
fn article_4_a_check_helps_and_blocks_nothing() {
    let measured = |rows: &[(Measured, Outcome)]| {
        let seen = see(&Sent::default());
        let rows = rows.iter().copied().collect();
        DeviceCheck::judge(now(), day("2026-11-24"), seen, &SupportData::shipped(), rows)
    };
    let needed = [
        (Measured::SecurePage, Outcome::Good),
        (Measured::Calls, Outcome::Good),
        (Measured::Microphone, Outcome::Good),
        (Measured::Relay, Outcome::Good),
    ];
    let good = measured(&needed).unwrap();
    assert_eq!((good.can_talk(), good.troubles()), (true, vec![]));
    let no_camera = (Measured::Camera, Outcome::NoDevice);
    let rows = [&needed[..], &[no_camera, (Measured::Latency, Outcome::Slow)]].concat();
    let check = measured(&rows).unwrap();
    assert!(check.can_talk());
    assert_eq!(check.troubles(), [no_camera, (Measured::Latency, Outcome::Slow)]);
    let denied = (Measured::Microphone, Outcome::PermissionDenied);
    let check = measured(&[&needed[..], &[denied]].concat()).unwrap();
    assert!(!check.can_talk());
    assert!(!measured(&[]).unwrap().can_talk());
    let lie = (Measured::Speaker, Outcome::InsecurePage);
    assert_eq!(measured(&[lie]), Err(CheckRefusal::NotAnOutcome(lie.0, lie.1)));
    let stored = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<DeviceCheck>(&stored).unwrap(), good);
    assert_eq!(
        stored,
        r#"{"at":"2026-11-24T01:00:00Z","browser":"cannot_tell","system":"cannot_tell","#
            .to_owned()
            + r#""in_app":false,"measured":{"secure_page":"good","calls":"good","#
            + r#""microphone":"good","relay":"good"}}"#
    );
}

const PARTS: &[&str] = &[
    "Mozilla/5.0 ",
    "(Windows NT 10.0; ",
    "(iPhone; CPU iPhone OS 18_6 ",
    "(Macintosh; ",
    "Mac OS X 10_",
    "(Linux; Android 1",
    "CrOS ",
    "Chrome/15",
    "Version/2",
    "Safari/6",
    "Edg/",
    "Firefox/",
    "Line/",
    "; wv)",
    "\"",
    "\\",
    ";v=",
    "Chromium",
    "Google Chrome",
    "7",
    "あ",
    "\0",
];

fn any_header() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..12);
    prop_oneof![parts.prop_map(|parts| parts.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn any_header_has_an_answer(
        agent in any_header(),
        brands in prop::option::of(any_header()),
        platform in prop::option::of(any_header()),
        version in prop::option::of(any_header()),
        touch_points: Option<u8>,
        now in prop::sample::select(vec![Timestamp::MIN, Timestamp::MAX, NOW.parse().unwrap()]),
    ) {
        let sent = Sent {
            user_agent: &agent,
            brands: brands.as_deref(),
            platform: platform.as_deref(),
            platform_version: version.as_deref(),
            touch_points,
        };
        let (seen, support) = (see(&sent), SupportData::shipped());
        for day in [Date::MIN, Date::MAX, day("2026-11-24")] {
            let browser = support.browser(&seen, now, day);
            prop_assert!(seen.browser_major.is_some() || browser != Finding::Confirmed);
            let system = support.system(&seen, now, day);
            prop_assert!(seen.system_major.is_some() || system == Finding::CannotTell);
        }
    }

    #[test]
    fn any_table_is_read_or_refused(text: String, cut in 0_usize..4_000) {
        let _ = SupportData::parse(&text);
        let shipped = include_str!("support.toml");
        let _ = SupportData::parse(shipped.get(cut..).unwrap_or(shipped));
    }
}
