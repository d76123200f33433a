//! GET never changes anything, links end, and forms of other sites are not taken.

use axum::http::{Method, StatusCode};
use rules::people::Role;

use super::addresses::{For, GETS, furnish, tokens};
use super::journey::{applies, fills_in, link_shown};
use crate::cast::{hana, one_of_many};
use crate::office::{Office, SLUG, scene};
use crate::visitor::Visitor;

/// Somebody in the middle of an application, and with another one that was sent.
fn applicant(office: &Office) -> Visitor {
    let mut visitor = Visitor::of(office);
    applies(&mut visitor, &one_of_many(1), "2026-11-26T10:00");
    let mut again = visitor.clone();
    fills_in(&mut again, &one_of_many(2), "2026-11-26T10:30");
    again
}

#[test]
fn opening_any_address_changes_nothing() {
    scene(|office| {
        let things = furnish(office);
        let mut visitors = vec![Visitor::of(office), applicant(office)];
        visitors.extend(Role::ALL.map(|role| Visitor::clerk(office, role.code())));
        let before = office.snapshot(&[]);
        for visitor in &mut visitors {
            for (template, to) in GETS {
                let answer = visitor.ask(Method::GET, &things.fill(template), None);
                assert!(!answer.status.is_server_error(), "{template}: {}", answer.status);
                assert!(to != For::All || answer.status != StatusCode::FORBIDDEN, "{template}");
                visitor.ask(Method::HEAD, &things.fill(template), None);
            }
        }
        assert_eq!(office.snapshot(&[]), before);
    });
}

#[test]
fn a_form_of_another_site_or_of_another_browser_is_not_taken() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        visitor.get(&format!("/offices/{SLUG}"));
        let apply = format!("/offices/{SLUG}/apply");
        let mut stranger = Visitor::of(office);
        stranger.get(&format!("/offices/{SLUG}"));
        for fields in [vec![], tokens(&stranger), vec![("csrf".to_owned(), "0".repeat(64))]] {
            visitor.get(&format!("/offices/{SLUG}"));
            visitor.send(&apply, &fields);
            assert_eq!(visitor.status(), 403, "{fields:?}");
            assert!(!visitor.page().main().is_empty(), "a sentence says why");
        }
        assert_eq!(office.count("drafts"), 0);
    });
}

#[test]
fn a_link_that_is_unknown_or_over_is_gone() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        applies(&mut visitor, &hana(), "2026-11-24T10:00");
        let link = link_shown(&visitor);
        let mut other = Visitor::of(office);
        let unknown = format!("/link/{}", "A".repeat(43));
        for address in [unknown.as_str(), "/link/short", "/link/%00", "/status"] {
            other.get(address);
            assert_eq!(other.status(), 410, "{address}");
            assert!(!other.page().main().is_empty(), "{address}");
        }
        other.get(&link);
        assert_eq!(other.status(), 200);
        office.clock("2027-03-01T10:00:00");
        other.post(&link, &[]);
        assert_eq!(other.status(), 410);
        other.get(&link);
        assert_eq!(other.status(), 410);
        visitor.get("/status");
        assert_eq!(visitor.status(), 410, "the visit is over too");
    });
}

#[test]
fn who_leaves_a_shared_computer_leaves_nothing_open() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        applies(&mut visitor, &hana(), "2026-11-24T10:00");
        visitor.get("/status");
        visitor.post("/status/leave", &[]);
        visitor.get("/status");
        assert_eq!(visitor.status(), 410);
        visitor.get("/status/received");
        assert_eq!(visitor.status(), 410);
    });
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    scene(|office| {
        let mut visitor = Visitor::of(office);
        for address in ["/", "/nowhere", "/desk", "/status", "/healthz", "/offices/%00"] {
            let answer = visitor.ask(Method::GET, address, None);
            let policy = answer.headers["content-security-policy"].to_str().expect("a policy");
            assert!(policy.contains("default-src 'none'"), "{address}");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{address}");
            assert_eq!(answer.headers["cache-control"], "no-store", "{address}");
            assert_eq!(answer.headers["referrer-policy"], "no-referrer", "{address}");
        }
        for cookie in visitor.ask(Method::GET, "/?lang=en", None).headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        }
    });
}
