//! Who asks, in which language, at what time.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use rules::people::{Act, Language};
use rules::terms::suspension::Function;

use super::assets;
use super::form::Form;
use super::page::{Page, StaffLine};
use super::places::Place;
use crate::app::{App, Context, Site};
use crate::application::{self, Visit};
use crate::commands;
use crate::error::{Error, Refusal};
use crate::people::{self, Member, Office, stops};
use crate::secrets::{Keys, Token};
use crate::store::Tx;
use crate::words::Words;

/// The cookie that ties forms to a browser.
const BROWSER: &str = "browser";
/// The cookie that keeps the chosen language.
const LANGUAGE: &str = "language";
/// The cookie of a signed-in member of staff.
pub const STAFF: &str = "staff";
/// The cookie of a jobseeker who came by a link.
pub const VISIT: &str = "visit";
/// The cookie of somebody who takes part beside a jobseeker.
pub const PARTICIPANT: &str = "participant";
/// The cookie of an application that is being filled in.
pub const DRAFT: &str = "draft";

/// A browser, known by a random cookie, so that only forms of ours are taken from it.
#[derive(Clone, Debug)]
pub struct Browser(String);

impl Browser {
    /// The token that each form carries.
    pub fn form_token(&self, keys: &Keys) -> String {
        keys.sign("form", &self.0).as_str().to_owned()
    }

    /// Whether a form of this browser carries the right token.
    pub fn accepts(&self, keys: &Keys, token: &str) -> bool {
        keys.is_signed("form", &self.0, token)
    }
}

/// A cookie's full name. Over TLS it is bound to this host (`__Host-`), RFC 6265bis 4.1.3.2.
fn cookie_name(site: &Site, name: &str) -> String {
    if site.is_secure() { format!("__Host-{name}") } else { format!("madoguchi-{name}") }
}

/// A cookie that scripts cannot read and other sites cannot send along with their forms.
pub fn cookie(site: &Site, name: &str, value: String) -> Cookie<'static> {
    Cookie::build((cookie_name(site, name), value))
        .path("/")
        .http_only(true)
        .secure(site.is_secure())
        .same_site(SameSite::Lax)
        .build()
}

/// The cookie that keeps a language.
pub fn language_cookie(site: &Site, language: Language) -> Cookie<'static> {
    cookie(site, LANGUAGE, language.code().to_owned())
}

/// A cookie that takes another one away.
pub fn removal(site: &Site, name: &str) -> Cookie<'static> {
    let mut cookie = cookie(site, name, String::new());
    cookie.make_removal();
    cookie
}

/// The token in a cookie, if there is one in shape.
pub fn token_in(site: &Site, jar: &CookieJar, name: &str) -> Option<Token> {
    jar.get(&cookie_name(site, name)).and_then(|cookie| Token::parse(cookie.value()))
}

/// Makes sure that the browser and the language are known, and keeps both in cookies.
pub async fn know_browser(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let known = token_in(&app.site, &jar, BROWSER);
    let token = known.clone().unwrap_or_else(Token::draw);
    let chosen = request.uri().query().and_then(language_in_query);
    let words = Words::new(chosen.unwrap_or_else(|| language_of(&app.site, &jar, &request)));
    request.extensions_mut().insert(Browser(token.digest().as_str().to_owned()));
    request.extensions_mut().insert(words);
    let mut response = next.run(request).await;
    let mut set = Vec::new();
    if known.is_none() {
        set.push(cookie(&app.site, BROWSER, token.reveal().to_string()));
    }
    if let Some(language) = chosen {
        set.push(language_cookie(&app.site, language));
    }
    for cookie in set {
        if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn language_in_query(query: &str) -> Option<Language> {
    query.split('&').find_map(|part| part.strip_prefix("lang=")).and_then(Language::parse)
}

fn language_in(site: &Site, jar: &CookieJar) -> Option<Language> {
    jar.get(&cookie_name(site, LANGUAGE)).and_then(|it| Language::parse(it.value()))
}

/// The language of the cookie, or else the first one that the browser asks for and we have.
fn language_of(site: &Site, jar: &CookieJar, request: &Request) -> Language {
    let kept = language_in(site, jar);
    let asked = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    kept.unwrap_or_else(|| asked.map_or(Language::Japanese, preferred))
}

fn preferred(accept: &str) -> Language {
    for wanted in accept.split(',') {
        match wanted.split([';', '-']).next().unwrap_or_default().trim() {
            "ja" => return Language::Japanese,
            "en" => return Language::English,
            _ => {}
        }
    }
    Language::Japanese
}

/// Anybody who asks for a page.
#[derive(Clone)]
pub struct Guest {
    /// The running program.
    pub app: App,
    /// The wording, in this person's language.
    pub words: Words,
    /// The cookies.
    pub jar: CookieJar,
    browser: Browser,
    path: String,
}

impl Guest {
    /// The frame of a page before an office is known.
    pub fn page(&self) -> Page {
        let mut page = Page::new(self.words, self.path.clone());
        page.csrf = self.browser.form_token(&self.app.keys);
        page.clock_note = self.clock_note(self.words);
        page
    }

    /// The frame of a page of an office.
    pub fn page_of(&self, office: &Office) -> Page {
        let stopped = stops::banner(office, self.words, self.app.clock.now());
        Page { stopped, ..self.page().of_office(office) }
    }

    /// Whether this browser keeps a language that was chosen in it.
    pub fn has_chosen_language(&self) -> bool {
        language_in(&self.app.site, &self.jar).is_some()
    }

    /// What a verb of that office needs, now.
    pub fn context(&self, office: &Arc<Office>) -> Context {
        self.app.context(Arc::clone(office))
    }

    /// A number by which this browser is told from others (article 8(5)); it tells nothing else.
    pub fn browser_number(&self) -> u64 {
        let digits = self.browser.0.get(..16).unwrap_or_default();
        u64::from_str_radix(digits, 16).unwrap_or_default()
    }

    fn clock_note(&self, words: Words) -> Option<String> {
        self.app.site.demo.then(|| words.plain_moment(self.app.clock.now()))
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let browser = parts.extensions.get::<Browser>().cloned();
        let words = parts.extensions.get::<Words>().copied();
        let (Some(browser), Some(words)) = (browser, words) else {
            return Err(anyhow::anyhow!("a page outside of know_browser").into());
        };
        let path = parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self { app: app.clone(), words, jar, browser, path })
    }
}

/// A jobseeker who came by a link and was let in.
#[derive(Clone)]
pub struct Seeker {
    /// The frame of pages.
    pub guest: Guest,
    /// What the link opens.
    pub visit: Visit,
    /// The office of the application.
    pub office: Arc<Office>,
}

impl Seeker {
    /// The frame of a page.
    pub fn page(&self) -> Page {
        self.guest.page_of(&self.office)
    }

    /// What a verb needs, now.
    pub fn context(&self) -> Context {
        self.guest.context(&self.office)
    }
}

impl FromRequestParts<App> for Seeker {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let guest = Guest::from_request_parts(parts, app).await?;
        let token = token_in(&app.site, &guest.jar, VISIT).ok_or(Refusal::VisitOver)?;
        let (shared, now) = (app.clone(), app.clock.now());
        let (visit, office) = app
            .store
            .read(move |tx| {
                let visit = application::visit(tx, &token, now)?;
                let context = shared.context(shared.office_of(tx, visit.office)?);
                let context = application::in_its_terms(tx, &context, visit.application)?;
                Ok::<_, Error>((visit, context.office))
            })
            .await?;
        Ok(Self { guest, visit, office })
    }
}

/// A signed-in member of staff. Each page asks [`Clerk::must`] for what it is about to do.
#[derive(Clone)]
pub struct Clerk {
    /// The frame of pages.
    pub guest: Guest,
    /// Who it is.
    pub member: Member,
    /// Their office: nothing outside it is theirs to see.
    pub office: Arc<Office>,
}

impl Clerk {
    /// Whether this role may do that.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn must(&self, act: Act) -> Result<(), Error> {
        if self.member.role.may(act) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether this role may stop that function and open it again, as the office chose.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn must_stop(&self, function: Function) -> Result<(), Error> {
        let may = self.office.practice.lets_stop(self.member.role, function);
        if may { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether this role may stop anything.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn must_stop_something(&self) -> Result<(), Error> {
        let may = self.office.practice.lets_stop_something(self.member.role);
        if may { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The frame of a page of the desk, which is in Japanese.
    pub fn page(&self) -> Page {
        let mut page = self.guest.page();
        page.words = Words::new(Language::Japanese);
        page.clock_note = self.guest.clock_note(page.words);
        page.office_name = self.office.name.clone();
        page.style = assets::desk_style_url();
        let now = self.guest.app.clock.now();
        page.cited = Some((Arc::clone(&self.office), now));
        page.stopped = stops::banner(&self.office, page.words, now);
        page.forgotten = stops::forgotten(&self.office, self.member.role, now);
        page.signed_in = Some(StaffLine {
            name: self.member.name.clone(),
            role: page.words.plain(role_key(self.member.role)),
            office: self.office.name.clone(),
            places: Place::of(self.member.role, &self.office.practice),
        });
        page
    }

    /// What a verb needs, now.
    pub fn context(&self) -> Context {
        self.guest.context(&self.office)
    }

    /// Does the work of a form once, whatever is sent twice. Answers where it leads.
    ///
    /// # Errors
    /// As the work; [`crate::error::Refusal::Shape`] for a form without its key.
    pub(crate) async fn carry_out<F>(&self, form: &Form, work: F) -> Result<String, Error>
    where
        F: Fn(&mut Tx<'_>, &Context, &Form, i64) -> Result<String, Error> + Send + 'static,
    {
        let command = form.command()?;
        let (context, form, staff) = (self.context(), form.clone(), self.member.id);
        let done = self.guest.app.store.write(move |tx| {
            commands::once(tx, &context, &command, |tx| work(tx, &context, &form, staff))
        });
        done.await
    }
}

/// The key of a role's name.
pub fn role_key(role: rules::people::Role) -> &'static str {
    use rules::people::Role;
    match role {
        Role::Coordinator => crate::words::key!("common-role-coordinator"),
        Role::Counsellor => crate::words::key!("common-role-counsellor"),
        Role::Manager => crate::words::key!("common-role-manager"),
        Role::RecordsOfficer => crate::words::key!("common-role-records-officer"),
        Role::Administrator => crate::words::key!("common-role-administrator"),
    }
}

impl FromRequestParts<App> for Clerk {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let guest = Guest::from_request_parts(parts, app).await?;
        let token = token_in(&app.site, &guest.jar, STAFF).ok_or(Error::SignInFirst)?;
        let (digest, now) = (token.digest(), app.clock.now());
        let wanted = digest.clone();
        let shared = app.clone();
        let found = app
            .store
            .read(move |tx| {
                let Some((member, use_is_old)) = people::who(tx, wanted.as_str(), now)? else {
                    return Err(Error::SignInFirst);
                };
                let office = shared.office_of(tx, member.office)?;
                Ok((member, use_is_old, office))
            })
            .await;
        let (member, use_is_old, office) = found?;
        if use_is_old {
            app.store.write(move |tx| people::note_use(tx, digest.as_str(), now)).await?;
        }
        Ok(Self { guest, member, office })
    }
}
