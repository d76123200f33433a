//! Two nodes, each with a store of its own, on one PostgreSQL database.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use service::app::App;
use service::duties::{self, Carrier};
use service::letters::{self, Post, State};
use service::store::Store;

use crate::cast::one_of_many;
use crate::engines::postgres;
use crate::letters::sink::{Manner, Sink};
use crate::office::Office;
use crate::order;

const TEN: &str = "2026-11-24T10:00:00";

/// Plays a scene in an office on PostgreSQL, with a second node beside it. Clocks agree.
pub(crate) fn on_two_nodes(play: impl Fn(&Office, &App)) {
    if let Some(fresh) = postgres() {
        let office = Office::open(fresh);
        play(&office, &second_node(&office));
        order::assert_in_order(&office);
    }
}

fn second_node(office: &Office) -> App {
    let store = Store::open(office.address()).expect("it opens on another node");
    let app = &office.app;
    App::new(store, (*app.keys).clone(), app.clock.clone(), (*app.site).clone())
}

/// A mail server keeps a node waiting until its claim has ended and another node has taken the
/// duties over. What the first has not begun by then is no longer its to send.
#[test]
fn a_node_that_was_held_up_leaves_the_rest_to_the_one_that_took_over() {
    on_two_nodes(|office, other| {
        for index in 0..3 {
            office.applies(&one_of_many(index), &[TEN]);
        }
        let (other, clock, met) = (other.clone(), office.app.clock.clone(), AtomicUsize::new(0));
        let slow = Sink::greeting_after(Manner::Takes, move || {
            if met.fetch_add(1, Ordering::AcqRel) > 0 {
                return;
            }
            clock.advance(SignedDuration::from_mins(6));
            let post = Arc::new(Sink::closed());
            let carrier = Carrier { app: other.clone(), post };
            let taken = duties::carry_out_due(&carrier).expect("duties are claimed");
            assert_eq!(taken, 3, "the claims had ended");
        });
        let carrier = Carrier { app: office.app.clone(), post: Arc::new(slow.post()) };
        assert_eq!(duties::carry_out_due(&carrier).expect("duties are claimed"), 3);
        assert_eq!(slow.messages().len(), 1, "the one that was under way");
    });
}

/// Both nodes want the same row; the one that waited for the other must look at all of it again.
#[test]
fn two_nodes_carry_each_duty_out_once() {
    on_two_nodes(|office, other| {
        for index in 0..60 {
            office.applies(&one_of_many(index), &[TEN]);
        }
        let sink = Sink::open(Manner::Takes);
        std::thread::scope(|threads| {
            for app in [&office.app, other] {
                let carrier = Carrier { app: app.clone(), post: Arc::new(sink.post()) };
                threads.spawn(move || {
                    // A node that lost a race for claims claims nothing that time.
                    for _ in 0..20 {
                        duties::carry_out_due(&carrier).expect("duties are claimed");
                    }
                });
            }
        });
        while duties::carry_out_due(&Carrier { app: other.clone(), post: Arc::new(Post::Outbox) })
            .expect("duties are claimed")
            > 0
        {}
        let sent = office.does(|tx, context| letters::outbox(tx, context, 100));
        assert!(sent.len() == 60 && sent.iter().all(|line| line.state == State::Sent));
        assert_eq!(sink.messages().len(), 60, "none left twice");
    });
}
