//! What a browser says of itself: the old header that everybody sends, and the hints that only
//! Chromium sends.
//!
//! The old header lies by agreement: every Mac says 10.15.7, every Windows says 10.0, every reduced
//! Android says 10, and Safari on iOS 26 says 18. Where it may be frozen, nothing is read from it.

/// What a browser is, as far as a table of versions knows it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum BrowserFamily {
    /// Chrome, and Chromium itself.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Firefox.
    Firefox,
    /// Safari.
    Safari,
    /// Samsung Internet.
    SamsungInternet,
    /// Internet Explorer.
    InternetExplorer,
    /// Any other, or none that can be told.
    Other,
}

/// The kind of operating system.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SystemFamily {
    /// Windows.
    Windows,
    /// macOS.
    Macos,
    /// iOS, on an iPhone.
    Ios,
    /// iPadOS.
    Ipados,
    /// Android.
    Android,
    /// ChromeOS.
    Chromeos,
    /// Linux.
    Linux,
    /// Any other, or none that can be told.
    Other,
}

/// What a browser sent of itself. Kept nowhere.
#[derive(Clone, Copy, Default)]
pub struct Sent<'a> {
    /// `User-Agent`.
    pub user_agent: &'a str,
    /// `Sec-CH-UA-Full-Version-List`, or `Sec-CH-UA`.
    pub brands: Option<&'a str>,
    /// `Sec-CH-UA-Platform`.
    pub platform: Option<&'a str>,
    /// `Sec-CH-UA-Platform-Version`.
    pub platform_version: Option<&'a str>,
    /// `navigator.maxTouchPoints`: an iPad calls itself a Macintosh, but a Macintosh has none.
    pub touch_points: Option<u8>,
}

/// What can be told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The browser.
    pub browser: BrowserFamily,
    /// Its major version.
    pub browser_major: Option<u16>,
    /// Whether it is the inside of another app.
    pub in_app: bool,
    /// The system.
    pub system: SystemFamily,
    /// Its major version; Windows by the number in its name.
    pub system_major: Option<u16>,
}

/// Longer headers than this are no browser's; what stands behind is not read.
const LONGEST: usize = 1_000;

/// Reads what a browser sent. Total: any text has an answer.
pub fn see(sent: &Sent<'_>) -> Seen {
    let agent = cut(sent.user_agent);
    let brands = sent.brands.map(cut).unwrap_or_default();
    let in_app = is_in_app(agent) || brand(brands, "Android WebView").is_some();
    let (browser, browser_major) = match in_app {
        true => (BrowserFamily::Other, None),
        false => by_brand(brands).unwrap_or_else(|| by_agent(agent)),
    };
    let hinted = sent.platform.and_then(|name| {
        by_hint(name.trim_matches('"'), sent.platform_version.unwrap_or_default())
    });
    let (system, system_major) = hinted.unwrap_or_else(|| system_of(agent, sent.touch_points));
    Seen { browser, browser_major, in_app, system, system_major }
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Marks of apps that show pages in themselves. LINE first: most links reach people in it.
const APPS: [&str; 8] =
    ["Line/", "FBAN/", "FBAV/", "FB_IAB/", "Instagram ", "MicroMessenger/", "YJApp-", "GSA/"];

fn is_in_app(agent: &str) -> bool {
    let is_apple = ["iPhone;", "iPad;"].iter().any(|device| agent.contains(device));
    APPS.iter().any(|mark| token(agent, mark).is_some())
        || agent.contains("; wv)")
        // A browser on iOS names Safari; a bare view in an app does not.
        || (is_apple && token(agent, "Safari/").is_none())
}

/// Brands of Chromium's hints. Chromium alone is what distributions of Linux ship; without a window
/// it is what tests run.
const BRANDS: [(&str, BrowserFamily); 4] = [
    ("Microsoft Edge", BrowserFamily::Edge),
    ("Samsung Internet", BrowserFamily::SamsungInternet),
    ("Google Chrome", BrowserFamily::Chrome),
    ("HeadlessChrome", BrowserFamily::Chrome),
];

fn by_brand(list: &str) -> Option<(BrowserFamily, Option<u16>)> {
    let known = BRANDS.iter().find_map(|(name, family)| Some((*family, brand(list, name)?)));
    let known = known.or_else(|| Some((chromium_alone(list), brand(list, "Chromium")?)));
    known.map(|(family, version)| (family, leading_number(version)))
}

/// Chromium itself, if no brand stands beside it but the meaningless one ("Not A Brand", with
/// changing signs in it) that is there to be passed over; else one of those made from it.
fn chromium_alone(list: &str) -> BrowserFamily {
    let is_other = |name: &str| name != "Chromium" && !name.ends_with("Brand");
    match entries(list).any(|(name, _)| is_other(name)) {
        true => BrowserFamily::Other,
        false => BrowserFamily::Chrome,
    }
}

/// The version of a brand in a list such as `"Chromium";v="157", "Not?A_Brand";v="24"`.
fn brand<'a>(list: &'a str, wanted: &str) -> Option<&'a str> {
    entries(list).find(|(name, _)| *name == wanted).map(|(_, version)| version)
}

/// Names and versions of a list of brands. A quotation mark may be escaped inside a name.
fn entries(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let (name, after) = quoted(rest)?;
        let (version, after) = quoted(after.strip_prefix(";v=")?)?;
        rest = after;
        Some((name, version))
    })
}

/// The first quoted string, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (_, inside) = text.split_once('"')?;
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    Some((&inside[..end], &inside[end + 1..]))
}

/// Marks of the old header, the particular before what it imitates.
const MARKS: [(&str, BrowserFamily); 14] = [
    ("Edg/", BrowserFamily::Edge),
    ("EdgA/", BrowserFamily::Edge),
    ("EdgiOS/", BrowserFamily::Edge),
    ("Edge/", BrowserFamily::Edge),
    ("OPR/", BrowserFamily::Other),
    ("OPT/", BrowserFamily::Other),
    ("Vivaldi/", BrowserFamily::Other),
    ("DuckDuckGo/", BrowserFamily::Other),
    ("SamsungBrowser/", BrowserFamily::SamsungInternet),
    ("FxiOS/", BrowserFamily::Firefox),
    ("Firefox/", BrowserFamily::Firefox),
    ("CriOS/", BrowserFamily::Chrome),
    ("HeadlessChrome/", BrowserFamily::Chrome),
    ("Chrome/", BrowserFamily::Chrome),
];

fn by_agent(agent: &str) -> (BrowserFamily, Option<u16>) {
    let known = MARKS.iter().find_map(|(mark, family)| Some((*family, token(agent, mark)?)));
    if let Some((family, version)) = known {
        return (family, leading_number(version));
    }
    if agent.contains("Trident/") || agent.contains("MSIE ") {
        return (BrowserFamily::InternetExplorer, token(agent, "rv:").and_then(leading_number));
    }
    match (token(agent, "Version/"), token(agent, "Safari/")) {
        (Some(version), Some(_)) => (BrowserFamily::Safari, leading_number(version)),
        _ => (BrowserFamily::Other, None),
    }
}

/// What follows a mark that does not stand inside a word.
fn token<'a>(agent: &'a str, mark: &str) -> Option<&'a str> {
    let found = agent.match_indices(mark).find(|(at, _)| {
        !agent[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    });
    found.map(|(at, _)| &agent[at + mark.len()..])
}

fn leading_number(text: &str) -> Option<u16> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// From Chromium's hints, which are not frozen. Three classes of Windows; finer tables contradict
/// each other.
fn by_hint(platform: &str, version: &str) -> Option<(SystemFamily, Option<u16>)> {
    let major = leading_number(version.trim_matches('"'));
    Some(match platform {
        "Windows" => {
            let name = match major? {
                0 => Some(8), // 7, 8 or 8.1, whichever.
                1..=10 => Some(10),
                11 | 12 => None,
                _ => Some(11),
            };
            (SystemFamily::Windows, name)
        }
        "macOS" => (SystemFamily::Macos, major),
        "Android" => (SystemFamily::Android, major),
        // The number is the browser's; until when a device is supported is not shown.
        "Chrome OS" | "Chromium OS" => (SystemFamily::Chromeos, None),
        "Linux" => (SystemFamily::Linux, None),
        _ => return None,
    })
}

fn system_of(agent: &str, touch_points: Option<u8>) -> (SystemFamily, Option<u16>) {
    let numbers = |mark| token(agent, mark).map(|rest| (leading_number(rest), rest));
    if let Some((major, _)) = numbers("Windows NT ") {
        return (SystemFamily::Windows, major.filter(|major| *major < 10).map(|_| 8));
    }
    if agent.contains("iPhone;") {
        let (major, _) = numbers("iPhone OS ").unwrap_or_default();
        let safari = token(agent, "Version/").and_then(leading_number);
        return (SystemFamily::Ios, unfrozen(major, safari));
    }
    if agent.contains("iPad;") {
        let (major, _) = numbers("CPU OS ").unwrap_or_default();
        return (SystemFamily::Ipados, unfrozen(major, None));
    }
    if agent.contains("Macintosh;") {
        let is_ipad = touch_points.is_some_and(|points| points > 1);
        return match is_ipad {
            true => (SystemFamily::Ipados, None),
            false => (SystemFamily::Macos, truthful_mac(agent)),
        };
    }
    if let Some((major, _)) = numbers("Android ") {
        return (SystemFamily::Android, major.filter(|major| *major != 10));
    }
    match (agent.contains("CrOS "), agent.contains("Linux")) {
        (true, _) => (SystemFamily::Chromeos, None),
        (_, true) => (SystemFamily::Linux, None),
        _ => (SystemFamily::Other, None),
    }
}

/// The version of iOS. From 26 on, Safari says 18 and means what stands behind `Version/`: on an
/// iPhone the two go together.
fn unfrozen(major: Option<u16>, safari: Option<u16>) -> Option<u16> {
    const FROZEN: u16 = 18;
    match major? {
        FROZEN => safari.filter(|safari| *safari >= FROZEN),
        major => Some(major),
    }
}

/// The version of macOS: all say 10.15.7 since 10.15; what says less is older, and true.
fn truthful_mac(agent: &str) -> Option<u16> {
    const FROZEN: u16 = 15;
    let rest = token(agent, "Mac OS X ")?;
    let minor = rest.strip_prefix("10_").or_else(|| rest.strip_prefix("10."))?;
    leading_number(minor).filter(|minor| *minor < FROZEN).map(|_| 10)
}
