//! Many clients, one seat left: the database is the last judge of overbooking.

use futures_util::future::join_all;
use rules::schedule::GroupRefusal;
use service::application;
use service::error::{Error, Refusal};
use service::store::Store;

use crate::cast::one_of_many;
use crate::engines::engines;
use crate::nodes::on_two_nodes;
use crate::office::{Office, runtime};
use crate::order;

const CLIENTS: u32 = 24;

#[test]
fn of_many_applications_for_the_last_seat_on_two_nodes_one_is_given_it() {
    on_two_nodes(|office, other| {
        let (_, answers) = race(office, &[&office.app.store, &other.store]);
        let lost: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert_eq!(answers.len() - lost.len(), 1);
        for error in lost {
            let full = Refusal::Group(GroupRefusal::Full);
            assert!(matches!(error, Error::Refused(refusal) if *refusal == full), "{error:?}");
        }
        order::assert_in_order(office);
    });
}

#[test]
fn of_many_applications_for_the_last_seat_one_is_given_it() {
    crate::office::scene(|office| {
        let (group, answers) = race(office, &[&office.app.store]);
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert_eq!(office.group(group).given, 2);
    });
}

/// The control: without the primary key of `holds` the same race gives the last seat many times, so
/// the tests above show the work of that key.
#[test]
fn without_the_constraint_the_last_seat_is_given_many_times() {
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
        let (_, answers) = race(&office, &[&office.app.store]);
        let given = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(given > 1, "{given} were given it");
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            order::assert_in_order(&office);
        }));
        assert!(found.is_err(), "the questions about order see an overbooking");
    }
}

/// A group session of two seats with one left, for which all clients are given a seat at once.
fn race(office: &Office, nodes: &[&Store]) -> (i64, Vec<Result<(), Error>>) {
    let group = office.plans(2);
    office.seats(&one_of_many(1000), group);
    let ids: Vec<i64> = (0..CLIENTS).map(|it| office.waits(&one_of_many(it), group)).collect();
    let context = office.context();
    let clients = ids.into_iter().zip(nodes.iter().cycle()).map(|(id, node)| {
        let (store, context) = ((*node).clone(), context.clone());
        runtime().spawn(async move {
            store.write(move |tx| application::give_seat(tx, &context, id)).await
        })
    });
    let answers = runtime().block_on(join_all(clients));
    (group, answers.into_iter().map(|answer| answer.expect("no panic")).collect())
}
