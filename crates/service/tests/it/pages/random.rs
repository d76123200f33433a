//! Random octets and random fields to every address that takes a form: never a fault of ours.

use axum::http::Method;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::addresses::{POSTS, body, furnish, tokens};
use super::journey::{applies, fills_in};
use crate::cast::one_of_many;
use crate::office::{Office, scene};
use crate::visitor::Visitor;

const NAMES: [&str; 20] = [
    "name",
    "number",
    "kana",
    "email",
    "date",
    "time",
    "start",
    "minutes",
    "counsellor",
    "reason",
    "what",
    "outcome",
    "meeting",
    "link",
    "at",
    "purpose",
    "rank",
    "answer",
    "day",
    "q",
];

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

/// Everybody who can send forms: an applicant with a session besides, and a manager.
fn senders(office: &Office) -> [Visitor; 2] {
    let mut applicant = Visitor::of(office);
    applies(&mut applicant, &one_of_many(1), "2026-11-26T10:00");
    fills_in(&mut applicant, &one_of_many(2), "2026-11-26T10:30");
    [applicant, Visitor::clerk(office, "manager")]
}

#[test]
fn random_octets_make_no_fault() {
    scene(|office| {
        let things = furnish(office);
        let senders = senders(office);
        let octets = prop::collection::vec(any::<u8>(), 0..300);
        let any_post = (0..POSTS.len(), 0..senders.len(), octets, any::<bool>());
        let tested = runner(400).run(&any_post, |(route, sender, octets, with_token)| {
            let mut visitor = senders[sender].clone();
            let mut sent = Vec::new();
            if with_token {
                sent.extend(body(&tokens(&visitor)).unwrap_or_default());
                sent.push(b'&');
            }
            sent.extend(octets);
            let address = things.fill(POSTS[route].0);
            let answer = visitor.ask(Method::POST, &address, Some(sent));
            prop_assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
            Ok(())
        });
        tested.expect("no fault");
    });
}

#[test]
fn random_fields_make_no_fault() {
    scene(|office| {
        let things = furnish(office);
        let senders = senders(office);
        let value = prop_oneof![
            any::<String>(),
            "[0-9０-９:：/-]{0,12}",
            Just("2026-11-24".to_owned()),
            Just("yes".to_owned()),
        ];
        let field = (prop::sample::select(NAMES.to_vec()), value);
        let fields = prop::collection::vec(field, 0..8);
        let any_post = (0..POSTS.len(), 0..senders.len(), fields);
        let tested = runner(800).run(&any_post, |(route, sender, fields)| {
            let mut visitor = senders[sender].clone();
            let mut sent = tokens(&visitor);
            sent.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
            let address = things.fill(POSTS[route].0);
            let answer = visitor.ask(Method::POST, &address, body(&sent));
            prop_assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
            prop_assert!(!answer.body.contains("<script>alert"));
            Ok(())
        });
        tested.expect("no fault");
    });
}
