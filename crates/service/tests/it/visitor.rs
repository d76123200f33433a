//! A browser without scripts: cookies, forms, redirects.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use service::app::App;
use service::web::routes;
use tower::ServiceExt;

use crate::office::{Office, PASSWORD, runtime};

/// A person at a browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    site: Router,
    cookies: BTreeMap<String, String>,
    page: Page,
    agent: String,
}

/// What the browser shows.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// The body as it came, for files.
    pub(crate) octets: Vec<u8>,
}

/// A form of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) action: String,
    /// Every field that is sent when nobody touches the form, hidden ones included.
    pub(crate) sent: Vec<(String, String)>,
    /// The names of all fields that can be filled in or chosen.
    pub(crate) fields: Vec<String>,
}

pub(crate) fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    document.select(&selector).collect()
}

fn attribute(element: &ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

impl Visitor {
    /// Somebody who comes for the first time.
    pub(crate) fn of(office: &Office) -> Self {
        let page = Page {
            path: "/".to_owned(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: String::new(),
            octets: Vec::new(),
        };
        let site = routes::site(office.app.clone());
        Self { site, cookies: BTreeMap::new(), agent: String::new(), page }
    }

    /// A member of staff, signed in.
    pub(crate) fn clerk(office: &Office, login: &str) -> Self {
        let mut clerk = Self::of(office);
        clerk.get("/desk/sign-in");
        clerk.post("/desk/sign-in", &[("login", login), ("password", PASSWORD)]);
        assert_eq!(clerk.page.status.as_u16() / 100, 2, "{}", clerk.page.path);
        clerk
    }

    /// The page that is shown.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// The number of the answer's status.
    pub(crate) fn status(&self) -> u16 {
        self.page.status.as_u16()
    }

    /// What can be read on the page.
    pub(crate) fn text(&self) -> String {
        self.page.text()
    }

    /// Opens an address and follows where it leads.
    pub(crate) fn get(&mut self, path: &str) -> &Page {
        let answer = self.ask(Method::GET, path, None);
        self.arrive(path, answer)
    }

    /// Sends a form to `action`, with the hidden fields of the page's own form for it, and follows.
    pub(crate) fn post(&mut self, action: &str, typed: &[(&str, &str)]) -> &Page {
        let hidden = self.hidden_of(action);
        let kept = hidden.into_iter().filter(|(name, _)| typed.iter().all(|(it, _)| it != name));
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<(String, String)> = kept.chain(typed).collect();
        self.send(action, &fields)
    }

    /// Sends exactly these fields.
    pub(crate) fn send(&mut self, action: &str, fields: &[(String, String)]) -> &Page {
        let body = serde_urlencoded::to_string(fields).expect("a form's body");
        let answer = self.ask(Method::POST, action, Some(body.into_bytes()));
        self.arrive(action, answer)
    }

    /// Fills in the page's only form beside those of the frame, and sends it.
    pub(crate) fn answer(&mut self, typed: &[(&str, &str)]) -> &Page {
        let action = self.page.path.clone();
        self.post(&action, typed)
    }

    /// The form token, to be sent with a form that no page shows.
    pub(crate) fn form_token(&self) -> String {
        let document = Html::parse_document(&self.page.body);
        let tokens = all(&document, "input[name=csrf]");
        tokens.first().map_or_else(String::new, |input| attribute(input, "value"))
    }

    /// Asks once, and does not follow.
    pub(crate) fn ask(&mut self, method: Method, path: &str, body: Option<Vec<u8>>) -> Page {
        let cookies = self.cookie_header();
        let path = path.split('#').next().unwrap_or_default();
        let mut request = Request::builder().method(method).uri(path);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        if !self.agent.is_empty() {
            request = request.header(header::USER_AGENT, &self.agent);
        }
        if body.is_some() {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin");
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).expect("a request");
        let site = self.site.clone();
        let (parts, octets) = runtime().block_on(async move {
            let (parts, body) = site.oneshot(request).await.expect("an answer").into_parts();
            // An open stream of events never ends: nobody waits for it here.
            let is_stream = parts
                .headers
                .get(header::CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
            if is_stream {
                return (parts, Vec::new());
            }
            let octets = body.collect().await.expect("a body").to_bytes();
            (parts, octets.to_vec())
        });
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.take(cookie.to_str().expect("a cookie"));
        }
        Page {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&octets).into_owned(),
            octets,
        }
    }

    /// Opens a stream of events.
    pub(crate) fn listen(&self, path: &str) -> Body {
        let request = Request::builder().uri(path).header(header::COOKIE, self.cookie_header());
        let request = request.body(Body::empty()).expect("a request");
        let answer = runtime().block_on(self.site.clone().oneshot(request)).expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        answer.into_body()
    }

    /// Goes on with the same cookies at a program that was set up otherwise.
    pub(crate) fn moves_to(&mut self, app: &App) {
        self.site = routes::site(app.clone());
    }

    /// What the browser calls itself from now on.
    pub(crate) fn calls_itself(&mut self, agent: &str) {
        agent.clone_into(&mut self.agent);
    }

    /// A cookie that somebody got in another way.
    pub(crate) fn keep(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// All cookies, as a request carries them.
    pub(crate) fn cookie_header(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn take(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').expect("a cookie has a value");
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    fn arrive(&mut self, path: &str, answer: Page) -> &Page {
        let mut page = Page { path: path.to_owned(), ..answer };
        for _ in 0..5 {
            let next = page.headers.get(header::LOCATION).filter(|_| page.status.is_redirection());
            let Some(next) = next.and_then(|next| next.to_str().ok()).map(str::to_owned) else {
                break;
            };
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{} to {next}", page.path);
            page = Page { path: next.clone(), ..self.ask(Method::GET, &next, None) };
        }
        assert!(!page.status.is_redirection(), "{} leads in circles", page.path);
        self.page = page;
        &self.page
    }

    fn hidden_of(&self, action: &str) -> Vec<(String, String)> {
        let forms = self.page.forms();
        let plain = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
        let own = forms.iter().find(|form| form.action == action);
        let own = own.or_else(|| forms.iter().find(|form| plain(&form.action) == plain(action)));
        let Some(form) = own.or(forms.first()) else { return Vec::new() };
        let is_hidden = |name: &str| !form.fields.iter().any(|field| field == name);
        form.sent.iter().filter(|(name, _)| is_hidden(name)).cloned().collect()
    }
}

impl Page {
    /// What can be read: the text without tags, scripts and repeated white space.
    pub(crate) fn text(&self) -> String {
        let document = Html::parse_document(&self.body);
        let bodies = all(&document, "body");
        let words: Vec<&str> = bodies.iter().flat_map(ElementRef::text).collect();
        words.join("").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What the main part says, without ruby.
    pub(crate) fn main(&self) -> String {
        let document = Html::parse_document(&self.body);
        let readings: Vec<String> =
            all(&document, "main rt").iter().map(|rt| rt.text().collect()).collect();
        let mut words: String = all(&document, "main").iter().flat_map(ElementRef::text).collect();
        for reading in readings {
            words = words.replacen(&reading, "", 1);
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where links of the main part lead.
    pub(crate) fn links(&self) -> Vec<String> {
        let document = Html::parse_document(&self.body);
        all(&document, "a[href]").iter().map(|link| attribute(link, "href")).collect()
    }

    /// Every form, in the order of the page.
    pub(crate) fn forms(&self) -> Vec<Shown> {
        let document = Html::parse_document(&self.body);
        all(&document, "form").iter().map(|form| self.form(form)).collect()
    }

    fn form(&self, form: &ElementRef<'_>) -> Shown {
        let controls = Selector::parse("input, textarea, select, button").expect("a selector");
        let mut shown = Shown { action: attribute(form, "action"), sent: vec![], fields: vec![] };
        if shown.action.is_empty() {
            shown.action.clone_from(&self.path);
        }
        for control in form.select(&controls) {
            let (name, kind) = (attribute(&control, "name"), attribute(&control, "type"));
            let value = attribute(&control, "value");
            if name.is_empty() {
                continue;
            }
            match (control.value().name(), kind.as_str()) {
                ("input", "hidden") => shown.sent.push((name, value)),
                ("button", _) => shown.fields.push(name),
                ("input", "radio" | "checkbox") => {
                    if control.value().attr("checked").is_some() {
                        shown.sent.push((name.clone(), value));
                    }
                    shown.fields.push(name);
                }
                ("textarea", _) => {
                    let written: String = control.text().collect();
                    shown.sent.push((name.clone(), written));
                    shown.fields.push(name);
                }
                ("select", _) => {
                    let chosen = Selector::parse("option[selected]").expect("a selector");
                    if let Some(option) = control.select(&chosen).next() {
                        shown.sent.push((name.clone(), attribute(&option, "value")));
                    }
                    shown.fields.push(name);
                }
                _ => {
                    shown.sent.push((name.clone(), value));
                    shown.fields.push(name);
                }
            }
        }
        shown.fields.sort();
        shown.fields.dedup();
        shown
    }
}
