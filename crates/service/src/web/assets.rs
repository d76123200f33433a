//! Files that pages need, under names made from their content, so that browsers keep them for ever.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// A file and its address.
struct Asset {
    /// `/assets/<name>.<hash>.<extension>`.
    url: String,
    kind: &'static str,
    body: String,
}

impl Asset {
    fn new(name: &str, extension: &str, kind: &'static str, body: String) -> Self {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body.as_bytes());
        let hash = digest.as_ref().iter().take(8).fold(String::new(), |mut hash, byte| {
            let written = write!(hash, "{byte:02x}");
            debug_assert!(written.is_ok(), "a String takes every character");
            hash
        });
        Self { url: format!("/assets/{name}.{hash}.{extension}"), kind, body }
    }

    fn style(name: &str, parts: &[&str]) -> Self {
        Self::new(name, "css", "text/css; charset=utf-8", lighten(&parts.concat()))
    }
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
const TOKENS: &str = include_str!("tokens.css");
const STYLE: &str = include_str!("style.css");
const DESK: &str = include_str!("desk.css");
const ICON: &str = include_str!("icon.svg");
const TODAY: &str = include_str!("today.js");

static STYLE_SHEET: LazyLock<Asset> = LazyLock::new(|| Asset::style("style", &[TOKENS, STYLE]));
static DESK_STYLE_SHEET: LazyLock<Asset> =
    LazyLock::new(|| Asset::style("desk", &[TOKENS, STYLE, DESK]));
static ICON_IMAGE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", ICON.to_owned()));

static TODAY_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("today", "js", SCRIPT, TODAY.to_owned()));

const SESSION: &str = include_str!("../session/session.css");

static SESSION_STYLE_SHEET: LazyLock<Asset> = LazyLock::new(|| Asset::style("session", &[SESSION]));

/// The modules of the room and of the device check, which import each other by name.
const MODULES: [(&str, &str); 20] = [
    ("check.js", include_str!("../session/browser/check.js")),
    ("desk.js", include_str!("../session/browser/desk.js")),
    ("list.js", include_str!("../session/browser/list.js")),
    ("media.js", include_str!("../session/browser/media.js")),
    ("meter.js", include_str!("../session/browser/meter.js")),
    ("own.js", include_str!("../session/browser/own.js")),
    ("peer.js", include_str!("../session/browser/peer.js")),
    ("peers.js", include_str!("../session/browser/peers.js")),
    ("picture.js", include_str!("../session/browser/picture.js")),
    ("probe.js", include_str!("../session/browser/probe.js")),
    ("pulse.js", include_str!("../session/browser/pulse.js")),
    ("quality.js", include_str!("../session/browser/quality.js")),
    ("room.js", include_str!("../session/browser/room.js")),
    ("screen.js", include_str!("../session/browser/screen.js")),
    ("sections.js", include_str!("../session/browser/sections.js")),
    ("signal.js", include_str!("../session/browser/signal.js")),
    ("stage.js", include_str!("../session/browser/stage.js")),
    ("talk.js", include_str!("../session/browser/talk.js")),
    ("tiles.js", include_str!("../session/browser/tiles.js")),
    ("words.js", include_str!("../session/browser/words.js")),
];

/// The modules' folder, named after the content of all of them.
static MODULES_FOLDER: LazyLock<String> = LazyLock::new(|| {
    let whole: String = MODULES.iter().map(|(name, body)| format!("{name}\n{body}")).collect();
    let named = Asset::new("session", "js", SCRIPT, whole);
    named.url.trim_end_matches(".js").to_owned()
});

/// The address of the style sheet of the room, which a page needs besides its own.
pub fn session_style_url() -> &'static str {
    &SESSION_STYLE_SHEET.url
}

/// The folder of the modules of the room.
pub fn session_scripts() -> &'static str {
    &MODULES_FOLDER
}

/// Every file served below `/assets/`.
fn assets() -> [&'static Asset; 5] {
    [&STYLE_SHEET, &DESK_STYLE_SHEET, &ICON_IMAGE, &TODAY_SCRIPT, &SESSION_STYLE_SHEET]
}

/// The address of the style sheet of the jobseeker's pages.
pub fn style_url() -> &'static str {
    &STYLE_SHEET.url
}

/// The address of the style sheet of the staff's desk: the jobseeker's and what the desk adds.
pub fn desk_style_url() -> &'static str {
    &DESK_STYLE_SHEET.url
}

/// The address of the icon.
pub fn icon_url() -> &'static str {
    &ICON_IMAGE.url
}

/// The address of the module that keeps the board of today fresh.
pub fn today_script_url() -> &'static str {
    &TODAY_SCRIPT.url
}

/// Serves the files: `GET /assets/{file}`. An old or unknown name is a plain 404.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(serve))
        .route("/assets/{folder}/{file}", get(serve_module))
}

async fn serve_module(Path((folder, file)): Path<(String, String)>) -> Response {
    let is_folder = MODULES_FOLDER.strip_prefix("/assets/") == Some(&folder);
    let found = MODULES.iter().find(|(name, _)| is_folder && *name == file);
    match found {
        Some((_, body)) => for_ever(SCRIPT, body),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn serve(Path(file): Path<String>) -> Response {
    let found =
        assets().into_iter().find(|asset| asset.url.strip_prefix("/assets/") == Some(&file));
    let Some(asset) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    for_ever(asset.kind, &asset.body)
}

fn for_ever(kind: &'static str, body: &'static str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, for_ever);
    (headers, body).into_response()
}

/// Takes out of a style sheet of ours what browsers do not need: comments (but those with `!`,
/// which hold notices of copyright), indentation and line ends. Strings must not hold `/*`.
fn lighten(css: &str) -> String {
    let mut light = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        push_tight(before, &mut light);
        let (text, after) = comment.split_once("*/").unwrap_or((comment, ""));
        if text.starts_with('!') {
            light.extend(["/*", text, "*/"]);
        }
        rest = after;
    }
    push_tight(rest, &mut light);
    light
}

fn push_tight(css: &str, light: &mut String) {
    for line in css.lines().map(str::trim) {
        if line.is_empty() {
            continue;
        }
        let needs_space = light.ends_with(|c: char| !"{};,:/".contains(c));
        if needs_space && !line.starts_with(['{', '}', ';', ',']) {
            light.push(' ');
        }
        if line == "}" && light.ends_with(';') {
            light.pop();
        }
        light.push_str(&line.replace(": ", ":").replace(", ", ",").replace(" {", "{"));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn style_sheets_lose_weight_but_no_meaning() {
        let css =
            "/*! notice */\n:root {\n  --a: 1px; /* why */\n}\na,\nb > c {\n  d: e,\n    f;\n}\n";
        assert_eq!(lighten(css), "/*! notice */:root{--a:1px}a,b > c{d:e,f}");
        assert_eq!(lighten("a {\n  b: c\n    d;\n}"), "a{b:c d}");
        assert_eq!(lighten("/* never closed"), "");
    }

    /// Names of the custom properties that stand after each `mark` in a style sheet.
    fn properties<'a>(css: &'a str, mark: &str) -> BTreeSet<&'a str> {
        let name = |rest: &'a str| rest.split([':', ')', ' ', ',']).next().unwrap_or_default();
        css.split(mark).skip(1).map(name).collect()
    }

    #[test]
    fn every_token_is_defined_and_used() {
        let desk = &DESK_STYLE_SHEET.body;
        let defined = properties(&desk.replace("var(--", "var("), "--").len();
        let used = properties(desk, "var(--");
        let tokens = properties(TOKENS, "  --");
        let unused: Vec<_> = tokens.difference(&used).collect();
        assert!(unused.is_empty(), "tokens that no rule uses: {unused:?}");
        let own = properties(STYLE, "\n  --");
        let unknown: Vec<_> = used.iter().filter(|name| !tokens.contains(*name)).collect();
        let unknown: Vec<_> = unknown.into_iter().filter(|name| !own.contains(*name)).collect();
        assert!(unknown.is_empty(), "used but not defined: {unknown:?}");
        assert_eq!(defined, tokens.len() + own.len(), "defined twice, or out of place");
    }

    #[test]
    fn the_jobseekers_style_sheet_is_light() {
        // About a quarter of this goes over the wire; the whole page may weigh 14 KB there.
        assert!(STYLE_SHEET.body.len() < 24_000, "{} bytes", STYLE_SHEET.body.len());
    }

    #[test]
    fn names_are_made_from_content() {
        let urls = assets().map(|asset| asset.url.as_str());
        assert!(urls[0].starts_with("/assets/style.") && urls[0].ends_with(".css"));
        let (one, other) = (Asset::style("a", &["a{}"]), Asset::style("a", &["b{}"]));
        assert_ne!(one.url, other.url);
        assert_eq!(one.url.len(), "/assets/a.0123456789abcdef.css".len());
    }

    #[tokio::test]
    async fn served_for_ever_by_its_name_only() {
        let file = style_url().trim_start_matches("/assets/").to_owned();
        let answer = serve(Path(file)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let answer = serve(Path("style.css".to_owned())).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}
