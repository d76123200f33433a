//! The store, on both engines alike.

use std::sync::mpsc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use jiff::Timestamp;
use jiff::civil::date;
use service::store::{Migration, Sql, Store, StoreError, Tx, Value, params};

use crate::engines::{engines, on_both};

const TABLES: &[Migration] = &[
    Migration {
        name: "0001_counters",
        sql: "create table counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);",
    },
    Migration {
        name: "0002_things",
        sql: "create table things (
                id $id, name TEXT UNIQUE, seal $bytes, size BIGINT, small INTEGER,
                done BOOLEAN, day TEXT, at BIGINT
            );
            create table parts (
                thing BIGINT NOT NULL REFERENCES things (id) DEFERRABLE INITIALLY DEFERRED,
                cell BIGINT NOT NULL,
                UNIQUE (thing, cell)
            );",
    },
];

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 123_000_000);

const ADD: Sql = Sql::unregistered("insert into counters (name, value) values ($1, $2)");
const READ: Sql = Sql::unregistered("select value from counters where name = $1");
const SET: Sql = Sql::unregistered("update counters set value = $2 where name = $1");
const COUNT: Sql = Sql::unregistered("select count(*) from counters");

pub(crate) async fn furnish(store: &Store) {
    store.migrate_to(TABLES, NOW).await.expect("the tables are made");
}

pub(crate) fn add(tx: &mut Tx<'_>, name: &str, value: i64) -> Result<u64, StoreError> {
    tx.execute(ADD, params![name, value])
}

pub(crate) fn read(tx: &mut Tx<'_>, name: &str) -> Result<Option<i64>, StoreError> {
    tx.one(READ, params![name], |row| row.int(0))
}

pub(crate) fn set(tx: &mut Tx<'_>, name: &str, value: i64) -> Result<u64, StoreError> {
    tx.execute(SET, params![name, value])
}

pub(crate) async fn value_of(store: &Store, name: &'static str) -> Option<i64> {
    store.read(move |tx| read(tx, name)).await.expect("it is read")
}

async fn count(store: &Store) -> Option<i64> {
    store.read(|tx| tx.one(COUNT, &[], |row| row.int(0))).await.expect("they are counted")
}

#[tokio::test]
async fn values_come_back_as_they_went() {
    const INSERT: Sql = Sql::unregistered(
        "insert into things (day, at, name, seal, size, small, done)
         values ($6, $7, $1, $2, $3, $4, $5) returning id",
    );
    const SELECT: Sql = Sql::unregistered(
        "select name, seal, size, small, done, day, at from things
         where size = $2 and ($1 = name or name = $1)",
    );
    on_both(|store| async move {
        furnish(&store).await;
        let id = store.write(|tx| {
            let name = Some("髙﨑 𠮷子");
            let values = params![name, vec![0_u8, 255], i64::MIN, 7, true, date(2028, 2, 29), NOW];
            tx.one(INSERT, values, |row| row.int(0))
        });
        assert_eq!(id.await.expect("a row"), Some(1));
        let check = store.read(|tx| {
            tx.one(SELECT, params!["髙﨑 𠮷子", i64::MIN], |row| {
                assert_eq!(row.text(0)?, "髙﨑 𠮷子");
                assert_eq!(row.bytes(1)?, [0, 255]);
                assert_eq!(row.int(2)?, i64::MIN);
                assert_eq!(row.small::<u8>(3)?, 7);
                assert!(row.bool(4)?);
                assert_eq!(row.date(5)?, date(2028, 2, 29));
                assert_eq!(row.instant(6)?, NOW);
                assert!(row.text(2).is_err() && row.int(0).is_err() && row.date(0).is_err());
                row.parsed(0, |text| text.split_once(' ').map(|(name, _)| name.to_owned()))
            })
        });
        assert_eq!(check.await.expect("a row").as_deref(), Some("髙﨑"));
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_back_as_nothing() {
    const EACH: Sql = Sql::unregistered(
        "insert into things (name, seal, size, done, day, at) values ($1, $2, $3, $4, $5, $6)",
    );
    const SELECT: Sql = Sql::unregistered("select name, seal, size, done, day, at from things");
    on_both(|store| async move {
        furnish(&store).await;
        let null = || Value::Null;
        let nothing = store.write(move |tx| {
            tx.execute(EACH, params![None::<i64>, null(), null(), null(), null(), null()])?;
            tx.one(SELECT, &[], |row| {
                assert_eq!(row.opt_text(0)?, None);
                assert_eq!(row.opt_bytes(1)?, None);
                assert_eq!((row.opt_int(2)?, row.opt_date(4)?), (None, None));
                assert_eq!(row.opt_instant(5)?, None);
                Ok(row.text(0).is_err() && row.int(2).is_err() && row.bool(3).is_err())
            })
        });
        assert!(matches!(nothing.await, Ok(Some(true))));
    })
    .await;
}

#[tokio::test]
async fn a_text_with_nul_is_no_fault() {
    on_both(|store| async move {
        furnish(&store).await;
        store.write(|tx| add(tx, "a\0b", 1)).await.expect("a row");
        assert_eq!(value_of(&store, "a\0b").await, Some(1));
        assert_eq!(value_of(&store, "a\u{fffd}b").await, Some(1));
        assert_eq!(value_of(&store, "ab").await, None);
    })
    .await;
}

#[tokio::test]
async fn an_error_undoes_the_work() {
    on_both(|store| async move {
        furnish(&store).await;
        let refused: Result<(), StoreError> = store
            .write(|tx| {
                add(tx, "gone", 1)?;
                assert_eq!(read(tx, "gone")?, Some(1));
                Err(StoreError::fault("changed my mind"))
            })
            .await;
        assert_eq!(refused.expect_err("refused").to_string(), "the store failed: changed my mind");
        assert_eq!(value_of(&store, "gone").await, None);
    })
    .await;
}

/// Twenty pieces of work wait behind one that holds the writer up, so that on SQLite one commit
/// takes them all; among them some that refuse, panic, collide, or break a rule at the commit.
#[tokio::test]
async fn what_fails_among_many_harms_no_other() {
    const PART: Sql = Sql::unregistered("insert into parts (thing, cell) values (99, $1)");
    on_both(|store| async move {
        furnish(&store).await;
        let (release, held) = mpsc::channel::<()>();
        let blocker = store.write(move |_| {
            let _released = held.recv();
            Ok::<u64, StoreError>(0)
        });
        let mut all: Vec<BoxFuture<'_, Result<u64, StoreError>>> = vec![Box::pin(blocker)];
        for number in 0..20 {
            all.push(Box::pin(store.write(move |tx| {
                add(tx, &format!("name {number}"), number)?;
                match number {
                    3 => Err(StoreError::fault("refused")),
                    7 => panic!("this panic belongs to the test"),
                    11 => tx.execute(ADD, params!["name 11", 0]),
                    15 => tx.execute(PART, params![number]),
                    _ => Ok(1),
                }
            })));
        }
        all.push(Box::pin(async move {
            drop(release);
            Ok(0)
        }));
        let answers = join_all(all).await;
        for (number, answer) in answers[1..=20].iter().enumerate() {
            match number {
                3 | 7 | 15 => assert!(matches!(answer, Err(StoreError::Fault(_))), "{answer:?}"),
                11 => assert!(
                    matches!(answer, Err(StoreError::Unique { table }) if table == "counters")
                ),
                _ => assert!(matches!(answer, Ok(1)), "{number}: {answer:?}"),
            }
        }
        assert_eq!(count(&store).await, Some(16));
    })
    .await;
}

#[tokio::test]
async fn uniqueness_names_its_table() {
    const PART: Sql = Sql::unregistered("insert into parts (thing, cell) values (1, $1)");
    const THING: Sql = Sql::unregistered("insert into things (name) values ($1)");
    on_both(|store| async move {
        furnish(&store).await;
        for (table, sql, value) in [
            ("things", THING, Value::from("one")),
            ("parts", PART, Value::from(5)),
            ("counters", Sql::unregistered("insert into counters values ($1, 0)"), "a".into()),
        ] {
            let insert = move |tx: &mut Tx<'_>| tx.execute(sql, std::slice::from_ref(&value));
            assert!(matches!(store.write(insert.clone()).await, Ok(1)), "{table}");
            let again = store.write(insert).await;
            assert!(matches!(again, Err(StoreError::Unique { table: named }) if named == table));
        }
    })
    .await;
}

#[tokio::test]
async fn work_that_goes_on_after_a_failure_is_undone() {
    on_both(|store| async move {
        furnish(&store).await;
        let went_on = store.write(|tx| {
            add(tx, "first", 1)?;
            assert!(matches!(add(tx, "first", 2), Err(StoreError::Unique { .. })));
            assert!(matches!(read(tx, "first"), Err(StoreError::Fault(_))));
            Ok::<(), StoreError>(())
        });
        assert!(matches!(went_on.await, Err(StoreError::Fault(_))));
        assert_eq!(value_of(&store, "first").await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_turns_are_a_thousand() {
    on_both(|store| async move {
        furnish(&store).await;
        store.write(|tx| add(tx, "turns", 0)).await.expect("a counter");
        let tasks = (0..64).map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in (task..1_000).step_by(64) {
                    let turn = store.write(|tx| {
                        tx.hold("turns")?;
                        let before = read(tx, "turns")?.expect("the counter");
                        set(tx, "turns", before + 1)
                    });
                    turn.await.expect("a turn");
                }
            })
        });
        assert!(join_all(tasks).await.iter().all(Result::is_ok));
        assert_eq!(value_of(&store, "turns").await, Some(1_000));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_request_cannot_cut_work_in_half() {
    for fresh in engines() {
        let store = fresh.open();
        furnish(&store).await;
        let (begun, has_begun) = mpsc::channel();
        let (release, held) = mpsc::channel::<()>();
        let mut request = Box::pin(store.write(move |tx| {
            add(tx, "half", 1)?;
            let _told = begun.send(());
            let _released = held.recv();
            add(tx, "whole", 2)
        }));
        assert!(request.as_mut().now_or_never().is_none());
        has_begun.recv().expect("it has begun");
        drop(request);
        drop(release);
        store.close();
        let late = store.write(|tx| add(tx, "late", 3)).await;
        assert!(matches!(late, Err(StoreError::Unavailable(_))));
        let again = fresh.open();
        assert_eq!(value_of(&again, "half").await, Some(1));
        assert_eq!(value_of(&again, "whole").await, Some(2));
        assert_eq!(value_of(&again, "late").await, None);
    }
}

#[tokio::test]
async fn closing_finishes_what_waits() {
    for fresh in engines() {
        let store = fresh.open();
        furnish(&store).await;
        let (release, held) = mpsc::channel::<()>();
        let mut waiting: Vec<BoxFuture<'_, Result<u64, StoreError>>> = Vec::new();
        waiting.push(Box::pin(store.write(move |_| Ok(held.recv().map_or(0, |()| 0)))));
        for number in 0..50 {
            waiting.push(Box::pin(store.write(move |tx| add(tx, &number.to_string(), number))));
        }
        for future in &mut waiting {
            assert!(future.as_mut().now_or_never().is_none_or(|done| done.is_ok()));
        }
        drop(release);
        drop(waiting);
        store.close();
        assert_eq!(count(&fresh.open()).await, Some(50));
    }
}

#[tokio::test]
async fn reading_is_as_of_one_moment_and_cannot_write() {
    on_both(|store| async move {
        furnish(&store).await;
        store.write(|tx| add(tx, "moment", 1)).await.expect("a row");
        let (begun, has_begun) = mpsc::channel();
        let (release, held) = mpsc::channel::<()>();
        let reading = store.read(move |tx| {
            let first = read(tx, "moment")?;
            let _told = begun.send(());
            let _released = held.recv();
            Ok::<_, StoreError>((first, read(tx, "moment")?))
        });
        let mut reading = Box::pin(reading);
        assert!(reading.as_mut().now_or_never().is_none());
        has_begun.recv().expect("it has begun");
        store.write(|tx| set(tx, "moment", 2)).await.expect("writing goes on meanwhile");
        drop(release);
        assert_eq!(reading.await.expect("it is read"), (Some(1), Some(1)));
        assert_eq!(value_of(&store, "moment").await, Some(2));
        let written = store.read(|tx| add(tx, "reader", 1)).await;
        assert!(matches!(written, Err(StoreError::Fault(_))));
        assert_eq!(value_of(&store, "reader").await, None);
    })
    .await;
}

#[tokio::test]
async fn announcements_arrive_after_the_commit_only() {
    on_both(|store| async move {
        furnish(&store).await;
        let mut heard = store.listen();
        let undone: Result<(), StoreError> = store
            .write(|tx| {
                tx.announce("application", "0")?;
                Err(StoreError::Busy)
            })
            .await;
        assert!(undone.is_err());
        let announced = store.write(|tx| {
            tx.announce("application", "1")?;
            tx.announce("application", "1")?;
            tx.announce("session", "面談 2")
        });
        announced.await.expect("they are announced");
        let mut topics = Vec::new();
        for _ in 0..2 {
            let announcement = heard.recv().await.expect("a notice");
            topics.push(format!("{} {}", announcement.topic, announcement.text));
        }
        assert_eq!(topics, ["application 1", "session 面談 2"]);
        let long = "あ".repeat(2_000);
        let too_long = store.write(move |tx| tx.announce("application", &long)).await;
        assert!(matches!(too_long, Err(StoreError::Fault(_))));
    })
    .await;
}

#[tokio::test]
async fn steps_are_applied_once_and_a_newer_store_is_refused() {
    const BROKEN: &[Migration] = &[
        TABLES[0],
        TABLES[1],
        Migration { name: "0003", sql: "create table half (id $id); create nonsense" },
    ];
    for fresh in engines() {
        let (one, other) = (fresh.open(), fresh.open());
        let both = tokio::join!(one.migrate_to(TABLES, NOW), other.migrate_to(TABLES, NOW));
        let applied = both.0.expect("one").len() + both.1.expect("other").len();
        assert_eq!(applied, 2, "each step once, whoever came first");
        assert!(one.migrate_to(TABLES, NOW).await.expect("again").is_empty());
        assert_eq!(other.pending(BROKEN).await.expect("known"), ["0003"]);
        assert!(one.migrate_to(BROKEN, NOW).await.is_err());
        let half = Sql::unregistered("select count(*) from half");
        assert!(one.read(move |tx| tx.one(half, &[], |row| row.int(0))).await.is_err());
        let newer = one.migrate_to(&TABLES[..1], NOW).await.expect_err("refused").to_string();
        assert!(newer.contains("newer than this program: it has the step 0002_things"), "{newer}");
        let foreign = one.migrate_to(&BROKEN[1..], NOW).await.expect_err("refused").to_string();
        assert!(foreign.contains("it has the step 0001_counters"), "{foreign}");
    }
}

#[tokio::test]
async fn a_statement_that_does_not_fit_is_found() {
    on_both(|store| async move {
        furnish(&store).await;
        let good = vec![READ.text(), ADD.text(), COUNT.text()];
        assert!(store.prepare_each(good).await.is_ok());
        let bad = vec![READ.text(), "select nothing from counters", ADD.text()];
        let unfit = store.prepare_each(bad).await.expect_err("one is unfit");
        assert_eq!(unfit.len(), 1);
        assert_eq!(unfit[0].0, "select nothing from counters");
        assert!(unfit[0].1.contains("nothing"), "{}", unfit[0].1);
        store.ping().await.expect("it is alive");
    })
    .await;
}

#[tokio::test]
async fn wrong_use_is_a_fault_and_no_panic() {
    on_both(|store| async move {
        furnish(&store).await;
        let one = |sql: Sql, values: Vec<Value>| {
            let store = store.clone();
            async move { store.write(move |tx| tx.one(sql, &values, |row| row.int(0))).await }
        };
        let two_rows = Sql::unregistered("select 1 union all select 2");
        assert!(matches!(one(two_rows, vec![]).await, Err(StoreError::Fault(_))));
        assert!(matches!(one(READ, vec![]).await, Err(StoreError::Fault(_))), "too few");
        let two = vec![Value::from("a"), Value::from("b")];
        assert!(matches!(one(READ, two).await, Err(StoreError::Fault(_))), "too many");
        let none = Sql::unregistered("select 1 where 1 = 2");
        assert!(matches!(one(none, vec![]).await, Ok(None)));
        let beyond = store.read(|tx| tx.one(COUNT, &[], |row| row.int(9))).await;
        assert!(matches!(beyond, Err(StoreError::Fault(_))));
    })
    .await;
}
