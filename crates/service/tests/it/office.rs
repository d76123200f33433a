//! A whole service in a test: a migrated store, keys, a clock that is held, and a furnished office.
//!
//! Scenes are ordinary functions on an ordinary thread; what is asynchronous runs on one shared
//! runtime. After each scene the store is asked whether it is in order ([`crate::order`]).

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use rules::people::{Practice, Role};
use rules::schedule::{Skill, Slot, TOKYO, WeeklyHours};
use rules::session::room::NodeId;
use service::app::{App, Context, Site};
use service::clock::Clock;
use service::error::{Error, Refusal};
use service::people::{self, NewMember, NewOffice};
use service::records::retention::Ledger;
use service::schedule::{self, NewCounsellor};
use service::secrets::Keys;
use service::session::relay::Relays;
use service::store::{Sql, StoreAddress, Tx, params};
use service::terms::{self, Source};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::engines::{Fresh, engines};
use crate::order;
use crate::room::Node;

/// The short name of the office.
pub(crate) const SLUG: &str = "sakai-test";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "見本の とても長い 合言葉です";
/// When scenes begin: a Monday.
pub(crate) const OPENING: &str = "2026-11-16T10:00:00";

/// The office with everything that belongs to it; gone when dropped.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) id: i64,
    pub(crate) staff: Staff,
    /// A whole day, a morning, an afternoon.
    pub(crate) counsellors: [i64; 3],
    fresh: Fresh,
    folder: TempDir,
}

/// The numbers of the accounts. Each login is the role's code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Staff {
    pub(crate) coordinator: i64,
    pub(crate) counsellor: i64,
    pub(crate) manager: i64,
    pub(crate) records_officer: i64,
}

/// The runtime on which everything asynchronous of the tests runs.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// Plays a scene in a fresh office on each engine.
pub(crate) fn scene(play: impl Fn(&Office)) {
    for fresh in engines() {
        let office = Office::open(fresh);
        play(&office);
        order::assert_in_order(&office);
    }
}

/// The instant of a date and time in Tokyo: `2026-11-24T10:08:00`.
pub(crate) fn at(text: &str) -> Timestamp {
    let civil: DateTime = text.parse().expect("a date and a time");
    TOKYO.to_timestamp(civil).expect("an instant")
}

/// A slot of half an hour that starts then.
pub(crate) fn slot(text: &str) -> Slot {
    Slot { start: at(text), minutes: 30 }
}

/// The refusal in an answer; panics when it was none.
pub(crate) fn refusal<T>(answer: Result<T, Error>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("not a refusal: {other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

impl Office {
    /// Opens the office in an empty store.
    pub(crate) fn open(fresh: Fresh) -> Self {
        let now = at(OPENING);
        let folder = TempDir::new().expect("a folder for the keys");
        let keys = Keys::load_or_create(&folder.path().join("keys.toml")).expect("keys");
        let store = fresh.open();
        runtime().block_on(store.migrate(now)).expect("the schema is made");
        let site = Site {
            public_url: "http://127.0.0.1:7890".to_owned(),
            demo: false,
            mail_from: "madoguchi@example.jp".to_owned(),
        };
        let ledger = Ledger::beside(&folder.path().join("keys.toml"));
        let app = App::new(store, keys, Clock::held(now), site).with_ledger(ledger);
        let furnished = app.store.write_blocking(move |tx| furnish(tx, SLUG, now));
        let (id, staff, counsellors) = furnished.expect("the office is furnished");
        Self { app, id, staff, counsellors, fresh, folder }
    }

    /// A second office in the same store, which this one must not see into.
    pub(crate) fn neighbour(&self) -> (Context, Staff, [i64; 3]) {
        let now = self.app.clock.now();
        let furnished = self.app.store.write_blocking(move |tx| furnish(tx, "tonari-test", now));
        let (_, staff, counsellors) = furnished.expect("the neighbour is furnished");
        let office = runtime().block_on(self.app.office("tonari-test")).expect("the neighbour");
        (self.app.context(office), staff, counsellors)
    }

    /// Where the store is.
    pub(crate) fn address(&self) -> &StoreAddress {
        &self.fresh.address
    }

    /// Whether this office is on PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.fresh.address, StoreAddress::Postgres(_))
    }

    /// Another node on the same database, with the same keys and clock.
    pub(crate) fn second_node(&self) -> App {
        let keys = Keys::load(&self.folder.path().join("keys.toml")).expect("the same keys");
        let (clock, site) = (self.app.clock.clone(), (*self.app.site).clone());
        let app = App::new(self.fresh.open(), keys, clock, site);
        app.with_relays(Relays::new(Vec::new(), *b"x"))
    }

    /// A node was not heard of for long, and another finds it out.
    pub(crate) fn loses(&self, node: NodeId, other: &Node) {
        let name = format!("{:016x}", node.0);
        self.does(move |tx, _| {
            let silence = Sql::unregistered("update nodes set seen_at = 0 where node = $1");
            Ok(tx.execute(silence, params![name.as_str()])?)
        });
        runtime().block_on(service::session::listener::beat(&other.app)).expect("the node beats");
    }

    /// Changes the schema, as no product ever does.
    pub(crate) fn alters(&self, statements: &'static str) {
        for statement in statements.split(';') {
            let sql = service::store::Sql::unregistered(statement);
            self.does(move |tx, _| Ok(tx.execute(sql, &[])?));
        }
    }

    /// What a verb of this office needs, now.
    pub(crate) fn context(&self) -> Context {
        self.app.context(runtime().block_on(self.app.office(SLUG)).expect("the office"))
    }

    /// What the clock shows from now on, in Tokyo.
    pub(crate) fn clock(&self, text: &str) {
        self.app.clock.set(at(text));
    }

    /// Changes the office's own choices.
    pub(crate) fn decides(&self, change: impl FnOnce(&mut Practice)) {
        let mut practice = self.context().office.practice.clone();
        change(&mut practice);
        let id = self.id;
        let set = self.app.store.write_blocking(move |tx| people::set_practice(tx, id, &practice));
        set.expect("the practice is kept");
        self.app.forget_offices();
    }

    /// Runs a verb as one unit of work, and answers whatever it answers.
    pub(crate) fn tries<T: Send + 'static>(
        &self,
        mut verb: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let context = self.context();
        self.app.store.write_blocking(move |tx| verb(tx, &context))
    }

    /// Runs a verb that must succeed.
    pub(crate) fn does<T: Send + 'static>(
        &self,
        verb: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.tries(verb).expect("it is done")
    }
}

/// Terms, one account of each role, three counsellors.
fn furnish(tx: &mut Tx<'_>, slug: &str, now: Timestamp) -> Result<(i64, Staff, [i64; 3]), Error> {
    let office = NewOffice {
        slug: slug.to_owned(),
        name: "ハローワークみほん（見本）".to_owned(),
        telephone: "00-0000-0000".to_owned(),
        address: "見本県見本市見本町1-1".to_owned(),
        court: "見本地方裁判所".to_owned(),
        practice: Practice::default(),
    };
    let id = people::open_office(tx, &office, now)?;
    terms::publish(tx, id, &Source::model(), now)?;
    let prefix = if slug == SLUG { "" } else { "tonari-" };
    let mut account = |role: Role| {
        let member = NewMember {
            office: id,
            login: format!("{prefix}{}", role.code()),
            name: format!("職員 {}（見本）", role.code()),
            role,
            password: PASSWORD.to_owned(),
        };
        people::add_staff(tx, &member, now)
    };
    account(Role::Administrator)?;
    let staff = Staff {
        coordinator: account(Role::Coordinator)?,
        counsellor: account(Role::Counsellor)?,
        manager: account(Role::Manager)?,
        records_officer: account(Role::RecordsOfficer)?,
    };
    let [early, noon, after, late] = [9, 12, 13, 17].map(|hour| Time::constant(hour, 0, 0, 0));
    let mut counsellor = |name: &str, account: Option<i64>, (from, to), skill: Skill| {
        let counsellor = NewCounsellor {
            name: format!("相談員 {name}（見本）"),
            staff: account,
            hours: (1..=5).map(|weekday| WeeklyHours { weekday, from, to }).collect(),
            skills: BTreeSet::from([skill]),
        };
        schedule::add_counsellor(tx, id, &counsellor)
    };
    let counsellors = [
        counsellor("あさひ", Some(staff.counsellor), (early, late), Skill::EasyJapanese)?,
        counsellor("いずみ", None, (early, noon), Skill::English)?,
        counsellor("うみの", None, (after, late), Skill::SignLanguage)?,
    ];
    Ok((id, staff, counsellors))
}
