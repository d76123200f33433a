//! When an older copy of the store was put back, what was deleted is deleted once more.

use std::fs;

use rules::records::retention::RecordClass;
use service::app::App;
use service::records::retention::{Ledger, Reapplied, Tombstone, reapply};
use service::store::{Store, StoreAddress};

use super::{SESSIONS_DUE, TEN};
use crate::cast::{hana, taro};
use crate::disclosures::{HoldKind, Target};
use crate::office::{Office, scene};

/// What the file would say of a deletion that this store knows nothing of.
fn tombstone(office: &Office, receipt: &str, class: RecordClass) -> Tombstone {
    Tombstone {
        office: crate::office::SLUG.to_owned(),
        class,
        number: (2030, 7),
        over_before: "2027-04-01".parse().expect("a day"),
        mark: office.app.keys.digest("retention/receipt", receipt).as_str().to_owned(),
        deleted_at: office.app.clock.now(),
    }
}

impl Office {
    fn reapplies(&self) -> (usize, usize) {
        let Reapplied { deleted, held } = reapply(&self.app).expect("done once more");
        (deleted, held)
    }
}

#[test]
fn article_5_1_what_an_older_copy_brought_back_is_deleted_once_more() {
    scene(|office| {
        let (id, other) = (office.held(&hana(), "2026-11-18T10:00:00"), office.held(&taro(), TEN));
        office.clock(SESSIONS_DUE);
        assert_eq!(office.reapplies(), (0, 0), "nothing is known to be deleted");
        let receipt = office.application(id).receipt;
        let ledger = office.app.ledger.as_ref().expect("the file");
        let elsewhere = Tombstone {
            office: "elsewhere".to_owned(),
            ..tombstone(office, &receipt, RecordClass::Session)
        };
        ledger.append(&[elsewhere]).expect("written");
        assert_eq!(office.reapplies(), (0, 0), "an office that this store never had");
        ledger.append(&[tombstone(office, &receipt, RecordClass::Session)]).expect("written");
        assert_eq!(office.reapplies(), (1, 0));
        assert!(!office.is_there(id) && office.is_there(other));
        assert_eq!(office.count("session_counts"), 1, "the statistics count it still");
        assert_eq!(office.reapplies(), (0, 0), "done again, it changes nothing");
        // The number of the lost certificate is not given to another.
        let batch = office.deletes(RecordClass::Session);
        assert_eq!(batch.certificate().as_deref(), Some("廃棄-2030-008"));
    });
}

#[test]
fn article_5_2_a_hold_wins_over_what_was_deleted_before() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        office.clock(SESSIONS_DUE);
        office.holds(Target::Application(id), HoldKind::Office, None).expect("held");
        let receipt = office.application(id).receipt;
        let ledger = office.app.ledger.as_ref().expect("the file");
        ledger.append(&[tombstone(office, &receipt, RecordClass::Session)]).expect("written");
        assert_eq!(office.reapplies(), (0, 1));
        assert!(office.is_there(id));
        assert_eq!(office.reapplies(), (0, 1), "it is told each time");
    });
}

#[test]
fn article_5_1_of_a_record_that_stays_only_what_was_over_then_goes_again() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        office.clock(SESSIONS_DUE);
        let receipt = office.application(id).receipt;
        let ledger = office.app.ledger.as_ref().expect("the file");
        let early = Tombstone {
            over_before: "2026-04-01".parse().expect("a day"),
            ..tombstone(office, &receipt, RecordClass::Technical)
        };
        ledger.append(&[early]).expect("written");
        assert_eq!(office.reapplies(), (0, 0), "it was not over then");
        let now =
            Tombstone { number: (2030, 8), ..tombstone(office, &receipt, RecordClass::Technical) };
        ledger.append(&[now]).expect("written");
        assert_eq!(office.reapplies(), (1, 0));
        assert!(office.is_there(id));
        assert_eq!(office.count("duties"), 0);
    });
}

/// With a real copy of the file, and keys that were kept apart.
#[test]
fn article_5_1_a_backup_that_is_put_back_forgets_again() {
    scene(|office| {
        let StoreAddress::Sqlite(path) = office.address() else { return };
        let id = office.held(&hana(), TEN);
        office.app.store.forget_deleted().expect("the log is in the file");
        let copy = path.with_file_name("backup.db");
        fs::copy(path, &copy).expect("a backup");
        office.clock(SESSIONS_DUE);
        office.deletes(RecordClass::Session);
        assert!(!office.is_there(id));
        let store = Store::open(&StoreAddress::Sqlite(copy)).expect("the backup opens");
        let keys = (*office.app.keys).clone();
        let (clock, site) = (office.app.clock.clone(), (*office.app.site).clone());
        let ledger = office.app.ledger.as_ref().expect("the file");
        let ledger = Ledger::beside(&ledger.path().with_extension(""));
        let restored = App::new(store, keys, clock, site).with_ledger(ledger);
        assert_eq!(reapply(&restored).expect("done"), Reapplied { deleted: 1, held: 0 });
        let count = service::store::Sql::unregistered("select count(*) from applications");
        let left = restored
            .store
            .read_blocking(move |tx| tx.one(count, &[], |row| row.int(0)))
            .expect("counted");
        assert_eq!(left, Some(0));
    });
}

/// A file that was lost is written anew from what the store knows.
#[test]
fn a_lost_file_is_written_anew() {
    scene(|office| {
        office.held(&hana(), TEN);
        office.clock(SESSIONS_DUE);
        office.deletes(RecordClass::Session);
        let ledger = office.app.ledger.as_ref().expect("the file");
        let lines = fs::read_to_string(ledger.path()).expect("the file");
        assert_eq!(lines.lines().count(), 1);
        fs::remove_file(ledger.path()).expect("lost");
        assert_eq!(office.reapplies(), (0, 0));
        assert_eq!(fs::read_to_string(ledger.path()).expect("again"), lines);
        fs::write(ledger.path(), "nonsense\n").expect("spoilt");
        let said = reapply(&office.app).expect_err("not read").to_string();
        assert!(said.starts_with("line 1 of "), "{said}");
    });
}
