//! A command that comes twice has one effect and one answer (invariant 5).

use futures_util::future::join_all;
use service::commands::{Command, once};
use service::error::{Error, Refusal};
use service::secrets::Token;

use crate::cast::hana;
use crate::office::{Office, refusal, runtime, scene, slot};

fn command(key: &str, body: &str) -> Command {
    Command { key: key.to_owned(), body_digest: body.to_owned() }
}

/// Applies under a key; answers the receipt, which is drawn anew each time it is done.
fn applies_under(office: &Office, command: Command) -> Result<String, Error> {
    office.tries(move |tx, context| {
        once(tx, context, &command, |tx| {
            let form = hana().form(&[slot("2026-11-24T10:00:00")], "model-1", context.now);
            Ok(service::application::apply(tx, context, &form)?.receipt)
        })
    })
}

#[test]
fn the_same_key_gives_the_first_answer_and_one_effect() {
    scene(|office| {
        let key = Token::draw().reveal().to_string();
        let first = applies_under(office, command(&key, "a")).expect("done");
        office.clock("2026-11-16T10:05:00");
        let again = applies_under(office, command(&key, "a")).expect("the first answer");
        assert_eq!(first, again);
        assert_eq!(office.count("applications"), 1);
        let other = applies_under(office, command("another key", "a")).expect("done");
        assert_ne!(first, other);
        assert_eq!(office.count("applications"), 2);
    });
}

#[test]
fn the_same_key_with_other_content_is_refused() {
    scene(|office| {
        applies_under(office, command("key", "a")).expect("done");
        assert_eq!(refusal(applies_under(office, command("key", "b"))), Refusal::KeyReused);
        assert_eq!(office.count("applications"), 1);
    });
}

#[test]
fn a_command_that_was_refused_may_come_again() {
    scene(|office| {
        let failing = office.tries(|tx, context| {
            once(tx, context, &command("key", "a"), |_| Err(Refusal::ReasonMissing.into()))
        });
        assert_eq!(refusal(failing), Refusal::ReasonMissing);
        applies_under(office, command("key", "a")).expect("now it is done");
    });
}

#[test]
fn a_key_that_comes_fifty_times_at_once_has_one_effect() {
    scene(|office| {
        let context = office.context();
        let clients = (0..50).map(|_| {
            let (store, context) = (office.app.store.clone(), context.clone());
            runtime().spawn(async move {
                let done: Result<String, Error> = store
                    .write(move |tx| {
                        once(tx, &context, &command("key", "a"), |tx| {
                            let slot = slot("2026-11-24T10:00:00");
                            let form = hana().form(&[slot], "model-1", context.now);
                            Ok(service::application::apply(tx, &context, &form)?.receipt)
                        })
                    })
                    .await;
                done.expect("every client is answered")
            })
        });
        let answers = runtime().block_on(join_all(clients));
        let answers: Vec<String> =
            answers.into_iter().map(|answer| answer.expect("no panic")).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!((office.count("applications"), office.count("commands")), (1, 1));
    });
}
