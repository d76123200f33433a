//! Who lists and who approves, what keeps a record, and that a restart loses nothing.

use rules::people::FreeText;
use rules::records::disclosure::Outcome;
use rules::records::objection::Against;
use rules::records::retention::{Keeper, RecordClass, RetentionRefusal};
use rules::terms::prohibitions::Prohibited;
use service::application;
use service::error::{Error, Refusal};
use service::records::conduct;
use service::records::holds;
use service::records::retention;
use service::store::{Sql, params};

use super::{SESSIONS_DUE, TEN, refused};
use crate::cast::{hana, maria, one_of_many, taro};
use crate::conduct::incident;
use crate::disclosures::{HoldKind, Target, demand};
use crate::office::{Office, refusal, scene};

#[test]
fn article_5_1_nothing_is_listed_before_its_time() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        let to_come = office.applies(&taro(), &["2026-11-26T10:00:00"]);
        let nothing = |class| {
            assert_eq!(refusal(office.lists(class)), refused(RetentionRefusal::NothingDue));
        };
        RecordClass::ALL.into_iter().for_each(nothing);
        office.clock("2030-03-31T09:00:00");
        nothing(RecordClass::Session);
        office.clock(SESSIONS_DUE);
        nothing(RecordClass::Unused);
        let batch = office.lists(RecordClass::Session).expect("listed");
        assert_eq!(office.kept(batch), [(office.application(id).receipt, None)]);
        let again = office.lists(RecordClass::Session);
        assert_eq!(refusal(again), refused(RetentionRefusal::BatchOpen));
        assert!(office.is_there(to_come), "one that waits for an answer is never closed");
        assert!(office.is_there(id), "listing deletes nothing");
    });
}

#[test]
fn article_5_1_two_officers_delete_and_a_rejected_list_deletes_nothing() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        office.clock(SESSIONS_DUE);
        let first = office.lists(RecordClass::Session).expect("listed");
        let lister = office.staff.records_officer;
        let same = office.approves_batch(first, lister);
        assert_eq!(refusal(same), refused(RetentionRefusal::SameOfficer));
        let manager = office.staff.manager;
        let rejects = move |office: &Office, batch: i64, reason: &'static str| {
            office.tries(move |tx, at| {
                let reason = FreeText::parse(reason, 400).expect("a text");
                retention::reject(tx, at, (batch, manager), &reason)
            })
        };
        assert_eq!(refusal(rejects(office, first, "")), Refusal::ReasonMissing);
        rejects(office, first, "年度を確かめる").expect("rejected");
        let decided = refused(RetentionRefusal::Decided);
        assert_eq!(refusal(rejects(office, first, "もう一度")), decided);
        assert_eq!(refusal(office.approves_batch(first, manager)), decided);
        office.carries_on();
        assert!(office.is_there(id));
        assert_eq!(office.batch(first).decision.expect("decided").reason, "年度を確かめる");
        let second = office.lists(RecordClass::Session).expect("listed anew");
        office.approves_batch(second, manager).expect("approved");
        assert_eq!(refusal(office.approves_batch(second, manager)), decided);
        office.carries_on();
        let batch = office.batch(second);
        assert_eq!(batch.certificate().as_deref(), Some("廃棄-2030-001"));
        assert_eq!((batch.deleted, batch.kept_back, batch.is_open()), (1, 0, false));
        assert_eq!(batch.digest.expect("certified").len(), 64);
        assert!(!office.is_there(id));
        let (there, staff, _) = office.neighbour();
        let theirs: Result<(), Error> = office
            .app
            .store
            .write_blocking(move |tx| retention::approve(tx, &there, (second, staff.manager)));
        assert!(matches!(theirs, Err(Error::Missing)), "another office's");
    });
}

#[test]
fn article_5_2_a_legal_hold_wins_when_it_is_listed_and_when_it_is_deleted() {
    scene(|office| {
        let [early, late, free] = [
            office.held(&hana(), "2026-11-18T10:00:00"),
            office.held(&taro(), "2026-11-19T10:00:00"),
            office.held(&maria(), "2026-11-20T10:00:00"),
        ];
        let receipt = |id: i64| office.application(id).receipt;
        let [early_receipt, late_receipt, free_receipt] = [early, late, free].map(receipt);
        office.clock(SESSIONS_DUE);
        let hold = office.holds(Target::Application(early), HoldKind::Office, None).expect("held");
        let batch = office.lists(RecordClass::Session).expect("listed");
        let listed = [
            (late_receipt.clone(), None),
            (free_receipt, None),
            (early_receipt.clone(), Some(Keeper::Hold)),
        ];
        assert_eq!(office.kept(batch), listed);
        office.approves_batch(batch, office.staff.manager).expect("approved");
        // Between the approval and the deletion.
        let number = crate::disclosures::number_of(&taro());
        office.holds(Target::Number(number), HoldKind::Office, None).expect("held");
        office.carries_on();
        assert!(office.is_there(early) && office.is_there(late) && !office.is_there(free));
        let done = office.batch(batch);
        assert_eq!((done.deleted, done.kept_back), (1, 2));
        let told: Vec<(Option<Keeper>, bool)> =
            office.items(batch).iter().map(|it| (it.keeper, it.is_left)).collect();
        assert_eq!(told, [(Some(Keeper::Hold), false), (Some(Keeper::Hold), true)]);
        let officer = office.staff.manager;
        office.does(move |tx, at| {
            let reason = FreeText::parse("終わった", 100).expect("a text");
            holds::lift(tx, at, (hold, officer), &reason)
        });
        assert_eq!(office.deletes(RecordClass::Session).deleted, 1);
        assert!(!office.is_there(early) && office.is_there(late));
        let certified = office.batch(batch);
        assert_eq!((certified.deleted, certified.kept_back), (1, 2), "a certificate stays");
        assert_eq!(office.items(batch).len(), 1, "and the list names nobody who is gone");
    });
}

#[test]
fn article_8_an_incident_keeps_the_application_it_stands_on() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        let what = incident(Prohibited::Discomfort, "大声", TEN);
        let number = office.reports(id, what, false).expect("recorded");
        office.clock("2032-04-01T09:00:00");
        assert_eq!(
            refusal(office.lists(RecordClass::Conduct)),
            refused(RetentionRefusal::NothingDue),
            "nobody has decided on it"
        );
        office.judges(number, false);
        office.clock("2038-03-31T09:00:00");
        let nothing = refused(RetentionRefusal::NothingDue);
        assert_eq!(refusal(office.lists(RecordClass::Conduct)), nothing);
        office.clock("2038-04-01T09:00:00");
        let batch = office.deletes(RecordClass::Conduct);
        assert_eq!((batch.deleted, office.count("incidents")), (1, 0));
        assert!(office.is_there(id), "the session goes with its own class");
        office.deletes(RecordClass::Session);
        assert!(!office.is_there(id));
    });
}

#[test]
fn article_10_2_an_ending_in_force_keeps_every_application_of_the_number() {
    scene(|office| {
        let earlier = office.held(&hana(), "2026-11-18T10:00:00");
        let id = office.held(&hana(), TEN);
        let what = incident(Prohibited::Discomfort, "大声", TEN);
        let number = office.reports(id, what, false).expect("recorded");
        office.judges(number, true);
        office.ends_use(id, number, false).expect("ended");
        let free = office.held(&taro(), "2026-11-25T10:00:00");
        office.clock(SESSIONS_DUE);
        let batch = office.lists(RecordClass::Session).expect("listed");
        let keepers: Vec<Option<Keeper>> =
            office.items(batch).iter().map(|item| item.keeper).collect();
        assert_eq!(keepers, [None, Some(Keeper::Bar), Some(Keeper::Bar)]);
        office.approves_batch(batch, office.staff.manager).expect("approved");
        office.carries_on();
        assert!(office.is_there(earlier) && office.is_there(id) && !office.is_there(free));
        let officer = office.staff.manager;
        office.does(move |tx, at| {
            let ending = conduct::register(tx, at, Some(id))?.endings[0].id;
            let reason = FreeText::parse("反省", 100).expect("a text");
            conduct::lift(tx, at, (Against::Ending, ending), (&reason, officer))
        });
        assert_eq!(office.deletes(RecordClass::Session).deleted, 1);
        assert!(!office.is_there(earlier) && office.is_there(id), "its conduct is on file");
        office.clock("2036-04-01T09:00:00");
        let batch = office.deletes(RecordClass::Conduct);
        assert_eq!((batch.deleted, office.count("use_endings")), (1, 0));
        assert_eq!(office.deletes(RecordClass::Session).deleted, 1);
    });
}

#[test]
fn article_5_2_an_entry_of_the_register_keeps_whom_it_names() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        let entry = office.enters(demand(id));
        let manager = office.staff.manager;
        let hold = office.holds(Target::Application(id), HoldKind::Office, Some("2026-12-31"));
        hold.expect("held for a while");
        office.clock("2032-04-01T09:00:00");
        let nothing = refused(RetentionRefusal::NothingDue);
        assert_eq!(refusal(office.lists(RecordClass::Disclosure)), nothing, "it is not decided");
        assert_eq!(refusal(office.lists(RecordClass::Session)), nothing, "it is named");
        office.drafts(entry, Outcome::Refused);
        office.approves(entry, manager).expect("refused");
        office.clock("2038-04-01T09:00:00");
        assert_eq!(refusal(office.lists(RecordClass::Session)), nothing, "it is named");
        let batch = office.deletes(RecordClass::Disclosure);
        assert_eq!(batch.deleted, 1);
        for table in ["disclosures", "disclosure_revisions", "disclosure_applications"] {
            assert_eq!(office.count(table), 0, "{table}");
        }
        assert_eq!(office.deletes(RecordClass::Session).deleted, 1);
        assert_eq!(office.count("legal_holds"), 0);
        assert!(!office.is_there(id));
    });
}

#[test]
fn article_5_1_each_class_goes_at_its_own_time() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        let taken_back = office.applies(&taro(), &["2026-11-26T10:00:00"]);
        office.does(move |tx, context| application::withdraw(tx, context, taken_back));
        office.carries_out();
        let staff = office.staff.manager;
        office.does(move |tx, at| application::note_access(tx, at, (id, staff), "read"));
        office.asks_for_own(&hana());
        office.took_out("2026-11-24T12:00:00");
        office.clock("2028-04-01T09:00:00");
        assert_eq!(office.deletes(RecordClass::Unused).deleted, 1);
        assert!(!office.is_there(taken_back));
        assert_eq!(office.deletes(RecordClass::Technical).deleted, 1);
        const LEFT: Sql = Sql::unregistered(
            "select count(*) from usage_records where device is not null or quality is not null
                or join_by is not null or outcome is null",
        );
        assert_eq!(office.rows(LEFT, Vec::new(), |row| row.int(0)), [0]);
        assert_eq!(office.count("duties"), 0);
        let again = office.lists(RecordClass::Technical);
        assert_eq!(refusal(again), refused(RetentionRefusal::NothingDue), "nothing is left of it");
        office.clock(SESSIONS_DUE);
        let reads = move |office: &Office| {
            const READS: Sql =
                Sql::unregistered("select count(*) from accesses where application = $1");
            office.rows(READS, params![id].to_vec(), |row| row.int(0))[0]
        };
        office.does(move |tx, at| application::note_access(tx, at, (id, staff), "read"));
        let before = reads(office);
        assert_eq!(office.deletes(RecordClass::Access).deleted, 1);
        assert_eq!((before > 1, reads(office)), (true, 1), "what is newer stays");
        assert_eq!(office.deletes(RecordClass::Report).deleted, 1);
        office.clock("2032-04-01T09:00:00");
        assert_eq!(office.deletes(RecordClass::OwnRequest).deleted, 1);
        assert_eq!(office.deletes(RecordClass::Session).deleted, 1);
        assert_eq!((office.count("own_requests"), office.count("applications")), (0, 0));
    });
}

#[test]
fn article_5_1_a_restart_goes_on_where_it_was_and_a_longer_period_counts() {
    scene(|office| {
        let mut ids = Vec::new();
        for number in 0..45 {
            let id = office.applies(&one_of_many(number), &["2026-11-26T10:00:00"]);
            office.does(move |tx, context| application::withdraw(tx, context, id));
            ids.push(id);
        }
        office.clock("2028-04-01T09:00:00");
        let batch = office.lists(RecordClass::Unused).expect("listed");
        assert_eq!(office.batch(batch).listed, 45);
        office.approves_batch(batch, office.staff.manager).expect("approved");
        assert!(retention::carry_on(&office.app).expect("some"));
        let under_way = office.batch(batch);
        assert!(under_way.is_open() && under_way.finished_at.is_none());
        assert_eq!((under_way.deleted, under_way.listed), (20, 25));
        // Another node, which knows nothing but the store, goes on.
        let node = office.second_node();
        assert!(retention::carry_on(&node).expect("some"));
        assert_eq!(office.count("applications"), 5);
        // The office keeps such records for longer by now: what is not gone stays.
        office.decides(|practice| practice.retention.unused = 24);
        office.carries_on();
        let done = office.batch(batch);
        assert_eq!((done.deleted, done.kept_back, done.is_open()), (40, 5, false));
        let keepers: Vec<_> = office.items(batch).iter().map(|item| item.keeper).collect();
        assert_eq!(keepers, [Some(Keeper::Period); 5]);
        let now = office.app.clock.now();
        assert!(!retention::carry_on(&office.app).expect("nothing is left"));
        assert_eq!(done.finished_at, Some(now));
    });
}

/// Two batches of two classes hold one application; the later one finds it gone.
#[test]
fn what_is_gone_meanwhile_is_told_as_changed() {
    scene(|office| {
        let id = office.held(&hana(), TEN);
        let staff = office.staff.manager;
        office.does(move |tx, at| application::note_access(tx, at, (id, staff), "read"));
        office.clock(SESSIONS_DUE);
        let sessions = office.lists(RecordClass::Session).expect("listed");
        let reads = office.lists(RecordClass::Access).expect("listed");
        office.does(move |tx, at| application::note_access(tx, at, (id, staff), "read"));
        office.approves_batch(reads, staff).expect("approved");
        office.carries_on();
        assert_eq!(office.batch(reads).deleted, 1);
        let moved = Sql::unregistered(
            "update appointments set start_at = start_at - 86400000 where application = $1",
        );
        office.does(move |tx, _| Ok(tx.execute(moved, params![id])?));
        office.approves_batch(sessions, staff).expect("approved");
        office.carries_on();
        let done = office.batch(sessions);
        assert_eq!((done.deleted, done.kept_back), (0, 1));
        assert_eq!(office.items(sessions)[0].keeper, Some(Keeper::Changed));
        assert!(office.is_there(id));
    });
}
