//! What only one of the engines can do or suffer.

use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use futures_util::future::join_all;
use service::store::{Announcement, Sql, Store, StoreAddress, StoreError, params};

use crate::engines::{Fresh, on_postgres};
use crate::store::{add, furnish, read, set, value_of};

/// The control of `a_thousand_turns_are_a_thousand`: without taking turns an update is lost.
#[tokio::test]
async fn without_turns_an_update_is_lost() {
    on_postgres(|fresh| async move {
        let store = fresh.open();
        furnish(&store).await;
        store.write(|tx| add(tx, "turns", 0)).await.expect("a counter");
        let both_have_read = Arc::new(Barrier::new(2));
        let turns = (0..2).map(|_| {
            let both_have_read = Arc::clone(&both_have_read);
            store.write(move |tx| {
                let before = read(tx, "turns")?.expect("the counter");
                both_have_read.wait();
                set(tx, "turns", before + 1)
            })
        });
        assert!(join_all(turns).await.iter().all(Result::is_ok));
        assert_eq!(value_of(&store, "turns").await, Some(1), "the control must fail");
    })
    .await;
}

#[tokio::test]
async fn a_deadlock_is_run_again() {
    on_postgres(|fresh| async move {
        let store = fresh.open();
        furnish(&store).await;
        store.write(|tx| add(tx, "a", 0).and_then(|_| add(tx, "b", 0))).await.expect("two rows");
        let both_hold_one = Arc::new(Barrier::new(2));
        let runs = Arc::new(AtomicU32::new(0));
        let crossing = [("a", "b"), ("b", "a")].map(|(first, second)| {
            let (both_hold_one, runs) = (Arc::clone(&both_hold_one), Arc::clone(&runs));
            let mut first_run = true;
            store.write(move |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                set(tx, first, 1)?;
                if std::mem::take(&mut first_run) {
                    both_hold_one.wait();
                }
                set(tx, second, 1)
            })
        });
        assert!(join_all(crossing).await.iter().all(Result::is_ok));
        // On a busy machine the one that is run again may meet the other once more.
        assert!(runs.load(Ordering::Relaxed) >= 3, "one of the two was run again");
    })
    .await;
}

/// `code` on the first `times` runs, then well: what is answered, and after how many runs.
async fn raising(store: &Store, code: &'static str, times: u32) -> (Result<u64, StoreError>, u32) {
    const RAISE: Sql = Sql::unregistered("select raise($1)");
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let work = store.write(move |tx| {
        let run = counted.fetch_add(1, Ordering::Relaxed);
        add(tx, "raised", 1)?;
        if run < times { tx.execute(RAISE, params![code]) } else { Ok(1) }
    });
    (work.await, runs.load(Ordering::Relaxed))
}

#[tokio::test]
async fn serialisation_failures_are_run_again_ten_times() {
    on_postgres(|fresh| async move {
        let store = fresh.open();
        furnish(&store).await;
        let raise = Sql::unregistered(
            "create function raise(code text) returns int language plpgsql as
             $body$ begin raise exception 'raised' using errcode = code; end $body$",
        );
        store.write(move |tx| tx.execute(raise, &[])).await.expect("a function");
        let (answer, runs) = raising(&store, "40001", 1_000).await;
        assert!(matches!((answer, runs), (Err(StoreError::Busy), 10)));
        let (answer, runs) = raising(&store, "55P03", 1).await;
        assert!(matches!((answer, runs), (Err(StoreError::Busy), 1)), "a lock not had in time");
        let (answer, runs) = raising(&store, "57014", 1).await;
        assert!(matches!((answer, runs), (Err(StoreError::Unavailable(_)), 1)), "too slow");
        let (answer, runs) = raising(&store, "23514", 1).await;
        assert!(matches!((answer, runs), (Err(StoreError::Fault(_)), 1)));
        let (answer, runs) = raising(&store, "40001", 2).await;
        assert!(matches!((answer, runs), (Ok(1), 3)));
    })
    .await;
}

#[tokio::test]
async fn a_table_that_changed_under_a_prepared_statement_is_met_anew() {
    on_postgres(|fresh| async move {
        let store = fresh.open();
        furnish(&store).await;
        let all = Sql::unregistered("select * from counters");
        let columns = |store: Store| async move {
            // One writer after the other, so that each has prepared the statement.
            let both = Arc::new(Barrier::new(5));
            let reads = (0..5).map(|_| {
                let both = Arc::clone(&both);
                store.write(move |tx| {
                    both.wait();
                    tx.all(all, &[], |row| row.text(0))
                })
            });
            join_all(reads).await.into_iter().all(|rows| rows.is_ok())
        };
        store.write(|tx| add(tx, "a", 0)).await.expect("a row");
        assert!(columns(store.clone()).await);
        let widen = Sql::unregistered("alter table counters add column more text");
        store.write(move |tx| tx.execute(widen, &[])).await.expect("another column");
        let again = store.write(move |tx| tx.all(all, &[], |row| row.text(0))).await;
        assert_eq!(again.expect("read anew"), ["a"]);
    })
    .await;
}

#[tokio::test]
async fn killed_connections_heal_and_listeners_are_told() {
    on_postgres(|fresh| async move {
        let (store, other) = (fresh.open(), fresh.open());
        furnish(&store).await;
        let mut heard = store.listen();
        let kill = Sql::unregistered(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()",
        );
        let killed = other.write(move |tx| tx.execute(kill, &[])).await.expect("they are killed");
        assert!(killed >= 17, "{killed}");
        let writes =
            (0..20).map(|number: i64| store.write(move |tx| add(tx, &number.to_string(), number)));
        let answers = join_all(writes).await;
        assert!(answers.iter().all(Result::is_ok), "what had not begun is begun anew");
        assert_eq!(value_of(&store, "19").await, Some(19));
        let told = heard.recv().await.expect("a notice");
        assert_eq!(told.topic, Announcement::RECONNECTED);
        other.write(|tx| tx.announce("after", "all")).await.expect("it is announced");
        assert_eq!(heard.recv().await.expect("a notice").topic, "after");
    })
    .await;
}

#[tokio::test]
async fn work_whose_connection_is_killed_is_told_so() {
    on_postgres(|fresh| async move {
        let store = fresh.open();
        furnish(&store).await;
        let suicide = Sql::unregistered("select pg_terminate_backend(pg_backend_pid())");
        let killed = store.write(move |tx| {
            add(tx, "killed", 1)?;
            tx.execute(suicide, &[])
        });
        assert!(matches!(killed.await, Err(StoreError::Unavailable(_))));
        assert_eq!(value_of(&store, "killed").await, None);
        for number in 0..10 {
            store.write(move |tx| add(tx, &number.to_string(), 1)).await.expect("healed");
        }
    })
    .await;
}

#[tokio::test]
async fn another_node_hears_what_one_announces() {
    on_postgres(|fresh| async move {
        let (one, other) = (fresh.open(), fresh.open());
        let mut heard = other.listen();
        one.write(|tx| tx.announce("session", "7")).await.expect("it is announced");
        assert_eq!(heard.recv().await.expect("a notice").text, "7");
    })
    .await;
}

#[test]
fn a_server_that_is_not_there_is_named_so() {
    let address: StoreAddress = "postgres://me@127.0.0.1:1/none".parse().expect("an address");
    let refused = Store::open(&address).expect_err("nobody listens there").to_string();
    assert!(refused.contains("PostgreSQL does not answer"), "{refused}");
    let address = StoreAddress::Sqlite("/nowhere/at/all.db".into());
    let refused = Store::open(&address).expect_err("no such folder").to_string();
    assert!(refused.contains("/nowhere/at/all.db"), "{refused}");
}

#[tokio::test]
async fn a_file_is_its_owners_and_survives_a_power_cut() {
    let fresh = Fresh::sqlite();
    let store = fresh.open();
    furnish(&store).await;
    let StoreAddress::Sqlite(path) = &fresh.address else { unreachable!() };
    for suffix in ["", "-wal"] {
        let file = format!("{}{suffix}", path.display());
        let mode = std::fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    for (pragma, expected) in [("synchronous", 2), ("foreign_keys", 1), ("temp_store", 2)] {
        let ask: &'static str = format!("pragma {pragma}").leak();
        let ask = Sql::unregistered(ask);
        let found = store.write(move |tx| tx.one(ask, &[], |row| row.int(0))).await;
        assert_eq!(found.expect("an answer"), Some(expected), "{pragma}");
    }
}

/// The disk is full for whatever comes after some pages: what was acknowledged is there, and
/// what was refused is not.
#[tokio::test]
async fn on_a_full_disk_answers_are_true() {
    let fresh = Fresh::sqlite();
    let store = fresh.open();
    furnish(&store).await;
    let limit = Sql::unregistered("pragma max_page_count = 64");
    store.write(move |tx| tx.one(limit, &[], |row| row.int(0))).await.expect("a limit");
    let blob = Sql::unregistered("insert into things (size, seal) values ($1, $2)");
    let writes = (0..100_i64)
        .map(|number| store.write(move |tx| tx.execute(blob, params![number, vec![7_u8; 3_000]])));
    let answers = join_all(writes).await;
    let numbers = Sql::unregistered("select size from things order by size");
    let stored = store.read(move |tx| tx.all(numbers, &[], |row| row.small::<usize>(0)));
    let stored = stored.await.expect("reading goes on");
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer.is_ok(), stored.contains(&number), "{number}: {answer:?}");
    }
    assert!(answers[0].is_ok() && answers[99].is_err());
    let more = Sql::unregistered("pragma max_page_count = 100000");
    store.write(move |tx| tx.one(more, &[], |row| row.int(0))).await.expect("more space");
    store.write(|tx| add(tx, "again", 1)).await.expect("and writing goes on");
}
