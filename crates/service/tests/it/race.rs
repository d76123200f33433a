//! Two hundred clients, one slot: the database is the last judge of double booking.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use rules::schedule::{Ask, TOKYO};
use service::application::{self, Appoint};
use service::error::{Error, Refusal};
use service::schedule;
use service::store::Store;

use crate::cast::one_of_many;
use crate::engines::engines;
use crate::nodes::on_two_nodes;
use crate::office::{Office, at, runtime, scene, slot};
use crate::order;

const CLIENTS: u32 = 200;
const TEN: &str = "2026-11-24T10:00:00";

#[test]
fn of_two_hundred_clients_for_one_slot_one_wins_and_the_others_are_offered_another() {
    scene(|office| {
        let answers = race(office, &[&office.app.store]);
        let winners = answers.iter().filter(|(_, answer)| answer.is_ok()).count();
        assert_eq!(winners, 1);
        for (id, answer) in answers {
            let Err(error) = answer else {
                assert_eq!(office.cells_of(id), 12);
                continue;
            };
            assert!(matches!(error, Error::Refused(Refusal::SlotTaken)), "{error:?}");
            assert_eq!(office.cells_of(id), 0);
            assert!(!alternatives(office).is_empty());
        }
        assert_eq!((office.count("appointments"), office.count("holds")), (1, 12));
        let open = alternatives(office);
        assert!(open.iter().all(|(start, counsellor)| {
            *start != at(TEN) || *counsellor != office.counsellors[0]
        }));
        assert!(open.contains(&(at(TEN), office.counsellors[1])), "a colleague is free then");
    });
}

#[test]
fn of_two_hundred_clients_on_two_nodes_one_wins() {
    on_two_nodes(|office, other| {
        let answers = race(office, &[&office.app.store, &other.store]);
        assert_eq!(answers.iter().filter(|(_, answer)| answer.is_ok()).count(), 1);
        let lost = answers.iter().filter_map(|(_, answer)| answer.as_ref().err());
        for error in lost {
            assert!(matches!(error, Error::Refused(Refusal::SlotTaken)), "{error:?}");
        }
        assert_eq!((office.count("appointments"), office.count("holds")), (1, 12));
    });
}

/// The control: without the primary key of `holds` the same race books the slot many times, so
/// the test above shows the work of that key and not of the race's tameness.
#[test]
fn without_the_constraint_the_same_race_books_the_slot_many_times() {
    for fresh in engines() {
        let office = Office::open(fresh);
        let script = if office.is_postgres() {
            "alter table holds drop constraint holds_pkey"
        } else {
            "drop table holds;
             create table holds (resource TEXT NOT NULL, cell BIGINT NOT NULL,
                                 application BIGINT NOT NULL)"
        };
        office.alters(script);
        let stores = [&office.app.store];
        let winners = race(&office, &stores).iter().filter(|(_, answer)| answer.is_ok()).count();
        assert!(winners > 1, "{winners} won");
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            order::assert_in_order(&office);
        }));
        assert!(found.is_err(), "the questions about order see a double booking");
    }
}

/// All clients confirm their own application for the same slot and counsellor, at once, each on
/// the next of the nodes.
fn race(office: &Office, nodes: &[&Store]) -> Vec<(i64, Result<(), Error>)> {
    let ids: Vec<i64> = (0..CLIENTS)
        .map(|index| {
            let id = office.applies(&one_of_many(index), &[TEN]);
            office.decides_all(id);
            id
        })
        .collect();
    let (context, counsellor) = (office.context(), office.counsellors[0]);
    let clients = ids.into_iter().zip(nodes.iter().cycle()).map(|(id, node)| {
        let (store, context) = ((*node).clone(), context.clone());
        runtime().spawn(async move {
            let confirmed = store
                .write(move |tx| {
                    let appoint = Appoint { slot: slot(TEN), counsellor, same_day_reason: None };
                    application::confirm(tx, &context, id, &appoint)
                })
                .await;
            (id, confirmed)
        })
    });
    let answers = runtime().block_on(join_all(clients));
    answers.into_iter().map(|answer| answer.expect("no panic")).collect()
}

/// What a client is offered instead, that day.
fn alternatives(office: &Office) -> BTreeSet<(jiff::Timestamp, i64)> {
    let openings = office.does(|tx, context| {
        let from = at(TEN).to_zoned(TOKYO.clone()).date();
        let ask = Ask { from, days: 1, minutes: 30, needs: BTreeSet::new() };
        schedule::open_times(tx, context, &ask)
    });
    let pairs = openings.into_iter().flat_map(|opening| {
        opening.counsellors.into_iter().map(move |counsellor| (opening.slot.start, counsellor))
    });
    pairs.collect()
}
